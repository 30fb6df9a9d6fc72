//! Every value of a document and its place there; and the way back from values that the registry hands out to the places
//! they stand at, by their addresses.

use std::ptr;

use serde_json::Value;

use crate::pointer;

/// Shows `root`, which stands at `at`, and every value in it to `see`, each with its pointer, in the order they are written.
pub(super) fn each<'a>(root: &'a Value, at: &mut String, see: &mut impl FnMut(&str, &'a Value)) {
    see(at, root);
    let mut below = |token: &str, value: &'a Value| {
        let end = at.len();
        pointer::extend(at, token);
        each(value, at, see);
        at.truncate(end);
    };
    match root {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| below(&index.to_string(), item)),
        Value::Object(members) => members.iter().for_each(|(name, value)| below(name, value)),
        _ => {}
    }
}

/// The address of `value`, by which it is known.
pub(super) fn address(value: &Value) -> usize {
    ptr::from_ref(value).addr()
}

/// The address and the place of every value in `root` that may be a schema.
pub(super) fn schemas(root: &Value) -> impl Iterator<Item = (usize, String)> {
    let mut found = Vec::new();
    each(root, &mut String::new(), &mut |at, value| {
        if value.is_object() || value.is_boolean() {
            found.push((address(value), at.to_owned()));
        }
    });
    found.into_iter()
}
