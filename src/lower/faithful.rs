//! Whether what a type reads is written just as it was: nothing dropped, nothing spelled otherwise. Only then values that
//! differ when they are read differ when they are written, too.

use std::collections::{BTreeSet, VecDeque};

use super::class::{Kind, classify_alone};
use super::object::Object;
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::tuple::Tuple;
use super::union::branches;

/// Whether the items of the array at `place` are.
pub(super) fn are_items(simple: &Simple, place: &Place) -> bool {
    let Some(keywords) = place.schema(simple).as_object() else { return false };
    let prefix = keywords.get("prefixItems").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    let prefix = (0..prefix).map(|index| place.below("prefixItems").below(&index.to_string()));
    let items = keywords.contains_key("items").then(|| place.below("items"));
    prefix.chain(items).all(|item| is_written_as_read(simple, &item))
}

/// Whether a value of the schema at `place` is.
pub(super) fn is_written_as_read(simple: &Simple, place: &Place) -> bool {
    let is_respelled = |kind: &Kind<'_>| matches!(kind, Kind::Formatted(format) if !["date", "ipv4"].contains(format));
    nearest(simple, place, &|kind| drops_members(kind) || is_respelled(kind)).is_none()
}

/// The object that drops members, if there is one, of those that are read by the schema at `place`, at any depth: the
/// nearest.
pub(super) fn dropping(simple: &Simple, place: &Place) -> Option<Place> {
    nearest(simple, place, &drops_members)
}

/// Whether reading a value by the schema at `place` may round a number, at any depth.
pub(super) fn rounds(simple: &Simple, place: &Place) -> bool {
    nearest(simple, place, &|kind| *kind == Kind::Number).is_some()
}

fn drops_members(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Object(object) if object.drops_others())
}

/// The nearest schema of such a kind, of the one at `place` and those that it applies to the value or to a part of it.
fn nearest(simple: &Simple, place: &Place, is_such: &dyn Fn(&Kind<'_>) -> bool) -> Option<Place> {
    let (mut seen, mut pending) = (BTreeSet::new(), VecDeque::from([place.clone()]));
    while let Some(place) = pending.pop_front() {
        if !seen.insert(place.clone()) {
            continue;
        }
        let kind = classify_alone(simple, &place).kind;
        if is_such(&kind) {
            return Some(place);
        }
        match kind {
            Kind::Reference => pending.extend(simple.target(&place)),
            Kind::Alternative(alternative) => pending.push_back(alternative.schema(&place)),
            Kind::Branches(keyword) => pending.extend(branches(simple, &place, keyword)),
            Kind::List { items } => pending.extend(items.then(|| place.below("items"))),
            Kind::Map { values } => pending.extend(values.then(|| place.below("additionalProperties"))),
            Kind::Tuple(Tuple { prefix, .. }) => {
                pending.extend((0..prefix).map(|index| place.below("prefixItems").below(&index.to_string())));
                pending.push_back(place.below("items"));
            }
            Kind::Object(object) => pending.extend(parts(&object, &place)),
            _ => {}
        }
    }
    None
}

/// The places of the schemas that an object's members have.
fn parts(object: &Object<'_>, place: &Place) -> Vec<Place> {
    let members = object.members.iter().filter(|member| !member.schema.is_empty());
    let members = members.map(|member| member.place(place));
    let patterns = object.patterns.iter().map(|pattern| place.below("patternProperties").below(pattern));
    members.chain(patterns).chain(object.keeps_others.then(|| place.below("additionalProperties"))).collect()
}
