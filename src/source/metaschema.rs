//! Turns what the metaschema of its dialect says about a document into diagnostics that name the keyword, what it has
//! and what it takes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Dialect, document::Document, findings::Findings};
use crate::{
    diagnostic::Diagnostic,
    pointer,
    vocabulary::{self, Holds, Role, role},
};

/// How much of a wrong value is shown, in characters.
const SHOWN: usize = 60;

/// Everything in `document` that its dialect does not allow.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut found = against_metaschema(document);
    found.extend(patterns(document));
    found
}

fn against_metaschema(document: &Document) -> Vec<Diagnostic> {
    let validator = match document.source.dialect {
        Dialect::Draft202012 => jsonschema::draft202012::meta::validator(),
    };
    let schemas: BTreeSet<String> =
        vocabulary::subschemas(&document.schema, "").into_iter().map(|(pointer, _)| pointer).collect();
    let mut found = Findings::new(document.file());
    // The metaschema is made of several, which say the same of one value.
    let mut seen = BTreeSet::new();
    for error in validator.iter_errors(&document.schema) {
        let at = error.instance_path().as_str();
        if seen.insert(at.to_owned()) {
            found.push(|| explain(document, &schemas, at, error.instance()));
        }
    }
    found.into_vec()
}

/// Says what is wrong with `value` at `at`, by the keyword that it belongs to.
fn explain(document: &Document, schemas: &BTreeSet<String>, at: &str, value: &Value) -> Diagnostic {
    let shown = shown(value);
    let Some(keyword) = keyword_of(schemas, at) else {
        let help = "a schema is an object, or `true` or `false`";
        return document.error(at, format!("{shown} is not a schema")).help(help);
    };
    let help = format!("`{keyword}` takes {}", taken_by(&keyword));
    document.error(at, format!("`{keyword}` does not allow {shown}")).help(help)
}

/// The keyword whose value holds the value at `at`; none when that stands where a schema does.
fn keyword_of(schemas: &BTreeSet<String>, at: &str) -> Option<String> {
    let (mut pointer, mut keyword) = (String::new(), None);
    for token in pointer::tokens(at) {
        if schemas.contains(&pointer) {
            keyword = Some(token.clone());
        }
        pointer = pointer::push(&pointer, &token);
    }
    keyword.filter(|_| !schemas.contains(at))
}

/// What `keyword` takes (2020-12 Core, sections 8 to 11; Validation, sections 6 to 9), to be put after "takes".
fn taken_by(keyword: &str) -> &'static str {
    match role(keyword) {
        Role::Applicator(Holds::One) => return "a schema",
        Role::Applicator(Holds::List) => return "a non-empty array of schemas",
        Role::Applicator(Holds::Map) | Role::Definitions => return "an object whose members are schemas",
        _ => {}
    }
    match keyword {
        "type" => {
            "one of \"array\", \"boolean\", \"integer\", \"null\", \"number\", \"object\", \"string\", \
             or a non-empty array of them without repetition"
        }
        "enum" | "examples" => "an array",
        "required" => "an array of strings without repetition",
        "dependentRequired" => "an object whose members are arrays of strings without repetition",
        "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" => "a number",
        "multipleOf" => "a number greater than 0",
        "deprecated" | "readOnly" | "uniqueItems" | "writeOnly" => "`true` or `false`",
        "$id" => "a URI reference without a fragment",
        "$ref" | "$dynamicRef" => "a URI reference",
        "$schema" => "a URI",
        "$anchor" | "$dynamicAnchor" => "a letter or `_`, then letters, digits, `-`, `_` or `.`",
        "$vocabulary" => "an object from URIs to `true` or `false`",
        "pattern" => "a regular expression (ECMA-262)",
        _ if keyword.starts_with("max") || keyword.starts_with("min") => "an integer that is not negative",
        _ => "a string",
    }
}

/// `value` as JSON, cut where it gets long.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

/// Every regular expression in `document` that does not compile.
fn patterns(document: &Document) -> Vec<Diagnostic> {
    let mut found = Findings::new(document.file());
    let mut known = BTreeMap::new();
    for (at, schema) in vocabulary::subschemas(&document.schema, "") {
        let pattern = schema.get("pattern").and_then(Value::as_str);
        let own = pattern.map(|pattern| (pointer::push(&at, "pattern"), pattern));
        let below = pointer::push(&at, "patternProperties");
        let names = schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
        let names = names.map(|(pattern, _)| (pointer::push(&below, pattern), pattern.as_str()));
        for (at, pattern) in own.into_iter().chain(names) {
            let compiles = *known.entry(pattern).or_insert_with(|| compiles(pattern));
            if !compiles {
                let message = format!("`{pattern}` is not a regular expression that can be compiled");
                let help = "write it as ECMA-262 has it (JSON Schema 2020-12 Core, section 6.4)";
                found.push(|| document.error(&at, message).help(help));
            }
        }
    }
    found.into_vec()
}

fn compiles(pattern: &str) -> bool {
    jsonschema::draft202012::new(&json!({"pattern": pattern})).is_ok()
}
