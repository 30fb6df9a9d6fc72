//! What a definition is -> its form: members, items, maps, branches and variants, each with its name and with what typify is
//! asked about it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::class::{self, Kind, classify_at};
use super::markdown::{code, description, docs};
use super::names::{self, Scope};
use super::object::{Named, Object};
use super::place::{Place, Schemas};
use super::plan::{Annotations, Branch, Form, Item, Member, Names, Presence, Rest, Variant};
use super::rules::Rule;
use super::tuple::Tuple;
use super::union::{self, JsonKind, Union};
use super::{Lowering, bundle};
use crate::vocabulary;

impl Lowering<'_> {
    pub(super) fn object(&mut self, place: &Place, name: &str, object: &Object<'_>, rules: Vec<Rule>) -> Form {
        let mut fields = Scope::default();
        let members = object.members.iter().map(|Named { wire, schema, .. }| {
            let at = schema.iter().fold(place.clone(), |at, token| at.below(token));
            let mut annotations = Annotations::new();
            let (typify, docs) = match schema.is_empty() {
                true => (json!(true), String::new()),
                false => {
                    let name = format!("{name}{}", names::type_name(wire));
                    (self.value(&at, &name, &mut annotations), docs(at.schema(self.simple)))
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

    pub(super) fn tuple(&mut self, place: &Place, name: &str, tuple: &Tuple, rules: Vec<Rule>) -> Form {
        let presence = |index| if index < tuple.required { Presence::Required } else { Presence::Optional };
        let prefix = (0..tuple.prefix).map(|index| {
            let at = place.below("prefixItems").below(&index.to_string());
            (presence(index), at, format!("{name}Item{index}"))
        });
        let rest = tuple.rest.then(|| (Presence::Rest, place.below("items"), format!("{name}Item")));
        let items = prefix.chain(rest).map(|(presence, at, name)| {
            let mut annotations = Annotations::new();
            let (typify, docs) = match at.schema(self.simple) {
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
        let (typify, docs) = match at.schema(self.simple) {
            Value::Null => (json!(true), String::new()),
            schema => (self.value(&at, &format!("{name}{suffix}Value"), &mut annotations), docs(schema)),
        };
        let field = fields.take(keyword.to_owned());
        Rest { field, pattern: pattern.map(str::to_owned), typify, docs, annotations }
    }

    pub(super) fn opaque(&self, place: &Place, name: &str) -> Form {
        let module = self.modules.get(self.simple.module(place)).map_or("", |module| &module.name);
        let policy = self.simple.policy(place);
        let schema = bundle(self.simple, place, &format!("{module}.{name}."));
        let annotated = vocabulary::subschemas(&schema, "").into_iter().filter_map(|(_, schema)| schema.get("format"));
        let annotated = annotated.filter(|format| !class::is_asserted(format, policy));
        let annotated = annotated.filter_map(Value::as_str).map(str::to_owned).collect();
        Form::Opaque { schema, annotated }
    }

    /// A choice between branches, each a variant of `name`.
    pub(super) fn union(&mut self, name: &str, union: &Union) -> Form {
        let (mut variants, mut fields) = (Scope::default(), Scope::default());
        let branches = union.branches.iter().map(|branch| {
            let called = self.variant(branch, union);
            let variant = variants.take(names::variant_name(&called));
            let field = fields.take(names::field_name(&called));
            let mut annotations = Annotations::new();
            let typify = self.value(&branch.place, &format!("{name}{variant}"), &mut annotations);
            let docs = match typify.get("$ref") {
                Some(_) => self.described(&branch.place),
                None => docs(branch.place.schema(self.simple)),
            };
            let tagged = union.tag.as_ref().and_then(|tag| tagged(tag, &branch.tags));
            let docs =
                [docs].into_iter().chain(tagged).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
            let (kinds, tags) = (branch.kinds.clone(), branch.tags.iter().cloned().collect());
            Branch { name: variant, field, typify, kinds, tags, docs, annotations }
        });
        let branches = branches.collect();
        Form::Union { branches, tag: union.tag.clone(), overlap: union.overlap }
    }

    /// What the schema at `place`, or else the one that it refers to, is described as.
    fn described(&self, place: &Place) -> String {
        let text = description(place.schema(self.simple)).unwrap_or_default();
        match self.simple.target(place) {
            Some(target) if text.is_empty() => self.described(&target),
            _ => text.to_owned(),
        }
    }

    /// What to call a branch of `union` after: the tag's string that it stands for, the definition that it refers to, a member
    /// that no other branch has, the type of its values.
    fn variant(&self, branch: &union::Branch, union: &Union) -> String {
        if let [tag] = branch.tags.iter().collect::<Vec<_>>().as_slice() {
            return (*tag).clone();
        }
        if let Some(name) = self.simple.listed_name(&branch.place, &self.roots) {
            return name;
        }
        let objects = union.branches.iter().filter(|branch| branch.kinds.contains(&JsonKind::Object)).count();
        if let Some(member) = union.own_member(self.simple, branch).filter(|_| objects > 1) {
            return member;
        }
        match classify_at(self.simple, &branch.place).kind {
            Kind::Types(_) => "Other",
            Kind::Any | Kind::Opaque(_) => "Value",
            _ => match branch.kinds.iter().collect::<Vec<_>>().as_slice() {
                [JsonKind::Array] => "Array",
                [JsonKind::Boolean] => "Boolean",
                [JsonKind::Fraction | JsonKind::Integer, JsonKind::Integer] => "Number",
                [JsonKind::Integer] => "Integer",
                [JsonKind::Null] => "Null",
                [JsonKind::Object] => "Object",
                [JsonKind::String] => "String",
                _ => "Value",
            },
        }
        .to_owned()
    }
}

/// What the member `tag` is in a branch, for people.
fn tagged(tag: &str, strings: &BTreeSet<String>) -> Option<String> {
    let strings: Vec<String> = strings.iter().map(|text| code(&format!("{text:?}"))).collect();
    match strings.as_slice() {
        [] => None,
        [only] => Some(format!("Its {} is {only}.", code(tag))),
        several => Some(format!("Its {} is one of {}.", code(tag), several.join(", "))),
    }
}

/// The variants for these strings.
pub(super) fn variants(texts: &[&str]) -> Vec<Variant> {
    let mut names = Scope::default();
    let variant = |text: &&str| Variant { wire: (*text).to_owned(), name: names.take(names::variant_name(text)) };
    texts.iter().map(variant).collect()
}
