//! What is known of an item, in words: for the strip under the board and for `show`.

use super::preferences::DateFormat;
use super::sprint::head::amount;
use super::{App, actions, conflict, timeline, word};
use crate::insight::chains;
use crate::insight::check::{self, Finding};
use crate::insight::felt::{self, Felt};
use crate::insight::handover::{self, HandOver};
use crate::insight::lens::Pull;
use crate::insight::outcome::{self, Metric};
use crate::insight::progress::{self, Progress};
use crate::insight::rank::Unscored;
use crate::scoring::{Framework, Score, shown};
use crate::workspace::number::counted;
use crate::workspace::{Field, Id, Place, Record, Section, Shape, Value, Workspace};

/// Children, waits and the like named at most; the rest is counted.
const NAMED: usize = 4;

/// What is known of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// Its title.
    pub title: String,
    /// What it is, what it serves, when it goes out.
    pub about: Vec<String>,
    /// What there is to say, a label and a text each, the most telling first.
    pub bands: Vec<(String, String)>,
}

/// A workspace, and how its days are written.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where everything is.
    pub workspace: &'a Workspace,
    /// How a day is written.
    pub dates: &'a DateFormat,
}

impl App {
    /// The workspace as the person reads it.
    pub fn reading(&self) -> Reading<'_> {
        Reading { workspace: self.workspace(), dates: &self.preferences.dates }
    }
}

/// What an item is made of, and what follows from that. There may be hundreds of parts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    /// Its parts, in the order in which they stand.
    parts: Vec<Id>,
    /// How much of it is done.
    progress: Option<Progress>,
    /// What speaks for it and for what it is made of.
    felt: Felt,
    /// The lists in which the order of all that it is made of is to be seen.
    places: Vec<Place>,
}

impl Made {
    pub fn of(workspace: &Workspace, id: &Id, progress: Option<Progress>) -> Self {
        let mut places = Vec::new();
        for place in
            workspace.family(id).into_iter().skip(1).filter_map(|id| workspace.place_of(id))
        {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let parts = workspace.children(id);
        Self { parts, progress, felt: felt::of(workspace, id), places }
    }

    /// Whether another order of this list may be another order of the parts.
    pub fn stands_in(&self, place: Place) -> bool {
        self.places.contains(&place)
    }
}

/// What is known of the record with this id.
pub fn of(reading: Reading, id: &Id) -> Option<Detail> {
    let workspace = reading.workspace;
    known(reading, id, &Made::of(workspace, id, progress::of(workspace, id)))
}

fn known(reading: Reading, id: &Id, made: &Made) -> Option<Detail> {
    let record = reading.workspace.get(id)?;
    let section = reading.workspace.section_of(id)?;
    let title = match (section, record.title()) {
        (Section::Settings, _) => "Settings",
        (Section::Product, "") => "Product",
        (_, title) => title,
    };
    let mut detail = Detail { title: title.to_owned(), ..Detail::default() };
    if let Some(place) = reading.workspace.place_of(id) {
        detail.about = about(reading, record, place);
        if place.holds_items() {
            // What came in is not ranked.
            detail.bands.extend((place != Place::Inbox).then(|| score(reading, record, place)));
            detail.bands.extend(family(reading, record, made));
        }
    }
    for row in Field::of(section).filter(|row| !SAID.contains(&row.field)) {
        if let Some(value) = record.get(row.field) {
            detail.bands.push((row.label.to_owned(), field(reading, row.field, value)));
        }
    }
    Some(detail)
}

/// What is wrong or missing with an item, each with the key that mends it.
fn to_mend(app: &App, id: &Id) -> Option<(String, String)> {
    let said = |finding: &Finding| format!("{} ({})", finding.said(), app.key(finding.rule.mend));
    let found = check::of(app.workspace(), app.survey()?, id);
    let words: Vec<String> = found.iter().map(said).collect();
    (!words.is_empty()).then(|| ("to mend".to_owned(), words.join(" · ")))
}

/// That it is kept against its score, since when and why.
fn against(app: &App, id: &Id) -> Option<(String, String)> {
    actions::against::band(app, id)
}

/// What the hats have to say of it: a change against the plan, a note, why it was handed over.
fn between_hats(app: &App, id: &Id) -> Vec<(String, String)> {
    let handed = handover::of(app.workspace(), id).and_then(|handed| handed_over(app, id, &handed));
    let parts = [actions::trade::band(app, id), actions::note::band(app, id), handed];
    parts.into_iter().flatten().collect()
}

/// Why what an item is part of was handed over, and how it will be seen that it worked.
fn handed_over(app: &App, id: &Id, handed: &HandOver) -> Option<(String, String)> {
    let own = handed.initiative == *id;
    if [&handed.why, &handed.hypothesis, &handed.measure].iter().all(|said| said.is_empty()) {
        return None;
    }
    let on = handed.on.filter(|_| own).map(|on| app.preferences.dates.show(on));
    let for_it = (!own).then(|| linked(app.reading(), &handed.initiative));
    let why = Some(handed.why.clone());
    let belief = Some(handed.hypothesis.clone()).filter(|_| !own);
    let measure = Some(&handed.measure).filter(|measure| !own && !measure.is_empty());
    let measure = measure.map(|measure| format!("measured by {measure}"));
    let words = [on, for_it, why, belief, measure].into_iter().flatten();
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| ("handed over".to_owned(), words.join(" · ")))
}

/// Fields that the heading or a band of its own says.
const SAID: [Field; 9] = [
    Field::Title,
    Field::Kind,
    Field::Objective,
    Field::Release,
    Field::Parent,
    Field::BlockedBy,
    Field::Evidence,
    Field::Ratings,
    Field::Rated,
];

fn about(reading: Reading, record: &Record, place: Place) -> Vec<String> {
    let mut about = Vec::new();
    if place.section() == Section::Item {
        let kind = record.text(Field::Kind);
        about.push(if kind.is_empty() { "task".to_owned() } else { kind.to_owned() });
    }
    for link in [Field::Objective, Field::Release] {
        if let Some(id) = record.link(link) {
            about.push(linked(reading, id));
        }
    }
    about
}

fn score(reading: Reading, record: &Record, place: Place) -> (String, String) {
    let framework = Framework::of(place.hat(), reading.workspace.settings());
    let text = match framework.score(record) {
        Score::Of(score) => format!("{} = {}", framework.shown(score), framework.explain(record)),
        Score::Needs(factors) => {
            let mut parts = framework.off_scale(record);
            parts.push(format!("needs {}", needs(framework, &factors)));
            parts.push(framework.explain(record));
            parts.join(" · ")
        }
    };
    (framework.name.to_owned(), text)
}

/// What keeps an item from a score, in words: what is off its scale, and what it needs.
pub fn wanting(framework: &Framework, item: &Unscored) -> String {
    let needs = format!("needs {}", needs(framework, &item.needs));
    item.off_scale.iter().cloned().chain([needs]).collect::<Vec<_>>().join(" · ")
}

/// What makes an item rank where it does, in words: `up in RICE by reach 5000, usual is 800`.
pub fn pulled(framework: &Framework, pull: &Pull) -> String {
    let way = if pull.is_up { "up" } else { "down" };
    let factor = framework.factor(pull.factor);
    let name = factor.map_or(pull.factor, |factor| factor.name);
    let typed = |value| factor.map_or_else(|| shown(value), |factor| factor.scale.typed(value));
    let (value, usual) = (typed(pull.value), typed(pull.usual));
    format!("{way} in {} by {name} {value}, usual is {usual}", framework.name)
}

/// The factors an item still needs, by name.
pub fn needs(framework: &Framework, factors: &[&'static str]) -> String {
    let name = |id: &'static str| framework.factor(id).map_or(id, |factor| factor.name);
    factors.iter().map(|id| name(id)).collect::<Vec<_>>().join(", ")
}

/// How much is done, and how many of the parts count for it with points that nobody gave them.
fn done(progress: &Progress) -> String {
    let (done, all) = (amount(progress.done), amount(progress.all));
    match (progress.sized, progress.assumed) {
        (0, _) => format!("{done} of {all} done"),
        (_, 0) => format!("{done} of {all} points done"),
        (_, some) => format!("{done} of {all} points done, the size of {some} assumed"),
    }
}

fn family(reading: Reading, record: &Record, made: &Made) -> Vec<(String, String)> {
    let mut bands = Vec::new();
    let id = record.id();
    if let Some(parent) = record.link(Field::Parent) {
        bands.push(("part of".to_owned(), linked(reading, parent)));
    }
    if let Some(progress) = made.progress {
        let text = format!("{}: {}", done(&progress), several(reading, &made.parts));
        bands.push((counted(made.parts.len(), "part"), text));
    }
    let waits: Vec<Id> = record.links(Field::BlockedBy).cloned().collect();
    if !waits.is_empty() {
        bands.push(("waits for".to_owned(), elsewhere(reading, id, &waits)));
    }
    let felt = &made.felt;
    if !felt.entries.is_empty() {
        let text = format!("{}: {}", felt.words(), several(reading, &felt.entries));
        bands.push(("asked for".to_owned(), text));
    }
    let waiting = reading.workspace.waiting_for(id);
    if !waiting.is_empty() {
        bands.push(("awaited by".to_owned(), elsewhere(reading, id, &waiting)));
    }
    bands.extend(chain(reading, record));
    bands
}

/// What waits through others, the longest way; what it waits for itself is said before.
fn chain(reading: Reading, record: &Record) -> Option<(String, String)> {
    reading.workspace.unmet(record).next()?;
    let ids = chains::from(reading.workspace, record).items;
    let shown = ids.len().min(NAMED);
    let mut names: Vec<String> = ids[1..shown].iter().map(|id| linked(reading, id)).collect();
    names.extend((ids.len() > shown).then(|| format!("and {} more", ids.len() - shown)));
    let words = || (format!("chain of {}", ids.len()), names.join(" → "));
    (ids.len() > 2).then(words)
}

/// Several, each with its place where that is another than the one of `id`.
fn elsewhere(reading: Reading, id: &Id, others: &[Id]) -> String {
    let place = |id: &Id| reading.workspace.place_of(id);
    let here = place(id);
    let name = |other: &Id| match place(other).filter(|there| Some(*there) != here) {
        Some(Place::Done) => format!("{} ✓", linked(reading, other)),
        Some(there) => format!("{} in {}", linked(reading, other), there.words()),
        None => linked(reading, other),
    };
    named(others, name)
}

fn several(reading: Reading, ids: &[Id]) -> String {
    let done = |id: &Id| reading.workspace.place_of(id) == Some(Place::Done);
    let name = |id: &Id| format!("{}{}", linked(reading, id), if done(id) { " ✓" } else { "" });
    named(ids, name)
}

/// The names of the first, and how many more there are.
fn named(ids: &[Id], name: impl Fn(&Id) -> String) -> String {
    let mut names: Vec<String> = ids.iter().take(NAMED).map(name).collect();
    if ids.len() > NAMED {
        names.push(format!("and {} more", ids.len() - NAMED));
    }
    names.join(" · ")
}

/// The title of what is linked to; a release or a sprint with its day; what is gone says so.
pub fn linked(reading: Reading, id: &Id) -> String {
    let Some(record) = reading.workspace.get(id) else { return format!("{id} (not in this file)") };
    match record.date(Field::Day) {
        Some(date) => format!("{} ({})", record.title(), reading.dates.show(date)),
        None => reading.workspace.name_of(id),
    }
}

/// The value of a field in words: links by their titles, days as people write them.
pub fn field(reading: Reading, field: Field, value: &Value) -> String {
    match (field, field.row().shape) {
        (Field::Story, _) => story(value),
        (Field::Acceptance, _) => acceptance(value),
        (Field::External, _) => outside(value),
        (Field::Metrics, _) => metrics(value),
        (Field::Outcome, _) => became(reading, value),
        (_, Shape::Words) => {
            let words = value.items().iter().filter_map(Value::as_text).map(word::spelled);
            words.collect::<Vec<_>>().join(", ")
        }
        (_, Shape::Lines) => {
            value.items().iter().filter_map(Value::as_text).collect::<Vec<_>>().join(", ")
        }
        _ => words(reading, value),
    }
}

fn story(value: &Value) -> String {
    let part = |name| value.get(name).and_then(Value::as_text).unwrap_or("…").to_owned();
    format!("as {}, I want {}, so {}", part("as"), part("want"), part("so"))
}

/// What became of an entry: `speaks for Bank feeds, since 22 Nov`.
fn became(reading: Reading, value: &Value) -> String {
    let part = |name| value.get(name).map(|value| words(reading, value));
    let said = |before: &str, name| part(name).map(|text| format!("{before}{text}"));
    let what = match value.get("is").and_then(Value::as_text) {
        Some("linked") => said("speaks for ", "item"),
        Some("parked") => said("parked until ", "until").or(Some("parked".to_owned())),
        Some("declined") => said("declined: ", "why").or(Some("declined".to_owned())),
        _ => None,
    };
    let Some(what) = what else { return words(reading, value) };
    let triaged = said("triaged ", "on");
    [Some(what), triaged].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Where it came from, without what only an import needs.
fn outside(value: &Value) -> String {
    let parts = ["system", "key", "url"].map(|part| value.get(part).and_then(Value::as_text));
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Each metric with where it stood, where it is and where it is to be.
fn metrics(value: &Value) -> String {
    let number = |number: Option<f64>| number.map_or("–".to_owned(), outcome::shown);
    let metric = |metric: &Metric| {
        let latest = metric.latest().map(|(_, value)| value);
        let way = [metric.baseline, latest, metric.target].map(number).join(" → ");
        format!("{} {way} {}", metric.name, metric.unit).trim_end().to_owned()
    };
    Metric::listed(value).iter().map(metric).collect::<Vec<_>>().join(" · ")
}

fn acceptance(value: &Value) -> String {
    let criterion = |value: &Value| {
        let met = value.get("met") == Some(&Value::Flag(true));
        let text = value.get("text").and_then(Value::as_text).unwrap_or_default();
        format!("{} {text}", if met { "☑" } else { "☐" })
    };
    value.items().iter().map(criterion).collect::<Vec<_>>().join("  ")
}

/// A value in words, whatever field it is of.
pub(super) fn words(reading: Reading, value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => reading.dates.show(*date),
        Value::Link(id) => linked(reading, id),
        Value::List(values) => {
            values.iter().map(|value| words(reading, value)).collect::<Vec<_>>().join(" · ")
        }
        Value::Map(entries) => entries
            .iter()
            .map(|(name, value)| format!("{name} {}", words(reading, value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
/// What the strip under the board shows of an item: also what is wrong or missing, how sure its
/// rank and its days are, and what the hats say of it.
pub fn strip(app: &App, id: &Id) -> Option<Detail> {
    let mut known = known(app.reading(), id, &app.made(id))?;
    let noted = Field::NoteTo.row().label;
    known.bands.retain(|(label, _)| label != noted);
    let behind = known.bands.len().min(1);
    let sure = app.standing(app.board.hat).and_then(|standing| standing.next(id));
    let sure = sure.map(|(chance, next)| (chance, format!("to beat {next}")));
    let said = app.expected(id).into_iter().chain(sure).chain(between_hats(app, id));
    let said = said.chain(to_mend(app, id)).chain(against(app, id));
    known.bands.splice(behind..behind, said);
    known.bands.splice(0..0, timeline::band(app, id));
    if let Some(clashes) = conflict::band(app, id) {
        known.bands.retain(|(label, _)| label != Field::Conflict.row().label);
        known.bands.insert(0, clashes);
    }
    Some(known)
}
