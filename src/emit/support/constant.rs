//! A JSON value that a schema names: one that it lists, or a default.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::number::Number;

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

#[cfg(feature = "schemars")]
impl Const {
    /// The value in JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
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

/// `constant!((Integer 20))`: the [`Const`] of a value.
macro_rules! constant {
    ((Null)) => { $crate::support::Const::Null };
    ((Bool $value:literal)) => { $crate::support::Const::Bool($value) };
    ((Text $value:literal)) => { $crate::support::Const::Text($value) };
    ((Array [$($item:tt),*])) => { $crate::support::Const::Array(&[$($crate::support::constant!($item)),*]) };
    ((Object [$($name:literal: $value:tt),*])) => {
        $crate::support::Const::Object(&[$(($name, $crate::support::constant!($value))),*])
    };
    (($kind:ident $value:literal)) => {
        $crate::support::Const::Number($crate::support::Number::$kind($value))
    };
}
pub(crate) use constant;
