//! Text that means harm, in every field that holds text: it is shown as marks, on the screen and by
//! every command, and never reaches the terminal as it is.

use super::cli::Home;
use super::screens::Screen;
use serde_json::Value;
use std::collections::BTreeSet;
use twohats::store::{EXAMPLE, format};
use twohats::view::Theme;

/// What ties records together or says what they are; it is left alone where the rest is hostile, as
/// else there would be nothing to show the rest in.
const TIES: [&str; 19] = [
    "id",
    "kind",
    "parent",
    "objective",
    "release",
    "sprint",
    "persona",
    "personas",
    "blocked_by",
    "state",
    "status",
    "start",
    "end",
    "date",
    "due",
    "created",
    "done",
    "from",
    "since",
];

/// Keys that lead to every window and view, from the board.
const KEYS: [&str; 32] = [
    "",
    "]",
    "] j j",
    "s",
    "] s",
    "] enter",
    "enter tab tab",
    "e",
    "] e",
    "p",
    "#",
    "t",
    "@",
    "w",
    "] b",
    "n",
    "A x",
    "a x",
    "g i",
    "g r",
    "g /",
    "/ e",
    "X",
    "] P",
    "N",
    "?",
    ":",
    ": o b j enter",
    ": p e r s enter",
    ": s p r i enter",
    ": p r o d enter",
    "x",
];

/// Characters that act on a terminal or on the text around them without being seen.
fn harmful() -> impl Iterator<Item = char> {
    let ranges = [
        '\0'..='\u{1f}',
        '\u{7f}'..='\u{9f}',
        '\u{200b}'..='\u{200b}',
        '\u{200e}'..='\u{200f}',
        '\u{61c}'..='\u{61c}',
        '\u{2028}'..='\u{202e}',
        '\u{2060}'..='\u{2060}',
        '\u{2066}'..='\u{2069}',
        '\u{feff}'..='\u{feff}',
        '\u{e0000}'..='\u{e007f}',
    ];
    ranges.into_iter().flatten()
}

/// Texts that hold every harmful character between them, and sequences that do something.
fn samples() -> Vec<String> {
    let all: Vec<char> = harmful().collect();
    let mut samples: Vec<String> =
        all.chunks(12).map(|some| some.iter().flat_map(|c| ['a', *c]).collect()).collect();
    samples.extend(
        [
            "\u{1b}]52;c;cm0gLXJmIC8K\u{7}copied",
            "\u{1b}]8;;file:///etc/passwd\u{1b}\\link\u{1b}]8;;\u{1b}\\",
            "\u{1b}[2J\u{1b}[H\u{1b}[31mred\u{9b}0m",
            "\u{1b}P+q544e\u{1b}\\\u{1b}c\r\nrm -rf ~\r",
        ]
        .map(str::to_owned),
    );
    samples
}

/// Puts another sample into each text of a workspace, beginning with the one of this number.
fn spoil(value: &mut Value, key: &str, nth: &mut usize, samples: &[String], ties: bool) {
    match value {
        Value::String(text) if key != "id" && (ties || !TIES.contains(&key)) => {
            *nth += 1;
            *text = format!("{}{text}", samples[*nth % samples.len()]);
        }
        Value::Array(list) => {
            list.iter_mut().for_each(|value| spoil(value, key, nth, samples, ties));
        }
        Value::Object(map) => {
            map.iter_mut().for_each(|(key, value)| spoil(value, key, nth, samples, ties));
        }
        _ => {}
    }
}

/// The example, with every field that holds text in some record, spoilt.
fn spoilt(nth: usize, ties: bool) -> String {
    let mut value: Value = serde_json::from_slice(EXAMPLE).unwrap();
    let item = value["backlog"][0].as_object_mut().unwrap();
    for (key, text) in [
        ("notes", "notes"),
        ("link", "https://example.org"),
        ("x_unknown", "unknown"),
        ("source", "source"),
    ] {
        item.entry(key).or_insert_with(|| text.into());
    }
    item.insert("conflict".into(), serde_json::json!({"title": "theirs", "notes": "theirs"}));
    item.insert("blocked".into(), serde_json::json!({"since": "2026-11-10", "why": "why"}));
    spoil(&mut value, "", &mut { nth }, &samples(), ties);
    serde_json::to_string_pretty(&value).unwrap()
}

fn ids(text: &str) -> Vec<String> {
    let content = format::read(text.into()).unwrap().content;
    content.records().map(|record| record.id().to_string()).collect()
}

#[test]
fn hostile_text_in_any_field_reaches_no_cell_of_any_window() {
    let harmful: BTreeSet<char> = harmful().collect();
    for (nth, keys) in KEYS.iter().enumerate() {
        for (more, size) in [(120, 40), (80, 24), (60, 16)].into_iter().enumerate() {
            let text = spoilt(nth * 3 + more, more == 2);
            let content = format::read(text.into()).unwrap().content;
            let screen = Screen::of(content, size).press(keys);
            let (buf, _) = screen.drawn(&Theme::colour());
            for cell in buf.content() {
                let raw = cell.symbol().chars().find(|c| harmful.contains(c));
                assert_eq!(raw, None, "{keys} at {size:?}: {:?}", cell.symbol());
                let wide = unicode_width::UnicodeWidthStr::width(cell.symbol());
                assert!(wide <= 2, "{keys} at {size:?}: {:?}", cell.symbol());
            }
            // Every row is as wide as the screen: nothing pushes what stands behind it.
            for row in buf.content().chunks(size.0.into()) {
                let last = unicode_width::UnicodeWidthStr::width(row.last().unwrap().symbol());
                assert!(last <= 1, "{keys} at {size:?}");
            }
        }
    }
}

#[test]
fn hostile_text_in_any_field_is_printed_by_no_command() {
    let harmful: BTreeSet<char> = harmful().filter(|c| *c != '\n').collect();
    let commands = [
        "list",
        "list --in inbox",
        "next",
        "check",
        "score",
        "rank",
        "explain",
        "ask",
        "schedule",
        "frameworks",
        "conflicts",
        "doctor",
        "diff before.json twohats.json",
        "diff twohats.json before.json",
        "picture",
        "picture --format svg",
        "config",
        "list --filter zz\u{1b}[2J\u{202e}",
        "show zz\u{1b}[2J\u{9b}\u{202e}",
        "add \u{1b}[2J\u{202e}",
        "set nowhere title=\u{1b}[2J\u{202e}",
        "list -f no\u{1b}[2J\u{202e}",
        "merge before.json twohats.json after.json",
        "conflicts",
    ];
    for (nth, ties) in [(0, false), (9, true)] {
        let text = spoilt(nth, ties);
        let home = Home::with(&text);
        let write =
            |name, text: &[u8]| std::fs::write(home.folder.path().join(name), text).unwrap();
        write("before.json", EXAMPLE);
        write("after.json", spoilt(nth + 1, false).as_bytes());
        let all = ids(&text);
        let shown = all.iter().step_by(11).map(|id| format!("show {id}"));
        let edited = all.iter().rev().step_by(40).map(|id| format!("rm {id}"));
        for command in
            commands.iter().map(|command| (*command).to_owned()).chain(shown).chain(edited)
        {
            let ran = home.run(&command);
            for text in [&ran.out, &ran.err] {
                let raw = text.chars().find(|c| harmful.contains(c));
                assert_eq!(raw, None, "{command:?}: {text}");
            }
        }
        for command in ["list --json", "next --json", "check --json", "rank --json"] {
            // What the file itself holds against its schema is printed as it stands.
            let words: Vec<&str> = command.split(' ').collect();
            let out = crate::cli::ran(home.command(&words).spawn().unwrap()).out;
            assert!(!out.contains(|c: char| c != '\n' && c.is_control()), "{command}: {out}");
        }
    }
}
