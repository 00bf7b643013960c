//! What a start and a key cost, in counts that are the same on every machine: the first frame waits
//! for little, a workspace ten times as large costs no more, and little goes over the line.

use super::calls::{can_trace, traced};
use super::cli::Home;
use super::faults::left_out;
use super::pty::{Pty, like};
use super::story::today;
use allocation_counter::measure;
use ratatui::buffer::{Buffer, Cell};
use std::sync::Arc;
use twohats::app::detail::strip;
use twohats::app::key::Key;
use twohats::app::reckoning::Reckoning;
use twohats::app::search::AT_ONCE;
use twohats::app::{App, Arrival, Effect, Msg, Session};
use twohats::insight::check;
use twohats::insight::rank::Ranked;
use twohats::store::{Outside, WorkspaceFile};
use twohats::terminal::{Canvas, Cursor};
use twohats::view::{Theme, draw};
use twohats::workspace::{Content, Field, Hat, Id, Place, Record, Spot, Value, Workspace};

const SIZE: (u16, u16) = (120, 40);

/// An item with what most have; one in ten waits for the one before it, one in five is a part.
fn item(at: usize, kind: &str, framework: &str, factors: [&str; 4]) -> Arc<Record> {
    let steps = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0];
    let number = |part: usize| Value::Number(steps[(at * 7 + at / 5 + part * 5) % steps.len()]);
    let factors = factors.iter().enumerate();
    let factors = factors.map(|(part, name)| ((*name).into(), number(part)));
    let ratings = Value::map([(framework.into(), Value::Map(factors.collect()))]);
    let link = |id: String| Value::link(Id::new(&id));
    let item = Record::new(Id::new(&format!("{}{at}", &kind[..1])))
        .with(Field::Kind, Value::text(kind))
        .with(Field::Title, Value::text(format!("{kind} number {at} of many")))
        .with(
            Field::Notes,
            Value::text("Seen on first launch. ".to_owned() + &"More of it. ".repeat(at % 20)),
        )
        .with(Field::Points, number(9))
        .with(Field::Ratings, ratings);
    let item = match (kind, at % 10) {
        ("story", 6 | 7) => item.without(Field::Ratings),
        ("story", 3) => item.with(Field::BlockedBy, Value::list([link(format!("s{}", at - 1))])),
        ("story", 4 | 9) => item.with(Field::Parent, link(format!("i{}", at % 30))),
        _ => item,
    };
    Arc::new(item)
}

/// A session on so many items, with five sprints behind it.
fn session(count: usize) -> App {
    let mut content = Content::default();
    let rice = ["reach", "impact", "confidence", "effort"];
    let wsjf = ["value", "urgency", "opportunity", "size"];
    let ideas = (0..count / 10).map(|at| item(at, "initiative", "rice", rice));
    let stories = (0..count - count / 10).map(|at| item(at, "story", "wsjf", wsjf));
    content.fill(Place::Later, ideas.collect());
    content.fill(Place::Backlog, stories.collect());
    let sprint = |at: i8| {
        let end = Value::Date(jiff::civil::date(2026, 6 + at, 14));
        let sprint = Record::new(Id::new(&format!("z{at}"))).with(Field::Name, Value::text("S"));
        let closed = sprint.with(Field::State, Value::text("closed")).with(Field::End, end);
        Arc::new(closed.with(Field::Delivered, Value::Number(20.0 + f64::from(at))))
    };
    content.fill(Place::Sprints, (0..5).map(sprint).collect());
    let mut app = App::new(Session { content, ..Session::default() }, 7);
    app.update(Msg::Resize { width: SIZE.0, height: SIZE.1 }, today());
    app
}

/// A session and the terminal that shows it.
struct Screen {
    app: App,
    canvas: Canvas,
}

impl Screen {
    /// One of so many items.
    fn of(count: usize) -> Self {
        let mut screen = Self { app: session(count), canvas: Canvas::new(true) };
        // What follows from all items is known once it is asked for.
        for key in ["]", "J", "K"] {
            screen.press(key);
        }
        screen
    }

    /// A key, and the bytes of the frame that shows what it did.
    fn press(&mut self, key: &str) -> usize {
        self.app.update(Msg::Key(Key::parse(key).unwrap()), today());
        let paint = |frame: &mut Buffer| {
            let at = draw(&self.app, &Theme::colour(), frame);
            Cursor { at, shown: false }
        };
        self.canvas.frame(SIZE, paint).map_or(0, |bytes| bytes.len())
    }

    /// What the second press of these keys takes: the first one gets to know what is looked at.
    fn cost(&mut self, keys: &[&str]) -> u64 {
        let mut press = || keys.iter().map(|key| self.press(key)).for_each(|_| {});
        press();
        measure(press).count_total
    }
}

#[test]
fn a_key_costs_as_much_in_a_large_workspace_as_in_a_small_one() {
    let [mut small, mut large] = [1_000, 10_000].map(Screen::of);
    for (keys, most) in [(["j", "k"], 6_000), (["J", "K"], 8_000)] {
        let [few, many] = [&mut small, &mut large].map(|screen| screen.cost(&keys));
        assert!(few < most, "{keys:?}: {few}");
        assert!(many * 20 <= few * 21, "{keys:?}: {many} in place of {few}");
    }
}

#[test]
fn after_any_moves_and_titles_all_is_as_if_it_had_just_been_opened() {
    let mut random = fastrand::Rng::with_seed(4);
    let mut app = session(120);
    let press = |app: &mut App, key: &str| {
        app.update(Msg::Key(Key::parse(key).unwrap()), today());
    };
    let keys = [
        "J", "J", "K", "j", "j", "u", "ctrl-r", "[", "]", "G", "H", "L", "v", "esc", "ctrl-d",
        "ctrl-u",
    ];
    for round in 0..400 {
        press(&mut app, keys[random.usize(..keys.len())]);
        if round % 50 == 7 {
            ["O", "m"].iter().for_each(|key| press(&mut app, key));
        }
        if round % 4 == 3 {
            // Far enough that parts of one item pass each other.
            ["g", ["J", "K"][random.usize(..2)]].iter().for_each(|key| press(&mut app, key));
        }
        if round % 20 == 9 {
            ["e", "x", "enter"].iter().for_each(|key| press(&mut app, key));
        }
        is_as_if_just_opened(&app, &format!("round {round}"));
    }
    assert!(app.changes() > 50);
}

#[track_caller]
fn is_as_if_just_opened(app: &App, when: &str) {
    let content = app.workspace().content().clone();
    let mut anew = App::new(Session { content, ..Session::default() }, 7);
    let asked = anew.update(Msg::Resize { width: SIZE.0, height: SIZE.1 }, today());
    if let Some(conclusions) = concluding(asked) {
        anew.update(conclusions.answer(), today());
    }
    for hat in [Hat::Pm, Hat::Po] {
        let [mine, other] = [&app, &&anew].map(|app| app.standing(hat).unwrap());
        assert_eq!(format!("{:?}", mine.ranking), format!("{:?}", other.ranking), "{when}");
        let ids = mine.ranking.items.iter().map(Ranked::id);
        ids.for_each(|id| assert_eq!(mine.kept(id), other.kept(id), "{when} {id}"));
    }
    let [mine, other] = [&app, &&anew].map(|app| app.forecast().unwrap());
    assert_eq!((&mine.items, &mine.lines), (&other.items, &other.lines), "{when}");
    assert_eq!((app.coverage(), app.covered()), (anew.coverage(), anew.covered()), "{when}");
    assert_eq!(app.is_felt(), anew.is_felt(), "{when}");
    assert_eq!(rows(app), rows(&anew), "{when}");
    let [mine, other] =
        [&app, &&anew].map(|app| check::all(app.workspace(), app.survey().unwrap()));
    assert_eq!(format!("{mine:?}"), format!("{other:?}"), "{when}");
}

/// What the rows and the strip say of the first items of every list, save what chance has a part in.
fn rows(app: &App) -> Vec<String> {
    let spots = Place::ITEMS.into_iter().flat_map(|place| {
        (0..app.workspace().list(place).len().min(50)).map(move |index| Spot::new(place, index))
    });
    let said = |spot: Spot| {
        let id = app.workspace().list(spot.place)[spot.index].id();
        let mut bands = strip(app, id).unwrap().bands;
        bands.retain(|(label, _)| label.ends_with(" parts") || label == "asked for");
        let found = app.first_finding(spot).map(|rule| rule.words);
        format!("{id} {} {found:?} {:?} {bands:?}", app.shortest_prefix(id), app.progress(id))
    };
    spots.map(said).collect()
}

/// What is to be concluded of that, and not simulated.
fn concluding(effects: Vec<Effect>) -> Option<Reckoning> {
    let asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::Simulate(reckoning) if reckoning.progress().is_none() => Some(*reckoning),
        _ => None,
    });
    asked.last()
}

#[test]
fn what_is_concluded_beside_the_screen_is_of_what_stands_on_it() {
    let mut random = fastrand::Rng::with_seed(6);
    let mut app = session(5_100);
    let (mut waiting, mut fits) = (Vec::new(), 0);
    let keys = ["j", "j", "u", "ctrl-r", "x", "J", "u", "[", "]", "G"];
    for round in 0..100 {
        let key = Key::parse(keys[random.usize(..keys.len())]).unwrap();
        waiting.extend(concluding(app.update(Msg::Key(key), today())));
        // Answers come late, and not in the order of the questions.
        if !waiting.is_empty() && random.usize(..3) == 0 {
            let answer: Reckoning = waiting.swap_remove(random.usize(..waiting.len()));
            waiting.extend(concluding(app.update(answer.answer(), today())));
        }
        if app.standing(Hat::Po).is_some() && random.usize(..4) == 0 {
            fits += 1;
            is_as_if_just_opened(&app, &format!("round {round}"));
        }
    }
    assert!(fits > 5, "{fits}");
}

/// The search that was asked for last.
fn searching(effects: Vec<Effect>) -> Option<Reckoning> {
    let asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::Simulate(reckoning) if reckoning.is_search() => Some(*reckoning),
        _ => None,
    });
    asked.last()
}

/// Presses a key; the search that ends beside the screen.
fn type_key(app: &mut App, key: &str) -> Option<Reckoning> {
    searching(app.update(Msg::Key(Key::parse(key).unwrap()), today()))
}

/// What the backlog shows: how many rows, and whether more are looked for.
fn found(app: &App) -> (usize, bool) {
    let lane = &app.board.backlog.lanes[0];
    (lane.len(), lane.is_looking)
}

#[test]
fn a_start_asks_for_little_memory_besides_what_the_file_holds() {
    let app = session(1_000);
    let paint = |frame: &mut Buffer| {
        let at = draw(&app, &Theme::colour(), frame);
        Cursor { at, shown: false }
    };
    // The ways to find things are made with the first look at the items, and keys are spelled once.
    let shows = || _ = Canvas::new(true).frame(SIZE, paint);
    shows();
    let opened = measure(|| _ = App::new(Session::default(), 7)).count_total;
    assert!(opened <= 80, "{opened}");
    let frame = measure(shows);
    assert!(frame.count_total <= 1_100, "{frame:?}");
    let screen = size_of::<Cell>() * usize::from(SIZE.0) * usize::from(SIZE.1);
    assert!(frame.bytes_max < 5 * screen as u64 / 4, "more than one screen: {frame:?}");
}

#[test]
fn a_letter_looks_at_few_items_before_it_is_seen_and_one_less_at_none() {
    let mut app = session(20_000);
    type_key(&mut app, "]");
    type_key(&mut app, "/");
    let search = type_key(&mut app, "n").unwrap();
    assert_eq!(found(&app), (AT_ONCE, true), "every title has it");
    app.update(search.answer(), today());
    assert_eq!(found(&app), (18_000, false));
    let search = type_key(&mut app, "7").unwrap();
    assert!(found(&app).0 < AT_ONCE);
    app.update(search.answer(), today());
    let sevens = found(&app).0;
    assert!(sevens > AT_ONCE && !found(&app).1, "{sevens}");
    assert!(type_key(&mut app, "backspace").is_none());
    assert_eq!(found(&app), (18_000, false), "it is known from before");
    let search = type_key(&mut app, "7").unwrap();
    type_key(&mut app, "enter");
    assert_eq!(found(&app), (sevens, false), "a command waits for all");
    app.update(search.answer(), today());
    assert_eq!(found(&app), (sevens, false));
}

/// Every row is of what the filter finds, in its order, and where nothing more is looked for they
/// are all.
#[track_caller]
fn shows_what_the_filter_finds(app: &App, when: &str) {
    for pane in [&app.board.roadmap, &app.board.backlog] {
        for lane in &pane.lanes {
            let found = app.board.filter.matching(app.workspace(), lane.place, today());
            let rows: Vec<_> = (0..lane.len()).filter_map(|row| lane.index(row)).collect();
            assert!(found.starts_with(&rows), "{when}: {}", app.board.filter.text());
            assert!(lane.is_looking || rows.len() == found.len(), "{when}");
        }
        let at = &pane.cursor;
        assert_eq!(at.id, pane.id_at(app.workspace(), at.lane, at.row), "{when}");
    }
}

/// The workspace with one title less, as if something else had taken it out of the file.
fn without_one(app: &App, at: usize) -> Msg {
    let since = app.workspace().content().clone();
    let mut theirs = since.clone();
    let mut left = since.list(Place::Backlog).to_vec();
    left.remove(at % left.len());
    theirs.fill(Place::Backlog, left);
    let arrival = Arrival { number: 0, since, theirs, gone: None, reverted: vec![], news: vec![] };
    Msg::Outside(Ok(Some(Box::new(arrival))))
}

#[test]
fn what_is_found_beside_the_screen_is_of_the_last_letter_and_the_last_change() {
    let mut random = fastrand::Rng::with_seed(11);
    let mut app = session(12_000);
    let (mut waiting, mut looks, mut taken) = (Vec::new(), 0, 0);
    let letters = ["n", "o", "m", "7", "1", "space", "backspace", "backspace", "ctrl-u"];
    let commands = ["/", "/", "/", "J", "u", "G", "]", "esc"];
    for round in 0..400 {
        let mut one_of = |keys: &[&'static str]| keys[random.usize(..keys.len())];
        let key = match one_of(&["letter", "letter", "letter", "letter", "letter", "other"]) {
            _ if app.windows.is_empty() => one_of(&commands),
            "other" => one_of(&["enter", "esc"]),
            _ => one_of(&letters),
        };
        let effects = if random.usize(..12) == 0 {
            app.update(without_one(&app, random.usize(..)), today())
        } else {
            app.update(Msg::Key(Key::parse(key).unwrap()), today())
        };
        waiting.extend(searching(effects));
        shows_what_the_filter_finds(&app, &format!("round {round}"));
        // Answers come late, and not in the order of the questions.
        while !waiting.is_empty() && random.usize(..3) == 0 {
            let answer: Reckoning = waiting.swap_remove(random.usize(..waiting.len()));
            let was_looking = found(&app).1;
            waiting.extend(searching(app.update(answer.answer(), today())));
            taken += usize::from(was_looking && !found(&app).1);
            shows_what_the_filter_finds(&app, &format!("round {round}, answered"));
        }
        looks += usize::from(found(&app).1);
    }
    while let Some(answer) = waiting.pop() {
        waiting.extend(searching(app.update(answer.answer(), today())));
    }
    assert!(!found(&app).1);
    shows_what_the_filter_finds(&app, "in the end");
    assert!(looks > 40 && taken > 10, "{looks} {taken}");
}

#[test]
fn a_key_does_not_wait_for_what_follows_from_all_items() {
    let mut first = Screen { app: session(10_000), canvas: Canvas::new(true) };
    assert!(first.app.standing(Hat::Po).is_none());
    first.press("]");
    assert!(measure(|| _ = first.press("j")).count_total < 6_000);
    assert!(first.app.standing(Hat::Po).is_none());
}

/// Bytes asked for while everything is looked at for what is wrong, where one estimated item is
/// made of so many without points.
fn checked(parts: usize) -> u64 {
    let story = |id: String| Record::new(Id::new(&id)).with(Field::Kind, Value::text("story"));
    let whole = story("w".to_owned()).with(Field::Points, Value::Number(8.0));
    let part = |at| story(format!("p{at}")).with(Field::Parent, Value::link(Id::new("w")));
    let mut content = Content::default();
    let all = std::iter::once(whole).chain((0..parts).map(part));
    content.fill(Place::Backlog, all.map(Arc::new).collect());
    let workspace = Workspace::new(content);
    let found = || {
        let survey = check::Survey::of(&workspace, today());
        assert!(check::all(&workspace, &survey).iter().all(|one| one.rule.id != "estimate"));
    };
    found();
    measure(found).bytes_total
}

#[test]
fn what_shares_an_estimate_is_checked_at_the_same_cost_whatever_shares_it_too() {
    let [few, many] = [300, 3_000].map(checked);
    assert!(many <= few * 14, "{many} in place of {few}");
}

#[test]
fn another_title_leaves_ranks_and_days_where_they_are() {
    let mut app = session(6_000);
    let mut press = |key: &str| app.update(Msg::Key(Key::parse(key).unwrap()), today());
    press("]");
    let asked = concluding(press("d")).unwrap();
    app.update(asked.answer(), today());
    for key in ["j", "e", "x", "enter"] {
        app.update(Msg::Key(Key::parse(key).unwrap()), today());
    }
    let id = app.cursor().unwrap();
    let ranked = app.standing(Hat::Po).unwrap().get(id).unwrap();
    assert!(ranked.title().ends_with('x'), "{}", ranked.title());
    assert!(app.forecast().is_some());
}

#[test]
fn a_move_of_the_cursor_goes_over_the_line_in_few_bytes() {
    let mut screen = Screen::of(1_000);
    for (pane, most) in [("[", 390), ("]", 510)] {
        screen.press(pane);
        let sizes: Vec<usize> = (0..15).map(|_| screen.press("j")).collect();
        let all: usize = sizes.iter().sum();
        assert!(all <= most * sizes.len(), "{pane}: {} a key: {sizes:?}", all / sizes.len());
    }
}

#[test]
fn a_key_that_is_held_is_drawn_in_few_frames_and_none_is_lost() {
    let home = Home::new();
    let made = home.run("init large.json --generate 1000 --seed 42");
    assert_eq!(made.code, 0, "{made:?}");
    let mut pty = Pty::spawn(like(&home.command(&["large.json"])), SIZE.0, SIZE.1);
    pty.wait_for("Backlog");
    pty.send("]");
    pty.wait(|screen| screen.contents().contains("\u{25b8}  1 "));
    let before = pty.frames();
    pty.send(&"j".repeat(200));
    pty.wait(|screen| screen.contents().contains("\u{25b8} 201 "));
    let frames = pty.frames() - before;
    assert!(frames <= 20, "{frames} frames");
}

#[test]
fn letters_typed_at_once_end_in_what_the_last_of_them_finds() {
    let home = Home::new();
    let made = home.run("init large.json --generate 12000 --seed 42");
    assert_eq!(made.code, 0, "{made:?}");
    // In quotes both mean it as it is written; the letters before the last quote find more.
    let listed = home.run("list -f large.json --in backlog --filter \"imp\" --json");
    let count = listed.json().as_array().unwrap().len();
    assert!(count > 1_000, "{count}");
    let mut pty = Pty::spawn(like(&home.command(&["large.json"])), SIZE.0, SIZE.1);
    pty.wait_for("Backlog");
    pty.send("/\"imp\"");
    pty.wait(|screen| screen.contents().contains(&format!("\"imp\": {count} of ")));
}

#[test]
fn the_first_frame_waits_for_no_disk_few_looks_at_files_and_one_thread() {
    if !can_trace() {
        return left_out("the calls of a start (there is no strace, or it may not trace)");
    }
    for (items, threads) in [(100, 1), (1_000, 2)] {
        before_the_first_frame(items, threads);
    }
}

/// What is called before the first frame of so many items, with so many threads.
fn before_the_first_frame(items: usize, threads: usize) {
    let home = Home::new();
    let made = home.run(&format!("init small.json --generate {items} --seed 42"));
    assert_eq!(made.code, 0, "{made:?}");
    // Not beside the workspace, whose folder is watched: what is written there would have calls of its own.
    let beside = tempfile::tempdir().unwrap();
    let seen = beside.path().join("calls.txt");
    let command = traced(&home.command(&["small.json"]), &["-o", seen.to_str().unwrap()]);
    let mut pty = Pty::spawn(like(&command), SIZE.0, SIZE.1);
    pty.wait_for("Backlog");
    pty.send("q");
    assert!(pty.end().success());
    let calls = std::fs::read_to_string(seen).unwrap();
    let (start, rest) = calls.split_once("[?2026h").unwrap();
    let of = |text: &str, name: &str| text.lines().filter(|line| line.contains(name)).count();
    assert_eq!(of(start, "sync("), 0, "{start}");
    // One gives the terminal back; where there is enough to read, another helps with that.
    assert!(of(start, " clone3(") <= threads, "{start}");
    let looks = ["openat(", "statx(", "readlink(", "getdents64("].map(|name| of(start, name));
    assert!(looks.iter().sum::<usize>() <= 120, "{looks:?}: {start}");
    assert_eq!(
        of(start, "cgroup"),
        0,
        "processors are counted where there is much to read: {start}"
    );
    // What is not there before is there behind, and would be seen.
    assert!(of(rest, " clone3(") >= 3 && of(rest, "inotify_init1(") == 1, "{rest}");
}

#[test]
fn a_line_changed_outside_is_read_alone() {
    let asked = |count: usize| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plan.json");
        let content = session(count).workspace().content().clone();
        let (opened, mut file) = WorkspaceFile::create(&path, &content).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("story number 70 of", "story number 70, one of"))
            .unwrap();
        let asked = measure(|| {
            let outside = file.look(&opened.content);
            assert!(matches!(outside, Outside::Changed(arrival) if arrival.ops.len() == 1));
        });
        asked.count_total
    };
    let (few, many) = (asked(1_000), asked(10_000));
    assert!(many <= few + few / 4, "{few} times in 1,000 items, {many} in 10,000");
}
