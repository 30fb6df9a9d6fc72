//! Two crates as programs see them -> what changed.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Kind, Type};
use super::found::Found;
use super::members;
use super::side::{self, Side};
use super::{RustFinding, Whose};
use crate::evolve::Pair;
use crate::lower::{Definition, Part};

/// What changed from `old` to `new`, whose definitions are the same as `pairs` say.
pub(super) fn compare(old: &Side, new: &Side, pairs: &[Pair]) -> Vec<RustFinding> {
    let mut found = Found::new(old, new, pairs);
    let renamed = renamed(&found);
    types(&mut found, &renamed, &to(&renamed, new));
    features(&mut found);
    dependencies(&mut found);
    found.findings
}

/// The new path of each type that has another one, by the old one: at the same place of the same definition there is a type
/// which the old crate does not have. A type that places share is known by what it asks for instead.
fn renamed(found: &Found<'_>) -> BTreeMap<String, String> {
    let [old, new] = &found.origins;
    let come = || new.iter().filter(|(path, _)| !old.contains_key(*path));
    let at: BTreeMap<_, &String> = come().map(|(path, of)| ((side::place(of), of.part), path)).collect();
    let asking: BTreeMap<_, &String> = come().filter_map(|(path, of)| Some((asked(path, of)?, path))).collect();
    let gone = old.iter().filter(|(path, _)| !new.contains_key(*path));
    let pairs = gone.filter_map(|(path, of)| {
        let to = match asked(path, of) {
            Some(asked) => asking.get(&asked)?,
            None => at.get(&(found.moved(&side::place(of))?, of.part))?,
        };
        Some((path.clone(), (*to).clone()))
    });
    let pairs: BTreeMap<String, String> = pairs.collect();
    let count = |to: &String| pairs.values().filter(|other| *other == to).count();
    pairs.iter().filter(|(_, to)| count(to) == 1).map(|(path, to)| (path.clone(), to.clone())).collect()
}

/// What stands in the new crate for each path of the old one that has become another: what is called otherwise now, or is but
/// another name for a type. Paths that are left out stand for themselves.
fn to(renamed: &BTreeMap<String, String>, new: &Side) -> BTreeMap<String, String> {
    let mut to = new.api.aliases.clone();
    to.extend(renamed.iter().map(|(path, now)| (path.clone(), new.api.aliases.get(now).unwrap_or(now).clone())));
    to
}

/// The module of a type that places share, and what it asks for.
fn asked(path: &str, of: &Definition) -> Option<(String, String)> {
    let (module, _) = path.rsplit_once("::").filter(|_| of.part == Part::Shared)?;
    Some((module.to_owned(), format!("{:?}", of.form)))
}

/// Tells what became of each type; `renamed` are the new paths of those that have another one, and `to` is what stands for each path.
fn types(found: &mut Found<'_>, renamed: &BTreeMap<String, String>, to: &BTreeMap<String, String>) {
    let (old, new) = (found.old, found.new);
    // What is another name for the same as before is told of there.
    let is_told = |path: &str, now: &str| {
        let [was, is] = [old.api.aliases.get(path), new.api.aliases.get(now)];
        was.zip(is).is_some_and(|(was, is)| to.get(was).unwrap_or(was) == is)
    };
    let targets: BTreeSet<&String> = renamed.values().collect();
    for (path, before) in &old.api.types {
        let origin = origin(found, Whose::Old, path);
        let place = origin.map(side::place);
        match (new.api.types.get(path), renamed.get(path)) {
            (Some(_), _) if is_told(path, path) => {}
            (Some(after), _) => one(found, [path, path], [before, after], to),
            (None, Some(now)) => {
                let message = format!("`{path}` is called `{now}` now");
                let place = self::origin(found, Whose::New, now).map(side::place);
                found.say("rust-type-renamed", now, Whose::New, place.as_ref(), message);
                if let Some(after) = new.api.types.get(now).filter(|_| !is_told(path, now)) {
                    one(found, [path, now], [before, after], to);
                }
            }
            (None, None) => {
                let message = format!("{} is gone", before.kind.name());
                found.say("rust-type-removed", path, Whose::Old, place.as_ref(), message);
            }
        }
    }
    let come = new.api.types.iter().filter(|(path, _)| !old.api.types.contains_key(*path) && !targets.contains(path));
    for (path, after) in come {
        let place = origin(found, Whose::New, path).map(side::place);
        found.say("rust-type-added", path, Whose::New, place.as_ref(), format!("{} is new", after.kind.name()));
    }
}

/// What the type at `path` was generated from.
pub(super) fn origin<'s>(found: &Found<'s>, side: Whose, path: &str) -> Option<&'s Definition> {
    let [old, new] = &found.origins;
    let origins = if side == Whose::Old { old } else { new };
    origins.get(path).copied()
}

/// Tells what changed of a type that both versions have, under these paths.
fn one(found: &mut Found<'_>, paths: [&str; 2], types: [&Type; 2], to: &BTreeMap<String, String>) {
    let [before, after] = types;
    if before == after && paths[0] == paths[1] && to.is_empty() {
        return;
    }
    let place = origin(found, Whose::New, paths[1]).map(side::place);
    let mut say = |id: &str, message: String| found.say(id, paths[1], Whose::New, place.as_ref(), message);
    if after.is_deprecated && !before.is_deprecated {
        say("rust-deprecated-added", "it is deprecated now".to_owned());
    }
    if after.is_non_exhaustive && !before.is_non_exhaustive {
        say("rust-kind-changed", "it is `#[non_exhaustive]` now".to_owned());
    }
    let is_same_kind = std::mem::discriminant(&before.kind) == std::mem::discriminant(&after.kind)
        && before.kind.name() == after.kind.name()
        && before.generics == after.generics;
    match (&before.kind, &after.kind) {
        _ if !is_same_kind => {
            let message = format!("it was {}, and is {}", before.kind.name(), after.kind.name());
            return say("rust-kind-changed", message);
        }
        (Kind::Struct(old), Kind::Struct(new)) => members::structs(found, paths, [old, new], to),
        (Kind::Enum(_), Kind::Enum(_)) => members::enums(found, paths, types, to),
        (Kind::Alias(old), Kind::Alias(new)) | (Kind::Other(old), Kind::Other(new)) if old != new => {
            say("rust-kind-changed", "it is something else now".to_owned());
        }
        _ => {}
    }
    members::implementations(found, paths, types, to);
}

fn features(found: &mut Found<'_>) {
    let (old, new) = (&found.old.api.features, &found.new.api.features);
    for (name, enabled) in old {
        match new.get(name) {
            None => found.say("rust-feature-removed", name, Whose::Old, None, format!("the feature `{name}` is gone")),
            Some(now) => {
                // A feature that is gone is told of by itself.
                let less = enabled.difference(now).filter(|less| !old.contains_key(*less) || new.contains_key(*less));
                let less: Vec<&str> = less.map(String::as_str).collect();
                if !less.is_empty() {
                    let message = format!("the feature `{name}` does not turn on {} any more", less.join(", "));
                    found.say("rust-feature-enables-less", name, Whose::New, None, message);
                }
            }
        }
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        found.say("rust-feature-added", name, Whose::New, None, format!("the feature `{name}` is new"));
    }
}

fn dependencies(found: &mut Found<'_>) {
    let (old, new) = (&found.old.api.dependencies, &found.new.api.dependencies);
    for (name, version) in old {
        match new.get(name) {
            None => {
                let message = format!("the crate does not depend on {name} any more");
                found.say("rust-dependency-removed", name, Whose::Old, None, message);
            }
            Some(now) if now != version => {
                let message = format!("the crate asks for {name} {now}, and asked for {version}");
                found.say("rust-dependency-changed", name, Whose::New, None, message);
            }
            Some(_) => {}
        }
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        let message = format!("the crate depends on {name}");
        found.say("rust-dependency-added", name, Whose::New, None, message);
    }
}
