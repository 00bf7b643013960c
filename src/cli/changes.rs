//! `changes`: what became of the workspace since a day, a check-in or a version.

use super::console::{Console, Ink, Piece, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::exchange::json::number;
use crate::insight::changes::{Change, Since, Then, Topic, What, changes};
use crate::store::{Site, past};
use crate::workspace::day::Day;
use crate::workspace::{Date, Field, Found, Hat, Place, Workspace};
use clap::Args;
use serde_json::{Map, Value as Json, json};

/// Say what changed since then, hat by hat
///
/// Since when is a day, a check-in (its id), a commit of git, or a backup (its number in `twohats
/// backups`). What was done is taken back by the activity log of this computer; where that does not
/// reach, the file's history in git or the newest backup from before that day is read instead, and
/// where there is neither, the days that the file names tell what they can. It says which it was.
///
/// As JSON it is `{since, known, changes: [{topic, hat, id, title, words, why, from, to, days}]}`.
#[derive(Debug, Args)]
pub(super) struct Changes {
    /// A day, a check-in, a commit or a backup; else the last check-in of the hat
    #[arg(long, value_name = "DATE|ID")]
    since: Option<String>,
}

impl Verb for Changes {
    const NAME: &'static str = "changes";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats changes --since 2026-11-01", "since that day"),
        ("twohats changes --since HEAD~5 --json", "since that commit, as data"),
        ("twohats changes --hat pm", "what the manager should know since their last check-in"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let hat = console.options.hat;
        let (then, since) = look_back(&desk, console, self.since.as_deref(), hat)?;
        let all = changes(&then, desk.workspace(), &since, console.today);
        let all: Vec<Change> =
            all.into_iter().filter(|change| hat.is_none_or(|hat| change.hat == hat)).collect();
        if console.options.json {
            let data = json!({
                "since": since.day.to_string(),
                "known": then.known.words(),
                "changes": all.iter().map(|it| data(it, desk.workspace())).collect::<Vec<_>>(),
            });
            return console.json(&data.to_string());
        }
        console.say(&format!("since {}, {}", since.day, then.known.words()));
        print(console, &all, desk.workspace())
    }
}

/// The workspace as it was then, and when that was. Without words it is the last check-in of the
/// hat, else of the manager.
pub(super) fn look_back(
    desk: &Desk,
    console: &Console,
    since: Option<&str>,
    hat: Option<Hat>,
) -> Result<(Then, Since), Failure> {
    let (workspace, today) = (desk.workspace(), console.today);
    let site = Site::here();
    let Some(words) = since else {
        let since = Since::last(workspace, hat.unwrap_or(Hat::Pm), today);
        return Ok((of(desk, &site, &since), since));
    };
    if let Some(since) = moment(console, workspace, words)? {
        return Ok((of(desk, &site, &since), since));
    }
    let Some((name, on, content)) = past::version(&site, desk.path(), words) else {
        let words = format!(
            "{words} is no day, no check-in, no commit of the file and no backup; `twohats list` \
             and `twohats backups` say what there is"
        );
        return Err(Failure::Undone(words));
    };
    Ok((Then::version(name, content), Since::day(on)))
}

/// The day or the check-in that is meant.
fn moment(console: &Console, workspace: &Workspace, words: &str) -> Result<Option<Since>, Failure> {
    if let Ok(day) = words.parse::<Day>() {
        return console.past_day(day).map(|day| Some(Since::day(day)));
    }
    let Found::One(id) = workspace.find(words) else { return Ok(None) };
    let record = workspace.get(&id).filter(|_| workspace.place_of(&id) == Some(Place::CheckIns));
    let day = record.and_then(|record| record.date(Field::On));
    Ok(day.map(|day| Since { day, check_in: Some(id) }))
}

fn of(desk: &Desk, site: &Site, since: &Since) -> Then {
    Then::of(desk.workspace(), &past::of(site, desk.path(), since.day), since)
}

/// Prints changes under the names of their hats and topics.
pub(super) fn print(console: &mut Console, all: &[Change], now: &Workspace) -> Result<(), Failure> {
    if all.is_empty() {
        console.say("nothing changed");
    }
    for hat in [Hat::Pm, Hat::Po] {
        for topic in Topic::ALL {
            let mut here = all.iter().filter(|it| (it.hat, it.topic()) == (hat, topic)).peekable();
            if here.peek().is_some() {
                let heading = format!("{} · {}", hat.key().to_uppercase(), topic.title());
                console.print(&[(Ink::Bold, heading)])?;
            }
            here.try_for_each(|change| console.print(&pieces(change, now)))?;
        }
    }
    Ok(())
}

fn pieces(change: &Change, now: &Workspace) -> Vec<Piece> {
    let why = change.why.as_ref().map(|why| (Ink::Dim, format!("  {why}")));
    let title = if matches!(change.what, What::Did(..)) {
        plain("  ")
    } else {
        plain(format!("  {}  ", change.title))
    };
    [title, plain(change.words(now))].into_iter().chain(why).collect()
}

/// A change as JSON.
pub(super) fn data(change: &Change, now: &Workspace) -> Json {
    let mut members = Map::from_iter([
        ("topic".to_owned(), json!(change.topic().key())),
        ("hat".to_owned(), json!(change.hat.key())),
        ("id".to_owned(), json!(change.id.as_str())),
        ("title".to_owned(), json!(change.title)),
        ("words".to_owned(), json!(change.words(now))),
    ]);
    let (from, to) = match &change.what {
        What::Entered(to, from) => (from.map(|from| json!(from.key())), Some(json!(to.key()))),
        What::Left(from, to) => (Some(json!(from.key())), to.map(|to| json!(to.key()))),
        What::Rescored(from, to) => (Some(json!(from)), Some(json!(to))),
        What::Dated(_, from, to) => {
            let day = |day: &Option<Date>| day.map(|day| json!(day.to_string()));
            (day(from), day(to))
        }
        What::Read { before, after, .. } => (before.map(number), Some(number(*after))),
        What::Goal(_, served) => (None, served.as_ref().map(|(id, _)| json!(id.as_str()))),
        _ => (None, None),
    };
    let more = [
        ("why", change.why.as_ref().map(|why| json!(why))),
        ("from", from),
        ("to", to),
        ("days", change.slip().map(|days| json!(days))),
    ];
    members.extend(more.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    Json::Object(members)
}
