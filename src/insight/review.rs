//! What did a sprint promise, deliver and teach, and what of it was accepted?

use super::sprint::{Column, Course, leaves};
use crate::workspace::{Date, Field, Id, Value, Workspace};

/// What is said of a sprint when it is looked back on.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// How it stands.
    pub course: Course,
    /// What was in it at the start, where that was noted.
    pub promised: Vec<Id>,
    /// What of it is done and accepted.
    pub accepted: Vec<Id>,
    /// What of it is done, and nobody accepted it.
    pub unaccepted: Vec<Id>,
    /// What is in it and not done; when it is closed that has left it.
    pub unfinished: Vec<Id>,
    /// What went from it into the next sprint.
    pub carried: Vec<Id>,
    /// What was promised and left it without being done or carried over.
    pub dropped: Vec<Id>,
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
        let noted = |field| {
            let known = record.links(field).filter(|id| workspace.contains(id));
            known.cloned().collect::<Vec<_>>()
        };
        let (promised, carried) = (noted(Field::Promised), noted(Field::Carried));
        let is_in = |id: &Id| items.iter().any(|item| item.id() == id) || carried.contains(id);
        let is_leaf = |id: &Id| !workspace.is_parent(id);
        let dropped = promised.iter().filter(|id| !is_in(id) && is_leaf(id)).cloned();
        Some(Self {
            dropped: dropped.collect(),
            promised,
            carried,
            accepted: those(&|done, accepted| done && accepted),
            unaccepted: those(&|done, accepted| done && !accepted),
            unfinished: those(&|done, _| !done),
            learned: PARTS.into_iter().filter_map(lines).collect(),
            course,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sprint::tests::{day_of, item, sprint, workspace};
    use super::*;

    #[test]
    fn what_was_carried_over_and_what_was_dropped_is_known_after_the_close() {
        let links =
            |ids: &[&str]| Value::List(ids.iter().map(|id| Value::link(Id::new(id))).collect());
        let closed = sprint("s", "closed", 2, 15)
            .with(Field::Promised, links(&["a", "b", "c", "gone"]))
            .with(Field::Carried, links(&["b"]));
        let elsewhere = |id| item(id, 1.0).without(Field::Sprint);
        let open = vec![elsewhere("b"), elsewhere("c")];
        let workspace = workspace(vec![closed], open, vec![(item("a", 1.0), 9)]);
        let review = Review::of(&workspace, &Id::new("s"), day_of(16)).unwrap();
        let ids = |ids: &[Id]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(&review.promised), "a b c");
        assert_eq!([ids(&review.carried), ids(&review.dropped)], ["b", "c"]);
        assert_eq!(ids(&review.unaccepted), "a");
    }
}
