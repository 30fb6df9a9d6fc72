//! Turns parts of an OpenAPI document into the definitions that they need, by way of references in schemas, parameters,
//! request bodies, responses and headers.

use std::collections::BTreeSet;

use referencing::uri;
use serde_json::Value;

use super::SCHEMAS;
use crate::{
    pointer,
    source::{Dialect, words},
    vocabulary::{Holds, Role, held_as},
};

/// The objects of OpenAPI (3.1.0, section 4.8) from which schemas are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Callback,
    Encoding,
    MediaType,
    Operation,
    /// A header has the same members.
    Parameter,
    PathItem,
    RequestBody,
    Response,
    Schema,
}

/// The members of objects that lead on: how, and to what.
const MEMBERS: &[(Kind, &str, Holds, Kind)] = &[
    (Kind::Encoding, "headers", Holds::Map, Kind::Parameter),
    (Kind::MediaType, "schema", Holds::One, Kind::Schema),
    (Kind::MediaType, "encoding", Holds::Map, Kind::Encoding),
    (Kind::Operation, "parameters", Holds::List, Kind::Parameter),
    (Kind::Operation, "requestBody", Holds::One, Kind::RequestBody),
    (Kind::Operation, "responses", Holds::Map, Kind::Response),
    (Kind::Operation, "callbacks", Holds::Map, Kind::Callback),
    (Kind::Parameter, "schema", Holds::One, Kind::Schema),
    (Kind::Parameter, "content", Holds::Map, Kind::MediaType),
    (Kind::PathItem, "parameters", Holds::List, Kind::Parameter),
    (Kind::RequestBody, "content", Holds::Map, Kind::MediaType),
    (Kind::Response, "headers", Holds::Map, Kind::Parameter),
    (Kind::Response, "content", Holds::Map, Kind::MediaType),
];

/// What is reached in a document.
pub(super) struct Reach<'d> {
    document: &'d Value,
    dialect: Dialect,
    reached: BTreeSet<(Kind, String)>,
    waiting: Vec<(Kind, String)>,
}

impl<'d> Reach<'d> {
    pub(super) fn new(document: &'d Value, dialect: Dialect) -> Self {
        Self { document, dialect, reached: BTreeSet::new(), waiting: Vec::new() }
    }

    /// Takes what is at `at` as reached.
    pub(super) fn enter(&mut self, kind: Kind, at: String) {
        if self.reached.insert((kind, at.clone())) {
            self.waiting.push((kind, at));
        }
    }

    /// The pointers of the definitions that are reached, or reached into.
    pub(super) fn definitions(mut self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        while let Some((kind, at)) = self.waiting.pop() {
            if let Some(definition) = definition(&at)
                && found.insert(definition.to_owned())
            {
                self.enter(Kind::Schema, definition.to_owned());
            }
            for (kind, at) in self.next(kind, &at) {
                self.enter(kind, at);
            }
        }
        found
    }

    /// Where what is at `at` leads.
    fn next(&self, kind: Kind, at: &str) -> Vec<(Kind, String)> {
        let Some(value) = self.document.pointer(at) else { return Vec::new() };
        if kind == Kind::Schema {
            return self.next_of_schema(value, at);
        }
        if let Some(target) = value.get("$ref").and_then(Value::as_str).and_then(local) {
            return vec![(kind, target)];
        }
        if kind == Kind::Callback {
            return held_as(Holds::Map, value, at).into_iter().map(|(at, _)| (Kind::PathItem, at)).collect();
        }
        let operations = super::METHODS.iter().filter(|method| kind == Kind::PathItem && value.get(method).is_some());
        let mut next: Vec<_> = operations.map(|method| (Kind::Operation, pointer::push(at, method))).collect();
        for (_, member, holds, to) in MEMBERS.iter().filter(|(of, ..)| *of == kind) {
            let Some(held) = value.get(member) else { continue };
            let held = held_as(*holds, held, &pointer::push(at, member));
            next.extend(held.into_iter().map(|(at, _)| (*to, at)));
        }
        next
    }

    fn next_of_schema(&self, schema: &Value, at: &str) -> Vec<(Kind, String)> {
        let below = words::children(self.dialect, schema, at).into_iter().map(|(at, _)| at);
        let keywords = schema.as_object().into_iter().flatten();
        let references = keywords.filter(|(keyword, _)| words::role(self.dialect, keyword) == Role::Reference);
        let references = references.filter_map(|(_, reference)| local(reference.as_str()?));
        let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object).into_iter().flatten();
        let mapped = mapping.filter_map(|(_, target)| {
            let target = target.as_str()?;
            // A name by itself will do as well (3.1.0, section 4.8.25).
            local(target).or_else(|| {
                self.document.pointer(&pointer::push(SCHEMAS, target)).map(|_| pointer::push(SCHEMAS, target))
            })
        });
        below.chain(references).chain(mapped).map(|at| (Kind::Schema, at)).collect()
    }
}

/// The pointer of the definition that `at` is, or is in.
fn definition(at: &str) -> Option<&str> {
    let name = at.strip_prefix(SCHEMAS)?.strip_prefix('/')?;
    let end = name.find('/').unwrap_or(name.len());
    at.get(..SCHEMAS.len() + 1 + end)
}

/// The pointer that `reference` is, if it leads into the same document.
fn local(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#').filter(|fragment| fragment.starts_with('/'))?;
    let uri = uri::from_str(&format!("file:///#{fragment}")).ok()?;
    Some(uri.fragment()?.decode().to_string().ok()?.into_owned())
}
