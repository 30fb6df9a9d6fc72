//! [`Sources`] -> [`Plan`]: every definition named, every inline object and enum hoisted to a definition of its own,
//! every keyword's fate decided.
//!
//! What Rust's types say exactly goes to typify; what they do not becomes opaque, and is never dropped.

mod alike;
mod asked;
mod branch_names;
mod bundle;
mod calling;
mod class;
pub(crate) mod defaults;
mod faithful;
mod fate;
mod forms;
mod kept;
mod ledger;
pub(crate) mod locked;
mod markdown;
mod mistaken;
pub mod names;
mod null;
mod object;
mod place;
mod plan;
mod rivals;
mod rules;
mod same;
mod shared;
mod simplify;
mod tag;
#[cfg(test)]
pub(crate) mod tests;
mod tuple;
mod union;
mod values;

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::{Map, Value};

pub use bundle::bundle;
pub use fate::{Fate, Tier};
pub(crate) use markdown::code;
pub use place::{Place, Schemas};
pub use plan::{
    Annotations, Branch, Constant, Definition, Form, Item, Member, Module, Names, Part, Plan, Presence, Rest, Variant,
};
pub use rules::Rule;
pub use simplify::Simple;
pub use union::{JsonKind, Overlap};

use crate::pointer;
use crate::source::{KNOWN_VALUES, Lock, Policy, Sources};
use crate::vocabulary;
use calling::{Called, Nameless};
use class::{Kind, classify_at};
use markdown::docs;
use shared::{Asked, Said};
use simplify::simplify;

/// Lowers all documents of `sources`. Everything has a place in the plan: what has no shape in Rust is opaque. Types that the
/// lock of the sources has a name for keep it.
#[must_use]
pub fn lower(sources: &Sources) -> Plan {
    let lowered = decide(sources);
    let fates = lowered.fates(sources);
    lowered.answered(fates)
}

/// A plan that has all but the fates of keywords, which typify need not wait for.
pub(crate) struct Lowered {
    plan: Plan,
    /// The key of the type that the scalar at each place shares with others.
    sharing: HashMap<Place, String>,
}

impl Lowered {
    /// The plan, without the fates.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The fate of each keyword of each module of `sources`, which this was lowered from.
    pub(crate) fn fates(&self, sources: &Sources) -> Vec<Vec<Fate>> {
        ledger::fates(sources, &self.plan, &self.sharing)
    }

    /// The plan with these `fates`.
    pub(crate) fn answered(mut self, fates: Vec<Vec<Fate>>) -> Plan {
        for (module, fates) in self.plan.modules.iter_mut().zip(fates) {
            module.fates = fates;
        }
        self.plan
    }
}

/// Lowers all documents of `sources`; the fates of their keywords are left open.
pub(crate) fn decide(sources: &Sources) -> Lowered {
    let simple = simplify(sources);
    let mut lowering = Lowering::new(sources, &simple);
    lowering.call_listed();
    // What brings in the members of others comes after these, who name them.
    let parts = |waiting: &Waiting| simple.origin(&waiting.place).map_or(0, |origin| origin.parts().len());
    lowering.waiting.make_contiguous().sort_by_key(parts);
    while let Some(waiting) = lowering.waiting.pop_front() {
        let definition = lowering.define(&waiting);
        let module = simple.module(&waiting.place);
        if let Some(module) = lowering.modules.get_mut(module) {
            module.definitions.push(definition);
        }
    }
    let lock = lowering.name(sources);
    let (mut modules, sharing) = (lowering.modules, lowering.sharing);
    for module in &mut modules {
        module.definitions.sort_by_key(|definition| definition.number());
    }
    same::unite(&mut modules);
    Lowered { plan: Plan { modules, simple, lock }, sharing }
}

/// A definition that waits for its form.
struct Waiting {
    key: String,
    place: Place,
    part: Part,
}

struct Lowering<'a> {
    simple: &'a Simple,
    /// The name of each document's root.
    roots: Vec<&'a str>,
    modules: Vec<Module>,
    /// What each definition was called, by its key.
    nameless: BTreeMap<String, Nameless>,
    /// The choice by types that an object is divided from, by the keys of both: what is in the object is named after that.
    around: BTreeMap<String, String>,
    /// The key of each definition, by the schema of the sources that it stands for; by its own place if there is none.
    keys: HashMap<(bool, Place, Part), String>,
    /// What the schema at each place says that a value is where there is none, if its type can hold that.
    defaults: HashMap<Place, Value>,
    /// What each of the places asks for that share a type with places alike.
    alike: HashMap<Place, Said>,
    /// The key of the type of all that is shared.
    shared: BTreeMap<Asked, String>,
    /// The key of the type that each place shares with others.
    sharing: HashMap<Place, String>,
    waiting: VecDeque<Waiting>,
}

impl<'a> Lowering<'a> {
    fn new(sources: &'a Sources, simple: &'a Simple) -> Self {
        let modules = sources.modules().into_iter().filter_map(|documents| {
            let name = sources.documents.get(documents.start)?.source.module.clone();
            Some(Module { name, documents, definitions: Vec::new(), fates: Vec::new() })
        });
        let modules: Vec<Module> = modules.collect();
        let roots = sources.documents.iter().map(|document| document.name.as_str()).collect();
        Self {
            simple,
            roots,
            modules,
            nameless: BTreeMap::new(),
            around: BTreeMap::new(),
            keys: HashMap::new(),
            defaults: defaults::all(simple),
            alike: alike::alike(sources, simple),
            shared: BTreeMap::new(),
            sharing: HashMap::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Takes in each document's root and the definitions it lists, before anything is hoisted: their names are the schema's
    /// own.
    fn call_listed(&mut self) {
        for (index, definition) in self.simple.definitions().filter(|(_, definition)| definition.listed) {
            let Some(place) = definition.places.first() else { continue };
            let root = self.roots.get(definition.document).copied().unwrap_or_default();
            let called = match pointer::tokens(&place.pointer).last() {
                Some(name) => Called::Listed(name, place.pointer.clone()),
                None => Called::Root(root.to_owned()),
            };
            self.key(&Place { document: index, pointer: String::new() }, Part::Whole, called);
        }
    }

    /// The key of the definition of `part` of `place`, which is `called` so here.
    fn key(&mut self, place: &Place, part: Part, called: Called) -> String {
        let whole = self.simple.origin(place).and_then(|origin| origin.whole.as_ref());
        let at = (whole.is_some(), whole.unwrap_or(place).clone(), part);
        let key = match self.keys.get(&at) {
            Some(key) => key.clone(),
            None => {
                let key = self.next_key();
                self.keys.insert(at, key.clone());
                self.waiting.push_back(Waiting { key: key.clone(), place: place.clone(), part });
                let module = self.simple.module(place);
                self.nameless.insert(key.clone(), Nameless { module, whole: whole.cloned(), ..Nameless::default() });
                key
            }
        };
        if let Some(nameless) = self.nameless.get_mut(&key) {
            nameless.called.insert(called);
        }
        key
    }

    fn next_key(&self) -> String {
        format!("D{}", self.nameless.len())
    }

    /// Names all definitions, now that each way to each is known; gives the lock that says so.
    fn name(&mut self, sources: &Sources) -> Lock {
        let definitions = || self.modules.iter().flat_map(|module| &module.definitions);
        for definition in definitions() {
            if let Some(nameless) = self.nameless.get_mut(&definition.key) {
                nameless.kind = calling::kind(&definition.form);
            }
        }
        self.compare_listed();
        let (names, lock) = self.names(sources);
        for module in &mut self.modules {
            for definition in &mut module.definitions {
                definition.name = names.get(&definition.key).cloned().unwrap_or_default();
                if let Form::Opaque { schema, .. } = &mut definition.form {
                    *schema = bundle(self.simple, &definition.place, &format!("{}.{}.", module.name, definition.name));
                }
            }
        }
        lock
    }

    fn define(&mut self, Waiting { key, place, part }: &Waiting) -> Definition {
        let called = &Called::below(self.around.get(key).unwrap_or(key), "");
        let schema = place.schema(self.simple);
        let class = classify_at(self.simple, place);
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
        let default = self.defaults.get(place).filter(|value| match part {
            Part::Whole => true,
            Part::NotNull => !value.is_null(),
            Part::Shared => false,
        });
        let origin = self.simple.origin(place).filter(|_| !is_shared);
        let Place { document, pointer } = self.simple.written(place);
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
                && self.simple.definition(place).is_some_and(|schema| schema.listed),
            form,
            deprecated: !is_shared && markdown::is_deprecated(schema),
            docs: if is_shared { String::new() } else { docs(schema) },
            annotations,
            default: default.cloned(),
            same_as: None,
        }
    }

    /// Puts what the schema at `place` says without refusing anything into `annotations`, as said at `at`.
    fn say(&self, place: &Place, at: &str, annotations: &mut Annotations) {
        let said = said(place.schema(self.simple), self.simple.policy(place));
        if !said.is_empty() {
            annotations.insert(at.to_owned(), said);
        }
    }
}

/// Whether `keyword` with this `value` is more than an annotation under `policy`.
pub(crate) fn refuses(keyword: &str, value: &Value, policy: &Policy) -> bool {
    match vocabulary::role(keyword) {
        vocabulary::Role::Annotation => false,
        _ => !matches!(keyword, "allOf" | "format") || class::is_asserting(keyword, value, policy),
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
