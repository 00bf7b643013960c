//! The figures of `docs/FORECAST.md` are those of the data, and what they have to be.

use std::fs;
use std::path::{Path, PathBuf};
use twohats::exchange::history;
use twohats::insight::forecast::LAST;
use twohats::insight::forecast::backtest::{Ahead, Backtest, LEVELS, backtest};
use twohats::insight::forecast::throughput::{METHODS, named};

/// The data sets, by file and name.
const SETS: [(&str, &str); 3] =
    [("apache.csv", "Apache"), ("jboss.csv", "JBoss"), ("spring.csv", "Spring")];

/// Where the table stands.
const MARKS: (&str, &str) = ("<!-- table -->\n", "<!-- end of the table -->");

/// The folder with the data sets, which are not part of this repository: the one that
/// `TWOHATS_SPRINTS` names.
fn data() -> Option<PathBuf> {
    std::env::var_os("TWOHATS_SPRINTS").map(PathBuf::from)
}

fn tested(folder: &Path, file: &str, method: &str) -> Backtest {
    let history = history::read(&fs::read(folder.join(file)).unwrap()).unwrap();
    backtest(&history.boards, named(method).unwrap(), LAST)
}

fn row(name: &str, method: &str, ahead: &Ahead) -> String {
    let share = |share: &Option<f64>| format!("{:.1}", share.unwrap() * 100.0);
    let shares: Vec<String> = ahead.coverage.iter().map(share).collect();
    let loss = format!("{:.4}", ahead.pinball.unwrap());
    let (n, tested) = (ahead.n, ahead.tested);
    format!("| {name}, `{method}` | {n} | {tested} | {} | {loss} |\n", shares.join(" | "))
}

fn table(folder: &Path) -> String {
    let mut table = "\n| | sprints ahead | tested | 50 % | 70 % | 85 % | 95 % | pinball |\n\
                     |---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for (file, name) in SETS {
        for method in METHODS {
            let found = tested(folder, file, method.id);
            table.extend(found.ahead.iter().map(|ahead| row(name, method.id, ahead)));
        }
    }
    table + "\n"
}

#[test]
fn the_table_is_what_the_data_give() {
    let Some(folder) = data() else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FORECAST.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(MARKS.0).unwrap();
    let (_, after) = rest.split_once(MARKS.1).unwrap();
    let fresh = [before, MARKS.0, &table(&folder), MARKS.1, after].concat();
    if std::env::var_os("TWOHATS_WRITE_DOCS").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == fresh, "docs/FORECAST.md is stale");
}

/// The figures as they are printed: set and method, sprints ahead, tested, coverage, loss.
fn figures() -> Vec<(String, usize, f64, [f64; 4], f64)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FORECAST.md");
    let page = fs::read_to_string(path).unwrap();
    let table = page.split(MARKS.0).nth(1).unwrap().split(MARKS.1).next().unwrap();
    let rows = table.lines().filter(|line| line.contains('`'));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let shares = [3, 4, 5, 6].map(|at| number(at) / 100.0);
        (cells[0].to_owned(), cells[1].parse().unwrap(), number(2), shares, number(7))
    })
    .collect()
}

#[test]
fn the_usual_method_keeps_its_promises_and_is_not_further_off_than_resampling() {
    let figures = figures();
    assert_eq!(figures.len(), 12);
    for (name, ahead, tested, shares, loss) in figures.iter().filter(|row| row.0.contains("calib"))
    {
        let (least, wide) = if *ahead > 1 { (0.04, 3.0) } else { (0.02, 1.0) };
        for (share, level) in shares.iter().zip(LEVELS) {
            let allowed = least + 2.0 * (wide * level * (1.0 - level) / tested).sqrt();
            assert!((share - level).abs() <= allowed, "{name} {ahead}: {share} for {level}");
        }
        let plain = name.replace("calibrated", "resample");
        let plain = figures.iter().find(|row| row.0 == plain && row.1 == *ahead).unwrap();
        assert!(*loss <= plain.4, "{name}: {loss}, resampling {}", plain.4);
    }
}
