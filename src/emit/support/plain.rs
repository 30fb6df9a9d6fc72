//! JSON values as JSON Schema compares them (2020-12 Core, section 4.2.2): numbers by value, objects whatever their order.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Impossible, Serialize, Serializer};

use super::Json;
use super::number::Number;

/// A JSON value that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plain {
    Null,
    Bool(bool),
    Number(Finite),
    Text(String),
    Array(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

/// A number that is not NaN.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finite(Number);

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.compare(other.0).unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Finite {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Finite {}

impl Plain {
    /// What `value` is when it is written; none if it cannot be.
    pub(crate) fn of<T: Json>(value: &T) -> Option<Self> {
        value.write(Writer).ok()
    }

    pub(crate) fn number(number: Number) -> Option<Self> {
        (!number.nearest().is_nan()).then_some(Self::Number(Finite(number)))
    }
}

impl Display for Plain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => value.fmt(formatter),
            Self::Number(Finite(number)) => number.fmt(formatter),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Array(items) => write!(formatter, "an array of {}", items.len()),
            Self::Object(members) => write!(formatter, "an object of {}", members.len()),
        }
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Plain;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Plain, E> {
        Ok(Plain::Null)
    }

    fn visit_none<E>(self) -> Result<Plain, E> {
        Ok(Plain::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Plain, D::Error> {
        Plain::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Plain, E> {
        Ok(Plain::Number(Finite(Number::Integer(value.into()))))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Plain, E> {
        Ok(Plain::Number(Finite(Number::Integer(value.into()))))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Plain, E> {
        Plain::number(Number::Float(value)).ok_or_else(|| E::custom("NaN is no JSON number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Plain, E> {
        Ok(Plain::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Plain, E> {
        Ok(Plain::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Plain, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Plain::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Plain, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((name, value)) = members.next_entry::<String, Plain>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format_args!("member `{name}` is given twice")));
            }
            map.insert(name, value);
        }
        Ok(Plain::Object(map))
    }
}

/// Why a value cannot be written.
#[derive(Debug)]
pub(crate) struct Unwritable(String);

impl Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Writes to a [`Plain`].
struct Writer;

/// The shapes of serde's data model that are no JSON.
macro_rules! no_json {
    ($($method:ident($($name:ident: $type:ty),*) -> $to:ty;)*) => {$(
        fn $method(self, $($name: $type),*) -> Result<$to, Unwritable> {
            let _ = ($($name,)*);
            Err(ser::Error::custom("no JSON value"))
        }
    )*};
}

macro_rules! as_integer {
    ($($method:ident: $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<Plain, Unwritable> {
            Ok(Plain::Number(Finite(Number::Integer(value.into()))))
        }
    )*};
}

impl Serializer for Writer {
    type Ok = Plain;
    type Error = Unwritable;
    type SerializeSeq = List;
    type SerializeTuple = Impossible<Plain, Unwritable>;
    type SerializeTupleStruct = Impossible<Plain, Unwritable>;
    type SerializeTupleVariant = Impossible<Plain, Unwritable>;
    type SerializeMap = Members;
    type SerializeStruct = Impossible<Plain, Unwritable>;
    type SerializeStructVariant = Impossible<Plain, Unwritable>;

    as_integer! {
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
    }

    no_json! {
        serialize_bytes(value: &[u8]) -> Plain;
        serialize_unit_struct(name: &'static str) -> Plain;
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> Plain;
        serialize_tuple(length: usize) -> Self::SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> Self::SerializeTupleVariant;
        serialize_struct(name: &'static str, length: usize) -> Self::SerializeStruct;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, value: bool) -> Result<Plain, Unwritable> {
        Ok(Plain::Bool(value))
    }

    fn serialize_f32(self, value: f32) -> Result<Plain, Unwritable> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Plain, Unwritable> {
        Plain::number(Number::Float(value)).ok_or_else(|| ser::Error::custom("NaN is no JSON number"))
    }

    fn serialize_char(self, value: char) -> Result<Plain, Unwritable> {
        Ok(Plain::Text(value.into()))
    }

    fn serialize_str(self, value: &str) -> Result<Plain, Unwritable> {
        Ok(Plain::Text(value.to_owned()))
    }

    fn serialize_none(self) -> Result<Plain, Unwritable> {
        Ok(Plain::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Plain, Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Plain, Unwritable> {
        Ok(Plain::Null)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Plain, Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Plain, Unwritable> {
        Err(ser::Error::custom("no JSON value"))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Unwritable> {
        Ok(List(Vec::new()))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Unwritable> {
        Ok(Members { members: BTreeMap::new(), name: String::new() })
    }
}

struct List(Vec<Plain>);

impl ser::SerializeSeq for List {
    type Ok = Plain;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.0.push(value.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Plain, Unwritable> {
        Ok(Plain::Array(self.0))
    }
}

struct Members {
    members: BTreeMap<String, Plain>,
    name: String,
}

impl ser::SerializeMap for Members {
    type Ok = Plain;
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Unwritable> {
        match name.serialize(Writer)? {
            Plain::Text(name) => {
                self.name = name;
                Ok(())
            }
            _ => Err(ser::Error::custom("no JSON object")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.members.insert(std::mem::take(&mut self.name), value.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<Plain, Unwritable> {
        Ok(Plain::Object(self.members))
    }
}

/// Whether no two of `items` are equal; false too if one cannot be written.
pub(crate) fn are_unique<'a, T: Json + 'a>(items: impl IntoIterator<Item = &'a T>) -> bool {
    items.into_iter().map(Plain::of).collect::<Option<Vec<Plain>>>().is_some_and(all_differ)
}

/// Whether no two of `items` are equal.
pub(crate) fn all_differ(mut items: Vec<Plain>) -> bool {
    items.sort_unstable();
    items.windows(2).all(|pair| pair.first() != pair.last())
}
