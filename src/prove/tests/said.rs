//! What is said about the same values is the same, whichever subschema says it; and what is said about others is not.

use serde_json::{Value, json};

use super::{EFFORT, Made, claim, findings, side};
use crate::prove::{Effort, Finding, Part, Proof, prove};

/// The proof that a type which takes what `source` accepts, and says that it is `re_export`, is `source`.
fn proof(source: &Value, re_export: &Value) -> Proof {
    let validator = side::validator(source).expect("a schema");
    let mut subject = Made(re_export.clone(), |value: &Value| match validator.validate(value) {
        Ok(()) => Ok(value.clone()),
        Err(error) => Err(error.to_string()),
    });
    prove(&claim(source.clone()), &mut subject, &Effort { valid: 40, near_miss: 20, ..EFFORT })
}

/// Schemas that say the same about the same values, each written in several ways.
fn families() -> Vec<Vec<Value>> {
    let member = json!({"type": "object", "properties": {"a": {"type": "string", "title": "A", "x-b": [1, {"c": 2}]}}});
    let named =
        json!({"type": "object", "properties": {"a": {"type": "string", "title": "A", "x-b": [1.0, {"c": 2e0}]}}});
    vec![
        vec![
            json!({"title": "T", "type": "string", "description": "D"}),
            json!({"type": "string", "allOf": [{"title": "T"}, {"description": "D"}]}),
            json!({"title": "T", "$ref": "#/$defs/a", "$defs": {"a": {"type": "string", "description": "D"}}}),
            json!({"description": "D", "allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"type": "string", "title": "T"}}}),
            json!({"anyOf": [{"type": "string", "title": "T", "description": "D"}]}),
            json!({"title": "T", "type": "string", "if": {"type": "string"}, "then": {"description": "D"}}),
        ],
        vec![
            json!({"title": "T", "properties": {"a": {"title": "A"}}, "items": {"title": "I"}}),
            json!({"title": "T", "anyOf": [
                {"type": "object", "properties": {"a": {"title": "A"}}},
                {"type": "array", "items": {"title": "I"}},
                {"type": ["null", "boolean", "number", "string"]}
            ]}),
            // What a string can never be says nothing about it.
            json!({"title": "T", "anyOf": [
                {"type": "object", "properties": {"a": {"title": "A"}}},
                {"type": "array", "items": {"title": "I"}},
                {"type": ["null", "boolean", "number", "string"], "properties": {"b": {"title": "B"}}, "items": {"title": "J"}}
            ]}),
        ],
        vec![
            json!({"required": ["k"], "x-all": 1, "oneOf": [
                {"type": "object", "title": "One", "properties": {"k": {"const": 1}}},
                {"type": "object", "title": "Two", "properties": {"k": {"const": 2, "title": "K"}}}
            ]}),
            json!({"x-all": 1, "anyOf": [
                {"type": "object", "required": ["k"], "title": "One", "properties": {"k": {"const": 1}}},
                {"type": "object", "required": ["k"], "title": "Two", "properties": {"k": {"const": 2, "title": "K"}}}
            ]}),
            json!({"x-all": 1, "type": "object", "required": ["k"], "oneOf": [
                {"$ref": "#/$defs/two"}, {"$ref": "#/$defs/one"}
            ], "$defs": {
                "one": {"title": "One", "properties": {"k": {"const": 1}}},
                "two": {"title": "Two", "properties": {"k": {"allOf": [{"const": 2}, {"title": "K"}]}}}
            }}),
        ],
        vec![
            member.clone(),
            named,
            json!({"type": "object", "properties": {"a": {"type": "string"}}, "allOf": [{"properties": {"a": {"title": "A", "x-b": [1, {"c": 2}]}}}]}),
        ],
        vec![
            json!({"type": "array", "items": {"title": "I", "type": "integer"}}),
            json!({"type": "array", "prefixItems": [{"title": "I", "type": "integer"}], "items": {"title": "I", "type": "integer"}}),
            json!({"type": "array", "items": {"type": "integer"}, "allOf": [{"items": {"title": "I"}}]}),
        ],
        vec![
            json!({"type": "object", "additionalProperties": {"title": "V", "type": "integer"}}),
            json!({"type": "object", "unevaluatedProperties": {"title": "V", "type": "integer"}}),
            json!({"type": "object", "properties": {"a": {"title": "V", "type": "integer"}}, "additionalProperties": {"title": "V", "type": "integer"}}),
        ],
        vec![json!({"type": "integer", "not": {"title": "N", "type": "string"}}), json!({"type": "integer"})],
    ]
}

#[test]
fn what_is_said_about_the_same_values_is_the_same_wherever_it_stands() {
    for family in families() {
        for (source, re_export) in family.iter().flat_map(|source| family.iter().map(move |other| (source, other))) {
            let proof = proof(source, re_export);
            let annotations = findings(&proof, Part::Annotations);
            assert_eq!(annotations, Vec::<&_>::new(), "{source} {re_export}");
            assert_eq!(findings(&proof, Part::Sets), Vec::<&_>::new(), "{source} {re_export}");
        }
    }
}

#[test]
fn every_edit_of_what_is_said_is_found_in_each_way_of_writing_it() {
    for (family, said) in families().iter().zip(["T", "T", "Two", "A", "I", "V"]) {
        for (source, re_export) in family.iter().flat_map(|source| family.iter().map(move |other| (source, other))) {
            let text = re_export.to_string();
            let title = format!(r#""title":"{said}""#);
            for (verb, edited) in
                [("changes", r#""title":"Other""#), ("adds", &format!(r#"{title},"deprecated":true"#))]
            {
                let re_export: Value = serde_json::from_str(&text.replace(&title, edited)).expect("JSON");
                let proof = proof(source, &re_export);
                let found = findings(&proof, Part::Annotations);
                assert!(
                    found.iter().any(|finding| finding.message.contains(verb)),
                    "{verb}: {source} {re_export}: {found:?}"
                );
            }
        }
    }
}

#[test]
fn a_finding_stands_where_the_source_says_it() {
    let source = json!({"$ref": "#/$defs/t", "$defs": {"t": {"anyOf": [
        {"type": "object", "properties": {"a": {"allOf": [{"type": "string"}, {"title": "A"}]}}},
        {"type": "null", "title": "None"}
    ]}}});
    let re_export = json!({"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"type": "string"}}}]});
    let proof = proof(&source, &re_export);
    let found: Vec<(&str, &str)> = findings(&proof, Part::Annotations)
        .into_iter()
        .map(|finding| (finding.pointer.as_str(), finding.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("/$defs/t/anyOf/1", "the re-export drops `title`, which is \"None\""),
            ("/$defs/t/anyOf/0/properties/a/allOf/1", "the re-export drops `title`, which is \"A\""),
        ]
    );
}

#[test]
fn branches_that_swap_what_they_say_are_told_apart_by_values() {
    let branches = |first: Value, second: Value| {
        json!({"type": "array", "items": {"oneOf": [
            {"type": "string", "format": first["format"], "title": first["title"]},
            {"type": "integer", "format": second["format"], "title": second["title"]}
        ]}})
    };
    let (text, number) =
        (json!({"format": "markdown", "title": "Text"}), json!({"format": "int64", "title": "Number"}));
    let source = branches(text.clone(), number.clone());
    assert!(proof(&source, &source).part_holds(Part::Annotations));
    for (keyword, value) in [("title", "Number"), ("format", "int64")] {
        let (mut first, mut second) = (text.clone(), number.clone());
        (first[keyword], second[keyword]) = (number[keyword].clone(), text[keyword].clone());
        let proof = proof(&source, &branches(first, second));
        assert!(proof.visited.evaluated > 0 && proof.part_holds(Part::Sets), "{proof:?}");
        let found = findings(&proof, Part::Annotations);
        let at_text = found.iter().find(|finding| finding.message.contains(&format!("and says \"{value}\"")));
        let at_text = at_text.unwrap_or_else(|| panic!("{keyword}: {found:?}"));
        assert!(
            at_text.message.starts_with(&format!("for some values the re-export changes `{keyword}`")),
            "{at_text}"
        );
        assert_eq!(at_text.pointer, "/items/oneOf/0", "{found:?}");
        assert!(at_text.witness.as_deref().is_some_and(|witness| witness.contains('"')), "{at_text}");
    }
}

#[test]
fn nothing_is_said_of_members_that_no_value_has() {
    let source = json!({"allOf": [
        {"type": "object", "properties": {"b": {"title": "B"}, "a": {"title": "A"}}, "additionalProperties": false},
        {"properties": {"c": {"title": "C"}, "a": {"description": "also"}, "b": {"type": "integer"}}}
    ]});
    let re_export =
        |properties: Value| json!({"type": "object", "properties": properties, "additionalProperties": false});
    let b = json!({"title": "B", "type": "integer"});
    let kept = json!({"b": b, "a": {"title": "A", "description": "also"}, "c": false});
    assert_eq!(findings(&proof(&source, &re_export(kept)), Part::Annotations), Vec::<&Finding>::new());
    let dropped = json!({"b": b, "a": {"title": "A"}, "c": false});
    assert_eq!(findings(&proof(&source, &re_export(dropped)), Part::Annotations).len(), 1);
    // Where only some values are refused it, what is said of it counts.
    let open = json!({"anyOf": [source, {"properties": {"c": {"title": "C"}}, "required": ["c"]}]});
    let silent =
        json!({"anyOf": [re_export(json!({"b": b, "a": {"title": "A", "description": "also"}})), {"required": ["c"]}]});
    assert!(!findings(&proof(&open, &silent), Part::Annotations).is_empty());
}
