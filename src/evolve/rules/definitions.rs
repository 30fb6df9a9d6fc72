//! Rules about definitions as a whole.

use super::{Level, Rule, info, narrows, widens};

pub(in crate::evolve) const RULES: &[Rule] = &[
    info("definition-added", "a definition is new"),
    Rule {
        id: "definition-removed",
        purpose: "a definition is gone; what referred to it is told of by itself",
        sender: Level::Warning,
        receiver: Level::Warning,
    },
    info("definition-renamed", "a definition has another name, which nobody sees in what is sent"),
    Rule {
        id: "definition-undecided",
        purpose: "whether a definition accepts other values could not be decided",
        sender: Level::Warning,
        receiver: Level::Warning,
    },
    narrows(
        "accepts-less",
        "values are refused that were accepted, by nothing that another rule names here, or by what is referred to",
    ),
    widens(
        "accepts-more",
        "values are accepted that were refused, by nothing that another rule names here, or by what is referred to",
    ),
];
