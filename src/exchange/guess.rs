//! Which format a file is in, by its name and by how it begins, for whoever does not say.

use super::format::Format;

/// A format, how names of such files end, and words that all stand in the beginning. What is plain
/// comes first.
const SIGNS: &[(&str, &[&str], &[&str])] = &[
    ("jsonl", &[".jsonl", ".ndjson"], &[]),
    ("markdown", &[".md", ".markdown"], &[]),
    ("todo.txt", &[".txt"], &[]),
    ("taskwarrior", &[".json"], &["\"uuid\"", "\"description\""]),
    ("github", &[".json"], &["\"number\"", "\"title\""]),
    ("trello", &[".json"], &[]),
    ("jira", &[".csv"], &["Issue key"]),
    ("jira", &[".csv"], &["Issue Type", "Summary"]),
    ("linear", &[".csv"], &["Cycle Name"]),
    ("azure", &[".csv"], &["Work Item Type"]),
    ("productboard", &[".csv"], &["entity_name"]),
    ("sprints", &[".csv"], &["vel_starttime"]),
    ("csv", &[".csv", ".tsv"], &[]),
];

impl Format {
    /// The format that a file of this name with this beginning is most likely in.
    pub fn guess(name: &str, start: &str) -> Option<&'static Self> {
        let name = name.to_lowercase();
        let is_it = |(_, ends, words): &&(&str, &[&str], &[&str])| {
            ends.iter().any(|end| name.ends_with(end))
                && words.iter().all(|word| start.contains(word))
        };
        SIGNS.iter().find(is_it).and_then(|(id, ..)| Self::find(id))
    }

    /// How the name of a file in it ends; of the text that it is, where none is known.
    pub fn ending(&self) -> &'static str {
        let own = SIGNS.iter().find(|(id, ..)| *id == self.id);
        own.and_then(|(_, ends, _)| ends.first().copied()).unwrap_or(".txt")
    }

    /// The format that a file is most likely in, where its name says that it is not in this one.
    pub fn rather(&self, name: &str, start: &str) -> Option<&'static Self> {
        let lower = name.to_lowercase();
        let mut own = SIGNS.iter().filter(|(id, ..)| *id == self.id).peekable();
        let has_other_name = own.peek().is_some()
            && !own.any(|(_, ends, _)| ends.iter().any(|end| lower.ends_with(end)));
        Self::guess(name, start).filter(|_| has_other_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_name_and_its_beginning() {
        for (name, start, id) in [
            ("old.CSV", "title,points\n", "csv"),
            ("export.csv", "Summary,Issue key,Issue id\n", "jira"),
            ("data.csv", "ID,Work Item Type,Title\n", "azure"),
            ("board.json", "{\"id\":\"1\",\"name\":\"b\"", "trello"),
            ("issues.json", "[{\"number\":1,\"title\":\"a\"}]", "github"),
            ("tasks.json", "[{\"id\":1,\"description\":\"a\",\"uuid\":\"b\"}]", "taskwarrior"),
            ("todo.txt", "(A) x", "todo.txt"),
        ] {
            assert_eq!(Format::guess(name, start).map(|format| format.id), Some(id), "{name}");
        }
        assert!(Format::guess("board.xlsx", "").is_none());
        let rather = |id: &str, name: &str| {
            Format::find(id).and_then(|it| it.rather(name, "{}")).map(|other| other.id)
        };
        assert_eq!(rather("jira", "trello.json"), Some("trello"));
        assert_eq!(rather("trello", "Jira.csv"), Some("csv"));
        assert_eq!(rather("jira", "ideas.csv"), None, "Jira's files are called so too");
        assert_eq!(rather("jira", "board.xlsx"), None);
        assert!(SIGNS.iter().all(|(id, ..)| Format::find(id).is_some_and(|it| it.reads.is_some())));
    }
}
