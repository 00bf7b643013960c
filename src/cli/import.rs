//! `import`: another tool's file becomes items.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::intake;
use super::options;
use super::tally::{self, Tally};
use super::verb::Verb;
use crate::exchange::{Asked, FORMATS, Format, Haul, Plan, Remark, Unreadable, Wishes, plan};
use crate::store::{Columns, columns, find, keep_columns};
use crate::terminal::glance;
use crate::workspace::{Date, IdSource, MergeNote, Op, Place, Workspace, sorted};
use clap::Args;
use clap::builder::TypedValueParser;
use std::path::{Path, PathBuf};

/// Import another tool's file
///
/// Every item remembers where it came from, so importing the same or a newer file again updates
/// what changed there. What you changed here stays: a field that was changed on both sides keeps
/// yours, and theirs beside it (`twohats conflicts`, exit code 3). What a row says that is not
/// understood is left out and said, with the number of the row; the header of a table is row 1.
/// Where no row can be read at all, nothing is changed and the exit code is 65.
///
/// The columns of a table are guessed and said. --map COLUMN=FIELD says better, is remembered for
/// tables with this header, and takes any field of an item, a factor as in rice.reach, or key,
/// alias, url, place, `sprint_state`, `sprint_start`, `sprint_end`, blocks, priority, category (of a
/// status), level (a title of a tree) or skip.
/// A day that could be two, as 3/4/2026, is read as your `date_format` writes it.
#[derive(Debug, Args)]
#[command(allow_missing_positional = true)]
pub(super) struct Import {
    /// What the file is; else what its name and its beginning look like
    #[arg(value_parser = formats())]
    format: Option<&'static Format>,
    /// The file, a folder for backlog.md, or - for what is piped in
    #[arg(value_name = "FILE")]
    source: PathBuf,
    /// Where items go that are not done
    #[arg(long, value_name = "PLACE", value_parser = options::place())]
    to: Option<Place>,
    /// What a column is
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapping)]
    map: Vec<(String, String)>,
    /// The name to remember for where it comes from; else the format's, of a table its header's
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
    /// What the bytes are; else UTF-8 or UTF-16, and what is neither is Windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Import nothing if something is wrong with a row
    #[arg(long)]
    strict: bool,
}

/// The formats that can be read.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let formats = FORMATS.iter().filter(|format| format.reads.is_some());
    options::named(formats.map(|format| (format.id, format.name)), Format::find)
}

fn mapping(text: &str) -> Result<(String, String), String> {
    let pair =
        text.rsplit_once('=').filter(|(column, field)| !column.is_empty() && !field.is_empty());
    let (column, field) = pair.ok_or("it is COLUMN=FIELD, as in 'Story Points=points'")?;
    Ok((column.to_owned(), field.to_owned()))
}

impl Verb for Import {
    const NAME: &'static str = "import";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats import csv backlog.csv --dry-run", "what would happen"),
        ("twohats import csv ideas.csv --to inbox --map 'Votes (all)=votes'", "a column by name"),
        ("twohats import csv ideas.csv --map Users=rice.reach", "a column of ratings"),
        ("twohats import Jira.csv", "what it is, is seen; again whenever something changed there"),
        (
            "gh issue list --json number,title,body,labels,state,url | twohats import github -",
            "issues",
        ),
        ("task export | twohats import taskwarrior -", "tasks"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let format = self.format(console)?;
        let mut desk = Desk::open(console)?;
        let (state, remembered) = remembered(console, !self.map.is_empty());
        let asked = Asked {
            columns: self.map.clone(),
            remembered,
            system: self.from.clone(),
            zone: jiff::tz::TimeZone::system(),
            month_first: console.dates().month_first(),
            ..Asked::under(desk.workspace().settings())
        };
        let haul = intake::read(console, format, &self.source, self.encoding.as_deref(), &asked)?;
        if let Some(words) = tally::columns(&haul) {
            console.say(&words);
        }
        if haul.is_blank() {
            console.say(&format!("no rows: there is nothing to import in {}", name(&self.source)));
        }
        let (system, columns) = (haul.system.clone(), haul.columns.clone());
        let header = haul.header.clone();
        let plan = if self.dry_run {
            self.planned(format, desk.workspace(), haul, console.today)?
        } else {
            let plan = self.carry_out(console, format, &mut desk, haul)?;
            if let (Some(state), Some(header)) = (state, header) {
                self.remember(console, &state, header, asked);
            }
            plan
        };
        let tally = Tally {
            format: format.id,
            system: &system,
            columns: &columns,
            plan: &plan,
            is_dry: self.dry_run,
        };
        tally.print(console)?;
        if !self.dry_run {
            console.in_conflict(&clashes(&plan));
        }
        Ok(())
    }
}

/// Where it is remembered what columns are, and what is remembered; nowhere, where there is no
/// such folder, which matters `if_told` something new, or where what is there cannot be read.
fn remembered(console: &Console, if_told: bool) -> (Option<PathBuf>, Columns) {
    let state = match find::state_dir() {
        Ok(state) => state,
        Err(error) => {
            if if_told {
                console.say(&format!("what the columns are is not remembered: {error}"));
            }
            return (None, Columns::default());
        }
    };
    match columns(&state) {
        Ok(remembered) => (Some(state), remembered),
        Err(error) => {
            console.say(&format!("what columns are is not remembered, and left as it is: {error}"));
            (None, Columns::default())
        }
    }
}

/// The fields of which two values are kept.
fn clashes(plan: &Plan) -> Vec<MergeNote> {
    let notes = plan.outcomes.iter().flat_map(|outcome| {
        let clashes = outcome.changes.iter().filter(|change| change.clash);
        clashes.filter_map(move |change| {
            Some(MergeNote::Conflict { id: outcome.id.clone(), field: change.field()? })
        })
    });
    notes.collect()
}

impl Import {
    /// The format that is said, else the one that the file looks like, which is then said.
    fn format(&self, console: &Console) -> Result<&'static Format, Failure> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let path = self.source.as_path();
        let shown = path.display();
        if path == Path::new("-") {
            let words = "say what is piped in, as in `twohats import csv -`";
            return Err(Failure::Usage(words.into()));
        }
        let forgotten = path.to_str().and_then(Format::find).filter(|_| !path.exists());
        if let Some(Format { id, .. }) = forgotten {
            return Err(Failure::Usage(format!("say which file: `twohats import {id} FILE`")));
        }
        let format = glance::format_of(path).map_err(intake::failed(path))?;
        let unknown = || {
            Failure::Usage(format!(
                "{shown} does not show what it is; say it, as in `twohats import csv {shown}`"
            ))
        };
        let format = format.ok_or_else(unknown)?;
        console.say(&format!("{shown} is read as {}: {}", format.id, format.name));
        Ok(format)
    }

    fn planned(
        &self,
        format: &Format,
        workspace: &Workspace,
        haul: Haul,
        today: Date,
    ) -> Result<Plan, Failure> {
        let to = self.to.unwrap_or(format.to);
        let to = if to.holds_items() { to } else { Place::Backlog };
        let ids = IdSource::seeded(fastrand::u64(..));
        let plan = plan(workspace, haul, Wishes { to, told: self.to.is_some(), ids, today });
        if plan.outcomes.is_empty() && plan.skipped.iter().any(Remark::is_wrong) {
            let all: Vec<_> = plan.skipped.iter().filter(|remark| remark.is_wrong()).collect();
            let (told, more) = all.split_at(all.len().min(tally::TOLD));
            let more = if more.is_empty() { "" } else { "\nand so on" };
            let words = format!("no row of {} can be read", name(&self.source));
            return Err(Unreadable(format!("{words}\n{}{more}", rows(told))).into());
        }
        let mut wrong: Vec<_> =
            plan.skipped.iter().chain(&plan.remarks).filter(|remark| remark.is_wrong()).collect();
        if !self.strict || wrong.is_empty() {
            return Ok(plan);
        }
        sorted::by_key(&mut wrong, |remark| remark.row);
        Err(Failure::Undone(format!(
            "nothing was imported, because something is wrong with {} rows\n{}",
            wrong.len(),
            rows(&wrong)
        )))
    }

    /// Does it as one step.
    fn carry_out(
        &self,
        console: &mut Console,
        format: &Format,
        desk: &mut Desk,
        haul: Haul,
    ) -> Result<Plan, Failure> {
        let (mut made, today) = (None, console.today);
        desk.change(console, |workspace| {
            let mut plan = self.planned(format, workspace, haul, today)?;
            let ops: Vec<Op> = std::mem::take(&mut plan.ops);
            let words = format!("imported {}: {}", name(&self.source), plan.words());
            made = Some(plan);
            Ok((words, ops))
        })?;
        made.ok_or_else(|| Failure::Undone("nothing was imported".into()))
    }

    /// Remembers what was said of columns.
    fn remember(&self, console: &Console, state: &Path, header: String, asked: Asked) {
        if self.map.is_empty() {
            return;
        }
        let mut all = asked.remembered;
        let said = all.entry(header).or_default();
        said.retain(|(column, _)| !self.map.iter().any(|(other, _)| other == column));
        said.extend(self.map.clone());
        if let Err(error) = keep_columns(&all, state) {
            console.say(&format!("what the columns are is not remembered: {error}"));
        }
    }
}

/// What is said of rows, each on a line.
fn rows(remarks: &[&Remark]) -> String {
    let line = |remark: &&Remark| format!("row {}: {}", remark.row, remark.words);
    remarks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(
        || "what was piped in".into(),
        |name| {
            if name == "-" {
                "what was piped in".into()
            } else {
                name.to_string_lossy().into_owned()
            }
        },
    )
}
