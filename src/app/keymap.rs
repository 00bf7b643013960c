//! Which action a key, or a sequence of keys, means.

use super::actions::{self, Action, Scope};
use super::key::Key;
use std::sync::LazyLock;

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

type Binding = (Scope, Vec<Key>, &'static Action);

static BINDINGS: LazyLock<Vec<Binding>> = LazyLock::new(|| {
    let keys = |action: &'static Action| {
        action.keys.iter().map(move |keys| (action.scope, Key::sequence(keys), action))
    };
    actions::all().flat_map(keys).collect()
});

/// What `keys` mean in `scope`. Where the scope itself has no use for them, what works further
/// out is asked.
pub fn find(scope: Scope, keys: &[Key]) -> Match {
    let scopes = std::iter::successors(Some(scope), |scope| scope.outer());
    let mut found = Match::None;
    for scope in scopes {
        let mut here =
            BINDINGS.iter().filter(|(s, sequence, _)| *s == scope && sequence.starts_with(keys));
        if let Some((_, _, action)) =
            here.clone().find(|(_, sequence, _)| sequence.len() == keys.len())
        {
            return if matches!(found, Match::Beginning) { found } else { Match::Whole(action) };
        }
        if here.next().is_some() {
            found = Match::Beginning;
        }
    }
    found
}

/// The actions that `keys` are the beginning of, with the key that comes next.
pub fn following(scope: Scope, keys: &[Key]) -> Vec<(Key, &'static Action)> {
    let scopes = std::iter::successors(Some(scope), |scope| scope.outer()).collect::<Vec<_>>();
    BINDINGS
        .iter()
        .filter(|(scope, sequence, _)| {
            scopes.contains(scope) && sequence.starts_with(keys) && sequence.len() > keys.len()
        })
        .map(|(_, sequence, action)| (sequence[keys.len()], *action))
        .collect()
}
