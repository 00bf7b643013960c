//! What is written for people and calendars, and not to be read back: the page to send, what
//! changed for those who use it, the dates.

mod calendar;
mod chart;
mod html;
mod late;
mod markdown;
mod notes;
mod page;
mod quarter;

pub(super) use late::late;

use super::export::Aspect;
use crate::insight::changes::{Change, Since, Then, changes};
use crate::insight::outcome::Metric;
use crate::workspace::hidden::is_hidden;
use crate::workspace::{Date, Id, Record, Workspace};

/// A report: what it is called and how it is written.
pub struct Report {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it is, in a few words.
    pub name: &'static str,
    /// What a file of it is usually called.
    pub file: &'static str,
    /// What a person may say of it.
    pub aspects: &'static [Aspect],
    /// Whether it names days that are to come.
    pub promises: bool,
    /// How it is written.
    pub writes: fn(&Workspace, &Told) -> String,
}

/// Every report.
pub static REPORTS: &[Report] = &[
    Report {
        id: "roadmap",
        name: "the page to send: vision, roadmap, outcomes, news",
        file: "roadmap.html",
        aspects: &[Aspect::Audience, Aspect::Form, Aspect::Since],
        promises: true,
        writes: |workspace, told| {
            let page = page::Page::of(workspace, told);
            if told.html { html::write(&page) } else { markdown::write(&page) }
        },
    },
    Report {
        id: "changelog",
        name: "what was done, release by release",
        file: "changelog.md",
        aspects: &[Aspect::Audience],
        promises: false,
        writes: notes::changelog,
    },
    Report {
        id: "release-notes",
        name: "what a release brings",
        file: "release-notes.md",
        aspects: &[Aspect::Release, Aspect::Audience],
        promises: false,
        writes: notes::notes,
    },
    Report {
        id: "ics",
        name: "the dates, for a calendar",
        file: "dates.ics",
        aspects: &[],
        promises: true,
        writes: calendar::write,
    },
];

/// Who reads it, and so what it says. What is not for them is not in it at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing to be told or not")]
pub struct Audience {
    /// Its name on the command line.
    pub id: &'static str,
    /// Whether scores are told, notes with the reasons of decisions, and work below the roadmap.
    pub inside: bool,
    /// Whether money is told: budgets, and metrics that count it.
    pub money: bool,
    /// Whether days are told, and not only quarters.
    pub days: bool,
    /// Whether they may know of metrics other than how the product is used.
    pub metrics: bool,
}

impl Audience {
    /// Every audience; the first one, which is told least, is the one that is meant unless another
    /// is named.
    pub const ALL: [Self; 3] = [
        Self { id: "customers", inside: false, money: false, days: false, metrics: false },
        Self { id: "team", inside: true, money: false, days: true, metrics: true },
        Self { id: "investors", inside: false, money: true, days: true, metrics: true },
    ];

    /// What they are told, in a few words.
    pub fn words(self) -> &'static str {
        match (self.inside, self.money) {
            (true, _) => "all but money",
            (false, true) => "outcomes, days and money; no scores and no notes",
            (false, false) => "no scores, no notes, no money; quarters in place of days",
        }
    }

    /// The audience of this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.id == id)
    }

    /// Whether they are told of a metric.
    pub fn sees(self, metric: &Metric) -> bool {
        let all = self.metrics || metric.kind == "usage";
        all && (self.money || !is_money(metric))
    }

    /// Whether they are told of an objective: what is only measured by what they are not to know is
    /// as little for them as its name.
    fn hears_of(self, objective: &Record) -> bool {
        let metrics = Metric::all(objective);
        metrics.is_empty() || metrics.iter().any(|metric| self.sees(metric))
    }

    /// A day as they are told it.
    pub fn day(self, day: Date) -> String {
        if self.days { day.to_string() } else { quarter::of(day) }
    }
}

/// Whether a metric counts money: by its type, or by a currency in its unit.
fn is_money(metric: &Metric) -> bool {
    const CODES: [&str; 12] =
        ["eur", "usd", "gbp", "chf", "jpy", "cad", "aud", "sek", "nok", "dkk", "pln", "inr"];
    let unit = metric.unit.to_lowercase();
    let mut words = unit.split(|c: char| !c.is_alphanumeric());
    metric.kind == "revenue"
        || words.any(|word| CODES.contains(&word))
        || unit.contains(['€', '$', '£', '¥', '₹'])
}

/// What a report is told beside the workspace.
#[derive(Debug, Clone)]
pub struct Told {
    /// The day it is written on.
    pub today: Date,
    /// Who reads it.
    pub audience: Audience,
    /// Whether as HTML, where it can be Markdown too.
    pub html: bool,
    /// Since when news count.
    pub since: Date,
    /// What changed since then.
    pub changes: Vec<Change>,
    /// The release it is about; else the next one.
    pub release: Option<Id>,
}

impl Told {
    /// What a report of today is told for customers; everything else is said after that.
    pub fn of(workspace: &Workspace, then: &Then, since: &Since, today: Date) -> Self {
        Self {
            today,
            audience: Audience::ALL[0],
            html: true,
            since: since.day,
            changes: changes(then, workspace, since, today),
            release: None,
        }
    }
}

/// Text on one line, without what steers a reader's machine or acts on it unseen.
fn line(text: &str) -> String {
    let parts = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let kept = text.chars().filter(|c| parts(*c) || !is_hidden(*c));
    kept.map(|c| if parts(c) { ' ' } else { c }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests;
