//! `enum` and `const` -> the values that they list, each once, and what in Rust is one of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::class::Kind;
use super::names::{self, Scope, Wanted};
use super::plan::Constant;
use crate::equal::distinct;

/// What is one of `values`, and whether `null` is among them besides.
pub(super) fn kind(values: Vec<&Value>) -> (Kind<'_>, bool) {
    let (nulls, values): (Vec<&Value>, Vec<&Value>) = values.into_iter().partition(|value| value.is_null());
    let distinct = distinct(values);
    let nullable = !nulls.is_empty();
    let texts: Option<Vec<&str>> = distinct.iter().map(|value| value.as_str()).collect();
    match (distinct.as_slice(), texts) {
        ([], _) if nullable => (Kind::Null, false),
        ([], _) => (Kind::Values(Vec::new()), false),
        (_, Some(texts)) => (Kind::Text(texts), nullable),
        ([Value::Bool(one), Value::Bool(other)], _) if one != other => (Kind::Boolean, nullable),
        _ => (Kind::Values(distinct), nullable),
    }
}

/// The values that `enum` or `const` lists, unless both are there.
pub(super) fn listed(keywords: &Map<String, Value>) -> Option<Vec<&Value>> {
    match (keywords.get("enum"), keywords.get("const")) {
        (Some(Value::Array(values)), None) => Some(values.iter().collect()),
        (None, Some(value)) => Some(vec![value]),
        _ => None,
    }
}

/// The variants of an enum of these values.
pub(super) fn constants(values: &[&Value]) -> Vec<Constant> {
    let wanted: Vec<Wanted> = values.iter().map(|value| wanted(value)).collect();
    let names = Scope::default().take(&wanted);
    values.iter().zip(names).map(|(value, name)| Constant { value: (*value).clone(), name }).collect()
}

/// What a value may be called: what it is, with its type where another is called the same, and spelled out.
fn wanted(value: &Value) -> Wanted {
    let json = value.to_string();
    let kind = match value {
        Value::Null => "Null",
        Value::Bool(_) => "Boolean",
        Value::Number(_) => "Number",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Object",
    };
    let name = name(value);
    let spelled = names::spelled(value.as_str().unwrap_or(&json));
    let names = vec![name.clone(), format!("{kind}{name}"), names::variant_name(&format!("{kind} {spelled}"))];
    Wanted { names, source: value.as_str().map_or(json, str::to_owned) }
}

/// A name for a value: its own where it is a scalar, those of what it holds where not.
fn name(value: &Value) -> String {
    let together = |values: Vec<String>| names::one_word(values.concat());
    match value {
        Value::Null => "Null".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => {
            let text = number.to_string();
            let (sign, size) = text.strip_prefix('-').map_or(("N", text.as_str()), |size| ("Minus", size));
            format!("{sign}{}", size.replace('.', "_").replace("e-", "eMinus").replace('+', ""))
        }
        Value::String(text) => names::variant_name(text),
        Value::Array(items) if items.is_empty() => "EmptyArray".to_owned(),
        Value::Array(items) => together(std::iter::once("ArrayOf".to_owned()).chain(items.iter().map(name)).collect()),
        Value::Object(members) if members.is_empty() => "EmptyObject".to_owned(),
        Value::Object(members) => {
            // In an order of their own: that of the schema means nothing.
            let members: BTreeMap<String, String> =
                members.iter().map(|(member, value)| (names::variant_name(member), name(value))).collect();
            let members = members.into_iter().map(|(member, value)| member + &value);
            together(std::iter::once("ObjectOf".to_owned()).chain(members).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_named_and_each_is_there_once() {
        let values =
            json!([1, 1.0, -1, 1.5, "1", true, [1], [1.0], ["a"], {"a": 1, "b": 2}, {"b": 2, "a": 1}, 1e300, 2.5e-7]);
        let (Kind::Values(values), false) = kind(values.as_array().unwrap().iter().collect()) else { panic!() };
        let names: Vec<String> = constants(&values).into_iter().map(|constant| constant.name).collect();
        let expected = [
            "NumberN1",
            "Minus1",
            "N1_5",
            "StringN1",
            "True",
            "ArrayOfN1",
            "ArrayOfA",
            "ObjectOfAN1BN2",
            "N1e300",
            "N2_5eMinus7",
        ];
        assert_eq!(names, expected);
    }
}
