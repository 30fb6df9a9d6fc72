//! A schema at a place of a document -> one that stands alone: everything its references lead to is in its own `$defs`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::place::{Place, Schemas};
use crate::pointer;
use crate::vocabulary::{self, Holds, Role};

/// The schema at `place` (a document and a JSON Pointer) with the schemas it refers to in `$defs`, their names beginning
/// with `prefix`, in which what is special in URIs is spelled out. What identifies schemas (`$id`, `$anchor`, …) and what it does not refer to is left out. One that refers
/// to itself is in `$defs` too, and a reference to that: it is there once.
#[must_use]
pub fn bundle(schemas: &dyn Schemas, place: &Place, prefix: &str) -> Value {
    let prefix = plain(prefix);
    let mut bundle = Bundle { schemas, prefix, names: BTreeMap::new(), taken: BTreeMap::new(), waiting: Vec::new() };
    let mut schema = bundle.copy(place);
    let mut definitions = Map::new();
    while let Some((name, place)) = bundle.waiting.pop() {
        let definition = bundle.copy(&place);
        definitions.insert(name, definition);
    }
    definitions.sort_keys();
    if bundle.names.contains_key(place) {
        schema = Map::from_iter([("$ref".to_owned(), bundle.reference_to(place.clone()))]).into();
    }
    if let Value::Object(schema) = &mut schema
        && !definitions.is_empty()
    {
        schema.insert("$defs".to_owned(), definitions.into());
    }
    schema
}

struct Bundle<'a> {
    schemas: &'a dyn Schemas,
    prefix: String,
    names: BTreeMap<Place, String>,
    /// The names that are taken, each with the number of those that were made from it.
    taken: BTreeMap<String, usize>,
    waiting: Vec<(String, Place)>,
}

impl Bundle<'_> {
    fn copy(&mut self, place: &Place) -> Value {
        let schema = place.schema(self.schemas);
        let Value::Object(keywords) = schema else { return schema.clone() };
        let mut copy = Map::new();
        for (keyword, value) in keywords {
            let below = place.below(keyword);
            let value = match vocabulary::role(keyword) {
                Role::Identifier | Role::Definitions => continue,
                Role::Reference => self.reference(place, value),
                Role::Applicator(Holds::One) => self.copy(&below),
                Role::Applicator(Holds::List | Holds::Map) => self.copy_each(&below, value),
                Role::Assertion | Role::Annotation => value.clone(),
            };
            copy.insert(keyword.clone(), value);
        }
        copy.into()
    }

    fn copy_each(&mut self, place: &Place, value: &Value) -> Value {
        match value {
            Value::Array(items) => (0..items.len()).map(|index| self.copy(&place.below(&index.to_string()))).collect(),
            Value::Object(members) => {
                members.keys().map(|name| (name.clone(), self.copy(&place.below(name)))).collect()
            }
            other => other.clone(),
        }
    }

    fn reference(&mut self, place: &Place, written: &Value) -> Value {
        match self.schemas.target(place) {
            Some(target) => self.reference_to(target),
            None => written.clone(),
        }
    }

    fn reference_to(&mut self, target: Place) -> Value {
        let name = match self.names.get(&target) {
            Some(name) => name.clone(),
            None => self.name(target),
        };
        format!("#{}", pointer::push("/$defs", &name)).into()
    }

    /// Names a target after the last token of its pointer, and puts it in line to be copied.
    fn name(&mut self, target: Place) -> String {
        let last = self.schemas.called(&target).unwrap_or_else(|| "root".to_owned());
        // A reference is a URI: what would have to be escaped there is left out of the name.
        let last = last.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let wanted = format!("{}{last}", self.prefix);
        let mut name = wanted.clone();
        while self.taken.contains_key(&name) {
            let made = self.taken.entry(wanted.clone()).or_default();
            *made += 1;
            name = format!("{wanted}_{made}");
        }
        self.taken.insert(name.clone(), 0);
        self.names.insert(target.clone(), name.clone());
        self.waiting.push((name.clone(), target));
        name
    }
}

/// `prefix` as it can stand in a URI; two that differ stay different.
fn plain(prefix: &str) -> String {
    let plain = |c: char| match c {
        '.' | '_' => c.to_string(),
        _ if c.is_ascii_alphanumeric() => c.to_string(),
        _ => format!("-{:x}-", u32::from(c)),
    };
    prefix.chars().map(plain).collect()
}
