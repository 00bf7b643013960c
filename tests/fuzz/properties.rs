//! What holds of any bytes whatever. The fuzz targets look for bytes of which it does not; the
//! ordinary tests try the seeds.

use super::sim::SimFs;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use twohats::store::format::{self, Loaded};
use twohats::store::journal::{Journal, recover};
use twohats::store::{Site, WorkspaceFile, merge_files};
use twohats::workspace::{
    Change, Content, Document, Field, Hat, Id, Op, Place, Record, Spot, Value, Workspace, merge3,
};

/// The workspace that is merged, and whose journal is read.
const TEXT: &str = r#"{
"twohats": 1,
"roadmap": {
"now": [
{"id":"a","title":"A","x_mine":1},
{"id":"b","title":"B"}
]
},
"backlog": [
{"id":"c","title":"C","points":1},
{"id":"d","title":"D"},
{"id":"e","title":"E","tags":["x"]}
]
}
"#;

const PATHS: [&str; 3] = ["/w/base.json", "/w/ours.json", "/w/theirs.json"];

/// Places that the operations of a merge know.
const PLACES: [Place; 3] = [Place::Now, Place::Backlog, Place::Done];

/// Reading never fails badly, writing what was read gives the same bytes, and an edit of one record
/// leaves every byte outside of it.
pub fn load(bytes: &[u8]) {
    let Ok(loaded) = format::read(bytes.to_vec()) else { return };
    assert_eq!(loaded.source.write(&loaded.content), bytes, "what was not changed");
    ids_are_unique(&loaded.content);
    if loaded.newer.is_none() {
        edits_stay_inside(&loaded, bytes);
    }
}

/// The first edit may bring the file into lines and name what has no id; it leaves the bytes of
/// the other records. Any edit after that leaves every byte outside of its record.
fn edits_stay_inside(loaded: &Loaded, bytes: &[u8]) {
    let records = Place::ALL.iter().flat_map(|place| loaded.content.list(*place));
    let ids: Vec<Id> = records.map(|record| record.id().clone()).collect();
    let Some(first) = ids.first() else { return };
    let lined = titled(loaded, first);
    let (before, after) = (text(bytes), text(&lined));
    if loaded.notices.is_empty() && ids.iter().all(|id| before.contains(&format!("\"{id}\""))) {
        let Some(elements) = elements(before) else { return };
        let kept = |span: &&Range<usize>| after.contains(&before[span.start..span.end]);
        let lost = elements.len() - elements.iter().filter(kept).count();
        assert!(lost <= 1, "{lost} elements of {before} are not in {after}");
    }
    let loaded = format::read(lined.clone()).unwrap();
    let Some(elements) = elements(after) else { return };
    for id in ids.iter().skip(1) {
        let edited = titled(&loaded, id);
        if edited == lined {
            continue; // Not everything has a title.
        }
        let changed = changed(&lined, &edited);
        let inside = |span: &Range<usize>| span.start <= changed.start && changed.end <= span.end;
        assert!(elements.iter().any(inside), "{changed:?} of {after}");
    }
}

/// The bytes after a record got a title.
fn titled(loaded: &Loaded, id: &Id) -> Vec<u8> {
    let mut document = Document::new(Workspace::new(loaded.content.clone()));
    commit(&mut document, Op::set(id, Field::Title, Value::text("a title that is new")));
    let bytes = loaded.source.write(document.workspace().content());
    let again = format::read(bytes.clone()).unwrap();
    assert_eq!(&again.content, document.workspace().content());
    bytes
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Where the elements of the lists stand.
fn elements(text: &str) -> Option<Vec<Range<usize>>> {
    let mut elements = Vec::new();
    let mut lists = Vec::new();
    let top: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    for value in top.into_values() {
        match serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get()) {
            Ok(inner) => lists.extend(inner.into_values()),
            Err(_) => lists.push(value),
        }
    }
    for list in lists {
        for element in serde_json::from_str::<Vec<&RawValue>>(list.get()).unwrap_or_default() {
            let start = element.get().as_ptr() as usize - text.as_ptr() as usize;
            elements.push(start..start + element.get().len());
        }
    }
    Some(elements)
}

/// What of `before` is not in `after`: all but what both begin and end with.
fn changed(before: &[u8], after: &[u8]) -> Range<usize> {
    let same =
        |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(a, b)| a == b).count();
    let start = same(&mut before.iter().zip(after));
    let most = before.len().min(after.len()) - start;
    let end = same(&mut before.iter().rev().zip(after.iter().rev())).min(most);
    start..before.len() - end
}

fn ids_are_unique(content: &Content) {
    let mut seen = BTreeSet::new();
    for record in Place::ALL.iter().flat_map(|place| content.list(*place)) {
        assert!(seen.insert(record.id().to_string()), "{} is there twice", record.id());
    }
}

fn commit(document: &mut Document, op: Op) {
    // What is refused changes nothing.
    let _ = document.commit(Change { words: "did it".into(), hat: Hat::Po, op });
}

/// Whatever a journal says, opening neither fails badly nor touches the file, and what comes back
/// is a workspace. The first byte says whether the lines get right checksums.
pub fn journal(bytes: &[u8]) {
    let path = Path::new(PATHS[1]);
    let fs = SimFs::holding(&[(path, TEXT)]);
    let site = |fs: &SimFs| Site { fs: Arc::new(fs.clone()), state: Some("/s".into()) };
    let (opened, file) = WorkspaceFile::open_at(&site(&fs), path).unwrap();
    let own = Journal::create(&site(&fs), path, file.hash()).unwrap();
    let mut document = Document::new(Workspace::new(opened.content));
    let set = Op::set(&Id::new("a"), Field::Title, Value::text("Other"));
    let change = Change { words: "did it".into(), hat: Hat::Po, op: set };
    own.append(document.commit(change).unwrap()).unwrap();
    let fs = fs.after_a_kill();
    let (name, text) = journal_of(&fs);
    let (sealing, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let header = text.lines().next().unwrap();
    let lines = match sealing % 3 {
        0 => rest.to_vec(),
        1 => [format!("{header}\n").as_bytes(), &sealed(rest)].concat(),
        _ => [text.as_bytes(), &sealed(rest)].concat(),
    };
    let inode = fs.world().open(&name).unwrap();
    fs.world().overwrite(inode, &lines);
    let (_, file) = WorkspaceFile::open_at(&site(&fs), path).unwrap();
    let recovery = recover(&file);
    let files = fs.world().files();
    assert!(files.iter().any(|(other, text)| other == path && text == TEXT));
    let reviewed = recovery.reviews.iter().map(|review| &review.merged.content);
    for content in recovery.recovered.iter().map(|back| &back.content).chain(reviewed) {
        ids_are_unique(content);
        let blank = format::Source::blank();
        format::read(blank.write(content)).unwrap();
    }
}

fn journal_of(fs: &SimFs) -> (PathBuf, String) {
    let files = fs.world().files();
    files.into_iter().find(|(path, _)| path.starts_with("/s")).unwrap()
}

/// Lines with the checksum a journal wants.
fn sealed(lines: &[u8]) -> Vec<u8> {
    let seal = |line: &[u8]| {
        let sum = xxhash_rust::xxh3::xxh3_64(line) & 0xffff_ffff;
        [line, format!(" {sum:08x}\n").as_bytes()].concat()
    };
    lines.split(|byte| *byte == b'\n').map(seal).collect::<Vec<_>>().concat()
}

/// Three files that come from one: what comes of them is a workspace in which nothing is missing.
/// What begins with `{` is three texts with a zero byte between them, else it is what was done.
pub fn merge(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        let texts: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
        if let [base, ours, theirs] = texts[..] {
            merge_texts(base, ours, theirs);
        }
        return;
    }
    let (mine, theirs) = bytes.split_at(bytes.len() / 2);
    let base = format::read(TEXT.into()).unwrap();
    let mine = done(&base.content, mine, 'm');
    let theirs = done(&base.content, theirs, 't');
    let base_content = &base.content;
    for (ours, others) in [(&theirs, &theirs), (base_content, &theirs), (&theirs, base_content)] {
        assert_eq!(
            merge3(base_content, ours, others).content,
            theirs,
            "only one side did anything"
        );
    }
    let merged = merge3(base_content, &mine, &theirs).content;
    ids_are_unique(&merged);
    nothing_vanishes(base_content, &mine, &theirs, &merged);
    let written = |content: &Content| base.source.write(content);
    let (content, _) = merge_texts(TEXT.as_bytes(), &written(&mine), &written(&theirs)).unwrap();
    nothing_vanishes(base_content, &mine, &theirs, &content);
}

/// The workspace after some operations: each is three bytes.
fn done(base: &Content, bytes: &[u8], side: char) -> Content {
    let mut document = Document::new(Workspace::new(base.clone()));
    for (nth, op) in bytes.chunks_exact(3).take(40).enumerate() {
        let id = Id::new(["a", "b", "c", "d", "e", "n1", "n2", "n3"][usize::from(op[1] % 8)]);
        let place = PLACES[usize::from(op[2] % 3)];
        let at = Spot::new(place, usize::from(op[2] / 3 % 6));
        commit(
            &mut document,
            match op[0] % 6 {
                0 => Op::Remove { id },
                1 => Op::shift(&id, at),
                2 => Op::set(&id, Field::Points, Value::Number(f64::from(op[2]))),
                3 => {
                    let title = Value::text(format!("{side}{nth}."));
                    Op::Insert { record: Arc::new(Record::new(id).with(Field::Title, title)), at }
                }
                4 => Op::clear(&id, Field::Title),
                _ => Op::set(&id, Field::Title, Value::text(format!("{side}{nth}."))),
            },
        );
    }
    document.workspace().content().clone()
}

fn find<'a>(content: &'a Content, id: &Id) -> Option<&'a Arc<Record>> {
    content.records().find(|record| record.id() == id)
}

/// What either side has and the other did not take away is there, and so is each title that either
/// side wrote.
fn nothing_vanishes(base: &Content, mine: &Content, theirs: &Content, merged: &Content) {
    for (one, other) in [(mine, theirs), (theirs, mine)] {
        for record in Place::ALL.iter().flat_map(|place| one.list(*place)) {
            let before = find(base, record.id());
            let is_same = before.is_some_and(|before| before == record);
            let there = find(merged, record.id());
            let gone = before.is_some() && find(other, record.id()).is_none();
            assert!(there.is_some() || is_same && gone, "{} is nowhere", record.id());
            let title = record.text(Field::Title);
            let wrote = before.is_none_or(|before| before.text(Field::Title) != title);
            if let (true, Some(there)) = (wrote && !title.is_empty(), there) {
                assert!(format!("{there:?}").contains(title), "{title} is nowhere in {there:?}");
            }
        }
    }
}

/// Brings three texts together as git asks for it; gives what comes of it, where they are
/// workspaces at all.
fn merge_texts(base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<(Content, usize)> {
    let fs = SimFs::default();
    for (path, bytes) in PATHS.iter().zip([base, ours, theirs]) {
        fs.world().make(Path::new(path), bytes);
    }
    let site = Site { fs: Arc::new(fs.clone()), state: None };
    let [base, ours, theirs] = PATHS.map(Path::new);
    let notes = merge_files(&site, base, ours, theirs).ok()?;
    let (_, text) = fs.world().files().into_iter().find(|(path, _)| path == ours).unwrap();
    let loaded = format::read(text.clone().into_bytes()).expect(&text);
    ids_are_unique(&loaded.content);
    Some((loaded.content, notes.len()))
}
