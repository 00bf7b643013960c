//! The fields a record can have: one row each. The file, the forms, `set`, differences and merges
//! all read these rows; a new field is a new row and nothing else.

use super::{Place, Value};

/// What kind of record a field belongs to. Product and settings are one record each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// Work, ideas and feedback.
    Item,
    /// What the product is to reach.
    Objective,
    /// Whom it serves.
    Persona,
    /// What goes out when.
    Release,
    /// An iteration.
    Sprint,
    /// What was decided.
    Decision,
    /// A look back.
    CheckIn,
    /// The product itself.
    Product,
    /// How this workspace works.
    Settings,
}

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// One line of text.
    Text,
    /// Many lines of text, Markdown.
    Long,
    /// A finite number of at least `min`, or above it where `open`.
    Number {
        /// The smallest number allowed.
        min: f64,
        /// Whether `min` itself is not allowed.
        open: bool,
    },
    /// Yes or no.
    Flag,
    /// A day.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One of these words, or another, which is kept.
    Word(&'static [&'static str]),
    /// A record standing in one of these places.
    Link(&'static [Place]),
    /// Records standing in one of these places, each once.
    Links(&'static [Place]),
    /// A list of lines.
    Lines,
    /// A list of words, each once.
    Words,
    /// Named parts.
    Group(&'static [Part]),
    /// A list of groups of named parts.
    Groups(&'static [Part]),
    /// Any names, each with a value of this shape.
    Map(&'static Shape),
    /// A number, a class word, or `[low, high]`, a 90 % interval.
    Rating,
    /// A list of `[day, number]`.
    Readings,
    /// Anything, kept as it is.
    Any,
}

/// A named part of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its name in the file.
    pub key: &'static str,
    /// What it may hold.
    pub shape: Shape,
}

/// A field: its name in the file, its name on the screen, what it may hold and what it means.
#[derive(Debug)]
pub struct Row {
    /// The field this row describes.
    pub field: Field,
    /// Its name in the file and on the command line.
    pub key: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// The kinds of record that have it.
    pub of: &'static [Section],
    /// What it says, in a few words.
    pub meaning: &'static str,
}

const fn part(key: &'static str, shape: Shape) -> Part {
    Part { key, shape }
}

const HATS: Shape = Choice(&["pm", "po"]);
const ANY_NUMBER: Shape = Number { min: f64::MIN, open: false };
const POSITIVE: Shape = Number { min: 0.0, open: true };
const AMOUNT: Shape = Number { min: 0.0, open: false };
const ITEMS: &[Place] = &Place::ITEMS;

use Section::{CheckIn, Decision, Item, Objective, Persona, Product, Release, Settings, Sprint};
use Shape::{
    Any, Choice, Date, Flag, Group, Groups, Lines, Link, Links, Long, Map, Number, Rating,
    Readings, Text, Word, Words,
};

/// Declares [`Field`] and its rows from one table, so that they cannot disagree.
macro_rules! fields {
    ($($field:ident $key:literal, $label:literal, $shape:expr, [$($of:ident),+], $meaning:literal;)+) => {
        /// A field, by name. The order is the order in which a new record is written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field {
            $(#[doc = $meaning] $field,)+
        }

        static ROWS: &[Row] = &[$(Row {
            field: Field::$field,
            key: $key,
            label: $label,
            shape: $shape,
            of: &[$($of),+],
            meaning: $meaning,
        },)+];
    };
}

fields! {
    Kind "kind", "kind",
        Word(&["initiative", "epic", "story", "task", "bug", "spike", "idea", "feedback"]), [Item],
        "What sort of work it is; unknown kinds are kept and behave as `task`.";
    Title "title", "title", Text, [Item, Objective], "What it is, in one line.";
    Name "name", "name", Text, [Persona, Release, Sprint, Product], "What it is called.";
    Vision "vision", "vision", Text, [Product], "What the world looks like once it worked.";
    Strategy "strategy", "strategy", Long, [Product], "How the vision is reached.";
    Notes "notes", "notes", Long, [Item], "Free text, Markdown.";
    Tags "tags", "tags", Words, [Item], "Words to find it by.";
    Status "status", "status", Choice(&["todo", "doing", "blocked", "review"]), [Item],
        "How far it is; absent is `todo`, and in `done` an item is done.";
    Blocked "blocked", "blocked",
        Group(&[part("since", Date), part("why", Text)]), [Item],
        "Since when and why it is blocked.";
    Parent "parent", "part of", Link(ITEMS), [Item], "The item it is part of.";
    Objective "objective", "objective", Link(&[Place::Objectives]), [Item], "What it serves.";
    Persona "persona", "persona", Link(&[Place::Personas]), [Item], "Whom it serves.";
    Release "release", "release", Link(&[Place::Releases]), [Item], "When it goes out.";
    Sprint "sprint", "sprint", Link(&[Place::Sprints]), [Item], "The sprint it is in.";
    BlockedBy "blocked_by", "waits for", Links(ITEMS), [Item],
        "What must be done before; satisfied by an item in `done`.";
    Evidence "evidence", "evidence", Links(ITEMS), [Item], "The feedback that speaks for it.";
    Points "points", "points", POSITIVE, [Item], "Its size, in story points.";
    Ratings "ratings", "ratings", Map(&Map(&Rating)), [Item], "Framework, factor, value.";
    Rated "rated", "rated", Map(&Date), [Item], "Framework and the day its ratings changed.";
    Story "story", "user story",
        Group(&[part("as", Text), part("want", Text), part("so", Text)]), [Item],
        "As whom, what is wanted, what for.";
    Acceptance "acceptance", "acceptance",
        Groups(&[part("text", Text), part("met", Flag)]), [Item], "Acceptance criteria.";
    Source "source", "source", Text, [Item], "Where the feedback came from.";
    Votes "votes", "votes", AMOUNT, [Item], "How many said so.";
    Outcome "outcome", "outcome",
        Group(&[
            part("is", Choice(&["linked", "declined", "parked"])), part("why", Text),
            part("on", Date), part("item", Link(ITEMS)), part("until", Date),
        ]), [Item], "What became of an inbox entry.";
    External "external", "from outside",
        Group(&[
            part("system", Text), part("key", Text), part("url", Text), part("seen", Text),
        ]), [Item, Sprint],
        "Where it was imported from; `seen` tells what changed since, here or there.";
    Start "start", "start", Date, [Item, Objective, Sprint], "The first day.";
    End "end", "end", Date, [Sprint], "The last day.";
    Due "due", "due", Date, [Item, Objective], "The day it must be done by.";
    Created "created", "created", Date, [Item], "The day it was written down.";
    Added "added", "added", Date, [Item], "The day it came into its sprint after the start.";
    Started "started", "started", Date, [Item], "The day work began.";
    Done "done", "done", Date, [Item], "The day it was done.";
    Approved "approved", "approved", Date, [Item, Release], "The day the owner approved it.";
    From "from", "came from",
        Choice(&["now", "next", "later", "backlog", "inbox"]), [Item],
        "In `done`: where it stood.";
    NoteTo "note_to", "note to the other hat",
        Group(&[part("hat", HATS), part("text", Text), part("on", Date), part("answer", Text)]),
        [Item], "A word to the other hat.";
    Experiment "experiment", "experiment",
        Group(&[part("hypothesis", Text), part("measure", Text), part("result", Text)]), [Item],
        "A trial and what came of it.";
    Actual "actual", "actual", Map(&ANY_NUMBER), [Item], "What came of it, for calibration.";
    Share "share", "share", Number { min: 0.0, open: false }, [Objective],
        "Target share of the effort, in percent.";
    Metrics "metrics", "metrics",
        Groups(&[
            part("name", Text), part("type", Word(&["nps", "conversion", "revenue", "usage", "other"])),
            part("unit", Text), part("baseline", ANY_NUMBER), part("target", ANY_NUMBER),
            part("readings", Readings),
        ]), [Objective], "How success is measured.";
    Needs "needs", "needs", Long, [Persona], "What they need.";
    Day "date", "date", Date, [Release], "The day it goes out.";
    Milestone "milestone", "milestone", Flag, [Release], "A mark without items.";
    State "state", "state", Choice(&["planned", "running", "closed"]), [Sprint],
        "How far the sprint is.";
    Goal "goal", "goal", Text, [Sprint], "What the sprint is for.";
    Committed "committed", "committed", AMOUNT, [Sprint], "Points committed at the start.";
    Promised "promised", "promised", Links(ITEMS), [Sprint], "The items that were in it at the start.";
    Carried "carried", "carried over", Links(ITEMS), [Sprint],
        "The items that went from it into the next sprint when it was closed.";
    Delivered "delivered", "delivered", AMOUNT, [Sprint],
        "Points delivered; absent, the points of its done items count.";
    DaysOff "days_off", "days off", AMOUNT, [Sprint], "Days nobody works.";
    Retro "retro", "retro",
        Group(&[part("kept", Lines), part("changed", Lines), part("tried", Lines)]), [Sprint],
        "What was kept, changed and tried.";
    On "on", "on", Date, [Decision, CheckIn], "The day.";
    HatOn "hat", "hat", HATS, [Decision, CheckIn], "Which hat was on.";
    About "item", "about", Link(ITEMS), [Decision], "The item it is about.";
    Over "over", "over", Link(ITEMS), [Decision], "The item it was preferred to.";
    What "what", "what", Text, [Decision], "What was decided.";
    Why "why", "why", Text, [Decision], "Why.";
    Review "review", "review", Date, [Decision], "The day to look at it again.";
    Ended "ended", "ended", Text, [Decision], "How it ended.";
    Note "note", "note", Long, [CheckIn], "What was seen.";
    RoadmapFramework "roadmap_framework", "roadmap framework", Text, [Settings],
        "How the roadmap is scored.";
    BacklogFramework "backlog_framework", "backlog framework", Text, [Settings],
        "How the backlog is scored.";
    SprintDays "sprint_days", "sprint days", POSITIVE, [Settings], "Days a sprint lasts (14).";
    NowLimit "now_limit", "limit of Now", AMOUNT, [Settings], "Items Now may hold (3).";
    Capacity "capacity", "capacity", AMOUNT, [Settings], "Points a sprint, where stated.";
    Wip "wip", "limits", Map(&AMOUNT), [Settings], "Status and how many may be in it.";
    Ice "ice", "ICE variant", Choice(&["product", "average"]), [Settings],
        "How ICE is computed: the product, or the average.";
    Drivers "drivers", "drivers",
        Groups(&[
            part("id", Text), part("name", Text), part("weight", AMOUNT), part("low", ANY_NUMBER),
            part("high", ANY_NUMBER), part("cost", Flag),
        ]), [Settings], "The person's own factors.";
    Rubrics "rubrics", "rubrics", Map(&Map(&Text)), [Settings],
        "Framework and factor, value, what it means here.";
    Ready "ready", "definition of ready", Lines, [Settings], "When an item may be started.";
    DoneMeans "done_means", "definition of done", Lines, [Settings], "When an item is done.";
    People "people", "people", Map(&AMOUNT), [Settings], "Quarter and how many people.";
    Budget "budget", "budget", Map(&AMOUNT), [Settings], "Quarter and how much money.";
    Conflict "conflict", "conflict", Map(&Any), [Item, Objective, Persona, Release, Sprint, Decision, CheckIn, Product, Settings],
        "After a merge that could not choose: field, or `place`, and the other side's value.";
}

impl Field {
    /// What is said of an item only while it is done; all of it goes when the item is taken up
    /// again.
    pub const OF_DONE: [Self; 3] = [Self::Done, Self::From, Self::Approved];

    /// Every row, in the order in which a new record is written.
    pub fn rows() -> &'static [Row] {
        ROWS
    }

    /// The row of this field.
    pub fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// Its name in the file and on the command line.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    /// The field of this name that a record of this section has.
    pub fn named(section: Section, key: &str) -> Option<Self> {
        Self::of(section).find(|row| row.key == key).map(|row| row.field)
    }

    /// The fields that a record of this section has.
    pub fn of(section: Section) -> impl Iterator<Item = &'static Row> {
        ROWS.iter().filter(move |row| row.of.contains(&section))
    }
}

impl Shape {
    /// Whether a value of this shape may link to other records.
    pub fn holds_links(&self) -> bool {
        match self {
            Link(_) | Links(_) | Any => true,
            Group(parts) | Groups(parts) => parts.iter().any(|part| part.shape.holds_links()),
            Map(shape) => shape.holds_links(),
            _ => false,
        }
    }

    /// Whether a field of this shape may hold `value`.
    pub fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Text | Long | Word(_) | Rating, Value::Text(_))
            | (Flag, Value::Flag(_))
            | (Date, Value::Date(_))
            | (Link(_), Value::Link(_))
            | (Any, _) => true,
            (Number { min, open }, Value::Number(number)) => {
                number.is_finite() && if *open { number > min } else { number >= min }
            }
            (Choice(words), Value::Text(text)) => words.contains(&&**text),
            (Links(_), Value::List(values)) => values.iter().all(|v| v.as_link().is_some()),
            (Lines | Words, Value::List(values)) => values.iter().all(|v| v.as_text().is_some()),
            (Group(parts), Value::Map(entries)) => fit(parts, entries),
            (Groups(parts), Value::List(values)) => {
                values.iter().all(|v| matches!(v, Value::Map(entries) if fit(parts, entries)))
            }
            (Map(shape), Value::Map(entries)) => entries.iter().all(|(_, v)| shape.accepts(v)),
            (Rating, Value::Number(number)) => number.is_finite(),
            (Rating, Value::List(values)) => is_interval(values),
            (Readings, Value::List(values)) => values.iter().all(is_reading),
            _ => false,
        }
    }
}

fn fit(parts: &[Part], entries: &[(super::Name, Value)]) -> bool {
    entries.iter().all(|(name, value)| {
        parts.iter().any(|part| part.key == &**name && part.shape.accepts(value))
    })
}

fn is_interval(values: &[Value]) -> bool {
    let [Value::Number(low), Value::Number(high)] = values else { return false };
    low.is_finite() && high.is_finite() && low <= high
}

fn is_reading(value: &Value) -> bool {
    matches!(value.items(), [Value::Date(_), Value::Number(number)] if number.is_finite())
}

/// A record says with a bit each which fields it has.
const _: () = assert!(ROWS.len() <= u128::BITS as usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_finds_its_own_row() {
        assert!(Field::rows().iter().all(|row| row.field.row().key == row.key));
    }

    #[test]
    fn no_section_has_two_fields_of_one_name() {
        for row in Field::rows() {
            for &section in row.of {
                assert_eq!(Field::of(section).filter(|other| other.key == row.key).count(), 1);
            }
        }
    }

    #[test]
    fn points_are_above_nothing_and_intervals_go_upwards() {
        let points = Field::Points.row().shape;
        assert!(points.accepts(&Value::Number(0.5)));
        assert!(!points.accepts(&Value::Number(0.0)));
        let interval = |a, b| Value::list([Value::Number(a), Value::Number(b)]);
        assert!(Shape::Rating.accepts(&interval(1.0, 2.0)));
        assert!(!Shape::Rating.accepts(&interval(2.0, 1.0)));
    }
}
