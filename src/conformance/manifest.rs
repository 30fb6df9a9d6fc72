//! Schemas -> a folder with a manifest that lists them, to be generated from as any other.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::Draft;
use crate::diagnostic::{Diagnostic, Result};
use crate::source::FormatType;

/// A schema to be listed.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// Its Rust module, which names its file as well.
    pub(super) module: String,
    /// Where it came from, in one line.
    pub(super) origin: String,
    /// Where others expect it.
    pub(super) uri: Option<String>,
    /// The draft it is read in.
    pub(super) draft: Draft,
    /// The schema as it is written.
    pub(super) text: String,
    /// Whether the formats assert that a policy can read as Rust types.
    pub(super) asserts_formats: bool,
}

impl Listed {
    /// Its file, from the manifest's folder.
    pub(super) fn file(&self) -> String {
        format!("{}.json", self.module)
    }
}

#[derive(Serialize)]
struct Manifest<'a> {
    package: Package<'a>,
    source: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    file: String,
    origin: &'a str,
    sha256: String,
    dialect: &'a str,
    module: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    policy: Policy,
}

/// The formats that assert, each with what it is read into.
#[derive(Serialize)]
struct Policy {
    formats: BTreeMap<&'static str, &'static str>,
}

/// A new folder below `parent`, which goes when this does: no two runs share one.
///
/// # Errors
///
/// When it cannot be made.
pub(super) fn folder(parent: &Path) -> Result<TempDir> {
    let made =
        fs::create_dir_all(parent).and_then(|()| tempfile::Builder::new().prefix("conformance-").tempdir_in(parent));
    made.map_err(|error| unusable(parent, &error).into())
}

/// Writes `sources` and the manifest that lists them for the package `name` into `folder`; the manifest's path.
///
/// # Errors
///
/// When the folder cannot be written.
pub(super) fn write(folder: &Path, name: &str, sources: &[Listed]) -> Result<PathBuf> {
    let failed = |error: io::Error| unusable(folder, &error);
    fs::create_dir_all(folder).map_err(failed)?;
    for source in sources {
        fs::write(folder.join(source.file()), &source.text).map_err(failed)?;
    }
    let package = Package { name, version: "0.0.0", description: "The test suite's schemas" };
    let manifest = Manifest { package, source: sources.iter().map(source).collect() };
    let text = toml::to_string(&manifest).map_err(|error| failed(io::Error::other(error)))?;
    let path = folder.join("manifest.toml");
    fs::write(&path, text).map_err(failed)?;
    Ok(path)
}

fn unusable(folder: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(folder.display().to_string(), format!("cannot work here: {error}"))
        .help("make the folder writable, or name another by CARGO_TARGET_DIR")
}

fn source(listed: &Listed) -> Source<'_> {
    Source {
        file: listed.file(),
        origin: &listed.origin,
        sha256: Sha256::digest(&listed.text).iter().map(|byte| format!("{byte:02x}")).collect(),
        dialect: listed.draft.dialect,
        module: &listed.module,
        uri: listed.uri.as_deref(),
        policy: Policy { formats: FormatType::formats().filter(|_| listed.asserts_formats).collect() },
    }
}
