//! What was done between two workspaces, in sentences and as data.

use super::console::{Ink, Piece, plain};
use crate::app::detail::{self, Reading};
use crate::app::preferences::DateFormat;
use crate::exchange::json::of as data;
use crate::scoring;
use crate::workspace::{Field, Id, Op, Place, Shape, Spot, Value, Workspace, diff};
use serde_json::{Value as Json, json};

/// What stands for nothing.
const UNSET: &str = "–";

/// What became of a workspace.
pub(super) struct Sentence {
    /// A line for people; nothing where it goes without saying.
    pub pieces: Vec<Piece>,
    /// The same and more, for programs.
    pub data: Json,
}

/// What was done to make `after` of `before`, in the order in which it can be done.
pub(super) fn sentences(
    before: &Workspace,
    after: &Workspace,
    dates: &DateFormat,
) -> Vec<Sentence> {
    let told = Told { before, after, dates };
    let ops = diff(before, after);
    ops.iter().map(|op| told.sentence(op)).collect()
}

/// Two workspaces that are told apart.
struct Told<'a> {
    before: &'a Workspace,
    after: &'a Workspace,
    dates: &'a DateFormat,
}

impl Told<'_> {
    fn sentence(&self, op: &Op) -> Sentence {
        match op {
            Op::Insert { record, .. } => self.added(record.id()),
            Op::Remove { id } => self.removed(id),
            Op::Move { id, .. } => self.moved(id),
            Op::Edit { id, field, .. } => self.edited(id, *field),
            // Differences are told one by one.
            Op::Arrange { .. } | Op::Batch(_) => Sentence { pieces: Vec::new(), data: Json::Null },
        }
    }

    fn added(&self, id: &Id) -> Sentence {
        let at = self.after.spot_of(id);
        let place = at.map_or("nowhere", |at| at.place.words());
        Sentence {
            pieces: vec![plain("added "), title(self.after, id), plain(format!(" to {place}"))],
            data: json!({ "change": "added", "id": id.as_str(), "title": self.after.name_of(id), "to": spot(at) }),
        }
    }

    fn removed(&self, id: &Id) -> Sentence {
        let at = self.before.spot_of(id);
        let place = at.map_or("nowhere", |at| at.place.words());
        Sentence {
            pieces: vec![
                plain("removed "),
                title(self.before, id),
                plain(format!(" from {place}")),
            ],
            data: json!({ "change": "removed", "id": id.as_str(), "title": self.before.name_of(id), "from": spot(at) }),
        }
    }

    fn moved(&self, id: &Id) -> Sentence {
        let (from, to) = (self.before.spot_of(id), self.after.spot_of(id));
        let words = |at: Option<Spot>| at.map_or("nowhere", |at| at.place.words());
        let same = from.map(|from| from.place) == to.map(|to| to.place);
        let mut pieces = vec![plain("moved "), title(self.after, id)];
        if same {
            pieces.push(plain(format!(" in {}: ", words(to))));
            pieces.extend(self.neighbour(to));
        } else {
            pieces.push(plain(format!(" from {} to {}", words(from), words(to))));
        }
        let data = json!({
            "change": "moved", "id": id.as_str(), "title": self.after.name_of(id),
            "from": spot(from), "to": spot(to),
        });
        Sentence { pieces, data }
    }

    /// Where something stands, by what it stands below.
    fn neighbour(&self, at: Option<Spot>) -> Vec<Piece> {
        let above = at.and_then(|at| {
            let above = at.index.checked_sub(1)?;
            self.after.list(at.place).get(above)
        });
        match above {
            Some(record) => vec![plain("now below "), title(self.after, record.id())],
            None => vec![plain("now at the top")],
        }
    }

    fn edited(&self, id: &Id, field: Field) -> Sentence {
        let value =
            |workspace: &Workspace| workspace.get(id).and_then(|record| record.get(field)).cloned();
        let (old, new) = (value(self.before), value(self.after));
        let data = json!({
            "change": "set", "id": id.as_str(), "title": self.after.name_of(id), "field": field.key(),
            "before": old.as_ref().map(data), "after": new.as_ref().map(data),
        });
        if self.goes_without_saying(id, field) {
            return Sentence { pieces: Vec::new(), data };
        }
        let mut pieces = match field {
            Field::Title | Field::Name => {
                let pieces = vec![plain("renamed "), title(self.before, id), plain(" to ")];
                return Sentence { pieces: [pieces, vec![title(self.after, id)]].concat(), data };
            }
            Field::Ratings => vec![plain("rescored ")],
            _ => vec![plain("changed ")],
        };
        pieces.push(title(self.after, id));
        pieces.push(plain(": "));
        pieces.push(plain(match field {
            Field::Ratings => rated(old.as_ref(), new.as_ref()),
            _ => self.change(field, old.as_ref(), new.as_ref()),
        }));
        Sentence { pieces, data }
    }

    /// A field before and after, in words.
    fn change(&self, field: Field, old: Option<&Value>, new: Option<&Value>) -> String {
        let label = field.row().label;
        let words = |workspace, value| {
            detail::field(Reading { workspace, dates: self.dates }, field, value)
        };
        if matches!(field.row().shape, Shape::Long) && old.is_some() && new.is_some() {
            return format!("{label} written anew");
        }
        let shown = |words: Option<String>| words.unwrap_or_else(|| UNSET.into());
        let old = shown(old.map(|old| words(self.before, old)));
        format!("{label} {old} → {}", shown(new.map(|new| words(self.after, new))))
    }

    /// Whether a change goes without saying, since it comes with another: the day of a rating with
    /// the rating, and what is noted when something is done with the move.
    fn goes_without_saying(&self, id: &Id, field: Field) -> bool {
        let [before, after] = [self.before, self.after].map(|workspace| {
            (
                workspace.get(id).and_then(|record| record.get(Field::Ratings)),
                workspace.place_of(id),
            )
        });
        match field {
            Field::Rated => before.0 != after.0,
            Field::Done | Field::From => before.1 != after.1,
            _ => false,
        }
    }
}

/// The factors that are rated otherwise, by framework.
fn rated(old: Option<&Value>, new: Option<&Value>) -> String {
    let [old, new] = [old, new].map(|ratings| {
        let frameworks = ratings.map(Value::entries).unwrap_or_default();
        let factors = frameworks.iter().flat_map(|(framework, ratings)| {
            let entries = ratings.entries().iter();
            entries.map(move |(factor, rating)| (format!("{framework}.{factor}"), rating))
        });
        factors.collect::<Vec<_>>()
    });
    let find = |list: &[(String, &Value)], name: &str| {
        list.iter().find(|(other, _)| other == name).map(|(_, rating)| scoring::written(rating))
    };
    let gone = old.iter().filter(|(name, _)| find(&new, name).is_none());
    let names = new.iter().chain(gone).map(|(name, _)| name);
    let changed = names.filter(|name| find(&old, name) != find(&new, name));
    let words = changed.map(|name| {
        let shown = |rating: Option<String>| rating.unwrap_or_else(|| UNSET.into());
        format!("{name} {} → {}", shown(find(&old, name)), shown(find(&new, name)))
    });
    words.collect::<Vec<_>>().join(", ")
}

fn title(workspace: &Workspace, id: &Id) -> Piece {
    let name = workspace.name_of(id);
    let quoted = if id.as_str().starts_with('@') { name } else { format!("“{name}”") };
    (Ink::Bold, quoted)
}

fn spot(at: Option<Spot>) -> Json {
    at.map_or(Json::Null, |at| json!({ "place": Place::key(at.place), "position": at.index + 1 }))
}
