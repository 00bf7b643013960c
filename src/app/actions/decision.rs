//! What was decided, kept as a record of its own.

use crate::workspace::{Date, Field, Hat, Id, Op, Place, Record, Spot, Value};
use jiff::ToSpan;
use std::sync::Arc;

/// Days until an item that is kept against its score is looked at again.
const REVIEW: i32 = 30;

/// A decision, in words and links.
#[derive(Debug, Clone, Default)]
pub struct Decision<'a> {
    /// The item it is about.
    pub about: Option<&'a Id>,
    /// The item that one was preferred to.
    pub over: Option<&'a Id>,
    /// What was decided.
    pub what: &'a str,
    /// Why; may be empty.
    pub why: &'a str,
    /// When to look at it again.
    pub review: Option<Date>,
}

impl Decision<'_> {
    /// The change that keeps this under a new id, as decided on this day under this hat.
    pub fn kept(&self, id: Id, hat: Hat, today: Date) -> Op {
        let link = |id: &Id| Value::link(id.clone());
        let text = |text: &str| (!text.is_empty()).then(|| Value::text(text));
        let fields = [
            (Field::On, Some(Value::Date(today))),
            (Field::HatOn, Some(Value::text(hat.key()))),
            (Field::About, self.about.map(link)),
            (Field::Over, self.over.map(link)),
            (Field::What, text(self.what)),
            (Field::Why, text(self.why)),
            (Field::Review, self.review.map(Value::Date)),
        ];
        let fields = fields.into_iter().filter_map(|(field, value)| Some((field, value?)));
        let record =
            fields.fold(Record::new(id), |record, (field, value)| record.with(field, value));
        Op::Insert { record: Arc::new(record), at: Spot::bottom(Place::Decisions) }
    }
}

/// The day to look again at what is decided today against a score.
pub fn review(today: Date) -> Date {
    today.saturating_add(REVIEW.days())
}
