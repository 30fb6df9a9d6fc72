//! Any JSON value, and any JSON object.
//!
//! Like every object of this crate, one at any depth of such a value refuses a member that is given twice. Numbers are
//! what `serde_json` makes of them: integers of 64 bits, all others the nearest double.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::invalid::shortened;
use super::{Entries, Json, Reading, Rule, Ruled, below};

impl Json for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    #[cfg(feature = "schemars")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}

impl Ruled for Value {
    fn keeps(&self, rule: &Rule) -> bool {
        let Rule::Type(names) = rule else { return true };
        names.iter().any(|name| match *name {
            "array" => self.is_array(),
            "boolean" => self.is_boolean(),
            "integer" => self.as_f64().is_some_and(|number| number.fract() == 0.0),
            "null" => self.is_null(),
            "number" => self.is_number(),
            "object" => self.is_object(),
            _ => self.is_string(),
        })
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Json for Map<String, Value> {
    /// Reads an object, and nothing else (serde_json's own map takes `null` as well).
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::read(deserializer)? {
            Value::Object(members) => Ok(members),
            other => Err(D::Error::custom(format_args!("invalid type: {}, expected an object", shortened(&other)))),
        }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    #[cfg(feature = "schemars")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": {} })
    }
}

impl Entries for Map<String, Value> {
    fn take<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value_seed(Reading(PhantomData)).map_err(|error| below(&name, error))?;
        if self.contains_key(&name) {
            return Err(A::Error::custom(format_args!("member `{name}` is given twice")));
        }
        self.insert(name, value);
        Ok(())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.keys().map(String::as_str)
    }

    fn write_each<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))
    }

    #[cfg(feature = "schemars")]
    fn value(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}

/// Reads any value.
struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Reading(PhantomData)).map_err(|error| below(all.len(), error))? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key()? {
            members.take(name, &mut map)?;
        }
        Ok(Value::Object(members))
    }
}

impl Ruled for Map<String, Value> {
    fn keeps(&self, rule: &Rule) -> bool {
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
