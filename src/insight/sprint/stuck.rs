//! What is stuck, for how long, and what does it wait for?

use crate::workspace::number::counted;
use crate::workspace::{Date, Field, Id, Status, Value, Workspace, sorted};

/// An item that can't go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// The item.
    pub id: Id,
    /// Since when, where that is known.
    pub since: Option<Date>,
    /// Days since then.
    pub days: Option<i32>,
    /// Why; empty where nobody said.
    pub why: String,
    /// What it waits for that is not done.
    pub waits: Vec<Id>,
}

/// Which of these items are blocked or wait for something, the longest first.
pub fn stuck(workspace: &Workspace, ids: &[Id], today: Date) -> Vec<Stuck> {
    let mut stuck: Vec<Stuck> = ids.iter().filter_map(|id| one(workspace, id, today)).collect();
    sorted::by_key(&mut stuck, |stuck| std::cmp::Reverse(stuck.days));
    stuck
}

/// How an item is stuck; `None` where it is not, or is done.
pub fn one(workspace: &Workspace, id: &Id, today: Date) -> Option<Stuck> {
    let item = workspace.get(id)?;
    let is_blocked = item.status_in(workspace.place_of(id)?)? == Status::Blocked;
    let waits: Vec<Id> = workspace.unmet(item).cloned().collect();
    if !is_blocked && waits.is_empty() {
        return None;
    }
    let blocked = item.get(Field::Blocked).filter(|_| is_blocked);
    let since = blocked.and_then(|blocked| blocked.get("since")?.as_date());
    let why = blocked.and_then(|blocked| blocked.get("why")).and_then(Value::as_text);
    Some(Stuck {
        id: id.clone(),
        since,
        days: since.map(|since| super::days(since, today) - 1),
        why: why.unwrap_or_default().to_owned(),
        waits,
    })
}

impl Stuck {
    /// For how long and why, in a few words: `3 days · no contract yet · waits for Sign it`.
    pub fn words(&self, workspace: &Workspace) -> String {
        let title = |id: &Id| workspace.get(id).map_or("", |item| item.title()).to_owned();
        let waits: Vec<String> = self.waits.iter().map(title).collect();
        let waits = (!waits.is_empty()).then(|| format!("waits for {}", waits.join(", ")));
        let long = self.days.map(|days| match days {
            i32::MIN..=0 => "since today".to_owned(),
            days => counted(days, "day"),
        });
        let why = (!self.why.is_empty()).then(|| self.why.clone());
        let said: Vec<String> = [long, why, waits].into_iter().flatten().collect();
        if said.is_empty() { "blocked, nobody said why".to_owned() } else { said.join(" · ") }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day_of, item, workspace};
    use super::*;

    #[test]
    fn the_longest_stuck_comes_first_with_what_it_waits_for() {
        let blocked = |since: i8, why: &str| {
            Value::map([
                ("since".into(), Value::Date(day_of(since))),
                ("why".into(), Value::text(why)),
            ])
        };
        let status = |id: &str| item(id, 1.0).with(Field::Status, Value::text("blocked"));
        let waits = Value::list([Value::link(Id::new("a"))]);
        let all = vec![
            status("a").with(Field::Blocked, blocked(19, "no key")),
            status("b").with(Field::Blocked, blocked(10, "")),
            item("c", 1.0).with(Field::BlockedBy, waits),
            item("d", 1.0),
        ];
        let ids: Vec<Id> = all.iter().map(|item| item.id().clone()).collect();
        let workspace = workspace(Vec::new(), all, Vec::new());
        let stuck = stuck(&workspace, &ids, day_of(20));
        let said: Vec<String> = stuck.iter().map(|stuck| stuck.words(&workspace)).collect();
        assert_eq!(said, ["10 days", "1 day · no key", "waits for a"]);
    }
}
