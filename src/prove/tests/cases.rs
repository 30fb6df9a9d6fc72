//! The generators reach what each keyword is about, and stay within what a Rust type is asked to hold.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::prove::Effort;
use crate::prove::cases::{self, Case};
use crate::prove::side::Sides;
use crate::prove::spelling;

/// The cases of a type whose re-export is its schema.
struct Cases {
    valid: Vec<Value>,
    near_miss: Vec<Value>,
    texts: Vec<Case>,
}

fn cases(schema: &Value) -> Cases {
    let formats = BTreeSet::from(["date-time".to_owned(), "uuid".to_owned(), "ipv6".to_owned()]);
    let sides = Sides::new(schema, schema, &formats).expect("a schema");
    of_sides(&sides)
}

fn of_sides(sides: &Sides) -> Cases {
    let cases = cases::collect(sides, &Effort { nodes: 600_000, ..Effort::of(3, 60) });
    let values = |cases: Vec<Case>| cases.into_iter().filter_map(|case| case.value).collect();
    Cases { valid: values(cases.valid), near_miss: values(cases.near_miss), texts: cases.texts }
}

#[test]
fn every_keyword_gets_valid_values_and_near_misses() {
    let schemas = [
        json!({"type": ["string", "null"], "minLength": 2, "maxLength": 300}),
        json!({"type": "string", "pattern": "^[a-z]{3}-\\d{2,}(x|y)?$", "maxLength": 12}),
        json!({"allOf": [{"type": "integer", "minimum": -3000}, {"exclusiveMaximum": 5000, "multipleOf": 7}]}),
        json!({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}),
        json!({"type": "number", "multipleOf": 0.01}),
        json!({"type": "integer", "minimum": 9_223_372_036_854_775_800_u64, "maximum": u64::MAX}),
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"type": "string", "format": "ipv6"}),
        json!({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 9, "uniqueItems": true}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false, "minItems": 2}),
        json!({"type": "array", "contains": {"type": "string", "maxLength": 3}, "minContains": 2, "maxContains": 3}),
        json!({"type": "object", "patternProperties": {"^x-[a-z]+$": {"type": "integer"}}, "additionalProperties": false}),
        json!({"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 2, "maxProperties": 4}),
        json!({"type": "object", "propertyNames": {"pattern": "^[a-c]+$"}, "minProperties": 1}),
        json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "dependentRequired": {"a": ["b"]}}),
        json!({"type": "object", "properties": {"a": {"type": "integer"}}, "dependentSchemas": {"a": {"required": ["c"]}}}),
        json!({"type": "object", "properties": {"a": {"type": "integer"}}, "unevaluatedProperties": {"type": "string"}}),
        json!({"oneOf": [{"type": "integer"}, {"type": "string", "minLength": 3}, {"type": "array", "items": {"type": "null"}}]}),
        json!({"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}}),
        json!({"if": {"type": "integer"}, "then": {"minimum": 10}, "else": {"type": "string"}}),
        json!({"type": "integer", "not": {"multipleOf": 2}}),
        json!({"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "properties": {"name": {"type": "string"}, "next": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}, "required": ["name"]}}}),
    ];
    for schema in schemas {
        let cases = cases(&schema);
        assert!(
            cases.valid.len() >= 60 && cases.near_miss.len() >= 60,
            "{schema}: {} {}",
            cases.valid.len(),
            cases.near_miss.len()
        );
    }
}

#[test]
fn the_edges_of_a_schema_are_among_the_cases() {
    let schema = json!({
        "type": "object",
        "properties": {
            "size": {"type": "integer", "minimum": 1, "maximum": 10},
            "kind": {"enum": ["Big", "small"]},
            "at": {"type": "string", "format": "date-time"},
            "note": {"type": "string", "minLength": 2, "maxLength": 4}
        },
        "required": ["size"],
        "additionalProperties": false
    });
    let cases = cases(&schema);
    let has = |values: &[Value], name: &str, value: Value| values.iter().any(|case| case.get(name) == Some(&value));
    for (name, value) in
        [("size", json!(1)), ("size", json!(10)), ("kind", json!("Big")), ("at", json!("2016-12-31T23:59:60Z"))]
    {
        assert!(has(&cases.valid, name, value.clone()), "{name}: {value}");
    }
    let beyond = [
        ("size", json!(0)),
        ("size", json!(11)),
        ("size", json!("1")),
        ("size", json!(1.5)),
        ("kind", json!("BIG")),
        ("kind", json!({"Big": null})),
        ("at", json!("2023-01-01 00:00:00Z")),
        ("at", json!("2023-01-01T00:00:00+24:00")),
        ("note", Value::Null),
    ];
    for (name, value) in beyond {
        assert!(has(&cases.near_miss, name, value.clone()), "{name}: {value}");
    }
    let lengths = |values: &[Value]| -> BTreeSet<usize> {
        values.iter().filter_map(|case| Some(case.get("note")?.as_str()?.chars().count())).collect()
    };
    assert!(lengths(&cases.valid).is_superset(&BTreeSet::from([2, 4])));
    assert!(lengths(&cases.near_miss).is_superset(&BTreeSet::from([1, 5])));
    let keys = |case: &Value| -> Option<BTreeSet<String>> { Some(case.as_object()?.keys().cloned().collect()) };
    let has_keys = |names: &[&str]| {
        let names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        cases.near_miss.iter().any(|case| keys(case).as_ref() == Some(&names))
    };
    // The fullest value without its required member, and the leanest with a null too many.
    assert!(has_keys(&["kind", "at", "note"]) && has_keys(&["size", "note"]));
    assert!(cases.near_miss.iter().any(Value::is_array));
}

#[test]
fn texts_spell_numbers_and_names_in_other_ways_and_give_members_twice() {
    let cases = cases(
        &json!({"type": "object", "properties": {"a": {"const": 7}}, "required": ["a"], "additionalProperties": false}),
    );
    let texts: Vec<(&str, bool)> = cases.texts.iter().map(|case| (case.text.as_str(), case.value.is_some())).collect();
    let accepted = [r#"{"a":7.0}"#, r#"{"a":7e0}"#, r#"{"a":70E-1}"#, r#"{"\u0061":7}"#];
    let refused = [r#"{"a":7,"a":7}"#, r#"{"a":7} x"#];
    assert!(accepted.iter().all(|text| texts.contains(&(text, true))), "{texts:?}");
    assert!(refused.iter().all(|text| texts.contains(&(text, false))), "{texts:?}");
}

#[test]
fn a_branch_that_a_constant_rules_out_does_not_say_what_is_kept() {
    let branch = |tag: &str, more: Value| {
        let mut schema = json!({"type": "object", "properties": {"t": {"const": tag}, "n": {}}, "required": ["t"]});
        schema.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        schema
    };
    let schema = json!({"oneOf": [branch("a", json!({})), branch("b", json!({"additionalProperties": false}))]});
    let texts = |value: Value| -> Vec<String> {
        let (cases, _) = spelling::texts(&schema, [value].iter(), 1, 10_000);
        cases.into_iter().filter(|case| case.value.is_none()).map(|case| case.text).collect()
    };
    let open = texts(json!({"t": "a", "x": 1}));
    assert!(open.contains(&r#"{"t":"a","x":1,"t":"a"}"#.to_owned()), "{open:?}");
    assert!(!open.contains(&r#"{"t":"a","x":1,"x":1}"#.to_owned()), "{open:?}");
    assert!(texts(json!({"t": "b", "n": 1})).contains(&r#"{"t":"b","n":1,"n":1}"#.to_owned()));
}

#[test]
fn no_case_has_an_integer_beyond_64_bits() {
    let cases = cases(&json!({"enum": [i64::MAX, u64::MAX, "x"]}));
    let beyond = |value: &&Value| value.is_f64() && value.as_f64().is_some_and(|number| number.abs() >= 9.2e18);
    assert_eq!(cases.valid.iter().chain(&cases.near_miss).find(beyond), None);
    assert!(cases.valid.contains(&json!(u64::MAX)));
}

#[test]
fn wide_bounds_and_endless_patterns_neither_panic_nor_hang() {
    for schema in [
        json!({"type": "integer", "minimum": 1e300}),
        json!({"type": "integer", "maximum": -1e300, "multipleOf": 1e-300}),
        json!({"type": "integer", "exclusiveMinimum": i64::MIN, "exclusiveMaximum": i64::MAX}),
        json!({"type": "string", "pattern": "^((a{200}){20})*$"}),
        json!({"type": "string", "minLength": 1e15}),
        json!({"type": "array", "minItems": 1e15, "items": {"type": "string"}}),
        json!({"type": "object", "minProperties": u64::MAX}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}}),
        json!({"type": "array", "items": {"$ref": "#"}, "minItems": 3}),
    ] {
        cases(&schema);
    }
}
