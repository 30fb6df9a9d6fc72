//! Two schemas for the members of an object, or for the items of an array -> one.

use serde_json::{Map, Value};

use super::tagged::{Tagged, all};
use crate::lower::rules::compiled;

/// The keywords that say together what members and items are.
pub(super) const KEYWORDS: &[&str] =
    &["additionalProperties", "items", "patternProperties", "prefixItems", "properties"];

/// Puts what both schemas say of an object's members into `merged`; none where one schema cannot say it.
pub(super) fn merge_members(one: &Tagged, other: &Tagged, merged: &mut Tagged) -> Option<()> {
    let (one, other) = (Members::of(one), Members::of(other));
    let (of_one, of_other) = (one.rest_for(&other)?, other.rest_for(&one)?);
    let mut properties = Map::new();
    for name in one.properties.keys().chain(other.properties.keys()) {
        if !properties.contains_key(name) {
            let stated = [one.stated(name)?, other.stated(name)?];
            properties.insert(name.clone(), all(stated.into_iter().flatten().collect()).into());
        }
    }
    let mut patterns = Map::new();
    for pattern in one.patterns.keys().chain(other.patterns.keys()) {
        let stated = |members: &Members, rest: &Option<Tagged>| match members.patterns.get(pattern) {
            Some(schema) => object(schema),
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
    /// What it says of all others.
    rest: Option<Tagged>,
}

impl Members {
    fn of(schema: &Tagged) -> Self {
        let map = |keyword: &str| schema.get(keyword).and_then(Value::as_object).cloned().unwrap_or_default();
        let rest = schema.get("additionalProperties").and_then(object);
        Self { properties: map("properties"), patterns: map("patternProperties"), rest }
    }

    /// What it says of members whose names match a pattern that `other` alone has, if anything; none where it says that of
    /// some of them only.
    fn rest_for(&self, other: &Self) -> Option<Option<Tagged>> {
        let mut foreign = other.patterns.keys().filter(|pattern| !self.patterns.contains_key(*pattern)).peekable();
        if self.rest.is_none() || foreign.peek().is_none() {
            return Some(None);
        }
        let mut is_apart = |pattern: &String| {
            compiled(pattern).is_some_and(|regex| self.properties.keys().all(|name| regex.find(name).is_none()))
        };
        (self.patterns.is_empty() && foreign.all(&mut is_apart)).then(|| self.rest.clone())
    }

    /// What it says of the member `name` but for its patterns, if anything; none where a pattern cannot be tried.
    fn stated(&self, name: &str) -> Option<Option<Tagged>> {
        if let Some(schema) = self.properties.get(name) {
            return Some(object(schema));
        }
        for pattern in self.patterns.keys() {
            if compiled(pattern)?.find(name).is_some() {
                return Some(None);
            }
        }
        Some(self.rest.clone())
    }
}

/// Puts what both schemas say of an array's items into `merged`.
pub(super) fn merge_items(one: &Tagged, other: &Tagged, merged: &mut Tagged) {
    let prefix = |schema: &Tagged| schema.get("prefixItems").and_then(Value::as_array).cloned().unwrap_or_default();
    let rest = |schema: &Tagged| schema.get("items").and_then(object);
    let sides = [(prefix(one), rest(one)), (prefix(other), rest(other))];
    let length = sides.iter().map(|(prefix, _)| prefix.len()).max().unwrap_or_default();
    let at = |index: usize| -> Value {
        let stated = sides.iter().filter_map(|(prefix, rest)| match prefix.get(index) {
            Some(schema) => object(schema),
            None => rest.clone(),
        });
        all(stated.collect()).into()
    };
    if length > 0 {
        merged.insert("prefixItems".to_owned(), (0..length).map(at).collect());
    }
    let rests: Vec<Tagged> = sides.iter().filter_map(|(_, rest)| rest.clone()).collect();
    if !rests.is_empty() {
        merged.insert("items".to_owned(), all(rests).into());
    }
}

fn object(schema: &Value) -> Option<Tagged> {
    schema.as_object().cloned()
}
