//! What the page says to whom, however it is written.

use super::{Audience, Told, line, quarter};
use crate::insight::changes::{Change, What};
use crate::insight::coverage::Aims;
use crate::insight::outcome::{self, Metric, Span, Standing};
use crate::insight::progress;
use crate::scoring::{Framework, Score};
use crate::workspace::{Date, Field, Hat, Id, Kind, Place, Record, Value, Workspace, sorted};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Things of a list of news at most; the rest is counted.
const NEWS: usize = 12;

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// What the product is called.
    pub product: String,
    /// What the world looks like once it worked.
    pub vision: String,
    /// How that is reached; empty where the reader is not to know.
    pub strategy: String,
    /// The day it was written.
    pub on: String,
    /// For whom.
    pub audience: Audience,
    /// Now, Next, Later.
    pub lanes: Vec<(&'static str, Vec<Bet>)>,
    /// What is to be reached.
    pub outcomes: Vec<Aim>,
    /// What goes out when: what it is called and when.
    pub dates: Vec<(String, String)>,
    /// Quarter, people, money; empty where the reader is not to know.
    pub means: Vec<(String, String)>,
    /// Since when the news are.
    pub since: String,
    /// The news under their headings.
    pub news: Vec<(&'static str, Vec<String>)>,
}

/// Something on the roadmap.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bet {
    /// What it is called.
    pub title: String,
    /// What it serves; empty where that is not said.
    pub serves: String,
    /// When it goes out; empty where that is not said.
    pub when: String,
    /// How much of it is done, 0–1.
    pub done: Option<f64>,
    /// Its score, for those who may know.
    pub score: String,
    /// What is noted of it, for those who may know.
    pub notes: String,
}

/// Something to be reached.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Aim {
    /// What.
    pub title: String,
    /// What it is measured by, and how that stands.
    pub metrics: Vec<(Metric, Standing)>,
}

impl Page {
    pub(super) fn of(workspace: &Workspace, told: &Told) -> Self {
        let audience = told.audience;
        let product = workspace.product();
        let name = line(product.text(Field::Name));
        let inside = |text: &str| if audience.inside { line(text) } else { String::new() };
        let lanes = [("Now", Place::Now), ("Next", Place::Next), ("Later", Place::Later)];
        Self {
            product: if name.is_empty() { "Roadmap".to_owned() } else { name },
            vision: line(product.text(Field::Vision)),
            strategy: inside(product.text(Field::Strategy)),
            on: told.today.to_string(),
            audience,
            lanes: lanes.map(|(title, place)| (title, bets(workspace, audience, place))).to_vec(),
            outcomes: outcomes(workspace, told),
            dates: dates(workspace, told),
            means: if audience.money { means(workspace) } else { Vec::new() },
            // What lies behind is no promise, so everybody may know the day.
            since: told.since.to_string(),
            news: news(workspace, told),
        }
    }
}

/// What stands in a lane.
fn bets(workspace: &Workspace, audience: Audience, place: Place) -> Vec<Bet> {
    let aims = Aims::of(workspace);
    let items = workspace.list(place).iter();
    let items = items.filter(|item| is_told(audience, item));
    items.map(|item| bet(workspace, &aims, audience, item)).collect()
}

fn bet(workspace: &Workspace, aims: &Aims, audience: Audience, item: &Record) -> Bet {
    let release = item.link(Field::Release).and_then(|id| workspace.get(id));
    let when = release.map_or_else(String::new, |release| {
        let day = release.date(Field::Day).map(|day| audience.day(day));
        match (audience.days, day) {
            (true, Some(day)) => format!("{} · {day}", line(release.title())),
            (true, None) => line(release.title()),
            (false, day) => day.unwrap_or_default(),
        }
    });
    let framework = Framework::of(Hat::Pm, workspace.settings());
    let score = match framework.score(item) {
        Score::Of(score) if audience.inside => {
            format!("{} {}", framework.name, framework.shown(score))
        }
        _ => String::new(),
    };
    let serves = aims.get(item.id()).and_then(|id| workspace.get(id));
    let serves = serves.filter(|objective| audience.hears_of(objective));
    let done = progress::of(workspace, item.id()).filter(|progress| progress.all > 0.0);
    Bet {
        title: line(item.title()),
        serves: serves.map_or_else(String::new, |objective| line(objective.title())),
        when,
        done: done.map(|progress| progress.done / progress.all),
        score,
        notes: if audience.inside { line(item.text(Field::Notes)) } else { String::new() },
    }
}

/// What was read of a metric last; a dash where nothing was.
pub(super) fn newest(metric: &Metric) -> String {
    metric.latest().map_or("–".to_owned(), |(_, value)| outcome::shown(value))
}

/// Where a metric comes from and where it is to go, whichever way is better.
pub(super) fn goal(metric: &Metric) -> String {
    let ends = [("from", metric.baseline), ("to", metric.target)].into_iter();
    let ends = ends.filter_map(|(word, value)| Some(format!("{word} {}", outcome::shown(value?))));
    ends.collect::<Vec<_>>().join(" ")
}

fn outcomes(workspace: &Workspace, told: &Told) -> Vec<Aim> {
    let aims = Aims::of(workspace);
    let aim = |objective: &Arc<Record>| {
        let span: Span = outcome::span(workspace, &aims, objective);
        let metrics = Metric::all(objective).into_iter();
        let seen = metrics.filter(|metric| told.audience.sees(metric));
        let metrics = seen.map(|metric| {
            let standing = metric.standing(span, told.today);
            (metric, standing)
        });
        Aim { title: line(objective.title()), metrics: metrics.collect() }
    };
    let all = workspace.list(Place::Objectives).iter();
    all.filter(|objective| told.audience.hears_of(objective)).map(aim).collect()
}

/// What is still to go out, the next first.
fn dates(workspace: &Workspace, told: &Told) -> Vec<(String, String)> {
    let is_open = |release: &&Arc<Record>| {
        goes_out(told.audience, release) && release.date(Field::Approved).is_none()
    };
    let releases = workspace.list(Place::Releases).iter().filter(is_open);
    let dated = releases.filter_map(|release| Some((release.date(Field::Day)?, release.title())));
    let mut dated: Vec<(Date, &str)> = dated.filter(|(day, _)| *day >= told.today).collect();
    sorted::by(&mut dated, Ord::cmp);
    dated.into_iter().map(|(day, title)| (line(title), told.audience.day(day))).collect()
}

/// People and money by quarter.
fn means(workspace: &Workspace) -> Vec<(String, String)> {
    let mut all: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (field, unit) in [(Field::People, "people"), (Field::Budget, "budget")] {
        let entries = workspace.settings().get(field).map(Value::entries).unwrap_or_default();
        for (quarter, amount) in entries {
            let amount = amount.as_number().map(outcome::shown).unwrap_or_default();
            all.entry(quarter).or_default().push(format!("{unit} {amount}"));
        }
    }
    all.into_iter().map(|(quarter, words)| (line(quarter), words.join(" · "))).collect()
}

/// Whether an audience is told of a record at all, wherever the page names it.
fn hears_of(workspace: &Workspace, audience: Audience, id: &Id) -> bool {
    let Some(record) = workspace.get(id) else { return audience.inside };
    match workspace.place_of(id) {
        Some(Place::Releases) => goes_out(audience, record),
        Some(Place::Objectives) => audience.hears_of(record),
        _ => is_told(audience, record),
    }
}

/// Ideas are for those inside.
fn is_told(audience: Audience, item: &Record) -> bool {
    audience.inside || item.kind().is_work()
}

/// A milestone is a day and nothing else, so it is for those who are told days.
fn goes_out(audience: Audience, release: &Record) -> bool {
    audience.days || !release.is_milestone()
}

fn news(workspace: &Workspace, told: &Told) -> Vec<(&'static str, Vec<String>)> {
    let audience = told.audience;
    let inside = audience.inside;
    let of = |find: &dyn Fn(&Change) -> Option<String>| -> Vec<String> {
        let own = told.changes.iter().filter(|change| inside || change.hat == Hat::Pm);
        own.filter(|change| hears_of(workspace, audience, &change.id)).filter_map(find).collect()
    };
    let all = [
        ("Shipped", shipped(workspace, told)),
        (
            "New on the roadmap",
            of(&|it| match it.what {
                What::Entered(to, from) if to.in_roadmap() => {
                    let is_new = from.is_none_or(|from| !from.in_roadmap());
                    is_new.then(|| format!("{} ({})", line(&it.title), to.words()))
                }
                _ => None,
            }),
        ),
        (
            "Moved",
            of(&|it| match it.what {
                What::Entered(to, Some(from)) if to.in_roadmap() && from.in_roadmap() => {
                    Some(format!("{}: {} → {}", line(&it.title), from.words(), to.words()))
                }
                _ => None,
            }),
        ),
        ("Dates", of(&|it| dated(it, told))),
        ("Measured", of(&|it| measured(workspace, it, told))),
    ];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(shortened).collect()
}

fn shortened((heading, mut lines): (&'static str, Vec<String>)) -> (&'static str, Vec<String>) {
    let more = lines.len().saturating_sub(NEWS);
    if more > 1 {
        lines.truncate(NEWS);
        lines.push(format!("and {more} more"));
    }
    (heading, lines)
}

/// What was done since, the newest first: what somebody can use, and for those inside all of it.
fn shipped(workspace: &Workspace, told: &Told) -> Vec<String> {
    let usable = |item: &Record| {
        matches!(item.kind(), Kind::Initiative | Kind::Epic | Kind::Story | Kind::Bug)
            || (told.audience.inside && item.kind().is_work())
    };
    let done = workspace.list(Place::Done).iter().filter(|item| usable(item));
    let mut done: Vec<_> = done
        .filter_map(|item| Some((item.date(Field::Done)?, item)))
        .filter(|(on, _)| (told.since..=told.today).contains(on))
        .collect();
    sorted::by_key(&mut done, |(on, _)| std::cmp::Reverse(*on));
    done.into_iter().map(|(_, item)| line(item.title())).collect()
}

/// A release that goes out on another day, or in another quarter for those who are told these.
fn dated(change: &Change, told: &Told) -> Option<String> {
    let What::Dated("release", Some(from), Some(to)) = change.what else { return None };
    let title = line(&change.title);
    if told.audience.days {
        return Some(format!("{title}: {from} → {to}"));
    }
    let (from, to) = (quarter::of(from), quarter::of(to));
    (from != to).then(|| format!("{title}: {from} → {to}"))
}

fn measured(workspace: &Workspace, change: &Change, told: &Told) -> Option<String> {
    let What::Read { name, .. } = &change.what else { return None };
    let metrics = Metric::all(workspace.get(&change.id)?);
    let metric = metrics.iter().find(|metric| metric.name == *name)?;
    told.audience.sees(metric).then(|| line(&change.words(workspace)))
}
