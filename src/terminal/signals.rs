//! Signals: an end that loses nothing, a stop that gives the terminal back, a window of another
//! size.

use super::ledger::Ledger;
use super::screen;
use super::session::Event;
use super::work::Work;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{
    SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTOU, SIGWINCH, SIGXFSZ,
};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// How long an end waits for the disk, and again for the terminal.
pub const GRACE: Duration = Duration::from_secs(2);

/// Whether another program has the terminal.
static HOSTING: AtomicBool = AtomicBool::new(false);

/// Lets another program have the terminal, and the signals of its keys, while `run` runs.
pub fn hosting<T>(run: impl FnOnce() -> T) -> T {
    HOSTING.store(true, Ordering::SeqCst);
    let result = run();
    HOSTING.store(false, Ordering::SeqCst);
    result
}

/// What an end from here sees to.
#[derive(Clone)]
pub struct Farewell {
    /// What is still to be kept.
    pub work: Arc<Work>,
    /// Where the edits are that cannot be.
    pub ledger: Ledger,
    /// The workspace, as it is named.
    pub path: String,
}

/// Listens for signals from now on.
///
/// # Errors
/// The system refuses.
pub fn listen(events: Sender<Event>, farewell: Farewell) -> io::Result<()> {
    outlive_file_limit()?;
    // Giving the terminal back from the background is refused, not a reason to stop for ever.
    signal_hook::flag::register(SIGTTOU, Arc::new(AtomicBool::new(false)))?;
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let watch = move || {
        for signal in signals.forever() {
            let _ = match signal {
                // Meant for the program that has the terminal.
                SIGINT | SIGQUIT if HOSTING.load(Ordering::SeqCst) => Ok(()),
                // The session waits for that program and can't stop by itself.
                SIGTSTP if HOSTING.load(Ordering::SeqCst) => {
                    let _ = stop();
                    Ok(())
                }
                SIGTSTP => events.send(Event::Stop),
                SIGCONT => events.send(Event::GoOn),
                SIGWINCH => events.send(Event::Window),
                signal => farewell.end(signal),
            };
        }
    };
    thread::Builder::new().name("signals".into()).spawn(watch)?;
    Ok(())
}

/// Makes a write beyond a limit on file sizes an error that is reported, not the end. Rust does
/// the same for broken pipes.
///
/// # Errors
/// The system refuses.
pub fn outlive_file_limit() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(drop)
}

/// Watches over the terminal: one that goes away sends its signal only to those it controls, and
/// who reads keys from it then reads without an end.
///
/// # Errors
/// The system refuses.
pub fn listen_for_hang_up(farewell: Farewell) -> io::Result<()> {
    let watch = move || {
        if is_hung_up(None) {
            farewell.end(SIGHUP);
        }
    };
    thread::Builder::new().name("hang-up".into()).spawn(watch).map(drop)
}

/// Whether the terminal is gone, or goes away in this time; where there is none, whenever.
fn is_hung_up(within: Option<&Timespec>) -> bool {
    let keyboard = io::stdin();
    loop {
        // A hang-up is told without being asked for.
        let mut watched = [PollFd::new(&keyboard, PollFlags::empty())];
        match poll(&mut watched, within) {
            Err(Errno::INTR) => {}
            told => return told.is_ok() && watched[0].revents().contains(PollFlags::HUP),
        }
    }
}

/// Whether the terminal is gone by now.
pub fn is_gone() -> bool {
    is_hung_up(Some(&Timespec::default()))
}

impl Farewell {
    /// Ends the program from here: after a hang-up the terminal is gone, and a thread that reads
    /// from it never comes back.
    fn end(&self, signal: i32) -> ! {
        let settled = self.work.finish(GRACE);
        give_back();
        if let Err(unsaved) = settled {
            super::complain(&super::lacks(&self.path, &unsaved, &self.ledger));
        }
        std::process::exit(128 + signal)
    }
}

/// Gives the terminal back, unless it takes nothing any more: after Ctrl-S, say.
fn give_back() {
    let (done, left) = channel();
    let leave = move || {
        screen::leave();
        let _ = done.send(());
    };
    if thread::Builder::new().spawn(leave).is_ok() {
        let _ = left.recv_timeout(GRACE);
    }
}

/// Whether somebody could make a stopped program go on: a shell that runs it as a job of its own.
pub fn can_stop() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops this program and what it was started by in the same job: a stopped program behind a
/// wrapper that is not stopped would leave the shell waiting. It may run on for a moment.
///
/// # Errors
/// The system refuses.
pub fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Whether the terminal is ours: not after `bg`.
pub fn in_foreground() -> bool {
    rustix::termios::tcgetpgrp(io::stdout()).is_ok_and(|group| group == getpgrp())
}
