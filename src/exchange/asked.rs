//! What an import or export is given besides the bytes: what a person asked of it, and the items or
//! files it is about.

use crate::scoring::Framework;
use crate::workspace::{Id, Place, Record};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a person asked of an import or export, and what only the outside knows.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Columns by their header, and what they are to be: the name of a field or of a role.
    pub columns: Vec<(String, String)>,
    /// What was said of columns before, by what tells the header from others.
    pub remembered: BTreeMap<String, Vec<(String, String)>>,
    /// The name of the other tool, where it is not to be the format's.
    pub system: Option<String>,
    /// What an item can be rated with, in the variants that the workspace uses.
    pub frameworks: Vec<&'static Framework>,
    /// Where days begin and end.
    pub zone: TimeZone,
    /// Whether the person writes 3/4/2026 for a day in March; nothing where that is not known.
    pub month_first: Option<bool>,
}

impl Asked {
    /// Nothing in particular, where items are rated as these settings say.
    pub fn under(settings: &Record) -> Self {
        Self {
            columns: Vec::new(),
            remembered: BTreeMap::new(),
            system: None,
            frameworks: Framework::all(settings),
            zone: TimeZone::UTC,
            month_first: None,
        }
    }
}

impl Default for Asked {
    fn default() -> Self {
        Self::under(&Record::new(Id::new("")))
    }
}

/// A file of a folder: its path inside it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The path inside the folder, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// An item that is to be written, and where it stands.
pub type Chosen = (Place, Arc<Record>);
