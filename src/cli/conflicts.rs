//! `conflicts`: the fields of which a merge kept two values.

use super::console::{Console, Ink, id as shown, plain};
use super::desk::{Desk, json as text};
use super::failure::Failure;
use super::naming;
use super::query::Filtering;
use super::verb::Verb;
use crate::app::conflict;
use crate::app::detail::Reading;
use crate::exchange::json::of as data;
use crate::store::{Site, past};
use crate::workspace::{
    Clash, Date, Field, Id, Op, Record, Value, Workspace, clashes, conflicted, take_theirs,
};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

/// List the fields of which a merge kept two values
///
/// One value stands in the field, the other is kept beside it until you decide. Where twohats wrote a
/// value on this machine and remembers it, it is said when; as JSON that is `mine_at` and `theirs_at`,
/// which may be null.
#[derive(Debug, Args)]
pub(super) struct Conflicts {
    /// Only of these records
    #[arg(value_name = "ID", conflicts_with = "filter")]
    ids: Vec<String>,
    #[command(flatten)]
    filtering: Filtering,
    /// Decide for the value in the field (mine), or for the other one (theirs)
    #[arg(long, value_name = "mine|theirs", hide_possible_values = true)]
    keep: Option<Keep>,
}

/// Which of two values stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// The one in the field.
    Mine,
    /// The other one.
    Theirs,
}

impl Verb for Conflicts {
    const NAME: &'static str = "conflicts";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats conflicts", "both values of each field"),
        ("twohats conflicts b2 --keep theirs", "the other value goes into the field"),
        ("twohats conflicts --filter in:backlog --keep mine", "of all that this finds"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let meant = self.meant(desk.workspace(), console.today)?;
        match (self.keep, meant) {
            (Some(keep), Some(ids)) => settle(console, &mut desk, &ids, keep),
            (Some(_), None) => Err(Failure::Usage("say of which: ids, or --filter".into())),
            (None, meant) => list(console, &desk, meant.as_deref()),
        }
    }
}

impl Conflicts {
    /// The records that are meant, of those that a filter finds the ones in conflict; nothing
    /// where none are named, which is all of them.
    fn meant(&self, workspace: &Workspace, today: Date) -> Result<Option<Vec<Id>>, Failure> {
        if !self.ids.is_empty() {
            return naming::all_and_words(workspace, &self.ids).map(Some);
        }
        let Some(found) = self.filtering.found(workspace, today)? else { return Ok(None) };
        let open = conflicted(workspace).into_iter().map(|(id, _)| id.clone());
        Ok(Some(open.filter(|id| found.contains(id)).collect()))
    }
}

fn settle(console: &mut Console, desk: &mut Desk, ids: &[Id], keep: Keep) -> Result<(), Failure> {
    let step = desk.change(console, |workspace| {
        let records = ids.iter().filter_map(|id| workspace.get(id));
        let ops = records.flat_map(|record| settled(workspace, record, keep)).collect();
        Ok((format!("conflict settled: {}", workspace.named(ids)), ops))
    })?;
    desk.report(console, step.as_ref(), ids)
}

/// What ends the conflicts of a record. What this version does not know can't be taken over and
/// stays.
fn settled(workspace: &Workspace, record: &Record, keep: Keep) -> Vec<Op> {
    if keep == Keep::Mine {
        return record
            .get(Field::Conflict)
            .map(|_| Op::clear(record.id(), Field::Conflict))
            .into_iter()
            .collect();
    }
    let (mut left, mut ops) = (record.get(Field::Conflict).cloned(), Vec::new());
    for clash in clashes(workspace, record) {
        let Some(op) = take_theirs(workspace, record, &clash) else { continue };
        ops.push(op);
        left = Value::with(left.as_ref(), &clash.name, None);
    }
    if !ops.is_empty() {
        ops.push(Op::Edit { id: record.id().clone(), field: Field::Conflict, value: left });
    }
    ops
}

fn list(console: &mut Console, desk: &Desk, ids: Option<&[Id]>) -> Result<(), Failure> {
    let workspace = desk.workspace();
    let mut open = conflicted(workspace);
    open.retain(|(id, _)| ids.is_none_or(|ids| ids.contains(id)));
    let all = open.iter().flat_map(|(id, clashes)| clashes.iter().map(move |clash| (id, clash)));
    if console.options.json {
        let all: Vec<String> = all.map(|(id, clash)| as_data(desk, id, clash)).collect();
        return console.json_list(all);
    }
    if open.is_empty() {
        console.say("no conflicts");
    }
    for (id, clash) in all {
        print(console, desk, id, clash)?;
    }
    Ok(())
}

/// When each of the two values was written, where that is known.
fn times(desk: &Desk, id: &Id, clash: &Clash) -> [Option<Timestamp>; 2] {
    past::times(&Site::here(), desk.path(), id, clash)
}

fn as_data(desk: &Desk, id: &Id, clash: &Clash) -> String {
    let [mine, theirs] = times(desk, id, clash).map(|at| at.map(|at| at.to_string()));
    text(json!({
        "mine_at": mine,
        "theirs_at": theirs,
        "id": id.as_str(),
        "title": desk.workspace().name_of(id),
        "field": &*clash.name,
        "mine": clash.mine.as_ref().map(data),
        "theirs": data(&clash.theirs),
    }))
}

fn print(console: &mut Console, desk: &Desk, id: &Id, clash: &Clash) -> Result<(), Failure> {
    let (workspace, dates) = (desk.workspace(), console.dates());
    let [mine, theirs] = conflict::both(Reading { workspace, dates: &dates }, clash);
    let said = |at: Timestamp| {
        let at = at.to_zoned(TimeZone::system());
        format!("  written {} {}", dates.show(at.date()), at.strftime("%H:%M"))
    };
    let written = times(desk, id, clash).map(|at| (Ink::Dim, at.map_or(String::new(), said)));
    let [mine_at, theirs_at] = written;
    let mut pieces = Vec::new();
    if !id.as_str().starts_with('@') {
        pieces.extend(shown(workspace, id, 0));
        pieces.push(plain("  "));
    }
    pieces.push((Ink::Bold, workspace.name_of(id)));
    console.print(&pieces)?;
    console.print(&[plain(format!("  {}: {mine}", conflict::label(clash))), mine_at])?;
    console.print(&[plain(format!("  or: {theirs}")), theirs_at])
}
