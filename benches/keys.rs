//! How long a key takes until the bytes that show what it did can go to the terminal, in a small
//! workspace and in a large one.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the bench")]

use divan::{Bencher, black_box};
use ratatui::buffer::Buffer;
use std::sync::Arc;
use twohats::app::key::Key;
use twohats::app::{App, Msg, Session};
use twohats::insight::forecast::throughput::usual;
use twohats::insight::forecast::{Forecast, LAST};
use twohats::terminal::{Canvas, Cursor};
use twohats::view::{Theme, draw};
use twohats::workspace::{Content, Date, Field, Id, Place, Record, Value, Workspace};

const SIZES: [usize; 2] = [1_000, 100_000];

fn main() {
    divan::main();
}

fn today() -> Date {
    Date::constant(2026, 11, 22)
}

/// So many stories with WSJF ratings and points, and five sprints behind them.
fn content(count: usize) -> Content {
    let mut random = fastrand::Rng::with_seed(7);
    let mut story = |at: usize| {
        let factors = ["value", "urgency", "opportunity", "size"];
        let factors = factors.map(|name| (name.into(), Value::Number(f64::from(random.u8(1..20)))));
        let ratings = Value::map([("wsjf".into(), Value::map(factors.to_vec()))]);
        let title = format!("Improve the import of number {at}, with fewer clicks");
        let story = Record::new(Id::new(&format!("i{at}")))
            .with(Field::Kind, Value::text("story"))
            .with(Field::Title, Value::text(title))
            .with(Field::Points, Value::Number(f64::from(random.u8(1..9))))
            .with(Field::Ratings, ratings);
        Arc::new(story)
    };
    let sprint = |at: i8| {
        let end = Value::Date(Date::constant(2026, 6 + at, 14));
        let sprint = Record::new(Id::new(&format!("s{at}"))).with(Field::End, end);
        let closed = sprint.with(Field::State, Value::text("closed"));
        Arc::new(closed.with(Field::Delivered, Value::Number(20.0 + f64::from(at))))
    };
    let mut content = Content::default();
    content.fill(Place::Backlog, (0..count).map(&mut story).collect());
    content.fill(Place::Sprints, (0..5).map(sprint).collect());
    content
}

/// A session and the terminal that shows it.
struct Screen {
    app: App,
    canvas: Canvas,
}

impl Screen {
    /// One whose cursor is in a backlog of so many items.
    fn of(count: usize) -> Self {
        let session = Session { content: content(count), ..Session::default() };
        let mut screen = Self { app: App::new(session, 7), canvas: Canvas::new(true) };
        screen.app.update(Msg::Resize { width: 120, height: 40 }, today());
        screen.press("]");
        screen
    }

    fn press(&mut self, key: &str) -> Option<Vec<u8>> {
        self.app.update(Msg::Key(Key::parse(key).unwrap()), today());
        let paint = |frame: &mut Buffer| {
            let at = draw(&self.app, &Theme::colour(), frame);
            Cursor { at, shown: false }
        };
        self.canvas.frame((120, 40), paint)
    }

    fn bench(mut self, bencher: Bencher, keys: &[&str]) {
        bencher.bench_local(|| keys.iter().map(|key| self.press(key)).last());
    }
}

/// Down and up again.
#[divan::bench(args = SIZES)]
fn two_cursor_moves(bencher: Bencher, count: usize) {
    Screen::of(count).bench(bencher, &["j", "k"]);
}

/// An item down and up again.
#[divan::bench(args = SIZES, sample_count = 20)]
fn two_moves_of_an_item(bencher: Bencher, count: usize) {
    Screen::of(count).bench(bencher, &["J", "K"]);
}

/// Three letters of a filter, and away with them.
#[divan::bench(args = SIZES, sample_count = 10)]
fn six_keys_in_a_filter(bencher: Bencher, count: usize) {
    let mut screen = Screen::of(count);
    screen.press("/");
    screen.bench(bencher, &["i", "m", "p", "backspace", "backspace", "backspace"]);
}

/// The score order taken over and taken back.
#[divan::bench(args = SIZES, sample_count = 5)]
fn a_new_order_and_back(bencher: Bencher, count: usize) {
    Screen::of(count).bench(bencher, &["O", "m", "u"]);
}

/// The dates of the whole backlog, from nothing.
#[divan::bench(args = SIZES, sample_count = 10)]
fn forecast(bencher: Bencher, count: usize) {
    let workspace = Workspace::new(content(count));
    bencher.bench_local(|| Forecast::new(black_box(&workspace), usual(), LAST, today()));
}
