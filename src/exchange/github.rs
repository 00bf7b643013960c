//! GitHub: issues as its command line and its REST API give them.

use super::asked::Asked;
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::json::{self, said};
use super::reading::{self, Progress};
use crate::workspace::{Field, Place, Value};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::io::Read;

/// Issues of GitHub.
pub static FORMAT: Format = Format {
    id: "github",
    name: "issues of GitHub as JSON",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "`gh issue list --state all --limit 1000 --json number,title,body,labels,milestone,state,stateReason,createdAt,closedAt,url`, or the REST API; milestones as releases; pull requests are left out",
    source: "https://cli.github.com/manual/gh_issue_list and https://docs.github.com/en/rest/issues/issues",
    to: Place::Backlog,
};

/// What people put there that there is no place for here; the rest is GitHub's own.
const LOST: [&str; 4] = ["assignees", "comments", "projectItems", "reactionGroups"];

#[derive(Deserialize)]
struct Issue {
    number: Option<u64>,
    #[serde(default)]
    title: String,
    body: Option<String>,
    #[serde(default)]
    state: String,
    #[serde(alias = "stateReason")]
    state_reason: Option<String>,
    #[serde(default)]
    labels: Vec<Json>,
    milestone: Option<Json>,
    #[serde(alias = "createdAt")]
    created_at: Option<String>,
    #[serde(alias = "closedAt")]
    closed_at: Option<String>,
    html_url: Option<String>,
    url: Option<String>,
    pull_request: Option<Json>,
    #[serde(alias = "issueType", rename = "type")]
    kind: Option<Json>,
    parent: Option<Json>,
    #[serde(default, alias = "blockedBy")]
    blocked_by: Vec<Json>,
    /// What else there is.
    #[serde(flatten)]
    more: Map<String, Json>,
}

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let all: Json = json::file(bytes, "issues of GitHub")?;
    let list = match all {
        Json::Array(list) => list,
        // A search gives its issues under `items`.
        Json::Object(mut object) => match object.remove("items") {
            Some(Json::Array(list)) => list,
            _ => vec![Json::Object(object)],
        },
        _ => return Err(Unreadable("this is no list of issues".into())),
    };
    let mut haul = Haul::of("github", asked);
    for (at, issue) in list.into_iter().enumerate() {
        match serde_json::from_value::<Issue>(issue) {
            Ok(issue) if issue.pull_request.is_some() => {
                let why = format!("“{}” is a pull request", issue.title);
                haul.pass(at + 1, "pull requests", &issue.title, why);
            }
            Ok(issue) => {
                let lost = said(&issue.more, |name| LOST.contains(&name));
                lost.for_each(|name| haul.leave_out(name));
                haul.take(entry(at + 1, issue, asked));
            }
            Err(error) => haul.skip(at + 1, format!("it is no issue: {error}")),
        }
    }
    Ok(haul)
}

fn name(json: &Json, part: &str) -> String {
    let named = json.get(part).and_then(Json::as_str).or(json.as_str());
    named.unwrap_or_default().to_owned()
}

fn entry(row: usize, issue: Issue, asked: &Asked) -> Entry {
    let mut entry = Entry::new(row);
    entry.url = issue.html_url.or(issue.url).unwrap_or_default();
    let number = issue.number.map(|number| format!("#{number}")).unwrap_or_default();
    entry.key = format!("{}{number}", repository(&entry.url));
    entry.aliases.push(number);
    entry.line(Field::Title, &issue.title);
    entry.paragraph(Field::Notes, issue.body.as_deref().unwrap_or_default());
    let labels: Vec<String> = issue.labels.iter().map(|label| name(label, "name")).collect();
    let kind = issue.kind.map(|kind| name(&kind, "name"));
    let mut kinds = kind.iter().chain(&labels).filter_map(|word| reading::kind(word));
    if let Some(kind) = kinds.next() {
        entry.say(Field::Kind, Some(Value::text(kind.key())));
    }
    entry.words(Field::Tags, &labels);
    entry.link(Field::Release, &issue.milestone.map(|it| name(&it, "title")).unwrap_or_default());
    let day = |text: Option<String>| {
        text.and_then(|text| reading::day(&text, asked, None)).map(Value::Date)
    };
    entry.say(Field::Created, day(issue.created_at));
    entry.done = Some(issue.state.eq_ignore_ascii_case("closed"));
    let is_dropped = |why: &String| reading::progress(why) == Some(Progress::Dropped);
    entry.dropped = issue.state_reason.filter(is_dropped).map(|why| why.replace('_', " "));
    let closed = day(issue.closed_at);
    if closed.is_some() {
        entry.say(Field::Done, closed);
    }
    let key_of = |json: &Json| json.get("number").map(|number| format!("#{number}"));
    if let Some(key) = issue.parent.as_ref().and_then(key_of) {
        entry.link(Field::Parent, &key);
    }
    issue.blocked_by.iter().filter_map(key_of).for_each(|key| entry.link(Field::BlockedBy, &key));
    entry
}

/// `owner/name` out of the address of an issue.
fn repository(url: &str) -> String {
    let path = url.split_once("://").map_or("", |(_, rest)| rest);
    let parts: Vec<&str> = path.split('/').skip(1).filter(|part| *part != "repos").collect();
    match parts[..] {
        [owner, name, ..] => format!("{owner}/{name}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_planned_is_not_brought_as_done() {
        for reason in [r#""stateReason":"NOT_PLANNED""#, r#""state_reason":"not_planned""#] {
            let file = format!(
                r#"[{{"number":1,"title":"Fax","state":"CLOSED",{reason}}},
                    {{"number":2,"title":"Feeds","state":"CLOSED","stateReason":"COMPLETED"}}]"#
            );
            let haul = read(&mut file.as_bytes(), &Asked::default()).unwrap();
            assert_eq!(haul.entries.len(), 1, "{reason}");
            assert_eq!(haul.entries[0].done, Some(true));
            assert_eq!(haul.skipped[0].words.to_lowercase(), "it was not done: not planned");
        }
    }
}
