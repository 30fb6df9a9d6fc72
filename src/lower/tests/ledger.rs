//! The ledger has a row for every keyword of the file, and says what is so.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{sources, tiers};
use crate::lower::lower;
use crate::pointer;

/// The keywords that hold one schema, several, or several by name (2020-12 Core, section 10).
const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
const MAP: &[&str] = &["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

/// The pointer of every keyword, counted without any code of the library but the pointers' spelling.
fn keywords(schema: &Value, at: &str, found: &mut Vec<String>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let here = pointer::push(at, keyword);
        found.push(here.clone());
        if ONE.contains(&keyword.as_str()) {
            keywords(value, &here, found);
        } else if LIST.contains(&keyword.as_str()) {
            let branches = value.as_array().into_iter().flatten().enumerate();
            branches.for_each(|(index, schema)| keywords(schema, &pointer::push(&here, &index.to_string()), found));
        } else if MAP.contains(&keyword.as_str()) {
            let members = value.as_object().into_iter().flatten();
            members.for_each(|(name, schema)| keywords(schema, &pointer::push(&here, name), found));
        }
    }
}

#[test]
fn every_keyword_of_every_file_has_exactly_one_row() {
    let texts = include_str!("../../../tests/generation/schemas.json");
    let texts: Vec<(String, String)> = serde_json::from_str::<serde_json::Map<String, Value>>(texts)
        .unwrap()
        .into_iter()
        .map(|(name, schema)| (name, schema.to_string()))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let sources = sources(&files);
    let plan = lower(&sources);
    let mut rows = 0;
    for module in &plan.modules {
        let written = sources.documents[module.documents.start].as_written();
        let mut expected = Vec::new();
        keywords(written, "", &mut expected);
        let listed: Vec<&str> = module.fates.iter().map(|fate| fate.pointer.as_str()).collect();
        assert_eq!(listed, expected, "{}", module.name);
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "{}", module.name);
        assert!(module.fates.iter().all(|fate| !fate.means.is_empty()), "{}", module.name);
        rows += listed.len();
    }
    assert!(rows > 700, "only {rows} keywords");
}

#[test]
fn each_keyword_is_counted_in_the_tier_that_answers_for_it() {
    assert_eq!(
        tiers(r#"{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}"#),
        [4, 0, 0, 0, 0]
    );
    assert_eq!(tiers(r#"{"type": "string", "minLength": 1, "title": "t"}"#), [1, 1, 0, 1, 0]);
    assert_eq!(tiers(r#"{"type": "string", "format": "date-time"}"#), [1, 1, 0, 0, 0]);
    assert_eq!(tiers(r#"{"type": "string", "format": "uri"}"#), [1, 0, 0, 1, 0]);
    assert_eq!(
        tiers(r#"{"not": {"type": "string", "title": "t"}, "$defs": {"a": {"type": "null"}}}"#),
        [1, 0, 3, 0, 1]
    );
    assert_eq!(tiers(r#"{"oneOf": [{"type": "null"}, {"type": "string"}]}"#), [3, 0, 0, 0, 0]);
    assert_eq!(tiers(r#"{"type": "array", "minItems": 0, "maxItems": 1, "uniqueItems": false}"#), [3, 1, 0, 0, 0]);
    assert_eq!(tiers(r#"{"type": "object", "minProperties": 0.0, "dependentRequired": {}}"#), [3, 0, 0, 0, 0]);
}
