//! A record as JSON: what the file says of it, and of an item also where it stands and its score.

use super::desk::Desk;
use super::failure::Failure;
use crate::exchange::json::number;
use crate::scoring::Framework;
use crate::store::format::{Member, Next, Source};
use crate::store::hands;
use crate::workspace::{Id, Place, Record, Section};
use std::sync::Arc;

/// Items that are printed at once.
const BLOCK: usize = 512;

/// Items whose spelling takes longer than starting a thread.
const WORTH: usize = 1_000;

impl Desk {
    /// A record as JSON: all that the file says of it; of an item also where it stands, and its
    /// score where it has one.
    pub fn json(&self, id: &Id) -> String {
        let Some(record) = self.record(id) else { return "null".into() };
        let (workspace, file, mut out) = (self.workspace(), self.file(), String::new());
        let section = workspace.section_of(id).unwrap_or(Section::Item);
        let next = Next::default();
        if let Some(spot) = workspace.spot_of(id).filter(|spot| spot.place.holds_items()) {
            let item = (spot.index, record, self.framework(spot.place));
            Members::new(spot.place).write(file.source(), item, next, &mut out);
        } else {
            file.source().write_record((section, record), &[], next, &mut out);
        }
        out
    }

    /// Records as JSON, as [`Desk::json`] gives them.
    pub fn jsons(&self, ids: &[Id]) -> Vec<String> {
        ids.iter().map(|id| self.json(id)).collect()
    }

    /// Gives the items of a place that stand at these indexes to `take` as JSON, as [`Desk::json`]
    /// gives them, one a line and some in one text. Every processor spells some.
    pub fn jsons_at(
        &self,
        (place, indexes): (Place, &[usize]),
        take: impl FnMut(String) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (file, framework) = (self.file(), self.framework(place));
        let (source, list) = (file.source(), self.workspace().list(place));
        let some = |part: &[usize]| {
            let (mut out, members) = (String::new(), Members::new(place));
            let mut next = source.begin(part.first().map(|at| &list[*at]));
            for &at in part {
                out.push_str(if out.is_empty() { "" } else { ",\n" });
                next = members.write(source, (at, &list[at], framework), next, &mut out);
            }
            out
        };
        hands::pass(indexes, (WORTH, BLOCK), some, take)
    }
}

/// What is said of an item besides what the file says of it.
struct Members {
    /// Where it stands, as the file names that, and as JSON.
    place: Place,
    spelled: String,
    names: [Member; 3],
}

impl Members {
    fn new(place: Place) -> Self {
        let names = ["place", "position", "score"].map(Member::named);
        Self { place, spelled: format!("\"{}\"", place.key()), names }
    }

    /// Adds an item as JSON to `out`. Gives what is likely to be written after it.
    fn write(
        &self,
        source: &Source,
        (index, item, framework): (usize, &Arc<Record>, &Framework),
        next: Next,
        out: &mut String,
    ) -> Next {
        let [place, position, score] = &self.names;
        let (index, value) = ((index + 1).to_string(), framework.score(item).value().map(number));
        let value = value.map(|value| value.to_string());
        let mut more = vec![(place, self.spelled.as_str()), (position, &index)];
        more.extend(value.as_deref().map(|value| (score, value)));
        source.write_record((self.place.section(), item), &more, next, out)
    }
}
