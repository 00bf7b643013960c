//! What was the workspace like then, as far as that can be known?

use super::Since;
use crate::workspace::{Content, Date, Field, Id, Past, Place, Record, Step, Value, Workspace};
use std::sync::Arc;

/// How it is known what the workspace was like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// By taking back what the activity log has.
    Log,
    /// By an older version of the file, a commit or a backup, as the log does not reach that far.
    Version(String),
    /// By the version of the file that was asked for.
    Asked(String),
    /// By the days that the file itself names, and nothing else.
    Dates,
}

impl Known {
    /// It in words.
    pub fn words(&self) -> String {
        match self {
            Self::Log => "by the activity log".into(),
            Self::Version(name) => format!("by {name}: the activity log does not reach that far"),
            Self::Asked(name) => format!("by {name}"),
            Self::Dates => {
                "by the days that the file names: no log and no git reach that far".into()
            }
        }
    }
}

/// The workspace as it was, and what was done since.
#[derive(Debug, Clone)]
pub struct Then {
    /// The workspace as it was.
    pub workspace: Workspace,
    /// How that is known.
    pub known: Known,
    /// What was done since and by whom, as far as it was logged.
    pub steps: Vec<(Date, Step)>,
}

impl Then {
    /// The workspace as it was then.
    pub fn of(now: &Workspace, past: &Past, since: &Since) -> Self {
        let made = since.check_in.as_ref();
        let steps = past.since(since.day, made).into_iter().cloned().collect();
        let logged = || past.before(now, since.day, made);
        let (workspace, known) = match &past.version {
            _ if past.reaches(since.day, made) => (logged(), Known::Log),
            Some((name, content)) => {
                (Workspace::new(content.clone()), Known::Version(name.clone()))
            }
            None => (by_dates(&logged(), since.day), Known::Dates),
        };
        Self { workspace, known, steps }
    }

    /// The version of the file that was asked for, with nothing known of who did what.
    pub fn version(name: String, content: Content) -> Self {
        let workspace = Workspace::new(content);
        Self { workspace, known: Known::Asked(name), steps: Vec::new() }
    }
}

/// The workspace without all that the file itself dates to `day` or later.
fn by_dates(now: &Workspace, day: Date) -> Workspace {
    let mut content = now.content().clone();
    let is_new = |record: &Record| {
        let dated = [Field::Created, Field::On].into_iter().find_map(|field| record.date(field));
        dated.is_some_and(|on| on >= day)
    };
    let was_open = |record: &&Arc<Record>| record.date(Field::Done).is_some_and(|on| on >= day);
    let done: Vec<Arc<Record>> = now.list(Place::Done).iter().filter(was_open).cloned().collect();
    for place in Place::ALL {
        let stayed =
            now.list(place).iter().filter(|record| place != Place::Done || !was_open(record));
        let back = done.iter().filter(|record| came_from(record) == place).map(|record| {
            Arc::new(Field::OF_DONE.into_iter().fold((**record).clone(), Record::without))
        });
        let all = back.chain(stayed.cloned()).filter(|record| !is_new(record));
        content.fill(place, all.collect());
    }
    let ids: Vec<Id> =
        now.list(Place::Objectives).iter().map(|record| record.id().clone()).collect();
    for id in ids {
        content.change(&id, |record| match record.get(Field::Metrics) {
            Some(metrics) => record.clone().with(Field::Metrics, read_before(metrics, day)),
            None => record.clone(),
        });
    }
    Workspace::new(content)
}

fn came_from(done: &Record) -> Place {
    Place::of_items(done.text(Field::From)).unwrap_or(Place::Backlog)
}

/// Metrics with the readings from before a day.
fn read_before(metrics: &Value, day: Date) -> Value {
    let is_old = |reading: &&Value| !matches!(reading.items(), [Value::Date(on), _] if *on >= day);
    let metric = |metric: &Value| {
        let readings = metric.get("readings").map(Value::items).unwrap_or_default();
        let old = readings.iter().filter(is_old).cloned().collect();
        Value::with(Some(metric), "readings", Some(Value::List(old))).unwrap_or(metric.clone())
    };
    Value::List(metrics.items().iter().map(metric).collect())
}
