//! What the pages for users name is there: commands, options, keys, what the palette finds, formats.

use super::docs::{Desk, root};
use std::fs;

/// Pages that people read, and that no program writes.
const PAGES: [&str; 6] = [
    "README.md",
    "docs/GUIDE.md",
    "docs/FAQ.md",
    "docs/STORAGE.md",
    "docs/CONFIG.md",
    "docs/FORECAST.md",
];

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// What stands between backticks in a page, without its blocks.
fn spans(page: &str) -> Vec<&str> {
    let outside = page.split("```").step_by(2);
    outside.flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

/// Every command of this program that a page shows, in a line or in a block, without its name.
fn commands(page: &str) -> Vec<String> {
    let blocks = page.split("```").skip(1).step_by(2).flat_map(str::lines);
    let lines = blocks.filter_map(|line| line.strip_prefix("$ ").or(Some(line)));
    let shown = lines.chain(spans(page)).flat_map(|line| line.split(['|', '&', ';', '(', '>']));
    let named = shown.filter_map(|part| part.trim().strip_prefix("twohats "));
    // With two blanks it is the name in the corner of a screen.
    named.filter(|command| !command.starts_with(' ')).map(str::to_owned).collect()
}

/// What the reference says of a verb; without one, of the program.
fn reference(verb: &str) -> Option<String> {
    let all = page("docs/CLI.md");
    let sections = all.split("\n## ").skip(1);
    let mut found = sections.filter(|section| section.lines().next() == Some(verb));
    found.next().map(str::to_owned)
}

#[test]
fn every_command_that_a_page_shows_is_one_and_has_these_options() {
    let whole = reference("twohats").unwrap();
    for name in PAGES {
        for command in commands(&page(name)) {
            let words: Vec<&str> = command.split_whitespace().collect();
            let first = words.first().copied().unwrap_or_default();
            let two = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
            // What is no verb is an option, or a file with an ending.
            let said = match first {
                "" => Some(whole.clone()),
                _ if first.starts_with('-') || first.contains('.') => Some(whole.clone()),
                _ => reference(&two).or_else(|| reference(first)),
            };
            let said = said.unwrap_or_else(|| panic!("{name}: `twohats {command}`"));
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap();
                let known = said.contains(option) || whole.contains(option);
                assert!(known, "{name}: `twohats {command}`: {option}");
            }
        }
    }
}

#[test]
fn every_key_of_two_letters_that_a_page_names_is_bound() {
    let keys = page("docs/KEYS.md");
    for name in PAGES {
        let page = page(name);
        for key in spans(&page) {
            let is_view_or_sprint = key.len() == 2
                && key.starts_with(['g', 'S'])
                && key.chars().all(char::is_alphanumeric);
            let control = key.starts_with("Ctrl-") && key.len() == 6;
            if is_view_or_sprint || control {
                let bound = keys.contains(&format!("`{}`", key.replace("Ctrl", "ctrl")));
                assert!(
                    bound || control && keys.contains(&format!("`{}`", key.to_lowercase())),
                    "{name}: {key}"
                );
            }
        }
    }
}

#[test]
fn what_a_page_says_to_type_in_the_palette_finds_it() {
    let desk = Desk::default();
    for name in PAGES {
        let page = page(name);
        let typed = spans(&page).into_iter().filter_map(|span| span.strip_prefix(':'));
        for words in typed.filter(|words| !words.is_empty()) {
            let shown = desk.run(&format!(
                "twohats picture --size 80x24 -f examples/ledgerly.json --keys ':{words}'"
            ));
            let first = shown.lines().find(|line| line.contains("│ ▸ ")).unwrap_or_default();
            assert!(first.contains(words), "{name}: `:{words}` finds {first}");
        }
    }
}

#[test]
fn every_format_is_named_where_people_look_for_it() {
    let guide = page("docs/GUIDE.md");
    for verb in ["import", "export"] {
        let said = reference(verb).unwrap();
        let arguments = said.lines().take_while(|line| *line != "Options:");
        let formats = arguments.filter_map(|line| line.strip_prefix("          - "));
        for format in formats.filter_map(|line| line.split(':').next()) {
            let named = [format!("{verb} {format}"), format!("`{format}`")];
            assert!(named.iter().any(|name| guide.contains(name)), "{verb} {format}");
        }
    }
}

#[test]
fn the_comparison_is_dated_and_leaves_no_cell_empty() {
    let page = page("docs/COMPARED.md");
    assert!(page.contains("As of 22 November 2026"));
    let mut columns = 0;
    for row in page.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let is_head = row.starts_with("| |");
        columns = if is_head { cells.len() } else { columns };
        assert_eq!(cells.len(), columns, "{row}");
        // Of itself nothing is said in the row of what it has not.
        let may = is_head || row.starts_with("| has what twohats has not");
        let empty = cells.iter().filter(|cell| cell.is_empty()).count();
        assert_eq!(empty, usize::from(may), "{row}");
    }
}
