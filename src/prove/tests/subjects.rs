//! Subjects made in the process: serde types, and functions that stand for a type.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::prove::{Failure, Outcome, Reading, Subject, SubjectError};

/// A serde type and what is said to be its re-export.
pub(super) struct Typed<T>(Value, PhantomData<T>);

/// The subject that holds `T`.
pub(super) fn typed<T: DeserializeOwned + Serialize>(re_export: Value) -> Typed<T> {
    Typed(re_export, PhantomData)
}

impl<T: DeserializeOwned + Serialize> Subject for Typed<T> {
    fn re_export(&mut self, _: &str) -> Result<Value, SubjectError> {
        Ok(self.0.clone())
    }

    fn read(&mut self, _: &str, texts: &[&str]) -> Result<Vec<Reading>, SubjectError> {
        let out = |read: serde_json::Result<T>| -> Outcome {
            let value = read.map_err(|error| Failure::Refused(error.to_string()))?;
            serde_json::to_value(value).map_err(|error| Failure::Unwritable(error.to_string()))
        };
        let reading = |text: &&str| Reading {
            from_str: out(serde_json::from_str(text)),
            from_reader: out(serde_json::from_reader(text.as_bytes())),
            from_value: serde_json::from_str(text).ok().map(|value| out(serde_json::from_value(value))),
        };
        Ok(texts.iter().map(reading).collect())
    }
}

/// A type that is what a function makes of a value.
pub(super) struct Made<F>(pub(super) Value, pub(super) F);

impl<F: FnMut(&Value) -> Result<Value, String>> Subject for Made<F> {
    fn re_export(&mut self, _: &str) -> Result<Value, SubjectError> {
        Ok(self.0.clone())
    }

    fn read(&mut self, _: &str, texts: &[&str]) -> Result<Vec<Reading>, SubjectError> {
        let mut reading = |text: &&str| {
            let value = serde_json::from_str::<Value>(text);
            let read = value.map_err(|error| error.to_string()).and_then(|value| (self.1)(&value));
            let read = read.map_err(Failure::Refused);
            Reading { from_str: read.clone(), from_reader: read.clone(), from_value: Some(read) }
        };
        Ok(texts.iter().map(&mut reading).collect())
    }
}

/// The session as serde derives it.
#[derive(Serialize, Deserialize, schemars::JsonSchema)]
pub(super) struct Derived {
    id: String,
    live: bool,
    created_at: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// The session as it has to be read: objects only, and no null for a member that may be absent.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Exact(Fields);

#[derive(Serialize, Deserialize)]
struct Fields {
    id: String,
    live: bool,
    created_at: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    note: Option<String>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Objects;
        impl<'de> Visitor<'de> for Objects {
            type Value = Exact;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Exact, A::Error> {
                Fields::deserialize(MapAccessDeserializer::new(map)).map(Exact)
            }
        }
        deserializer.deserialize_map(Objects)
    }
}

/// A date-time that keeps its text.
#[derive(Serialize, schemars::JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "date-time"))]
struct Moment(String);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let format = jsonschema::options().should_validate_formats(true).build(&json!({"format": "date-time"}));
        match format.map(|format| format.is_valid(&json!(text))) {
            Ok(true) => Ok(Self(text)),
            _ => Err(serde::de::Error::custom("no date-time")),
        }
    }
}
