//! Rules about the members of objects.

use super::super::view::View;
use super::super::walk::{Side, Walk};
use super::{Level, Rule, info, narrows, widens};

pub(in crate::evolve) const RULES: &[Rule] = &[
    info("property-added", "a property is named that was accepted without a name before"),
    widens("property-added-to-closed", "a property was added to an object that refused it"),
    Rule {
        id: "property-removed",
        purpose: "a property is named no more; it is still accepted, and may be ignored or missing",
        sender: Level::Warning,
        receiver: Level::Warning,
    },
    narrows("property-removed-from-closed", "a property is gone from an object that refuses what it does not name"),
    narrows("property-became-required", "a property must be there now"),
    widens("property-became-optional", "a property may be missing now"),
    widens("additional-properties-opened", "members that are not named are accepted now, or more of them"),
    narrows("additional-properties-closed", "members that are not named are refused now, or more of them"),
];

/// Tells what became of the members of objects.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (old.members("properties"), new.members("properties"));
    for (name, places) in &after {
        match before.get(name) {
            Some(others) => walk.schemas(others, places),
            None => {
                let rule = if old.is_closed() { "property-added-to-closed" } else { "property-added" };
                walk.say(rule, Side::New, places.first(), format!("`{name}` was added"));
            }
        }
    }
    for (name, places) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let rule = if new.is_closed() { "property-removed-from-closed" } else { "property-removed" };
        walk.say(rule, Side::Old, places.first(), format!("`{name}` was removed"));
    }
    required(walk, old, new);
    let (before, after) = (old.members("patternProperties"), new.members("patternProperties"));
    for (pattern, places) in &after {
        match before.get(pattern) {
            Some(others) => walk.schemas(others, places),
            None => {
                walk.say("constraint-changed", Side::New, places.first(), format!("the pattern `{pattern}` was added"))
            }
        }
    }
    for (pattern, places) in before.iter().filter(|(pattern, _)| !after.contains_key(*pattern)) {
        walk.say("constraint-changed", Side::Old, places.first(), format!("the pattern `{pattern}` was removed"));
    }
    rest(walk, old, new);
}

fn required(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (old.required(), new.required());
    let (in_old, in_new) = (old.members("properties"), new.members("properties"));
    let place = |name: &str, view: &View<'_>, side: Side| {
        let named = if side == Side::New { &in_new } else { &in_old };
        named.get(name).and_then(|places| places.first().cloned()).or_else(|| view.parts.first().cloned())
    };
    for name in after.difference(&before) {
        let at = place(name, new, Side::New);
        walk.say("property-became-required", Side::New, at.as_ref(), format!("`{name}` is required now"));
    }
    for name in before.difference(&after) {
        let side = if in_new.contains_key(*name) { Side::New } else { Side::Old };
        let at = place(name, if side == Side::New { new } else { old }, side);
        walk.say("property-became-optional", side, at.as_ref(), format!("`{name}` is not required any more"));
    }
}

/// What members are accepted that nothing names.
fn rest(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        let (before, after) = (old.held(keyword), new.held(keyword));
        let (was, is) = (old.openness(keyword), new.openness(keyword));
        if was == is {
            if !before.is_empty() && !after.is_empty() {
                walk.schemas(&before, &after);
            }
            continue;
        }
        let (side, at) = match after.first() {
            Some(place) => (Side::New, Some(place)),
            None => (Side::Old, before.first()),
        };
        let (rule, how) = match is > was {
            true => ("additional-properties-opened", "more members that are not named are accepted"),
            false => ("additional-properties-closed", "fewer members that are not named are accepted"),
        };
        walk.say(rule, side, at, format!("{how}, by `{keyword}`"));
    }
}
