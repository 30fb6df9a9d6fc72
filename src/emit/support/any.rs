//! Any JSON value, and any JSON object.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Json, Rule, Ruled};

impl Json for serde_json::Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    #[cfg(feature = "schemars")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::Schema::default()
    }
}

/// Any JSON object; like every map of this crate, it refuses a member that is given twice.
impl Json for serde_json::Map<String, serde_json::Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::read(deserializer).map(|entries: BTreeMap<String, serde_json::Value>| entries.into_iter().collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    #[cfg(feature = "schemars")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<String, serde_json::Value>::schema(generator)
    }
}

impl Ruled for serde_json::Map<String, serde_json::Value> {
    fn keeps(&self, rule: &Rule<Self>) -> bool {
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
