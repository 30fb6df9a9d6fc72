//! A name of a schema -> the words for each of its characters that no identifier keeps: what tells it from names that are
//! otherwise the same in Rust.

/// `name` with what an identifier loses put into words: `fooBar` is `foo capital bar`, `a-b` is `a dash b`. A character
/// without a name is its code point in hexadecimal digits, with an `h` for a last letter. Empty for an empty name.
#[must_use]
pub fn spelled(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        match word(c) {
            Some(word) => words.push_str(&format!(" {word} ")),
            None if c.is_ascii_uppercase() => {
                words.push_str(" capital ");
                words.push(c.to_ascii_lowercase());
            }
            None if c.is_ascii_alphanumeric() => words.push(c),
            None => words.push_str(&format!(" u{:x}h ", u32::from(c))),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn word(c: char) -> Option<&'static str> {
    Some(match c {
        ' ' => "space",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "ampersand",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "asterisk",
        '+' => "plus",
        ',' => "comma",
        '-' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equals",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "bar",
        '}' => "close brace",
        '~' => "tilde",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_identifier_loses_is_said() {
        let cases = [
            ("fooBar", "foo capital bar"),
            ("foo_bar", "foo underscore bar"),
            ("a-b", "a dash b"),
            ("*", "asterisk"),
            ("e\u{301}", "e u301h"),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(spelled(name), expected);
        }
    }
}
