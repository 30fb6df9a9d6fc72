//! Every rule that values can show, both ways, at every kind of place: the verdict, the rule and the values are right.

use serde_json::{Value, json};

use super::super::rules::Level;
use super::super::{Finding, Verdict};
use super::{definition, evolution};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Two schemas of which the second accepts more, with the rules that tell it one way and the other.
struct Edit {
    narrow: &'static str,
    wide: &'static str,
    widens: &'static str,
    narrows: &'static str,
}

const fn edit(narrow: &'static str, wide: &'static str, widens: &'static str, narrows: &'static str) -> Edit {
    Edit { narrow, wide, widens, narrows }
}

const EDITS: &[Edit] = &[
    edit(r#"{"type": "string"}"#, r#"{"type": ["string", "null"]}"#, "became-nullable", "became-not-nullable"),
    edit(
        r#"{"type": "string"}"#,
        r#"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#,
        "became-nullable",
        "became-not-nullable",
    ),
    edit(r#"{"type": "integer"}"#, r#"{"type": "number"}"#, "type-widened", "type-narrowed"),
    edit(r#"{"type": "string"}"#, r#"{"type": ["string", "boolean"]}"#, "type-widened", "type-narrowed"),
    edit(r#"{"enum": ["a", "b"]}"#, r#"{"enum": ["a", "b", "c"]}"#, "enum-value-added", "enum-value-removed"),
    edit(r#"{"const": "a"}"#, r#"{"enum": ["a", "b"]}"#, "enum-value-added", "enum-value-removed"),
    edit(r#"{"type": "string", "enum": ["a"]}"#, r#"{"type": "string"}"#, "enum-opened", "enum-closed"),
    edit(
        r#"{"type": "integer", "minimum": 5}"#,
        r#"{"type": "integer", "minimum": 3}"#,
        "bound-loosened",
        "bound-tightened",
    ),
    edit(
        r#"{"type": "integer", "maximum": 5}"#,
        r#"{"type": "integer", "maximum": 9}"#,
        "bound-loosened",
        "bound-tightened",
    ),
    edit(r#"{"type": "number", "exclusiveMinimum": 0}"#, r#"{"type": "number"}"#, "bound-loosened", "bound-tightened"),
    edit(
        r#"{"type": "string", "maxLength": 2}"#,
        r#"{"type": "string", "maxLength": 4}"#,
        "bound-loosened",
        "bound-tightened",
    ),
    edit(r#"{"type": "string", "minLength": 1}"#, r#"{"type": "string"}"#, "bound-loosened", "bound-tightened"),
    edit(
        r#"{"type": "array", "items": {"type": "integer"}, "minItems": 1}"#,
        r#"{"type": "array", "items": {"type": "integer"}}"#,
        "bound-loosened",
        "bound-tightened",
    ),
    edit(
        r#"{"type": "integer", "multipleOf": 6}"#,
        r#"{"type": "integer", "multipleOf": 3}"#,
        "multiple-loosened",
        "multiple-tightened",
    ),
    edit(
        r#"{"type": "array", "items": {"type": "integer"}, "uniqueItems": true}"#,
        r#"{"type": "array", "items": {"type": "integer"}}"#,
        "unique-items-removed",
        "unique-items-added",
    ),
    edit(r#"{"type": "string", "pattern": "^a+$"}"#, r#"{"type": "string"}"#, "pattern-removed", "pattern-added"),
    edit(
        r#"{"type": "string", "pattern": "^[a-z]{1,20}$"}"#,
        r#"{"type": "string", "pattern": "^[a-z:]{1,20}$"}"#,
        "pattern-changed",
        "pattern-changed",
    ),
    edit(
        r#"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "additionalProperties": false}"#,
        "property-added-to-closed",
        "property-removed-from-closed",
    ),
    edit(
        r#"{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
        "property-became-optional",
        "property-became-required",
    ),
    edit(
        r#"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
        "additional-properties-opened",
        "additional-properties-closed",
    ),
    edit(
        r#"{"type": "object", "additionalProperties": {"type": "string"}}"#,
        r#"{"type": "object"}"#,
        "additional-properties-opened",
        "additional-properties-closed",
    ),
    edit(
        r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
        r#"{"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}"#,
        "branch-added",
        "branch-removed",
    ),
    edit(
        r#"{"anyOf": [{"required": ["a"], "type": "object"}, {"type": "integer"}]}"#,
        r#"{"anyOf": [{"required": ["a"], "type": "object"}, {"type": "integer"}, {"type": "array"}]}"#,
        "branch-added",
        "branch-removed",
    ),
    edit(
        r#"{"type": "object", "not": {"required": ["a"]}}"#,
        r#"{"type": "object"}"#,
        "constraint-changed",
        "constraint-changed",
    ),
];

/// Schemas with a place for another, in which that one's change is a change of the same kind. `"HERE"` is the place.
const PLACES: &[&str] = &[
    r#""HERE""#,
    r#"{"type": "object", "properties": {"p": "HERE"}, "required": ["p"]}"#,
    r#"{"type": "object", "properties": {"p": "HERE"}}"#,
    r#"{"type": "object", "properties": {"p": {"type": "object", "properties": {"q": "HERE"}, "required": ["q"]}}}"#,
    r#"{"type": "array", "items": "HERE"}"#,
    r#"{"type": "array", "prefixItems": ["HERE", {"type": "string"}], "items": false}"#,
    r#"{"type": "object", "additionalProperties": "HERE"}"#,
    r#"{"type": "object", "patternProperties": {"^x": "HERE"}}"#,
    r#"{"allOf": [{"type": "object"}, {"type": "object", "properties": {"p": "HERE"}}]}"#,
    r##"{"type": "object", "properties": {"p": {"$ref": "#/$defs/D"}}, "$defs": {"D": "HERE"}}"##,
    r##"{"type": "array", "items": {"allOf": [{"$ref": "#/$defs/D"}]}, "$defs": {"D": {"type": "object", "properties": {"p": "HERE"}}}}"##,
    r#"{"oneOf": [
        {"type": "object", "properties": {"k": {"const": "a"}, "p": "HERE"}, "required": ["k", "p"]},
        {"type": "object", "properties": {"k": {"const": "b"}}, "required": ["k"]}
    ]}"#,
];

fn at(place: &str, schema: &str) -> Value {
    let whole = place.replace("\"HERE\"", schema);
    let mut whole: Value = serde_json::from_str(&whole).unwrap();
    whole["$schema"] = DRAFT.into();
    whole
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

fn told<'e>(found: &'e [Finding], rule: &str) -> &'e Finding {
    let found = found.iter().find(|finding| finding.rule.id == rule && finding.level() == Level::Error);
    found.unwrap_or_else(|| panic!("{rule} is not told"))
}

#[test]
fn each_edit_is_told_by_its_rule_and_shown_by_a_value_wherever_it_is_made() {
    let mut tried = 0;
    for Edit { narrow, wide, widens, narrows } in EDITS {
        for place in PLACES {
            let (narrow, wide) = (at(place, narrow), at(place, wide));
            let (accepts_less, accepts_more) = (validator(&narrow), validator(&wide));
            let shows = |value: &Value| accepts_more.is_valid(value) && !accepts_less.is_valid(value);
            let name = format!("{narrow} -> {wide}");

            let widened = evolution("a.json", &narrow, &wide);
            let root = definition(&widened, "a");
            assert_eq!(root.verdict, Verdict::Widened, "{name}");
            assert_eq!(root.witness.lost, None, "{name}");
            assert!(root.witness.gained.as_ref().is_some_and(shows), "{name}: {:?}", root.witness);
            let finding = told(&widened.findings, widens);
            assert_eq!(finding.sender, Level::Info, "{name}");

            let narrowed = evolution("a.json", &wide, &narrow);
            let root = definition(&narrowed, "a");
            assert_eq!(root.verdict, Verdict::Narrowed, "{name}");
            assert_eq!(root.witness.gained, None, "{name}");
            assert!(root.witness.lost.as_ref().is_some_and(shows), "{name}: {:?}", root.witness);
            let finding = told(&narrowed.findings, narrows);
            assert_eq!(finding.receiver, Level::Info, "{name}");

            for evolution in [&widened, &narrowed] {
                let heavy = evolution.findings.iter().filter(|finding| finding.level() == Level::Error).count();
                assert_eq!(heavy, 1, "{name}: {:#?}", evolution.findings);
            }
            tried += 2;
        }
    }
    assert!(tried >= 500, "{tried}");
}

#[test]
fn the_same_and_other_prose_break_nothing() {
    for Edit { narrow, wide, .. } in EDITS {
        for (schema, place) in
            [narrow, wide].into_iter().flat_map(|schema| PLACES.iter().map(move |place| (schema, place)))
        {
            let old = at(place, schema);
            let same = evolution("a.json", &old, &old);
            assert!(same.findings.is_empty(), "{old}: {:?}", same.findings);
            assert!(same.definitions.iter().all(|compared| compared.verdict == Verdict::Equal), "{old}");
            let mut spoken: Value = serde_json::from_str(schema).unwrap();
            spoken["description"] = "other words".into();
            spoken["x-said"] = json!({"required": ["nothing"]});
            let new = at(place, &spoken.to_string());
            let prose = evolution("a.json", &old, &new);
            assert!(prose.findings.is_empty(), "{old}: {:?}", prose.findings);
            assert!(prose.changed().all(|compared| compared.verdict == Verdict::WithoutEffect), "{old}");
            assert_eq!(prose.changed().count(), 1, "{old}");
        }
    }
}

/// Edits that no value shows, or that change in both ways: what is said of each, with its weight for either.
const SPOKEN: &[(&str, &str, &str, Level, Level)] = &[
    (r#"{"type": "string"}"#, r#"{"type": "integer"}"#, "type-changed", Level::Error, Level::Error),
    (
        r#"{"pattern": "^a$", "type": "string"}"#,
        r#"{"pattern": "^b$", "type": "string"}"#,
        "pattern-changed",
        Level::Error,
        Level::Error,
    ),
    (
        r#"{"multipleOf": 2, "type": "integer"}"#,
        r#"{"multipleOf": 3, "type": "integer"}"#,
        "multiple-changed",
        Level::Error,
        Level::Error,
    ),
    (r#"{"type": "string"}"#, r#"{"type": "string", "format": "uuid"}"#, "format-added", Level::Warning, Level::Info),
    (r#"{"type": "string", "format": "uuid"}"#, r#"{"type": "string"}"#, "format-removed", Level::Info, Level::Warning),
    (
        r#"{"type": "string", "format": "uuid"}"#,
        r#"{"type": "string", "format": "uri"}"#,
        "format-changed",
        Level::Warning,
        Level::Warning,
    ),
    (r#"{"type": "string"}"#, r#"{"type": "string", "default": "a"}"#, "default-added", Level::Info, Level::Info),
    (
        r#"{"type": "string", "default": "a"}"#,
        r#"{"type": "string"}"#,
        "default-removed",
        Level::Warning,
        Level::Warning,
    ),
    (
        r#"{"type": "string", "default": "a"}"#,
        r#"{"type": "string", "default": "b"}"#,
        "default-changed",
        Level::Warning,
        Level::Warning,
    ),
    (
        r#"{"type": "string"}"#,
        r#"{"type": "string", "readOnly": true}"#,
        "read-only-added",
        Level::Warning,
        Level::Info,
    ),
    (r#"{"type": "string", "readOnly": true}"#, r#"{"type": "string"}"#, "read-only-removed", Level::Info, Level::Info),
    (
        r#"{"type": "string"}"#,
        r#"{"type": "string", "writeOnly": true}"#,
        "write-only-added",
        Level::Info,
        Level::Warning,
    ),
    (
        r#"{"type": "string", "writeOnly": true}"#,
        r#"{"type": "string"}"#,
        "write-only-removed",
        Level::Info,
        Level::Info,
    ),
    (
        r#"{"type": "string"}"#,
        r#"{"type": "string", "deprecated": true}"#,
        "deprecated-added",
        Level::Info,
        Level::Info,
    ),
    (
        r#"{"type": "string", "deprecated": true}"#,
        r#"{"type": "string"}"#,
        "deprecated-removed",
        Level::Info,
        Level::Info,
    ),
    (
        r#"{"type": "object"}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
        "property-added",
        Level::Info,
        Level::Info,
    ),
    (
        r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
        r#"{"type": "object"}"#,
        "property-removed",
        Level::Warning,
        Level::Warning,
    ),
    (
        r#"{"enum": ["a"], "x-speakeasy-unknown-values": "allow"}"#,
        r#"{"enum": ["a", "b"], "x-speakeasy-unknown-values": "allow"}"#,
        "known-value-added",
        Level::Info,
        Level::Info,
    ),
    (
        r#"{"enum": ["a", "b"], "x-speakeasy-unknown-values": "allow"}"#,
        r#"{"enum": ["a"], "x-speakeasy-unknown-values": "allow"}"#,
        "known-value-removed",
        Level::Warning,
        Level::Info,
    ),
];

#[test]
fn what_no_value_shows_is_told_with_its_own_weight() {
    for (old, new, rule, sender, receiver) in SPOKEN {
        for place in PLACES {
            let found = evolution("a.json", &at(place, old), &at(place, new)).findings;
            let finding = found.iter().find(|finding| finding.rule.id == *rule);
            let finding = finding.unwrap_or_else(|| panic!("{rule} is not told in {place}: {found:?}"));
            assert_eq!((finding.sender, finding.receiver), (*sender, *receiver), "{rule} in {place}");
        }
    }
}
