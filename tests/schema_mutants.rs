//! The proof is proved: every change of the schema that changes what it accepts or says turns it red, and none else.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails by panicking says where"
)]

mod harness;
mod schema_mutations;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jsonschema::canonical::{CanonicalSchema, Satisfiability};
use serde_json::{Map, Value};
use typeproof::prove::{Claim, Effort, Part, Proof, prove};
use typeproof::vocabulary::{self, Role};

use schema_mutations::{Mutant, mutants};

const EFFORT: Effort = Effort { seed: 1, valid: 300, near_miss: 300 };

#[test]
fn a_mutant_of_the_schema_is_found_if_and_only_if_it_accepts_or_says_something_else() {
    let claim = harness::claim();
    let mut probe = harness::probe(&[("original".to_owned(), harness::generation().tree)]);
    let mut subject = probe.subject("original");
    let mutants = mutants(&claim.schema);
    let mut wrong = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for Mutant { what, schema } in &mutants {
        let accepts = !equal(&claim.schema, schema);
        let says = said(&claim.schema) != said(schema);
        let proof = prove(&Claim { schema: schema.clone(), ..claim.clone() }, &mut subject, &EFFORT);
        for part in [Part::Sets, Part::Annotations, Part::Behaviour] {
            let expected = if part == Part::Annotations { says } else { accepts };
            if proof.part_holds(part) == expected {
                let _ = writeln!(wrong, "{what}: {part} should be {}: {}", colour(expected), findings(&proof));
            }
        }
        let kind = match (accepts, says) {
            (true, _) => "accepts something else",
            (false, true) => "says something else",
            (false, false) => "changes nothing",
        };
        *counts.entry(kind).or_default() += 1;
    }
    println!("{} mutants of the schema: {counts:?}", mutants.len());
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(counts.len(), 3, "a kind of mutant is missing: {counts:?}");
}

fn colour(red: bool) -> &'static str {
    if red { "red" } else { "green" }
}

fn findings(proof: &Proof) -> String {
    proof.findings.iter().map(|finding| format!("\n    {finding}")).collect()
}

/// Whether both schemas are shown to accept the same values, without any code of the proof.
fn equal(one: &Value, other: &Value) -> bool {
    let canonical = |schema| {
        let options = jsonschema::canonical::options().with_draft(jsonschema::Draft::Draft202012);
        options.should_validate_formats(true).canonicalize(schema).expect("a mutant is a schema")
    };
    let (one, other) = (canonical(one), canonical(other));
    let is_covered = |one: &CanonicalSchema, by: &CanonicalSchema| {
        one.subtract(by).is_ok_and(|difference| difference.satisfiability() == Satisfiability::No)
    };
    is_covered(&one, &other) && is_covered(&other, &one)
}

/// What a schema says at each of its places without refusing anything, and the order of its properties.
fn said(schema: &Value) -> BTreeMap<String, (Map<String, Value>, Vec<String>)> {
    let places = vocabulary::subschemas(schema, "").into_iter().map(|(pointer, schema)| {
        let keywords = schema.as_object().into_iter().flatten();
        let said = keywords.filter(|(keyword, value)| match vocabulary::role(keyword) {
            Role::Annotation => true,
            _ => *keyword == "format" && *value != "date-time",
        });
        let said = said.map(|(keyword, value)| (keyword.clone(), value.clone())).collect();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        (pointer, (said, properties.map(|(name, _)| name.clone()).collect::<Vec<_>>()))
    });
    places
        .filter(|(_, (said, properties)): &(_, (Map<_, _>, Vec<_>))| !said.is_empty() || !properties.is_empty())
        .collect()
}
