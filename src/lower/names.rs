//! Rust names from the names of a schema: definitions, properties, enum values.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The name of a type for a definition called `name`.
#[must_use]
pub fn type_name(name: &str) -> String {
    identifier(&name.to_upper_camel_case(), "Empty")
}

/// The name of a field for a property called `name`; a keyword becomes a raw identifier.
#[must_use]
pub fn field_name(name: &str) -> String {
    identifier(&name.to_snake_case(), "empty")
}

/// The name of an enum's variant for the string `value`.
#[must_use]
pub fn variant_name(value: &str) -> String {
    identifier(&value.to_upper_camel_case(), "Empty")
}

/// `text` as an identifier: without the characters that none may have, never empty, no keyword, no digit first.
fn identifier(text: &str, empty: &str) -> String {
    let is_in_word = |c: &char| *c == '_' || syn::parse_str::<syn::Ident>(&format!("_a{c}")).is_ok();
    let name: String = text.chars().filter(is_in_word).collect();
    let is_word = |name: &str| syn::parse_str::<syn::Ident>(name).is_ok();
    let raw = format!("r#{name}");
    match name.as_str() {
        "" => empty.to_owned(),
        name if is_word(name) => name.to_owned(),
        _ if is_word(&raw) => raw,
        // `self`, `Self`, `super` and `crate` cannot be raw; a digit cannot be first.
        name if is_word(&format!("{name}_")) => format!("{name}_"),
        name if empty.starts_with(char::is_uppercase) => format!("N{name}"),
        name => format!("n{name}"),
    }
}

/// The names that are taken in one scope: a module's types, a struct's fields, an enum's variants.
#[derive(Clone, Debug, Default)]
pub struct Scope(BTreeSet<String>);

impl Scope {
    /// `name`, or where that is taken, `name` with the first number from 2 that is free. Takes it.
    pub fn take(&mut self, name: String) -> String {
        let numbered = (2_usize..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.0.contains(name));
        let taken = free.unwrap_or(name);
        self.0.insert(taken.clone());
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_an_identifier() {
        let cases = [
            ("createdAt", "CreatedAt", "created_at"),
            ("type", "Type", "r#type"),
            ("self", "Self_", "self_"),
            ("3d", "N3d", "n3d"),
            ("", "Empty", "empty"),
            ("🦀", "Empty", "empty"),
            ("größe", "Größe", "größe"),
            ("a²", "A", "a"),
            ("foo-bar.baz", "FooBarBaz", "foo_bar_baz"),
            ("_", "Empty", "empty"),
            ("String", "String", "string"),
            ("stripe_customer_ids", "StripeCustomerIds", "stripe_customer_ids"),
        ];
        for (name, expected_type, expected_field) in cases {
            assert_eq!((type_name(name), field_name(name)), (expected_type.to_owned(), expected_field.to_owned()));
            for identifier in [type_name(name), field_name(name), variant_name(name)] {
                assert!(syn::parse_str::<syn::Ident>(&identifier).is_ok(), "{identifier}");
            }
        }
    }

    #[test]
    fn a_name_is_given_once() {
        let mut scope = Scope::default();
        let mut take = |name: &str| scope.take(name.to_owned());
        assert_eq!([take("foo_bar"), take("foo_bar"), take("foo_bar2")], ["foo_bar", "foo_bar2", "foo_bar22"]);
    }
}
