//! The text without the records that stand each on a line of its own: short enough to be walked
//! through, however many those are.
//!
//! Whether such a line is a whole record is seen when the records are read, by all processors.
//! Where one is not, the whole text has to be walked through.

use super::document::{Frame, RECORDS};
use super::raw::Span;
use super::skeleton::Key;
use memchr::memchr_iter;

/// Bytes of a text that takes longer to walk through than to make short.
const WORTH: usize = 64 << 10;

/// What stands in the gist for the records of lines that follow each other.
const STAND_IN: &str = "{}";

/// A text made short.
#[derive(Debug)]
pub(super) struct Gist {
    /// The text, with one empty record in place of those on lines that follow each other.
    pub(super) text: String,
    runs: Vec<Run>,
}

/// Records on lines that follow each other.
#[derive(Debug)]
struct Run {
    /// Where in the gist the one stands that is there for them.
    at: usize,
    records: Vec<Span>,
}

impl Run {
    /// Where they stand in the text.
    fn span(&self) -> Span {
        let (first, last) = (self.records.first(), self.records.last());
        let start = first.map_or(0, |span| span.start);
        Span { start, end: last.map_or(start, |span| span.end) }
    }
}

impl Gist {
    /// Makes a text short. `None` where it is as quickly walked through as it is.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.len() < WORTH {
            return None;
        }
        Self::made(text).filter(|gist| gist.text.len() < text.len() / 2)
    }

    fn made(text: &str) -> Option<Self> {
        let mut gist = Self { text: String::new(), runs: Vec::new() };
        let (mut taken, mut start, mut goes_on) = (0, 0, false);
        let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        for end in ends.chain([text.len()]) {
            let record = record(&text[start..end], start);
            if let Some((span, more)) = record {
                if !goes_on {
                    gist.text.push_str(&text[taken..span.start]);
                    gist.runs.push(Run { at: gist.text.len(), records: Vec::new() });
                    gist.text.push_str(STAND_IN);
                }
                gist.runs.last_mut()?.records.push(span);
                (taken, goes_on) = (span.end, more);
            } else {
                goes_on = false;
            }
            start = end;
        }
        gist.text.push_str(&text[taken..]);
        Some(gist)
    }

    /// Where everything that was found in the gist stands in the text. `None` where one of the
    /// lines is part of something else than a list of records, or there are too many of them.
    pub(super) fn restore(&self, found: Frame) -> Option<Frame> {
        let Frame { version, mut entries, mut lanes, records: short, mut strays } = found;
        let mut runs = self.runs.iter().peekable();
        let mut records = Vec::with_capacity(self.runs.iter().map(|run| run.records.len()).sum());
        for (key, span) in short {
            match runs.next_if(|run| run.at == span.start && matches!(key, Key::List(_))) {
                Some(run) => records.extend(run.records.iter().map(|span| (key, *span))),
                None => records.push((key, self.restored(span))),
            }
        }
        if runs.next().is_some() || records.len() > RECORDS {
            return None;
        }
        for entry in entries.iter_mut().chain(&mut lanes) {
            (entry.spelled, entry.raw) = (self.restored(entry.spelled), self.restored(entry.raw));
        }
        strays.iter_mut().for_each(|stray| stray.span = self.restored(stray.span));
        Some(Frame { version, entries, lanes, records, strays })
    }

    /// Where a stretch of the gist without a stand-in is in the text.
    fn restored(&self, span: Span) -> Span {
        let before = self.runs.partition_point(|run| run.at < span.start);
        let shift = before.checked_sub(1).map_or(0, |last| {
            let run = &self.runs[last];
            run.span().end - (run.at + STAND_IN.len())
        });
        Span { start: span.start + shift, end: span.end + shift }
    }
}

/// The record that a line may be, and whether a comma follows: another comes then.
fn record(line: &str, start: usize) -> Option<(Span, bool)> {
    let inner = line.trim_start_matches(' ');
    let start = start + line.len() - inner.len();
    let inner = inner.trim_end_matches(['\n', '\r']);
    let (record, more) = inner.strip_suffix(',').map_or((inner, false), |record| (record, true));
    let whole = record.starts_with('{') && record.ends_with('}');
    whole.then(|| (Span { start, end: start + record.len() }, more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::RngSeed;

    /// What was found in a text the short way.
    fn quickly(text: &str) -> Option<Frame> {
        let gist = Gist::made(text)?;
        gist.restore(Frame::walk(&gist.text).ok()?)
    }

    #[test]
    fn what_the_program_writes_is_found_as_by_walking_through_all_of_it() {
        let text = "\u{feff}{\r\n\"twohats\": 1,\r\n\"product\": {\"name\":\"p\"},\r\n\"x\": [ 1 ],\r\n\
            \"roadmap\": {\r\n\"now\": [\r\n{\"id\":\"a\"}\r\n],\r\n\"later\": []\r\n},\r\n\
            \"backlog\": [\r\n{\"id\":\"b\"},\r\n5,\r\n  {\"id\":\"c\"},\r\n{},\r\n{\"id\":\r\n\"d\"}\r\n],\r\n\
            \"y\": {}\r\n}\r\n";
        let found = quickly(text).unwrap();
        assert_eq!(found, Frame::walk(text).unwrap());
        assert_eq!(found.records.len(), 6);
        assert_eq!(Gist::made(text).unwrap().text.matches('b').count(), 1);
    }

    #[test]
    fn lines_that_are_part_of_something_else_are_left_to_the_long_way() {
        for text in [
            "{\"twohats\":1,\"x\":[\n{\"a\":1},\n{\"a\":2}\n]}",
            "{\"twohats\":1,\"product\":\n{\"a\":1},\n{\"b\":2}\n}",
            "{\"twohats\":1,\"backlog\":[{\"id\":\"a\",\"waits\":[\n{\"a\":1},\n{\"b\":2}\n]}]}",
            "{\"twohats\":1,\"backlog\":[\n{\"id\":\"a\"}\n{\"id\":\"b\"}\n]}",
            "{\"twohats\":1,\"backlog\":[\n{\"id\":\"a\"},\n]}",
        ] {
            assert_eq!(quickly(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(7),
            failure_persistence: None,
            ..ProptestConfig::with_cases(2_048)
        })]

        #[test]
        fn the_short_way_finds_what_the_long_way_finds(
            lines in prop::collection::vec(select(vec![
                "{\"id\":\"a\"}", "{\"id\":\"a\"},", "  {\"b\":{}},", "{},", "{}", "5,", "{\"a\":", "1}", "1},",
                "],\"backlog\":[", "],\"x\":[", "]},\"done\":[", "],\"roadmap\":{\"now\":[", "\"s\",", "[", "],", "\r",
            ]), 0..12),
        ) {
            let text = format!("{{\"twohats\":1,\"inbox\":[\n{}\n]}}", lines.join("\n"));
            if let Some(found) = quickly(&text) {
                let is_json = |(_, span): &(Key, Span)| {
                    serde_json::from_str::<serde_json::Value>(span.of_text(&text)).is_ok()
                };
                // Otherwise reading the records fails.
                if found.records.iter().all(is_json) {
                    prop_assert_eq!(Ok(found), Frame::walk(&text));
                }
            }
        }
    }
}
