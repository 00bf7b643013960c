//! Writing a file for another tool or for people: what, which items or for whom, and where.

use super::actions::named_by;
use super::choice::{Choice, Choices, LETTERS};
use super::prompt::Prompt;
use super::{App, Effect, Sending, Sent, Unsent, Window};
use crate::exchange::report::Audience;
use crate::exchange::{Aspect, Chosen, Export, LATE};
use crate::workspace::number::counted;
use crate::workspace::{Hat, Place};
use std::rc::Rc;
use std::sync::Arc;

/// Asks what to write.
pub(super) fn ask(app: &mut App) {
    let choice = |(export, key): (Export, char)| {
        let chosen = Rc::new(move |app: &mut App| narrow(app, export));
        Choice::new(key, export.id(), export.name(), chosen)
    };
    let choices = Export::all().zip(LETTERS.chars()).map(choice).collect();
    choose(app, "export what", choices);
}

fn choose(app: &mut App, title: &str, choices: Vec<Choice>) {
    app.windows.push(Window::Choices(Choices::new(title.to_owned(), Vec::new(), choices)));
}

/// Asks which items, or for whom, where that can be said, and then where to.
fn narrow(app: &mut App, export: Export) {
    if export.aspects().contains(&Aspect::Items) {
        let choice = |(which, key): (Which, char)| {
            let items = which.items(app);
            let about = counted(items.len(), "item");
            let then = move |app: &mut App| to(app, export, items.clone(), Audience::ALL[0]);
            Choice::new(key, which.words(app), about, Rc::new(then))
        };
        let choices = Which::offered(app).into_iter().zip(LETTERS.chars()).map(choice).collect();
        choose(app, "export which items", choices);
    } else if export.aspects().contains(&Aspect::Audience) {
        let choice = |(audience, key): (Audience, char)| {
            let then = move |app: &mut App| to(app, export, Vec::new(), audience);
            Choice::new(key, audience.id, audience.words(), Rc::new(then))
        };
        let choices = Audience::ALL.into_iter().zip(LETTERS.chars()).map(choice).collect();
        choose(app, "export for whom", choices);
    } else {
        to(app, export, Vec::new(), Audience::ALL[0]);
    }
}

/// Which items are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Those that are selected.
    Selected,
    /// Those that the filter finds.
    Found,
    /// Those of the pane with the focus.
    Pane,
    /// All.
    All,
}

impl Which {
    /// Those that can be meant now, the narrowest first.
    fn offered(app: &App) -> Vec<Self> {
        let selected = app.board.has_selection().then_some(Self::Selected);
        let found = (!app.board.filter.is_empty()).then_some(Self::Found);
        selected.into_iter().chain(found).chain([Self::Pane, Self::All]).collect()
    }

    fn words(self, app: &App) -> &'static str {
        match self {
            Self::Selected => "those that are selected",
            Self::Found => "those that the filter finds",
            Self::Pane if app.board.hat == Hat::Pm => "those of the roadmap",
            Self::Pane => app.board.backlog.shows.words(),
            Self::All => "all",
        }
    }

    /// The items, in their order.
    fn items(self, app: &App) -> Vec<Chosen> {
        let workspace = app.workspace();
        let all = |place: &Place| {
            let place = *place;
            workspace.list(place).iter().map(move |item| (place, Arc::clone(item)))
        };
        match self {
            Self::Selected => {
                let chosen = app.targets().into_iter();
                let find = |id| Some((workspace.place_of(&id)?, Arc::clone(workspace.get(&id)?)));
                chosen.filter_map(find).collect()
            }
            Self::Found => {
                let filter = &app.board.filter;
                let meant = |place: &&Place| filter.place().is_none_or(|told| told == **place);
                let found = |place: &Place| {
                    let place = *place;
                    let found = filter.matching(workspace, place, app.today);
                    let list = workspace.list(place);
                    found.into_iter().map(move |at| (place, Arc::clone(&list[at])))
                };
                Place::ITEMS.iter().filter(meant).flat_map(found).collect()
            }
            Self::Pane if app.board.hat == Hat::Pm => Place::ROADMAP.iter().flat_map(all).collect(),
            Self::Pane => all(&app.board.backlog.shows).collect(),
            Self::All => Place::ITEMS.iter().flat_map(all).collect(),
        }
    }
}

/// Asks where to.
fn to(app: &mut App, export: Export, items: Vec<Chosen>, audience: Audience) {
    let label = format!("export {} to", export.id());
    Prompt::ask(app, label, &export.file(), move |app, said| {
        if said.trim().is_empty() {
            return app.refuse("a file has a path; nothing was written");
        }
        write(
            app,
            Sending {
                export,
                items: items.clone(),
                audience,
                content: app.workspace().content().clone(),
                today: app.today,
                path: said.trim().to_owned(),
                over: false,
            },
        );
    });
}

fn write(app: &mut App, sending: Sending) {
    app.say(format!("writing {} …", sending.path));
    app.effects.push(Effect::Export(Box::new(sending)));
}

/// Says that it was written, or asks whether to write over what is there.
pub(super) fn sent(app: &mut App, result: Result<Sent, Unsent>) {
    let sending = match result {
        Ok(Sent { words, late }) if late.is_empty() => return app.say(words),
        Ok(Sent { words, late }) => return warn(app, words, &late),
        Err(Unsent::Failed(why)) => return app.refuse(why),
        Err(Unsent::Exists(sending)) => *sending,
    };
    app.message = None;
    let title = format!("{} is there already", sending.path);
    let leave = |app: &mut App| app.say("nothing was written");
    let over = move |app: &mut App| write(app, Sending { over: true, ..sending.clone() });
    let yes = Choice::new('y', "write over it", "what is in it is lost", Rc::new(over));
    let no = Choice::new('n', "leave it", "", Rc::new(leave));
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), vec![yes, no]).at(1)));
}

/// Says what to know before it is sent: a line at the bottom could not hold it.
fn warn(app: &mut App, words: String, late: &[String]) {
    app.message = None;
    let about = std::iter::once(format!("{LATE}:")).chain(late.iter().cloned()).collect();
    let title = words.clone();
    let good = Choice::new('g', "good", "", Rc::new(move |app: &mut App| app.say(words.clone())));
    let why = |app: &mut App| {
        if let Some(timeline) = named_by("timeline") {
            app.run(timeline);
        }
    };
    let says = format!("{} shows the timeline", app.key("timeline"));
    let why = Choice::new('w', "why", says, Rc::new(why));
    app.windows.push(Window::Choices(Choices::new(title, about, vec![good, why])));
}
