//! A generated type and an instance -> what reading and writing it takes, against the other ways to do that.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;
use typeproof::Generation;
use typeproof::diagnostic::{Diagnostic, Result};
use typeproof::prove::{Claim, listed_claims};

use super::bundle::{Bundle, bundle};
use super::table::{Amount, Row, median};
use super::theirs::{self, THEIRS};
use super::workshop::{Package, Workshop, run};

/// What programs that read depend on, beside the types. Validators at run time and at compile time are of one version: the last
/// whose macros are published.
pub(crate) const DEPENDENCIES: &str = "\
    chrono = { version = \"0.4\", default-features = false, features = [\"serde\"] }\n\
    jsonschema = { version = \"0.60\", default-features = false, features = [\"macros\"] }\n\
    serde = { version = \"1.0\", features = [\"derive\"] }\n\
    serde_json = \"1.0\"\n";

/// Other parsers of JSON.
const PARSERS: &str = "simd-json = \"0.19\"\nsonic-rs = \"0.5\"\n";

/// How the program calls our way and another, and what the other is.
const WAYS: [(&str, &str, &str); 6] = [
    ("ours", "hand", "hand-written struct"),
    ("ours", "typify", "typify's type"),
    ("ours", "validator", "Value, then validator"),
    ("ours", "compiled", "Value, then compiled validator"),
    ("ours by sonic-rs", "hand by sonic-rs", "hand-written struct, both by sonic-rs"),
    ("ours by simd-json", "hand by simd-json", "hand-written struct, both by simd-json"),
];

/// What is read and written.
pub(crate) struct Task<'a> {
    /// What it is called in the table.
    pub(crate) called: &'a str,
    /// Our type, `module::Type`.
    pub(crate) type_path: &'a str,
    /// The text of the module with the struct `Hand`.
    pub(crate) hand: &'a str,
    pub(crate) instance: &'a Value,
}

/// Builds the program for `task` and runs it.
///
/// # Errors
///
/// When there is no such type, or the program cannot be built or refuses the instance.
pub(crate) fn rows(task: &Task<'_>, generation: &Generation, workshop: &mut Workshop) -> Result<Vec<Row>> {
    let text = task.instance.to_string();
    let program = program(task, &text, generation, workshop)?;
    let times = run(&mut Command::new(program))?;
    let times: BTreeMap<String, BTreeMap<String, Vec<f64>>> = serde_json::from_slice(&times).map_err(|error| {
        Diagnostic::error("", format!("the program wrote no times: {error}")).help("run it by hand")
    })?;
    let rows = times.into_iter().flat_map(|(done, times)| {
        let what = format!("{done} {}, {} bytes", task.called, text.len());
        let took = |way: &str| times.get(way).map(|times: &Vec<f64>| Amount::Seconds(median(times.clone()) / 1e9));
        let row = |(ours, way, against): (&str, &str, &str)| {
            Some(Row { what: what.clone(), against: against.to_owned(), ours: took(ours)?, theirs: took(way)? })
        };
        WAYS.into_iter().filter_map(row).collect::<Vec<_>>()
    });
    Ok(rows.collect())
}

fn program(
    task: &Task<'_>,
    text: &str,
    generation: &Generation,
    workshop: &mut Workshop,
) -> Result<std::path::PathBuf> {
    let claim = claim(generation, task.type_path)?;
    let bundle = bundle(&generation.sources);
    let dependencies = add_types(generation, &bundle, workshop)? + PARSERS;
    let schema = claim.schema.to_string();
    let main = include_str!("programs/reading.rs")
        .replace("OURS", &format!("ours::{}", task.type_path))
        .replace("THEIRS", their_type(generation, &bundle, task.type_path).unwrap_or_default())
        .replace("\"SCHEMA\"", &format!("{schema:?}"));
    for (path, text) in [("hand.rs", task.hand), ("instance.json", text), ("schema.json", &schema)] {
        workshop.write(&format!("reading/src/{path}"), text.as_bytes())?;
    }
    workshop.write("reading/src/turns.rs", include_bytes!("programs/turns.rs"))?;
    workshop.add(&Package { name: "reading", dependencies: &dependencies, file: "src/main.rs", text: &main })?;
    workshop.release("reading")
}

/// Writes both crates of types; what a program depends on that has these as `ours` and `by_typify`.
///
/// # Errors
///
/// When one of them cannot be had.
pub(crate) fn add_types(generation: &Generation, bundle: &Bundle, workshop: &mut Workshop) -> Result<String> {
    theirs::add_crates(generation, bundle, workshop)?;
    let ours = &generation.sources.package.name;
    Ok(format!(
        "{DEPENDENCIES}ours = {{ package = \"{ours}\", path = \"../{ours}\" }}\n{THEIRS} = {{ path = \"../{THEIRS}\" }}\n"
    ))
}

fn claim(generation: &Generation, type_path: &str) -> Result<Claim> {
    let claim = listed_claims(generation).into_iter().find(|claim| claim.type_path == type_path);
    let missing = || Diagnostic::error("", format!("nothing generates `{type_path}`")).help("its schema has changed");
    Ok(claim.ok_or_else(missing)?)
}

/// What typify calls the type that we call `type_path`.
pub(crate) fn their_type<'a>(generation: &Generation, bundle: &'a Bundle, type_path: &str) -> Option<&'a str> {
    let called = |(module, name): (&str, &str)| format!("{module}::{name}") == type_path;
    let mut definitions = generation.plan.definitions();
    let (_, definition) = definitions.find(|(module, definition)| called((&module.name, &definition.name)))?;
    bundle.names.get(&(definition.document, definition.pointer.clone())).map(String::as_str)
}
