//! Markdown: task lists, as GitHub and most notebooks have them.

use super::asked::{Asked, Chosen};
use super::decode::text_from;
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::words::{self, OWN};
use crate::workspace::{Field, Place, Record, Value, Workspace, sorted};
use std::fmt::Write as _;
use std::io::Read;

/// Task lists.
pub static FORMAT: Format = Format {
    id: "markdown",
    name: "task lists in Markdown",
    reads: Some(Reader::Text(read)),
    writes: Some(write),
    about: "`- [ ]` and `- [x]`, nested ones as parts, text below as notes, headings as places or tags",
    source: "https://github.github.com/gfm/#task-list-items-extension-",
    to: Place::Backlog,
};

/// What is written behind an item for this program itself.
const CARRIED: [Field; 16] = [
    Field::Kind,
    Field::Tags,
    Field::Status,
    Field::Parent,
    Field::Objective,
    Field::Persona,
    Field::Release,
    Field::Sprint,
    Field::BlockedBy,
    Field::Points,
    Field::Ratings,
    Field::Start,
    Field::Due,
    Field::Created,
    Field::Started,
    Field::Done,
];

/// Where what this program says for itself begins and ends.
const OPEN: &str = " <!-- ";
const CLOSE: &str = " -->";
/// What sets a criterion apart from a part.
const CRITERION: &str = " <!-- criterion -->";

/// A task whose indented lines may still follow.
struct Level {
    indent: usize,
    entry: Entry,
}

/// A list while it is read.
#[derive(Default)]
struct Outline {
    open: Vec<Level>,
    done: Vec<Entry>,
    heading: String,
    /// How often each name was used, so that no two tasks have one.
    row: usize,
}

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let text = text_from(bytes)?;
    let mut haul = Haul::of("markdown", asked);
    let mut outline = Outline::default();
    let mut fenced = false;
    for line in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        outline.row += 1;
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        if fenced || is_fence {
            outline.note(line);
        } else {
            outline.line(line);
        }
    }
    outline.close(0);
    let mut entries = outline.done;
    sorted::by_key(&mut entries, |entry| entry.row);
    entries.into_iter().for_each(|entry| haul.take(entry));
    Ok(haul)
}

impl Outline {
    fn line(&mut self, line: &str) {
        let heading = line.trim_start_matches('#');
        let level = line.len() - heading.len();
        if (1..=6).contains(&level) && heading.starts_with(' ') {
            self.close(0);
            heading.trim().trim_end_matches('#').trim().clone_into(&mut self.heading);
            return;
        }
        match task(line) {
            Some((indent, met, text)) => self.task(indent, met, text),
            None => self.note(line),
        }
    }

    fn task(&mut self, indent: usize, met: bool, text: &str) {
        if let (Some(level), Some(text)) = (self.open.last_mut(), text.strip_suffix(CRITERION)) {
            return level.entry.criterion(&words::decoded(text), met);
        }
        self.close(indent);
        let mut entry = Entry::new(self.row);
        entry.done = Some(met);
        let own = text.rfind(&format!("{OPEN}{OWN}")).and_then(|at| {
            let own = text[at + OPEN.len()..].strip_suffix(CLOSE)?;
            Some((&text[..at], own))
        });
        match own {
            Some((title, own)) => known_again(&mut entry, title, own),
            None => self.found(&mut entry, text),
        }
        self.open.push(Level { indent, entry });
    }

    /// A task of somebody else: what is around it says what it belongs to.
    fn found(&self, entry: &mut Entry, text: &str) {
        entry.line(Field::Title, text);
        entry.aliases.push(format!("line {}", entry.row));
        entry.say(Field::Notes, None);
        if let Some(above) = self.open.last() {
            entry.link(Field::Parent, &format!("line {}", above.entry.row));
            entry.say(Field::Kind, Some(Value::text("task")));
        }
        let heading = self.heading.to_lowercase();
        match Place::of_items(&heading) {
            Some(Place::Done) | None if heading.is_empty() => {}
            Some(Place::Done) => entry.done = Some(true),
            Some(place) => entry.place = Some(place),
            None => entry.words(Field::Tags, [heading]),
        }
    }

    /// A line below a task is a note on it.
    fn note(&mut self, line: &str) {
        let Some(level) = self.open.last_mut() else { return };
        let text = line.trim_start();
        if line.len() - text.len() <= level.indent && !text.is_empty() {
            // What is not indented belongs to no task; it is no task either.
            return self.close(0);
        }
        let before = level.entry.text(Field::Notes).to_owned();
        let own = level.entry.own.is_some();
        let note = match text.strip_prefix('>').filter(|_| own) {
            Some(quoted) => words::decoded(quoted.strip_prefix(' ').unwrap_or(quoted)),
            None if own => return,
            None => text.to_owned(),
        };
        let first = level.entry.get(Field::Notes).is_none();
        let both = if first { note } else { format!("{before}\n{note}") };
        if !(first && both.is_empty() && !own) {
            level.entry.fields.retain(|(field, _)| *field != Field::Notes);
            level.entry.fields.push((Field::Notes, Some(Value::text(both))));
        }
    }

    /// Ends every task that is indented as far or further.
    fn close(&mut self, indent: usize) {
        while let Some(level) = self.open.pop_if(|level| level.indent >= indent) {
            let mut entry = level.entry;
            if entry.own.is_none() {
                let notes = entry.text(Field::Notes).trim_end().to_owned();
                entry.say(Field::Notes, Some(Value::text(notes)));
            }
            self.done.push(entry);
        }
    }
}

/// A line that is a task: how far it is indented, whether it is ticked off, and its text.
fn task(line: &str) -> Option<(usize, bool, &str)> {
    let text = line.trim_start();
    let indent: usize =
        line[..line.len() - text.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = match text.len() - numbered.len() {
        0 => text.strip_prefix(['-', '*', '+'])?,
        _ => numbered.strip_prefix(['.', ')'])?,
    };
    let boxed = after.trim_start().strip_prefix('[').filter(|_| after.starts_with([' ', '\t']))?;
    let mut signs = boxed.chars();
    let met = match signs.next()? {
        ' ' => false,
        'x' | 'X' => true,
        _ => return None,
    };
    let text = signs.as_str().strip_prefix(']')?;
    Some((indent, met, text.strip_prefix(' ').unwrap_or(text)))
}

/// Reads an item that this program wrote: `own` is exact, as long as what people see of it still
/// says the same.
fn known_again(entry: &mut Entry, title: &str, own: &str) {
    let done = entry.done;
    words::read(entry, own, &CARRIED);
    for field in [Field::Notes, Field::Acceptance] {
        entry.say(field, None);
    }
    if entry.done != done {
        entry.place = None;
        entry.done = done;
        entry.say(Field::Done, None);
    }
    let exact = own.split(' ').find_map(|word| word.strip_prefix("title:")).map(words::decoded);
    let exact = exact.filter(|exact| visible(exact) == title);
    entry.say(Field::Title, Some(Value::text(exact.unwrap_or_else(|| title.to_owned()))));
}

/// A title as it can stand in a line.
fn visible(title: &str) -> String {
    title.replace(char::is_control, " ")
}

fn write(workspace: &Workspace, items: &[Chosen], _: &Asked) -> String {
    let name = workspace.product().title();
    let mut text = format!(
        "# {}\n",
        if name.is_empty() { "Backlog" } else { name }.replace(char::is_control, " ")
    );
    let mut last = None;
    for (place, item) in items {
        if last != Some(*place) {
            let key = place.key();
            let (first, rest) = key.split_at(1);
            let _ = write!(text, "\n## {}{rest}\n\n", first.to_uppercase());
        }
        last = Some(*place);
        text.push_str(&lines(*place, item));
    }
    text
}

fn lines(place: Place, item: &Record) -> String {
    let tick = |met: bool| if met { 'x' } else { ' ' };
    let title = visible(item.title());
    let mut own = words::written(place, item, &CARRIED);
    if title != item.title() {
        let _ = write!(own, " title:{}", words::encoded(item.title()));
    }
    let mut lines = format!("- [{}] {title}{OPEN}{own}{CLOSE}\n", tick(place == Place::Done));
    if !item.text(Field::Notes).is_empty() {
        for line in item.text(Field::Notes).split('\n') {
            // What could not stand in a line is spelled out, and so is the sign of that.
            let line: String = line
                .chars()
                .map(|c| match c {
                    '%' | '\r' => format!("%{:02X}", u32::from(c)),
                    c => c.to_string(),
                })
                .collect();
            lines.push_str(format!("  > {line}").trim_end_matches(' '));
            lines.push_str(&"%20".repeat(line.len() - line.trim_end_matches(' ').len()));
            lines.push('\n');
        }
    }
    for criterion in item.list(Field::Acceptance) {
        let text = criterion.get("text").and_then(Value::as_text).unwrap_or_default();
        let met = criterion.get("met") == Some(&Value::Flag(true));
        let text = text.replace('%', "%25").replace(char::is_control, " ");
        let _ = writeln!(lines, "  - [{}] {text}{CRITERION}", tick(met));
    }
    lines
}
