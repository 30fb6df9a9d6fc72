//! Reading: turns a manifest and the files it lists into [`Document`]s and the [`Graph`] of their references: schemas
//! of any [`Dialect`], brought to one normal form.
//!
//! Nothing is ever fetched: a schema is what the manifest lists, in the bytes whose sha256 it states. Schemas are read
//! as meant where their authors mixed dialects (OpenAPI's words in a JSON Schema file), and a note says so. Every
//! limit on the input stands here.

mod bare;
mod cycles;
mod dialect;
mod document;
mod encoded;
mod fault;
mod files;
mod findings;
mod folder;
mod graph;
mod identity;
mod json;
mod library;
mod locate;
mod lock;
mod manifest;
mod meant;
mod metaschema;
mod metaschemas;
mod normal;
mod notes;
mod open;
mod openapi;
mod origins;
mod overrides;
mod places;
mod recognise;
mod rewrite;
mod scope;
mod section;
mod settings;
mod sites;
#[cfg(test)]
mod tests;
mod vendored;
mod version;
mod wanted;
mod words;
mod yaml;

use std::{collections::BTreeSet, ops::Range, path::Path};

pub use dialect::Dialect;
pub use document::{Document, Keyword, Reading};
pub(crate) use files::{Unreadable, is_inner, read as read_file, stays_below};
pub(crate) use folder::{list, sum};
pub use graph::Graph;
pub(crate) use graph::Place;
pub use lock::{Lock, lock_path};
pub(crate) use lock::{Locked, encoded as on_a_line, place as lock_place};
pub(crate) use manifest::{check as check_manifest, not_a_module, text as read_manifest};
pub use open::{KNOWN_VALUES, Marked};
pub use overrides::Correction;
pub(crate) use recognise::{Recognised, recognise};
pub(crate) use section::Toml;
pub use settings::{Alias, FormatType, Package, Policy, Source, UnknownEnumValues, UnknownMembers};
pub(crate) use vendored::sha256;
pub use version::{Version, shown_as, version};

use manifest::Manifest;
use notes::Notes;
use overrides::Overrides;

use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::parallel;

/// The largest schema file that is read, in bytes: 32 MiB.
pub const MAX_FILE_BYTES: u64 = 32 << 20;

/// The largest manifest that is read, in bytes: 1 MiB.
pub const MAX_MANIFEST_BYTES: u64 = 1 << 20;

/// How long it may take to connect to a server that a schema is fetched from, in seconds.
pub const CONNECT_SECONDS: u64 = 10;

/// How long it may take to fetch a schema, redirects and all, in seconds, when nothing else is asked for.
pub const FETCH_SECONDS: u64 = 60;

/// How many redirects are followed from the address of a schema.
pub const MAX_REDIRECTS: u32 = 5;

/// How many schema files a folder may have.
pub const MAX_FILES: usize = 10_000;

/// The largest folder of schemas that is read, in bytes of its files together: 256 MiB.
pub const MAX_FOLDER_BYTES: u64 = 256 << 20;

/// How many arrays and objects may lie within one another in a schema file, and how many folders in a folder.
pub const MAX_DEPTH: usize = 100;

/// How many errors of one kind are reported for one file; the others are counted.
pub const MAX_REPORTED: usize = 50;

/// All that a run starts from.
#[derive(Debug)]
pub struct Sources {
    /// The crate to generate.
    pub package: Package,
    /// The schemas, in the manifest's order; those of a folder by their paths.
    pub documents: Vec<Document>,
    /// Where every `$ref` of the documents leads.
    pub graph: Graph,
    /// The names that their types have.
    pub lock: Lock,
    /// What was read otherwise than it is written.
    pub notes: Vec<Diagnostic>,
}

impl Sources {
    /// The documents of each source, which become one module.
    #[must_use]
    pub fn modules(&self) -> Vec<Range<usize>> {
        let mut modules: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for (index, document) in self.documents.iter().enumerate() {
            match modules.last_mut().filter(|_| last == Some(document.entry)) {
                Some(module) => module.end = index + 1,
                None => modules.push(index..index + 1),
            }
            last = Some(document.entry);
        }
        modules
    }
}

/// Reads the manifest at the path `manifest`, every file that it lists, and what stands beside it: the overrides by which these
/// are corrected, and the lock of names.
///
/// # Errors
///
/// Everything that is wrong with the manifest, the overrides, the lock, the files, the schemas and their references, and the notes along with
/// it. Diagnostics name the manifest as `manifest` does, and the other files as paths from where that one starts.
pub fn load(manifest: &Path) -> Result<Sources> {
    let ((overrides, mut wrong), (lock, conflicts)) = (overrides::read(manifest), lock::read(manifest));
    wrong.extend(conflicts);
    let (mut manifest, mut found) = match manifest::read(manifest) {
        Ok(read) => read,
        Err(Diagnostics(found)) => return Err(Diagnostics(found.into_iter().chain(wrong).collect())),
    };
    found.extend(wrong);
    let package = manifest.package.take();
    let (documents, graph, found) = read(manifest, &overrides, found);
    match package {
        Some(package) if !found.iter().any(Diagnostic::is_error) => {
            Ok(Sources { package, documents, graph, lock, notes: found })
        }
        _ => Err(Diagnostics(found)),
    }
}

/// Reads all that `manifest` lists, corrected by `overrides`; adds what is to be said of it to `found`.
fn read(
    manifest: Manifest,
    overrides: &Overrides,
    mut found: Vec<Diagnostic>,
) -> (Vec<Document>, Graph, Vec<Diagnostic>) {
    let mut complete = true;
    let (mut documents, mut known, mut unread) = (Vec::new(), BTreeSet::new(), Vec::new());
    for entry in manifest.entries {
        let (files, findings) = vendored::read(&entry);
        found.extend(findings);
        if files.is_none() {
            complete = false;
            unread.push(entry.source.as_ref().map(|source| source.file.clone()));
        }
        known.extend(files.iter().flatten().map(|(path, _)| path.clone()));
        let (mut notes, first) = (Notes::default(), documents.len());
        let each = parallel::map(files.unwrap_or_default(), |(path, bytes)| {
            let mut notes = Notes::default();
            (Document::read(&entry, path, bytes, overrides, &mut notes), notes)
        });
        for (document, noted) in each {
            notes.extend(noted);
            match document {
                Ok((document, findings)) => {
                    found.extend(findings);
                    documents.push(document);
                }
                Err(Diagnostics(findings)) => {
                    found.extend(findings);
                    complete = false;
                }
            }
        }
        found.extend(notes.into_vec());
        identity::tell_apart(documents.get_mut(first..).unwrap_or_default());
    }
    // What an entry stands for that could not be read is not known, or what its folder has.
    let may_be = |listed: &Option<String>, file: &str| {
        let rest = listed.as_ref().map(|listed| file.strip_prefix(listed.as_str()));
        rest.is_none_or(|rest| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    found.extend(overrides.unlisted(|file| known.contains(file) || unread.iter().any(|listed| may_be(listed, file))));
    let (graph, findings) = normal::lower(&mut documents, complete);
    found.extend(findings);
    open::open(&mut documents, &graph);
    (documents, graph, found)
}

/// The texts of the manifest at the path `manifest` and of the overrides, and that of the lock beside it, if every file that it
/// lists is what its sum says: then nothing that [`load`] reads can be otherwise than when it was last read by these texts.
pub(crate) fn texts_of_unchanged(manifest: &Path) -> Option<(String, Option<String>)> {
    let text = manifest::text(manifest).ok()?;
    let (overrides, lock) = (overrides::text(manifest).ok()?, lock::text(manifest).ok()?);
    let (read, found) = manifest::read(manifest).ok()?;
    let is_read = |(files, found): (Option<Vec<vendored::File>>, Vec<Diagnostic>)| files.is_some() && found.is_empty();
    (found.is_empty() && read.entries.iter().map(vendored::read).all(is_read))
        .then(|| (format!("{text}\0{overrides:?}"), lock))
}

/// `bytes` in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
