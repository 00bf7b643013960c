//! A child on a pseudo-terminal: keys go in, its screen is read as a person would.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// No condition takes as long as this unless it never comes true.
const DEADLINE: Duration = Duration::from_mins(1);

/// What the child has written by now.
#[derive(Default)]
struct Written {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    ended: bool,
    /// Nobody reads on after the next that comes.
    abandoned: bool,
}

/// A child and its terminal.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    written: Arc<(Mutex<Written>, Condvar)>,
}

impl Pty {
    /// Starts `command` on a terminal of this size.
    pub fn spawn(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut parser = vt100::Parser::default();
        parser.screen_mut().set_size(cells(rows), cells(columns));
        let written = Written { parser, ..Written::default() };
        let written = Arc::new((Mutex::new(written), Condvar::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&written);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            loop {
                let length = output.read(&mut chunk).unwrap_or(0);
                let mut written = shared.0.lock().unwrap();
                written.parser.process(&chunk[..length]);
                written.bytes.extend_from_slice(&chunk[..length]);
                written.ended = length == 0 || written.abandoned;
                shared.1.notify_all();
                if written.ended {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, keyboard, child, written }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Sends the child a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    /// Makes the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut written = self.written.0.lock().unwrap();
        written.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn wait(&self, wanted: impl Fn(&vt100::Screen) -> bool) {
        self.wait_written(|written| wanted(written.parser.screen()));
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait(|screen| screen.contents().contains(text));
    }

    /// Waits for the end of the child and of all it wrote.
    #[track_caller]
    pub fn end(&mut self) -> ExitStatus {
        self.wait_written(|written| written.ended);
        self.child.wait().unwrap()
    }

    /// Takes the terminal away, as one that crashes does, and waits for the end of the child; one
    /// that goes on without a terminal is killed.
    pub fn hang_up(&mut self) -> ExitStatus {
        self.written.0.lock().unwrap().abandoned = true;
        self.send("j");
        self.wait_written(|written| written.ended);
        self.end_no_file();
        let another = native_pty_system().openpty(size(80, 24)).unwrap();
        self.keyboard = another.master.take_writer().unwrap();
        self.master = another.master;
        let child = self.pid();
        let (ended, end) = channel::<()>();
        thread::spawn(move || {
            if end.recv_timeout(DEADLINE) == Err(RecvTimeoutError::Timeout) {
                kill_process(child, Signal::KILL).unwrap();
            }
        });
        let status = self.child.wait().unwrap();
        drop(ended);
        status
    }

    /// Else a keyboard that is dropped types the character that ends a file.
    fn end_no_file(&self) {
        let terminal = File::open(self.master.tty_name().unwrap()).unwrap();
        let mut settings = tcgetattr(&terminal).unwrap();
        settings.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&terminal, OptionalActions::Now, &settings).unwrap();
    }

    /// The screen as text.
    pub fn contents(&self) -> String {
        self.written.0.lock().unwrap().parser.screen().contents()
    }

    /// Everything written since the start.
    pub fn bytes(&self) -> Vec<u8> {
        self.written.0.lock().unwrap().bytes.clone()
    }

    /// Frames drawn since the start.
    pub fn frames(&self) -> usize {
        frames(&self.written.0.lock().unwrap())
    }

    /// Waits until so many frames were drawn.
    #[track_caller]
    pub fn wait_frames(&self, wanted: usize) {
        self.wait_written(|written| frames(written) >= wanted);
    }

    /// The terminal's settings in `stty`'s words.
    pub fn settings(&self) -> String {
        let terminal = self.master.tty_name().unwrap();
        let stty = std::process::Command::new("stty").arg("-a").arg("-F").arg(terminal).output();
        String::from_utf8(stty.unwrap().stdout).unwrap()
    }

    #[track_caller]
    fn wait_written(&self, wanted: impl Fn(&Written) -> bool) {
        let until = Instant::now() + DEADLINE;
        let mut written = self.written.0.lock().unwrap();
        while !wanted(&written) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "it never came:\n{}", written.parser.screen().contents());
            written = self.written.1.wait_timeout(written, left).unwrap().0;
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The same command for a terminal: its arguments, surroundings and folder.
pub fn like(command: &std::process::Command) -> CommandBuilder {
    let mut like = CommandBuilder::new(command.get_program());
    like.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => like.env(name, value),
            None => like.env_remove(name),
        }
    }
    if let Some(dir) = command.get_current_dir() {
        like.cwd(dir);
    }
    like
}

fn frames(written: &Written) -> usize {
    written.bytes.windows(8).filter(|bytes| bytes == b"\x1b[?2026l").count()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}
