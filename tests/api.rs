//! What the public items of generated types promise, tried by a program that is written against them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::value::RawValue;
use tempfile::TempDir;
use typeproof::emit;

/// The files of the program.
const PROGRAM: [(&str, &str); 6] = [
    ("main.rs", include_str!("api/program/main.rs")),
    ("choices.rs", include_str!("api/program/choices.rs")),
    ("formats.rs", include_str!("api/program/formats.rs")),
    ("messages.rs", include_str!("api/program/messages.rs")),
    ("scalars.rs", include_str!("api/program/scalars.rs")),
    ("structs.rs", include_str!("api/program/structs.rs")),
];

#[test]
fn a_program_finds_what_it_relies_on() {
    let folder = TempDir::new().expect("a folder");
    let schemas: BTreeMap<String, Box<RawValue>> =
        serde_json::from_str(include_str!("api/schemas.json")).expect("JSON");
    let schemas: Vec<(String, String)> =
        schemas.into_iter().map(|(module, schema)| (module, schema.get().to_owned())).collect();
    let generation = harness::sources::generated(folder.path(), &schemas, "");
    emit::write(&generation.tree, &folder.path().join("types")).unwrap_or_else(|stopped| panic!("{stopped:?}"));
    fs::write(
        folder.path().join("Cargo.toml"),
        "[workspace]\n[package]\nname = \"consumer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [[bin]]\nname = \"consumer\"\npath = \"main.rs\"\n\n\
         [dependencies]\nserde = \"1.0\"\nserde_json = { version = \"1.0\", features = [\"float_roundtrip\"] }\n\
         types = { path = \"types\", package = \"hostile-types\" }\n",
    )
    .expect("the folder is writable");
    for (name, text) in PROGRAM {
        fs::write(folder.path().join(name), text).expect("the folder is writable");
    }
    fs::copy(harness::repository().join("Cargo.lock"), folder.path().join("Cargo.lock"))
        .expect("the folder is writable");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(&folder).args(["run", "--quiet", "--offline", "--target-dir"]);
    let output = cargo.arg(harness::folder().join("target")).output().expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
