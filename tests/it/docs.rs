//! The pages people read first are true: each command in them is run, and each picture drawn anew.
//!
//! In a page a `console` block holds commands, each after `$ `, and what they print. A paragraph
//! that begins with "Press" presses the keys it names, and a `screen` block is the screen after
//! that. Both work on the same workspace, in a folder of their own, and the day is always the same.

use super::docs_format::with_fields;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};
use tempfile::TempDir;
use twohats::app::key::{Code, Key};
use twohats::app::{App, Effect, Msg, Session};
use twohats::store::WorkspaceFile;
use twohats::view::{self, Theme, frame};
use twohats::workspace::Date;

/// Pages that show commands or pictures.
const PAGES: [&str; 3] = ["README.md", "docs/GUIDE.md", "docs/FORMAT.md"];

/// The day on which the example makes sense.
const TODAY: &str = "2026-11-22";

/// Columns and rows of the screen.
const SIZE: (u16, u16) = (80, 20);

/// What stands for every id made at random.
const SOME_ID: &str = "x4m8k2t6q0";

const EXAMPLE: &str = include_str!("../../examples/ledgerly.json");

#[test]
fn the_pages_show_what_the_program_does() {
    for name in PAGES {
        let page = fs::read_to_string(root().join(name)).unwrap();
        settle(name, &Reader::default().read(&with_fields(&page)));
    }
}

#[test]
fn the_board_on_the_pages_is_the_one_of_the_example() {
    let picture = Desk::default().run("twohats picture --format svg -f examples/ledgerly.json");
    settle("docs/board.svg", &picture);
}

#[test]
fn what_a_package_installs_beside_the_program_is_what_the_program_prints() {
    let printed = [
        ("twohats.1", "man"),
        ("twohats.bash", "completions bash"),
        ("_twohats", "completions zsh"),
        ("twohats.fish", "completions fish"),
    ];
    for (name, verb) in printed {
        settle(&format!("docs/shell/{name}"), &Desk::default().run(&format!("twohats {verb}")));
    }
}

#[test]
fn every_key_of_the_tour_does_something() {
    let steps = fs::read_to_string(root().join("docs/tour.keys")).unwrap();
    let steps = steps.lines().filter(|line| !line.starts_with('#'));
    let steps = steps.filter_map(|line| Some(line.split_once('\t')?.1));
    let desk = Desk::default();
    desk.run("twohats init --example");
    let mut screen = Screen::open(&desk);
    for (number, step) in steps.enumerate() {
        let before = screen.picture();
        screen.press(step.trim_matches(['<', '>']));
        let told = number == 0 || screen.picture() != before;
        assert!(told, "{step} changes nothing: `.ci/tour` draws docs/tour.gif");
    }
    assert!(fs::metadata(root().join("docs/tour.gif")).unwrap().len() < 1_000_000);
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.chain([root().join("README.md"), root().join("CHANGELOG.md")]);
    for page in pages.filter(|path| path.extension().is_some_and(|end| end == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            let there = file.is_empty() || page.with_file_name(file).exists();
            assert!(link.starts_with("http") || there, "{}: {link}", page.display());
        }
    }
}

/// The page or picture of this name has to be `fresh`, or is made so.
#[track_caller]
fn settle(name: &str, fresh: &str) {
    let path = root().join(name);
    if env::var_os("TWOHATS_WRITE_DOCS").is_some() {
        fs::write(&path, fresh).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(fresh.lines()).find(|(kept, fresh)| kept != fresh);
    assert!(
        kept == fresh,
        "{name} is stale; make it anew with: TWOHATS_WRITE_DOCS=1 cargo test --test it pages\n{differs:#?}"
    );
}

/// Where the repository is.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads a page from top to bottom and does what it says.
#[derive(Default)]
struct Reader {
    desk: Desk,
    screen: Option<Screen>,
    fresh: String,
}

impl Reader {
    /// The page as it should be.
    fn read(mut self, page: &str) -> String {
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            self.put(line);
            if let Some(info) = line.strip_prefix("```") {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                self.block(info, &block);
                self.put("```");
            } else if line.starts_with("Press ") {
                let rest: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
                rest.iter().for_each(|line| self.put(line));
                self.put("");
                self.press(&format!("{line} {}", rest.join(" ")));
            }
        }
        self.fresh
    }

    fn put(&mut self, line: &str) {
        self.fresh.push_str(line);
        self.fresh.push('\n');
    }

    fn block(&mut self, info: &str, block: &[&str]) {
        if info == "console" {
            // Who types commands has left the screen.
            self.screen = None;
            for line in block.iter().filter(|line| line.starts_with("$ ")) {
                self.put(line);
                let printed = self.desk.run(&line[2..]);
                self.fresh.push_str(&printed);
            }
        } else if info == "screen" {
            let picture = self.screen.as_ref().expect("nothing was pressed yet").picture();
            self.fresh.push_str(&picture);
        } else {
            block.iter().for_each(|line| self.put(line));
        }
    }

    /// Presses what stands between backticks.
    fn press(&mut self, paragraph: &str) {
        let screen = self.screen.get_or_insert_with(|| Screen::open(&self.desk));
        for keys in paragraph.split('`').skip(1).step_by(2) {
            screen.press(keys);
        }
    }
}

/// A folder with the example in it, and the program at hand.
pub struct Desk {
    folder: TempDir,
}

impl Default for Desk {
    fn default() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bin", "home", "work/examples"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        let program = env!("CARGO_BIN_EXE_twohats");
        let on_the_day = format!("#!/bin/sh\nexec '{program}' \"$@\" --as-of {TODAY}\n");
        let desk = Self { folder };
        let script = desk.path("bin/twohats");
        fs::write(&script, on_the_day).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(desk.path("work/examples/ledgerly.json"), EXAMPLE).unwrap();
        desk
    }
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a command prints, on stdout and stderr alike.
    pub fn run(&self, line: &str) -> String {
        let paths = env::split_paths(&env::var_os("PATH").unwrap()).collect::<Vec<_>>();
        let path = env::join_paths([self.path("bin")].into_iter().chain(paths)).unwrap();
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("exec 2>&1; {line}")).stdin(Stdio::null());
        command.current_dir(self.path("work")).env_clear();
        command.env("PATH", path).env("HOME", self.path("home")).env("LC_ALL", "C.UTF-8");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ana");
            command.env(format!("GIT_{role}_EMAIL"), "ana@ledgerly.example");
        }
        let output = command.output().unwrap();
        self.repeatable(String::from_utf8(output.stdout).unwrap())
    }

    /// The text with one id in place of each that was made since.
    fn repeatable(&self, text: String) -> String {
        let file = fs::read_to_string(self.path("work/twohats.json")).unwrap_or_default();
        let ids = file.split("{\"id\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        let made = ids.filter(|id| !EXAMPLE.contains(*id));
        made.fold(text, |text, id| text.replace(id, SOME_ID))
    }
}

/// The screen on `twohats.json`, without a terminal.
struct Screen {
    app: App,
    file: WorkspaceFile,
    today: Date,
}

impl Screen {
    fn open(desk: &Desk) -> Self {
        let (opened, file) = WorkspaceFile::open(&desk.path("work/twohats.json")).unwrap();
        let session =
            Session { path: "twohats.json".into(), content: opened.content, ..Session::default() };
        let mut screen = Self { app: App::new(session, 0), file, today: TODAY.parse().unwrap() };
        screen.tell(Msg::Resize { width: SIZE.0, height: SIZE.1 });
        screen
    }

    /// Presses the one key of this name, or key after key.
    fn press(&mut self, keys: &str) {
        let named = Key::parse(&keys.to_lowercase()).filter(|_| keys.chars().count() > 1);
        let typed = keys.chars().map(|c| Key::plain(Code::Char(c)));
        let keys = named.map_or_else(|| typed.collect(), |key| vec![key]);
        keys.into_iter().for_each(|key| self.tell(Msg::Key(key)));
    }

    fn tell(&mut self, msg: Msg) {
        for effect in self.app.update(msg, self.today) {
            if let Effect::Save { revision, content, .. } = effect {
                let base = self.file.content().clone();
                self.file.sync(&base, &content).unwrap();
                self.tell(Msg::Saved { revision, result: Ok(content) });
            }
        }
    }

    fn picture(&self) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        view::draw(&self.app, &Theme::colour(), &mut buf);
        frame::text(&buf).trim_end().to_owned() + "\n"
    }
}
