//! What lies over the board, and the workspace each of it was begun on: what is typed while something
//! else changes the file is meant for what stood there before.

use super::Window;
use crate::workspace::{Content, Document, Id, Op, Workspace};

/// The windows that are open, the topmost last.
#[derive(Debug, Default)]
pub struct Windows {
    open: Vec<(Window, Begun)>,
    /// That of those that were closed since the last message.
    left: Begun,
    /// What they were opened for, where something else came in since.
    meant: Option<Meant>,
}

/// What a key is meant for: the records that are selected or under the cursor, and the metric.
pub(super) type Meant = (Vec<Id>, Option<String>);

/// The workspace that something was begun on, with what the person did since; nothing as long as
/// nothing else came in.
pub(super) type Begun = Option<Content>;

/// Says of something begun that another change comes into this content.
pub(super) fn overtake(begun: &mut Begun, content: &Content) {
    begun.get_or_insert_with(|| content.clone());
}

impl Windows {
    /// Opens a window on what stands there now.
    pub(super) fn push(&mut self, window: Window) {
        self.reopen(window, None);
    }

    /// Opens a window again that was begun on something else.
    pub(super) fn reopen(&mut self, window: Window, begun: Begun) {
        self.open.push((window, begun));
    }

    /// Opens the window again that was closed just now.
    pub(super) fn put_back(&mut self, window: Window) {
        let begun = self.left.take();
        self.reopen(window, begun);
    }

    /// Closes the topmost one.
    pub(super) fn pop(&mut self) -> Option<Window> {
        let (window, begun) = self.open.pop()?;
        // The one below was begun before.
        self.left = begun.or(self.left.take());
        Some(window)
    }

    /// Closes all.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The topmost one.
    pub fn last(&self) -> Option<&Window> {
        self.open.last().map(|(window, _)| window)
    }

    /// The topmost one, to work in it.
    pub(super) fn last_mut(&mut self) -> Option<&mut Window> {
        self.open.last_mut().map(|(window, _)| window)
    }

    /// All of them, to work in them.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Window> {
        self.open.iter_mut().map(|(window, _)| window)
    }

    /// All of them, the topmost last.
    pub fn iter(&self) -> impl Iterator<Item = &Window> {
        self.open.iter().map(|(window, _)| window)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Another change comes into this content, where this is meant.
    pub(super) fn overtake(&mut self, content: &Content, meant: Meant) {
        self.open.iter_mut().for_each(|(_, begun)| overtake(begun, content));
        if !self.open.is_empty() {
            self.meant.get_or_insert(meant);
        }
    }

    /// Whether something else is meant now than when they were opened, since that is gone. From
    /// now on it is this.
    pub(super) fn stray(&mut self, now: &Meant) -> bool {
        self.meant.as_mut().is_some_and(|meant| std::mem::replace(meant, now.clone()) != *now)
    }

    /// What the change that is made now was begun on, where something came in since: one is made
    /// in the window that was just closed, for the one below, or in that.
    pub(super) fn begun(&self) -> Option<&Content> {
        self.open.iter().find_map(|(_, begun)| begun.as_ref()).or(self.left.as_ref())
    }

    /// What the window that was just closed was begun on.
    pub(super) fn left(&mut self) -> Begun {
        self.left.take()
    }

    /// The person changed this: they know of it in every window.
    pub(super) fn follow(&mut self, op: &Op) {
        let begun = self.open.iter_mut().map(|(_, begun)| begun).chain([&mut self.left]);
        for content in begun.flatten() {
            let mut document = Document::new(Workspace::new(content.clone()));
            // What is not there is not known there, and stays so.
            if document.adopt(op.clone()).is_ok() {
                *content = document.workspace().content().clone();
            }
        }
    }

    /// A message is dealt with.
    pub(super) fn settle(&mut self) {
        self.left = None;
        if self.open.is_empty() {
            self.meant = None;
        }
    }
}
