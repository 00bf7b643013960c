//! The configuration of a command: the files, variables and options that say something, weighed.

use super::console::complain;
use super::options::Options;
use crate::config::{At, Config, File, Layer, Outside, Problem, ROWS, Source, Value};
use crate::store::{config, find};
use crate::terminal;
use crate::view::LOOKS;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::env;
use std::path::{Path, PathBuf};

/// How the screen looks and listens, this once.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Looks {
    /// The colours
    #[arg(long, value_name = "NAME", value_parser = themes())]
    theme: Option<String>,
    /// Symbols and borders in plain ASCII
    #[arg(long)]
    ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
}

fn themes() -> PossibleValuesParser {
    PossibleValuesParser::new(LOOKS.iter().map(|look| look.name))
}

impl Looks {
    /// The first of the options that is given.
    pub fn first(&self) -> Option<&'static str> {
        self.flags().first().map(|(_, flag, _)| *flag)
    }

    fn flags(&self) -> Vec<(&'static str, &'static str, Value)> {
        let theme = self.theme.clone().map(|name| ("theme", "--theme", Value::Word(name)));
        let ascii = self.ascii.then_some(("ascii", "--ascii", Value::Flag(true)));
        let mouse = self.no_mouse.then_some(("mouse", "--no-mouse", Value::Flag(false)));
        [theme, ascii, mouse].into_iter().flatten().collect()
    }
}

/// A file that may say something.
#[derive(Debug)]
pub(super) struct Place {
    /// Whose it is.
    pub layer: Layer,
    /// Its path.
    pub path: PathBuf,
    /// Whether it is there.
    pub exists: bool,
}

/// What holds, and where it could have been said.
#[derive(Debug)]
pub(super) struct Configuration {
    /// What holds.
    pub config: Config,
    /// The files, the strongest first.
    pub places: Vec<Place>,
}

impl Configuration {
    /// All that is said for the workspace that is meant. What the terminal can show counts only
    /// for what is drawn on it.
    pub fn of(options: &Options, looks: &Looks, drawn: bool) -> Self {
        let workspace = find::find(options.file.clone()).ok();
        Self::beside(workspace.as_deref(), looks, drawn)
    }

    /// The same for the workspace at this path.
    pub fn beside(workspace: Option<&Path>, looks: &Looks, drawn: bool) -> Self {
        let set = |name: &&'static str| {
            let text = env::var(name).ok().filter(|text| !text.is_empty())?;
            Some((*name, text))
        };
        let variables = ROWS.iter().filter_map(|row| row.variable);
        let mut outside = Outside {
            plain_terminal: drawn && terminal::shows_only_ascii(),
            environment: variables.filter_map(|name| set(&name)).collect(),
            flags: looks.flags(),
            files: Vec::new(),
        };
        let project = workspace.map(|path| (Layer::Project, config::project_path(path)));
        let user = config::user_path().ok().map(|path| (Layer::User, path));
        let mut problems = Vec::new();
        let mut places = Vec::new();
        for (layer, path) in project.into_iter().chain(user) {
            let shown = path.display().to_string();
            let read = config::read(&path);
            let exists = !matches!(read, Ok(None));
            match read {
                Ok(text) => {
                    outside.files.extend(text.map(|text| File { layer, path: shown, text }));
                }
                Err(error) => problems.push(Problem {
                    source: Source::File(At { layer, path: shown, line: 1, column: 1 }),
                    words: format!("this can't be read: {error}"),
                }),
            }
            places.push(Place { layer, path, exists });
        }
        let mut config = Config::of(&outside);
        config.problems.extend(problems);
        Self { config, places }
    }

    /// Says on stderr what does not count.
    pub fn complain(&self, options: &Options) {
        if !options.quiet {
            self.config.problems.iter().for_each(|problem| complain(&problem.to_string()));
        }
    }
}
