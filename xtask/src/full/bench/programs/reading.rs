//! An instance, by each of the ways to read and to write it -> their times as JSON.

mod hand;
mod turns;

use std::collections::BTreeMap;
use std::hint::black_box;

use hand::Hand;
use serde_json::{Value, from_str, json, to_string};

const INSTANCE: &str = include_str!("instance.json");
const SCHEMA: &str = include_str!("schema.json");
const ROUNDS: usize = 201;

type Ours = OURS;
type Theirs = by_typify::THEIRS;

#[jsonschema::validator(schema = "SCHEMA", validate_formats = true)]
struct Compiled;

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
        ],
        ROUNDS,
    );
    let ours: Ours = from_str(INSTANCE).expect("valid");
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
