//! `frameworks`: every way of scoring.

use super::console::{Console, Ink, plain};
use super::failure::Failure;
use super::options;
use super::verb::Verb;
use crate::exchange::json::number;
use crate::scoring::{CATALOGUE, Factor, Framework};
use crate::view::text;
use clap::Args;
use serde_json::{Value, json};
use std::fmt::Write;

/// Show every way of scoring
///
/// What it is good for, its factors and their scales, its formula with an example, and where it
/// comes from. `twohats set settings roadmap_framework=rice` chooses the one of a pane.
#[derive(Debug, Args)]
pub(super) struct Frameworks {
    /// Only this one
    #[arg(value_name = "FRAMEWORK", value_parser = options::framework())]
    framework: Option<String>,
    /// Print the reference page, docs/SCORING.md
    #[arg(long, conflicts_with = "framework")]
    markdown: bool,
}

impl Verb for Frameworks {
    const NAME: &'static str = "frameworks";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats frameworks", "what there is to choose from"),
        ("twohats frameworks wsjf", "one of them"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        if self.markdown {
            return console.page(&page());
        }
        if console.options.json {
            let rows: Vec<String> = self.meant().map(|row| json(row).to_string()).collect();
            return console.json_list(rows);
        }
        for (nth, framework) in self.meant().enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            print(console, framework)?;
        }
        Ok(())
    }
}

impl Frameworks {
    /// Those that are to be shown.
    fn meant(&self) -> impl Iterator<Item = &'static Framework> {
        let is_meant = |row: &&Framework| self.framework.as_deref().is_none_or(|id| id == row.id);
        CATALOGUE.iter().filter(is_meant)
    }
}

fn print(console: &mut Console, framework: &Framework) -> Result<(), Failure> {
    let title = (Ink::Bold, framework.name.to_owned());
    console.print(&[title, plain(format!("  {}", framework.id))])?;
    console.line(framework.summary)?;
    let cells = framework.factors.iter().map(|factor| factor.id.len()).max().unwrap_or_default();
    for factor in framework.factors {
        let scale = described(factor);
        console.line(&format!("  {}  {}", text::pad(factor.id, cells), factor.question))?;
        console.line(&format!("  {}  {scale}", " ".repeat(cells)))?;
    }
    console.line(&format!("  = {}", formula(framework)))?;
    console.line(&format!("  {}", example(framework)))?;
    console.line(&format!("  {}", framework.source))
}

/// The scale of a factor: what it is counted in, what it may be, and what its steps mean.
fn described(factor: &Factor) -> String {
    let unit = if factor.unit.is_empty() { "" } else { ", " };
    let steps = factor.scale.steps().collect::<Vec<_>>().join(" · ");
    if factor.scale.classes {
        return steps;
    }
    let range = format!("{}{unit}{}", factor.scale.words(), factor.unit);
    if steps.is_empty() { range } else { format!("{range}: {steps}") }
}

fn formula(framework: &Framework) -> String {
    framework.factors.iter().fold(framework.formula.to_owned(), |text, factor| {
        text.replace(&format!("{{{}}}", factor.id), factor.name)
    })
}

fn example(framework: &Framework) -> String {
    let (values, score) = framework.example;
    let text = framework.factors.iter().zip(values).fold(
        framework.formula.to_owned(),
        |text, (factor, value)| {
            let unit = if factor.unit == "%" { " %" } else { "" };
            text.replace(&format!("{{{}}}", factor.id), &(factor.scale.typed(*value) + unit))
        },
    );
    format!("{text} = {}", framework.shown(score))
}

fn json(framework: &Framework) -> Value {
    let factor = |factor: &Factor| {
        let steps = factor.scale.steps.iter();
        json!({
            "id": factor.id,
            "name": factor.name,
            "unit": factor.unit,
            "question": factor.question,
            "above": factor.scale.open.then(|| number(factor.scale.min)),
            "min": (!factor.scale.open).then(|| number(factor.scale.min)),
            "max": factor.scale.max.is_finite().then(|| number(factor.scale.max)),
            "only_steps": factor.scale.only_steps,
            "steps": steps.map(|(value, word)| json!([number(*value), word])).collect::<Vec<_>>(),
        })
    };
    let (values, score) = framework.example;
    let values: Vec<Value> = values.iter().copied().map(number).collect();
    json!({
        "id": framework.id,
        "name": framework.name,
        "summary": framework.summary,
        "factors": framework.factors.iter().map(factor).collect::<Vec<_>>(),
        "formula": formula(framework),
        "example": {"values": values, "score": number(score)},
        "source": framework.source,
    })
}

/// The reference page.
pub(super) fn page() -> String {
    let mut page = String::from(
        "<!-- Made by `twohats frameworks --markdown > docs/SCORING.md`; do not edit. -->\n\
         \n# Scoring\n\n\
         The person judges; the program computes and explains. A score depends on its item and on \
         fixed scales, never on\nthe other items, and is absent until every factor is rated. Any \
         factor can also be given as a range, `300..600`, which\ncounts as its median √(low × high).\n",
    );
    for framework in CATALOGUE {
        let Framework { name, id, summary, source, .. } = framework;
        let _ = writeln!(page, "\n## {name}\n\n`{id}`. {summary}\n");
        let _ = writeln!(page, "| factor | question | scale |\n|---|---|---|");
        for factor in framework.factors {
            let Factor { id, question, .. } = factor;
            let _ = writeln!(page, "| `{id}` | {question} | {} |", described(factor));
        }
        let (formula, example) = (formula(framework), example(framework));
        let _ = writeln!(page, "\n{formula}\n\nExample: {example}. Source: {source}.");
    }
    page
}
