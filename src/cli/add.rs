//! `add`: new items, and what they serve: objectives, personas, releases.

use super::assignment::{Assignment, Target};
use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::options;
use super::part;
use super::position::{Position, Queue, Slot};
use super::verb::Verb;
use crate::app::actions;
use crate::app::entry::Typing;
use crate::workspace::{
    Date, Field, Id, IdSource, Kind, Op, Place, Record, Section, Spot, Step, Value,
};
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io;
use std::sync::Arc;

/// Add an item, to the bottom of the backlog unless told otherwise
///
/// The words that are no FIELD=VALUE are its title; a title with such a word in it is given in
/// quotes or as title=…. A title is read as on the screen: `5 bug: Import drops a row #bank` is a bug
/// of 5 points with a tag; in the inbox, and as title=…, it stays as it is. With `-` every line that is piped in is the title of an item. The id of
/// the new item is printed. Its kind is `story`, in the lanes `initiative`, in the inbox
/// `feedback`, unless told otherwise. An objective, a persona or a release is added in the same
/// way.
#[derive(Debug, Args)]
#[command(override_usage = "twohats add [OPTIONS] <TITLE|->... [FIELD=VALUE]...")]
pub(super) struct Add {
    /// The title, and fields to set
    #[arg(required = true, value_name = "TITLE|FIELD=VALUE")]
    words: Vec<String>,
    /// Where it goes
    #[arg(long, alias = "in", value_name = "PLACE", value_parser = options::addable())]
    to: Option<Place>,
    /// What sort of work it is
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::key)))]
    kind: Option<String>,
    #[command(flatten)]
    position: Position,
}

impl Verb for Add {
    const NAME: &'static str = "add";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats add Import a bank CSV points=5", "a story"),
        ("twohats add '3 bug: Import drops a row #bank'", "a bug of 3 points with a tag"),
        ("twohats add --kind bug --top Import drops a row", "a bug that comes first"),
        ("twohats add --to next Payroll rice.reach=300..600", "an initiative, rated in part"),
        ("twohats add --to inbox - < feedback.txt", "an inbox entry a line"),
        ("twohats add --to objectives Halve the time to close share=50", "an objective"),
        ("twohats add --to releases 2.1 date=2027-02-26", "a release"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let (fields, titles) = self.split()?;
        let mut desk = Desk::open(console)?;
        let ids = IdSource::seeded(fastrand::u64(..));
        let (today, month_first) = (console.today, console.month_first());
        let step = desk.change(console, |workspace| {
            let typing = Typing { workspace, today, month_first };
            self.ops(typing, &titles, &fields, &mut ids.clone())
        })?;
        let new = step.as_ref().map(Step::touched).unwrap_or_default();
        console.say(
            step.as_ref().map_or("nothing was piped in, so nothing was added", |step| &step.words),
        );
        report(console, &desk, &new, self.is_piped())
    }
}

/// Prints the new ids, or the new items as JSON: a list where lines were piped in.
fn report(console: &mut Console, desk: &Desk, ids: &[Id], is_list: bool) -> Result<(), Failure> {
    match (console.options.json, is_list) {
        (true, true) => console.json_list(desk.jsons(ids)),
        (true, false) => console.json_one_or_all(&desk.jsons(ids)),
        (false, _) => ids.iter().try_for_each(|id| console.line(id.as_str())),
    }
}

impl Add {
    fn is_piped(&self) -> bool {
        self.words.iter().any(|word| word == "-")
    }

    /// The fields to set, and the titles.
    fn split(&self) -> Result<(Vec<Assignment>, Vec<String>), Failure> {
        let fields = self.words.iter().filter_map(|word| Assignment::parse(word)).collect();
        let words = self.words.iter().filter(|word| Assignment::parse(word).is_none());
        let words: Vec<&str> = words.map(String::as_str).collect();
        if !self.is_piped() {
            return Ok((fields, vec![words.join(" ")]));
        }
        if words.len() > 1 {
            return Err(Failure::Usage(
                "either a title, or `-` for titles that are piped in".into(),
            ));
        }
        let lines = io::stdin().lines().collect::<io::Result<Vec<String>>>();
        let mut titles = lines.map_err(Failure::Input)?;
        titles.retain(|title| !title.trim().is_empty());
        Ok((fields, titles))
    }

    fn ops(
        &self,
        typing: Typing,
        titles: &[String],
        fields: &[Assignment],
        ids: &mut IdSource,
    ) -> Result<(String, Vec<Op>), Failure> {
        let Typing { workspace, today, month_first } = typing;
        let slot = self.position.slot(workspace)?;
        let beside = slot.as_ref().and_then(Slot::anchor).and_then(|id| workspace.place_of(id));
        let place = self.to.or(beside).unwrap_or(Place::Backlog);
        let mut queue = Queue::new(workspace, place, slot.unwrap_or(Slot::Bottom))?;
        let target = Target { workspace, section: place.section(), today, month_first };
        if self.kind.is_some() && !place.holds_items() {
            return Err(Failure::Usage(format!("nothing in {} has a kind", place.words())));
        }
        let mut ops = Vec::new();
        for title in titles {
            let id = ids.next(|id| workspace.is_spoken_for(id));
            let item = target.assign(self.blank(id, place, title, today)?, fields)?;
            if item.title().is_empty() {
                return Err(Failure::Usage(format!("{} needs a title", a(place.section()))));
            }
            let at = queue.put(item.id()).unwrap_or(Spot::bottom(place));
            ops.push(Op::Insert { record: Arc::new(item), at });
        }
        let words = match &ops[..] {
            [Op::Insert { record, .. }] => record.title().to_owned(),
            _ => format!("{} items", ops.len()),
        };
        Ok((format!("added to {}: {words}", place.words()), ops))
    }

    /// A record as it is before its fields are set; an item is written down today.
    fn blank(&self, id: Id, place: Place, title: &str, today: Date) -> Result<Record, Failure> {
        let title = part::line(title).map_err(Failure::Usage)?;
        if !place.holds_items() {
            let field = Field::named(place.section(), "title").unwrap_or(Field::Name);
            return Ok(Record::new(id).with(field, Value::text(title)));
        }
        let kind = self.kind.as_deref().unwrap_or_else(|| place.usual_kind().key());
        let is_read = place != Place::Inbox && !title.is_empty();
        let item = if is_read {
            actions::part(&title, place.usual_kind(), id, today).map_err(Failure::Usage)?
        } else {
            Record::new(id)
                .with(Field::Kind, Value::text(kind))
                .with(Field::Title, Value::text(title))
                .with(Field::Created, Value::Date(today))
        };
        let item = match &self.kind {
            Some(kind) => item.with(Field::Kind, Value::text(kind)),
            None => item,
        };
        Ok(if place == Place::Done { item.with(Field::Done, Value::Date(today)) } else { item })
    }
}

/// What a record of a section is called, with its article.
fn a(section: Section) -> &'static str {
    match section {
        Section::Objective => "an objective",
        Section::Persona => "a persona",
        Section::Release => "a release",
        _ => "an item",
    }
}
