//! [`Sources`] -> [`Simple`]: schemas that accept the same and are each one of few things, so that Rust can say them.
//!
//! What applies to one value is brought together: `allOf` and `$ref` with siblings are merged, what stands beside `anyOf` or
//! `oneOf` goes into the branches, values that `enum` lists are tried at once. Then each schema is one of:
//! everything, nothing, a `$ref` alone, an `enum` alone, one `type` with what speaks of that type, a list of types, or
//! `anyOf` or `oneOf` alone. One that cannot be brought to that is left as it is written.

mod both;
mod merge;
mod nulls;
mod objects;
mod one;
mod split;
mod tagged;
mod unions;
mod values;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use serde_json::Value;

use super::kept::{Kept, kept};
use super::place::{Place, Schemas};
use super::union::{self, JsonKind};
use crate::source::{Policy, Sources};
use crate::vocabulary::{self, Role};
use crate::{parallel, pointer};
use one::{AcceptingNull, Made, Simplify, renumber};

/// How many definitions are made at the most: merging what refers to itself could make ever more.
const MOST: usize = 100_000;

/// How many definitions are simplified at once at the most: how many there are is looked at in between.
const AT_ONCE: usize = 10_000;

/// How many simplified schemas of one definition are gone through at once.
const SCHEMAS: usize = 1000;

/// Simplified schemas: each definition is a document of its own.
#[derive(Clone, Debug, Default)]
pub struct Simple {
    definitions: Vec<Definition>,
    /// The definition of each place of the sources that has one.
    of: HashMap<BTreeSet<Place>, usize>,
    /// The policy of each document of the sources.
    policies: Vec<Policy>,
    /// The index of the module of each document of the sources.
    modules: Vec<usize>,
    default: Policy,
    /// What its types have to do beside what their own schemas say.
    pub(super) kept: Kept,
}

/// A schema that others refer to, or that stands for a source's root or a definition of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Definition {
    /// The document of the sources in whose module it belongs.
    pub(super) document: usize,
    /// The places of the sources that it brings together; one, if it stands for one schema.
    pub(super) places: BTreeSet<Place>,
    /// Whether the source itself calls it a definition, or it is a document's root.
    pub(super) listed: bool,
    schema: Value,
    origins: BTreeMap<String, Origin>,
    /// The kinds of values that it may accept, once that has been asked.
    kinds: OnceLock<BTreeSet<JsonKind>>,
    /// Its branches, if it is a choice, and the member that tells them apart, once that has been asked.
    pub(super) told: OnceLock<(Vec<union::Branch>, Option<String>)>,
    /// What it says that a value is where there is none, if a type of it can hold that, once that has been asked.
    pub(super) default: OnceLock<Option<Value>>,
}

/// Where a simplified schema comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    /// The schema of the sources that accepts the same.
    pub(super) whole: Option<Place>,
    /// The schemas of the sources that are brought together in it, if they are others.
    parts: Vec<Place>,
    /// Where it is a choice, the member by which a `discriminator` says that its branches are told apart.
    pub(super) discriminator: Option<String>,
}

impl Origin {
    /// The schemas of the sources that are brought together in it.
    pub(super) fn parts(&self) -> &[Place] {
        match &self.whole {
            Some(only) if self.parts.is_empty() => std::slice::from_ref(only),
            _ => &self.parts,
        }
    }
}

impl Schemas for Simple {
    fn document(&self, index: usize) -> Option<&Value> {
        self.definitions.get(index).map(|definition| &definition.schema)
    }

    fn target(&self, place: &Place) -> Option<Place> {
        let reference = place.schema(self).get("$ref")?.as_str()?;
        Some(Place { document: reference.strip_prefix('#')?.parse().ok()?, pointer: String::new() })
    }

    fn called(&self, place: &Place) -> Option<String> {
        pointer::tokens(&self.written(place).pointer).last()
    }
}

impl Simple {
    /// The index of the definition that brings `places` together; one that is new waits to be simplified.
    fn define(&mut self, places: BTreeSet<Place>, document: usize) -> usize {
        if let Some(index) = self.of.get(&places) {
            return *index;
        }
        let index = self.definitions.len();
        self.definitions.push(Definition { document, places: places.clone(), ..Definition::default() });
        self.of.insert(places, index);
        index
    }

    /// All definitions, each with its index.
    pub(super) fn definitions(&self) -> impl Iterator<Item = (usize, &Definition)> {
        self.definitions.iter().enumerate()
    }

    /// The definition that `place` is in.
    pub(super) fn definition(&self, place: &Place) -> Option<&Definition> {
        self.definitions.get(place.document)
    }

    /// The index of the module in which `place` belongs.
    pub(super) fn module(&self, place: &Place) -> usize {
        self.modules.get(self.document_of(place)).copied().unwrap_or_default()
    }

    /// The document of the sources in whose module `place` belongs.
    fn document_of(&self, place: &Place) -> usize {
        self.definition(place).map_or(0, |definition| definition.document)
    }

    /// The policy for `place`.
    pub(super) fn policy(&self, place: &Place) -> &Policy {
        self.policies.get(self.document_of(place)).unwrap_or(&self.default)
    }

    /// Whether the definition that `place` is in brings several schemas together, and so has no name of its own.
    pub(super) fn is_joined(&self, place: &Place) -> bool {
        self.definition(place).is_some_and(|definition| definition.places.len() > 1)
    }

    /// The place of the sources that the schema at `place`, or the nearest one around it that comes from one place, is
    /// written at.
    pub(super) fn written(&self, place: &Place) -> Place {
        let Some(definition) = self.definition(place) else { return place.clone() };
        let mut origins = pointer::around(&place.pointer).filter_map(|around| definition.origins.get(around));
        let written = origins.find_map(|origin| origin.whole.as_ref().or_else(|| origin.parts().first()));
        written.or_else(|| definition.places.first()).unwrap_or(place).clone()
    }

    /// The source's own name for what the schema at `place` refers to, or brings together with what stands beside. `roots` are
    /// the names of the documents' roots.
    pub(super) fn listed_name(&self, place: &Place, roots: &[&str]) -> Option<String> {
        let named = |place: &Place| {
            let definition = self.definitions.get(self.index_of(place)?).filter(|definition| definition.listed)?;
            let root = || roots.get(definition.document).map(|root| (*root).to_owned());
            pointer::tokens(&place.pointer).last().or_else(root)
        };
        if let Some(target) = self.target(place) {
            return named(self.definition(&target)?.places.first()?);
        }
        self.origin(place)?.parts().iter().find_map(named)
    }

    /// The kinds of values that the definition which `place` stands for may accept.
    pub(super) fn kinds(&self, place: &Place) -> BTreeSet<JsonKind> {
        let kinds = || union::kinds(self, place);
        self.definition(place).map_or_else(kinds, |definition| definition.kinds.get_or_init(kinds).clone())
    }

    /// Where the schema at `place` comes from.
    pub(super) fn origin(&self, place: &Place) -> Option<&Origin> {
        self.definition(place)?.origins.get(&place.pointer)
    }

    /// Each simplified schema, by the index of its definition and its pointer there, with where it comes from.
    pub(super) fn origins(&self) -> impl Iterator<Item = (usize, &str, &Origin)> {
        self.definitions().flat_map(|(index, definition)| {
            definition.origins.iter().map(move |(pointer, origin)| (index, pointer.as_str(), origin))
        })
    }

    /// What `make` makes of the simplified schemas of each definition, each with its place; of one that has many, in parts: it may be
    /// all that there is.
    pub(super) fn map_schemas<'s, R: Send>(&'s self, make: impl Fn(Vec<(Place, &'s Value)>) -> R + Sync) -> Vec<R> {
        let listed = parallel::map(self.definitions().collect(), |(document, definition)| {
            let schemas = vocabulary::subschemas(&definition.schema, "").into_iter();
            parts(schemas.map(|(pointer, schema)| (Place { document, pointer }, schema)).collect())
        });
        parallel::map(listed.into_iter().flatten().collect(), make)
    }

    /// The index of the definition that stands for `place` of the sources.
    pub(super) fn index_of(&self, place: &Place) -> Option<usize> {
        self.of.get(&BTreeSet::from([place.clone()])).copied()
    }
}

/// `all` in parts of no more than [`SCHEMAS`], in order.
fn parts<T>(mut all: Vec<T>) -> Vec<Vec<T>> {
    let mut parts = Vec::new();
    while all.len() > SCHEMAS {
        parts.push(all.split_off((all.len() - 1) / SCHEMAS * SCHEMAS));
    }
    parts.push(all);
    parts.reverse();
    parts
}

/// Simplifies all documents of `sources`: their roots first, each followed by the definitions it lists, then what these
/// refer to.
pub(super) fn simplify(sources: &Sources) -> Simple {
    let policies = sources.documents.iter().map(|document| document.source.policy.clone()).collect();
    let numbered = sources.modules().into_iter().enumerate();
    let modules = numbered.flat_map(|(module, documents)| documents.map(move |_| module)).collect();
    let mut simple = Simple { policies, modules, ..Simple::default() };
    let all_listed = parallel::map((0..sources.documents.len()).collect(), |document| listed(sources, document));
    for (document, listed) in all_listed.into_iter().enumerate() {
        for place in listed {
            let index = simple.define(BTreeSet::from([place]), document);
            if let Some(definition) = simple.definitions.get_mut(index) {
                definition.listed = true;
            }
        }
    }
    let (mut next, mut numbers, accepting_null) = (0, Vec::new(), AcceptingNull::default());
    while next < simple.definitions.len() {
        let is_full = simple.definitions.len() >= MOST;
        let waiting: Vec<&Definition> = simple.definitions.iter().skip(next).take(AT_ONCE).collect();
        let made = parallel::map(waiting, |definition| {
            Simplify::new(sources, definition.document, is_full, &accepting_null).definition(&definition.places)
        });
        for Made { schema, origins, referred } in made {
            numbers.push(referred.into_iter().map(|(places, document)| simple.define(places, document)).collect());
            if let Some(definition) = simple.definitions.get_mut(next) {
                (definition.schema, definition.origins) = (schema, origins);
            }
            next += 1;
        }
    }
    let waiting = simple.definitions.iter_mut().zip(numbers).collect();
    parallel::map(waiting, |(definition, numbers): (_, Vec<usize>)| renumber(&mut definition.schema, &numbers));
    kept(&mut simple);
    simple
}

/// The root of a document, if it is a schema, and the definitions that it lists, however deep.
fn listed(sources: &Sources, document: usize) -> Vec<Place> {
    let root = Place { document, pointer: String::new() };
    let is_schema = sources.documents.get(document).is_none_or(|document| document.is_schema);
    let mut places = if is_schema { vec![root.clone()] } else { Vec::new() };
    for (pointer, schema) in vocabulary::subschemas(root.schema(sources), "") {
        let holder = Place { document, pointer };
        let lists = schema.as_object().into_iter().flatten();
        for (keyword, members) in lists.filter(|(keyword, _)| vocabulary::role(keyword) == Role::Definitions) {
            let names = members.as_object().into_iter().flatten().map(|(name, _)| name);
            places.extend(names.map(|name| holder.below(keyword).below(name)));
        }
    }
    places
}
