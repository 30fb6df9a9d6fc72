//! Edits made on purpose: what is said of each is known beforehand.

mod edits;
mod output;
mod pairing;
pub(super) mod rust;

use std::fs;

use serde_json::Value;

use super::{Compared, Evolution, Rust, Wire, compare, wire};
use crate::source::{Version, version};

/// The versions whose only document is `old` and `new`, a file of this name.
pub(super) fn versions(name: &str, documents: [&Value; 2]) -> [Version; 2] {
    let folder = tempfile::tempdir().unwrap();
    let mut side = 0;
    documents.map(|value| {
        side += 1;
        let path = folder.path().join(side.to_string()).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, value.to_string()).unwrap();
        version(&path, None).unwrap_or_else(|error| panic!("{error}"))
    })
}

/// The evolution on the wire from one document to another; the crates are not looked at.
fn evolution(name: &str, old: &Value, new: &Value) -> Evolution {
    let [old, new] = versions(name, [old, new]);
    let Wire { definitions, findings, notes, .. } = wire(&old, &new);
    let rust = Rust { old: None, new: None, findings: Vec::new(), step: None };
    Evolution { definitions, findings, rust, notes }
}

/// The evolution from one document to another.
fn whole(name: &str, old: &Value, new: &Value) -> Evolution {
    let [old, new] = versions(name, [old, new]);
    compare(old, new).unwrap_or_else(|error| panic!("{error}"))
}

fn definition<'e>(evolution: &'e Evolution, name: &str) -> &'e Compared {
    evolution.definitions.iter().find(|compared| compared.name == name).unwrap()
}
