//! For every keyword and every subschema, wherever it stands, there is a case that would be judged otherwise without it:
//! whatever a type makes of it otherwise, is seen.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::prove::Effort;
use crate::prove::cases::{self, Case};
use crate::prove::side::{self, Sides};
use crate::vocabulary::{self, Role};

/// Schemas of all keywords and nestings.
fn schemas() -> Vec<Value> {
    vec![
        // Without a type, keywords speak of some types only.
        json!({"minLength": 2, "maxLength": 5, "minimum": 3, "multipleOf": 2, "minItems": 1, "required": ["a"], "maxProperties": 3}),
        json!({"pattern": "^[a-f]+$", "items": {"exclusiveMaximum": 7}, "properties": {"a": {"enum": [1, "x", null, [2], {"b": 3}]}}}),
        json!({"properties": {"a": {"properties": {"b": {"maxItems": 2, "uniqueItems": true}}, "required": ["b"]}}}),
        // Unions told apart by a tag, overlapping, within each other, by what is required.
        json!({"required": ["kind"], "oneOf": [
            {"properties": {"kind": {"const": "cat"}, "lives": {"type": "integer", "minimum": 1, "maximum": 9}}, "required": ["lives"]},
            {"properties": {"kind": {"const": "dog"}, "name": {"type": "string", "minLength": 1}}, "additionalProperties": false},
            {"properties": {"kind": {"enum": ["fish", "eel"]}, "tank": {"$ref": "#/$defs/tank"}}, "required": ["tank"]}
        ], "$defs": {"tank": {"type": "object", "required": ["litres"], "properties": {"litres": {"type": "number", "exclusiveMinimum": 0}}}}}),
        json!({"oneOf": [{"type": "integer", "minimum": 0}, {"type": "number", "maximum": 10}, {"type": "string", "maxLength": 3}, {"type": "string", "minLength": 2}]}),
        json!({"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}, {"type": "object", "required": ["c", "d"]}]}),
        json!({"anyOf": [{"oneOf": [{"type": "null"}, {"const": 4}]}, {"allOf": [{"minLength": 3}, {"type": "string"}, {"pattern": "z$"}]}]}),
        json!({"type": "array", "items": {"anyOf": [{"type": "array", "items": {"type": "boolean"}, "minItems": 1}, {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "null"}}}]}}),
        // Tuples with and without a rest.
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer", "minimum": 5}, {"type": "object", "required": ["x"]}]}),
        json!({"type": "array", "prefixItems": [{"const": "a"}, {"enum": [1, 2]}], "items": {"type": "boolean"}, "minItems": 2, "maxItems": 4}),
        json!({"type": "array", "prefixItems": [{"type": "number"}, {"type": "array", "prefixItems": [{"type": "null"}], "items": false}], "items": false, "minItems": 1}),
        json!({"type": "array", "prefixItems": [{"type": "integer"}], "unevaluatedItems": {"type": "string", "maxLength": 2}}),
        // Members by pattern, by name, and all others.
        json!({"type": "object", "properties": {"x-fixed": {"minLength": 4}}, "patternProperties": {"^x-": {"type": "string"}, "[0-9]$": {"type": ["integer", "string"]}}, "additionalProperties": {"type": "boolean"}}),
        json!({"type": "object", "propertyNames": {"pattern": "^[a-z]{2,4}$", "not": {"const": "no"}}, "additionalProperties": {"type": "integer"}}),
        json!({"type": "object", "propertyNames": {"enum": ["north", "south"]}, "minProperties": 1}),
        json!({"type": "object", "properties": {"a": {"type": "integer"}}, "patternProperties": {"^b": {"minimum": 3}}, "unevaluatedProperties": false}),
        // What one member asks of others.
        json!({"type": "object", "properties": {"card": {"type": "integer"}, "name": {"type": "string"}}, "dependentRequired": {"card": ["address", "name"], "address": ["zip"]}}),
        json!({"dependentSchemas": {"a": {"properties": {"b": {"type": "string"}}, "required": ["b"]}, "c": {"maxProperties": 2}}}),
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "if": {"properties": {"a": {"const": "on"}}, "required": ["a"]}, "then": {"required": ["level"], "properties": {"level": {"type": "integer"}}}, "else": {"maxProperties": 2}}),
        json!({"if": {"minItems": 3}, "then": {"items": {"type": "integer"}}}),
        // Decimals, and integers that are written as floats.
        json!({"type": "number", "multipleOf": 0.01, "minimum": -1.5, "exclusiveMaximum": 99.99}),
        json!({"type": "number", "multipleOf": 2.5, "minimum": 10}),
        json!({"type": "integer", "multipleOf": 1.5, "maximum": 10.0}),
        json!({"type": ["integer", "null"], "exclusiveMinimum": 1.5, "exclusiveMaximum": 3e2}),
        // Constants of any type.
        json!({"enum": [null, true, 1, 1.5, "a", [1, "b"], {"c": {"d": [2]}}]}),
        json!({"const": {"a": [1, {"b": null}], "c": 2}}),
        json!({"type": "object", "properties": {"v": {"const": [1, {"a": 2}]}, "w": {"enum": [{"k": 1}, {"k": 2}]}}, "required": ["v"]}),
        // Elements that are equal.
        json!({"type": "array", "uniqueItems": true, "items": {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "string"}}}}),
        json!({"type": "array", "uniqueItems": true, "prefixItems": [{"type": "boolean"}, {"type": "boolean"}], "minItems": 2}),
        json!({"type": "array", "contains": {"required": ["main"]}, "items": {"type": "object", "maxProperties": 2}}),
        json!({"type": "array", "contains": {"const": 7}, "minContains": 2, "maxContains": 3, "items": {"type": "integer"}}),
        json!({"type": "array", "contains": {"minimum": 5}, "minContains": 0, "maxContains": 1}),
        // Recursion of several arms, and one that needs a way out.
        json!({"$ref": "#/$defs/term", "$defs": {"term": {"oneOf": [
            {"type": "number"},
            {"type": "object", "required": ["op", "args"], "properties": {"op": {"enum": ["+", "*"]}, "args": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/$defs/term"}}}},
            {"type": "object", "required": ["not"], "properties": {"not": {"$ref": "#/$defs/term"}, "op": {"const": "-"}}},
            {"type": "array", "minItems": 3, "items": {"$ref": "#/$defs/term"}}
        ]}}}),
        json!({"allOf": [{"$ref": "#/$defs/base"}, {"properties": {"more": {"type": "array", "items": {"$ref": "#/$defs/base"}}}}], "unevaluatedProperties": false, "$defs": {"base": {"type": "object", "properties": {"id": {"type": "string", "minLength": 3}}, "required": ["id"]}}}),
        json!({"not": {"anyOf": [{"type": "string", "minLength": 4}, {"type": "object", "required": ["a"]}, {"const": 5}]}}),
        json!({"not": {"required": ["a", "b"]}, "properties": {"a": {"type": "integer"}, "b": true}}),
    ]
}

/// `document` with one keyword dropped, or with one subschema accepting everything or nothing; and what was done.
fn edits(document: &Value) -> Vec<(String, Value)> {
    let mut edits = Vec::new();
    for (at, schema) in vocabulary::subschemas(document, "") {
        for keyword in schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword) {
            if !matches!(vocabulary::role(keyword), Role::Assertion | Role::Applicator(_)) {
                continue;
            }
            let mut edited = document.clone();
            edited.pointer_mut(&at).and_then(Value::as_object_mut).and_then(|schema| schema.shift_remove(keyword));
            edits.push((format!("{at}/{keyword} dropped"), edited));
        }
        for accepts in [true, false] {
            let mut edited = document.clone();
            if let Some(schema) = edited.pointer_mut(&at).filter(|schema| !schema.is_boolean()) {
                *schema = json!(accepts);
                edits.push((format!("{at} is {accepts}"), edited));
            }
        }
    }
    edits
}

#[test]
fn every_keyword_and_every_subschema_makes_a_difference_to_some_case() {
    let mut missing = String::new();
    for document in schemas() {
        let sides = Sides::new(&document, &document, &BTreeSet::new()).expect("a schema");
        let cases = cases::collect(&sides, &Effort { nodes: 600_000, ..Effort::of(5, 150) });
        for (what, edited) in edits(&document) {
            let Ok(edited) = side::validator(&edited) else { continue };
            let differs = |cases: &[Case], valid: bool| {
                cases.iter().filter_map(|case| case.value.as_ref()).any(|value| edited.is_valid(value) != valid)
            };
            if !differs(&cases.valid, true) && !differs(&cases.near_miss, false) {
                missing += &format!("{what}: {document}\n");
            }
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn elements_that_are_equal_in_other_words_are_among_the_near_misses() {
    let document = json!({"type": "array", "maxItems": 3, "uniqueItems": true, "items": {"type": "object", "properties": {
        "a": {"type": "integer"}, "b": {"type": "string"}
    }, "required": ["a", "b"], "additionalProperties": false}});
    let sides = Sides::new(&document, &document, &BTreeSet::new()).expect("a schema");
    let cases = cases::collect(&sides, &Effort { nodes: 600_000, ..Effort::of(5, 60) });
    let equal = |case: &&Case| {
        let elements = case.value.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let [first, .., last] = elements else { return false };
        let names = |value: &Value| value.as_object().map(|members| members.keys().cloned().collect::<Vec<_>>());
        let other_order = names(first) != names(last)
            && names(first).map(BTreeSet::from_iter) == names(last).map(BTreeSet::from_iter);
        first["a"].is_i64()
            && last["a"].is_f64()
            && first["a"].as_f64() == last["a"].as_f64()
            && first["b"] == last["b"]
            && other_order
    };
    let lengths: BTreeSet<usize> =
        cases.near_miss.iter().filter(equal).filter_map(|case| Some(case.value.as_ref()?.as_array()?.len())).collect();
    assert!(lengths.contains(&2) && lengths.contains(&3), "{lengths:?}");
}
