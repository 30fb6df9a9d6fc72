//! What typify is asked about the parts of a definition -> the keys of the definitions that this refers to, to be read or changed.

use serde_json::{Map, Value, json};

use super::Form;

/// How a reference to a definition begins in what typify is asked.
const REFERENCE: &str = "#/definitions/";

/// What typify is asked about a value of the type with this `key`.
pub(super) fn reference(key: &str) -> Value {
    json!({"$ref": format!("{REFERENCE}{key}")})
}

/// The key of the definition that typify is asked about, if that is all that it is `asked`.
pub(super) fn referred(asked: &Value) -> Option<&str> {
    key(asked.as_object()?)
}

fn key(keywords: &Map<String, Value>) -> Option<&str> {
    keywords.get("$ref")?.as_str()?.strip_prefix(REFERENCE)
}

impl Form {
    /// The keys that its parts refer to, in order.
    pub(super) fn references(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for asked in self.asked() {
            let mut waiting = vec![asked];
            while let Some(asked) = waiting.pop() {
                match asked {
                    Value::Object(keywords) => match key(keywords) {
                        Some(key) => found.push(key),
                        None => waiting.extend(keywords.values()),
                    },
                    Value::Array(all) => waiting.extend(all),
                    _ => {}
                }
            }
        }
        found
    }

    /// Has each reference lead to the key that `to` makes of its own.
    pub(super) fn redirect(&mut self, to: impl Fn(&str) -> Option<String>) {
        let mut waiting = self.asked_mut();
        while let Some(asked) = waiting.pop() {
            if let Some(key) = referred(asked) {
                if let Some(key) = to(key) {
                    *asked = reference(&key);
                }
                continue;
            }
            match asked {
                Value::Object(keywords) => waiting.extend(keywords.values_mut()),
                Value::Array(all) => waiting.extend(all),
                _ => {}
            }
        }
    }
}
