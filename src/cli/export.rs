//! `export`: items for another tool, or a report for people.

use super::changes::look_back;
use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::options;
use super::query::Query;
use super::verb::Verb;
use crate::exchange::report::{Audience, Report, Told};
use crate::exchange::{Asked, Aspect, Chosen, Export as Written, LATE};
use crate::terminal::outfile::{self, OutfileError};
use crate::workspace::number::counted;
use crate::workspace::{Hat, Id, Place, Workspace};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write items for another tool, or a report to send
///
/// Importing what was written brings the same items back, and what was changed in it meanwhile.
/// Cells of tables that a spreadsheet would take for a formula begin with a `'`.
///
/// Reports are for people and are not read back: `roadmap` is a page to send, `changelog` and
/// `release-notes` say what was done, `ics` brings the dates to a calendar. They are written for
/// customers unless --for says otherwise: customers are told no scores, no notes, no money, no
/// metrics but of use, and quarters in place of days; the team is told all but money; investors are
/// told outcomes, days and money, and no scores or notes.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write
    #[arg(value_name = "FORMAT", value_parser = all())]
    what: Written,
    /// Of release notes: the release, by id or name; else the next one
    #[arg(value_name = "RELEASE")]
    release: Option<String>,
    /// Of a report: who reads it
    #[arg(long = "for", value_name = "AUDIENCE", value_parser = audiences())]
    audience: Option<String>,
    /// Of the roadmap: html or md
    #[arg(long = "format", value_name = "FORM", value_parser = ["html", "md"])]
    form: Option<String>,
    /// Of the roadmap: since when to say what changed; else the last check-in of the manager
    #[arg(long, value_name = "DATE|ID")]
    since: Option<String>,
    #[command(flatten)]
    query: Query,
    /// The file to write; else it is printed
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

impl Verb for Export {
    const NAME: &'static str = "export";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats export csv --in backlog -o backlog.csv", "for a spreadsheet"),
        ("twohats export jira --filter 'kind:bug' -o bugs.csv", "for Jira's CSV importer"),
        ("twohats export taskwarrior --in backlog | task import -", "for Taskwarrior"),
        ("twohats export markdown --in roadmap", "task lists"),
        ("twohats export roadmap -o roadmap.html", "a page to send to customers"),
        ("twohats export roadmap --format md --for team", "for the team's wiki"),
        ("twohats export release-notes 2.0", "what it brings"),
        ("twohats export ics -o dates.ics", "for a calendar"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        self.refuse_strangers()?;
        let desk = Desk::open(console)?;
        let (text, what) = match self.what {
            Written::Report(report) => self.report(report, &desk, console)?,
            Written::Items(_, write) => {
                let items = self.chosen(desk.workspace(), console)?;
                let asked = Asked { zone: jiff::tz::TimeZone::system(), ..Asked::default() };
                (write(desk.workspace(), &items, &asked), counted(items.len(), "item"))
            }
        };
        self.hand_out(console, &desk, &text, &what)?;
        let late = self.what.late(desk.workspace(), console.today);
        if !late.is_empty() {
            console.say(&format!("{LATE}: {}; `twohats timeline` says why", late.join(", ")));
        }
        Ok(())
    }
}

/// How each aspect is said on the command line.
const SPELLED: [(Aspect, &str); 5] = [
    (Aspect::Items, "--in, --filter and --sort"),
    (Aspect::Release, "a release"),
    (Aspect::Audience, "--for"),
    (Aspect::Form, "--format"),
    (Aspect::Since, "--since"),
];

impl Export {
    /// Refuses what says nothing of what is written; to ignore it would be to write something else
    /// than what was asked for.
    fn refuse_strangers(&self) -> Result<(), Failure> {
        let is_told = |aspect: Aspect| match aspect {
            Aspect::Items => self.query.is_told(),
            Aspect::Release => self.release.is_some(),
            Aspect::Audience => self.audience.is_some(),
            Aspect::Form => self.form.is_some(),
            Aspect::Since => self.since.is_some(),
        };
        let takes = |aspect: Aspect| self.what.aspects().contains(&aspect);
        let told = |(aspect, _): &&(Aspect, &str)| is_told(*aspect) && !takes(*aspect);
        let Some((_, stranger)) = SPELLED.iter().find(told) else { return Ok(()) };
        let taken = SPELLED.iter().filter(|(aspect, _)| takes(*aspect));
        let taken: Vec<&str> = taken.map(|(_, words)| *words).chain(["-o"]).collect();
        let stranger = stranger.replace(" and ", " or ");
        let words =
            format!("{} does not take {stranger}; it takes {}", self.what.id(), taken.join(", "));
        Err(Failure::Usage(words))
    }

    /// Prints what was written, or puts it into the file.
    fn hand_out(
        &self,
        console: &mut Console,
        desk: &Desk,
        text: &str,
        what: &str,
    ) -> Result<(), Failure> {
        let Some(path) = self.output.as_deref().filter(|path| *path != Path::new("-")) else {
            return console.data(text);
        };
        outfile::write(path, text, self.force, desk.path()).map_err(unwritten)?;
        console.say(&format!("written: {what} to {}", path.display()));
        Ok(())
    }

    /// A report, and what to call it.
    fn report(
        &self,
        report: &Report,
        desk: &Desk,
        console: &Console,
    ) -> Result<(String, String), Failure> {
        let (then, since) = look_back(desk, console, self.since.as_deref(), Some(Hat::Pm))?;
        let release = self.release.as_deref().map(|words| release(desk, words)).transpose()?;
        let audience = self.audience.as_deref().and_then(Audience::find);
        let usual = Told::of(desk.workspace(), &then, &since, console.today);
        let told = Told {
            audience: audience.unwrap_or(usual.audience),
            html: self.form.as_deref() != Some("md"),
            release,
            ..usual
        };
        let is_for = report.aspects.contains(&Aspect::Audience);
        let readers = if is_for { format!(", for {}", told.audience.id) } else { String::new() };
        let what = format!("{}{readers}", report.id);
        Ok(((report.writes)(desk.workspace(), &told), what))
    }

    fn chosen(&self, workspace: &Workspace, console: &Console) -> Result<Vec<Chosen>, Failure> {
        let lists = self.query.lists(workspace, &Place::ITEMS, console.today, None)?;
        let of = |(place, order): (Place, Vec<usize>)| {
            let list = workspace.list(place);
            order.into_iter().map(move |at| (place, Arc::clone(&list[at])))
        };
        Ok(lists.into_iter().flat_map(of).collect())
    }
}

/// Why nothing was written, and what to do about it.
fn unwritten(error: OutfileError) -> Failure {
    match error {
        OutfileError::Exists(_) => Failure::Undone(format!("{error}; --force writes over it")),
        OutfileError::Workspace(_) => Failure::Undone(error.to_string()),
        OutfileError::Io { path, source } => {
            Failure::Foreign { what: "cannot write", path, source }
        }
    }
}

/// All that can be written.
fn all() -> impl TypedValueParser<Value = Written> {
    options::named(Written::all().map(|it| (it.id(), it.name())), Written::find)
}

fn audiences() -> PossibleValuesParser {
    PossibleValuesParser::new(Audience::ALL.map(|audience| audience.id))
}

/// The release that is meant, by its name or id.
fn release(desk: &Desk, words: &str) -> Result<Id, Failure> {
    let releases = desk.workspace().list(Place::Releases);
    match releases.iter().find(|release| release.title() == words) {
        Some(release) => Ok(release.id().clone()),
        None => naming::one_of(desk.workspace(), words, |place| place == Place::Releases),
    }
}
