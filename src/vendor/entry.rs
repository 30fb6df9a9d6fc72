//! The manifest's text with an entry added or changed: all else keeps its words, its comments and its order.

use std::path::Path;

use toml_edit::{ArrayOfTables, Datetime, DocumentMut, Item, Table, TableLike, Value};

use super::{Change, Told};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::source::{self, Dialect};

/// The manifest at `path`, which says `text`. It may have no source yet.
pub(super) fn parse(path: &Path, text: &str) -> Result<DocumentMut> {
    let manifest = text.parse::<DocumentMut>();
    if manifest.as_ref().map_or(true, |manifest| manifest.contains_key("source")) {
        source::check_manifest(path, text)?;
    }
    // What is no TOML has been told with its place above.
    let error = |error| Diagnostic::error(path.display().to_string(), format!("this is not TOML: {error}"));
    manifest.map_err(|found| Diagnostics::from(error(found).help("mend the manifest")))
}

/// The path of the entry whose `key` is `value`.
pub(super) fn find(manifest: &DocumentMut, key: &str, value: &str) -> Option<String> {
    let entry = entries(manifest).find(|entry| text(*entry, key) == Some(value))?;
    path(entry).map(str::to_owned)
}

/// The path of the file or the folder that `entry` lists.
fn path(entry: &dyn TableLike) -> Option<&str> {
    text(entry, "file").or(text(entry, "folder"))
}

fn entries(manifest: &DocumentMut) -> impl Iterator<Item = &dyn TableLike> {
    let source = manifest.get("source");
    let tables = source.and_then(Item::as_array_of_tables).into_iter().flatten().map(|table| table as &dyn TableLike);
    let inline = source.and_then(Item::as_array).into_iter().flatten().filter_map(Value::as_inline_table);
    tables.chain(inline.map(|table| table as &dyn TableLike))
}

fn entry_mut<'m>(manifest: &'m mut DocumentMut, listed: &str) -> Option<&'m mut dyn TableLike> {
    let is_it = |table: &dyn TableLike| path(table) == Some(listed);
    match manifest.get_mut("source")? {
        Item::ArrayOfTables(tables) => {
            tables.iter_mut().find(|table| is_it(*table)).map(|table| table as &mut dyn TableLike)
        }
        Item::Value(Value::Array(tables)) => {
            let mut tables = tables.iter_mut().filter_map(Value::as_inline_table_mut);
            tables.find(|table| is_it(*table)).map(|table| table as &mut dyn TableLike)
        }
        _ => None,
    }
}

fn text<'m>(entry: &'m dyn TableLike, key: &str) -> Option<&'m str> {
    entry.get(key).and_then(Item::as_str)
}

/// What an entry says.
pub(super) struct Old {
    pub(super) is_folder: bool,
    pub(super) origin: String,
    pub(super) sha256: String,
    pub(super) dialect: Option<Dialect>,
}

impl Old {
    /// What the entry of the file or folder `listed` says, if there is one.
    pub(super) fn of(manifest: &DocumentMut, listed: &str) -> Option<Self> {
        let entry = entries(manifest).find(|entry| path(*entry) == Some(listed))?;
        let owned = |key| text(entry, key).unwrap_or_default().to_owned();
        let is_folder = entry.contains_key("folder");
        let dialect = Dialect::from_uri(&owned("dialect"));
        Some(Self { is_folder, origin: owned("origin"), sha256: owned("sha256"), dialect })
    }
}

/// What the entry of a file or a folder is to say.
pub(super) struct New<'a> {
    pub(super) path: &'a str,
    pub(super) is_folder: bool,
    pub(super) origin: &'a str,
    pub(super) sha256: &'a str,
    /// None leaves what the entry has.
    pub(super) dialect: Option<Dialect>,
    /// None leaves what the entry has; a new one needs it.
    pub(super) module: Option<&'a str>,
    /// Whether a day is to be written where none is.
    pub(super) is_dated: bool,
    pub(super) told: &'a Told<'a>,
}

impl New<'_> {
    /// Changes the entry, or appends one.
    pub(super) fn record(&self, manifest: &mut DocumentMut) -> Change {
        if let Some(entry) = entry_mut(manifest, self.path) {
            let changed = self.update(entry);
            return if changed.is_empty() { Change::None } else { Change::Updated(changed) };
        }
        let mut entry = Table::new();
        entry.insert(if self.is_folder { "folder" } else { "file" }, self.path.into());
        self.update(&mut entry);
        match manifest.entry("source").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
            Item::ArrayOfTables(tables) => tables.push(entry),
            Item::Value(Value::Array(tables)) => tables.push(entry.into_inline_table()),
            // It has been checked that it is a list.
            _ => {}
        }
        Change::Added
    }

    /// The keys of `entry` that had to be changed. The day changes with any of them: nothing has come on it otherwise.
    fn update(&self, entry: &mut dyn TableLike) -> Vec<&'static str> {
        let mut wanted: Vec<(&'static str, Value)> =
            vec![("origin", self.origin.into()), ("sha256", self.sha256.into())];
        wanted.extend(self.dialect.map(|dialect| ("dialect", dialect.uri().into())));
        wanted.extend(self.module.map(|module| ("module", module.into())));
        if !self.told.only.is_empty() {
            wanted.push(("only", self.told.only.iter().collect::<toml_edit::Array>().into()));
        }
        wanted.retain(|(key, value)| !is(entry, key, value));
        if !wanted.is_empty() || (self.is_dated && !entry.contains_key("date")) {
            let date = ("date", Value::from(Datetime { date: Some(self.told.date), time: None, offset: None }));
            let after_origin = wanted.iter().position(|(key, _)| *key != "origin").unwrap_or(wanted.len());
            if !is(entry, date.0, &date.1) {
                wanted.insert(after_origin, date);
            }
        }
        wanted.into_iter().map(|(key, value)| set(entry, key, value)).collect()
    }
}

/// Whether `key` has that value, however it is spelled.
fn is(entry: &dyn TableLike, key: &str, value: &Value) -> bool {
    let plain = |value: &Value| {
        let strings = value
            .as_array()
            .map(|array| array.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Vec<_>>());
        (value.as_str().map(str::to_owned), value.as_datetime().copied(), strings)
    };
    entry.get(key).and_then(Item::as_value).is_some_and(|old| plain(old) == plain(value))
}

/// Gives `key` the value, with the comment that the old one has behind it.
fn set(entry: &mut dyn TableLike, key: &'static str, mut value: Value) -> &'static str {
    match entry.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(entry.insert(key, Item::Value(value))),
    }
    key
}
