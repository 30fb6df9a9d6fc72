//! What [`load`](super::load) makes of real folders, good and bad. Diagnostics are compared as they are printed,
//! without the help, of which each error must have one.

mod bytes;
mod dialects;
mod folder;
mod graph;
mod lock;
mod manifest;
mod meaning;
mod open;
mod openapi;
mod overrides;
mod resources;
mod schema;
mod scope;
mod yaml;

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Dialect, Sources, load};
use crate::diagnostic::{Diagnostic, Result};

const PACKAGE: &str = "[package]\nname = \"example-types\"\nversion = \"0.1.0\"\ndescription = \"Examples\"\n";
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A folder with a manifest in it.
struct Folder(TempDir);

impl Folder {
    /// `manifest` as it is, beside `files`.
    fn new(manifest: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.0.path().join("manifest.toml"), manifest).unwrap();
        for (name, bytes) in files {
            let path = folder.0.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// The files, each listed in the manifest as it ought to be.
    fn listing(files: &[(&str, &[u8])]) -> Self {
        let entries = files.iter().enumerate().map(|(n, (name, bytes))| entry(name, bytes, &format!("module_{n}")));
        Self::new(&(PACKAGE.to_owned() + &entries.collect::<String>()), files)
    }

    fn load(&self) -> Result<Sources> {
        load(&self.0.path().join("manifest.toml"))
    }

    /// `diagnostics` as printed, without the help and the path of this folder.
    fn printed(&self, diagnostics: &[Diagnostic]) -> Vec<String> {
        let folder = format!("{}/", self.0.path().display());
        let print = |diagnostic: &Diagnostic| {
            assert!(!diagnostic.is_error() || !diagnostic.help.is_empty(), "no help: {diagnostic}");
            diagnostic.clone().help("").to_string().replace(&folder, "")
        };
        diagnostics.iter().map(print).collect()
    }

    /// What is printed when loading fails.
    fn failure(&self) -> Vec<String> {
        let error = self.load().expect_err("loading fails");
        assert!(error.0.iter().any(Diagnostic::is_error), "it fails without an error");
        self.printed(&error.0)
    }
}

/// The manifest's entry for `file` with these `bytes`.
fn entry(file: &str, bytes: &[u8], module: &str) -> String {
    let sha256 = sha256(bytes);
    format!(
        "[[source]]\nfile = \"{file}\"\norigin = \"here\"\nsha256 = \"{sha256}\"\ndialect = \"{DRAFT}\"\nmodule = \"{module}\"\n"
    )
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is printed when the only source, `a.json`, is `text`.
fn failure(text: impl AsRef<[u8]>) -> Vec<String> {
    Folder::listing(&[("a.json", text.as_ref())]).failure()
}

/// What is read when the only source, `a.json`, is `schema` in this dialect, and its notes.
fn read_in(dialect: Dialect, schema: &Value) -> (Sources, Vec<String>) {
    let text = schema.to_string();
    let manifest = PACKAGE.to_owned() + &entry("a.json", text.as_bytes(), "a").replace(DRAFT, dialect.uri());
    let folder = Folder::new(&manifest, &[("a.json", text.as_bytes())]);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    let notes = folder.printed(&sources.notes);
    (sources, notes)
}

/// The normal form of `schema` in this dialect.
fn normal(dialect: Dialect, schema: &Value) -> Value {
    read_in(dialect, schema).0.documents.remove(0).schema
}

/// What is read when the only source, `a.json`, is `text`, and its notes.
fn success(text: &str) -> (Sources, Vec<String>) {
    let folder = Folder::listing(&[("a.json", text.as_bytes())]);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    let notes = folder.printed(&sources.notes);
    (sources, notes)
}
