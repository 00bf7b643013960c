//! Saying what is doubtful in a file: values that do not fit, links to nothing, links that go
//! round. Nothing is changed.

use super::document::{Draft, Found};
use super::form::{self, Form};
use super::notice::Notes;
use super::raw::{self, Span};
use super::record::{Key, Keys};
use crate::store::hands;
use crate::workspace::{Field, Id, Lookup, Record};

/// Characters of a value that are quoted.
const QUOTED: usize = 30;

/// The beginning of a value as it is spelled, on one line.
pub(super) fn clip(raw: &str) -> String {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Records of a cycle that are named.
const NAMED: usize = 8;

/// Records whose looking at takes longer than starting a thread.
const WORTH: usize = 2_000;

/// Looks through everything that was read.
pub(super) fn inspect(draft: &Draft, text: &str, notes: &mut Notes) {
    for stray in &draft.strays {
        let what = clip(stray.span.of_text(text));
        notes.add(stray.span.start, None, format!("{what} is not a record and is left alone"));
    }
    for found in draft.records.iter().filter(|found| found.doubtful) {
        Doubts { text, found, notes }.of_record();
    }
    let mut starts: [Vec<usize>; CIRCULAR.len()] = Default::default();
    for looked in hands::share(&draft.records, WORTH, |part| Looked::at(part, draft)) {
        for (found, field, to) in looked.dangling {
            let words = format!("{} links to {to}, which is not there", field.key());
            notes.add_of_links(place_of(found, field, text), found.record.id(), words);
        }
        starts.iter_mut().zip(looked.led_to).for_each(|(all, more)| all.extend(more));
    }
    for (field, mut starts) in CIRCULAR.into_iter().zip(starts) {
        starts.sort_unstable();
        cycles(field, &starts, draft, text, notes);
    }
}

/// The fields that must not go round.
const CIRCULAR: [Field; 2] = [Field::Parent, Field::BlockedBy];

/// What the links of some records lead to.
#[derive(Default)]
struct Looked<'a> {
    /// Those that lead to nothing.
    dangling: Vec<(&'a Found, Field, Id)>,
    /// By field, the records that are led to and lead further: of most files that is little, and
    /// nothing else can go round.
    led_to: [Vec<usize>; CIRCULAR.len()],
}

impl<'a> Looked<'a> {
    fn at(part: &'a [Found], draft: &Draft) -> Self {
        let mut looked = Self::default();
        for found in part {
            found.record.each_link(|field, to| {
                let circular = CIRCULAR.iter().position(|other| *other == field);
                match (draft.find_at(to), circular) {
                    (None, _) => looked.dangling.push((found, field, to.clone())),
                    (Some((at, there)), Some(nth)) if there.record.get(field).is_some() => {
                        looked.led_to[nth].push(at);
                    }
                    _ => {}
                }
            });
        }
        looked
    }
}

/// What does not fit in one record.
struct Doubts<'a> {
    text: &'a str,
    found: &'a Found,
    notes: &'a mut Notes,
}

impl Doubts<'_> {
    fn note(&mut self, raw: &str, words: String) {
        let id = self.found.place().map(|_| self.found.record.id());
        self.notes.add(Span::of(self.text, raw).start, id, words);
    }

    fn of_record(mut self) {
        let keys = Keys::of(self.found.section());
        let members = raw::members(self.found.span.of_text(self.text));
        for member in members {
            match keys.get(&member.key) {
                Some(_) if member.shadowed => self.twice(&member.key, member.raw),
                None | Some(Key::Id) => {}
                Some(key) => self.of_value(key.form(), &member.key, member.raw),
            }
        }
    }

    fn of_value(&mut self, form: Form, path: &str, raw: &str) {
        match (raw.as_bytes().first(), form.element()) {
            (Some(b'{'), _) if form.has_parts() => self.of_object(form, path, raw),
            (Some(b'['), Some(element)) => {
                for (at, raw) in raw::elements(raw).into_iter().enumerate() {
                    self.of_value(element, &format!("{path}[{}]", at + 1), raw);
                }
            }
            _ if form::fits(form, raw) => {}
            _ => self.note(raw, format!("{path} holds {} and counts as not set", clip(raw))),
        }
    }

    fn of_object(&mut self, form: Form, path: &str, raw: &str) {
        for member in raw::members(raw) {
            let path = format!("{path}.{}", member.key);
            match form.part(&member.key) {
                None => {}
                Some(_) if member.shadowed => self.twice(&path, member.raw),
                Some(part) => self.of_value(part, &path, member.raw),
            }
        }
    }

    fn twice(&mut self, path: &str, raw: &str) {
        self.note(raw, format!("{path} is there twice; the last one counts"));
    }
}

/// The byte at which a field stands.
fn place_of(found: &Found, field: Field, text: &str) -> usize {
    let members = raw::members(found.span.of_text(text));
    let member = members.iter().rfind(|member| member.key == field.key());
    member.map_or(found.span.start, |member| Span::of(text, member.raw).start)
}

/// Reports each way in which `field` leads back to where it began, once, beginning at each of
/// `starts`.
fn cycles(field: Field, starts: &[usize], draft: &Draft, text: &str, notes: &mut Notes) {
    // Where on the trail a record stands; nowhere once it is known to lead to nothing new.
    let mut seen: Lookup<&Id, Option<usize>> = Lookup::default();
    for first in starts.iter().map(|at| &draft.records[*at]) {
        if seen.contains_key(first.record.id()) {
            continue;
        }
        let mut trail = vec![(first, targets(&first.record, field).collect::<Vec<_>>())];
        seen.insert(first.record.id(), Some(0));
        while let Some((from, rest)) = trail.last_mut() {
            let Some(next) = rest.pop() else {
                seen.insert(from.record.id(), None);
                trail.pop();
                continue;
            };
            match (seen.get(next), draft.find(next)) {
                (Some(&Some(at)), Some(begin)) => {
                    let ids = trail[at..].iter().map(|(found, _)| found.record.id());
                    let words = format!("{} goes round: {}", field.key(), path(ids, next));
                    notes.add_of_links(place_of(begin, field, text), next, words);
                }
                (None, Some(found)) => {
                    seen.insert(next, Some(trail.len()));
                    trail.push((found, targets(&found.record, field).collect()));
                }
                _ => {}
            }
        }
    }
}

fn targets(record: &Record, field: Field) -> impl Iterator<Item = &Id> {
    record.link(field).into_iter().chain(record.links(field))
}

/// The way round in arrows; of a long one only the beginning.
fn path<'a>(ids: impl ExactSizeIterator<Item = &'a Id>, back: &Id) -> String {
    let is_long = ids.len() > NAMED;
    let mut words: Vec<&str> = ids.take(NAMED).map(Id::as_str).collect();
    words.extend(is_long.then_some("…"));
    words.push(back.as_str());
    words.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::super::read;

    fn notices(items: &str) -> Vec<String> {
        let text = format!("{{\"twohats\":1,\"backlog\":[\n{items}\n]}}");
        read(text.into()).unwrap().notices.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_line() {
        assert_eq!(
            notices(
                r#"{"id":"a","points":"many","tags":["x",5]},
{"id":"b","ratings":{"rice":{"reach":true}},"due":null,"acceptance":[{"text":"t","met":"no"}]}"#
            ),
            [
                "line 2, a: points holds \"many\" and counts as not set",
                "line 2, a: tags[2] holds 5 and counts as not set",
                "line 3, b: ratings.rice.reach holds true and counts as not set",
                "line 3, b: acceptance[1].met holds \"no\" and counts as not set",
            ]
        );
    }

    #[test]
    fn what_is_there_twice_is_named() {
        assert_eq!(
            notices(r#"{"id":"a","points":3,"story":{"as":"x","as":"y"},"points":5}"#),
            [
                "line 2, a: points is there twice; the last one counts",
                "line 2, a: story.as is there twice; the last one counts",
            ]
        );
    }

    #[test]
    fn links_to_nothing_and_links_that_go_round_are_named() {
        assert_eq!(
            notices(
                r#"{"id":"a","parent":"b"},{"id":"b","parent":"a","objective":"gone"},
{"id":"c","blocked_by":["c"]}"#
            ),
            [
                "line 2, a: parent goes round: a → b → a",
                "line 2, b: objective links to gone, which is not there",
                "line 3, c: blocked_by goes round: c → c",
            ]
        );
    }

    #[test]
    fn what_stands_between_the_records_is_named() {
        assert_eq!(notices("5"), ["line 2: 5 is not a record and is left alone"]);
    }
}
