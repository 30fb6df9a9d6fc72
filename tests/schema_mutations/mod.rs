//! A schema -> the schemas that differ from it by one edit, at every keyword of every place.

mod values;

use serde_json::{Map, Value};
use typeproof::pointer;
use typeproof::vocabulary;

/// A schema with one edit.
pub struct Mutant {
    /// What kind of edit, for the score.
    pub class: String,
    pub what: String,
    pub schema: Value,
}

/// What a keyword's value becomes; `None` drops the keyword.
struct Edit {
    what: &'static str,
    to: Option<Value>,
}

/// Keywords that are added to a schema of the type, or of any type: to narrow it, to say something, or for nothing.
const ADDED: &[(&str, &str)] = &[
    ("string", r#"{"minLength": 1}"#),
    ("string", r#"{"maxLength": 3}"#),
    ("string", r#"{"pattern": "^[a-z]*$"}"#),
    ("string", r#"{"format": "date-time"}"#),
    ("string", r#"{"format": "uri"}"#),
    ("string", r#"{"enum": ["a", "b"]}"#),
    ("string", r#"{"minLength": 0}"#),
    ("boolean", r#"{"const": true}"#),
    ("integer", r#"{"minimum": 1}"#),
    ("integer", r#"{"exclusiveMaximum": 10}"#),
    ("integer", r#"{"multipleOf": 2}"#),
    ("number", r#"{"maximum": 0.5}"#),
    ("array", r#"{"minItems": 1}"#),
    ("array", r#"{"maxItems": 2}"#),
    ("array", r#"{"uniqueItems": true}"#),
    ("array", r#"{"contains": {"const": "a"}}"#),
    ("object", r#"{"additionalProperties": false}"#),
    ("object", r#"{"additionalProperties": {"type": "string"}}"#),
    ("object", r#"{"additionalProperties": true}"#),
    ("object", r#"{"unevaluatedProperties": false}"#),
    ("object", r#"{"minProperties": 9}"#),
    ("object", r#"{"maxProperties": 8}"#),
    ("object", r#"{"propertyNames": {"maxLength": 20}}"#),
    ("object", r#"{"patternProperties": {"^x-": {"type": "string"}}}"#),
    ("object", r#"{"required": ["more"]}"#),
    ("object", r#"{"dependentRequired": {"more": ["most"]}}"#),
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

/// All of them.
pub fn mutants(schema: &Value) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (at, place) in vocabulary::subschemas(schema, "") {
        let Some(keywords) = place.as_object() else { continue };
        for (keyword, value) in keywords {
            let pointer = pointer::push(&at, keyword);
            let dropped = Edit { what: "dropped", to: None };
            for edit in [dropped].into_iter().chain(values::edits(keyword, value)) {
                mutants.push(mutant(schema, &pointer, keyword, edit));
            }
            // Under another name a keyword refuses nothing any more, and says something that it did not.
            let renamed = pointer::push(&at, &format!("x-{keyword}"));
            let dropped = mutant(schema, &pointer, keyword, Edit { what: "", to: None }).schema;
            let edit = Edit { what: "renamed", to: Some(value.clone()) };
            mutants.push(mutant(&dropped, &renamed, keyword, edit));
        }
        for (_, added) in ADDED.iter().filter(|(only, _)| only.is_empty() || is_of(keywords, only)) {
            let added: Map<String, Value> = serde_json::from_str(added).expect("JSON");
            for (keyword, value) in added.into_iter().filter(|(keyword, _)| !keywords.contains_key(keyword)) {
                let edit = Edit { what: "added", to: Some(value) };
                mutants.push(mutant(schema, &pointer::push(&at, &keyword), &keyword, edit));
            }
        }
    }
    mutants
}

/// Whether the schema names this type, alone or among others.
fn is_of(keywords: &Map<String, Value>, name: &str) -> bool {
    keywords.get("type").is_some_and(|of| of == name || of.as_array().is_some_and(|names| names.contains(&name.into())))
}

/// `schema` with the keyword at `at` set to a value, or dropped.
fn mutant(schema: &Value, at: &str, keyword: &str, Edit { what, to }: Edit) -> Mutant {
    let mut schema = schema.clone();
    let (holder, _) = at.rsplit_once('/').expect("a keyword stands in a schema");
    let name = pointer::tokens(at).last().expect("a keyword has a name");
    let keywords = schema.pointer_mut(holder).and_then(Value::as_object_mut).expect("the place is there");
    let class = format!("{keyword} {what}");
    let what = format!("{at} {what}: {}", to.as_ref().map(Value::to_string).unwrap_or_default());
    match to {
        Some(value) => keywords.insert(name, value),
        // What is left keeps its order: that is not what is changed.
        None => keywords.shift_remove(&name),
    };
    Mutant { class, what, schema }
}
