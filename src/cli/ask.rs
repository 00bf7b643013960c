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
use crate::insight::questions::{Answers, Question, questions};
use crate::insight::standing;
use crate::workspace::{Field, Id, IdSource, Place, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Questions at most.
const LIMIT: usize = 10;

/// Ask what would settle the order: which one, if only one?
///
/// Only pairs that are tied and stand on different sides of the line, the most uncertain first.
/// An answer is kept as a decision and orders the two within their band.
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
            return keep(console, &mut desk, &[answer, over].map(Clone::clone), &self.why);
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

/// Keeps an answer, unless it is kept already.
fn keep(
    console: &mut Console,
    desk: &mut Desk,
    names: &[String; 2],
    why: &str,
) -> Result<(), Failure> {
    let pair = naming::items(desk.workspace(), names)?;
    let [item, over] = &pair[..] else {
        return Err(Failure::Usage("an item is not preferred to itself".into()));
    };
    let mut source = IdSource::seeded(fastrand::u64(..));
    let new = source.next(|id| desk.workspace().contains(id));
    let (told, today) = (console.options.hat, console.today);
    let step = desk.change(console, |workspace| {
        let is_kept = workspace.list(Place::Decisions).iter().any(|decision| {
            decision.link(Field::About) == Some(item)
                && decision.link(Field::Over) == Some(over)
                && decision.get(Field::Ended).is_none()
        });
        let title = |id| workspace.get(id).map_or("", |record| record.title());
        let words = format!("{} before {}", title(item), title(over));
        let place = workspace.place_of(item).unwrap_or(Place::Backlog);
        let hat = told.unwrap_or(place.hat());
        let decision = Decision {
            about: Some(item),
            over: Some(over),
            what: "preferred",
            why,
            ..Decision::default()
        };
        let op = (!is_kept).then(|| decision.kept(new.clone(), hat, today));
        Ok((words, op.into_iter().collect()))
    })?;
    let kept: Vec<Id> = step.iter().flat_map(crate::workspace::Step::touched).collect();
    desk.report(console, step.as_ref(), if kept.is_empty() { &pair } else { &kept })
}
