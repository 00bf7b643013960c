//! Holds `src` to the house rules of `docs/ARCHITECTURE.md`.
//!
//! Every rule is a function from the house and its sources to complaints, so that each can also be
//! run on a made-up source that breaks it: in `architecture/broken.rs` every rule is seen to fail.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be read fails the test")]

#[path = "architecture/broken.rs"]
mod broken;
#[path = "architecture/scan.rs"]
mod scan;

use proc_macro2::{Delimiter, TokenTree};
use scan::{Named, Source, braces, each_level, is_punct, is_word, line_of};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Lines a file may have before its tests.
const FILE_LINES: usize = 400;
/// Lines a function may have, its signature included.
const FUNCTION_LINES: usize = 60;
/// Names that say nothing about what is inside.
const JUNK: [&str; 9] =
    ["util", "helper", "common", "misc", "shared", "type", "manager", "handler", "service"];
/// What may stand at the top of the repository beside dotfiles and build output.
const TOP: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "docs",
    "tests",
    "examples",
    "benches",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
];
/// Parts of the standard library that reach outside.
const OUTSIDE: [&str; 8] = ["env", "fs", "io", "net", "os", "process", "thread", "time"];
/// What of `std::io` is a word for bytes that somebody else has at hand, and opens nothing.
const BYTES: [&str; 6] = ["BufRead", "BufReader", "Error", "ErrorKind", "Read", "Result"];
/// Crates that reach outside.
const OUTSIDE_CRATES: [&str; 5] = ["crossterm", "directories", "rustix", "signal_hook", "tempfile"];
/// Functions that read a clock or roll a die that nobody seeded.
const UNREPEATABLE: [&str; 5] =
    ["Zoned::now", "Timestamp::now", "Rng::new", "Rng::default", "RandomState::new"];
/// Macros that print.
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// A row of the table of modules.
#[derive(Debug)]
struct Module {
    name: String,
    may: BTreeSet<String>,
    pure: bool,
}

/// What `docs/ARCHITECTURE.md` says.
#[derive(Debug)]
struct House {
    modules: Vec<Module>,
    /// Files of `view` that draw no window.
    alone: BTreeSet<String>,
}

impl House {
    fn read(page: &str) -> Result<Self, String> {
        let (_, table) = page
            .split_once("| module | answers | may import | pure |\n|---|---|---|---|\n")
            .ok_or("the table `| module | answers | may import | pure |` is gone")?;
        let mut modules: Vec<Module> = Vec::new();
        for line in table.lines().take_while(|line| line.starts_with('|')) {
            let above = modules.iter().map(|module| module.name.clone()).collect();
            modules.push(Module::read(line, &above)?);
        }
        let (_, after) = page
            .split_once("Every file of `view` has its twin in `app`, except")
            .ok_or("the sentence `Every file of `view` has its twin in `app`, except …` is gone")?;
        let sentence = after.split("\n\n").next().unwrap_or_default();
        Ok(Self { modules, alone: quoted(sentence) })
    }

    /// The folder that a file belongs to, if the table has it.
    fn home(&self, source: &Source) -> Option<&Module> {
        self.module(source.module().first()?)
    }

    fn module(&self, name: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.name == name)
    }
}

impl Module {
    fn read(line: &str, above: &BTreeSet<String>) -> Result<Self, String> {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, may, pure @ ("yes" | "no")] = cells[..] else {
            return Err(format!(
                "not a row `| `module` | answers | may import | yes or no |`: {line}"
            ));
        };
        let may = if may == "all" { above.clone() } else { quoted(may) };
        if let Some(below) = may.difference(above).next() {
            return Err(format!("{name} may import `{below}`, which does not stand above it"));
        }
        Ok(Self { name: name.trim_matches('`').into(), may, pure: pure == "yes" })
    }
}

/// The words in backquotes.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A rule: what is wrong, where, and what to do.
type Rule = fn(&House, &[Source]) -> Vec<String>;

/// A module imports only what its row names.
fn layers(house: &House, sources: &[Source]) -> Vec<String> {
    let mut complaints = BTreeSet::new();
    for source in sources {
        let Some(home) = house.home(source) else { continue };
        for named in source.paths() {
            if let Some(words) = named.target().and_then(|target| objection(house, home, target)) {
                complaints.insert(source.complain(named.line, &words));
            }
        }
    }
    complaints.into_iter().collect()
}

fn objection(house: &House, home: &Module, target: &str) -> Option<String> {
    if target == home.name || home.may.contains(target) {
        return None;
    }
    let words = match house.module(target) {
        Some(_) => format!(
            "`{}` may not use `{target}`; take what you need of it as a value, move the code, or \
             change the table in docs/ARCHITECTURE.md and say why",
            home.name
        ),
        None => format!(
            "`crate::{target}` is no module of the table; name what you mean by the module it \
             stands in"
        ),
    };
    Some(words)
}

/// No module leads back to itself, whatever the table says.
fn cycles(house: &House, sources: &[Source]) -> Vec<String> {
    let mut edges: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in sources {
        let Some(home) = house.home(source) else { continue };
        let paths = source.paths();
        let targets = paths.iter().filter_map(Named::target).filter(|to| *to != home.name);
        edges.entry(&home.name).or_default().extend(targets.map(str::to_owned));
    }
    // What leads nowhere, or is led to from nowhere, is on no circle; without it only circles are
    // left.
    while let Some(&straight) = edges.keys().find(|&&name| {
        let leads_on = edges[name].iter().any(|to| edges.contains_key(&**to));
        !leads_on || !edges.values().any(|to| to.contains(name))
    }) {
        edges.remove(straight);
    }
    let around: Vec<&str> = edges.into_keys().collect();
    if around.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "these modules import each other in a circle: {}; turn one use round into a value",
        around.join(", ")
    )]
}

/// Pure modules do not reach outside.
fn purity(house: &House, sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| house.home(source).is_some_and(|home| home.pure)) {
        let outside = source.paths().into_iter().filter(|named| reaches_outside(&named.path));
        let mut reached: Vec<_> =
            outside.map(|named| (named.line, named.path.join("::"))).collect();
        reached.extend(prints(&source.tokens));
        complaints.extend(reached.into_iter().map(|(line, what)| {
            let words = format!(
                "`{what}` reaches outside, and this folder is pure; take its value as an argument, \
                 or ask for it by an effect"
            );
            source.complain(line, &words)
        }));
    }
    complaints
}

fn reaches_outside(path: &[String]) -> bool {
    let part = |at: usize| path.get(at).map_or("", String::as_str);
    let call = path[path.len().saturating_sub(2)..].join("::");
    let bytes = part(1) == "io" && BYTES.contains(&part(2));
    let standard = part(0) == "std" && !bytes && (OUTSIDE.contains(&part(1)) || part(1) == "*");
    let dice = part(0) == "fastrand" && part(1).starts_with(char::is_lowercase);
    standard
        || dice
        || path.iter().any(|part| OUTSIDE_CRATES.contains(&part.as_str()))
        || UNREPEATABLE.contains(&call.as_str())
}

fn prints(tokens: &[TokenTree]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    each_level(tokens, &mut |tokens| {
        for pair in tokens.windows(2).filter(|pair| is_punct(&pair[1], '!')) {
            if PRINTING.iter().any(|name| is_word(&pair[0], name)) {
                found.push((line_of(&pair[0]), format!("{}!", pair[0])));
            }
        }
    });
    found
}

/// A name says what is inside.
fn junk_drawers(_: &House, sources: &[Source]) -> Vec<String> {
    let is_junk = |part: &str| {
        JUNK.contains(&part) || JUNK.iter().any(|junk| part.strip_suffix('s') == Some(junk))
    };
    let mut complaints = BTreeSet::new();
    for source in sources {
        let names = [source.module(), named_modules(&source.tokens)].concat();
        for name in names.iter().filter(|name| name.split('_').any(is_junk)) {
            let words = format!("`{name}` says nothing; name it after the question it answers");
            complaints.insert(source.complain(1, &words));
        }
    }
    complaints.into_iter().collect()
}

fn named_modules(tokens: &[TokenTree]) -> Vec<String> {
    let mut found = Vec::new();
    each_level(tokens, &mut |tokens| {
        let named = tokens.windows(2).filter(|pair| is_word(&pair[0], "mod"));
        found.extend(named.map(|pair| pair[1].to_string()));
    });
    found
}

/// What is drawn is known to the app under the same name.
fn twins(house: &House, sources: &[Source]) -> Vec<String> {
    let modules: BTreeSet<Vec<String>> = sources.iter().map(Source::module).collect();
    let is_alone = |source: &&Source| match &source.module()[..] {
        [folder, name, ..] if folder == "view" && !house.alone.contains(name) => {
            !modules.contains(&vec!["app".to_owned(), name.clone()])
        }
        _ => false,
    };
    let words = "has no twin in src/app; call both by the same name, or add it to the exceptions \
                 in docs/ARCHITECTURE.md if it draws no window of its own";
    sources.iter().filter(is_alone).map(|source| source.complain(1, words)).collect()
}

/// Files and functions stay short.
fn sizes(_: &House, sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let lines = source.tests - 1;
        if lines > FILE_LINES {
            let words =
                format!("{lines} lines before the tests, {FILE_LINES} at most; split it by topic");
            complaints.push(source.complain(1, &words));
        }
        for (name, line, lines) in functions(&source.tokens) {
            if lines <= FUNCTION_LINES {
                continue;
            }
            let words = format!(
                "`{name}` has {lines} lines, {FUNCTION_LINES} at most; give its steps names"
            );
            complaints.push(source.complain(line, &words));
        }
    }
    complaints
}

/// Every function with a body: name, first line, lines.
fn functions(tokens: &[TokenTree]) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    each_level(tokens, &mut |tokens| {
        for (at, pair) in tokens.windows(2).enumerate() {
            let (true, TokenTree::Ident(name)) = (is_word(&pair[0], "fn"), &pair[1]) else {
                continue;
            };
            let mut rest = tokens[at..].iter().take_while(|token| !is_punct(token, ';'));
            if let Some(body) = rest.find(|token| braces(token).is_some()) {
                let first = line_of(&pair[0]);
                found.push((name.to_string(), first, body.span().end().line + 1 - first));
            }
        }
    });
    found
}

/// Every file says first what it answers, and every folder has a file to say it in.
fn introductions(_: &House, sources: &[Source]) -> Vec<String> {
    let paths: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let mut complaints = BTreeSet::new();
    for source in sources {
        if !source.text.starts_with("//! ") {
            complaints.insert(source.complain(1, "begin with `//!` and what this file answers"));
        }
        for (end, _) in source.path.match_indices('/') {
            let folder = &source.path[..end];
            if !paths.contains(format!("{folder}/mod.rs").as_str()) {
                complaints
                    .insert(format!("src/{folder}: has no mod.rs to say what the folder answers"));
            }
        }
    }
    complaints.into_iter().collect()
}

/// `src` has the folders of the table and nothing else.
fn folders(house: &House, sources: &[Source]) -> Vec<String> {
    let is_root = |source: &Source| ["lib.rs", "main.rs"].contains(&source.path.as_str());
    let is_housed = |source: &Source| house.home(source).is_some() && source.path.contains('/');
    let words = "belongs to no folder of the table in docs/ARCHITECTURE.md; move it into the one \
                 whose question it answers";
    let strays = sources.iter().filter(|source| !is_root(source) && !is_housed(source));
    strays.map(|source| source.complain(1, words)).collect()
}

/// The crate's root lists the modules in the order of the table, and does nothing else.
fn root(house: &House, sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.path == "lib.rs") {
        if !source.tokens.iter().all(|token| lists(house, token)) {
            let words = "holds more than the list of modules; move it into a folder";
            complaints.push(source.complain(1, words));
        }
        let listed = named_modules(&source.tokens);
        let table = house.modules.iter().map(|module| &module.name);
        if !listed.iter().eq(table.filter(|name| listed.contains(name))) {
            let words = "lists the modules in another order than docs/ARCHITECTURE.md; a module \
                         stands below those it may import";
            complaints.push(source.complain(1, words));
        }
    }
    complaints
}

/// Whether a token belongs to a list of modules with attributes.
fn lists(house: &House, token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => {
            word == "pub" || word == "mod" || house.module(&word.to_string()).is_some()
        }
        TokenTree::Punct(punct) => [';', '#', '!'].contains(&punct.as_char()),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        TokenTree::Literal(_) => false,
    }
}

/// The top of the repository holds what one expects there.
fn strangers<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let known = |name: &str| TOP.contains(&name) || name == "target" || name.starts_with('.');
    let words = "does not belong at the top of the repository; move it into src, docs, tests or \
                 examples";
    names.filter(|name| !known(name)).map(|name| format!("{name}: {words}")).collect()
}

/// Every dependency has a line that says why.
fn unexplained(manifest: &toml::Table, decisions: &str) -> Vec<String> {
    let sections = ["dependencies", "dev-dependencies"].into_iter();
    let tables = sections.filter_map(|section| manifest.get(section)?.as_table());
    let names = tables.flat_map(|table| table.keys());
    let silent = names.filter(|name| !decisions.contains(&format!("`{name}`")));
    silent.map(|name| format!("docs/DECISIONS.md: does not say why `{name}` is needed")).collect()
}

/// A property that tries other values each time it runs fails for whoever comes by.
fn unseeded(_: &House, sources: &[Source]) -> Vec<String> {
    let lacks = |source: &&Source| {
        let times = |word: &str| source.text.matches(word).count();
        times("proptest! {") > times("rng_seed: ")
    };
    let lacking = sources.iter().filter(lacks);
    lacking.map(|source| source.complain(1, "has a property without a seed")).collect()
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(top().join(path)).unwrap()
}

fn house() -> House {
    let page = read("docs/ARCHITECTURE.md");
    House::read(&page).unwrap_or_else(|e| panic!("docs/ARCHITECTURE.md: {e}"))
}

/// Every Rust file of `src`, in order.
fn sources() -> Vec<Source> {
    sources_of("src")
}

/// Every Rust file of a folder, in order.
fn sources_of(folder: &str) -> Vec<Source> {
    let src = top().join(folder);
    let mut open = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source::new(&name, &read(&path)));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[track_caller]
fn holds(rule: Rule) {
    nothing(&rule(&house(), &sources()));
}

#[track_caller]
fn nothing(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// A package of a lock file.
#[derive(serde::Deserialize)]
struct Locked {
    name: String,
    version: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// The packages of a lock file.
fn locked(path: &str) -> Vec<Locked> {
    let lock: BTreeMap<String, toml::Value> = toml::from_str(&read(path)).unwrap();
    lock["package"].clone().try_into().unwrap()
}

#[test]
fn the_fuzz_targets_are_built_with_the_libraries_of_the_program() {
    let program = locked("Cargo.lock");
    let targets = locked("tests/fuzz/Cargo.lock");
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    // A library named with its version has more than one of them in the lock file.
    let named = |entry: &String| entry.split(' ').next().unwrap_or_default().to_owned();
    let twohats = targets.iter().find(|package| package.name == "twohats").unwrap();
    let known: BTreeSet<String> = twohats.dependencies.iter().map(named).collect();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(known.contains(name), "{name}: run `cargo metadata` in tests/fuzz");
    }
    for Locked { name, version, .. } in targets {
        let mut versions = program.iter().filter(|other| other.name == name).peekable();
        assert!(
            versions.peek().is_none() || versions.any(|other| other.version == version),
            "{name} {version}: copy Cargo.lock to tests/fuzz and run `cargo metadata` there"
        );
    }
}

#[test]
fn modules_use_only_what_the_table_allows() {
    holds(layers);
}

#[test]
fn no_modules_use_each_other_in_a_circle() {
    holds(cycles);
}

#[test]
fn pure_modules_reach_nothing_outside() {
    holds(purity);
}

#[test]
fn names_say_what_is_inside() {
    holds(junk_drawers);
}

#[test]
fn every_window_drawn_is_known_to_the_app() {
    holds(twins);
}

#[test]
fn files_and_functions_are_short() {
    holds(sizes);
}

#[test]
fn every_file_begins_with_what_it_answers() {
    holds(introductions);
}

#[test]
fn properties_try_the_same_every_time() {
    holds(unseeded);
    nothing(&unseeded(&house(), &sources_of("tests/it")));
}

#[test]
fn src_has_the_folders_of_the_table() {
    holds(folders);
}

#[test]
fn lib_rs_lists_the_modules_in_the_order_of_the_table() {
    holds(root);
}

#[test]
fn the_top_of_the_repository_is_tidy() {
    let entries = fs::read_dir(top()).unwrap();
    let names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    nothing(&strangers(names.iter().map(String::as_str)));
}

#[test]
fn every_dependency_says_why() {
    nothing(&unexplained(&read("Cargo.toml").parse().unwrap(), &read("docs/DECISIONS.md")));
}
