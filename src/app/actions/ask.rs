//! The few questions that would settle the order, one after the other.

use super::{Action, Decision};
use crate::app::choice::{Choice, Choices};
use crate::app::{App, Window, detail};
use crate::insight::questions::{Answers, UNSURE, decision, questions};
use crate::workspace::{Field, Id, Op, Value};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("ask", &[], "questions that would settle the order", begin)
        .command("ask --answer ID --over ITEM")];

/// How an answer ends that was taken back to resolve a contradiction.
const RESOLVED: &str = "taken back: it contradicted other answers";

/// Shows answers that contradict each other, where there are any, and then asks.
fn begin(app: &mut App) {
    match Answers::of(app.workspace()).contradictions().into_iter().next() {
        Some(round) => resolve(app, &round),
        None => ask(app, &[]),
    }
}

/// Asks the most uncertain question that was not passed over, and the next one after it.
fn ask(app: &mut App, passed: &[(Id, Id)]) {
    app.conclude();
    let answers = Answers::of(app.workspace());
    let Some(standing) = app.standing(app.board.hat) else { return };
    let open = questions(&standing.ranking, &answers, passed.len() + 1);
    let is_new = |(above, below): &(Id, Id)| {
        !passed.iter().any(|(one, other)| (one, other) == (above, below))
    };
    let mut pairs = open.into_iter().map(|question| (question.above, question.below));
    let Some((a, b)) = pairs.find(is_new) else {
        return app.say("nothing more to ask: no tie lies across the line");
    };
    let answer = |key, first: &Id, second: &Id| {
        let (label, passed) = (detail::linked(app.reading(), first), passed.to_vec());
        let pair = (first.clone(), second.clone());
        let run = move |app: &mut App| {
            if keep(app, &pair, "preferred") {
                ask(app, &passed);
            }
        };
        Choice::new(key, label, "", Rc::new(run))
    };
    let (left, right) = (answer('←', &a, &b), answer('→', &b, &a));
    let (kept, pair) = (passed.to_vec(), (a.clone(), b.clone()));
    let unsure = move |app: &mut App| {
        if keep(app, &pair, UNSURE) {
            ask(app, &kept);
        }
    };
    let unsure = Choice::new('=', UNSURE, "kept, and not asked again", Rc::new(unsure));
    let passed: Vec<(Id, Id)> = passed.iter().cloned().chain([(a, b)]).collect();
    let skip = Rc::new(move |app: &mut App| ask(app, &passed));
    let skip = Choice::new('s', "skip", "on to the next question", skip);
    let title = "Which one, if only one?".to_owned();
    let choices = Choices::new(title, Vec::new(), vec![left, right, unsure, skip]);
    app.windows.push(Window::Choices(choices));
}

/// Keeps an answer as a decision. Whether it was done.
fn keep(app: &mut App, (item, over): &(Id, Id), what: &str) -> bool {
    let [first, second] = [item, over].map(|id| detail::linked(app.reading(), id));
    let (id, hat, today) = (app.new_id(), app.board.hat, app.today);
    let decision = Decision { about: Some(item), over: Some(over), what, ..Decision::default() };
    let words = match what {
        UNSURE => format!("{UNSURE}: {first} or {second}"),
        _ => format!("{first} before {second}"),
    };
    app.commit(words, decision.kept(id, hat, today))
}

/// Shows answers that go round, and takes back the one that is chosen. They come from elsewhere: a
/// pair that answers settle is not asked about.
fn resolve(app: &mut App, round: &[Id]) {
    let title = |id: &Id| detail::linked(app.reading(), id);
    let way = round.iter().map(title).collect::<Vec<_>>().join(" before ");
    let pairs = round.windows(2).filter_map(|pair| {
        let [item, over] = pair else { return None };
        Some((item, over, decision(app.workspace(), item, over)?))
    });
    let mut choices: Vec<Choice> = ('1'..='9')
        .zip(pairs)
        .map(|(key, (item, over, id))| {
            let words = format!("{} before {}", title(item), title(over));
            let back = format!("taken back: {words}");
            let run = move |app: &mut App| {
                let op = Op::set(&id, Field::Ended, Value::text(RESOLVED));
                if app.commit(back.clone(), op) {
                    begin(app);
                }
            };
            Choice::new(key, format!("take back: {words}"), "", Rc::new(run))
        })
        .collect();
    let leave = Rc::new(|app: &mut App| ask(app, &[]));
    choices.push(Choice::new('c', "leave it", "the score decides among them", leave));
    let about = vec![way];
    let title = "These answers contradict each other".to_owned();
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}
