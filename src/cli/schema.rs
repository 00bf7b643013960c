//! `schema`: what the file and the outputs look like, for other programs.

use super::console::Console;
use super::failure::Failure;
use super::output;
use super::verb::Verb;
use crate::store::format;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::iter::once;

/// The name of the workspace file among the names of verbs.
const FILE: &str = "file";

/// Print the JSON Schema of the file, or of what a verb prints with --json
///
/// In the edition of 2020-12. What more a record has is allowed and kept; what a verb prints may
/// get more fields, and none is ever renamed.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// `file`, or a verb
    #[arg(
        value_name = "file|VERB",
        default_value = FILE,
        hide_default_value = true,
        hide_possible_values = true,
        value_parser = names()
    )]
    name: String,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(once(FILE).chain(output::names()))
}

impl Verb for Schema {
    const NAME: &'static str = "schema";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats schema > twohats.schema.json", "for an editor that checks as you type"),
        ("twohats schema list", "what `twohats list --json` prints"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let schema = if self.name == FILE {
            format::schema()
        } else {
            output::schema(&self.name).unwrap_or_default()
        };
        console.json(&format!("{schema:#}"))
    }
}
