//! `batch`: many commands as one step.

use super::console::{Console, Kept};
use super::desk::Desk;
use super::failure::Failure;
use super::intake;
use super::options::Options;
use super::sitting::Sitting;
use super::verb::Verb;
use clap::{Args, FromArgMatches};
use serde_json::{Value, json};
use std::io::Read;
use std::path::PathBuf;

/// The word for the record that a line before made.
const LAST: &str = "$last";

/// Carry out many commands as one step
///
/// One command a line, without the `twohats`, quoted as for a shell; what follows a # is a comment.
/// Each line sees what those before it did. All is done and durable, or nothing is: of the first
/// line that is wrong it is said what is, and it decides the exit code. `$last` stands for the id
/// of what a line before made, also as FIELD=$last. Verbs that write more than the workspace can't
/// be part of it.
///
/// With --json there is an object for each line, with what it would have printed.
#[derive(Debug, Args)]
pub(super) struct Batch {
    /// The commands; `-` and nothing mean what is piped in
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true)]
    source: PathBuf,
    /// Only try it, and say what would happen
    #[arg(long)]
    dry_run: bool,
}

/// A line that has a command.
struct Line {
    /// From 1.
    number: usize,
    text: String,
}

/// What a line came to.
struct Carried {
    line: usize,
    command: Vec<String>,
    code: u8,
    kept: Kept,
}

impl Verb for Batch {
    const NAME: &'static str = "batch";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats batch plan.txt", "all lines, or none"),
        ("twohats batch plan.txt --dry-run", "what would happen"),
        (
            "printf '%s\\n' 'add Payroll' 'set $last points=5' | twohats batch",
            "a story, and its points",
        ),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let lines = lines(&self.read(console)?);
        let mut desk = Desk::open(console)?;
        let mut carried = Vec::new();
        if self.dry_run {
            let sitting = desk.sitting();
            carry_out(&lines, &console.options, &sitting, &mut carried)?;
        } else {
            let options = console.options.clone();
            desk.change_together(console, |sitting| {
                carry_out(&lines, &options, sitting, &mut carried)
            })?;
        }
        report(console, &carried)?;
        if self.dry_run {
            console.say("only tried: nothing was changed");
        }
        Ok(())
    }
}

impl Batch {
    fn read(&self, console: &Console) -> Result<String, Failure> {
        let mut text = String::new();
        intake::open(console, &self.source)?
            .read_to_string(&mut text)
            .map_err(intake::failed(&self.source))?;
        Ok(text)
    }
}

/// The lines that are neither empty nor a comment.
fn lines(text: &str) -> Vec<Line> {
    let numbered = text.trim_start_matches('\u{feff}').lines().enumerate();
    numbered
        .map(|(at, text)| Line { number: at + 1, text: text.trim().to_owned() })
        .filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
        .collect()
}

/// Carries out line by line what each says of the sitting; stops at the first that is wrong.
fn carry_out(
    lines: &[Line],
    options: &Options,
    sitting: &Sitting,
    carried: &mut Vec<Carried>,
) -> Result<(), Failure> {
    for line in lines {
        let done = words(line, sitting).and_then(|words| carry(line, words, options, sitting));
        carried.push(done.map_err(|why| Failure::Line {
            number: line.number,
            text: line.text.clone(),
            why: Box::new(why),
        })?);
    }
    Ok(())
}

/// The words of a line, as a shell would have them.
fn words(line: &Line, sitting: &Sitting) -> Result<Vec<String>, Failure> {
    let words = shell_words::split(&line.text);
    let words = words.map_err(|_| Failure::Usage("a quote is not closed".into()))?;
    let named = |word: String| match word.strip_suffix(LAST) {
        Some(before) if before.is_empty() || before.ends_with('=') => {
            let made = sitting.last_made();
            let none = || Failure::Usage(format!("no line before made what {LAST} stands for"));
            made.map(|id| format!("{before}{id}")).ok_or_else(none)
        }
        _ => Ok(word),
    };
    words.into_iter().map(named).collect()
}

fn carry(
    line: &Line,
    words: Vec<String>,
    options: &Options,
    sitting: &Sitting,
) -> Result<Carried, Failure> {
    let parsed = super::command().no_binary_name(true).try_get_matches_from(&words);
    let parsed = parsed.map_err(Failure::Arguments)?;
    let no_verb =
        || Failure::Usage("a line begins with a verb; `twohats --help` lists them".into());
    let (row, matches) = super::verb(&parsed).ok_or_else(no_verb)?;
    let own = Options::from_arg_matches(matches).map_err(Failure::Arguments)?;
    if row.alone {
        return Err(Failure::Usage(format!("`{}` can't be part of a batch", row.name)));
    }
    if own.file.is_some() || own.hat.is_some() {
        return Err(Failure::Usage("--file and --hat are for the whole batch".into()));
    }
    let options = Options {
        json: options.json || own.json,
        as_of: own.as_of.or(options.as_of),
        no_input: true,
        ..options.clone()
    };
    let mut console = Console::within(options, sitting.clone());
    (row.run)(matches, &mut console)?;
    Ok(Carried { line: line.number, command: words, code: console.code, kept: console.kept() })
}

/// Prints what the lines printed, and says what they said.
fn report(console: &mut Console, carried: &[Carried]) -> Result<(), Failure> {
    console.code = carried.iter().map(|line| line.code).max().unwrap_or_default();
    if console.options.json {
        let all: Vec<String> = carried.iter().map(|line| json(line).to_string()).collect();
        return console.json_list(&all);
    }
    carried.iter().try_for_each(|line| console.data(&line.kept.data))?;
    carried.iter().flat_map(|line| &line.kept.words).for_each(|words| console.say(words));
    if carried.is_empty() {
        console.say("there is no command in it");
    }
    Ok(())
}

/// A line as JSON. What it printed is JSON, or else a text.
fn json(carried: &Carried) -> Value {
    let data = carried.kept.data.trim();
    let data = match serde_json::from_str(data) {
        _ if data.is_empty() => Value::Null,
        Ok(data) => data,
        Err(_) => Value::String(data.to_owned()),
    };
    let Carried { line, command, kept, .. } = carried;
    json!({ "line": line, "command": command, "data": data, "words": kept.words })
}
