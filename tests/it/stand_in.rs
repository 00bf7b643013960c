//! A program that shows what it is told, to try the terminal with. It runs in this very test
//! binary, started once more on a pseudo-terminal.

use portable_pty::CommandBuilder;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use std::path::{Path, PathBuf};
use std::{env, fs, process};
use twohats::app::key::Key;
use twohats::app::preferences::Preferences;
use twohats::app::{Arrival, Effect, Memory, Msg, SaveProblem, Session};
use twohats::terminal::{self, Ask, Keeper, Ledger, Options, Program, Save};
use twohats::view::Theme;
use twohats::workspace::{Content, Date, Step};

/// Where the stand-in keeps what it saves. Its folder is also where a report goes.
const FILE: &str = "STAND_IN_FILE";

/// The arguments that make this test binary the stand-in.
pub const ARGUMENTS: [&str; 4] = ["stand_in::plays", "--exact", "--ignored", "--nocapture"];

/// The command that runs the stand-in with `file`.
pub fn command(file: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env::current_exe().unwrap());
    command.args(ARGUMENTS);
    equip(&mut command, file);
    command
}

/// Gives a command what the stand-in expects of its surroundings.
pub fn equip(command: &mut CommandBuilder, file: &Path) {
    command.env(FILE, file);
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    command.env_remove("TMUX");
}

/// Shows how many keys came, the last one, the size, and how saving goes.
struct StandIn {
    keys: usize,
    last: String,
    size: (u16, u16),
    saved: String,
    typing: bool,
    revision: u64,
}

impl StandIn {
    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.keys += 1;
        self.last = key.to_string();
        match self.last.as_str() {
            "q" => vec![Effect::Quit],
            "s" => vec![self.save(false)],
            "x" => vec![self.save(false), Effect::Quit],
            "y" => vec![Effect::Copy("k7f3q9".into())],
            "i" => {
                self.typing = !self.typing;
                Vec::new()
            }
            "ctrl-z" => vec![Effect::Suspend],
            "ctrl-l" => vec![Effect::Redraw],
            "!" => panic!("a fault"),
            _ => Vec::new(),
        }
    }

    fn save(&mut self, force: bool) -> Effect {
        self.revision += 1;
        self.saved = "saving".into();
        let content = Content::default();
        Effect::Save { revision: self.revision, heard: 0, content, force }
    }
}

impl Program for StandIn {
    fn update(&mut self, msg: Msg, today: Date) -> Vec<Effect> {
        assert_eq!(today, Date::constant(2026, 11, 22));
        match msg {
            Msg::Key(key) => return self.press(key),
            Msg::Paste(text) => self.last = text.replace('\n', "|"),
            Msg::Mouse(mouse) => self.last = format!("{:?} {}", mouse.kind, mouse.column),
            Msg::Resize { width, height } => self.size = (width, height),
            Msg::Saved { revision, result: Ok(_) } => self.saved = format!("saved {revision}"),
            Msg::Saved { result: Err(_), .. } => self.saved = "NOT SAVED".into(),
            _ => {}
        }
        Vec::new()
    }

    fn draw(&self, buf: &mut Buffer) -> Option<Position> {
        let Self { keys, last, size: (width, height), saved, .. } = self;
        let lines = [format!("{width}x{height} keys {keys}"), last.clone(), saved.clone()];
        for (row, line) in (0..buf.area.height).zip(lines) {
            buf.set_string(0, row, line, Style::new().red().bold());
        }
        Some(Position { x: 2, y: 1 })
    }

    fn wants_caret(&self) -> bool {
        self.typing
    }
}

/// A disk that is as slow as the lock on its file is held, and fails where there is no file.
struct Disk(PathBuf);

impl Disk {
    fn write(&self) -> std::io::Result<()> {
        let disk = fs::OpenOptions::new().write(true).open(&self.0)?;
        disk.lock()?;
        fs::write(&self.0, "kept")
    }
}

impl Keeper for Disk {
    fn save(&mut self, _: &Save) -> Result<Option<Arrival>, SaveProblem> {
        self.write().map(|()| None).map_err(|_| SaveProblem::Failed("no such disk".into()))
    }
    fn ledger(&self) -> Ledger {
        Ledger::default()
    }
    fn settle(&mut self, _: bool) -> Result<(), String> {
        Ok(())
    }
    fn close(&mut self) {}
    fn attend(&mut self, _: Ask) {}
    fn look(&mut self) -> Option<Result<Option<Arrival>, SaveProblem>> {
        None
    }
    fn save_beside(&mut self, _: &Content) -> Result<String, String> {
        Err("not asked for".into())
    }
    fn open(&mut self, _: &str) -> Result<Session, String> {
        Err("not asked for".into())
    }
    fn reload(&mut self) -> Result<Session, String> {
        Err("not asked for".into())
    }
    fn create(&mut self, _: &Content) -> Result<Session, String> {
        Err("not asked for".into())
    }
    fn create_example(&mut self) -> Result<Session, String> {
        Err("not asked for".into())
    }
    fn log(&mut self, _: &Step) {}
    fn remember(&mut self, _: &Memory) {}
}

#[test]
#[ignore = "not a test: the others start it on a terminal of their own"]
fn plays() {
    let Some(file) = env::var_os(FILE).map(PathBuf::from) else { return };
    let options = Options {
        path: "w.json".into(),
        may_be_here: false,
        as_of: Some(Date::constant(2026, 11, 22)),
        colours: terminal::colours_wanted(),
        state: Some(file.with_file_name("reports")),
        theme: Theme::colour(),
        mouse: true,
        preferences: Preferences::default(),
        editor: None,
    };
    let program = StandIn {
        keys: 0,
        last: String::new(),
        size: (0, 0),
        saved: String::new(),
        typing: false,
        revision: 0,
    };
    process::exit(terminal::play(program, Disk(file), &options).into());
}
