//! Bytes of any encoding as UTF-8, a piece at a time.

use super::haul::Unreadable;
use crate::workspace::number::counted;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{Error, ErrorKind, Read, Result};

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;

/// There is no encoding of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no encoding “{0}”; utf-8, utf-16le, windows-1252, iso-8859-2 and shift_jis are some"
)]
pub struct UnknownEncoding(String);

/// A reader whose bytes are UTF-8, whatever the bytes of the one inside are.
///
/// A byte order mark says what they are. Without one they are UTF-8, and a byte that is not is
/// taken for Windows-1252: that reads files in Windows-1252, files in UTF-8, and those that were
/// glued together of both.
pub struct Decoded<R> {
    inner: R,
    /// What they are; nothing as long as nothing was read.
    is: Option<Spelling>,
    /// What was read and is not decoded yet.
    rest: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
    /// Bytes that were not UTF-8.
    foreign: usize,
    /// Whether it has what another encoding has no character for.
    is_damaged: bool,
}

enum Spelling {
    Utf8,
    Other(&'static Encoding, Decoder),
}

impl<R: Read> Decoded<R> {
    /// Reads from `inner`, which is in the encoding of this name where there is one.
    ///
    /// # Errors
    /// There is no such encoding.
    pub fn new(inner: R, label: Option<&str>) -> std::result::Result<Self, UnknownEncoding> {
        let named = label.map(|label| {
            let found = Encoding::for_label(label.as_bytes());
            found.ok_or_else(|| UnknownEncoding(label.to_owned()))
        });
        let named = named
            .transpose()?
            .map(|encoding| Spelling::Other(encoding, encoding.new_decoder_with_bom_removal()));
        Ok(Self {
            inner,
            is: named,
            rest: Vec::new(),
            ready: Vec::new(),
            given: 0,
            ended: false,
            foreign: 0,
            is_damaged: false,
        })
    }

    /// What a person should know about the encoding, once all is read.
    pub fn remark(&self) -> Option<String> {
        match &self.is {
            Some(Spelling::Other(encoding, _)) if self.is_damaged => Some(format!(
                "read as {}; what it has no character for is \u{fffd} now",
                encoding.name()
            )),
            Some(Spelling::Other(encoding, _)) => Some(format!("read as {}", encoding.name())),
            _ if self.foreign > 0 => {
                let are = if self.foreign == 1 { "is" } else { "are" };
                Some(format!(
                    "{} {are} not UTF-8 and read as Windows-1252; `twohats import --encoding` \
                     names another",
                    counted(self.foreign, "byte")
                ))
            }
            _ => None,
        }
    }

    fn fill(&mut self) -> Result<()> {
        let before = self.rest.len();
        self.rest.resize(before + PIECE, 0);
        let read = loop {
            match self.inner.read(&mut self.rest[before..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.rest.truncate(before + read);
        self.ended = read == 0;
        if self.is.is_none() && (self.ended || self.rest.len() >= 4) {
            let spelling = self.sniff();
            if matches!(spelling, Spelling::Utf8) {
                text_at_all(&self.rest)?;
            }
            self.is = Some(spelling);
        }
        self.ready.clear();
        self.given = 0;
        match &mut self.is {
            None => {}
            Some(Spelling::Utf8) => self.pass(),
            Some(Spelling::Other(_, decoder)) => {
                let needed = decoder.max_utf8_buffer_length(self.rest.len()).unwrap_or(PIECE * 4);
                self.ready.resize(needed, 0);
                let (_, read, written, is_damaged) =
                    decoder.decode_to_utf8(&self.rest, &mut self.ready, self.ended);
                self.is_damaged |= is_damaged;
                self.rest.drain(..read);
                self.ready.truncate(written);
            }
        }
        Ok(())
    }

    fn sniff(&mut self) -> Spelling {
        let wide = match self.rest[..] {
            [0, b, 0, d, ..] if b != 0 && d != 0 => Some(UTF_16BE),
            [a, 0, c, 0, ..] if a != 0 && c != 0 => Some(UTF_16LE),
            _ => None,
        };
        match Encoding::for_bom(&self.rest) {
            Some((encoding, length)) if encoding == UTF_8 => {
                self.rest.drain(..length);
                Spelling::Utf8
            }
            Some((encoding, _)) => {
                Spelling::Other(encoding, encoding.new_decoder_with_bom_removal())
            }
            None => wide.map_or(Spelling::Utf8, |encoding| {
                Spelling::Other(encoding, encoding.new_decoder_without_bom_handling())
            }),
        }
    }

    /// Passes on what is UTF-8 and turns what is not.
    fn pass(&mut self) {
        let mut at = 0;
        while at < self.rest.len() {
            let (valid, bad) = match std::str::from_utf8(&self.rest[at..]) {
                Ok(text) => (text.len(), 0),
                Err(error) => {
                    let tail = self.rest.len() - at - error.valid_up_to();
                    // A character that is cut by the end of the piece waits for the next one.
                    let waits = if self.ended { tail } else { 0 };
                    (error.valid_up_to(), error.error_len().unwrap_or(waits))
                }
            };
            self.ready.extend_from_slice(&self.rest[at..at + valid]);
            at += valid;
            let odd = &self.rest[at..at + bad];
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(odd);
            self.ready.extend_from_slice(text.as_bytes());
            self.foreign += bad;
            at += bad;
            if bad == 0 {
                break;
            }
        }
        self.rest.drain(..at);
    }
}

/// Refuses what begins like no text does: everything could be taken for Windows-1252.
fn text_at_all(start: &[u8]) -> Result<()> {
    if start.starts_with(b"PK\x03\x04") {
        let words = "it is an archive, as .xlsx and .ods files are; save the table in it as CSV";
        return Err(Error::new(ErrorKind::InvalidData, words));
    }
    let Some(at) = start.iter().position(|byte| *byte == 0) else { return Ok(()) };
    let words = format!("byte {} is 0, so it is no text; --encoding says it is", at + 1);
    Err(Error::new(ErrorKind::InvalidData, words))
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.given == self.ready.len() && !(self.ended && self.rest.is_empty()) {
            self.fill()?;
        }
        let left = &self.ready[self.given..];
        let count = left.len().min(into.len());
        into[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

/// A whole file of text.
pub fn text_from(bytes: &mut dyn Read) -> std::result::Result<String, Unreadable> {
    let mut text = String::new();
    bytes.read_to_string(&mut text).map_err(|error| Unreadable::because("cannot read", error))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    /// Gives a byte or two at a time.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, into: &mut [u8]) -> Result<usize> {
            let count = self.0.len().min(into.len()).min(2);
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read(bytes: &[u8], label: Option<&str>) -> (String, Option<String>) {
        let mut decoded = Decoded::new(Trickle(bytes), label).unwrap();
        let mut text = String::new();
        decoded.read_to_string(&mut text).unwrap();
        (text, decoded.remark())
    }

    fn utf_16(text: &str, bom: bool) -> Vec<u8> {
        let units = bom.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn what_is_no_text_is_not_read_as_some() {
        let refusal = |bytes: &[u8], label| {
            let mut decoded = Decoded::new(bytes, label).unwrap();
            decoded.read_to_string(&mut String::new()).map_err(|error| error.to_string())
        };
        assert!(refusal(b"\x7fELF\x02\x01\x01\0\0\0", None).unwrap_err().contains("byte 8"));
        assert!(refusal(b"PK\x03\x04\x14\0\x06\0", None).unwrap_err().contains("as CSV"));
        assert!(refusal(b"id,title\n1,a\0b\n", Some("utf-8")).is_ok());
    }

    #[test]
    fn every_encoding_becomes_the_same_text() {
        let text = "Größe,請求 👩🏽";
        assert_eq!(read(text.as_bytes(), None), (text.into(), None));
        assert_eq!(read(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), None), (text.into(), None));
        assert_eq!(read(&utf_16(text, true), None).0, text);
        assert_eq!(read(&utf_16("a,b\n", false), None).0, "a,b\n");
        assert_eq!(read(b"", None), (String::new(), None));
        assert_eq!(read(b"a", None).0, "a");
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252_and_said() {
        let (text, remark) = read(b"Gr\xf6\xdfe \x80 und Gr\xc3\xb6\xc3\x9fe\xe9", None);
        assert_eq!(text, "Größe € und Größeé");
        assert!(remark.unwrap().starts_with("4 bytes are not UTF-8"));
        assert_eq!(read(b"\xb3\xf3d\xbc", Some("iso-8859-2")).0, "łódź");
        let (text, remark) = read(b"Gr\xf6\xdfe", Some("utf-8"));
        assert_eq!(text, "Gr\u{fffd}\u{fffd}e");
        assert!(remark.unwrap().contains("\u{fffd}"));
        assert!(Decoded::new(&b""[..], Some("klingon")).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(22),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_bytes_become_text_or_are_refused_and_text_stays(bytes: Vec<u8>, text: String) {
            let mut decoded = Decoded::new(Trickle(&bytes), None).unwrap();
            let refused = decoded.read_to_string(&mut String::new()).err();
            let named = refused.is_none_or(|error| error.kind() == ErrorKind::InvalidData);
            prop_assert!(named);
            prop_assert_eq!(read(format!("abcd{text}").as_bytes(), None).0, format!("abcd{text}"));
        }
    }
}
