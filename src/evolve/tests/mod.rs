//! Edits made on purpose: what is said of each is known beforehand.

mod edits;
mod output;
mod pairing;

use std::fs;

use serde_json::Value;

use super::{Compared, Evolution, compare};
use crate::source::version;

/// The evolution from one document to another, each the bytes of a file of this name.
fn evolution(name: &str, old: &Value, new: &Value) -> Evolution {
    let folder = tempfile::tempdir().unwrap();
    let read = |side: &str, value: &Value| {
        let path = folder.path().join(side).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, value.to_string()).unwrap();
        version(&path, None).unwrap_or_else(|error| panic!("{error}"))
    };
    compare(&read("old", old), &read("new", new))
}

fn definition<'e>(evolution: &'e Evolution, name: &str) -> &'e Compared {
    evolution.definitions.iter().find(|compared| compared.name == name).unwrap()
}
