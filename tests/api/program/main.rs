//! What a consumer relies on: written against the types of `schemas.json`, and run.

#![deny(unfulfilled_lint_expectations)]

mod choices;
mod formats;
mod messages;
mod scalars;
mod structs;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

fn refusal<T: DeserializeOwned + Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).expect_err(text).to_string()
}

fn unwritable<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect_err("not to be written").to_string()
}

fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{message:?} does not say {part:?}");
    }
}

fn main() {
    scalars::all();
    structs::all();
    messages::all();
    choices::all();
    formats::all();
}
