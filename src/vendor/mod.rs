//! Bytes from elsewhere, as [`Arrival`]s -> schema files below a manifest's folder, and the manifest's entries for them.
//!
//! Bytes are kept as they came. They are read before anything is written: what is no schema does not come in. Where
//! they come from and on which day is told by the caller; nothing is fetched here, and no clock is looked at.

mod entry;
mod local;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use heck::ToSnakeCase as _;
pub use toml_edit::Date;
use toml_edit::{Datetime, DocumentMut};

use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::emit::{self, Stopped};
use crate::source::{self, Dialect};
pub use local::arrivals;

/// A file that is to be vendored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// What it is called in diagnostics: its path or its address, as it was given.
    pub shown: String,
    /// The path that it gets below the manifest's folder, `/` between its parts, unless the manifest has an entry of its
    /// origin already.
    pub name: String,
    /// Where it came from; one line for people.
    pub origin: String,
    /// Whether somebody said so; else `origin` is a mere file name, and an entry that knows better keeps its own.
    pub is_told: bool,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is told of arrivals besides.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// The day they came, `YYYY-MM-DD`.
    pub date: Date,
    /// Whether an arrival may take the place of a file of its name that came from elsewhere.
    pub replace: bool,
    /// Their dialect, where they do not say it themselves, or say it wrongly.
    pub dialect: Option<Dialect>,
    /// The Rust module of the one arrival; else it is made of the file's name.
    pub module: Option<&'a str>,
    /// The components of an OpenAPI document that are wanted; when there are none, the entry says.
    pub only: &'a [String],
}

/// The day that `text` names as `YYYY-MM-DD`, if it does.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    match text.parse().ok()? {
        Datetime { date, time: None, offset: None } => date,
        _ => None,
    }
}

/// What became of an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendored {
    /// Its path below the manifest's folder.
    pub file: String,
    /// What changed.
    pub change: Change,
}

/// What became of an arrival's file and its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The manifest has a new entry for it.
    Added,
    /// These keys of its entry have other values now.
    Updated(Vec<&'static str>),
    /// All was so already.
    None,
}

/// Brings `arrivals` below the folder of the manifest at `manifest`, and the manifest up to date. Each file is written
/// whole, the manifest after the schemas; a run that is cut short leaves none torn, and can be repeated.
///
/// # Errors
///
/// Without any change: all that is wrong with the arrivals (no schema, no dialect, a name that is taken) and with the
/// manifest. Midway, when the disk fails.
pub fn vendor(manifest: &Path, arrivals: &[Arrival], told: &Told<'_>) -> std::result::Result<Vec<Vendored>, Stopped> {
    let read = all(arrivals.iter().map(|arrival| read(arrival, told)))?;
    let named = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = named.unwrap_or(Path::new("."));
    emit::put(folder, || prepare(manifest, folder, arrivals, &read, told))
}

/// What an arrival's entry has to say that only its bytes tell.
struct Read {
    sha256: String,
    dialect: Option<Dialect>,
}

fn read(arrival: &Arrival, told: &Told<'_>) -> Result<Read> {
    let source::Recognised { dialect, components } = source::recognise(&arrival.shown, arrival.bytes.clone())?;
    if !told.only.is_empty() {
        let Some(components) = components else {
            let error = Diagnostic::error(&arrival.shown, "has no components: it is no OpenAPI document");
            return Err(error.help("leave out `--only`: a JSON Schema is taken whole").into());
        };
        let missing = told.only.iter().filter(|name| !components.contains(name));
        let error = |name: &String| {
            Diagnostic::error(&arrival.shown, format!("has no component schema `{name}`"))
                .pointing("/components/schemas")
                .help("correct `--only`: names are written as the document has them")
        };
        let missing: Vec<Diagnostic> = missing.map(error).collect();
        if !missing.is_empty() {
            return Err(Diagnostics(missing));
        }
    }
    Ok(Read { sha256: source::sha256(&arrival.bytes), dialect: told.dialect.or(dialect) })
}

/// What becomes of each arrival, and the files that have to be written for it.
fn prepare(
    path: &Path,
    folder: &Path,
    arrivals: &[Arrival],
    read: &[Read],
    told: &Told<'_>,
) -> Result<(Vec<Vendored>, emit::Files)> {
    let text = source::read_manifest(path)?;
    let mut manifest = entry::parse(path, &text)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let both = arrivals.iter().zip(read);
    let reserved = |arrival: &Arrival| arrival.name == name;
    if let Some(arrival) = arrivals.iter().find(|arrival| reserved(arrival)) {
        let error = Diagnostic::error(&arrival.shown, format!("`{name}` is the manifest itself"));
        return Err(error.help("choose another name by `--as`").into());
    }
    let vendored = all(both.map(|(arrival, read)| place(&mut manifest, folder, arrival, read, told)))?;
    let mut files = emit::Files::new();
    for (Vendored { file, .. }, arrival) in vendored.iter().zip(arrivals) {
        if !holds(&folder.join(file), &arrival.bytes) {
            files.push((file.clone(), Some(arrival.bytes.clone())));
        }
    }
    let new = manifest.to_string();
    if new != text {
        source::check_manifest(path, &new)?;
        files.push((name, Some(new.into_bytes())));
    }
    Ok((vendored, files))
}

/// Gives `arrival` its entry in `manifest`.
fn place(
    manifest: &mut DocumentMut,
    folder: &Path,
    arrival: &Arrival,
    read: &Read,
    told: &Told<'_>,
) -> Result<Vendored> {
    let known = entry::find(manifest, "origin", &arrival.origin).filter(|_| !told.replace);
    let file = known.unwrap_or_else(|| arrival.name.clone());
    let old = entry::Old::of(manifest, &file);
    let error =
        |message: String, help: String| Diagnostics::from(Diagnostic::error(&arrival.shown, message).help(help));
    if let Some(message) = not_a_place(folder, &file) {
        return Err(error(message, "choose another name by `--as`".to_owned()));
    }
    if !told.replace
        && let Some(message) = taken(folder, &file, old.as_ref(), arrival, read)
    {
        let help = format!("to replace it, say `--as {file}`; to have both, choose another name by `--as`");
        return Err(error(message, help));
    }
    let Some(dialect) = read.dialect.or(old.as_ref().and_then(|old| old.dialect)) else {
        let message = "does not say its dialect: it has no `$schema` of a dialect that is supported, and no `openapi`";
        return Err(error(message.to_owned(), format!("say it by `--dialect`: {}", Dialect::supported())));
    };
    let same = old.as_ref().filter(|old| old.sha256 == read.sha256 && !arrival.is_told);
    let origin = same.map_or_else(|| arrival.origin.clone(), |old| old.origin.clone());
    let module = told.module.map(str::to_owned).or_else(|| old.is_none().then(|| module(&file)));
    if let Some(name) = &module
        && let Some(message) = source::not_a_module(name)
    {
        return Err(error(message, "choose a module by `--module`: small letters, digits, `_`; no keyword".to_owned()));
    }
    let entry = entry::New {
        file: &file,
        origin: &origin,
        sha256: &read.sha256,
        dialect,
        module: module.as_deref(),
        dated: arrival.is_told,
        told,
    };
    let change = entry.record(manifest);
    Ok(Vendored { file, change })
}

/// Why no file can be vendored as `file`, if none can.
fn not_a_place(folder: &Path, file: &str) -> Option<String> {
    let at = folder.join(file);
    if !source::is_inner(file) || file.contains(char::is_control) {
        Some(format!("`{}` is no path below the manifest's folder", file.escape_debug()))
    } else if !at.ancestors().find(|path| path.exists()).is_none_or(|path| source::stays_below(folder, path)) {
        Some(format!("`{file}` leads out of the manifest's folder by a link"))
    } else {
        let other = fs::symlink_metadata(&at).is_ok_and(|found| !found.is_file());
        other.then(|| format!("where `{file}` belongs stands something that is no file"))
    }
}

/// Why `arrival` may not have the place `file` without being told so, if it may not: other bytes from elsewhere have it.
fn taken(folder: &Path, file: &str, old: Option<&entry::Old>, arrival: &Arrival, read: &Read) -> Option<String> {
    match old {
        Some(old) if old.origin != arrival.origin && old.sha256 != read.sha256 => {
            Some(format!("`{file}` is in the manifest already, from {}", old.origin))
        }
        Some(_) => None,
        None => {
            let at = folder.join(file);
            let other = at.exists() && !holds(&at, &arrival.bytes);
            other.then(|| format!("`{file}` is there already with other bytes, and the manifest does not list it"))
        }
    }
}

fn holds(file: &Path, bytes: &[u8]) -> bool {
    source::read_file(file, source::MAX_FILE_BYTES).is_ok_and(|found| found == bytes)
}

/// A name for the Rust module of `file`.
fn module(file: &str) -> String {
    let whole = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let last = whole.rsplit('/').next().unwrap_or_default();
    last.to_snake_case()
}

/// All that the results give, or all that is wrong.
fn all<T>(results: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let (mut good, mut found) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(Diagnostics(more)) => found.extend(more),
        }
    }
    if found.is_empty() { Ok(good) } else { Err(Diagnostics(found)) }
}
