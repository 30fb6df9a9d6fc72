//! Turns the bytes of one file into a [`Document`]: a schema of a known dialect, or the schemas of an OpenAPI document, in
//! which every pointer can be led back to the line that its author wrote.

use std::collections::BTreeMap;

use referencing::Uri;
use serde_json::Value;

use super::{
    Dialect, Marked, Source, identity, json, locate,
    manifest::Entry,
    meant, metaschema,
    notes::Notes,
    openapi,
    origins::Origins,
    overrides::{self, Correction, Corrections, Overrides},
    sites::Sites,
    yaml,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Position, Result},
    vocabulary::Role,
};

/// One file as read.
#[derive(Debug)]
pub struct Document {
    /// The manifest's entry, of a folder maybe.
    pub source: Source,
    /// The number of that entry: documents of one number become one module.
    pub entry: usize,
    /// The file's path from the manifest's folder, with `/` between the parts.
    pub path: String,
    /// The dialect that it is read in.
    pub dialect: Dialect,
    /// The name of the root definition: the manifest's `type`, else the last segment of `$id`, else the file's stem.
    /// Only the first of these is sure to be a Rust identifier.
    pub name: String,
    /// Whether it is a schema itself. An OpenAPI document is none: it has definitions only, which its normal form has
    /// under `$defs`.
    pub is_schema: bool,
    /// The schema in the normal form: the words of 2020-12, whatever its dialect, without identifiers, and with no
    /// reference but `$ref`, which the [`Graph`](super::Graph) resolves. Pointers are the file's wherever that is
    /// possible.
    pub schema: Value,
    /// Where it stands, as the user would name it.
    pub(super) file: String,
    text: Text,
    as_written: Value,
    /// What was corrected in it, and where that comes from.
    pub(super) corrections: Corrections,
    /// Its URI: what references in it are relative to, and what others name it by.
    pub(super) base: Uri<String>,
    /// Its `$id` when that is a mere pointer into the document it was taken from (`/components/schemas/Name`).
    pub(super) component: Option<String>,
    /// Whether it is one of a folder, whose files name each other so.
    pub(super) in_folder: bool,
    /// The places of the file where a keyword holds a schema.
    pub(super) sites: Sites,
    pub(super) origins: Origins,
    pub(super) keywords: Vec<Keyword>,
    /// What became of the enums that are marked as open, by their pointers in [`Document::schema`].
    pub(super) marked: BTreeMap<String, Marked>,
}

/// What tells where values stand in a file.
#[derive(Debug)]
pub(super) enum Text {
    Json(String),
    Yaml(yaml::Marks),
}

impl Text {
    /// The file at `path` with these `bytes`, and the value they spell; `file` names it in diagnostics.
    pub(super) fn parse(file: &str, path: &str, bytes: Vec<u8>) -> Result<(Self, Value)> {
        if [".yaml", ".yml"].iter().any(|end| path.ends_with(end)) {
            let text = locate::utf8(file, bytes, "save the file as UTF-8, or fetch it again")?;
            let (value, marks) = yaml::parse(file, &text)?;
            Ok((Self::Yaml(marks), value))
        } else {
            let (text, value) = json::parse(file, bytes)?;
            Ok((Self::Json(text), value))
        }
    }

    /// Where the value at `pointer` of `value`, the whole file's, stands.
    pub(super) fn position(&self, value: &Value, pointer: &str) -> Position {
        match self {
            Self::Json(text) => locate::value(text, pointer),
            Self::Yaml(marks) => marks.position(value, pointer),
        }
    }
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
    /// Whether nothing but its file gives it its name.
    pub(crate) fn is_called_as_its_file(&self) -> bool {
        self.source.type_name.is_none() && self.name == identity::stem(&self.path)
    }

    /// The document that `bytes`, the file at `path` that `entry` lists, spell, corrected by `overrides`, and the errors in it;
    /// what is noted goes to `notes`. It has no `schema` yet.
    ///
    /// # Errors
    ///
    /// When it is not JSON, cannot be corrected so, its dialect is not known, or nothing is defined in it.
    pub(super) fn read(
        entry: &Entry,
        path: String,
        bytes: Vec<u8>,
        overrides: &Overrides,
        notes: &mut Notes,
    ) -> Result<(Self, Vec<Diagnostic>)> {
        let Some(source) = entry.source.clone() else { return Err(Diagnostics(Vec::new())) };
        let file = entry.folder.join(&path).display().to_string();
        let size = bytes.len() as u64;
        let (text, as_written) = Text::parse(&file, &path, bytes)?;
        let (as_written, corrections) = overrides.correct(&path, as_written, size)?;
        let is_openapi = openapi::is_one(&as_written);
        let mut document = Self {
            name: source.type_name.clone().unwrap_or_else(|| identity::stem(&path)),
            base: identity::aliases(&source, &path).into_iter().next().unwrap_or_default(),
            dialect: source.dialect.unwrap_or(Dialect::Draft202012),
            entry: entry.number,
            path,
            is_schema: !is_openapi,
            in_folder: entry.is_folder,
            source,
            schema: Value::Null,
            file,
            text,
            as_written,
            corrections,
            component: None,
            sites: Sites::default(),
            origins: Origins::default(),
            keywords: Vec::new(),
            marked: BTreeMap::new(),
        };
        let mut found = Vec::new();
        let roots = if is_openapi {
            let (roots, wrong) = document.definitions(entry)?;
            found.extend(wrong);
            roots
        } else {
            found.extend(identity::identify(&mut document, entry, notes)?);
            vec![String::new()]
        };
        document.sites = Sites::of(&document.as_written, roots, document.base.clone(), document.dialect);
        found.extend(identity::embedded(&document));
        found.extend(meant::notes(&document, notes));
        found.extend(metaschema::check(&document, notes));
        Ok((document, found))
    }

    /// The pointers of the definitions of an OpenAPI document that `entry` wants, and what it wants in vain.
    fn definitions(&mut self, entry: &Entry) -> Result<(Vec<String>, Vec<Diagnostic>)> {
        let fault = |document: &Self, (at, message, help): openapi::Fault| {
            Diagnostics(vec![document.written_error(&at, message).help(help)])
        };
        if entry.is_folder {
            let message = "an OpenAPI document in a folder of schemas is not read";
            let help = "move it out of the folder, and list it by `file` in a [[source]] of its own";
            return Err(fault(self, (String::new(), message.to_owned(), help.to_owned())));
        }
        self.dialect = openapi::dialect(&self.as_written).map_err(|wrong| fault(self, wrong))?;
        let mut found: Vec<Diagnostic> = entry.contradicted(self.dialect, "the document").into_iter().collect();
        if self.source.type_name.is_some() {
            let help = "remove `type`: the types of an OpenAPI document are called as its schemas";
            found.push(entry.error("`type` does not go with an OpenAPI document", help));
        }
        let (roots, missing) =
            openapi::definitions(&self.as_written, self.dialect, &entry.wanted).map_err(|wrong| fault(self, wrong))?;
        found.extend(missing.into_iter().map(|wanted| entry.missing(wanted, &self.path)));
        Ok((roots, found))
    }

    /// The file, as the user would name it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The schema as the file has it, word for word, but for what was corrected.
    #[must_use]
    pub fn as_written(&self) -> &Value {
        &self.as_written
    }

    /// What was corrected in it, in the order in which that was done.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections.made
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

    /// Where the value at `pointer` of [`Document::schema`] stands; when it is written nowhere, the nearest value around it.
    /// The file is that of the schema, or of the overrides if it is they that say so.
    #[must_use]
    pub fn position(&self, pointer: &str) -> (&str, Position) {
        self.written_position(&self.written(pointer))
    }

    /// An error about the value at `pointer` of [`Document::schema`].
    #[must_use]
    pub fn error(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        self.written_error(&self.written(pointer), message)
    }

    /// An error about the value at `pointer` of the file.
    pub(super) fn written_error(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        let (file, position) = self.written_position(pointer);
        Diagnostic::error(file, message).at(Some(position)).pointing(pointer)
    }

    /// A note about the value at `pointer` of the file.
    pub(super) fn written_note(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        let (file, position) = self.written_position(pointer);
        Diagnostic::note(file, message).at(Some(position)).pointing(pointer)
    }

    /// Where the value at `pointer` of the corrected file stands.
    fn written_position(&self, pointer: &str) -> (&str, Position) {
        match self.corrections.source(pointer) {
            overrides::Source::Upstream(at) => {
                let upstream = self.corrections.upstream.as_ref().unwrap_or(&self.as_written);
                (&self.file, self.text.position(upstream, &at))
            }
            overrides::Source::Override(position) => (&self.corrections.file, position),
        }
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
