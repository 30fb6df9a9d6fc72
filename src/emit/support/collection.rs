//! What holds other values: `null` or a value, lists, maps, boxes.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Json, Reading, Writing, below};

/// `null` or a `T`. Where a member may also be absent, that is an `Option` around this one.
impl<T: Json> Json for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Nullable(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Writing).serialize(serializer)
    }

    /// `type` takes `null` in where the schema is said in place by one type name; a reference gets an alternative.
    #[cfg(feature = "schemars")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = T::schema(generator);
        match schema.get("type").and_then(serde_json::Value::as_str) {
            Some(name) => {
                let names = serde_json::Value::from(vec![name, "null"]);
                schema.insert("type".to_owned(), names);
                schema
            }
            None if schema == schemars::Schema::default() => schema,
            None => schemars::json_schema!({ "anyOf": [schema, { "type": "null" }] }),
        }
    }
}

struct Nullable<T>(PhantomData<T>);

impl<'de, T: Json> Visitor<'de> for Nullable<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("null or a value")
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read(deserializer).map(Some)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Writing))
    }

    #[cfg(feature = "schemars")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "array", "items": T::schema(generator) })
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Json> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) =
            items.next_element_seed(Reading(PhantomData)).map_err(|error| below(list.len(), error))?
        {
            list.push(item);
        }
        Ok(list)
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, Writing(value))))
    }

    #[cfg(feature = "schemars")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": T::schema(generator) })
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Json> Visitor<'de> for Entries<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Reading(PhantomData)).map_err(|error| below(&name, error))?;
            if map.contains_key(&name) {
                return Err(A::Error::custom(format_args!("member `{name}` is given twice")));
            }
            map.insert(name, value);
        }
        Ok(map)
    }
}
