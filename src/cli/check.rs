//! `check`: what is wrong or missing.

use super::console::{Console, Ink, id, plain};
use super::desk::{Desk, json as value};
use super::failure::Failure;
use super::options::{self, Places};
use super::query::Filtering;
use super::verb::Verb;
use crate::app::actions;
use crate::insight::check::{self, Finding, RULES, Rule, Survey};
use crate::store::Notice;
use crate::view::text;
use crate::workspace::{Id, Place, Workspace};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde_json::json;
use std::collections::HashSet;

/// The rule of what is repaired when a file is read.
const IN_FILE: (&str, &str) = ("file", "repaired or doubtful in the file");

/// Check what is wrong or missing
///
/// Grouped by what it is, the most serious first, each with what mends it: a command, and a key on
/// the screen. Stories and epics should have acceptance criteria once they are in the running or a
/// planned sprint, or among the first ten of the backlog that are ready. Too big is more points
/// than the capacity or, where none is stated, than the median of the newest twelve closed sprints.
/// A rating is stale after 90 days; what is blocked for more than three days is named with what it
/// waits for, why and since when.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Only this place, or the lanes of the roadmap
    #[arg(long = "in", value_name = "PLACE", value_parser = options::places())]
    within: Option<Places>,
    #[command(flatten)]
    filtering: Filtering,
    /// Only this rule
    #[arg(long, value_name = "RULE", value_parser = rules())]
    rule: Option<String>,
    /// Fail where anything is found
    #[arg(long)]
    strict: bool,
}

fn rules() -> PossibleValuesParser {
    let rules = RULES.iter().map(|rule| (rule.id, rule.words)).chain([IN_FILE]);
    rules.map(|(id, words)| PossibleValue::new(id).help(words)).collect::<Vec<_>>().into()
}

impl Verb for Check {
    const NAME: &'static str = "check";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats check", "everything"),
        ("twohats check --in backlog --rule estimate", "what has no points"),
        ("twohats check --filter sprint:14", "what is missing in a sprint"),
        ("twohats check --strict --quiet", "for a hook: fails where anything is found"),
        ("twohats check --json | jq -r '.[].mend'", "the commands that mend it"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let (desk, mut notices) = Desk::read(console)?;
        let workspace = desk.workspace();
        let is_asked_for = |rule: &str| self.rule.as_deref().is_none_or(|asked| asked == rule);
        let filtered = self.filtering.found(workspace, console.today)?;
        let takes = |id: Option<&Id>| {
            let is_found = |found: &HashSet<Id>| id.is_some_and(|id| found.contains(id));
            self.takes(workspace, id) && filtered.as_ref().is_none_or(is_found)
        };
        // Links are found again by the rules, which know what mends them.
        notices.retain(|notice| {
            !notice.of_links && is_asked_for(IN_FILE.0) && takes(notice.id.as_ref())
        });
        let mut found = check::all(workspace, &Survey::of(workspace, console.today));
        found.retain(|finding| is_asked_for(finding.rule.id) && takes(Some(&finding.id)));
        if console.options.json {
            let notices = notices.iter().map(|notice| notice_json(&desk, notice));
            let found = found.iter().map(|finding| finding_json(workspace, finding));
            console.json_list(notices.chain(found))?;
        } else {
            print(console, &desk, &notices, &found)?;
        }
        let count = notices.len() + found.len();
        if self.strict && count > 0 {
            console.finish()?;
            return Err(Failure::Undone(format!("{count} to mend")));
        }
        if count == 0 {
            console.say("nothing is wrong or missing");
        }
        Ok(())
    }
}

impl Check {
    /// Whether a record stands where it was asked for.
    fn takes(&self, workspace: &Workspace, id: Option<&Id>) -> bool {
        self.within.as_ref().is_none_or(|places| {
            id.and_then(|id| workspace.place_of(id)).is_some_and(|place| places.0.contains(&place))
        })
    }
}

fn print(
    console: &mut Console,
    desk: &Desk,
    notices: &[Notice],
    found: &[Finding],
) -> Result<(), Failure> {
    if !notices.is_empty() {
        console.print(&[(Ink::Bold, format!("{} {}", IN_FILE.1, notices.len()))])?;
        for notice in notices {
            console.line(&format!("  {notice}"))?;
        }
    }
    let mut is_first = notices.is_empty();
    for group in found.chunk_by(|a, b| a.rule.id == b.rule.id) {
        if !std::mem::take(&mut is_first) {
            console.line("")?;
        }
        print_group(console, desk.workspace(), group)?;
    }
    Ok(())
}

/// A rule, what mends it, and the records it is about.
fn print_group(
    console: &mut Console,
    workspace: &Workspace,
    group: &[Finding],
) -> Result<(), Failure> {
    let Some(first) = group.first() else { return Ok(()) };
    let rule = first.rule;
    console.print(&[
        (Ink::Bold, format!("{} {}", rule.words, group.len())),
        (Ink::Dim, format!("  {}{}", rule.command, on_screen(rule))),
    ])?;
    let cells = group.iter().map(|finding| workspace.shortest_prefix(&finding.id)).max();
    for Finding { id: of, words, .. } in group {
        let [enough, _] = id(workspace, of, 0);
        let gap = cells.unwrap_or_default().saturating_sub(text::width(&enough.1));
        let title = workspace.name_of(of);
        let words = if words.is_empty() { String::new() } else { format!("  {words}") };
        console.print(&[
            plain("  "),
            enough,
            plain(" ".repeat(gap + 2)),
            plain(title),
            (Ink::Dim, words),
        ])?;
    }
    Ok(())
}

/// The key that mends it, where one does.
fn on_screen(rule: &Rule) -> String {
    let key = actions::key(rule.mend);
    key.map_or_else(String::new, |key| format!(" · on the screen {key}"))
}

fn finding_json(workspace: &Workspace, finding: &Finding) -> String {
    value(json!({
        "rule": finding.rule.id,
        "id": finding.id.as_str(),
        "title": workspace.name_of(&finding.id),
        "place": workspace.place_of(&finding.id).map(Place::key),
        "words": finding.said(),
        "mend": finding.command(),
    }))
}

fn notice_json(desk: &Desk, notice: &Notice) -> String {
    let Notice { id, line, text, .. } = notice;
    let place = id.as_ref().and_then(|id| desk.workspace().place_of(id));
    value(json!({
        "rule": IN_FILE.0,
        "id": id.as_ref().map(Id::as_str),
        "title": id.as_ref().map(|id| desk.workspace().name_of(id)),
        "place": place.map(Place::key),
        "words": text,
        "mend": format!("$EDITOR +{line} {}", desk.path().display()),
    }))
}
