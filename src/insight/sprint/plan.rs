//! What may go into a sprint, and how much of it fits?

use super::{State, leaves};
use crate::insight::forecast::{UNKNOWN, counted, usual_size};
use crate::insight::points::Points;
use crate::workspace::{Field, Id, Workspace};

/// Work that may go into a sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The item.
    pub id: Id,
    /// Its points.
    pub points: f64,
    /// Whether those are the median of the others, as nobody estimated it.
    pub assumed: bool,
    /// Whether it is in the sprint, or to go there.
    pub picked: bool,
}

/// All that may go into a sprint, and what is in it anyhow.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// The work of the backlog in its order, but for what a sprint that runs has.
    pub rows: Vec<Candidate>,
    /// What else is in the sprint: what is done, and what stands elsewhere.
    pub others: Vec<Id>,
    /// Their points.
    pub fixed: f64,
}

impl Candidates {
    /// What may go into this sprint.
    pub fn of(workspace: &Workspace, sprint: &Id) -> Self {
        let counted = counted(workspace);
        let usual = usual_size(workspace, &counted).unwrap_or(UNKNOWN);
        let mut size = Points::new(workspace);
        let mut rows = Vec::new();
        for item in counted {
            let (points, picked) = (size.of(item), item.link(Field::Sprint) == Some(sprint));
            if picked || !is_taken(workspace, item.link(Field::Sprint)) {
                let (assumed, points) = (points.is_none(), points.unwrap_or(usual));
                rows.push(Candidate { id: item.id().clone(), points, assumed, picked });
            }
        }
        let is_row = |id: &Id| rows.iter().any(|row| row.id == *id);
        let others: Vec<Id> =
            workspace.in_sprint(sprint).into_iter().filter(|id| !is_row(id)).collect();
        let fixed = leaves(workspace, sprint).into_iter().filter(|item| !is_row(item.id()));
        let fixed = fixed.filter_map(|item| size.of(item)).sum();
        Self { rows, others, fixed }
    }

    /// How many rows there is room for, from the first.
    pub fn fitting(&self, room: f64) -> usize {
        let mut used = self.fixed;
        let fits = |row: &&Candidate| {
            used += row.points;
            // A hair more is not too much: points are added up from tenths.
            used <= room + 1e-9
        };
        self.rows.iter().take_while(fits).count()
    }
}

/// Whether a sprint that runs has what is in this one.
fn is_taken(workspace: &Workspace, sprint: Option<&Id>) -> bool {
    let sprint = sprint.and_then(|sprint| workspace.get(sprint));
    sprint.is_some_and(|sprint| State::of(sprint) == State::Running)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{item, sprint, workspace};
    use super::*;
    use crate::workspace::Value;

    #[test]
    fn what_nobody_estimated_counts_as_the_work_beside_it_and_not_as_what_is_made_of_others() {
        let part = item("part", 0.0).without(Field::Points).without(Field::Sprint);
        let part = part.with(Field::Parent, Value::link(Id::new("epic")));
        let sized = item("sized", 1.0).without(Field::Sprint);
        let sized = sized.with(Field::Parent, Value::link(Id::new("epic")));
        let backlog = vec![
            item("epic", 100.0).without(Field::Sprint),
            part,
            sized,
            item("story", 3.0).without(Field::Sprint),
        ];
        let workspace = workspace(vec![sprint("s", "planned", 16, 29)], backlog, Vec::new());
        let found = Candidates::of(&workspace, &Id::new("s"));
        let points: Vec<_> = found.rows.iter().map(|row| (row.points, row.assumed)).collect();
        assert_eq!(points, [(2.0, true), (1.0, false), (3.0, false)]);
        assert_eq!([2.9, 3.0, 5.9, 6.0].map(|room| found.fitting(room)), [1, 2, 2, 3]);
    }
}
