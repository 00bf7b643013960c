//! Reading keys, only while allowed to. A thread that reads on while the program is suspended,
//! or while an editor has the terminal, would steal the keys meant for somebody else; so each
//! batch needs a permit, and the session gives the next one when it is done with the last.

use super::session::Event;
use super::translate::message;
use crate::app::Msg;
use ratatui::crossterm::event;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Events read in one go at most.
const MOST: usize = 256;

/// Leave to read one batch.
#[derive(Debug)]
struct Permit;

/// The thread that reads, as the session holds it.
#[derive(Debug)]
pub struct Input {
    events: Sender<Event>,
    /// None before the first: the thread is started by it.
    permits: Option<Sender<Permit>>,
    reading: bool,
}

impl Input {
    /// Nothing is read yet. Batches go to `events`.
    pub fn new(events: Sender<Event>) -> Self {
        Self { events, permits: None, reading: false }
    }

    /// Lets it read one batch, unless it may already.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn allow(&mut self) -> io::Result<()> {
        if self.reading {
            return Ok(());
        }
        let permits = match self.permits.take() {
            Some(permits) => permits,
            None => start(self.events.clone())?,
        };
        self.reading = permits.send(Permit).is_ok();
        self.permits = Some(permits);
        Ok(())
    }

    /// A batch came: its permit is used up.
    pub fn came(&mut self) {
        self.reading = false;
    }
}

/// Starts the thread, which waits for its first permit.
fn start(events: Sender<Event>) -> io::Result<Sender<Permit>> {
    let (permits, allowed) = channel();
    thread::Builder::new().name("input".into()).spawn(move || read(&allowed, &events))?;
    Ok(permits)
}

fn read(allowed: &Receiver<Permit>, events: &Sender<Event>) {
    let ready = || event::poll(Duration::ZERO);
    let next = || {
        let next = event::read()?;
        let focus = match next {
            event::Event::FocusGained => Some(Event::Focus),
            event::Event::FocusLost => Some(Event::Blur),
            _ => None,
        };
        focus.into_iter().for_each(|focus| drop(events.send(focus)));
        Ok(next)
    };
    while let Ok(Permit) = allowed.recv() {
        let (event, over) = match batch(next, ready) {
            Ok(messages) => (Event::Input(messages), false),
            Err(error) => (Event::Deaf(error), true),
        };
        if events.send(event).is_err() || over {
            return;
        }
    }
}

/// Waits for something that means something, then takes what is there already: a held key is
/// drawn once, not key by key.
fn batch(
    mut next: impl FnMut() -> io::Result<event::Event>,
    mut ready: impl FnMut() -> io::Result<bool>,
) -> io::Result<Vec<Msg>> {
    let mut messages = Vec::new();
    while messages.is_empty() {
        messages.extend(message(next()?));
        for _ in 1..MOST {
            if !ready()? {
                break;
            }
            messages.extend(message(next()?));
        }
    }
    Ok(messages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{KeyCode, KeyModifiers, MouseEvent, MouseEventKind};
    use std::cell::RefCell;
    use std::collections::VecDeque;

    fn batches(events: impl IntoIterator<Item = event::Event>) -> Vec<usize> {
        let queue = RefCell::new(events.into_iter().collect::<VecDeque<_>>());
        let next = || queue.borrow_mut().pop_front().ok_or(io::ErrorKind::UnexpectedEof.into());
        let ready = || Ok(!queue.borrow().is_empty());
        std::iter::from_fn(|| batch(next, ready).ok().map(|batch| batch.len())).collect()
    }

    fn key() -> event::Event {
        event::Event::Key(event::KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE))
    }

    fn motion() -> event::Event {
        let (kind, modifiers) = (MouseEventKind::Moved, KeyModifiers::NONE);
        event::Event::Mouse(MouseEvent { kind, column: 1, row: 1, modifiers })
    }

    #[test]
    fn keys_that_wait_come_together_but_not_without_end() {
        assert_eq!(batches(std::iter::repeat_n(key(), 200)), [200]);
        assert_eq!(batches(std::iter::repeat_n(key(), 600)), [256, 256, 88]);
    }

    #[test]
    fn motions_of_the_mouse_wake_nobody() {
        assert_eq!(batches([motion(), motion(), motion()]), [0_usize; 0]);
        let moved = std::iter::repeat_n(motion(), 300);
        assert_eq!(batches(moved.chain([key()])), [1]);
    }
}
