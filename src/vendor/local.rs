//! A path -> the files there that are to be vendored: one file, or all schema files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::Arrival;
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::source::{self, MAX_FILE_BYTES, MAX_FILES};

/// What the names of schema files end in.
const KINDS: &[&str] = &["json", "yaml", "yml"];

/// The file at `path`, or all files below the folder there whose names end in `.json`, `.yaml` or `.yml`, sorted by path;
/// what is hidden, and links, are left out. They are called `name`, or by the path from `folder` if they are in it, or
/// by the path's last name; `origin` is where they come from. For the files of a folder both go on with the paths in it.
///
/// # Errors
///
/// What cannot be read or is too large, all of it; a folder without any schema file, or with more than
/// [`MAX_FILES`].
pub fn arrivals(path: &Path, folder: &Path, name: Option<&str>, origin: Option<&str>) -> Result<Vec<Arrival>> {
    let own = own_name(path)?;
    let inner = inner(path, folder);
    let name = name.or(inner.as_deref()).unwrap_or(&own);
    let arrival = |path: &Path, below: &str| {
        let shown = path.display().to_string();
        let bytes = source::read_file(path, MAX_FILE_BYTES).map_err(|reason| {
            let help = reason.help("name a schema file, or a folder of them");
            Diagnostics::from(Diagnostic::error(&shown, reason.to_string()).help(help))
        })?;
        Ok(Arrival {
            shown,
            name: format!("{name}{below}"),
            origin: format!("{}{below}", origin.unwrap_or(&own)),
            is_told: origin.is_some(),
            bytes,
        })
    };
    if !path.is_dir() {
        return Ok(vec![arrival(path, "")?]);
    }
    let files = below(path)?;
    super::all(files.iter().map(|below| arrival(&path.join(below), &format!("/{below}"))))
}

/// The last name of `path`, links and `..` followed.
fn own_name(path: &Path) -> Result<String> {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().or(whole.file_name()).and_then(|name| name.to_str());
    let error = || Diagnostic::error(path.display().to_string(), "has no name that could be kept");
    Ok(name.ok_or_else(|| error().help("name a file whose name is UTF-8, or a folder"))?.to_owned())
}

/// The path from `folder` to what is at `path`, if that is in it.
fn inner(path: &Path, folder: &Path) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = path.canonicalize().ok()?;
    spelled(path.strip_prefix(folder.canonicalize().ok()?).ok()?)
}

/// The schema files below `folder`, by their paths from there.
fn below(folder: &Path) -> Result<Vec<String>> {
    let (mut found, mut waiting) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(inner) = waiting.pop() {
        let here = folder.join(&inner);
        let failed = |error: std::io::Error| {
            Diagnostic::error(here.display().to_string(), format!("cannot be read: {}", error.kind()))
                .help("make the folder readable for you, as by `chmod u+rx`")
        };
        for entry in fs::read_dir(&here).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let path = inner.join(entry.file_name());
            let is_schema = path.extension().is_some_and(|end| KINDS.iter().any(|kind| end.eq_ignore_ascii_case(kind)));
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            } else if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && is_schema {
                found.push(spelled(&path).ok_or_else(|| not_utf8(&folder.join(&path)))?);
            }
        }
        if found.len() > MAX_FILES {
            let message = format!("has more than {MAX_FILES} schema files, the limit");
            return Err(Diagnostic::error(folder.display().to_string(), message)
                .help("name a folder further in")
                .into());
        }
    }
    if found.is_empty() {
        let error = Diagnostic::error(folder.display().to_string(), "has no file that ends in .json, .yaml or .yml");
        return Err(error.help("name a folder of schema files").into());
    }
    found.sort();
    Ok(found)
}

/// `path` with `/` between its parts.
fn spelled(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn not_utf8(path: &Path) -> Diagnostics {
    Diagnostic::error(path.display().to_string(), "has a name that is not UTF-8").help("rename the file").into()
}
