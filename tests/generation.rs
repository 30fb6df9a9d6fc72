//! What comes out of schemas that were made to catch a generator out: it compiles without a warning, with and without
//! the feature, so does its documentation, it needs no more crates than it has to, and its types are proved.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails by panicking says where"
)]

#[path = "generation/schemas.rs"]
mod schemas;

mod harness;

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use harness::sources::generated;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use typeproof::prove::{Claim, Effort, claims, listed_claims};
use typeproof::{Generation, emit};

const EFFORT: Effort = Effort { nodes: 600_000, ..Effort::of(1, 40) };

/// Types of which the set algebra cannot show what values of all kinds say and no value has contradicted: it does not see
/// through `not` in a schema that refers to itself.
const UNDECIDED: &[&str] =
    &["opaque_recursion::C", "opaque_recursion::OpaqueRecursion", "opaque_recursion::OpaqueRecursionObject"];

#[test]
fn every_type_of_hostile_schemas_is_proved() {
    let folder = TempDir::new().expect("a folder");
    let generation = generated(folder.path(), &schemas::schemas(), "");
    let claims = claims(&generation);
    every_claim_is_proved(&generation, &claims);
    assert!(claims.len() > 200, "only {} types were proved", claims.len());
}

#[test]
fn what_lies_inside_of_a_definition_has_a_claim_unless_only_listed_ones_are_wanted() {
    let inside = json!({"type": "object", "properties": {"inside": {"type": "object", "properties": {"a": {"type": "string"}}}}});
    let schema = json!({"$ref": "#/$defs/named", "$defs": {"named": inside}});
    let folder = TempDir::new().expect("a folder");
    let generation = generated(folder.path(), &[("outer".to_owned(), schema.to_string())], "");
    let sources = |claims: Vec<Claim>| claims.into_iter().map(|claim| claim.source).collect::<Vec<_>>();
    let listed = ["outer.json#", "outer.json#/$defs/named"];
    assert_eq!(sources(listed_claims(&generation)), listed);
    assert_eq!(sources(claims(&generation)), [&listed[..], &["outer.json#/$defs/named/properties/inside"]].concat());
}

#[test]
fn every_format_that_a_policy_can_read_is_proved() {
    let types = |choices: &[(&str, &str)]| {
        let folder = TempDir::new().expect("a folder");
        let formats: Map<String, Value> = choices
            .iter()
            .flat_map(|(format, _)| {
                let alone = json!({"type": ["string", "null"], "format": format, "title": format});
                let ruled = json!({"type": "string", "format": format, "maxLength": 36, "pattern": "1"});
                let unique =
                    json!({"type": "array", "items": {"type": "string", "format": format}, "uniqueItems": true});
                [("alone", alone), ("ruled", ruled), ("unique", unique)]
                    .map(|(name, of)| (format!("{format} {name}"), of))
            })
            .collect();
        let schema = json!({"type": "object", "properties": formats}).to_string();
        let policy: String = choices.iter().map(|(format, of)| format!("{format} = \"{of}\"\n")).collect();
        let policy = format!("[source.policy.formats]\n{policy}");
        let generation = generated(folder.path(), &[("formats".to_owned(), schema)], &policy);
        every_claim_is_proved(&generation, &claims(&generation));
    };
    types(&[("date", "chrono"), ("date-time", "chrono"), ("ipv4", "std"), ("ipv6", "std"), ("uuid", "string")]);
    types(&[("ipv4", "string"), ("ipv6", "string")]);
}

/// Proves each of `claims` about the types of `generation`.
fn every_claim_is_proved(generation: &Generation, claims: &[Claim]) {
    let crates = [("subject".to_owned(), generation.tree.clone())];
    let named: Vec<(String, Claim)> = claims.iter().map(|claim| ("subject".to_owned(), claim.clone())).collect();
    let mut wrong = String::new();
    for (claim, proof) in claims.iter().zip(harness::proofs(&crates, &named, &EFFORT)) {
        let expected = UNDECIDED.contains(&claim.type_path.as_str());
        for finding in proof.findings.iter().chain(proof.undecided.iter().filter(|_| !expected)) {
            let _ = writeln!(wrong, "{}: {finding}", claim.type_path);
        }
        if expected && proof.undecided.is_empty() {
            let _ = writeln!(wrong, "{}: is decided; take it off the list", claim.type_path);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_crate_of_hostile_schemas_compiles_alone_without_a_warning_and_so_do_its_docs() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("crate");
    emit::write(&generated(folder.path(), &schemas::schemas(), "").tree, &out)
        .unwrap_or_else(|stopped| panic!("{stopped:?}"));
    fs::copy(harness::repository().join("Cargo.lock"), out.join("Cargo.lock")).expect("the folder is writable");
    // Both commands give `-D warnings` to this crate alone, so that others need not be built again.
    for command in [&["rustc", "--lib"][..], &["rustc", "--lib", "--features", "schemars"], &["rustdoc", "--lib"]] {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&out).args(command).args(["--quiet", "--offline", "--target-dir"]);
        cargo.arg(harness::folder().join("target")).args(["--", "-D", "warnings"]);
        let output = cargo.output().expect("cargo can be run");
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_crate_depends_on_what_its_types_need_and_on_no_more() {
    let dependencies = |schema: &str| {
        let folder = TempDir::new().expect("a folder");
        let generation = generated(folder.path(), &[("only".to_owned(), schema.to_owned())], "");
        let cargo = String::from_utf8(generation.tree.get("Cargo.toml").expect("a manifest").to_vec()).expect("UTF-8");
        let cargo: toml::Table = cargo.parse().expect("TOML");
        let dependencies = cargo["dependencies"].as_table().expect("a table").iter();
        let always = dependencies.filter(|(_, dependency)| dependency.get("optional").is_none());
        let mut needed: Vec<String> = always.map(|(name, _)| name.clone()).collect();
        let mut on = vec!["default"];
        while let Some(feature) = on.pop() {
            match feature.strip_prefix("dep:") {
                Some(name) => needed.push(name.to_owned()),
                None => on.extend(
                    cargo["features"][feature].as_array().expect("a list").iter().filter_map(toml::Value::as_str),
                ),
            }
        }
        needed.sort();
        needed
    };
    assert_eq!(
        dependencies(r#"{"type": "object", "properties": {"a": {"type": "string", "format": "uri"}}}"#),
        ["serde"]
    );
    assert_eq!(dependencies(r#"{"type": "string", "format": "date-time"}"#), ["chrono", "serde"]);
    assert_eq!(dependencies(r#"{"type": "array"}"#), ["serde", "serde_json"]);
    assert_eq!(dependencies(r#"{"type": "string", "pattern": "a"}"#), ["serde"]);
    assert_eq!(dependencies(r#"{"type": "string", "pattern": "\\p{L}"}"#), ["regress", "serde"]);
    let names = r#"{"type": "object", "propertyNames": {"title": "any"}, "additionalProperties": {"type": "integer"}}"#;
    assert_eq!(dependencies(names), ["serde", "serde_json"]);
    assert_eq!(dependencies(r#"{"enum": [1, "a", {"b": [null]}]}"#), ["serde"]);
    assert_eq!(dependencies(r#"{"not": {"type": "string"}}"#), ["jsonschema", "serde", "serde_json"]);
    // What is only said is no need: these are words of the schema, not of the code.
    let said = "::chrono:: ::serde_json:: crate::support::opaque! [Pattern(";
    assert_eq!(dependencies(&format!(r#"{{"type": "string", "description": "{said}", "x-a": "{said}"}}"#)), ["serde"]);
}
