//! Draws the form that scores: a line a factor, what its scale says, and what comes of it.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, DOT, Theme, WRONG};
use crate::app::App;
use crate::app::detail::needs;
use crate::app::score::{Outlook, ScoreForm};
use crate::scoring::{Factor, Framework, Rubric, Score};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells inside the window.
const WIDTH: usize = 76;
/// Cells for what is typed.
const FIELD: usize = 14;
/// Lines that words take at most.
const WRAPPED: usize = 2;

/// A line of the form. What comes first is left out last where there is no room for all.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    Factor(usize),
    Outcome(String),
    Warning(String),
    Question(String),
    Past(String),
    Steps(String),
    Queue(String),
    Formula(String),
    Blank,
}

impl Part {
    /// How dear it is: 0 stays longest.
    fn rank(&self) -> u8 {
        match self {
            Self::Factor(_) => 0,
            Self::Outcome(_) => 1,
            Self::Question(_) => 2,
            Self::Steps(_) => 3,
            Self::Past(_) => 4,
            Self::Warning(_) => 5,
            Self::Queue(_) => 6,
            Self::Formula(_) => 7,
            Self::Blank => 8,
        }
    }
}

/// Draws the form; where the caret is.
pub(super) fn draw(
    app: &App,
    form: &ScoreForm,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let (wide, high) = border::room(buf.area);
    let mut parts = parts(app, form, wide.min(WIDTH));
    while parts.len() > high {
        let Some(worst) = parts.iter().map(Part::rank).max().filter(|rank| *rank > 0) else {
            break;
        };
        let Some(at) = parts.iter().rposition(|part| part.rank() == worst) else { break };
        parts.remove(at);
    }
    let title = app.workspace().get(&form.id).map(|record| record.title()).unwrap_or_default();
    let popup = border::popup(buf, theme, title, (WIDTH, parts.len()));
    let at = parts.iter().position(|part| *part == Part::Factor(form.at)).unwrap_or(0);
    let seen = border::seen(at, parts.len(), popup.inner.height.into());
    let mut caret = None;
    for (number, part) in (0..).zip(&parts[seen]) {
        let line = pen::line(popup.inner, number);
        caret = one(part, form, theme, buf, line).or(caret);
    }
    caret
}

fn parts(app: &App, form: &ScoreForm, wide: usize) -> Vec<Part> {
    let (framework, factor) = (form.framework, form.factor());
    let lines = |words: &str| text::wrap(words, wide, WRAPPED).into_iter();
    let mut parts = vec![Part::Formula(formula(framework)), Part::Blank];
    parts.extend((0..form.fields.len()).map(Part::Factor));
    parts.push(Part::Blank);
    parts.extend(lines(factor.question).map(Part::Question));
    parts.extend(lines(&steps(factor)).map(Part::Steps));
    // What the person's own words say a value means here.
    let rubric = Rubric::of(app.workspace().settings(), framework.id, factor);
    let here: Vec<String> =
        rubric.lines().map(|(value, words)| format!("{value}: {words}")).collect();
    if !here.is_empty() {
        parts.extend(lines(&format!("here {}", here.join(DOT))).map(Part::Steps));
    }
    parts.extend(form.past().iter().flat_map(|words| lines(words)).map(Part::Past));
    parts.push(Part::Blank);
    let outcome = form.outlook(app).map(|outlook| outcome(framework, &outlook));
    parts.extend(lines(&outcome.unwrap_or_default()).map(Part::Outcome));
    let warnings = form.warnings(app);
    parts.extend(warnings.iter().flat_map(|words| lines(words)).map(Part::Warning));
    let queue = form.queue.len();
    parts.extend((queue > 0).then(|| Part::Queue(format!("{queue} more to score"))));
    parts
}

/// Draws a part; where the caret is if it is in it.
fn one(
    part: &Part,
    form: &ScoreForm,
    theme: &Theme,
    buf: &mut Buffer,
    line: Rect,
) -> Option<Position> {
    let mut pen = Pen::on(buf, line);
    match part {
        Part::Factor(at) => return factor(form, *at, theme, &mut pen),
        Part::Outcome(words) | Part::Question(words) => pen.write(words, theme.strong),
        Part::Warning(words) => pen.write(words, theme.warning),
        Part::Past(words) => pen.write(words, Style::new()),
        Part::Formula(words) | Part::Steps(words) | Part::Queue(words) => {
            pen.write(words, theme.quiet)
        }
        Part::Blank => &mut pen,
    };
    None
}

fn factor(form: &ScoreForm, at: usize, theme: &Theme, pen: &mut Pen) -> Option<Position> {
    let (row, field, here) = (&form.framework.factors[at], &form.fields[at], at == form.at);
    let names = form.framework.factors.iter().map(|factor| text::width(factor.name)).max();
    let style = if here { theme.strong } else { Style::new() };
    pen.pad(if here { CURSOR } else { " " }, 2, theme.strong);
    pen.pad(row.name, names.unwrap_or(0) + 2, style);
    let cells = FIELD.min(pen.room() / 3);
    let caret = pen.typed(field.text(), field.caret(), cells, theme.field);
    pen.skip(2);
    match form.rating(at) {
        Err(wrong) => pen.write(&format!("{WRONG} {wrong}"), theme.warning),
        Ok(rating) => {
            let value = rating.and_then(|rating| row.value(&rating));
            let word = value.and_then(|value| row.scale.word(value)).unwrap_or_default();
            let said = [row.unit, word].into_iter().filter(|words| !words.is_empty());
            pen.write(&said.collect::<Vec<_>>().join(DOT), theme.quiet)
        }
    };
    here.then_some(caret)
}

/// The formula with the names of the factors: `reach × impact × confidence ÷ effort`.
fn formula(framework: &Framework) -> String {
    let names = framework.factors.iter().fold(framework.formula.to_owned(), |formula, factor| {
        formula.replace(&format!("{{{}}}", factor.id), factor.name)
    });
    format!("{} = {names}", framework.name)
}

/// What may be typed, and what it means.
fn steps(factor: &Factor) -> String {
    let scale = factor.scale;
    let steps = scale.steps().collect::<Vec<_>>().join(DOT);
    match (scale.steps.is_empty(), scale.only_steps) {
        (true, _) => format!("{}, or low..high", scale.words()),
        (false, true) => steps,
        (false, false) => format!("{steps}{DOT}or {}", scale.words()),
    }
}

/// What the ratings come to, and where the item would stand with them.
fn outcome(framework: &Framework, outlook: &Outlook) -> String {
    let Outlook { score, stands, would_stand, of } = outlook;
    match (score, would_stand) {
        (Score::Of(score), Some(place)) => format!(
            "{} {}{DOT}would stand {} of {of} by score (stands {})",
            framework.name,
            framework.shown(*score),
            ordinal(*place),
            ordinal(*stands)
        ),
        (Score::Of(score), None) => format!("{} {}", framework.name, framework.shown(*score)),
        (Score::Needs(factors), _) => format!("needs {}", needs(framework, factors)),
    }
}

/// `1st`, `2nd`, `11th`.
fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::CATALOGUE;

    #[test]
    fn places_are_counted_as_people_do() {
        let places = [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal);
        assert_eq!(places.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 112th");
    }

    #[test]
    fn a_formula_names_its_factors() {
        let rice = CATALOGUE.iter().find(|row| row.id == "rice").unwrap();
        assert_eq!(formula(rice), "RICE = reach × impact × confidence ÷ effort");
        assert!(CATALOGUE.iter().all(|row| !formula(row).contains('{')));
    }
}
