//! The branches of a union -> the member that tells their objects apart, with the strings that it is in each; or why a member
//! does not.
//!
//! A tag that is read has to be exact: every branch requires it and lists the strings that it may be, none of which is
//! another branch's. What a `discriminator` names is looked at first, and is taken for no more than a hint: it refuses nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::class::{Class, Kind, classify_alone};
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::union::{Branch, JsonKind, branches};
use crate::parallel;

/// How many objects are looked at before it is known whether those before do what every branch has to.
const AT_ONCE: usize = 256;

/// The member that tells the objects of all branches apart, if there is one: `discriminator`, if that is one. Its strings go
/// into the branches. A single branch has a tag only if `discriminator` names it.
pub(super) fn tag(simple: &Simple, all: &mut [Branch], discriminator: Option<&str>) -> Option<String> {
    let objects = all.iter().filter(|branch| branch.kinds.contains(&JsonKind::Object));
    let objects: Vec<Place> = objects.map(|branch| branch.place.clone()).collect();
    let others = objects.first().filter(|_| objects.len() > 1).map(|first| members(simple, first, true));
    let names = discriminator.map(str::to_owned).into_iter().chain(others.into_iter().flatten());
    for name in names {
        let Ok(strings) = strings_of_each(simple, &objects, &name) else { continue };
        let mut strings: BTreeMap<Place, BTreeSet<String>> = strings.into_iter().collect();
        for branch in all {
            branch.tags = strings.remove(&branch.place).unwrap_or_default();
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
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    // Of many, not all are looked at once the first are found to have no such member.
    let all = objects.chunks(AT_ONCE).flat_map(|some| parallel::each(some, |place| strings(simple, place, name)));
    for (place, own) in objects.iter().zip(all) {
        let own = own.map_err(|why| Untold::Branch(place.clone(), why))?;
        let shared = own.iter().filter_map(|text| Some((*owners.get(text)?, text))).min();
        if let Some((owner, text)) = shared {
            let other = each.get(owner).map_or(place, |(other, _)| other);
            return Err(Untold::Shared(other.clone(), place.clone(), text.clone()));
        }
        owners.extend(own.iter().map(|text| (text.clone(), each.len())));
        each.push((place.clone(), own));
    }
    Ok(each)
}

/// The names of the members that the schema at `place` gives its objects, or some of them: those that it requires, or all
/// others. Each is there once.
pub(super) fn members(simple: &Simple, place: &Place, required: bool) -> Vec<String> {
    let mut names = Vec::new();
    let mut met = BTreeSet::new();
    let _ = objects(simple, place, |_, kind| -> Result<(), ()> {
        if let Kind::Object(object) = kind {
            let named = object.members.iter().filter(|member| object.required.contains(member.wire) == required);
            names.extend(named.filter(|member| met.insert(member.wire)).map(|member| member.wire.to_owned()));
        }
        Ok(())
    });
    names
}

/// The strings that the member `name` may be in the objects of the schema at `place`; or what the schema does not do.
fn strings(simple: &Simple, place: &Place, name: &str) -> Result<BTreeSet<String>, &'static str> {
    let mut strings = BTreeSet::new();
    objects(simple, place, |place, kind| match kind {
        Kind::Object(object) if object.required.contains(name) => {
            let texts = texts(simple, place.below("properties").below(name));
            strings.extend(texts.ok_or("does not list the strings that it may be")?);
            Ok(())
        }
        Kind::Object(_) | Kind::Map { .. } => Err("does not require it"),
        _ => Err("is more than an object with members"),
    })?;
    Ok(strings)
}

/// Looks at each schema that is no choice and no reference, of those that the one at `place` refers to or chooses from, in order:
/// each once, however many ways lead there.
fn objects<'a, E>(
    simple: &'a Simple,
    place: &Place,
    mut look: impl FnMut(&Place, Kind<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut seen, mut pending) = (BTreeSet::new(), vec![place.clone()]);
    while let Some(place) = pending.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        match classify_alone(simple, &place).kind {
            Kind::Reference if let Some(target) = simple.target(&place) => pending.push(target),
            Kind::Branches(keyword) => pending.extend(branches(simple, &place, keyword).into_iter().rev()),
            kind => look(&place, kind)?,
        }
    }
    Ok(())
}

/// The strings that the schema at `place` lists.
fn texts(simple: &Simple, mut place: Place) -> Option<BTreeSet<String>> {
    loop {
        let Class { kind, nullable, .. } = classify_alone(simple, &place);
        match kind {
            Kind::Reference => place = simple.target(&place)?,
            Kind::Text(texts) if !nullable => return Some(texts.into_iter().map(str::to_owned).collect()),
            _ => return None,
        }
    }
}
