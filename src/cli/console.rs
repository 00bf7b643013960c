//! Where a verb prints: data to stdout, words to stderr. Nothing reaches either of them that could
//! drive a terminal.

use super::configuration::{Configuration, Looks};
use super::failure::Failure;
use super::options::Options;
use super::sitting::Sitting;
use crate::app::preferences::DateFormat;
use crate::store::find;
use crate::terminal;
use crate::view::text;
use crate::workspace::day::Day;
use crate::workspace::{Date, Id, MergeNote, Workspace};
use crossterm::style::Stylize;
use memchr::memchr2;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::mem;

/// The code of a command that is done and kept two values for one field.
const IN_CONFLICT: u8 = 3;

/// Bytes that are gathered before they are handed over.
const BUFFER: usize = 64 << 10;

/// How a piece of a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As usual.
    Plain,
    /// Stands out.
    Bold,
    /// Stands back.
    Dim,
}

/// A piece of a line.
pub(super) type Piece = (Ink, String);

/// A piece that looks as usual.
pub(super) fn plain(text: impl Into<String>) -> Piece {
    (Ink::Plain, text.into())
}

/// Where data goes.
enum Out {
    /// To stdout at once.
    Straight(BufWriter<StdoutLock<'static>>),
    /// To the terminal at the end, since it may be longer than that.
    Paged(Vec<u8>),
    /// Nowhere; whoever runs the command takes it.
    Kept(Vec<u8>),
}

/// What a command printed and said that is part of another.
pub(super) struct Kept {
    /// What would be on stdout.
    pub data: String,
    /// What would be on stderr, message by message.
    pub words: Vec<String>,
}

/// A list of JSON values that is being printed.
pub(super) struct JsonList<'a> {
    console: &'a mut Console,
    /// What stands before the next one.
    before: &'static str,
}

impl JsonList<'_> {
    /// Prints one more, or several in one text, each in a line.
    pub fn add(&mut self, value: &str) -> Result<(), Failure> {
        self.console.write_json(mem::replace(&mut self.before, ",\n"))?;
        self.console.write_json(value)
    }
}

/// stdout and stderr, and what the options say of them.
pub(super) struct Console {
    /// The options of the command.
    pub options: Options,
    /// The day.
    pub today: Date,
    /// The code the command ends with when nothing fails.
    pub code: u8,
    /// The workspace of the batch that the command is part of.
    pub sitting: Option<Sitting>,
    out: Out,
    words: RefCell<Vec<String>>,
    remarks: RefCell<Vec<String>>,
    highlights: bool,
    columns: Option<usize>,
}

impl Console {
    /// The console of a command with these options.
    pub fn new(options: Options) -> Self {
        let wide = || crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
        let columns = if io::stdout().is_terminal() { wide() } else { None };
        let straight = || Out::Straight(BufWriter::with_capacity(BUFFER, io::stdout().lock()));
        Self {
            today: options.today(),
            code: 0,
            sitting: None,
            out: if options.pages() { Out::Paged(Vec::new()) } else { straight() },
            words: RefCell::default(),
            remarks: RefCell::default(),
            highlights: options.highlights(),
            columns: columns.filter(|columns| *columns > 0),
            options,
        }
    }

    /// The console of a command that is part of a batch: what it prints and says is kept.
    pub fn within(options: Options, sitting: Sitting) -> Self {
        Self {
            today: options.today(),
            code: 0,
            sitting: Some(sitting),
            out: Out::Kept(Vec::new()),
            words: RefCell::default(),
            remarks: RefCell::default(),
            highlights: false,
            columns: None,
            options,
        }
    }

    /// What a command within a batch printed and said.
    pub fn kept(self) -> Kept {
        let data = match self.out {
            Out::Kept(data) => String::from_utf8_lossy(&data).into_owned(),
            Out::Straight(_) | Out::Paged(_) => String::new(),
        };
        let words = [self.words.into_inner(), self.remarks.into_inner()].concat();
        Kept { data, words }
    }

    /// How the person wants a day written for them. Data keeps to `2026-12-18`.
    pub fn dates(&self) -> DateFormat {
        Configuration::of(&self.options, &Looks::default(), false).config.settings.dates
    }

    /// Whether the person writes the month before the day; nothing where that is not known.
    pub fn month_first(&self) -> Option<bool> {
        self.dates().month_first()
    }

    /// The day that the person means.
    pub fn day(&self, day: Day) -> Result<Date, Failure> {
        day.on(self.today, self.month_first()).map_err(Failure::Usage)
    }

    /// The same of a day that is past.
    pub fn past_day(&self, day: Day) -> Result<Date, Failure> {
        day.before(self.today, self.month_first()).map_err(Failure::Usage)
    }

    /// Cells of a line, where stdout is a terminal.
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Prints a line of data for people, cut where the terminal ends.
    pub fn print(&mut self, pieces: &[Piece]) -> Result<(), Failure> {
        let mut room = self.columns.unwrap_or(usize::MAX);
        let mut line = String::new();
        for (ink, piece) in pieces.iter().filter(|(_, piece)| !piece.is_empty()) {
            let piece = text::fit(piece, room);
            room = room.saturating_sub(text::width(&piece));
            let _ = match ink {
                Ink::Bold if self.highlights => write!(line, "{}", piece.bold()),
                Ink::Dim if self.highlights => write!(line, "{}", piece.dim()),
                _ => write!(line, "{piece}"),
            };
        }
        self.write(line.trim_end())
    }

    /// Prints a line without pieces.
    pub fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.print(&[plain(line)])
    }

    /// Prints JSON. What a terminal could take for a command is escaped.
    pub fn json(&mut self, json: &str) -> Result<(), Failure> {
        self.write_json(json)?;
        self.write("")
    }

    fn write_json(&mut self, json: &str) -> Result<(), Failure> {
        // No such character is spelled without one of these bytes, which are quickly looked for.
        let may = memchr2(0x7f, 0xc2, json.as_bytes()).is_some();
        let is_control = |c: char| matches!(c, '\u{7f}'..='\u{9f}');
        if !may || !json.contains(is_control) {
            return self.out.write_all(json.as_bytes()).map_err(Failure::Output);
        }
        // Such a character stands only inside a string, so it can be spelled out where it is.
        let spelled = json.chars().fold(String::new(), |mut text, c| {
            let _ = if is_control(c) {
                write!(text, "\\u{:04x}", u32::from(c))
            } else {
                write!(text, "{c}")
            };
            text
        });
        self.out.write_all(spelled.as_bytes()).map_err(Failure::Output)
    }

    /// Prints JSON values: the only one as it is, several as a list.
    pub fn json_one_or_all(&mut self, values: &[String]) -> Result<(), Failure> {
        match values {
            [one] => self.json(one),
            _ => self.json_list(values),
        }
    }

    /// Prints a list of JSON values, one a line.
    pub fn json_list(
        &mut self,
        values: impl IntoIterator<Item: AsRef<str>>,
    ) -> Result<(), Failure> {
        let mut values = values.into_iter();
        self.json_list_of(|list| values.try_for_each(|value| list.add(value.as_ref())))
    }

    /// Prints a list of JSON values as they come.
    pub fn json_list_of(
        &mut self,
        fill: impl FnOnce(&mut JsonList) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut list = JsonList { console: self, before: "[\n" };
        fill(&mut list)?;
        let is_empty = list.before == "[\n";
        self.write(if is_empty { "[]" } else { "\n]" })
    }

    /// Prints text of the program's own, as it is.
    pub fn page(&mut self, page: &str) -> Result<(), Failure> {
        self.write(page.trim_end_matches('\n'))
    }

    /// Prints text for other programs as it is, and for a person made safe.
    pub fn data(&mut self, text: &str) -> Result<(), Failure> {
        if matches!(self.out, Out::Kept(_)) || !io::stdout().is_terminal() {
            return self.out.write_all(text.as_bytes()).map_err(Failure::Output);
        }
        text.lines().try_for_each(|line| self.write(&text::safe(line)))
    }

    fn write(&mut self, line: &str) -> Result<(), Failure> {
        writeln!(self.out, "{line}").map_err(Failure::Output)
    }

    /// A command of this program about the same workspace, as it is typed.
    pub fn command(&self, words: &str) -> String {
        let file = self.options.file.as_deref();
        file.map_or_else(|| format!("twohats {words}"), |file| find::command_for(words, file))
    }

    /// Says what was done, unless only data is wanted.
    pub fn say(&self, words: &str) {
        if matches!(self.out, Out::Kept(_)) {
            self.words.borrow_mut().push(words.to_owned());
        } else if !self.options.quiet {
            complain(words);
        }
    }

    /// Says something more about what was done, once that is said.
    pub fn remark(&self, words: String) {
        self.remarks.borrow_mut().push(words);
    }

    /// Takes note of what a merge could not decide: the command ends with a code of its own where
    /// two values were kept for one thing.
    pub fn in_conflict(&mut self, notes: &[MergeNote]) {
        let is_open = |note: &&MergeNote| {
            use MergeNote::{Conflict, MovedByBoth, Unknown};
            matches!(note, Conflict { .. } | Unknown(_) | MovedByBoth(_))
        };
        let open = notes.iter().filter(is_open).count();
        if open > 0 {
            self.code = IN_CONFLICT;
            self.say(&format!(
                "both values are kept where two differ: {open}; `twohats conflicts` lists them"
            ));
        }
    }

    /// Hands over what was printed, and says what was left to be said.
    pub fn finish(&mut self) -> Result<(), Failure> {
        mem::take(&mut *self.remarks.borrow_mut()).iter().for_each(|words| self.say(words));
        if let Out::Paged(text) = &mut self.out {
            let text = mem::take(text);
            return print_or_page(&text).map_err(Failure::Output);
        }
        self.out.flush().map_err(Failure::Output)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Straight(out) => out.write(bytes),
            Self::Paged(out) | Self::Kept(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Straight(out) => out.flush(),
            Self::Paged(_) | Self::Kept(_) => Ok(()),
        }
    }
}

/// Shows what the terminal has room for, and anything longer in the pager.
fn print_or_page(text: &[u8]) -> io::Result<()> {
    let rows = crossterm::terminal::size().map_or(0, |(_, rows)| usize::from(rows));
    let lines = text.split(|byte| *byte == b'\n').count() - 1;
    if lines >= rows.max(1) && terminal::page(text) {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush())
}

/// Says something on stderr, line by line. Where nobody can hear it there is nothing to be done.
pub(super) fn complain(words: &str) {
    let mut err = io::stderr().lock();
    for (nth, line) in words.lines().enumerate() {
        let _ = match nth {
            0 => writeln!(err, "twohats: {}", text::safe(line)),
            _ => writeln!(err, "  {}", text::safe(line)),
        };
    }
}

/// Cells of the widest of these ids.
pub(super) fn widest<'a>(ids: impl IntoIterator<Item = &'a Id>) -> usize {
    ids.into_iter().map(|id| text::width(id.as_str())).max().unwrap_or_default()
}

/// An id in `cells` cells or as many as it takes, the part that is enough to name the record standing out.
pub(super) fn id(workspace: &Workspace, id: &Id, cells: usize) -> [Piece; 2] {
    let (enough, rest) = id.as_str().split_at(workspace.shortest_prefix(id));
    let wanted = cells.saturating_sub(text::width(enough)).max(text::width(rest));
    let rest = text::pad(rest, wanted);
    [(Ink::Bold, enough.to_owned()), plain(rest)]
}
