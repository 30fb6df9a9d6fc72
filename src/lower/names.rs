//! Rust names from the names of a schema: definitions, properties, enum values.

mod distinct;
mod spelled;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;

pub use distinct::{Scope, Wanted};
pub use spelled::spelled;

/// The name of a type for a definition called `name`.
#[must_use]
pub fn type_name(name: &str) -> String {
    capital(&readable(name).to_upper_camel_case())
}

/// The name of a field for a property called `name`; a keyword becomes a raw identifier.
#[must_use]
pub fn field_name(name: &str) -> String {
    identifier(&readable(name).to_snake_case(), "empty", "n")
}

/// The name of an enum's variant for the string `value`.
#[must_use]
pub fn variant_name(value: &str) -> String {
    capital(&readable(value).to_upper_camel_case())
}

/// `name`, put together from names of types, as one word: what kept a part from being a keyword goes when more follows.
#[must_use]
pub fn one_word(name: String) -> String {
    match name.trim_end_matches('_').contains('_') {
        true => name.replace('_', ""),
        false => name,
    }
}

/// `name` in its normal form; one without a letter or a digit, with its characters' names.
fn readable(name: &str) -> String {
    let normal = normal(name);
    let says_nothing = !normal.chars().any(|c| c != '_' && is_xid_continue(c));
    if says_nothing { spelled(name) } else { normal }
}

/// An identifier that begins with a capital letter, as no field's does: Rust keeps constructors and bindings apart by
/// their names alone.
fn capital(text: &str) -> String {
    let name = identifier(text, "Empty", "N");
    if name.starts_with(char::is_uppercase) { name } else { format!("N{name}") }
}

/// `text` as an identifier: without the characters that none may have, never empty, no keyword, no digit first.
fn identifier(text: &str, empty: &str, before_digit: &str) -> String {
    let is_in_word = |c: &char| is_xid_continue(*c);
    let name = normal(&text.chars().filter(is_in_word).collect::<String>());
    let raw = format!("r#{name}");
    match name.as_str() {
        "" => empty.to_owned(),
        name if is_word(name) => name.to_owned(),
        _ if is_word(&raw) => raw,
        // `self`, `Self`, `super` and `crate` cannot be raw; a digit cannot be first.
        name if is_word(&format!("{name}_")) => format!("{name}_"),
        name => format!("{before_digit}{name}"),
    }
}

/// Whether `text` can stand as an identifier. syn knows the keywords of all editions but the newest; it is asked where `text` may be one,
/// and each has eight letters at the most.
fn is_word(text: &str) -> bool {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let may_be_keyword = text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_plain && !may_be_keyword) || (text != "gen" && syn::parse_str::<syn::Ident>(text).is_ok())
}

/// `text` in the normal form NFKC: names that Rust holds for one (it compares them in NFC) or warns of become the same
/// here, and are told apart by [`Scope`].
fn normal(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfkc().collect() }
}

/// An identifier without the mark of a raw one, which does not make it another.
pub(super) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// The step that a member whose field is `field` adds to the name of the type around it.
#[must_use]
pub fn step(field: &str) -> String {
    type_name(plain(field).trim_end_matches('_'))
}

/// `1st`, `2nd` and so on.
#[must_use]
pub fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_put_together_are_one_word_and_no_keyword() {
        let cases = [("Self_Item", "SelfItem"), ("Self_Self_", "SelfSelf"), ("Self_", "Self_"), ("FooBar", "FooBar")];
        for (name, expected) in cases {
            assert_eq!(one_word(name.to_owned()), expected);
        }
    }

    #[test]
    fn every_name_becomes_an_identifier() {
        let cases = [
            ("createdAt", "CreatedAt", "created_at"),
            ("type", "Type", "r#type"),
            ("self", "Self_", "self_"),
            ("3d", "N3d", "n3d"),
            ("", "Empty", "empty"),
            ("🦀", "U1f980h", "u1f980h"),
            ("*", "Asterisk", "asterisk"),
            ("<=", "LessEquals", "less_equals"),
            ("größe", "Größe", "größe"),
            ("a²", "A2", "a2"),
            ("foo-bar.baz", "FooBarBaz", "foo_bar_baz"),
            ("_", "Underscore", "underscore"),
            (" ", "Space", "space"),
            ("String", "String", "string"),
            ("stripe_customer_ids", "StripeCustomerIds", "stripe_customer_ids"),
            ("gen", "Gen", "r#gen"),
            ("名前", "N名前", "名前"),
            ("Ⅷ", "Viii", "viii"),
            ("e\u{301}", "É", "é"),
            ("Ａ", "A", "a"),
            ("ĸ", "Nĸ", "ĸ"),
        ];
        for (name, expected_type, expected_field) in cases {
            assert_eq!((type_name(name), field_name(name)), (expected_type.to_owned(), expected_field.to_owned()));
            for identifier in [type_name(name), field_name(name), variant_name(name)] {
                assert!(syn::parse_str::<syn::Ident>(&identifier).is_ok(), "{identifier}");
            }
        }
    }
}
