//! What a person sets: the verb `config`, and the page that shows all that can be set.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use twohats::config::{Config, File, Layer, Outside, ROWS};

/// A home with a workspace in a project.
struct Home(TempDir);

impl Home {
    fn new(user: &str, project: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        for (path, text) in [(home.user(), user), (home.project(), project)] {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if !text.is_empty() {
                fs::write(path, text).unwrap();
            }
        }
        home
    }

    fn user(&self) -> PathBuf {
        self.0.path().join("settings/twohats/config.toml")
    }

    fn project(&self) -> PathBuf {
        self.0.path().join("project/.twohats.toml")
    }

    fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_twohats"));
        let folder = self.0.path().join("project");
        command.args(args.split_whitespace()).current_dir(folder).env_clear();
        command.env("HOME", self.0.path()).env("XDG_CONFIG_HOME", self.0.path().join("settings"));
        command.args(["-f", "w.json"]);
        command
    }

    fn run(&self, args: &str) -> Output {
        self.command(args).output().unwrap()
    }

    fn json(&self, args: &str) -> Value {
        let ran = self.run(&format!("config show --json {args}"));
        assert!(ran.status.success(), "{ran:?}");
        serde_json::from_slice(&ran.stdout).unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn every_value_says_who_gave_it() {
    let home =
        Home::new("theme = \"dark\"\nmouse = false\n", "ascii = true\n[keys.lists]\nadd = \"Q\"");
    let all = home.json("--theme light");
    assert_eq!(all["theme"]["value"], "light");
    assert_eq!(all["theme"]["source"]["name"], "--theme");
    assert_eq!(all["mouse"]["source"]["kind"], "user");
    assert_eq!(all["mouse"]["source"]["line"], 2);
    assert_eq!(all["ascii"]["source"]["kind"], "project");
    assert_eq!(all["date_format"]["source"]["kind"], "default");
    assert_eq!(all["keys"][0]["id"], "add");
    let ran = home.command("config --json").env("TWOHATS_THEME", "mono").output().unwrap();
    let all: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(all["theme"]["source"]["name"], "TWOHATS_THEME");
    let shown = text(&home.run("config").stdout);
    assert!(shown.contains("theme           \"dark\""), "{shown}");
    assert!(shown.contains(".twohats.toml:3:7"), "{shown}");
}

#[test]
fn the_files_are_named_also_where_they_are_not_there() {
    let home = Home::new("", "mouse = true");
    let shown = text(&home.run("config path").stdout);
    assert!(shown.contains("project/.twohats.toml\n"), "{shown}");
    assert!(shown.contains("settings/twohats/config.toml  not there"), "{shown}");
    let ran = home.run("config path --json");
    let rows: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(rows[0]["exists"], true);
    assert_eq!(rows[1]["layer"], "user");
}

#[test]
fn a_check_names_the_place_of_all_that_is_wrong_and_ends_with_1() {
    let good = Home::new("theme = \"dark\"", "").run("config check");
    assert_eq!((good.status.code(), text(&good.stdout)), (Some(0), String::new()));
    let home = Home::new("theme = \"drak\"\n", "[keys.lists]\nadd = \"Q\"\nlast = \"Q\"\n");
    let ran = home.run("config check");
    let shown = text(&ran.stdout);
    assert_eq!(ran.status.code(), Some(1));
    let (user, project) = (home.user().display().to_string(), home.project().display().to_string());
    assert!(shown.contains(&format!("{user}:1:9: theme “drak”")), "{shown}");
    assert!(
        shown.contains(&format!("{project}:3:8: Q is `add` already, {project}:2:7")),
        "{shown}"
    );
    assert!(text(&ran.stderr).contains("2 things"));
}

#[test]
fn a_file_that_is_no_text_is_said_and_stops_nothing() {
    let home = Home::new("x", "");
    fs::write(home.user(), [0xff, 0xfe]).unwrap();
    let ran = home.run("keys");
    assert_eq!(ran.status.code(), Some(0));
    assert!(text(&ran.stderr).contains("UTF-8"), "{ran:?}");
    assert!(text(&ran.stdout).contains("ctrl-d"));
}

#[test]
fn keys_in_force_are_listed_and_pressed() {
    let home = Home::new("[keys.lists]\nadd = \"Q\"\n", "");
    assert!(text(&home.run("keys").stdout).contains("\nQ "));
    home.run("init --name Ledgerly --quiet");
    let picture = text(&home.run("picture --size 60x16").stdout);
    assert!(picture.contains("Q adds the first item"), "{picture}");
    let picture = text(&home.run("picture --size 60x16 --keys Qmov").stdout);
    assert!(picture.contains("mov"), "{picture}");
}

#[test]
fn a_picture_has_the_symbols_and_colours_that_were_asked_for() {
    let home = Home::new("", "");
    home.run("init --name Ledgerly --quiet");
    let picture = text(&home.run("picture --ascii").stdout);
    assert!(picture.is_ascii() && picture.contains("+---"), "{picture}");
    let svg = text(&home.run("picture --format svg --theme light").stdout);
    assert!(svg.contains(r##"rx="8" fill="#ffffff""##), "{svg}");
    assert_eq!(home.run("picture --theme drak").status.code(), Some(2));
}

/// The blocks of TOML on the page.
fn blocks() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CONFIG.md");
    let page = fs::read_to_string(path).unwrap();
    let blocks = page.split("```toml\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_page_shows_every_setting_with_the_value_it_has_unless_told_otherwise() {
    let [settings, keys] = &blocks()[..] else { panic!("two examples") };
    let read = |text: &str| {
        let file = File { layer: Layer::User, path: "CONFIG.md".into(), text: text.to_owned() };
        Config::of(&Outside { files: vec![file], ..Outside::default() })
    };
    let all = read(settings);
    assert_eq!(all.problems, []);
    assert_eq!(all.sources.len(), ROWS.len(), "a setting is not on the page");
    for row in &ROWS {
        assert_eq!(row.show(&all.settings), row.show(&Config::default().settings), "{}", row.key);
    }
    let keys = read(keys);
    assert_eq!(keys.problems, []);
    assert!(keys.rebindings.len() > 5);
}
