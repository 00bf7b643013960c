//! The tables of keys: which actions they give other keys, and which of these can't be.

use super::file::{File, Found, texts};
use super::{Problem, Source, not_known};
use crate::app::actions::{self, Action, Scope};
use crate::app::key::{Code, Key, spell};
use crate::app::keymap::{Binding, Keymap};
use crate::workspace::sorted;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// An action with other keys than its own.
#[derive(Debug, Clone)]
pub struct Rebinding {
    /// The action.
    pub action: &'static Action,
    /// Its keys, and where each was said; none unbinds it.
    pub keys: Vec<(Vec<Key>, Source)>,
    /// Where it was said.
    pub source: Source,
}

impl Rebinding {
    /// The keys as written.
    pub fn spelled(&self) -> Vec<String> {
        self.keys.iter().map(|(keys, _)| spell(keys)).collect()
    }
}

/// Reads the tables of a file.
pub(super) fn read(file: &File, scopes: &DeTable, found: &mut Found) {
    for (name, table) in scopes {
        let known = Scope::ALL.into_iter().find(|scope| scope.key() == &**name.get_ref());
        let taken = match (known, table.get_ref()) {
            (Some(scope), DeValue::Table(rows)) => {
                rows.iter().for_each(|(id, keys)| {
                    row(file, scope, (id.get_ref(), id.span()), keys, found);
                });
                continue;
            }
            (Some(_), _) => format!("[keys.{}] is a table of actions: add = \"a\"", name.get_ref()),
            (None, _) => not_known("scope", Scope::ALL.into_iter().map(Scope::key), name.get_ref()),
        };
        found.problems.push(Problem { source: file.source(&name.span()), words: taken });
    }
}

fn row(
    file: &File,
    scope: Scope,
    (id, at): (&str, Range<usize>),
    keys: &Spanned<DeValue>,
    found: &mut Found,
) {
    let read = action(scope, id).map_err(|words| (at, words)).and_then(|action| {
        let keys = self::keys(action, keys)?;
        Ok((action, keys))
    });
    match read {
        Ok((action, list)) => {
            let keys_at = list.into_iter().map(|(keys, at)| (keys, file.source(&at))).collect();
            let source = file.source(&keys.span());
            found.rebindings.push(Rebinding { action, keys: keys_at, source });
        }
        Err((at, words)) => found.problems.push(Problem { source: file.source(&at), words }),
    }
}

/// The action of this name, which must be of the scope.
fn action(scope: Scope, id: &str) -> Result<&'static Action, String> {
    let ids = actions::all().filter(|action| action.scope == scope).map(|action| action.id);
    match actions::named_by(id) {
        Some(action) if action.scope == scope => Ok(action),
        Some(action) => Err(format!("`{id}` belongs to [keys.{}]", action.scope.key())),
        None => Err(not_known("action", ids, id)),
    }
}

type Keys = Vec<(Vec<Key>, Range<usize>)>;

/// The keys that a value gives an action; or what is wrong with them, and where.
fn keys(action: &Action, value: &Spanned<DeValue>) -> Result<Keys, (Range<usize>, String)> {
    let written = "a key is written \"a\", several are [\"a\", \"b\"]";
    let texts = texts(value).map_err(|at| (at, written.to_owned()))?;
    if texts.is_empty() && !action.scope.in_view() {
        let words = format!("`{}` can't be without a key: nothing else does it", action.id);
        return Err((value.span(), words));
    }
    let one = |(text, at): (&str, Range<usize>)| match Key::typed(text)
        .and_then(|keys| fits(action.scope, keys))
    {
        Ok(keys) => Ok((keys, at)),
        Err(words) => Err((at, words)),
    };
    texts.into_iter().map(one).collect()
}

/// Keys that can mean something in a scope: not where they are typed or counted with.
fn fits(scope: Scope, keys: Vec<Key>) -> Result<Vec<Key>, String> {
    let typed = match keys.first() {
        Some(Key { code: Code::Char(c), ctrl: false, alt: false }) => *c,
        _ => return Ok(keys),
    };
    // What works everywhere works while text is typed too.
    if scope.takes_text() || scope == Scope::Everywhere {
        return Err(format!("“{typed}” is typed here; with ctrl- or alt- it can be a key"));
    }
    if scope.in_view() && typed.is_ascii_digit() && typed != '0' {
        return Err(format!("“{typed}” is a count here: 5J moves by five"));
    }
    Ok(keys)
}

/// The keys in force with these.
pub(super) fn keymap(rebindings: &[Rebinding]) -> Keymap {
    if rebindings.is_empty() {
        return Keymap::default();
    }
    let lists: Vec<(&str, Vec<Vec<Key>>)> = rebindings
        .iter()
        .map(|one| (one.action.id, one.keys.iter().map(|(keys, _)| keys.clone()).collect()))
        .collect();
    Keymap::rebound(|action| {
        lists.iter().find(|(id, _)| *id == action.id).map(|(_, keys)| keys.as_slice())
    })
}

/// The rebindings that can stand together, and why the others can't. For an action that both files
/// speak of the project's counts; of two that clash, the one that was said first and nearer.
pub(super) fn settle(all: Vec<Rebinding>) -> (Vec<Rebinding>, Vec<Problem>) {
    let mut kept: Vec<Rebinding> = Vec::new();
    let mut all = all;
    sorted::by(&mut all, |one, other| rank(one).cmp(&rank(other)));
    for one in all {
        if kept.iter().all(|other| other.action.id != one.action.id) {
            kept.push(one);
        }
    }
    let mut problems = Vec::new();
    while let Some((at, problem)) = clash(&kept) {
        kept.remove(at);
        problems.push(problem);
    }
    (kept, problems)
}

/// The order in which rebindings count: the project's first, and then as they stand.
fn rank(one: &Rebinding) -> (bool, &Source) {
    (one.source.key() == "user", &one.source)
}

/// The rebinding that has to go for a clash, and why.
fn clash(kept: &[Rebinding]) -> Option<(usize, Problem)> {
    if kept.is_empty() {
        // Their own keys do not clash, which is tested and need not be found out at each start.
        return None;
    }
    let keymap = keymap(kept);
    let [one, other] = keymap.clash()?;
    let place =
        |binding: &Binding| kept.iter().position(|kept| kept.action.id == binding.action.id);
    let (goes, stays) = if place(one) > place(other) { (one, other) } else { (other, one) };
    let at = place(goes)?;
    let said = |binding: &Binding| {
        let one = &kept[place(binding)?];
        let key = one.keys.iter().find(|(keys, _)| *keys == binding.keys);
        key.map(|(_, source)| source.clone())
    };
    let (new, old, id) = (spell(&goes.keys), spell(&stays.keys), stays.action.id);
    let how = match (new == old, goes.keys.len() > stays.keys.len()) {
        (true, _) => format!("{new} is `{id}` already"),
        (false, true) => format!("{new} begins with {old}, which is `{id}` already"),
        (false, false) => format!("{new} is the beginning of {old}, which is `{id}` already"),
    };
    let words = match said(stays) {
        Some(place) => format!("{how}, {place}; give one of the two another key"),
        None => format!(
            "{how}; give that another key in [keys.{}], or none: {id} = []",
            stays.action.scope.key()
        ),
    };
    Some((at, Problem { source: said(goes)?, words }))
}
