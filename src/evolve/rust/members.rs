//! A type in two versions -> what changed of its fields, its variants and what it implements.

use std::collections::{BTreeMap, BTreeSet};

use super::Whose;
use super::api::{Field, Fields, Kind, Type, Variant};
use super::compare::origin;
use super::found::Found;
use super::side::{self, wires};
use super::text::{renamed, short};

/// The new paths of types that have another one, by the old ones.
type Renamed = BTreeMap<String, String>;

/// Tells what changed of the fields of a struct.
pub(super) fn structs(found: &mut Found<'_>, paths: [&str; 2], [old, new]: [&Fields; 2], to: &Renamed) {
    let [before, after] = [old.named(), new.named()];
    let pairs = paired(found, paths, [before.keys().collect(), after.keys().collect()]);
    for (name, field) in &before {
        let place = member(found, Whose::Old, paths[0], name);
        let now = pairs.get(name.as_str()).copied();
        let Some((now, other)) = now.and_then(|now| Some((now, after.get(now)?))) else {
            if field.is_public {
                let message = format!("the field `{name}: {}` is gone", short(&field.of));
                found.say("rust-field-removed", paths[1], Whose::Old, place.as_ref(), message);
            }
            continue;
        };
        let place = member(found, Whose::New, paths[1], now);
        let mut say = |id: &str, message: String| found.say(id, paths[1], Whose::New, place.as_ref(), message);
        if now != name {
            say("rust-field-renamed", format!("the field `{name}` is called `{now}` now"));
        }
        if field.is_public && (!other.is_public || renamed(&field.of, to) != other.of) {
            say("rust-field-retyped", retyped(&format!("the field `{now}`"), field, other));
        }
        if other.is_deprecated && !field.is_deprecated {
            say("rust-deprecated-added", format!("the field `{now}` is deprecated now"));
        }
    }
    let targets: BTreeSet<&str> = pairs.values().copied().collect();
    for (name, field) in after.iter().filter(|(name, _)| !targets.contains(name.as_str())) {
        let place = member(found, Whose::New, paths[1], name);
        let message = format!("the field `{name}: {}` was added", short(&field.of));
        found.say("rust-field-added", paths[1], Whose::New, place.as_ref(), message);
    }
}

/// The new name of each field or variant, by the old one: of what is the same on the wire, or else has the same name.
fn paired<'n>(found: &Found<'_>, paths: [&str; 2], [old, new]: [Vec<&'n String>; 2]) -> BTreeMap<&'n str, &'n str> {
    let [before, after] = [(Whose::Old, paths[0]), (Whose::New, paths[1])]
        .map(|(side, path)| origin(found, side, path).map(wires).unwrap_or_default());
    let same = |name: &&'n String| {
        let wire = before.get(name.as_str())?;
        let now = new.iter().find(|now| after.get(now.as_str()) == Some(wire))?;
        Some((name.as_str(), now.as_str()))
    };
    let mut pairs: BTreeMap<&str, &str> = old.iter().filter_map(same).collect();
    let taken: BTreeSet<&str> = pairs.values().copied().collect();
    let rest = old.iter().filter(|name| new.contains(*name) && !taken.contains(name.as_str()));
    let rest: Vec<&str> = rest.map(|name| name.as_str()).filter(|name| !pairs.contains_key(name)).collect();
    pairs.extend(rest.into_iter().map(|name| (name, name)));
    pairs
}

/// Where the schema has a field's member.
fn member(found: &Found<'_>, side: Whose, path: &str, field: &str) -> Option<crate::lower::Place> {
    let origin = origin(found, side, path)?;
    Some(side::member(origin, wires(origin).get(field)))
}

/// How the type of a field, or what a variant holds, changed; in full where it is the paths that differ.
fn retyped(what: &str, before: &Field, after: &Field) -> String {
    let (was, is) = (short(&before.of), short(&after.of));
    let (was, is) = if was == is { (before.of.clone(), after.of.clone()) } else { (was, is) };
    let private = if after.is_public { "" } else { ", and is private" };
    format!("{what} was of type `{was}`, and is of type `{is}`{private}")
}

/// Tells what changed of the variants of an enum.
pub(super) fn enums(found: &mut Found<'_>, paths: [&str; 2], types: [&Type; 2], to: &Renamed) {
    let [Kind::Enum(old), Kind::Enum(new)] = types.map(|of| &of.kind) else { return };
    let [before, after] = [old, new].map(|all| all.iter().map(|(name, of)| (name, of)).collect::<BTreeMap<_, _>>());
    let mut pairs = paired(found, paths, [before.keys().copied().collect(), after.keys().copied().collect()]);
    let others = by_type([&before, &after], to);
    pairs.extend(others);
    let [place, old_place] =
        [(Whose::New, paths[1]), (Whose::Old, paths[0])].map(|(side, path)| origin(found, side, path).map(side::place));
    let mut in_order = Vec::new();
    for (name, variant) in old {
        let now = pairs.get(name.as_str()).copied();
        let Some((now, other)) = now.and_then(|now| Some((now, after.get(&now.to_owned())?))) else {
            let message = format!("the variant `{name}` is gone");
            found.say("rust-variant-removed", paths[1], Whose::Old, old_place.as_ref(), message);
            continue;
        };
        in_order.push(now);
        let mut say = |id: &str, message: String| found.say(id, paths[1], Whose::New, place.as_ref(), message);
        if now != name {
            say("rust-variant-renamed", format!("the variant `{name}` is called `{now}` now"));
        }
        if let Some(message) = held(now, &variant.fields, &other.fields, to) {
            say("rust-variant-retyped", message);
        }
        if other.is_deprecated && !variant.is_deprecated {
            say("rust-deprecated-added", format!("the variant `{now}` is deprecated now"));
        }
    }
    let mut say = |id: &str, message: String| found.say(id, paths[1], Whose::New, place.as_ref(), message);
    let [was, is] = types;
    let kept: Vec<&str> = new.iter().map(|(name, _)| name.as_str()).filter(|name| in_order.contains(name)).collect();
    if kept != in_order && (is.implements("PartialOrd") || was.implements("PartialOrd") || has_no_fields(old)) {
        say("rust-variant-moved", format!("the variants stood in the order {}", in_order.join(", ")));
    }
    for (name, _) in new.iter().filter(|(name, _)| !in_order.contains(&name.as_str())) {
        say("rust-variant-added", format!("the variant `{name}` was added"));
    }
}

fn has_no_fields(variants: &[(String, Variant)]) -> bool {
    variants.iter().all(|(_, variant)| variant.fields.named().is_empty())
}

/// Of variants that only one version has, those that alone hold the same type.
fn by_type<'n>([old, new]: [&BTreeMap<&'n String, &Variant>; 2], to: &Renamed) -> Vec<(&'n str, &'n str)> {
    let types = |of: &Fields, to: &Renamed| -> Vec<String> {
        of.named().values().map(|field| renamed(&field.of, to)).collect()
    };
    let none = Renamed::new();
    let gone: Vec<_> = old.iter().filter(|(name, _)| !new.contains_key(*name)).collect();
    let come: Vec<_> = new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
    let pair = |(name, variant): &(&&'n String, &&Variant)| {
        let of = types(&variant.fields, to);
        let mut same = come.iter().filter(|(_, other)| !of.is_empty() && types(&other.fields, &none) == of);
        let (now, _) = same.next()?;
        let is_only =
            same.next().is_none() && gone.iter().filter(|(_, other)| types(&other.fields, to) == of).count() == 1;
        is_only.then_some((name.as_str(), now.as_str()))
    };
    gone.iter().filter_map(pair).collect()
}

/// How what a variant holds changed, if it did.
fn held(name: &str, before: &Fields, after: &Fields, to: &Renamed) -> Option<String> {
    let (before, after) = (before.named(), after.named());
    if before.len() != after.len() {
        return Some(format!("the variant `{name}` held {} values, and holds {}", before.len(), after.len()));
    }
    let mut pairs = before.values().zip(after.values());
    let (was, is) = pairs.find(|(was, is)| renamed(&was.of, to) != is.of)?;
    Some(retyped(&format!("what the variant `{name}` holds"), was, is))
}

/// Tells what changed of the traits, the functions and the constants of a type.
pub(super) fn implementations(found: &mut Found<'_>, paths: [&str; 2], [old, new]: [&Type; 2], to: &Renamed) {
    let place = origin(found, Whose::New, paths[1]).map(side::place);
    let mut say = |id: &str, message: String| found.say(id, paths[1], Whose::New, place.as_ref(), message);
    let before: BTreeSet<String> = old.impls.iter().map(|of| renamed(of, to)).collect();
    let listed = |all: &mut dyn Iterator<Item = &String>| all.map(|of| format!("`{}`", short(of))).collect::<Vec<_>>();
    let gone = listed(&mut before.difference(&new.impls));
    if !gone.is_empty() {
        say("rust-impl-removed", format!("it does not have {} any more", gone.join(", ")));
    }
    let come = listed(&mut new.impls.difference(&before));
    if !come.is_empty() {
        say("rust-impl-added", format!("it has {} now", come.join(", ")));
    }
    for (name, declared) in &old.functions {
        match new.functions.get(name) {
            None => say("rust-function-removed", format!("the function `{name}` is gone")),
            Some(now) if renamed(declared, to) != *now => {
                say("rust-function-changed", format!("`{}` is `{}` now", short(declared), short(now)));
            }
            Some(_) => {}
        }
    }
    for name in new.functions.keys().filter(|name| !old.functions.contains_key(*name)) {
        say("rust-function-added", format!("the function `{name}` is new"));
    }
    for (name, constant) in &old.constants {
        let Some(now) = new.constants.get(name) else {
            say("rust-constant-removed", format!("the constant `{name}` is gone"));
            continue;
        };
        if renamed(&constant.of, to) != now.of {
            say(
                "rust-constant-retyped",
                format!("`{name}` was of type `{}`, and is of type `{}`", constant.of, now.of),
            );
        } else if constant.value != now.value {
            let [was, is] = [constant, now].map(|constant| shown(&constant.value));
            say("rust-constant-changed", format!("`{name}` was {was}, and is {is}"));
        }
    }
    for (name, constant) in new.constants.iter().filter(|(name, _)| !old.constants.contains_key(*name)) {
        say("rust-constant-added", format!("the constant `{name}` is new: {}", shown(&constant.value)));
    }
}

/// What a constant is made of: the number that it is brought to its type from, or the whole of it.
fn shown(value: &str) -> &str {
    let inner = value.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
    inner.filter(|_| value.starts_with("crate::")).unwrap_or(value)
}
