//! What a person may have their own way: keys, colours, symbols, how a day is written.

use crate::story::{Story, today};
use ratatui::buffer::Buffer;
use std::fs;
use std::path::Path;
use twohats::app::help::HelpLine;
use twohats::app::key::Key;
use twohats::app::keymap::Keymap;
use twohats::app::preferences::{DateFormat, Preferences};
use twohats::app::{App, Session, Window};
use twohats::view::{self, LOOKS, Theme, frame};
use twohats::workspace::{Field, Record, Value};

/// The keys of the rows, but for these actions.
fn rebound(keys: &[(&str, &str)]) -> Preferences {
    let keys: Vec<_> = keys.iter().map(|(id, keys)| (*id, [Key::typed(keys).unwrap()])).collect();
    let of = |id: &str| keys.iter().find(|(own, _)| *own == id).map(|(_, keys)| keys.as_slice());
    Preferences { keymap: Keymap::rebound(|action| of(action.id)), ..Preferences::default() }
}

#[test]
fn a_key_that_is_rebound_works_and_every_word_names_it() {
    let mut story = Story::of("a / [b] c");
    let preferences = rebound(&[("undo", "U"), ("move-down", "ctrl-x j"), ("help", "f")]);
    story.app =
        std::mem::replace(&mut story.app, App::new(Session::default(), 7)).preferring(preferences);
    story.press("<ctrl-x>j");
    assert_eq!(story.picture(), "a / c [b]");
    assert!(story.says().ends_with("· U takes it back"), "{}", story.says());
    story.press("u");
    assert_eq!(story.says(), "u does nothing here · f lists the keys");
    assert_eq!(story.press("U").picture(), "a / [b] c");
    story.press("f");
    let Some(Window::Help(help)) = story.app.window() else { panic!("no help") };
    let shown = |wanted: &str| {
        let is = |line: &HelpLine| matches!(line, HelpLine::Key { keys, .. } if keys == wanted);
        help.lines.iter().any(is)
    };
    assert!(shown("U") && shown("ctrl-x j") && !shown("u"));
}

#[test]
fn a_day_is_written_as_the_person_likes() {
    let due = Value::Date(today());
    let dress = move |_: &str, record: Record| record.with(Field::Due, due.clone());
    let mut story = Story::with("[a] / b", dress);
    let preferences =
        Preferences { dates: DateFormat::parse("%d.%m.%y").unwrap(), ..Preferences::default() };
    story.app =
        std::mem::replace(&mut story.app, App::new(Session::default(), 7)).preferring(preferences);
    assert!(drawn(&story.app, &Theme::mono()).1.contains("22.11.26"));
}

#[test]
fn what_of_the_configuration_does_not_count_is_in_the_banner() {
    let mut story = Story::of("[a] / b");
    let problems = vec!["config.toml:1:9: theme “drak” is not known".to_owned()];
    story.app = std::mem::replace(&mut story.app, App::new(Session::default(), 7))
        .preferring(Preferences { problems, ..Preferences::default() });
    assert!(drawn(&story.app, &Theme::mono()).1.contains("theme “drak” is not known"));
    story.press("!");
    assert!(drawn(&story.app, &Theme::mono()).1.contains("the configuration"));
    story.press("<esc>");
    assert!(!drawn(&story.app, &Theme::mono()).1.contains("drak"));
}

fn drawn(app: &App, theme: &Theme) -> (Buffer, String) {
    let mut buf = Buffer::empty(app.area);
    view::draw(app, theme, &mut buf);
    let text = frame::text(&buf);
    (buf, text)
}

/// Keys that lead to windows, from the board.
const WINDOWS: [&str; 9] = ["", "s", ":", "?", "t", "<enter>", "@", "g", "a"];

#[test]
fn every_theme_draws_every_window_in_its_colours_and_mono_in_none() {
    for look in &LOOKS {
        for keys in WINDOWS {
            let mut story = Story::of("[a] b / c");
            story.press(keys);
            let theme = look.theme();
            let (buf, text) = drawn(&story.app, &theme);
            assert_eq!(text, drawn(&story.app, &Theme::mono()).1, "{} {keys}", look.name);
            let colours =
                buf.content.iter().any(|cell| cell.fg != theme.ink || cell.bg != theme.paper);
            assert_eq!(colours, look.name != "mono", "{} {keys}", look.name);
        }
    }
}

#[test]
fn in_ascii_all_that_is_not_the_persons_own_is_ascii() {
    for keys in WINDOWS {
        let mut story = Story::of("[a] b | c / d e");
        story.press("]o[").press(keys);
        let (buf, text) = drawn(&story.app, &Theme::colour().plain(true));
        assert!(buf.content.iter().all(|cell| cell.symbol().is_ascii()), "{keys}:\n{text}");
    }
    let mut story = Story::of("[Überweisung] / b");
    story.press("j");
    assert!(drawn(&story.app, &Theme::colour().plain(true)).1.contains("Überweisung"));
}

#[test]
fn every_symbol_of_the_program_has_a_plain_one() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for folder in ["workspace", "scoring", "insight", "app", "view", "config"] {
        each_file(&source.join(folder), &mut |path, text| {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            for c in code.flat_map(str::chars).filter(|c| !c.is_ascii()) {
                assert!(view::plain(&c.to_string()).is_some(), "{c} of {}", path.display());
            }
        });
    }
}

fn each_file(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_file(&path, see);
        } else {
            see(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
