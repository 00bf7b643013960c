//! What the axes of the plane are, and where on them a number lies.

use super::CROSS;
use crate::scoring::{Factor, Framework, Role};

/// The ends of both axes.
const ENDS: (f64, f64) = (1.0, 10.0);

/// What the axes of the plane are.
#[derive(Debug, Clone, Copy)]
pub struct Axes {
    /// The framework: what it multiplies and adds is the value, what it divides by the effort.
    pub framework: &'static Framework,
    pub(super) value: Axis,
    pub(super) effort: Axis,
}

impl Axes {
    /// The axes for these values and efforts.
    pub(super) fn of(framework: &'static Framework, all: &[(f64, f64)]) -> Self {
        let axis = |of: &dyn Fn(&(f64, f64)) -> f64| {
            if is_scale(framework) { Axis::Scale } else { Axis::between(all.iter().map(of)) }
        };
        Self { framework, value: axis(&|of| of.0), effort: axis(&|of| of.1) }
    }

    /// Whether the axes are the scales of the two factors, and not what others make of them.
    pub fn are_scales(&self) -> bool {
        is_scale(self.framework)
    }

    /// What the axes are called: the factors of each.
    pub fn names(&self) -> (String, String) {
        let (above, below): (Vec<&Factor>, Vec<&Factor>) =
            self.framework.factors.iter().partition(|factor| factor.role != Role::Over);
        let join = |factors: &[&Factor]| {
            let adds = factors.iter().any(|factor| matches!(factor.role, Role::Plus { .. }));
            let names: Vec<&str> = factors.iter().map(|factor| factor.name).collect();
            names.join(if adds { " + " } else { " × " })
        };
        (join(&above), join(&below))
    }
}

/// Where on the plane a number lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Axis {
    /// The number is the step.
    Scale,
    /// By its logarithm between the smallest and the largest there are: value and effort of
    /// items lie decades apart, and twice as much is as far everywhere.
    Logarithm(f64, f64),
}

impl Axis {
    fn between(all: impl Iterator<Item = f64>) -> Self {
        let all = all.filter(|number| *number > 0.0);
        let ends = all.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), number| {
            (low.min(number), high.max(number))
        });
        Self::Logarithm(ends.0, ends.1)
    }

    /// The place of a number, 1–10.
    pub fn place(self, number: f64) -> f64 {
        match self {
            Self::Scale => number,
            _ if number <= 0.0 => ENDS.0,
            Self::Logarithm(low, high) if low >= high => CROSS,
            Self::Logarithm(low, high) => {
                let share = (number / low).ln() / (high / low).ln();
                ENDS.0 + share * (ENDS.1 - ENDS.0)
            }
        }
    }
}

/// Whether the two factors of a framework are scales from one end of the plane to the other.
pub(super) fn is_scale(framework: &Framework) -> bool {
    framework.factors.len() == 2
        && framework.factors.iter().all(|factor| (factor.scale.min, factor.scale.max) == ENDS)
}
