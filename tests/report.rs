//! Who reads the report of `diff` can do so by types that this project generates from the schema of the report: they read every
//! report, and write back all that is in it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::fs;
use std::path::Path;

use harness::sources::generated;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use typeproof::evolve::{self, waive, waivers};
use typeproof::prove::{Crate, Holds, Probe, Subject as _, Workshop, claims};
use typeproof::source::version;

const SCHEMA: &str = include_str!("../src/evolve/report.schema.json");
const EDITS: &str = include_str!("../src/evolve/tests/rust_edits.json");

/// The report from one document to another, with one finding of either kind waived.
fn report(folder: &Path, documents: [&Value; 2]) -> String {
    let [old, new] = [("old", documents[0]), ("new", documents[1])].map(|(side, document)| {
        let path = folder.join(side).join("api.json");
        fs::create_dir_all(folder.join(side)).expect("the folder is writable");
        fs::write(&path, document.to_string()).expect("the folder is writable");
        version(&path, None).unwrap_or_else(|errors| panic!("{errors}"))
    });
    let mut evolution = evolve::compare(old, new).unwrap_or_else(|errors| panic!("{errors}"));
    let pointers = [
        evolution.findings.first().map(|finding| (finding.rule.id, finding.location.pointer.clone())),
        evolution.rust.findings.first().map(|finding| (finding.rule.id, finding.location.pointer.clone())),
    ];
    let waiver = |(rule, pointer): (&str, String)| {
        format!("[[waiver]]\nrule = \"{rule}\"\npointer = \"{pointer}\"\nreason = \"it is known\"\n")
    };
    let listed: String = pointers.into_iter().flatten().map(waiver).collect();
    fs::write(folder.join("waivers.toml"), listed).expect("the folder is writable");
    let waivers = waivers(&folder.join("waivers.toml")).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(waive(&mut evolution, &waivers).is_empty());
    evolve::json(&evolution).expect("JSON")
}

#[test]
fn reports_are_read_by_the_types_of_their_schema_and_written_back_whole() {
    let folder = TempDir::new().expect("a folder");
    let edits: Vec<Value> = serde_json::from_str(EDITS).expect("edits");
    let [old, new] = ["old", "new"].map(|side| {
        let schemas = edits.iter().filter(|edit| edit.get(side).is_some_and(|schema| !schema.is_null()));
        let named = |edit: &Value| Some((edit.get("name")?.as_str()?.to_owned(), edit.get(side)?.clone()));
        let schemas: Map<String, Value> = schemas.filter_map(named).collect();
        json!({
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}
        })
    });
    let reports = [report(folder.path(), [&old, &new]), report(folder.path(), [&new, &new])];
    let mut wrong: Value = serde_json::from_str(&reports[0]).expect("JSON");
    wrong["findings"][0]["severity"] = json!("error");
    let texts: Vec<String> = reports.iter().cloned().chain([wrong.to_string()]).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();

    let generation = generated(folder.path(), &[("report".to_owned(), SCHEMA.to_owned())], "");
    let (workshop, lock) = (harness::folder(), harness::repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &workshop, lock: &lock, offline: true };
    let holds: Holds = claims(&generation).iter().collect();
    let crates = [Crate { name: "report", tree: &generation.tree, holds: &holds }];
    let mut probe = Probe::start(&crates, &workshop).unwrap_or_else(|errors| panic!("{errors}"));
    let read = probe.subject("report").read("report::Report", &texts).expect("the probe answers");
    for (report, reading) in reports.iter().zip(&read) {
        let written = reading.from_str.as_ref().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(written, &serde_json::from_str::<Value>(report).expect("JSON"));
    }
    let refused = read.last().expect("a reading for each").from_str.as_ref().expect_err("a member too many");
    assert!(refused.to_string().contains("severity"), "{refused}");
}
