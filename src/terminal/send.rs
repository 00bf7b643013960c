//! Writing a file for another tool or for people, as the screen asks for it.

use super::bring::at_home;
use super::outfile::{self, OutfileError};
use crate::app::{Sending, Sent, Unsent};
use crate::exchange::report::{Report, Told};
use crate::exchange::{Asked, Export};
use crate::insight::changes::{Since, Then};
use crate::workspace::number::counted;
use crate::workspace::{Date, Hat, Past, Workspace};
use std::path::Path;

/// Writes it, and says what was written. A page whose path ends so is Markdown. `kept` is the path
/// of the workspace, and `past` what is remembered since a day.
///
/// # Errors
/// A file is there that is not to be written over, or it cannot be written.
pub fn write(
    sending: Sending,
    kept: &Path,
    past: impl FnOnce(Date) -> Past,
) -> Result<Sent, Unsent> {
    let path = at_home(&sending.path);
    let workspace = Workspace::new(sending.content.clone());
    let (text, what) = match sending.export {
        Export::Items(_, write) => {
            let asked =
                Asked { zone: jiff::tz::TimeZone::system(), ..Asked::under(workspace.settings()) };
            let text = write(&workspace, &sending.items, &asked);
            (text, counted(sending.items.len(), "item"))
        }
        Export::Report(report) => {
            (self::report(report, &sending, &workspace, past), report.id.to_owned())
        }
    };
    match outfile::write(&path, &text, sending.over, kept) {
        Ok(()) => Ok(Sent {
            words: format!("written: {what} to {}", path.display()),
            late: sending.export.late(&workspace, sending.today),
        }),
        Err(OutfileError::Exists(_)) => Err(Unsent::Exists(Box::new(sending))),
        Err(error) => Err(Unsent::Failed(error.to_string())),
    }
}

fn report(
    report: &Report,
    sending: &Sending,
    workspace: &Workspace,
    past: impl FnOnce(Date) -> Past,
) -> String {
    let since = Since::last(workspace, Hat::Pm, sending.today);
    let then = Then::of(workspace, &past(since.day), &since);
    let is_markdown = sending.path.to_lowercase().ends_with(".md");
    let usual = Told::of(workspace, &then, &since, sending.today);
    let told = Told { audience: sending.audience, html: !is_markdown, ..usual };
    (report.writes)(workspace, &told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::report::Audience;
    use crate::store::{Site, WorkspaceFile};
    use crate::workspace::{Content, Field, Id, Place, Record, Value};
    use std::sync::Arc;

    #[test]
    fn what_is_exported_is_in_the_file_and_nothing_is_lost_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let item = Arc::new(Record::new(Id::new("a")).with(Field::Title, Value::text("One")));
        let mut content = Content::default();
        content.fill(Place::Backlog, vec![Arc::clone(&item)]);
        let send = |id: &str, name: &str, over: bool| {
            let sending = Sending {
                export: Export::find(id).unwrap(),
                items: vec![(Place::Backlog, Arc::clone(&item))],
                audience: Audience::ALL[1],
                content: content.clone(),
                today: Date::constant(2026, 11, 22),
                path: folder.path().join(name).display().to_string(),
                over,
            };
            write(sending, &folder.path().join("kept"), |_| Past::default())
        };
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(send("csv", "a.csv", false).unwrap().words.starts_with("written: 1 item to "));
        assert!(read("a.csv").contains(",One,"));
        assert!(matches!(send("jsonl", "a.csv", false), Err(Unsent::Exists(_))));
        assert!(read("a.csv").contains(",One,"));
        assert!(send("jsonl", "a.csv", true).is_ok());
        assert!(read("a.csv").starts_with('{'));
        assert!(send("roadmap", "page.html", false).is_ok());
        assert!(read("page.html").starts_with("<!doctype html>"));
        assert!(send("roadmap", "page.md", false).is_ok());
        assert!(read("page.md").starts_with('#'));
        std::fs::write(folder.path().join("kept"), "{}").unwrap();
        assert!(matches!(send("csv", "kept", true), Err(Unsent::Failed(_))));
        assert!(matches!(send("csv", "no/such", true), Err(Unsent::Failed(_))));
    }

    #[test]
    fn what_is_sent_with_days_that_are_late_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let sprints: Vec<String> = (1..=9)
            .map(|nth| {
                let days = format!(r#""start":"2026-0{nth}-01","end":"2026-0{nth}-14""#);
                format!(r#"{{"id":"s{nth}","name":"{nth}",{days},"state":"closed","delivered":5}}"#)
            })
            .collect();
        let workspace = format!(
            r#"{{"twohats":1,"sprints":[{}],
            "releases":[{{"id":"r1","name":"2.0","date":"2026-10-10"}}],
            "backlog":[{{"id":"a","kind":"story","title":"A","points":90,"release":"r1"}}]}}"#,
            sprints.join(",")
        );
        let kept = folder.path().join("w.json");
        std::fs::write(&kept, workspace).unwrap();
        let (opened, _) = WorkspaceFile::open_at(&Site::stateless(), &kept).unwrap();
        let send = |id: &str| {
            let sending = Sending {
                export: Export::find(id).unwrap(),
                items: Vec::new(),
                audience: Audience::ALL[0],
                content: opened.content.clone(),
                today: Date::constant(2026, 10, 1),
                path: folder.path().join(id).display().to_string(),
                over: false,
            };
            write(sending, &kept, |_| Past::default()).unwrap().late
        };
        let late = send("ics");
        assert!(matches!(&late[..], [it] if it.starts_with("2.0 by ")), "{late:?}");
        assert_eq!(send("changelog"), [""; 0]);
    }
}
