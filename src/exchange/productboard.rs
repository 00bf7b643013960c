//! Productboard: the CSV of its features board.

use super::asked::Asked;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::table::{self, Table};
use crate::workspace::Place;
use std::io::Read;

/// Features of Productboard.
pub static FORMAT: Format = Format {
    id: "productboard",
    name: "features of Productboard as CSV",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "“Export to CSV” of a features board, into Later: status, effort, releases, parents, objectives",
    source: "https://support.productboard.com/hc/en-us/articles/360056354514-Export-data-from-Productboard",
    to: Place::Later,
};

const TABLE: Table = Table {
    system: "productboard",
    columns: &[
        ("entityuuid", "key"),
        ("entityname", "title"),
        ("name", "title"),
        ("description", "notes"),
        ("entitytype", "kind"),
        ("type", "kind"),
        ("statusname", "status"),
        ("status", "status"),
        ("effort", "points"),
        ("parent", "parent"),
        ("release", "release"),
        ("objective", "objective"),
        ("pburl", "url"),
        ("url", "url"),
    ],
    month_first: None,
    is_guarded: false,
};

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    table::read(bytes, asked, &TABLE)
}
