//! What changed since then, hat by hat, and why?
//!
//! A change is found by comparing the workspace as it was with the workspace as it is, so it does
//! not matter by what way it came about. Who did what is taken from the activity log.

mod aims;
mod dates;
mod items;
mod then;

pub(super) use items::shown as score_words;
pub use then::{Known, Then};

use super::outcome::shown;
use crate::workspace::{Date, Field, Hat, Id, Place, Record, Workspace, sorted};

/// Days that are looked back over where there was no check-in yet.
const FIRST: i32 = 14;

/// The moment from which changes count: the beginning of a day, or a check-in on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The day.
    pub day: Date,
    /// The check-in; what was done before it on its day does not count, where that is known.
    pub check_in: Option<Id>,
}

impl Since {
    /// The last check-in of a hat; before the first one, a fortnight ago.
    pub fn last(workspace: &Workspace, hat: Hat, today: Date) -> Self {
        let own = |record: &&std::sync::Arc<Record>| record.text(Field::HatOn) == hat.key();
        let all = workspace.list(Place::CheckIns).iter().filter(own);
        let last = all.filter_map(|record| Some((record.date(Field::On)?, record.id())));
        match last.max_by_key(|(on, _)| *on) {
            Some((day, id)) => Self { day, check_in: Some(id.clone()) },
            None => Self::day(today.saturating_sub(jiff::Span::new().days(FIRST))),
        }
    }

    /// The beginning of a day.
    pub fn day(day: Date) -> Self {
        Self { day, check_in: None }
    }
}

/// What happened to something.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The other hat did something, on a day, in its words.
    Did(Date, String),
    /// The other hat says something that waits for an answer.
    Noted(String),
    /// It came to a place, from another one or as something new.
    Entered(Place, Option<Place>),
    /// It went from a place, to another one or away.
    Left(Place, Option<Place>),
    /// It is above the line now, or below it. This is how that came about.
    Crossed(bool, String),
    /// Its score was one thing and is another, as they are shown.
    Rescored(String, String),
    /// A day of it was one thing and is another.
    Dated(&'static str, Option<Date>, Option<Date>),
    /// The newest reading of a metric was one thing and is another.
    Read {
        /// The metric.
        name: String,
        /// What it is counted in.
        unit: String,
        /// The newest reading then.
        before: Option<f64>,
        /// The newest reading.
        after: f64,
    },
    /// What was decided of it is to be looked at again since a day.
    Review(String, Date),
    /// The goal of a sprint, and the objective that most of its points serve, with their share.
    Goal(String, Option<(Id, f64)>),
}

/// A part of a check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// What the other hat says.
    Notes,
    /// What the other hat did.
    Others,
    /// What came in.
    Entered,
    /// What went out.
    Left,
    /// What crossed the line.
    Line,
    /// What was scored anew.
    Scores,
    /// Which days moved.
    Dates,
    /// Which metrics moved.
    Metrics,
    /// What is to be looked at again.
    Reviews,
    /// Whether the sprints serve an objective.
    Goals,
}

impl Topic {
    /// Every topic, in the order of a check-in.
    pub const ALL: [Self; 10] = [
        Self::Notes,
        Self::Others,
        Self::Entered,
        Self::Left,
        Self::Line,
        Self::Scores,
        Self::Dates,
        Self::Metrics,
        Self::Reviews,
        Self::Goals,
    ];

    /// Its name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Others => "others",
            Self::Entered => "entered",
            Self::Left => "left",
            Self::Line => "line",
            Self::Scores => "scores",
            Self::Dates => "dates",
            Self::Metrics => "metrics",
            Self::Reviews => "reviews",
            Self::Goals => "goals",
        }
    }

    /// What stands above it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Notes => "Notes to answer",
            Self::Others => "What the other hat did",
            Self::Entered => "Came in",
            Self::Left => "Went out",
            Self::Line => "Crossed the line",
            Self::Scores => "Scored anew",
            Self::Dates => "Dates that moved",
            Self::Metrics => "Metrics that moved",
            Self::Reviews => "To be looked at again",
            Self::Goals => "Does the sprint serve an objective?",
        }
    }
}

/// Something that a hat should know.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Whose business it is.
    pub hat: Hat,
    /// The record.
    pub id: Id,
    /// What that is called, or was.
    pub title: String,
    /// What happened to it.
    pub what: What,
    /// Why, where somebody said so.
    pub why: Option<String>,
}

impl Change {
    /// The part of a check-in that it belongs to.
    pub fn topic(&self) -> Topic {
        match self.what {
            What::Did(..) => Topic::Others,
            What::Noted(_) => Topic::Notes,
            What::Entered(..) => Topic::Entered,
            What::Left(..) => Topic::Left,
            What::Crossed(..) => Topic::Line,
            What::Rescored(..) => Topic::Scores,
            What::Dated(..) => Topic::Dates,
            What::Read { .. } => Topic::Metrics,
            What::Review(..) => Topic::Reviews,
            What::Goal(..) => Topic::Goals,
        }
    }

    /// How many days later a date of it is than it was; below nothing where it is sooner.
    pub fn slip(&self) -> Option<i32> {
        let What::Dated(_, Some(from), Some(to)) = self.what else { return None };
        Some((to - from).get_days())
    }

    /// What happened, in words that follow its title.
    pub fn words(&self, now: &Workspace) -> String {
        match &self.what {
            What::Did(on, words) => format!("{words} ({on})"),
            What::Noted(text) => text.clone(),
            What::Entered(to, None) => format!("new in {}", to.words()),
            What::Entered(to, Some(from)) => format!("to {} from {}", to.words(), from.words()),
            What::Left(from, None) => format!("removed from {}", from.words()),
            What::Left(from, Some(Place::Done)) => format!("done, from {}", from.words()),
            What::Left(from, Some(to)) => format!("from {} to {}", from.words(), to.words()),
            What::Crossed(true, how) => format!("above the line now: {how}"),
            What::Crossed(false, how) => format!("below the line now: {how}"),
            What::Rescored(before, after) => format!("{before} → {after}"),
            What::Dated(which, from, to) => self.dated(which, *from, *to),
            What::Read { name, unit, before, after } => {
                let before = before.map_or_else(|| "–".to_owned(), shown);
                format!("{name} {before} → {} {unit}", shown(*after)).trim_end().to_owned()
            }
            What::Review(what, on) => format!("{what}, due {on}"),
            What::Goal(goal, None) => format!("“{goal}” · serves no objective"),
            What::Goal(goal, Some((id, share))) => {
                let title = now.get(id).map_or(id.as_str(), |record| record.title());
                format!("“{goal}” · {:.0} % serve {title}", share * 100.0)
            }
        }
    }

    fn dated(&self, which: &str, from: Option<Date>, to: Option<Date>) -> String {
        let day = |day: Option<Date>| day.map_or("–".to_owned(), |day| day.to_string());
        let days = format!("{which} {} → {}", day(from), day(to));
        match self.slip() {
            Some(1) => format!("{days}, a day later"),
            Some(-1) => format!("{days}, a day sooner"),
            Some(slip) if slip > 0 => format!("{days}, {slip} days later"),
            Some(slip) => format!("{days}, {} days sooner", -slip),
            None => days,
        }
    }
}

/// What both hats should know of the time since then, topic by topic. `then` is the workspace as
/// it was at `since`.
pub fn changes(then: &Then, now: &Workspace, since: &Since, today: Date) -> Vec<Change> {
    let two = Two { then: &then.workspace, now, since: since.day, today };
    let mut all = items::moved(&two);
    all.extend(items::rescored(&two));
    all.extend(dates::set(&two));
    if then.known != Known::Dates {
        // What was expected then hangs on more than the file dates.
        all.extend(items::crossed(&two));
        all.extend(dates::expected(&two));
    }
    all.extend(aims::read(&two));
    all.extend(aims::reviews(&two));
    all.extend(aims::goals(&two));
    all.extend(aims::notes(&two));
    all.extend(then.steps.iter().map(|(on, step)| {
        let touched = step.touched();
        let is_item = |id: &&Id| now.place_of(id).is_some_and(Place::holds_items);
        let id = touched.iter().find(is_item).or(touched.first());
        let id = id.cloned().unwrap_or_else(|| Id::new(""));
        let what = What::Did(*on, step.words.clone());
        Change { title: two.title(&id), hat: step.hat.other(), id, what, why: None }
    }));
    sorted::by_key(&mut all, Change::topic);
    all
}

/// The workspace at two times.
struct Two<'a> {
    then: &'a Workspace,
    now: &'a Workspace,
    since: Date,
    today: Date,
}

impl Two<'_> {
    /// What something is called, or was.
    fn title(&self, id: &Id) -> String {
        let record = self.now.get(id).or_else(|| self.then.get(id));
        record.map_or_else(|| id.to_string(), |record| record.title().to_owned())
    }

    /// Why something happened to an item, where that was decided since.
    fn why(&self, id: &Id) -> Option<String> {
        let about = |record: &&std::sync::Arc<Record>| {
            record.link(Field::About) == Some(id) && record.date(Field::On) >= Some(self.since)
        };
        let decision = self.now.list(Place::Decisions).iter().rfind(about)?;
        Some(decision.text(Field::Why).to_owned()).filter(|why| !why.is_empty())
    }

    fn change(&self, hat: Hat, id: &Id, what: What) -> Change {
        Change { hat, id: id.clone(), title: self.title(id), what, why: self.why(id) }
    }
}

#[cfg(test)]
mod tests;
