//! Where the quote stands that a table leaves open.

use super::haul::Unreadable;
use std::io::{Read, Result};

/// The bytes of a table on their way to its reader, with an eye on the quotes.
pub struct Quoted<R> {
    bytes: R,
    delimiter: u8,
    inside: Inside,
    /// Line and column of the next byte, both from 1; columns count characters.
    at: (usize, usize),
    /// Where the last quoted cell begins.
    opened: (usize, usize),
}

/// Where in a cell a byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// At its beginning.
    Beginning,
    /// In one without quotes, or behind them; quotes are letters there.
    Plain,
    /// Between its quotes.
    Quotes,
    /// Behind a quote between them: the end, or the first of two that stand for one.
    Quote,
}

impl<R: Read> Quoted<R> {
    /// The bytes of a table whose cells are parted by `delimiter`; nothing of a row was read yet.
    pub fn new(bytes: R, delimiter: u8) -> Self {
        Self { bytes, delimiter, inside: Inside::Beginning, at: (1, 1), opened: (1, 1) }
    }

    /// Why what was read is no whole table, if so: the quote that was not closed by now.
    pub fn torn(&self) -> Option<Unreadable> {
        let (line, column) = self.opened;
        (self.inside == Inside::Quotes).then(|| {
            Unreadable(format!(
                "the quote in line {line}, column {column} is never closed, so the cell goes on to \
                 the end of the file; close it, or take it out"
            ))
        })
    }

    fn see(&mut self, byte: u8) {
        self.inside = match (self.inside, byte) {
            (Inside::Beginning, b'"') => {
                self.opened = self.at;
                Inside::Quotes
            }
            (Inside::Quotes, b'"') => Inside::Quote,
            (Inside::Quote, b'"') | (Inside::Quotes, _) => Inside::Quotes,
            (_, b'\n' | b'\r') => Inside::Beginning,
            (_, byte) if byte == self.delimiter => Inside::Beginning,
            _ => Inside::Plain,
        };
        self.at = match (self.at, byte) {
            ((line, _), b'\n') => (line + 1, 1),
            // The rest of a character.
            (at, 0x80..=0xBF) => at,
            ((line, column), _) => (line, column + 1),
        };
    }
}

impl<R: Read> Read for Quoted<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let count = self.bytes.read(into)?;
        into[..count].iter().for_each(|byte| self.see(*byte));
        Ok(count)
    }
}
