//! The branches of a union -> the member that tells their objects apart, with the strings that it is in each; or why a member
//! does not.
//!
//! A tag that is read has to be exact: every branch requires it and lists the strings that it may be, none of which is
//! another branch's. What a `discriminator` names is looked at first, and is taken for no more than a hint: it refuses nothing.

use std::collections::BTreeSet;

use super::class::{Class, Kind, classify_alone};
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::union::{Branch, JsonKind, branches};

/// The member that tells the objects of all branches apart, if there is one: `discriminator`, if that is one. Its strings go
/// into the branches. A single branch has a tag only if `discriminator` names it.
pub(super) fn tag(simple: &Simple, all: &mut [Branch], discriminator: Option<&str>) -> Option<String> {
    let objects = all.iter().filter(|branch| branch.kinds.contains(&JsonKind::Object));
    let objects: Vec<Place> = objects.map(|branch| branch.place.clone()).collect();
    let others = objects.first().filter(|_| objects.len() > 1).map(|first| members(simple, first, true));
    let names = discriminator.map(str::to_owned).into_iter().chain(others.into_iter().flatten());
    for name in names {
        let Ok(strings) = strings_of_each(simple, &objects, &name) else { continue };
        for (place, strings) in strings {
            all.iter_mut().filter(|branch| branch.place == place).for_each(|branch| branch.tags = strings.clone());
        }
        return Some(name);
    }
    None
}

/// Why the member `name` does not tell the branches of `keyword` at `place` apart.
pub(super) enum Untold {
    /// The branch at this place does not do what every branch has to.
    Branch(Place, &'static str),
    /// Two branches accept the same string.
    Shared(Place, Place, String),
}

/// The strings that the member `name` has in the objects of each of `objects`, no string in two of them.
pub(super) fn strings_of_each(
    simple: &Simple,
    objects: &[Place],
    name: &str,
) -> Result<Vec<(Place, BTreeSet<String>)>, Untold> {
    let mut each: Vec<(Place, BTreeSet<String>)> = Vec::new();
    for place in objects {
        let own = strings(simple, place, name).map_err(|why| Untold::Branch(place.clone(), why))?;
        let shared = each.iter().find_map(|(other, strings)| Some((other, strings.intersection(&own).next()?)));
        if let Some((other, text)) = shared {
            return Err(Untold::Shared(other.clone(), place.clone(), text.clone()));
        }
        each.push((place.clone(), own));
    }
    Ok(each)
}

/// The names of the members that the schema at `place` gives its objects: those that it requires, or all others.
pub(super) fn members(simple: &Simple, place: &Place, required: bool) -> Vec<String> {
    match classify_alone(simple, place).kind {
        Kind::Reference => simple.target(place).map_or_else(Vec::new, |target| members(simple, &target, required)),
        Kind::Branches(keyword) => {
            branches(simple, place, keyword).first().map_or_else(Vec::new, |branch| members(simple, branch, required))
        }
        Kind::Object(object) => {
            let named = object.members.iter().filter(|member| object.required.contains(member.wire) == required);
            named.map(|member| member.wire.to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// The strings that the member `name` may be in the objects of the schema at `place`; or what the schema does not do.
fn strings(simple: &Simple, place: &Place, name: &str) -> Result<BTreeSet<String>, &'static str> {
    const NO_OBJECT: &str = "is more than an object with members";
    match classify_alone(simple, place).kind {
        Kind::Reference => strings(simple, &simple.target(place).ok_or(NO_OBJECT)?, name),
        Kind::Branches(keyword) => {
            let inner = branches(simple, place, keyword);
            let inner = inner.iter().map(|branch| strings(simple, branch, name)).collect::<Result<Vec<_>, _>>()?;
            Ok(inner.into_iter().flatten().collect())
        }
        Kind::Object(object) if object.required.contains(name) => {
            texts(simple, &place.below("properties").below(name)).ok_or("does not list the strings that it may be")
        }
        Kind::Object(_) | Kind::Map { .. } => Err("does not require it"),
        _ => Err(NO_OBJECT),
    }
}

/// The strings that the schema at `place` lists.
fn texts(simple: &Simple, place: &Place) -> Option<BTreeSet<String>> {
    let Class { kind, nullable, .. } = classify_alone(simple, place);
    match kind {
        Kind::Reference => texts(simple, &simple.target(place)?),
        Kind::Text(texts) if !nullable => Some(texts.into_iter().map(str::to_owned).collect()),
        _ => None,
    }
}
