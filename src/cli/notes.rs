//! `notes`: words to the other hat that wait for an answer.

use super::console::{Console, Ink, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::query::Filtering;
use super::verb::Verb;
use crate::insight::notes::{self, Note};
use crate::view::text;
use clap::Args;
use serde_json::json;

/// List the notes that one hat left for the other and that wait for an answer
///
/// With `--hat` only those for that hat. As JSON a note is `{item, title, to, text, on, answer}`.
#[derive(Debug, Args)]
pub(super) struct Noted {
    /// Those that were answered too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    filtering: Filtering,
}

impl Verb for Noted {
    const NAME: &'static str = "notes";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats notes", "what waits, for either hat"),
        ("twohats notes --hat pm", "what the owner asks the manager"),
        ("twohats notes --filter release:2.0", "of the items of a release"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let mut found = notes::all(workspace);
        found.retain(|note| self.all || note.waits());
        found.retain(|note| console.options.hat.is_none_or(|hat| hat == note.to));
        if let Some(items) = self.filtering.found(workspace, console.today)? {
            found.retain(|note| items.contains(&note.item));
        }
        let title = |note: &Note| workspace.name_of(&note.item);
        if console.options.json {
            let object = |note: &Note| {
                json!({
                    "item": note.item.as_str(),
                    "title": title(note),
                    "to": note.to.key(),
                    "text": note.text,
                    "on": note.on.map(|on| on.to_string()),
                    "answer": note.answer,
                })
            };
            let objects: Vec<String> = found.iter().map(|note| object(note).to_string()).collect();
            return console.json_list(&objects);
        }
        let cells = widest(found.iter().map(|note| &note.item));
        for note in &found {
            let [enough, rest] = id(workspace, &note.item, cells);
            let to = format!("  to {}  ", note.to.key());
            let words = format!("{}: {}", title(note), note.text);
            let answer = note.answer.as_ref().map(|answer| format!("  answered: {answer}"));
            let day = note.on.map(|on| format!("  {on}"));
            let more = day.into_iter().chain(answer).collect::<String>();
            let (words, more) = (text::safe(&words).into_owned(), text::safe(&more).into_owned());
            console.print(&[enough, rest, (Ink::Dim, to), plain(words), (Ink::Dim, more)])?;
        }
        if found.is_empty() {
            console.say("no note waits");
        }
        Ok(())
    }
}
