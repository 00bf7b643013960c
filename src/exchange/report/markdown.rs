//! The page as Markdown.

use super::page::{Aim, Bet, Page, goal, newest};
use crate::insight::outcome::Metric;
use std::fmt::Write as _;

/// Text of which nothing is taken for Markdown, or for HTML in it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in super::line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// The page as Markdown.
pub(super) fn write(page: &Page) -> String {
    let mut text = format!("# {}\n", escape(&page.product));
    for words in [&page.vision, &page.strategy] {
        if !words.is_empty() {
            let _ = write!(text, "\n{}\n", escape(words));
        }
    }
    for (title, bets) in &page.lanes {
        let _ = write!(text, "\n## {title}\n\n");
        if bets.is_empty() {
            text.push_str("Nothing yet.\n");
        }
        bets.iter().for_each(|it| bet(it, &mut text));
    }
    if !page.outcomes.is_empty() {
        text.push_str("\n## What it is to reach\n");
    }
    for Aim { title, metrics } in &page.outcomes {
        let _ = write!(text, "\n### {}\n\n", escape(title));
        for (metric, standing) in metrics {
            let _ = writeln!(text, "- {}", reading(metric));
            if page.audience.metrics {
                let _ = writeln!(text, "  {}", escape(&standing.words()));
            }
        }
    }
    list("Dates", &page.dates, &mut text);
    list("People and budget", &page.means, &mut text);
    let _ = write!(text, "\n## What changed since {}\n", escape(&page.since));
    for (heading, lines) in &page.news {
        let _ = write!(text, "\n### {heading}\n\n");
        text.extend(lines.iter().map(|line| format!("- {}\n", escape(line))));
    }
    let _ = write!(text, "\nAs of {}\n", page.on);
    text
}

fn bet(bet: &Bet, text: &mut String) {
    let done = bet.done.filter(|done| *done > 0.0);
    let done = done.map_or_else(String::new, |done| format!("{:.0} % done", done * 100.0));
    let facts = [&bet.serves, &bet.when, &bet.score, &done];
    let facts: Vec<String> =
        facts.into_iter().filter(|fact| !fact.is_empty()).map(|fact| escape(fact)).collect();
    let _ = write!(text, "- **{}**", escape(&bet.title));
    if !facts.is_empty() {
        let _ = write!(text, " — {}", facts.join(" · "));
    }
    text.push('\n');
    if !bet.notes.is_empty() {
        let _ = writeln!(text, "  {}", escape(&bet.notes));
    }
}

fn reading(metric: &Metric) -> String {
    let goal = goal(metric);
    let goal = if goal.is_empty() { goal } else { format!(" ({goal})") };
    let (name, unit) = (escape(&metric.name), escape(&metric.unit));
    let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
    format!("{name}: {}{unit}{goal}", newest(metric))
}

fn list(title: &str, all: &[(String, String)], text: &mut String) {
    if all.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {title}\n\n");
    text.extend(all.iter().map(|(a, b)| format!("- {}: {}\n", escape(a), escape(b))));
}
