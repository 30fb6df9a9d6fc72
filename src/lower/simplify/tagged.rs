//! Schemas that carry along where they come from, while they are taken apart and put together.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Origin, Place};
use crate::lower::class::is_asserted;
use crate::lower::place::Schemas;
use crate::source::{Policy, Sources};
use crate::vocabulary::{self, Holds, Role};

/// A schema object with tags: members that no stage takes for keywords. `true` is an object without keywords, `false`
/// one with an empty `enum`. A `$ref` names a place of the sources, `document#pointer`, or a definition, `@index`.
pub(super) type Tagged = Map<String, Value>;

/// The place of the schema that accepts the same.
const WHOLE: &str = "\0whole";
/// The places of the schemas that are brought together here, where they are others.
const PARTS: &str = "\0parts";
/// The member that a `discriminator` names, beside the choice that it speaks of.
const DISCRIMINATOR: &str = "\0discriminator";

/// The schema at `place` of the sources and all that stands below it, each with its own place for a tag.
pub(super) fn tag(sources: &Sources, place: &Place) -> Tagged {
    tag_schema(sources, place, place.schema(sources))
}

/// The same of `schema`, which is at `place`.
fn tag_schema(sources: &Sources, place: &Place, schema: &Value) -> Tagged {
    let mut tagged = Map::with_capacity(schema.as_object().map_or(1, Map::len) + 1);
    match schema {
        Value::Object(keywords) => {
            for (keyword, value) in keywords.iter().filter(|(keyword, _)| !is_tag(keyword)) {
                if let Some(value) = tag_value(sources, place, keyword, value) {
                    tagged.insert(keyword.clone(), value);
                }
            }
        }
        Value::Bool(true) => {}
        _ => {
            tagged.insert("enum".to_owned(), Value::Array(Vec::new()));
        }
    }
    tagged.insert(WHOLE.to_owned(), named(place));
    tagged
}

fn tag_value(sources: &Sources, place: &Place, keyword: &str, value: &Value) -> Option<Value> {
    Some(match (vocabulary::role(keyword), value) {
        (Role::Identifier | Role::Definitions, _) => return None,
        (Role::Reference, value) => match sources.target(place) {
            Some(target) => named(&target),
            None => value.clone(),
        },
        (Role::Applicator(Holds::One), schema) => tag_schema(sources, &place.below(keyword), schema).into(),
        (Role::Applicator(Holds::List), Value::Array(items)) => {
            let (list, items) = (place.below(keyword), items.iter().enumerate());
            let tag = |(index, item): (usize, &Value)| tag_schema(sources, &list.below(&index.to_string()), item);
            items.map(|item| Value::from(tag(item))).collect()
        }
        (Role::Applicator(Holds::Map), Value::Object(members)) => {
            let map = place.below(keyword);
            let tag = |(name, member): (&String, &Value)| tag_schema(sources, &map.below(name), member);
            members.iter().map(|member| (member.0.clone(), tag(member).into())).collect::<Map<_, _>>().into()
        }
        (_, value) => value.clone(),
    })
}

/// A place as a tag or a reference names it.
fn named(place: &Place) -> Value {
    format!("{}#{}", place.document, place.pointer).into()
}

/// The place of the sources that a tag or a reference names; none for a reference to a definition.
pub(super) fn reference(written: &str) -> Option<Place> {
    let (document, pointer) = written.split_once('#')?;
    Some(Place { document: document.parse().ok()?, pointer: pointer.to_owned() })
}

/// Whether `keyword` is a tag.
pub(super) fn is_tag(keyword: &str) -> bool {
    keyword.starts_with('\0') && [WHOLE, PARTS, DISCRIMINATOR].contains(&keyword)
}

/// The member by which `schema` says that the branches of its choice are told apart (OpenAPI 3.0.3, Discriminator Object).
pub(super) fn discriminator(schema: &Tagged) -> Option<String> {
    let named = schema.get("discriminator").and_then(|discriminator| discriminator.get("propertyName"));
    schema.get(DISCRIMINATOR).or(named)?.as_str().map(str::to_owned)
}

/// Says so, of the choice that is `schema`.
pub(super) fn discriminate(schema: &mut Tagged, member: Option<String>) {
    schema.extend(member.map(|member| (DISCRIMINATOR.to_owned(), member.into())));
}

/// `schema` as an object with tags, which all schemas are.
pub(super) fn as_tagged(schema: Value) -> Option<Tagged> {
    match schema {
        Value::Object(schema) => Some(schema),
        _ => None,
    }
}

/// What accepts what all of `schemas` accept. It has no place of its own.
pub(super) fn all(mut schemas: Vec<Tagged>) -> Tagged {
    match (schemas.pop(), schemas.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            let mut branches = Vec::new();
            for mut schema in schemas.into_iter().chain(last) {
                // What brings schemas together already takes more of them in, rather than to lie ever deeper.
                match schema.get_mut("allOf").map(Value::take) {
                    Some(Value::Array(more)) if schema.len() == 1 => branches.extend(more),
                    Some(own) => {
                        schema.insert("allOf".to_owned(), own);
                        branches.push(schema.into());
                    }
                    None => branches.push(schema.into()),
                }
            }
            Map::from_iter([("allOf".to_owned(), branches.into())])
        }
    }
}

/// The place of the schema of the sources that accepts the same.
pub(super) fn whole(schema: &Tagged) -> Option<Place> {
    reference(schema.get(WHOLE)?.as_str()?)
}

/// The places that a schema brings together, if that is all it does, and they are more than one.
pub(super) fn places_together(schema: &Tagged) -> Option<BTreeSet<Place>> {
    if schema.len() != 1 {
        return None;
    }
    let mut places = BTreeSet::new();
    for branch in schema.get("allOf")?.as_array()? {
        let branch = branch.as_object()?;
        match whole(branch) {
            Some(place) => {
                places.insert(place);
            }
            None => places.extend(places_together(branch)?),
        }
    }
    Some(places)
}

/// The tags of `schema`, which stay in it.
pub(super) fn tags(schema: &Tagged) -> Tagged {
    let tags = schema.iter().filter(|(keyword, _)| is_tag(keyword));
    tags.map(|(keyword, value)| (keyword.clone(), value.clone())).collect()
}

/// Adds the parts of `other` to those of `tags`.
pub(super) fn add_parts(tags: &mut Tagged, other: &Tagged) {
    let own = tags.get(WHOLE).cloned();
    if !tags.contains_key(PARTS) && parts(other).all(|part| Some(part) == own.as_ref()) {
        return;
    }
    if let Value::Array(all) = tags.entry(PARTS).or_insert_with(|| own.into_iter().collect()) {
        for part in parts(other) {
            if !all.contains(part) {
                all.push(part.clone());
            }
        }
    }
}

/// The parts of `schema`, as tags name them: it is its own where nothing else is said.
fn parts(schema: &Tagged) -> impl Iterator<Item = &Value> {
    let others = schema.get(PARTS).and_then(Value::as_array);
    let own = schema.get(WHOLE).filter(|_| others.is_none());
    others.into_iter().flatten().chain(own)
}

/// Where `schema` comes from, and `schema` without its tags, which say so.
pub(super) fn without_origin(schema: Tagged) -> (Origin, Tagged) {
    let whole = whole(&schema);
    let discriminator = schema.get(DISCRIMINATOR).and_then(|member| member.as_str().map(str::to_owned));
    let parts = schema.get(PARTS).and_then(Value::as_array).into_iter().flatten();
    let parts = parts.filter_map(|part| reference(part.as_str()?)).collect();
    (Origin { whole, parts, discriminator }, schema.into_iter().filter(|(keyword, _)| !is_tag(keyword)).collect())
}

/// `schema` as one that stands alone: without tags and formats that `policy` does not assert, what its references lead
/// to in its `$defs`.
pub(super) fn standalone(sources: &Sources, schema: &Tagged, policy: &Policy) -> Value {
    let mut waiting: Vec<String> = Vec::new();
    let mut plain = plain(schema, policy, &mut waiting);
    let mut definitions = Map::new();
    while let Some(written) = waiting.pop() {
        if let Some(place) = reference(&written).filter(|_| !definitions.contains_key(&key(&written))) {
            definitions.insert(key(&written), Value::Null);
            let definition = self::plain(&tag(sources, &place), policy, &mut waiting);
            definitions.insert(key(&written), definition.into());
        }
    }
    plain.insert("$defs".to_owned(), definitions.into());
    plain.into()
}

/// The name of a place in `$defs`: no character of it means anything in a reference.
fn key(written: &str) -> String {
    let spell =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("_{byte:02x}") };
    written.bytes().map(spell).collect()
}

fn plain(schema: &Tagged, policy: &Policy, waiting: &mut Vec<String>) -> Map<String, Value> {
    let mut plain_schema = Map::new();
    let dropped =
        |keyword: &str, value: &Value| is_tag(keyword) || (keyword == "format" && !is_asserted(value, policy));
    for (keyword, value) in schema.iter().filter(|(keyword, value)| !dropped(keyword, value)) {
        let mut inner = |value: &Value| match value {
            Value::Object(schema) => plain(schema, policy, waiting).into(),
            other => other.clone(),
        };
        let value = match (vocabulary::role(keyword), value) {
            (Role::Reference, Value::String(written)) => {
                waiting.push(written.clone());
                format!("#/$defs/{}", key(written)).into()
            }
            (Role::Applicator(Holds::One), value) => inner(value),
            (Role::Applicator(Holds::List), Value::Array(items)) => items.iter().map(inner).collect(),
            (Role::Applicator(Holds::Map), Value::Object(members)) => {
                members.iter().map(|(name, value)| (name.clone(), inner(value))).collect::<Map<_, _>>().into()
            }
            (_, value) => value.clone(),
        };
        plain_schema.insert(keyword.clone(), value);
    }
    plain_schema
}
