//! Which records a verb works on: those that are named, that are piped in, or that a query finds.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::query::{self, Query};
use crate::workspace::{Date, Id, Place, Step, Workspace};
use clap::Args;
use std::io;

/// Records that are told one by one.
const LISTED: usize = 20;

/// The word for ids that are piped in.
const PIPED: &str = "-";

/// Records by name, or items by a query.
#[derive(Debug, Args)]
pub(super) struct Targets {
    /// By the beginning of their ids; `-` takes the ids that are piped in
    #[arg(value_name = "ID", conflicts_with_all = ["within", "filter", "sort"])]
    ids: Vec<String>,
    #[command(flatten)]
    query: Query,
}

/// Records by name or items by a query, with what was piped in.
#[derive(Debug, Clone)]
pub(super) enum Meant {
    /// These.
    Named {
        /// The beginnings of their ids.
        names: Vec<String>,
        /// Whether they were piped in.
        piped: bool,
    },
    /// What this finds.
    Found(Query),
}

impl Targets {
    /// What is meant, once what is piped in is read.
    pub fn read(self) -> Result<Meant, Failure> {
        Meant::of(self.ids, self.query)
    }
}

impl Meant {
    /// What these names or this query mean; reads what is piped in where a name says so.
    pub fn of(mut names: Vec<String>, query: Query) -> Result<Self, Failure> {
        if names.is_empty() {
            let wrong = if query.is_blank() {
                "the filter is empty, so it would find everything; `--in PLACE` says that"
            } else if query.chooses() {
                return Ok(Self::Found(query));
            } else {
                "say which: ids, `-` for ids that are piped in, or --filter"
            };
            return Err(Failure::Usage(wrong.into()));
        }
        let piped = names.iter().any(|name| name == PIPED);
        if piped {
            names.retain(|name| name != PIPED);
            let text = io::read_to_string(io::stdin()).map_err(Failure::Input)?;
            names.extend(text.split_whitespace().map(str::to_owned));
        }
        Ok(Self::Named { names, piped })
    }

    /// The records, as `find` names them.
    fn ids(
        &self,
        workspace: &Workspace,
        today: Date,
        find: fn(&Workspace, &[String]) -> Result<Vec<Id>, Failure>,
    ) -> Result<Vec<Id>, Failure> {
        match self {
            Self::Named { names, .. } => find(workspace, names),
            Self::Found(query) => {
                let lists = query.lists(workspace, &Place::ITEMS, today, None)?;
                Ok(query::ids(workspace, &lists).collect())
            }
        }
    }

    /// The items that are meant.
    pub fn items(&self, workspace: &Workspace, today: Date) -> Result<Vec<Id>, Failure> {
        self.ids(workspace, today, naming::items)
    }

    /// The records that are meant.
    pub fn records(&self, workspace: &Workspace, today: Date) -> Result<Vec<Id>, Failure> {
        self.ids(workspace, today, naming::all)
    }

    /// The records that are meant, product and settings among them.
    pub fn records_and_words(
        &self,
        workspace: &Workspace,
        today: Date,
    ) -> Result<Vec<Id>, Failure> {
        self.ids(workspace, today, naming::all_and_words)
    }

    /// Whether a query finds what is meant.
    pub fn is_found(&self) -> bool {
        matches!(self, Self::Found(_))
    }

    /// Several records that a query found, a line each: nobody has named them.
    pub fn which(&self, workspace: &Workspace, ids: &[Id]) -> String {
        if !self.is_found() || ids.len() < 2 {
            return String::new();
        }
        let line = |id: &Id| {
            let title = workspace.get(id).map_or("", |record| record.title());
            format!("\n{id}  {title}")
        };
        let more = ids.len().saturating_sub(LISTED);
        let more = (more > 0).then(|| format!("\n… and {more} more"));
        ids.iter().take(LISTED).map(line).chain(more).collect()
    }

    /// Prints records as JSON: one that was named as it is, and any number in a list.
    pub fn print(&self, console: &mut Console, jsons: &[String]) -> Result<(), Failure> {
        match self {
            Self::Named { piped: false, .. } => console.json_one_or_all(jsons),
            _ => console.json_list(jsons),
        }
    }

    /// Says what a change of these records did, or that there was nothing to do; as JSON, what
    /// became of them.
    pub fn report(
        &self,
        console: &mut Console,
        desk: &Desk,
        step: Option<&Step>,
        ids: &[Id],
    ) -> Result<(), Failure> {
        let which = if step.is_some() { self.which(desk.workspace(), ids) } else { String::new() };
        console.say(&(desk.words(step, ids) + &which));
        if console.options.json { self.print(console, &desk.jsons(ids)) } else { Ok(()) }
    }
}
