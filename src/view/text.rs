//! Text that people typed or pasted, made fit for cells and for stdout: nothing in it is hidden,
//! nothing in it drives the terminal, and it takes exactly the cells that are counted.
//!
//! Every function here makes its text [`safe`] by itself, so nobody can forget to; doing it twice
//! changes nothing. A glyph is an extended grapheme cluster, which is what the drawing library puts
//! into a cell.

use crate::workspace::hidden::is_hidden;
use ratatui::buffer::CellWidth;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Joins several emoji into one, a family say.
const JOINER: char = '\u{200d}';

/// Marks without a width of their own that one glyph may carry; what is above is not shown.
const MARKS: usize = 8;

/// What stands for the rest where text was cut.
const ELLIPSIS: &str = "…";

/// The text on one line with nothing hidden in it: tabs and line breaks are spaces; what steers
/// the terminal, turns the direction of writing or shows nothing at all reads like `\u{1b}`.
pub fn safe(text: &str) -> Cow<'_, str> {
    // Where no glyph has a part that could be hidden, none has.
    let stands =
        |c: char| !is_mark(c) && !is_hidden(c) && !matches!(c, JOINER | '\t' | '\n' | '\r');
    let start = plain_start(text.as_bytes());
    if text[start..].chars().all(|c| is_plain(c) || stands(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    shown.extend(glyphs(text).map(visible));
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

/// Cells that the text takes when drawn.
pub fn width(text: &str) -> usize {
    plain_cells(text).unwrap_or_else(|| glyphs(text).map(cells_of).sum())
}

/// The text in at most `cells` cells; where it was cut it ends in an ellipsis. A glyph is kept
/// whole or not at all. Looks at what fits and no further.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    let fits = head(text, cells).len() == text.len();
    if fits { safe(text) } else { Cow::Owned(cut(text, cells)) }
}

/// The text in exactly `cells` cells: cut like [`fit`], or filled with spaces.
pub fn pad(text: &str, cells: usize) -> String {
    let mut padded = fit(text, cells).into_owned();
    padded.extend(std::iter::repeat_n(' ', cells.saturating_sub(width(&padded))));
    padded
}

/// The text in at most `lines` lines of at most `cells` cells each, broken between words, and
/// inside a word only where it is longer than a line. Line breaks stay. Where there is more, the
/// last line ends in an ellipsis. Looks at what fits and no further.
pub fn wrap(text: &str, cells: usize, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut rest = if cells == 0 { "" } else { text };
    while !rest.is_empty() && wrapped.len() < lines {
        let (line, after) = first_line(rest, cells);
        let last = wrapped.len() + 1 == lines && !after.is_empty();
        wrapped.push(if last { cut(line, cells) } else { fit(line, cells).into_owned() });
        rest = after;
    }
    wrapped
}

/// The glyphs that lie in `cells` cells from cell `from` on. Blanks stand where an end goes through
/// a glyph.
pub fn slice(text: &str, from: usize, cells: usize) -> String {
    let mut at = 0;
    let mut shown = String::new();
    for glyph in glyphs(&safe(text)) {
        let wide = cells_of(glyph);
        match at {
            _ if at >= from + cells => break,
            _ if at >= from && at + wide <= from + cells => shown.push_str(glyph),
            _ => shown.extend(
                (at..at + wide).filter(|at| *at >= from && *at < from + cells).map(|_| ' '),
            ),
        }
        at += wide;
    }
    shown
}

/// What of the text goes onto a line of `cells` cells, and what is left for the next ones.
fn first_line(text: &str, cells: usize) -> (&str, &str) {
    let fits = head(text, cells);
    let next = glyphs(&text[fits.len()..]).next().unwrap_or_default();
    let seen = &text[..fits.len() + next.len()];
    if let Some(end) = seen.find('\n') {
        return (text[..end].trim_end(), &text[end + 1..]);
    }
    if next.is_empty() {
        return (text, "");
    }
    let (line, rest) = seen.rfind([' ', '\t']).map_or(("", ""), |at| text.split_at(at));
    if !line.trim().is_empty() {
        return (line.trim_end(), rest.trim_start_matches([' ', '\t']));
    }
    // A glyph wider than the line must still be passed, or there would be no end.
    text.split_at(if fits.is_empty() { next.len() } else { fits.len() })
}

/// The text in at most `cells` cells with an ellipsis at its end; without a cell, nothing.
fn cut(text: &str, cells: usize) -> String {
    match cells.checked_sub(width(ELLIPSIS)) {
        Some(room) => safe(head(text, room)).into_owned() + ELLIPSIS,
        None => String::new(),
    }
}

/// As much of the beginning as fits into `cells` cells once it is safe.
fn head(text: &str, cells: usize) -> &str {
    let (mut used, mut end, mut last) = (0, 0, 0);
    for c in text.chars().take_while(|c| is_plain(*c)) {
        if used == cells {
            return &text[..end];
        }
        (last, used, end) = (end, used + 1, end + c.len_utf8());
    }
    if end == text.len() {
        return text;
    }
    // What follows may join the last plain one.
    (used, end) = (used.saturating_sub(1), last);
    for glyph in glyphs(&text[end..]) {
        used += cells_of(glyph);
        if used > cells {
            return &text[..end];
        }
        end += glyph.len();
    }
    text
}

/// Whether it takes one cell and is a glyph by itself, unless what follows joins it, as most of
/// what is shown: Latin letters, punctuation, arrows, borders and bars.
fn is_plain(c: char) -> bool {
    let further = || {
        matches!(
            c,
            '\u{a1}'..='\u{ac}'
                | '\u{ae}'..='\u{24f}'
                | '\u{2010}'..='\u{2027}'
                | '\u{2190}'..='\u{21ff}'
                | '\u{2500}'..='\u{25fc}'
        )
    };
    matches!(c, ' '..='~') || further()
}

/// The same of a byte: nearly all that is shown is told from single ones.
fn is_plain_byte(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// How many bytes at the beginning are plain.
fn plain_start(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_plain_byte(**byte)).count()
}

/// The cells of a text of which all is plain.
fn plain_cells(text: &str) -> Option<usize> {
    let start = plain_start(text.as_bytes());
    text[start..].chars().try_fold(start, |cells, c| is_plain(c).then_some(cells + 1))
}

/// The glyphs of a text. What is plain is told from itself and what follows: taking texts apart is
/// most of what a frame takes.
pub fn glyphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = match rest.as_bytes() {
            [first, behind @ ..]
                if is_plain_byte(*first) && behind.first().is_none_or(u8::is_ascii) =>
            {
                1
            }
            _ => first_glyph(rest)?.len(),
        };
        let (glyph, after) = rest.split_at(end);
        rest = after;
        Some(glyph)
    })
}

/// The glyph that a text begins with.
fn first_glyph(text: &str) -> Option<&str> {
    let mut next = text.chars();
    let plain = next.next().is_some_and(is_plain);
    let behind = next.as_str();
    let alone = plain && behind.chars().next().is_none_or(|c| c.is_ascii() || is_plain(c));
    if alone { text.get(..text.len() - behind.len()) } else { text.graphemes(true).next() }
}

/// Cells that a glyph takes when drawn.
pub fn cells_of(glyph: &str) -> usize {
    if matches!(glyph.as_bytes(), [byte] if is_plain_byte(*byte)) {
        return 1;
    }
    let mut chars = glyph.chars();
    if chars.next().is_some_and(is_plain) && chars.as_str().is_empty() {
        return 1;
    }
    match visible(glyph) {
        Cow::Borrowed(glyph) => glyph.cell_width().into(),
        Cow::Owned(shown) => glyphs(&shown).map(|part| usize::from(part.cell_width())).sum(),
    }
}

/// One glyph with nothing hidden in it. A joiner stays where it joins: between parts of a glyph
/// that have a width, with nothing spelled out before it. Marks with nothing to stand on are
/// spelled out, so every glyph takes a cell at least.
fn visible(glyph: &str) -> Cow<'_, str> {
    if matches!(glyph, "\t" | "\n" | "\r" | "\r\n") {
        return Cow::Borrowed(" ");
    }
    let few = glyph.chars().nth(MARKS + 1).is_none();
    if few && !glyph.starts_with(is_mark) && !glyph.contains(|c| c == JOINER || is_hidden(c)) {
        return Cow::Borrowed(glyph);
    }
    let mut shown = String::with_capacity(glyph.len());
    let mut marks = 0;
    let mut based = false;
    let mut unbroken = true;
    let mut rest = glyph.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = unbroken && rest.peek().is_some_and(|&next| !is_mark(next));
        let floats = is_mark(c) && !based;
        if is_hidden(c) || floats || c == JOINER && !joins {
            unbroken = false;
            shown.extend(c.escape_unicode());
            continue;
        }
        based = true;
        marks += usize::from(is_mark(c));
        if !is_mark(c) || marks <= MARKS {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether it adds to the glyph before it instead of taking cells of its own.
fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const FAMILY: &str = "👩\u{200d}👩\u{200d}👧\u{200d}👦";

    /// Cells that the drawing library fills.
    fn drawn(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4_000, 1));
        buffer.set_stringn(0, 0, text, usize::MAX, Style::new()).0.into()
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(5), ..Default::default() })]

        #[test]
        fn glyphs_are_extended_grapheme_clusters(
            text in "([ -~\r\n\t]|[éß請·→─▁©]|[\u{300}-\u{310}\u{200d}\u{fe0f}🇩🇪👩❤]|\u{600}|[क्ष]){0,24}"
        ) {
            prop_assert!(glyphs(&text).eq(text.graphemes(true)), "{text:?}");
        }
    }

    #[test]
    fn what_is_plain_takes_one_cell_and_is_shown_as_it_is() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            let glyph = c.to_string();
            assert_eq!((visible(&glyph).as_ref(), drawn(&glyph)), (glyph.as_str(), 1), "{c:?}");
            assert!(!c.is_control() && !is_hidden(c) && !is_mark(c) && c != JOINER, "{c:?}");
        }
    }

    #[test]
    fn plain_text_is_not_copied() {
        for text in ["", "Import a bank CSV", "Überweisung", "請求書", "🇩🇪", "e\u{301}"] {
            assert!(matches!(safe(text), Cow::Borrowed(same) if same == text), "{text}");
            assert!(matches!(fit(text, 20), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_steers_or_hides_is_spelled_out() {
        let controls =
            ('\0'..='\u{1f}').filter(|c| !"\t\n\r".contains(*c)).chain('\u{7f}'..='\u{9f}');
        let bidi = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
        let others = "\u{200e}\u{200f}\u{61c}\u{200b}\u{2060}\u{feff}\u{2028}\u{2029}";
        let tags = '\u{e0000}'..='\u{e007f}';
        for c in controls.chain(bidi).chain(others.chars()).chain(tags) {
            assert_eq!(safe(&format!("a{c}b")), format!("a\\u{{{:x}}}b", u32::from(c)));
        }
    }

    #[test]
    fn an_escape_sequence_is_read_and_not_obeyed() {
        assert_eq!(safe("a\x1b]52;c;aGk=\x07b"), r"a\u{1b}]52;c;aGk=\u{7}b");
    }

    #[test]
    fn tabs_and_line_breaks_are_single_spaces() {
        assert_eq!(safe("a\tb\nc\r\nd\re"), "a b c d e");
    }

    #[test]
    fn a_joiner_stays_where_it_joins() {
        assert_eq!(safe(FAMILY), FAMILY);
        assert_eq!(safe("👩🏽\u{200d}🚀"), "👩🏽\u{200d}🚀");
        assert_eq!(safe("pay\u{200d}pal"), r"pay\u{200d}pal");
        assert_eq!(safe("👩\u{200d}"), r"👩\u{200d}");
        assert_eq!(safe("\u{200d}👩"), r"\u{200d}👩");
    }

    #[test]
    fn a_glyph_carries_eight_marks_at_most() {
        let tower = format!("a{}b", "\u{301}".repeat(10_000));
        assert_eq!(safe(&tower), format!("a{}b", "\u{301}".repeat(8)));
        assert_eq!(width(&tower), 2);
    }

    #[test]
    fn a_mark_with_nothing_to_stand_on_is_spelled_out() {
        assert_eq!(safe("\u{301}a"), r"\u{301}a");
        assert_eq!(safe("\x1b\u{301}"), r"\u{1b}\u{301}");
        assert_eq!(safe("a\u{180e}b"), r"a\u{180e}b");
    }

    #[test]
    fn cells_are_counted_as_they_are_seen() {
        let known = [
            ("", 0),
            ("abc", 3),
            ("請求書", 6),
            ("e\u{301}", 1),
            ("🇩🇪🇫🇷", 4),
            (FAMILY, 2),
            ("❤\u{fe0f}", 2),
            ("한글", 4),
            ("①—", 2),
            ("\x1b", 6),
            ("a\tb", 3),
        ];
        for (text, cells) in known {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn a_cut_ends_in_an_ellipsis_and_never_in_half_a_glyph() {
        assert_eq!(fit("Bank feeds", 10), "Bank feeds");
        assert_eq!(fit("Bank feeds", 6), "Bank …");
        assert_eq!(fit("請求書", 5), "請求…");
        assert_eq!(fit("請求書", 4), "請…");
        assert_eq!(fit(&FAMILY.repeat(3), 4), format!("{FAMILY}…"));
        assert_eq!(fit("a\x1bb", 6), "a…");
        assert_eq!(fit("Bank feeds", 1), "…");
        assert_eq!(fit("Bank feeds", 0), "");
    }

    #[test]
    fn a_cut_looks_no_further_than_it_must() {
        assert_eq!(head(&"請".repeat(10_000), 10).len(), 15);
        assert_eq!(fit(&"x".repeat(10_000), 4), "xxx…");
        assert_eq!(wrap(&"word ".repeat(10_000), 9, 2), ["word word", "word wor…"]);
    }

    #[test]
    fn padding_fills_what_a_wide_glyph_leaves() {
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(pad("請求書", 4), "請… ");
    }

    #[test]
    fn a_slice_has_blanks_for_half_a_glyph() {
        assert_eq!(slice("a請求b", 2, 3), " 求");
        assert_eq!(slice("a請求b", 1, 3), "請 ");
        assert_eq!(slice("abc", 5, 3), "");
        assert_eq!(slice("abc", 1, 0), "");
    }

    #[test]
    fn words_wrap_and_line_breaks_stay() {
        let notes = "Close the month\r\nwithout an accountant\n\nor two";
        let lines = ["Close the", "month", "without an", "accountant", "", "or two"];
        assert_eq!(wrap(notes, 10, 9), lines);
        assert_eq!(wrap(notes, 10, 2), ["Close the", "month…"]);
        assert_eq!(wrap("請求書を送る", 5, 9), ["請求", "書を", "送る"]);
        assert_eq!(wrap("請", 1, 9), ["…"]);
        assert_eq!(wrap("two", 0, 9), [""; 0]);
        assert_eq!(wrap("two words", 5, 0), [""; 0]);
    }

    /// Any text, with what is hard about text in every corner of it.
    fn text() -> impl Strategy<Value = String> {
        let hard = "a #1}\t\n\r\x1b\u{7f}\u{9b}\u{301}\u{fe0f}\u{200d}\u{200c}\u{200b}\u{202e}\u{ad}\
            \u{e0067}\u{ff9e}\u{600}\u{644}\u{627}\u{1100}\u{1161}\u{915}\u{94d}請❤👩🏽🇩🇪";
        let hard: Vec<char> = hard.chars().collect();
        let one = prop_oneof![4 => proptest::sample::select(hard), 1 => any::<char>()];
        proptest::collection::vec(one, 0..60).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(22),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn what_is_counted_is_what_is_drawn(text in text()) {
            let shown = safe(&text);
            prop_assert_eq!(width(&text), drawn(&shown));
            prop_assert_eq!(width(&text), width(&shown));
        }

        #[test]
        fn safe_text_has_nothing_hidden_and_stays_as_it_is(text in text()) {
            let shown = safe(&text).into_owned();
            prop_assert!(!shown.contains(is_hidden));
            prop_assert_eq!(safe(&shown), shown.as_str());
        }

        #[test]
        fn text_is_safe_glyph_by_glyph(text in text()) {
            let shown: String = glyphs(&text).map(visible).collect();
            prop_assert_eq!(safe(&text), shown);
        }

        #[test]
        fn fitted_and_padded_text_keeps_to_its_cells(text in text(), cells in 0_usize..40) {
            prop_assert!(width(&fit(&text, cells)) <= cells);
            prop_assert!(drawn(&fit(&text, cells)) <= cells);
            prop_assert_eq!(width(&pad(&text, cells)), cells);
            prop_assert_eq!(drawn(&pad(&text, cells)), cells);
        }

        #[test]
        fn a_slice_keeps_to_its_cells(text in text(), from in 0_usize..40, cells in 0_usize..40) {
            prop_assert_eq!(width(&slice(&text, from, cells)), cells.min(width(&text).saturating_sub(from)));
        }

        #[test]
        fn wrapped_text_keeps_to_its_box(text in text(), cells in 0_usize..20, lines in 0_usize..6) {
            let wrapped = wrap(&text, cells, lines);
            prop_assert!(wrapped.len() <= lines);
            prop_assert!(wrapped.iter().all(|line| width(line) <= cells));
        }
    }
}
