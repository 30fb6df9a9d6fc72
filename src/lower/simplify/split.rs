//! One schema for values of several types -> a branch for each type, with the keywords that speak of it.

use serde_json::{Map, Value, json};

use super::merge::Node;
use super::one::Simplify;
use super::tagged::{self, Tagged, is_tag};
use crate::lower::class::is_asserting;
use crate::source::Policy;

/// The types that no value has two of, in the order in which branches are written. `number` has the integers.
const TYPES: &[&str] = &["object", "array", "string", "number", "boolean", "null"];

/// The type that `keyword` speaks of, if it speaks of one only.
fn spoken_of(keyword: &str) -> Option<&'static str> {
    Some(match keyword {
        "additionalProperties"
        | "dependentRequired"
        | "dependentSchemas"
        | "maxProperties"
        | "minProperties"
        | "patternProperties"
        | "properties"
        | "propertyNames"
        | "required" => "object",
        "contains" | "items" | "maxContains" | "maxItems" | "minContains" | "minItems" | "prefixItems"
        | "uniqueItems" => "array",
        "format" | "maxLength" | "minLength" | "pattern" => "string",
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "multipleOf" => "number",
        _ => return None,
    })
}

/// Whether a value of the type `name` may be of type `of`.
fn is_of(name: &str, of: &str) -> bool {
    name == of || (name == "integer" && of == "number")
}

/// Whether `schema` only speaks of types, so that it is sure to become a schema of one type, or of a branch for each.
pub(super) fn is_of_types(schema: &Tagged, policy: &Policy) -> bool {
    let speaks = |keyword: &str| keyword == "type" || spoken_of(keyword).is_some();
    schema
        .iter()
        .all(|(keyword, value)| speaks(keyword) || !(keyword == "allOf" || is_asserting(keyword, value, policy)))
}

impl Simplify<'_> {
    /// `node`, which has no unions, as a schema of one type, or with a branch for each type.
    pub(super) fn split(&mut self, mut node: Node) -> Option<Tagged> {
        let mut keywords = std::mem::take(&mut node.keywords);
        if keywords.contains_key("$ref") {
            return Some(node.with(keywords));
        }
        if keywords.keys().any(|keyword| keyword != "type" && spoken_of(keyword).is_none()) {
            return None;
        }
        let named: Option<Vec<String>> = keywords.shift_remove("type").and_then(|names| {
            Some(names.as_array()?.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
        });
        if named.is_none() && keywords.is_empty() {
            return Some(node.with(keywords));
        }
        let closed = named.is_some();
        let names = named.unwrap_or_else(|| TYPES.iter().map(|name| (*name).to_owned()).collect());
        let names: Vec<String> = names
            .iter()
            .filter(|name| !(*name == "integer" && names.iter().any(|it| it == "number")))
            .cloned()
            .collect();
        let speaks = |name: &str| keywords.keys().any(|keyword| spoken_of(keyword).is_some_and(|of| is_of(name, of)));
        let (spoken, free): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| speaks(name));
        let schema = match (spoken.as_slice(), free.as_slice()) {
            ([], []) => nothing(),
            ([name], []) | ([], [name]) => self.of_type(json!(name), name, keywords),
            ([name], [null]) | ([], [name, null] | [null, name]) if closed && null == "null" => {
                self.of_type(json!([name, "null"]), name, keywords)
            }
            ([], free) if !closed => Map::from_iter([("type".to_owned(), json!(free))]),
            (spoken, free) => {
                let each = closed || free.len() < 2;
                let mut branches: Vec<Value> =
                    spoken.iter().map(|name| self.of_type(json!(name), name, keywords.clone()).into()).collect();
                match each {
                    true => {
                        branches.extend(free.iter().filter(|name| *name != "null").map(|name| json!({ "type": name })))
                    }
                    false => branches.push(json!({ "type": free })),
                }
                apart(branches, each && free.iter().any(|name| name == "null"))
            }
        };
        Some(node.with(schema))
    }

    /// The schema of a value of type `name`, written as `type` has it, with those of `keywords` that speak of it.
    fn of_type(&mut self, written: Value, name: &str, keywords: Tagged) -> Tagged {
        let mut schema = Map::with_capacity(keywords.len() + 1);
        schema.insert("type".to_owned(), written);
        let of = |keyword: &str| spoken_of(keyword).is_some_and(|of| is_of(name, of));
        schema.extend(keywords.into_iter().filter(|(keyword, _)| of(keyword)));
        self.inner(schema)
    }

    /// `keywords` with simple schemas below.
    fn inner(&mut self, keywords: Tagged) -> Tagged {
        let mut simple: Tagged = keywords
            .into_iter()
            .map(|(keyword, value)| {
                let value = match (keyword.as_str(), value) {
                    ("additionalProperties" | "items" | "propertyNames", schema) => self.child(schema),
                    ("prefixItems", Value::Array(schemas)) => {
                        schemas.into_iter().map(|schema| self.child(schema)).collect()
                    }
                    ("patternProperties" | "properties", Value::Object(members)) => members
                        .into_iter()
                        .map(|(name, schema)| (name, self.child(schema)))
                        .collect::<Map<_, _>>()
                        .into(),
                    (_, value) => value,
                };
                (keyword, value)
            })
            .collect();
        forget_refused(&mut simple);
        simple
    }
}

/// Takes the members out of `properties` that may not be there, where others may not be there either: the same is said of
/// all of them.
fn forget_refused(object: &mut Tagged) {
    let refused = |schema: &Value| schema.as_object().is_some_and(is_nothing);
    if !object.get("additionalProperties").is_some_and(refused) || object.contains_key("patternProperties") {
        return;
    }
    let required = object.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|names| names.iter().any(|it| it == name));
    if let Some(Value::Object(members)) = object.get_mut("properties") {
        members.retain(|name, schema| is_required(name) || !refused(schema));
    }
}

/// Whether a simple schema accepts nothing.
pub(super) fn is_nothing(schema: &Tagged) -> bool {
    schema.get("enum").is_some_and(|values| values.as_array().is_some_and(Vec::is_empty))
}

/// What accepts nothing.
pub(super) fn nothing() -> Tagged {
    Map::from_iter([("enum".to_owned(), json!([]))])
}

/// A choice between `branches`, no two of which accept the same value, and `null` if it is one more.
pub(super) fn apart(branches: Vec<Value>, has_null: bool) -> Tagged {
    let choice = Map::from_iter([("anyOf".to_owned(), Value::Array(branches))]);
    match has_null {
        true => Map::from_iter([("anyOf".to_owned(), json!([choice, { "type": "null" }]))]),
        false => choice,
    }
}

/// Whether a schema is nothing but a choice between branches of one type each, as `apart` makes it.
pub(super) fn branches_apart(schema: &Tagged) -> Option<&Vec<Value>> {
    if tagged::discriminator(schema).is_some() {
        return None;
    }
    let mut keywords = schema.iter().filter(|(keyword, _)| !is_tag(keyword));
    let (keyword, branches) = keywords.next()?;
    if keyword != "anyOf" || keywords.next().is_some() {
        return None;
    }
    let branches = branches.as_array()?;
    let mut seen: Vec<&str> = Vec::new();
    for branch in branches {
        let name = branch.get("type")?.as_str()?;
        let twice = seen.iter().any(|other| is_of(name, other) || is_of(other, name));
        if twice {
            return None;
        }
        seen.push(name);
    }
    Some(branches)
}
