//! When will it be done? Asked of the order as it is, and as it would be.

use super::rank::page;
use super::{Action, Reason, nothing_here};
use crate::app::App;
use crate::app::prompt::Prompt;
use crate::insight::forecast::what_if::{self, Shift};
use crate::insight::forecast::{LAST, SURE};
use crate::workspace::{Date, Id, Op, Place, Spot};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("forecast", &[], "when will this be done?", when)
        .also("estimate of the date, when")
        .off(undated),
    Action::new("forecast-by", &[], "how much by a date?", |app| {
        Prompt::ask(app, "how much by (2026-12-18, +2w, fri)".into(), "", by);
    })
    .off(unknown),
    Action::new("forecast-top", &[], "what if I move it to the top?", on_top).off(undated),
];

/// Sprints that are listed at most.
const LISTED: usize = 14;

fn unknown(app: &App) -> Option<Reason> {
    app.forecast()?.not_enough.clone()
}

fn undated(app: &App) -> Option<Reason> {
    nothing_here(app).or_else(|| unknown(app))
}

fn day(app: &App, date: Option<Date>) -> String {
    date.map_or("–".to_owned(), |date| app.preferences.dates.show(date))
}

fn title(app: &App, id: &Id) -> String {
    app.workspace().get(id).map_or(String::new(), |record| record.title().to_owned())
}

/// Shows the dates of the item, and how likely it is by the end of each sprint.
fn when(app: &mut App) {
    app.conclude();
    let Some(id) = app.cursor().cloned() else { return };
    let Some((forecast, item)) = app.forecast().zip(app.waiting(&id)) else {
        return app.refuse("it is no work of the backlog, so it has no dates");
    };
    let dates = forecast.dates(item.points);
    let levels = [("50 %", dates.p50), ("85 %", dates.p85), ("95 %", dates.p95)];
    let mut lines: Vec<String> =
        levels.iter().map(|(level, date)| format!("{level}  by {}", day(app, *date))).collect();
    lines.extend(forecast.unsure());
    lines.push(String::new());
    let chances = forecast.chances(item.points);
    for (slot, chance) in forecast.slots.iter().zip(chances).take(LISTED) {
        let (chance_said, ends) = (forecast.said(chance), day(app, Some(slot.ends)));
        lines.push(format!("{chance_said:>5}  by the end of {}, {ends}", slot.name));
        if chance > 0.999 {
            break;
        }
    }
    lines.push("not forecast: splits, new work, days off".to_owned());
    page(app, format!("When {} will be done", title(app, &id)), lines);
}

/// Shows how much is delivered by a day, and down to which item that goes.
fn by(app: &mut App, text: &str) {
    app.conclude();
    let date = match app.typing().day(text) {
        Ok(date) => date,
        Err(why) => return app.refuse(why),
    };
    let Some(forecast) = app.forecast() else { return };
    let forecast = forecast.clone().until(app.workspace(), date, app.today);
    let line = |(name, level): (&str, f64)| match forecast.amount_by(date, level) {
        None => format!("{name}  –"),
        Some(amount) => {
            let last = forecast.within(amount).last();
            let last = last.map(|item| format!(", down to {}", title(app, &item.id)));
            format!("{name}  {}{}", forecast.basis.count.amount(amount), last.unwrap_or_default())
        }
    };
    let mut lines: Vec<String> =
        [("50 %", 0.50), ("85 %", SURE), ("95 %", 0.95)].map(line).to_vec();
    lines.extend(forecast.ends_before(date));
    lines.push("not forecast: splits, new work, days off".to_owned());
    let sprints = match forecast.ended(date) {
        1 => "1 sprint ends".to_owned(),
        count => format!("{count} sprints end"),
    };
    page(app, format!("By {}: {sprints}", day(app, Some(date))), lines);
}

/// Shows what would change if the item stood on top; nothing is changed.
fn on_top(app: &mut App) {
    app.conclude();
    let Some(id) = app.cursor().cloned() else { return };
    let Some(before) = app.forecast() else { return };
    let carried = what_if::carried(app.workspace(), &id);
    let places = carried.iter().enumerate();
    let ops = places.map(|(at, id)| Op::shift(id, Spot::new(Place::Backlog, at))).collect();
    let other = match what_if::after(app.workspace(), ops) {
        Ok(other) => other,
        Err(why) => return app.refuse(why.to_string()),
    };
    let mut shifts = what_if::shifts(before, &before.clone().again(&other, LAST, app.today));
    shifts.retain(|shift| shift.before.p85 != shift.after.p85);
    if shifts.is_empty() {
        return app.say("no date would change at 85 %");
    }
    let line = |shift: &Shift| {
        let (before, after) = (day(app, shift.before.p85), day(app, shift.after.p85));
        format!("{before:>11} → {after:<11}  {}", title(app, &shift.id))
    };
    let mut lines = vec!["85 % sure by, as it is and as it would be:".to_owned()];
    lines.extend(shifts.iter().map(line));
    page(app, format!("If {} came first", title(app, &id)), lines);
}
