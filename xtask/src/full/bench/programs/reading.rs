//! An instance, by each of the ways to read and to write it -> their times as JSON.

mod hand;
mod turns;

use std::collections::BTreeMap;
use std::hint::black_box;

use hand::Hand;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, json, to_string};

const INSTANCE: &str = include_str!("instance.json");
const SCHEMA: &str = include_str!("schema.json");
const ROUNDS: usize = 201;

type Ours = OURS;
type Theirs = by_typify::THEIRS;

#[jsonschema::validator(schema = "SCHEMA", validate_formats = true)]
struct Compiled;

fn by_sonic_rs<T: DeserializeOwned>(text: &str) -> T {
    sonic_rs::from_str(text).expect("valid")
}

/// It parses in place, of a copy here.
fn by_simd_json<T: DeserializeOwned>(text: &str) -> T {
    simd_json::from_slice(&mut text.as_bytes().to_vec()).expect("valid")
}

fn main() {
    let schema: Value = from_str(SCHEMA).expect("a schema");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let valid = |value: &Value| assert!(validator.is_valid(value));
    let read = turns::turns(
        &[
            ("ours", &|| drop(black_box(from_str::<Ours>(black_box(INSTANCE)).expect("valid")))),
            ("hand", &|| drop(black_box(from_str::<Hand>(black_box(INSTANCE)).expect("valid")))),
            ("typify", &|| drop(black_box(from_str::<Theirs>(black_box(INSTANCE)).expect("valid")))),
            ("validator", &|| valid(&from_str(black_box(INSTANCE)).expect("JSON"))),
            ("compiled", &|| assert!(Compiled::is_valid(&from_str(black_box(INSTANCE)).expect("JSON")))),
            ("ours by sonic-rs", &|| drop(black_box(by_sonic_rs::<Ours>(black_box(INSTANCE))))),
            ("hand by sonic-rs", &|| drop(black_box(by_sonic_rs::<Hand>(black_box(INSTANCE))))),
            ("ours by simd-json", &|| drop(black_box(by_simd_json::<Ours>(black_box(INSTANCE))))),
            ("hand by simd-json", &|| drop(black_box(by_simd_json::<Hand>(black_box(INSTANCE))))),
        ],
        ROUNDS,
    );
    let ours: Ours = from_str(INSTANCE).expect("valid");
    assert!(by_sonic_rs::<Ours>(INSTANCE) == ours && by_simd_json::<Ours>(INSTANCE) == ours);
    let written = to_string(&ours).expect("writable");
    assert_eq!(sonic_rs::to_string(&ours).expect("writable"), written);
    assert_eq!(simd_json::to_string(&ours).expect("writable"), written);
    let hand: Hand = from_str(INSTANCE).expect("valid");
    let theirs: Theirs = from_str(INSTANCE).expect("valid");
    let write = turns::turns(
        &[
            ("ours", &|| drop(black_box(to_string(black_box(&ours)).expect("writable")))),
            ("hand", &|| drop(black_box(to_string(black_box(&hand)).expect("writable")))),
            ("typify", &|| drop(black_box(to_string(black_box(&theirs)).expect("writable")))),
        ],
        ROUNDS,
    );
    let times = BTreeMap::from([("reading", read), ("writing", write)]);
    println!("{}", json!(times));
}
