//! One definition, as the sources have it -> its simple form. It needs no other: what it refers to is numbered, and all are made at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock};

use serde_json::{Map, Value};

use super::merge::Node;
use super::split;
use super::tagged::{self, Tagged, all, reference};
use super::{Origin, Place};
use crate::pointer;
use crate::source::{Policy, Sources};
use crate::vocabulary::{self, Holds, Role};

/// What has become of one definition. Its references are numbers of those that are `referred` to.
pub(super) struct Made {
    pub(super) schema: Value,
    pub(super) origins: BTreeMap<String, Origin>,
    /// The definitions that it refers to, in the order in which they were met: the places that each brings together, and the document
    /// in whose module it belongs.
    pub(super) referred: Vec<(BTreeSet<Place>, usize)>,
}

/// Puts the indices of definitions, which are the `numbers`, into the references of `schema`.
pub(super) fn renumber(schema: &mut Value, numbers: &[usize]) {
    for (keyword, value) in schema.as_object_mut().into_iter().flatten() {
        match (vocabulary::role(keyword), value) {
            (Role::Reference, Value::String(written)) => {
                let number = written.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
                if let Some(index) = number.and_then(|number| numbers.get(number)) {
                    *written = format!("#{index}");
                }
            }
            (Role::Applicator(Holds::One), schema) => renumber(schema, numbers),
            (Role::Applicator(Holds::List), Value::Array(schemas)) => {
                schemas.iter_mut().for_each(|schema| renumber(schema, numbers));
            }
            (Role::Applicator(Holds::Map), Value::Object(members)) => {
                members.values_mut().for_each(|schema| renumber(schema, numbers));
            }
            _ => {}
        }
    }
}

/// Whether the schema at each place that a choice led to accepts `null`, as far as that is known.
pub(super) type AcceptingNull = Mutex<HashMap<Place, Option<bool>>>;

/// The simplifying of one definition, which needs no other.
pub(super) struct Simplify<'a> {
    pub(super) sources: &'a Sources,
    /// The document of the definition at hand.
    document: usize,
    pub(super) policy: &'a Policy,
    /// Whether there are so many definitions that what is merged becomes none any more.
    is_full: bool,
    /// The definitions that it refers to.
    referred: Vec<(BTreeSet<Place>, usize)>,
    /// The number of each of these.
    numbers: HashMap<BTreeSet<Place>, usize>,
    /// The places of the sources that the schema at hand lies in.
    open: BTreeSet<Place>,
    pub(super) accepting_null: &'a AcceptingNull,
    /// The places of which it is being found out.
    pub(super) asking_null: BTreeSet<Place>,
}

impl<'a> Simplify<'a> {
    pub(super) fn new(sources: &'a Sources, document: usize, is_full: bool, accepting_null: &'a AcceptingNull) -> Self {
        static DEFAULT: OnceLock<Policy> = OnceLock::new();
        let policy = sources.documents.get(document).map(|document| &document.source.policy);
        Self {
            sources,
            document,
            policy: policy.unwrap_or_else(|| DEFAULT.get_or_init(Policy::default)),
            is_full,
            referred: Vec::new(),
            numbers: HashMap::new(),
            open: BTreeSet::new(),
            accepting_null,
            asking_null: BTreeSet::new(),
        }
    }

    /// The simple form of the definition that brings `places` together.
    pub(super) fn definition(mut self, places: &BTreeSet<Place>) -> Made {
        if places.len() == 1 {
            self.open.clone_from(places);
        }
        let sources = self.sources;
        let schema = self.simplify(all(places.iter().map(|place| tagged::tag(sources, place)).collect()));
        let mut origins = BTreeMap::new();
        let schema = self.untag(schema, "", &mut origins);
        Made { schema, origins, referred: self.referred }
    }

    /// The number, among those that are referred to, of the definition that brings `places` together.
    fn define(&mut self, places: BTreeSet<Place>, document: usize) -> usize {
        if let Some(number) = self.numbers.get(&places) {
            return *number;
        }
        self.numbers.insert(places.clone(), self.referred.len());
        self.referred.push((places, document));
        self.referred.len() - 1
    }

    /// A schema that accepts the same as `schema` and is simple, if it can be.
    pub(super) fn simplify(&mut self, schema: Tagged) -> Tagged {
        // Of what is sure to become simple, no copy is needed.
        let original = (!split::is_of_types(&schema, self.policy)).then(|| schema.clone());
        self.simplified(schema, original.as_ref()).or(original).unwrap_or_default()
    }

    /// The simple form of `schema`, of which there is an `original`, if it may list values, or have no such form.
    fn simplified(&mut self, schema: Tagged, original: Option<&Tagged>) -> Option<Tagged> {
        let mut node = Node::of(self, schema)?;
        if let Some(values) = original.and_then(|original| self.values(original, &node)) {
            return Some(node.with(values));
        }
        if !node.merge() {
            return None;
        }
        if node.keywords.get("type").is_some_and(|names| names.as_array().is_some_and(Vec::is_empty)) {
            return Some(node.with(split::nothing()));
        }
        match node.unions.is_empty() {
            true => self.split(node),
            false => self.distribute(node),
        }
    }

    /// The simple form of a schema that stands below a keyword. What may come back to itself becomes a definition: what
    /// brings several schemas together, and what a schema brought in from elsewhere has within itself again.
    pub(super) fn child(&mut self, schema: Value) -> Value {
        let Value::Object(schema) = schema else { return schema };
        let whole = tagged::whole(&schema);
        let again = whole.clone().filter(|place| self.open.contains(place)).map(|place| BTreeSet::from([place]));
        let places = tagged::places_together(&schema).or(again);
        let Some(places) = places.filter(|_| !self.is_full) else {
            self.open.extend(whole.clone());
            let simple = self.simplify(schema);
            self.open.retain(|place| whole.as_ref() != Some(place));
            return simple.into();
        };
        let index = self.define(places, self.document);
        Map::from_iter([("$ref".to_owned(), Value::from(format!("@{index}")))]).into()
    }

    /// The schema without its tags, which go into `origins` under the pointer `at`; references name definitions.
    fn untag(&mut self, schema: Tagged, at: &str, origins: &mut BTreeMap<String, Origin>) -> Value {
        let (origin, schema) = tagged::without_origin(schema);
        origins.insert(at.to_owned(), origin);
        if split::is_nothing(&schema) {
            return Value::Bool(false);
        }
        let mut plain = Map::with_capacity(schema.len());
        for (keyword, value) in schema {
            let role = vocabulary::role(&keyword);
            let below = if let Role::Applicator(_) = role { pointer::push(at, &keyword) } else { String::new() };
            let value = match (role, value) {
                (Role::Reference, Value::String(written)) => self.refer(&written),
                (Role::Applicator(Holds::One), Value::Object(schema)) => self.untag(schema, &below, origins),
                (Role::Applicator(Holds::List), Value::Array(schemas)) => {
                    let numbered = schemas.into_iter().enumerate();
                    let each = numbered.map(|(number, schema)| match schema {
                        Value::Object(schema) => self.untag(schema, &format!("{below}/{number}"), origins),
                        other => other,
                    });
                    each.collect()
                }
                (Role::Applicator(Holds::Map), Value::Object(members)) => {
                    let each = members.into_iter().map(|(name, schema)| match schema {
                        Value::Object(schema) => {
                            let schema = self.untag(schema, &pointer::push(&below, &name), origins);
                            (name, schema)
                        }
                        other => (name, other),
                    });
                    each.collect::<Map<_, _>>().into()
                }
                (_, value) => value,
            };
            plain.insert(keyword, value);
        }
        if plain.is_empty() { Value::Bool(true) } else { plain.into() }
    }

    fn refer(&mut self, written: &str) -> Value {
        let index = match reference(written) {
            Some(place) => {
                let document = place.document;
                self.define(BTreeSet::from([place]), document)
            }
            None => written.trim_start_matches('@').parse().unwrap_or_default(),
        };
        format!("#{index}").into()
    }
}
