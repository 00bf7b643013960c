//! Writing an edited record: what did not change keeps its bytes, and what the model does not know
//! of stays where it is.

use super::emit::{self, member};
use super::form::{self, Form};
use super::raw::{self, Member};
use super::record::{Key, Keys};
use super::skeleton::{Fate, place_among, staying};
use crate::workspace::{Name, Record, Section, Value};
use std::collections::HashMap;

/// A record of the file, `raw`, as it is to be written now. Keys keep their order; new ones go to
/// their place.
pub(super) fn record(section: Section, raw: &str, current: &Record) -> String {
    let keys = Keys::of(section);
    let members = raw::members(raw);
    let mut written: Vec<(Option<usize>, String)> = Vec::with_capacity(members.len() + 1);
    for old in &members {
        let Some(key) = keys.get(&old.key) else {
            written.push((None, member(old.spelled, old.raw)));
            continue;
        };
        let text = if old.shadowed {
            // It does not count, and goes when the last one of its key goes.
            keeps(key, &members, &old.key, current).then(|| old.raw.to_owned())
        } else {
            field(key, old.raw, current)
        };
        written.extend(text.map(|text| (Some(key.rank()), member(old.spelled, &text))));
    }
    let is_there = |key: Key| written.iter().any(|(rank, _)| *rank == Some(key.rank()));
    let id = keys.get("id").map(|key| (key, emit::text(current.id().as_str())));
    let fields = current.fields().map(|(field, value)| (Key::Field(field), emit::value(value)));
    let new: Vec<_> = id.into_iter().chain(fields).filter(|(key, _)| !is_there(*key)).collect();
    for (key, text) in new {
        let at = place_among(written.iter().map(|(rank, _)| *rank), key.rank());
        written.insert(at, (Some(key.rank()), emit::field_member(key, &text)));
    }
    emit::object(written.into_iter().map(|(_, text)| text))
}

/// Whether the last value under a key is still written.
fn keeps(key: Key, members: &[Member], word: &str, current: &Record) -> bool {
    let last = members.iter().rfind(|member| member.key == word);
    last.is_some_and(|last| field(key, last.raw, current).is_some())
}

/// What to write under a key that is there; `None` when it goes.
fn field(key: Key, raw: &str, current: &Record) -> Option<String> {
    let now = match key {
        Key::Id => Some(&Value::link(current.id().clone())),
        Key::Field(field) => current.get(field),
    };
    match now {
        Some(now) => Some(value(key.form(), raw, now)),
        // Cleared, unless it never counted.
        None => form::value(key.form(), raw).is_none().then(|| raw.to_owned()),
    }
}

/// A value of the file, `raw`, as it is to be written now.
fn value(form: Form, raw: &str, current: &Value) -> String {
    match (form::value(form, raw), current) {
        (Some(before), _) if before == *current => raw.to_owned(),
        (Some(Value::Map(_)), Value::Map(entries)) if form.has_parts() => {
            object(form, raw, entries)
        }
        (Some(Value::List(_)), Value::List(values)) => match form.element() {
            Some(element) => list(element, raw, values),
            None => emit::value(current),
        },
        _ => emit::value(current),
    }
}

fn object(form: Form, raw: &str, entries: &[(Name, Value)]) -> String {
    let members = raw::members(raw);
    let now: HashMap<&str, usize> =
        entries.iter().enumerate().map(|(index, (name, _))| (&**name, index)).collect();
    let mut before: HashMap<&str, Vec<&Member>> = HashMap::new();
    for old in &members {
        before.entry(&old.key).or_default().push(old);
    }
    let counts = |part: Form, key: &str| {
        let last = before.get(key).and_then(|all| all.last());
        last.is_some_and(|last| form::value(part, last.raw).is_some())
    };
    let fate = |old: &Member| match (form.part(&old.key), now.get(&*old.key)) {
        // Written together with the last one of its key.
        (Some(_), Some(_)) if old.shadowed => Fate::Goes,
        (Some(_), Some(&index)) => Fate::Becomes(index),
        (Some(part), None) if counts(part, &old.key) => Fate::Goes,
        _ => Fate::Stays,
    };
    let entry = |(name, current): &(Name, Value)| {
        let old = before.get(&**name).and_then(|old| old.split_last());
        let (Some((last, shadowed)), Some(part)) = (old, form.part(name)) else {
            return member(&emit::text(name), &emit::value(current));
        };
        let shadowed = shadowed.iter().map(|old| member(old.spelled, old.raw));
        let last = member(last.spelled, &value(part, last.raw, current));
        shadowed.chain([last]).collect::<Vec<_>>().join(",")
    };
    let stays = staying(members.iter().map(fate));
    let stay = |at: usize| member(members[at].spelled, members[at].raw);
    emit::object(braid(entries.iter().map(entry), &stays, stay).into_iter())
}

fn list(element: Form, raw: &str, values: &[Value]) -> String {
    let elements = raw::elements(raw);
    let before: Vec<Option<Value>> = elements.iter().map(|raw| form::value(element, raw)).collect();
    let fates = matches(&before, values);
    let mut counterparts: Vec<Option<&str>> = vec![None; values.len()];
    for (raw, fate) in elements.iter().zip(&fates) {
        if let Fate::Becomes(index) = fate {
            counterparts[*index] = Some(raw);
        }
    }
    let written = values.iter().zip(counterparts).map(|(current, raw)| match raw {
        Some(raw) => value(element, raw, current),
        None => emit::value(current),
    });
    let stays = staying(fates.iter().copied());
    emit::list(braid(written, &stays, |at| elements[at].to_owned()).into_iter())
}

/// The new texts in their order, with what stays between them.
fn braid(
    new: impl Iterator<Item = String>,
    stays: &[(usize, usize)],
    stay: impl Fn(usize) -> String,
) -> Vec<String> {
    let mut written = Vec::new();
    let mut rest = stays.iter().peekable();
    let mut drain = |upto: usize, written: &mut Vec<String>| {
        while let Some((_, at)) = rest.next_if(|(after, _)| *after <= upto) {
            written.push(stay(*at));
        }
    };
    drain(0, &mut written);
    for (index, text) in new.enumerate() {
        written.push(text);
        drain(index + 1, &mut written);
    }
    written
}

/// Which element of a list became which. Equal ones are the same; of the rest, those that begin
/// alike, or stand at one index of lists of one length, are one that was edited.
fn matches(before: &[Option<Value>], values: &[Value]) -> Vec<Fate> {
    let goes = |value: &Option<Value>| if value.is_some() { Fate::Goes } else { Fate::Stays };
    let mut fates: Vec<Fate> = before.iter().map(goes).collect();
    let known: Vec<(usize, &Value)> =
        before.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?))).collect();
    let (olds, news) = (known.len(), values.len());
    let equal = |old: usize, new: usize| *known[old].1 == values[new];
    let edited = |old: usize, new: usize| {
        (old == new && olds == news) || begins_alike(known[old].1, &values[new])
    };
    // Most lists change in one place: what is equal at both ends is matched without a search.
    let head = (0..olds.min(news)).take_while(|&at| equal(at, at)).count();
    let rest = olds.min(news) - head;
    let tail = (1..=rest).take_while(|back| equal(olds - back, news - back)).count();
    for at in 0..head {
        fates[known[at].0] = Fate::Becomes(at);
    }
    for back in 1..=tail {
        fates[known[olds - back].0] = Fate::Becomes(news - back);
    }
    let mut free: Vec<usize> = (head..news - tail).collect();
    for is_counterpart in [&equal as &dyn Fn(usize, usize) -> bool, &edited] {
        for old in head..olds - tail {
            let fate = &mut fates[known[old].0];
            let found = free.iter().position(|&new| is_counterpart(old, new));
            if let (Fate::Goes, Some(at)) = (*fate, found) {
                *fate = Fate::Becomes(free.remove(at));
            }
        }
    }
    fates
}

/// Whether two groups have the same first part, such as a name.
fn begins_alike(one: &Value, other: &Value) -> bool {
    one.entries().first().is_some_and(|first| other.entries().first() == Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Id};

    /// A record of the backlog, edited and written.
    fn woven(raw: &str, edit: impl Fn(Record) -> Record) -> String {
        let read = super::super::record::read(
            raw,
            &Keys::of(Section::Item),
            &mut super::super::form::Desk::default(),
        );
        record(Section::Item, raw, &edit(read.unwrap().record))
    }

    fn of(field: Field, raw: &str) -> Value {
        form::value(Form::Field(field.row().shape), raw).unwrap()
    }

    #[test]
    fn an_edit_changes_its_value_and_nothing_else() {
        let raw = r#"{"x_a":[1, 2],"points":1.0,"title":"a","id":"i","x_b":null}"#;
        assert_eq!(
            woven(raw, |item| item.with(Field::Title, Value::text("b"))),
            r#"{"x_a":[1, 2],"points":1.0,"title":"b","id":"i","x_b":null}"#
        );
    }

    #[test]
    fn a_new_field_goes_to_its_place_and_a_cleared_one_goes_away() {
        let raw = r#"{"id":"i","title":"a","x":1,"points":3,"votes":"many"}"#;
        assert_eq!(
            woven(raw, |item| item
                .without(Field::Points)
                .with(Field::Notes, Value::text("n"))
                .with(Field::From, Value::text("inbox"))),
            r#"{"id":"i","title":"a","notes":"n","x":1,"votes":"many","from":"inbox"}"#
        );
    }

    #[test]
    fn what_is_unknown_or_wrong_inside_a_value_stays() {
        let raw = r#"{"id":"i","ratings":{"rice":{"reach": 450,"x":{},"impact":true},"own":5}}"#;
        let now = of(Field::Ratings, r#"{"rice":{"reach":9,"x":1,"effort":2},"ice":{"ease":1}}"#);
        assert_eq!(
            woven(raw, |item| item.with(Field::Ratings, now.clone())),
            r#"{"id":"i","ratings":{"rice":{"reach":9,"x":1,"impact":true,"effort":2},"own":5,"ice":{"ease":1}}}"#
        );
    }

    #[test]
    fn elements_of_a_list_keep_their_bytes_and_their_company() {
        let raw =
            r#"{"id":"i","acceptance":[{"text":"a","ticket":1},7,{"text":"b"},{ "text":"c" }]}"#;
        let now = of(Field::Acceptance, r#"[{"text":"c"},{"text":"a","met":true}]"#);
        assert_eq!(
            woven(raw, |item| item.with(Field::Acceptance, now.clone())),
            r#"{"id":"i","acceptance":[{ "text":"c" },{"text":"a","ticket":1,"met":true},7]}"#
        );
    }

    #[test]
    fn what_is_there_twice_and_wrong_stays_whole() {
        let raw = r#"{"id":"i","story":{"as":"x","as":5,"want":"w"}}"#;
        let now = of(Field::Story, r#"{"want":"v"}"#);
        assert_eq!(
            woven(raw, |item| item.with(Field::Story, now.clone())),
            r#"{"id":"i","story":{"as":"x","as":5,"want":"v"}}"#
        );
    }

    #[test]
    fn a_value_that_is_there_twice_keeps_both_until_it_is_cleared() {
        let raw = r#"{"id":"i","points":1,"story":{"as":"x","as":"y"},"points":2}"#;
        assert_eq!(
            woven(raw, |item| item
                .with(Field::Points, Value::Number(5.0))
                .with(Field::Story, of(Field::Story, r#"{"as":"z"}"#))),
            r#"{"id":"i","points":1,"story":{"as":"x","as":"z"},"points":5}"#
        );
        assert_eq!(
            woven(raw, |item| item.without(Field::Points).without(Field::Story)),
            r#"{"id":"i"}"#
        );
    }

    #[test]
    fn a_record_gets_its_name_in_front() {
        let raw = r#"{"title":"a"}"#;
        assert_eq!(woven(raw, |item| item.named(Id::new("n"))), r#"{"id":"n","title":"a"}"#);
        let raw = r#"{"title":"a","id":7}"#;
        assert_eq!(woven(raw, |item| item.named(Id::new("n"))), r#"{"title":"a","id":"n"}"#);
    }
}
