//! `keys`: every key of the screen.

use super::console::{Console, Ink, plain};
use super::failure::Failure;
use super::verb::Verb;
use crate::app::actions::{self, Action, Scope};
use crate::view::text;
use clap::Args;
use serde_json::json;
use std::fmt::Write;

/// Show every key of the screen
///
/// On the screen, `?` shows the same, and what can't be done now.
#[derive(Debug, Args)]
pub(super) struct Keys {
    /// Print the reference page, docs/KEYS.md
    #[arg(long)]
    markdown: bool,
}

impl Verb for Keys {
    const NAME: &'static str = "keys";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats keys", "by where they work")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        if self.markdown {
            return console.page(&page());
        }
        if console.options.json {
            let rows: Vec<String> = actions::all().map(json).collect();
            return console.json_list(&rows);
        }
        let cells = actions::all().map(|action| text::width(&spelled(action))).max();
        let cells = cells.unwrap_or_default();
        for (nth, scope) in Scope::ALL.into_iter().enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            console.print(&[(Ink::Bold, scope.title().to_owned())])?;
            for action in of(scope) {
                let keys = text::pad(&spelled(action), cells);
                console.print(&[plain(keys), plain("  "), plain(action.title)])?;
            }
        }
        Ok(())
    }
}

fn of(scope: Scope) -> impl Iterator<Item = &'static Action> {
    actions::all().filter(move |action| action.scope == scope)
}

/// The keys of an action; one without any is in the palette.
fn spelled(action: &Action) -> String {
    if action.keys.is_empty() { "palette".into() } else { action.keys() }
}

fn json(action: &Action) -> String {
    let Action { id, keys, scope, title, .. } = action;
    json!({ "id": id, "keys": keys, "scope": scope.title(), "title": title }).to_string()
}

/// The reference page.
pub(super) fn page() -> String {
    let mut page = String::from(
        "<!-- Made by `twohats keys --markdown > docs/KEYS.md`; do not edit. -->\n\
         \n# Keys\n\n\
         Digits before a key repeat it: `5J` moves by five. What has no key is in the palette.\n",
    );
    for scope in Scope::ALL {
        let _ = writeln!(page, "\n## {}\n\n| keys | what they do |\n|---|---|", scope.title());
        for action in of(scope) {
            let keys: Vec<String> = action.keys.iter().map(|keys| code(keys)).collect();
            let keys = if keys.is_empty() { "palette".into() } else { keys.join(" ") };
            let _ = writeln!(page, "| {keys} | {} |", action.title.replace('|', "\\|"));
        }
    }
    page
}

/// Keys as code in a table.
fn code(keys: &str) -> String {
    match keys {
        "`" => "`` ` ``".into(),
        keys => format!("`{}`", keys.replace('|', "\\|")),
    }
}
