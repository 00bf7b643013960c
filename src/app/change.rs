//! Changing the workspace from the app: done, logged, saved and said, or refused with a reason.

use super::actions::trade;
use super::views::View;
use super::windows::{Begun, overtake};
use super::{App, Message, detail, sprint};
use crate::workspace::{Change, Op, Refusal, Step, Workspace, late};

impl App {
    /// Why the last change was not made, where it was not.
    pub(crate) fn refusal(&self) -> Option<String> {
        match &self.message {
            Some(Message::Refused(why)) => Some(why.clone()),
            _ => None,
        }
    }

    /// Does a change, saves it and says so. Whether it was done; an empty one is not.
    pub(crate) fn commit(&mut self, words: impl Into<String>, op: Op) -> bool {
        let begun = self.windows.begun().cloned();
        self.commit_from(begun, words, op)
    }

    /// The same with a change of this content, which is brought together with what came in since.
    pub(super) fn commit_from(&mut self, begun: Begun, words: impl Into<String>, op: Op) -> bool {
        if let Some(reason) = self.locked() {
            let reason = format!("nothing can be changed: {reason}");
            self.refuse(reason);
            return false;
        }
        if op.is_nothing() {
            return false;
        }
        let words = words.into();
        self.board.freeze(self.document.workspace());
        let op = match begun {
            Some(begun) => late(&Workspace::new(begun), self.workspace(), op),
            None => op,
        };
        let op = sprint::change::dated(self.workspace(), op, self.today);
        let (op, is_traded) = trade::decided(self, op);
        let change = Change { words: words.clone(), hat: self.board.hat, op };
        match self.document.commit(change) {
            Ok(step) => {
                let step = step.clone();
                self.changed(step);
                let undo = self.key("undo");
                let why = self.key("banner");
                let why = is_traded.then(|| format!(" · against the plan: {why} says why"));
                let (why, dates) = (why.unwrap_or_default(), self.moved_dates());
                self.say(format!("{words}{why}{dates} · {undo} takes it back"));
                true
            }
            Err(refusal) => {
                let words = self.worded(&refusal);
                self.refuse(words);
                false
            }
        }
    }

    /// A refusal with titles in the place of ids.
    fn worded(&self, refusal: &Refusal) -> String {
        let Refusal::Cycle(ids) = refusal else { return refusal.to_string() };
        let titles: Vec<String> = ids.iter().map(|id| detail::linked(self.reading(), id)).collect();
        format!("that would go round: {}", titles.join(" → "))
    }

    /// Something else is about to change the workspace: what is begun was begun on this one.
    pub(super) fn overtake(&mut self) {
        let content = self.workspace().content().clone();
        let meant = self.meant();
        self.windows.overtake(&content, meant);
        let draft = self.draft.as_mut().map(|draft| &mut draft.begun);
        let edited = self.edited.as_mut().map(|edited| &mut edited.begun);
        draft.into_iter().chain(edited).for_each(|begun| overtake(begun, &content));
    }

    /// Keeps and saves what was just changed, undone or redone.
    pub(super) fn changed(&mut self, step: Step) {
        if let View::CheckIn(view) = &mut self.view {
            view.note(self.today, &step);
        }
        self.windows.follow(&step.op);
        self.keep(step);
        self.refresh();
    }
}
