//! A probe holds the types that it was built of, whatever has been built in its workshop since.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use tempfile::TempDir;
use typeproof::Generation;
use typeproof::prove::{Crate, Holds, Probe, Subject, Workshop, claims};

/// The crate of the schema `text`, whose type is `it::It`.
fn generation(text: &str) -> Generation {
    let folder = TempDir::new().expect("a folder");
    harness::sources::generated(folder.path(), &[("it".to_owned(), text.to_owned())], "")
}

/// Whether `it::It` of `generation`, compiled in the shared workshop, accepts a string and accepts a number.
fn accepts(generation: &Generation) -> [bool; 2] {
    let (folder, lock) = (harness::folder(), harness::repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: true };
    let holds: Holds = claims(generation).iter().collect();
    let crates = [Crate { name: "same", tree: &generation.tree, holds: &holds }];
    let mut probe = Probe::start(&crates, &workshop).unwrap_or_else(|errors| panic!("{errors}"));
    let readings = probe.subject("same").read("it::It", &["\"x\"", "1"]).expect("the probe answers");
    [0, 1].map(|index| readings.get(index).expect("a reading for each text").from_str.is_ok())
}

#[test]
fn the_crate_of_an_earlier_probe_is_not_taken_for_that_of_a_later_one() {
    let (text, number) = (generation(r#"{"type": "string"}"#), generation(r#"{"type": "number"}"#));
    for _ in 0..2 {
        assert_eq!(accepts(&text), [true, false]);
        assert_eq!(accepts(&number), [false, true]);
    }
}
