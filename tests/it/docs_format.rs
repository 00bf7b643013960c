//! The page about the file says what the program reads: its tables of fields are made from the
//! rows of the fields, and its sample is a workspace without a fault.

use super::docs::root;
use std::fmt::Write;
use std::fs;
use twohats::store::WorkspaceFile;
use twohats::workspace::{Field, Part, Place, Row, Section, Shape};

const PAGE: &str = "docs/FORMAT.md";

/// Every section, by the name it has between the marks of the page.
const SECTIONS: [(&str, Section); 9] = [
    ("item", Section::Item),
    ("objective", Section::Objective),
    ("persona", Section::Persona),
    ("release", Section::Release),
    ("sprint", Section::Sprint),
    ("decision", Section::Decision),
    ("check-in", Section::CheckIn),
    ("product", Section::Product),
    ("settings", Section::Settings),
];

/// The page with its tables of fields made anew, as far as it has the marks for them.
pub fn with_fields(page: &str) -> String {
    SECTIONS.into_iter().fold(page.to_owned(), |page, (name, section)| {
        between(&page, name, &table(section)).unwrap_or(page)
    })
}

#[test]
fn the_page_about_the_file_has_every_section() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    for (name, _) in SECTIONS {
        assert!(between(&page, name, "").is_some(), "{PAGE} has no fields of {name}");
    }
    let everywhere = |row: &Row| row.of.iter().all(|of| SECTIONS.iter().any(|(_, s)| s == of));
    assert!(Field::rows().iter().all(everywhere));
}

#[test]
fn the_sample_of_the_format_loads_without_notices_and_is_kept_byte_for_byte() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let sample = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("twohats.json");
    fs::write(&path, sample).unwrap();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    assert_eq!(opened.notices, []);
    assert!(Place::ALL.iter().all(|place| match place {
        Place::Next | Place::Later => opened.content.list(*place).is_empty(),
        _ => !opened.content.list(*place).is_empty(),
    }));
    file.sync(&opened.content, &opened.content).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), sample);
}

/// The page with something else between the two marks of this name.
fn between(page: &str, name: &str, new: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- fields: {name} -->\n"), "<!-- end of fields -->");
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{begin}{new}{end}{after}"))
}

fn table(section: Section) -> String {
    let mut table = "| field | holds | meaning |\n|---|---|---|\n".to_owned();
    for row in Field::of(section) {
        let _ = writeln!(table, "| `{}` | {} | {} |", row.key, words(&row.shape), row.meaning);
    }
    table
}

/// A shape in words.
fn words(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Long => "text of many lines".into(),
        Shape::Number { min, .. } if *min <= f64::MIN => "number".into(),
        Shape::Number { min, open: true } => format!("number above {min}"),
        Shape::Number { min, open: false } => format!("number, {min} or more"),
        Shape::Flag => "`true` or `false`".into(),
        Shape::Date => "day".into(),
        Shape::Choice(choice) => format!("one of {}", listed(choice)),
        Shape::Word(usual) => format!("a word, usually {}", listed(usual)),
        Shape::Link(places) => format!("id of {}", what(places).0),
        Shape::Links(places) => format!("ids of {}", what(places).1),
        Shape::Lines => "list of lines".into(),
        Shape::Words => "list of words".into(),
        Shape::Group(parts) => format!("`{{…}}` with {}", named(parts)),
        Shape::Groups(parts) => format!("list of `{{…}}` with {}", named(parts)),
        Shape::Map(Shape::Map(inner)) => format!("name → name → {}", words(inner)),
        Shape::Map(inner) => format!("name → {}", words(inner)),
        Shape::Rating => "number, a class word, or `[low, high]`".into(),
        Shape::Readings => "list of `[day, number]`".into(),
        Shape::Any => "anything".into(),
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}

fn named(parts: &[Part]) -> String {
    let parts = parts.iter().map(|part| match part.shape {
        Shape::Text => format!("`{}`", part.key),
        shape => format!("`{}` ({})", part.key, words(&shape)),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// What stands in these places: one of it, and several.
fn what(places: &[Place]) -> (&'static str, &'static str) {
    match places {
        [Place::Objectives] => ("an objective", "objectives"),
        [Place::Personas] => ("a persona", "personas"),
        [Place::Releases] => ("a release", "releases"),
        [Place::Sprints] => ("a sprint", "sprints"),
        _ => ("an item", "items"),
    }
}
