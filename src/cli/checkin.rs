//! `checkin`: what a hat should know since its last check-in, and how both are worn.

use super::changes::{data, look_back, print};
use super::console::{Console, Ink, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::app::checkin::kept;
use crate::insight::balance::{Balance, Signal, Week, signals};
use crate::insight::changes::{Change, changes};
use crate::store::{Site, past};
use crate::workspace::{Hat, Id, IdSource, Step};
use clap::Args;
use serde_json::{Value as Json, json};

/// Say what a hat should know since its last check-in, and how both hats are worn
///
/// The hat is the manager's unless `--hat po` says otherwise; before its first check-in it is told
/// of the last fortnight. With --done a check-in is kept in the file, from which on the next one
/// counts.
///
/// As JSON it is `{hat, since, known, changes: […], balance: {weeks: [{start, pm, po}], idle: {pm,
/// po}}, signals: [{id, title, words, limit, on}]}`, with changes as `twohats changes --json` has
/// them and `idle` in days.
#[derive(Debug, Args)]
pub(super) struct CheckIn {
    /// Keep a check-in with this note, which may be empty
    #[arg(long, value_name = "NOTE")]
    done: Option<String>,
}

impl Verb for CheckIn {
    const NAME: &'static str = "checkin";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats checkin", "what the manager should know"),
        ("twohats checkin --hat po --json | jq .signals", "what speaks for a second person"),
        ("twohats checkin --hat po --done \"plan fits the vision\"", "and this is seen"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let hat = console.options.hat.unwrap_or(Hat::Pm);
        if let Some(note) = self.done {
            return keep(&mut desk, console, hat, note.trim());
        }
        let (then, since) = look_back(&desk, console, None, Some(hat))?;
        let (workspace, today) = (desk.workspace(), console.today);
        let all = changes(&then, workspace, &since, today);
        let own: Vec<Change> = all.into_iter().filter(|change| change.hat == hat).collect();
        let past = past::of(&Site::here(), desk.path(), since.day);
        let balance = Balance::of(workspace, &past, today);
        let signals = signals(workspace, &balance, today);
        if console.options.json {
            let data = json!({
                "hat": hat.key(),
                "since": since.day.to_string(),
                "known": then.known.words(),
                "changes": own.iter().map(|change| data(change, workspace)).collect::<Vec<_>>(),
                "balance": of(&balance),
                "signals": signals.iter().map(signal).collect::<Vec<_>>(),
            });
            return console.json(&data.to_string());
        }
        console.say(&format!("since {}, {}", since.day, then.known.words()));
        print(console, &own, workspace)?;
        weighed(console, &balance, &signals)
    }
}

/// Keeps a check-in.
fn keep(desk: &mut Desk, console: &mut Console, hat: Hat, note: &str) -> Result<(), Failure> {
    let mut source = IdSource::seeded(fastrand::u64(..));
    let id = source.next(|id| desk.workspace().is_spoken_for(id));
    let op = kept(id, hat, console.today, note);
    console.options.hat = Some(hat);
    let step = desk.change(console, |_| Ok(("checked in".to_owned(), vec![op])))?;
    let kept: Vec<Id> = step.iter().flat_map(Step::touched).collect();
    desk.report(console, step.as_ref(), &kept)
}

/// Prints how the hats are worn.
fn weighed(console: &mut Console, balance: &Balance, signals: &[Signal]) -> Result<(), Failure> {
    console.print(&[(Ink::Bold, "Hat balance".to_owned())])?;
    for week in &balance.weeks {
        console.line(&format!("  week of {}  PM {:>3}  PO {:>3}", week.start, week.pm, week.po))?;
    }
    let on = signals.iter().filter(|signal| signal.is_on).count();
    let heading = format!("Is it time for a second person? {on} of {} signals", signals.len());
    console.print(&[(Ink::Bold, heading)])?;
    for Signal { title, words, limit, is_on, .. } in signals {
        let mark = if *is_on { "!" } else { " " };
        let limit = (Ink::Dim, format!("  ({limit})"));
        console.print(&[plain(format!("{mark} {title}: {words}")), limit])?;
    }
    Ok(())
}

fn of(balance: &Balance) -> Json {
    let week =
        |week: &Week| json!({ "start": week.start.to_string(), "pm": week.pm, "po": week.po });
    json!({
        "weeks": balance.weeks.iter().map(week).collect::<Vec<_>>(),
        "idle": { "pm": balance.idle(Hat::Pm), "po": balance.idle(Hat::Po) },
    })
}

fn signal(signal: &Signal) -> Json {
    let Signal { id, title, words, limit, is_on } = signal;
    json!({ "id": id, "title": title, "words": words, "limit": limit, "on": is_on })
}
