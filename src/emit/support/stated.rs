//! JSON values that the schema states, as values of the types that its places have: defaults.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};

use super::number::Number;
use super::{Const, Json};

/// `stated!((Integer 20))`: the value of the type that is wanted here.
macro_rules! stated {
    ($value:tt) => {
        $crate::support::read_stated(&$crate::support::constant!($value))
    };
}
pub(crate) use stated;

/// What is `value` in JSON. That the type accepts it is known when this is generated, and part of the proof.
pub(crate) fn read_stated<T: Json>(value: &'static Const) -> T {
    match T::read(value) {
        Ok(value) => value,
        Err(error) => panic!("the type does not accept its default {value}: {error}"),
    }
}

impl IntoDeserializer<'_, Error> for &'static Const {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for &'static Const {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Const::Null => visitor.visit_unit(),
            Const::Bool(value) => visitor.visit_bool(*value),
            Const::Number(Number::Float(float)) => visitor.visit_f64(*float),
            Const::Number(Number::Integer(integer)) => match (i64::try_from(*integer), u64::try_from(*integer)) {
                (Ok(integer), _) => visitor.visit_i64(integer),
                (_, Ok(integer)) => visitor.visit_u64(integer),
                _ => visitor.visit_f64(*integer as f64),
            },
            Const::Text(text) => visitor.visit_borrowed_str(text),
            Const::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Const::Object(members) => {
                visitor.visit_map(MapDeserializer::new(members.iter().map(|(name, value)| (*name, value))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Const::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
