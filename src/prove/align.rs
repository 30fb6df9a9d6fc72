//! Two documents -> the second with the names that the first has for the definitions that stand at the same places.
//!
//! The canonical form tells a recursive definition by its name: two that say the same under two names cannot be shown
//! equal. A definition's name means nothing, so giving one side the names of the other changes neither set. Recursion
//! through the root of a document is first made to go through a definition.

use std::collections::{BTreeMap, BTreeSet};
use std::{mem, slice};

use serde_json::{Map, Value, json};

use super::inline;
use super::located::{self, Here};
use super::schema::{self, Place};
use crate::{pointer, vocabulary};

/// `document` with the definitions of its `$defs` named as in `model`.
pub(super) fn definitions(model: &Value, document: &Value) -> Value {
    let mut names = pairs(model, document);
    let taken: BTreeSet<String> = names.values().cloned().collect();
    for name in document.get("$defs").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
        let mut free = name.clone();
        while !names.contains_key(name) && taken.contains(&free) {
            free.push('_');
        }
        names.entry(name.clone()).or_insert(free);
    }
    renamed(document, &names)
}

/// The names in `document` by which definitions go that stand where `model` has one, each with the model's name.
fn pairs(model: &Value, document: &Value) -> BTreeMap<String, String> {
    let root = |schema| Place { pointer: String::new(), schema };
    let mut pending = vec![(root(model), root(document))];
    let mut seen = BTreeSet::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    while let Some((ours, theirs)) = pending.pop() {
        if !seen.insert((ours.pointer.clone(), theirs.pointer.clone())) {
            continue;
        }
        let chains = (schema::chain(model, ours.clone()), schema::chain(document, theirs.clone()));
        let (Ok(our_chain), Ok(their_chain)) = chains else { continue };
        if let (Some(our_name), Some(their_name)) = (definition(&our_chain), definition(&their_chain))
            && !names.values().any(|name| *name == our_name)
        {
            names.entry(their_name).or_insert(our_name);
        }
        let theirs = schema::all_below(document, theirs);
        for (relative, place) in schema::all_below(model, ours) {
            if let Some((_, partner)) = theirs.iter().find(|(other, _)| *other == relative) {
                pending.push((place, partner.clone()));
            }
        }
    }
    by_place(model, document, &mut names);
    names
}

/// Adds the recursive definitions that speak of the same place in values, where either side has as many without a partner:
/// the same recursion may come through other applicators.
fn by_place(model: &Value, document: &Value, names: &mut BTreeMap<String, String>) {
    let (ours, theirs) = (inline::recursive(model), inline::recursive(document));
    let among = |here: &Here<'_>, recursive: &BTreeSet<String>| -> Vec<String> {
        let definitions = here.places().filter_map(|place| definition(slice::from_ref(place)));
        definitions.filter(|name| recursive.contains(name)).collect()
    };
    located::together(model, document, |_, here, there| {
        let mut our_names = among(here, &ours);
        our_names.retain(|name| !names.values().any(|taken| taken == name));
        let mut their_names = among(there, &theirs);
        their_names.retain(|name| !names.contains_key(name));
        if our_names.len() == their_names.len() {
            names.extend(their_names.into_iter().zip(our_names));
        }
    });
}

/// The name of the definition that a chain ends in.
fn definition(chain: &[Place<'_>]) -> Option<String> {
    let mut tokens = pointer::tokens(&chain.last()?.pointer);
    let name = tokens.next().filter(|keyword| keyword == "$defs").and_then(|_| tokens.next())?;
    tokens.next().is_none().then_some(name)
}

fn renamed(document: &Value, names: &BTreeMap<String, String>) -> Value {
    let mut document = with_references(document, |reference| {
        let mut tokens: Vec<String> = pointer::tokens(&schema::fragment(reference)?).collect();
        let name = tokens.get_mut(1)?;
        *name = names.get(name)?.clone();
        (tokens.first()? == "$defs").then(|| schema::reference_to(&tokens))
    });
    if let Some(definitions) = document.get_mut("$defs").and_then(Value::as_object_mut) {
        let named = mem::take(definitions).into_iter();
        definitions.extend(named.map(|(name, schema)| (names.get(&name).cloned().unwrap_or(name), schema)));
    }
    document
}

/// The document with each `$ref` replaced for which `target` gives another.
fn with_references(document: &Value, target: impl Fn(&str) -> Option<String>) -> Value {
    schema::edited(document, |schema| {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str).and_then(&target) {
            schema.insert("$ref".to_owned(), Value::String(target));
        }
    })
}

/// A document whose root is a copy of one of its recursive definitions, with a reference to that one instead, and where
/// it is. Set operations would not see that the two are the same.
fn as_definition(document: &Value) -> Option<(Value, String)> {
    let definitions = document.get("$defs")?.as_object()?;
    let mut root = document.as_object()?.clone();
    root.shift_remove("$defs");
    let root = Value::Object(root);
    let name = inline::recursive(document).into_iter().find(|name| definitions.get(name) == Some(&root))?;
    let at = ["$defs".to_owned(), name];
    let moved = json!({"$ref": schema::reference_to(&at), "$defs": definitions});
    Some((moved, at.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token))))
}

/// A document that refers to its own root, with that root moved into `$defs`, and where it went: set operations refuse
/// two documents that both speak of their root.
pub(super) fn rerooted(document: &Value) -> (Value, String) {
    if let Some(moved) = as_definition(document) {
        return moved;
    }
    let own = vocabulary::subschemas(document, "");
    let refers_to_root = |schema: &Value| {
        let fragment = schema::reference(schema).and_then(schema::fragment);
        fragment.is_some_and(|pointer| pointer.is_empty() || !pointer.starts_with("/$defs/"))
    };
    let Some(root) = document.as_object().filter(|_| own.iter().any(|(_, schema)| refers_to_root(schema))) else {
        return (document.clone(), String::new());
    };
    let mut name = "root".to_owned();
    while document.get("$defs").is_some_and(|definitions| definitions.get(&name).is_some()) {
        name.push('_');
    }
    let at = ["$defs".to_owned(), name.clone()];
    let mut body = root.clone();
    let mut definitions = body.shift_remove("$defs").and_then(|found| found.as_object().cloned()).unwrap_or_default();
    definitions.insert(name, Value::Object(body));
    let moved = json!({"$ref": schema::reference_to(&at), "$defs": definitions});
    let moved = with_references(&moved, |reference| {
        let pointer = schema::fragment(reference).filter(|pointer| !pointer.starts_with("/$defs/"))?;
        let tokens: Vec<String> = at.iter().cloned().chain(pointer::tokens(&pointer)).collect();
        Some(schema::reference_to(&tokens))
    });
    (moved, at.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token)))
}
