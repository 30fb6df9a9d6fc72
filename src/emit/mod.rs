//! Turns generated text into a [`Tree`] (relative path -> bytes), and a tree into files on disk.
//!
//! [`compare`] says how a directory differs from a tree and changes nothing; [`write()`] makes the directory the tree,
//! and [`put()`] puts single files beside others: nothing else in this library writes. The first two look at the disk
//! through the same survey, so they cannot disagree.

mod compare;
mod marker;
mod package;
mod put;
mod staging;
mod steps;
mod survey;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

pub use compare::{Difference, compare, compare_one};
pub use marker::{Source, TYPIFY_VERSION};
pub use package::package;
pub use put::{Files, put, put_one};
pub use write::{Stopped, Written, write};

use crate::diagnostic::{Diagnostic, Result};

/// The files that codegen wants in an output directory: relative path, `/` between its parts, to the file's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    /// A tree without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the file `path`: the marker that names it, its `sources` and the versions, then `body`.
    ///
    /// # Errors
    ///
    /// When `path` is not made of plain names (ASCII letters, digits, `_`, `-`, `.`), when it ends in none of `.rs`,
    /// `.toml` and `.md` (the kinds of file whose comments are known here), when the tree has it already, and when it
    /// would have to be a file and a directory at once.
    pub fn insert(&mut self, path: &str, sources: &[Source], body: &str) -> Result<()> {
        self.put(path, marker::mark(path, sources, body))
    }

    /// Adds the file `path`, which was `marked` already, if it could be.
    fn put(&mut self, path: &str, marked: Option<Vec<u8>>) -> Result<()> {
        let error = |message: &str| Err(Diagnostic::error(path, message).help("rename the module it is for").into());
        if !path.split('/').all(is_plain_name) {
            return error("is no path that codegen can write on every system");
        }
        let Some(bytes) = marked else {
            return error("is of a kind whose comments are not known, so it cannot be marked as generated");
        };
        if self.0.contains_key(path) {
            return error("is generated twice");
        }
        let directory = format!("{path}/");
        let below = self.0.range(directory.clone()..).next().filter(|(other, _)| other.starts_with(&directory));
        if below.is_some() || ancestors(path).any(|around| self.0.contains_key(around)) {
            return error("would be both a file and a directory");
        }
        self.0.insert(path.to_owned(), bytes);
        Ok(())
    }

    /// The tree of these files, which are whole: what [`Self::iter`] gave of another.
    pub(crate) fn of_texts(files: BTreeMap<String, String>) -> Self {
        Self(files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect())
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The bytes of the file `path`, marker included.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }
}

fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !name.is_empty() && name.chars().all(plain) && !name.starts_with(['.', '-']) && !name.ends_with('.')
}

/// The directories that `path` lies in, outermost first, without the output directory itself.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}
