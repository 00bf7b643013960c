//! What the app was told that the file holds, and what of it the app may not have heard yet.

use super::keeper::Save;
use crate::workspace::{Content, merge3};
use std::collections::VecDeque;

/// Arrivals that are kept apart. Who has not heard of more lags by seconds.
const APART: usize = 16;

/// What the app was told of the file. Both work side by side, so a save may have been made before
/// what came in was heard; then that is brought into it, as the app itself will do.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What the file holds, as far as it was told.
    content: Content,
    /// The newest arrival.
    newest: u64,
    /// The newest arrivals, of which no save has shown yet that they were heard.
    unheard: VecDeque<Unheard>,
}

#[derive(Debug)]
struct Unheard {
    number: u64,
    since: Content,
    theirs: Content,
}

impl Told {
    /// A file that is told as a whole.
    pub(super) fn begin(&mut self, content: Content) {
        self.content = content;
        self.unheard.clear();
    }

    pub(super) fn content(&self) -> &Content {
        &self.content
    }

    /// What is to be saved, brought together with all that came in since it was made. The base of
    /// its merge with the file is [`Told::content`] then.
    pub(super) fn caught_up(&mut self, save: &Save) -> Content {
        self.unheard.retain(|arrival| arrival.number > save.heard);
        let bring = |mine: Content, arrival: &Unheard| {
            merge3(&arrival.since, &mine, &arrival.theirs).content
        };
        self.unheard.iter().fold(save.content.clone(), bring)
    }

    /// What was saved is what the file holds now; the app knows, as it asked for that.
    pub(super) fn saved(&mut self, content: Content) {
        self.content = content;
    }

    /// The file holds `theirs` where it held, or was to hold, `since`. Gives the number of
    /// this arrival.
    pub(super) fn arrived(&mut self, since: Content, theirs: Content) -> u64 {
        self.newest += 1;
        self.content = theirs.clone();
        self.unheard.push_back(Unheard { number: self.newest, since, theirs });
        if self.unheard.len() > APART
            && let Some(first) = self.unheard.pop_front()
            && let Some(second) = self.unheard.front_mut()
        {
            second.since = first.since;
        }
        self.newest
    }
}

#[cfg(test)]
mod tests {
    use super::super::disk::Disk;
    use super::super::keeper::{Keeper, Save};
    use crate::app::key::{Code, Key};
    use crate::app::{App, Effect, Msg};
    use crate::store::Site;
    use crate::workspace::{Content, Date, Place};
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use std::collections::VecDeque;
    use std::path::PathBuf;

    /// What happens at the screen, at the disk, and to the file, in any order.
    #[derive(Debug, Clone, Copy)]
    enum Step {
        Add,
        Undo,
        Save,
        Look,
        Hear,
        Branch(bool),
        Append,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            2 => Just(Step::Add),
            1 => Just(Step::Undo),
            3 => Just(Step::Save),
            3 => Just(Step::Look),
            3 => Just(Step::Hear),
            3 => any::<bool>().prop_map(Step::Branch),
            1 => Just(Step::Append),
        ]
    }

    /// A screen and a disk that talk by messages which take their time.
    struct Desk {
        _folder: tempfile::TempDir,
        path: PathBuf,
        app: App,
        disk: Disk,
        waiting: Option<Save>,
        answers: VecDeque<Msg>,
        /// What is to be there in the end.
        title: String,
        theirs: Vec<String>,
        mine: Vec<String>,
        count: usize,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("w.json");
            let text =
                "{\n\"twohats\": 1,\n\"backlog\": [\n{\"id\":\"a\",\"title\":\"one\"}\n]\n}\n";
            std::fs::write(&path, text).unwrap();
            let mut disk = Disk::new(path.clone(), Site::stateless());
            let mut app = App::new(disk.open(path.to_str().unwrap()).unwrap(), 7);
            app.update(Msg::Resize { width: 120, height: 40 }, Date::constant(2026, 11, 22));
            let (title, theirs) = ("one".to_owned(), Vec::new());
            let (waiting, answers, mine) = (None, VecDeque::new(), Vec::new());
            Self {
                _folder: folder,
                path,
                app,
                disk,
                waiting,
                answers,
                title,
                theirs,
                mine,
                count: 0,
            }
        }

        fn tell(&mut self, msg: Msg) {
            for effect in self.app.update(msg, Date::constant(2026, 11, 22)) {
                if let Effect::Save { revision, heard, content, force } = effect {
                    self.waiting = Some(Save { revision, heard, content, force, number: 0 });
                }
            }
        }

        fn press(&mut self, keys: &str) {
            for letter in keys.chars() {
                let code = if letter == '\n' { Code::Enter } else { Code::Char(letter) };
                self.tell(Msg::Key(Key { code, ctrl: false, alt: false }));
            }
        }

        fn edit_outside(&mut self, edit: impl FnOnce(String) -> String) {
            let text = std::fs::read_to_string(&self.path).unwrap();
            std::fs::write(&self.path, edit(text)).unwrap();
        }

        fn take(&mut self, step: Step) {
            self.count += 1;
            let count = self.count;
            match step {
                Step::Add => {
                    self.press(&format!("]amine{count}\n"));
                    self.mine.push(format!("mine{count}"));
                }
                Step::Undo => {
                    if self.mine.pop().is_some() {
                        self.press("u");
                    }
                }
                Step::Save => {
                    let Some(save) = self.waiting.take() else { return };
                    let arrival = self.disk.save(&save).unwrap();
                    let Save { revision, content, .. } = save;
                    self.answers.push_back(Msg::Saved { revision, result: Ok(content) });
                    let arrival = arrival.map(|arrival| Msg::Outside(Ok(Some(Box::new(arrival)))));
                    self.answers.extend(arrival);
                }
                Step::Look => {
                    let looked = self.disk.look();
                    let told = looked.map(|result| Msg::Outside(result.map(|a| a.map(Box::new))));
                    self.answers.extend(told);
                }
                Step::Hear => {
                    if let Some(answer) = self.answers.pop_front() {
                        self.tell(answer);
                    }
                }
                Step::Branch(one) => {
                    let now = if one { "one" } else { "two" };
                    let was = std::mem::replace(&mut self.title, now.to_owned());
                    let title = |title: &str| format!("\"title\":\"{title}\"");
                    self.edit_outside(|text| text.replace(&title(&was), &title(now)));
                }
                Step::Append => {
                    let item = format!("\"title\":\"theirs{count}\"}},\n{{\"id\":\"a\"");
                    self.edit_outside(|text| {
                        text.replacen("\"id\":\"a\"", &format!("\"id\":\"t{count}\",{item}"), 1)
                    });
                    self.theirs.push(format!("theirs{count}"));
                }
            }
        }

        /// Everything is said, heard and saved.
        fn settle(&mut self) {
            self.take(Step::Look);
            while self.waiting.is_some() || !self.answers.is_empty() {
                self.take(Step::Save);
                self.take(Step::Hear);
            }
            self.take(Step::Look);
            assert!(self.answers.is_empty(), "{:?}", self.answers);
        }
    }

    fn titles(content: &Content) -> Vec<String> {
        let titles = content.list(Place::Backlog).iter().map(|item| item.title().to_owned());
        let mut titles: Vec<String> = titles.collect();
        titles.sort_unstable();
        titles
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(22),
            failure_persistence: None,
            ..ProptestConfig::with_cases(48)
        })]

        #[test]
        fn whenever_it_is_heard_nothing_that_either_side_did_is_taken_back(
            steps in prop::collection::vec(step(), 1..40)
        ) {
            let mut desk = Desk::new();
            for step in steps {
                desk.take(step);
            }
            desk.settle();
            let mut all = vec![desk.title.clone()];
            all.extend(desk.theirs.iter().chain(&desk.mine).cloned());
            all.sort_unstable();
            let file = crate::store::WorkspaceFile::open(&desk.path).unwrap().0.content;
            prop_assert_eq!(titles(&file), all.clone());
            prop_assert_eq!(titles(desk.app.workspace().content()), all);
        }
    }
}
