//! What an item counts for, asked in every place that counts.

use std::collections::HashSet;
use std::sync::Arc;
use twohats::app::filter::Filter;
use twohats::insight::check;
use twohats::insight::coverage::Coverage;
use twohats::insight::forecast::basis::Count;
use twohats::insight::forecast::throughput::usual;
use twohats::insight::forecast::{Forecast, LAST, counted};
use twohats::insight::points::Points;
use twohats::insight::rank::{Beliefs, Capacity};
use twohats::insight::standing::within;
use twohats::scoring::Framework;
use twohats::workspace::{Content, Date, Field, Id, Place, Record, Value, Workspace};

const TODAY: Date = Date::constant(2026, 11, 22);

/// A backlog of stories in score order, some of them made of others, some estimated; initiatives on
/// the roadmap that some are part of.
fn sized(random: &mut fastrand::Rng) -> Workspace {
    let link = |id: String| Value::link(Id::new(&id));
    let mut item = |at: u32, id: String, kind: &str, above: &str| {
        let mut item = Record::new(Id::new(&id)).with(Field::Kind, Value::text(kind));
        if random.u8(..3) == 0 {
            item = item.with(Field::Points, Value::Number(f64::from(random.u8(1..9))));
        }
        if at > 0 && random.u8(..3) > 0 {
            item = item.with(Field::Parent, link(format!("{above}{}", random.u32(..at))));
        }
        item
    };
    let lane = (0..4).map(|at| item(at, format!("i{at}"), "initiative", "i")).collect::<Vec<_>>();
    let kinds = ["story", "bug", "epic", "idea"];
    let mut list: Vec<_> = (0..4).map(|at| item(4, format!("e{at}"), "epic", "i")).collect();
    list.extend((0..12).map(|at| item(4, format!("s{at}"), kinds[at % 4], "e")));
    let done = (0..2).map(|at| item(4, format!("d{at}"), "story", "e")).collect::<Vec<_>>();
    let mut content = Content::default();
    let lists = [(Place::Now, lane), (Place::Backlog, list), (Place::Done, done)];
    for (place, list) in lists {
        content.fill(place, list.into_iter().map(Arc::new).collect());
    }
    Workspace::new(content)
}

/// The same with a score for what is counted, so that the score order is the one that stands.
fn scored(workspace: &Workspace) -> Workspace {
    let counted: HashSet<Id> = counted(workspace).iter().map(|item| item.id().clone()).collect();
    let score = |(at, item): (u32, &Arc<Record>)| {
        let [cost, weeks] = [f64::from(1_000 - at), 1.0].map(Value::Number);
        let cd3 = Value::map([("cost_of_delay".into(), cost), ("duration".into(), weeks)]);
        let ratings = Value::map([("cd3".into(), cd3)]);
        let is_counted = counted.contains(item.id());
        if is_counted {
            Arc::new(Record::clone(item).with(Field::Ratings, ratings))
        } else {
            Arc::clone(item)
        }
    };
    let mut content = workspace.content().clone();
    let list = (0..).zip(workspace.list(Place::Backlog)).map(score).collect();
    content.fill(Place::Backlog, list);
    Workspace::new(content)
}

#[test]
fn who_is_estimated_and_how_big_it_is_all_say_alike() {
    let mut random = fastrand::Rng::with_seed(8);
    let cd3 = Framework::find("cd3", &Record::new(Id::new("s"))).unwrap();
    let mut lines = HashSet::new();
    for _ in 0..300 {
        let workspace = scored(&sized(&mut random));
        let backlog = workspace.list(Place::Backlog);
        let survey = check::Survey::of(&workspace, TODAY);
        let found = check::all(&workspace, &survey).into_iter();
        let found: Vec<Id> =
            found.filter(|one| one.rule.id == "estimate").map(|one| one.id).collect();
        let filter = Filter::parse("is:unestimated").matching(&workspace, Place::Backlog, TODAY);
        let filter: Vec<Id> = filter.iter().map(|at| backlog[*at].id().clone()).collect();
        assert_eq!(found, filter);
        let forecast = Forecast::new(&workspace, usual(), LAST, TODAY);
        if forecast.basis.count == Count::Points {
            let assumed = forecast.items.iter().filter(|item| item.assumed);
            assert_eq!(found, assumed.map(|item| item.id.clone()).collect::<Vec<_>>());
            for room in 0..20 {
                let room = f64::from(room);
                let (known, points) = (&mut Beliefs::default(), Some(Capacity::Points(room)));
                let ranking = within(known, &workspace, backlog, cd3, points, TODAY);
                assert_eq!(ranking.line, Some(forecast.within(room).len()), "{room}");
                lines.insert(ranking.line);
            }
        }
        let sizeless = Coverage::of(&workspace, TODAY).sizeless;
        let open =
            |id: &&Id| !workspace.is_parent(id) && workspace.place_of(id) != Some(Place::Done);
        let mut points = Points::new(&workspace);
        for item in workspace.list(Place::Now) {
            let family = workspace.family(item.id());
            let mut parts = family.iter().copied().filter(open).filter_map(|id| workspace.get(id));
            let is_sized = parts.any(|part| points.of(part).is_some());
            assert_eq!(is_sized, !sizeless.contains(item.id()), "{}", item.id());
        }
    }
    assert!(lines.len() > 5, "{lines:?}");
}
