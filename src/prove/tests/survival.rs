//! What counts as the same value on the way out, and which members may go.

use serde_json::json;

use crate::prove::{side, survival};

#[test]
fn an_instant_may_be_written_in_another_way_and_a_leap_second_stays_one() {
    let schema = json!({"type": "array", "items": {"type": "string", "format": "date-time"}});
    let source = side::validator(&schema).expect("a schema");
    let survives = |read: &str, written: &str| survival::check(&source, &json!([read]), &json!([written])).is_ok();
    assert!(survives("2023-01-01T01:00:00.500Z", "2023-01-01T00:30:00.5-00:30"));
    assert!(survives("2023-12-31t23:30:00z", "2024-01-01T00:30:00+01:00"));
    assert!(survives("2000-02-29T23:00:00-02:00", "2000-03-01T01:00:00Z"));
    assert!(!survives("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"));
    assert!(!survives("2023-01-01T01:00:00.5Z", "2023-01-01T01:00:00Z"));
    assert!(!survives("2023-01-01T01:00:00Z", "2023-01-01T01:00:00"));
    let text = side::validator(&json!({"items": {"type": "string"}})).expect("a schema");
    assert!(survival::check(&text, &json!(["2023-01-01T01:00:00Z"]), &json!(["2023-01-01T02:00:00+01:00"])).is_err());
    assert!(survival::check(&text, &json!([1, -0.0]), &json!([1.0, 0])).is_ok());
    assert!(survival::check(&text, &json!([9_007_199_254_740_993_i64]), &json!([9_007_199_254_740_992.0])).is_err());
}

#[test]
fn an_object_whose_members_nothing_names_keeps_them_all() {
    let open = side::validator(&json!({"type": "object"})).expect("a schema");
    assert!(survival::check(&open, &json!({"a": 1}), &json!({})).is_err());
    let named = json!({"properties": {"a": true}, "patternProperties": {"^x": true}});
    let named = side::validator(&named).expect("a schema");
    assert!(survival::check(&named, &json!({"a": 1, "b": 2}), &json!({"a": 1})).is_ok());
    assert!(survival::check(&named, &json!({"a": 1, "x": 2}), &json!({"a": 1})).is_err());
}
