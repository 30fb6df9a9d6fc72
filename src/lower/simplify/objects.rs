//! Two schemas for the members of an object, or for the items of an array -> one.

use serde_json::{Map, Value};

use super::tagged::{Tagged, all, as_tagged};
use crate::lower::rules::compiled;

/// Moves what both schemas say of an object's members into `merged`; none where one schema cannot say it.
pub(super) fn merge_members(one: &mut Tagged, other: &mut Tagged, merged: &mut Tagged) -> Option<()> {
    let (mut one, mut other) = (Members::take(one), Members::take(other));
    let (of_one, of_other) = (one.rest_for(&other)?, other.rest_for(&one)?);
    let mut properties = Map::new();
    for (name, schema) in std::mem::take(&mut one.properties) {
        let stated = match other.properties.get_mut(&name) {
            Some(schema) => as_tagged(schema.take()),
            None => other.unlisted(&name)?,
        };
        properties.insert(name, all(as_tagged(schema).into_iter().chain(stated).collect()).into());
    }
    for (name, schema) in std::mem::take(&mut other.properties) {
        if !properties.contains_key(&name) {
            let stated = one.unlisted(&name)?;
            properties.insert(name, all(stated.into_iter().chain(as_tagged(schema)).collect()).into());
        }
    }
    let mut patterns = Map::new();
    for pattern in one.patterns.keys().chain(other.patterns.keys()) {
        let stated = |members: &Members, rest: &Option<Tagged>| match members.patterns.get(pattern) {
            Some(schema) => schema.as_object().cloned(),
            None => rest.clone(),
        };
        let both = [stated(&one, &of_one), stated(&other, &of_other)];
        patterns.insert(pattern.clone(), all(both.into_iter().flatten().collect()).into());
    }
    let rest: Vec<Tagged> = [one.rest, other.rest].into_iter().flatten().collect();
    for (keyword, schemas) in [("properties", properties), ("patternProperties", patterns)] {
        if !schemas.is_empty() {
            merged.insert(keyword.to_owned(), schemas.into());
        }
    }
    if !rest.is_empty() {
        merged.insert("additionalProperties".to_owned(), all(rest).into());
    }
    Some(())
}

/// What one schema says of an object's members.
struct Members {
    properties: Map<String, Value>,
    patterns: Map<String, Value>,
    /// The regular expressions of these; none for one that cannot be tried.
    compiled: Vec<Option<regress::Regex>>,
    /// What it says of all others.
    rest: Option<Tagged>,
}

impl Members {
    fn take(schema: &mut Tagged) -> Self {
        let mut map = |keyword: &str| schema.shift_remove(keyword).and_then(as_tagged).unwrap_or_default();
        let (properties, patterns) = (map("properties"), map("patternProperties"));
        let rest = schema.shift_remove("additionalProperties").and_then(as_tagged);
        let compiled = patterns.keys().map(|pattern| compiled(pattern)).collect();
        Self { properties, patterns, compiled, rest }
    }

    /// What it says of members whose names match a pattern that `other` alone has, if anything; none where it says that of
    /// some of them only.
    fn rest_for(&self, other: &Self) -> Option<Option<Tagged>> {
        let patterns = other.patterns.keys().zip(&other.compiled);
        let mut foreign = patterns.filter(|(pattern, _)| !self.patterns.contains_key(*pattern)).peekable();
        if self.rest.is_none() || foreign.peek().is_none() {
            return Some(None);
        }
        let is_apart = |regex: &regress::Regex| self.properties.keys().all(|name| regex.find(name).is_none());
        let mut are_apart = foreign.map(|(_, compiled)| compiled.as_ref().is_some_and(is_apart));
        (self.patterns.is_empty() && are_apart.all(|it| it)).then(|| self.rest.clone())
    }

    /// What it says of the member `name`, which it does not list, but for its patterns, if anything; none where a pattern
    /// cannot be tried.
    fn unlisted(&self, name: &str) -> Option<Option<Tagged>> {
        for pattern in &self.compiled {
            if pattern.as_ref()?.find(name).is_some() {
                return Some(None);
            }
        }
        Some(self.rest.clone())
    }
}

/// Moves what both schemas say of an array's items into `merged`.
pub(super) fn merge_items(one: &mut Tagged, other: &mut Tagged, merged: &mut Tagged) {
    let mut sides = [one, other].map(|schema| {
        let prefix = match schema.shift_remove("prefixItems") {
            Some(Value::Array(prefix)) => prefix,
            _ => Vec::new(),
        };
        (prefix, schema.shift_remove("items").and_then(as_tagged))
    });
    let length = sides.iter().map(|(prefix, _)| prefix.len()).max().unwrap_or_default();
    let mut at = |index: usize| -> Value {
        let stated = sides.iter_mut().filter_map(|(prefix, rest)| match prefix.get_mut(index) {
            Some(schema) => as_tagged(schema.take()),
            None => rest.clone(),
        });
        all(stated.collect()).into()
    };
    if length > 0 {
        merged.insert("prefixItems".to_owned(), (0..length).map(&mut at).collect());
    }
    let rests: Vec<Tagged> = sides.into_iter().filter_map(|(_, rest)| rest).collect();
    if !rests.is_empty() {
        merged.insert("items".to_owned(), all(rests).into());
    }
}
