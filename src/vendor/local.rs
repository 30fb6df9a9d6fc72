//! A path -> what is there to be vendored: a file, or the schema files of a folder.

use std::path::Path;

use super::{Arrival, Content};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::source::{self, MAX_FILE_BYTES, MAX_FOLDER_BYTES};

/// The file at `path`, or all files below the folder there whose names end in `.json`, `.yaml` or `.yml`; what is hidden is
/// left out. It is called by its path from `folder` if it is in that, else by its last name, and that name stands for
/// where it came from.
///
/// # Errors
///
/// What cannot be read or is too large, all of it; a folder without any schema file, or with too many.
pub fn arrival(path: &Path, folder: &Path) -> Result<Arrival> {
    let own = own_name(path)?;
    let name = inner(path, folder).unwrap_or_else(|| own.clone());
    let content = if path.is_dir() { Content::Folder(files(path)?) } else { Content::File(read(path)?) };
    Ok(Arrival { shown: path.display().to_string(), name, origin: own, is_told: false, content })
}

/// The last name of `path`, links and `..` followed.
fn own_name(path: &Path) -> Result<String> {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().or(whole.file_name()).and_then(|name| name.to_str());
    let error = || Diagnostic::error(path.display().to_string(), "has no name that could be kept");
    Ok(name.ok_or_else(|| error().help("name a file whose name is UTF-8, or a folder"))?.to_owned())
}

/// The path from `folder` to what is at `path`, if that is in it; `/` between its parts.
fn inner(path: &Path, folder: &Path) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = path.canonicalize().ok()?;
    let inner = path.strip_prefix(folder.canonicalize().ok()?).ok()?;
    let parts: Option<Vec<&str>> = inner.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    source::read_file(path, MAX_FILE_BYTES).map_err(|reason| {
        let help = reason.help("name a schema file, or a folder of them");
        Diagnostic::error(path.display().to_string(), reason.to_string()).help(help).into()
    })
}

/// The schema files below `folder`, by their paths from there, in the order of these.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let error = |message: String, help: &str| {
        Diagnostics::from(Diagnostic::error(folder.display().to_string(), message).help(help))
    };
    let listed = source::list(folder).map_err(|found| {
        let shown = folder.join(&found.path).display().to_string();
        Diagnostics::from(Diagnostic::error(shown, found.reason).help(found.help))
    })?;
    if listed.is_empty() {
        return Err(error("has no file called *.json, *.yaml or *.yml".to_owned(), "name a folder of schemas"));
    }
    let (mut files, mut found, mut all) = (Vec::new(), Vec::new(), 0);
    for path in listed {
        match read(&folder.join(&path)) {
            Ok(bytes) => {
                all += bytes.len() as u64;
                files.push((path, bytes));
            }
            Err(Diagnostics(more)) => found.extend(more),
        }
        if all > MAX_FOLDER_BYTES {
            let message = format!("its schemas are larger than {} MiB, the limit", MAX_FOLDER_BYTES >> 20);
            return Err(error(message, "vendor parts of it"));
        }
    }
    if found.is_empty() { Ok(files) } else { Err(Diagnostics(found)) }
}
