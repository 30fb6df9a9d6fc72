//! Objects: which members to make, and what each of them has to meet.

use regress::Regex;
use serde_json::{Map, Value};

use super::{LARGEST, Sampler, Schemas, largest, list, smallest};
use crate::prove::text;

impl<'a> Sampler<'a> {
    pub(super) fn object(&mut self, flat: &Schemas<'a>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let required = Self::required(flat);
        let most =
            smallest(flat, "maxProperties").map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        for name in required.iter().copied().chain(self.optional_names(flat, depth)) {
            if members.contains_key(name) || (members.len() >= most && !required.contains(&name)) {
                continue;
            }
            match self.member(flat, name, depth) {
                Some(value) => drop(members.insert(name.to_owned(), value)),
                None if required.contains(&name) => return None,
                None => {}
            }
        }
        self.extra_members(flat, &mut members, most, depth);
        if self.rng.chance(30) {
            members = members.into_iter().rev().collect();
        }
        Some(Value::Object(members))
    }

    fn required(flat: &Schemas<'a>) -> Vec<&'a str> {
        flat.iter().flat_map(|schema| list(schema, "required")).filter_map(Value::as_str).collect()
    }

    /// The optional members to make, and those that `dependentRequired` makes them bring along.
    fn optional_names(&mut self, flat: &Schemas<'a>, depth: usize) -> Vec<&'a str> {
        let share = if self.is_lean(depth) { 0 } else { self.optional };
        let properties = flat.iter().filter_map(|schema| schema.get("properties")?.as_object()).flat_map(Map::keys);
        let asking = ["dependentRequired", "dependentSchemas"];
        let asking =
            flat.iter().flat_map(|schema| asking.iter().filter_map(|keyword| schema.get(*keyword)?.as_object()));
        let named = properties.chain(asking.flat_map(Map::keys)).map(String::as_str);
        let mut names: Vec<&'a str> = named.filter(|_| self.rng.chance(share)).collect();
        let mut next = 0;
        while let Some(name) = names.get(next).copied() {
            let brought =
                flat.iter().filter_map(|schema| schema.get("dependentRequired")?.get(name)?.as_array()).flatten();
            let new: Vec<&'a str> = brought.filter_map(Value::as_str).filter(|other| !names.contains(other)).collect();
            names.extend(new);
            next += 1;
        }
        names
    }

    /// Members that no `properties` names: as many as `minProperties` asks for, within reason, and some where they have a
    /// schema.
    fn extra_members(&mut self, flat: &Schemas<'a>, members: &mut Map<String, Value>, most: usize, depth: usize) {
        let least = i128::from(largest(flat, "minProperties").unwrap_or(0)).min(LARGEST);
        let least = usize::try_from(least).unwrap_or(0);
        let described = flat.iter().any(|schema| {
            let more =
                ["additionalProperties", "unevaluatedProperties"].iter().filter_map(|keyword| schema.get(*keyword));
            schema.contains_key("patternProperties") || more.into_iter().any(|more| more != &Value::Bool(false))
        });
        let closed = flat.iter().any(|schema| schema.get("additionalProperties") == Some(&Value::Bool(false)));
        let some = if described || (!closed && self.rng.chance(5)) { self.count(0, None, depth) } else { 0 };
        let wanted = members.len().saturating_add(some).max(least).min(most);
        for _ in 0..wanted.saturating_mul(3) {
            if members.len() >= wanted {
                break;
            }
            if let Some((name, value)) = self.extra_member(flat, depth)
                && !members.contains_key(&name)
            {
                members.insert(name, value);
            }
        }
    }

    fn extra_member(&mut self, flat: &Schemas<'a>, depth: usize) -> Option<(String, Value)> {
        let patterns: Vec<&'a String> = patterns(flat).into_iter().map(|(pattern, _)| pattern).collect();
        let names: Vec<&'a Value> = flat.iter().filter_map(|schema| schema.get("propertyNames")).collect();
        let pattern = self.rng.pick(&patterns).copied().filter(|_| self.rng.chance(60));
        let name = match pattern {
            Some(pattern) => text::matching(pattern, 0, None, &mut self.rng),
            None => match self.meeting(&names, depth) {
                Some(Value::String(name)) if !names.is_empty() => name,
                _ => text::free(1, Some(8), &mut self.rng),
            },
        };
        let value = self.member(flat, &name, depth)?;
        Some((name, value))
    }

    /// A value for the member `name`.
    fn member(&mut self, flat: &Schemas<'a>, name: &str, depth: usize) -> Option<Value> {
        let mut schemas = Vec::new();
        for schema in flat {
            let before = schemas.len();
            schemas.extend(schema.get("properties").and_then(|properties| properties.get(name)));
            let patterns = patterns(&[schema]).into_iter().filter(|(pattern, _)| self.matches(pattern, name));
            schemas.extend(patterns.map(|(_, schema)| schema));
            if schemas.len() == before {
                schemas.extend(schema.get("additionalProperties"));
            }
        }
        self.meeting(&schemas, depth)
    }

    /// Whether `name` matches a regular expression; one that cannot be read matches nothing.
    fn matches(&mut self, pattern: &'a str, name: &str) -> bool {
        let regex = self.regexes.entry(pattern).or_insert_with(|| Regex::with_flags(pattern, "u").ok());
        regex.as_ref().is_some_and(|regex| regex.find(name).is_some())
    }
}

/// The patterns that any of the schemas has for its members, each with the schema for them.
fn patterns<'a>(flat: &[&'a Map<String, Value>]) -> Vec<(&'a String, &'a Value)> {
    flat.iter().filter_map(|schema| schema.get("patternProperties")?.as_object()).flatten().collect()
}
