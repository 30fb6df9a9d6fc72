//! Turns the bare addresses in a piece of text into links.

use std::ops::Range;

use super::Edit;

/// The addresses that begin in `range`, each in angle brackets, whole: what Markdown would read as formatting in the
/// middle of an address belongs to it.
pub(super) fn edits(text: &str, range: &Range<usize>) -> Vec<Edit> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let noticed =
        piece.match_indices("http").filter(|(offset, _)| is_noticed(piece.get(*offset..).unwrap_or_default()));
    let edit = |(offset, _)| {
        let start = range.start + offset;
        let (length, address) = address(text.get(start..).unwrap_or_default());
        Edit::new(start..start + length, format!("<{address}>"))
    };
    noticed.map(edit).collect()
}

/// Whether rustdoc warns of the text as an address: it wants a scheme, and a name with a dot in it. An address with
/// a placeholder in place of the name, or of this machine, is text.
fn is_noticed(text: &str) -> bool {
    let Some(name) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"-@:%._+~#=".contains(c)).unwrap_or(name.len());
    let name = name.as_bytes().get(..end).unwrap_or_default();
    let is_dot =
        |window: &[u8]| matches!(window, [_, _, b'.', a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    name.windows(5).any(is_dot)
}

/// The address that `text` begins with, without the punctuation of the sentence it stands in: how long it is in the
/// text, and what it is with the escapes of Markdown resolved, which are none in angle brackets.
fn address(text: &str) -> (usize, String) {
    let mut address = String::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some((c, length)) = next(rest) {
        address.push(c);
        rest = rest.get(length..).unwrap_or_default();
        ends.push(text.len() - rest.len());
    }
    while let Some(last) = address.chars().next_back() {
        let closes = last == ')' && address.matches(')').count() > address.matches('(').count();
        if !closes && !matches!(last, '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'') {
            break;
        }
        address.pop();
        ends.pop();
    }
    (ends.last().copied().unwrap_or_default(), address)
}

/// The next character of an address, and its length in the text.
fn next(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    match chars.next()? {
        '\\' => chars.next().filter(char::is_ascii_punctuation).filter(|c| !"<>|`".contains(*c)).map(|c| (c, 2)),
        '&' if text.starts_with("&amp;") => Some(('&', 5)),
        '&' if is_entity(text) => None,
        c if c.is_whitespace() || c.is_control() || "<>\"`|[]{}^".contains(c) => None,
        c => Some((c, c.len_utf8())),
    }
}

fn is_entity(text: &str) -> bool {
    let name = text.trim_start_matches('&').split(';').next().unwrap_or_default();
    name.len() + 1 < text.len() && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}
