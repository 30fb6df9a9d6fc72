//! Turns a folder into the schema files in it and below: those whose names end in `.json`, `.yaml` or `.yml`. All else in
//! it is left alone, and so is what begins with a dot.

use std::{
    fs::{self, DirEntry, FileType},
    io,
    path::Path,
};

use sha2::{Digest, Sha256};

use super::{MAX_DEPTH, MAX_FILES, hex};

/// Why a folder cannot be read: what of it, and what is wrong with that.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unlistable {
    /// The path from the folder; empty for the folder itself.
    pub(crate) path: String,
    pub(crate) reason: String,
    pub(crate) help: &'static str,
}

/// The paths of the schema files in `folder` from there, with `/` between the parts, in the order of their bytes.
pub(crate) fn list(folder: &Path) -> Result<Vec<String>, Unlistable> {
    let mut found = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(inner) = waiting.pop() {
        for (path, kind) in entries(folder, &inner)? {
            match kind {
                Kind::Folder if path.split('/').count() > MAX_DEPTH => {
                    let reason = format!("lies below more than {MAX_DEPTH} folders");
                    return Err(Unlistable { path, reason, help: "move it up" });
                }
                Kind::Folder => waiting.push(path),
                Kind::Schema if found.len() == MAX_FILES => {
                    let reason = format!("has more than {MAX_FILES} schema files, the limit");
                    return Err(Unlistable { path: String::new(), reason, help: "list parts of it as sources" });
                }
                Kind::Schema => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}

enum Kind {
    Folder,
    Schema,
}

/// What stands in `inner` of `folder` and is to be looked at.
fn entries(folder: &Path, inner: &str) -> Result<Vec<(String, Kind)>, Unlistable> {
    let failed = |error: io::Error| Unlistable {
        path: inner.to_owned(),
        reason: format!("cannot be read: {}", error.kind()),
        help: "make it readable for you, as by `chmod u+rx`",
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join(inner)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let of = entry.file_type().map_err(failed)?;
        found.extend(kind(&entry, of, inner)?);
    }
    Ok(found)
}

fn kind(entry: &DirEntry, of: FileType, inner: &str) -> Result<Option<(String, Kind)>, Unlistable> {
    let name = entry.file_name();
    let below = |name: &str| if inner.is_empty() { name.to_owned() } else { format!("{inner}/{name}") };
    let wrong =
        |reason: &str, help| Err(Unlistable { path: below(&name.to_string_lossy()), reason: reason.to_owned(), help });
    let lossy = name.to_string_lossy();
    if lossy.starts_with('.') {
        return Ok(None);
    }
    if of.is_symlink() && entry.path().is_dir() {
        return wrong("is a link to a folder", "put the folder itself there, not a link to it");
    }
    let kind = match of.is_dir() {
        true => Kind::Folder,
        false if is_schema(&lossy) => Kind::Schema,
        false => return Ok(None),
    };
    match name.to_str() {
        Some(name) if !name.contains(|c: char| c.is_control() || c == '\\') => Ok(Some((below(name), kind))),
        _ => wrong("has a name with `\\`, a control character or what is not UTF-8", "rename it"),
    }
}

fn is_schema(name: &str) -> bool {
    [".json", ".yaml", ".yml"].iter().any(|end| name.len() > end.len() && name.ends_with(end))
}

/// The sum of a folder: the SHA-256 of what `sha256sum` prints for its schema files, each by its path from the folder, in
/// the order of these paths' bytes. So it tells of a file that is added, removed, renamed or changed.
///
/// ```sh
/// cd FOLDER && find * -name '*.json' -o -name '*.yaml' -o -name '*.yml' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
/// ```
pub(crate) fn sum<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut sum = Sha256::new();
    for (path, bytes) in files {
        sum.update(format!("{}  {path}\n", hex(&Sha256::digest(bytes))));
    }
    hex(&sum.finalize())
}
