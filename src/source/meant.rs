//! Turns words of one dialect in a document of another into what their author meant: OpenAPI's `nullable` (3.0.3, Schema
//! Object) and the `exclusiveMinimum: true` of draft 4 are read everywhere, OpenAPI's other words stay as the
//! annotations that they are; a note says so.

use referencing::Draft;
use serde_json::{Map, Value, json};

use super::{Dialect, document::Document, findings::Findings, words};
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
        found.extend(note(document, word, &sites(document, |keywords| keywords.contains_key(*word)), &message));
    }
    let nullable = |is_flag| {
        sites(document, |keywords| keywords.get("nullable").is_some_and(|value| value.is_boolean() == is_flag))
    };
    let mut errors = Findings::new(document.file());
    for at in nullable(false) {
        let message = "`nullable` is neither `true` nor `false`";
        let diagnostic = || document.written_error(&pointer::push(&at, "nullable"), message);
        errors.push(|| diagnostic().help("write `true`, or remove it"));
    }
    found.extend(errors.into_vec());
    if dialect != Dialect::OpenApi30 {
        let message = format!("`nullable` is OpenAPI's, not {dialect}'s; where it is `true`, null is allowed as well");
        found.extend(note(document, "nullable", &nullable(true), &message));
    }
    if dialect.draft() != Draft::Draft4 {
        for (word, limit) in EXCLUSIVE {
            let message =
                format!("`{word}` is `true` or `false` in draft 4, not in {dialect}; it is read with `{limit}`");
            found.extend(note(document, word, &sites(document, |keywords| flag(keywords, word).is_some()), &message));
        }
    }
    found
}

/// The pointers of the schemas of the file whose keywords are as `wanted`.
fn sites(document: &Document, wanted: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
    let all = document.sites.schemas(document.as_written());
    let wanted = all.filter(|(_, schema, dialect)| {
        schema.as_object().is_some_and(|keywords| !words::is_reference_alone(*dialect, keywords) && wanted(keywords))
    });
    wanted.map(|(at, _, _)| at.to_owned()).collect()
}

fn note(document: &Document, word: &str, sites: &[String], message: &str) -> Option<Diagnostic> {
    let first = pointer::push(sites.first()?, word);
    let message = match sites.len() {
        1 => message.to_owned(),
        count => format!("{message} ({count} places, this among them)"),
    };
    Some(document.written_note(&first, message))
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
