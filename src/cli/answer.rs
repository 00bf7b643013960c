//! `answer`: the answer to a note of the other hat.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::verb::Verb;
use crate::insight::notes::{self, Note};
use crate::workspace::{Field, Op};
use clap::Args;

/// Answer the note on an item
///
/// The answer stands beside the note, where the hat that asked finds it; `twohats notes` lists what
/// waits for one.
#[derive(Debug, Args)]
pub(super) struct Answer {
    /// The item
    #[arg(value_name = "ID")]
    id: String,
    /// The answer
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
}

impl Verb for Answer {
    const NAME: &'static str = "answer";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats answer b2 \"split it, the first half is enough\"", "to whoever asked")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let ids = naming::items(desk.workspace(), std::slice::from_ref(&self.id))?;
        let text = self.text.join(" ");
        if text.trim().is_empty() {
            return Err(Failure::Usage("say what you answer".into()));
        }
        let Some(item) = ids.first() else { return Ok(()) };
        let to = desk.record(item).and_then(|record| notes::of(record)).map(|note| note.to);
        console.options.hat = console.options.hat.or(to);
        let step = desk.change(console, |workspace| {
            let record = workspace.get(item);
            let value = record.and_then(|record| Note::answered(record, text.trim()));
            let value = value.ok_or_else(|| {
                Failure::Undone(format!("there is no note on {item}; `twohats notes` lists them"))
            })?;
            let words = format!("answered: {}", workspace.named(&ids));
            Ok((words, vec![Op::set(item, Field::NoteTo, value)]))
        })?;
        desk.report(console, step.as_ref(), &ids)
    }
}
