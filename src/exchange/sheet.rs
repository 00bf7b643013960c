//! A table of text, row by row: whatever parts its cells, however its lines end.

use super::haul::Unreadable;
use super::quoted::Quoted;
use ::csv::{ReaderBuilder, StringRecord};
use std::io::{BufRead, BufReader, Read};

/// Bytes of the beginning that are looked at to see what parts the cells.
const GLANCE: usize = 64 << 10;
/// What may part cells; where two are as likely, the first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The length of `sep=;`.
const SAID: usize = 5;

/// A table, the header of which is read.
pub struct Sheet<'a> {
    /// The names of its columns, without blanks around them.
    pub header: Vec<String>,
    reader: ::csv::Reader<Quoted<BufReader<&'a mut dyn Read>>>,
    row: usize,
}

impl<'a> Sheet<'a> {
    /// Opens a table.
    ///
    /// # Errors
    /// It has no header, or what gives its bytes fails.
    pub fn open(bytes: &'a mut dyn Read) -> Result<Self, Unreadable> {
        let mut bytes = BufReader::with_capacity(GLANCE, bytes);
        let start = bytes.fill_buf().map_err(|error| Unreadable::because("cannot read", error))?;
        if is_json(start) {
            return Err(Unreadable("this is JSON and not a table".into()));
        }
        // A first line of a spreadsheet's that only says what parts the cells.
        let said = match *start {
            [b's', b'e', b'p', b'=', sign, b'\r' | b'\n', ..] => Some(sign),
            _ => None,
        };
        let delimiter = said.unwrap_or_else(|| delimiter(start));
        bytes.consume(if said.is_some() { SAID } else { 0 });
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Quoted::new(bytes, delimiter));
        let mut record = StringRecord::new();
        let found = reader.read_record(&mut record).map_err(|error| unreadable(&error))?;
        if let Some(torn) = reader.get_ref().torn().filter(|_| reader.is_done()) {
            return Err(torn);
        }
        let header: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if !found || header.iter().all(String::is_empty) {
            return Err(Unreadable(
                "there is no header, so nothing says what the cells are".into(),
            ));
        }
        Ok(Self { header, reader, row: 1 })
    }

    /// Reads the next row that has anything in it, and gives its number; the header is row 1.
    ///
    /// # Errors
    /// What gives the bytes fails; or, at the end, a quote that opens a cell was never closed, so
    /// that the last row swallowed what stood behind it.
    pub fn next(&mut self, row: &mut StringRecord) -> Result<Option<usize>, Unreadable> {
        loop {
            if !self.reader.read_record(row).map_err(|error| unreadable(&error))? {
                return self.reader.get_ref().torn().map_or(Ok(None), Err);
            }
            self.row += 1;
            if row.iter().any(|cell| !cell.is_empty()) {
                return Ok(Some(self.row));
            }
        }
    }
}

fn unreadable(error: &::csv::Error) -> Unreadable {
    Unreadable::because("cannot read the table", error)
}

/// Whether these bytes begin a JSON object or list rather than a header.
fn is_json(start: &[u8]) -> bool {
    match start.trim_ascii_start() {
        [b'{', ..] => true,
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'{' | b'[' | b']' | b'"', ..]),
        _ => false,
    }
}

/// What parts the cells of the first line: what stands in it most often, quotes aside.
fn delimiter(start: &[u8]) -> u8 {
    let mut quoted = false;
    let line = start.iter().copied().take_while(|byte| {
        quoted ^= *byte == b'"';
        quoted || !matches!(byte, b'\n' | b'\r')
    });
    let mut quoted = false;
    let plain: String = line
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted
        })
        .map(char::from)
        .collect();
    let count = |sign: &u8| plain.matches(char::from(*sign)).count();
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(mut text: &[u8]) -> Vec<(usize, Vec<String>)> {
        let mut sheet = Sheet::open(&mut text).unwrap();
        let (mut record, mut rows) = (StringRecord::new(), vec![(1, sheet.header.clone())]);
        while let Some(row) = sheet.next(&mut record).unwrap() {
            rows.push((row, record.iter().map(str::to_owned).collect()));
        }
        rows
    }

    #[test]
    fn cells_keep_quotes_line_breaks_and_formulas() {
        let text = b"a,b\r\n\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n\r\n=1+1,' x\r\n";
        let read = rows(text);
        assert_eq!(read[1], (2, vec!["say \"hi\"".into(), "two\r\nlines".into()]));
        assert_eq!(read[2].1, ["=1+1", "' x"]);
    }

    #[test]
    fn what_parts_the_cells_is_seen_in_the_header() {
        for sign in [",", ";", "\t", "|"] {
            let text = format!("a{sign}\"b, c; d\"{sign}e\n1{sign}2{sign}3\n");
            assert_eq!(rows(text.as_bytes())[1].1.len(), 3, "{sign:?}");
        }
        assert_eq!(rows(b"only\n\"x\"\n").len(), 2);
    }

    #[test]
    fn a_first_line_may_say_what_parts_the_cells() {
        assert_eq!(rows(b"sep=;\r\na,b;c\r\n1;2\r\n")[1].1, ["1", "2"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error_with_its_place() {
        let torn = |mut text: &[u8]| {
            let mut sheet = Sheet::open(&mut text).unwrap();
            let mut record = StringRecord::new();
            loop {
                match sheet.next(&mut record) {
                    Ok(Some(_)) => {}
                    Ok(None) => break None,
                    Err(Unreadable(why)) => break Some(why),
                }
            }
        };
        let why = torn("a,b\n\"é\ny\",\"x\n2,y\n3,z\n".as_bytes()).unwrap();
        assert!(why.starts_with("the quote in line 3, column 4 is never closed"), "{why}");
        assert!(torn(b"sep=;\na;b\n1;\"x\n").unwrap().contains("line 3, column 3"));
        for whole in [
            "a,b\n1,\"x\ny\"\n",
            "a,b\n\"x\ny\",z\n",
            "a,b\n1,5\" disk\n",
            "a,b\n1,x",
            "a,b\n1,\"say \"\"hi\"\"\"",
            "a,b\n1,\"x\ny\"z",
        ] {
            assert_eq!(torn(whole.as_bytes()), None, "{whole}");
        }
    }

    #[test]
    fn what_is_json_is_no_table() {
        for json in ["{\"a\":1}", " [\n {\"a\":1}]", "[]"] {
            assert!(Sheet::open(&mut json.as_bytes()).is_err(), "{json}");
        }
        assert!(Sheet::open(&mut &b"[x],title\n1,2\n"[..]).is_ok());
    }

    #[test]
    fn without_a_header_nothing_is_read() {
        assert!(Sheet::open(&mut &b""[..]).is_err());
        assert!(Sheet::open(&mut &b",,\n1,2,3"[..]).is_err());
    }
}
