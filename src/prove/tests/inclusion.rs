//! What is shown to lie within something by its parts, and what is not.

use serde_json::{Value, json};

use crate::prove::{cases, inclusion::holds, side};

#[test]
fn what_is_within_each_branch_is_within_all_of_them() {
    let both = json!({"allOf": [{"not": {"type": "string"}}, {"minimum": 1}]});
    assert!(holds(&json!({"type": "integer", "minimum": 2}), &both));
    assert!(holds(&json!({"oneOf": [{"type": "null"}, {"const": 3}]}), &both));
    assert!(!holds(&json!({"type": "integer"}), &both) && !holds(&json!({"const": "a"}), &both));
    assert!(!holds(&json!({"anyOf": [{"type": "null"}, {"const": 0}]}), &both));
    let closed = json!({"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false});
    assert!(!holds(&json!({"allOf": [closed]}), &both));
}

/// A choice between objects by their tag, each with a member of its own of the type said.
fn tagged(keyword: &str, branches: &[(&str, &str)]) -> Value {
    let branch = |(tag, kind): &(&str, &str)| json!({"type": "object", "required": ["tag"], "properties": {"tag": {"const": tag}, "own": {"type": kind}}});
    json!({keyword: branches.iter().map(branch).collect::<Vec<_>>()})
}

#[test]
fn a_choice_is_within_one_that_has_a_wider_branch_for_each_of_its_own() {
    let narrow = tagged("oneOf", &[("a", "integer"), ("b", "string")]);
    for keyword in ["anyOf", "oneOf"] {
        let wide = tagged(keyword, &[("c", "null"), ("b", "string"), ("a", "number")]);
        assert!(holds(&narrow, &wide) && !holds(&wide, &narrow), "{keyword}");
    }
    assert!(!holds(&narrow, &tagged("anyOf", &[("a", "integer")])));
    assert!(!holds(&narrow, &tagged("anyOf", &[("a", "null"), ("b", "string")])));
    assert!(!holds(&narrow, &tagged("oneOf", &[("a", "number"), ("b", "string"), ("a", "integer")])));
    assert!(!holds(&json!({"type": "object"}), &narrow));
    let ranges = json!({"oneOf": [{"type": "integer", "maximum": 1}, {"type": "integer", "not": {"maximum": 4}}]});
    assert!(holds(&json!({"type": "integer", "minimum": 6}), &ranges));
}

#[test]
fn members_and_items_are_within_where_they_lie_within_choices_of_their_own() {
    let holding = |keyword: &str, branches: &[(&str, &str)], rest: &Value| {
        let list = json!({"type": "array", "items": tagged(keyword, branches)});
        json!({"type": "object", "properties": {"list": list}, "additionalProperties": rest})
    };
    let (few, more) = ([("a", "integer")], [("a", "integer"), ("b", "string")]);
    assert!(holds(&holding("oneOf", &few, &json!(false)), &holding("oneOf", &more, &json!(false))));
    assert!(holds(&holding("oneOf", &few, &json!({"const": 1})), &holding("anyOf", &more, &json!({"minimum": 1}))));
    assert!(!holds(&holding("oneOf", &more, &json!(false)), &holding("oneOf", &few, &json!(false))));
    assert!(!holds(&holding("oneOf", &few, &json!(true)), &holding("oneOf", &few, &json!({"minimum": 1}))));
    let named = json!({"properties": {"list": true, "more": {"const": 0}}, "additionalProperties": {"const": 1}});
    let asking = json!({"properties": {"list": true}, "additionalProperties": {"minimum": 1}});
    assert!(
        !holds(&named, &asking)
            && !holds(&json!({"patternProperties": {"^x": true}, "additionalProperties": false}), &asking)
    );
    assert!(holds(&json!({"type": "string"}), &json!({"properties": {"list": false}, "items": {"not": {}}})));
}

#[test]
fn what_stands_beside_a_choice_is_known_in_each_branch() {
    let beside = |least: u64| {
        let choice = tagged("oneOf", &[("a", "integer"), ("b", "string")]);
        json!({"properties": {"id": {"minimum": least}}, "required": ["id"], "oneOf": choice["oneOf"]})
    };
    assert!(holds(&beside(2), &beside(1)) && !holds(&beside(1), &beside(2)));
    assert!(holds(&beside(1), &json!({"not": {"properties": {"id": false}}, "required": ["tag"]})));
}

/// Schemas whose parts meet in many ways.
fn pool() -> Vec<Value> {
    let texts = json!({"type": "string", "minLength": 1});
    let parts = [
        json!({"properties": {"a": texts, "b": {"minimum": 1}}}),
        json!({"properties": {"a": {"type": "string"}}, "additionalProperties": false}),
        json!({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}),
        json!({"additionalProperties": {"minimum": 0}, "minProperties": 1}),
        json!({"required": ["a"]}),
        json!({"items": texts}),
        json!({"items": {"type": "string"}, "prefixItems": [{"type": "null"}]}),
        json!({"items": {"type": "string"}}),
        json!({"contains": texts, "minItems": 1}),
        json!({"const": "a"}),
        json!({"enum": ["a", 1, null]}),
        json!({"not": {"type": "string"}}),
        json!({"not": {"required": ["a"]}}),
        json!({"type": ["object", "array"]}),
        json!({"type": "integer", "minimum": 1}),
        json!({"if": {"type": "string"}, "then": texts, "else": {"type": "integer"}}),
    ];
    let choices = parts.windows(2).flat_map(|pair| ["allOf", "anyOf", "oneOf"].map(|keyword| json!({keyword: pair})));
    let nested = parts.windows(3).map(|three| {
        json!({"type": "object", "required": ["a"], "properties": {"a": {"anyOf": [three[0], three[1]]}}, "oneOf": [three[2], three[1]]})
    });
    let mut pool: Vec<Value> = choices.chain(nested).collect();
    pool.extend(parts);
    pool.extend([json!(true), json!(false)]);
    pool
}

#[test]
fn what_is_found_to_be_within_something_has_no_value_outside_it() {
    let pool = pool();
    let validators: Vec<_> = pool.iter().map(|schema| side::validator(schema).unwrap()).collect();
    let values: Vec<Value> = pool.iter().flat_map(|schema| cases::candidates(schema, 1, 60)).collect();
    let accepted: Vec<Vec<bool>> =
        validators.iter().map(|validator| values.iter().map(|value| validator.is_valid(value)).collect()).collect();
    let mut found = 0;
    for (left, ours) in pool.iter().zip(&accepted) {
        for (right, theirs) in pool.iter().zip(&accepted).filter(|(right, _)| *right != left) {
            if holds(left, right) {
                found += 1;
                let outside =
                    values.iter().zip(ours.iter().zip(theirs)).find(|(_, (ours, theirs))| **ours && !**theirs);
                assert!(outside.is_none(), "{left} has {} outside {right}", outside.unwrap().0);
            }
        }
    }
    assert!(found > 300, "only {found} pairs");
}

#[test]
fn a_member_that_no_value_has_is_all_that_is_asked_of_it() {
    let closed = json!({"properties": {"a": true}, "additionalProperties": false});
    let config = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let slip = json!({"allOf": [closed, {"properties": {"config": config}}]});
    let never = json!({"properties": {"a": true, "config": {"allOf": [{"not": {}}]}}, "additionalProperties": false});
    assert!(holds(&never, &slip) && holds(&slip, &never));
    assert!(!holds(
        &json!({"properties": {"a": true, "config": {"not": {"type": "null"}}}, "additionalProperties": false}),
        &slip
    ));
}

#[test]
fn recursion_has_to_lead_to_the_same_definitions() {
    let list = |least: u64| json!({"properties": {"next": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"minimum": least}}});
    assert!(holds(&list(1), &list(1)) && !holds(&list(2), &list(1)));
}
