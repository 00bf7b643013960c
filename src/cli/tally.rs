//! What an import does, in words and as data.

use super::console::{Console, Ink, Piece, plain};
use super::failure::Failure;
use crate::app::detail::{self, Reading};
use crate::app::preferences::DateFormat;
use crate::exchange::{Alteration, Haul, Outcome, Plan, Remark, What, json};
use crate::workspace::{Shape, Value, sorted};
use serde_json::{Value as Json, json};

/// Rows that are told one by one, unless it is a dry run.
pub(super) const TOLD: usize = 20;

/// An import that was done, or would be.
pub(super) struct Tally<'a> {
    /// The format.
    pub format: &'a str,
    /// The name of the other tool.
    pub system: &'a str,
    /// What the columns are taken for.
    pub columns: &'a [(String, Option<String>)],
    /// What it does.
    pub plan: &'a Plan,
    /// Whether nothing was done.
    pub is_dry: bool,
}

/// What the columns of a table are taken for and what of a file is left out, in words; nothing
/// where there is nothing to say.
pub(super) fn columns(haul: &Haul) -> Option<String> {
    let (taken, left) = (haul.taken(), haul.left_out());
    let mut words = Vec::new();
    if !taken.is_empty() {
        words.push(format!("columns: {}", taken.join(", ")));
    }
    if !left.is_empty() {
        let hint = if taken.is_empty() { "" } else { " (--map COLUMN=FIELD takes one in)" };
        words.push(format!("left out: {}{hint}", left.join(", ")));
    }
    (!words.is_empty()).then(|| words.join("; "))
}

impl Tally<'_> {
    /// Prints it.
    pub fn print(&self, console: &mut Console) -> Result<(), Failure> {
        if console.options.json {
            return console.json(&self.data().to_string());
        }
        let mut lines: Vec<(usize, Vec<Piece>)> = Vec::new();
        let told = |outcome: &&Outcome| match outcome.what {
            What::Unchanged => false,
            What::Conflicting => true,
            _ => self.is_dry,
        };
        lines.extend(self.plan.outcomes.iter().filter(told).map(|it| (it.row, self.line(it))));
        let odd = self.plan.odd().map(|(row, words)| (row, vec![plain(format!("  {words}"))]));
        lines.extend(odd);
        sorted::by_key(&mut lines, |(row, _)| *row);
        let shown = if self.is_dry { lines.len() } else { lines.len().min(TOLD) };
        let would = if self.is_dry { "would be: " } else { "" };
        console.print(&[(Ink::Bold, format!("{would}{}", self.plan.words()))])?;
        for note in self.plan.asides() {
            console.line(&format!("  {note}"))?;
        }
        for (_, line) in &lines[..shown] {
            console.print(line)?;
        }
        if shown < lines.len() {
            console
                .line(&format!("  and {} more rows; --json has them all", lines.len() - shown))?;
        }
        Ok(())
    }

    /// A row that becomes something.
    fn line(&self, outcome: &Outcome) -> Vec<Piece> {
        let sign = match outcome.what {
            What::Created => "+",
            What::Updated => "~",
            What::Unchanged => "=",
            What::Conflicting => "!",
        };
        let detail = if outcome.what == What::Created {
            format!(" to {}", outcome.place.words())
        } else {
            let changes = outcome.changes.iter().map(|change| self.change(change));
            format!(": {}", changes.collect::<Vec<_>>().join(", "))
        };
        vec![
            plain(format!("{sign} row {} {} ", outcome.row, outcome.key)),
            (Ink::Bold, format!("“{}”", outcome.title)),
            plain(detail),
        ]
    }

    fn change(&self, change: &Alteration) -> String {
        let field = change.field();
        let dates = DateFormat::default();
        let shown = |value: Option<&Value>| match (field, value) {
            (Some(field), Some(value)) => {
                detail::field(Reading { workspace: &self.plan.after, dates: &dates }, field, value)
            }
            (None, Some(value)) => value.as_text().unwrap_or_default().to_owned(),
            _ => "–".into(),
        };
        let label = field.map_or(change.name, |field| field.row().label);
        let is_long = field.is_some_and(|field| matches!(field.row().shape, Shape::Long));
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        match (change.clash, is_long && before.is_some() && after.is_some()) {
            (true, true) => format!("{label} stays, the other one is kept beside it"),
            (true, false) => {
                format!("{label} {} stays, {} is kept beside it", shown(before), shown(after))
            }
            (false, true) => format!("{label} written anew"),
            (false, false) => format!("{label} {} → {}", shown(before), shown(after)),
        }
    }

    fn data(&self) -> Json {
        let remarks = |list: &[Remark]| -> Json {
            list.iter().map(|it| json!({"row": it.row, "why": it.words})).collect()
        };
        let value = |value: &Option<Value>| value.as_ref().map(json::of);
        let rows = self.plan.outcomes.iter().map(|outcome| {
            let changes = outcome.changes.iter().map(|change| {
                json!({
                    "field": change.name, "before": value(&change.before),
                    "after": value(&change.after), "conflict": change.clash,
                })
            });
            json!({
                "row": outcome.row, "key": outcome.key, "id": outcome.id.as_str(),
                "title": outcome.title, "place": outcome.place.key(), "what": outcome.what.word(),
                "changes": changes.collect::<Vec<_>>(),
            })
        });
        let columns = self.columns.iter().map(|(name, role)| json!({"column": name, "is": role}));
        json!({
            "format": self.format, "system": self.system, "dry_run": self.is_dry,
            "created": self.plan.count(What::Created), "updated": self.plan.count(What::Updated),
            "unchanged": self.plan.count(What::Unchanged),
            "conflicting": self.plan.count(What::Conflicting), "skipped": remarks(&self.plan.skipped),
            "left_out": remarks(&self.plan.remarks), "columns": columns.collect::<Vec<_>>(),
            "notes": self.plan.notes,
            "rows": rows.collect::<Vec<_>>(),
        })
    }
}
