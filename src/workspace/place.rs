//! Where a record stands.

use super::Kind;
use super::field::Section;

/// The role that is on: product manager or product owner. Each has its pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hat {
    /// Product manager: the roadmap.
    Pm,
    /// Product owner: the backlog.
    Po,
}

impl Hat {
    /// The hat as the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pm => "pm",
            Self::Po => "po",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Pm => Self::Po,
            Self::Po => Self::Pm,
        }
    }
}

/// A list of records, in its own order. The first six hold items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Roadmap lane: what is being done.
    Now,
    /// Roadmap lane: what comes after that.
    Next,
    /// Roadmap lane: what may come one day.
    Later,
    /// What the team does next, in order.
    Backlog,
    /// What came in and is not sorted yet.
    Inbox,
    /// What is done.
    Done,
    /// What the product is to reach.
    Objectives,
    /// Whom it serves.
    Personas,
    /// What goes out when.
    Releases,
    /// The iterations.
    Sprints,
    /// What was decided, and why.
    Decisions,
    /// The regular looks back.
    CheckIns,
}

impl Place {
    /// Every place, in the order of the declaration.
    pub const ALL: [Self; 12] = [
        Self::Now,
        Self::Next,
        Self::Later,
        Self::Backlog,
        Self::Inbox,
        Self::Done,
        Self::Objectives,
        Self::Personas,
        Self::Releases,
        Self::Sprints,
        Self::Decisions,
        Self::CheckIns,
    ];
    /// The places that hold items, `done` last.
    pub const ITEMS: [Self; 6] =
        [Self::Now, Self::Next, Self::Later, Self::Backlog, Self::Inbox, Self::Done];
    /// The lanes of the roadmap.
    pub const ROADMAP: [Self; 3] = [Self::Now, Self::Next, Self::Later];

    /// The place as the file and the command line spell it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Next => "next",
            Self::Later => "later",
            Self::Backlog => "backlog",
            Self::Inbox => "inbox",
            Self::Done => "done",
            Self::Objectives => "objectives",
            Self::Personas => "personas",
            Self::Releases => "releases",
            Self::Sprints => "sprints",
            Self::Decisions => "decisions",
            Self::CheckIns => "check_ins",
        }
    }

    /// The place in words, as in "moved to the backlog".
    pub fn words(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::Next => "Next",
            Self::Later => "Later",
            Self::Backlog => "the backlog",
            Self::Inbox => "the inbox",
            Self::Done => "done",
            Self::Objectives => "the objectives",
            Self::Personas => "the personas",
            Self::Releases => "the releases",
            Self::Sprints => "the sprints",
            Self::Decisions => "the decisions",
            Self::CheckIns => "the check-ins",
        }
    }

    /// The place for items with this key.
    pub fn of_items(key: &str) -> Option<Self> {
        Self::ITEMS.into_iter().find(|place| place.key() == key)
    }

    /// Whether this is a lane of the roadmap.
    pub fn in_roadmap(self) -> bool {
        Self::ROADMAP.contains(&self)
    }

    /// Whether what stands here is an item.
    pub fn holds_items(self) -> bool {
        Self::ITEMS.contains(&self)
    }

    /// Whose business it is: the roadmap is the manager's, the rest of the items the owner's.
    pub fn hat(self) -> Hat {
        if self.in_roadmap() { Hat::Pm } else { Hat::Po }
    }

    /// The kind a new item has here.
    pub fn usual_kind(self) -> Kind {
        match self {
            Self::Now | Self::Next | Self::Later => Kind::Initiative,
            Self::Inbox => Kind::Feedback,
            _ => Kind::Story,
        }
    }

    /// What kind of record stands here.
    pub fn section(self) -> Section {
        match self {
            Self::Objectives => Section::Objective,
            Self::Personas => Section::Persona,
            Self::Releases => Section::Release,
            Self::Sprints => Section::Sprint,
            Self::Decisions => Section::Decision,
            Self::CheckIns => Section::CheckIn,
            _ => Section::Item,
        }
    }
}
