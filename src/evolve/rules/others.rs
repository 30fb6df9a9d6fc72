//! Rules about all that is not followed further: conditions, negations, dependencies; and about items.

use super::super::view::View;
use super::super::walk::{Side, Walk};
use super::{Rule, changes};

pub(in crate::evolve) const RULES: &[Rule] =
    &[changes("constraint-changed", "a keyword that no other rule speaks of says something else")];

/// The keywords that are compared as a whole.
const WHOLE: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedItems",
];

/// Tells which of them changed, and follows items.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    for keyword in WHOLE {
        if walk.asserted(Side::Old, &old.all_at(keyword)) != walk.asserted(Side::New, &new.all_at(keyword)) {
            say(walk, old, new, keyword);
        }
    }
    let (before, after) = (old.held("items"), new.held("items"));
    match (before.is_empty(), after.is_empty()) {
        (false, false) => walk.schemas(&before, &after),
        (true, true) => {}
        _ => say(walk, old, new, "items"),
    }
    let (before, after) = (old.prefix(), new.prefix());
    if before.len() != after.len() {
        say(walk, old, new, "prefixItems");
    }
    for (before, after) in before.iter().zip(&after) {
        walk.schemas(before, after);
    }
}

fn say(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>, keyword: &str) {
    let (side, view, how) = match (old.has(keyword), new.has(keyword)) {
        (true, false) => (Side::Old, old, "was removed"),
        (false, _) => (Side::New, new, "was added"),
        (true, true) => (Side::New, new, "says something else"),
    };
    walk.say("constraint-changed", side, view.at(keyword).as_ref(), format!("`{keyword}` {how}"));
}
