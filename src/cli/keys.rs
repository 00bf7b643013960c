//! `keys`: every key of the screen.

use super::configuration::{Configuration, Looks};
use super::console::{Console, Ink, plain};
use super::failure::Failure;
use super::verb::Verb;
use crate::app::actions::{self, Action, Scope, Script};
use crate::app::keymap::Keymap;
use crate::view::text;
use clap::Args;
use serde_json::json;
use std::fmt::Write;

/// Show every key of the screen
///
/// On the screen, `?` shows the same, and what can't be done now. Others are given by id in the
/// configuration; see `twohats config --help`.
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
        let found = Configuration::of(&console.options, &Looks::default(), false);
        found.complain(&console.options);
        let keymap = &found.config.keymap();
        if self.markdown {
            return console.page(&page(keymap));
        }
        if console.options.json {
            let rows: Vec<String> = actions::all().map(|action| json(keymap, action)).collect();
            return console.json_list(rows);
        }
        let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or_default();
        let keys = widest(&mut actions::all().map(|action| text::width(&spelled(keymap, action))));
        let ids = widest(&mut actions::all().map(|action| action.id.len()));
        for (nth, scope) in Scope::ALL.into_iter().enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            let heading = (Ink::Bold, scope.title().to_owned());
            console.print(&[heading, (Ink::Dim, format!("  [keys.{}]", scope.key()))])?;
            for action in of(scope) {
                let keys = text::pad(&spelled(keymap, action), keys);
                let id = (Ink::Dim, text::pad(action.id, ids));
                console.print(&[plain(keys), plain("  "), id, plain("  "), plain(action.title)])?;
            }
        }
        Ok(())
    }
}

fn of(scope: Scope) -> impl Iterator<Item = &'static Action> {
    actions::all().filter(move |action| action.scope == scope)
}

/// The keys of an action; one without any is in the palette.
fn spelled(keymap: &Keymap, action: &Action) -> String {
    let keys = keymap.spelled(action);
    if keys.is_empty() { "palette".into() } else { keys }
}

fn json(keymap: &Keymap, action: &Action) -> String {
    let Action { id, scope, title, .. } = action;
    let keys: Vec<String> = keymap.of(action).collect();
    let (name, scope) = (scope.key(), scope.title());
    let command = command(action).map(|example| format!("twohats {example}"));
    json!({
        "id": id, "keys": keys, "scope": scope, "title": title, "table": name, "command": command,
    })
    .to_string()
}

/// The command that does the same, as an example.
fn command(action: &Action) -> Option<&'static str> {
    match action.script {
        Script::Command(example) => Some(example),
        Script::Looks | Script::Without(_) => None,
    }
}

/// The reference page.
pub(super) fn page(keymap: &Keymap) -> String {
    let mut page = String::from(
        "<!-- Made by `twohats keys --markdown > docs/KEYS.md`; do not edit. -->\n\
         \n# Keys\n\n\
         Digits before a key repeat it: `5J` moves by five. What has no key is in the palette. Other keys are\n\
         given by id in the table of the scope, as CONFIG.md shows.\n\n\
         What changes the workspace stands beside a command that does the same, an example to be had without a\n\
         screen: `ID` is what the cursor is on, `ITEM` another item, `SPRINT` the sprint that is shown.\n",
    );
    for scope in Scope::ALL {
        let _ = writeln!(page, "\n## {}\n\n`[keys.{}]`\n", scope.title(), scope.key());
        let _ = writeln!(page, "| keys | what they do | id | twohats … |\n|---|---|---|---|");
        for action in of(scope) {
            let keys: Vec<String> = keymap.of(action).map(|keys| code(&keys)).collect();
            let keys = if keys.is_empty() { "palette".into() } else { keys.join(" ") };
            let _ = writeln!(
                page,
                "| {keys} | {} | `{}` | {} |",
                action.title.replace('|', "\\|"),
                action.id,
                match action.script {
                    Script::Looks => String::new(),
                    Script::Command(example) => code(example),
                    Script::Without(why) => format!("none: {why}"),
                }
            );
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
