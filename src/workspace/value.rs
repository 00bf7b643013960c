//! What a field holds.

use super::{Date, Id, Several, Text};
use arcstr::ArcStr;

/// The name of an entry in a [`Value::Map`]: a framework, a factor, a part of a group.
pub type Name = ArcStr;

/// The value of a field: a small tree with typed leaves. Which tree a field may hold is said by
/// its [`Shape`](super::Shape). A large file has millions of them, so each takes two words.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Any text; those that a file says often are one in memory, and long ones stand in the file.
    Text(Text),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Date(Date),
    /// The id of another record, which may no longer exist.
    Link(Box<Id>),
    /// Several values in order.
    List(Several<Value>),
    /// Named values, in the order they came in.
    Map(Several<(Name, Value)>),
}

impl Value {
    /// Text as a value.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// A link to a record.
    pub fn link(id: Id) -> Self {
        Self::Link(Box::new(id))
    }

    /// Several values in order.
    pub fn list(values: impl IntoIterator<Item = Self>) -> Self {
        Self::List(values.into_iter().collect())
    }

    /// Named values in order.
    pub fn map(entries: impl IntoIterator<Item = (Name, Self)>) -> Self {
        Self::Map(entries.into_iter().collect())
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The day, if it is one.
    pub fn as_date(&self) -> Option<Date> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }

    /// The id, if it is a link.
    pub fn as_link(&self) -> Option<&Id> {
        if let Self::Link(id) = self { Some(id) } else { None }
    }

    /// The values of a list; of anything else, none.
    pub fn items(&self) -> &[Value] {
        if let Self::List(values) = self { values } else { &[] }
    }

    /// The named values of a map; of anything else, none.
    pub fn entries(&self) -> &[(Name, Value)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }

    /// The value with this name in a map.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether there is nothing in it: an empty text, list or map.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(values) => values.is_empty(),
            Self::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// This map with `value` under `name`, or without it. Anything but a map counts as an empty
    /// one; `None` is what is left when nothing is.
    #[must_use]
    pub fn with(this: Option<&Self>, name: &str, value: Option<Self>) -> Option<Self> {
        let mut entries = this.map(|map| map.entries().to_vec()).unwrap_or_default();
        let at = entries.iter().position(|(key, _)| key == name);
        match (at, value) {
            (Some(at), Some(value)) => entries[at].1 = value,
            (None, Some(value)) => entries.push((Name::from(name), value)),
            (Some(at), None) => drop(entries.remove(at)),
            (None, None) => {}
        }
        (!entries.is_empty()).then(|| Self::Map(entries.into()))
    }

    /// Where in a list of groups one stands that stood at `near` and has this text as its `part`;
    /// `None` where it is gone.
    pub fn position(list: &[Self], near: usize, part: &str, text: &str) -> Option<usize> {
        let is_it = |one: &Self| one.get(part).and_then(Self::as_text).unwrap_or_default() == text;
        let there = list.get(near).filter(|one| is_it(one)).map(|_| near);
        there.or_else(|| list.iter().position(is_it))
    }

    /// Calls `see` with every id this value links to, at any depth.
    pub fn each_link(&self, see: &mut impl FnMut(&Id)) {
        match self {
            Self::Link(id) => see(id),
            Self::List(values) => values.iter().for_each(|value| value.each_link(see)),
            Self::Map(entries) => entries.iter().for_each(|(_, value)| value.each_link(see)),
            _ => {}
        }
    }

    /// This value without its links to `id`; `None` when nothing is left.
    pub fn without_link(&self, id: &Id) -> Option<Self> {
        let kept = match self {
            Self::Link(link) if **link == *id => return None,
            Self::List(values) => {
                Self::List(values.iter().filter_map(|value| value.without_link(id)).collect())
            }
            Self::Map(entries) => Self::Map(
                entries
                    .iter()
                    .filter_map(|(name, value)| Some((name.clone(), value.without_link(id)?)))
                    .collect(),
            ),
            other => return Some(other.clone()),
        };
        (!kept.is_empty()).then_some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_takes_two_words_whatever_it_holds() {
        assert_eq!(size_of::<Value>(), 16);
        assert_eq!(size_of::<Option<Value>>(), 16);
    }

    #[test]
    fn a_link_is_taken_out_at_any_depth() {
        let id = Id::new("a");
        let outcome = Value::map([
            ("is".into(), Value::text("linked")),
            ("item".into(), Value::link(id.clone())),
        ]);
        let left = outcome.without_link(&id).unwrap();
        assert_eq!(left.entries().len(), 1);
        let waits = Value::list([Value::link(id.clone())]);
        assert_eq!(waits.without_link(&id), None);
    }

    #[test]
    fn a_map_takes_changes_and_loses_a_name_whole() {
        let one = Value::with(None, "reach", Some(Value::Number(1.0))).unwrap();
        assert_eq!(one.get("reach").and_then(Value::as_number), Some(1.0));
        assert_eq!(Value::with(Some(&one), "reach", None), None);
    }
}
