//! A definition that waits -> what it is, and which others it refers to. What becomes of these it need not know, so that all that wait
//! are defined at the same time.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::calling::Called;
use super::class::{Kind, classify_at};
use super::markdown::{docs, is_deprecated};
use super::place::Place;
use super::plan::{Annotations, Definition, Form, Part};
use super::references::reference;
use super::shared::{Asked, Said, What};
use super::simplify::Simple;
use super::{alike, defaults, forms, refuses, values};
use crate::source::{KNOWN_VALUES, Policy, Sources};

/// What is known before anything is defined.
pub(super) struct Given<'a> {
    pub(super) simple: &'a Simple,
    /// The name of each document's root.
    pub(super) roots: Vec<&'a str>,
    /// What the schema at each place says that a value is where there is none, if its type can hold that.
    pub(super) defaults: HashMap<Place, Value>,
    /// What each of the places asks for that share a type with places alike.
    pub(super) alike: HashMap<Place, Said>,
}

impl<'a> Given<'a> {
    pub(super) fn new(sources: &'a Sources, simple: &'a Simple) -> Self {
        Self {
            simple,
            roots: sources.documents.iter().map(|document| document.name.as_str()).collect(),
            defaults: defaults::all(simple),
            alike: alike::alike(sources, simple),
        }
    }
}

/// A definition that waits for its form.
pub(super) struct Waiting {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) part: Part,
}

/// A definition that is referred to.
pub(super) enum Referred {
    /// That of a part of the schema at a place, which is called so.
    Part { place: Place, part: Part, called: Called },
    /// The type that a place shares with all that are asked the same.
    Shared { place: Place, what: What, asked: Asked },
}

/// A definition, and what it has to do with others.
pub(super) struct Defined {
    /// It refers to others by their numbers among those that it refers to, which are not their keys yet.
    pub(super) definition: Definition,
    /// What it refers to.
    pub(super) referred: Vec<Referred>,
    /// Which of these are an object that is divided from a choice, by number, and what they are named after: the key of that.
    pub(super) around: Vec<(String, String)>,
}

/// Defines what is `waiting`, which lies below what has the key `around`, if that is another.
pub(super) fn define(given: &Given<'_>, waiting: &Waiting, around: Option<&String>) -> Defined {
    let mut defining = Defining { given, referred: Vec::new(), around: Vec::new() };
    let called = Called::below(around.unwrap_or(&waiting.key), "");
    let definition = defining.define(waiting, &called);
    let Defining { referred, around, .. } = defining;
    Defined { definition, referred, around }
}

/// A definition that is being defined.
pub(super) struct Defining<'a> {
    pub(super) given: &'a Given<'a>,
    referred: Vec<Referred>,
    pub(super) around: Vec<(String, String)>,
}

impl Defining<'_> {
    /// What typify is asked about a value of the type that is referred to.
    pub(super) fn refer(&mut self, to: Referred) -> Value {
        let number = self.referred.len().to_string();
        self.referred.push(to);
        reference(&number)
    }

    fn define(&mut self, Waiting { key, place, part }: &Waiting, called: &Called) -> Definition {
        let schema = place.schema(self.given.simple);
        let class = classify_at(self.given.simple, place);
        let nullable = class.nullable && *part == Part::Whole;
        let is_named = class.is_named();
        let mut annotations = Annotations::new();
        let form = match class.kind {
            Kind::Opaque(_) => self.opaque(place),
            kind if nullable && (is_named || matches!(kind, Kind::Alternative(_))) => {
                Form::Newtype { typify: self.value(place, &called.then("Value"), &mut annotations) }
            }
            Kind::Object(object) => self.object(place, called, &object, class.rules),
            Kind::Tuple(tuple) => self.tuple(place, called, &tuple, class.rules),
            Kind::Text(texts) => Form::Text(forms::variants(&texts)),
            Kind::Open(texts) => forms::open(&texts, class.rules),
            Kind::Union(union) => self.union(place, called, &union),
            Kind::Values(values) => Form::Values(values::constants(&values)),
            kind if is_named => {
                Form::Checked { typify: self.bare(kind, place, "", called, &mut annotations), rules: class.rules }
            }
            _ => Form::Newtype { typify: self.value(place, called, &mut annotations) },
        };
        // What is said at a place that may be `null` is said where `null` is added; an opaque schema says it itself.
        if *part == Part::Whole && !matches!(form, Form::Newtype { .. } | Form::Opaque { .. }) {
            self.say(place, "", &mut annotations);
        }
        // The type itself says which strings are known.
        if let (Form::Open { .. }, Some(said)) = (&form, annotations.get_mut("")) {
            said.shift_remove(KNOWN_VALUES);
        }
        let is_shared = *part == Part::Shared;
        let default = self.given.defaults.get(place).filter(|value| match part {
            Part::Whole => true,
            Part::NotNull => !value.is_null(),
            Part::Shared => false,
        });
        let origin = self.given.simple.origin(place).filter(|_| !is_shared);
        let Place { document, pointer } = self.given.simple.written(place);
        Definition {
            key: key.clone(),
            name: String::new(),
            document,
            pointer,
            place: place.clone(),
            whole: origin.and_then(|origin| origin.whole.clone()),
            part: *part,
            listed: *part == Part::Whole
                && place.pointer.is_empty()
                && self.given.simple.definition(place).is_some_and(|schema| schema.listed),
            form,
            deprecated: !is_shared && is_deprecated(schema),
            docs: if is_shared { String::new() } else { docs(schema) },
            annotations,
            default: default.cloned(),
            same_as: None,
            unsaid: false,
        }
    }

    /// Puts what the schema at `place` says without refusing anything into `annotations`, as said at `at`.
    pub(super) fn say(&self, place: &Place, at: &str, annotations: &mut Annotations) {
        let said = said(place.schema(self.given.simple), self.given.simple.policy(place));
        if !said.is_empty() {
            annotations.insert(at.to_owned(), said);
        }
    }
}

/// The annotations of a schema: what it says without refusing anything under `policy`.
fn said(schema: &Value, policy: &Policy) -> Map<String, Value> {
    let keywords = schema.as_object().into_iter().flatten();
    keywords
        .filter(|(keyword, value)| !refuses(keyword, value, policy))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect()
}
