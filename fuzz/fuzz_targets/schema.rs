//! Any bytes as a schema in JSON, read in the dialect that the first of them chooses: types are generated, or there are
//! diagnostics.
#![no_main]

mod source;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| source::generate("schema.json", bytes));
