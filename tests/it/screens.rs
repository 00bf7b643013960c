//! What is seen, as text: the screens of `tests/it/snapshots`, and that nothing is ever drawn
//! where it does not belong.

use super::story::today;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use twohats::app::key::{Key, Mouse, MouseKind};
use twohats::app::reckoning::Reckoning;
use twohats::app::welcome::Sites;
use twohats::app::{App, Effect, Msg, SaveProblem, Session};
use twohats::store::WorkspaceFile;
use twohats::view::{self, Theme, frame};
use twohats::workspace::{Content, Field, Id, Place, Record, Value};

/// Keys that lead to every window, from the board.
const WINDOWS: [&str; 26] = [
    "g t",
    "g t L J o z",
    "",
    "]",
    "s",
    "] s 9 9 x",
    ": f i",
    "?",
    "t",
    "O",
    "e",
    "a x y z",
    "/ m a p",
    "g i",
    "g s",
    "g s > S p",
    "g s S c",
    "g o l j",
    "g r",
    "g m K",
    "g m G",
    "g c G",
    "v j j",
    "g",
    "5",
    "m",
];

/// A session of which the screen is looked at.
pub(super) struct Screen {
    app: App,
    size: (u16, u16),
    waiting: Vec<Reckoning>,
}

impl Screen {
    pub(super) fn of(content: Content, size: (u16, u16)) -> Self {
        let session = Session { path: "harbour.json".into(), content, ..Session::default() };
        let mut screen = Self { app: App::new(session, 7), size, waiting: Vec::new() };
        screen.send(Msg::Resize { width: size.0, height: size.1 });
        screen
    }

    /// The board of the fixture.
    fn board(size: (u16, u16)) -> Self {
        Self::of(fixture(), size)
    }

    /// A quarter with objectives and what they are measured by.
    fn quarter(size: (u16, u16)) -> Self {
        Self::of(opened("quarter"), size)
    }

    fn send(&mut self, msg: Msg) {
        let effects = self.app.update(msg, today());
        if effects.iter().any(|effect| matches!(effect, Effect::LookBack(_))) {
            // Nothing is remembered but what the file dates.
            self.send(Msg::LookedBack { since: jiff::civil::Date::MIN, past: Box::default() });
        }
        self.waiting.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Simulate(reckoning) => Some(*reckoning),
            _ => None,
        }));
    }

    /// The same once all that is reckoned beside the screen is known.
    pub(super) fn settled(mut self) -> Self {
        for reckoning in std::mem::take(&mut self.waiting) {
            self.send(reckoning.answer());
        }
        self
    }

    /// Presses keys, parted by blanks.
    pub(super) fn press(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace().flat_map(Key::sequence) {
            self.send(Msg::Key(key));
        }
        self
    }

    fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) {
        self.send(Msg::Mouse(Mouse { kind, column, row }));
    }

    pub(super) fn drawn(&self, theme: &Theme) -> (Buffer, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let cursor = view::draw(&self.app, theme, &mut buf);
        (buf, cursor)
    }

    fn text(&self) -> String {
        frame::text(&self.drawn(&Theme::colour()).0)
    }

    /// The screen, and under it where the terminal's cursor stands.
    fn picture(&self) -> String {
        let (buf, cursor) = self.drawn(&Theme::colour());
        let cursor =
            cursor.map_or("nowhere".to_owned(), |at| format!("column {}, row {}", at.x, at.y));
        format!("{}\ncursor: {cursor}", frame::text(&buf))
    }
}

fn fixture() -> Content {
    opened("board")
}

fn opened(name: &str) -> Content {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    WorkspaceFile::open(&folder.join(name).with_extension("json")).unwrap().0.content
}

/// Takes the picture of a board after keys, under this name.
macro_rules! screen {
    ($name:ident, $size:expr, $keys:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(
                Screen::board($size).settled().press($keys).settled().picture()
            );
        }
    };
}

screen!(board_120x40, (120, 40), "");
screen!(board_80x24, (80, 24), "");
screen!(ranks_80x24, (80, 24), "g r");
screen!(ranks_120x40, (120, 40), "] g r j");
screen!(ranks_48x20, (48, 20), "g r");
screen!(matrix_80x24, (80, 24), "g m K K H j L");
screen!(matrix_120x40, (120, 40), "] g m K j K j K L L L");
screen!(matrix_60x16, (60, 16), "g m K");
screen!(matrix_48x20, (48, 20), "g m K");
screen!(explained_80x24, (80, 24), "X");
screen!(placing_80x24, (80, 24), "] P");
screen!(score_order_120x40, (120, 40), "] o");
screen!(board_60x16, (60, 16), "");
screen!(board_48x20_stacks, (48, 20), "");
screen!(board_40x10_shows_one_pane, (40, 10), "]");
screen!(board_30x8_is_a_card, (30, 8), "");
screen!(backlog_with_the_hat_120x40, (120, 40), "] j");
screen!(inbox_80x24, (80, 24), "g i");
screen!(inbox_120x40, (120, 40), "g i z");
screen!(inbox_triaged_60x16, (60, 16), "g i t enter z");
screen!(inbox_link_80x24, (80, 24), "g i t");
screen!(tree_80x24, (80, 24), "] Z");
screen!(tree_120x40, (120, 40), "] Z");
screen!(mend_80x24, (80, 24), "] 5 j M");
screen!(story_120x40, (120, 40), "] c");
screen!(criteria_80x24, (80, 24), "] C 1");
screen!(split_80x24, (80, 24), "] B D a r k tab 2 tab ctrl-t");
screen!(split_60x16, (60, 16), "] B");
screen!(sprint_120x40, (120, 40), "g s");
screen!(sprint_80x24, (80, 24), "g s");
screen!(sprint_48x20_shows_one_column, (48, 20), "g s l");
screen!(sprint_to_come_60x16, (60, 16), "g s >");
screen!(planning_80x24, (80, 24), "g s > S p f");
screen!(planning_40x10, (40, 10), "g s > S p J J");
screen!(closing_80x24, (80, 24), "g s S c n");
screen!(closing_40x10, (40, 10), "g s S c");
screen!(standup_80x24, (80, 24), "g s S u");
screen!(review_80x24, (80, 24), "g s S r");
screen!(retro_80x24, (80, 24), "g s S c enter");
screen!(timeline_120x40, (120, 40), "g t");
screen!(timeline_80x24, (80, 24), "g t j L J");
screen!(timeline_by_objective_60x16, (60, 16), "g t o z");
screen!(timeline_40x10, (40, 10), "g t j");
screen!(handing_over_80x24, (80, 24), "b");
screen!(noting_80x24, (80, 24), "] n");
screen!(filter_80x24, (80, 24), "/ b e r t h enter");
screen!(filter_being_typed_80x24, (80, 24), "/ b e r t h");
screen!(selection_80x24, (80, 24), "] space j j v j");
screen!(score_order_80x24, (80, 24), "] o");
screen!(score_form_80x24, (80, 24), "s");
screen!(score_form_refuses_80x24, (80, 24), "] s 9");
screen!(score_form_60x16, (60, 16), "] space j space s");
screen!(score_form_40x10, (40, 10), "s");
screen!(palette_80x24, (80, 24), ": u n d");
screen!(palette_60x16, (60, 16), ":");
screen!(help_120x40, (120, 40), "?");
screen!(help_60x16, (60, 16), "? G");
screen!(choices_80x24, (80, 24), "t");
screen!(order_proposal_80x24, (80, 24), "] O");
screen!(title_in_place_80x24, (80, 24), "j j j e");
screen!(title_in_place_scrolls_60x16, (60, 16), "] 3 j e left left left");
screen!(prompt_80x24, (80, 24), "p 1 3");
screen!(refusal_80x24, (80, 24), "] p n o enter");
screen!(done_message_80x24, (80, 24), "J");
screen!(keys_so_far_80x24, (80, 24), "g");

/// Takes the picture of the quarter after keys, under this name.
macro_rules! quarter {
    ($name:ident, $size:expr, $keys:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(Screen::quarter($size).settled().press($keys).picture());
        }
    };
}

quarter!(outcomes_120x40, (120, 40), "g o 4 j");
quarter!(outcomes_80x24, (80, 24), "g o 4 j");
quarter!(outcomes_60x16, (60, 16), "g o 3 j");
quarter!(outcomes_40x10, (40, 10), "g o 3 j");
quarter!(outcomes_at_the_end_80x24, (80, 24), "g o G");
quarter!(reading_80x24, (80, 24), "g o 4 j r 7 . 2");
quarter!(metric_form_80x24, (80, 24), "g o 4 j enter");
quarter!(what_came_of_it_80x24, (80, 24), "g o 6 j R");
quarter!(what_waits_80x24, (80, 24), ": c h a i n s enter");
quarter!(coverage_on_the_board_120x40, (120, 40), "");
quarter!(estimates_where_one_rates_80x24, (80, 24), "s up");

#[test]
fn objectives_of_an_empty_workspace_80x24() {
    insta::assert_snapshot!(Screen::of(Content::default(), (80, 24)).press("g o").picture());
}

#[test]
fn empty_workspace_80x24() {
    insta::assert_snapshot!(Screen::of(Content::default(), (80, 24)).picture());
}

#[test]
fn first_run_80x24() {
    let usual = "~/.local/share/twohats/twohats.json".into();
    let here = Some("~/code/ledgerly/twohats.json".into());
    let app = App::first_run(&Sites { usual, here, earlier: None }, 7);
    let mut screen = Screen { app, size: (80, 24), waiting: Vec::new() };
    screen.send(Msg::Resize { width: 80, height: 24 });
    insta::assert_snapshot!(screen.picture());
}

/// The words on a screen in one line, without borders.
fn words(screen: &Screen) -> String {
    let text = screen.text().replace(['│', '┃'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_question_is_asked_whole_however_narrow_the_screen() {
    for size in [(120, 40), (80, 24), (60, 16), (40, 12)] {
        let screen = Screen::board(size).press("a");
        assert!(words(&screen).contains("bug: title #tag:"), "{}", screen.text());
        let refused = screen.press("enter");
        let both = words(&refused);
        assert!(both.contains("needs a title") && both.contains("#tag:"), "{}", refused.text());
    }
}

#[test]
fn a_title_that_is_too_long_for_the_border_is_whole_below_it() {
    for size in [(120, 40), (80, 24)] {
        let mut screen = Screen::board(size).press("e ctrl-u");
        let title = "When a boat comes in late at night, the harbour master is told by phone and in \
                     writing, and the skipper hears within a minute which berth is free";
        screen.send(Msg::Paste(title.into()));
        let screen = screen.press("enter");
        assert!(words(&screen).contains(&format!("title {title}")), "{}", screen.text());
    }
}

#[test]
fn a_title_that_is_typed_has_the_row_to_itself_and_its_caret_in_it() {
    // Of a wide glyph the first cell counts.
    let typed = [((120, 40), "a berth for the night ", 36), ((80, 24), "請求書の一覧 ", 16)];
    for (size, long, least) in typed {
        let mut screen = Screen::board(size).press("e ctrl-u");
        screen.send(Msg::Paste(long.repeat(9)));
        let (buf, caret) = screen.drawn(&Theme::colour());
        let row = caret.unwrap();
        let under = |x: &u16| buf[(*x, row.y)].modifier.contains(Modifier::UNDERLINED);
        let cells = (0..size.0 / 2).filter(under).count();
        assert!(row.x < size.0 / 2 - 1 && cells >= least, "{}", screen.picture());
    }
}

#[test]
fn what_there_is_to_know_before_a_choice_is_whole_however_narrow_the_screen() {
    let long = "The harbour master hears in writing and by telephone which berth is still free, \
                and who comes late at night finds the way to it by a light";
    for size in [(120, 40), (80, 24), (60, 16)] {
        let mut screen = Screen::board(size).press("a");
        screen.send(Msg::Paste(format!("{long}\nShort\n{long} twice\n")));
        let told = words(&screen);
        for line in [long, "Short", &format!("{long} twice"), "add 3 items"] {
            assert!(told.contains(line), "{line} of {}", screen.text());
        }
        // Of more than there is room for, the end comes into sight.
        let mut screen = Screen::board(size).press("a");
        let many: Vec<_> = (0..30).map(|nth| format!("{nth} {long}")).collect();
        screen.send(Msg::Paste(many.join("\n")));
        assert!(screen.text().contains(" more "), "{}", screen.text());
        let screen = screen.press(&"pagedown ".repeat(30));
        assert!(words(&screen).contains(&format!("29 {long}")), "{}", screen.text());
        assert!(words(&screen).contains("add 30 items"), "{}", screen.text());
    }
}

#[test]
fn in_a_strip_of_one_line_a_long_title_has_the_border_and_the_line() {
    let title = "When a boat comes in late at night, the harbour master is told by phone and in \
                 writing, and the skipper hears it";
    for (size, typed) in [((80, 18), title), ((80, 16), &title[..70]), ((60, 17), &title[..107])] {
        let mut screen = Screen::board(size).press("e ctrl-u");
        screen.send(Msg::Paste(typed.into()));
        let screen = screen.press("enter");
        let text = screen.text();
        let strip: Vec<_> = text.lines().rev().skip(2).take(2).collect();
        let words = strip.iter().rev().flat_map(|line| line.split_whitespace());
        let words: Vec<_> =
            words.map(|word| word.trim_matches(['┌', '│', '…', '┐', '─'])).collect();
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        assert!(words.join(" ").starts_with(typed), "{text}");
    }
}

/// Whatever the question and however long the answer, the keys that end it are told where there is
/// room, and the answer keeps its own.
#[test]
fn the_keys_of_a_line_that_is_typed_are_told_in_80_columns() {
    for keys in ["a", "a s t o r y", "] p", "/ b e r t h", "] a"] {
        let mut screen = Screen::board((80, 24)).press(keys);
        let last = |screen: &Screen| screen.text().lines().last().unwrap_or_default().to_owned();
        let line = last(&screen);
        assert!(line.contains("enter accept  esc leave"), "{keys}: {line}");
        screen.send(Msg::Paste("0123456789".repeat(12)));
        assert!(last(&screen).contains(&"0123456789".repeat(2)), "{keys}: {}", last(&screen));
    }
    let narrow = Screen::board((60, 16)).press("/").text();
    assert!(narrow.lines().last().is_some_and(|line| line.ends_with("enter accept")), "{narrow}");
}

#[test]
fn a_form_says_how_to_leave_it_however_narrow_the_screen() {
    for (keys, told) in
        [("s", "enter on, accept  esc leave"), ("enter", "enter/ctrl-s accept  esc leave")]
    {
        let text = Screen::board((40, 10)).press(keys).text();
        assert!(text.lines().last().is_some_and(|line| line.contains(told)), "{text}");
    }
}

#[test]
fn where_a_filter_finds_nothing_the_way_out_is_said() {
    let screen = Screen::board((80, 24)).press("/ z z q enter d");
    assert!(screen.text().contains("no match is here · esc shows everything"), "{}", screen.text());
}

#[test]
fn what_is_cut_above_the_board_of_a_sprint_ends_in_an_ellipsis() {
    let mut screen = Screen::board((60, 10)).press("g s S g");
    let goal = "Whoever asks for a berth knows within a minute which one is free";
    screen.send(Msg::Paste(goal.into()));
    let screen = screen.press("enter");
    let text = screen.text();
    let line = text.lines().find(|line| line.contains(" more")).expect("something is left out");
    assert!(line.contains("… · "), "{line}");
}

#[test]
fn the_first_screen_says_how_a_workspace_that_was_there_comes_back() {
    let earlier = "`twohats restore` lists all of them".to_owned();
    let sites =
        Sites { usual: "~/twohats.json".into(), earlier: Some(earlier), ..Sites::default() };
    let app = App::first_run(&sites, 7);
    let mut screen = Screen { app, size: (80, 24), waiting: Vec::new() };
    screen.send(Msg::Resize { width: 80, height: 24 });
    let picture = screen.picture();
    assert!(picture.contains("`twohats restore` lists all of them"), "{picture}");
}

#[test]
fn not_saved_80x24() {
    let mut screen = Screen::board((80, 24)).press("J");
    screen.send(Msg::Saved { revision: 1, result: Err(SaveProblem::Changed) });
    insta::assert_snapshot!(screen.picture());
}

#[test]
fn what_to_do_80x24() {
    let mut screen = Screen::board((80, 24)).press("J");
    screen.send(Msg::Saved { revision: 1, result: Err(SaveProblem::Changed) });
    insta::assert_snapshot!(screen.press("!").picture());
}

#[test]
fn read_only_60x16() {
    let read_only = Some("format 2 is newer than this version of twohats".to_owned());
    let session =
        Session { path: "w.json".into(), content: fixture(), read_only, ..Session::default() };
    let mut screen = Screen { app: App::new(session, 7), size: (60, 16), waiting: Vec::new() };
    screen.send(Msg::Resize { width: 60, height: 16 });
    insta::assert_snapshot!(screen.picture());
}

#[test]
fn a_line_that_is_not_taken_stays_and_above_it_stands_why() {
    let lines = |screen: Screen| screen.text().lines().rev().take(2).collect::<Vec<_>>().join("\n");
    let refused = lines(Screen::board((80, 24)).press("] p x enter"));
    assert!(refused.contains("points are a number above 0, “x” is not"), "{refused}");
    assert!(refused.contains("points (empty clears): x"), "{refused}");
    let mended = lines(Screen::board((80, 24)).press("] p x enter y"));
    assert!(!mended.contains("“x” is not"), "{mended}");
}

#[test]
fn dragging_80x24() {
    let mut screen = Screen::board((80, 24));
    screen.mouse(MouseKind::Press, 10, 3);
    screen.mouse(MouseKind::Drag, 50, 4);
    insta::assert_snapshot!(screen.picture());
}

#[test]
fn in_every_view_a_click_goes_to_what_is_drawn_there() {
    for keys in ["g s", "g t", "g o", "g c", "g r", "g m K j K"] {
        let mut screen = Screen::board((80, 24)).press(keys);
        let cells = (1..18).flat_map(|y| (1..79).step_by(3).map(move |x| Position::new(x, y)));
        let mut reached = HashSet::new();
        for cell in cells {
            let before = screen.drawn(&Theme::mono()).1;
            screen.mouse(MouseKind::Press, cell.x, cell.y);
            let after = screen.drawn(&Theme::mono()).1;
            let moved = after.filter(|_| after != before);
            assert!(moved.is_none_or(|at| at.y == cell.y && at.x <= cell.x), "{keys}: {cell:?}");
            reached.extend(moved);
        }
        assert!(!reached.is_empty(), "{keys}: nothing can be clicked");
    }
}

#[test]
fn without_colours_the_cursor_and_what_is_selected_are_still_seen() {
    let screen = Screen::board((80, 24)).press("] space");
    let (buf, cursor) = screen.drawn(&Theme::mono());
    let cursor = cursor.unwrap();
    assert!(buf[cursor].modifier.contains(Modifier::REVERSED));
    assert_eq!(buf[(cursor.x, cursor.y)].symbol(), "▸");
    assert_eq!(buf[(cursor.x + 1, cursor.y - 1)].symbol(), "✓");
    assert!(!buf[(cursor.x, cursor.y - 1)].modifier.contains(Modifier::REVERSED));
    let plain = |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset);
    assert!(buf.content().iter().all(plain), "no colour at all");
}

#[test]
fn colours_say_nothing_that_is_not_said_without_them() {
    for keys in WINDOWS {
        let screen = Screen::board((80, 24)).press(keys);
        let without = frame::text(&screen.drawn(&Theme::mono()).0);
        assert_eq!(screen.text(), without, "{keys}");
    }
}

#[test]
fn the_cursor_row_is_reversed_from_edge_to_edge() {
    let (buf, cursor) = Screen::board((80, 24)).press("4 j").drawn(&Theme::colour());
    let y = cursor.unwrap().y;
    let reversed = |x: u16| buf[(x, y)].modifier.contains(Modifier::REVERSED);
    assert_eq!((0..80).filter(|x| reversed(*x)).count(), 34, "as wide as the pane inside");
}

/// A board of titles that are hard to draw.
fn hostile() -> Content {
    let titles = [
        "\u{1b}[2Jgone\u{7}".to_owned(),
        "right \u{202e}to left\u{2066}".to_owned(),
        "請求書".repeat(3_000),
        "👩\u{200d}👩\u{200d}👧\u{200d}👦".repeat(40),
        format!("a{}", "\u{301}".repeat(9_000)),
        "two\nlines\tand\ra\u{85}half".to_owned(),
        "x".repeat(10_000),
        String::new(),
        "e\u{301} 🇩🇪🇫🇷 ❤\u{fe0f} 한글".to_owned(),
    ];
    let record = |(at, title): (usize, &String)| {
        let id = ["\u{1b}", "請", "a\u{202e}", "ok"][at % 4].to_owned() + &at.to_string();
        let text = || Value::text(title);
        Arc::new(
            Record::new(Id::new(&id))
                .with(Field::Kind, text())
                .with(Field::Title, text())
                .with(Field::Notes, text())
                .with(Field::Tags, Value::list([text()]))
                .with(Field::Points, Value::Number(1e300)),
        )
    };
    let items = |skip| titles.iter().enumerate().skip(skip).step_by(2).map(record).collect();
    let mut content = Content::default();
    content.fill(Place::Now, items(0));
    content.fill(Place::Backlog, items(1));
    let product = Record::new(Id::new(""));
    content.set_product(
        product
            .with(Field::Name, Value::text(&titles[0]))
            .with(Field::Vision, Value::text(&titles[1])),
    );
    content
}

/// Whether a character acts on the terminal or on other text without being seen.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn hostile_text_is_read_and_not_obeyed_and_columns_stay() {
    for keys in WINDOWS {
        for size in [(120, 40), (80, 24), (60, 16), (30, 8)] {
            let screen = Screen::of(hostile(), size).press(keys);
            let (buf, _) = screen.drawn(&Theme::colour());
            assert!(!buf.content().iter().any(|cell| cell.symbol().contains(acts)), "{keys}");
        }
    }
    let screen = Screen::of(hostile(), (80, 24));
    let (buf, _) = screen.drawn(&Theme::colour());
    for y in 2..10 {
        let edges = [0, 35, 36, 79].map(|x| buf[(x, y)].symbol().to_owned());
        assert_eq!(edges, ["┃", "┃", "│", "│"], "row {y}\n{}", screen.text());
    }
    insta::assert_snapshot!(screen.text());
}

#[test]
fn every_window_is_drawn_at_every_odd_size() {
    let sizes = [
        (0, 0),
        (1, 1),
        (0, 9),
        (9, 0),
        (1, 40),
        (120, 1),
        (2, 2),
        (3, 3),
        (5, 4),
        (4, 5),
        (7, 6),
        (39, 10),
        (40, 9),
        (40, 10),
        (41, 11),
        (45, 15),
        (59, 15),
        (59, 16),
        (60, 16),
        (61, 17),
        (60, 10),
        (79, 23),
        (80, 24),
        (81, 25),
        (99, 19),
        (100, 20),
        (119, 39),
        (120, 40),
        (200, 12),
        (33, 77),
        (300, 100),
    ];
    for keys in WINDOWS {
        for size in sizes {
            for content in [fixture(), hostile(), Content::default()] {
                let screen = Screen::of(content, size).press(keys);
                let (buf, cursor) = screen.drawn(&Theme::colour());
                let inside = cursor.is_none_or(|cursor| buf.area.contains(cursor));
                assert!(inside, "{keys} at {size:?}: {cursor:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        rng_seed: RngSeed::Fixed(22),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_keys_at_any_size_can_be_drawn(
        keys in "[\\[\\]jkJKHLTIvaespt#dxDouO:?/gGmbi. 0-9]{0,12}",
        width in 0_u16..140,
        height in 0_u16..50,
        shrunk in (0_u16..140, 0_u16..50),
    ) {
        let mut screen = Screen::of(hostile(), (width, height));
        for c in keys.chars() {
            screen.send(Msg::Key(Key::plain(twohats::app::key::Code::Char(c))));
        }
        screen.drawn(&Theme::colour());
        // The screen may have shrunk before the app is told.
        screen.size = shrunk;
        let (buf, cursor) = screen.drawn(&Theme::mono());
        prop_assert!(cursor.is_none_or(|cursor| buf.area.contains(cursor)));
    }
}

#[test]
fn check_in_of_an_empty_workspace_80x24() {
    insta::assert_snapshot!(Screen::of(Content::default(), (80, 24)).press("g c").picture());
}

/// The check-in of the example, of which only what the file dates is known.
fn check_in(size: (u16, u16), keys: &str) -> String {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/ledgerly.json"));
    let content = WorkspaceFile::open(path).unwrap().0.content;
    Screen::of(content, size).press(keys).picture()
}

#[test]
fn check_in_of_the_owner_120x40() {
    insta::assert_snapshot!(check_in((120, 40), "g c l j space"));
}

#[test]
fn check_in_80x24() {
    insta::assert_snapshot!(check_in((80, 24), "g c space"));
}

#[test]
fn check_in_second_person_80x24() {
    insta::assert_snapshot!(check_in((80, 24), "g c G"));
}

#[test]
fn check_in_40x10() {
    insta::assert_snapshot!(check_in((40, 10), "g c"));
}
