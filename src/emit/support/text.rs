//! A definition that is one of a few strings.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

use super::invalid::one_of;
use super::{Invalid, within};

/// An enum without fields, each variant one string on the wire.
pub(crate) trait Text: Copy + 'static {
    /// The schema's file and the JSON Pointer of the definition.
    const SOURCE: &'static str;
    /// Each variant with its string.
    const VALUES: &'static [(&'static str, Self)];

    /// The variant whose string is `text`.
    fn parse(text: &str) -> Result<Self, Invalid> {
        let found = Self::VALUES.iter().find(|(value, _)| *value == text);
        let known = |index| Self::VALUES.get(index).map(|(value, _): &(&str, Self)| *value);
        found.map(|(_, variant)| *variant).ok_or_else(|| unlisted(text, known, Self::SOURCE))
    }

    /// Reads a string, and nothing else.
    fn read_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(OneOf(PhantomData)).map_err(|error| within(Self::SOURCE, error))
    }
}

/// That `text` is none of those that are known.
fn unlisted(text: &str, known: fn(usize) -> Option<&'static str>, source: &'static str) -> Invalid {
    let known: Vec<String> = (0..).map_while(known).map(|text| format!("{text:?}")).collect();
    Invalid::new(one_of(known.iter()), format!("{text:?}"), source)
}

/// Reads a [`Text`].
struct OneOf<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for OneOf<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string that is listed")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::parse(text).map_err(E::custom)
    }
}

/// `text! { Name from "file#pointer" { Variant = "string", … } { "" r#"{…annotations…}"# } }` for an enum.
macro_rules! text {
    (
        $type:ident from $source:literal { $($variant:ident = $value:literal,)* }
        { $($place:literal $annotations:literal)* }
    ) => {
        impl $crate::support::Text for $type {
            const SOURCE: &'static str = $source;
            const VALUES: &'static [(&'static str, Self)] = &[$(($value, Self::$variant)),*];
        }

        impl $type {
            /// The string on the wire.
            #[must_use]
            #[inline]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
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
                <Self as $crate::support::Text>::parse(text)
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Text::read_text(deserializer),
            write |self, serializer| serializer.serialize_str(self.as_str()),
            define |_generator| {
                let values = <Self as $crate::support::Text>::VALUES.iter().map(|(value, _)| *value);
                let values = values.collect::<::std::vec::Vec<&str>>();
                let schema = ::schemars::json_schema!({ "type": "string", "enum": values });
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }
    };
}
pub(crate) use text;
