//! A JSON text for each of many types, a line each -> what each writes of it.

use std::io::{self, BufRead as _};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What the type writes of a text that it reads.
type Both = fn(&str) -> Option<String>;

fn both<T: DeserializeOwned + Serialize>(text: &str) -> Option<String> {
    serde_json::to_string(&serde_json::from_str::<T>(text).ok()?).ok()
}

const TYPES: &[Both] = &[
    // types
];

fn main() {
    for (text, both) in io::stdin().lock().lines().map_while(Result::ok).zip(TYPES) {
        println!("{:?}", both(&text));
    }
}
