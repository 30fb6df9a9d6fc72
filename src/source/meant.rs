//! Turns what a document's dialect does not allow into what its author meant: OpenAPI's `nullable` (3.0.3, Schema
//! Object) and the `exclusiveMinimum: true` of draft 4 are read everywhere, OpenAPI's other words stay as the
//! annotations that they are, annotations that 2020-12 would refuse are left out, what `required` has twice counts once,
//! and references are percent-encoded; a note says so.

use std::collections::{BTreeMap, BTreeSet};

use referencing::Draft;
use serde_json::{Map, Value, json};

use super::{Dialect, document::Document, encoded, findings::Findings, notes::Notes, words};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{Role, role},
};

/// OpenAPI's words that constrain nothing.
const ANNOTATIONS: &[&str] = &["discriminator", "example", "externalDocs", "xml"];

/// Takes note of all in `document` that is read otherwise than its dialect has it; gives what is wrong with `nullable`.
pub(super) fn notes(document: &Document, notes: &mut Notes) -> Vec<Diagnostic> {
    let dialect = document.dialect;
    let all = Sites::of(document);
    for word in ANNOTATIONS.iter().filter(|_| !dialect.is_openapi()) {
        let message = format!("`{word}` is OpenAPI's, not {dialect}'s; it is kept as an annotation");
        note(document, &all.with(word, |keywords| keywords.contains_key(*word)), &message, notes);
    }
    let nullable = |is_flag| {
        all.with("nullable", |keywords| keywords.get("nullable").is_some_and(|value| value.is_boolean() == is_flag))
    };
    let mut errors = Findings::new(document.file());
    for at in nullable(false) {
        let message = "`nullable` is neither `true` nor `false`";
        let diagnostic = || document.written_error(&at, message);
        errors.push(|| diagnostic().help("write `true`, or remove it"));
    }
    if dialect != Dialect::OpenApi30 {
        let message = format!("`nullable` is OpenAPI's, not {dialect}'s; where it is `true`, null is allowed as well");
        note(document, &nullable(true), &message, notes);
    }
    if dialect.draft() != Draft::Draft4 {
        for (word, limit) in EXCLUSIVE {
            let message =
                format!("`{word}` is `true` or `false` in draft 4, not in {dialect}; it is read with `{limit}`");
            let sites = all.with(word, |keywords| flag(keywords, word).is_some());
            note(document, &sites, &message, notes);
        }
    }
    for (word, limit) in EXCLUSIVE {
        let message = format!("`{word}` is `false` without a `{limit}` that it could be about; it says nothing");
        note(document, &all.with(word, |keywords| is_idle(keywords, word)), &message, notes);
    }
    let twice = |keywords: &Map<String, Value>| keywords.get("required").is_some_and(has_twice);
    let message = "`required` has a name twice; it is read as if it had it once";
    note(document, &all.with("required", twice), message, notes);
    let formats = |keywords: &Map<String, Value>| {
        keywords.get("format").is_some_and(Value::is_string) && keywords.get("type").is_some_and(is_without_format)
    };
    let message = "`format` says nothing here: formats are of texts and numbers; it is kept as an annotation";
    note(document, &all.with("format", formats), message, notes);
    let left_out = |word: &str| format!("2020-12 does not allow this value of `{word}`; it is left out");
    by_keyword(document, &all, is_left_out, left_out, notes);
    let foreign = |word: &str| format!("`{word}` is no keyword of {dialect}; it refuses nothing");
    by_keyword(document, &all, |dialect, word, _| words::is_foreign(dialect, word), foreign, notes);
    references(document, notes);
    errors.into_vec()
}

/// Whether `kinds`, the value of `type`, is of arrays, objects and such only, of which no format speaks.
fn is_without_format(kinds: &Value) -> bool {
    let has = |kind: &Value| ["array", "boolean", "null", "object"].iter().any(|known| kind == known);
    kinds.as_array().map_or_else(|| has(kinds), |kinds| kinds.iter().all(has))
}

/// Whether `names` is a list of texts in which one is there twice.
fn has_twice(names: &Value) -> bool {
    let mut known = BTreeSet::new();
    let names = names.as_array().filter(|names| names.iter().all(Value::is_string));
    names.is_some_and(|names| !names.iter().filter_map(Value::as_str).all(|name| known.insert(name)))
}

/// `value` of `keyword`, each name once if it is the list that `required` has.
pub(super) fn once(keyword: &str, value: &Value) -> Value {
    let mut known = BTreeSet::new();
    match value {
        Value::Array(names) if keyword == "required" && has_twice(value) => {
            names.iter().filter(|name| known.insert(name.as_str())).cloned().collect()
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

/// Whether `word` of `keywords` in `dialect` is read, whatever the dialect says of its value.
pub(super) fn is_read(dialect: Dialect, keywords: &Map<String, Value>, word: &str) -> bool {
    let value = keywords.get(word);
    flag(keywords, word).is_some()
        || is_idle(keywords, word)
        || value.is_some_and(|value| is_left_out(dialect, word, value) || (word == "required" && has_twice(value)))
}

/// Whether the flags among `keywords` that are without the limit that they are about only say no: draft 4 alone says of
/// the schema, not of a keyword, that a limit is missing.
pub(super) fn are_idle(keywords: &Map<String, Value>) -> bool {
    let flags = EXCLUSIVE.iter().map(|(word, _)| *word);
    let flags = flags.filter(|word| keywords.get(*word).is_some_and(Value::is_boolean));
    let mut alone = flags.filter(|word| flag(keywords, word).is_none()).peekable();
    alone.peek().is_some() && alone.all(|word| is_idle(keywords, word))
}

/// Notes what `message` has to say of each keyword that somewhere is as `wanted`.
fn by_keyword(
    document: &Document,
    all: &Sites<'_>,
    wanted: impl Fn(Dialect, &str, &Value) -> bool,
    message: impl Fn(&str) -> String,
    notes: &mut Notes,
) {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, keywords, dialect) in &all.0 {
        for (word, _) in keywords.iter().filter(|(word, value)| wanted(*dialect, word, value)) {
            found.entry(word).or_default().push(pointer::push(at, word));
        }
    }
    found.into_iter().for_each(|(word, sites)| note(document, &sites, &message(word), notes));
}

/// Whether `keyword` is an annotation with a `value` that 2020-12 would refuse.
pub(super) fn is_left_out(dialect: Dialect, keyword: &str, value: &Value) -> bool {
    words::role(dialect, keyword) == Role::Annotation
        && keyword != "contentSchema"
        && !words::is_carried(dialect, keyword, value)
}

/// Notes the references with characters that no URI has, by keyword.
fn references(document: &Document, notes: &mut Notes) {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, schema, dialect) in document.sites.schemas(document.as_written()) {
        for (word, value) in schema.as_object().into_iter().flatten() {
            let text = value.as_str().filter(|_| words::role(dialect, word) == Role::Reference);
            if text.is_some_and(|text| encoded::reference(text) != text) {
                found.entry(word).or_default().push(pointer::push(at, word));
            }
        }
    }
    for (word, sites) in found {
        let reading = "it is read with what is special in URIs percent-encoded";
        note(document, &sites, &format!("this `{word}` is no URI reference; {reading}"), notes);
    }
}

/// The schemas of a file whose keywords count, each with its pointer and its dialect: they are looked through for many things.
struct Sites<'d>(Vec<(&'d str, &'d Map<String, Value>, Dialect)>);

impl<'d> Sites<'d> {
    fn of(document: &'d Document) -> Self {
        let all = document.sites.schemas(document.as_written());
        let all = all.filter_map(|(at, schema, dialect)| Some((at, schema.as_object()?, dialect)));
        Self(all.filter(|(_, keywords, dialect)| !words::is_reference_alone(*dialect, keywords)).collect())
    }

    /// The pointers of the keyword `word` in those whose keywords are as `wanted`.
    fn with(&self, word: &str, wanted: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
        let wanted = self.0.iter().filter(|(_, keywords, _)| wanted(keywords));
        wanted.map(|(at, ..)| pointer::push(at, word)).collect()
    }
}

/// Notes `message` about the values at these pointers of the file.
pub(super) fn note(document: &Document, sites: &[String], message: &str, notes: &mut Notes) {
    let first = sites.first().map(String::as_str).unwrap_or_default();
    notes.add(message, sites.len(), |message| document.written_note(first, message));
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
