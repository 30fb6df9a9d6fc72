//! What may be `null` is written in two ways: `null` in `type`, or as an alternative. Both say the same.

use serde_json::{Value, json};

use super::{EFFORT, Made, claim};
use crate::prove::{Effort, Part, Proof, prove, side};

/// A member that may be `null`, with annotations at it and below it: `null` taken into `type`.
fn flat() -> Value {
    json!({"type": "object", "properties": {"at": {
        "description": "Where.",
        "type": ["object", "null"],
        "properties": {"name": {"title": "Name", "type": "string"}, "list": {"type": "array", "items": {"title": "Item", "type": "integer"}}},
        "additionalProperties": false
    }}, "additionalProperties": false})
}

/// The same with an alternative to `null`, by `keyword`, with `null` first or last.
fn alternative(keyword: &str, null_first: bool) -> Value {
    let mut schema = flat();
    let mut at = schema["properties"]["at"].take();
    at["type"] = json!("object");
    let description = at.as_object_mut().and_then(|at| at.shift_remove("description"));
    let reference = json!({"$ref": "#/$defs/At"});
    let nothing = json!({"type": "null"});
    let branches = if null_first { json!([nothing, reference]) } else { json!([reference, nothing]) };
    schema["properties"]["at"] = json!({"description": description, keyword: branches});
    schema["$defs"] = json!({"At": at});
    schema
}

fn proof(source: &Value, re_export: Value) -> Proof {
    let validator = side::validator(source).expect("a schema");
    let mut subject = Made(re_export, |value: &Value| match validator.validate(value) {
        Ok(()) => Ok(value.clone()),
        Err(error) => Err(error.to_string()),
    });
    prove(&claim(source.clone()), &mut subject, &Effort { valid: 20, near_miss: 20, ..EFFORT })
}

/// An edit of a place, and the message that it must give.
type Edit<'a> = (&'a str, &'a dyn Fn(&mut Value));

#[test]
fn null_as_an_alternative_is_the_same_as_null_in_the_type() {
    let forms = [flat(), alternative("anyOf", false), alternative("oneOf", false), alternative("oneOf", true)];
    for source in &forms {
        for re_export in &forms {
            let proof = proof(source, re_export.clone());
            let findings = proof.findings.iter().filter(|finding| !finding.message.contains("is to be refused"));
            assert_eq!(findings.collect::<Vec<_>>(), Vec::<&_>::new(), "{source} {re_export}");
            // The root, `at`, `name`, `list` and its items; where there is an alternative, that and `null` besides.
            assert!(proof.visited.places >= 5, "{source}: {}", proof.visited.places);
        }
    }
}

#[test]
fn what_is_said_below_an_alternative_to_null_is_compared_both_ways() {
    let forms = [flat(), alternative("anyOf", false), alternative("oneOf", true)];
    let places = |schema: &mut Value, edit: &dyn Fn(&mut Value)| match schema.get_mut("$defs") {
        Some(definitions) => edit(&mut definitions["At"]),
        None => edit(&mut schema["properties"]["at"]),
    };
    for source in &forms {
        for re_export in &forms {
            let edits: [Edit<'_>; 3] = [
                ("changes `title`", &|at| at["properties"]["name"]["title"] = json!("Other")),
                ("adds `default`", &|at| at["properties"]["list"]["items"]["default"] = json!(1)),
                ("reorders `properties`", &|at| {
                    let name = at["properties"].as_object_mut().and_then(|properties| properties.shift_remove("name"));
                    at["properties"]["name"] = name.expect("it was there");
                }),
            ];
            for (message, edit) in edits {
                let mut edited = re_export.clone();
                places(&mut edited, edit);
                let proof = proof(source, edited);
                let said: Vec<&str> = proof
                    .findings
                    .iter()
                    .filter(|finding| finding.part == Part::Annotations)
                    .map(|finding| finding.message.as_str())
                    .collect();
                assert!(matches!(said.as_slice(), [said] if said.contains(message)), "{message}: {said:?}");
            }
        }
    }
}

#[test]
fn what_the_alternative_null_says_itself_is_not_lost() {
    let mut source = alternative("anyOf", false);
    source["properties"]["at"]["anyOf"][1]["title"] = json!("Nowhere");
    for re_export in [flat(), alternative("oneOf", true)] {
        let proof = proof(&source, re_export);
        let [finding] =
            proof.findings.iter().filter(|finding| finding.part == Part::Annotations).collect::<Vec<_>>()[..]
        else {
            panic!("{proof:?}")
        };
        assert_eq!(finding.pointer, "/properties/at/anyOf/1");
        assert!(finding.message.contains("drops `title`"), "{finding}");
    }
}
