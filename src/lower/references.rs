//! What typify is asked about the parts of a definition -> the keys of the definitions that this refers to, to be read or changed.

use serde_json::{Map, Value, json};

use super::asked::{NOT_NULL, NULL};
use super::{Annotations, Form};
use crate::pointer;

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

/// The key of the definition that typify is `asked` about somewhere in this, and where `said`, which is what the schema says beside
/// it, has what is said of that.
pub(super) fn referred_at<'a>(asked: &'a Value, said: &Annotations) -> Option<(String, &'a str)> {
    let (mut place, mut asked) = (String::new(), asked);
    loop {
        if let Some(key) = referred(asked) {
            return Some((place, key));
        }
        let alternatives = asked.get("oneOf").and_then(Value::as_array).and_then(|alternatives| alternatives.first());
        asked = match alternatives {
            Some(other) => {
                // A list or a map that may be `null` is re-exported in place, unless something is said of either alternative.
                let [divided, null] = [NOT_NULL, NULL].map(|alternative| format!("{place}{alternative}"));
                let is_divided = |at: &String| at.starts_with(&divided) || at.starts_with(&null);
                if referred(other).is_some() || said.keys().any(is_divided) {
                    place = divided;
                }
                other
            }
            None => {
                let keyword =
                    ["items", "additionalProperties"].into_iter().find(|keyword| asked.get(keyword).is_some())?;
                place = pointer::push(&place, keyword);
                asked.get(keyword)?
            }
        };
    }
}

fn key(keywords: &Map<String, Value>) -> Option<&str> {
    keywords.get("$ref")?.as_str()?.strip_prefix(REFERENCE)
}

impl Form {
    /// The keys that its parts refer to, in order.
    pub(super) fn references(&self) -> Vec<&str> {
        let nothing = Annotations::new();
        self.asked().into_iter().filter_map(|asked| Some(referred_at(asked, &nothing)?.1)).collect()
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
