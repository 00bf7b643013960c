//! The reference pages in `docs` are what the program says of itself.

use std::fs;
use std::path::Path;

#[test]
fn the_reference_pages_are_fresh() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let write = std::env::var_os("TWOHATS_WRITE_DOCS").is_some();
    for (name, page) in twohats::cli::pages() {
        let path = docs.join(name);
        if write {
            fs::write(&path, &page).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == page,
            "docs/{name} is stale; make it anew with: TWOHATS_WRITE_DOCS=1 cargo test --test it pages"
        );
    }
}
