//! Whether what a type reads is written just as it was: nothing dropped, nothing spelled otherwise. Only then values that
//! differ when they are read differ when they are written, too.

use std::collections::BTreeSet;

use super::Place;
use super::class::{Kind, classify_at};
use super::object::Object;
use super::tuple::Tuple;
use crate::source::Sources;

/// Whether the items of the array at `place` are.
pub(super) fn are_items(sources: &Sources, place: &Place) -> bool {
    let Some(keywords) = place.schema(sources).as_object() else { return false };
    let prefix = keywords.get("prefixItems").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    let prefix = (0..prefix).map(|index| place.below("prefixItems").below(&index.to_string()));
    let items = keywords.contains_key("items").then(|| place.below("items"));
    prefix.chain(items).all(|item| is(sources, item))
}

fn is(sources: &Sources, place: Place) -> bool {
    let (mut seen, mut pending) = (BTreeSet::new(), vec![place]);
    while let Some(place) = pending.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        match classify_at(sources, &place).kind {
            Kind::Any
            | Kind::Null
            | Kind::Boolean
            | Kind::Integer
            | Kind::Unsigned
            | Kind::Number
            | Kind::String
            | Kind::Text(_)
            | Kind::Values(_)
            | Kind::Opaque(_) => {}
            Kind::Formatted(format) if ["date", "ipv4"].contains(&format) => {}
            Kind::Formatted(_) => return false,
            Kind::Reference => pending.extend(place.target(sources)),
            Kind::Alternative(alternative) => pending.push(alternative.schema(&place)),
            Kind::List { items } => pending.extend(items.then(|| place.below("items"))),
            Kind::Map { values } => pending.extend(values.then(|| place.below("additionalProperties"))),
            Kind::Tuple(Tuple { prefix, .. }) => {
                pending.extend((0..prefix).map(|index| place.below("prefixItems").below(&index.to_string())));
                pending.push(place.below("items"));
            }
            Kind::Object(object) => {
                if !object.closed && !object.keeps_others {
                    return false;
                }
                pending.extend(parts(&object, &place));
            }
        }
    }
    true
}

/// The places of the schemas that an object's members have.
fn parts(object: &Object<'_>, place: &Place) -> Vec<Place> {
    let members = object.members.iter().filter(|member| !member.schema.is_empty());
    let members = members.map(|member| member.schema.iter().fold(place.clone(), |place, token| place.below(token)));
    let patterns = object.patterns.iter().map(|pattern| place.below("patternProperties").below(pattern));
    members.chain(patterns).chain(object.keeps_others.then(|| place.below("additionalProperties"))).collect()
}
