//! How big is an item, also when nobody estimated it?

use super::Framework;
use crate::workspace::{Field, Record};

/// A measure of size. Sizes are compared within one measure only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    /// Where it is a factor: framework and factor. Else it is the item's points.
    factor: Option<(&'static str, &'static str)>,
}

impl Size {
    /// Story points.
    pub const POINTS: Self = Self { name: "points", factor: None };

    /// Every measure, the best first.
    pub const ALL: [Self; 5] = [
        Self::POINTS,
        Self { name: "person-months of RICE", factor: Some(("rice", "effort")) },
        Self { name: "weeks of CD3", factor: Some(("cd3", "duration")) },
        Self { name: "WSJF sizes", factor: Some(("wsjf", "size")) },
        Self { name: "efforts of value/effort", factor: Some(("value_effort", "effort")) },
    ];

    /// The size of an item, above 0; of an interval its median.
    pub fn of(&self, record: &Record) -> Option<f64> {
        let Some((framework, factor)) = self.factor else { return record.number(Field::Points) };
        let rating = record.get(Field::Ratings)?.get(framework)?.get(factor)?;
        let framework = super::CATALOGUE.iter().find(|row: &&Framework| row.id == framework)?;
        framework.factor(factor)?.value(rating)
    }
}

/// The middle of some numbers, half-way between the middle two of an even count.
pub fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let last = numbers.len().checked_sub(1)?;
    Some(f64::midpoint(numbers[last / 2], numbers[last.div_ceil(2)]))
}

/// The number below which this share (0–1) of some sorted ones lies, between two of them in
/// proportion (type 7 of Hyndman and Fan, 1996).
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = u32::try_from(sorted.len().checked_sub(1)?).unwrap_or(u32::MAX);
    let at = f64::from(last) * share.clamp(0.0, 1.0);
    let from = sorted.iter().zip(0..=last).skip_while(|(_, n)| f64::from(*n) + 1.0 <= at);
    let mut both = from.map(|(number, _)| *number);
    let low = both.next()?;
    Some(low + (both.next().unwrap_or(low) - low) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `numpy.quantile` has them.
    #[test]
    fn quantiles_lie_between_the_numbers() {
        let amounts = [10.0, 20.0, 30.0, 40.0];
        for (share, quantile) in [(0.0, 10.0), (0.2, 16.0), (0.25, 17.5), (0.8, 34.0), (1.0, 40.0)]
        {
            let found = super::quantile(&amounts, share).unwrap();
            assert!((found - quantile).abs() < 1e-9, "{share}: {found}");
        }
        assert_eq!(super::quantile(&[7.0], 0.8), Some(7.0));
        assert_eq!(super::quantile(&[], 0.5), None);
    }

    #[test]
    fn the_median_is_the_middle_or_between_the_middle_two() {
        assert_eq!(median(vec![5.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(vec![5.0, 1.0]), Some(3.0));
        assert_eq!(median(Vec::new()), None);
    }
}
