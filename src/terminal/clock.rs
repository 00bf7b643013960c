//! The only clock: what day it is.

use crate::workspace::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a time zone is taken for the person's until the system is asked again: they may travel.
const STAY: Duration = Duration::from_mins(5);

/// Where the person is, and when the system said so.
static HERE: Mutex<Option<(Instant, TimeZone)>> = Mutex::new(None);

/// Today where the person is, or `as_of` where they said so.
pub fn today(as_of: Option<Date>) -> Date {
    as_of.unwrap_or_else(|| Timestamp::now().to_zoned(here()).date())
}

fn here() -> TimeZone {
    let mut here = HERE.lock().unwrap_or_else(PoisonError::into_inner);
    let known = here.as_ref().filter(|(since, _)| since.elapsed() < STAY);
    let zone = known.map_or_else(ask, |(_, zone)| zone.clone());
    if known.is_none() {
        *here = Some((Instant::now(), zone.clone()));
    }
    zone
}

/// Asks the system. A day needs no name of a zone, for which jiff would look through the whole
/// database of them first: some 70 directories and a thousand names before the first frame.
fn ask() -> TimeZone {
    let is_named = std::env::var_os("TZ").is_some();
    let unnamed = || TimeZone::tzif("", &std::fs::read("/etc/localtime").ok()?).ok();
    (!is_named).then(unnamed).flatten().unwrap_or_else(TimeZone::system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_was_said_holds() {
        let day = Date::constant(2026, 11, 22);
        assert_eq!(today(Some(day)), day);
    }

    #[test]
    fn the_zone_without_its_name_tells_the_same_time() {
        let now = Timestamp::now();
        let (named, unnamed) = (now.to_zoned(TimeZone::system()), now.to_zoned(ask()));
        assert_eq!(named.datetime(), unnamed.datetime());
    }
}
