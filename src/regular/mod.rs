//! A regular expression of ECMA-262 -> the same in the words of Rust's crates, where it is regular: then whether a string
//! matches is decided by an [`Automaton`], a table, without backtracking and without a library.
//!
//! Strings are read by Unicode code points, as JSON Schema recommends (2020-12 Core, section 6.4).

mod automaton;
mod places;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

pub use automaton::Automaton;
pub use places::Places;

/// What `.` matches: anything but the line terminators.
const DOT: &str = r"[^\n\r\x{2028}\x{2029}]";
const DIGIT: &str = "0-9";
const WORD: &str = "0-9A-Z_a-z";
/// WhiteSpace and LineTerminator of ECMA-262.
const SPACE: &str =
    r"\t\n\x0b\x0c\r\x20\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";

/// `pattern`, a valid regular expression of ECMA-262, as the crate `regex` writes it; none where it looks around, refers
/// back, or asks for properties of characters.
#[must_use]
pub fn translated(pattern: &str) -> Option<String> {
    let by_code_points = regress::Regex::with_flags(pattern, "u").is_ok();
    // Without the flag, a character beyond the first plane is two, and `\u{1}` is a `u`.
    if !by_code_points && (pattern.contains("\\u{") || pattern.chars().any(|c| u32::from(c) > 0xffff)) {
        return None;
    }
    let mut translation = Translation { rest: pattern.chars().peekable(), text: String::new() };
    translation.all()?;
    Some(translation.text)
}

struct Translation<'a> {
    rest: Peekable<Chars<'a>>,
    text: String,
}

/// What a class has in it.
enum Atom {
    Character(char),
    Set { negated: bool, members: &'static str },
}

impl Translation<'_> {
    fn all(&mut self) -> Option<()> {
        while let Some(character) = self.rest.next() {
            match character {
                '\\' => match self.escaped()? {
                    Atom::Character(character) => self.literal(character),
                    set @ Atom::Set { .. } => self.atom(&set),
                },
                '[' => self.class()?,
                '(' => self.group()?,
                '{' => self.count(),
                '.' => self.text.push_str(DOT),
                ')' | '|' | '^' | '$' | '*' | '+' | '?' => self.text.push(character),
                other => self.literal(other),
            }
        }
        Some(())
    }

    /// What was opened by `(`: no group is referred to, so none needs to be captured.
    fn group(&mut self) -> Option<()> {
        self.text.push_str("(?:");
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next()? {
                ':' => {}
                '<' if !matches!(self.rest.peek(), Some('=' | '!')) => {
                    self.rest.by_ref().find(|character| *character == '>')?;
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// What was opened by `{`: how often, or else it is a character.
    fn count(&mut self) {
        let ahead: String = self.rest.clone().take_while(|character| *character != '}').collect();
        let is_closed = self.rest.clone().nth(ahead.chars().count()) == Some('}');
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (least, most) = ahead.split_once(',').map_or((ahead.as_str(), None), |(least, most)| (least, Some(most)));
        if is_closed && is_number(least) && most.is_none_or(|most| most.is_empty() || is_number(most)) {
            let _ = write!(self.text, "{{{ahead}}}");
            self.rest.by_ref().take(ahead.len() + 1).for_each(drop);
        } else {
            self.literal('{');
        }
    }

    /// What was opened by `[`.
    fn class(&mut self) -> Option<()> {
        self.text.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.text.push('^');
        }
        if self.rest.peek() == Some(&']') {
            return None;
        }
        loop {
            let first = match self.rest.next()? {
                ']' => break,
                '\\' => self.escaped_in_class()?,
                other => Atom::Character(other),
            };
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|last| last != ']');
            if !is_range {
                self.atom(&first);
                continue;
            }
            self.rest.next();
            let last = match self.rest.next()? {
                '\\' => self.escaped_in_class()?,
                other => Atom::Character(other),
            };
            match (&first, &last) {
                (Atom::Character(first), Atom::Character(last)) => {
                    let _ = write!(self.text, r"\x{{{:x}}}-\x{{{:x}}}", u32::from(*first), u32::from(*last));
                }
                // Between sets, it is a character (Annex B.1.2).
                _ => [first, Atom::Character('-'), last].iter().for_each(|atom| self.atom(atom)),
            }
        }
        self.text.push(']');
        Some(())
    }

    fn escaped_in_class(&mut self) -> Option<Atom> {
        match self.rest.next_if_eq(&'b') {
            Some(_) => Some(Atom::Character('\u{8}')),
            None => self.escaped(),
        }
    }

    /// What a backslash makes of what comes after it.
    fn escaped(&mut self) -> Option<Atom> {
        let set = |negated, members| Some(Atom::Set { negated, members });
        let character = match self.rest.next()? {
            'd' => return set(false, DIGIT),
            'D' => return set(true, DIGIT),
            'w' => return set(false, WORD),
            'W' => return set(true, WORD),
            's' => return set(false, SPACE),
            'S' => return set(true, SPACE),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => '\0',
            'x' => self.numbered(2)?,
            'u' if self.rest.next_if_eq(&'{').is_some() => {
                let digits: String = self.rest.by_ref().take_while(|digit| *digit != '}').collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            'u' => self.numbered(4)?,
            other if other.is_ascii_alphanumeric() => return None,
            other => other,
        };
        Some(Atom::Character(character))
    }

    /// The character whose number is the next `count` hexadecimal digits; half of a pair is none.
    fn numbered(&mut self, count: usize) -> Option<char> {
        let digits: String = self.rest.by_ref().take(count).collect();
        let is_number = digits.len() == count && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        char::from_u32(u32::from_str_radix(&digits, 16).ok().filter(|_| is_number)?)
    }

    fn atom(&mut self, atom: &Atom) {
        match atom {
            Atom::Character(character) => {
                let _ = write!(self.text, r"\x{{{:x}}}", u32::from(*character));
            }
            Atom::Set { negated, members } => {
                let _ = write!(self.text, "[{}{members}]", if *negated { "^" } else { "" });
            }
        }
    }

    fn literal(&mut self, character: char) {
        match character.is_alphanumeric() {
            true => self.text.push(character),
            false => self.atom(&Atom::Character(character)),
        }
    }
}
