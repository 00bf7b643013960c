//! `triage`: what becomes of what came in.

use super::console::{Console, Ink, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::query::Filtering;
use super::verb::Verb;
use crate::app::actions::{self, Verdict};
use crate::app::entry::Typing;
use crate::insight::inbox::{self, Sorted};
use crate::insight::similar;
use crate::view::text;
use crate::workspace::{Field, Id, IdSource, Kind, Place, Workspace};
use clap::{Args, ValueEnum};

/// Items that are named as like an entry, at most.
const ALIKE: usize = 5;

/// Triage the inbox, an entry at a time
///
/// Without an ID it lists what waits. With an ID alone it shows the items that say much the same.
/// Else it says what becomes of the entry: `link ITEM` makes it speak for an item, `story`, `bug`
/// and `idea` make a new one that it speaks for (a story and a bug at the bottom of the backlog, an
/// idea at the bottom of Later) and print its id, `park DATE` puts it off until then, `decline WHY`
/// turns it down and prints the answer for whoever asked, `again` takes it up anew. The entry stays
/// in the inbox as evidence. A day is written 2026-12-18, +2w or fri.
#[derive(Debug, Args)]
pub(super) struct Triage {
    /// The entry
    #[arg(value_name = "ID", conflicts_with = "filter")]
    id: Option<String>,
    /// What becomes of it
    #[arg(value_name = "WHAT")]
    what: Option<What>,
    /// The item, the day or the reason
    #[arg(value_name = "ITEM|DATE|WHY")]
    more: Vec<String>,
    #[command(flatten)]
    filtering: Filtering,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// It speaks for an item
    Link,
    /// A new story
    Story,
    /// A new bug
    Bug,
    /// A new idea on the roadmap
    Idea,
    /// It comes back on a day
    Park,
    /// It is not done, for a reason
    Decline,
    /// Nothing became of it yet
    Again,
}

impl Verb for Triage {
    const NAME: &'static str = "triage";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats triage", "what waits"),
        ("twohats triage --filter '#mobile'", "what waits and is tagged so"),
        ("twohats triage f0", "which items say much the same"),
        ("twohats triage f0 link b2", "it speaks for an item that is there"),
        ("twohats triage f0 story", "a new story; its id is printed"),
        ("twohats triage f0 park +2w", "it comes back in two weeks"),
        ("twohats triage f0 decline 'too few need it'", "the answer is printed"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let Some(name) = &self.id else { return list(console, &desk, &self.filtering) };
        let ids = naming::items(desk.workspace(), std::slice::from_ref(name))?;
        let Some(entry) = ids.first() else { return Ok(()) };
        if desk.workspace().place_of(entry) != Some(Place::Inbox) {
            let words = format!("{entry} is not in the inbox; `twohats triage` lists what waits");
            return Err(Failure::Undone(words));
        }
        let Some(what) = self.what else { return alike(console, &desk, entry) };
        let source = IdSource::seeded(fastrand::u64(..));
        let (today, month_first) = (console.today, console.month_first());
        let step = desk.change(console, |workspace| {
            let verdict = self.verdict(Typing { workspace, today, month_first }, what)?;
            let mut source = source.clone();
            let new = || source.next(|id| workspace.is_spoken_for(id));
            let ops = actions::triaged(workspace, &ids, &verdict, today, new);
            let words = words(workspace, &verdict, &workspace.named(&ids));
            Ok((words, ops))
        })?;
        desk.report(console, step.as_ref(), &ids)?;
        report(console, &desk, entry, matches!(what, What::Story | What::Bug | What::Idea))
    }
}

impl Triage {
    fn verdict(&self, typing: Typing, what: What) -> Result<Verdict, Failure> {
        let Typing { workspace, today, .. } = typing;
        let more = self.more.join(" ");
        let wanted = match what {
            What::Link => "say which item: `twohats triage ID link ITEM`",
            What::Park => "say until when: `twohats triage ID park +2w`",
            What::Decline => "say why, in a few words: `twohats triage ID decline WHY`",
            What::Story | What::Bug | What::Idea | What::Again => "",
        };
        if more.trim().is_empty() != wanted.is_empty() {
            let words = if wanted.is_empty() { "nothing follows this word" } else { wanted };
            return Err(Failure::Usage(words.into()));
        }
        Ok(match what {
            What::Link => {
                let item = naming::items(workspace, std::slice::from_ref(&more))?.remove(0);
                if workspace.place_of(&item) == Some(Place::Inbox) {
                    let words =
                        format!("{item} is in the inbox itself; an entry speaks for an item");
                    return Err(Failure::Undone(words));
                }
                Verdict::Link(item)
            }
            What::Story => Verdict::Make(Kind::Story),
            What::Bug => Verdict::Make(Kind::Bug),
            What::Idea => Verdict::Make(Kind::Idea),
            What::Park => {
                let day = typing.day(&more).map_err(Failure::Usage)?;
                if day <= today {
                    return Err(Failure::Usage(format!("{day} is not ahead")));
                }
                Verdict::Park(day)
            }
            What::Decline => Verdict::Decline(more.trim().to_owned()),
            What::Again => Verdict::Again,
        })
    }
}

/// What is done, for the activity log.
fn words(workspace: &Workspace, verdict: &Verdict, entry: &str) -> String {
    let done = match verdict {
        Verdict::Link(item) => {
            let title = workspace.get(item).map_or("", |item| item.title());
            format!("speaks for {title}")
        }
        Verdict::Make(kind) => format!("made a new {}", kind.key()),
        Verdict::Park(until) => format!("parked until {until}"),
        Verdict::Decline(_) => "declined".to_owned(),
        Verdict::Again => "to be triaged again".to_owned(),
    };
    format!("{done}: {entry}")
}

/// Prints what a script, or whoever asked, wants to have: the id of what was made, or the answer.
fn report(console: &mut Console, desk: &Desk, entry: &Id, is_made: bool) -> Result<(), Failure> {
    let Some(record) = desk.record(entry).filter(|_| !console.options.json) else { return Ok(()) };
    if let Some(made) = inbox::linked_to(record).filter(|_| is_made) {
        return console.line(made.as_str());
    }
    let dates = console.dates();
    match inbox::answer(desk.workspace(), record, |day| dates.show(day)) {
        Some(answer) => console.line(&text::safe(&answer)),
        None => Ok(()),
    }
}

/// Lists what waits, in its order.
fn list(console: &mut Console, desk: &Desk, filtering: &Filtering) -> Result<(), Failure> {
    let workspace = desk.workspace();
    let today = console.today;
    let all = workspace.list(Place::Inbox).iter();
    let mut waiting: Vec<Id> =
        all.filter(|entry| inbox::waits(entry, today)).map(|entry| entry.id().clone()).collect();
    if let Some(found) = filtering.found(workspace, today)? {
        waiting.retain(|id| found.contains(id));
    }
    if console.options.json {
        return console.json_list(desk.jsons(&waiting));
    }
    let Sorted { today, waiting: left } = inbox::sorted(workspace, today);
    console.say(&match (today, left) {
        (0, 0) => "nothing waits to be triaged".to_owned(),
        (0, left) => format!("{left} to triage"),
        (today, left) => format!("{today} of {} triaged today", today + left),
    });
    let cells = widest(&waiting);
    waiting.iter().try_for_each(|of| {
        let Some(entry) = workspace.get(of) else { return Ok(()) };
        let source = entry.text(Field::Source);
        let votes = entry.number(Field::Votes).map(|votes| format!("{votes} votes"));
        let about: Vec<String> =
            votes.into_iter().chain((!source.is_empty()).then(|| source.to_owned())).collect();
        let [enough, rest] = id(workspace, of, cells);
        let title = plain(format!("  {}", text::safe(entry.title())));
        let about =
            if about.is_empty() { String::new() } else { format!("  {}", about.join(" · ")) };
        console.print(&[enough, rest, title, (Ink::Dim, text::safe(&about).into_owned())])
    })
}

/// The items that say much the same as an entry.
fn alike(console: &mut Console, desk: &Desk, entry: &Id) -> Result<(), Failure> {
    let workspace = desk.workspace();
    let Some(record) = workspace.get(entry) else { return Ok(()) };
    let found = similar::similar(workspace, record);
    let alike: Vec<&(Id, f64)> =
        found.iter().filter(|(_, share)| *share > 0.0).take(ALIKE).collect();
    if console.options.json {
        let rows = alike.iter().map(|(id, share)| {
            serde_json::json!({"id": id.as_str(), "title": workspace.get(id).map(|item| item.title()), "alike": share})
                .to_string()
        });
        return console.json_list(rows);
    }
    if alike.is_empty() {
        console.say("no item says much the same");
    }
    let cells = widest(alike.iter().map(|(id, _)| id));
    alike.into_iter().try_for_each(|(of, share)| {
        let [enough, rest] = id(workspace, of, cells);
        let title = workspace.get(of).map_or("", |item| item.title());
        let share = format!("  {:>3.0} %", share * 100.0);
        console.print(&[enough, rest, plain(share), plain(format!("  {}", text::safe(title)))])
    })
}
