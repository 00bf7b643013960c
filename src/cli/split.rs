//! `split`: of one item, two.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::part;
use super::verb::Verb;
use crate::app::actions::Half;
use crate::app::entry::Typing;
use crate::workspace::{Field, IdSource, Place, Record, Workspace};
use clap::Args;

/// Split an item in two
///
/// The second stands below the first and has its kind, tags, links and story. Its points and the
/// criteria that go with it leave the first; what waits for the first waits for both. Prints the
/// id of the second.
#[derive(Debug, Args)]
pub(super) struct Split {
    /// The item
    #[arg(value_name = "ID")]
    id: String,
    /// The title of the second
    #[arg(required = true, value_name = "TITLE")]
    title: Vec<String>,
    /// Points that go with it, fewer than there are
    #[arg(long, value_name = "N")]
    points: Option<String>,
    /// Criteria that go with it, by their number from 1
    #[arg(long, value_name = "N,…", value_delimiter = ',')]
    criteria: Vec<usize>,
}

impl Verb for Split {
    const NAME: &'static str = "split";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats split b2 'Undo a whole import' --points 2", "two of one"),
        ("twohats split b2 'Undo a whole import' --criteria 1,3", "with two of its criteria"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let ids = naming::items(desk.workspace(), std::slice::from_ref(&self.id))?;
        let Some(id) = ids.first() else { return Ok(()) };
        let mut source = IdSource::seeded(fastrand::u64(..));
        let new = source.next(|id| desk.workspace().is_spoken_for(id));
        let (today, month_first) = (console.today, console.month_first());
        let step = desk.change(console, |workspace| {
            let gone = || Failure::Undone(format!("{id} is not there any more"));
            let record = workspace.get(id).ok_or_else(gone)?;
            whole(workspace, record)?;
            let half = self.half(Typing { workspace, today, month_first }, record)?;
            if let Some((_, wrong)) = half.wrong(record) {
                return Err(Failure::Usage(wrong));
            }
            let ops = half.ops(workspace, record, &new, today).ok_or_else(gone)?;
            Ok((format!("split {}: {}", record.title(), half.title), ops))
        })?;
        if !console.options.json {
            console.line(new.as_str())?;
        }
        desk.report(console, step.as_ref(), &[id.clone(), new])
    }
}

impl Split {
    /// What goes with the second.
    fn half(&self, typing: Typing, record: &Record) -> Result<Half, Failure> {
        let shape = Field::Points.row().shape;
        let points = self.points.as_deref().map_or(Ok(None), |text| typing.read(shape, text));
        let points = points.map_err(Failure::Usage)?.and_then(|value| value.as_number());
        let all = record.list(Field::Acceptance);
        let words = |number: &usize| {
            let one = number.checked_sub(1).and_then(|at| all.get(at)?.get("text")?.as_text());
            let none = || format!("there is no criterion {number}; it has {}", all.len());
            one.map(str::to_owned).ok_or_else(|| Failure::Usage(none()))
        };
        let criteria = self.criteria.iter().map(words).collect::<Result<_, _>>()?;
        let title = part::line(&self.title.join(" ")).map_err(Failure::Usage)?;
        Ok(Half { title, points, criteria })
    }
}

/// Whether an item can be split at all.
fn whole(workspace: &Workspace, record: &Record) -> Result<(), Failure> {
    let why = if !workspace.children(record.id()).is_empty() {
        "has parts already"
    } else if workspace.place_of(record.id()) == Some(Place::Done) {
        "is done"
    } else {
        return Ok(());
    };
    Err(Failure::Undone(format!("{} {why}", record.title())))
}
