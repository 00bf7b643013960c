//! A made-up workspace of any size, to measure with: about 430 bytes an item, nine in ten in the
//! backlog, one title in seven in other scripts, eight finished sprints.

use crate::workspace::{Content, Date, Field, Id, IdSource, Place, Record, Value};
use fastrand::Rng;
use std::collections::HashSet;
use std::sync::Arc;

const VERBS: [&str; 8] =
    ["Add", "Fix", "Improve", "Rework", "Explore", "Migrate", "Simplify", "Automate"];
const THINGS: [&str; 8] = [
    "billing export",
    "search ranking",
    "audit log",
    "import wizard",
    "API rate limits",
    "team roles",
    "invoice PDF",
    "offline mode",
];
const WHEN: [&str; 6] = [
    "for enterprise admins",
    "on first launch",
    "when the network drops",
    "for EU customers",
    "with fewer clicks",
    "for screen readers",
];
const ODD: [&str; 6] = ["検索順位の改善", "导出报表功能", "🚀", "👩‍💻", "🇪🇺", "cafe\u{301}"];
const TAGS: [&str; 4] = ["api", "mobile", "debt", "security"];
const KINDS: [&str; 6] = ["story", "story", "story", "bug", "task", "spike"];
const SIZES: [f64; 7] = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0];
const STEPS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 3.0];
const CONFIDENCE: [f64; 3] = [50.0, 80.0, 100.0];
const CREATED: Date = Date::constant(2026, 2, 1);
const FIRST_SPRINT: Date = Date::constant(2026, 3, 2);

/// A workspace of `count` items; the same for the same seed.
pub fn content(count: usize, seed: u64) -> Content {
    let mut maker =
        Maker { random: Rng::with_seed(seed), ids: IdSource::seeded(seed), taken: HashSet::new() };
    let mut lists: [Vec<Arc<Record>>; 4] = Default::default();
    for number in 0..count {
        let lane = [0, 1, 1, 2, 2, 2][maker.random.usize(..6)];
        let (at, item) = match number {
            0..3 => (number, maker.initiative(number)),
            _ if maker.random.usize(..10) == 0 => (lane, maker.initiative(number)),
            _ => (3, maker.story(number, &lists[0], &lists[3])),
        };
        lists[at].push(Arc::new(item));
    }
    let mut content = Content::default();
    content.fill(Place::Sprints, (0..8).map(|nth| Arc::new(maker.sprint(nth))).collect());
    let places = Place::ROADMAP.into_iter().chain([Place::Backlog]);
    places.zip(lists).for_each(|(place, list)| content.fill(place, list));
    let product = Record::new(Id::new(Content::PRODUCT));
    content.set_product(product.with(Field::Name, Value::text("Generated")));
    content
}

struct Maker {
    random: Rng,
    ids: IdSource,
    taken: HashSet<Id>,
}

impl Maker {
    fn record(&mut self) -> Record {
        let id = self.ids.next(|id| self.taken.contains(id));
        self.taken.insert(id.clone());
        Record::new(id)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.random.usize(..of.len())]
    }

    fn item(&mut self, number: usize, kind: &str) -> Record {
        let odd = if self.random.usize(..7) == 0 { self.one(&ODD) } else { "" };
        let (verb, thing, when) = (self.one(&VERBS), self.one(&THINGS), self.one(&WHEN));
        let title = format!("{odd} {verb} {thing} {when} #{}", number + 1);
        let more = "Detail and more detail. ".repeat(self.random.usize(2..=6));
        let item = self
            .record()
            .with(Field::Kind, Value::text(kind))
            .with(Field::Title, Value::text(title.trim_start()))
            .with(Field::Notes, Value::text(format!("Seen {}. {more}", self.one(&WHEN))))
            .with(Field::Created, Value::Date(CREATED));
        let tags: Vec<Value> =
            (0..self.random.usize(..=2)).map(|nth| Value::text(TAGS[nth])).collect();
        if tags.is_empty() { item } else { item.with(Field::Tags, Value::list(tags)) }
    }

    fn initiative(&mut self, number: usize) -> Record {
        let reach = f64::from(self.random.u32(10..=5000));
        let (impact, confidence) = (self.one(&STEPS), self.one(&CONFIDENCE));
        let effort = self.one(&SIZES);
        let factors =
            [("reach", reach), ("impact", impact), ("confidence", confidence), ("effort", effort)];
        self.item(number, "initiative").with(Field::Ratings, ratings("rice", &factors))
    }

    fn story(&mut self, number: usize, parents: &[Arc<Record>], before: &[Arc<Record>]) -> Record {
        let kind = self.one(&KINDS);
        let factors = ["value", "urgency", "opportunity", "size"].map(|it| (it, self.one(&SIZES)));
        let words = [("as", "a founder"), ("want", self.one(&THINGS)), ("so", "I save time")];
        let words = words.map(|(name, text)| (name.into(), Value::text(text)));
        let mut item = self
            .item(number, kind)
            .with(Field::Points, Value::Number(self.one(&SIZES[..6])))
            .with(Field::Story, Value::map(words))
            .with(Field::Ratings, ratings("wsjf", &factors));
        let link = |to: &Arc<Record>| Value::link(to.id().clone());
        if !parents.is_empty() && self.random.usize(..10) < 3 {
            item = item.with(Field::Parent, link(&parents[self.random.usize(..parents.len())]));
        }
        if !before.is_empty() && self.random.usize(..20) == 0 {
            let to = link(&before[self.random.usize(..before.len())]);
            item = item.with(Field::BlockedBy, Value::list([to]));
        }
        item
    }

    fn sprint(&mut self, nth: u8) -> Record {
        let day = |days: i32| FIRST_SPRINT.saturating_add(jiff::Span::new().days(days));
        let first = 14 * i32::from(nth);
        self.record()
            .with(Field::Name, Value::text(format!("Sprint {nth}")))
            .with(Field::State, Value::text("closed"))
            .with(Field::Start, Value::Date(day(first)))
            .with(Field::End, Value::Date(day(first + 13)))
            .with(Field::Delivered, Value::Number(f64::from(self.random.u32(14..=32))))
    }
}

fn ratings(framework: &str, factors: &[(&str, f64)]) -> Value {
    let factors = factors.iter().map(|(name, number)| ((*name).into(), Value::Number(*number)));
    Value::map([(framework.into(), Value::Map(factors.collect()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_workspace_of_as_many_items() {
        let made = content(500, 7);
        assert_eq!(made, content(500, 7));
        assert_ne!(made, content(500, 8));
        let items = Place::ITEMS.into_iter().map(|place| made.list(place).len()).sum::<usize>();
        assert_eq!(items, 500);
    }
}
