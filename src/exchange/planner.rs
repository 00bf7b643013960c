//! How an import is worked out, entry by entry: made, changed, moved, or left alone.

use super::entry::Entry;
use super::factors;
use super::haul::{Haul, Remark};
use super::links::Names;
use super::origin::{Seen, print};
use super::past::Past;
use super::plan::{Alteration, Outcome, Plan, What, Wishes};
use super::update::{Base, Verdict};
use crate::workspace::number::counted;
use crate::workspace::{
    Change, Document, Field, Hat, Id, Op, Place, Record, Refusal, Section, Shape, Spot, Value,
    Workspace, keep_other, plain, sorted,
};
use std::sync::Arc;

/// Works out what an import does to a workspace. A link that would close a circle, or leads to
/// nothing, is left out with a remark.
pub fn plan(workspace: &Workspace, haul: Haul, wishes: Wishes) -> Plan {
    let Haul { system, mut entries, skipped, remarks, .. } = haul;
    let mut planner = Planner::of(workspace, system, wishes);
    (planner.plan.skipped, planner.plan.remarks) = (skipped, remarks);
    planner.sprint_at = planner.after_sprints();
    let ids = planner.name(&mut entries);
    planner.turn_blocks(&mut entries);
    for (entry, id) in entries.into_iter().zip(ids) {
        planner.take(entry, id);
    }
    planner.let_go();
    planner.settle_sprints();
    let Planner { document, mut plan, .. } = planner;
    sorted::by_key(&mut plan.remarks, |remark| remark.row);
    sorted::by_key(&mut plan.skipped, |remark| remark.row);
    plan.after = document.workspace().clone();
    plan
}

/// An import while it is worked out.
pub(super) struct Planner {
    /// The workspace as it will be, so that each op is known to be accepted.
    pub(super) document: Document,
    /// What names mean.
    pub(super) names: Names,
    /// The other tool.
    pub(super) system: String,
    /// What the person wants.
    pub(super) wishes: Wishes,
    /// Where the next sprint of the history goes.
    pub(super) sprint_at: usize,
    /// What it has learned of sprints.
    pub(super) past: Past,
    /// What comes of it.
    pub(super) plan: Plan,
}

impl Planner {
    /// An import of another tool's file of which nothing is worked out yet.
    fn of(workspace: &Workspace, system: String, wishes: Wishes) -> Self {
        Self {
            document: Document::new(workspace.clone()),
            names: Names::of(workspace, &system),
            sprint_at: 0,
            system,
            wishes,
            past: Past::default(),
            plan: Plan {
                ops: Vec::new(),
                outcomes: Vec::new(),
                skipped: Vec::new(),
                remarks: Vec::new(),
                notes: Vec::new(),
                after: workspace.clone(),
            },
        }
    }

    pub(super) fn workspace(&self) -> &Workspace {
        self.document.workspace()
    }

    pub(super) fn act(&mut self, op: Op) -> Result<(), Refusal> {
        let change = Change { words: String::new(), hat: Hat::Po, op: op.clone() };
        self.document.commit(change)?;
        self.plan.ops.push(op);
        Ok(())
    }

    pub(super) fn remark(&mut self, row: usize, words: String) {
        self.plan.remarks.push(Remark { row, words, aside: None });
    }

    /// Leaves out a row whose record is refused: nothing becomes of it.
    fn skip(&mut self, row: usize, refusal: &Refusal) {
        let words = format!("it cannot be taken: {refusal}");
        self.plan.skipped.push(Remark { row, words, aside: None });
    }

    /// History comes before what is planned: behind what was imported of it, else on top.
    fn after_sprints(&self) -> usize {
        let sprints = self.workspace().list(Place::Sprints);
        let known = sprints.iter().rposition(|sprint| sprint.get(Field::External).is_some());
        known.map_or(0, |at| at + 1)
    }

    fn take(&mut self, mut entry: Entry, id: Id) {
        self.resolve(&mut entry);
        let before = self.workspace().get(&id).cloned();
        if before.is_some() && entry.lacks_links {
            entry.fields.retain(|(field, _)| {
                !matches!(field.row().shape, Shape::Link(_) | Shape::Links(_))
            });
        }
        let (what, changes) = match &before {
            None => match self.create(&mut entry, &id) {
                Ok(()) => (What::Created, Vec::new()),
                Err(refusal) => return self.skip(entry.row, &refusal),
            },
            Some(record) => {
                let place = self.workspace().place_of(&id).unwrap_or(self.wishes.to);
                self.update(&entry, place, record)
            }
        };
        let after = self.workspace().get(&id);
        self.plan.outcomes.push(Outcome {
            row: entry.row,
            title: after.map(|record| record.title().to_owned()).unwrap_or_default(),
            place: self.workspace().place_of(&id).unwrap_or(self.wishes.to),
            key: entry.key,
            id,
            what,
            changes,
        });
    }

    /// Takes out of what was made the links to what is not here, as a file of this program has them
    /// that came from another workspace; each is told once.
    fn let_go(&mut self) {
        let made = self.plan.outcomes.iter().filter(|outcome| outcome.what == What::Created);
        let made: Vec<(usize, Id)> =
            made.map(|outcome| (outcome.row, outcome.id.clone())).collect();
        let mut told: Vec<(Field, Id, usize, usize)> = Vec::new();
        for (row, id) in made {
            for (field, to) in self.astray(&id) {
                self.cut(&id, field, &to);
                match told.iter_mut().find(|(of, gone, ..)| *of == field && *gone == to) {
                    Some((.., items)) => *items += 1,
                    None => told.push((field, to, row, 1)),
                }
            }
        }
        for (field, to, row, items) in told {
            let items = counted(items, "item");
            let words = format!("{}: {to} is not here; left out of {items}", field.row().label);
            self.remark(row, words);
        }
    }

    /// The links of a record to objectives, sprints and the like that are not here. An item that is
    /// not here may still come.
    fn astray(&self, id: &Id) -> Vec<(Field, Id)> {
        let mut astray = Vec::new();
        let Some(record) = self.workspace().get(id) else { return astray };
        record.each_link(|field, to| {
            let (Shape::Link(places) | Shape::Links(places)) = field.row().shape else { return };
            let comes = places.iter().any(|place| place.holds_items());
            if !comes && !self.workspace().contains(to) {
                astray.push((field, to.clone()));
            }
        });
        astray
    }

    fn cut(&mut self, id: &Id, field: Field, to: &Id) {
        let value = self.workspace().get(id).and_then(|record| record.get(field));
        let others = value.map(Value::items).unwrap_or_default().iter();
        let others: Vec<Value> = others.filter(|it| it.as_link() != Some(to)).cloned().collect();
        let value = (!others.is_empty()).then(|| Value::list(others));
        // A link less is refused nowhere.
        let _ = self.act(Op::Edit { id: id.clone(), field, value });
    }

    fn create(&mut self, entry: &mut Entry, id: &Id) -> Result<(), Refusal> {
        let is_item = entry.section == Section::Item;
        let open = match entry.place.filter(|place| *place != Place::Done) {
            Some(place) if !self.wishes.told || entry.own.is_some() => place,
            _ => self.wishes.to,
        };
        let place = match entry.section {
            Section::Sprint => Place::Sprints,
            _ if entry.done == Some(true) => Place::Done,
            _ => open,
        };
        let external = entry.own.is_none().then(|| self.external(None, entry));
        let fields = std::mem::take(&mut entry.fields).into_iter();
        let said = fields.filter_map(|(field, value)| Some((field, value?)));
        let mut record = Record::of(id.clone(), said);
        if place == Place::Sprints {
            record = self.stand_sprint(record);
        }
        if let Some(external) = external {
            if is_item && record.get(Field::Kind).is_none() {
                record = record.with(Field::Kind, Value::text(open.usual_kind().key()));
            }
            if place == Place::Done {
                record = record.with(Field::From, Value::text(open.key()));
            }
            record = record.with(Field::External, external);
        }
        let at = match place {
            Place::Sprints => {
                self.sprint_at += 1;
                Spot::new(place, self.sprint_at - 1)
            }
            _ => Spot::bottom(place),
        };
        self.insert(entry.row, record, at)
    }

    /// Puts a record in, without the links for which it would be refused.
    fn insert(&mut self, row: usize, record: Record, at: Spot) -> Result<(), Refusal> {
        let mut record = Arc::new(record);
        loop {
            let Err(refusal) = self.act(Op::Insert { record: Arc::clone(&record), at }) else {
                return Ok(());
            };
            let field = match refusal {
                Refusal::Shape(field) | Refusal::Foreign(field) => Some(field),
                Refusal::Cycle(_) => [Field::Parent, Field::BlockedBy].into_iter().find(|field| {
                    record
                        .links(*field)
                        .chain(record.link(*field))
                        .any(|to| self.workspace().cycle(*field, record.id(), to).is_some())
                }),
                _ => None,
            };
            let Some(field) = field.filter(|field| record.get(*field).is_some()) else {
                return Err(refusal);
            };
            self.remark(row, format!("{}: {refusal}; left out", field.row().label));
            record = Arc::new(Record::clone(&record).without(field));
        }
    }

    /// Where an entry comes from, with what it says now as what was seen last.
    fn external(&self, before: Option<&Record>, entry: &Entry) -> Value {
        let mut seen = before.and_then(Seen::of).unwrap_or_default();
        for (field, value) in &entry.fields {
            seen.set(field.key(), value.as_ref().map(print));
        }
        if entry.done.is_some() {
            seen.set("place", Some(standing(entry).to_owned()));
        }
        let parts = [
            ("system", self.system.clone()),
            ("key", entry.key.clone()),
            ("url", entry.url.clone()),
            ("seen", seen.text()),
        ];
        let told = before.and_then(|record| record.get(Field::External));
        let parts = parts.into_iter().map(|(name, text)| {
            let kept = told.and_then(|told| told.get(name)).and_then(Value::as_text);
            (name, if text.is_empty() { kept.unwrap_or_default().to_owned() } else { text })
        });
        let parts = parts.filter(|(_, text)| !text.is_empty());
        Value::Map(parts.map(|(name, text)| (name.into(), Value::text(text))).collect())
    }

    fn update(&mut self, entry: &Entry, place: Place, record: &Record) -> (What, Vec<Alteration>) {
        let base = Base::of(place, record, entry.own.as_ref());
        let mut changes = Vec::new();
        let mut kept = record.clone();
        let mut sets = Vec::new();
        for (field, theirs) in &entry.fields {
            let mine = record.get(*field);
            let is_partial = *field == Field::Ratings && entry.own.is_none();
            let part = is_partial.then(|| factors::rated_by_both(mine, theirs.as_ref()));
            let compared = part.as_ref().map_or(mine, Option::as_ref);
            let verdict = base.verdict(field.key(), compared, theirs.as_ref());
            let after = match verdict {
                Verdict::Same | Verdict::Keep => continue,
                _ if is_partial => factors::rated_by_either(mine, theirs.as_ref()),
                _ => theirs.clone(),
            };
            let clash = verdict == Verdict::Clash;
            if clash {
                after.iter().for_each(|other| keep_other(&mut kept, field.key(), &plain(other)));
            } else {
                sets.push((*field, after.clone()));
            }
            changes.push(Alteration { name: field.key(), before: mine.cloned(), after, clash });
        }
        sets.push((Field::Conflict, kept.get(Field::Conflict).cloned()));
        if entry.own.is_none() {
            sets.push((Field::External, Some(self.external(Some(record), entry))));
        }
        for (field, value) in
            sets.into_iter().filter(|(field, value)| record.get(*field) != value.as_ref())
        {
            let op = Op::Edit { id: record.id().clone(), field, value };
            if let Err(refusal) = self.act(op) {
                changes.retain(|change| change.name != field.key());
                self.remark(entry.row, format!("{}: {refusal}; left out", field.row().label));
            }
        }
        changes.extend(self.moved(entry, &base, place, record));
        let what = match &changes[..] {
            [] => What::Unchanged,
            changes if changes.iter().any(|change| change.clash) => What::Conflicting,
            _ => What::Updated,
        };
        (what, changes)
    }

    /// Moves a record into done, or out of it, where the other side did.
    fn moved(
        &mut self,
        entry: &Entry,
        base: &Base,
        place: Place,
        record: &Record,
    ) -> Option<Alteration> {
        entry.done?;
        let told = entry.place.is_some() && entry.done == Some(false);
        let mine = match place {
            Place::Done => place.key(),
            _ if told => place.key(),
            _ => "open",
        };
        if !base.moves(mine, standing(entry)) {
            return None;
        }
        let from = Place::of_items(record.text(Field::From)).filter(|_| place == Place::Done);
        let to = match entry.done {
            Some(true) => Place::Done,
            _ => entry.place.or(from).unwrap_or(self.wishes.to),
        };
        if to == place {
            return None;
        }
        if let Err(refusal) = self.act(Op::shift(record.id(), Spot::bottom(to))) {
            self.remark(entry.row, format!("place: {refusal}; left out"));
            return None;
        }
        let mut edits = Vec::new();
        let spoken = |field| entry.own.is_some() && entry.fields.iter().any(|(of, _)| *of == field);
        if to == Place::Done && !spoken(Field::From) {
            edits.push(Op::set(record.id(), Field::From, Value::text(place.key())));
        }
        if place == Place::Done {
            let gone = Field::OF_DONE.into_iter().filter(|field| !spoken(*field));
            edits.extend(gone.map(|field| Op::clear(record.id(), field)));
        }
        for op in edits {
            if let Err(refusal) = self.act(op) {
                self.remark(entry.row, format!("{refusal}; left out"));
            }
        }
        let [before, after] = [place, to].map(|place| Some(Value::text(place.key())));
        Some(Alteration { name: "place", before, after, clash: false })
    }
}

/// Where the other side has an entry, in a word: `done`, a place, or `open` for any other.
fn standing(entry: &Entry) -> &'static str {
    match (entry.done, entry.place) {
        (Some(true), _) => Place::Done.key(),
        (_, Some(place)) => place.key(),
        _ => "open",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::asked::Asked;
    use crate::exchange::format::Reader;
    use crate::exchange::jsonl;
    use crate::workspace::{Content, IdSource};

    #[test]
    fn links_to_what_stayed_in_another_workspace_are_left_out_and_told_once() {
        let wishes = Wishes {
            to: Place::Backlog,
            told: false,
            ids: IdSource::seeded(1),
            today: crate::workspace::Date::constant(2026, 11, 22),
        };
        let text = [
            r#"{"id":"a","place":"backlog","title":"A","objective":"gone","blocked_by":["b","gone"]}"#,
            r#"{"id":"b","place":"backlog","title":"B","objective":"gone"}"#,
        ]
        .join("\n");
        let Some(Reader::Text(read)) = jsonl::FORMAT.reads else { panic!() };
        let haul = read(&mut text.as_bytes(), &Asked::default()).unwrap();
        let plan = plan(&Workspace::new(Content::default()), haul, wishes);
        let a = plan.after.get(&Id::new("a")).unwrap();
        assert_eq!((a.link(Field::Objective), a.links(Field::BlockedBy).count()), (None, 2));
        let said: Vec<&str> = plan.remarks.iter().map(|remark| &*remark.words).collect();
        assert_eq!(said, ["objective: gone is not here; left out of 2 items"]);
    }

    #[test]
    fn a_record_that_is_refused_is_not_made_and_its_row_is_skipped() {
        let wishes = Wishes {
            to: Place::Backlog,
            told: false,
            ids: IdSource::seeded(1),
            today: crate::workspace::Date::constant(2026, 11, 22),
        };
        let workspace = Workspace::new(Content::default());
        let mut planner = Planner::of(&workspace, "other".into(), wishes);
        let id = Id::new("a");
        let mut entry = Entry::new(3);
        entry.fields.push((Field::Title, Some(Value::text("One"))));
        planner.take(entry.clone(), id.clone());
        let refusal = planner.create(&mut entry, &id).unwrap_err();
        assert_eq!(refusal, Refusal::Taken(id));
        planner.skip(entry.row, &refusal);
        let plan = planner.plan;
        assert_eq!(plan.words(), "1 created, 0 updated, 0 unchanged, 0 conflicting, 1 skipped");
        assert_eq!(plan.skipped[0].words, "it cannot be taken: the id a is taken");
        assert!(plan.skipped[0].is_wrong() && plan.remarks.is_empty());
        assert_eq!(plan.ops.len(), 1);
    }
}
