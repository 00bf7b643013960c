//! Who is told what, and that nothing in a title is more than text.

use super::*;
use crate::insight::changes::What;
use crate::workspace::{Content, Field, Hat, Place, Value};
use std::sync::Arc;

const TODAY: Date = Date::constant(2026, 11, 22);

fn report_of(id: &str) -> &'static Report {
    REPORTS.iter().find(|report| report.id == id).unwrap()
}

fn record(id: &str, title: &str) -> Record {
    Record::new(Id::new(id)).with(Field::Title, Value::text(title))
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(entries.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())
}

fn metric(name: &str, kind: &str, unit: &str) -> Value {
    let reading = |month, value| {
        Value::list([Value::Date(Date::constant(2026, month, 1)), Value::Number(value)])
    };
    map(&[
        ("name", Value::text(name)),
        ("type", Value::text(kind)),
        ("unit", Value::text(unit)),
        ("target", Value::Number(4.0)),
        ("readings", Value::list([reading(9, 8.0), reading(10, 6.0)])),
    ])
}

fn objective(id: &str, title: &str, metric: Value) -> Record {
    record(id, title).with(Field::Metrics, Value::list([metric]))
}

/// Something of everything that not everybody is to know.
fn workspace(title: &str) -> Workspace {
    let mut content = Content::default();
    let list = |records: Vec<Record>| records.into_iter().map(Arc::new).collect();
    content.set_product(
        Record::new(Id::new(""))
            .with(Field::Name, Value::text("Ledgerly"))
            .with(Field::Vision, Value::text(title))
            .with(Field::Strategy, Value::text("secret strategy")),
    );
    let budget = map(&[("2026-Q4", Value::Number(40000.0))]);
    content.set_settings(Record::new(Id::new("")).with(Field::Budget, budget));
    content.fill(
        Place::Objectives,
        list(vec![
            objective("o", "Faster", metric("hours", "usage", "h")),
            objective("p", "One salary", metric("monthly revenue", "revenue", "")),
            objective("q", "Loved", metric("score of love", "nps", "")),
            objective("e", "Cheaper", metric("cost of a close", "usage", "EUR a month")),
        ]),
    );
    let day = Value::Date(Date::constant(2026, 12, 18));
    let release = Record::new(Id::new("r")).with(Field::Name, Value::text("2.0"));
    content.fill(Place::Releases, list(vec![release.with(Field::Day, day)]));
    let factor = |value| Value::Number(value);
    let rice = [("reach", 450.0), ("impact", 3.0), ("confidence", 100.0), ("effort", 2.0)];
    let rice = rice.map(|(name, value)| (name, factor(value)));
    let bet = record("i", title)
        .with(Field::Kind, Value::text("initiative"))
        .with(Field::Notes, Value::text("secret note"))
        .with(Field::Release, Value::link(Id::new("r")))
        .with(Field::Objective, Value::link(Id::new("p")))
        .with(Field::Ratings, map(&[("rice", map(&rice))]));
    content.fill(Place::Now, list(vec![bet]));
    let done = |id: &str, kind: &str, title: &str| {
        record(id, title)
            .with(Field::Kind, Value::text(kind))
            .with(Field::Parent, Value::link(Id::new("i")))
            .with(Field::Done, Value::Date(Date::constant(2026, 11, 20)))
    };
    content.fill(
        Place::Done,
        list(vec![
            done("d", "story", "A thing to use"),
            done("t", "task", "secret task"),
            done("b", "bug", "A thing mended"),
        ]),
    );
    Workspace::new(content)
}

fn told(audience: &str, html: bool) -> Told {
    Told {
        today: TODAY,
        audience: Audience::find(audience).unwrap(),
        html,
        since: Date::constant(2026, 11, 1),
        changes: Vec::new(),
        release: None,
    }
}

fn written(report: &str, title: &str, told: &Told) -> String {
    (report_of(report).writes)(&workspace(title), told)
}

#[test]
fn nobody_reads_what_is_not_for_them() {
    let facts = [
        "675",
        "secret note",
        "secret strategy",
        "secret task",
        "40000",
        "monthly revenue",
        "One salary",
        "cost of a close",
        "score of love",
        "2026-12-18",
    ];
    for html in [true, false] {
        let known = |audience| {
            let page = written("roadmap", "Bank feeds", &told(audience, html));
            assert!(page.contains("Bank feeds") && page.contains("hours"), "{page}");
            facts.into_iter().filter(|fact| page.contains(fact)).collect::<Vec<_>>()
        };
        assert_eq!(known("customers"), [""; 0]);
        assert_eq!(
            known("team"),
            ["675", "secret note", "secret strategy", "secret task", "score of love", "2026-12-18"]
        );
        assert_eq!(
            known("investors"),
            [
                "40000",
                "monthly revenue",
                "One salary",
                "cost of a close",
                "score of love",
                "2026-12-18"
            ]
        );
    }
}

#[test]
fn hostile_titles_stay_text() {
    for hidden in ['\u{61c}', '\u{200f}', '\u{2066}', '\u{feff}', '\u{e0041}'] {
        assert_eq!(line(&format!("a{hidden}b")), "ab", "{hidden:?}");
    }
    assert_eq!(line("a\u{2028}b\nc "), "a b c");
    let hostile = "<script>alert(1)</script>\u{202e}\u{1b}[31m\"'&amp;](javascript:x)\n# h";
    for audience in Audience::ALL {
        let html = written("roadmap", hostile, &told(audience.id, true));
        assert!(
            !html.contains("<script") && !html.contains('\u{202e}') && !html.contains('\u{1b}')
        );
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
        assert!(html.contains("&quot;&#39;&amp;amp;"), "{html}");
        let markdown = written("roadmap", hostile, &told(audience.id, false));
        assert!(!markdown.contains("<script") && !markdown.contains("\n# h"), "{markdown}");
        assert!(markdown.contains(r"\](javascript:x)"), "{markdown}");
    }
}

#[test]
fn a_page_asks_for_nothing() {
    let html = written("roadmap", "Bank feeds", &told("team", true));
    for asks in ["http:", "https:", "src=", "@import", "url(", "<script"] {
        assert!(!html.contains(asks), "{asks}");
    }
    assert!(html.contains("default-src 'none'") && html.contains("prefers-color-scheme: dark"));
    for landmark in ["<html lang=\"en\">", "<header>", "<main>", "<footer>", "<h1>", "<h2 id="] {
        assert!(html.contains(landmark), "{landmark}");
    }
    // Readings 8 and 6 with a target of 4, over 80 cells: top, middle and bottom.
    assert!(html.contains("points=\"8.0,8.0 312.0,48.0\""), "{html}");
    assert!(html.contains("y1=\"88.0\" y2=\"88.0\""), "{html}");
}

#[test]
fn a_metric_that_is_to_fall_is_read_alike_in_both_pages() {
    let [md, html] =
        [false, true].map(|html| written("roadmap", "Bank feeds", &told("team", html)));
    assert!(md.contains("- hours: 6 h (to 4)\n") && !md.contains(" of 4"), "{md}");
    assert!(html.contains("<b>6</b> h <span class=\"quiet\">to 4</span>"), "{html}");
}

#[test]
fn a_slip_within_a_quarter_is_no_news_for_customers() {
    let slip = |to| {
        let what = What::Dated("release", Some(Date::constant(2026, 12, 1)), Some(to));
        let change = |what| Change {
            hat: Hat::Pm,
            id: Id::new("r"),
            title: "2.0".into(),
            what,
            why: Some("secret why".into()),
        };
        let told = Told { changes: vec![change(what)], ..told("customers", false) };
        written("roadmap", "Bank feeds", &told)
    };
    assert!(!slip(Date::constant(2026, 12, 18)).contains("### Dates"));
    let late = slip(Date::constant(2027, 1, 8));
    assert!(late.contains("- 2.0: Q4 2026 → Q1 2027\n") && !late.contains("secret why"), "{late}");
}

#[test]
fn news_name_nothing_that_the_page_leaves_out() {
    let mut content = Content::default();
    let idea = record("x", "secret idea").with(Field::Kind, Value::text("idea"));
    let bet = record("i", "Bank feeds").with(Field::Kind, Value::text("initiative"));
    content.fill(Place::Next, [idea, bet].map(Arc::new).to_vec());
    let mark = record("m", "").with(Field::Name, Value::text("secret fair"));
    let mark = mark.with(Field::Milestone, Value::Flag(true));
    content.fill(Place::Releases, vec![Arc::new(mark)]);
    let workspace = Workspace::new(content);
    let change = |id: &str, title: &str, what| Change {
        hat: Hat::Pm,
        id: Id::new(id),
        title: title.into(),
        what,
        why: None,
    };
    let moved = || What::Entered(Place::Next, Some(Place::Later));
    let day = |month| Some(Date::constant(2027, month, 1));
    let changes = vec![
        change("x", "secret idea", What::Entered(Place::Next, None)),
        change("x", "secret idea", moved()),
        change("gone", "secret gone", moved()),
        change("i", "Bank feeds", moved()),
        change("m", "secret fair", What::Dated("release", day(1), day(9))),
    ];
    let page = |audience| {
        let told = Told { changes: changes.clone(), ..told(audience, false) };
        (report_of("roadmap").writes)(&workspace, &told)
    };
    let customers = page("customers");
    assert!(customers.contains("Bank feeds: Later → Next"), "{customers}");
    assert!(!customers.contains("secret"), "{customers}");
    let team = page("team");
    assert!(["idea", "gone", "fair"].iter().all(|name| team.contains(&format!("secret {name}"))));
}

#[test]
fn what_was_done_stands_under_what_it_went_out_with() {
    assert_eq!(
        written("changelog", "Bank feeds", &told("customers", false)),
        "# Changelog\n\n## 2.0 (Q4 2026)\n\n### New\n\n- A thing to use\n\n### Fixed\n\n- A thing \
         mended\n"
    );
    let team = written("release-notes", "Bank feeds", &told("team", false));
    assert!(
        team.starts_with("# 2.0\n\n2026-12-18\n") && team.contains("- secret task\n"),
        "{team}"
    );
}

#[test]
fn a_release_that_is_said_to_be_no_milestone_is_a_release() {
    let content = |is_milestone| {
        let mut content = workspace("x").content().clone();
        let release = Record::new(Id::new("r"))
            .with(Field::Name, Value::text("2.0"))
            .with(Field::Milestone, Value::Flag(is_milestone))
            .with(Field::Day, Value::Date(Date::constant(2026, 12, 18)));
        content.fill(Place::Releases, vec![Arc::new(release)]);
        Workspace::new(content)
    };
    for (report, words) in [("ics", "SUMMARY:Release 2.0"), ("release-notes", "2.0")] {
        let written = |is_milestone| {
            (report_of(report).writes)(&content(is_milestone), &told("customers", false))
        };
        assert!(written(false).contains(words), "{report}: {}", written(false));
        assert!(!written(true).contains(words), "{report}: {}", written(true));
    }
}

#[test]
fn dates_are_events_that_are_found_again() {
    let mut content = workspace("x").content().clone();
    let long = format!("a;b,c\\d\ne {}", "ü".repeat(60));
    let release = Record::new(Id::new("r")).with(Field::Name, Value::text(&long));
    let day = Value::Date(Date::constant(2026, 12, 31));
    content.fill(Place::Releases, vec![Arc::new(release.with(Field::Day, day))]);
    let report = report_of("ics");
    let text = (report.writes)(&Workspace::new(content), &told("customers", false));
    for line in [
        "BEGIN:VEVENT\r\n",
        "UID:r@twohats\r\n",
        "DTSTAMP:20261122T000000Z\r\n",
        "DTSTART;VALUE=DATE:20261231\r\n",
        "DTEND;VALUE=DATE:20270101\r\n",
        "SUMMARY:Release a\\;b\\,c\\\\d e ü",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains(&"ü".repeat(60)) && !unfolded.replace("\r\n", "").contains('\n'));
}
