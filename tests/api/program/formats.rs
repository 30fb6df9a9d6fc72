//! What a consumer relies on whatever the format: formats that behave as those of others do, each over a value.

use std::fmt::Debug;

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde_json::{Error, Value, json};
use types::numbers::Numbers;
use types::objects::Objects;
use types::tuples::Tuples;

/// How serde_json marks the digits of a number.
const DIGITS: &str = "$serde_json::private::Number";

pub fn all() {
    for even in [json!(4), json!(4.0), json!(3), json!(4.5), json!(12), json!("4"), json!({"4": 4}), json!(null)] {
        is_read_alike::<Numbers>(&json!({ "even": even }));
    }
    for large in [json!(u64::MAX), json!(1e3), json!(1e20), json!(-1), json!([])] {
        is_read_alike::<Numbers>(&json!({ "large": large }));
    }
    for bound in [json!(1), json!(0.5), json!(9_007_199_254_740_992_u64), json!(9_007_199_254_740_993_u64)] {
        is_read_alike::<Numbers>(&json!({ "bound": bound, "ratio": 0 }));
    }
    is_read_alike::<Objects>(&json!({ "x-": 1.0, "name": "n" }));
    is_read_alike::<Tuples>(&json!({ "fixed": ["a", 1.0] }));
    // Whoever sends that as a member's name sends an object, and no number.
    for number in ["even", "large", "bound"] {
        let object = json!({ number: { DIGITS: "4" } });
        is_read_alike::<Numbers>(&object);
        serde_json::from_str::<Numbers>(&object.to_string()).expect_err("an object is no number");
    }
    for digits in ["1e999", "-1e999", "18446744073709551616", "one", ""] {
        let members = MapDeserializer::new([("even", Digits(digits.to_owned()))].into_iter());
        Numbers::deserialize(members).expect_err(digits);
    }
}

/// Each format gives what serde_json gives of the same value, binary ones of one that is accepted.
fn is_read_alike<T: DeserializeOwned + Debug + PartialEq>(value: &Value) {
    let expected = serde_json::from_value::<T>(value.clone()).ok();
    for kind in [Kind::Tape, Kind::Digits] {
        assert_eq!(T::deserialize(Format { kind, value }).ok(), expected, "{kind:?} of {value}");
    }
    if let Some(expected) = expected {
        let read = T::deserialize(Format { kind: Kind::Binary, value });
        assert_eq!(read.expect("as from JSON"), expected, "of {value}");
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Knows what each value is, and gives nothing where it is asked for something else, as simd-json does.
    Tape,
    /// Gives a number as its digits, as serde_json does with `arbitrary_precision`.
    Digits,
    /// Knows only what it is asked for.
    Binary,
}

#[derive(Clone, Copy)]
struct Format<'a> {
    kind: Kind,
    value: &'a Value,
}

impl<'a> Format<'a> {
    fn refused<T>(self, asked: &str) -> Result<T, Error> {
        Err(Error::custom(format_args!("{} is no {asked}", self.value)))
    }
}

impl<'de> IntoDeserializer<'de, Error> for Format<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Format<'de> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        !matches!(self.kind, Kind::Binary)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (self.kind, self.value) {
            (Kind::Binary, _) => self.refused("value that says what it is"),
            (_, Value::Null) => visitor.visit_unit(),
            (_, Value::Bool(value)) => visitor.visit_bool(*value),
            (Kind::Digits, Value::Number(number)) => Digits(number.to_string()).deserialize_any(visitor),
            (_, Value::Number(number)) => number.deserialize_any(visitor),
            (_, Value::String(_)) => self.deserialize_str(visitor),
            (_, Value::Array(_)) => self.deserialize_seq(visitor),
            (_, Value::Object(_)) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (self.kind, self.value.as_i64(), self.value.as_f64()) {
            (_, Some(integer), _) => visitor.visit_i64(integer),
            (Kind::Binary, None, Some(double)) => visitor.visit_i64(double as i64),
            _ => self.refused("integer"),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (self.kind, self.value.as_u64(), self.value.as_f64()) {
            (_, Some(integer), _) => visitor.visit_u64(integer),
            (Kind::Binary, None, Some(double)) => visitor.visit_u64(double as u64),
            _ => self.refused("natural number"),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.value.as_f64().map_or_else(|| self.refused("number"), |double| visitor.visit_f64(double))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.value.as_str().map_or_else(|| self.refused("text"), |text| visitor.visit_borrowed_str(text))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.value.as_bool().map_or_else(|| self.refused("truth"), |value| visitor.visit_bool(value))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_unit() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(items) = self.value.as_array() else { return self.refused("array") };
        visitor.visit_seq(SeqDeserializer::new(items.iter().map(|value| Format { value, ..self })))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(members) = self.value.as_object() else { return self.refused("object") };
        let members = members.iter().map(|(name, value)| (name.as_str(), Format { value, ..self }));
        visitor.visit_map(MapDeserializer::new(members))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u128 f32 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct struct
        enum identifier ignored_any
    }
}

/// A number as its digits.
struct Digits(String);

impl<'de> IntoDeserializer<'de, Error> for Digits {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Digits {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mark = BorrowedStrDeserializer::<Error>::new(DIGITS);
        visitor.visit_map(MapDeserializer::new([(mark, self.0)].into_iter()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
