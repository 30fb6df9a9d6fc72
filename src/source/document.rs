//! Turns the bytes of one schema file into a [`Document`]: a schema of a known dialect, in which every pointer can be
//! led back to the line that its author wrote.

use std::{collections::BTreeMap, path::Path};

use referencing::Uri;
use serde_json::Value;

use super::{Marked, Source, identity, json, locate, meant, metaschema, origins::Origins, sites::Sites};
use crate::{
    diagnostic::{Diagnostic, Position, Result},
    vocabulary::Role,
};

/// One schema file as read.
#[derive(Debug)]
pub struct Document {
    /// The manifest's entry.
    pub source: Source,
    /// The name of the root definition: the manifest's `type`, else the last segment of `$id`, else the file's stem.
    /// Only the first of these is sure to be a Rust identifier.
    pub name: String,
    /// The schema in the normal form: the words of 2020-12, whatever its dialect, without identifiers, and with no
    /// reference but `$ref`, which the [`Graph`](super::Graph) resolves. Pointers are the file's wherever that is
    /// possible.
    pub schema: Value,
    /// Where it stands, as the user would name it.
    file: String,
    text: String,
    as_written: Value,
    /// Its URI: what references in it are relative to, and what others name it by.
    pub(super) base: Uri<String>,
    /// Its `$id` when that is a mere pointer into the document it was taken from (`/components/schemas/Name`).
    pub(super) component: Option<String>,
    /// The places of the file where a keyword holds a schema.
    pub(super) sites: Sites,
    pub(super) origins: Origins,
    pub(super) keywords: Vec<Keyword>,
    /// What became of the enums that are marked as open, by their pointers in [`Document::schema`].
    pub(super) marked: BTreeMap<String, Marked>,
}

/// A keyword of a file.
#[derive(Debug)]
pub struct Keyword {
    /// Its JSON Pointer in the file.
    pub pointer: String,
    /// What it is there.
    pub reading: Reading,
    /// Whether it holds schemas, whose keywords follow this one.
    pub holds: bool,
}

/// What a keyword is where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A keyword of its dialect, of this role.
    As(Role),
    /// Nothing that counts, for this reason: the normal form does not have it.
    Ignored(&'static str),
}

impl Document {
    /// The document that `bytes`, the file of `source` in `folder`, spell, and what is to say about it, errors
    /// included. It has no `schema` yet.
    ///
    /// # Errors
    ///
    /// When it is not JSON.
    pub(super) fn read(source: Source, folder: &Path, bytes: Vec<u8>) -> Result<(Self, Vec<Diagnostic>)> {
        let file = folder.join(&source.file).display().to_string();
        let (text, as_written) = json::parse(&file, bytes)?;
        let mut document = Self {
            name: source.type_name.clone().unwrap_or_else(|| identity::stem(&source.file)),
            base: identity::aliases(&source).into_iter().next().unwrap_or_default(),
            source,
            schema: Value::Null,
            file,
            text,
            as_written,
            component: None,
            sites: Sites::default(),
            origins: Origins::default(),
            keywords: Vec::new(),
            marked: BTreeMap::new(),
        };
        let mut found = identity::identify(&mut document);
        document.sites = Sites::of(&document.as_written, document.base.clone(), document.source.dialect);
        found.extend(identity::embedded(&document));
        found.extend(meant::notes(&document));
        found.extend(metaschema::check(&document));
        Ok((document, found))
    }

    /// The file, as the user would name it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The schema as the file has it, word for word.
    #[must_use]
    pub fn as_written(&self) -> &Value {
        &self.as_written
    }

    /// Every keyword of the file, in the order they are written.
    #[must_use]
    pub fn keywords(&self) -> &[Keyword] {
        &self.keywords
    }

    /// What became of the enum at `pointer` of [`Document::schema`], if it is marked as open.
    #[must_use]
    pub fn marked(&self, pointer: &str) -> Option<&Marked> {
        self.marked.get(pointer)
    }

    /// Where the file has the value at `pointer` of [`Document::schema`]; when it has none there, the nearest value
    /// around it.
    #[must_use]
    pub fn position(&self, pointer: &str) -> Position {
        locate::value(&self.text, &self.written(pointer))
    }

    /// An error about the value at `pointer` of [`Document::schema`].
    #[must_use]
    pub fn error(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        self.written_error(&self.written(pointer), message)
    }

    /// An error about the value at `pointer` of the file.
    pub(super) fn written_error(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        self.place(Diagnostic::error(&self.file, message), pointer)
    }

    /// A note about the value at `pointer` of the file.
    pub(super) fn written_note(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        self.place(Diagnostic::note(&self.file, message), pointer)
    }

    fn place(&self, diagnostic: Diagnostic, pointer: &str) -> Diagnostic {
        diagnostic.at(Some(locate::value(&self.text, pointer))).pointing(pointer)
    }

    /// The pointer in the file for the pointer `read` in [`Document::schema`]; for what comes from elsewhere, that of the
    /// reference that leads there.
    #[must_use]
    pub fn written(&self, read: &str) -> String {
        self.origins.written(read)
    }

    /// The pointer in [`Document::schema`] for the pointer `written` in the file.
    pub(crate) fn read_pointer(&self, written: &str) -> String {
        self.origins.read(written)
    }
}
