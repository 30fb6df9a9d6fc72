//! The proof is proved: every change of the schema that changes what it accepts or says turns it red, and none else.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails by panicking says where"
)]

mod harness;
mod schema_mutations;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jsonschema::canonical::{CanonicalSchema, Satisfiability};
use serde_json::{Map, Value};
use typeproof::Generation;
use typeproof::prove::{Claim, Effort, Part, Proof, Shown, Verdict};
use typeproof::vocabulary::{self, Role};

use schema_mutations::{Mutant, mutants};

const EFFORT: Effort = Effort { nodes: 600_000, shown: Shown::First, ..Effort::of(1, 100) };

#[test]
fn a_mutant_of_the_vendored_schema_is_found_if_and_only_if_it_accepts_or_says_something_else() {
    every_mutant_is_seen_as_what_it_is(&harness::generation(), usize::MAX, 300);
}

/// Proves that the type generated from the schema is each mutant of it, up to `share` of each class, and expects that to
/// fail by the right parts.
fn every_mutant_is_seen_as_what_it_is(generation: &Generation, share: usize, least: usize) {
    let claim = harness::root_claim(generation);
    let mut mutants = mutants(&claim.schema);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    mutants.retain(|mutant| {
        let taken = taken.entry(mutant.class.clone()).or_default();
        *taken += 1;
        *taken <= share
    });
    let claims = mutants.iter().map(|mutant| Claim { schema: mutant.schema.clone(), ..claim.clone() });
    let claims: Vec<(String, Claim)> = claims.map(|claim| ("original".to_owned(), claim)).collect();
    let proofs = harness::proofs(&[("original".to_owned(), generation.tree.clone())], &claims, &EFFORT);

    let (mut score, mut wrong) = (harness::Score::default(), String::new());
    let mut kinds = BTreeSet::new();
    for (Mutant { class, what, schema }, proof) in mutants.iter().zip(&proofs) {
        let accepts = !equal(&asserting(&claim.schema, &claim), &asserting(schema, &claim));
        let refused: Vec<_> = refused(&claim.schema).into_iter().chain(refused(schema)).collect();
        let says = say_something_else(&said(&claim.schema, &claim, &refused), &said(schema, &claim, &refused));
        let expected = [(Part::Sets, accepts), (Part::Annotations, says), (Part::Behaviour, accepts)];
        let colour = |red: bool| if red { Verdict::Refuted } else { Verdict::Proved };
        let missed: Vec<_> = expected.iter().filter(|(part, red)| proof.verdict_on(*part) != colour(*red)).collect();
        for (part, red) in &missed {
            let _ = writeln!(wrong, "{what}: {part} should be {:?}: {}", colour(*red), findings(proof));
        }
        score.add(class, missed.is_empty(), proof);
        kinds.insert((accepts, says));
    }
    println!("\nmutants of the schema of {}:\n{score}", claim.type_path);
    assert!(wrong.is_empty(), "{wrong}");
    assert!(score.all() >= least, "only {} mutants were made", score.all());
    assert_eq!(kinds.len(), 4, "no mutant that changes nothing, or no other of the four kinds: {kinds:?}");
}

fn findings(proof: &Proof) -> String {
    proof.findings.iter().chain(&proof.undecided).map(|finding| format!("\n    {finding}")).collect()
}

/// `schema` with those formats only that the policy asserts.
fn asserting(schema: &Value, claim: &Claim) -> Value {
    let mut copy = schema.clone();
    for (pointer, _) in vocabulary::subschemas(schema, "") {
        if let Some(Value::Object(keywords)) = copy.pointer_mut(&pointer) {
            keywords.retain(|keyword, value| keyword != "format" || asserts(value, claim));
        }
    }
    copy
}

fn asserts(format: &Value, claim: &Claim) -> bool {
    format.as_str().is_some_and(|format| claim.asserted_formats.contains(format))
}

/// Whether both schemas are shown to accept the same values, without any code of the proof.
fn equal(one: &Value, other: &Value) -> bool {
    let canonical = |schema| {
        let options = jsonschema::canonical::options().with_draft(jsonschema::Draft::Draft202012);
        options.should_validate_formats(true).canonicalize(schema)
    };
    // What refers to nowhere is equal to nothing.
    let (Ok(one), Ok(other)) = (canonical(one), canonical(other)) else { return false };
    let is_covered = |one: &CanonicalSchema, by: &CanonicalSchema| {
        one.subtract(by).is_ok_and(|difference| difference.satisfiability() == Satisfiability::No)
    };
    is_covered(&one, &other) && is_covered(&other, &one)
}

/// By place: what a schema says there without refusing anything, and the order of its properties.
type Said = BTreeMap<String, (Map<String, Value>, Vec<String>)>;

/// The places of members that no value has: nothing that is said of them is said of a value.
fn refused(schema: &Value) -> Vec<String> {
    let is_member = |pointer: &str| pointer.rsplit_once('/').is_some_and(|(above, _)| above.ends_with("/properties"));
    let places = vocabulary::subschemas(schema, "").into_iter();
    let refused = places.filter(|(pointer, schema)| **schema == Value::Bool(false) && is_member(pointer));
    refused.map(|(pointer, _)| pointer).collect()
}

/// What `schema` says, but not of what is at or below the places that are `refused`.
fn said(schema: &Value, claim: &Claim, refused: &[String]) -> Said {
    let is_refused = |pointer: &str| {
        refused
            .iter()
            .any(|at| pointer.strip_prefix(at.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    let places = vocabulary::subschemas(schema, "").into_iter().filter(|(pointer, _)| !is_refused(pointer));
    let places = places.map(|(pointer, schema)| {
        let keywords = schema.as_object().into_iter().flatten();
        let said = keywords.filter(|(keyword, value)| match vocabulary::role(keyword) {
            Role::Annotation => true,
            _ => *keyword == "format" && !asserts(value, claim),
        });
        let said = said.map(|(keyword, value)| (keyword.clone(), value.clone())).collect();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let properties = properties.map(|(name, _)| name.clone());
        let properties = properties.filter(|name| !is_refused(&format!("{pointer}/properties/{name}"))).collect();
        (pointer, (said, properties))
    });
    places.collect()
}

/// Whether one of them says something at some place that the other does not, or orders otherwise what both have.
fn say_something_else(one: &Said, other: &Said) -> bool {
    let nothing = (Map::new(), Vec::new());
    let places: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    places.into_iter().any(|place| {
        let (said, properties) = one.get(place).unwrap_or(&nothing);
        let (other_said, others) = other.get(place).unwrap_or(&nothing);
        let shared = |names: &[String], by: &[String]| -> Vec<String> {
            names.iter().filter(|name| by.contains(name)).cloned().collect()
        };
        said != other_said || shared(properties, others) != shared(others, properties)
    })
}
