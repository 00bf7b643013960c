//! Which characters do something to a reader's text or machine that nobody sees?

/// Whether it acts on the terminal or on other text without being seen: control characters,
/// directions of writing, spaces and signs without a width, line separators and tags.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
