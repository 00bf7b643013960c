//! `doctor`: whether the workspace and what surrounds it are well.

use super::console::{Console, Ink, plain};
use super::failure::Failure;
use super::verb::Verb;
use crate::store::doctor::{self, Finding, Health};
use crate::store::{Site, find};
use crate::view::text;
use clap::Args;
use serde_json::json;

/// Cells of the word for what was looked at.
const ABOUT: usize = 10;

/// Look whether the workspace and what surrounds it are well
///
/// Tried are the file, the lock, the way in which files are replaced here, how long the disk takes,
/// the journals of crashed sessions, and what killed processes left. Nothing is changed. It fails
/// where something is wrong.
#[derive(Debug, Args)]
pub(super) struct Doctor;

impl Verb for Doctor {
    const NAME: &'static str = "doctor";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats doctor", "what was found, and what to do"),
        ("twohats doctor --json | jq '.[] | select(.health != \"fine\")'", "only what is not well"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let path = find::find(console.options.file.clone())?;
        let found = doctor::examine(&Site::here(), &path);
        if console.options.json {
            console.json_list(found.iter().map(data))?;
        } else {
            found.iter().try_for_each(|finding| print(console, finding))?;
        }
        let wrong = found.iter().filter(|finding| finding.health == Health::Trouble).count();
        if wrong == 0 {
            return Ok(());
        }
        console.finish()?;
        Err(Failure::Undone(format!("{wrong} to mend")))
    }
}

fn key(health: Health) -> &'static str {
    match health {
        Health::Fine => "fine",
        Health::Note => "note",
        Health::Trouble => "wrong",
    }
}

fn print(console: &mut Console, finding: &Finding) -> Result<(), Failure> {
    let Finding { about, health, words, hint } = finding;
    let ink = if *health == Health::Fine { Ink::Dim } else { Ink::Bold };
    let hint = if hint.is_empty() { String::new() } else { format!("; {hint}") };
    console.print(&[
        (ink, format!("{:5}  ", key(*health))),
        plain(text::pad(about, ABOUT)),
        plain(format!("  {words}{hint}")),
    ])
}

fn data(finding: &Finding) -> String {
    let Finding { about, health, words, hint } = finding;
    json!({ "about": about, "health": key(*health), "words": words, "hint": hint }).to_string()
}
