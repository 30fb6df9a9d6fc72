//! Whatever the schema, the proof comes to an end by a count of steps; and what it does not decide is neither proved nor
//! refuted.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{EFFORT, Made, claim, side};
use crate::prove::cases::{self, Case, Cases};
use crate::prove::near_miss::nodes;
use crate::prove::{Effort, Part, Proof, Report, Verdict, prove};

/// The proof that a type which takes what `source` accepts, and says that it is `re_export`, is `source`.
fn proof(source: &Value, re_export: &Value) -> Proof {
    let validator = side::validator(source).expect("a schema");
    let mut subject = Made(re_export.clone(), |value: &Value| match validator.validate(value) {
        Ok(()) => Ok(value.clone()),
        Err(error) => Err(error.to_string()),
    });
    prove(&claim(source.clone()), &mut subject, &Effort { valid: 20, near_miss: 20, ..EFFORT })
}

#[test]
fn what_the_sets_do_not_decide_is_undecided_until_a_value_refutes_it() {
    let pattern = |pattern: &str| json!({"type": "string", "pattern": pattern});
    let open = proof(&pattern("^a+$"), &pattern("^aa*$"));
    assert_eq!(open.verdict_on(Part::Sets), Verdict::Undecided, "{open:?}");
    assert_eq!((open.visited.empty_differences, open.visited.undecided_differences), (0, 2));
    assert!(!open.holds() && !open.part_holds(Part::Sets) && open.part_holds(Part::Behaviour), "{open:?}");
    let messages: Vec<&str> = open.undecided.iter().map(|finding| finding.message.as_str()).collect();
    assert!(messages.iter().all(|message| message.starts_with("it is not decided whether")), "{messages:?}");

    let refuted = proof(&pattern("^a+$"), &pattern("^a*$"));
    assert_eq!((refuted.verdict_on(Part::Sets), refuted.verdict()), (Verdict::Refuted, Verdict::Refuted));
    let sets: Vec<_> = refuted.findings.iter().filter(|finding| finding.part == Part::Sets).collect();
    assert_eq!(sets.iter().map(|finding| finding.witness.as_deref()).collect::<Vec<_>>(), [Some("\"\"")]);

    let report = Report { proofs: vec![open, proof(&pattern("^a+$"), &pattern("^a+$")), refuted] };
    let counts = [Verdict::Proved, Verdict::Undecided, Verdict::Refuted].map(|verdict| report.count(verdict));
    assert_eq!((report.holds(), counts), (false, [1, 1, 1]));
    let text = report.to_string();
    assert!(text.contains("1 of 3 types proved, 1 undecided, 1 refuted"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("undecided") && line.contains("undecided (not shown equal)")));
}

#[test]
fn a_schema_for_which_no_value_is_found_is_undecided() {
    // A string of this pattern is hardly found by chance, and whether there is one the sets do not say.
    let schema = json!({"type": "string", "pattern": "^(?=.*7)(?=.*q)(?=.*Z)[^ ]{9}$"});
    let proof = proof(&schema, &schema);
    assert_eq!((proof.visited.valid, proof.verdict_on(Part::Behaviour)), (0, Verdict::Undecided), "{proof:?}");
    assert!(proof.findings.iter().all(|finding| finding.message.contains("is to be refused")), "{proof:?}");
}

fn collected(schema: &Value) -> Cases {
    collected_with(schema, &Effort { nodes: 600_000, ..Effort::of(1, 20) })
}

fn collected_with(schema: &Value, effort: &Effort) -> Cases {
    let sides = side::Sides::new(schema, schema, &BTreeSet::new()).expect("a schema");
    cases::collect(&sides, effort)
}

#[test]
fn less_effort_tries_fewer_cases_and_no_fewer_than_are_wanted() {
    let properties: Map<String, Value> =
        (0..100).map(|index| (format!("member{index}"), json!({"type": "string", "minLength": 1}))).collect();
    let schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
    let [much, little] =
        [1000, 20].map(|values| collected_with(&schema, &Effort { valid: 20, near_miss: 20, ..Effort::of(1, values) }));
    let count = |cases: &Cases| cases.near_miss.len() + cases.texts.len();
    assert!(count(&little) * 2 < count(&much), "{} of {}", count(&little), count(&much));
    assert!(little.left_out > much.left_out);
    assert!(little.near_miss.len() >= 20 && little.valid.len() >= 20 && !little.texts.is_empty());
}

fn values(cases: &[Case]) -> Vec<&Value> {
    cases.iter().filter_map(|case| case.value.as_ref()).collect()
}

#[test]
fn the_cases_of_a_wide_object_are_chosen_from_and_the_rest_is_counted() {
    let properties: Map<String, Value> =
        (0..800).map(|index| (format!("member{index}"), json!({"type": "integer"}))).collect();
    let wide = json!({"type": "object", "properties": properties, "additionalProperties": false});
    let cases = collected(&wide);
    let size = |cases: &[Case]| values(cases).into_iter().map(nodes).sum::<usize>();
    assert!(size(&cases.near_miss) + size(&cases.valid) < 2_000_000 && size(&cases.texts) < 2_000_000);
    assert!(cases.left_out > 10_000, "{}", cases.left_out);
    // Of those that are left, each kind is there: a member less, one renamed, one more, one of another type.
    let without = |case: &&Value| case.as_object().is_some_and(|members| members.len() == 799);
    let renamed = |case: &&Value| {
        case.get(" member7").is_some()
            || case.as_object().is_some_and(|all| all.keys().any(|name| name.starts_with("Member")))
    };
    assert!(values(&cases.valid).iter().any(without) && values(&cases.near_miss).iter().any(renamed));
    assert!(
        values(&cases.near_miss)
            .iter()
            .any(|case| case.as_object().is_some_and(|all| all.values().any(Value::is_null)))
    );
    assert_eq!(collected(&json!({"type": "object", "properties": {"a": {"type": "string"}}})).left_out, 0);
}

#[test]
fn values_of_a_recursive_schema_stay_small_and_still_nest() {
    let node = json!({"type": "object", "required": ["list"], "properties": {
        "list": {"type": "array", "items": {"$ref": "#/$defs/node"}},
        "map": {"type": "object", "additionalProperties": {"$ref": "#/$defs/node"}},
        "next": {"$ref": "#/$defs/node"}
    }});
    let cases = collected(&json!({"$ref": "#/$defs/node", "$defs": {"node": node}}));
    let largest = values(&cases.valid).into_iter().map(nodes).max();
    assert!(largest.is_some_and(|largest| (100..2000).contains(&largest)), "{largest:?}");
    let nests = |value: &&Value| value.pointer("/next/list/0/map").is_some();
    assert!(values(&cases.valid).iter().any(nests));
}

/// A chain of definitions, each of which refers twice to the next.
fn doubling(length: usize) -> Value {
    let mut definitions = json!({"D0": {"type": "string"}});
    for number in 1..length {
        let below = json!({"$ref": format!("#/$defs/D{}", number - 1)});
        definitions[format!("D{number}")] =
            json!({"type": "object", "properties": {"a": below, "b": below}, "additionalProperties": false});
    }
    json!({"$ref": format!("#/$defs/D{}", length - 1), "$defs": definitions})
}

#[test]
fn a_schema_that_doubles_with_each_definition_is_decided_up_to_a_depth_and_then_left_open() {
    for length in [10, 60] {
        let schema = doubling(length);
        let proof = proof(&schema, &schema);
        assert_eq!(proof.visited.empty_differences, 2, "{length}: {:?}", proof.undecided);
    }
    let schema = doubling(800);
    let mut respelled = schema.clone();
    respelled["$defs"]["D0"]["type"] = json!(["string"]);
    let open = proof(&schema, &respelled);
    assert_eq!((open.verdict_on(Part::Sets), open.visited.undecided_differences), (Verdict::Undecided, 2));
    assert!(open.undecided.iter().all(|finding| finding.message.contains("lie within each other")), "{open:?}");
    // What cannot be compared as sets is refuted by values all the same.
    let mut other = schema.clone();
    other["$defs"]["D799"]["required"] = json!(["a"]);
    assert_eq!(proof(&schema, &other).verdict_on(Part::Sets), Verdict::Refuted);
}

#[test]
fn what_the_canonical_form_panics_at_refutes_nothing_and_values_are_tried_all_the_same() {
    let schema = |least: &str| -> Value {
        let schema = format!(r#"{{"items": {{"minimum": {least}, "multipleOf": 1e300}}}}"#);
        serde_json::from_str(&schema).expect("JSON")
    };
    let proof = proof(&schema("1.0"), &schema("1"));
    assert_eq!(proof.findings, [], "{proof:?}");
    assert!(proof.visited.valid > 0 && proof.visited.near_miss > 0, "{proof:?}");
}
