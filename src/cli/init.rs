//! `init`: a new workspace.

use super::console::Console;
use super::desk;
use super::failure::Failure;
use super::generated;
use super::verb::Verb;
use crate::store::WorkspaceFile;
use crate::store::find::{FILE_NAME, VARIABLE};
use crate::view::text;
use crate::workspace::{Content, Field, Id, Record, Value};
use clap::Args;
use std::path::PathBuf;

/// Make a new workspace
///
/// Without FILE it is made where --file or `$TWOHATS_FILE` says, else as twohats.json in this
/// directory. What is there already is never written over.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Where it is to be
    #[arg(value_name = "FILE")]
    path: Option<PathBuf>,
    /// What the product is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What the world looks like once it worked
    #[arg(long, value_name = "VISION")]
    vision: Option<String>,
    /// A founder's roadmap and backlog to look around in
    #[arg(long, conflicts_with_all = ["name", "vision"])]
    example: bool,
    /// So many made-up items, to measure with
    #[arg(long, value_name = "N", hide = true, conflicts_with = "example")]
    generate: Option<usize>,
    /// The chance that makes them
    #[arg(long, value_name = "S", hide = true, default_value_t = 42, requires = "generate")]
    seed: u64,
}

impl Verb for Init {
    const NAME: &'static str = "init";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats init --name Ledgerly", "twohats.json in this directory"),
        ("twohats init plan.json --example", "something to look around in"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let variable = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
        let told = self.path.clone().or(console.options.file.clone()).or(variable.map(Into::into));
        let path = told.unwrap_or_else(|| FILE_NAME.into());
        if self.example {
            WorkspaceFile::create_example(&path)?;
        } else {
            let made = self.generate.map(|count| generated::content(count, self.seed));
            WorkspaceFile::create(&path, &made.unwrap_or_else(|| self.content()))?;
        }
        let shown = path.display().to_string();
        let made = text::safe(&shown);
        let opens = if shown == FILE_NAME { String::new() } else { format!(" {made}") };
        console.say(&format!("made {made}; `twohats{opens}` opens it"));
        if console.options.json { console.json(&desk::json(shown)) } else { console.line(&shown) }
    }
}

impl Init {
    fn content(&self) -> Content {
        let fields = [(Field::Name, &self.name), (Field::Vision, &self.vision)];
        let given = fields.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?)));
        let given = given.filter(|(_, text)| !text.trim().is_empty());
        let product = given
            .fold(Record::new(Id::new(Content::PRODUCT)), |product, (field, text)| {
                product.with(field, Value::text(text.trim()))
            });
        let mut content = Content::default();
        content.set_product(product);
        content
    }
}
