//! What is remarkable about an item, in its row: how far it is, what it waits for, what is wrong.

use crate::app::App;
use crate::app::sprint::head::amount;
use crate::insight::check::Rule;
use crate::insight::progress::Progress;
use crate::insight::schedule::is_above_what_it_waits_for;
use crate::insight::{inbox, notes as words, overrides};
use crate::view::theme::{self, AGAINST, FOLDED, MISSING, NOTED, UNFOLDED, WAITS, WRONG};
use crate::workspace::number::counted;
use crate::workspace::{Field, Place, Record, Spot, Status, Workspace};

/// A remark: a symbol that stays where there is no room, and words.
pub(super) struct Note {
    /// One cell, or none.
    pub symbol: &'static str,
    /// Some words.
    pub words: String,
    /// Whether something is wrong.
    pub wrong: bool,
}

impl Note {
    fn new(symbol: &'static str, words: impl Into<String>) -> Self {
        Self { symbol, words: words.into(), wrong: false }
    }

    /// What is wrong or missing.
    fn of(rule: &Rule) -> Self {
        let symbol = if rule.wrong { WRONG } else { MISSING };
        Self { symbol, words: rule.words.to_owned(), wrong: rule.wrong }
    }

    /// With its words.
    pub fn long(&self) -> String {
        if self.symbol.is_empty() {
            self.words.clone()
        } else {
            format!("{} {}", self.symbol, self.words)
        }
    }
}

/// What is remarkable about the item that stands at `spot`.
pub(super) fn notes(app: &App, record: &Record, spot: Spot) -> Vec<Note> {
    let workspace = app.workspace();
    let mut notes: Vec<Note> = parts(app, record).into_iter().collect();
    match spot.place {
        Place::Done => {
            let day = record.date(Field::Done).map(|date| app.preferences.dates.show(date));
            notes.extend(day.map(|day| Note::new("", day)));
        }
        Place::Inbox => notes.extend(entry(app, record)),
        _ => {
            let late = is_above_what_it_waits_for(workspace, record);
            let late = late.then(|| Note { wrong: true, ..Note::new(WAITS, "before its turn") });
            notes.extend(work(workspace, record, late));
            let kept = app.standing(spot.place.hat()).and_then(|all| all.kept(record.id()));
            notes.extend(kept.map(|is_above| Note::new(AGAINST, overrides::words(is_above))));
        }
    }
    notes.extend(noted(app, record));
    if app.doubtful.contains(record.id()) {
        notes.push(Note { symbol: WRONG, words: "odd in the file".to_owned(), wrong: true });
    }
    notes.extend(app.first_finding(spot).map(Note::of));
    notes
}

/// A word to the other hat that waits, and whether for the hat that is on.
fn noted(app: &App, record: &Record) -> Option<Note> {
    let note = words::of(record).filter(words::Note::waits)?;
    let mine = note.to == app.board.hat;
    Some(Note { wrong: mine, ..Note::new(NOTED, if mine { "asks you" } else { "asked" }) })
}

/// How much of what it is made of is done, by points.
fn parts(app: &App, record: &Record) -> Option<Note> {
    let Progress { done, all, .. } = app.progress(record.id())?;
    let [done, all] = [done, all].map(amount);
    let shown = app.board.unfolded.contains(record.id());
    Some(Note::new(if shown { UNFOLDED } else { FOLDED }, format!("{done}/{all}")))
}

/// What became of an entry, and how many said so.
fn entry(app: &App, record: &Record) -> impl Iterator<Item = Note> {
    let until = inbox::parked_until(record).map(|day| app.preferences.dates.show(day));
    let outcome = match (inbox::became(record), until) {
        ("parked", Some(until)) if inbox::waits(record, app.today) => format!("back on {until}"),
        ("parked", Some(until)) => format!("until {until}"),
        (word, _) => word.to_owned(),
    };
    let outcome = (!outcome.is_empty()).then_some(outcome);
    let votes = record.number(Field::Votes).map(|votes| counted(votes, "vote"));
    outcome.into_iter().chain(votes).map(|words| Note::new("", words))
}

/// How far it is, and whether it waits; `late` is said in the place of that.
fn work(workspace: &Workspace, record: &Record, late: Option<Note>) -> impl Iterator<Item = Note> {
    let status = record.status();
    let status = (status != Status::Todo).then(|| Note::new(theme::status(status), status.key()));
    let waits = || workspace.unmet(record).next().map(|_| Note::new(WAITS, "waits"));
    let waits = late.or_else(waits);
    status.into_iter().chain(waits)
}
