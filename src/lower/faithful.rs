//! Whether what a type reads is written just as it was: nothing dropped, nothing spelled otherwise. Only then values that
//! differ when they are read differ when they are written, too.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::class::{Kind, classify_alone};
use super::object::Object;
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::tuple::Tuple;
use super::union::branches;

/// Whether the items of the array at `place` are.
pub(super) fn are_items(simple: &Simple, place: &Place) -> bool {
    items(simple, place).iter().all(|item| is_written_as_read(simple, item))
}

/// The object that drops members, if there is one, of the items of the array at `place`; none where these are not written
/// as they are read even so.
pub(super) fn dropping_item(simple: &Simple, place: &Place) -> Option<Place> {
    let items = items(simple, place);
    let is_respelled = items.iter().any(|item| nearest(simple, item, &is_respelled).is_some());
    items.iter().find_map(|item| dropping(simple, item)).filter(|_| !is_respelled)
}

/// The places of the schemas that the items of the array at `place` have.
fn items(simple: &Simple, place: &Place) -> Vec<Place> {
    let schema = place.schema(simple);
    let prefix = schema.get("prefixItems").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    let prefix = (0..prefix).map(|index| place.below("prefixItems").below(&index.to_string()));
    prefix.chain(schema.get("items").map(|_| place.below("items"))).collect()
}

/// Whether a value of the schema at `place` is.
pub(super) fn is_written_as_read(simple: &Simple, place: &Place) -> bool {
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

/// Whether a value may be written in other words: a date-time in UTC, a UUID in lower case, an address in short.
fn is_respelled(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Formatted(format) if !["date", "ipv4"].contains(format))
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
        pending.extend(applied(simple, &place, &kind));
    }
    None
}

/// Of which schemas a value may be written otherwise than it was read.
#[derive(Default)]
pub(super) struct Changing {
    /// The schemas that apply each schema to the value or to a part of it.
    appliers: HashMap<Place, Vec<Place>>,
    /// Those that change a value themselves.
    changing: HashSet<Place>,
}

impl Changing {
    /// Takes in the schema at `place`, which is of this kind.
    pub(super) fn add(&mut self, simple: &Simple, place: &Place, kind: &Kind<'_>) {
        for part in applied(simple, place, kind) {
            self.appliers.entry(part).or_default().push(place.clone());
        }
        if drops_members(kind) || is_respelled(kind) {
            self.changing.insert(place.clone());
        }
    }

    /// Takes in what is known of other schemas.
    pub(super) fn extend(&mut self, others: Self) {
        for (part, appliers) in others.appliers {
            self.appliers.entry(part).or_default().extend(appliers);
        }
        self.changing.extend(others.changing);
    }

    /// Takes it that `objects` drop nothing any more.
    pub(super) fn keep(&mut self, objects: &BTreeSet<Place>) {
        self.changing.retain(|place| !objects.contains(place));
    }

    /// The places of all of them.
    pub(super) fn places(&self) -> HashSet<Place> {
        let mut places = HashSet::new();
        let mut pending: Vec<&Place> = self.changing.iter().collect();
        while let Some(place) = pending.pop() {
            if places.insert(place.clone()) {
                pending.extend(self.appliers.get(place).into_iter().flatten());
            }
        }
        places
    }
}

/// The places of the schemas that the one at `place`, which is of this kind, applies to the value or to a part of it.
fn applied(simple: &Simple, place: &Place, kind: &Kind<'_>) -> Vec<Place> {
    match kind {
        Kind::Reference => simple.target(place).into_iter().collect(),
        Kind::Alternative(alternative) => vec![alternative.schema(place)],
        Kind::Branches(keyword) => branches(simple, place, keyword),
        Kind::List { items: true } => vec![place.below("items")],
        Kind::Map { values: true } => vec![place.below("additionalProperties")],
        Kind::Tuple(Tuple { prefix, .. }) => {
            let items = (0..*prefix).map(|index| place.below("prefixItems").below(&index.to_string()));
            items.chain([place.below("items")]).collect()
        }
        Kind::Object(object) => parts(object, place),
        _ => Vec::new(),
    }
}

/// The places of the schemas that an object's members have.
fn parts(object: &Object<'_>, place: &Place) -> Vec<Place> {
    let members = object.members.iter().filter(|member| !member.schema.is_empty());
    let members = members.map(|member| member.place(place));
    let patterns = object.patterns.iter().map(|pattern| place.below("patternProperties").below(pattern));
    members.chain(patterns).chain(object.keeps_others.then(|| place.below("additionalProperties"))).collect()
}
