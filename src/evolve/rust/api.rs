//! What programs see of a generated crate.

use std::collections::{BTreeMap, BTreeSet};

/// All that programs can name, by what they name it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Api {
    /// The types, by their paths in the crate (`module::Type`).
    pub(super) types: BTreeMap<String, Type>,
    /// Which of them are but other names for one, by their paths: the path of that one.
    pub(super) aliases: BTreeMap<String, String>,
    /// The features, each with what it turns on.
    pub(super) features: BTreeMap<String, BTreeSet<String>>,
    /// The crates that it depends on, each with the version that it asks for.
    pub(super) dependencies: BTreeMap<String, String>,
}

/// A type, or another item that has a path.
#[derive(Debug, PartialEq)]
pub(super) struct Type {
    pub(super) kind: Kind,
    /// Its parameters.
    pub(super) generics: String,
    pub(super) is_deprecated: bool,
    pub(super) is_non_exhaustive: bool,
    /// The traits that it implements, and those of others that name it, as they are implemented.
    pub(super) impls: BTreeSet<String>,
    /// Its functions, each as it is declared.
    pub(super) functions: BTreeMap<String, String>,
    pub(super) constants: BTreeMap<String, Constant>,
}

impl Type {
    /// Whether it implements the trait of this name, which has no parameters.
    pub(super) fn implements(&self, name: &str) -> bool {
        self.impls.contains(name)
    }
}

/// What a type is.
#[derive(Debug, PartialEq)]
pub(super) enum Kind {
    Struct(Fields),
    Enum(Vec<(String, Variant)>),
    /// Another name for what has this path, which is no type of the crate.
    Alias(String),
    /// What generated code has no reason to have, as it is written.
    Other(String),
}

impl Kind {
    /// What to call it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Struct(Fields::Named(_)) => "a struct with named fields",
            Self::Struct(Fields::Positional(fields)) if fields.len() == 1 => "a newtype",
            Self::Struct(Fields::Positional(_)) => "a tuple struct",
            Self::Enum(_) => "an enum",
            Self::Alias(_) => "an alias",
            Self::Other(_) => "another item",
        }
    }
}

/// A variant of an enum.
#[derive(Debug, PartialEq)]
pub(super) struct Variant {
    pub(super) fields: Fields,
    pub(super) is_deprecated: bool,
}

/// The fields of a struct or a variant.
#[derive(Debug, PartialEq)]
pub(super) enum Fields {
    Named(BTreeMap<String, Field>),
    /// By their numbers; none where there are none.
    Positional(Vec<Field>),
}

impl Fields {
    /// All of them by name, which may be a number.
    pub(super) fn named(&self) -> BTreeMap<String, &Field> {
        match self {
            Self::Named(fields) => fields.iter().map(|(name, field)| (name.clone(), field)).collect(),
            Self::Positional(fields) => {
                fields.iter().enumerate().map(|(number, field)| (number.to_string(), field)).collect()
            }
        }
    }
}

/// A field.
#[derive(Debug, PartialEq)]
pub(super) struct Field {
    /// Its type.
    pub(super) of: String,
    pub(super) is_public: bool,
    pub(super) is_deprecated: bool,
}

/// A constant of a type.
#[derive(Debug, PartialEq)]
pub(super) struct Constant {
    pub(super) of: String,
    pub(super) value: String,
}
