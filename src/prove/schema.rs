//! A schema document, seen place by place: where its `$ref`s lead, and what stands below a place along them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

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

/// The chain of a place, and in it each alternative to `null` behind the place that has it, with the chain of that one.
/// So `{"anyOf": [X, {"type": "null"}]}` is seen as what it is where `type` takes the `null` in: a place that says what
/// X says.
pub(super) fn layers<'a>(root: &'a Value, start: Place<'a>) -> Result<Vec<Place<'a>>, String> {
    let mut places: Vec<Place<'a>> = Vec::new();
    let mut pending = vec![start];
    while let Some(start) = pending.pop() {
        for place in chain(root, start)? {
            if places.iter().all(|other| other.pointer != place.pointer) {
                pending.extend(alternatives(&place).into_iter().map(|(alternative, _)| alternative));
                places.push(place);
            }
        }
    }
    Ok(places)
}

/// Where `anyOf` or `oneOf` gives a choice between `null` and one other schema: that schema, and the one for `null`.
fn alternatives<'a>(place: &Place<'a>) -> Vec<(Place<'a>, Place<'a>)> {
    let choice = |keyword: &str| {
        let [one, other] = place.schema.get(keyword)?.as_array()?.as_slice() else { return None };
        let branch = |index: &str, schema| Place {
            pointer: pointer::push(&pointer::push(&place.pointer, keyword), index),
            schema,
        };
        match (accepts_null_alone(one), accepts_null_alone(other)) {
            (false, true) => Some((branch("0", one), branch("1", other))),
            (true, false) => Some((branch("1", other), branch("0", one))),
            _ => None,
        }
    };
    ["anyOf", "oneOf"].into_iter().filter_map(choice).collect()
}

/// Whether `type`, `const` or `enum` says that a schema is about `null`, and nothing else refuses anything.
fn accepts_null_alone(schema: &Value) -> bool {
    let keywords = schema.as_object().into_iter().flatten();
    let mut asserting = keywords.filter(|(keyword, _)| vocabulary::role(keyword) != Role::Annotation);
    let is_null = |(keyword, value): (&String, &Value)| match keyword.as_str() {
        "type" => value == "null" || value == &json!(["null"]),
        "const" => value.is_null(),
        "enum" => value == &json!([null]),
        _ => false,
    };
    asserting.next().is_some_and(is_null) && asserting.next().is_none()
}

/// The subschemas below the places of a chain or of layers, `$defs` and the layers themselves aside, each with its
/// pointer relative to its place. A relative pointer comes once for each place that has it. Where `null` is an
/// alternative to a layer, its schema is `/null`, whichever keyword and branch it is.
pub(super) fn below<'a>(layers: &[Place<'a>]) -> Vec<(String, Place<'a>)> {
    let is_layer = |pointer: &str| layers.iter().any(|layer| layer.pointer == pointer);
    let mut found = Vec::new();
    for place in layers {
        let nulls = alternatives(place).into_iter().filter(|(alternative, _)| is_layer(&alternative.pointer));
        let nulls: Vec<Place<'a>> = nulls.map(|(_, null)| null).collect();
        for (pointer, schema) in vocabulary::children(place.schema, &place.pointer) {
            let relative = pointer.get(place.pointer.len()..).unwrap_or_default();
            let keyword = pointer::tokens(relative).next().unwrap_or_default();
            if is_layer(&pointer) || vocabulary::role(&keyword) == Role::Definitions {
                continue;
            }
            let is_null = nulls.iter().any(|null| null.pointer == pointer);
            let relative = if is_null { "/null" } else { relative }.to_owned();
            found.push((relative, Place { pointer, schema }));
        }
    }
    found
}

/// The subschemas below a place along its chain, and then those below its layers; none if the chain leads nowhere.
pub(super) fn all_below<'a>(root: &'a Value, place: Place<'a>) -> Vec<(String, Place<'a>)> {
    let of = |places: Result<Vec<Place<'a>>, String>| places.map(|places| below(&places)).unwrap_or_default();
    let mut found = of(chain(root, place.clone()));
    found.extend(of(layers(root, place)));
    found
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
