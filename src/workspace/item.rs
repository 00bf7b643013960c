//! What an item's words mean: its kind and how far it is.

use super::{Field, Place, Record, Value};

/// What sort of work an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A bet on the roadmap.
    Initiative,
    /// A large piece of the backlog, made of stories.
    Epic,
    /// Something a user gets.
    Story,
    /// Something to do; also every kind this version does not know.
    Task,
    /// Something broken.
    Bug,
    /// A question to answer within limits.
    Spike,
    /// Something that might be worth it.
    Idea,
    /// Something somebody said.
    Feedback,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Initiative,
        Self::Epic,
        Self::Story,
        Self::Task,
        Self::Bug,
        Self::Spike,
        Self::Idea,
        Self::Feedback,
    ];

    /// The kind as the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Initiative => "initiative",
            Self::Epic => "epic",
            Self::Story => "story",
            Self::Task => "task",
            Self::Bug => "bug",
            Self::Spike => "spike",
            Self::Idea => "idea",
            Self::Feedback => "feedback",
        }
    }

    /// Whether it is work, to be done and counted; ideas and feedback are not.
    pub fn is_work(self) -> bool {
        !matches!(self, Self::Idea | Self::Feedback)
    }
}

/// How far an item is that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Not begun.
    Todo,
    /// Being worked on.
    Doing,
    /// Stuck.
    Blocked,
    /// Waiting for a look.
    Review,
}

impl Status {
    /// Every status, in the order in which work passes through them.
    pub const ALL: [Self; 4] = [Self::Todo, Self::Doing, Self::Blocked, Self::Review];

    /// The status as the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Blocked => "blocked",
            Self::Review => "review",
        }
    }
}

impl Record {
    /// What sort of work it is.
    pub fn kind(&self) -> Kind {
        let word = self.text(Field::Kind);
        Kind::ALL.into_iter().find(|kind| kind.key() == word).unwrap_or(Kind::Task)
    }

    /// How far it is where it stands; in `done` its status says nothing, and waits for when it is
    /// taken up again.
    pub fn status_in(&self, place: Place) -> Option<Status> {
        (place != Place::Done).then(|| self.status())
    }

    /// Whether it is a mark in time, with which nothing goes out.
    pub fn is_milestone(&self) -> bool {
        self.get(Field::Milestone) == Some(&Value::Flag(true))
    }

    /// How far it is, of what is not done.
    pub fn status(&self) -> Status {
        let word = self.text(Field::Status);
        Status::ALL.into_iter().find(|status| status.key() == word).unwrap_or(Status::Todo)
    }

    /// What it is called: its title, its name, or what was decided or noted.
    pub fn title(&self) -> &str {
        [Field::Title, Field::Name, Field::What, Field::Note]
            .into_iter()
            .map(|field| self.text(field))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }
}
