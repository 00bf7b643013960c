//! How a value is typed, and read back: one text for each shape of field. Forms, the editor's
//! text and `set` on the command line speak it.

use super::word;
use crate::workspace::day::Day;
use crate::workspace::{Date, Id, Name, Part, Place, Record, Shape, Value, Workspace, number};

/// What typing needs to know: what can be linked to, and which day is today.
#[derive(Debug, Clone, Copy)]
pub struct Typing<'a> {
    /// What is linked to.
    pub workspace: &'a Workspace,
    /// Today, for days such as `+3d`.
    pub today: Date,
    /// Whether the person writes the month before the day; nothing where that is not known.
    pub month_first: Option<bool>,
}

/// Records named at most when several fit.
const CANDIDATES: usize = 8;

/// Parts of a group stand in one line with this between them.
const BETWEEN: &str = " | ";

impl Typing<'_> {
    /// A value as it is typed. Reading it back gives the value.
    pub fn show(&self, shape: Shape, value: &Value) -> String {
        let lines = |inner: Shape| {
            let shown = value.items().iter().map(|value| self.show(inner, value));
            shown.collect::<Vec<_>>().join("\n")
        };
        match shape {
            Shape::Links(places) => lines(Shape::Link(places)),
            Shape::Lines => lines(Shape::Text),
            Shape::Words => {
                let words = value.items().iter().filter_map(Value::as_text).map(word::spelled);
                words.collect::<Vec<_>>().join(" ")
            }
            Shape::Group(parts) => self.show_parts(parts, value),
            Shape::Groups(parts) if is_checklist(parts) => {
                value.items().iter().map(show_check).collect::<Vec<_>>().join("\n")
            }
            Shape::Groups(parts) => {
                let row = |value| self.show_row(parts, value);
                value.items().iter().map(row).collect::<Vec<_>>().join("\n")
            }
            Shape::Map(inner) => self.show_map(*inner, value).join("\n"),
            Shape::Readings => {
                let reading = |value: &Value| match value.items() {
                    [Value::Date(day), Value::Number(number)] => format!("{day} {number}"),
                    _ => String::new(),
                };
                value.items().iter().map(reading).collect::<Vec<_>>().join(", ")
            }
            _ => self.show_leaf(value),
        }
    }

    fn show_leaf(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Value::Date(date) => date.to_string(),
            Value::Link(id) => match self.workspace.get(id) {
                Some(record) => format!("{id} {}", record.title()),
                None => id.to_string(),
            },
            Value::List(ends) => {
                ends.iter().map(|value| self.show_leaf(value)).collect::<Vec<_>>().join("..")
            }
            Value::Map(_) => String::new(),
        }
    }

    fn show_parts(&self, parts: &[Part], value: &Value) -> String {
        let part = |part: &Part| {
            Some(format!("{} = {}", part.key, self.show(part.shape, value.get(part.key)?)))
        };
        parts.iter().filter_map(part).collect::<Vec<_>>().join("\n")
    }

    fn show_row(&self, parts: &[Part], value: &Value) -> String {
        let cell = |part: &Part| {
            value.get(part.key).map_or(String::new(), |value| self.show(part.shape, value))
        };
        let cells: Vec<String> = parts.iter().map(cell).collect();
        cells.join(BETWEEN).trim_end_matches(['|', ' ']).to_owned()
    }

    fn show_map(&self, inner: Shape, value: &Value) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, value) in value.entries() {
            match inner {
                Shape::Map(leaf) => lines.extend(
                    self.show_map(*leaf, value).into_iter().map(|line| format!("{name}.{line}")),
                ),
                leaf => lines.push(format!("{name} = {}", self.show(leaf, value))),
            }
        }
        lines
    }

    /// The value that `text` spells; none when there is nothing in it.
    ///
    /// # Errors
    /// What is wrong with it and what would be right, in words.
    pub fn read(&self, shape: Shape, text: &str) -> Result<Option<Value>, String> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let value = match shape {
            Shape::Links(places) => each_line(text, |line| self.link(places, line))?,
            Shape::Lines => each_line(text, |line| Ok(Value::text(line)))?,
            Shape::Words => Value::List(word::listed(text).into_iter().map(Value::text).collect()),
            Shape::Group(parts) => self.read_parts(parts, text)?,
            Shape::Groups(parts) if is_checklist(parts) => {
                each_line(text, |line| Ok(read_check(line)))?
            }
            Shape::Groups(parts) => each_line(text, |line| self.read_row(parts, line))?,
            Shape::Map(inner) => self.read_map(*inner, text)?,
            Shape::Readings => readings(self, text)?,
            leaf => self.read_leaf(leaf, text.trim())?,
        };
        Ok(Some(value).filter(|value| !value.is_empty()))
    }

    fn read_leaf(&self, shape: Shape, text: &str) -> Result<Value, String> {
        match shape {
            Shape::Number { .. } => amount(shape, text),
            Shape::Flag => match text {
                "yes" | "y" | "true" => Ok(Value::Flag(true)),
                "no" | "n" | "false" => Ok(Value::Flag(false)),
                _ => Err(format!("“{text}” is neither yes nor no")),
            },
            Shape::Date => self.day(text).map(Value::Date),
            Shape::Choice(words) => one_of(words, text)
                .map(Value::text)
                .ok_or_else(|| format!("“{text}” is not one of {}", words.join(", "))),
            Shape::Word(words) => Ok(Value::text(one_of(words, text).unwrap_or(text))),
            Shape::Link(places) => self.link(places, text),
            Shape::Rating => rating(text),
            Shape::Any => Err("this is not typed by hand".to_owned()),
            _ => Ok(Value::text(text)),
        }
    }

    fn read_parts(&self, parts: &[Part], text: &str) -> Result<Value, String> {
        let mut entries = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (key, text) = named(line)?;
            let keys = || parts.iter().map(|part| part.key).collect::<Vec<_>>().join(", ");
            let part = parts.iter().find(|part| part.key == key);
            let part = part.ok_or_else(|| format!("“{key}” is not one of {}", keys()))?;
            if let Some(value) = self.read(part.shape, text)? {
                entries.push((Name::from(key), value));
            }
        }
        Ok(Value::map(entries))
    }

    fn read_row(&self, parts: &[Part], line: &str) -> Result<Value, String> {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if cells.len() > parts.len() {
            let keys: Vec<_> = parts.iter().map(|part| part.key).collect();
            return Err(format!("too many parts in “{line}”: {}", keys.join(BETWEEN)));
        }
        let mut entries = Vec::new();
        for (part, cell) in parts.iter().zip(cells) {
            if let Some(value) = self.read(part.shape, cell)? {
                entries.push((Name::from(part.key), value));
            }
        }
        Ok(Value::map(entries))
    }

    fn read_map(&self, inner: Shape, text: &str) -> Result<Value, String> {
        let mut map = None;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (name, text) = named(line)?;
            let Shape::Map(leaf) = inner else {
                map = Value::with(map.as_ref(), name, self.read(inner, text)?);
                continue;
            };
            let (outer, name) = name
                .rsplit_once('.')
                .ok_or_else(|| format!("“{line}” needs two names, as in rice.reach = 450"))?;
            let old = map.as_ref().and_then(|map: &Value| map.get(outer));
            let new = Value::with(old, name, self.read(*leaf, text)?);
            map = Value::with(map.as_ref(), outer, new);
        }
        Ok(map.unwrap_or(Value::map(Vec::new())))
    }

    /// The record of these places that `text` names: by its title, by its id or the beginning of
    /// it, alone or before its title or the beginning of that, or by words of its title that no
    /// other has.
    ///
    /// # Errors
    /// That there is none, or which there are.
    pub fn link(&self, places: &[Place], text: &str) -> Result<Value, String> {
        let records = || places.iter().flat_map(|place| self.workspace.list(*place));
        let name = text.trim().to_lowercase();
        let first = name.split_whitespace().next().unwrap_or_default();
        let titled: Vec<&Id> = records()
            .filter(|record| record.title().to_lowercase() == name)
            .map(|record| record.id())
            .collect();
        let rest = name.strip_prefix(first).unwrap_or_default().trim_start();
        let goes_on = |record: &Record| {
            rest.is_empty() || record.title().trim_start().to_lowercase().starts_with(rest)
        };
        let named = || {
            let begins = |id: &Id| id.as_str().to_lowercase().starts_with(first);
            let ids = records().filter(move |record| begins(record.id()));
            ids.filter(|record| goes_on(record)).map(|record| record.id())
        };
        // A file may bring ids that differ in nothing but capitals.
        let given = text.split_whitespace().next().unwrap_or_default();
        let is_whole = |id: &&Id| id.as_str().to_lowercase() == first;
        let whole = || {
            let typed = named().find(|id| id.as_str() == given);
            typed.map_or_else(|| named().filter(is_whole).collect(), |id| vec![id])
        };
        let within = || {
            let holds = |title: String| {
                let words: Vec<&str> = title.split_whitespace().collect();
                name.split_whitespace().all(|part| words.iter().any(|word| word.starts_with(part)))
            };
            records().filter(move |record| holds(record.title().to_lowercase())).map(|r| r.id())
        };
        let mut found = titled;
        if found.is_empty() {
            found.extend(whole());
        }
        if found.is_empty() && !first.is_empty() {
            found.extend(named().take(CANDIDATES));
        }
        if found.is_empty() {
            found.extend(within().take(CANDIDATES));
        }
        match found.as_slice() {
            [id] => Ok(Value::link((*id).clone())),
            [] => Err(format!("nothing is called “{}”", text.trim())),
            several => {
                let shown = several.iter().map(|id| self.show_leaf(&Value::link((*id).clone())));
                let shown: Vec<String> = shown.collect();
                Err(format!("“{}” may be {}", text.trim(), shown.join(" or ")))
            }
        }
    }

    /// The day that `text` tells, in any spelling that [`Day`] reads.
    ///
    /// # Errors
    /// That it is none, with what would be.
    pub fn day(&self, text: &str) -> Result<Date, String> {
        text.parse::<Day>()?.on(self.today, self.month_first)
    }
}

fn each_line(text: &str, read: impl Fn(&str) -> Result<Value, String>) -> Result<Value, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(read).collect::<Result<Vec<_>, _>>().map(Value::list)
}

/// Text with a tick is a list to tick off.
fn is_checklist(parts: &[Part]) -> bool {
    matches!(parts, [text, met] if text.key == "text" && met.key == "met")
}

fn show_check(value: &Value) -> String {
    let met = value.get("met") == Some(&Value::Flag(true));
    let text = value.get("text").and_then(Value::as_text).unwrap_or_default();
    format!("[{}] {text}", if met { 'x' } else { ' ' })
}

fn read_check(line: &str) -> Value {
    let line = line.strip_prefix("- ").unwrap_or(line);
    let met = line.strip_prefix("[x]").or_else(|| line.strip_prefix("[X]"));
    let open = line.strip_prefix("[ ]").or_else(|| line.strip_prefix("[]"));
    let text = met.or(open).unwrap_or(line).trim();
    let mut entries = vec![(Name::from("text"), Value::text(text))];
    if met.is_some() {
        entries.push((Name::from("met"), Value::Flag(true)));
    }
    Value::map(entries)
}

/// A line `name = value`.
fn named(line: &str) -> Result<(&str, &str), String> {
    let (name, value) =
        line.split_once('=').ok_or_else(|| format!("“{line}” lacks a =, as in name = value"))?;
    Ok((name.trim(), value.trim()))
}

fn amount(shape: Shape, text: &str) -> Result<Value, String> {
    let value = number::typed(text)?.map(Value::Number);
    let wanted = match shape {
        Shape::Number { open: true, min } => format!(" above {min}"),
        Shape::Number { min, .. } if min > f64::MIN => format!(" of at least {min}"),
        _ => String::new(),
    };
    value
        .filter(|value| shape.accepts(value))
        .ok_or_else(|| format!("“{text}” is not a number{wanted}"))
}

/// A number, `low..high`, or a class word.
fn rating(text: &str) -> Result<Value, String> {
    let value = match text.split_once("..") {
        Some((low, high)) => {
            let ends = number::typed(low)?.zip(number::typed(high)?);
            ends.map(|(low, high)| Value::list([low, high].map(Value::Number)))
        }
        None => number::typed(text)?.map(Value::Number),
    };
    Ok(value.unwrap_or_else(|| Value::text(text.trim())))
}

fn readings(typing: &Typing, text: &str) -> Result<Value, String> {
    let reading = |pair: &str| {
        let (day, value) = pair
            .trim()
            .rsplit_once(' ')
            .ok_or_else(|| format!("“{pair}” is not a day and a number, as in 2026-11-22 8.1"))?;
        let number = number::typed(value)?.ok_or_else(|| format!("“{value}” is not a number"))?;
        Ok(Value::list([Value::Date(typing.day(day)?), Value::Number(number)]))
    };
    let pairs = text.split([',', '\n']).filter(|pair| !pair.trim().is_empty());
    pairs.map(reading).collect::<Result<Vec<_>, String>>().map(Value::list)
}

/// The one word that is this text, or that alone begins with it.
fn one_of(words: &'static [&'static str], text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let mut starting = words.iter().filter(|word| word.starts_with(&text));
    let first = starting.next();
    let exact = words.iter().find(|word| **word == text);
    exact.or(first.filter(|_| starting.next().is_none())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Field};
    use std::sync::Arc;

    fn workspace() -> Workspace {
        let objective = |id: &str, title: &str| {
            Arc::new(Record::new(Id::new(id)).with(Field::Title, Value::text(title)))
        };
        let mut content = Content::default();
        content.fill(
            Place::Objectives,
            vec![objective("o4k1", "Halve the time"), objective("o7m2", "Grow, surely")],
        );
        Workspace::new(content)
    }

    fn typed(field: Field, text: &str) -> Result<String, String> {
        let workspace = workspace();
        let today = "2026-11-22".parse().unwrap();
        let typing = Typing { workspace: &workspace, today, month_first: None };
        let shape = field.row().shape;
        let value = typing.read(shape, text)?;
        if let Some(value) = &value {
            assert!(shape.accepts(value), "{text}");
            let shown = typing.show(shape, value);
            assert_eq!(typing.read(shape, &shown)?.as_ref(), Some(value), "{shown}");
        }
        Ok(value.map_or(String::new(), |value| typing.show(shape, &value)))
    }

    #[test]
    fn what_is_typed_is_read_and_shown_again() {
        for (field, text, shown) in [
            (Field::Title, " Bank feeds ", "Bank feeds"),
            (Field::Points, "2,5", "2.5"),
            (Field::Milestone, "y", "yes"),
            (Field::Due, "2026-12-18", "2026-12-18"),
            (Field::Due, "+3d", "2026-11-25"),
            (Field::Due, "-1w", "2026-11-15"),
            (Field::Due, "fri", "2026-11-27"),
            (Field::Due, "sunday", "2026-11-29"),
            (Field::Due, "tomorrow", "2026-11-23"),
            (Field::Status, "rev", "review"),
            (Field::Kind, "chore", "chore"),
            (Field::Kind, "sto", "story"),
            (Field::Objective, "o4", "o4k1 Halve the time"),
            (Field::Objective, "o7 grow,", "o7m2 Grow, surely"),
            (Field::Objective, "o4k1  halve the time", "o4k1 Halve the time"),
            (Field::Objective, "grow, SURELY", "o7m2 Grow, surely"),
            (Field::Tags, "api, debt  ux", "api debt ux"),
            (Field::Acceptance, "rows\n- [x] fast\n[ ] safe", "[ ] rows\n[x] fast\n[ ] safe"),
            (Field::Story, "as = a founder\nso = I sleep", "as = a founder\nso = I sleep"),
            (
                Field::Ratings,
                "rice.reach = 300..600\nkano.class = must",
                "rice.reach = 300..600\nkano.class = must",
            ),
            (Field::Rubrics, "rice.impact.3 = it sells", "rice.impact.3 = it sells"),
            (
                Field::Metrics,
                "hours|usage|h|9|4.5|2026-10-01 8.1, 2026-11-01 7",
                "hours | usage | h | 9 | 4.5 | 2026-10-01 8.1, 2026-11-01 7",
            ),
            (Field::Ready, "has points\n\nhas criteria", "has points\nhas criteria"),
            (Field::Wip, "doing = 2", "doing = 2"),
            (Field::Title, "  ", ""),
        ] {
            assert_eq!(typed(field, text).as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn an_id_is_found_in_capitals_or_not() {
        let mut content = Content::default();
        let items = ["PROJ-1", "proj-1", "PROJ-12"].map(|id| Arc::new(Record::new(Id::new(id))));
        content.fill(Place::Backlog, items.to_vec());
        let workspace = Workspace::new(content);
        let today = "2026-11-22".parse().unwrap();
        let typing = Typing { workspace: &workspace, today, month_first: None };
        let link = |text| typing.link(&[Place::Backlog], text).ok();
        for (text, id) in [("PROJ-1", "PROJ-1"), ("proj-1", "proj-1"), ("proj-12", "PROJ-12")] {
            assert_eq!(link(text), Some(Value::link(Id::new(id))), "{text}");
        }
        assert_eq!(link("Proj-1"), None, "there are two");
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        for (field, text, words) in [
            (Field::Points, "0", "“0” is not a number above 0"),
            (Field::Points, "1,000", "write 1000 or 1.0"),
            (Field::Ratings, "own.users = 10,000", "write 10000 or 10.0"),
            (Field::Metrics, "hours | usage | h | 1,500 | 2", "write 1500 or 1.5"),
            (Field::Status, "asleep", "“asleep” is not one of todo, doing, blocked, review"),
            (Field::Due, "2026-02-30", "is not a day"),
            (Field::Due, "soon", "+3d"),
            (Field::Objective, "o", "“o” may be o4k1 Halve the time or o7m2 Grow, surely"),
            (Field::Objective, "zz", "nothing is called “zz”"),
            (Field::Objective, "o4k1 what nobody wrote", "called “o4k1 what nobody wrote”"),
            (Field::Objective, "o4 halve the time more", "called “o4 halve the time more”"),
            (Field::Story, "as a founder", "lacks a ="),
            (Field::Metrics, "a|b|c|1|2|2026-10-01 8|x", "too many parts"),
            (Field::Wip, "doing = many", "is not a number"),
        ] {
            let wrong = typed(field, text).unwrap_err();
            assert!(wrong.contains(words), "{text}: {wrong}");
        }
    }
}
