//! What a person may have their own way: keys, colours, symbols, how a day is written.

use crate::story::Story;
use twohats::app::help::HelpLine;
use twohats::app::key::Key;
use twohats::app::keymap::Keymap;
use twohats::app::preferences::Preferences;
use twohats::app::{App, Session, Window};

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
