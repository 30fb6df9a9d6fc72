//! Turns the bytes of one schema file into a [`Document`]: a schema of a known dialect, in which every pointer can be
//! led back to the line that its author wrote.

use std::{collections::BTreeSet, path::Path};

use jsonschema::{Uri, uri};
use serde_json::Value;

use super::{Source, dialect, json, locate, metaschema, openapi};
use crate::{
    diagnostic::{Diagnostic, Position, Result},
    pointer,
    vocabulary::{Role, role},
};

/// One schema file as read.
#[derive(Debug)]
pub struct Document {
    /// The manifest's entry.
    pub source: Source,
    /// The name of the root definition: the manifest's `type`, else the last segment of `$id`, else the file's stem.
    /// Only the first of these is sure to be a Rust identifier.
    pub name: String,
    /// The schema in its dialect's own words, valid under its metaschema. It differs from the file where the author
    /// used another dialect's words (a note says so); pointers are the file's wherever that is possible.
    pub schema: Value,
    /// Where it stands, as the user would name it.
    file: String,
    text: String,
    as_written: Value,
    /// What `$ref`s in it are relative to, and what others name it by.
    pub(super) base: Uri<String>,
    /// Its `$id` when that is a mere pointer into the document it was taken from (`/components/schemas/Name`).
    pub(super) component: Option<String>,
    /// The file's pointers whose schema became the first branch of an `anyOf` with null.
    wrapped: BTreeSet<String>,
}

impl Document {
    /// The document that `bytes`, the file of `source` in `folder`, spell, and what is to say about it, errors
    /// included.
    ///
    /// # Errors
    ///
    /// When it is not JSON.
    pub(super) fn read(source: Source, folder: &Path, bytes: Vec<u8>) -> Result<(Self, Vec<Diagnostic>)> {
        let file = folder.join(&source.file).display().to_string();
        let (text, schema) = json::parse(&file, bytes)?;
        let name = source.type_name.clone().unwrap_or_else(|| stem(&source.file));
        let base = file_uri(&source.file);
        let wrapped = BTreeSet::new();
        let as_written = schema.clone();
        let mut document = Self { source, name, schema, file, text, as_written, base, component: None, wrapped };
        let mut found = dialect::identify(&mut document);
        found.extend(openapi::lower(&mut document));
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

    /// Where the file has the value at `pointer` of [`Document::schema`]; when it has none there, the nearest value
    /// around it.
    #[must_use]
    pub fn position(&self, pointer: &str) -> Position {
        locate::value(&self.text, &self.written(pointer))
    }

    /// An error about the value at `pointer` of [`Document::schema`].
    #[must_use]
    pub fn error(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        self.place(Diagnostic::error(&self.file, message), pointer)
    }

    /// A note about the value at `pointer` of [`Document::schema`].
    #[must_use]
    pub fn note(&self, pointer: &str, message: impl Into<String>) -> Diagnostic {
        self.place(Diagnostic::note(&self.file, message), pointer)
    }

    fn place(&self, diagnostic: Diagnostic, pointer: &str) -> Diagnostic {
        diagnostic.at(Some(self.position(pointer))).pointing(self.written(pointer))
    }

    /// Takes note that the schema at `pointer` of the file became the first branch of an `anyOf` with null.
    pub(super) fn wrap(&mut self, pointer: String) {
        self.wrapped.insert(pointer);
    }

    /// The pointer in the file for the pointer `read` in [`Document::schema`].
    fn written(&self, read: &str) -> String {
        let mut written = String::new();
        let mut tokens = pointer::tokens(read);
        while let Some(mut token) = tokens.next() {
            if token == "anyOf" && self.wrapped.contains(&written) {
                match (tokens.next().as_deref(), tokens.next()) {
                    (Some("0"), Some(inner)) => token = inner,
                    (None | Some("0"), _) => break,
                    (Some(_), _) => return pointer::push(&written, "nullable"),
                }
            }
            written = pointer::push(&written, &token);
        }
        written
    }

    /// The pointer in [`Document::schema`] for the pointer `written` in the file, or in a `$ref`.
    pub(crate) fn read_pointer(&self, written: &str) -> String {
        let (mut read, mut passed) = (String::new(), String::new());
        for token in pointer::tokens(written) {
            if self.wrapped.contains(&passed) && is_wrapped(&token) {
                read.push_str("/anyOf/0");
            }
            read = pointer::push(&read, &token);
            passed = pointer::push(&passed, &token);
        }
        read
    }
}

/// Whether `keyword` goes into the branch when its schema becomes a branch: what constrains does, what names or
/// describes the schema as a whole does not.
pub(super) fn is_wrapped(keyword: &str) -> bool {
    matches!(role(keyword), Role::Applicator(_) | Role::Assertion | Role::Reference)
}

/// The URI of the file at the path `file` from the manifest's folder, which stands for the root.
pub(super) fn file_uri(file: &str) -> Uri<String> {
    let encode = |byte: u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let path: String = file.bytes().map(encode).collect();
    // A path of plain characters and percent-encoded bytes is always a URI's.
    uri::from_str(&format!("file:///{path}")).unwrap_or_default()
}

/// The last segment of `path`, a path or a URI, without what follows its first dot.
pub(super) fn stem(path: &str) -> String {
    let last = path.rsplit(['/', ':', '#']).find(|segment| !segment.is_empty()).unwrap_or_default();
    last.split('.').find(|part| !part.is_empty()).unwrap_or_default().to_owned()
}
