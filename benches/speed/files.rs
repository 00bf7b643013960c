//! How long a workspace takes to be read, written, and united with what somebody else did to it.

use crate::made::{self, Made, open};
use divan::{Bencher, black_box};
use twohats::workspace::{Change, Hat};
use twohats::workspace::{Content, Document, Field, Op, Place, Value, Workspace, merge3};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// The workspace after one of its items got another title.
fn renamed(content: &Content, at: usize, title: &str) -> Content {
    let op = Op::set(content.list(Place::Backlog)[at].id(), Field::Title, Value::text(title));
    let mut document = Document::new(Workspace::new(content.clone()));
    let renamed = document.commit(Change { words: "renamed it".into(), hat: Hat::Po, op });
    assert!(renamed.is_ok());
    document.workspace().content().clone()
}

/// The file, taken apart and put into order.
#[divan::bench(args = SIZES, sample_count = 10)]
fn load(bencher: Bencher, count: usize) {
    let made = Made::of(count);
    bencher.bench_local(|| open(black_box(&made.path())));
}

/// One item's new title, until it is durable.
#[divan::bench(args = SIZES, sample_count = 10)]
fn save(bencher: Bencher, count: usize) {
    let made = Made::of(count);
    let (opened, mut file) = open(&made.path());
    let mut titles = ["this", "that"].iter().cycle();
    bencher
        .with_inputs(|| renamed(&opened.content, count / 2, titles.next().unwrap_or(&"")))
        .bench_local_refs(|content| {
            let base = file.content().clone();
            assert!(file.sync(&base, content).is_ok());
        });
}

/// Two new titles from two sides.
#[divan::bench(args = SIZES, sample_count = 10)]
fn merge(bencher: Bencher, count: usize) {
    let base = made::content(count);
    let (mine, theirs) = (renamed(&base, 3, "mine"), renamed(&base, count / 2, "theirs"));
    bencher.bench_local(|| merge3(black_box(&base), &mine, &theirs));
}
