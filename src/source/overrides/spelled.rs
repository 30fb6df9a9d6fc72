//! A JSON text within a TOML string -> its value, and where its parts stand in the TOML file.

use serde_json::Value;
use toml::{Spanned, de::DeValue};

use crate::diagnostic::{Diagnostics, Position};
use crate::source::{json, locate, section::Toml};

/// A JSON text that stands in a TOML string.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    text: String,
    /// Where it begins.
    base: Position,
    /// Whether the file has it as it is, without escapes: else only its beginning has a place.
    is_verbatim: bool,
}

impl Spelled {
    /// The text `content`, which `toml_text` has as a string at `offset`.
    fn new(content: &str, offset: usize, toml_text: &str) -> Self {
        let raw = toml_text.get(offset..).unwrap_or_default();
        let begins = ["'''\r\n", "'''\n", "\"\"\"\r\n", "\"\"\"\n", "'''", "\"\"\"", "'", "\""];
        let begin = begins.into_iter().find_map(|begin| Some((begin, raw.strip_prefix(begin)?)));
        let is_verbatim = begin.is_some_and(|(_, rest)| rest.starts_with(content));
        let skipped = begin.filter(|_| is_verbatim).map_or(0, |(begin, _)| begin.len());
        Self { text: content.to_owned(), base: locate::offset(toml_text, offset + skipped), is_verbatim }
    }

    /// Where the value at `pointer` stands in the TOML file; when there is none, the nearest one around it.
    pub(super) fn position(&self, pointer: &str) -> Position {
        self.outer(locate::value(&self.text, pointer))
    }

    fn outer(&self, Position { line, column }: Position) -> Position {
        match line {
            _ if !self.is_verbatim => self.base,
            1 => Position { line: self.base.line, column: self.base.column + column - 1 },
            line => Position { line: self.base.line + line - 1, column },
        }
    }
}

/// What `value`, that of `key` in `toml_text`, spells; an error when it is no JSON text.
pub(super) fn json<'t>(
    toml: &mut Toml<'t>,
    key: &str,
    value: &Spanned<DeValue<'t>>,
    toml_text: &str,
) -> Option<(Spelled, Value)> {
    let Some(content) = value.get_ref().as_str() else {
        let message = format!("`{key}` is not a text");
        toml.error(&value.span(), message, format!("write {key} = '''…''', with a JSON text in it"));
        return None;
    };
    let text = Spelled::new(content, value.span().start, toml_text);
    match json::parse("", content.as_bytes().to_vec()) {
        Ok((_, value)) => Some((text, value)),
        Err(Diagnostics(found)) => {
            for fault in found {
                let help = format!("mend the JSON text of `{key}`");
                let at = fault.position.map_or(text.base, |position| text.outer(position));
                toml.error_at(at, fault.message, help);
            }
            None
        }
    }
}
