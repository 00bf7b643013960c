//! Which action a key, or a sequence of keys, means: what the rows of the actions say, and what the
//! person wants instead.

use super::App;
use super::actions::{self, Action, Scope};
use super::key::{Key, spell};
use crate::workspace::Lookup;
use std::sync::{Arc, LazyLock};

/// The keys of the rows: spelled out once, however often they are asked for.
static OWN: LazyLock<Keymap> = LazyLock::new(|| Keymap::rebound(|_| None));

/// What the keys so far mean.
#[derive(Debug, Clone, Copy)]
pub enum Match {
    /// This action.
    Whole(&'static Action),
    /// The beginning of at least one.
    Beginning,
    /// Nothing.
    None,
}

/// Keys, and what they mean in the scope of the action.
#[derive(Debug, Clone)]
pub struct Binding {
    /// One after the other.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: &'static Action,
}

/// The keys in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Arc<[Binding]>,
    /// Which of them begin with a key. Each hint of each frame asks what its key means.
    beginning: Arc<Lookup<Key, Vec<usize>>>,
}

impl Default for Keymap {
    fn default() -> Self {
        OWN.clone()
    }
}

impl Keymap {
    /// The keys of the rows; for an action that `instead` has keys for, even none, those.
    pub fn rebound<'a>(instead: impl Fn(&Action) -> Option<&'a [Vec<Key>]>) -> Self {
        let of = |action: &'static Action| {
            let own = || action.keys.iter().map(|keys| Key::sequence(keys)).collect();
            let keys: Vec<Vec<Key>> = instead(action).map_or_else(own, <[_]>::to_vec);
            keys.into_iter().map(move |keys| Binding { keys, action })
        };
        let bindings: Arc<[Binding]> = actions::all().flat_map(of).collect();
        let mut beginning: Lookup<Key, Vec<usize>> = Lookup::default();
        for (at, one) in bindings.iter().enumerate() {
            beginning.entry(one.keys[0]).or_default().push(at);
        }
        Self { bindings, beginning: Arc::new(beginning) }
    }

    /// The bindings that begin with `keys`, of which there is one at least.
    fn begun(&self, keys: &[Key]) -> impl Iterator<Item = &Binding> {
        let first = keys.first().and_then(|first| self.beginning.get(first));
        let begun = first.into_iter().flatten().filter_map(|at| self.bindings.get(*at));
        begun.filter(move |one| one.keys.starts_with(keys))
    }

    /// What `keys` mean in `scope`. Where the scope itself has no use for them, what works further
    /// out is asked.
    pub fn find(&self, scope: Scope, keys: &[Key]) -> Match {
        let begun: Vec<&Binding> = self.begun(keys).collect();
        let mut found = Match::None;
        for scope in scope.outwards() {
            let mut here = begun.iter().filter(|one| one.action.scope == scope);
            if let Some(whole) = here.clone().find(|one| one.keys.len() == keys.len()) {
                let further = matches!(found, Match::Beginning);
                return if further { found } else { Match::Whole(whole.action) };
            }
            if here.next().is_some() {
                found = Match::Beginning;
            }
        }
        found
    }

    /// The actions that `keys` are the beginning of, with the key that comes next.
    pub fn following(&self, scope: Scope, keys: &[Key]) -> Vec<(Key, &'static Action)> {
        let scopes: Vec<Scope> = scope.outwards().collect();
        self.begun(keys)
            .filter(|one| scopes.contains(&one.action.scope))
            .filter_map(|one| Some((*one.keys.get(keys.len())?, one.action)))
            .collect()
    }

    /// The keys of an action as written, the handiest first: `K`, `alt-up`.
    pub fn of(&self, action: &Action) -> impl Iterator<Item = String> {
        let own = |one: &&Binding| std::ptr::eq(one.action, action);
        self.bindings.iter().filter(own).map(|one| spell(&one.keys))
    }

    /// The handiest key of an action that means it in `scope`, where one does: a scope further in
    /// may mean something else by it.
    pub fn within(&self, scope: Scope, action: &Action) -> Option<String> {
        let own = |one: &&Binding| std::ptr::eq(one.action, action);
        let means = |keys: &[Key]| match self.find(scope, keys) {
            Match::Whole(found) => std::ptr::eq(found, action),
            Match::Beginning | Match::None => false,
        };
        let mut own = self.bindings.iter().filter(own);
        own.find(|one| means(&one.keys)).map(|one| spell(&one.keys))
    }

    /// The handiest key of the action of this name, where it has one.
    pub fn first(&self, id: &str) -> Option<String> {
        self.of(actions::named_by(id)?).next()
    }

    /// The keys of an action in a line: `K or alt-up`.
    pub fn spelled(&self, action: &Action) -> String {
        self.of(action).collect::<Vec<_>>().join(" or ")
    }

    /// Two bindings that both mean something where one of them works, though the one is the other
    /// or its beginning: then one of them is never reached.
    pub fn clash(&self) -> Option<[&Binding; 2]> {
        self.bindings.iter().enumerate().find_map(|(at, one)| {
            let other = self.bindings[at + 1..].iter().find(|other| {
                let both = one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys);
                let meets = |a: Scope, b: Scope| a.outwards().any(|scope| scope == b);
                let (here, there) = (one.action.scope, other.action.scope);
                let apart = here.comes_before(there) || there.comes_before(here);
                let apart = apart && one.keys.len() == other.keys.len();
                both && !apart && (meets(here, there) || meets(there, here))
            });
            Some([one, other?])
        })
    }
}

impl App {
    /// The keys in force.
    pub fn keymap(&self) -> &Keymap {
        &self.preferences.keymap
    }

    /// What to press for the action of this name; without a key of its own it is in the palette.
    pub fn key(&self, id: &str) -> String {
        self.keymap().first(id).unwrap_or_else(|| {
            let palette = self.keymap().first("palette").unwrap_or_default();
            let title = actions::named_by(id).map_or("", |action| action.title);
            format!("{palette} {title}").trim_start().to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_scope() {
        let keymap = Keymap::default();
        let clash = keymap.clash();
        assert!(clash.is_none(), "{clash:?}");
    }

    #[test]
    fn no_action_takes_a_letter_away_from_what_is_typed() {
        for Binding { keys, action } in Keymap::default().bindings.iter() {
            let letter = matches!(
                keys[0],
                Key { code: super::super::key::Code::Char(_), ctrl: false, alt: false }
            );
            assert!(!(letter && action.scope.takes_text()), "{}", action.id);
        }
    }

    #[test]
    fn an_action_with_other_keys_has_lost_its_own() {
        let other = [Key::sequence("Q")];
        let keymap = Keymap::rebound(|action| (action.id == "delete").then_some(other.as_slice()));
        let means = |key| keymap.find(Scope::Lists, &Key::sequence(key));
        assert!(matches!(means("Q"), Match::Whole(action) if action.id == "delete"));
        assert!(matches!(means("x"), Match::None));
        assert!(matches!(means("g"), Match::Beginning));
    }

    #[test]
    fn two_meanings_of_a_key_are_found_also_where_one_works_further_out() {
        for (id, key, with) in [
            ("delete", "d", "done"),
            ("delete", "g", "first"),
            ("delete", "q", "quit"),
            ("quit", "jj", "down"),
        ] {
            let keys = [Key::sequence(key)];
            let keymap = Keymap::rebound(|action| (action.id == id).then_some(keys.as_slice()));
            let clash = keymap.clash().unwrap().map(|one| one.action.id);
            assert!(clash.contains(&id) && clash.contains(&with), "{clash:?}");
        }
    }
}
