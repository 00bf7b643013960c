//! Where a key means something, and which meaning comes first where several would.

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// In every window too.
    Everywhere,
    /// Wherever no text is typed and nothing is asked.
    Anywhere,
    /// On the item under the cursor, in every view.
    Items,
    /// In the lists of the board.
    Lists,
    /// On the board of a sprint.
    Sprint,
    /// In the view of vision and objectives.
    Outcomes,
    /// On the timeline.
    Timeline,
    /// In the check-in; its keys come before those of items.
    CheckIn,
    /// Among the ranks.
    Ranks,
    /// On the plane of value and effort.
    Matrix,
    /// In the inbox; its keys come before those of other lists.
    Inbox,
    /// While a line is typed.
    Text,
    /// While an answer is chosen.
    Choice,
    /// In the palette.
    Palette,
    /// In a text to page through.
    Page,
    /// In the form that scores.
    Score,
    /// In a form.
    Form,
    /// In a row of a form that takes several lines; its keys come before those of the form.
    FormLines,
    /// While records are picked.
    Picker,
    /// While a sprint is filled.
    Planning,
    /// While a sprint is closed.
    Closing,
}

impl Scope {
    /// Every scope, the innermost first.
    pub const ALL: [Self; 21] = [
        Self::Inbox,
        Self::Lists,
        Self::Sprint,
        Self::Timeline,
        Self::Outcomes,
        Self::CheckIn,
        Self::Ranks,
        Self::Matrix,
        Self::Items,
        Self::Anywhere,
        Self::Everywhere,
        Self::Score,
        Self::FormLines,
        Self::Form,
        Self::Picker,
        Self::Planning,
        Self::Closing,
        Self::Text,
        Self::Choice,
        Self::Palette,
        Self::Page,
    ];

    /// The scope whose keys work here too.
    pub fn outer(self) -> Option<Self> {
        match self {
            Self::Everywhere => None,
            Self::Inbox => Some(Self::Lists),
            Self::Lists
            | Self::Sprint
            | Self::Timeline
            | Self::Outcomes
            | Self::CheckIn
            | Self::Ranks
            | Self::Matrix => Some(Self::Items),
            Self::Items => Some(Self::Anywhere),
            Self::FormLines => Some(Self::Form),
            _ => Some(Self::Everywhere),
        }
    }

    /// The scope's name in the configuration.
    pub fn key(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Anywhere => "anywhere",
            Self::Items => "items",
            Self::Lists => "lists",
            Self::Sprint => "sprint",
            Self::Timeline => "timeline",
            Self::Outcomes => "outcomes",
            Self::CheckIn => "check-in",
            Self::Ranks => "ranks",
            Self::Matrix => "matrix",
            Self::Inbox => "inbox",
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Palette => "palette",
            Self::Page => "page",
            Self::Score => "score",
            Self::Form => "form",
            Self::FormLines => "form-lines",
            Self::Picker => "picker",
            Self::Planning => "planning",
            Self::Closing => "closing",
        }
    }

    /// A scope and those whose keys work in it too, from the inside out.
    pub fn outwards(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |scope| scope.outer())
    }

    /// Whether it belongs to a view, rather than to a window over it: digits count, and the
    /// palette has its actions.
    pub fn in_view(self) -> bool {
        self.outwards().any(|scope| scope == Self::Anywhere)
    }

    /// Whether letters are typed in it, so that they can't be keys.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Palette | Self::Score | Self::Form | Self::FormLines | Self::Picker
        )
    }

    /// Whether its keys may mean something else where it is entered from.
    pub fn comes_before(self, outer: Self) -> bool {
        match self {
            Self::Inbox => matches!(outer, Self::Lists | Self::Items),
            Self::CheckIn => outer == Self::Items,
            Self::FormLines => outer == Self::Form,
            _ => false,
        }
    }

    /// The scope in words, for help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Anywhere => "In every view",
            Self::Items => "On an item, in every view",
            Self::Lists => "The lists of the board",
            Self::Sprint => "The board of a sprint",
            Self::Timeline => "The timeline",
            Self::Outcomes => "Vision and objectives",
            Self::CheckIn => "The check-in",
            Self::Ranks => "The ranks",
            Self::Matrix => "Value and effort",
            Self::Inbox => "In the inbox",
            Self::Text => "Typing a line",
            Self::Choice => "Choosing",
            Self::Palette => "Palette",
            Self::Page => "Reading",
            Self::Score => "Scoring",
            Self::Form => "Filling in a form",
            Self::FormLines => "Several lines in a form",
            Self::Picker => "Picking",
            Self::Planning => "Filling a sprint",
            Self::Closing => "Closing a sprint",
        }
    }
}
