//! Turns a reference that has characters in it which no URI has, such as `#/definitions/List<Item>`, into the one that
//! its author meant, in which they are percent-encoded (RFC 3986, section 2.1).

use std::{borrow::Cow, fmt::Write};

/// What stands in URIs as it is, besides letters and digits: what is unreserved, what is reserved but for `#`, `[` and
/// `]`, and the `%` of what is encoded (RFC 3986, sections 2.1 to 2.3).
const PLAIN: &[u8] = b"-._~:/?@!$&'()*+,;=";

/// `text` with what is special in URIs percent-encoded. What is encoded stays, and so do the brackets of an IPv6 address.
pub(super) fn reference(text: &str) -> Cow<'_, str> {
    let (resource, fragment) = match text.split_once('#') {
        Some((resource, fragment)) => (resource, Some(fragment)),
        None => (text, None),
    };
    let is_special = |part: &str, kept: &[u8]| (0..part.len()).any(|index| !is_plain(part.as_bytes(), index, kept));
    if !is_special(resource, b"[]") && !fragment.is_some_and(|fragment| is_special(fragment, b"")) {
        return Cow::Borrowed(text);
    }
    let mut encoded = percent_encoded(resource, b"[]");
    if let Some(fragment) = fragment {
        encoded.push('#');
        encoded.push_str(&percent_encoded(fragment, b""));
    }
    Cow::Owned(encoded)
}

/// `text` as a part of a URI in which all but [`PLAIN`] and `kept` is percent-encoded.
fn percent_encoded(text: &str, kept: &[u8]) -> String {
    text.bytes().enumerate().fold(String::new(), |mut encoded, (index, byte)| {
        if is_plain(text.as_bytes(), index, kept) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

/// Whether the byte of `text` at `index` can stay as it is.
fn is_plain(text: &[u8], index: usize, kept: &[u8]) -> bool {
    let hex = |index: usize| text.get(index).is_some_and(u8::is_ascii_hexdigit);
    text.get(index).is_some_and(|byte| match byte {
        b'%' => hex(index + 1) && hex(index + 2),
        byte => byte.is_ascii_alphanumeric() || PLAIN.contains(byte) || kept.contains(byte),
    })
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn what_is_special_in_uris_is_encoded_and_nothing_else() {
        for (text, expected) in [
            ("#/definitions/List<Item>", "#/definitions/List%3CItem%3E"),
            ("#/$defs/a::B<c::D, 4>", "#/$defs/a::B%3Cc::D,%204%3E"),
            ("#/$defs/Record[string]", "#/$defs/Record%5Bstring%5D"),
            ("a b.json#/$defs/a#b", "a%20b.json#/$defs/a%23b"),
            ("#/$defs/gr\u{fc}n|rot", "#/$defs/gr%C3%BCn%7Crot"),
            ("#/$defs/50%", "#/$defs/50%25"),
            ("#/$defs/a%20b", "#/$defs/a%20b"),
            ("http://[::1]/a.json#/a~1b", "http://[::1]/a.json#/a~1b"),
            ("urn:a:b#c", "urn:a:b#c"),
        ] {
            assert_eq!(reference(text), expected);
        }
    }
}
