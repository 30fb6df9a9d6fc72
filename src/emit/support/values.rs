//! A definition that is one of a few JSON values, or none.

use serde::de::{Deserialize, Deserializer, Error};

use super::{Const, Invalid, within};
use super::invalid::one_of;
use super::plain::Plain;

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
                &[$(($crate::support::constant!($value), Self::$variant)),*];
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
}
pub(crate) use values;
