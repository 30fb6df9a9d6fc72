//! Rules about the values that are listed, by `enum` or `const`.

use serde_json::Value;

use super::super::view::View;
use super::super::walk::{Side, Walk};
use super::{Level, Rule, info, narrows, widens};
use crate::equal::equal;
use crate::source::KNOWN_VALUES;

pub(in crate::evolve) const RULES: &[Rule] = &[
    widens("enum-value-added", "one more value is listed"),
    narrows("enum-value-removed", "a value is listed no more"),
    widens("enum-opened", "values are listed no more: all others are accepted, too"),
    narrows("enum-closed", "values are listed now: no others are accepted"),
    info("known-value-added", "one more value is listed of an enum that accepts others"),
    Rule {
        id: "known-value-removed",
        purpose: "a value is listed no more of an enum that accepts others",
        sender: Level::Warning,
        receiver: Level::Info,
    },
];

/// Tells what became of the values that are listed; `null` is told of among the types.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    let at = |view: &View<'_>| view.at("enum").filter(|_| view.has("enum")).or_else(|| view.at("const"));
    match (old.listed(), new.listed()) {
        (Some(before), Some(after)) => {
            let (gone, come) = (missing(&before, &after), missing(&after, &before));
            for value in come {
                walk.say("enum-value-added", Side::New, at(new).as_ref(), format!("{value} was added"));
            }
            for value in gone {
                walk.say("enum-value-removed", Side::Old, at(old).as_ref(), format!("{value} was removed"));
            }
        }
        (Some(_), None) => {
            walk.say("enum-opened", Side::Old, at(old).as_ref(), "no values are listed any more".to_owned())
        }
        (None, Some(_)) => {
            walk.say("enum-closed", Side::New, at(new).as_ref(), "only listed values are accepted".to_owned())
        }
        (None, None) => {}
    }
    let (before, after) = (known(old), known(new));
    if before.is_empty() || after.is_empty() {
        return;
    }
    for value in missing(&after, &before) {
        walk.say("known-value-added", Side::New, new.parts.first(), format!("{value} was added"));
    }
    for value in missing(&before, &after) {
        walk.say("known-value-removed", Side::Old, old.parts.first(), format!("{value} was removed"));
    }
}

/// Those of `values` that are not among `others`.
fn missing<'v>(values: &[&'v Value], others: &[&Value]) -> Vec<&'v Value> {
    values.iter().copied().filter(|value| !others.iter().any(|other| equal(value, other))).collect()
}

/// The values that an open enum knows.
fn known<'v>(view: &View<'v>) -> Vec<&'v Value> {
    view.values(KNOWN_VALUES).into_iter().filter_map(Value::as_array).flatten().collect()
}
