//! Recursive schemas that are written in other ways are still shown to be equal, and those that are not are not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{EFFORT, Made, claim, side};
use crate::prove::{Effort, Part, Proof, Verdict, induction, prove};

fn proof(source: &Value, re_export: &Value) -> Proof {
    let validator = side::validator(source).expect("a schema");
    let mut subject = Made(re_export.clone(), |value: &Value| match validator.validate(value) {
        Ok(()) => Ok(value.clone()),
        Err(error) => Err(error.to_string()),
    });
    prove(&claim(source.clone()), &mut subject, &Effort { valid: 20, near_miss: 20, ..EFFORT })
}

/// A schema as an author may write it, and the same as types may be.
fn pairs() -> Vec<(Value, Value)> {
    let tagged = |tag: &str| json!({"type": "object", "required": ["k"], "properties": {"k": {"const": tag}}});
    let node = |below: Value| json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "next": below}});
    vec![
        // An `allOf` merged.
        (
            json!({"$ref": "#/$defs/node", "$defs": {
                "base": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
                "node": {"allOf": [{"$ref": "#/$defs/base"}, {"properties": {"next": {"$ref": "#/$defs/node"}}}]}
            }}),
            json!({"$ref": "#/$defs/Node", "$defs": {"Node": node(json!({"$ref": "#/$defs/Node"}))}}),
        ),
        // A definition for what is not `null`, and another for what may be.
        (
            json!({"$ref": "#/$defs/t", "$defs": {"t": {"type": ["object", "null"], "properties": {"a": {"$ref": "#/$defs/t"}}}}}),
            json!({"$ref": "#/$defs/T", "$defs": {
                "T": {"anyOf": [{"$ref": "#/$defs/TValue"}, {"type": "null"}]},
                "TValue": {"type": "object", "properties": {"a": {"$ref": "#/$defs/T"}}}
            }}),
        ),
        // Branches in another order, with a definition between.
        (
            json!({"type": "object", "properties": {"x": {"allOf": [{"$ref": "#/$defs/n"}, {"title": "T"}]}}, "$defs": {
                "n": {"type": "object", "properties": {"m": {"anyOf": [{"$ref": "#/$defs/n"}, {"type": "string"}]}}}
            }}),
            json!({"type": "object", "properties": {"x": {"title": "T", "$ref": "#/$defs/N"}}, "$defs": {
                "N": {"type": "object", "properties": {"m": {"$ref": "#/$defs/M"}}},
                "M": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/N"}]}
            }}),
        ),
        // What stands beside a union distributed into its branches: only by induction.
        (
            json!({"$ref": "#/$defs/e", "$defs": {"e": {"type": "object", "required": ["k"], "oneOf": [
                {"properties": {"k": {"const": "a"}, "l": {"$ref": "#/$defs/e"}}},
                {"properties": {"k": {"const": "b"}, "r": {"type": "array", "items": {"$ref": "#/$defs/e"}}}}
            ]}}}),
            json!({"$ref": "#/$defs/E", "$defs": {
                "E": {"anyOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]},
                "A": {"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}, "l": {"$ref": "#/$defs/E"}}},
                "B": {"type": "object", "required": ["k"], "properties": {
                    "k": {"const": "b"}, "r": {"type": "array", "items": {"$ref": "#/$defs/E"}}
                }}
            }}),
        ),
        // A choice of exactly one within another: that no value is of two shows only behind the reference.
        (
            json!({"$ref": "#/$defs/d", "$defs": {
                "c": {"oneOf": [{"$ref": "#/$defs/d"}, {"$ref": "#/$defs/z"}]},
                "d": {"oneOf": [
                    {"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}, "c": {"$ref": "#/$defs/c"}}},
                    tagged("b")
                ]},
                "z": tagged("z")
            }}),
            json!({"anyOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}], "$defs": {
                "C": {"anyOf": [{"$ref": "#/$defs/D"}, {"$ref": "#/$defs/Z"}]},
                "D": {"anyOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]},
                "A": {"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}, "c": {"$ref": "#/$defs/C"}}},
                "B": tagged("b"),
                "Z": tagged("z")
            }}),
        ),
    ]
}

#[test]
fn a_recursion_written_in_another_way_is_shown_to_be_the_same() {
    for (source, re_export) in pairs() {
        for (ours, theirs) in [(&source, &re_export), (&re_export, &source)] {
            let proof = proof(ours, theirs);
            assert_eq!(proof.visited.empty_differences, 2, "{ours}: {:?} {:?}", proof.findings, proof.undecided);
        }
    }
}

#[test]
fn a_recursion_that_differs_somewhere_is_refuted() {
    for (source, mut re_export) in pairs() {
        let definitions = re_export["$defs"].as_object_mut().expect("definitions");
        let object = definitions.values_mut().find(|schema| schema.get("properties").is_some()).expect("an object");
        object["maxProperties"] = json!(2);
        object["required"] = json!(["more"]);
        assert_eq!(proof(&source, &re_export).verdict_on(Part::Sets), Verdict::Refuted, "{re_export}");
    }
}

#[test]
fn there_is_no_induction_over_a_definition_that_comes_back_to_itself_in_place() {
    let holds = |schema: &Value| {
        let sides = side::Sides::new(schema, schema, &BTreeSet::new()).expect("schemas");
        induction::holds(&sides)
    };
    let through = |way: Value| json!({"$ref": "#/$defs/b", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": way}});
    assert!(holds(&through(json!({"type": "object", "properties": {"x": {"$ref": "#/$defs/a"}}}))));
    // It says nothing about any value: two such definitions may be equal in every word, and mean nothing.
    assert!(!holds(&through(json!({"anyOf": [{"type": "string"}, {"not": {"$ref": "#/$defs/a"}}]}))));
}
