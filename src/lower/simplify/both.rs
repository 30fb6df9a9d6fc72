//! Two schemas without choices -> the keywords of one that accepts what both accept.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

use super::objects;
use super::tagged::{Tagged, all};

/// What accepts what both accept, if one schema can say that.
pub(super) fn merge(mut one: Tagged, mut other: Tagged) -> Option<Tagged> {
    if one.is_empty() {
        return Some(other);
    }
    let mut merged = Map::new();
    objects::merge_members(&mut one, &mut other, &mut merged)?;
    objects::merge_items(&mut one, &mut other, &mut merged);
    for (keyword, value) in one {
        let value = match other.shift_remove(&keyword) {
            Some(second) if second != value => both(&keyword, value, second)?,
            _ => value,
        };
        merged.insert(keyword, value);
    }
    merged.extend(other);
    Some(merged)
}

/// The value of `keyword` that accepts what both values accept.
fn both(keyword: &str, one: Value, other: Value) -> Option<Value> {
    match (keyword, one, other) {
        ("type", Value::Array(one), Value::Array(other)) => Some(types(&one, &other)),
        ("minimum" | "exclusiveMinimum", Value::Number(one), Value::Number(other)) => Some(larger(one, other)?.into()),
        ("maximum" | "exclusiveMaximum", Value::Number(one), Value::Number(other)) => Some(smaller(one, other)?.into()),
        ("uniqueItems", Value::Bool(one), Value::Bool(other)) => Some((one || other).into()),
        ("multipleOf", Value::Number(one), Value::Number(other)) => multiple(&one, &other),
        ("required", Value::Array(mut one), Value::Array(other)) => {
            let known: BTreeSet<&str> = one.iter().filter_map(Value::as_str).collect();
            let is_new = |name: &Value| !name.as_str().is_some_and(|name| known.contains(name));
            let more: Vec<Value> = other.into_iter().filter(is_new).collect();
            one.extend(more);
            Some(one.into())
        }
        ("dependentRequired", Value::Object(mut one), Value::Object(other)) => {
            for (name, names) in other {
                let names = match one.shift_remove(&name) {
                    Some(first) => both("required", first, names)?,
                    None => names,
                };
                one.insert(name, names);
            }
            Some(one.into())
        }
        ("propertyNames", Value::Object(one), Value::Object(other)) => Some(all(vec![one, other]).into()),
        (keyword, Value::Number(one), Value::Number(other)) if keyword.starts_with("min") => {
            Some(larger(one, other)?.into())
        }
        (keyword, Value::Number(one), Value::Number(other)) if keyword.starts_with("max") => {
            Some(smaller(one, other)?.into())
        }
        _ => None,
    }
}

/// The types that both lists name; `number` names what `integer` names.
fn types(one: &[Value], other: &[Value]) -> Value {
    let names = |list: &[Value], name: &Value| {
        list.contains(name) || (name == "integer" && list.iter().any(|it| it == "number"))
    };
    let mut types: Vec<Value> = one.iter().filter(|name| names(other, name)).cloned().collect();
    let narrower = other.iter().filter(|name| names(one, name) && !types.contains(name));
    let narrower: Vec<Value> = narrower.cloned().collect();
    types.extend(narrower);
    types.into()
}

fn larger(one: Number, other: Number) -> Option<Number> {
    Some(if less(&one, &other)? { other } else { one })
}

fn smaller(one: Number, other: Number) -> Option<Number> {
    Some(if less(&one, &other)? { one } else { other })
}

/// Whether `one` is less than `other`, where both are integers, or doubles that tell all integers near them apart.
fn less(one: &Number, other: &Number) -> Option<bool> {
    if let (Some(one), Some(other)) = (one.as_i128(), other.as_i128()) {
        return Some(one < other);
    }
    let exact = |number: &Number| number.as_f64().filter(|number| number.abs() < 9_007_199_254_740_992.0);
    Some(exact(one)? < exact(other)?)
}

/// The number whose multiples are the multiples of both.
fn multiple(one: &Number, other: &Number) -> Option<Value> {
    let (one, other) = (one.as_u64().filter(|it| *it > 0)?, other.as_u64().filter(|it| *it > 0)?);
    let (mut divisor, mut rest) = (one, other);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    Some(one.checked_mul(other / divisor)?.into())
}
