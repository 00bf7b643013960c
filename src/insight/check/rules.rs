//! The rules, the most serious first: one row each, with the function that finds it.

use super::{Look, Rule, circle, title};
use crate::insight::forecast::basis::plain;
use crate::insight::sprint::{Column, State, last_day};
use crate::scoring::{Framework, Score};
use crate::workspace::{Field, Id, Kind, Place, Record, Status, Value};

/// Days an item may be blocked before that is worth a word.
const BLOCKED_DAYS: i32 = 3;
/// Days a rating holds.
const RATED_DAYS: i32 = 90;

/// Every rule, the most serious first.
pub static RULES: &[Rule] = &[
    Rule {
        id: "conflict",
        words: "conflict",
        wrong: true,
        mend: "banner",
        command: "twohats conflicts ID --keep mine",
        find: conflict,
    },
    Rule {
        id: "part-circle",
        words: "is part of itself",
        wrong: true,
        mend: "links",
        command: "twohats set ID parent=",
        find: |look| goes_round(look, &look.survey.parts),
    },
    Rule {
        id: "wait-circle",
        words: "waits for itself",
        wrong: true,
        mend: "waits",
        command: "twohats set ID blocked_by-=OTHER",
        find: |look| goes_round(look, &look.survey.waits),
    },
    Rule {
        id: "broken-link",
        words: "broken link",
        wrong: true,
        mend: "links",
        command: "twohats set ID FIELD=",
        find: broken_link,
    },
    Rule {
        id: "waits-for-nothing",
        words: "waits for nothing",
        wrong: true,
        mend: "waits",
        command: "twohats set ID blocked_by-=OTHER",
        find: waits_for_nothing,
    },
    Rule {
        id: "overdue",
        words: "overdue",
        wrong: true,
        mend: "form",
        command: "twohats set ID due=+7d",
        find: overdue,
    },
    Rule {
        id: "sprint-over",
        words: "past its last day",
        wrong: true,
        mend: "sprint-close",
        command: "twohats sprint close ID",
        find: past_its_end,
    },
    Rule {
        id: "now-limit",
        words: "over the limit of Now",
        wrong: true,
        mend: "lane-down",
        command: "twohats move ID --to next",
        find: over_now_limit,
    },
    Rule {
        id: "wip-limit",
        words: "over the limit",
        wrong: true,
        mend: "status",
        command: "twohats set ID status=todo",
        find: over_wip_limit,
    },
    Rule {
        id: "waits-below",
        words: "waits for what is below",
        wrong: false,
        mend: "move-down",
        command: "twohats move ID --after OTHER",
        find: waits_below,
    },
    Rule {
        id: "blocked",
        words: "blocked",
        wrong: false,
        mend: "status",
        command: "twohats set ID status=blocked blocked.why=REASON",
        find: blocked,
    },
    Rule {
        id: "sprint-points",
        words: "no points in its sprint",
        wrong: false,
        mend: "points",
        command: "twohats set ID points=3",
        find: |look| (is_unsized(look) && is_in_sprint(look)).then(String::new),
    },
    Rule {
        id: "too-big",
        words: "too big for a sprint",
        wrong: false,
        mend: "break-down",
        command: "twohats add TITLE parent=ID points=3",
        find: too_big,
    },
    Rule {
        id: "acceptance",
        words: "no acceptance criteria",
        wrong: false,
        mend: "story",
        command: "twohats set ID acceptance+=CRITERION",
        find: no_acceptance,
    },
    Rule {
        id: "estimate",
        words: "no estimate",
        wrong: false,
        mend: "points",
        command: "twohats set ID points=3",
        find: |look| (is_unsized(look) && !is_in_sprint(look)).then(String::new),
    },
    Rule {
        id: "unscored",
        words: "unscored",
        wrong: false,
        mend: "score",
        command: "twohats set ID FRAMEWORK.FACTOR=VALUE",
        find: unscored,
    },
    Rule {
        id: "stale",
        words: "stale rating",
        wrong: false,
        mend: "score",
        command: "twohats set ID FRAMEWORK.FACTOR=VALUE",
        find: stale,
    },
    Rule {
        id: "orphan",
        words: "orphan",
        wrong: false,
        mend: "links",
        command: "twohats set ID parent=OTHER",
        find: orphan,
    },
];

fn conflict(look: &Look) -> Option<String> {
    let conflict = look.record.get(Field::Conflict)?;
    let fields: Vec<&str> = conflict.entries().iter().map(|(name, _)| &**name).collect();
    Some(format!("a merge could not choose: {}", fields.join(", ")))
}

fn goes_round(look: &Look, circles: &circle::Circles) -> Option<String> {
    /// Titles of a circle that are named at most.
    const NAMED: usize = 6;
    let id = look.record.id();
    circles.get(id)?;
    let round = circle::around(circles, id);
    let mut titles: Vec<String> =
        round.iter().take(NAMED).map(|id| title(look.workspace, id)).collect();
    titles.extend((round.len() > NAMED).then(|| "…".to_owned()));
    Some(titles.join(" → "))
}

fn broken_link(look: &Look) -> Option<String> {
    let mut broken = Vec::new();
    for (field, value) in look.record.fields().filter(|(field, _)| *field != Field::BlockedBy) {
        value.each_link(&mut |id| {
            if !look.workspace.contains(id) {
                broken.push(format!("{} {id}, which is not here", field.row().label));
            }
        });
    }
    (!broken.is_empty()).then(|| broken.join("; "))
}

fn waits_for_nothing(look: &Look) -> Option<String> {
    let words = |id: &Id| match look.workspace.get(id) {
        None => Some(format!("{id}, which is not here")),
        Some(record) => is_declined(record).then(|| format!("{}, declined", record.title())),
    };
    let nothing: Vec<String> = look.record.links(Field::BlockedBy).filter_map(words).collect();
    (!nothing.is_empty()).then(|| nothing.join("; "))
}

fn is_declined(record: &Record) -> bool {
    let outcome = record.get(Field::Outcome).and_then(|outcome| outcome.get("is"));
    outcome.and_then(Value::as_text) == Some("declined")
}

fn overdue(look: &Look) -> Option<String> {
    let due = look.record.date(Field::Due)?;
    let is_open = look.place().is_some_and(|place| place != Place::Done);
    (is_open && due < look.survey.today).then(|| format!("it was due on {due}"))
}

fn past_its_end(look: &Look) -> Option<String> {
    let runs = look.stands_in(Place::Sprints) && State::of(look.record) == State::Running;
    let end = last_day(look.workspace, look.record).filter(|_| runs)?;
    (end < look.survey.today).then(|| format!("it ended on {end}, and runs until it is closed"))
}

fn over_now_limit(look: &Look) -> Option<String> {
    let spot = look.spot.filter(|spot| spot.place == Place::Now)?;
    let number = f64::from(u32::try_from(spot.index + 1).ok()?);
    let limit = look.survey.now_limit;
    (number > limit).then(|| format!("number {number} of at most {limit}"))
}

fn over_wip_limit(look: &Look) -> Option<String> {
    let limit = look.survey.crowded.get(look.record.id())?;
    let column = Column::of(look.workspace, look.record).key();
    Some(format!("more than {limit} are in {column}"))
}

fn waits_below(look: &Look) -> Option<String> {
    let spot = look.spot.filter(|_| look.is_planned())?;
    let below = |id: &&Id| {
        let other = look.workspace.spot_of(id);
        other.is_some_and(|other| other.place == spot.place && other.index > spot.index)
    };
    let titles: Vec<String> = look
        .record
        .links(Field::BlockedBy)
        .filter(below)
        .map(|id| title(look.workspace, id))
        .collect();
    (!titles.is_empty()).then(|| titles.join("; "))
}

/// What is blocked for long: what it waits for, why, and since when.
fn blocked(look: &Look) -> Option<String> {
    let is_blocked = look.is_planned() && look.record.status() == Status::Blocked;
    let about = look.record.get(Field::Blocked).filter(|_| is_blocked);
    let part = |name| about.and_then(|about| about.get(name));
    let why = part("why").and_then(Value::as_text).filter(|why| !why.is_empty());
    let since = part("since").and_then(Value::as_date);
    let long = match since {
        Some(since) => match (look.survey.today - since).get_days() {
            ..=BLOCKED_DAYS => return None,
            days => format!("for {days} days, since {since}"),
        },
        None if !is_blocked || why.is_some() => return None,
        None => "nobody knows since when".to_owned(),
    };
    let waits = look.workspace.unmet(look.record).map(|id| title(look.workspace, id));
    let waits = waits.collect::<Vec<_>>().join(", ");
    let waits = (!waits.is_empty()).then(|| format!("waits for {waits}"));
    let why =
        why.map(str::to_owned).or_else(|| waits.is_none().then(|| "without a reason".to_owned()));
    Some([waits, why, Some(long)].into_iter().flatten().collect::<Vec<_>>().join("; "))
}

fn is_unsized(look: &Look) -> bool {
    look.stands_in(Place::Backlog)
        && look.survey.shares.borrow_mut().lack(look.workspace, look.record)
}

fn is_in_sprint(look: &Look) -> bool {
    look.record.link(Field::Sprint).is_some_and(|sprint| look.survey.open.contains(sprint))
}

fn too_big(look: &Look) -> Option<String> {
    let points = look.record.number(Field::Points)?;
    let (size, why) = look.survey.size?;
    (points > size && look.is_leaf()).then(|| format!("{points} points, {why} {}", plain(size)))
}

fn no_acceptance(look: &Look) -> Option<String> {
    let has_criteria = matches!(look.record.kind(), Kind::Story | Kind::Epic);
    let soon = || is_in_sprint(look) || look.survey.soon.contains(look.record.id());
    let none = look.record.list(Field::Acceptance).is_empty();
    (none && has_criteria && look.stands_in(Place::Backlog) && soon()).then(String::new)
}

/// An item without a score between items that have one.
fn unscored(look: &Look) -> Option<String> {
    let spot = look.spot.filter(|_| look.is_planned())?;
    let framework = Framework::of(spot.place.hat(), look.workspace.settings());
    let Score::Needs(factors) = framework.score(look.record) else { return None };
    let list = look.workspace.list(spot.place);
    let beside = [spot.index.checked_sub(1), spot.index.checked_add(1)];
    let mut beside = beside.into_iter().flatten().filter_map(|at| list.get(at)).peekable();
    beside.peek()?;
    let is_scored = |record: &std::sync::Arc<Record>| framework.score(record).value().is_some();
    let name = |id: &&str| framework.factor(id).map_or_else(String::new, |one| one.name.to_owned());
    let names = || factors.iter().map(name).collect::<Vec<_>>().join(", ");
    beside.all(is_scored).then(|| format!("its neighbours have a score; it needs {}", names()))
}

fn stale(look: &Look) -> Option<String> {
    let rated = look.record.get(Field::Rated).filter(|_| look.is_planned())?;
    let framework = Framework::of(look.place()?.hat(), look.workspace.settings());
    let since = rated.get(framework.id).and_then(Value::as_date)?;
    let days = (look.survey.today - since).get_days();
    (days > RATED_DAYS).then(|| format!("{} is {days} days old", framework.name))
}

fn orphan(look: &Look) -> Option<String> {
    let links = [Field::Parent, Field::Objective];
    let has_none = links.into_iter().all(|field| look.record.get(field).is_none());
    let aims = match look.place()? {
        Place::Backlog => look.survey.has_aims,
        place => place.in_roadmap() && look.survey.has_objectives,
    };
    let wanted = aims && look.record.kind().is_work();
    (has_none && wanted).then(|| "part of nothing, and serves no objective".into())
}

#[cfg(test)]
mod tests {
    use super::super::{Survey, all};
    use super::*;
    use crate::workspace::{Content, Date, Workspace};
    use std::sync::Arc;

    const TODAY: Date = Date::constant(2026, 11, 22);

    /// A workspace of places and their records.
    fn workspace(lists: &[(Place, &[Record])], settings: &Record) -> Workspace {
        let mut content = Content::default();
        for (place, records) in lists {
            content.fill(*place, records.iter().cloned().map(Arc::new).collect());
        }
        content.set_settings(settings.clone());
        Workspace::new(content)
    }

    /// The records of which a rule finds something, and its words.
    fn found(rule: &str, workspace: &Workspace) -> Vec<(String, String)> {
        let survey = Survey::of(workspace, TODAY);
        let all = all(workspace, &survey).into_iter().filter(|finding| finding.rule.id == rule);
        all.map(|finding| (finding.id.to_string(), finding.words)).collect()
    }

    fn names(rule: &str, lists: &[(Place, &[Record])], settings: &Record) -> String {
        let found = found(rule, &workspace(lists, settings));
        found.into_iter().map(|(id, _)| id).collect::<Vec<_>>().join(" ")
    }

    /// The records of a backlog of which a rule finds something.
    fn backlog(rule: &str, records: &[Record]) -> String {
        names(rule, &[(Place::Backlog, records)], &settings())
    }

    fn settings() -> Record {
        Record::new(Id::new("settings"))
    }

    fn story(id: &str) -> Record {
        let record = Record::new(Id::new(id)).with(Field::Title, Value::text(id));
        record.with(Field::Kind, Value::text("story"))
    }

    fn link(id: &str) -> Value {
        Value::link(Id::new(id))
    }

    fn number(number: f64) -> Value {
        Value::Number(number)
    }

    fn date(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    fn waits(id: &str, ids: &[&str]) -> Record {
        story(id).with(Field::BlockedBy, Value::List(ids.iter().map(|id| link(id)).collect()))
    }

    fn map(name: &str, value: Value) -> Value {
        Value::map([(name.into(), value)])
    }

    fn sprint(id: &str, state: &str) -> Record {
        Record::new(Id::new(id)).with(Field::State, Value::text(state))
    }

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.id != rule.id), "{}", rule.id);
            assert!(rule.command.contains("ID"), "{}", rule.id);
        }
    }

    #[test]
    fn a_conflict_is_found_wherever_it_is() {
        let conflict = map("points", number(3.0));
        let own = settings().with(Field::Conflict, conflict.clone());
        let item = story("a").with(Field::Conflict, conflict);
        assert_eq!(names("conflict", &[(Place::Done, &[item, story("b")])], &own), "a @settings");
    }

    #[test]
    fn a_sprint_that_runs_past_its_last_day_is_found() {
        let ends = |id, state, day| sprint(id, state).with(Field::End, Value::Date(day));
        let yesterday = TODAY.yesterday().unwrap();
        let sprints = [
            ends("a", "running", yesterday),
            ends("b", "running", TODAY),
            ends("c", "closed", yesterday),
            sprint("d", "running"),
        ];
        assert_eq!(names("sprint-over", &[(Place::Sprints, &sprints)], &settings()), "a");
    }

    #[test]
    fn what_goes_round_is_found_and_what_leads_there_is_not() {
        let around = [waits("a", &["b"]), waits("b", &["c", "x"]), waits("c", &["a"])];
        let beside = [waits("d", &["a"]), waits("e", &["f"]), story("f"), story("x")];
        let records = [&around[..], &beside[..]].concat();
        assert_eq!(backlog("wait-circle", &records), "a b c");
        let words =
            &found("wait-circle", &workspace(&[(Place::Backlog, &records)], &settings()))[0].1;
        assert_eq!(words, "a → b → c → a");
        let own = story("o").with(Field::Parent, link("o"));
        let part = story("p").with(Field::Parent, link("o"));
        assert_eq!(backlog("part-circle", &[own, part]), "o");
    }

    #[test]
    fn circles_are_looked_for_again_only_where_there_were_some() {
        let round = workspace(&[(Place::Backlog, &[waits("a", &["a"])])], &settings());
        let straight = workspace(&[(Place::Backlog, &[story("a")])], &settings());
        let survey = Survey::of(&round, TODAY).again(&straight, TODAY).again(&round, TODAY);
        assert_eq!(survey.waits.len(), 1);
        assert!(Survey::of(&straight, TODAY).again(&round, TODAY).waits.is_empty());
    }

    #[test]
    fn a_link_to_nothing_is_found_at_any_depth() {
        let broken = story("a").with(Field::Evidence, Value::list([link("b"), link("gone")]));
        let outcome = story("b").with(Field::Outcome, map("item", link("gone")));
        let whole = story("c").with(Field::Parent, link("a"));
        assert_eq!(backlog("broken-link", &[broken, outcome, whole]), "a b");
    }

    #[test]
    fn waiting_for_what_is_gone_or_declined_is_waiting_for_nothing() {
        let declined = story("no").with(Field::Outcome, map("is", Value::text("declined")));
        let records = [waits("a", &["gone"]), waits("b", &["no"]), waits("c", &["d"]), story("d")];
        let lists = [(Place::Backlog, &records[..]), (Place::Inbox, &[declined][..])];
        assert_eq!(names("waits-for-nothing", &lists, &settings()), "a b");
    }

    #[test]
    fn what_was_due_is_overdue_until_it_is_done() {
        let due = |id, day| story(id).with(Field::Due, date(day));
        let open = [due("a", "2026-11-21"), due("b", "2026-11-22")];
        let lists = [(Place::Backlog, &open[..]), (Place::Done, &[due("c", "2026-11-01")][..])];
        assert_eq!(names("overdue", &lists, &settings()), "a");
    }

    #[test]
    fn what_is_beyond_a_limit_is_found() {
        let lane = [story("a"), story("b"), story("c"), story("d")];
        assert_eq!(names("now-limit", &[(Place::Now, &lane)], &settings()), "d");
        let two = settings().with(Field::NowLimit, number(2.0));
        assert_eq!(names("now-limit", &[(Place::Now, &lane)], &two), "c d");
        assert_eq!(names("now-limit", &[(Place::Next, &lane)], &two), "");
        let doing = lane.map(|item| item.with(Field::Status, Value::text("doing")));
        let wip = settings().with(Field::Wip, map("doing", number(3.0)));
        assert_eq!(names("wip-limit", &[(Place::Backlog, &doing)], &wip), "d");
        assert_eq!(names("wip-limit", &[(Place::Backlog, &doing)], &settings()), "");
        let stuck = doing.map(|item| {
            item.with(Field::Status, Value::text("blocked"))
                .with(Field::Started, date("2026-11-20"))
        });
        let (_, words) = &found("wip-limit", &workspace(&[(Place::Backlog, &stuck)], &wip))[0];
        assert_eq!(words, "more than 3 are in doing", "the column that is full, not the status");
    }

    #[test]
    fn what_waits_stands_below_what_it_waits_for() {
        let records = [waits("a", &["b"]), story("b"), waits("c", &["b"])];
        assert_eq!(backlog("waits-below", &records), "a");
    }

    #[test]
    fn blocked_for_long_says_what_for_why_and_since_when() {
        let blocked = |id, about: &[(&str, Value)]| {
            let about = about.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
            let record = story(id).with(Field::Status, Value::text("blocked"));
            record.with(Field::Blocked, Value::Map(about))
        };
        let (long, new) = (("since", date("2026-11-10")), ("since", date("2026-11-20")));
        let why = ("why", Value::text("the bank is slow"));
        let waits = Value::list([link("new")]);
        let records = [
            blocked("long", std::slice::from_ref(&long)),
            blocked("new", &[new]),
            blocked("waits", std::slice::from_ref(&long)).with(Field::BlockedBy, waits),
            blocked("said", &[long, why.clone()]),
            blocked("just-said", &[why]),
            story("ever").with(Field::Status, Value::text("blocked")),
        ];
        let found = found("blocked", &workspace(&[(Place::Backlog, &records)], &settings()));
        let said: Vec<String> =
            found.into_iter().map(|(id, words)| format!("{id}: {words}")).collect();
        assert_eq!(
            said,
            [
                "long: without a reason; for 12 days, since 2026-11-10",
                "waits: waits for new; for 12 days, since 2026-11-10",
                "said: the bank is slow; for 12 days, since 2026-11-10",
                "ever: without a reason; nobody knows since when",
            ]
        );
    }

    #[test]
    fn leaves_of_the_backlog_want_points_and_those_of_a_sprint_first() {
        let records = [
            story("epic"),
            story("part").with(Field::Parent, link("epic")),
            story("sized").with(Field::Points, number(3.0)),
            story("idea").with(Field::Kind, Value::text("idea")),
            story("soon").with(Field::Sprint, link("s")),
            story("late").with(Field::Sprint, link("old")),
        ];
        let sprints = [sprint("s", "planned"), sprint("old", "closed")];
        let lists = [
            (Place::Backlog, &records[..]),
            (Place::Later, &[story("bet")][..]),
            (Place::Sprints, &sprints[..]),
        ];
        assert_eq!(names("estimate", &lists, &settings()), "part late");
        assert_eq!(names("sprint-points", &lists, &settings()), "soon");
    }

    #[test]
    fn too_big_is_more_than_a_sprint_takes() {
        let big = |id, points| story(id).with(Field::Points, number(points));
        let records = [big("a", 8.0), big("b", 5.0)];
        let done = big("d", 7.0).with(Field::Sprint, link("one"));
        let sprints = [
            sprint("one", "closed"),
            sprint("two", "closed").with(Field::Delivered, number(5.0)),
            sprint("now", "running").with(Field::Delivered, number(99.0)),
        ];
        let known =
            [(Place::Backlog, &records[..]), (Place::Done, &[done]), (Place::Sprints, &sprints)];
        assert_eq!(names("too-big", &known, &settings()), "a", "the median of 7 and 5 is 6");
        assert_eq!(backlog("too-big", &records), "", "nothing is known of any sprint");
        let stated = settings().with(Field::Capacity, number(4.0));
        assert_eq!(names("too-big", &known, &stated), "a b");
        let stated = found("too-big", &workspace(&known, &stated));
        assert_eq!(stated[0].1, "8 points, and the capacity of a sprint is 4");
    }

    #[test]
    fn what_a_sprint_takes_is_what_one_of_the_usual_length_delivered() {
        let over = |id, (start, end), points| {
            let day = |day| Value::Date(Date::constant(2026, 11, day));
            let days =
                sprint(id, "closed").with(Field::Start, day(start)).with(Field::End, day(end));
            days.with(Field::Delivered, number(points))
        };
        // Two of a week, and one of two weeks.
        let mut sprints = vec![over("one", (2, 6), 4.0), over("two", (9, 20), 16.0)];
        sprints.push(over("three", (2, 6), 5.0));
        let items = [story("a").with(Field::Points, number(6.0))];
        let found_with = |sprints: &[Record]| {
            let lists = [(Place::Backlog, &items[..]), (Place::Sprints, sprints)];
            found("too-big", &workspace(&lists, &settings())).pop().map(|(_, words)| words)
        };
        let words =
            "6 points, and in as many days half of the newest sprints delivered no more than 5";
        assert_eq!(found_with(&sprints).as_deref(), Some(words));
        let nothing = [over("one", (2, 6), 0.0), over("two", (9, 13), 0.0)];
        assert_eq!(found_with(&nothing), None, "nobody counts points");
    }

    #[test]
    fn stories_near_the_top_want_acceptance_criteria() {
        let said = Value::list([map("text", Value::text("10,000 rows"))]);
        let mut records = vec![
            story("a"),
            story("said").with(Field::Acceptance, said),
            story("bug").with(Field::Kind, Value::text("bug")),
            waits("waits", &["a"]),
        ];
        records.extend((0..20).map(|n| story(&format!("n{n}"))));
        records.push(story("sprint").with(Field::Sprint, link("s")));
        let sprints = [sprint("s", "running")];
        let lists = [(Place::Backlog, &records[..]), (Place::Sprints, &sprints[..])];
        assert_eq!(
            names("acceptance", &lists, &settings()),
            "a n0 n1 n2 n3 n4 n5 n6 sprint",
            "the first ten that are ready, and the sprint"
        );
    }

    #[test]
    fn an_unscored_item_between_scored_ones_is_found() {
        let scored = |id| {
            let factors =
                vec![("cost_of_delay".into(), number(3.0)), ("duration".into(), number(1.0))];
            story(id).with(Field::Ratings, map("cd3", Value::map(factors)))
        };
        let cd3 = settings().with(Field::BacklogFramework, Value::text("cd3"));
        let records = [scored("a"), story("b"), scored("c"), story("d"), story("e")];
        assert_eq!(names("unscored", &[(Place::Backlog, &records)], &cd3), "b");
        assert_eq!(names("unscored", &[(Place::Backlog, &[story("only")])], &cd3), "");
    }

    #[test]
    fn a_rating_is_stale_after_ninety_days() {
        let rated = |id, day| story(id).with(Field::Rated, map("wsjf", date(day)));
        let wsjf = settings().with(Field::BacklogFramework, Value::text("wsjf"));
        let records = [rated("old", "2026-08-23"), rated("new", "2026-08-24")];
        assert_eq!(names("stale", &[(Place::Backlog, &records)], &wsjf), "old");
    }

    #[test]
    fn work_that_serves_nothing_is_an_orphan_once_there_is_something_to_serve() {
        let records = [
            story("orphan"),
            story("part").with(Field::Parent, link("bet")),
            story("serves").with(Field::Objective, link("aim")),
            story("idea").with(Field::Kind, Value::text("idea")),
        ];
        assert_eq!(backlog("orphan", &records), "");
        let bets = [story("bet")];
        let lists = [(Place::Backlog, &records[..]), (Place::Now, &bets[..])];
        assert_eq!(names("orphan", &lists, &settings()), "orphan");
        let aims = [Record::new(Id::new("aim"))];
        let lists = [lists[0], lists[1], (Place::Objectives, &aims[..])];
        assert_eq!(names("orphan", &lists, &settings()), "bet orphan");
    }
}
