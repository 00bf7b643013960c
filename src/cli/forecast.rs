//! `forecast`: when it will be done.

use super::backtest;
use super::console::{Console, Ink, Piece, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::options;
use super::position::{Queue, Slot};
use super::query::Filtering;
use super::verb::Verb;
use crate::app::preferences::DateFormat;
use crate::exchange::json::number;
use crate::insight::forecast::basis::plain as digits;
use crate::insight::forecast::throughput::{METHODS, Method, named, usual};
use crate::insight::forecast::what_if::{self, Shift};
use crate::insight::forecast::{BEYOND, Dates, Forecast, LAST, Line, SURE, Waiting};
use crate::view::text;
use crate::workspace::day::Day;
use crate::workspace::number::counted;
use crate::workspace::{Date, Id, Op, Place, Workspace};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::path::PathBuf;

/// Cells of a title beside its dates.
const TITLE: usize = 36;

/// The chances that amounts are said for.
const LEVELS: [(&str, f64); 3] = [("50", 0.50), ("85", 0.85), ("95", 0.95)];

/// Say when the items of the backlog will be done
///
/// From what the newest closed sprints delivered; where nothing is estimated, from the items done
/// each week. An item without points counts as the median; one made of others counts through them;
/// ideas and feedback do not count. Sprints count by their working days, less the days off that they
/// state. Splits and new work are not forecast. How the usual method was chosen, and how often it was
/// right on real sprints, is in docs/FORECAST.md.
#[derive(Debug, Args)]
pub(super) struct Foresee {
    /// When will this item be done?
    #[arg(value_name = "ID", conflicts_with_all = ["item", "filter", "backtest"])]
    id: Option<String>,
    /// How to forecast; calibrated unless told
    #[arg(long, value_name = "METHOD", value_parser = methods())]
    method: Option<String>,
    /// From so many sprints, the newest
    #[arg(long, value_name = "N", default_value_t = LAST, value_parser = options::count())]
    last: usize,
    #[command(flatten)]
    filtering: Filtering,
    /// The same, said by name
    #[arg(long, value_name = "ID", conflicts_with = "filter")]
    item: Option<String>,
    /// How much will be done by this day?
    #[arg(long, value_name = "DATE", conflicts_with = "filter")]
    by: Option<Day>,
    /// What if an item stood elsewhere in the backlog? "ID top", "ID bottom", "ID before ID" or
    /// "ID after ID"; nothing is changed
    #[arg(long = "if", value_name = "\"ID top\"")]
    what_if: Option<String>,
    /// How often would such forecasts have been right?
    #[arg(long, conflicts_with_all = ["item", "by", "what_if", "filter"])]
    backtest: bool,
    /// With --backtest: on the sprints of this table with the columns boardid, sprintid,
    /// `vel_starttime` and `vel_diff`, and not on those of the workspace
    #[arg(long, value_name = "FILE", requires = "backtest")]
    csv: Option<PathBuf>,
}

fn methods() -> PossibleValuesParser {
    let methods = METHODS.iter();
    methods
        .map(|method| PossibleValue::new(method.id).help(method.summary))
        .collect::<Vec<_>>()
        .into()
}

impl Verb for Foresee {
    const NAME: &'static str = "forecast";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats forecast", "when each item of the backlog will be done"),
        ("twohats forecast b2", "when will this be done?"),
        ("twohats forecast --filter 'release:2.0'", "when all that goes out with it will be"),
        ("twohats forecast --by 2026-12-18", "how much by then?"),
        ("twohats forecast --if \"b2 top\"", "what if it came first?"),
        ("twohats forecast --backtest --csv sprints.csv", "how often such forecasts were right"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let method = self.method.as_deref().and_then(named).unwrap_or_else(usual);
        if self.backtest {
            return backtest::run(console, method, self.last, self.csv.as_deref());
        }
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let by = self.by.map(|day| console.day(day)).transpose()?;
        let foreseen = |workspace: &Workspace| {
            let forecast = Forecast::new(workspace, method, self.last, console.today);
            match by {
                Some(day) => forecast.until(workspace, day, console.today),
                None => forecast,
            }
        };
        let at = self.id.as_deref().or(self.item.as_deref());
        let at = at.map(|text| item(workspace, text)).transpose()?;
        let supposed =
            self.what_if.as_deref().map(|words| suppose(workspace, words)).transpose()?;
        let forecast = foreseen(workspace);
        let other = supposed.as_ref().map(foreseen);
        let only = self.filtering.found(workspace, console.today)?;
        let shows = |shift: &Shift| only.as_ref().is_none_or(|only| only.contains(&shift.id));
        let shifts = |other| -> Vec<Shift> {
            what_if::shifts(&forecast, other).into_iter().filter(shows).collect()
        };
        let answer = Answer {
            workspace: supposed.as_ref().unwrap_or(workspace),
            shifts: other.as_ref().map(shifts),
            forecast: other.as_ref().unwrap_or(&forecast),
            at: at.as_ref(),
            only,
            by,
            dates: console.dates(),
        };
        if console.options.json {
            return console.json(&answer.json(method).to_string());
        }
        answer.print(console)
    }
}

fn item(workspace: &Workspace, text: &str) -> Result<Id, Failure> {
    let mut ids = naming::items(workspace, &[text.to_owned()])?;
    Ok(ids.swap_remove(0))
}

/// The workspace with an item where the words say.
fn suppose(workspace: &Workspace, words: &str) -> Result<Workspace, Failure> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let Some((id, place)) = words.split_first() else {
        return Err(Failure::Usage("say what and where: --if \"b2 top\"".into()));
    };
    let id = item(workspace, id)?;
    let slot = Slot::told(workspace, place)?;
    let carried = what_if::carried(workspace, &id);
    if slot.anchor().is_some_and(|anchor| carried.contains(anchor)) {
        return Err(Failure::Usage("nothing goes before or after itself".into()));
    }
    let elsewhere = |id: &&Id| workspace.place_of(id) != Some(Place::Backlog);
    if let Some(id) = slot.anchor().filter(elsewhere) {
        let words = format!("{id} does not stand in the backlog, of which this is asked");
        return Err(Failure::Usage(words));
    }
    let mut queue = Queue::new(workspace, Place::Backlog, slot)?;
    let shift = |id: &Id| Some(Op::shift(id, queue.put(id)?));
    let ops = carried.iter().filter_map(shift).collect();
    Ok(what_if::after(workspace, ops)?)
}

/// What is asked, and what there is to answer it with.
struct Answer<'a> {
    workspace: &'a Workspace,
    forecast: &'a Forecast,
    /// Which items would be done at another time.
    shifts: Option<Vec<Shift>>,
    /// The item that is asked for.
    at: Option<&'a Id>,
    /// The items that are shown, where not all are.
    only: Option<HashSet<Id>>,
    /// The day that is asked for.
    by: Option<Date>,
    /// How a day is written.
    dates: DateFormat,
}

impl Answer<'_> {
    fn json(&self, method: &Method) -> Value {
        let forecast = self.forecast;
        let items: Vec<&Waiting> = match self.at {
            Some(id) => forecast.of(self.workspace, id).into_iter().collect(),
            None => forecast.items.iter().filter(|item| self.shows(&item.id)).collect(),
        };
        let basis = forecast.basis.amounts.iter();
        let mut told = json!({
            "method": method.id,
            "basis": basis.map(|amount| number(*amount)).collect::<Vec<_>>(),
            "sprint_days": forecast.basis.days,
            "working_days": forecast.basis.usual.map(number),
            "counted": forecast.basis.count.unit(),
            "items": items.into_iter().map(|item| self.waiting(item)).collect::<Vec<_>>(),
            "lines": forecast.lines.iter().map(line).collect::<Vec<_>>(),
            "not_enough": forecast.not_enough,
        });
        if let Some(day) = self.by {
            told["by"] = self.amounts(day);
        }
        if let Some(shifts) = &self.shifts {
            told["changes"] = shifts.iter().map(shift).collect();
        }
        told
    }

    fn waiting(&self, item: &Waiting) -> Value {
        let chances = self.forecast.chances(item.points);
        let mut told = dates(&self.forecast.dates(item.points));
        told.insert("id".to_owned(), item.id.as_str().into());
        told.insert("assumed".to_owned(), item.assumed.into());
        let chances = chances.into_iter().map(number).collect::<Vec<_>>();
        told.insert("chance_by_sprint".to_owned(), chances.into());
        told.into()
    }

    fn amounts(&self, day: Date) -> Value {
        let amount = |chance| self.forecast.amount_by(day, chance);
        let after = |chance| Some(self.forecast.within(amount(chance)?).last()?.id.as_str());
        json!({
            "date": day.to_string(),
            "sprints": self.forecast.ended(day),
            "amounts": LEVELS.iter().map(|(name, level)| ((*name).to_owned(), amount(*level).map_or(Value::Null, number))).collect::<Map<_, _>>(),
            "after": LEVELS.iter().map(|(name, level)| ((*name).to_owned(), after(*level).into())).collect::<Map<_, _>>(),
        })
    }

    fn print(&self, console: &mut Console) -> Result<(), Failure> {
        if let Some(reason) = &self.forecast.not_enough {
            console.say(reason);
        }
        match (self.at, self.by, &self.shifts) {
            (None, None, None) => self.all(console)?,
            (at, by, shifts) => {
                shifts.iter().try_for_each(|shifts| self.changes(console, shifts))?;
                at.iter().try_for_each(|id| self.one(console, id))?;
                by.iter().try_for_each(|day| self.until(console, *day))?;
            }
        }
        if self.at.is_none() {
            self.forecast.unsure().iter().for_each(|words| console.say(words));
        }
        console.say("splits, new work and days off that no sprint states are not forecast");
        Ok(())
    }

    fn shows(&self, id: &Id) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(id))
    }

    fn title(&self, id: &Id) -> &str {
        self.workspace.get(id).map_or("", |record| record.title())
    }

    fn day(&self, date: Option<Date>) -> String {
        date.map_or("–".to_owned(), |date| self.dates.show(date))
    }

    fn days(&self, dates: &Dates) -> [String; 3] {
        [dates.p50, dates.p85, dates.p95].map(|date| self.day(date))
    }

    /// The end of a sprint, in words.
    fn ends(&self, line: &Line) -> String {
        let (name, day) = (&line.sprint.name, self.day(Some(line.sprint.ends)));
        format!("     ── {name} ends {day} · 85 % sure ──")
    }

    /// Every item with its dates, and where the sprints end.
    fn all(&self, console: &mut Console) -> Result<(), Failure> {
        let forecast = self.forecast;
        console.print(&[(Ink::Bold, basis(forecast))])?;
        let head = ["50 %", "85 %", "95 %"].map(|level| format!("{level:>13}")).concat();
        let cells = widest(forecast.items.iter().map(|item| &item.id));
        let blank = " ".repeat(cells + TITLE + 7);
        console.print(&[plain(blank), (Ink::Dim, head)])?;
        // Of several sprints that end in one spot the first says enough.
        let at = |id: Option<&Id>| forecast.lines.iter().find(|line| line.after.as_ref() == id);
        at(None).iter().try_for_each(|line| console.print(&[(Ink::Dim, self.ends(line))]))?;
        for (nth, item) in (1..).zip(&forecast.items) {
            let [enough, rest] = id(self.workspace, &item.id, cells);
            let title = format!("  {}", text::pad(self.title(&item.id), TITLE));
            let dates = self.days(&forecast.dates(item.points)).map(|day| format!("{day:>13}"));
            let assumed = if item.assumed { "  assumed" } else { "" };
            let place = plain(format!("{nth:>3}  "));
            let row = [place, enough, rest, plain(title + &dates.concat())];
            let note: Piece = (Ink::Dim, assumed.to_owned());
            if self.shows(&item.id) {
                console.print(&row.into_iter().chain([note]).collect::<Vec<_>>())?;
            }
            at(Some(&item.id))
                .iter()
                .try_for_each(|line| console.print(&[(Ink::Dim, self.ends(line))]))?;
        }
        Ok(())
    }

    /// One item: its dates, and how likely it is by the end of each sprint.
    fn one(&self, console: &mut Console, id: &Id) -> Result<(), Failure> {
        let Some(item) = self.forecast.of(self.workspace, id) else {
            let title = self.title(id);
            return console.line(&format!("{title} is no work of the backlog: no dates"));
        };
        console.print(&[(Ink::Bold, self.title(id).to_owned())])?;
        console.line(&self.done_by(&self.forecast.dates(item.points)))?;
        let chances = self.forecast.chances(item.points);
        for (slot, chance) in self.forecast.slots.iter().zip(chances) {
            let (name, day) = (text::pad(&slot.name, 16), self.day(Some(slot.ends)));
            console.line(&format!("  {name}  {day:>11}  {:>6}", self.forecast.said(chance)))?;
            if chance > 0.999 {
                break;
            }
        }
        Ok(())
    }

    /// By when something is done, at each chance up to the first that no sprint reaches.
    fn done_by(&self, dates: &Dates) -> String {
        let unsure = self.forecast.unsure();
        let levels = [(50, 0.50, dates.p50), (85, SURE, dates.p85), (95, 0.95, dates.p95)];
        let mut levels = levels.iter().filter(|(_, level, _)| self.forecast.supports(*level));
        let mut words = Vec::new();
        let beyond = levels.find_map(|(chance, _, date)| {
            words.extend(date.map(|date| format!("{} at {chance} %", self.day(Some(date)))));
            date.is_none().then(|| format!("{BEYOND} at {chance} %"))
        });
        let by = if words.is_empty() { "done " } else { "done by " };
        words.extend(beyond);
        let unsure = unsure.map(|unsure| format!("; {unsure}")).unwrap_or_default();
        format!("{by}{}{unsure}", words.join(", "))
    }

    /// How much there is by a day, and down to which item that goes.
    fn until(&self, console: &mut Console, date: Date) -> Result<(), Failure> {
        let sprints = self.forecast.ended(date);
        let count = self.forecast.basis.count;
        let periods = counted(sprints, count.period());
        let head = format!("by {}, the end of {periods}", self.day(Some(date)));
        console.print(&[(Ink::Bold, head)])?;
        self.forecast.ends_before(date).iter().try_for_each(|words| console.line(words))?;
        for (name, level) in LEVELS {
            let amount = self.forecast.amount_by(date, level);
            let last = amount.and_then(|amount| self.forecast.within(amount).last());
            let last = last.map(|item| format!(", down to {}", self.title(&item.id)));
            let amount = amount.map_or("–".to_owned(), |amount| count.amount(amount));
            console.line(&format!("  {name} %  {amount}{}", last.unwrap_or_default()))?;
        }
        Ok(())
    }

    fn changes(&self, console: &mut Console, shifts: &[Shift]) -> Result<(), Failure> {
        let is_other = |shift: &&Shift| shift.before.p85 != shift.after.p85;
        let shifts: Vec<&Shift> = shifts.iter().filter(is_other).collect();
        if shifts.is_empty() {
            return console.line("no date would change at 85 %");
        }
        console.print(&[(Ink::Bold, "what would change, at 85 %; nothing is changed".into())])?;
        for shift in shifts {
            let title = text::pad(self.title(&shift.id), TITLE);
            let (before, after) = (self.day(shift.before.p85), self.day(shift.after.p85));
            console.line(&format!("  {title}  {before:>11} → {after}"))?;
        }
        Ok(())
    }
}

fn basis(forecast: &Forecast) -> String {
    let amounts = &forecast.basis.amounts;
    let list: Vec<String> = amounts.iter().map(|amount| digits(*amount)).collect();
    let (count, method) = (forecast.basis.count, forecast.method.id);
    let sprints = counted(amounts.len(), count.period());
    let unit = count.unit();
    let days = forecast.basis.usual.filter(|_| !forecast.basis.is_even);
    let each = days.map_or(String::new(), |days| format!(" in {days} working days each"));
    format!("{method}, from the {unit} of {sprints}{each}: {}", list.join(" "))
}

fn dates(dates: &Dates) -> Map<String, Value> {
    let all = [("p50", dates.p50), ("p85", dates.p85), ("p95", dates.p95)];
    let date = |date: Date| Value::from(date.to_string());
    all.into_iter().map(|(key, day)| (key.to_owned(), day.map_or(Value::Null, date))).collect()
}

fn line(line: &Line) -> Value {
    json!({
        "sprint": line.sprint.name,
        "id": line.sprint.id.as_ref().map(Id::as_str),
        "ends": line.sprint.ends.to_string(),
        "after": line.after.as_ref().map(Id::as_str),
    })
}

fn shift(shift: &Shift) -> Value {
    let (before, after) = (dates(&shift.before), dates(&shift.after));
    json!({"id": shift.id.as_str(), "before": before, "after": after})
}
