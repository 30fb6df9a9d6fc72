//! Values of many types, by each of the ways to read them -> their times as JSON, by type.

mod turns;

use std::collections::BTreeMap;
use std::hint::black_box;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, json};

const INPUT: &str = include_str!("input.json");
const ROUNDS: usize = 21;

#[derive(Deserialize)]
struct Input {
    schema: Value,
    texts: Vec<String>,
}

/// Whether a text is a value of the type.
type Reads = fn(&str) -> bool;

fn reads<T: DeserializeOwned>(text: &str) -> bool {
    black_box(from_str::<T>(black_box(text))).is_ok()
}

/// The types: the path of ours, ours, and typify's.
const TYPES: &[(&str, Reads, Reads)] = &[
    // types
];

fn main() {
    let inputs: BTreeMap<String, Input> = from_str(INPUT).expect("what was written");
    let times: BTreeMap<&str, _> = TYPES.iter().map(|(path, ours, theirs)| (*path, measured(&inputs[*path], *ours, *theirs))).collect();
    println!("{}", json!(times));
}

fn measured(Input { schema, texts }: &Input, ours: Reads, theirs: Reads) -> BTreeMap<&'static str, Vec<f64>> {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).expect("a schema");
    let validates = |text: &str| validator.is_valid(&from_str(black_box(text)).expect("JSON"));
    let all = |reads: &dyn Fn(&str) -> bool| texts.iter().all(|text| reads(text));
    assert!(all(&ours) && all(&validates), "{schema}");
    let by_ours = || assert!(all(&ours));
    let by_validator = || assert!(all(&validates));
    let by_theirs = || assert!(all(&theirs));
    let mut ways: Vec<turns::Way<'_>> = vec![("ours", &by_ours), ("validator", &by_validator)];
    // typify's types refuse some of what is valid.
    if all(&theirs) {
        ways.push(("typify", &by_theirs));
    }
    turns::turns(&ways, ROUNDS)
}
