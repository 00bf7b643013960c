//! `sprint`: making, planning, starting and closing sprints, and how they stand.

mod close;
mod plan;
mod show;

pub(super) use show::stuck_data;

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::options;
use super::verb::Verb;
use crate::app::sprint::change;
use crate::app::word;
use crate::insight::check::Survey;
use crate::insight::sprint::{planned, proposal, running};
use crate::workspace::day::Day;
use crate::workspace::{Field, Id, IdSource, Place, Record, Value, Workspace};
use clap::{Args, Subcommand};
use std::sync::Arc;

/// Make, plan, start and close sprints, and show how they stand
///
/// A sprint is named by its id, its name or the number at the end of that; without a name it is
/// the one that runs, else the next that is planned. As JSON a sprint is `{id, name, state, start,
/// end, goal, days_off, committed, delivered, points, unsized, room, day, days, late, added,
/// added_points, added_done, stuck: [{id, since, days, why, waits}], burndown: [{date, ideal,
/// left}], columns: [{column, holds, limit}], items: [{id, title, column, points, approved}]}`,
/// where room, day, days, burndown and limit may be null; `list` is an array of the same without
/// burndown, columns and items.
#[derive(Debug, Args)]
#[command(subcommand_precedence_over_arg = true)]
#[command(
    override_usage = "twohats sprint [OPTIONS] [SPRINT]\n       twohats sprint [OPTIONS] <COMMAND>"
)]
pub(super) struct Sprint {
    #[command(subcommand)]
    what: Option<What>,
    /// Show how this sprint stands; else the one that runs, else the next
    #[arg(value_name = "SPRINT")]
    sprint: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    New(New),
    Plan(plan::Plan),
    Start(Start),
    Close(close::Close),
    Show(show::Show),
    /// Every sprint: its days, its state, what it promised and delivered
    List,
}

/// Make a sprint; unless told otherwise it follows the last one
#[derive(Debug, Args)]
struct New {
    /// What it is called; else one more than the last
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Its first day
    #[arg(long, value_name = "DATE")]
    start: Option<Day>,
    /// Its last day; else as many days on as sprints have
    #[arg(long, value_name = "DATE")]
    end: Option<Day>,
    /// What it is for
    #[arg(long, value_name = "WORDS")]
    goal: Option<String>,
    /// Days nobody works
    #[arg(long, value_name = "DAYS", value_parser = options::amount)]
    days_off: Option<f64>,
}

/// Start a sprint: it runs, and its points are what it promises
#[derive(Debug, Args)]
struct Start {
    /// The sprint; else the next that is planned
    #[arg(value_name = "SPRINT")]
    sprint: Option<String>,
    /// Also when something in it is not ready
    #[arg(long)]
    anyway: bool,
}

impl Verb for Sprint {
    const NAME: &'static str = "sprint";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats sprint", "how the sprint stands"),
        ("twohats sprint 14", "how that one stands"),
        ("twohats sprint new --goal \"Two banks\" --days-off 2", "a sprint after the last one"),
        ("twohats sprint plan --fill", "from the top of the backlog as far as there is room"),
        ("twohats sprint plan 15 --add k7 --out m2", "one in, one out"),
        ("twohats sprint start", "the next one runs, and promises its points"),
        (
            "twohats sprint close --accept k7 --back m2 --kept \"pairing\"",
            "the rest is carried over",
        ),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let what = match (self.what, self.sprint) {
            (Some(what), None) => what,
            (None, sprint) => {
                let shown = show::Show { sprint: sprint.clone() }.run(console);
                return shown.map_err(|failure| slip(sprint.as_deref(), failure));
            }
            (Some(_), Some(sprint)) => {
                let words = format!("what there is to do comes first, then “{sprint}”");
                return Err(Failure::Usage(words));
            }
        };
        match what {
            What::New(new) => new.run(console),
            What::Plan(plan) => plan.run(console),
            What::Start(start) => start.run(console),
            What::Close(close) => close.run(console),
            What::Show(show) => show.run(console),
            What::List => show::list(console),
        }
    }
}

/// A word that names no sprint may be a slip of what there is to do with one.
fn slip(word: Option<&str>, failure: Failure) -> Failure {
    let Failure::Undone(words) = failure else { return failure };
    let verbs = What::augment_subcommands(clap::Command::new(Sprint::NAME));
    let known = verbs.get_subcommands().map(clap::Command::get_name);
    match word.and_then(|word| word::nearest(word, known)) {
        Some(near) => Failure::Usage(format!("{words}; did you mean `twohats sprint {near}`?")),
        None => Failure::Undone(words),
    }
}

impl New {
    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let today = console.today;
        let id = new_id(&desk);
        let made = id.clone();
        let told = |day: Option<Day>| day.map(|day| console.day(day)).transpose();
        let (start, end) = (told(self.start)?, told(self.end)?);
        let step = desk.change(console, |workspace| {
            let mut proposed = proposal::next(workspace, today);
            proposed.name = self.name.unwrap_or(proposed.name);
            if let Some(start) = start {
                (proposed.start, proposed.end) = (start, proposal::end(workspace, start));
            }
            proposed.end = end.unwrap_or(proposed.end);
            if proposed.end < proposed.start {
                return Err(Failure::Usage("the last day comes before the first".into()));
            }
            let mut record = change::proposed(made, &proposed);
            if let Some(goal) = self.goal {
                record = record.with(Field::Goal, Value::text(goal));
            }
            if let Some(days) = self.days_off {
                record = record.with(Field::DaysOff, Value::Number(days));
            }
            let words = format!("new: {}, {} to {}", proposed.name, proposed.start, proposed.end);
            Ok((words, vec![change::made(record)]))
        })?;
        done(console, &desk, step.as_ref().map(|step| step.words.as_str()), &id)
    }
}

impl Start {
    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let id = next(desk.workspace(), self.sprint.as_deref(), "start")?;
        let (sprint, today, dates) = (id.clone(), console.today, console.dates());
        let step = desk.change(console, |workspace| {
            let survey = Survey::of(workspace, today);
            let ops = change::started(workspace, &sprint, today).map_err(Failure::Undone)?;
            let unready = change::unready(workspace, &survey, &sprint, today);
            if !unready.is_empty() && !self.anyway {
                return Err(Failure::Undone(unready_words(workspace, &unready)));
            }
            Ok((change::told(workspace, &sprint, &ops, &dates), ops))
        })?;
        done(console, &desk, step.as_ref().map(|step| step.words.as_str()), &id)
    }
}

fn unready_words(workspace: &Workspace, unready: &[(Id, String)]) -> String {
    let line = |(id, what): &(Id, String)| format!("{id}  {}: {what}", title(workspace, id));
    let lines = unready.iter().map(line).collect::<Vec<_>>().join("\n");
    format!("not started; `--anyway` starts it although this is not ready:\n{lines}")
}

/// What a record is called.
fn title(workspace: &Workspace, id: &Id) -> String {
    workspace.get(id).map_or(String::new(), |record| record.title().to_owned())
}

fn new_id(desk: &Desk) -> Id {
    let mut source = IdSource::seeded(fastrand::u64(..));
    source.next(|id| desk.workspace().is_spoken_for(id))
}

/// Says what was done; as JSON, how the sprint stands now.
fn done(
    console: &mut Console,
    desk: &Desk,
    words: Option<&str>,
    sprint: &Id,
) -> Result<(), Failure> {
    let name = title(desk.workspace(), sprint);
    console.say(words.unwrap_or(&format!("as it was: {name}")));
    if console.options.json {
        let data = show::data(desk.workspace(), sprint, console.today);
        return console.json(&data.to_string());
    }
    Ok(())
}

/// The sprint of this name, id or number; without one, the next. The one that runs is not meant
/// unless it is named: what is done to the next is not to be done to that.
fn next(workspace: &Workspace, named: Option<&str>, verb: &str) -> Result<Id, Failure> {
    if named.is_some() {
        return find(workspace, named);
    }
    let found = planned(workspace).map(|next| next.id().clone());
    found.ok_or_else(|| {
        let none = "no sprint is planned; `twohats sprint new` makes the next one";
        let runs = running(workspace).map(|running| match verb {
            "plan" => {
                let (name, id) = (running.title(), running.id());
                format!(", `twohats sprint plan {id}` changes {name}, which runs")
            }
            _ => format!("; {} runs", running.title()),
        });
        Failure::Undone(format!("{none}{}", runs.unwrap_or_default()))
    })
}

/// The sprint of this name, id or number; without one, the sprint that runs, else the next.
pub(super) fn find(workspace: &Workspace, named: Option<&str>) -> Result<Id, Failure> {
    let Some(named) = named else {
        let sprint = running(workspace).or_else(|| planned(workspace));
        let none = "no sprint runs or is planned; `twohats sprint new` makes one";
        return sprint
            .map(|sprint| sprint.id().clone())
            .ok_or_else(|| Failure::Undone(none.into()));
    };
    let id = Id::new(named);
    if workspace.place_of(&id) == Some(Place::Sprints) {
        return Ok(id);
    }
    let sprints = workspace.list(Place::Sprints).iter();
    let wanted = named.to_lowercase();
    let by_name = sprints.clone().filter(|sprint| sprint.title().to_lowercase() == wanted);
    let is_number = !named.is_empty() && named.chars().all(|c| c.is_ascii_digit());
    let by_number = sprints.filter(|sprint| {
        let words = sprint.title().trim_end_matches(|c: char| c.is_ascii_digit());
        is_number && sprint.title()[words.len()..] == *named
    });
    let ids = |found: &mut dyn Iterator<Item = &Arc<Record>>| -> Vec<Id> {
        found.map(|sprint| sprint.id().clone()).collect()
    };
    for found in [ids(&mut by_name.into_iter()), ids(&mut by_number.into_iter())] {
        if !found.is_empty() {
            return naming::only(workspace, named, &found);
        }
    }
    let id = naming::one_of(workspace, named, |place| place == Place::Sprints)?;
    match workspace.place_of(&id) {
        Some(Place::Sprints) => Ok(id),
        _ => Err(Failure::Undone(format!("{id} is not a sprint"))),
    }
}
