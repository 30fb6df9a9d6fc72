//! Booleans, strings and `null`.

use serde::de::{Deserialize, Deserializer};
use serde::ser::Serializer;

use super::Json;

/// A scalar that serde's own implementation reads and writes exactly.
macro_rules! as_serde_does {
    ($($type:ty: $name:literal),*) => {$(
        impl Json for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }

            #[cfg(feature = "schemars")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": $name })
            }
        }
    )*};
}

as_serde_does!(bool: "boolean", String: "string", (): "null");
