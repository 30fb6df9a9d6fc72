//! Why no branch of a union takes a value: what each has against it, the closest first.
//!
//! A branch is the closer, the fewer members of the value contradict what it lists by `const` or `enum` (a tag is such a
//! member); then the fewer faults there are: the first one, and each member that the branch refuses even alone; then the
//! deeper in the value the first fault lies. What is as close stands in the order in which it is tried. Only members that
//! hold no others are looked at alone. A message names so many branches, each with so many characters, so that unions in
//! unions stay readable.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::invalid::{cut, is_none_listed};
use super::object::NO_MEMBER;
use super::path::{place, what};

/// The branches that a message names with their reasons.
const BRANCHES: usize = 8;
/// The characters that a message has for each.
const FAULT: usize = 300;

/// What a branch has against a value.
pub(crate) struct Against {
    name: &'static str,
    /// Its first fault, as a message.
    first: String,
    /// How many members contradict what the branch lists.
    unlisted: usize,
    /// How many faults there are.
    faults: usize,
}

impl Against {
    /// What the branch `name` has against `value`, if anything; `refusal` gives the message with which it refuses a value.
    pub(crate) fn of(name: &'static str, value: &Value, refusal: &dyn Fn(&Value) -> Option<String>) -> Option<Self> {
        let first = refusal(value)?;
        let members = value.as_object().into_iter().flatten().filter(|(_, member)| is_plain(member));
        let alone = members.filter_map(|(name, member)| {
            refusal(&Value::Object(Map::from_iter([(name.clone(), member.clone())]))).filter(|why| is_of_member(why))
        });
        let faults: BTreeSet<String> = alone.chain([first.clone()]).collect();
        let unlisted = faults.iter().filter(|why| depth(why) < 2 && is_none_listed(what(why))).count();
        Some(Self { name, first, unlisted, faults: faults.len() })
    }
}

/// How deep in a value the place lies that a message begins with.
fn depth(message: &str) -> usize {
    place(message).matches('/').count()
}

/// Whether the message speaks of a member, not of what an object lacks.
fn is_of_member(message: &str) -> bool {
    depth(message) > 0 || message.split_once(' ').is_some_and(|(_, rest)| rest.starts_with(NO_MEMBER))
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

/// What the branches have against a value, the closest first.
pub(crate) fn told(mut all: Vec<Against>) -> Vec<String> {
    all.sort_by_key(|against| (against.unlisted, against.faults, Reverse(depth(&against.first))));
    let mut told: Vec<String> = all.iter().take(BRANCHES).map(|of| format!("{}: {}", of.name, cut(&of.first, FAULT))).collect();
    if let more @ 1.. = all.len().saturating_sub(BRANCHES) {
        told.push(format!("and {more} more"));
    }
    told
}

/// The names of branches in a row, if there are any.
pub(crate) fn named(names: Vec<&str>) -> Option<String> {
    let shown = names.iter().take(BRANCHES).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(BRANCHES) {
        0 if names.is_empty() => None,
        0 => Some(shown),
        more => Some(format!("{shown} and {more} more")),
    }
}
