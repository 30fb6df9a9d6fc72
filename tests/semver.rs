//! The verdict of `diff` on the generated crate is never weaker than that of cargo-semver-checks, which compiles both crates
//! and reads what rustdoc says of them: whatever it names, `diff` has found, with a step that is not smaller.
//!
//! It takes `cargo install cargo-semver-checks --locked`; where that is not there, a line says that this did not run.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Write as _, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::corpus::corpus;
use harness::sources::manifest;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use typeproof::evolve::rules::Step;
use typeproof::evolve::{Rust, compare};
use typeproof::source::version;
use typeproof::{emit, generate};

/// The edits that the rules are tried by.
const EDITS: &str = include_str!("../src/evolve/tests/rust_edits.json");

/// Whether the tool is there; if it is not, that is said on one line.
fn is_installed() -> bool {
    let found = Command::new(env!("CARGO")).args(["semver-checks", "--version"]).output();
    let is_installed = found.is_ok_and(|output| output.status.success());
    if !is_installed {
        // Past the test's capture: what did not run must not look as if it had.
        let how = "cargo install cargo-semver-checks --locked";
        let _ = writeln!(stderr(), "did not run: needs cargo-semver-checks, which `{how}` builds");
    }
    is_installed
}

/// What cargo-semver-checks says from one crate to another.
struct Said {
    /// The step that it asks for.
    step: Option<Step>,
    /// The lines in which it names what it found.
    items: Vec<String>,
}

/// Asks what is broken if the new crate took a `declared` step.
fn ask(old: &Path, new: &Path, declared: &str) -> Said {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("semver-checks").arg("--manifest-path").arg(new.join("Cargo.toml")).arg("--baseline-root").arg(old);
    cargo.args(["--release-type", declared, "--all-features", "--color", "never"]);
    cargo.env("CARGO_TARGET_DIR", harness::folder().join("target")).env("CARGO_NET_OFFLINE", "true");
    let output = cargo.output().expect("cargo can be run");
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let summary = err.lines().find_map(|line| line.trim().strip_prefix("Summary "));
    let summary = summary.unwrap_or_else(|| panic!("it came to no end: {err}"));
    let step = match summary {
        said if said.contains("new major version") => Some(Step::Major),
        said if said.contains("new minor version") => Some(Step::Minor),
        said if said.contains("no semver update required") => None,
        said => panic!("what does this mean: {said}"),
    };
    let mut items = Vec::new();
    let mut lines = out.lines();
    while lines.by_ref().any(|line| line == "Failed in:") {
        items.extend(lines.by_ref().take_while(|line| line.starts_with("  ")).map(str::to_owned));
    }
    // Else it speaks in other words than these, and nothing would be held to them.
    assert_eq!(step.is_some(), !items.is_empty(), "{summary}: {out}");
    Said { step, items }
}

/// The words of a line that may name what was found: without the files that it names.
fn words(line: &str) -> BTreeSet<&str> {
    line.split_whitespace()
        .filter(|word| !word.starts_with('/'))
        .flat_map(|word| word.split(|c: char| !matches!(c, '_' | '-' | '#') && !c.is_alphanumeric()))
        .collect()
}

/// Holds what is found between two manifests to what cargo-semver-checks finds.
fn hold(old: &Path, new: &Path) {
    let folder = TempDir::new().expect("a folder");
    let [old_crate, new_crate] = [("old", old), ("new", new)].map(|(side, manifest)| {
        let path = folder.path().join(side);
        let generation = generate(manifest).unwrap_or_else(|errors| panic!("{errors}"));
        emit::write(&generation.tree, &path).unwrap_or_else(|stopped| panic!("{stopped:?}"));
        fs::copy(harness::repository().join("Cargo.lock"), path.join("Cargo.lock")).expect("the folder is writable");
        path
    });
    let [old, new] = [old, new].map(|path| version(path, None).unwrap_or_else(|errors| panic!("{errors}")));
    let Rust { findings, step, .. } = compare(old, new).unwrap_or_else(|errors| panic!("{errors}")).rust;
    for (declared, least) in [("minor", Step::Major), ("patch", Step::Minor)] {
        let said = ask(&old_crate, &new_crate, declared);
        assert!(step >= said.step, "{step:?} is weaker than {:?}", said.step);
        let told = findings.iter().filter(|finding| finding.rule.step >= least);
        let told: BTreeSet<&str> = told
            .flat_map(|finding| finding.path.split("::").last().into_iter().chain(renamed(&finding.message)))
            .collect();
        let untold: Vec<&String> = said.items.iter().filter(|item| words(item).is_disjoint(&told)).collect();
        assert!(untold.is_empty(), "{least} steps that are not told: {untold:#?}");
    }
}

/// The name before, where a message is about another name.
fn renamed(message: &str) -> Option<&str> {
    message.split_once("` is called `")?.0.rsplit(['`', ':']).next()
}

/// A manifest whose only source is the file of these bytes.
fn listed(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    fs::create_dir_all(folder).expect("the folder is writable");
    fs::write(folder.join(name), bytes).expect("the folder is writable");
    let sum = harness::sources::sha256(bytes);
    let package = "[package]\nname = \"held-types\"\nversion = \"0.1.0\"\ndescription = \"Types that are held\"\n";
    let source = format!("[[source]]\nfile = \"{name}\"\norigin = \"here\"\nsha256 = \"{sum}\"\nmodule = \"held\"\n");
    fs::write(folder.join("manifest.toml"), format!("{package}{source}")).expect("the folder is writable");
    folder.join("manifest.toml")
}

#[test]
fn edits_are_judged_no_weaker() {
    if !is_installed() {
        return;
    }
    let edits: Vec<Value> = serde_json::from_str(EDITS).expect("edits");
    let folder = TempDir::new().expect("a folder");
    let [old, new] = ["old", "new"].map(|side| {
        let schemas = edits.iter().filter(|edit| edit.get(side).is_some_and(|schema| !schema.is_null()));
        let schemas: Map<String, Value> = schemas
            .filter_map(|edit| Some((edit.get("name")?.as_str()?.to_owned(), edit.get(side)?.clone())))
            .collect();
        let api = json!({
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}
        });
        listed(&folder.path().join(side), "api.json", api.to_string().as_bytes())
    });
    hold(&old, &new);
}

#[test]
fn modules_that_come_and_go_are_judged_no_weaker() {
    if !is_installed() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let listed = |side: &str, modules: &[(&str, &str)]| {
        let folder = folder.path().join(side);
        fs::create_dir(&folder).expect("the folder is writable");
        let modules: Vec<_> = modules.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        manifest(&folder, &modules, "")
    };
    let (text, pattern) = (r#"{"type": "string"}"#, r#"{"type": "string", "pattern": "^a"}"#);
    let refers = |to: &str| format!(r#"{{"type": "array", "items": {{"$ref": "{to}.json"}}}}"#);
    let old = listed("old", &[("kept", text), ("gone", pattern), ("list", &refers("gone"))]);
    let new = listed("new", &[("kept", text), ("come", text), ("list", &refers("kept"))]);
    hold(&old, &new);
}

#[test]
fn updates_of_konnect_are_judged_no_weaker() {
    let Some(corpus) = corpus("konnect-openapi").filter(|_| is_installed()) else { return };
    let mut documents: Vec<PathBuf> =
        fs::read_dir(&corpus).expect("readable").map(|entry| entry.expect("readable").path()).collect();
    documents.sort();
    let folder = TempDir::new().expect("a folder");
    let product = |path: &Path| path.file_name().and_then(|name| name.to_str()?.split("-20").next().map(str::to_owned));
    let steps = documents.windows(2).filter(|pair| matches!(pair, [old, new] if product(old) == product(new)));
    for (number, pair) in steps.enumerate() {
        let [old, new] = pair else { continue };
        let [old, new] = [("old", old), ("new", new)].map(|(side, path)| {
            let bytes = fs::read(path).expect("readable");
            listed(&folder.path().join(format!("{number}{side}")), "api.yaml", &bytes)
        });
        hold(&old, &new);
    }
}
