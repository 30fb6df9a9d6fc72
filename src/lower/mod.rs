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
mod define;
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
mod references;
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

use std::collections::{BTreeMap, HashMap};
use std::mem::take;

use serde_json::Value;

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

use crate::source::{Lock, Policy, Sources};
use crate::vocabulary;
use crate::{parallel, pointer};
use calling::{Called, Nameless};
use define::{Defined, Given, Referred, Waiting, define};
use shared::Asked;
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
    let mut lowering = Lowering::new(sources, Given::new(sources, &simple));
    lowering.call_listed();
    // What brings in the members of others comes after these, who name them.
    let parts = |waiting: &Waiting| simple.origin(&waiting.place).map_or(0, |origin| origin.parts().len());
    lowering.waiting.sort_by_key(parts);
    // What is divided from a choice is asked for by that first: it waits for the next time, when it is known what lies around it.
    while !lowering.waiting.is_empty() {
        let waiting = take(&mut lowering.waiting);
        let defined =
            parallel::map(waiting, |waiting| define(&lowering.given, &waiting, lowering.around.get(&waiting.key)));
        defined.into_iter().for_each(|defined| lowering.put(defined));
    }
    let lock = lowering.name(sources);
    let (mut modules, sharing) = (lowering.modules, lowering.sharing);
    for module in &mut modules {
        module.definitions.sort_by_key(|definition| definition.number());
    }
    same::unite(&mut modules);
    Lowered { plan: Plan { modules, simple, lock }, sharing }
}

struct Lowering<'a> {
    given: Given<'a>,
    modules: Vec<Module>,
    /// What each definition was called, by its key.
    nameless: BTreeMap<String, Nameless>,
    /// The choice by types that an object is divided from, by the keys of both: what is in the object is named after that.
    around: BTreeMap<String, String>,
    /// The key of each definition, by the schema of the sources that it stands for; by its own place if there is none.
    keys: HashMap<(bool, Place, Part), String>,
    /// The key of the type of all that is shared.
    shared: BTreeMap<Asked, String>,
    /// The key of the type that each place shares with others.
    sharing: HashMap<Place, String>,
    waiting: Vec<Waiting>,
}

impl<'a> Lowering<'a> {
    fn new(sources: &'a Sources, given: Given<'a>) -> Self {
        let modules = sources.modules().into_iter().filter_map(|documents| {
            let name = sources.documents.get(documents.start)?.source.module.clone();
            Some(Module { name, documents, definitions: Vec::new(), fates: Vec::new() })
        });
        Self {
            given,
            modules: modules.collect(),
            nameless: BTreeMap::new(),
            around: BTreeMap::new(),
            keys: HashMap::new(),
            shared: BTreeMap::new(),
            sharing: HashMap::new(),
            waiting: Vec::new(),
        }
    }

    /// Takes in each document's root and the definitions it lists, before anything is hoisted: their names are the schema's
    /// own.
    fn call_listed(&mut self) {
        let simple = self.given.simple;
        for (index, definition) in simple.definitions().filter(|(_, definition)| definition.listed) {
            let Some(place) = definition.places.first() else { continue };
            let root = self.given.roots.get(definition.document).copied().unwrap_or_default();
            let called = match pointer::tokens(&place.pointer).last() {
                Some(name) => Called::Listed(name, place.pointer.clone()),
                None => Called::Root(root.to_owned()),
            };
            self.key(&Place { document: index, pointer: String::new() }, Part::Whole, called);
        }
    }

    /// The key of the definition of `part` of `place`, which is `called` so here.
    fn key(&mut self, place: &Place, part: Part, called: Called) -> String {
        let whole = self.given.simple.origin(place).and_then(|origin| origin.whole.as_ref());
        let at = (whole.is_some(), whole.unwrap_or(place).clone(), part);
        let key = match self.keys.get(&at) {
            Some(key) => key.clone(),
            None => {
                let key = self.next_key();
                self.keys.insert(at, key.clone());
                self.waiting.push(Waiting { key: key.clone(), place: place.clone(), part });
                let module = self.given.simple.module(place);
                self.nameless.insert(key.clone(), Nameless { module, whole: whole.cloned(), ..Nameless::default() });
                key
            }
        };
        if let Some(nameless) = self.nameless.get_mut(&key) {
            nameless.called.insert(called);
        }
        key
    }

    /// Takes in a definition, and what it refers to.
    fn put(&mut self, Defined { mut definition, referred, around }: Defined) {
        let keys = referred.into_iter().map(|referred| match referred {
            Referred::Part { place, part, called } => self.key(&place, part, called),
            Referred::Shared { place, what, asked } => self.share(place, what, asked),
        });
        let keys: Vec<String> = keys.collect();
        let key = |number: &str| keys.get(number.parse::<usize>().ok()?).cloned();
        definition.form.redirect(key);
        self.around.extend(around.into_iter().filter_map(|(number, around)| Some((key(&number)?, around))));
        let module = self.given.simple.module(&definition.place);
        if let Some(module) = self.modules.get_mut(module) {
            module.definitions.push(definition);
        }
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
                    *schema =
                        bundle(self.given.simple, &definition.place, &format!("{}.{}.", module.name, definition.name));
                }
            }
        }
        lock
    }
}

/// Whether `keyword` with this `value` is more than an annotation under `policy`.
pub(crate) fn refuses(keyword: &str, value: &Value, policy: &Policy) -> bool {
    match vocabulary::role(keyword) {
        vocabulary::Role::Annotation => false,
        _ => !matches!(keyword, "allOf" | "format") || class::is_asserting(keyword, value, policy),
    }
}
