//! Turns an entry of the manifest into the bytes of its files, and says when they are not the bytes it stands for.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::{
    MAX_FILE_BYTES, MAX_FOLDER_BYTES, files,
    folder::{self, Unlistable},
    hex,
    manifest::Entry,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::parallel;

/// A file: its path from the manifest's folder, and its bytes.
pub(super) type File = (String, Vec<u8>);

/// The files of the entry, in the order of their paths, if all can be had, and what is wrong with them; diagnostics are
/// about the entry.
pub(super) fn read(entry: &Entry) -> (Option<Vec<File>>, Vec<Diagnostic>) {
    let Some(source) = &entry.source else { return (None, Vec::new()) };
    if !entry.is_folder {
        return match file(entry, source.file.clone(), &AtomicU64::new(0)) {
            Err(Diagnostics(found)) => (None, found),
            Ok((path, bytes)) => {
                let found = mismatch(entry, &sha256(&bytes)).into_iter().collect();
                (Some(vec![(path, bytes)]), found)
            }
        };
    }
    match folder(entry, &source.file) {
        Err(Diagnostics(found)) => (None, found),
        Ok(files) => {
            let inner = |path: &'_ str| path.len().min(source.file.len() + 1);
            let sum = folder::sum(
                files.iter().map(|(path, bytes)| (path.get(inner(path)..).unwrap_or_default(), bytes.as_slice())),
            );
            let found = mismatch(entry, &sum).into_iter().collect();
            (Some(files), found)
        }
    }
}

/// The files of the folder `path`, which `entry` lists.
fn folder(entry: &Entry, path: &str) -> Result<Vec<File>> {
    let at = entry.folder.join(path);
    let fault = |message: String, help: &str| Diagnostics::from(entry.error(message, help));
    if !files::stays_below(&entry.folder, &at) {
        let message = format!("`{path}` is a link that leads out of the manifest's folder");
        return Err(fault(message, "put the folder itself there, not a link to it"));
    }
    if !at.is_dir() {
        let what = if at.exists() { "is not a folder" } else { "does not exist" };
        let help = "copy the folder of schemas there, or correct `folder`; one schema is listed by `file`";
        return Err(fault(format!("`{path}` {what}"), help));
    }
    let listed = folder::list(&at).map_err(|Unlistable { path: inner, reason, help }| {
        let shown = if inner.is_empty() { path.to_owned() } else { format!("{path}/{inner}") };
        fault(format!("`{shown}` {reason}"), help)
    })?;
    if listed.is_empty() {
        let help = "put schemas there: files that are called *.json, *.yaml or *.yml";
        return Err(fault(format!("`{path}` has no schema in it"), help));
    }
    let all = AtomicU64::new(0);
    let is_too_large = || all.load(Ordering::Relaxed) > MAX_FOLDER_BYTES;
    // Once there is too much, no more is read.
    let each = parallel::map(listed, |inner| (!is_too_large()).then(|| file(entry, format!("{path}/{inner}"), &all)));
    if is_too_large() {
        let message = format!("the schemas of `{path}` are larger than {} MiB, the limit", MAX_FOLDER_BYTES >> 20);
        return Err(fault(message, "list parts of it as sources"));
    }
    let (mut read, mut found) = (Vec::new(), Vec::new());
    for of in each.into_iter().flatten() {
        match of {
            Ok(file) => read.push(file),
            Err(Diagnostics(wrong)) => found.extend(wrong),
        }
    }
    if found.is_empty() { Ok(read) } else { Err(Diagnostics(found)) }
}

/// The file at the path `file`, which `entry` lists; its size is added to `all`.
fn file(entry: &Entry, file: String, all: &AtomicU64) -> Result<File> {
    let path = entry.folder.join(&file);
    if !files::stays_below(&entry.folder, &path) {
        let message = format!("`{file}` is a link that leads out of the manifest's folder");
        return Err(entry.error(message, "put the file itself there, not a link to it").into());
    }
    match files::read(&path, MAX_FILE_BYTES) {
        Ok(bytes) => {
            all.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            Ok((file, bytes))
        }
        Err(reason) => {
            let help =
                reason.help("copy the schema there, or correct `file`; a folder of schemas is listed by `folder`");
            Err(entry.error(format!("`{file}` {reason}"), &help).into())
        }
    }
}

/// What to say when the sum of the bytes is not the one that is stated; an empty one has been reported.
fn mismatch(entry: &Entry, actual: &str) -> Option<Diagnostic> {
    let source = entry.source.as_ref()?;
    let (file, expected) = (&source.file, &source.sha256);
    (!expected.is_empty() && expected != actual).then(|| {
        let message = format!(
            "the bytes of `{file}` are not those of the manifest's sha256: it states {expected}, they have {actual}"
        );
        Diagnostic::error(&entry.manifest, message).at(Some(entry.sha256_at)).help(
            "restore the file's bytes; or, if the new ones are meant, review the change and put their sha256 here",
        )
    })
}

/// The SHA-256 of `bytes`, as the manifest states it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
