//! `export`: items for another tool.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::import::{formats, unknown};
use super::options::{self, Places};
use super::verb::Verb;
use crate::app::filter::Filter;
use crate::exchange::{Asked, Chosen, Format};
use crate::workspace::{Place, Workspace};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write items for another tool
///
/// Importing what was written brings the same items back, and what was changed in it meanwhile.
/// Cells of tables that a spreadsheet would take for a formula begin with a `'`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write
    #[arg(value_parser = formats(|format| format.writes.is_some()))]
    format: String,
    /// Only this place, or the lanes of the roadmap
    #[arg(long = "in", value_name = "PLACE", value_parser = options::places())]
    within: Option<Places>,
    /// Only what this finds, as in `list`
    #[arg(long, value_name = "QUERY")]
    filter: Option<String>,
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
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let format = Format::find(&self.format).ok_or_else(|| unknown(&self.format))?;
        let write = format.writes.ok_or_else(|| unknown(&self.format))?;
        let desk = Desk::open(console)?;
        let items = self.chosen(desk.workspace(), console);
        let asked = Asked { zone: jiff::tz::TimeZone::system(), ..Asked::default() };
        let text = write(desk.workspace(), &items, &asked);
        match &self.output {
            None => console.data(&text),
            Some(path) if path == Path::new("-") => console.data(&text),
            Some(path) => {
                let failed =
                    |source| Failure::Foreign { what: "cannot write", path: path.clone(), source };
                std::fs::write(path, text).map_err(failed)?;
                console.say(&format!("written: {} items to {}", items.len(), path.display()));
                Ok(())
            }
        }
    }
}

impl Export {
    fn chosen(&self, workspace: &Workspace, console: &Console) -> Vec<Chosen> {
        let filter = Filter::parse(self.filter.as_deref().unwrap_or_default());
        let places = self.within.as_ref().map_or(Place::ITEMS.to_vec(), |places| places.0.clone());
        let places =
            places.into_iter().filter(|place| filter.place().is_none_or(|it| it == *place));
        let found = places.flat_map(|place| {
            let list = workspace.list(place);
            let found = filter.matching(workspace, place, console.today).into_iter();
            found.map(move |at| (place, Arc::clone(&list[at]))).collect::<Vec<_>>()
        });
        found.collect()
    }
}
