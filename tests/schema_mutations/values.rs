//! A keyword's value -> what else it could be: tightened, loosened, retyped, renamed, reordered.

use serde_json::{Map, Value, json};

use super::Edit;

const TYPES: &[&str] = &["string", "boolean", "object", "array", "number", "integer", "null"];

/// The edits of a keyword's value.
pub fn edits(keyword: &str, value: &Value) -> Vec<Edit> {
    let edits = match (keyword, value) {
        ("type", Value::String(name)) => of_type(name),
        ("type", Value::Array(names)) => of_types(names),
        ("required", Value::Array(names)) => of_required(names),
        ("properties", Value::Object(members)) => of_properties(members),
        ("enum", Value::Array(values)) => of_enum(values),
        ("format", Value::String(_)) => vec![("retyped", json!("date")), ("loosened", json!("uri"))],
        ("pattern", Value::String(pattern)) => {
            vec![("tightened", json!(format!("{pattern}$"))), ("loosened", json!(pattern.trim_start_matches('^')))]
        }
        ("minLength" | "minItems" | "minProperties" | "minimum" | "exclusiveMinimum", Value::Number(_)) => {
            let bound = value.as_f64().unwrap_or_default();
            vec![("tightened", number(bound + step(keyword))), ("loosened", number(lower(keyword, bound)))]
        }
        ("maxLength" | "maxItems" | "maxProperties" | "maximum" | "exclusiveMaximum", Value::Number(_)) => {
            let bound = value.as_f64().unwrap_or_default();
            vec![("tightened", number(bound - step(keyword))), ("loosened", number(bound + 1.0))]
        }
        ("multipleOf", Value::Number(_)) => {
            vec![("tightened", json!(4)), ("loosened", json!(1)), ("retyped", json!(3))]
        }
        ("uniqueItems", _) => vec![("loosened", json!(false))],
        ("items" | "additionalProperties" | "not", _) => vec![("loosened", json!(true)), ("refused", json!(false))],
        ("$ref", _) => Vec::new(),
        (_, Value::String(text)) => vec![("reworded", json!(format!("{text}."))), ("emptied", json!(""))],
        _ => Vec::new(),
    };
    edits.into_iter().map(|(what, to)| Edit { what, to: Some(to) }).collect()
}

fn of_type(name: &str) -> Vec<(&'static str, Value)> {
    let mut edits: Vec<_> =
        TYPES.iter().filter(|other| **other != name).map(|other| ("retyped", json!(other))).collect();
    edits.push(("loosened: nullable", json!([name, "null"])));
    edits.push(("loosened: of two types", json!([name, if name == "integer" { "string" } else { "integer" }])));
    edits.push(("written as a list", json!([name])));
    edits
}

fn of_types(names: &[Value]) -> Vec<(&'static str, Value)> {
    let mut edits: Vec<_> = names.iter().map(|name| ("tightened: one alone", name.clone())).collect();
    let other = TYPES.iter().find(|other| !names.contains(&json!(other)) && **other != "number");
    edits.extend(other.map(|other| ("loosened: one more", names.iter().cloned().chain([json!(other)]).collect())));
    edits.push(("reordered", names.iter().rev().cloned().collect()));
    edits
}

fn of_required(names: &[Value]) -> Vec<(&'static str, Value)> {
    let without = |name: &Value| -> Vec<Value> { names.iter().filter(|other| *other != name).cloned().collect() };
    let mut edits: Vec<_> = names.iter().map(|name| ("loosened: one less", without(name).into())).collect();
    let renamed = names.iter().map(|name| [without(name), vec![json!("renamed")]].concat().into());
    edits.extend(renamed.map(|renamed| ("one renamed", renamed)));
    edits.push(("tightened: one more", names.iter().cloned().chain([json!("more")]).collect()));
    edits.push(("loosened: emptied", json!([])));
    if names.len() > 1 {
        edits.push(("reordered", names.iter().rev().cloned().collect()));
    }
    edits
}

fn of_properties(members: &Map<String, Value>) -> Vec<(&'static str, Value)> {
    let owned = |(name, schema): (&String, &Value)| (name.clone(), schema.clone());
    let with = |name: &str, to: &dyn Fn(Value) -> (String, Value)| -> Value {
        let edited =
            members.iter().map(owned).map(|(other, schema)| if other == name { to(schema) } else { (other, schema) });
        edited.collect()
    };
    let mut edits = Vec::new();
    for name in members.keys() {
        let without = members.iter().filter(|(other, _)| *other != name);
        edits.push(("one less", without.map(owned).collect()));
        edits.push(("one renamed", with(name, &|schema| (format!("{name}_renamed"), schema))));
        edits.push(("one in another case", with(name, &|schema| (name.to_uppercase(), schema))));
        edits.push(("loosened: one accepts all", with(name, &|_| (name.clone(), json!(true)))));
        edits.push(("tightened: one refused", with(name, &|_| (name.clone(), json!(false)))));
    }
    let more = members.iter().map(owned).chain([("more".to_owned(), json!({"type": "string"}))]);
    edits.push(("tightened: one more", more.collect()));
    if members.len() > 1 {
        edits.push(("reordered", members.iter().rev().map(owned).collect()));
    }
    edits
}

fn of_enum(values: &[Value]) -> Vec<(&'static str, Value)> {
    let mut edits = Vec::new();
    for value in values {
        let without: Vec<Value> = values.iter().filter(|other| *other != value).cloned().collect();
        if let Some(text) = value.as_str() {
            let renamed = |text: String| without.iter().cloned().chain([json!(text)]).collect();
            edits.push(("one renamed", renamed(format!("{text}_"))));
            edits.push(("one in another case", renamed(text.to_uppercase())));
        }
        edits.push(("tightened: one less", without.into()));
    }
    edits.push(("loosened: one more", values.iter().cloned().chain([json!("more")]).collect()));
    edits.push(("reordered", values.iter().rev().cloned().collect()));
    edits
}

/// How far a bound is moved: what is tightened still accepts something.
fn step(keyword: &str) -> f64 {
    if keyword.starts_with("exclusive") { 0.25 } else { 1.0 }
}

fn lower(keyword: &str, bound: f64) -> f64 {
    let counts = ["minLength", "minItems", "minProperties"].contains(&keyword);
    if counts { (bound - 1.0).max(0.0) } else { bound - 1.0 }
}

/// A number without a fraction as an integer.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}
