//! How do one's own estimates come out?
//!
//! What came of an item is held against what it was rated, factor by factor. For what divides, as
//! effort, the ratio of the two says by how much one is usually off; for the rest the share of
//! items that came out at least as good as rated says how often one is right to hope.

use crate::scoring::{CATALOGUE, Factor, Framework, Role, median, quantile};
use crate::workspace::{Field, Id, Place, Record, Workspace, sorted};

/// How the ratings of a factor came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The factor.
    pub factor: &'static str,
    /// Its name on the screen.
    pub name: &'static str,
    /// Whether less of it is better, as of effort.
    pub is_cost: bool,
    /// What came of each item, in the order in which they were done.
    pub pairs: Vec<Pair>,
}

/// A rating and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The item.
    pub id: Id,
    /// What it was rated; of a range the median.
    pub rated: f64,
    /// What came of it.
    pub actual: f64,
    /// Whether that is within the range, where it was rated as one.
    pub within: Option<bool>,
}

impl Calibration {
    /// Every factor of which something is known, in the order of the catalogue.
    pub fn all(workspace: &Workspace) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for item in Place::ITEMS.into_iter().flat_map(|place| workspace.list(place)) {
            let actual = item.get(Field::Actual).map(crate::workspace::Value::entries);
            for (name, value) in actual.unwrap_or_default() {
                let Some(value) = value.as_number() else { continue };
                let Some((factor, pair)) = pair(workspace, item, name, value) else { continue };
                match all.iter_mut().find(|known| known.factor == factor.id) {
                    Some(known) => known.pairs.push(pair),
                    None => all.push(Self {
                        factor: factor.id,
                        name: factor.name,
                        is_cost: is_cost(factor),
                        pairs: vec![pair],
                    }),
                }
            }
        }
        let order = |factor: &str| {
            let factors = CATALOGUE.iter().flat_map(|framework| framework.factors);
            factors.into_iter().position(|other| other.id == factor)
        };
        sorted::by_key(&mut all, |known| order(known.factor));
        all
    }

    /// What is known of a factor.
    pub fn of(workspace: &Workspace, factor: &str) -> Option<Self> {
        Self::all(workspace).into_iter().find(|known| known.factor == factor)
    }

    /// Items of which both are known.
    pub fn n(&self) -> usize {
        self.pairs.len()
    }

    /// The median of actual ÷ rated. `None` where nothing was rated above 0.
    pub fn ratio(&self) -> Option<f64> {
        median(self.ratios())
    }

    /// The ratios between which the middle half lies, from four items on.
    pub fn spread(&self) -> Option<(f64, f64)> {
        let mut ratios = self.ratios();
        ratios.sort_unstable_by(f64::total_cmp);
        let quartiles = quantile(&ratios, 0.25).zip(quantile(&ratios, 0.75));
        quartiles.filter(|_| ratios.len() >= 4)
    }

    /// How many came out at least as good as rated.
    pub fn hits(&self) -> usize {
        let is_hit = |pair: &&Pair| {
            if self.is_cost { pair.actual <= pair.rated } else { pair.actual >= pair.rated }
        };
        self.pairs.iter().filter(is_hit).count()
    }

    /// How many of those that were rated as a range came out within it, and how many those are.
    /// A 90 % range should hold nine in ten.
    pub fn within(&self) -> Option<(usize, usize)> {
        let ranges: Vec<bool> = self.pairs.iter().filter_map(|pair| pair.within).collect();
        (!ranges.is_empty()).then(|| (ranges.iter().filter(|is| **is).count(), ranges.len()))
    }

    fn ratios(&self) -> Vec<f64> {
        let rated = self.pairs.iter().filter(|pair| pair.rated > 0.0);
        rated.map(|pair| pair.actual / pair.rated).collect()
    }

    /// It in words: `come out ×1.4 (n=6), half of them ×1.1 to ×1.8`.
    pub fn words(&self) -> String {
        let n = self.n();
        let words = match self.ratio().filter(|_| self.is_cost) {
            Some(ratio) => {
                let spread = self.spread().map_or_else(String::new, |(low, high)| {
                    format!(", half of them ×{} to ×{}", times(low), times(high))
                });
                format!("come out ×{} (n={n}){spread}", times(ratio))
            }
            None => format!("came out as rated or better {} of {n} times", self.hits()),
        };
        match self.within() {
            Some((within, of)) => {
                format!("{words} · within your 90 % range {within} of {of} times")
            }
            None => words,
        }
    }
}

/// A ratio with one digit, small ones with two.
fn times(ratio: f64) -> String {
    if ratio < 0.95 { format!("{ratio:.2}") } else { format!("{ratio:.1}") }
}

fn is_cost(factor: &Factor) -> bool {
    match factor.role {
        Role::Over => true,
        Role::Plus { zero, one, .. } => one < zero,
        Role::Times(_) | Role::Gap | Role::Class => false,
    }
}

/// What a factor of an item was rated, and what came of it. The framework is that of the pane the
/// item comes from, else the first of the catalogue by which it has the factor rated.
fn pair(
    workspace: &Workspace,
    item: &Record,
    name: &str,
    actual: f64,
) -> Option<(&'static Factor, Pair)> {
    let own = framework(workspace, item);
    let all = std::iter::once(own).chain(Framework::all(workspace.settings()));
    let mut rated = all.filter_map(|framework| {
        let factor = framework.factor(name)?;
        let rating = framework.ratings(item)?.get(name)?;
        Some((factor, factor.value(rating)?, factor.interval(rating)))
    });
    let (factor, value, range) = rated.next()?;
    let within = range.map(|(low, high)| (low..=high).contains(&actual));
    Some((factor, Pair { id: item.id().clone(), rated: value, actual, within }))
}

/// The framework by which an item was rated: that of the pane where it stands, of what is done
/// that of the pane it comes from.
pub fn framework(workspace: &Workspace, item: &Record) -> &'static Framework {
    let place = workspace.place_of(item.id()).unwrap_or(Place::Backlog);
    let from = Place::of_items(item.text(Field::From)).filter(|_| place == Place::Done);
    let hat = match (from, item.kind()) {
        (None, crate::workspace::Kind::Initiative) if place == Place::Done => {
            crate::workspace::Hat::Pm
        }
        (from, _) => from.unwrap_or(place).hat(),
    };
    Framework::of(hat, workspace.settings())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Value};
    use std::sync::Arc;

    fn number(number: f64) -> Value {
        Value::Number(number)
    }

    fn done(id: usize, effort: Value, impact: f64, actual: (f64, f64)) -> Arc<Record> {
        let rice = Value::map([("impact".into(), number(impact)), ("effort".into(), effort)]);
        let actual = vec![("effort".into(), number(actual.0)), ("impact".into(), number(actual.1))];
        Arc::new(
            Record::new(Id::new(&format!("d{id}")))
                .with(Field::Kind, Value::text("initiative"))
                .with(Field::From, Value::text("now"))
                .with(Field::Ratings, Value::map([("rice".into(), rice)]))
                .with(Field::Actual, Value::map(actual)),
        )
    }

    fn workspace(done: Vec<Arc<Record>>) -> Workspace {
        let mut content = Content::default();
        content.fill(Place::Done, done);
        Workspace::new(content)
    }

    /// By hand: ratios 1, 1.4, 1.5, 2, 0.5; their middle is 1.4, the quartiles are 1 and 1.5.
    #[test]
    fn the_ratio_is_a_median_and_the_spread_its_quartiles() {
        let workspace = workspace(vec![
            done(1, number(2.0), 3.0, (2.0, 3.0)),
            done(2, number(5.0), 2.0, (7.0, 1.0)),
            done(3, number(2.0), 1.0, (3.0, 2.0)),
            done(4, number(1.0), 1.0, (2.0, 0.5)),
            done(5, number(4.0), 1.0, (2.0, 1.0)),
        ]);
        let effort = Calibration::of(&workspace, "effort").unwrap();
        assert_eq!((effort.n(), effort.ratio()), (5, Some(1.4)));
        assert_eq!(effort.spread(), Some((1.0, 1.5)));
        assert_eq!(effort.words(), "come out ×1.4 (n=5), half of them ×1.0 to ×1.5");
        let impact = Calibration::of(&workspace, "impact").unwrap();
        assert_eq!(impact.hits(), 3);
        assert_eq!(impact.words(), "came out as rated or better 3 of 5 times");
    }

    #[test]
    fn a_range_is_held_against_what_it_should_hold() {
        let range = || Value::list([number(1.0), number(4.0)]);
        let workspace =
            workspace(vec![done(1, range(), 3.0, (4.0, 3.0)), done(2, range(), 3.0, (5.0, 3.0))]);
        let effort = Calibration::of(&workspace, "effort").unwrap();
        assert_eq!((effort.within(), effort.ratio()), (Some((1, 2)), Some(2.25)));
        assert_eq!(effort.spread(), None);
    }

    #[test]
    fn what_was_never_rated_says_nothing() {
        let actual = Value::map([("effort".into(), number(3.0)), ("luck".into(), number(1.0))]);
        let bare = Record::new(Id::new("d")).with(Field::Actual, actual);
        assert!(Calibration::all(&workspace(vec![Arc::new(bare)])).is_empty());
    }
}
