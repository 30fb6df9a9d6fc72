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

use typeproof::prove::{Effort, Part, prove};

use code_mutations::{Mutant, mutants};

const EFFORT: Effort = Effort { seed: 1, valid: 300, near_miss: 300 };

#[test]
fn every_mutant_of_the_code_is_found_and_the_code_itself_is_not() {
    let tree = harness::generation().tree;
    let mutants = mutants(&tree);
    let mut crates = vec![("original".to_owned(), tree)];
    crates.extend(mutants.iter().enumerate().map(|(index, mutant)| (format!("mutant_{index}"), mutant.tree.clone())));
    let mut probe = harness::probe(&crates);
    let claim = harness::claim();

    let original = prove(&claim, &mut probe.subject("original"), &EFFORT);
    assert!(original.holds(), "the code as generated must be proved: {original:?}");

    let mut wrong = String::new();
    let mut found = [0; 3];
    for (Mutant { what, seen_in, .. }, (name, _)) in mutants.iter().zip(crates.iter().skip(1)) {
        let proof = prove(&claim, &mut probe.subject(name), &EFFORT);
        let red = |part| !proof.part_holds(part);
        let parts = [Part::Sets, Part::Annotations, Part::Behaviour];
        for (count, part) in found.iter_mut().zip(parts) {
            *count += usize::from(red(part));
        }
        for part in seen_in.iter().filter(|part| !red(**part)) {
            let _ = writeln!(wrong, "{what}: not found in {part}; {:?}", proof.findings);
        }
    }
    println!("{} mutants of the code; red by sets, annotations, behaviour: {found:?}", mutants.len());
    assert!(mutants.len() > 60, "only {} mutants were made", mutants.len());
    assert!(wrong.is_empty(), "{wrong}");
}
