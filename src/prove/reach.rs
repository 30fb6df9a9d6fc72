//! A place in a value -> every schema that may have a say there, whichever branches the value takes. This is more than
//! applies; it serves to find bounds worth trying, not to judge.

use std::collections::BTreeSet;
use std::ptr;

use serde_json::{Map, Value};

use super::schema;

/// The schemas that may apply where `schemas` do: they, what they refer to, and their branches.
pub(super) fn in_place<'a>(root: &'a Value, schemas: Vec<&'a Value>) -> Vec<&'a Map<String, Value>> {
    let mut pending = schemas;
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(schema) = pending.pop() {
        let Some(keywords) = schema.as_object().filter(|_| seen.insert(ptr::from_ref(schema))) else { continue };
        found.push(keywords);
        pending.extend(
            schema::reference(schema).and_then(|target| schema::resolve(root, target)).map(|place| place.schema),
        );
        pending.extend(["not", "if", "then", "else"].iter().filter_map(|keyword| keywords.get(*keyword)));
        let lists = ["allOf", "anyOf", "oneOf"].iter().filter_map(|keyword| keywords.get(*keyword)?.as_array());
        pending.extend(lists.flatten());
        pending.extend(keywords.get("dependentSchemas").and_then(Value::as_object).into_iter().flat_map(Map::values));
    }
    found
}

/// The schemas that may apply to the member `name` of an object.
pub(super) fn member<'a>(here: &[&'a Map<String, Value>], name: &str) -> Vec<&'a Value> {
    let named = here.iter().filter_map(|schema| schema.get("properties")?.get(name));
    let patterns = maps(here, "patternProperties").flat_map(Map::values);
    let rest = ["additionalProperties", "unevaluatedProperties"];
    let rest = here.iter().flat_map(|schema| rest.iter().filter_map(|keyword| schema.get(*keyword)));
    named.chain(patterns).chain(rest).collect()
}

/// The schemas that may apply to the element at `index` of an array.
pub(super) fn element<'a>(here: &[&'a Map<String, Value>], index: usize) -> Vec<&'a Value> {
    let prefix = here.iter().filter_map(|schema| schema.get("prefixItems")?.get(index));
    let rest = here.iter().flat_map(|schema| {
        // Beside `items`, nothing is left for `unevaluatedItems`.
        let others = schema.get("items").or_else(|| schema.get("unevaluatedItems"));
        others.into_iter().chain(schema.get("contains"))
    });
    prefix.chain(rest).collect()
}

/// The maps that `keyword` has in any of them.
pub(super) fn maps<'a>(
    here: &[&'a Map<String, Value>],
    keyword: &'static str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    here.iter().filter_map(move |schema| schema.get(keyword)?.as_object())
}

/// The names in `properties` of any of them.
pub(super) fn property_names<'a>(here: &[&'a Map<String, Value>]) -> BTreeSet<&'a str> {
    maps(here, "properties").flat_map(Map::keys).map(String::as_str).collect()
}

/// The names that any of them asks for or that ask for others.
pub(super) fn asked_names<'a>(here: &[&'a Map<String, Value>]) -> BTreeSet<&'a str> {
    let lists = here.iter().filter_map(|schema| schema.get("required")?.as_array());
    let lists = lists.chain(maps(here, "dependentRequired").flat_map(Map::values).filter_map(Value::as_array));
    let asking = ["dependentRequired", "dependentSchemas"].into_iter().flat_map(|keyword| maps(here, keyword));
    let asking = asking.flat_map(Map::keys).map(String::as_str);
    lists.flatten().filter_map(Value::as_str).chain(asking).collect()
}

/// The texts that `keyword` has in any of them.
pub(super) fn texts<'a>(here: &[&'a Map<String, Value>], keyword: &str) -> BTreeSet<&'a str> {
    here.iter().filter_map(|schema| schema.get(keyword)?.as_str()).collect()
}

/// The values that `enum` and `const` name in any of them.
pub(super) fn listed<'a>(here: &[&'a Map<String, Value>]) -> Vec<&'a Value> {
    let lists = here.iter().filter_map(|schema| schema.get("enum")?.as_array()).flatten();
    lists.chain(here.iter().filter_map(|schema| schema.get("const"))).collect()
}

/// The numbers that `keywords` have in any of them.
pub(super) fn numbers(here: &[&Map<String, Value>], keywords: &[&str]) -> Vec<f64> {
    here.iter().flat_map(|schema| keywords.iter().filter_map(|keyword| schema.get(*keyword)?.as_f64())).collect()
}
