//! Every framework, one entry each. A new framework is a new entry and nothing else.

use super::{Factor, Framework, Role, Scale, drivers, formula, kano, moscow, warning};
use crate::workspace::Field;

/// Every framework; those with variants have an entry a variant.
pub static CATALOGUE: &[Framework] = &[
    Framework {
        id: "rice",
        name: "RICE",
        summary: "Reach and impact, weighed by how sure you are, per effort.",
        factors: &[
            Factor::new("reach", "reach", Scale::at_least(0.0))
                .unit("people per quarter")
                .asks("How many people does it touch in a quarter?"),
            Factor::new("impact", "impact", Scale::above(0.0).named(IMPACT))
                .asks("How much does it change things for each of them?"),
            Factor::new("confidence", "confidence", Scale::between(0.0, 100.0).named(CONFIDENCE))
                .unit("%")
                .asks("How sure are you of these numbers?")
                .role(Role::Times(100.0)),
            Factor::new("effort", "effort", Scale::above(0.0))
                .unit("person-months")
                .asks("How many person-months does it take?")
                .role(Role::Over),
        ],
        formula: "{reach} × {impact} × {confidence} ÷ {effort}",
        warn: warning::other_units,
        example: (&[450.0, 3.0, 100.0, 2.0], 675.0),
        source: "McBride, Intercom 2016",
        ..ROW
    },
    Framework {
        id: "ice",
        name: "ICE product",
        when: |settings| settings.text(Field::Ice) != "average",
        summary: "Three quick guesses, multiplied.",
        factors: &[ice_impact(TIMES), ice_confidence(TIMES), ice_ease(TIMES)],
        formula: "{impact} × {confidence} × {ease}",
        example: (&[8.0, 6.0, 3.0], 144.0),
        source: "Gilad",
        ..ROW
    },
    Framework {
        id: "ice",
        name: "ICE average",
        when: |settings| settings.text(Field::Ice) == "average",
        summary: "Three quick guesses, averaged.",
        factors: &[ice_impact(THIRD), ice_confidence(THIRD), ice_ease(THIRD)],
        formula: "({impact} + {confidence} + {ease}) ÷ 3",
        example: (&[9.0, 6.0, 3.0], 6.0),
        source: "Ellis",
        ..ROW
    },
    Framework {
        id: "wsjf",
        name: "WSJF",
        summary: "The cost of waiting per size: short and urgent work first.",
        factors: &[
            Factor::new("value", "value", Scale::only(FIBONACCI))
                .asks("What is it worth to users and business?")
                .role(ADDS),
            Factor::new("urgency", "urgency", Scale::only(FIBONACCI))
                .asks("How much is lost by waiting?")
                .role(ADDS),
            Factor::new("opportunity", "opportunity", Scale::only(FIBONACCI))
                .asks("What risk does it lower, what does it make possible?")
                .role(ADDS),
            Factor::new("size", "size", Scale::only(FIBONACCI))
                .asks("How big is it, beside the others?")
                .role(Role::Over),
        ],
        formula: "({value} + {urgency} + {opportunity}) ÷ {size}",
        warn: warning::no_smallest,
        example: (&[8.0, 5.0, 3.0, 5.0], 3.2),
        source: "SAFe: user-business value, time criticality, risk reduction or opportunity enablement, job size",
        ..ROW
    },
    Framework {
        id: "cd3",
        name: "CD3",
        summary: "Cost of delay divided by duration, in money.",
        factors: &[
            Factor::new("cost_of_delay", "cost of delay", Scale::at_least(0.0))
                .unit("money per week")
                .asks("What does a week without it cost?"),
            Factor::new("duration", "duration", Scale::above(0.0))
                .unit("weeks")
                .asks("How many weeks does it take?")
                .role(Role::Over),
        ],
        formula: "{cost_of_delay} ÷ {duration}",
        example: (&[30.0, 4.0], 7.5),
        source: "Reinertsen; Arnold, Black Swan Farming",
        ..ROW
    },
    Framework {
        id: "value_effort",
        name: "value/effort",
        summary: "Two guesses, and the quadrants of quick wins and money pits.",
        factors: &[
            Factor::new("value", "value", Scale::between(1.0, 10.0).named(TEN))
                .asks("What is it worth?"),
            Factor::new("effort", "effort", Scale::between(1.0, 10.0).named(TEN))
                .asks("What does it take?")
                .role(Role::Over),
        ],
        formula: "{value} ÷ {effort}",
        example: (&[8.0, 2.0], 4.0),
        source: "the value and effort matrix",
        ..ROW
    },
    Framework {
        id: "opportunity",
        name: "opportunity",
        summary: "What matters to people and leaves them unsatisfied.",
        factors: &[
            Factor::new("importance", "importance", Scale::between(0.0, 10.0))
                .asks("Ten times the share of people for whom it matters, 4 or 5 of 5?")
                .role(ADDS),
            Factor::new("satisfaction", "satisfaction", Scale::between(0.0, 10.0))
                .asks("Ten times the share of people who are content today, 4 or 5 of 5?")
                .role(Role::Gap),
        ],
        formula: "{importance} + what is missing of it beside {satisfaction}",
        word: |score| Some(opportunity(score)),
        example: (&[9.0, 3.0], 15.0),
        source: "Ulwick, outcome-driven innovation",
        ..ROW
    },
    Framework {
        id: "weighted",
        name: "weighted drivers",
        when: drivers::are_set,
        summary: "Your own drivers, each between its anchors and by its weight.",
        // The published example; a workspace has the drivers of its settings instead.
        factors: &[
            Factor::new("first", "first driver", Scale::between(0.0, 10.0)).role(weighs(0.40)),
            Factor::new("second", "second driver", Scale::between(0.0, 10.0)).role(weighs(0.25)),
            Factor::new("third", "third driver", Scale::between(0.0, 10.0)).role(weighs(0.20)),
            Factor::new("fourth", "fourth driver", Scale::between(0.0, 10.0)).role(weighs(0.15)),
        ],
        own: Some(drivers::framework),
        formula: "40 % of {first} + 25 % of {second} + 20 % of {third} + 15 % of {fourth}",
        example: (&[9.0, 10.0, 4.0, 8.0], 0.81),
        source: "weighted sum with fixed anchors",
        ..ROW
    },
    Framework {
        id: "moscow",
        name: "MoSCoW",
        summary: "Must, should, could, and what will not be done this time.",
        factors: &[Factor::new("class", "class", Scale::classes(moscow::CLASSES))
            .asks("Is the product of any use without it?")],
        formula: "{class}",
        by_class: true,
        word: |score| class(moscow::CLASSES, score),
        warn: warning::too_many_musts,
        example: (&[3.0], 3.0),
        source: "DSDM Agile Project Framework",
        ..ROW
    },
    Framework {
        id: "kano",
        name: "Kano",
        summary: "What spoils it when missing, and what delights when there.",
        factors: &[
            Factor::new("class", "class", Scale::classes(kano::CLASSES))
                .asks("How would people feel with it, and how without?")
                .role(Role::Class),
            answers("must", "answers for must"),
            answers("one_dimensional", "answers for one-dimensional"),
            answers("attractive", "answers for attractive"),
            answers("indifferent", "answers for indifferent"),
            answers("reverse", "answers for reverse"),
            answers("questionable", "answers that contradict themselves"),
        ],
        formula: "{class}",
        compute: kano::score,
        by_class: true,
        word: |score| class(kano::CLASSES, score),
        tell: kano::tell,
        example: (&[4.0, 95.0, 123.0, 45.0, 33.0, 0.0, 0.0], 4.0),
        source: "Kano 1984; Berger 1993; Fong 1996",
        ..ROW
    },
];

/// What most frameworks have alike.
const ROW: Framework = Framework {
    id: "",
    name: "",
    when: |_| true,
    summary: "",
    factors: &[],
    own: None,
    formula: "",
    compute: formula::score,
    by_class: false,
    word: |_| None,
    tell: formula::tell,
    warn: warning::none,
    example: (&[], 0.0),
    source: "",
};

const TIMES: Role = Role::Times(1.0);
const ADDS: Role = Role::Plus { weight: 1.0, zero: 0.0, one: 1.0 };
const THIRD: Role = Role::Plus { weight: 1.0, zero: 0.0, one: 3.0 };

const fn weighs(weight: f64) -> Role {
    Role::Plus { weight, zero: 0.0, one: 10.0 }
}

const fn ice_impact(role: Role) -> Factor {
    Factor::new("impact", "impact", Scale::between(1.0, 10.0).named(TEN))
        .asks("How much does it move what matters?")
        .role(role)
}

const fn ice_confidence(role: Role) -> Factor {
    Factor::new("confidence", "confidence", Scale::between(1.0, 10.0).named(TEN))
        .asks("How sure are you that it does?")
        .role(role)
}

const fn ice_ease(role: Role) -> Factor {
    Factor::new("ease", "ease", Scale::between(1.0, 10.0).named(TEN))
        .asks("How easy is it?")
        .role(role)
}

const fn answers(id: &'static str, name: &'static str) -> Factor {
    Factor::new(id, name, Scale::at_least(0.0))
        .asks("How many people's answers say so? Leave empty where the class is known.")
        .role(Role::Class)
}

fn class(classes: &[(f64, &'static str)], score: f64) -> Option<&'static str> {
    classes.iter().find(|(value, _)| (value - score).abs() < 1e-9).map(|(_, word)| *word)
}

/// The bands of opportunity (Ulwick).
fn opportunity(score: f64) -> &'static str {
    match score {
        score if score > 15.0 => "extreme opportunity",
        score if score >= 12.0 => "high opportunity",
        score if score >= 10.0 => "solid opportunity",
        _ => "well enough served",
    }
}

const IMPACT: &[(f64, &str)] =
    &[(3.0, "massive"), (2.0, "high"), (1.0, "medium"), (0.5, "low"), (0.25, "minimal")];

const CONFIDENCE: &[(f64, &str)] = &[(100.0, "high"), (80.0, "medium"), (50.0, "low")];

const FIBONACCI: &[(f64, &str)] = &[
    (20.0, "far above all others"),
    (13.0, "very large"),
    (8.0, "large"),
    (5.0, "medium"),
    (3.0, "small"),
    (2.0, "very small"),
    (1.0, "the smallest there is"),
];

const TEN: &[(f64, &str)] = &[
    (10.0, "as high as it gets"),
    (8.0, "high"),
    (5.0, "middling"),
    (3.0, "low"),
    (1.0, "next to nothing"),
];
