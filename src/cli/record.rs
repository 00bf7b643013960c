//! A record as JSON: what the file says of it, and of an item also where it stands and its score.

use super::desk::Desk;
use crate::exchange::json::number;
use crate::scoring::Framework;
use crate::store::format::{Next, Source};
use crate::store::hands;
use crate::workspace::{Content, Id, Place, Record, Section, Spot};
use std::fmt::Display;
use std::sync::Arc;

/// Items that are spelled before the first of them is printed.
const BLOCK: usize = 4_096;

/// Items whose spelling takes longer than starting a thread.
const WORTH: usize = 1_000;

impl Desk {
    /// A record as JSON: all that the file says of it; of an item also where it stands, and its
    /// score where it has one.
    pub fn json(&self, id: &Id) -> String {
        let Some(record) = self.record(id) else { return "null".into() };
        let (workspace, file, mut out) = (self.workspace(), self.file(), String::new());
        let section = match id.as_str() {
            Content::PRODUCT => Section::Product,
            Content::SETTINGS => Section::Settings,
            _ => workspace.place_of(id).map_or(Section::Item, Place::section),
        };
        let next = Next::default();
        if let Some(spot) = workspace.spot_of(id).filter(|spot| spot.place.holds_items()) {
            let item = (spot, record, self.framework(spot.place));
            write_item(file.source(), item, next, &mut out);
        } else {
            file.source().write_record((section, record), &[], next, &mut out);
        }
        out
    }

    /// Records as JSON, as [`Desk::json`] gives them.
    pub fn jsons(&self, ids: &[Id]) -> Vec<String> {
        ids.iter().map(|id| self.json(id)).collect()
    }

    /// The items of a place that stand at these indexes as JSON, as [`Desk::json`] gives them, one
    /// a line and some in one text. Every processor spells some, a block at a time.
    pub fn jsons_at<'a>(
        &'a self,
        place: Place,
        indexes: &'a [usize],
    ) -> impl Iterator<Item = String> + 'a {
        let (file, framework) = (self.file(), self.framework(place));
        let list = self.workspace().list(place);
        indexes.chunks(BLOCK).flat_map(move |block| {
            let source = file.source();
            let some = |part: &[usize]| {
                let mut out = String::new();
                let mut next = source.begin(part.first().map(|at| &list[*at]));
                for &at in part {
                    out.push_str(if out.is_empty() { "" } else { ",\n" });
                    let item = (Spot::new(place, at), &list[at], framework);
                    next = write_item(source, item, next, &mut out);
                }
                out
            };
            hands::share(block, WORTH, some)
        })
    }
}

/// Adds an item as JSON to `out`. Gives what is likely to be written after it.
fn write_item(
    source: &Source,
    (spot, item, framework): (Spot, &Arc<Record>, &Framework),
    next: Next,
    out: &mut String,
) -> Next {
    let place = format_args!("\"{}\"", spot.place.key());
    let position = spot.index + 1;
    let score = framework.score(item).value().map(number);
    let more: [(&str, Option<&dyn Display>); 3] = [
        ("place", Some(&place)),
        ("position", Some(&position)),
        ("score", score.as_ref().map(|score| score as &dyn Display)),
    ];
    let more: Vec<_> = more.into_iter().filter_map(|(name, it)| Some((name, it?))).collect();
    source.write_record((spot.place.section(), item), &more, next, out)
}
