//! Random lives of a workspace: edits, saves, crashes, commands and editors in any order. Whatever
//! was written and not knowingly replaced is always somewhere: on the screen, in the file, in the
//! journal, beside a value it clashed with, or among the backups.

use super::crash::{path, site};
use super::sim::SimFs;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use std::sync::Arc;
use twohats::store::journal::{Journal, recover};
use twohats::store::{Outside, SaveError, WorkspaceFile};
use twohats::workspace::{
    Change, Content, Document, Field, Hat, Id, Op, Place, Record, Spot, Value, Workspace, diff,
    merge3,
};

const ITEMS: usize = 5;

#[derive(Debug, Clone)]
enum Event {
    /// A title is written on the screen.
    Edit(usize),
    Move(usize, usize),
    Add,
    Undo,
    Save,
    Look,
    Crash,
    /// Another process of this program writes a title.
    Command(usize),
    /// An editor writes a title: over the file or into it.
    Editor(usize, bool),
    /// An editor takes the file away, or breaks it, and puts it back after this many events.
    Away(bool, usize),
    Touch,
}

fn event() -> impl Strategy<Value = Event> {
    let item = 0..ITEMS;
    prop_oneof![
        6 => item.clone().prop_map(Event::Edit),
        2 => (item.clone(), 0..ITEMS).prop_map(|(item, to)| Event::Move(item, to)),
        1 => Just(Event::Add),
        2 => Just(Event::Undo),
        3 => Just(Event::Save),
        2 => Just(Event::Look),
        2 => Just(Event::Crash),
        2 => item.clone().prop_map(Event::Command),
        3 => (item, any::<bool>()).prop_map(|(item, over)| Event::Editor(item, over)),
        1 => (any::<bool>(), 1..4_usize).prop_map(|(broken, after)| Event::Away(broken, after)),
        1 => Just(Event::Touch),
    ]
}

fn id(item: usize) -> Id {
    Id::new(&format!("i{item}"))
}

/// What the screen knows.
struct Screen {
    file: WorkspaceFile,
    journal: Journal,
    document: Document,
    base: Content,
    opened: Content,
}

struct Life {
    fs: SimFs,
    screen: Screen,
    words: usize,
    /// What was written and not knowingly replaced.
    alive: BTreeSet<String>,
    /// What the file holds while it is away, and when it comes back.
    away: Option<(String, usize)>,
    events: usize,
}

impl Screen {
    /// Opens the workspace and brings back what a crash left; also what it would ask about.
    fn open(fs: &SimFs) -> Self {
        let site = site(fs);
        let (opened, mut file) = WorkspaceFile::open_at(&site, &path()).unwrap();
        file.watch();
        let found = recover(&file);
        let mut content = opened.content.clone();
        if let Some(recovered) = found.recovered {
            content = file.sync(&content, &recovered.content).unwrap().content;
            recovered.finish(&site);
        }
        for review in found.reviews {
            let wanted = merge3(&opened.content, &content, &review.merged.content).content;
            content = file.sync(&content, &wanted).unwrap().content;
            review.finish(&site);
        }
        let journal = Journal::create(&site, &path(), file.hash()).unwrap();
        let document = Document::new(Workspace::new(content.clone()));
        Self { file, journal, document, base: content.clone(), opened: content }
    }

    fn adopt(&mut self, content: &Content) {
        let op = diff(self.document.workspace(), &Workspace::new(content.clone()));
        self.document.adopt(Op::Batch(op)).unwrap();
    }

    fn save(&mut self) {
        let mine = self.document.workspace().content().clone();
        let (number, journal) = (self.journal.newest(), self.journal.clone());
        let announce = &mut |hash| journal.announce(number, hash);
        match self.file.sync_announced(&self.base, &mine, announce) {
            Ok(synced) => {
                self.journal.checkpoint(number, synced.hash);
                self.adopt(&synced.content);
                self.base = synced.content;
            }
            Err(SaveError::Missing(_) | SaveError::Malformed { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn look(&mut self) {
        if let Outside::Changed(arrival) = self.file.look(&self.opened) {
            let mine = self.document.workspace().content();
            let merged = merge3(&self.base, mine, &arrival.theirs).content;
            self.adopt(&merged);
            self.base = arrival.theirs;
            // What is on the screen and not in the file goes there at once.
            self.save();
        }
    }
}

impl Life {
    fn begin() -> Self {
        let item = |nth| format!("{{\"id\":\"i{nth}\",\"title\":\"w{nth}\"}}");
        let items = (0..ITEMS).map(item).collect::<Vec<_>>().join(",\n");
        let text = format!("{{\n\"twohats\": 1,\n\"backlog\": [\n{items}\n]\n}}\n");
        let fs = SimFs::holding(&[(&path(), &text)]);
        let screen = Screen::open(&fs);
        let alive = (0..ITEMS).map(|nth| format!("\"w{nth}\"")).collect();
        Self { fs, screen, words: ITEMS, alive, away: None, events: 0 }
    }

    fn word(&mut self) -> String {
        self.words += 1;
        let word = format!("w{}", self.words);
        self.alive.insert(format!("\"{word}\""));
        word
    }

    fn commit(&mut self, op: Op) {
        let change = Change { words: String::new(), hat: Hat::Po, op };
        if let Ok(step) = self.screen.document.commit(change) {
            let step = step.clone();
            self.screen.journal.append(&step).unwrap();
        }
    }

    fn retitle(&mut self, item: usize) -> Option<Op> {
        let before = self.screen.document.workspace().get(&id(item))?.text(Field::Title).to_owned();
        self.alive.remove(&format!("\"{before}\""));
        let word = self.word();
        Some(Op::set(&id(item), Field::Title, Value::text(word)))
    }

    fn text(&self) -> String {
        let files = self.fs.world().files();
        files.into_iter().find(|(at, _)| *at == path()).map(|(_, text)| text).unwrap_or_default()
    }

    fn happens(&mut self, event: &Event) {
        self.events += 1;
        if let Some((text, at)) = self.away.clone()
            && at <= self.events
        {
            self.away = None;
            let mut world = self.fs.world();
            world.drop_name(&path());
            world.make(&path(), text.as_bytes());
        }
        match *event {
            Event::Edit(item) => {
                let op = self.retitle(item);
                op.into_iter().for_each(|op| self.commit(op));
            }
            Event::Move(item, to) => {
                self.commit(Op::shift(&id(item), Spot::new(Place::Backlog, to)));
            }
            Event::Add => {
                let word = self.word();
                let record = Record::new(Id::new(&word)).with(Field::Title, Value::text(&word));
                let at = Spot::bottom(Place::Inbox);
                self.commit(Op::Insert { record: Arc::new(record), at });
            }
            Event::Undo => self.undo(),
            Event::Save => self.screen.save(),
            Event::Look => self.screen.look(),
            _ if self.away.is_some() => {}
            Event::Crash => {
                self.fs = self.fs.after_a_kill();
                self.screen = Screen::open(&self.fs);
            }
            Event::Command(item) => self.command(item),
            Event::Editor(item, over) => self.editor(item, over),
            Event::Away(broken, after) => {
                let text = self.text();
                let mut world = self.fs.world();
                if broken {
                    let inode = world.open(&path()).unwrap();
                    world.overwrite(inode, &text.as_bytes()[..text.len() / 2]);
                } else {
                    world.drop_name(&path());
                }
                drop(world);
                self.away = Some((text, self.events + after));
            }
            Event::Touch => {
                let text = self.text();
                let mut world = self.fs.world();
                let inode = world.open(&path()).unwrap();
                world.overwrite(inode, text.as_bytes());
            }
        }
    }

    /// What is taken back was known; what comes back is there again.
    fn undo(&mut self) {
        let words = |document: &Document| -> BTreeSet<String> {
            let titles = document.workspace().content().records();
            titles.map(|record| format!("\"{}\"", record.text(Field::Title))).collect()
        };
        let before = words(&self.screen.document);
        if let Some(step) = self.screen.document.undo() {
            self.screen.journal.append(&step).unwrap();
            let after = words(&self.screen.document);
            self.alive.retain(|word| !before.contains(word) || after.contains(word));
        }
    }

    fn command(&mut self, item: usize) {
        let (opened, mut file) = WorkspaceFile::open_at(&site(&self.fs), &path()).unwrap();
        let mut document = Document::new(Workspace::new(opened.content.clone()));
        let Some(record) = document.workspace().get(&id(item)) else { return };
        self.alive.remove(&format!("\"{}\"", record.text(Field::Title)));
        let op = Op::set(&id(item), Field::Title, Value::text(self.word()));
        document.adopt(op).unwrap();
        file.sync(&opened.content, document.workspace().content()).unwrap();
    }

    fn editor(&mut self, item: usize, over: bool) {
        let text = self.text();
        let start = format!("{{\"id\":\"i{item}\",\"title\":\"");
        let Some(at) = text.find(&start).map(|at| at + start.len()) else { return };
        let end = at + text[at..].find('"').unwrap();
        self.alive.remove(&format!("\"{}\"", &text[at..end]));
        let text = format!("{}{}{}", &text[..at], self.word(), &text[end..]);
        let mut world = self.fs.world();
        if over {
            world.drop_name(&path());
            world.make(&path(), text.as_bytes());
        } else {
            let inode = world.open(&path()).unwrap();
            world.overwrite(inode, text.as_bytes());
        }
    }

    /// What is nowhere.
    fn lost(&self) -> Vec<String> {
        let mut texts: Vec<String> =
            self.fs.world().files().into_iter().map(|(_, text)| text).collect();
        texts.extend(self.away.iter().map(|(text, _)| text.clone()));
        texts.push(format!("{:?}", self.screen.document.workspace().content()));
        let is_lost = |word: &&String| !texts.iter().any(|text| text.contains(word.as_str()));
        self.alive.iter().filter(is_lost).cloned().collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(22),
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_that_was_written_is_ever_nowhere(events in proptest::collection::vec(event(), 1..40)) {
        let mut life = Life::begin();
        for event in &events {
            life.happens(event);
            prop_assert_eq!(life.lost(), Vec::<String>::new(), "after {:?}", event);
        }
        // At the end all is in the file, where there is one to save to.
        if life.away.is_some() {
            return Ok(());
        }
        life.screen.look();
        life.screen.save();
        life.screen.file.close().unwrap();
        life.screen.save();
        let opened = WorkspaceFile::open_at(&site(&life.fs), &path()).unwrap().0;
        prop_assert_eq!(&opened.content, life.screen.document.workspace().content());
        prop_assert_eq!(opened.notices, Vec::new());
    }
}
