//! A definition that is one of a few JSON values, or none.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Invalid, within};
use super::invalid::one_of;
use super::number::Number;
use super::plain::Plain;

/// A JSON value that the schema names.
pub(crate) enum Const {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'static str),
    Array(&'static [Self]),
    /// The members, each name once.
    Object(&'static [(&'static str, Self)]),
}

impl Const {
    /// Whether it is `value`, as JSON Schema compares them (2020-12 Core, section 4.2.2).
    fn equals(&self, value: &Plain) -> bool {
        match (self, value) {
            (Self::Null, Plain::Null) => true,
            (Self::Bool(one), Plain::Bool(other)) => one == other,
            (Self::Number(one), other @ Plain::Number(_)) => Plain::number(*one).as_ref() == Some(other),
            (Self::Text(one), Plain::Text(other)) => one == other,
            (Self::Array(items), Plain::Array(others)) => {
                items.len() == others.len() && items.iter().zip(others).all(|(item, other)| item.equals(other))
            }
            (Self::Object(members), Plain::Object(others)) => {
                let is_there =
                    |(name, value): &(&str, Self)| others.get(*name).is_some_and(|other| value.equals(other));
                members.len() == others.len() && members.iter().all(is_there)
            }
            _ => false,
        }
    }

    #[cfg(feature = "schemars")]
    fn json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(number) => number.json(),
            Self::Text(text) => (*text).into(),
            Self::Array(items) => items.iter().map(Self::json).collect(),
            Self::Object(members) => members.iter().map(|(name, value)| ((*name).to_owned(), value.json())).collect(),
        }
    }
}

impl Serialize for Const {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(Number::Float(float)) => serializer.serialize_f64(*float),
            Self::Number(Number::Integer(integer)) => match (i64::try_from(*integer), u64::try_from(*integer)) {
                (Ok(integer), _) => serializer.serialize_i64(integer),
                (_, Ok(integer)) => serializer.serialize_u64(integer),
                _ => serializer.serialize_f64(*integer as f64),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(*items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

impl fmt::Display for Const {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => value.fmt(formatter),
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Array(items) => listed("[", "]", items.iter(), formatter, |item, formatter| item.fmt(formatter)),
            Self::Object(members) => listed("{", "}", members.iter(), formatter, |(name, value), formatter| {
                write!(formatter, "{name:?}: {value}")
            }),
        }
    }
}

/// Writes each of `all` between commas.
fn listed<T>(
    open: &str,
    close: &str,
    all: impl Iterator<Item = T>,
    formatter: &mut fmt::Formatter<'_>,
    write: fn(T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    formatter.write_str(open)?;
    for (index, one) in all.enumerate() {
        formatter.write_str(if index == 0 { "" } else { ", " })?;
        write(one, formatter)?;
    }
    formatter.write_str(close)
}

/// An enum without fields, each variant one JSON value.
pub(crate) trait Values: Copy + PartialEq + 'static {
    /// The schema's file and the JSON Pointer of the definition.
    const SOURCE: &'static str;
    /// Each variant with its value.
    const VALUES: &'static [(Const, Self)];

    /// Reads a value that equals that of a variant.
    fn read_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Plain::deserialize(deserializer).map_err(|error| within(Self::SOURCE, error))?;
        let found = Self::VALUES.iter().find(|(known, _)| known.equals(&value));
        found.map(|(_, variant)| *variant).ok_or_else(|| {
            let rule = one_of(Self::VALUES.iter().map(|(known, _)| known));
            D::Error::custom(Invalid::new(rule, value.to_string(), Self::SOURCE))
        })
    }

    /// The value of the variant; an enum without variants has none.
    fn value(self) -> Option<&'static Const> {
        Self::VALUES.iter().find(|(_, variant)| *variant == self).map(|(value, _)| value)
    }

    /// The schema that lists the values.
    #[cfg(feature = "schemars")]
    fn describe_values() -> schemars::Schema {
        match Self::VALUES {
            [] => schemars::json_schema!({ "not": {} }),
            values => {
                let values: Vec<serde_json::Value> = values.iter().map(|(value, _)| value.json()).collect();
                schemars::json_schema!({ "enum": values })
            }
        }
    }
}

/// `values! { Name from "file#pointer" { Variant = (Integer 1), … } { "" r#"{…annotations…}"# } }` for an enum.
macro_rules! values {
    (
        $type:ident from $source:literal { $($variant:ident = $value:tt,)* }
        { $($place:literal $annotations:literal)* }
    ) => {
        impl $crate::support::Values for $type {
            const SOURCE: &'static str = $source;
            const VALUES: &'static [($crate::support::Const, Self)] =
                &[$(($crate::support::values!(@value $value), Self::$variant)),*];
        }

        /// The value in JSON.
        impl ::std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match $crate::support::Values::value(*self) {
                    ::std::option::Option::Some(value) => ::std::fmt::Display::fmt(value, formatter),
                    ::std::option::Option::None => ::std::result::Result::Ok(()),
                }
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Values::read_value(deserializer),
            write |self, serializer| ::serde::Serialize::serialize(&$crate::support::Values::value(*self), serializer),
            define |_generator| {
                let schema = <Self as $crate::support::Values>::describe_values();
                $crate::support::annotated(schema, &[$(($place, $annotations)),*])
            }
        }
    };
    (@value (Null)) => { $crate::support::Const::Null };
    (@value (Bool $value:literal)) => { $crate::support::Const::Bool($value) };
    (@value (Text $value:literal)) => { $crate::support::Const::Text($value) };
    (@value (Array [$($item:tt),*])) => { $crate::support::Const::Array(&[$($crate::support::values!(@value $item)),*]) };
    (@value (Object [$($name:literal: $value:tt),*])) => {
        $crate::support::Const::Object(&[$(($name, $crate::support::values!(@value $value))),*])
    };
    (@value ($kind:ident $value:literal)) => {
        $crate::support::Const::Number($crate::support::Number::$kind($value))
    };
}
pub(crate) use values;
