//! Turns what a document says against its own dialect into what its author meant, where that is beyond doubt, and into a
//! note: OpenAPI's `nullable` (3.0.3, Schema Object) in any other, the `exclusiveMinimum: true` of draft 4 in later ones
//! and the `exclusiveMinimum: 0` of these in draft 4, lists with a name twice, annotations that are no annotations.

use std::collections::BTreeSet;

use referencing::Draft;
use serde_json::{Map, Value, json};

use super::{Dialect, document::Document, findings::Findings, notes::Notes, words};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{Role, role},
};

/// OpenAPI's words that constrain nothing.
const ANNOTATIONS: &[&str] = &["discriminator", "example", "externalDocs", "xml"];

/// Takes note of all in `document` that is read otherwise than its dialect has it; gives what is wrong with `nullable`.
pub(super) fn notes(document: &Document, notes: &mut Notes) -> Vec<Diagnostic> {
    let mut errors = Findings::new(document.file());
    for (at, schema, dialect) in document.sites.schemas(document.as_written()) {
        let Some(keywords) = schema.as_object().filter(|keywords| !words::is_reference_alone(dialect, keywords)) else {
            continue;
        };
        for (word, value) in keywords {
            if word == "nullable" && !value.is_boolean() {
                errors.push(|| {
                    let message = "`nullable` is neither `true` nor `false`";
                    document.written_error(&pointer::push(at, word), message).help("write `true`, or remove it")
                });
            } else if let Some(message) = meaning(dialect, keywords, word, value) {
                notes.add(&message, 1, |message| document.written_note(&pointer::push(at, word), message));
            }
        }
    }
    errors.into_vec()
}

/// How `word` with this `value` among `keywords` is read, where that is not as `dialect` has it.
fn meaning(dialect: Dialect, keywords: &Map<String, Value>, word: &str, value: &Value) -> Option<String> {
    Some(match (word, value) {
        ("nullable", Value::Bool(_)) if dialect != Dialect::OpenApi30 => {
            format!("`nullable` is OpenAPI's, not {dialect}'s; where it is `true`, null is allowed as well")
        }
        (word, _) if ANNOTATIONS.contains(&word) && !dialect.is_openapi() => {
            format!("`{word}` is OpenAPI's, not {dialect}'s; it is kept as an annotation")
        }
        ("format", Value::String(_)) if keywords.get("type").is_some_and(is_without_format) => {
            "`format` says nothing here: formats are of texts and numbers; it is kept as an annotation".to_owned()
        }
        _ if words::is_foreign(dialect, word) => {
            format!("`{word}` is a keyword of other dialects, not of {dialect}, where it refuses nothing")
        }
        _ => excuse(dialect, keywords, word, value)?,
    })
}

/// How `word` with this `value` among `keywords` is read, where `dialect` forbids it.
pub(super) fn excuse(dialect: Dialect, keywords: &Map<String, Value>, word: &str, value: &Value) -> Option<String> {
    let is_draft_4 = dialect.draft() == Draft::Draft4;
    let limit = EXCLUSIVE.iter().find(|(exclusive, _)| *exclusive == word).map(|(_, limit)| *limit);
    let role = words::role(dialect, word);
    let names = || value.as_array().filter(|names| names.iter().all(Value::is_string));
    Some(match (word, limit) {
        (_, Some(limit)) if is_idle(keywords, word) => {
            format!("`{word}` is `false` without a `{limit}` that it could be about; it says nothing")
        }
        (_, Some(limit)) if flag(keywords, word).is_some() && !is_draft_4 => {
            format!("`{word}` is `true` or `false` in draft 4, not in {dialect}; it is read with `{limit}`")
        }
        (_, Some(_)) if value.is_number() && is_draft_4 => {
            format!(
                "`{word}` is `true` or `false` in {dialect}; this number is read as the limit that it is in later drafts"
            )
        }
        ("required", _) if is_draft_4 && names()?.is_empty() => {
            format!("`required` is not empty in {dialect}; it is read as one that requires nothing")
        }
        ("required", _) if has_twice(names()?) => {
            format!("`required` has a name twice, which {dialect} forbids; it is read as if it had it once")
        }
        ("enum", _) if is_draft_4 && has_twice(value.as_array()?) => {
            format!("`enum` has a value twice, which {dialect} forbids; it is read as if it had it once")
        }
        _ if role == Role::Annotation && word != "contentSchema" && !words::is_carried(dialect, word, value) => {
            format!("`{word}` has a value that 2020-12 does not allow; it refuses nothing and is left out")
        }
        _ => return None,
    })
}

/// Whether `kinds`, the value of `type`, is of arrays, objects and such only, of which no format speaks.
fn is_without_format(kinds: &Value) -> bool {
    let has = |kind: &Value| ["array", "boolean", "null", "object"].iter().any(|known| kind == known);
    kinds.as_array().map_or_else(|| has(kinds), |kinds| kinds.iter().all(has))
}

/// Whether one of `values` is there twice.
fn has_twice(values: &[Value]) -> bool {
    let mut known = BTreeSet::new();
    !values.iter().all(|value| known.insert(value.to_string()))
}

/// `value` of `keyword` without what a list has twice.
pub(super) fn once(keyword: &str, value: &Value) -> Value {
    let mut known = BTreeSet::new();
    match value {
        Value::Array(values) if ["enum", "required"].contains(&keyword) => {
            values.iter().filter(|value| known.insert(value.to_string())).cloned().collect()
        }
        other => other.clone(),
    }
}

/// Whether `word` is a flag that says no, without the limit that it would be about.
pub(super) fn is_idle(keywords: &Map<String, Value>, word: &str) -> bool {
    let limit = EXCLUSIVE.iter().find(|(exclusive, _)| *exclusive == word);
    let has_limit = |limit| keywords.get(limit).is_some_and(Value::is_number);
    limit.is_some_and(|(_, limit)| keywords.get(word) == Some(&Value::Bool(false)) && !has_limit(*limit))
}

/// The keywords that are flags in draft 4, each with the limit that it is about.
const EXCLUSIVE: &[(&str, &str)] = &[("exclusiveMaximum", "maximum"), ("exclusiveMinimum", "minimum")];

/// The flag that `word` is among `keywords`, if it is one beside the limit that it is about.
pub(super) fn flag(keywords: &Map<String, Value>, word: &str) -> Option<bool> {
    let (_, limit) = EXCLUSIVE.iter().find(|(exclusive, _)| *exclusive == word)?;
    keywords.get(*limit).filter(|limit| limit.is_number()).and_then(|_| keywords.get(word)?.as_bool())
}

/// The keyword of the normal form for the limit `word` among `keywords`, if a flag makes it another.
pub(super) fn exclusive(keywords: &Map<String, Value>, word: &str) -> Option<&'static str> {
    let (exclusive, _) = EXCLUSIVE.iter().find(|(_, limit)| *limit == word)?;
    (flag(keywords, exclusive) == Some(true)).then_some(exclusive)
}

/// Whether the schema with these `keywords` of `dialect` takes a branch of its own beside null, because adding null to
/// `type` and `enum` does not make it accept null.
pub(super) fn takes_branch(dialect: Dialect, keywords: &Map<String, Value>) -> bool {
    const IN_PLACE: &[&str] = &["allOf", "anyOf", "const", "else", "if", "not", "oneOf", "then"];
    let refuses_null = |keyword: &String| match words::role(dialect, keyword) {
        Role::Reference => true,
        Role::Applicator(_) | Role::Assertion => IN_PLACE.contains(&keyword.as_str()),
        _ => false,
    };
    is_nullable(dialect, keywords) && keywords.keys().any(refuses_null)
}

/// Whether the schema with these `keywords` says that it accepts null as well.
pub(super) fn is_nullable(dialect: Dialect, keywords: &Map<String, Value>) -> bool {
    !words::is_reference_alone(dialect, keywords) && keywords.get("nullable") == Some(&Value::Bool(true))
}

/// Whether `keyword` of the normal form goes into the branch when its schema becomes one: what constrains does, what
/// describes the schema as a whole does not.
pub(super) fn is_branched(keyword: &str) -> bool {
    matches!(role(keyword), Role::Applicator(_) | Role::Assertion | Role::Reference)
}

/// Allows null in `schema`, by its `type` and its `enum`.
pub(super) fn allow_null(schema: &mut Map<String, Value>) {
    for keyword in ["type", "enum"] {
        match schema.get_mut(keyword) {
            Some(Value::Array(allowed)) => add_null(allowed, keyword),
            Some(Value::String(name)) if keyword == "type" => {
                let mut allowed = vec![json!(name)];
                add_null(&mut allowed, keyword);
                schema.insert(keyword.to_owned(), Value::Array(allowed));
            }
            _ => {}
        }
    }
}

fn add_null(allowed: &mut Vec<Value>, keyword: &str) {
    let null = if keyword == "type" { json!("null") } else { Value::Null };
    if !allowed.contains(&null) {
        allowed.push(null);
    }
}
