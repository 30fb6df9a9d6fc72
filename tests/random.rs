//! Schemas that nobody wrote: generating types from them ends without a panic, what is generated compiles without a
//! warning, and the types agree with the validator on generated values.
//!
//! Every case has a seed, its number. `TYPEPROOF_RANDOM=4711..4712` tries that one alone, `TYPEPROOF_RANDOM=0..100000`
//! many more than are tried otherwise.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails by panicking says where"
)]

mod harness;

#[path = "random/dialects.rs"]
mod dialects;
#[path = "random/model.rs"]
mod model;
#[path = "random/mutate.rs"]
mod mutate;
#[path = "random/pools.rs"]
mod pools;
#[path = "random/sample.rs"]
mod sample;
#[path = "random/schemas.rs"]
mod schemas;
#[path = "random/strict.rs"]
mod strict;
#[path = "random/trial.rs"]
mod trial;

use std::ops::Range;

use harness::corpus::corpus;
use trial::Words;

/// The seeds that are tried when nothing else is asked for.
const SEEDS: Range<u64> = 0..5000;

/// The seeds to try.
fn seeds() -> Range<u64> {
    let Ok(asked) = std::env::var("TYPEPROOF_RANDOM") else { return SEEDS };
    let range = asked.split_once("..").and_then(|(start, end)| Some(start.parse().ok()?..end.parse().ok()?));
    range.unwrap_or_else(|| panic!("TYPEPROOF_RANDOM is `{asked}`; write a range of seeds, as in 0..100000"))
}

#[test]
fn random_schemas_generate_types() {
    let generated = trial::all(seeds(), Words::OfTheDialect, schemas::schema);
    assert!(100 * generated >= 99 * (seeds().end - seeds().start), "only {generated} of {:?} generate types", seeds());
}

#[test]
fn mutations_of_others_schemas_generate_types_or_diagnostics() {
    let Some(folder) = corpus("kong-json-schema") else { return };
    let bundles = mutate::bundles(&folder);
    assert!(bundles.len() > 900, "only {} schemas", bundles.len());
    let generated = trial::all(seeds(), Words::Any, |seed| mutate::mutation(&bundles, seed));
    // Most mutations make schemas that no dialect allows; the others must be many enough to be tried.
    assert!(4 * generated >= seeds().end - seeds().start, "only {generated} of {:?} generate types", seeds());
}

#[test]
fn types_of_random_schemas_compile_without_a_warning_and_agree_with_the_validator() {
    let generations = sample::generations(seeds().start);
    let warnings: Vec<String> = generations.iter().filter_map(|generation| sample::compile(generation).err()).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n"));
    let wrong = sample::disagreements(&generations);
    let shown: Vec<&str> = wrong.iter().take(trial::SHOWN).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} types are wrong, such as\n{}", wrong.len(), shown.join("\n\n"));
}
