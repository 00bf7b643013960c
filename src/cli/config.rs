//! `config`: what the person has set, where, and what of it is wrong.

use super::configuration::{Configuration, Looks};
use super::console::{Console, Ink, plain};
use super::failure::Failure;
use super::verb::Verb;
use crate::config::{Config, Problem, ROWS, Rebinding, Source, Value as Held};
use crate::view::text;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

/// Show or check what you have set
///
/// An option of the command counts most, then a variable, then the .twohats.toml of the project,
/// beside the workspace or above it, then your own file. docs/CONFIG.md shows all that can be set.
#[derive(Debug, Args)]
pub(super) struct Configure {
    /// What about it
    #[arg(value_name = "WHAT", default_value = "show")]
    what: What,
    #[command(flatten)]
    looks: Looks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The files, and whether they are there
    Path,
    /// What holds, and who says so
    Show,
    /// What is wrong; then it ends with 1
    Check,
}

impl Verb for Configure {
    const NAME: &'static str = "config";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats config", "what holds, and who says so"),
        ("twohats config path", "the files to write"),
        ("twohats config check", "what is wrong in them"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let found = Configuration::of(&console.options, &self.looks, true);
        match self.what {
            What::Path => path(&found, console),
            What::Show => {
                found.complain(&console.options);
                show(&found.config, console)
            }
            What::Check => check(&found.config.problems, console),
        }
    }
}

fn path(found: &Configuration, console: &mut Console) -> Result<(), Failure> {
    let rows = if console.options.json { &[] } else { &found.places[..] };
    for place in rows {
        let there = if place.exists { "" } else { "  not there" };
        let layer = text::pad(place.layer.key(), 9);
        let path = place.path.display().to_string();
        console.print(&[plain(layer), plain(path), (Ink::Dim, there.to_owned())])?;
    }
    let row = |place: &super::configuration::Place| {
        json!({
            "layer": place.layer.key(),
            "path": place.path.display().to_string(),
            "exists": place.exists,
        })
    };
    list(console, found.places.iter().map(row))
}

fn check(problems: &[Problem], console: &mut Console) -> Result<(), Failure> {
    let rows = if console.options.json { &[] } else { problems };
    for problem in rows {
        console.line(&problem.to_string())?;
    }
    list(console, problems.iter().map(told))?;
    match problems.len() {
        0 => Ok(()),
        1 => Err(Failure::Undone("1 thing in the configuration does not count".into())),
        many => Err(Failure::Undone(format!("{many} things in the configuration do not count"))),
    }
}

/// Prints a list as JSON, where that is asked for.
fn list(console: &mut Console, rows: impl Iterator<Item = Value>) -> Result<(), Failure> {
    if !console.options.json {
        return Ok(());
    }
    let rows: Vec<String> = rows.map(|row| row.to_string()).collect();
    console.json_list(rows)
}

fn show(config: &Config, console: &mut Console) -> Result<(), Failure> {
    if console.options.json {
        return console.json(&data(config).to_string());
    }
    let settings = ROWS.iter().map(|row| {
        let value = row.show(&config.settings);
        (row.key.to_owned(), value, config.source(row).to_string())
    });
    let keys = config.rebindings.iter().map(|one| {
        let name = format!("keys.{}.{}", one.action.scope.key(), one.action.id);
        (name, spelled(one), one.source.to_string())
    });
    let rows: Vec<_> = settings.chain(keys).collect();
    let widest = |cells: fn(&(String, String, String)) -> usize| rows.iter().map(cells).max();
    let names = widest(|row| text::width(&row.0)).unwrap_or_default();
    let values = widest(|row| text::width(&row.1)).unwrap_or_default();
    for (name, value, source) in &rows {
        let (name, value) = (text::pad(name, names), text::pad(value, values));
        let source = (Ink::Dim, source.clone());
        console.print(&[plain(name), plain("  "), plain(value), plain("  "), source])?;
    }
    Ok(())
}

/// The keys of an action as they would stand in a file.
fn spelled(one: &Rebinding) -> String {
    json!(one.spelled()).to_string()
}

fn data(config: &Config) -> Value {
    let settings = ROWS.iter().map(|row| {
        let value = match (row.held)(&config.settings) {
            Held::Flag(is) => json!(is),
            Held::Word(word) => json!(word),
            Held::Odd => Value::Null,
        };
        (row.key.to_owned(), json!({ "value": value, "source": source(config.source(row)) }))
    });
    let keys = config.rebindings.iter().map(|one| {
        let (scope, id) = (one.action.scope.key(), one.action.id);
        json!({ "scope": scope, "id": id, "keys": one.spelled(), "source": source(&one.source) })
    });
    let mut data: serde_json::Map<String, Value> = settings.collect();
    data.insert("keys".into(), keys.collect());
    data.insert("problems".into(), config.problems.iter().map(told).collect());
    data.into()
}

fn source(source: &Source) -> Value {
    match source {
        Source::File(at) => json!({
            "kind": source.key(), "path": at.path, "line": at.line, "column": at.column,
        }),
        Source::Environment(name) | Source::Flag(name) => {
            json!({ "kind": source.key(), "name": name })
        }
        Source::Default | Source::Terminal => json!({ "kind": source.key() }),
    }
}

fn told(problem: &Problem) -> Value {
    json!({ "source": source(&problem.source), "words": problem.words })
}
