//! How long a key takes until the bytes that show what it did can go to the terminal, in a small
//! workspace and in a large one.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the bench")]

use crate::made::{self, today};
use divan::{Bencher, black_box};
use ratatui::buffer::Buffer;
use twohats::app::key::Key;
use twohats::app::{App, Effect, Msg, Session};
use twohats::insight::forecast::throughput::usual;
use twohats::insight::forecast::{Forecast, LAST};
use twohats::terminal::{Canvas, Cursor};
use twohats::view::{Theme, draw};
use twohats::workspace::Workspace;

const SIZES: [usize; 2] = [1_000, 100_000];

/// A session and the terminal that shows it.
struct Screen {
    app: App,
    canvas: Canvas,
}

impl Screen {
    /// One whose cursor is in a backlog of so many items.
    fn of(count: usize) -> Self {
        let session = Session { content: made::content(count), ..Session::default() };
        let mut screen = Self { app: App::new(session, 7), canvas: Canvas::new(true) };
        screen.app.update(Msg::Resize { width: 120, height: 40 }, today());
        screen.press("]");
        screen
    }

    fn press(&mut self, key: &str) -> Option<Vec<u8>> {
        self.app.update(Msg::Key(Key::parse(key).unwrap()), today());
        self.show()
    }

    fn show(&mut self) -> Option<Vec<u8>> {
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

/// All that is on the screen, anew.
#[divan::bench(args = SIZES)]
fn frame(bencher: Bencher, count: usize) {
    let mut screen = Screen::of(count);
    bencher.bench_local(|| {
        screen.canvas.forget();
        screen.show()
    });
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

/// The same with all that is found, of which most comes from beside the screen.
#[divan::bench(args = SIZES, sample_count = 10)]
fn six_keys_in_a_filter_and_all_they_find(bencher: Bencher, count: usize) {
    let mut screen = Screen::of(count);
    screen.press("/");
    bencher.bench_local(|| {
        for key in ["i", "m", "p", "backspace", "backspace", "backspace"] {
            let asked = screen.app.update(Msg::Key(Key::parse(key).unwrap()), today());
            for effect in asked {
                if let Effect::Simulate(reckoning) = effect {
                    screen.app.update(reckoning.answer(), today());
                }
            }
            screen.show();
        }
    });
}

/// The score order taken over and taken back.
#[divan::bench(args = SIZES, sample_count = 5)]
fn a_new_order_and_back(bencher: Bencher, count: usize) {
    Screen::of(count).bench(bencher, &["O", "m", "u"]);
}

/// The dates of the whole backlog, from nothing.
#[divan::bench(args = SIZES, sample_count = 10)]
fn forecast(bencher: Bencher, count: usize) {
    let workspace = Workspace::new(made::content(count));
    bencher.bench_local(|| Forecast::new(black_box(&workspace), usual(), LAST, today()));
}
