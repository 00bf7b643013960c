//! `set`: fields of records.

use super::assignment::{Assignment, Target};
use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::query::Query;
use super::targets::Meant;
use super::verb::Verb;
use crate::view::text;
use crate::workspace::Section;
use clap::Args;

/// Cells that the assignments take in the words for a change.
const WORDS: usize = 80;

/// Set fields of records
///
/// FIELD=VALUE sets and FIELD= clears; FIELD+=VALUE and FIELD-=VALUE add to a list and take away
/// from it. Parts stand behind a dot: story.as, blocked.why, acceptance.1.met. A framework is
/// rated by its factors: rice.reach=450, or rice.reach=300..600 for a 90 % interval. A link is
/// the beginning of an id, or the whole title or name. A day is 2026-12-18, 18.12.2026, tomorrow,
/// fri or +2w; --as-of names all ways to write it. Any record has fields; `product` and `settings`
/// stand for the ids of these two. All or nothing is done.
#[derive(Debug, Args)]
#[command(
    override_usage = "twohats set [OPTIONS] <ID>... <FIELD=VALUE>...\n       twohats set [OPTIONS] --filter <QUERY> <FIELD=VALUE>..."
)]
pub(super) struct Set {
    /// Records, and fields to set; `-` takes the ids that are piped in
    #[arg(required = true, value_name = "ID|FIELD=VALUE")]
    words: Vec<String>,
    #[command(flatten)]
    query: Query,
    /// Why it goes against the plan, where it does: out of a running sprint that promised it
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl Verb for Set {
    const NAME: &'static str = "set";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats set b2 points=5 tags+=bank", "two fields of an item"),
        ("twohats set k7 rice.reach=300..600 rice.effort=2", "ratings, one of them a range"),
        ("twohats set b2 b9 sprint='Sprint 14' due=+2w", "links go by name or id"),
        ("twohats set b2 status=blocked blocked.why='no test data'", "a status and its reason"),
        ("twohats set b2 acceptance+='10,000 rows in one go'", "one more criterion"),
        ("twohats set --filter 'sprint:14 kind:bug' tags+=urgent", "every item that is found"),
        ("twohats set b2 sprint= --why 'the bank is late'", "out of a sprint, and why"),
        ("twohats set settings capacity=20", "how this workspace works"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let is_field = |word: &&String| Assignment::parse(word).is_some();
        let (fields, ids): (Vec<&String>, Vec<&String>) = self.words.iter().partition(is_field);
        if fields.is_empty() || ids.is_empty() != self.query.is_told() {
            return Err(Failure::Usage("say which records, or a filter, and FIELD=VALUE".into()));
        }
        let all: Vec<Assignment> =
            fields.iter().filter_map(|word| Assignment::parse(word)).collect();
        let meant = Meant::of(ids.into_iter().cloned().collect(), self.query.clone())?;
        let mut desk = Desk::open(console)?.because(self.why.as_deref()).of(&meant);
        let mut ids = Vec::new();
        let typed = Assignment::words(&all);
        let (today, month_first) = (console.today, console.month_first());
        let step = desk.change(console, |workspace| {
            ids = meant.records_and_words(workspace, today)?;
            let mut ops = Vec::new();
            for id in &ids {
                let section = workspace.section_of(id).unwrap_or(Section::Item);
                let target = Target { workspace, section, today, month_first };
                if let Some(record) = workspace.get(id) {
                    ops.extend(target.edits(record, &all)?);
                }
            }
            let named = workspace.named(&ids);
            Ok((format!("{}: {named}", text::fit(&typed, WORDS)), ops))
        })?;
        meant.report(console, &desk, step.as_ref(), &ids)
    }
}
