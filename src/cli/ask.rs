//! `ask`: the few questions that would settle the order.

use super::console::{Console, Ink, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::options::PaneFlags;
use super::verb::Verb;
use crate::app::actions::Decision;
use crate::exchange::json::number;
use crate::insight::chance::percent;
use crate::insight::questions::{Answers, Question, UNSURE, decision, questions};
use crate::insight::standing;
use crate::terminal::{self, Answer};
use crate::workspace::number::counted;
use crate::workspace::{Field, Id, IdSource, Place, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Questions at most.
const LIMIT: usize = 10;

/// Ask what would settle the order: which one, if only one?
///
/// Only pairs that are tied and stand on different sides of the line, the most uncertain first.
/// An answer is kept as a decision and orders the two within their band. On a terminal they are
/// asked one by one and answered with the arrow keys; with `--no-input`, or where nobody can
/// answer, they are listed.
#[derive(Debug, Args)]
pub(super) struct Ask {
    #[command(flatten)]
    pane: PaneFlags,
    /// The item that comes first
    #[arg(long, value_name = "ID", requires = "over")]
    answer: Option<String>,
    /// The one it is preferred to
    #[arg(long, value_name = "ID", requires = "answer")]
    over: Option<String>,
    /// Nobody can tell which of the two: kept as an answer, and not asked again
    #[arg(long, requires = "answer")]
    unsure: bool,
    /// Why
    #[arg(
        long,
        value_name = "WORDS",
        default_value = "",
        hide_default_value = true,
        requires = "answer"
    )]
    why: String,
}

impl Verb for Ask {
    const NAME: &'static str = "ask";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats ask", "what to decide about the backlog"),
        ("twohats ask --answer b2 --over c3 --why \"a customer waits\"", "an answer"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        if let Some((answer, over)) = self.answer.as_ref().zip(self.over.as_ref()) {
            let pair = naming::items(desk.workspace(), &[answer, over].map(Clone::clone))?;
            let [item, over] = &pair[..] else {
                return Err(Failure::Usage("an item is not preferred to itself".into()));
            };
            let answer = Kept { item, over, what: what(self.unsure), why: &self.why };
            return keep(console, &mut desk, &answer);
        }
        if terminal::can_ask() && !console.options.no_input && !console.options.json {
            return interview(console, &mut desk, &self.pane);
        }
        let workspace = desk.workspace();
        let hat = self.pane.hat(console);
        let framework = self.pane.framework(workspace, hat)?;
        let ranking = standing::ranking(workspace, hat, framework, console.today);
        let answers = Answers::of(workspace);
        let questions = questions(&ranking, &answers, LIMIT);
        let rounds = answers.contradictions();
        if console.options.json {
            let object = json!({
                "framework": framework.id,
                "line": ranking.line,
                "questions": questions.iter().map(self::json).collect::<Vec<_>>(),
                "contradictions": rounds.iter().map(|round| ids(round)).collect::<Vec<_>>(),
            });
            return console.json(&object.to_string());
        }
        print(console, workspace, &questions)?;
        rounds.iter().for_each(|round| console.say(&contradiction(workspace, round)));
        if questions.is_empty() && ranking.line.is_none() {
            console
                .say("nothing says how much there is room for, so there is no line to ask about");
        } else if questions.is_empty() {
            console.say("nothing to ask: no two tied items stand on different sides of the line");
        }
        Ok(())
    }
}

fn json(question: &Question) -> Value {
    json!({
        "above": question.above.as_str(),
        "below": question.below.as_str(),
        "chance": question.chance.map(number),
    })
}

fn ids(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    questions: &[Question],
) -> Result<(), Failure> {
    if !questions.is_empty() {
        console.print(&[(Ink::Bold, "Which one, if only one?".into())])?;
    }
    for question in questions {
        let chance = question.chance.map_or_else(String::new, percent);
        let mut pieces = vec![plain(format!("{chance:>5}  "))];
        for (nth, item) in [&question.above, &question.below].into_iter().enumerate() {
            let title = workspace.get(item).map_or("", |record| record.title());
            pieces.extend((nth == 1).then(|| (Ink::Dim, "  or  ".to_owned())));
            pieces.extend(id(workspace, item, 0));
            pieces.push(plain(format!(" {title}")));
        }
        console.print(&pieces)?;
    }
    Ok(())
}

/// A contradiction in words.
fn contradiction(workspace: &Workspace, round: &[Id]) -> String {
    let title = |id: &Id| workspace.get(id).map_or(id.as_str(), |record| record.title()).to_owned();
    let titles: Vec<String> = round.iter().map(title).collect();
    format!("answers contradict each other: {}", titles.join(" before "))
}

/// What to do about contradictions, where the answer about this item is in one.
fn warn(console: &Console, workspace: &Workspace, item: &Id) {
    let Some(round) = Answers::of(workspace).round(item) else { return };
    console.say(&contradiction(workspace, &round));
    for pair in round.windows(2) {
        let [item, over] = pair else { continue };
        if let Some(id) = decision(workspace, item, over) {
            let title = |id| workspace.get(id).map_or("", |record| record.title());
            let (first, second) = (title(item), title(over));
            console.say(&format!(
                "`twohats set {id} ended='taken back'` takes back: {first} before {second}"
            ));
        }
    }
}

fn what(unsure: bool) -> &'static str {
    if unsure { UNSURE } else { "preferred" }
}

/// An answer.
struct Kept<'a> {
    item: &'a Id,
    over: &'a Id,
    what: &'a str,
    why: &'a str,
}

/// Keeps an answer, unless it is kept already.
fn keep(console: &mut Console, desk: &mut Desk, answer: &Kept) -> Result<(), Failure> {
    let Kept { item, over, what, why } = *answer;
    let mut source = IdSource::seeded(fastrand::u64(..));
    let new = source.next(|id| desk.workspace().is_spoken_for(id));
    let (told, today) = (console.options.hat, console.today);
    let step = desk.change(console, |workspace| {
        let is_kept = workspace.list(Place::Decisions).iter().any(|decision| {
            decision.link(Field::About) == Some(item)
                && decision.link(Field::Over) == Some(over)
                && decision.text(Field::What) == what
                && decision.get(Field::Ended).is_none()
        });
        let title = |id| workspace.get(id).map_or("", |record| record.title());
        let words = match what {
            UNSURE => format!("{UNSURE}: {} or {}", title(item), title(over)),
            _ => format!("{} before {}", title(item), title(over)),
        };
        let place = workspace.place_of(item).unwrap_or(Place::Backlog);
        let hat = told.unwrap_or(place.hat());
        let decision =
            Decision { about: Some(item), over: Some(over), what, why, ..Decision::default() };
        let op = (!is_kept).then(|| decision.kept(new.clone(), hat, today));
        Ok((words, op.into_iter().collect()))
    })?;
    let kept: Vec<Id> = step.iter().flat_map(crate::workspace::Step::touched).collect();
    let pair = [item.clone(), over.clone()];
    desk.report(console, step.as_ref(), if kept.is_empty() { &pair } else { &kept })?;
    warn(console, desk.workspace(), item);
    Ok(())
}

/// Asks one question after the other on the terminal, each answered with one key.
fn interview(console: &mut Console, desk: &mut Desk, pane: &PaneFlags) -> Result<(), Failure> {
    let mut skipped: Vec<(Id, Id)> = Vec::new();
    let mut answered = 0;
    loop {
        let workspace = desk.workspace();
        let hat = pane.hat(console);
        let framework = pane.framework(workspace, hat)?;
        let ranking = standing::ranking(workspace, hat, framework, console.today);
        let open = questions(&ranking, &Answers::of(workspace), skipped.len() + 1);
        let mut pairs = open.into_iter().map(|question| (question.above, question.below));
        let Some((a, b)) = pairs.find(|pair| !skipped.contains(pair)) else { break };
        let title = |id: &Id| workspace.get(id).map_or("", |record| record.title()).to_owned();
        console.line(&format!("Which one, if only one?  ← {}   → {}", title(&a), title(&b)))?;
        console.print(&[(Ink::Dim, "  arrow keys · = can't tell · s skip · q leave".into())])?;
        console.finish()?;
        let kept = match terminal::answer().map_err(Failure::Input)? {
            Answer::Left => (a, b, false),
            Answer::Right => (b, a, false),
            Answer::Unsure => (a, b, true),
            Answer::Skip => {
                skipped.push((a, b));
                continue;
            }
            Answer::Leave => break,
        };
        let (item, over, unsure) = (&kept.0, &kept.1, kept.2);
        keep(console, desk, &Kept { item, over, what: what(unsure), why: "" })?;
        answered += 1;
    }
    console.say(&match answered {
        0 => "nothing more to ask".to_owned(),
        count => format!("{} kept", counted(count, "answer")),
    });
    Ok(())
}
