//! The session: palette, help, filter, what is next, banner, leaving.

use super::{Action, Scope, against, trade};
use crate::app::filter::Filter;
use crate::app::help::Help;
use crate::app::palette::Palette;
use crate::app::prompt::Prompt;
use crate::app::{App, Effect, Window, saving};
use crate::insight::next;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("filter", &["/"], "filter", |app| {
        let text = app.board.filter.text().to_owned();
        Prompt::ask_live(app, "filter".into(), &text, |app, text| {
            app.board.filter = Filter::parse(text);
            app.message = None;
            if let Some(wrong) = app.board.filter.wrong() {
                app.refuse(wrong);
            }
        });
    })
    .also("search, find")
    .scope(Scope::Anywhere)
    .hint("filter"),
    Action::new("palette", &[":", "ctrl-p"], "every command, by name", |app| {
        app.windows.push(Window::Palette(Palette::new(app)));
    })
    .also("commands")
    .no_command("its rows are actions of their own")
    .scope(Scope::Anywhere)
    .hint("commands"),
    Action::new("help", &["?"], "every key", |app| {
        app.windows.push(Window::Help(Help::keys(app)));
    })
    .also("shortcuts, keyboard, manual")
    .scope(Scope::Anywhere)
    .hint("help"),
    Action::new("next", &["N"], "what is next", |app| {
        app.conclude();
        let shown = |day| app.preferences.dates.show(day);
        match next::next(app.workspace(), app.forecast(), app.today, shown) {
            // The day is what is asked for; on a narrow screen what follows is cut.
            Some(next) => app.say(format!("{} · {} · {}", next.when, next.what, next.why)),
            None => app.say("nothing in the backlog is ready to be worked on"),
        }
    })
    .scope(Scope::Anywhere),
    Action::new(
        "banner",
        &["!"],
        "the choices of the banner, or of what is against its score or the plan",
        |app| match () {
            () if app.saving.asks(app) => saving::choices(app),
            () if against::asks(app) => against::choices(app),
            () if trade::asks(app) => trade::ask(app),
            () => against::choices(app),
        },
    )
    .also("conflict, merge, two values, warning")
    .shows()
    .command("decide ID 'a pilot signed for it'")
    .scope(Scope::Anywhere)
    .off(|app| {
        let asks = app.saving.asks(app) || trade::asks(app) || against::here(app).is_some();
        (!asks).then(|| "nothing here waits for an answer".to_owned())
    }),
    Action::new("save", &["ctrl-s"], "write what waits to the file now", saving::now)
        .also("write")
        .no_command("a command ends when what it did is saved")
        .scope(Scope::Anywhere),
    Action::new("quit", &["q"], "quit", saving::quit).also("exit, leave").scope(Scope::Anywhere),
    Action::new("cancel", &["ctrl-c"], "cancel; twice, quit", cancel).scope(Scope::Everywhere),
    Action::new("suspend", &["ctrl-z"], "suspend", |app| app.effects.push(Effect::Suspend))
        .scope(Scope::Everywhere),
    Action::new("redraw", &["ctrl-l"], "redraw", |app| app.effects.push(Effect::Redraw))
        .scope(Scope::Everywhere),
];

/// Ends what is going on. Where nothing is, a second time leaves.
fn cancel(app: &mut App) {
    match app.windows.pop() {
        Some(Window::Prompt(prompt)) => return prompt.cancel(app),
        Some(_) => return,
        None => {}
    }
    let before = app.cancelled_at.replace(app.presses);
    if before.is_some_and(|before| before + 1 == app.presses) {
        return saving::quit(app);
    }
    app.say(format!("{} once more quits", app.key("cancel")));
}
