//! The repository's own types are proved, with the full effort.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails by panicking says where"
)]

mod harness;

use typeproof::prove::{Effort, Workshop, claims, prove_all};

#[test]
fn every_generated_type_is_proved() {
    let (folder, lock) = (harness::folder(), harness::repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: true };
    let effort = Effort::default();
    let generation = harness::generation();
    let report = prove_all(&generation, &claims(&generation), &workshop, &effort, &mut ());
    let report = report.unwrap_or_else(|errors| panic!("{errors}"));
    println!("{report}");
    assert!(report.holds(), "{report}");
    for proof in &report.proofs {
        assert!(proof.visited.valid >= effort.valid && proof.visited.near_miss >= effort.near_miss, "{report}");
    }
}

#[test]
fn nothing_visited_is_nothing_proved() {
    let mut generation = harness::generation();
    generation.plan.modules.clear();
    let (folder, lock) = (harness::folder(), harness::repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: true };
    let report = prove_all(&generation, &claims(&generation), &workshop, &Effort::default(), &mut ());
    let report = report.unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(report.proofs, []);
    assert!(!report.holds(), "{report}");
    assert_eq!(report.to_string(), "Nothing was visited, so nothing is proved.");
}
