//! Turns byte offsets and JSON Pointers into lines and columns of a text. Nothing is indexed beforehand: only a
//! diagnostic needs a position, and few files have one.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::{
    diagnostic::{Diagnostic, Position, Result},
    pointer,
};

/// `bytes` as text; an error about `file`, with `help`, where they stop being UTF-8.
pub(super) fn utf8(file: &str, bytes: Vec<u8>, help: &str) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..at).map(String::from_utf8_lossy).unwrap_or_default();
        let found = Diagnostic::error(file, format!("byte {at} (counted from 0) is not UTF-8"));
        found.at(Some(offset(&before, at))).help(help).into()
    })
}

/// The position of the byte at `offset`.
pub(super) fn offset(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let in_line = before.get(line_start..).unwrap_or_default();
    Position { line: before.matches('\n').count() + 1, column: in_line.chars().count() + 1 }
}

/// The position that `serde_json` reports as a 1-based line and a column in bytes.
pub(super) fn line_and_byte(text: &str, line: usize, byte: usize) -> Position {
    let in_line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let before = in_line.char_indices().take_while(|(at, _)| at + 1 < byte).count();
    Position { line, column: before + 1 }
}

/// The position of the value at `pointer` of the JSON document `text`; when there is none, of the nearest value
/// around where it would be.
pub(super) fn value(text: &str, pointer: &str) -> Position {
    let mut found = serde_json::from_str::<&RawValue>(text).map_or("", RawValue::get);
    for token in pointer::tokens(pointer) {
        let Some(child) = child(found, &token) else { break };
        found = child;
    }
    offset(text, if found.is_empty() { 0 } else { offset_in(text, found) })
}

/// Where `part` begins in `text`, in bytes; `part` must be a slice of `text`.
pub(super) fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The text of the member or element `token` of the array or object `text`.
fn child<'t>(text: &'t str, token: &str) -> Option<&'t str> {
    let child = if text.starts_with('[') {
        let elements: Vec<&'t RawValue> = serde_json::from_str(text).ok()?;
        elements.get(token.parse::<usize>().ok()?).copied()?
    } else {
        let members: BTreeMap<String, &'t RawValue> = serde_json::from_str(text).ok()?;
        members.get(token).copied()?
    };
    Some(child.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\n {\"ä/b\": [1,\n  {\"ü\": \"ö\", \"c\": null}]}";

    #[test]
    fn a_value_is_found_by_its_pointer_and_columns_count_characters() {
        assert_eq!(value(TEXT, ""), Position { line: 2, column: 2 });
        assert_eq!(value(TEXT, "/ä~1b"), Position { line: 2, column: 10 });
        assert_eq!(value(TEXT, "/ä~1b/1"), Position { line: 3, column: 3 });
        assert_eq!(value(TEXT, "/ä~1b/1/c"), Position { line: 3, column: 19 });
    }

    #[test]
    fn a_value_that_is_not_there_is_placed_at_the_nearest_one_around_it() {
        assert_eq!(value(TEXT, "/ä~1b/1/d/e"), value(TEXT, "/ä~1b/1"));
        assert_eq!(value(TEXT, "/ä~1b/7"), value(TEXT, "/ä~1b"));
        assert_eq!(value(TEXT, "/ä~1b/0/x"), value(TEXT, "/ä~1b/0"));
    }

    #[test]
    fn a_column_in_bytes_becomes_one_in_characters() {
        assert_eq!(line_and_byte(TEXT, 2, 2), Position { line: 2, column: 2 });
        assert_eq!(line_and_byte("ää!", 1, 5), Position { line: 1, column: 3 });
        assert_eq!(line_and_byte("ää!", 1, 0), Position { line: 1, column: 1 });
    }
}
