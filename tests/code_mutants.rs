//! The proof is proved: every change of the generated code that changes what it accepts, keeps or says turns it red.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails by panicking says where"
)]

mod code_mutations;
mod harness;

use std::fmt::Write as _;
use std::iter;

use tempfile::TempDir;
use typeproof::Generation;
use typeproof::prove::{Effort, Part, Proof, Shown, Verdict, prove};

use code_mutations::{Mutant, Together, made, of_vendored_schema, schemas};

/// Formats that the schemas of the second suite have, read by what each can be read by.
const POLICY: &str = "[source.policy.formats]\ndate = \"chrono\"\ndate-time = \"chrono\"\nipv4 = \"std\"\nipv6 = \"std\"\nuuid = \"string\"\n";

/// What the generated code itself is proved with, and each mutant that less does not show.
const EFFORT: Effort = Effort { nodes: 600_000, shown: Shown::First, ..Effort::of(1, 100) };
/// What shows most mutants.
const GLANCE: Effort = Effort { shown: Shown::First, ..Effort::of(1, 20) };

#[test]
fn every_mutant_of_the_vendored_type_is_found_and_the_type_itself_is_not() {
    let generation = harness::generation();
    let mutants = of_vendored_schema(&generation.tree);
    every_mutant_is_found(&[(generation, mutants)], 110);
}

#[test]
fn every_mutant_of_what_the_vendored_type_has_no_use_for_is_found() {
    let folder = TempDir::new().expect("a folder");
    let chosen = std::env::var("TYPEPROOF_MUTANTS").ok();
    let schemas = schemas().into_iter().filter(|(module, ..)| chosen.as_ref().is_none_or(|chosen| chosen == module));
    let generations = schemas.map(|(module, schema, mutations)| {
        let generation = harness::sources::generated(folder.path(), &[(module, schema)], POLICY);
        let mutants = made(&generation.tree, mutations);
        (generation, mutants)
    });
    let least = if chosen.is_some() { 1 } else { 170 };
    every_mutant_is_found(&generations.collect::<Vec<_>>(), least);
}

/// Proves the generated code and each mutant of it: the first has to hold, and the others to fail by the right parts.
fn every_mutant_is_found(all: &[(Generation, Vec<Mutant>)], least: usize) {
    let (mut held, mut expected) = (Together::default(), Vec::new());
    for (index, (generation, mutants)) in all.iter().enumerate() {
        held.add(&format!("mutants_{index}"), &generation.tree, mutants, &harness::root_claim(generation));
        expected.extend(iter::once(&[] as &[Part]).chain(mutants.iter().map(|mutant| mutant.seen_in)));
    }
    let proofs = harness::proofs_by(&held.crates, &held.claims, |number, claim, subject| {
        let glance = prove(claim, subject, &GLANCE);
        let seen_in = expected.get(number).copied().unwrap_or_default();
        let is_seen = !seen_in.is_empty() && missed(seen_in, &glance).is_empty();
        if is_seen { glance } else { prove(claim, subject, &EFFORT) }
    });
    let mut proofs = proofs.into_iter();
    let (mut score, mut wrong) = (harness::Score::default(), String::new());
    for (_, mutants) in all {
        let proofs: Vec<Proof> = proofs.by_ref().take(1 + mutants.len()).collect();
        let (original, proofs) = proofs.split_first().expect("a proof of the code itself");
        if !original.holds() {
            let _ = writeln!(wrong, "the code as generated must be proved: {original:?}");
        }
        score_all(mutants, proofs, &mut score, &mut wrong);
    }
    println!("\nmutants of the code:\n{score}");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(score.all() >= least, "only {} mutants were made", score.all());
}

/// The parts that should have seen a mutant, and have not.
fn missed(seen_in: &[Part], proof: &Proof) -> Vec<Part> {
    seen_in.iter().copied().filter(|part| proof.verdict_on(*part) != Verdict::Refuted).collect()
}

/// Adds each mutant to the score, and says what did not see it.
fn score_all(mutants: &[Mutant], proofs: &[Proof], score: &mut harness::Score, wrong: &mut String) {
    for (Mutant { class, what, seen_in, .. }, proof) in mutants.iter().zip(proofs) {
        let missed = missed(seen_in, proof);
        for part in &missed {
            let _ = writeln!(wrong, "{what}: not found in {part}; {:?}", proof.findings);
        }
        score.add(class, missed.is_empty(), proof);
    }
}
