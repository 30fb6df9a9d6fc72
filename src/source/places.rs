//! Every value of a document and its place there; and the way back from values that the registry hands out to the places
//! they stand at, by their addresses.

use std::ptr;

use serde_json::Value;

use crate::pointer;

/// `root` and every value in it, each with its pointer, in the order they are written.
pub(super) fn values(root: &Value) -> impl Iterator<Item = (String, &Value)> {
    let mut waiting = vec![(String::new(), root)];
    std::iter::from_fn(move || {
        let (at, value) = waiting.pop()?;
        match value {
            Value::Array(items) => {
                let numbered = items.iter().enumerate().rev();
                waiting.extend(numbered.map(|(index, item)| (pointer::push(&at, &index.to_string()), item)));
            }
            Value::Object(members) => {
                waiting.extend(members.iter().rev().map(|(name, value)| (pointer::push(&at, name), value)));
            }
            _ => {}
        }
        Some((at, value))
    })
}

/// The address of `value`, by which it is known.
pub(super) fn address(value: &Value) -> usize {
    ptr::from_ref(value).addr()
}

/// The address and the place of every value in `root` that may be a schema.
pub(super) fn schemas(root: &Value) -> impl Iterator<Item = (usize, String)> {
    let may_be_schemas = values(root).filter(|(_, value)| value.is_object() || value.is_boolean());
    may_be_schemas.map(|(at, value)| (address(value), at))
}
