//! What an import does, in a few words.

use super::haul::{Haul, Remark};
use super::plan::{Plan, What};
use crate::workspace::number::counted;

/// Names that are told of many.
const TOLD: usize = 3;

/// The first few of many names, and how many more there are.
pub fn first_few(names: &[String]) -> String {
    let (first, more) = names.split_at(names.len().min(TOLD));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    format!("{}{more}", first.join(", "))
}

impl What {
    /// Everything that can become of a row, in the order in which it is told.
    pub const ALL: [Self; 4] = [Self::Created, Self::Updated, Self::Unchanged, Self::Conflicting];

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Conflicting => "conflicting",
        }
    }
}

impl Plan {
    /// How many rows become this.
    pub fn count(&self, what: What) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.what == what).count()
    }

    /// The sums, in a sentence.
    pub fn words(&self) -> String {
        let counts = What::ALL.map(|what| format!("{} {}", self.count(what), what.word()));
        format!("{}, {} skipped", counts.join(", "), self.skipped.len())
    }

    /// What else it does, and the rows that are rightly left out, those of a sort in a line.
    pub fn asides(&self) -> Vec<String> {
        let mut sorts: Vec<(&str, Vec<String>)> = Vec::new();
        for (sort, name) in self.skipped.iter().filter_map(|remark| remark.aside.as_ref()) {
            match sorts.iter_mut().find(|(of, _)| of == sort) {
                Some((_, names)) => names.push(name.clone()),
                None => sorts.push((sort, vec![name.clone()])),
            }
        }
        let told = sorts.iter().map(|(sort, names)| {
            format!("{} skipped, {sort}: {}", counted(names.len(), "row"), first_few(names))
        });
        self.notes.iter().cloned().chain(told).collect()
    }

    /// What is said of single rows: why one becomes nothing, and what of one is not understood.
    pub fn odd(&self) -> impl Iterator<Item = (usize, String)> {
        let line =
            |it: &Remark, word: &str| (it.row, format!("row {}{word}: {}", it.row, it.words));
        let skipped = self.skipped.iter().filter(|remark| remark.is_wrong());
        let skipped = skipped.map(move |it| line(it, " skipped"));
        skipped.chain(self.remarks.iter().map(move |it| line(it, "")))
    }
}

impl Haul {
    /// What the columns of a table are taken for, as `name → role`.
    pub fn taken(&self) -> Vec<String> {
        let role = |role: &Option<String>| role.clone().filter(|role| role != "skip");
        let columns = self.columns.iter();
        columns.filter_map(|(name, is)| Some(format!("{name} → {}", role(is)?))).collect()
    }

    /// The columns, or parts of another format, that become nothing.
    pub fn left_out(&self) -> Vec<&str> {
        let is_left = |role: &Option<String>| role.as_deref().is_none_or(|role| role == "skip");
        let columns = self.columns.iter();
        columns.filter(|(_, role)| is_left(role)).map(|(name, _)| name.as_str()).collect()
    }
}
