//! A test is a picture of the board, keys, and the picture afterwards.
//!
//! Lanes are parted by `|`, panes by `/`: the roadmap, the backlog, the inbox, `done`. An item is
//! a letter, which is its id and its title. `[a]` has the cursor, `a*` is selected. What is empty
//! at the end is left out: `[a] b | c / d`.

use std::sync::Arc;
use twohats::app::key::Key;
use twohats::app::{App, Effect, Message, Msg, SaveProblem, Session};
use twohats::workspace::{Content, Date, Field, Hat, Id, Place, Record, Value};

/// The day on which every story happens.
pub fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

/// The places of a picture, in its order, grouped by pane.
const PANES: [&[Place]; 4] = [&Place::ROADMAP, &[Place::Backlog], &[Place::Inbox], &[Place::Done]];

/// A session that a test plays with.
pub struct Story {
    /// The app.
    pub app: App,
    /// Every effect so far.
    pub effects: Vec<Effect>,
}

impl Story {
    /// The board of a picture.
    pub fn of(picture: &str) -> Self {
        Self::with(picture, |_, record| record)
    }

    /// The board of a picture, each item changed by `dress`.
    pub fn with(picture: &str, dress: impl Fn(&str, Record) -> Record) -> Self {
        Self::under(Record::new(Id::new(Content::SETTINGS)), picture, dress)
    }

    /// The same under these settings.
    pub fn under(settings: Record, picture: &str, dress: impl Fn(&str, Record) -> Record) -> Self {
        Self::told(picture, dress, |content| content.set_settings(settings))
    }

    /// The board of a picture, with more than items.
    pub fn holding(picture: &str, more: impl FnOnce(&mut Content)) -> Self {
        Self::told(picture, |_, record| record, more)
    }

    /// The same with both.
    pub fn told(
        picture: &str,
        dress: impl Fn(&str, Record) -> Record,
        more: impl FnOnce(&mut Content),
    ) -> Self {
        let (mut content, cursor) = content(picture, dress);
        more(&mut content);
        let session = Session { path: "w.json".into(), content, ..Session::default() };
        let mut story = Self { app: App::new(session, 7), effects: Vec::new() };
        story.send(Msg::Resize { width: 120, height: 40 });
        if let Some(id) = cursor {
            story.put_cursor(&id);
        }
        story
    }

    /// Sends an event.
    pub fn send(&mut self, msg: Msg) -> &mut Self {
        let effects = self.app.update(msg, today());
        self.effects.extend(effects);
        self
    }

    /// Presses keys: `gg`, `5J`, with the named ones as `<enter>`, `<ctrl-r>`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.send(Msg::Key(key));
        }
        self
    }

    /// Answers every save that waits.
    pub fn saved(&mut self, result: &Result<(), SaveProblem>) -> &mut Self {
        let waiting: Vec<_> = self
            .effects
            .drain(..)
            .filter_map(|effect| match effect {
                Effect::Save { revision, content, .. } => Some((revision, content)),
                _ => None,
            })
            .collect();
        for (revision, content) in waiting {
            self.send(Msg::Saved { revision, result: result.clone().map(|()| content) });
        }
        self
    }

    /// The record of this id.
    pub fn item(&self, id: &str) -> &Record {
        self.app.workspace().get(&Id::new(id)).expect(id)
    }

    /// What the bottom line says.
    pub fn says(&self) -> &str {
        match &self.app.message {
            Some(Message::Did(text) | Message::Refused(text)) => text,
            None => "",
        }
    }

    /// The board as a picture.
    pub fn picture(&self) -> String {
        let mut panes: Vec<String> = PANES.iter().map(|places| self.pane(places)).collect();
        while panes.len() > 2 && panes.last().is_some_and(String::is_empty) {
            panes.pop();
        }
        tidy(panes.join(" / ").trim_end_matches(" / "))
    }

    fn pane(&self, places: &[Place]) -> String {
        let mut lanes: Vec<String> = places.iter().map(|place| self.lane(*place)).collect();
        while lanes.len() > 1 && lanes.last().is_some_and(String::is_empty) {
            lanes.pop();
        }
        lanes.join(" | ")
    }

    fn lane(&self, place: Place) -> String {
        let board = &self.app.board;
        let has_cursor = |id: &Id| board.cursor() == Some(id);
        let word = |record: &Arc<Record>| {
            let id = record.id();
            let mark = if board.chosen.contains(id) { "*" } else { "" };
            let title = record.title();
            if has_cursor(id) { format!("[{title}{mark}]") } else { format!("{title}{mark}") }
        };
        let words: Vec<String> = self.app.workspace().list(place).iter().map(word).collect();
        let here = board.focused().place() == place && board.cursor().is_none();
        if here { "[]".to_owned() } else { words.join(" ") }
    }

    fn put_cursor(&mut self, id: &str) {
        let id = Id::new(id);
        let place = self.app.workspace().place_of(&id).unwrap();
        self.app.board.look_at(place, &id);
        self.send(Msg::Resize { width: 120, height: 40 });
    }
}

/// The board `before`, once `keys` are pressed, is the board `after`.
#[track_caller]
pub fn check(before: &str, keys: &str, after: &str) {
    let mut story = Story::of(before);
    story.press(keys);
    assert_eq!(story.picture(), tidy(after), "{before}  after  {keys}: {}", story.says());
}

/// One space between words, so that pictures may be written in columns.
fn tidy(picture: &str) -> String {
    picture.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn content(picture: &str, dress: impl Fn(&str, Record) -> Record) -> (Content, Option<String>) {
    let mut content = Content::default();
    let mut cursor = None;
    for (pane, places) in picture.split('/').zip(PANES) {
        for (lane, place) in pane.split('|').zip(places) {
            let records = lane.split_whitespace().map(|word| {
                let id = word.trim_matches(['[', ']']);
                if word.starts_with('[') {
                    cursor = Some(id.to_owned());
                }
                Arc::new(dress(id, item(id, *place)))
            });
            content.fill(*place, records.collect());
        }
    }
    (content, cursor)
}

fn item(id: &str, place: Place) -> Record {
    let kind = if place.hat() == Hat::Pm { "initiative" } else { "story" };
    Record::new(Id::new(id))
        .with(Field::Kind, Value::text(kind))
        .with(Field::Title, Value::text(id))
}

fn parse(keys: &str) -> Vec<Key> {
    let mut left = keys;
    let mut parsed = Vec::new();
    while let Some(c) = left.chars().next() {
        let named = left.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let (spelling, rest) = match named {
            Some((name, rest)) => (name.to_owned(), rest),
            None => (c.to_string(), &left[c.len_utf8()..]),
        };
        let spelling = if spelling == " " { "space".to_owned() } else { spelling };
        parsed.push(Key::parse(&spelling).expect("a key"));
        left = rest;
    }
    parsed
}

/// A rating by CD3 whose score is `score`.
pub fn cd3(record: Record, score: f64) -> Record {
    let factors = Value::map([
        ("cost_of_delay".into(), Value::Number(score)),
        ("duration".into(), Value::Number(1.0)),
    ]);
    record.with(Field::Ratings, Value::map([("cd3".into(), factors)]))
}
