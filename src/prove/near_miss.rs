//! A value -> values that differ from it in one place, by what readers get wrong: null for absent, an array for an
//! object, a number just beyond its bound, a date-time with a space. Most are invalid; the validator says which.

use serde_json::{Map, Number, Value, json};

use super::{reach, text};
use crate::pointer;

/// The longest string or array made to go beyond a bound.
const LONGEST: f64 = 5000.0;
/// Places of one value that are changed.
const PLACES: usize = 400;

type Keywords<'a> = [&'a Map<String, Value>];

/// The mutants of `value`, which was made for the root schema of `root`.
pub(super) fn mutants(root: &Value, value: &Value) -> Vec<Value> {
    let mut places = Vec::new();
    visit(root, value, vec![root], String::new(), &mut |pointer, value, here| {
        places.push((pointer.to_owned(), replacements(value, here)));
    });
    let changed = |(pointer, replacements): (String, Vec<Value>)| {
        replacements.into_iter().filter_map(move |replacement| {
            let mut copy = value.clone();
            *copy.pointer_mut(&pointer)? = replacement;
            Some(copy)
        })
    };
    places.into_iter().take(PLACES).flat_map(changed).collect()
}

/// Calls `visitor` with each place of `value`, parents first, and the schemas that may apply there.
pub(super) fn visit<'a>(
    root: &'a Value,
    value: &Value,
    schemas: Vec<&'a Value>,
    at: String,
    visitor: &mut dyn FnMut(&str, &Value, &Keywords<'a>),
) {
    let here = reach::in_place(root, schemas);
    visitor(&at, value, &here);
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            visit(root, member, reach::member(&here, name), pointer::push(&at, name), visitor);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| {
            visit(root, item, reach::element(&here, index), pointer::push(&at, &index.to_string()), visitor);
        }),
        _ => {}
    }
}

fn replacements(value: &Value, here: &Keywords<'_>) -> Vec<Value> {
    let mut found =
        vec![Value::Null, json!({}), json!([]), json!(true), json!(0), json!(1.5), json!(""), json!([value])];
    found.push(json!({"value": value}));
    match value {
        Value::Null => found.push(json!("null")),
        Value::Bool(truth) => found.extend([json!(!truth), json!(truth.to_string()), json!(i32::from(*truth))]),
        Value::Number(number) => found.extend(numbers(number, here)),
        Value::String(text) => {
            // How serde's derived unit enum may be written.
            found.push(json!({text: null}));
            found.extend(text.parse::<Number>().map(Value::Number));
            found.extend(strings(text, here).into_iter().map(Value::String));
        }
        Value::Array(items) => found.extend(arrays(items, here)),
        Value::Object(members) => found.extend(objects(members, here)),
    }
    found.retain(|replacement| replacement != value);
    found
}

fn numbers(number: &Number, here: &Keywords<'_>) -> Vec<Value> {
    let mut found = vec![json!(number.to_string()), json!(number.to_string().parse::<f64>().ok())];
    if let Some(whole) = number.as_i64() {
        found.extend(
            [whole.checked_add(1), whole.checked_sub(1), whole.checked_neg()].into_iter().flatten().map(Value::from),
        );
    }
    let value = number.as_f64().unwrap_or_default();
    let mut near = vec![value + 0.5, -value, value + 1e-9];
    for bound in reach::numbers(here, &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        near.extend([bound, bound - 1.0, bound + 1.0, bound - 0.5, bound + 0.5, bound * 1.5]);
        found.extend([bound, bound - 1.0, bound + 1.0].into_iter().filter_map(as_whole));
    }
    found.extend(near.into_iter().filter_map(Number::from_f64).map(Value::Number));
    found
}

/// The integer that a float stands for, while every integer of its size has one.
fn as_whole(number: f64) -> Option<Value> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then(|| Value::from(number as i64))
}

fn strings(text: &str, here: &Keywords<'_>) -> Vec<String> {
    let mut found =
        vec![format!(" {text}"), format!("{text} "), format!("{text}\n"), format!("{text}x"), format!("{text}\u{0}")];
    found.extend([text.to_uppercase(), text.to_lowercase(), capitalised(text)]);
    let characters: Vec<char> = text.chars().collect();
    if let Some((last, rest)) = characters.split_last() {
        found.push(rest.iter().collect());
        found.push(format!("{}{}", rest.iter().collect::<String>(), if *last == 'x' { 'y' } else { 'x' }));
        found.push(format!("~{}", characters.iter().skip(1).collect::<String>()));
    }
    for bound in lengths(here, &["minLength", "maxLength"]) {
        let cycle = text.chars().chain("x".chars()).cycle();
        found.extend([bound.saturating_sub(1), bound, bound + 1].map(|length| cycle.clone().take(length).collect()));
    }
    for listed in here.iter().filter_map(|schema| schema.get("enum")?.as_array()).flatten().filter_map(Value::as_str) {
        found.extend([listed.to_uppercase(), listed.to_lowercase(), format!("{listed}{listed}")]);
    }
    for format in here.iter().filter_map(|schema| schema.get("format")?.as_str()) {
        found.extend(text::near_format(format, text));
    }
    found
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| format!("{}{}", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}

fn lengths(here: &Keywords<'_>, keywords: &[&str]) -> Vec<usize> {
    let bounds = reach::numbers(here, keywords).into_iter().filter(|bound| (0.0..=LONGEST).contains(bound));
    bounds.map(|bound| bound as usize).collect()
}

fn arrays(items: &[Value], here: &Keywords<'_>) -> Vec<Value> {
    let mut found = vec![
        Value::Array(items.iter().skip(1).cloned().collect()),
        Value::Array(items.iter().take(items.len().saturating_sub(1)).cloned().collect()),
        Value::Array(items.iter().rev().cloned().collect()),
        Value::Array(items.iter().chain([&Value::Null]).cloned().collect()),
        Value::Array(items.iter().chain(items.first()).cloned().collect()),
        Value::Object(items.iter().enumerate().map(|(index, item)| (index.to_string(), item.clone())).collect()),
    ];
    for bound in lengths(here, &["minItems", "maxItems", "minContains", "maxContains"]) {
        let cycle = items.iter().cloned().cycle();
        found.extend(
            [bound.saturating_sub(1), bound + 1].map(|length| Value::Array(cycle.clone().take(length).collect())),
        );
    }
    found
}

fn objects(members: &Map<String, Value>, here: &Keywords<'_>) -> Vec<Value> {
    let with = |name: &str, value: Value| {
        let mut copy = members.clone();
        copy.insert(name.to_owned(), value);
        Value::Object(copy)
    };
    let mut found = vec![Value::Array(members.values().cloned().collect())];
    found.push(Value::Array(members.iter().map(|(name, value)| json!([name, value])).collect()));
    found.extend([json!(1), json!("x"), Value::Null].map(|value| with("unknown member", value)));
    for name in members.keys() {
        let mut dropped = members.clone();
        let value = dropped.shift_remove(name).unwrap_or_default();
        found.push(Value::Object(dropped.clone()));
        for renamed in [name.to_uppercase(), capitalised(name), name.replace('_', "-"), format!("{name} ")] {
            let mut copy = dropped.clone();
            copy.insert(renamed, value.clone());
            found.push(Value::Object(copy));
        }
    }
    for name in reach::property_names(here).into_iter().filter(|name| !members.contains_key(*name)) {
        found.extend([Value::Null, json!("x")].map(|value| with(name, value)));
    }
    for bound in lengths(here, &["minProperties", "maxProperties"]) {
        found.push(Value::Object(members.clone().into_iter().take(bound.saturating_sub(1)).collect()));
        let added = (members.len()..=bound).map(|index| (format!("member {index}"), Value::Null));
        found.push(Value::Object(members.clone().into_iter().chain(added).collect()));
    }
    found
}
