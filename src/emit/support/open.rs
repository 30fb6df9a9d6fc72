//! A definition that is one of a few strings, or any other: what its schema does not list is kept as it is.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

use super::{Invalid, Rules};

/// A text that the schema of the enum `T` does not list. Only reading and converting texts make one, so each text of `T` is
/// one value.
pub struct Unlisted<T> {
    text: Box<str>,
    of: PhantomData<fn() -> T>,
}

impl<T> Unlisted<T> {
    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> Clone for Unlisted<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Unlisted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl<T> PartialEq for Unlisted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Unlisted<T> {}

impl<T> Hash for Unlisted<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// An enum whose variants are each one string on the wire, but for one that is all others.
pub(crate) trait Open: Clone + 'static {
    /// What every string keeps that is not listed; those that are listed keep it.
    const STATEMENT: Rules;
    /// The same, lent.
    const RULES: &'static Rules = &Self::STATEMENT;
    /// Each string that is listed, with its variant.
    const KNOWN: &'static [(&'static str, Self)];

    /// The variant that is all other strings.
    fn other(text: Unlisted<Self>) -> Self;

    /// The variant whose string is `text`, or the one for all others.
    fn of(text: String) -> Self {
        match Self::KNOWN.iter().find(|(known, _)| *known == text) {
            Some((_, variant)) => variant.clone(),
            None => Self::other(Unlisted { text: text.into_boxed_str(), of: PhantomData }),
        }
    }

    /// The same, if `text` keeps the rules.
    fn parse(text: String) -> Result<Self, Invalid> {
        Self::RULES.check(&text)?;
        Ok(Self::of(text))
    }

    /// Reads a string, and nothing else.
    fn read_open<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader(PhantomData))
    }

    /// The schema: a string that keeps the rules, and which strings are known.
    #[cfg(feature = "schemars")]
    fn describe_open() -> schemars::Schema {
        let known: Vec<&str> = Self::KNOWN.iter().map(|(text, _)| *text).collect();
        let mut schema = schemars::json_schema!({ "type": "string", "x-known-values": known });
        for rule in Self::RULES.all {
            schema.insert(rule.said().0.to_owned(), rule.value());
        }
        schema
    }
}

/// Reads an [`Open`].
struct Reader<T>(PhantomData<T>);

impl<T: Open> Visitor<'_> for Reader<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::parse(text.to_owned()).map_err(E::custom)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        T::parse(text).map_err(E::custom)
    }
}

/// `open! { Name from "file#pointer" { Variant = "string", … } else Other [MinLength(1), …] { "" r#"{…annotations…}"# } }` for
/// an enum.
macro_rules! open {
    (
        $type:ident from $source:literal { $($variant:ident = $value:literal,)* }
        else $other:ident [$($rule:ident($($argument:tt)*)),*]
        { $($place:literal $annotations:literal)* }
    ) => {
        impl $crate::support::Open for $type {
            const STATEMENT: $crate::support::Rules = $crate::support::Rules {
                source: $source,
                all: &[$($crate::support::rule!($rule($($argument)*))),*],
            };
            const KNOWN: &'static [(&'static str, Self)] = &[$(($value, Self::$variant)),*];

            #[inline]
            fn other(text: $crate::support::Unlisted<Self>) -> Self {
                Self::$other(text)
            }
        }

        impl $type {
            /// The string on the wire.
            #[must_use]
            #[inline]
            pub const fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$other(text) => text.as_str(),
                }
            }
        }

        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::support::Invalid;

            #[inline]
            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::support::Invalid> {
                <Self as $crate::support::Open>::parse(text.to_owned())
            }
        }

        $crate::support::open!(@conversion $type [$($rule)*]);

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Open::read_open(deserializer),
            write |self, serializer| serializer.serialize_str(self.as_str()),
            define |_generator| {
                let schema = <Self as $crate::support::Open>::describe_open();
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }
    };
    (@conversion $type:ident []) => {
        impl ::std::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                <Self as $crate::support::Open>::of(text)
            }
        }

        impl ::std::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                <Self as $crate::support::Open>::of(text.to_owned())
            }
        }
    };
    (@conversion $type:ident [$($rule:ident)+]) => {
        impl ::std::convert::TryFrom<::std::string::String> for $type {
            type Error = $crate::support::Invalid;

            #[inline]
            fn try_from(text: ::std::string::String) -> ::std::result::Result<Self, Self::Error> {
                <Self as $crate::support::Open>::parse(text)
            }
        }

        impl ::std::convert::TryFrom<&str> for $type {
            type Error = $crate::support::Invalid;

            #[inline]
            fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                <Self as $crate::support::Open>::parse(text.to_owned())
            }
        }
    };
}
pub(crate) use open;
