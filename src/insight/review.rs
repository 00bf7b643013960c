//! What did a sprint promise, deliver and teach, and what of it was accepted?

use super::sprint::{Column, Course, leaves};
use crate::workspace::{Date, Field, Id, Value, Workspace};

/// What is said of a sprint when it is looked back on.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// How it stands.
    pub course: Course,
    /// What of it is done and accepted.
    pub accepted: Vec<Id>,
    /// What of it is done, and nobody accepted it.
    pub unaccepted: Vec<Id>,
    /// What is in it and not done; when it is closed that has left it.
    pub unfinished: Vec<Id>,
    /// What was kept, changed and tried, a line each.
    pub learned: Vec<(&'static str, Vec<String>)>,
}

/// The parts of a retro.
const PARTS: [&str; 3] = ["kept", "changed", "tried"];

impl Review {
    /// The review of this sprint on a day; `None` where there is none.
    pub fn of(workspace: &Workspace, sprint: &Id, today: Date) -> Option<Self> {
        let course = Course::of(workspace, sprint, today)?;
        let record = workspace.get(sprint)?;
        let items = leaves(workspace, sprint);
        let those = |wanted: &dyn Fn(bool, bool) -> bool| {
            let items = items.iter().filter(|item| {
                let done = Column::of(workspace, item) == Column::Done;
                wanted(done, item.get(Field::Approved).is_some())
            });
            items.map(|item| item.id().clone()).collect()
        };
        let retro = record.get(Field::Retro);
        let lines = |part: &'static str| {
            let lines = retro.and_then(|retro| retro.get(part)).map(Value::items);
            let lines = lines.unwrap_or_default().iter();
            let lines: Vec<String> =
                lines.filter_map(|line| Some(line.as_text()?.to_owned())).collect();
            (!lines.is_empty()).then_some((part, lines))
        };
        Some(Self {
            accepted: those(&|done, accepted| done && accepted),
            unaccepted: those(&|done, accepted| done && !accepted),
            unfinished: those(&|done, _| !done),
            learned: PARTS.into_iter().filter_map(lines).collect(),
            course,
        })
    }
}
