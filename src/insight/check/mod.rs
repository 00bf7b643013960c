//! What is wrong or missing?
//!
//! A rule is a row of [`RULES`]; it says what it finds, what mends it on the screen and on the
//! command line. What a rule needs to know beyond the record itself stands in a [`Survey`], so
//! that a single record is checked at the same cost in a small and in a large workspace.

mod circle;
mod rules;
mod survey;

pub use rules::RULES;
pub use survey::Survey;

use crate::workspace::{Id, Place, Record, Spot, Workspace, sorted};

/// Something that can be wrong or missing.
#[derive(Debug)]
pub struct Rule {
    /// Its name, for good.
    pub id: &'static str,
    /// What it finds, in a few words.
    pub words: &'static str,
    /// Whether what it finds is wrong, and not only missing or worth a look.
    pub wrong: bool,
    /// The action that mends it on the screen.
    pub mend: &'static str,
    /// The command that mends it; `ID` stands for the record.
    pub command: &'static str,
    find: fn(&Look) -> Option<String>,
}

/// A record to look at, with all around it.
struct Look<'a> {
    workspace: &'a Workspace,
    survey: &'a Survey,
    record: &'a Record,
    /// Where it stands; product and settings stand nowhere.
    spot: Option<Spot>,
}

impl Look<'_> {
    fn place(&self) -> Option<Place> {
        self.spot.map(|spot| spot.place)
    }

    fn stands_in(&self, place: Place) -> bool {
        self.place() == Some(place)
    }

    /// Whether it is an item that is not done and not just something that came in.
    fn is_planned(&self) -> bool {
        self.place().is_some_and(|place| place.in_roadmap() || place == Place::Backlog)
    }

    /// Whether it is work of the backlog that is not made of other items.
    fn is_leaf(&self) -> bool {
        self.stands_in(Place::Backlog)
            && self.record.kind().is_work()
            && !self.workspace.is_parent(self.record.id())
    }
}

/// What a rule found about a record.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The record.
    pub id: Id,
    /// What was found, in words.
    pub words: String,
}

impl Finding {
    /// It in full: what the rule finds, and what it found here.
    pub fn said(&self) -> String {
        match &*self.words {
            "" => self.rule.words.to_owned(),
            words => format!("{}: {words}", self.rule.words),
        }
    }

    /// The command that mends it.
    pub fn command(&self) -> String {
        self.rule.command.replace("ID", self.id.as_str())
    }
}

/// What there is to say of a record, the most serious first.
pub fn of(workspace: &Workspace, survey: &Survey, id: &Id) -> Vec<Finding> {
    workspace.get(id).map_or_else(Vec::new, |record| {
        look_at(&Look { workspace, survey, record, spot: workspace.spot_of(id) })
    })
}

/// The most serious rule that finds something at the record that stands at `spot`.
pub fn first_at(workspace: &Workspace, survey: &Survey, spot: Spot) -> Option<&'static Rule> {
    let record = workspace.list(spot.place).get(spot.index)?;
    let look = Look { workspace, survey, record, spot: Some(spot) };
    RULES.iter().find(|rule| (rule.find)(&look).is_some())
}

/// What there is to say of the whole workspace, in the order of the rules, then of the records.
pub fn all(workspace: &Workspace, survey: &Survey) -> Vec<Finding> {
    let standing = Place::ALL.into_iter().flat_map(|place| {
        let list = workspace.list(place).iter().enumerate();
        list.map(move |(index, record)| (&**record, Some(Spot::new(place, index))))
    });
    let single = [workspace.product(), workspace.settings()].map(|record| (record, None));
    let mut found: Vec<Finding> = standing
        .chain(single)
        .flat_map(|(record, spot)| look_at(&Look { workspace, survey, record, spot }))
        .collect();
    // Rules lie in memory in their order.
    sorted::by_key(&mut found, |finding| std::ptr::from_ref(finding.rule));
    found
}

fn look_at(look: &Look) -> Vec<Finding> {
    let finding = |rule: &'static Rule| {
        let words = (rule.find)(look)?;
        Some(Finding { rule, id: look.record.id().clone(), words })
    };
    RULES.iter().filter_map(finding).collect()
}

/// What a record is called; what is gone, by its id.
fn title(workspace: &Workspace, id: &Id) -> String {
    workspace.get(id).map_or_else(|| id.to_string(), |record| record.title().to_owned())
}
