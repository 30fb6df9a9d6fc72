//! The place of an arrival below the manifest's folder: whether it may have it, and which files there have to change.

use std::fs;
use std::path::Path;

use super::{Arrival, Content, Told, entry};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::emit;
use crate::source::{self, MAX_FILE_BYTES};

/// The name of the file at `manifest`.
pub(super) fn name(manifest: &Path) -> String {
    manifest.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Nothing, if `arrival`, whose sum is `sha256`, may become `path`.
pub(super) fn check(
    manifest: &Path,
    folder: &Path,
    path: &str,
    old: Option<&entry::Old>,
    arrival: &Arrival,
    sha256: &str,
    told: &Told<'_>,
) -> Result<()> {
    let error = |message: String, help: &str| Err(Diagnostic::error(&arrival.shown, message).help(help).into());
    if path == name(manifest) {
        return error(format!("`{path}` is the manifest itself"), "choose another name by `--as`");
    }
    if let Some(message) = obstacle(folder, path, &arrival.content) {
        return error(message, "choose another name by `--as`");
    }
    let taken = match old {
        Some(old) if old.is_folder != matches!(arrival.content, Content::Folder(_)) => {
            let what = if old.is_folder { "folder" } else { "file" };
            return error(format!("`{path}` is a {what} in the manifest"), "choose another name by `--as`");
        }
        Some(old) if old.origin != arrival.origin && old.sha256 != sha256 => {
            Some(format!("`{path}` is in the manifest already, from {}", old.origin))
        }
        Some(_) => None,
        None => {
            let differs = folder.join(path).exists() && !files(folder, path, &arrival.content)?.is_empty();
            differs.then(|| format!("`{path}` is there already with other bytes, and the manifest does not list it"))
        }
    };
    match taken.filter(|_| !told.replace) {
        Some(message) => {
            let help = format!("to replace it, say `--as {path}`; to have both, choose another name by `--as`");
            error(message, &help)
        }
        None => Ok(()),
    }
}

/// Why `content` cannot be put at `path`, if it cannot.
fn obstacle(folder: &Path, path: &str, content: &Content) -> Option<String> {
    if !source::is_inner(path) || path.contains(char::is_control) {
        return Some(format!("`{}` is no path below the manifest's folder", path.escape_debug()));
    }
    let inner: Vec<String> = match content {
        Content::File(_) => vec![path.to_owned()],
        Content::Folder(files) => files.iter().map(|(inner, _)| format!("{path}/{inner}")).collect(),
    };
    inner.iter().find_map(|path| {
        let at = folder.join(path);
        if !at.ancestors().find(|path| path.exists()).is_none_or(|path| source::stays_below(folder, path)) {
            return Some(format!("`{path}` leads out of the manifest's folder by a link"));
        }
        let is_other = fs::symlink_metadata(&at).is_ok_and(|found| !found.is_file());
        is_other.then(|| format!("where `{path}` belongs stands something that is no file"))
    })
}

/// The files that have to be written or removed so that `content` is at `path`, which is no obstacle.
pub(super) fn files(folder: &Path, path: &str, content: &Content) -> Result<emit::Files> {
    let is_right = |path: &str, bytes: &[u8]| {
        source::read_file(&folder.join(path), MAX_FILE_BYTES).is_ok_and(|found| found == bytes)
    };
    let arrived = match content {
        Content::File(bytes) if is_right(path, bytes) => return Ok(Vec::new()),
        Content::File(bytes) => return Ok(vec![(path.to_owned(), Some(bytes.clone()))]),
        Content::Folder(arrived) => arrived,
    };
    let mut files = emit::Files::new();
    for (inner, bytes) in arrived {
        let path = format!("{path}/{inner}");
        if !is_right(&path, bytes) {
            files.push((path, Some(bytes.clone())));
        }
    }
    let at = folder.join(path);
    if at.exists() {
        let there = source::list(&at).map_err(|found| {
            let shown = at.join(&found.path).display().to_string();
            Diagnostics::from(Diagnostic::error(shown, found.reason).help(found.help))
        })?;
        let gone = there.into_iter().filter(|inner| arrived.binary_search_by(|(path, _)| path.cmp(inner)).is_err());
        files.extend(gone.map(|inner| (format!("{path}/{inner}"), None)));
    }
    Ok(files)
}
