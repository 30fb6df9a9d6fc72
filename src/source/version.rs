//! Turns a path (a manifest, a schema, an OpenAPI document, a folder of schemas) into a [`Version`] of schemas that another
//! can be compared with. What no manifest lists is read under the policies of one that says nothing.

use std::path::{Path, PathBuf};

use super::{
    Dialect, Document, Graph, Lock, Package, Policy, Source, Sources, load,
    manifest::{Entry, Manifest},
    overrides::Overrides,
    read,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Result};

/// The file by which a folder is known as that of a manifest.
const MANIFEST: &str = "manifest.toml";

/// Schemas, and where their references lead.
#[derive(Debug)]
pub struct Version {
    /// The crate that they become, if a manifest says it.
    pub package: Option<Package>,
    /// The schemas, those of a folder by their paths.
    pub documents: Vec<Document>,
    /// Where every `$ref` of the documents leads.
    pub graph: Graph,
    /// The names that their types have, where there is a manifest with a lock.
    pub(crate) lock: Lock,
    /// What was read otherwise than it is written.
    pub notes: Vec<Diagnostic>,
}

impl From<Sources> for Version {
    fn from(Sources { package, documents, graph, lock, notes }: Sources) -> Self {
        Self { package: Some(package), documents, graph, lock, notes }
    }
}

impl Version {
    /// The same to generate a crate from: what the manifest says, or else `package`.
    pub(crate) fn into_sources(self, package: Package) -> Sources {
        let Self { package: own, documents, graph, lock, notes } = self;
        Sources { package: own.unwrap_or(package), documents, graph, lock, notes }
    }
}

/// Reads what is at `path`: a manifest (`*.toml`, or a folder with `manifest.toml` in it) and what it lists, a schema, an
/// OpenAPI document, or all schemas of a folder. Overrides go with the manifest that they stand beside. `dialect` is that of schemas which do not say it themselves and which no
/// manifest lists.
///
/// # Errors
///
/// Everything that is wrong with any of it, and the notes along with it.
pub fn version(path: &Path, dialect: Option<Dialect>) -> Result<Version> {
    let manifest = path.join(MANIFEST);
    if manifest.is_file() {
        return Ok(load(&manifest)?.into());
    }
    if path.extension().is_some_and(|extension| extension == "toml") {
        return Ok(load(path)?.into());
    }
    let entry = entry(path, dialect)?;
    let (documents, graph, found) =
        read(Manifest { package: None, entries: vec![entry] }, &Overrides::default(), Vec::new());
    if found.iter().any(Diagnostic::is_error) {
        return Err(Diagnostics(found));
    }
    Ok(Version { package: None, documents, graph, lock: Lock::default(), notes: found })
}

/// The entry that a manifest would have for `path`, if it said nothing but where that is.
fn entry(path: &Path, dialect: Option<Dialect>) -> Result<Entry> {
    let shown = path.display().to_string();
    let fault = |message: &str| {
        let help = "name a schema file, an OpenAPI document, a folder of schemas, or a manifest";
        Diagnostics::from(Diagnostic::error(&shown, message).help(help))
    };
    if !path.exists() {
        return Err(fault("does not exist"));
    }
    // What stands behind `.` or a link has a folder and a name of its own.
    let whole = path.canonicalize().map_err(|error| fault(&format!("cannot be read: {}", error.kind())))?;
    let own = path.file_name().or(whole.file_name()).and_then(|name| name.to_str());
    let own = own.ok_or_else(|| fault("has no name that is UTF-8"))?;
    let folder = match path.file_name() {
        Some(_) => path.parent().map_or_else(PathBuf::new, Path::to_path_buf),
        None => whole.parent().map_or_else(PathBuf::new, Path::to_path_buf),
    };
    let at = Position { line: 1, column: 1 };
    let source = Source {
        file: own.to_owned(),
        uri: None,
        origin: String::new(),
        sha256: String::new(),
        dialect: None,
        module: String::new(),
        type_name: None,
        policy: Policy::default(),
        aliases: Vec::new(),
    };
    Ok(Entry {
        source: Some(source),
        number: 0,
        is_folder: path.is_dir(),
        is_listed: false,
        otherwise: dialect,
        wanted: Vec::new(),
        manifest: shown,
        folder,
        file_at: at,
        sha256_at: at,
    })
}

/// `version`, which was read from a copy at `copy`, as if from what that is a copy of, which people call `original`.
///
/// # Errors
///
/// Those of `version`, with the name that people know.
pub fn shown_as(version: Result<Version>, copy: &Path, original: &str) -> Result<Version> {
    let copy = copy.display().to_string();
    let rename = |file: &mut String| {
        if let Some(rest) = file.strip_prefix(&copy) {
            *file = format!("{original}{rest}");
        }
    };
    match version {
        Ok(mut version) => {
            version.notes.iter_mut().for_each(|note| rename(&mut note.file));
            version.documents.iter_mut().for_each(|document| {
                rename(&mut document.file);
                rename(&mut document.corrections.file);
            });
            Ok(version)
        }
        Err(Diagnostics(mut found)) => {
            found.iter_mut().for_each(|diagnostic| rename(&mut diagnostic.file));
            Err(Diagnostics(found))
        }
    }
}
