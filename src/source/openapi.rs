//! Turns OpenAPI's words in a JSON Schema document into what their author meant: `nullable` (OpenAPI 3.0.3, Schema
//! Object) into a type that has null; the others stay, as the annotations that they are.

use serde_json::{Map, Value, json};

use super::{
    document::{Document, is_wrapped},
    findings::Findings,
};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{self, Role, role},
};

/// OpenAPI's words that constrain nothing.
const ANNOTATIONS: &[&str] = &["discriminator", "example", "externalDocs", "xml"];

/// Lowers every `nullable` of the document, and says which of OpenAPI's words it has.
pub(super) fn lower(document: &mut Document) -> Vec<Diagnostic> {
    let dialect = document.source.dialect;
    let mut found = Vec::new();
    for word in ANNOTATIONS {
        let message = format!("`{word}` is OpenAPI's, not {dialect}'s; it is kept as an annotation");
        found.extend(note(document, word, &sites(&document.schema, word), &message));
    }
    let sites = sites(&document.schema, "nullable");
    let (flags, others): (Vec<_>, Vec<_>) = sites.into_iter().partition(|at| flag(&document.schema, at).is_some());
    let mut errors = Findings::new(document.file());
    for at in &others {
        let diagnostic = || document.error(&pointer::push(at, "nullable"), "`nullable` is neither `true` nor `false`");
        errors.push(|| diagnostic().help("write `true`, or remove it"));
    }
    found.extend(errors.into_vec());
    let message = format!("`nullable` is OpenAPI's, not {dialect}'s; where it is `true`, null is allowed as well");
    found.extend(note(document, "nullable", &flags, &message));
    // Inner schemas first: a schema that becomes a branch takes its subschemas to another pointer.
    for at in flags.into_iter().rev() {
        let schema = document.schema.pointer_mut(&at).and_then(Value::as_object_mut);
        if schema.is_some_and(allow_null) {
            document.wrap(at);
        }
    }
    found
}

/// The pointers of the schemas that have the keyword `word`.
fn sites(schema: &Value, word: &str) -> Vec<String> {
    let all = vocabulary::subschemas(schema, "").into_iter();
    all.filter(|(_, schema)| schema.get(word).is_some()).map(|(at, _)| at).collect()
}

fn flag(schema: &Value, at: &str) -> Option<bool> {
    schema.pointer(at)?.get("nullable")?.as_bool()
}

fn note(document: &Document, word: &str, sites: &[String], message: &str) -> Option<Diagnostic> {
    let first = pointer::push(sites.first()?, word);
    let message = match sites.len() {
        1 => message.to_owned(),
        count => format!("{message} ({count} places, this among them)"),
    };
    Some(document.note(&first, message))
}

/// Takes `nullable` out of `schema` and allows null if it is `true`. Gives whether that took a branch of its own.
fn allow_null(schema: &mut Map<String, Value>) -> bool {
    let nullable = schema.shift_remove("nullable") == Some(Value::Bool(true));
    if !nullable || !schema.keys().any(|keyword| is_wrapped(keyword)) {
        return false;
    }
    if schema.keys().any(|keyword| refuses_null(keyword)) {
        wrap(schema);
        return true;
    }
    for keyword in ["type", "enum"] {
        match schema.get_mut(keyword) {
            // An empty `type` stays the error that it is.
            Some(Value::Array(allowed)) if keyword == "enum" || !allowed.is_empty() => add_null(allowed, keyword),
            Some(Value::String(name)) if keyword == "type" => {
                let mut allowed = vec![json!(name)];
                add_null(&mut allowed, keyword);
                schema.insert(keyword.to_owned(), Value::Array(allowed));
            }
            _ => {}
        }
    }
    false
}

/// Whether `keyword` may refuse null in a way that adding null to `type` and `enum` does not mend.
fn refuses_null(keyword: &str) -> bool {
    const IN_PLACE: &[&str] = &["allOf", "anyOf", "const", "else", "if", "not", "oneOf", "then"];
    role(keyword) == Role::Reference || IN_PLACE.contains(&keyword)
}

fn add_null(allowed: &mut Vec<Value>, keyword: &str) {
    let null = if keyword == "type" { json!("null") } else { Value::Null };
    if !allowed.contains(&null) {
        allowed.push(null);
    }
}

/// Makes what constrains in `schema` the first of two branches, null the other.
fn wrap(schema: &mut Map<String, Value>) {
    let (branch, mut outer): (Map<_, _>, Map<_, _>) =
        std::mem::take(schema).into_iter().partition(|(keyword, _)| is_wrapped(keyword));
    outer.insert("anyOf".to_owned(), json!([branch, {"type": "null"}]));
    *schema = outer;
}
