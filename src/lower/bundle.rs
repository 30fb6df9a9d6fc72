//! A schema at a place of a document -> one that stands alone: everything its references lead to is in its own `$defs`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::pointer;
use crate::source::Sources;
use crate::vocabulary::{self, Holds, Role};

/// The schema at `place` (a document and a JSON Pointer) with the schemas it refers to in `$defs`, their names beginning
/// with `prefix`. What identifies schemas (`$id`, `$anchor`, …) and what it does not refer to is left out. One that refers
/// to itself is in `$defs` too, and a reference to that: it is there once.
#[must_use]
pub fn bundle(sources: &Sources, place: &Place, prefix: &str) -> Value {
    let mut bundle = Bundle { sources, prefix, names: BTreeMap::new(), waiting: Vec::new() };
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

/// A schema's place: the index of its document and its JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The index of the document among the sources.
    pub document: usize,
    /// The JSON Pointer in it.
    pub pointer: String,
}

impl Place {
    /// The schema there; a place that a graph or a walk gave always has one.
    #[must_use]
    pub fn schema<'a>(&self, sources: &'a Sources) -> &'a Value {
        let document = sources.documents.get(self.document);
        document.and_then(|document| document.schema.pointer(&self.pointer)).unwrap_or(&Value::Null)
    }

    /// The place below, where `token` leads.
    #[must_use]
    pub fn below(&self, token: &str) -> Self {
        Self { document: self.document, pointer: pointer::push(&self.pointer, token) }
    }

    /// The place that the reference standing at this one leads to.
    #[must_use]
    pub fn target(&self, sources: &Sources) -> Option<Self> {
        let (document, pointer) = sources.graph.target(self.document, &self.pointer)?;
        Some(Self { document, pointer: pointer.to_owned() })
    }
}

struct Bundle<'a> {
    sources: &'a Sources,
    prefix: &'a str,
    names: BTreeMap<Place, String>,
    waiting: Vec<(String, Place)>,
}

impl Bundle<'_> {
    fn copy(&mut self, place: &Place) -> Value {
        let schema = place.schema(self.sources);
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
        match place.target(self.sources) {
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
        let last = pointer::tokens(&target.pointer).last().unwrap_or_else(|| "root".to_owned());
        // A reference is a URI: what would have to be escaped there is left out of the name.
        let last = last.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let taken = |name: &String| self.names.values().any(|other| other == name);
        let mut name = format!("{}{last}", self.prefix);
        while taken(&name) {
            name.push('_');
        }
        self.names.insert(target.clone(), name.clone());
        self.waiting.push((name.clone(), target));
        name
    }
}
