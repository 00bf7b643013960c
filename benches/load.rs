//! How long it takes to read a large file, to write it, and to read it again when a line of it changed.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the bench")]

use divan::Bencher;
use std::cell::RefCell;
use std::fs;
use std::sync::Arc;
use twohats::store::{Outside, WorkspaceFile};
use twohats::workspace::{Content, Field, Id, Place, Record, Value};

const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

/// Items with what most have: some 430 bytes each.
fn content(count: usize) -> Content {
    let item = |at: usize| {
        let factor = |name: &str, nth: usize| {
            let steps = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0];
            (name.into(), Value::Number(steps[(at / 3 + at * nth) % steps.len()]))
        };
        let names = ["value", "urgency", "opportunity", "size"];
        let factors = Value::map(names.into_iter().zip(1..).map(|(name, nth)| factor(name, nth)));
        let story = [("as", "a founder"), ("want", "to see what is next"), ("so", "I save time")];
        let story = story.map(|(part, words)| (part.into(), Value::text(words)));
        let record = Record::new(Id::new(&format!("i{at:09}")))
            .with(Field::Kind, Value::text("story"))
            .with(Field::Title, Value::text(format!("Rework data retention on first launch #{at}")))
            .with(Field::Tags, Value::list([Value::text("api")]))
            .with(Field::Notes, Value::text("Detail and more detail. ".repeat(at % 12)))
            .with(Field::Points, Value::Number(5.0))
            .with(Field::Story, Value::map(story))
            .with(Field::Ratings, Value::map([("wsjf".into(), factors)]));
        Arc::new(record)
    };
    let mut content = Content::default();
    content.fill(Place::Backlog, (0..count).map(item).collect());
    content
}

fn file(count: usize) -> (tempfile::TempDir, WorkspaceFile) {
    let dir = tempfile::tempdir().unwrap();
    let (_, file) = WorkspaceFile::create(&dir.path().join("plan.json"), &content(count)).unwrap();
    (dir, file)
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn open(bencher: Bencher, count: usize) {
    let (_dir, file) = file(count);
    bencher.bench_local(|| WorkspaceFile::open(file.path()).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn write(bencher: Bencher, count: usize) {
    let (_dir, file) = file(count);
    let mut content = file.content().clone();
    content.set_product(Record::new(Id::new("p")).with(Field::Name, Value::text("Ledgerly")));
    bencher.bench_local(|| file.source().write(&content));
}

/// Each time the title of one item in the middle has another letter.
#[divan::bench(args = SIZES, sample_count = 10)]
fn one_line_changed(bencher: Bencher, count: usize) {
    let (_dir, file) = file(count);
    let (path, opened) = (file.path().to_owned(), file.content().clone());
    let text = fs::read_to_string(&path).unwrap();
    let middle = format!("launch #{}\"", count / 2);
    let file = RefCell::new(file);
    let mut letters = ('a'..='z').cycle();
    bencher
        .with_inputs(|| {
            let letter = letters.next().unwrap();
            fs::write(&path, text.replace(&middle, &format!("{letter}\""))).unwrap();
        })
        .bench_local_values(|()| {
            let outside = file.borrow_mut().look(&opened);
            assert!(matches!(&outside, Outside::Changed(arrival) if arrival.ops.len() == 1));
            outside
        });
}
