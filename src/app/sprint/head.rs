//! What is said of a sprint above its board.

use crate::app::App;
use crate::insight::sprint::burndown::Burndown;
use crate::insight::sprint::capacity::Room;
use crate::insight::sprint::stuck::stuck;
use crate::insight::sprint::velocity::Velocity;
use crate::insight::sprint::{Course, State};
use crate::workspace::number::counted;
use crate::workspace::{Field, Id, Record};

/// Lines of stuck items at most.
const STUCK: usize = 3;

/// A line, and whether it says that something needs a look.
pub type Line = (String, bool);

/// What is said of a sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its name, its state, its days.
    pub title: String,
    /// How much is done of what was promised, 0–1, and in words.
    pub share: f64,
    /// The lines below.
    pub lines: Vec<Line>,
}

/// What is said of the sprint with this id.
pub fn of(app: &App, id: &Id, velocity: &Velocity, burndown: Option<&Burndown>) -> Option<Head> {
    let workspace = app.workspace();
    let sprint = workspace.get(id)?;
    let course = Course::of(workspace, id, app.today)?;
    let mut said = points(&course);
    if course.state != State::Closed {
        said.push(room(Room::given(workspace, sprint, velocity).as_ref()));
    }
    if course.state == State::Running
        && let Some(behind) = burndown.and_then(Burndown::behind).filter(|by| by.abs() >= 0.05)
    {
        let words = if behind > 0.0 { "behind" } else { "ahead" };
        said.push(format!("{} {words}", amount(behind.abs())));
    }
    let inside = workspace.in_sprint(id);
    if course.state == State::Planned {
        let (next, does) =
            if inside.is_empty() { ("sprint-plan", "fills") } else { ("sprint-start", "starts") };
        said.push(format!("{} {does} it", app.key(next)));
    }
    let mut lines = vec![goal(app, sprint), (said.join(" · "), false)];
    lines.extend(warnings(app, &course).map(|words| (words, true)));
    let held = stuck(workspace, &inside, app.today);
    let title = |id: &Id| workspace.get(id).map_or("", |item| item.title());
    for held in held.iter().take(STUCK) {
        lines.push((format!("stuck: {} · {}", title(&held.id), held.words(workspace)), true));
    }
    if held.len() > STUCK {
        lines.push((format!("stuck: {} more", held.len() - STUCK), true));
    }
    let share =
        if course.committed > 0.0 { (course.kept() / course.committed).min(1.0) } else { 0.0 };
    Some(Head { title: title_of(app, sprint, &course), share, lines })
}

fn goal(app: &App, sprint: &Record) -> Line {
    match sprint.text(Field::Goal) {
        "" => (format!("no goal yet · {} sets one", app.key("sprint-goal")), false),
        goal => (goal.to_owned(), false),
    }
}

fn title_of(app: &App, sprint: &Record, course: &Course) -> String {
    let day = match (course.state, course.day) {
        (State::Running, Some((day, of))) if day > 0 && day <= of => {
            Some(format!("day {day} of {of}"))
        }
        (State::Running, Some(_)) if course.overdue() > 0 => {
            Some(format!("over its end by {}", counted(course.overdue(), "day")))
        }
        _ => None,
    };
    let dates = sprint.date(Field::Start).zip(sprint.date(Field::End)).map(|(start, end)| {
        let show = |date| app.preferences.dates.show(date);
        format!("{} – {}", show(start), show(end))
    });
    let parts = [Some(sprint.title().to_owned()), Some(course.state.key().to_owned()), day, dates];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What was promised and delivered; of a sprint that is planned, what is in it.
pub fn points(course: &Course) -> Vec<String> {
    let mut said = match course.state {
        State::Planned => vec![format!("{} points planned", amount(course.points))],
        _ => match added(course) {
            Some(added) => vec![format!("{} points done", promised(course)), added],
            None => vec![
                format!("{} points done", amount(course.delivered)),
                format!("{} promised", amount(course.committed)),
            ],
        },
    };
    if course.unsized_items > 0 {
        said.push(format!("{} without points", course.unsized_items));
    }
    said
}

/// How much of what was promised is done, in words: `6 of 8 promised`.
pub fn promised(course: &Course) -> String {
    format!("{} of {} promised", amount(course.kept()), amount(course.committed))
}

/// How much of what came in after the start is done, in words: `4 of 5 added`; none where that has
/// no points.
pub fn added(course: &Course) -> Option<String> {
    let words =
        || format!("{} of {} added", amount(course.added_done), amount(course.added_points));
    (course.added_points > 0.0).then(words)
}

/// How much room a sprint has, and where that comes from.
pub fn room(room: Option<&Room>) -> String {
    let Some(room) = room else {
        return "room unknown before a sprint is closed".to_owned();
    };
    let off = match room.days_off {
        off if off > 0.0 => format!(", {off} of {} days off", room.days),
        _ => String::new(),
    };
    let from = match (room.stated, room.sure) {
        (true, _) => "stated",
        (false, Some(_)) => "85 % sure",
        (false, None) => "the median",
    };
    format!("room for {} ({from}{off})", amount(room.points))
}

/// Points as they are said: whole where they are, else with one decimal.
pub fn amount(points: f64) -> String {
    let rounded = (points * 10.0).round() / 10.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

fn warnings(app: &App, course: &Course) -> impl Iterator<Item = String> {
    let names = |ids: &[Id]| {
        let title = |id: &Id| app.workspace().get(id).map_or("", |item| item.title()).to_owned();
        ids.iter().map(title).collect::<Vec<_>>().join(", ")
    };
    let say = |what: &str, ids: &[Id]| {
        (!ids.is_empty()).then(|| format!("{} {what}: {}", ids.len(), names(ids)))
    };
    let late = say("late", &course.late);
    let added = say("added after the start", &course.added);
    [late, added].into_iter().flatten()
}
