//! A definition that is another type with rules besides: a string of some length, a number within bounds, a list of
//! so many items.

use std::collections::BTreeMap;

use serde::de::{Deserializer, Error};

use super::{Invalid, Json};

/// A rule that a value keeps or breaks, named for its keyword.
pub(crate) enum Rule<T: 'static> {
    /// So many characters (Unicode code points) at the least.
    MinLength(usize),
    /// So many characters (Unicode code points) at the most.
    MaxLength(usize),
    /// A match of the regular expression somewhere in the text; the function looks for it.
    Pattern(&'static str, fn(&str) -> bool),
    Minimum(T),
    Maximum(T),
    ExclusiveMinimum(T),
    ExclusiveMaximum(T),
    MinItems(usize),
    MaxItems(usize),
    /// No two items are equal; the function compares them.
    UniqueItems(fn(&T) -> bool),
    MinProperties(usize),
    MaxProperties(usize),
}

/// A type whose values rules can speak of. A rule that does not speak of them is kept by all.
pub(crate) trait Ruled: Json + 'static {
    /// Whether the value keeps `rule`.
    fn keeps(&self, rule: &Rule<Self>) -> bool;
    /// The value, shortly, for an error.
    fn shown(&self) -> String;
    /// The number as JSON.
    #[cfg(feature = "schemars")]
    fn number(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

impl<T: Ruled> Rule<T> {
    /// The keyword, and its value for an error.
    fn said(&self) -> (&'static str, String) {
        match self {
            Self::MinLength(count) => ("minLength", count.to_string()),
            Self::MaxLength(count) => ("maxLength", count.to_string()),
            Self::Pattern(text, _) => ("pattern", format!("{text:?}")),
            Self::Minimum(bound) => ("minimum", bound.shown()),
            Self::Maximum(bound) => ("maximum", bound.shown()),
            Self::ExclusiveMinimum(bound) => ("exclusiveMinimum", bound.shown()),
            Self::ExclusiveMaximum(bound) => ("exclusiveMaximum", bound.shown()),
            Self::MinItems(count) => ("minItems", count.to_string()),
            Self::MaxItems(count) => ("maxItems", count.to_string()),
            Self::UniqueItems(_) => ("uniqueItems", "true".to_owned()),
            Self::MinProperties(count) => ("minProperties", count.to_string()),
            Self::MaxProperties(count) => ("maxProperties", count.to_string()),
        }
    }

    /// The keyword's value.
    #[cfg(feature = "schemars")]
    fn value(&self) -> serde_json::Value {
        match self {
            Self::MinLength(count) | Self::MaxLength(count) => (*count).into(),
            Self::MinItems(count) | Self::MaxItems(count) => (*count).into(),
            Self::MinProperties(count) | Self::MaxProperties(count) => (*count).into(),
            Self::Pattern(text, _) => (*text).into(),
            Self::UniqueItems(_) => true.into(),
            Self::Minimum(bound) | Self::Maximum(bound) => bound.number(),
            Self::ExclusiveMinimum(bound) | Self::ExclusiveMaximum(bound) => bound.number(),
        }
    }
}

/// A newtype whose values keep all of its rules.
pub(crate) trait Checked: Sized {
    /// What it is without the rules.
    type Inner: Ruled;
    /// The schema's file and the JSON Pointer of the definition.
    const SOURCE: &'static str;
    /// The rules.
    fn rules() -> &'static [Rule<Self::Inner>];
    /// A value that keeps all rules.
    fn wrap(inner: Self::Inner) -> Self;

    /// `inner`, if it keeps all rules.
    fn check(inner: Self::Inner) -> Result<Self, Invalid> {
        match Self::rules().iter().find(|rule| !inner.keeps(rule)) {
            Some(rule) => {
                let (keyword, value) = rule.said();
                Err(Invalid::new(format!("breaks {keyword} {value}"), inner.shown(), Self::SOURCE))
            }
            None => Ok(Self::wrap(inner)),
        }
    }

    /// Reads a value and checks it.
    fn read_checked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::check(Self::Inner::read(deserializer)?).map_err(D::Error::custom)
    }

    /// The inner type's schema with the rules.
    #[cfg(feature = "schemars")]
    fn describe_checked(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = Self::Inner::schema(generator);
        for rule in Self::rules() {
            schema.insert(rule.said().0.to_owned(), rule.value());
        }
        schema
    }
}

impl Ruled for String {
    fn keeps(&self, rule: &Rule<Self>) -> bool {
        match rule {
            Rule::MinLength(count) => self.chars().count() >= *count,
            Rule::MaxLength(count) => self.chars().count() <= *count,
            Rule::Pattern(_, matches) => matches(self),
            _ => true,
        }
    }

    fn shown(&self) -> String {
        format!("{self:?}")
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Ruled for $type {
            fn keeps(&self, rule: &Rule<Self>) -> bool {
                match rule {
                    Rule::Minimum(bound) => self >= bound,
                    Rule::Maximum(bound) => self <= bound,
                    Rule::ExclusiveMinimum(bound) => self > bound,
                    Rule::ExclusiveMaximum(bound) => self < bound,
                    _ => true,
                }
            }

            fn shown(&self) -> String {
                self.to_string()
            }

            #[cfg(feature = "schemars")]
            fn number(&self) -> serde_json::Value {
                (*self).into()
            }
        }
    )*};
}

numbers!(i64, f64);

impl<T: Json + 'static> Ruled for Vec<T> {
    fn keeps(&self, rule: &Rule<Self>) -> bool {
        match rule {
            Rule::MinItems(count) => self.len() >= *count,
            Rule::MaxItems(count) => self.len() <= *count,
            Rule::UniqueItems(are_unique) => are_unique(self),
            _ => true,
        }
    }

    fn shown(&self) -> String {
        format!("an array of {}", self.len())
    }
}

impl<T: Json + 'static> Ruled for BTreeMap<String, T> {
    fn keeps(&self, rule: &Rule<Self>) -> bool {
        match rule {
            Rule::MinProperties(count) => self.len() >= *count,
            Rule::MaxProperties(count) => self.len() <= *count,
            _ => true,
        }
    }

    fn shown(&self) -> String {
        format!("an object of {}", self.len())
    }
}

/// Whether no two of `items` are equal. Items whose Rust values are equal exactly where their JSON is, only.
pub(crate) fn are_unique<T: PartialOrd>(items: &Vec<T>) -> bool {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    sorted.windows(2).all(|pair| pair.first() != pair.last())
}

/// A rule as it is stated, with what its check needs.
macro_rules! rule {
    (UniqueItems()) => {
        $crate::support::Rule::UniqueItems($crate::support::are_unique)
    };
    (Pattern($text:literal)) => {
        $crate::support::Rule::Pattern($text, $crate::support::pattern!($text))
    };
    ($rule:ident($value:literal)) => {
        $crate::support::Rule::$rule($value)
    };
}
pub(crate) use rule;

/// `checked! { Name(Inner) from "file#pointer" [MinLength(1), …] { "" r#"{…annotations…}"# } }` for `struct Name(Inner)`.
macro_rules! checked {
    (
        $type:ident($inner:ty) from $source:literal [$($rule:ident($($value:literal)?)),*]
        { $($place:literal $annotations:literal)* }
    ) => {
        impl $crate::support::Checked for $type {
            type Inner = $inner;
            const SOURCE: &'static str = $source;

            fn rules() -> &'static [$crate::support::Rule<$inner>] {
                static RULES: &[$crate::support::Rule<$inner>] = &[$($crate::support::rule!($rule($($value)?))),*];
                RULES
            }

            fn wrap(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl ::std::convert::TryFrom<$inner> for $type {
            type Error = $crate::support::Invalid;

            fn try_from(value: $inner) -> ::std::result::Result<Self, Self::Error> {
                $crate::support::Checked::check(value)
            }
        }

        impl ::std::convert::From<$type> for $inner {
            fn from(value: $type) -> Self {
                value.0
            }
        }

        impl ::std::ops::Deref for $type {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Checked::read_checked(deserializer),
            write |self, serializer| $crate::support::Json::write(&self.0, serializer),
            define |generator| {
                let schema = <Self as $crate::support::Checked>::describe_checked(generator);
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }
    };
}
pub(crate) use checked;
