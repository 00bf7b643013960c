//! `export`: items for another tool, or a report for people.

use super::changes::look_back;
use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::import::unknown;
use super::naming;
use super::query::Query;
use super::verb::Verb;
use crate::exchange::report::{Audience, REPORTS, Report, Told};
use crate::exchange::{Asked, Chosen, FORMATS, Format};
use crate::insight::changes::changes;
use crate::workspace::{Hat, Id, Place, Workspace};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
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
    #[arg(value_parser = all())]
    format: String,
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
        if let Some(report) = Report::find(&self.format) {
            if self.query.is_told() {
                let words = format!("{} says all there is; it takes no filter", self.format);
                return Err(Failure::Usage(words));
            }
            return self.report(report, console);
        }
        let format = Format::find(&self.format).ok_or_else(|| unknown(&self.format))?;
        let write = format.writes.ok_or_else(|| unknown(&self.format))?;
        let desk = Desk::open(console)?;
        let items = self.chosen(desk.workspace(), console)?;
        let asked = Asked { zone: jiff::tz::TimeZone::system(), ..Asked::default() };
        let text = write(desk.workspace(), &items, &asked);
        self.hand_out(console, &text, &format!("{} items", items.len()))
    }
}

impl Export {
    /// Prints what was written, or puts it into the file.
    fn hand_out(&self, console: &mut Console, text: &str, what: &str) -> Result<(), Failure> {
        match &self.output {
            None => console.data(text),
            Some(path) if path == Path::new("-") => console.data(text),
            Some(path) => {
                let failed =
                    |source| Failure::Foreign { what: "cannot write", path: path.clone(), source };
                std::fs::write(path, text).map_err(failed)?;
                console.say(&format!("written: {what} to {}", path.display()));
                Ok(())
            }
        }
    }

    fn report(&self, report: &Report, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let (then, since) = look_back(&desk, console, self.since.as_deref(), Some(Hat::Pm))?;
        let release = self.release.as_deref().map(|words| release(&desk, words)).transpose()?;
        let audience = self.audience.as_deref().and_then(Audience::find);
        let told = Told {
            today: console.today,
            audience: audience.unwrap_or(Audience::ALL[0]),
            html: self.form.as_deref() != Some("md"),
            since: since.day,
            changes: changes(&then, desk.workspace(), &since, console.today),
            release,
        };
        let text = (report.writes)(desk.workspace(), &told);
        self.hand_out(console, &text, &format!("{}, for {}", report.id, told.audience.id))
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

/// Formats that can be written, and reports.
fn all() -> PossibleValuesParser {
    let formats = FORMATS.iter().filter(|format| format.writes.is_some());
    let formats = formats.map(|format| PossibleValue::new(format.id).help(format.name));
    let reports = REPORTS.iter().map(|report| PossibleValue::new(report.id).help(report.name));
    PossibleValuesParser::new(formats.chain(reports).collect::<Vec<_>>())
}

fn audiences() -> PossibleValuesParser {
    PossibleValuesParser::new(Audience::ALL.map(|audience| audience.id))
}

/// The release that is meant, by its name or id.
fn release(desk: &Desk, words: &str) -> Result<Id, Failure> {
    let releases = desk.workspace().list(Place::Releases);
    match releases.iter().find(|release| release.title() == words) {
        Some(release) => Ok(release.id().clone()),
        None => naming::one(desk.workspace(), words),
    }
}
