//! How much is each hat worn, and is it time for a second person?
//!
//! All of it is counted; nothing is weighed against anything else, and the person concludes.

use super::check::{self, Survey};
use super::forecast::throughput::usual;
use super::forecast::{Forecast, LAST, counted};
use super::inbox;
use super::rank::now_limit;
use super::sprint::Course;
use super::sprint::velocity::Velocity;
use crate::workspace::number;
use crate::workspace::{Date, Field, Hat, Past, Place, Record, Workspace};
use jiff::ToSpan;
use std::sync::Arc;

/// Weeks that are looked back over.
const WEEKS: i32 = 8;
/// Days without a hat from which on that is worth a word.
const IDLE: i32 = 14;
/// Days after which somebody who said something should have an answer.
const ANSWER: i32 = 30;
/// Half a year of two-week sprints: what waits longer is hardly ever done.
const SPRINTS: f64 = 12.0;
/// Items at the head of the backlog that should be ready.
const HEAD: usize = 10;
/// Sprints of which the promises are looked at.
const PROMISES: usize = 6;
/// The share of them from which on that is no accident; so too of what is not ready.
const HALF: f64 = 0.5;
/// What a sprint delivers of what it promised for the promise to count as kept.
const KEPT: f64 = 0.8;

/// What was done under each hat in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub start: Date,
    /// Changes, decisions and check-ins of the manager.
    pub pm: usize,
    /// Those of the owner.
    pub po: usize,
}

impl Week {
    /// What was done under a hat.
    pub fn of(self, hat: Hat) -> usize {
        if hat == Hat::Pm { self.pm } else { self.po }
    }
}

/// How much each hat is worn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The last weeks, the oldest first; this one is not over.
    pub weeks: Vec<Week>,
    /// Days since the manager's hat was worn, and the owner's; `None` where nothing says so.
    pub idle: [Option<i32>; 2],
}

impl Balance {
    /// The balance by this day.
    pub fn of(workspace: &Workspace, past: &Past, today: Date) -> Self {
        let worn = worn(workspace, past);
        let monday =
            today.saturating_sub(i32::from(today.weekday().to_monday_zero_offset()).days());
        let week = |ago: i32| {
            let start = monday.saturating_sub(ago.weeks());
            let end = start.saturating_add(1.week());
            let count = |hat: Hat| {
                let fits = |(on, of): &&(Date, Hat)| *of == hat && (start..end).contains(on);
                worn.iter().filter(fits).count()
            };
            Week { start, pm: count(Hat::Pm), po: count(Hat::Po) }
        };
        let idle = [Hat::Pm, Hat::Po].map(|hat| {
            let days =
                worn.iter().filter(|(_, of)| *of == hat).map(|(on, _)| (today - *on).get_days());
            days.min()
        });
        Self { weeks: (0..WEEKS).rev().map(week).collect(), idle }
    }

    /// Days since a hat was worn.
    pub fn idle(&self, hat: Hat) -> Option<i32> {
        self.idle[usize::from(hat == Hat::Po)]
    }

    /// Whether a hat was not worn for long.
    pub fn is_idle(&self, hat: Hat) -> bool {
        self.idle(hat).is_some_and(|days| days > IDLE)
    }
}

/// The days on which hats were worn: by the log, and before it by what the file dates.
fn worn(workspace: &Workspace, past: &Past) -> Vec<(Date, Hat)> {
    // What was taken back again was no work.
    let logged = past.since(Date::MIN, None).into_iter().map(|(on, step)| (*on, step.hat));
    let first = past.steps.first().map(|(on, _)| *on);
    let dated = [Place::Decisions, Place::CheckIns].into_iter().flat_map(|p| workspace.list(p));
    let dated = dated.filter_map(|record| Some((record.date(Field::On)?, hat(record)?)));
    let older = dated.filter(|(on, _)| first.is_none_or(|first| *on < first));
    logged.chain(older).collect()
}

fn hat(record: &Record) -> Option<Hat> {
    [Hat::Pm, Hat::Po].into_iter().find(|hat| hat.key() == record.text(Field::HatOn))
}

/// Something that speaks for a second person once it is beyond its limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// Its name for programs.
    pub id: &'static str,
    /// What is counted.
    pub title: &'static str,
    /// The count in words; what is missing where there is none.
    pub words: String,
    /// From where on it counts as a signal, in words.
    pub limit: String,
    /// Whether it is one now.
    pub is_on: bool,
}

/// What speaks for a second person, and what does not.
pub fn signals(workspace: &Workspace, balance: &Balance, today: Date) -> Vec<Signal> {
    vec![
        manager(workspace),
        owner(workspace, today),
        unanswered(workspace, today),
        unready(workspace, today),
        promises(workspace, today),
        idle(balance),
    ]
}

/// How loaded the manager is.
fn manager(workspace: &Workspace) -> Signal {
    let now = count(workspace.list(Place::Now).len());
    let limit = now_limit(workspace.settings());
    Signal {
        id: "manager",
        title: "The manager's load",
        words: format!("{now} in Now"),
        limit: format!("more than {limit}"),
        is_on: now > limit,
    }
}

/// How loaded the owner is.
fn owner(workspace: &Workspace, today: Date) -> Signal {
    let forecast = Forecast::new(workspace, usual(), LAST, today);
    let all = forecast.items.last().map_or(0.0, |item| item.points);
    let done = &forecast.basis.amounts;
    let each = done.iter().sum::<f64>() / count(done.len()).max(1.0);
    let sprints = (each > 0.0).then(|| all / each);
    let period = forecast.basis.count.period();
    Signal {
        id: "owner",
        title: "The owner's load",
        words: sprints.map_or_else(
            || format!("{}; {}", wait(forecast.items.len(), " item"), unknown(done.len(), period)),
            |sprints| format!("{sprints:.1} {period}s of work wait"),
        ),
        limit: format!("more than {SPRINTS}"),
        is_on: sprints.is_some_and(|sprints| sprints > SPRINTS),
    }
}

/// Why nobody knows how long the work lasts, where no sprint brought anything.
fn unknown(over: usize, period: &str) -> String {
    match over {
        0 => format!("no {period} is over yet"),
        1 => format!("the {period} that is over brought nothing"),
        over => format!("the {over} {period}s that are over brought nothing"),
    }
}

/// How many wait: `1 item waits`, `3 items wait`.
fn wait(count: usize, what: &str) -> String {
    match (count, what) {
        (1, what) => format!("1{what} waits"),
        (count, "") => format!("{count} wait"),
        (count, what) => format!("{count}{what}s wait"),
    }
}

/// For how long people wait who said something.
fn unanswered(workspace: &Workspace, today: Date) -> Signal {
    let inbox = workspace.list(Place::Inbox).iter();
    let waiting: Vec<&Arc<Record>> = inbox.filter(|entry| inbox::waits(entry, today)).collect();
    let ages = waiting.iter().filter_map(|entry| entry.date(Field::Created));
    let oldest = ages.map(|on| (today - on).get_days()).max();
    let words = match (waiting.len(), oldest) {
        (0, _) => "all is answered".to_owned(),
        (some, Some(1)) => format!("{}, the oldest for 1 day", wait(some, "")),
        (some, Some(days)) => format!("{}, the oldest for {days} days", wait(some, "")),
        (some, None) => format!("{}, nobody knows since when", wait(some, "")),
    };
    Signal {
        id: "feedback",
        title: "Feedback without an answer",
        words,
        limit: format!("older than {ANSWER} days"),
        is_on: oldest.is_some_and(|days| days > ANSWER),
    }
}

/// How much of what comes next is not ready.
fn unready(workspace: &Workspace, today: Date) -> Signal {
    let survey = Survey::of(workspace, today);
    let head: Vec<_> = counted(workspace).into_iter().take(HEAD).collect();
    let lacks = |item: &&&Arc<Record>| !check::of(workspace, &survey, item.id()).is_empty();
    let lacking = head.iter().filter(lacks).count();
    Signal {
        id: "unready",
        title: "What comes next and is not ready",
        words: format!("{lacking} of the first {}", head.len()),
        limit: "more than half".to_owned(),
        is_on: count(lacking) > HALF * count(head.len()),
    }
}

/// How many promises were not kept.
fn promises(workspace: &Workspace, today: Date) -> Signal {
    let velocity = Velocity::of(workspace, today);
    let promised = velocity.sprints.iter().rev().filter_map(|sprint| {
        let said = sprint.committed.filter(|points| *points > 0.0)?;
        // What came in after the start was not promised.
        Some((said, Course::of(workspace, &sprint.id, today)?.kept()))
    });
    let last: Vec<(f64, f64)> = promised.take(PROMISES).collect();
    let short = last.iter().filter(|(said, did)| did / said < KEPT).count();
    let late = |release: &&Arc<Record>| {
        release.date(Field::Day).is_some_and(|day| day < today)
            && release.date(Field::Approved).is_none()
            && !release.is_milestone()
    };
    let late = workspace.list(Place::Releases).iter().filter(late).count();
    let releases = match late {
        0 => String::new(),
        1 => ", 1 release is late".to_owned(),
        late => format!(", {late} releases are late"),
    };
    let kept = match last.len() {
        0 => "no sprint noted a promise".to_owned(),
        all => {
            let sprints = number::counted(all, "sprint");
            format!("{short} of {sprints} brought less than {:.0} %", KEPT * 100.0)
        }
    };
    Signal {
        id: "promises",
        title: "Promises that slipped",
        words: kept + &releases,
        limit: "half of the sprints, or a late release".to_owned(),
        is_on: late > 0 || (!last.is_empty() && count(short) >= HALF * count(last.len())),
    }
}

/// Whether a hat lies about.
fn idle(balance: &Balance) -> Signal {
    let words = [Hat::Pm, Hat::Po].map(|hat| {
        let who = if hat == Hat::Pm { "manager" } else { "owner" };
        match balance.idle(hat) {
            Some(0) => format!("{who} today"),
            Some(1) => format!("{who} a day ago"),
            Some(days) => format!("{who} {days} days ago"),
            None => format!("{who} never, as far as is known"),
        }
    });
    Signal {
        id: "idle",
        title: "When each hat was last worn",
        words: words.join(", "),
        limit: format!("more than {IDLE} days ago"),
        is_on: balance.is_idle(Hat::Pm) || balance.is_idle(Hat::Po),
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Id, Op, Step, Value};

    /// A Wednesday.
    const TODAY: Date = Date::constant(2026, 11, 25);

    fn step(on: Date, hat: Hat) -> (Date, Step) {
        let op = Op::Remove { id: Id::new("a") };
        let inverse = Op::Batch(Vec::new());
        (on, Step { words: "did".into(), hat, op, inverse, is_partial: false })
    }

    fn record(id: &str) -> Record {
        Record::new(Id::new(id))
    }

    #[test]
    fn weeks_begin_on_monday_and_what_is_older_than_the_log_counts_by_the_file() {
        let day = |day| Date::constant(2026, 11, day);
        let mut content = Content::default();
        let decided = |id, on| {
            record(id).with(Field::On, Value::Date(on)).with(Field::HatOn, Value::text("pm"))
        };
        let decisions = [decided("a", day(4)), decided("b", day(24))].map(Arc::new);
        content.fill(Place::Decisions, decisions.to_vec());
        let steps = [step(day(22), Hat::Po), step(day(23), Hat::Po), step(day(25), Hat::Pm)];
        let past = Past { steps: steps.to_vec(), version: None };
        let balance = Balance::of(&Workspace::new(content), &past, TODAY);
        let last: Vec<(i8, usize, usize)> =
            balance.weeks[4..].iter().map(|week| (week.start.day(), week.pm, week.po)).collect();
        // The decision of the 24th is in the log, and not counted twice.
        assert_eq!(last, [(2, 1, 0), (9, 0, 0), (16, 0, 1), (23, 1, 1)]);
        assert_eq!(balance.idle, [Some(0), Some(2)]);
    }

    #[test]
    fn signals_say_what_is_not_known_and_count_to_one() {
        let mut content = Content::default();
        let told = |content: &Content, id| {
            let workspace = Workspace::new(content.clone());
            let all = signals(&workspace, &Balance::of(&workspace, &Past::default(), TODAY), TODAY);
            all.into_iter().find(|signal| signal.id == id).unwrap().words
        };
        assert_eq!(told(&content, "promises"), "no sprint noted a promise");
        let on = |day| Value::Date(Date::constant(2026, 11, day));
        content.fill(
            Place::Backlog,
            vec![Arc::new(record("a").with(Field::Points, Value::Number(1.0)))],
        );
        content.fill(Place::Inbox, vec![Arc::new(record("f").with(Field::Created, on(24)))]);
        content.fill(Place::Releases, vec![Arc::new(record("r").with(Field::Day, on(1)))]);
        assert_eq!(told(&content, "promises"), "no sprint noted a promise, 1 release is late");
        assert_eq!(told(&content, "feedback"), "1 waits, the oldest for 1 day");
        assert_eq!(told(&content, "owner"), "1 item waits; no sprint is over yet");
        let sprint = |id, day| {
            let fields = record(id).with(Field::Start, on(day)).with(Field::End, on(day + 6));
            Arc::new(fields.with(Field::State, Value::text("closed")))
        };
        content.fill(Place::Sprints, vec![sprint("s", 2), sprint("t", 9)]);
        let words = "1 item waits; the 2 sprints that are over brought nothing";
        assert_eq!(told(&content, "owner"), words);
    }

    #[test]
    fn what_was_taken_back_is_no_work() {
        let did = step(TODAY, Hat::Pm);
        let Step { op, inverse, .. } = did.1.clone();
        let undid = (TODAY, Step { op: inverse, inverse: op, ..did.1.clone() });
        let worn = |steps: &[&(Date, Step)]| {
            let steps = steps.iter().copied().cloned().collect();
            let past = Past { steps, version: None };
            Balance::of(&Workspace::new(Content::default()), &past, TODAY).weeks[7].pm
        };
        assert_eq!(worn(&[&did, &undid, &did, &undid]), 0);
        assert_eq!(worn(&[&did, &undid, &did]), 1);
    }

    #[test]
    fn what_came_in_after_the_start_keeps_no_promise() {
        let on = |day| Value::Date(Date::constant(2026, 11, day));
        let points = |points| Value::Number(points);
        let sprint = record("s")
            .with(Field::Start, on(2))
            .with(Field::End, on(13))
            .with(Field::State, Value::text("closed"))
            .with(Field::Committed, points(10.0));
        let done = |id, size| {
            let fields = record(id).with(Field::Points, points(size)).with(Field::Done, on(12));
            fields.with(Field::Sprint, Value::link(Id::new("s")))
        };
        let mut content = Content::default();
        content.fill(Place::Sprints, vec![Arc::new(sprint)]);
        let mut told = |last: Record| {
            content.fill(Place::Done, [done("a", 7.0), last].map(Arc::new).to_vec());
            promises(&Workspace::new(content.clone()), TODAY).words
        };
        assert_eq!(told(done("b", 3.0)), "0 of 1 sprint brought less than 80 %");
        let added = done("b", 3.0).with(Field::Added, on(5));
        assert_eq!(told(added), "1 of 1 sprint brought less than 80 %");
    }

    #[test]
    fn signals_are_counted_by_hand() {
        let mut content = Content::default();
        let entry = |id, on| record(id).with(Field::Created, Value::Date(on));
        let said = [entry("f", TODAY), entry("g", Date::constant(2026, 10, 25))].map(Arc::new);
        content.fill(Place::Inbox, said.to_vec());
        content.fill(Place::Now, ["a", "b", "c", "d"].map(|id| Arc::new(record(id))).to_vec());
        let sprint = |id, end: i8, said: f64, did: f64| {
            let fields = record(id)
                .with(Field::Start, Value::Date(Date::constant(2026, 11, end - 3)))
                .with(Field::End, Value::Date(Date::constant(2026, 11, end)))
                .with(Field::State, Value::text("closed"))
                .with(Field::Committed, Value::Number(said));
            Arc::new(fields.with(Field::Delivered, Value::Number(did)))
        };
        // 16 of 20 is kept, 15 of 20 is not.
        let sprints = vec![sprint("s", 6, 20.0, 16.0), sprint("t", 13, 20.0, 15.0)];
        content.fill(Place::Sprints, sprints);
        let workspace = Workspace::new(content);
        let balance = Balance::of(&workspace, &Past::default(), TODAY);
        let all = signals(&workspace, &balance, TODAY);
        let said: Vec<(&str, &str, bool)> =
            all.iter().map(|signal| (signal.id, &*signal.words, signal.is_on)).collect();
        assert_eq!(
            said,
            [
                ("manager", "4 in Now", true),
                ("owner", "0.0 sprints of work wait", false),
                ("feedback", "2 wait, the oldest for 31 days", true),
                ("unready", "0 of the first 0", false),
                ("promises", "1 of 2 sprints brought less than 80 %", true),
                (
                    "idle",
                    "manager never, as far as is known, owner never, as far as is known",
                    false
                ),
            ]
        );
    }
}
