//! Whether what a type reads is written just as it was: nothing dropped, nothing spelled otherwise. Only then values that
//! differ when they are read differ when they are written, too.

use std::collections::BTreeSet;

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
    let is_respelled = |kind: &Kind<'_>| matches!(kind, Kind::Formatted(format) if !["date", "ipv4"].contains(format));
    !prefix.chain(items).any(|item| reaches(simple, item, &|kind| drops_members(kind) || is_respelled(kind)))
}

/// Whether reading a value by the schema at `place` may drop members, at any depth.
pub(super) fn drops(simple: &Simple, place: Place) -> bool {
    reaches(simple, place, &drops_members)
}

fn drops_members(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Object(object) if !object.closed && !object.keeps_others)
}

/// Whether the schema at `place`, or one that it applies to the value or to a part of it, is of such a kind.
fn reaches(simple: &Simple, place: Place, is_such: &dyn Fn(&Kind<'_>) -> bool) -> bool {
    let (mut seen, mut pending) = (BTreeSet::new(), vec![place]);
    while let Some(place) = pending.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        let kind = classify_alone(simple, &place).kind;
        if is_such(&kind) {
            return true;
        }
        match kind {
            Kind::Reference => pending.extend(simple.target(&place)),
            Kind::Alternative(alternative) => pending.push(alternative.schema(&place)),
            Kind::Branches(keyword) => pending.extend(branches(simple, &place, keyword)),
            Kind::List { items } => pending.extend(items.then(|| place.below("items"))),
            Kind::Map { values } => pending.extend(values.then(|| place.below("additionalProperties"))),
            Kind::Tuple(Tuple { prefix, .. }) => {
                pending.extend((0..prefix).map(|index| place.below("prefixItems").below(&index.to_string())));
                pending.push(place.below("items"));
            }
            Kind::Object(object) => pending.extend(parts(&object, &place)),
            _ => {}
        }
    }
    false
}

/// The places of the schemas that an object's members have.
fn parts(object: &Object<'_>, place: &Place) -> Vec<Place> {
    let members = object.members.iter().filter(|member| !member.schema.is_empty());
    let members = members.map(|member| member.schema.iter().fold(place.clone(), |place, token| place.below(token)));
    let patterns = object.patterns.iter().map(|pattern| place.below("patternProperties").below(pattern));
    members.chain(patterns).chain(object.keeps_others.then(|| place.below("additionalProperties"))).collect()
}
