//! Bytes from elsewhere, as an [`Arrival`] -> schema files below a manifest's folder, and the manifest's entry for them.
//!
//! Bytes are kept as they came. They are read before anything is written: what is no schema does not come in. Where
//! they come from and on which day is told by the caller; nothing is fetched here, and no clock is looked at.

mod entry;
mod local;
mod place;
#[cfg(test)]
mod tests;

use std::path::Path;

use heck::ToSnakeCase as _;
pub use toml_edit::Date;
use toml_edit::Datetime;

use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::emit::{self, Stopped};
use crate::source::{self, Dialect, Recognised};
pub use local::arrival;

/// What is to be vendored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// What it is called in diagnostics: its path or its address, as it was given.
    pub shown: String,
    /// The path that it gets below the manifest's folder, `/` between its parts, unless the manifest has an entry of its
    /// origin already.
    pub name: String,
    /// Where it came from; one line for people.
    pub origin: String,
    /// Whether somebody said so; else `origin` is a mere name, and an entry that knows better keeps its own.
    pub is_told: bool,
    /// Its bytes.
    pub content: Content,
}

/// The bytes of an [`Arrival`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Those of a file.
    File(Vec<u8>),
    /// Those of the schema files of a folder, by their paths from there, sorted by these.
    Folder(Vec<(String, Vec<u8>)>),
}

/// What is told of an arrival besides.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// The day it came.
    pub date: Date,
    /// Whether it may take the place of what came from elsewhere under its name.
    pub replace: bool,
    /// Its dialect, where it does not say it itself, or says it wrongly.
    pub dialect: Option<Dialect>,
    /// The Rust module of its types; else it is made of its name.
    pub module: Option<&'a str>,
    /// The schemas of an OpenAPI document that are wanted, by names in which `*` stands for any characters; when there are
    /// none, the entry says.
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
    pub path: String,
    /// What changed of its entry.
    pub change: Change,
    /// The files that have other bytes now, that are new or that are gone, by their paths below the manifest's folder.
    pub files: Vec<String>,
}

/// What became of an entry of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// These keys of it have other values now.
    Updated(Vec<&'static str>),
    /// All was so already.
    None,
}

/// Brings `arrival` below the folder of the manifest at `manifest`, and the manifest up to date. Each file is written
/// whole, the manifest after the schemas; a run that is cut short leaves none torn, and can be repeated. Schema files of a
/// folder that have not arrived again are removed.
///
/// # Errors
///
/// Without any change: all that is wrong with the arrival (no schema, no dialect, a name that is taken) or with the
/// manifest. Midway, when the disk fails.
pub fn vendor(manifest: &Path, arrival: &Arrival, told: &Told<'_>) -> std::result::Result<Vendored, Stopped> {
    let named = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = named.unwrap_or(Path::new("."));
    emit::put(folder, || prepare(manifest, folder, arrival, told))
}

/// What becomes of `arrival`, and the files that have to be written for it.
fn prepare(manifest: &Path, folder: &Path, arrival: &Arrival, told: &Told<'_>) -> Result<(Vendored, emit::Files)> {
    let text = source::read_manifest(manifest)?;
    let mut entries = entry::parse(manifest, &text)?;
    let known = entry::find(&entries, "origin", &arrival.origin).filter(|_| !told.replace);
    let path = known.unwrap_or_else(|| arrival.name.clone());
    let old = entry::Old::of(&entries, &path);
    let said = recognise(arrival, &path, told)?;
    let sha256 = sum(&arrival.content);
    place::check(manifest, folder, &path, old.as_ref(), arrival, &sha256, told)?;
    let module = module(arrival, &path, old.is_some(), told)?;
    let is_kept = old.as_ref().filter(|old| old.sha256 == sha256 && !arrival.is_told);
    let entry = entry::New {
        path: &path,
        is_folder: matches!(arrival.content, Content::Folder(_)),
        origin: &is_kept.map_or_else(|| arrival.origin.clone(), |old| old.origin.clone()),
        sha256: &sha256,
        dialect: dialect(arrival, &said, old.as_ref(), told)?,
        module: module.as_deref(),
        is_dated: arrival.is_told || old.is_none(),
        told,
    };
    let change = entry.record(&mut entries);
    let mut files = place::files(folder, &path, &arrival.content)?;
    let changed = files.iter().map(|(path, _)| path.clone()).collect();
    let new = entries.to_string();
    if new != text {
        source::check_manifest(manifest, &new)?;
        files.push((place::name(manifest), Some(new.into_bytes())));
    }
    Ok((Vendored { path, change, files: changed }, files))
}

/// What the files of `arrival`, which becomes `path`, say of themselves.
fn recognise(arrival: &Arrival, path: &str, told: &Told<'_>) -> Result<Vec<Recognised>> {
    let files = match &arrival.content {
        Content::File(bytes) => {
            let said = source::recognise(&arrival.shown, path, bytes.clone(), told.only)?;
            if !told.only.is_empty() && matches!(said, Recognised::Schema(_)) {
                let error = Diagnostic::error(&arrival.shown, "has no names to choose by: it is no OpenAPI document");
                return Err(error.help("leave out `--only`: a JSON Schema is taken whole").into());
            }
            return Ok(vec![said]);
        }
        Content::Folder(files) => files,
    };
    if !told.only.is_empty() {
        let error = Diagnostic::error(&arrival.shown, "has no names to choose by: it is a folder");
        return Err(error.help("leave out `--only`: a folder of schemas is taken whole").into());
    }
    let (mut all, mut found) = (Vec::new(), Vec::new());
    for (inner, bytes) in files {
        let shown = format!("{}/{inner}", arrival.shown.trim_end_matches('/'));
        match source::recognise(&shown, inner, bytes.clone(), &[]) {
            Ok(Recognised::OpenApi(_)) => {
                let error = Diagnostic::error(shown, "is an OpenAPI document, which is no part of a folder of schemas");
                found.push(error.help("vendor it by itself, and the folder without it"));
            }
            Ok(said) => all.push(said),
            Err(Diagnostics(more)) => found.extend(more),
        }
    }
    if found.is_empty() { Ok(all) } else { Err(Diagnostics(found)) }
}

/// The dialect that the entry of `arrival`, whose files say what `said` has, has to name. A folder's files may say it each
/// for itself: then its entry is left to say nothing.
fn dialect(
    arrival: &Arrival,
    said: &[Recognised],
    old: Option<&entry::Old>,
    told: &Told<'_>,
) -> Result<Option<Dialect>> {
    let all_say = said.iter().all(|said| said.dialect().is_some());
    let declared = said.first().copied().and_then(Recognised::dialect);
    let agreed = declared.filter(|first| said.iter().all(|said| said.dialect() == Some(*first)));
    match told.dialect.or(agreed).or(old.and_then(|old| old.dialect)) {
        None if !all_say => {
            let message =
                "does not say its dialect: it has no `$schema` of a dialect that is supported, and no `openapi`";
            let help = format!("say it by `--dialect`: {}", Dialect::supported());
            Err(Diagnostic::error(&arrival.shown, message).help(help).into())
        }
        dialect => Ok(dialect),
    }
}

/// The Rust module that the entry of `arrival` has to name, if not the one it names.
fn module(arrival: &Arrival, path: &str, is_listed: bool, told: &Told<'_>) -> Result<Option<String>> {
    let made = || {
        let last = path.rsplit('/').next().unwrap_or_default();
        let is_folder = matches!(arrival.content, Content::Folder(_));
        let stem = if is_folder { last } else { last.rsplit_once('.').map_or(last, |(stem, _)| stem) };
        stem.to_snake_case()
    };
    let module = told.module.map(str::to_owned).or_else(|| (!is_listed).then(made));
    match module.as_deref().and_then(source::not_a_module) {
        Some(message) => {
            let help = "choose a module by `--module`: small letters, digits, `_`; no keyword";
            Err(Diagnostic::error(&arrival.shown, message).help(help).into())
        }
        None => Ok(module),
    }
}

/// The sum that the manifest states of `content`.
fn sum(content: &Content) -> String {
    match content {
        Content::File(bytes) => source::sha256(bytes),
        Content::Folder(files) => source::sum(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))),
    }
}
