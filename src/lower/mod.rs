//! [`Sources`] -> [`Plan`]: every definition named, every inline object and enum hoisted to a definition of its own,
//! every keyword's fate decided.
//!
//! What Rust's types say exactly goes to typify; what they do not becomes opaque, and is never dropped.

mod bundle;
mod class;
mod faithful;
mod fate;
mod ledger;
mod markdown;
pub mod names;
mod null;
mod object;
mod plan;
mod rules;
#[cfg(test)]
mod tests;
mod tuple;
mod values;

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

pub use bundle::{Place, bundle};
pub use fate::{Fate, Tier};
pub(crate) use markdown::code;
pub use plan::{
    Annotations, Constant, Definition, Form, Item, Member, Module, Names, Part, Plan, Presence, Rest, Variant,
};
pub use rules::Rule;

use crate::pointer;
use crate::source::{Policy, Sources};
use crate::vocabulary::{self, Role};
use class::{Kind, classify_at};
use markdown::docs;
use names::Scope;
use object::{Named, Object};
use tuple::Tuple;

/// Lowers all documents of `sources`. Everything has a place in the plan: what has no shape in Rust is opaque.
#[must_use]
pub fn lower(sources: &Sources) -> Plan {
    let mut lowering = Lowering::new(sources);
    lowering.name_roots();
    while let Some(waiting) = lowering.waiting.pop_front() {
        let definition = lowering.define(&waiting);
        if let Some(module) = lowering.modules.get_mut(waiting.place.document) {
            module.definitions.push(definition);
        }
    }
    let mut modules = lowering.modules;
    for module in &mut modules {
        module.fates = ledger::fates(sources, module);
    }
    Plan { modules }
}

/// Where what is said of the two alternatives goes, whichever way the source writes them: [`Annotations`] names places
/// of the re-export.
const NOT_NULL: &str = "/anyOf/0";
const NULL: &str = "/anyOf/1";

/// How deep the pointer to a value may lead into a type before that value gets a type of its own: typify needs much of
/// the stack for each level.
const DEEPEST: usize = 12;

/// A definition that has its name and waits for its form.
struct Waiting {
    key: String,
    name: String,
    place: Place,
    part: Part,
}

struct Lowering<'a> {
    sources: &'a Sources,
    modules: Vec<Module>,
    /// The names taken in each module.
    scopes: Vec<Scope>,
    /// The key of each definition.
    keys: BTreeMap<(Place, Part), String>,
    waiting: VecDeque<Waiting>,
}

impl<'a> Lowering<'a> {
    fn new(sources: &'a Sources) -> Self {
        let modules = sources.documents.iter().enumerate().map(|(index, document)| Module {
            name: document.source.module.clone(),
            document: index,
            definitions: Vec::new(),
            fates: Vec::new(),
        });
        let modules: Vec<Module> = modules.collect();
        let scopes = vec![Scope::default(); modules.len()];
        Self { sources, modules, scopes, keys: BTreeMap::new(), waiting: VecDeque::new() }
    }

    /// Names each document's root and the definitions it lists, before anything is hoisted: these names are the
    /// schema's own and go first.
    fn name_roots(&mut self) {
        for (index, document) in self.sources.documents.iter().enumerate() {
            let root = Place { document: index, pointer: String::new() };
            self.key(&root, Part::Whole, names::type_name(&document.name));
            for (pointer, schema) in vocabulary::subschemas(&document.schema, "") {
                let holder = Place { document: index, pointer };
                let keywords = schema.as_object().into_iter().flatten();
                for (keyword, members) in keywords.filter(|(keyword, _)| vocabulary::role(keyword) == Role::Definitions)
                {
                    for name in members.as_object().into_iter().flatten().map(|(name, _)| name) {
                        self.key(&holder.below(keyword).below(name), Part::Whole, names::type_name(name));
                    }
                }
            }
        }
    }

    /// The key of the definition of `part` of `place`. One that is new gets `name`, or what is free of its like.
    fn key(&mut self, place: &Place, part: Part, name: String) -> String {
        let at = (place.clone(), part);
        if let Some(key) = self.keys.get(&at) {
            return key.clone();
        }
        let key = format!("D{}", self.keys.len());
        let name = self.scopes.get_mut(place.document).map(|scope| scope.take(name)).unwrap_or_default();
        self.keys.insert(at, key.clone());
        self.waiting.push_back(Waiting { key: key.clone(), name, place: place.clone(), part });
        key
    }

    fn define(&mut self, Waiting { key, name, place, part }: &Waiting) -> Definition {
        let schema = place.schema(self.sources);
        let class = classify_at(self.sources, place);
        let nullable = class.nullable && *part == Part::Whole;
        let is_named = class.is_named();
        let mut annotations = Annotations::new();
        let form = match class.kind {
            Kind::Opaque(_) => self.opaque(place, name),
            kind if nullable && (is_named || matches!(kind, Kind::Alternative(_))) => {
                Form::Newtype { typify: self.value(place, &format!("{name}Value"), &mut annotations) }
            }
            Kind::Object(object) => self.object(place, name, &object, class.rules),
            Kind::Tuple(tuple) => self.tuple(place, name, &tuple, class.rules),
            Kind::Text(texts) => Form::Text(variants(&texts)),
            Kind::Values(values) => Form::Values(values::constants(&values)),
            kind if is_named => {
                Form::Checked { typify: self.bare(kind, place, "", name, &mut annotations), rules: class.rules }
            }
            _ => Form::Newtype { typify: self.value(place, name, &mut annotations) },
        };
        // What is said at a place that may be `null` is said where `null` is added; an opaque schema says it itself.
        if *part == Part::Whole && !matches!(form, Form::Newtype { .. } | Form::Opaque { .. }) {
            self.say(place, "", &mut annotations);
        }
        let pointer = place.pointer.clone();
        Definition { key: key.clone(), name: name.clone(), pointer, part: *part, form, docs: docs(schema), annotations }
    }

    fn object(&mut self, place: &Place, name: &str, object: &Object<'_>, rules: Vec<Rule>) -> Form {
        let mut fields = Scope::default();
        let members = object.members.iter().map(|Named { wire, schema, .. }| {
            let at = schema.iter().fold(place.clone(), |at, token| at.below(token));
            let mut annotations = Annotations::new();
            let (typify, docs) = match schema.is_empty() {
                true => (json!(true), String::new()),
                false => {
                    let name = format!("{name}{}", names::type_name(wire));
                    (self.value(&at, &name, &mut annotations), docs(at.schema(self.sources)))
                }
            };
            let field = fields.take(names::field_name(wire));
            Member {
                wire: (*wire).to_owned(),
                field,
                required: object.required.contains(wire),
                typify,
                docs,
                annotations,
            }
        });
        let members = members.collect();
        let listed = object.members.iter().filter(|member| member.listed).count();
        let patterns = object.patterns.iter().map(|pattern| Some(*pattern));
        let rest = patterns.chain(object.keeps_others.then_some(None));
        let rest = rest.map(|pattern| self.rest(place, name, pattern, &mut fields)).collect();
        let names = object.names.then(|| {
            let mut annotations = Annotations::new();
            let typify = self.value(&place.below("propertyNames"), &format!("{name}Name"), &mut annotations);
            Names { typify, annotations }
        });
        Form::Object { members, listed, closed: object.closed, rest, names, rules }
    }

    fn tuple(&mut self, place: &Place, name: &str, tuple: &Tuple, rules: Vec<Rule>) -> Form {
        let presence = |index| if index < tuple.required { Presence::Required } else { Presence::Optional };
        let prefix = (0..tuple.prefix).map(|index| {
            let at = place.below("prefixItems").below(&index.to_string());
            (presence(index), at, format!("{name}Item{index}"))
        });
        let rest = tuple.rest.then(|| (Presence::Rest, place.below("items"), format!("{name}Item")));
        let items = prefix.chain(rest).map(|(presence, at, name)| {
            let mut annotations = Annotations::new();
            let (typify, docs) = match at.schema(self.sources) {
                Value::Null => (json!(true), String::new()),
                schema => (self.value(&at, &name, &mut annotations), docs(schema)),
            };
            Item { presence, typify, docs, annotations }
        });
        Form::Tuple { items: items.collect(), closed: tuple.closed, rules }
    }

    /// The map for members whose names match `pattern`, or for all others.
    fn rest(&mut self, place: &Place, name: &str, pattern: Option<&str>, fields: &mut Scope) -> Rest {
        let (keyword, at, suffix) = match pattern {
            Some(pattern) => {
                ("pattern_properties", place.below("patternProperties").below(pattern), names::type_name(pattern))
            }
            None => ("additional_properties", place.below("additionalProperties"), String::new()),
        };
        let mut annotations = Annotations::new();
        let (typify, docs) = match at.schema(self.sources) {
            Value::Null => (json!(true), String::new()),
            schema => (self.value(&at, &format!("{name}{suffix}Value"), &mut annotations), docs(schema)),
        };
        let field = fields.take(keyword.to_owned());
        Rest { field, pattern: pattern.map(str::to_owned), typify, docs, annotations }
    }

    /// What typify is asked about the value at `place`. What needs a name of its own is hoisted, under `name`, and
    /// referred to. What is said here without refusing anything goes into `annotations`, unless it goes with the
    /// definition.
    fn value(&mut self, place: &Place, name: &str, annotations: &mut Annotations) -> Value {
        self.value_at(place, "", name, annotations)
    }

    fn value_at(&mut self, place: &Place, at: &str, name: &str, annotations: &mut Annotations) -> Value {
        if pointer::tokens(at).count() >= DEEPEST {
            return reference(&self.key(place, Part::Whole, name.to_owned()));
        }
        let class = classify_at(self.sources, place);
        let is_named = class.is_named();
        if !is_named || class.nullable {
            self.say(place, at, annotations);
        }
        let typify = match class.nullable {
            _ if !is_named => self.bare(class.kind, place, at, name, annotations),
            true => reference(&self.key(place, Part::NotNull, name.to_owned())),
            false => reference(&self.key(place, Part::Whole, name.to_owned())),
        };
        match class.nullable {
            true => json!({"oneOf": [typify, {"type": "null"}]}),
            false => typify,
        }
    }

    /// What typify is asked about a value that needs no name, without regard to `null` and to rules.
    fn bare(&mut self, kind: Kind<'_>, place: &Place, at: &str, name: &str, annotations: &mut Annotations) -> Value {
        let mut inner = |keyword: &str, suffix: &str| {
            self.value_at(&place.below(keyword), &pointer::push(at, keyword), &format!("{name}{suffix}"), annotations)
        };
        match kind {
            Kind::Null => json!({"type": "null"}),
            Kind::Boolean => json!({"type": "boolean"}),
            Kind::Integer => json!({"type": "integer"}),
            Kind::Unsigned => json!({"type": "integer", "format": "uint64"}),
            Kind::Number => json!({"type": "number"}),
            Kind::String => json!({"type": "string"}),
            Kind::Formatted(format) => json!({"type": "string", "format": format}),
            Kind::List { items: false } => json!({"type": "array", "items": true}),
            Kind::List { items: true } => json!({"type": "array", "items": inner("items", "Item")}),
            Kind::Map { values: false } => json!({"type": "object", "additionalProperties": true}),
            Kind::Map { values: true } => {
                json!({"type": "object", "additionalProperties": inner("additionalProperties", "Value")})
            }
            Kind::Alternative(alternative) => {
                let null = alternative.null(place);
                self.say(&null, &format!("{at}{NULL}"), annotations);
                self.value_at(&alternative.schema(place), &format!("{at}{NOT_NULL}"), name, annotations)
            }
            Kind::Reference => match place.target(self.sources) {
                Some(target) => reference(&self.key(&target, Part::Whole, self.name_of(&target))),
                None => json!(true),
            },
            Kind::Any | Kind::Object(_) | Kind::Tuple(_) | Kind::Text(_) | Kind::Values(_) | Kind::Opaque(_) => {
                json!(true)
            }
        }
    }

    /// A name for a place that is referred to and is not among the definitions: the document's and the way there.
    fn name_of(&self, place: &Place) -> String {
        let document = self.sources.documents.get(place.document);
        let root = document.map_or("", |document| &document.name);
        names::type_name(&format!("{root} {}", place.pointer))
    }

    /// Puts what the schema at `place` says without refusing anything into `annotations`, as said at `at`.
    fn say(&self, place: &Place, at: &str, annotations: &mut Annotations) {
        let Some(document) = self.sources.documents.get(place.document) else { return };
        let said = said(place.schema(self.sources), &document.source.policy);
        if !said.is_empty() {
            annotations.insert(at.to_owned(), said);
        }
    }

    fn opaque(&self, place: &Place, name: &str) -> Form {
        let Some(document) = self.sources.documents.get(place.document) else {
            return Form::Newtype { typify: json!(true) };
        };
        let source = &document.source;
        let schema = bundle(self.sources, place, &format!("{}.{name}.", source.module));
        let annotated = vocabulary::subschemas(&schema, "").into_iter().filter_map(|(_, schema)| schema.get("format"));
        let annotated = annotated.filter(|format| !class::is_asserted(format, &source.policy));
        let annotated = annotated.filter_map(Value::as_str).map(str::to_owned).collect();
        Form::Opaque { schema, annotated }
    }
}

fn reference(key: &str) -> Value {
    json!({"$ref": format!("#/definitions/{key}")})
}

fn variants(texts: &[&str]) -> Vec<Variant> {
    let mut names = Scope::default();
    let variant = |text: &&str| Variant { wire: (*text).to_owned(), name: names.take(names::variant_name(text)) };
    texts.iter().map(variant).collect()
}

/// The annotations of a schema: what it says without refusing anything under `policy`.
fn said(schema: &Value, policy: &Policy) -> Map<String, Value> {
    let keywords = schema.as_object().into_iter().flatten();
    let said = keywords.filter(|(keyword, value)| match vocabulary::role(keyword) {
        Role::Annotation => true,
        _ => *keyword == "format" && !class::is_asserted(value, policy),
    });
    said.map(|(keyword, value)| (keyword.clone(), value.clone())).collect()
}
