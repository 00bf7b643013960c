//! FIELD=VALUE: which field of a record is to hold what.

use super::failure::Failure;
use super::part::{Sign, Typed};
use crate::app::actions::{blocked, progress};
use crate::app::entry::Typing;
use crate::app::word;
use crate::scoring::{CATALOGUE, Framework};
use crate::workspace::{Date, Field, Op, Record, Section, Status, Value, Workspace};
use std::sync::Arc;

/// A field and what becomes of it, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assignment {
    /// The field, or its framework, and the way to a part of it, with dots between.
    path: String,
    sign: Sign,
    value: String,
}

impl Assignment {
    /// The assignment that `text` is, unless it is a word like any other. What stands before the
    /// `=` has no spaces in it.
    pub fn parse(text: &str) -> Option<Self> {
        let (path, value) = text.split_once('=')?;
        let (path, sign) = match (path.strip_suffix('+'), path.strip_suffix('-')) {
            (Some(path), _) => (path, Sign::Add),
            (None, Some(path)) => (path, Sign::Take),
            (None, None) => (path, Sign::Set),
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        let is_path = path.starts_with(|c: char| c.is_ascii_lowercase()) && path.chars().all(fits);
        is_path.then(|| Self { path: path.to_owned(), sign, value: value.to_owned() })
    }

    /// What these do, in words.
    pub fn words(all: &[Self]) -> String {
        let is_clear = |one: &&Self| one.sign == Sign::Set && one.value.trim().is_empty();
        let (clear, set): (Vec<&Self>, Vec<&Self>) = all.iter().partition(is_clear);
        let said = |verb: &str, words: Vec<String>| {
            (!words.is_empty()).then(|| format!("{verb} {}", words.join(" ")))
        };
        let set = set.into_iter().map(|one| {
            let Self { path, sign, value } = one;
            format!("{path}{}{value}", sign.typed())
        });
        let clear = clear.into_iter().map(|one| one.path.clone());
        let both = [said("set", set.collect()), said("cleared", clear.collect())];
        both.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The record once this is done to it.
    pub fn apply(&self, to: &Target, record: Record) -> Result<Record, Failure> {
        let done = self.done(to, record);
        let Self { path, sign, value } = self;
        done.map_err(|wrong| Failure::Usage(format!("{path}{}{value}: {wrong}", sign.typed())))
    }

    fn done(&self, to: &Target, record: Record) -> Result<Record, String> {
        let mut path = self.path.split('.');
        let head = path.next().unwrap_or_default();
        let rest: Vec<&str> = path.collect();
        let is_item = to.section == Section::Item;
        match Field::named(to.section, head) {
            Some(Field::Ratings) => {
                let (id, rest) = rest.split_first().ok_or("say which: ratings.FRAMEWORK.FACTOR")?;
                self.rate(to, record, id, rest)
            }
            Some(Field::Status) if self.sign == Sign::Set && rest.is_empty() => {
                self.advance(to, &record)
            }
            Some(field) => self.set(to, record, field, &rest),
            None if is_item && is_framework(head) => self.rate(to, record, head, &rest),
            None => Err(no_such_field(to.section, head)),
        }
    }

    fn set(
        &self,
        to: &Target,
        record: Record,
        field: Field,
        rest: &[&str],
    ) -> Result<Record, String> {
        let rubric = rest.get(2..).filter(|_| field == Field::Rubrics);
        let rubric = rubric.map(|key| [rest[..2].join("."), key.join(".")]);
        let rest: Vec<&str> = match &rubric {
            Some(keys) => keys.iter().map(String::as_str).collect(),
            None => rest.to_vec(),
        };
        let typed = Typed { typing: to.typing(), sign: self.sign, text: &self.value };
        let new = typed.changed(field.row().shape, record.get(field), &rest)?;
        if field == Field::Title && to.section == Section::Item {
            new.as_ref().ok_or("an item needs a title")?;
        }
        if matches!(field, Field::RoadmapFramework | Field::BacklogFramework) {
            new.as_ref().map_or(Ok(()), |_| framework(to.workspace, &self.value).map(drop))?;
        }
        Ok(with(record, field, new))
    }

    /// What goes with a status goes with it here too: since when it is blocked, when it began.
    fn advance(&self, to: &Target, record: &Record) -> Result<Record, String> {
        let typed = to.typing().read(Field::Status.row().shape, &self.value)?;
        let ops = match with(record.clone(), Field::Status, typed).status() {
            Status::Blocked => {
                let why = record.get(Field::Blocked).and_then(|blocked| blocked.get("why"));
                blocked(record, why.and_then(Value::as_text).unwrap_or_default(), to.today)
            }
            status => progress(record, status, to.today),
        };
        Ok(edited(record.clone(), &Op::Batch(ops)))
    }

    fn rate(&self, to: &Target, record: Record, id: &str, rest: &[&str]) -> Result<Record, String> {
        let framework = framework(to.workspace, id)?;
        if self.sign != Sign::Set {
            return Err("+= and -= are for lists; = sets it".into());
        }
        let value = Some(self.value.as_str()).filter(|text| !text.is_empty());
        let values = match (rest, value) {
            ([], None) => framework.factors.iter().map(|factor| (factor.id, None)).collect(),
            ([id], value) => match framework.factor(id) {
                Some(factor) => {
                    vec![(factor.id, value.map(|text| factor.parse(text)).transpose()?)]
                }
                None => return Err(format!("{} has {}", framework.name, factors(framework))),
            },
            _ => return Err(format!("say which factor: {}", factors(framework))),
        };
        let op = framework.rate(&record, &values, to.today);
        Ok(edited(record, &op))
    }
}

/// What assignments are made to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// The workspace around it.
    pub workspace: &'a Workspace,
    /// What kind of record it is.
    pub section: Section,
    /// The day it happens on.
    pub today: Date,
    /// Whether the person writes the month before the day.
    pub month_first: Option<bool>,
}

impl Target<'_> {
    fn typing(&self) -> Typing<'_> {
        Typing { workspace: self.workspace, today: self.today, month_first: self.month_first }
    }

    /// The edits that do these assignments to a record; none where it is so already.
    pub fn edits(&self, record: &Arc<Record>, all: &[Assignment]) -> Result<Vec<Op>, Failure> {
        let new = self.assign(Record::clone(record), all)?;
        let edit =
            |field| Op::Edit { id: record.id().clone(), field, value: new.get(field).cloned() };
        let rows = Field::of(self.section).map(|row| row.field);
        Ok(rows.filter(|field| record.get(*field) != new.get(*field)).map(edit).collect())
    }

    /// The record once all of these are done to it.
    pub fn assign(&self, record: Record, all: &[Assignment]) -> Result<Record, Failure> {
        all.iter().try_fold(record, |record, assignment| assignment.apply(self, record))
    }
}

/// The framework of this id.
///
/// # Errors
/// Which there are, in words.
pub(super) fn framework(workspace: &Workspace, id: &str) -> Result<&'static Framework, String> {
    Framework::find(id, workspace.settings()).ok_or_else(|| {
        let mut ids: Vec<&str> = CATALOGUE.iter().map(|framework| framework.id).collect();
        ids.dedup();
        format!("there is no framework “{id}”; there are {}", ids.join(", "))
    })
}

fn is_framework(id: &str) -> bool {
    CATALOGUE.iter().any(|framework| framework.id == id)
}

fn factors(framework: &Framework) -> String {
    framework.factors.iter().map(|factor| factor.id).collect::<Vec<_>>().join(", ")
}

/// That there is no field of this name; which one may be meant, else which there are.
fn no_such_field(section: Section, name: &str) -> String {
    let mut keys: Vec<&str> = Field::of(section).map(|row| row.key).collect();
    if section == Section::Item {
        keys.extend(CATALOGUE.iter().map(|framework| framework.id));
        keys.dedup();
    }
    let near = word::nearest(name, keys.iter().copied());
    let all = || format!("the fields are {}", keys.join(", "));
    let meant = near.map_or_else(all, |near| format!("did you mean `{near}`?"));
    format!("there is no such field; {meant}")
}

fn with(record: Record, field: Field, value: Option<Value>) -> Record {
    match value {
        Some(value) => record.with(field, value),
        None => record.without(field),
    }
}

/// The record once the edits in an op are done to it.
fn edited(record: Record, op: &Op) -> Record {
    let mut record = record;
    op.each(&mut |op| {
        if let Op::Edit { field, value, .. } = op {
            record = with(record.clone(), *field, value.clone());
        }
    });
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_space_before_the_sign_is_a_title() {
        let parse = |text| Assignment::parse(text).map(|it| (it.path, it.sign, it.value));
        let of = |path: &str, sign, value: &str| Some((path.to_owned(), sign, value.to_owned()));
        assert_eq!(parse("points=3"), of("points", Sign::Set, "3"));
        assert_eq!(parse("tags+=a"), of("tags", Sign::Add, "a"));
        assert_eq!(parse("tags-=a=b"), of("tags", Sign::Take, "a=b"));
        assert_eq!(parse("people.2026-Q4="), of("people.2026-Q4", Sign::Set, ""));
        assert_eq!(parse("Fix a=b"), None);
        assert_eq!(parse("=3"), None);
        assert_eq!(parse("points"), None);
    }
}
