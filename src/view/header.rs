//! The line on top: the product, the hat that is on, and whether the work is in the file.

use super::pen::{Pen, write_right};
use super::theme::{DOT, Theme};
use crate::app::App;
use crate::workspace::number;
use crate::workspace::{Field, Hat};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Narrower than this, what was changed is not counted.
const COUNTED: u16 = 60;

/// Draws the header.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let mut right = hats(app.board.hat, theme);
    right.extend(saved(app, theme, area.width >= COUNTED));
    right.push((" ".to_owned(), Style::new()));
    let left = write_right(buf, area, &right);
    let product = app.workspace().product();
    let mut pen = Pen::on(buf, Rect { width: left.width.saturating_sub(2), ..left });
    pen.write(" twohats", theme.strong).skip(2).write(product.text(Field::Name), theme.strong);
    let vision = product.text(Field::Vision);
    if !vision.is_empty() {
        pen.write(DOT, theme.quiet).write(vision, theme.quiet);
    }
}

/// Both hats; the one that is on stands out by brackets and capitals as well as by colour.
fn hats(on: Hat, theme: &Theme) -> Vec<(String, Style)> {
    let hat = |hat: Hat| match hat.key() {
        key if hat == on => (format!("[{}]", key.to_uppercase()), theme.hat(hat)),
        key => (format!(" {key} "), theme.quiet),
    };
    vec![hat(Hat::Pm), hat(Hat::Po)]
}

fn saved(app: &App, theme: &Theme, counted: bool) -> Vec<(String, Style)> {
    let mut parts = Vec::new();
    if app.locked().is_some() {
        parts.push(("read-only".to_owned(), theme.warning));
    }
    match app.changes() {
        0 => {}
        _ if !counted => {}
        many => parts.push((number::counted(many, "change"), Style::new())),
    }
    let mark = app.saving.mark();
    let style = if app.saving.is_alarming() { theme.alarm } else { Style::new() };
    parts.extend((!mark.is_empty()).then(|| (mark.to_owned(), style)));
    let dot = |at| if at == 0 { "  " } else { DOT };
    let dotted =
        parts.into_iter().enumerate().map(|(at, part)| [(dot(at).to_owned(), theme.quiet), part]);
    dotted.flatten().collect()
}
