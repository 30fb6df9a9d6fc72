//! Two JSON values -> whether they are equal (2020-12 Core, section 4.2.2); many -> each of them once.

use std::collections::BTreeMap;

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

/// `values`, each once: the first of those that are equal.
pub(crate) fn distinct<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<&'a Value> {
    let mut distinct: Vec<&Value> = Vec::new();
    // Only values with one outline can be equal: so not every two are compared.
    let mut alike: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for value in values {
        let mut outline = String::new();
        outline_of(value, &mut outline);
        let known = alike.entry(outline).or_default();
        if !known.iter().any(|known| equal(known, value)) {
            known.push(value);
            distinct.push(value);
        }
    }
    distinct
}

/// Writes what equal values have in common: all but the digits that a double does not hold, and the order of members.
fn outline_of(value: &Value, outline: &mut String) {
    match value {
        // Zero has two signs, which mean nothing.
        Value::Number(number) => outline.push_str(&number.as_f64().map_or(0.0, |number| number + 0.0).to_string()),
        Value::Array(items) => {
            outline.push('[');
            for item in items {
                outline_of(item, outline);
                outline.push(',');
            }
        }
        Value::Object(members) => {
            outline.push('{');
            for (name, value) in members.iter().collect::<BTreeMap<_, _>>() {
                outline.push_str(name);
                outline.push(':');
                outline_of(value, outline);
            }
        }
        other => outline.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_values_are_there_once_and_others_each() {
        let values = json!([
            1, 1.0, 0, -0.0, "1", true, null, [1], [1.0], ["1"], {"a": 1, "b": [2]}, {"b": [2.0], "a": 1}, {"a": 1},
            9_007_199_254_740_993_u64, 9_007_199_254_740_992.0, 1e300, "a", "a", "[1,"
        ]);
        let expected = json!([
            1, 0, "1", true, null, [1], ["1"], {"a": 1, "b": [2]}, {"a": 1},
            9_007_199_254_740_993_u64, 9_007_199_254_740_992.0, 1e300, "a", "[1,"
        ]);
        let found: Vec<Value> = distinct(values.as_array().unwrap()).into_iter().cloned().collect();
        assert_eq!(Value::from(found), expected);
    }
}
