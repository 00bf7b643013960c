//! Every rule, seen to fail: made-up sources that break it, and some that only look like it.

use super::*;

/// A made-up house of three floors.
const PAGE: &str = "
| module | answers | may import | pure |
|---|---|---|---|
| `app` | what can be done | – | yes |
| `view` | what it looks like | `app` | yes |
| `store` | how it is kept | all | no |

Every file of `view` has its twin in `app`, except:
`mod` `text`.
";

fn complaints(rule: Rule, sources: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<Source> = sources.iter().map(|(path, text)| Source::new(path, text)).collect();
    rule(&House::read(PAGE).unwrap(), &sources)
}

/// Whether the rule has exactly one complaint about this file, with these words in it.
#[track_caller]
fn refuses(rule: Rule, path: &str, text: &str, words: &str) {
    let complaints = complaints(rule, &[(path, text)]);
    assert!(complaints.len() == 1 && complaints[0].contains(words), "{text}\n{complaints:#?}");
}

#[track_caller]
fn allows(rule: Rule, path: &str, text: &str) {
    assert_eq!(complaints(rule, &[(path, text)]), [""; 0], "{text}");
}

#[test]
fn an_import_against_the_layers_is_found_in_every_spelling() {
    for text in [
        "use crate::store;",
        "use crate::store::Save;",
        "use crate::{app::App, store};",
        "use crate::{app::{App, Msg}, store::{self, Save}};",
        "use super::super::store;",
        "use super::super::{app, store::Save};",
        "use self::super::super::store;",
        "fn f() { let s = crate::store::open(); }",
        "fn f(s: super::super::store::Save) {}",
        "fn f() { println!(\"{}\", crate::store::open()); }",
        "macro_rules! m { () => { $crate::store::open() } }",
        "mod inner { use super::super::super::store; }",
        "use crate::{\n    app,\n    store,\n};",
        "pub(crate) use ::twohats::store::Save;",
    ] {
        refuses(layers, "view/text.rs", text, "`view` may not use `store`");
    }
    for text in
        ["use crate::*;", "use crate as house;", "use crate::{self as house};", "use crate::Save;"]
    {
        refuses(layers, "view/text.rs", text, "is no module of the table");
    }
    refuses(layers, "view/text.rs", "\n\nuse crate::store;", "src/view/text.rs:3:");
}

#[test]
fn an_import_along_the_layers_is_fine() {
    for text in [
        "use crate::app::App;",
        "use super::super::app;",
        "use crate::{\n    app,\n};",
        "fn f(path: ::std::fmt::Error) -> Vec<u8> { Vec::<u8>::new() }",
        "use super::theme;",
        "use crate::view::theme;",
        "pub(crate) fn f() {}",
        "pub(in crate::view) fn f() {}",
        "//! Like [`crate::store`].\n/* crate::store */ const S: &str = \"crate::store\";",
        "mod inner { use super::super::theme; }",
        "#[cfg(test)]\nmod tests { use crate::store; }",
        "#[cfg(test)]\nuse crate::{store, app};\nuse std::fmt;",
    ] {
        allows(layers, "view/text.rs", text);
    }
    for tested in ["mod tests {}", "use a;", "use a::{b};", "const A: B = B {};", "const fn f() {}"]
    {
        let text = format!("#[cfg(test)] #[rustfmt::skip] {tested} use crate::store;");
        refuses(layers, "view/text.rs", &text, "may not use `store`");
    }
}

#[test]
fn a_circle_is_found_though_each_step_may_be_allowed() {
    let circle = [("app/a.rs", "use crate::view;"), ("view/a.rs", "use crate::app;")];
    let found = complaints(cycles, &[&circle[..], &[("store/a.rs", "use crate::app;")]].concat());
    assert!(found.len() == 1 && found[0].contains(": app, view;"), "{found:#?}");
    let line = [("store/a.rs", "use crate::view;"), ("view/a.rs", "use crate::app;")];
    assert_eq!(complaints(cycles, &line).len(), 0);
}

#[test]
fn reaching_outside_is_found_in_a_pure_module_only() {
    for text in [
        "use std::fs;",
        "use std::{fmt, io::Write};",
        "use std::*;",
        "use ::std::{env};",
        "fn f() -> Box<dyn ::std::io::Write> { g() }",
        "fn f() { let t = std::time::Instant::now(); }",
        "fn f() { ::std::process::exit(1) }",
        "use crossterm::event;",
        "use ratatui::crossterm::event::Event;",
        "use rustix::fs::rename;",
        "fn f() { directories::ProjectDirs::from(a, b, c); }",
        "fn f() { jiff::Zoned::now(); }",
        "fn f() { fastrand::u64(..); }",
        "fn f() { fastrand::Rng::new(); }",
        "fn f() { if a { eprintln!(\"x\") } }",
    ] {
        refuses(purity, "view/text.rs", text, "reaches outside");
        allows(purity, "store/save.rs", text);
    }
    for text in [
        "use std::fmt::Write;",
        "struct Ids(fastrand::Rng);",
        "#[cfg(test)] mod tests { use std::fs; }",
    ] {
        allows(purity, "view/text.rs", text);
    }
}

#[test]
fn a_junk_drawer_is_found() {
    for path in ["view/util.rs", "view/text_utils.rs", "view/helpers/text.rs", "app/types.rs"] {
        refuses(junk_drawers, path, "", "says nothing");
    }
    refuses(junk_drawers, "view/text.rs", "mod common { }", "`common`");
    allows(junk_drawers, "view/prototype.rs", "");
}

#[test]
fn a_window_without_a_twin_is_found() {
    refuses(twins, "view/board.rs", "", "no twin");
    refuses(twins, "view/board/lane.rs", "", "no twin");
    allows(twins, "view/text.rs", "");
    let pair = [("view/board.rs", ""), ("app/board/mod.rs", "")];
    assert_eq!(complaints(twins, &pair), [""; 0]);
}

#[test]
fn what_is_too_long_is_found() {
    let lines = |n: usize| "// why\n".repeat(n);
    refuses(sizes, "app/a.rs", &lines(401), "401 lines");
    allows(
        sizes,
        "app/a.rs",
        &format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", lines(400), lines(99)),
    );
    refuses(sizes, "app/a.rs", &format!("fn f()\n{{\n{}}}", lines(58)), "`f` has 61 lines");
    refuses(sizes, "app/a.rs", &format!("impl A {{ fn f() {{\n{}}} }}", lines(59)), "`f` has 61");
    allows(sizes, "app/a.rs", &format!("fn f() {{\n{}}}", lines(58)));
    allows(sizes, "app/a.rs", &format!("fn f() {{}}\ntype F = fn(u8);\n{}", lines(90)));
}

#[test]
fn a_file_without_an_introduction_is_found() {
    refuses(introductions, "lib.rs", "pub mod app;", "begin with `//!`");
    refuses(introductions, "app/a.rs", "//! A.", "has no mod.rs");
}

#[test]
fn a_stranger_is_found() {
    refuses(folders, "extra/mod.rs", "", "no folder of the table");
    refuses(folders, "store.rs", "", "no folder of the table");
    assert_eq!(strangers(["src", ".ci", "target", "notes.txt"].into_iter()).len(), 1);
}

#[test]
fn a_root_that_does_not_just_list_the_modules_in_order_is_found() {
    refuses(root, "lib.rs", "pub mod app;\npub use app::App;", "more than the list");
    refuses(root, "lib.rs", "pub mod view;\npub mod app;", "another order");
    allows(root, "lib.rs", "//! House.\n\n/// The app.\npub mod app;\npub mod store;\n");
}

#[test]
fn a_property_without_a_seed_is_found() {
    refuses(unseeded, "app/a.rs", "//! A.\nproptest! {\n}", "without a seed");
    allows(
        unseeded,
        "app/a.rs",
        "//! A.\nproptest! {\n#![proptest_config(C { rng_seed: F(2) })]\n}",
    );
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let manifest = "[dependencies]\nserde = \"1\"\n[dev-dependencies]\ninsta = \"1\"";
    assert_eq!(unexplained(&manifest.parse().unwrap(), "`serde` reads").len(), 1);
}

#[test]
fn a_broken_table_is_found() {
    let broken = [
        ("| module | answers", "| folder | answers"),
        (
            "| `view` | what it looks like | `app` | yes |",
            "| `view` | what it looks like | `app` |",
        ),
        ("| `app` | what can be done | –", "| `app` | what can be done | `store`"),
        ("| `app` | yes |", "| `application` | yes |"),
        ("Every file of `view`", "Every file"),
    ];
    for (from, to) in broken {
        assert!(PAGE.contains(from));
        assert!(House::read(&PAGE.replace(from, to)).is_err(), "{to}");
    }
}
