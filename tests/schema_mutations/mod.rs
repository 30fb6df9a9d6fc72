//! A schema -> the schemas that differ from it by one edit, at every keyword of every place.

use serde_json::{Map, Value, json};
use typeproof::pointer;
use typeproof::vocabulary;

/// A schema with one edit.
pub struct Mutant {
    pub what: String,
    pub schema: Value,
}

/// Keywords that narrow or widen a schema of the type, or of any type, where they are added.
const ADDED: &[(&str, &str)] = &[
    ("string", r#"{"minLength": 1}"#),
    ("string", r#"{"maxLength": 3}"#),
    ("string", r#"{"pattern": "^[a-z]*$"}"#),
    ("string", r#"{"format": "date-time"}"#),
    ("string", r#"{"format": "uri"}"#),
    ("string", r#"{"enum": ["a", "b"]}"#),
    ("string", r#"{"minLength": 0}"#),
    ("boolean", r#"{"const": true}"#),
    ("object", r#"{"additionalProperties": false}"#),
    ("object", r#"{"additionalProperties": {"type": "string"}}"#),
    ("object", r#"{"additionalProperties": true}"#),
    ("object", r#"{"minProperties": 9}"#),
    ("object", r#"{"maxProperties": 8}"#),
    ("object", r#"{"propertyNames": {"maxLength": 20}}"#),
    ("object", r#"{"patternProperties": {"^x-": {"type": "string"}}}"#),
    ("", r#"{"not": {"const": "a"}}"#),
    ("", r#"{"deprecated": true}"#),
    ("", r#"{"readOnly": true}"#),
    ("", r#"{"writeOnly": true}"#),
    ("", r#"{"default": "a"}"#),
    ("", r#"{"examples": ["a"]}"#),
    ("", r#"{"x-internal": {"a": 1}}"#),
    ("", r#"{"$comment": "a"}"#),
    ("", r#"{"minimum": 3}"#),
];

const TYPES: &[&str] = &["string", "boolean", "object", "array", "number", "integer", "null"];

/// All of them.
pub fn mutants(schema: &Value) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (at, place) in vocabulary::subschemas(schema, "") {
        let keywords = place.as_object().expect("every place of this schema is an object");
        for (keyword, value) in keywords {
            let edited = edits(keyword, value).into_iter();
            mutants.extend(edited.map(|(what, to)| mutant(schema, &pointer::push(&at, keyword), what, to)));
            // Under another name a keyword refuses nothing any more, and says something that it did not.
            let dropped = mutant(schema, &pointer::push(&at, keyword), "", None).schema;
            let renamed = pointer::push(&at, &format!("x-{keyword}"));
            mutants.push(mutant(&dropped, &renamed, "renamed", Some(value.clone())));
        }
        let of = keywords.get("type").and_then(Value::as_str).unwrap_or_default();
        for (_, added) in ADDED.iter().filter(|(only, _)| only.is_empty() || *only == of) {
            let added: Map<String, Value> = serde_json::from_str(added).expect("JSON");
            for (keyword, value) in added.into_iter().filter(|(keyword, _)| !keywords.contains_key(keyword)) {
                let what = format!("added: {value}");
                mutants.push(mutant(schema, &pointer::push(&at, &keyword), &what, Some(value)));
            }
        }
    }
    mutants
}

/// What a keyword's value can become; `None` drops the keyword.
fn edits(keyword: &str, value: &Value) -> Vec<(&'static str, Option<Value>)> {
    let mut edits = vec![("dropped", None)];
    match (keyword, value) {
        ("type", Value::String(name)) => {
            let others = TYPES.iter().filter(|other| *other != name);
            edits.extend(others.map(|other| ("retyped", Some(json!(other)))));
            edits.push(("nullable", Some(json!([name, "null"]))));
            edits.push(("of two types", Some(json!([name, "integer"]))));
            edits.push(("listed", Some(json!([name]))));
        }
        ("required", Value::Array(names)) => {
            edits.extend(names.iter().map(|name| {
                let others = names.iter().filter(|other| *other != name);
                ("one less", Some(others.cloned().collect()))
            }));
            edits.push(("reordered", Some(names.iter().rev().cloned().collect())));
            let renamed = names.iter().skip(1).cloned().chain([json!("renamed")]);
            edits.push(("renamed", Some(renamed.collect())));
            edits.push(("one more", Some(names.iter().cloned().chain([json!("more")]).collect())));
            edits.push(("emptied", Some(json!([]))));
        }
        ("properties", Value::Object(members)) => {
            for name in members.keys() {
                let without = members.iter().filter(|(other, _)| *other != name);
                edits.push(("one less", Some(without.map(owned).collect())));
                let renamed = members.iter().map(owned).map(|(other, schema)| match &other == name {
                    true => (format!("{other}_renamed"), schema),
                    false => (other, schema),
                });
                edits.push(("renamed", Some(renamed.collect())));
                let accepting = |accepts: bool| {
                    let with = members.iter().map(owned).map(|(other, schema)| match &other == name {
                        true => (other, json!(accepts)),
                        false => (other, schema),
                    });
                    Some(with.collect())
                };
                edits.extend([("loosened", accepting(true)), ("refused", accepting(false))]);
            }
            let more = members.iter().map(owned).chain([("more".to_owned(), json!({"type": "string"}))]);
            edits.push(("one more", Some(more.collect())));
            edits.push(("reordered", Some(members.iter().rev().map(owned).collect())));
        }
        (_, Value::String(text)) => {
            edits.push(("changed", Some(json!(format!("{text}.")))));
            edits.push(("emptied", Some(json!(""))));
        }
        _ => {}
    }
    edits
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

/// `schema` with the keyword at `at` set to `to`, or dropped.
fn mutant(schema: &Value, at: &str, what: &str, to: Option<Value>) -> Mutant {
    let mut schema = schema.clone();
    let (holder, _) = at.rsplit_once('/').expect("a keyword stands in a schema");
    let keyword = pointer::tokens(at).last().expect("a keyword has a name");
    let keywords = schema.pointer_mut(holder).and_then(Value::as_object_mut).expect("the place is there");
    let what = format!("{at} {what}");
    match to {
        Some(value) => keywords.insert(keyword, value),
        None => keywords.remove(&keyword),
    };
    Mutant { what, schema }
}
