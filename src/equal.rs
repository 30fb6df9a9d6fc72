//! Two JSON values -> whether they are equal (2020-12 Core, section 4.2.2).

use serde_json::{Number, Value};

/// Whether two values are the same JSON value: numbers by value, objects whatever their order.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => same_number(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |(name, value): (&String, &Value)| right.get(name).is_some_and(|other| equal(value, other));
            left.len() == right.len() && left.iter().all(same)
        }
        _ => left == right,
    }
}

fn same_number(left: &Number, right: &Number) -> bool {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.as_f64() == right.as_f64(),
        (Some(whole), None) => is_whole(right, whole),
        (None, Some(whole)) => is_whole(left, whole),
    }
}

/// Whether a float is exactly this integer.
fn is_whole(float: &Number, whole: i128) -> bool {
    float.as_f64().is_some_and(|float| float.fract() == 0.0 && float.abs() < 1e30 && float as i128 == whole)
}
