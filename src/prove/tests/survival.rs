//! What counts as the same value on the way out, and which members may go.

use serde_json::{Value, json};

use std::collections::BTreeSet;

use crate::prove::side::{Side, Sides};
use crate::prove::survival;

/// The source of a claim about `schema`.
fn source(schema: &Value) -> Side {
    let formats = BTreeSet::from(["date-time".to_owned()]);
    Sides::new(schema, schema, &formats).expect("a schema").source
}

#[test]
fn an_instant_may_be_written_in_another_way_and_a_leap_second_stays_one() {
    let schema = json!({"type": "array", "items": {"type": "string", "format": "date-time"}});
    let source = source(&schema);
    let survives = |read: &str, written: &str| survival::check(&source, &json!([read]), &json!([written])).is_ok();
    assert!(survives("2023-01-01T01:00:00.500Z", "2023-01-01T00:30:00.5-00:30"));
    assert!(survives("2023-12-31t23:30:00z", "2024-01-01T00:30:00+01:00"));
    assert!(survives("2000-02-29T23:00:00-02:00", "2000-03-01T01:00:00Z"));
    assert!(!survives("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"));
    assert!(!survives("2023-01-01T01:00:00.5Z", "2023-01-01T01:00:00Z"));
    assert!(!survives("2023-01-01T01:00:00Z", "2023-01-01T01:00:00"));
    let text = self::source(&json!({"items": {"type": "string"}}));
    assert!(survival::check(&text, &json!(["2023-01-01T01:00:00Z"]), &json!(["2023-01-01T02:00:00+01:00"])).is_err());
    assert!(survival::check(&text, &json!([1, -0.0]), &json!([1.0, 0])).is_ok());
    assert!(survival::check(&text, &json!([9_007_199_254_740_993_i64]), &json!([9_007_199_254_740_992.0])).is_err());
}

#[test]
fn an_object_whose_members_nothing_names_keeps_them_all() {
    let open = source(&json!({"type": "object"}));
    assert!(survival::check(&open, &json!({"a": 1}), &json!({})).is_err());
    let named = json!({"properties": {"a": true}, "patternProperties": {"^x": true}});
    let named = source(&named);
    assert!(survival::check(&named, &json!({"a": 1, "b": 2}), &json!({"a": 1})).is_ok());
    assert!(survival::check(&named, &json!({"a": 1, "x": 2}), &json!({"a": 1})).is_err());
    let said_in_other_words = [
        json!({"properties": {"a": true}, "additionalProperties": {}}),
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"a": true}, "additionalProperties": {}}}}),
        json!({"properties": {"a": true}, "unevaluatedProperties": {}}),
        json!({"properties": {"a": true}, "additionalProperties": {"then": {"type": "integer"}, "else": false}}),
        json!({"$ref": "#/$defs/b", "$defs": {"b": {"properties": {"a": true}, "additionalProperties": {"anyOf": [{"$ref": "#/$defs/c"}, {"maxContains": 1}]}}, "c": false}}),
    ];
    for schema in said_in_other_words {
        let survives = survival::check(&source(&schema), &json!({"a": 1, "b": 2}), &json!({"a": 1})).is_ok();
        assert!(survives, "{schema}");
    }
    let kept = source(&json!({"properties": {"a": true}, "additionalProperties": {"type": "integer"}}));
    assert!(survival::check(&kept, &json!({"a": 1, "b": 2}), &json!({"a": 1})).is_err());
}

#[test]
fn only_what_is_called_a_number_may_become_the_nearest_double() {
    let survives = |type_name: Value| {
        let source = source(&json!({"items": {"type": type_name}}));
        survival::check(&source, &json!([9_007_199_254_740_993_i64]), &json!([9_007_199_254_740_992.0])).is_ok()
    };
    // Beside `number`, `integer` adds nothing.
    assert!(survives(json!("number")) && survives(json!(["number", "null"])) && survives(json!(["integer", "number"])));
    assert!(!survives(json!("integer")) && !survives(json!(["integer", "null"])));
    // Beside `items`, `unevaluatedItems` speaks of no item.
    let beside = source(&json!({"items": {"type": "number"}, "unevaluatedItems": {"type": "integer"}}));
    let (read, written) = (json!([9_007_199_254_740_993_i64]), json!([9_007_199_254_740_992.0]));
    assert!(survival::check(&beside, &read, &written).is_ok());
    // What is never asked of the value says nothing of it.
    for words in [
        json!({"maximum": -0.0, "then": {"type": "integer"}}),
        json!({"maximum": 1, "if": {"dependentSchemas": {"a": {"type": "integer"}}}}),
        json!({"anyOf": [{"type": "number"}, {"type": "integer", "minimum": 0}]}),
    ] {
        let source = source(&json!({"items": {"$ref": "#/$defs/a"}, "$defs": {"a": words}}));
        let (read, written) = (json!([-9_007_199_254_740_993_i64]), json!([-9_007_199_254_740_992.0]));
        assert!(survival::check(&source, &read, &written).is_ok(), "{words}");
    }
    let number = source(&json!({"type": "number"}));
    assert!(survival::check(&number, &json!(1), &json!(2.0)).is_err());
}
