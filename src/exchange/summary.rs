//! What an import does, in a few words.

use super::haul::Haul;
use super::plan::{Plan, What};

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
