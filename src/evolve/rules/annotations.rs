//! Rules about what refuses nothing but says how a value is meant.

use serde_json::Value;

use super::super::view::View;
use super::super::walk::{Side, Walk};
use super::{Level, Rule, info};
use crate::equal::equal;

pub(in crate::evolve) const RULES: &[Rule] = &[
    info("default-added", "it is said what an absent value means"),
    Rule {
        id: "default-removed",
        purpose: "it is said no more what an absent value means",
        sender: Level::Warning,
        receiver: Level::Warning,
    },
    Rule {
        id: "default-changed",
        purpose: "an absent value means something else",
        sender: Level::Warning,
        receiver: Level::Warning,
    },
    Rule {
        id: "read-only-added",
        purpose: "what is sent may be ignored or refused now",
        sender: Level::Warning,
        receiver: Level::Info,
    },
    info("read-only-removed", "it may be sent now"),
    Rule {
        id: "write-only-added",
        purpose: "it may not be received any more",
        sender: Level::Info,
        receiver: Level::Warning,
    },
    info("write-only-removed", "it may be received now"),
    info("deprecated-added", "it should not be used any more"),
    info("deprecated-removed", "it may be used again"),
];

/// The keywords that are true or not, with the rules for either.
const FLAGS: &[(&str, &str, &str)] = &[
    ("readOnly", "read-only-added", "read-only-removed"),
    ("writeOnly", "write-only-added", "write-only-removed"),
    ("deprecated", "deprecated-added", "deprecated-removed"),
];

/// Tells what became of them.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    for (keyword, added, removed) in FLAGS {
        let is_set = |view: &View<'_>| view.values(keyword).contains(&&Value::Bool(true));
        match (is_set(old), is_set(new)) {
            (false, true) => walk.say(added, Side::New, new.at(keyword).as_ref(), format!("`{keyword}` now")),
            (true, false) => walk.say(removed, Side::Old, old.at(keyword).as_ref(), format!("no more `{keyword}`")),
            _ => {}
        }
    }
    let default = |view: &View<'_>| view.values("default").first().copied().cloned();
    match (default(old), default(new)) {
        (None, Some(after)) => {
            walk.say("default-added", Side::New, new.at("default").as_ref(), format!("the default is {after}"));
        }
        (Some(before), None) => {
            walk.say("default-removed", Side::Old, old.at("default").as_ref(), format!("the default was {before}"));
        }
        (Some(before), Some(after)) if !equal(&before, &after) => {
            let message = format!("the default was {before}, and is {after}");
            walk.say("default-changed", Side::New, new.at("default").as_ref(), message);
        }
        _ => {}
    }
}
