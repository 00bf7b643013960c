//! `sprint close`: what becomes of everything in it.

use super::{done, find, naming, new_id, title};
use crate::app::actions::part;
use crate::app::sprint::change::{Settled, closed, proposed};
use crate::cli::console::Console;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::options;
use crate::insight::sprint::{leaves, planned, proposal, running};
use crate::workspace::{Date, Field, Id, IdSource, Kind, Op, Place, Workspace};
use clap::Args;

/// Close the sprint that runs
///
/// What is done and not named stays done without being accepted; what is not done and not named is
/// carried over into the next sprint, which is made where there is none. All of it is one step. The
/// version before is among the backups: `twohats restore 1` brings it back. One whose first day is
/// still to come is closed only with --anyway.
#[derive(Debug, Args)]
pub(super) struct Close {
    /// The sprint; else the one that runs
    #[arg(value_name = "SPRINT")]
    sprint: Option<String>,
    /// Accept these items: they are done
    #[arg(long, value_name = "ID", num_args = 1..)]
    accept: Vec<String>,
    /// Accept everything that is done
    #[arg(long)]
    accept_all: bool,
    /// Send these items back to their place in the backlog
    #[arg(long, value_name = "ID", num_args = 1..)]
    back: Vec<String>,
    /// Carry these items over, although they are done
    #[arg(long, value_name = "ID", num_args = 1..)]
    carry: Vec<String>,
    /// Points it delivered, where another number is right than that of what is done
    #[arg(long, value_name = "POINTS", value_parser = options::amount)]
    delivered: Option<f64>,
    /// What went well and stays
    #[arg(long, value_name = "LINE")]
    kept: Vec<String>,
    /// What is done otherwise from now on
    #[arg(long, value_name = "LINE")]
    changed: Vec<String>,
    /// What is tried next
    #[arg(long, value_name = "LINE")]
    tried: Vec<String>,
    /// Put this onto the backlog: a title, or `2 task: title`
    #[arg(long, value_name = "LINE")]
    action: Vec<String>,
    /// Also when its first day is still to come
    #[arg(long)]
    anyway: bool,
}

impl Close {
    pub fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let id = match (&self.sprint, running(desk.workspace())) {
            (None, Some(running)) => running.id().clone(),
            (None, None) => return Err(Failure::Undone("no sprint runs".into())),
            (named, _) => find(desk.workspace(), named.as_deref())?,
        };
        let (sprint, today, next) = (id.clone(), console.today, new_id(&desk));
        let step = desk.change(console, |workspace| {
            self.begun(workspace, &sprint, today)?;
            let settled = self.settled(workspace, &sprint, &next, today)?;
            let ops: Vec<Op> =
                closed(workspace, &sprint, &settled, today).map_err(Failure::Undone)?;
            Ok((format!("closed: {}", title(workspace, &sprint)), ops))
        })?;
        done(console, &desk, step.as_ref().map(|step| step.words.as_str()), &id)
    }

    /// Refuses to end what has not begun, unless that is meant.
    fn begun(&self, workspace: &Workspace, sprint: &Id, today: Date) -> Result<(), Failure> {
        let start = workspace.get(sprint).and_then(|sprint| sprint.date(Field::Start));
        let Some(start) = start.filter(|start| *start > today && !self.anyway) else {
            return Ok(());
        };
        let name = title(workspace, sprint);
        let words = format!(
            "not closed: {name} begins on {start}, and today is {today}; `--anyway` closes it all \
             the same, and today is its only day then"
        );
        Err(Failure::Undone(words))
    }

    fn settled(
        &self,
        workspace: &Workspace,
        sprint: &Id,
        next: &Id,
        today: Date,
    ) -> Result<Settled, Failure> {
        let Named { mut accepted, back, mut carried } = self.named(workspace, sprint)?;
        let is_done = |id: &Id| workspace.place_of(id) == Some(Place::Done);
        let sent_back = back.iter().chain(&carried).filter(|id| is_done(id)).cloned().collect();
        for item in leaves(workspace, sprint) {
            let id = item.id();
            if accepted.contains(id) || back.contains(id) || carried.contains(id) {
                continue;
            }
            match is_done(id) {
                true if self.accept_all && item.get(Field::Approved).is_none() => {
                    accepted.push(id.clone());
                }
                true => {}
                false => carried.push(id.clone()),
            }
        }
        let needs_next = !carried.is_empty() && planned(workspace).is_none();
        let proposal = proposal::closing(workspace, sprint, today);
        let mut source = IdSource::seeded(fastrand::u64(..));
        let action = |line: &String| {
            let id = source.next(|id| workspace.is_spoken_for(id) || id == next);
            part(line, Kind::Task, id, today).map_err(Failure::Usage)
        };
        Ok(Settled {
            actions: self.action.iter().map(action).collect::<Result<_, _>>()?,
            next: needs_next.then(|| proposed(next.clone(), &proposal)),
            accepted,
            sent_back,
            carried,
            delivered: self.delivered,
            retro: [self.kept.clone(), self.changed.clone(), self.tried.clone()],
        })
    }

    /// The items that are named, each once and all of this sprint.
    fn named(&self, workspace: &Workspace, sprint: &Id) -> Result<Named, Failure> {
        let named = |ids: &[String]| naming::items(workspace, ids);
        let [accepted, back, carried] =
            [named(&self.accept)?, named(&self.back)?, named(&self.carry)?];
        let all = || accepted.iter().chain(&back).chain(&carried);
        let twice = |id: &&Id| {
            [&accepted, &back, &carried].iter().filter(|list| list.contains(id)).count() > 1
        };
        if let Some(id) = all().find(twice) {
            return Err(Failure::Usage(format!("{id} can't be both")));
        }
        let inside = workspace.in_sprint(sprint);
        if let Some(id) = all().find(|id| !inside.contains(id)) {
            let name = title(workspace, id);
            return Err(Failure::Undone(format!("{id} “{name}” is not in the sprint")));
        }
        Ok(Named { accepted, back, carried })
    }
}

/// Items for which the person says what becomes of them.
struct Named {
    accepted: Vec<Id>,
    back: Vec<Id>,
    carried: Vec<Id>,
}
