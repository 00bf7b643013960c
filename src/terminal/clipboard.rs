//! The clipboard, through the terminal: it works over ssh, and needs no program beside it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes of base64 that every terminal takes; beyond that some take none of it.
const MOST: usize = 74_994;

/// The sequence that puts `text` on the clipboard (OSC 52), or `None` when it is too long for
/// some terminals. `in_tmux` adds it once more in the wrapping that makes tmux pass it on: which
/// of the two tmux heeds depends on its settings, and twice the same does no harm.
pub fn copy(text: &str, in_tmux: bool) -> Option<String> {
    let encoded = STANDARD.encode(text);
    if encoded.len() > MOST {
        return None;
    }
    let plain = format!("\x1b]52;c;{encoded}\x07");
    let wrapped = if in_tmux { format!("\x1bPtmux;\x1b{plain}\x1b\\") } else { String::new() };
    Some(plain + &wrapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_out_as_base64_of_its_utf_8() {
        assert_eq!(copy("k7f3q9", false).unwrap(), "\x1b]52;c;azdmM3E5\x07");
        assert_eq!(copy("é", false).unwrap(), "\x1b]52;c;w6k=\x07");
    }

    #[test]
    fn tmux_gets_it_plain_and_to_pass_on() {
        let sequence = copy("a", true).unwrap();
        assert_eq!(sequence, "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\");
    }

    #[test]
    fn nothing_is_copied_in_part() {
        assert!(copy(&"x".repeat(56_244), false).is_some());
        assert!(copy(&"x".repeat(56_247), false).is_none());
    }
}
