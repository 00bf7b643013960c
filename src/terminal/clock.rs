//! The only clock: what day it is.

use crate::workspace::Date;

/// Today where the person is, or `as_of` where they said so.
pub fn today(as_of: Option<Date>) -> Date {
    as_of.unwrap_or_else(|| jiff::Zoned::now().date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_was_said_holds() {
        let day = Date::constant(2026, 11, 22);
        assert_eq!(today(Some(day)), day);
    }
}
