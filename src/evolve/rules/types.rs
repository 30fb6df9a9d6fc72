//! Rules about types, `null` among them, and formats.

use std::collections::BTreeSet;

use super::super::view::View;
use super::super::walk::{Side, Walk};
use super::{Level, Rule, changes, narrows, widens};

pub(in crate::evolve) const RULES: &[Rule] = &[
    narrows("type-narrowed", "a type is not accepted any more"),
    widens("type-widened", "one more type is accepted"),
    changes("type-changed", "other types are accepted, and some are not any more"),
    widens("became-nullable", "`null` is accepted now"),
    narrows("became-not-nullable", "`null` is refused now"),
    Rule {
        id: "format-added",
        purpose: "a format is stated now, and may be asked for",
        sender: Level::Warning,
        receiver: Level::Info,
    },
    Rule {
        id: "format-removed",
        purpose: "a format is not stated any more, and may not be kept",
        sender: Level::Info,
        receiver: Level::Warning,
    },
    Rule {
        id: "format-changed",
        purpose: "another format is stated",
        sender: Level::Warning,
        receiver: Level::Warning,
    },
];

/// Tells what became of the types that are accepted; gives whether any type but `null` still is.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) -> bool {
    // Where both have branches, it is told of these what came and went.
    let of_branches = old.unions.is_empty() != new.unions.is_empty();
    let (mut before, mut after) = (old.types(of_branches), new.types(of_branches));
    let place = new.at("type");
    match (before.remove("null"), after.remove("null")) {
        (false, true) => walk.say("became-nullable", Side::New, place.as_ref(), "`null` is accepted now".to_owned()),
        (true, false) => walk.say("became-not-nullable", Side::New, place.as_ref(), "`null` is refused now".to_owned()),
        _ => {}
    }
    let rule = match (before.is_subset(&after), after.is_subset(&before)) {
        (true, true) => None,
        (true, false) => Some("type-widened"),
        (false, true) => Some("type-narrowed"),
        (false, false) => Some("type-changed"),
    };
    if let Some(rule) = rule {
        let message = format!("the type was {}, and is {}", shown(&before), shown(&after));
        walk.say(rule, Side::New, place.as_ref(), message);
    }
    format(walk, old, new);
    before.is_empty() && after.is_empty() || !before.is_disjoint(&after)
}

/// The types, for people: numbers are integers as well.
fn shown(types: &BTreeSet<&str>) -> String {
    let is_implied = |name: &str| name == "integer" && types.contains("number");
    let names: Vec<&str> = types.iter().copied().filter(|name| !is_implied(name)).collect();
    match names.as_slice() {
        [] => "`null` alone".to_owned(),
        [_, _, _, _, _, ..] => "any".to_owned(),
        names => names.join(" or "),
    }
}

fn format(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (old.texts("format"), new.texts("format"));
    if before == after {
        return;
    }
    let list = |formats: &BTreeSet<&str>| formats.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let (rule, side, message) = match (before.is_empty(), after.is_empty()) {
        (true, _) => ("format-added", Side::New, format!("the format {} is stated now", list(&after))),
        (_, true) => ("format-removed", Side::Old, format!("the format {} is not stated any more", list(&before))),
        _ => ("format-changed", Side::New, format!("the format was {}, and is {}", list(&before), list(&after))),
    };
    let place = if side == Side::New { new.at("format") } else { old.at("format") };
    walk.say(rule, side, place.as_ref(), message);
}
