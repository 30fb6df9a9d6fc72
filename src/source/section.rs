//! Turns TOML text into tables whose every fault is reported with its place: an unknown key, a missing one, a value of
//! the wrong type. (Deserialising through serde would stop at the first fault of each table.)

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::locate;
use crate::diagnostic::{Diagnostic, Position};

/// A TOML file while it is read, and what is wrong with it.
pub(crate) struct Toml<'t> {
    file: String,
    text: &'t str,
    pub(crate) found: Vec<Diagnostic>,
}

impl<'t> Toml<'t> {
    /// `file` names the text in diagnostics.
    pub(crate) fn new(file: String, text: &'t str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// The whole text as a table, for people `name`, that may have the keys `known`; none when it is not TOML.
    pub(crate) fn parse(&mut self, name: &'static str, known: &'static [&'static str]) -> Option<Section<'t>> {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let help =
                "correct it here or just before: TOML has key = value, [table], [[list of tables]] and # comments";
            self.error(&error.span().unwrap_or_default(), format!("this is not TOML: {}", error.message()), help);
        }
        errors.is_empty().then(|| self.section(name, known, 0..0, root.into_inner()))
    }

    /// `value` as a table called `name` that may have the keys `known`.
    pub(crate) fn table(
        &mut self,
        name: &'static str,
        known: &'static [&'static str],
        value: Spanned<DeValue<'t>>,
    ) -> Option<Section<'t>> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some(self.section(name, known, span, table)),
            other => {
                self.error(
                    &span,
                    format!("{name} is a table, not a value of type {}", other.type_str()),
                    "write a table",
                );
                None
            }
        }
    }

    fn section(
        &mut self,
        name: &'static str,
        known: &'static [&'static str],
        span: Range<usize>,
        table: DeTable<'t>,
    ) -> Section<'t> {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let help = format!("{name} may have: {}", known.join(", "));
            self.error(&key.span(), format!("{name} has no key `{}`", key.get_ref()), help);
        }
        Section { name, span, table }
    }

    pub(crate) fn error(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let position = self.position(span);
        self.error_at(position, message, help);
    }

    /// An error about what stands at `position`.
    pub(super) fn error_at(&mut self, position: Position, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.file, message).at(Some(position)).help(help));
    }

    pub(crate) fn position(&self, span: &Range<usize>) -> Position {
        locate::offset(self.text, span.start)
    }
}

/// One table, its values taken out one by one.
pub(crate) struct Section<'t> {
    name: &'static str,
    /// Where the table begins.
    pub(crate) span: Range<usize>,
    table: DeTable<'t>,
}

impl<'t> Section<'t> {
    /// The value of `key`, if it has one.
    pub(crate) fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'t>>> {
        let key = self.table.keys().find(|known| known.get_ref() == key)?.clone();
        self.table.remove(&key)
    }

    /// Whether `key` has a value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.keys().any(|known| known.get_ref() == key)
    }

    /// The value of `key`, an error when it has none.
    pub(crate) fn require(&mut self, toml: &mut Toml<'t>, key: &str) -> Option<Spanned<DeValue<'t>>> {
        let value = self.take(key);
        if value.is_none() {
            toml.error(&self.span, format!("{} lacks `{key}`", self.name), format!("add `{key}` to {}", self.name));
        }
        value
    }

    /// The line of text that `key` must have.
    pub(crate) fn line(&mut self, toml: &mut Toml<'t>, key: &str) -> Option<Spanned<String>> {
        let value = self.require(toml, key)?;
        as_line(toml, key, value)
    }

    /// The line of text that `key` may have.
    pub(crate) fn optional_line(&mut self, toml: &mut Toml<'t>, key: &str) -> Option<Spanned<String>> {
        let value = self.take(key)?;
        as_line(toml, key, value)
    }
}

/// `value` as one line of text with something in it: it goes into comments and generated files.
pub(super) fn as_line<'t>(toml: &mut Toml<'t>, key: &str, value: Spanned<DeValue<'t>>) -> Option<Spanned<String>> {
    let span = value.span();
    let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty() && !text.contains(char::is_control));
    if text.is_none() {
        toml.error(&span, format!("`{key}` is not one line of text"), format!("write {key} = \"…\", on one line"));
    }
    text.map(|text| Spanned::new(span, text.to_owned()))
}
