//! A schema document, seen place by place: where its `$ref`s lead, and what stands below a place along them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::pointer;
use crate::vocabulary::{self, Role};

/// A subschema and its JSON Pointer in the document.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) pointer: String,
    pub(super) schema: &'a Value,
}

/// What `reference` names in the document `root`, if it is a JSON Pointer fragment (RFC 6901, section 6).
pub(super) fn resolve<'a>(root: &'a Value, reference: &str) -> Option<Place<'a>> {
    let pointer = fragment(reference)?;
    root.pointer(&pointer).map(|schema| Place { pointer, schema })
}

/// The JSON Pointer that is the fragment of a reference without any other part.
pub(super) fn fragment(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut pieces = fragment.split('%');
    bytes.extend_from_slice(pieces.next()?.as_bytes());
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(piece.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// The reference to the place with these tokens: a fragment, percent-encoded where RFC 3986 has no such character.
pub(super) fn reference_to(tokens: &[String]) -> String {
    let pointer = tokens.iter().fold(String::new(), |pointer, token| pointer::push(&pointer, token));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~$".contains(&byte);
    let spell = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("#{}", pointer.bytes().map(spell).collect::<String>())
}

/// The place itself, then the target of its `$ref`, and so on. A chain that comes back to itself ends there; one
/// that leads nowhere gives the reference that does.
pub(super) fn chain<'a>(root: &'a Value, start: Place<'a>) -> Result<Vec<Place<'a>>, String> {
    let mut seen = BTreeSet::from([start.pointer.clone()]);
    let mut next = reference(start.schema);
    let mut places = vec![start];
    while let Some(target) = next {
        let place = resolve(root, target).ok_or_else(|| target.to_owned())?;
        if !seen.insert(place.pointer.clone()) {
            break;
        }
        next = reference(place.schema);
        places.push(place);
    }
    Ok(places)
}

/// The schema's own `$ref`.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()
}

/// The subschemas below the places of a chain, `$defs` aside, each with its pointer relative to its place. A relative
/// pointer comes once for each place of the chain that has it.
pub(super) fn below<'a>(chain: &[Place<'a>]) -> Vec<(String, Place<'a>)> {
    let children = |place: &Place<'a>| {
        let start = place.pointer.len();
        let children = vocabulary::children(place.schema, &place.pointer).into_iter();
        children
            .map(move |(pointer, schema)| {
                (pointer.get(start..).unwrap_or_default().to_owned(), Place { pointer, schema })
            })
            .filter(|(relative, _)| {
                pointer::tokens(relative).next().is_none_or(|keyword| vocabulary::role(&keyword) != Role::Definitions)
            })
            .collect::<Vec<_>>()
    };
    chain.iter().flat_map(children).collect()
}

/// The document with each `format` that does not assert taken away.
pub(super) fn asserting(document: &Value, asserted_formats: &BTreeSet<String>) -> Value {
    edited(document, |schema| {
        schema.retain(|keyword, value| {
            keyword != "format" || value.as_str().is_some_and(|format| asserted_formats.contains(format))
        });
    })
}

/// The document with `edit` made to each schema object in it; an edit must leave the subschemas where they are.
pub(super) fn edited(document: &Value, mut edit: impl FnMut(&mut Map<String, Value>)) -> Value {
    let mut copy = document.clone();
    for (pointer, _) in vocabulary::subschemas(document, "") {
        if let Some(Value::Object(schema)) = copy.pointer_mut(&pointer) {
            edit(schema);
        }
    }
    copy
}
