//! Every framework, one entry each. A new framework is a new entry and nothing else.

use super::{Factor, Framework, Scale};
use crate::workspace::{Field, Record};

/// Every framework; those with variants have an entry a variant.
pub static CATALOGUE: &[Framework] = &[
    Framework {
        id: "rice",
        name: "RICE",
        when: always,
        summary: "Reach and impact, weighed by how sure you are, per effort.",
        factors: &[
            number(
                "reach",
                "reach",
                "people per quarter",
                at_least(0.0),
                "How many people does it touch in a quarter?",
            ),
            number(
                "impact",
                "impact",
                "",
                steps(above(0.0), IMPACT),
                "How much does it change things for each of them?",
            ),
            number(
                "confidence",
                "confidence",
                "%",
                steps(between(0.0, 100.0), CONFIDENCE),
                "How sure are you of these numbers?",
            ),
            number(
                "effort",
                "effort",
                "person-months",
                above(0.0),
                "How many person-months does it take?",
            ),
        ],
        formula: "{reach} × {impact} × {confidence} ÷ {effort}",
        compute: |v| v[0] * v[1] * v[2] / 100.0 / v[3],
        example: (&[450.0, 3.0, 100.0, 2.0], 675.0),
        source: "McBride, Intercom 2016",
    },
    Framework {
        id: "ice",
        name: "ICE product",
        when: |settings| settings.text(Field::Ice) != "average",
        summary: "Three quick guesses, multiplied.",
        factors: ICE,
        formula: "{impact} × {confidence} × {ease}",
        compute: |v| v[0] * v[1] * v[2],
        example: (&[8.0, 6.0, 3.0], 144.0),
        source: "Gilad",
    },
    Framework {
        id: "ice",
        name: "ICE average",
        when: |settings| settings.text(Field::Ice) == "average",
        summary: "Three quick guesses, averaged.",
        factors: ICE,
        formula: "({impact} + {confidence} + {ease}) ÷ 3",
        compute: |v| (v[0] + v[1] + v[2]) / 3.0,
        example: (&[9.0, 6.0, 3.0], 6.0),
        source: "Ellis",
    },
    Framework {
        id: "wsjf",
        name: "WSJF",
        when: always,
        summary: "The cost of waiting per size: short and urgent work first.",
        factors: &[
            number(
                "value",
                "value",
                "",
                only(FIBONACCI),
                "What is it worth to users and business?",
            ),
            number("urgency", "urgency", "", only(FIBONACCI), "How much is lost by waiting?"),
            number(
                "opportunity",
                "opportunity",
                "",
                only(FIBONACCI),
                "What risk does it lower, what does it make possible?",
            ),
            number("size", "size", "", only(FIBONACCI), "How big is it, beside the others?"),
        ],
        formula: "({value} + {urgency} + {opportunity}) ÷ {size}",
        compute: |v| (v[0] + v[1] + v[2]) / v[3],
        example: (&[8.0, 5.0, 3.0, 5.0], 3.2),
        source: "SAFe: user-business value, time criticality, risk reduction or opportunity enablement, job size",
    },
    Framework {
        id: "cd3",
        name: "CD3",
        when: always,
        summary: "Cost of delay divided by duration, in money.",
        factors: &[
            number(
                "cost_of_delay",
                "cost of delay",
                "money per week",
                at_least(0.0),
                "What does a week without it cost?",
            ),
            number("duration", "duration", "weeks", above(0.0), "How many weeks does it take?"),
        ],
        formula: "{cost_of_delay} ÷ {duration}",
        compute: |v| v[0] / v[1],
        example: (&[30.0, 4.0], 7.5),
        source: "Reinertsen; Arnold, Black Swan Farming",
    },
    Framework {
        id: "value_effort",
        name: "value/effort",
        when: always,
        summary: "Two guesses, and the quadrants of quick wins and money pits.",
        factors: &[
            number("value", "value", "", steps(between(1.0, 10.0), TEN), "What is it worth?"),
            number("effort", "effort", "", steps(between(1.0, 10.0), TEN), "What does it take?"),
        ],
        formula: "{value} ÷ {effort}",
        compute: |v| v[0] / v[1],
        example: (&[8.0, 2.0], 4.0),
        source: "the value and effort matrix",
    },
];

const ICE: &[Factor] = &[
    number(
        "impact",
        "impact",
        "",
        steps(between(1.0, 10.0), TEN),
        "How much does it move what matters?",
    ),
    number(
        "confidence",
        "confidence",
        "",
        steps(between(1.0, 10.0), TEN),
        "How sure are you that it does?",
    ),
    number("ease", "ease", "", steps(between(1.0, 10.0), TEN), "How easy is it?"),
];

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

fn always(_: &Record) -> bool {
    true
}

const fn number(
    id: &'static str,
    name: &'static str,
    unit: &'static str,
    scale: Scale,
    question: &'static str,
) -> Factor {
    Factor { id, name, unit, scale, question }
}

const fn at_least(min: f64) -> Scale {
    Scale { min, open: false, max: f64::INFINITY, steps: &[], only_steps: false }
}

const fn above(min: f64) -> Scale {
    Scale { min, open: true, max: f64::INFINITY, steps: &[], only_steps: false }
}

const fn between(min: f64, max: f64) -> Scale {
    Scale { min, open: false, max, steps: &[], only_steps: false }
}

const fn steps(scale: Scale, steps: &'static [(f64, &'static str)]) -> Scale {
    Scale { steps, ..scale }
}

const fn only(steps: &'static [(f64, &'static str)]) -> Scale {
    Scale { min: steps[steps.len() - 1].0, open: false, max: steps[0].0, steps, only_steps: true }
}
