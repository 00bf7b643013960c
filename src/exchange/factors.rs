//! Ratings: which columns of a table are some, what their cells say, and how they stand beside
//! those an item has.

use super::columns::Role;
use super::entry::Entry;
use super::reading::{self, bare};
use crate::scoring::{Factor, Framework, written};
use crate::workspace::{Field, Value};

/// A framework of which this many factors or more have a column of their own is meant even if one
/// is missing; of a smaller one every factor has to be there, because others share their names.
const PLAIN: usize = 4;

/// The rating of this name: its framework and its factor with a dot between, as in `rice.reach`.
pub fn named(name: &str, frameworks: &[&'static Framework]) -> Option<Role> {
    let (id, factor) = name.split_once('.')?;
    let framework = frameworks.iter().find(|framework| framework.id == id)?;
    framework.factor(factor).map(|factor| Role::Rating(framework, factor))
}

/// The columns that are ratings: those that say of which framework, and those that are called like
/// the factors of one as long as they are all there.
pub fn guess(header: &[String], frameworks: &[&'static Framework]) -> Vec<Option<Role>> {
    let names: Vec<String> = header.iter().map(|name| bare(name)).collect();
    let found = |framework: &Framework| {
        let is_there = |factor: &&Factor| names.iter().any(|name| is_called(factor, name));
        framework.factors.iter().filter(is_there).count()
    };
    let is_meant = |framework: &&&'static Framework| {
        let (all, found) = (framework.factors.len(), found(framework));
        all > 1 && (found == all || all >= PLAIN && found + 1 == all)
    };
    // Of two that share factors, the one that explains more columns.
    let meant = frameworks.iter().filter(is_meant).rev().max_by_key(|framework| found(framework));
    let rating = |name: &String| {
        let told = frameworks.iter().find_map(|framework| spelled_out(framework, name));
        let factor = || meant?.factors.iter().find(|factor| is_called(factor, name));
        told.or_else(|| meant.zip(factor()).map(|(of, factor)| Role::Rating(of, factor)))
    };
    names.iter().map(rating).collect()
}

fn is_called(factor: &Factor, name: &str) -> bool {
    bare(factor.id) == name || bare(factor.name) == name
}

/// What a header names with its framework: `RICE Reach`, `Reach (RICE)`; of a framework with one
/// factor the framework says it all: `MoSCoW`.
fn spelled_out(framework: &'static Framework, name: &str) -> Option<Role> {
    let id = bare(framework.id);
    let rest = name.strip_prefix(&id).or_else(|| name.strip_suffix(&id))?;
    let factor = match framework.factors {
        [only] if rest.is_empty() => Some(only),
        factors => factors.iter().find(|factor| is_called(factor, rest)),
    };
    factor.map(|factor| Role::Rating(framework, factor))
}

/// Takes a cell as a rating, beside those the entry has; an empty one says nothing.
///
/// # Errors
/// The factor does not take it, in words.
pub fn rate(
    entry: &mut Entry,
    framework: &Framework,
    factor: &Factor,
    cell: &str,
) -> Result<(), String> {
    if cell.is_empty() {
        return Ok(());
    }
    // Sheets write thousands with a comma.
    let spelled = reading::number(cell).map(|number| number.to_string());
    let rating = factor.parse(spelled.as_deref().unwrap_or(cell))?;
    let ratings = entry.get(Field::Ratings);
    let of = ratings.and_then(|ratings| ratings.get(framework.id));
    // In the order of the framework, so that columns in another order say the same.
    let of = framework.factors.iter().fold(None, |all: Option<Value>, one| {
        let rating = (one.id == factor.id).then_some(&rating);
        let known = || of.and_then(|of| of.get(one.id));
        Value::with(all.as_ref(), one.id, rating.or_else(known).cloned())
    });
    let ratings = Value::with(ratings, framework.id, of);
    entry.say(Field::Ratings, ratings);
    Ok(())
}

/// What is rated by a factor.
pub fn rating<'a>(
    ratings: Option<&'a Value>,
    framework: &Framework,
    factor: &Factor,
) -> Option<&'a Value> {
    ratings?.get(framework.id)?.get(factor.id)
}

/// Takes a cell of a table that this program wrote, which says again what the entry holds: where it
/// says something else, somebody changed it, and where it is empty, took it out.
///
/// # Errors
/// The factor does not take it, in words.
pub fn again(
    entry: &mut Entry,
    framework: &Framework,
    factor: &Factor,
    cell: &str,
) -> Result<(), String> {
    let ratings = entry.get(Field::Ratings);
    let told = rating(ratings, framework, factor).map(written).unwrap_or_default();
    if cell == told {
        return Ok(());
    }
    if cell.is_empty() {
        let of = ratings.and_then(|ratings| ratings.get(framework.id));
        let left = Value::with(ratings, framework.id, Value::with(of, factor.id, None));
        entry.say(Field::Ratings, left);
        return Ok(());
    }
    rate(entry, framework, factor, cell)
}

/// My ratings by the factors that the other side rates by; it may know nothing of others.
pub fn rated_by_both(mine: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
    each_rating(theirs).fold(None, |part, (framework, factor, _)| {
        let my = mine.and_then(|all| all.get(framework)?.get(factor));
        with_rating(part.as_ref(), framework, factor, my)
    })
}

/// My ratings with those of the other side in place of mine.
pub fn rated_by_either(mine: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
    each_rating(theirs).fold(mine.cloned(), |all, (framework, factor, rating)| {
        with_rating(all.as_ref(), framework, factor, Some(rating))
    })
}

fn each_rating(ratings: Option<&Value>) -> impl Iterator<Item = (&str, &str, &Value)> {
    let frameworks = ratings.map(Value::entries).unwrap_or_default().iter();
    frameworks.flat_map(|(framework, factors)| {
        let factors = factors.entries().iter();
        factors.map(move |(factor, rating)| (&**framework, &**factor, rating))
    })
}

fn with_rating(
    ratings: Option<&Value>,
    framework: &str,
    factor: &str,
    rating: Option<&Value>,
) -> Option<Value> {
    let of = ratings.and_then(|ratings| ratings.get(framework));
    Value::with(ratings, framework, Value::with(of, factor, rating.cloned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Asked;

    fn guessed(header: &[&str]) -> Vec<String> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let roles = guess(&header, &Asked::default().frameworks);
        roles.iter().map(|role| role.map(Role::name).unwrap_or_default()).collect()
    }

    #[test]
    fn factors_are_known_by_their_names_where_their_framework_is_plain() {
        let rice = ["rice.reach", "rice.impact", "rice.confidence", "rice.effort"];
        assert_eq!(guessed(&["Reach", "Impact", "Confidence", "Effort"]), rice);
        assert_eq!(guessed(&["Reach", "Impact", "Confidence"]), rice[..3]);
        let ice = ["ice.impact", "ice.confidence", "ice.ease"];
        assert_eq!(guessed(&["Impact", "Confidence", "Ease"]), ice);
        assert_eq!(guessed(&["Title", "Impact", "Effort"]), ["", "", ""]);
        assert_eq!(guessed(&["MoSCoW", "Class", "Size"]), ["moscow.class", "", ""]);
        assert_eq!(guessed(&["RICE Reach", "Effort (RICE)"]), ["rice.reach", "rice.effort"]);
        assert_eq!(guessed(&["Cost of delay", "Duration"]), ["cd3.cost_of_delay", "cd3.duration"]);
    }

    #[test]
    fn a_cell_is_a_rating_where_the_factor_takes_it() {
        let frameworks = Asked::default().frameworks;
        let rated = |name: &str, cell: &str| {
            let mut entry = Entry::new(2);
            let Some(Role::Rating(framework, factor)) = named(name, &frameworks) else {
                return Err("no factor".to_owned());
            };
            rate(&mut entry, framework, factor, cell)?;
            let ratings = entry.get(Field::Ratings).and_then(|all| all.get(framework.id)).cloned();
            Ok(ratings.and_then(|of| of.get(factor.id).cloned()))
        };
        assert_eq!(rated("rice.reach", "1,200"), Ok(Some(Value::Number(1200.0))));
        assert_eq!(rated("rice.confidence", "80 %"), Ok(Some(Value::Number(80.0))));
        assert_eq!(rated("moscow.class", "Must"), Ok(Some(Value::text("must"))));
        assert_eq!(rated("rice.reach", ""), Ok(None));
        let interval = Value::list([Value::Number(300.0), Value::Number(600.0)]);
        assert_eq!(rated("rice.reach", "300..600"), Ok(Some(interval)));
        assert!(rated("rice.confidence", "120").unwrap_err().contains("120"));
    }
}
