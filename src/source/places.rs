//! Turns values that the registry hands out back into the places they stand at, by their addresses.

use std::{collections::BTreeMap, ptr};

use serde_json::Value;

use crate::pointer;

/// The address of `value`, by which it is known.
pub(super) fn address(value: &Value) -> usize {
    ptr::from_ref(value).addr()
}

/// Puts every value in `schema`, the page of this `number`, that may be a schema into `places`.
pub(super) fn add(schema: &Value, number: usize, places: &mut BTreeMap<usize, (usize, String)>) {
    let mut waiting = vec![(String::new(), schema)];
    while let Some((at, value)) = waiting.pop() {
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                waiting.extend(items.map(|(index, item)| (pointer::push(&at, &index.to_string()), item)));
            }
            Value::Object(members) => {
                waiting.extend(members.iter().map(|(name, value)| (pointer::push(&at, name), value)));
            }
            _ => {}
        }
        if value.is_object() || value.is_boolean() {
            places.insert(address(value), (number, at));
        }
    }
}
