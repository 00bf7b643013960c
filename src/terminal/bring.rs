//! Bringing another tool's file in: reads it and says what would become of the workspace.

use super::{folder, glance};
use crate::app::{Bringing, Offer};
use crate::exchange::{Asked, Decoded, Format, Haul, Plan, Reader, Unreadable, What, Wishes, plan};
use crate::store;
use crate::workspace::{Op, Place, Workspace};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows that are told one by one.
const TOLD: usize = 20;

/// What bringing in a file would do. It is named by its path, with the format in front where the
/// file does not show that; a `~` is the home of the person.
///
/// # Errors
/// Why nothing can be made of it, in words.
pub fn offer(bringing: Bringing, state: Option<&Path>) -> Result<Offer, String> {
    let Bringing { said, content, ids, dates, today } = bringing;
    let (format, path) = meant(&said)?;
    let workspace = Workspace::new(content);
    let asked = Asked {
        remembered: state.and_then(|state| store::columns(state).ok()).unwrap_or_default(),
        zone: jiff::tz::TimeZone::system(),
        month_first: dates.month_first(),
        ..Asked::under(workspace.settings())
    };
    let (haul, remark) = read(format, &path, &asked).map_err(|why| {
        let other = glance::rather(format, &path);
        let rather = other.map(|it| format!("; it looks like {}: {}", it.id, it.name));
        format!("{}: {why}{}", path.display(), rather.unwrap_or_default())
    })?;
    if haul.is_blank() {
        return Err(format!("{} has no rows", path.display()));
    }
    let to = if format.to.holds_items() { format.to } else { Place::Backlog };
    let (columns, odd) = (columns(&haul), remark.into_iter().collect());
    let mut plan = plan(&workspace, haul, Wishes { to, told: false, ids, today });
    let about = [vec![plan.words()], plan.asides(), columns, odd, rows(&plan)].concat();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let did = format!("imported {name}: {}", plan.words());
    let title = format!("import {name} as {}", format.name);
    Ok(Offer { title, about, did, op: Op::Batch(std::mem::take(&mut plan.ops)) })
}

/// The format and the file that are meant.
fn meant(said: &str) -> Result<(&'static Format, PathBuf), String> {
    let said = said.trim();
    let told = said.split_once(' ').and_then(|(id, rest)| Some((Format::find(id)?, rest.trim())));
    if let Some((format, path)) = told {
        return Ok((format, at_home(path)));
    }
    let path = at_home(said);
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let format = glance::format_of(&path).map_err(failed)?;
    let unknown = || format!("say what {} is, as in: csv {said}", path.display());
    format.ok_or_else(unknown).map(|format| (format, path))
}

/// A path as it was typed: a `~` is the home of the person.
pub(super) fn at_home(path: &str) -> PathBuf {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// What the file has, and what a person should know about its encoding.
fn read(format: &Format, path: &Path, asked: &Asked) -> Result<(Haul, Option<String>), String> {
    let words = |error: std::io::Error| error.to_string();
    let wrong = |Unreadable(why)| why;
    match &format.reads {
        None => Err(format!("{} can only be written", format.id)),
        Some(Reader::Folder(read)) => {
            let pages = folder::pages(path, None).map_err(|error| error.to_string())?;
            Ok((read(&pages, asked).map_err(wrong)?, None))
        }
        Some(Reader::Text(read)) => {
            let file = File::open(path).map_err(words)?;
            let mut text = Decoded::new(file, None).map_err(|error| error.to_string())?;
            let haul = read(&mut text, asked).map_err(wrong)?;
            Ok((haul, text.remark()))
        }
    }
}

fn columns(haul: &Haul) -> Vec<String> {
    let told = [
        ("columns", haul.taken()),
        ("left out", haul.left_out().into_iter().map(str::to_owned).collect()),
    ];
    let told = told.into_iter().filter(|(_, names)| !names.is_empty());
    told.map(|(what, names)| format!("{what}: {}", names.join(", "))).collect()
}

/// What is not as it should be, and what is new, up to a number of rows.
fn rows(plan: &Plan) -> Vec<String> {
    let odd = plan.odd().map(|(_, words)| words);
    let new = plan.outcomes.iter().filter(|outcome| outcome.what != What::Unchanged);
    let new = new.map(|it| {
        let (row, what, place) = (it.row, it.what.word(), it.place.words());
        format!("row {row} {what}: {} · {place}", it.title)
    });
    let mut lines: Vec<String> = odd.chain(new).take(TOLD + 1).collect();
    if lines.len() > TOLD {
        lines[TOLD] = "… and more; `twohats import --dry-run` tells every row".into();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::DateFormat;
    use crate::workspace::{Content, IdSource};

    #[test]
    fn a_file_is_offered_with_what_it_would_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.csv");
        std::fs::write(&path, "id,title,points,owner\n1,One,3,Ada\n2,Two,XL,\n").unwrap();
        let offered = |said: &str| {
            let bringing = Bringing {
                said: said.to_owned(),
                content: Content::default(),
                ids: IdSource::seeded(1),
                dates: DateFormat::default(),
                today: crate::workspace::Date::constant(2026, 11, 22),
            };
            offer(bringing, None).map(|it| (it.title, it.about))
        };
        let (title, about) = offered(path.to_str().unwrap()).unwrap();
        let sums = "2 created, 0 updated, 0 unchanged, 0 conflicting, 0 skipped";
        assert_eq!(title, "import old.csv as a table with a header");
        assert_eq!(about[0], sums);
        assert_eq!(about[1], "columns: id → key, title → title, points → points");
        assert_eq!(about[2], "left out: owner");
        assert!(about[3].starts_with("row 3: points “XL”"), "{about:?}");
        assert_eq!(about[4], "row 2 created: One · the backlog");
        let odd = folder.path().join("old.xls");
        std::fs::copy(&path, &odd).unwrap();
        assert!(offered(odd.to_str().unwrap()).unwrap_err().starts_with("say what"));
        assert!(offered(&format!("csv {}", odd.display())).is_ok());
        let old = folder.path().join("bank.csv");
        std::fs::write(&old, b"title\nGr\xf6\xdfe\n").unwrap();
        let about = offered(old.to_str().unwrap()).unwrap().1;
        assert!(about[2].starts_with("2 bytes are not UTF-8"), "{about:?}");
        let bare = folder.path().join("bare.csv");
        std::fs::write(&bare, "id,title\n").unwrap();
        assert!(offered(bare.to_str().unwrap()).unwrap_err().ends_with("bare.csv has no rows"));
        let board = folder.path().join("board.json");
        std::fs::write(&board, "{\"id\":\"1\"").unwrap();
        let why = offered(&format!("jira {}", board.display())).unwrap_err();
        assert!(why.contains("JSON and not a table; it looks like trello"), "{why}");
        assert!(offered("nowhere.csv").unwrap_err().starts_with("cannot read nowhere.csv"));
        assert!(offered(folder.path().to_str().unwrap()).unwrap_err().contains("tasks folder"));
    }
}
