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

use typeproof::Generation;
use typeproof::prove::{Claim, Effort, Part, Verdict};

use code_mutations::{Mutant, of_vendored_schema};

const EFFORT: Effort = Effort { seed: 1, valid: 100, near_miss: 100 };

#[test]
fn every_mutant_of_the_vendored_type_is_found_and_the_type_itself_is_not() {
    let generation = harness::generation();
    every_mutant_is_found(&generation, &of_vendored_schema(&generation.tree), 110);
}

/// Proves the generated code and each mutant of it: the first has to hold, and the others to fail by the right parts.
fn every_mutant_is_found(generation: &Generation, mutants: &[Mutant], least: usize) {
    let claim = harness::root_claim(generation);
    let mut crates = vec![("original".to_owned(), generation.tree.clone())];
    crates.extend(mutants.iter().enumerate().map(|(index, mutant)| (format!("mutant_{index}"), mutant.tree.clone())));
    let claims: Vec<(String, Claim)> = crates.iter().map(|(name, _)| (name.clone(), claim.clone())).collect();
    let proofs = harness::proofs(&crates, &claims, &EFFORT);
    let (original, proofs) = proofs.split_first().expect("a proof of the code itself");
    assert!(original.holds(), "the code as generated must be proved: {original:?}");

    let (mut score, mut wrong) = (harness::Score::default(), String::new());
    for (Mutant { class, what, seen_in, .. }, proof) in mutants.iter().zip(proofs) {
        let missed: Vec<&Part> = seen_in.iter().filter(|part| proof.verdict_on(**part) != Verdict::Refuted).collect();
        for part in &missed {
            let _ = writeln!(wrong, "{what}: not found in {part}; {:?}", proof.findings);
        }
        score.add(class, missed.is_empty(), proof);
    }
    println!("\nmutants of the code of {}:\n{score}", claim.type_path);
    assert!(wrong.is_empty(), "{wrong}");
    assert!(score.all() >= least, "only {} mutants were made", score.all());
}
