//! What the fuzz targets hold to, tried on their seeds and on every beginning of a file.

use std::fs;
use std::path::Path;

#[path = "../fuzz/properties.rs"]
mod properties;

use super::sim;

/// Tries each seed, and its beginnings in steps of this many bytes.
fn each_seed(of: &str, step: usize, holds: fn(&[u8])) {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(of);
    let mut tried = 0;
    for seed in fs::read_dir(seeds).unwrap() {
        let seed = fs::read(seed.unwrap().path()).unwrap();
        holds(&seed);
        (0..seed.len()).step_by(step).for_each(|end| holds(&seed[..end]));
        tried += 1;
    }
    assert!(tried > 10, "{tried} seeds of {of}");
}

#[test]
fn whatever_begins_like_a_seed_is_loaded_as_it_should() {
    each_seed("load", 1, properties::load);
}

#[test]
fn whatever_begins_like_a_seed_is_recovered_as_it_should() {
    each_seed("journal", 5, properties::journal);
}

#[test]
fn whatever_begins_like_a_seed_is_merged_as_it_should() {
    each_seed("merge", 29, properties::merge);
}

/// Two kilobytes with one of everything.
fn two_kilobytes() -> Vec<u8> {
    let kept = include_str!("../fixtures/kept.json");
    let more = (0..20).map(|nth| format!("{{\"id\":\"m{nth}\",\"title\":\"More – {nth}\"}},\n"));
    kept.replacen(
        "\"backlog\": [\n",
        &format!("\"backlog\": [\n{}", more.collect::<Vec<_>>().concat()),
        1,
    )
    .into()
}

#[test]
fn a_file_cut_off_at_any_byte_is_broken_and_never_something_else() {
    let whole = two_kilobytes();
    assert!(whole.len() >= 2000 && twohats::store::format::read(whole.clone()).is_ok());
    let end = whole.trim_ascii_end().len();
    for cut in 0..whole.len() {
        let read = twohats::store::format::read(whole[..cut].to_vec());
        assert_eq!(read.is_ok(), cut >= end, "cut at {cut}");
        let zeros = [&whole[..cut], &vec![0; whole.len() - cut]].concat();
        assert!(twohats::store::format::read(zeros).is_err(), "zeros from {cut}");
        properties::load(&whole[..cut]);
    }
}
