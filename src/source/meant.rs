//! Turns what a document's dialect does not allow into what its author meant: OpenAPI's `nullable` (3.0.3, Schema
//! Object) and the `exclusiveMinimum: true` of draft 4 are read everywhere, OpenAPI's other words stay as the
//! annotations that they are, annotations that 2020-12 would refuse are left out, and references are percent-encoded; a
//! note says so.

use std::collections::BTreeMap;

use referencing::Draft;
use serde_json::{Map, Value, json};

use super::{Dialect, document::Document, encoded, findings::Findings, words};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{Role, role},
};

/// OpenAPI's words that constrain nothing.
const ANNOTATIONS: &[&str] = &["discriminator", "example", "externalDocs", "xml"];

/// What is to say about the words of other dialects in `document`, errors included.
pub(super) fn notes(document: &Document) -> Vec<Diagnostic> {
    let dialect = document.dialect;
    let mut found = Vec::new();
    for word in ANNOTATIONS.iter().filter(|_| !dialect.is_openapi()) {
        let message = format!("`{word}` is OpenAPI's, not {dialect}'s; it is kept as an annotation");
        found.extend(note(document, &sites(document, word, |keywords| keywords.contains_key(*word)), &message));
    }
    let nullable = |is_flag| {
        sites(document, "nullable", |keywords| {
            keywords.get("nullable").is_some_and(|value| value.is_boolean() == is_flag)
        })
    };
    let mut errors = Findings::new(document.file());
    for at in nullable(false) {
        let message = "`nullable` is neither `true` nor `false`";
        let diagnostic = || document.written_error(&at, message);
        errors.push(|| diagnostic().help("write `true`, or remove it"));
    }
    found.extend(errors.into_vec());
    if dialect != Dialect::OpenApi30 {
        let message = format!("`nullable` is OpenAPI's, not {dialect}'s; where it is `true`, null is allowed as well");
        found.extend(note(document, &nullable(true), &message));
    }
    if dialect.draft() != Draft::Draft4 {
        for (word, limit) in EXCLUSIVE {
            let message =
                format!("`{word}` is `true` or `false` in draft 4, not in {dialect}; it is read with `{limit}`");
            let sites = sites(document, word, |keywords| flag(keywords, word).is_some());
            found.extend(note(document, &sites, &message));
        }
    }
    found.extend(by_keyword(document, is_left_out, |word| {
        format!("2020-12 does not allow this value of `{word}`; it is left out")
    }));
    found.extend(by_keyword(
        document,
        |dialect, word, _| words::is_foreign(dialect, word),
        |word| format!("`{word}` is no keyword of {dialect}; it refuses nothing"),
    ));
    found.extend(references(document));
    found
}

/// What `message` has to say of each keyword that somewhere is as `wanted`.
fn by_keyword(
    document: &Document,
    wanted: impl Fn(Dialect, &str, &Value) -> bool,
    message: impl Fn(&str) -> String,
) -> Vec<Diagnostic> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, schema, dialect) in document.sites.schemas(document.as_written()) {
        let keywords = schema.as_object().filter(|keywords| !words::is_reference_alone(dialect, keywords));
        for (word, _) in keywords.into_iter().flatten().filter(|(word, value)| wanted(dialect, word, value)) {
            found.entry(word).or_default().push(pointer::push(at, word));
        }
    }
    found.into_iter().filter_map(|(word, sites)| note(document, &sites, &message(word))).collect()
}

/// Whether `keyword` is an annotation with a `value` that 2020-12 would refuse.
pub(super) fn is_left_out(dialect: Dialect, keyword: &str, value: &Value) -> bool {
    words::role(dialect, keyword) == Role::Annotation
        && keyword != "contentSchema"
        && !words::is_carried(dialect, keyword, value)
}

/// What to say of references with characters that no URI has, by keyword.
fn references(document: &Document) -> Vec<Diagnostic> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, schema, dialect) in document.sites.schemas(document.as_written()) {
        for (word, value) in schema.as_object().into_iter().flatten() {
            let text = value.as_str().filter(|_| words::role(dialect, word) == Role::Reference);
            if text.is_some_and(|text| encoded::reference(text) != text) {
                found.entry(word).or_default().push(pointer::push(at, word));
            }
        }
    }
    let notes = found.into_iter().filter_map(|(word, sites)| {
        let reading = "it is read with what is special in URIs percent-encoded";
        note(document, &sites, &format!("this `{word}` is no URI reference; {reading}"))
    });
    notes.collect()
}

/// The pointers of the keyword `word` in the schemas of the file whose keywords are as `wanted`.
fn sites(document: &Document, word: &str, wanted: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
    let all = document.sites.schemas(document.as_written());
    let wanted = all.filter(|(_, schema, dialect)| {
        schema.as_object().is_some_and(|keywords| !words::is_reference_alone(*dialect, keywords) && wanted(keywords))
    });
    wanted.map(|(at, _, _)| pointer::push(at, word)).collect()
}

/// A note at the first of these pointers of the file, which says how many there are.
pub(super) fn note(document: &Document, sites: &[String], message: &str) -> Option<Diagnostic> {
    let first = sites.first()?;
    let message = match sites.len() {
        1 => message.to_owned(),
        count => format!("{message} ({count} places, this among them)"),
    };
    Some(document.written_note(first, message))
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
