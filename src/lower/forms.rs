//! What a definition is -> its form: members, items, maps, branches and variants, each with its name and with what typify is
//! asked about it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::bundle;
use super::calling::Called;
use super::class;
use super::define::Defining;
use super::markdown::{code, description, docs, is_deprecated};
use super::names::{self, Scope, Wanted};
use super::object::{Named, Object};
use super::place::{Place, Schemas};
use super::plan::{Annotations, Branch, Form, Item, Member, MemberDefault, Names, Presence, Rest, Variant};
use super::references::referred;
use super::rules::Rule;
use super::tuple::Tuple;
use super::union::{self, JsonKind, Union};

impl Defining<'_> {
    pub(super) fn object(&mut self, place: &Place, called: &Called, object: &Object<'_>, rules: Vec<Rule>) -> Form {
        let patterns = object.patterns.iter().map(|pattern| Some(*pattern));
        let rests: Vec<Option<&str>> = patterns.chain(object.keeps_others.then_some(None)).collect();
        let wanted = object.members.iter().map(|member| Wanted::new(member.wire, names::field_name));
        let wanted: Vec<Wanted> = wanted.chain(rests.iter().map(|pattern| map_names(*pattern))).collect();
        let fields = Scope::default().take(&wanted);
        let members = object.members.iter().zip(&fields).map(|(Named { wire, schema, .. }, field)| {
            let at = schema.iter().fold(place.clone(), |at, token| at.below(token));
            let mut annotations = Annotations::new();
            let (typify, docs) = match schema.is_empty() {
                true => (json!(true), String::new()),
                false => (
                    self.value(&at, &called.then(&names::step(field)), &mut annotations),
                    docs(at.schema(self.given.simple)),
                ),
            };
            let (wire, required) = ((*wire).to_owned(), object.required.contains(wire));
            let deprecated = !schema.is_empty() && is_deprecated(at.schema(self.given.simple));
            let default = self.given.defaults.get(&at).filter(|_| !schema.is_empty()).cloned();
            let default = default.map(|value| MemberDefault { place: at, value });
            Member { wire, field: field.clone(), required, deprecated, typify, docs, annotations, default }
        });
        let members = members.collect();
        let listed = object.members.iter().filter(|member| member.listed).count();
        let maps = rests.into_iter().zip(fields.iter().skip(object.members.len()));
        let rest = maps.map(|(pattern, field)| self.rest(place, called, pattern, field)).collect();
        let names = object.names.then(|| {
            let mut annotations = Annotations::new();
            let typify = self.value(&place.below("propertyNames"), &called.then("Name"), &mut annotations);
            Names { typify, annotations }
        });
        Form::Object { members, listed, closed: object.closed, rest, names, rules }
    }

    pub(super) fn tuple(&mut self, place: &Place, called: &Called, tuple: &Tuple, rules: Vec<Rule>) -> Form {
        let presence = |index| if index < tuple.required { Presence::Required } else { Presence::Optional };
        let prefix = (0..tuple.prefix).map(|index| {
            let at = place.below("prefixItems").below(&index.to_string());
            (presence(index), at, called.then(&format!("{}Item", names::ordinal(index + 1))))
        });
        let rest = tuple.rest.then(|| (Presence::Rest, place.below("items"), called.then("Item")));
        let items = prefix.chain(rest).map(|(presence, at, called)| {
            let mut annotations = Annotations::new();
            let (typify, docs) = match at.schema(self.given.simple) {
                Value::Null => (json!(true), String::new()),
                schema => (self.value(&at, &called, &mut annotations), docs(schema)),
            };
            Item { presence, typify, docs, annotations }
        });
        Form::Tuple { items: items.collect(), closed: tuple.closed, rules }
    }

    /// The map for members whose names match `pattern`, or for all others.
    fn rest(&mut self, place: &Place, called: &Called, pattern: Option<&str>, field: &str) -> Rest {
        let (at, called) = match pattern {
            Some(pattern) => {
                let at = place.below("patternProperties").below(pattern);
                // The field of the only pattern does not say which that is.
                (at, called.then(&format!("{}Value", names::type_name(pattern))))
            }
            None => (place.below("additionalProperties"), called.then("Value")),
        };
        let mut annotations = Annotations::new();
        let (typify, docs) = match at.schema(self.given.simple) {
            Value::Null => (json!(true), String::new()),
            schema => (self.value(&at, &called, &mut annotations), docs(schema)),
        };
        Rest { field: field.to_owned(), pattern: pattern.map(str::to_owned), typify, docs, annotations }
    }

    /// The schema at `place` as it stands alone; the names of what it refers to are yet to be told from others.
    pub(super) fn opaque(&self, place: &Place) -> Form {
        let policy = self.given.simple.policy(place);
        let schema = bundle(self.given.simple, place, "");
        let annotated = class::annotated_formats(&schema, policy);
        Form::Opaque { schema, annotated }
    }

    /// A choice between branches, each a variant.
    pub(super) fn union(&mut self, place: &Place, called: &Called, union: &Union) -> Form {
        let variants = Scope::default().take(&self.variants(place, union));
        let fields: Vec<Wanted> = variants.iter().map(|name| Wanted::new(name, names::field_name)).collect();
        let fields = Scope::default().take(&fields);
        let branches = union.branches.iter().zip(variants.iter().zip(fields)).map(|(branch, (variant, field))| {
            let mut annotations = Annotations::new();
            let called_here = called.branch(variant, self.is_told(branch));
            let typify = self.value(&branch.place, &called_here, &mut annotations);
            self.place_around(place, branch, called, &typify);
            let docs = match typify.get("$ref") {
                Some(_) => self.described(&branch.place),
                None => docs(branch.place.schema(self.given.simple)),
            };
            let tagged = union.tag.as_ref().and_then(|tag| tagged(tag, &branch.tags));
            let docs =
                [docs].into_iter().chain(tagged).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
            let (kinds, tags) = (branch.kinds.clone(), branch.tags.iter().cloned().collect());
            let deprecated = is_deprecated(branch.place.schema(self.given.simple));
            Branch { name: variant.clone(), field, deprecated, typify, kinds, tags, docs, annotations }
        });
        let branches = branches.collect();
        Form::Union { branches, tag: union.tag.clone(), overlap: union.overlap }
    }
}

impl Defining<'_> {
    /// What the schema at `place`, or else the one that it refers to, is described as.
    fn described(&self, place: &Place) -> String {
        let text = description(place.schema(self.given.simple)).unwrap_or_default();
        match self.given.simple.target(place) {
            Some(target) if text.is_empty() => self.described(&target),
            _ => text.to_owned(),
        }
    }

    /// Notes that the object of `branch`, which typify is asked about so, is divided from the choice at `place`.
    fn place_around(&mut self, place: &Place, branch: &union::Branch, called: &Called, typify: &Value) {
        if let Some((key, around)) = referred(typify).zip(called.parent())
            && self.is_divided(place, branch)
            && branch.kinds.contains(&JsonKind::Object)
        {
            self.around.push((key.to_owned(), around.to_owned()));
        }
    }
}

/// What the field of a map may be called that holds the members whose names match `pattern`, or all others.
fn map_names(pattern: Option<&str>) -> Wanted {
    let (first, second) = match pattern {
        Some(pattern) => ("pattern_properties", format!("{}_properties", names::field_name(pattern))),
        None => ("additional_properties", "additional_properties_map".to_owned()),
    };
    let spelled = pattern.map(|pattern| names::field_name(&format!("{} properties", names::spelled(pattern))));
    let names = [first.to_owned(), second].into_iter().chain(spelled).collect();
    Wanted { names, source: pattern.unwrap_or_default().to_owned() }
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

/// The enum of the strings that are `known`, and all others.
pub(super) fn open(known: &[&str], rules: Vec<Rule>) -> Form {
    let known = variants(known);
    let is_free = |name: &String| known.iter().all(|variant| variant.name != *name);
    let longer = std::iter::successors(Some("Unlisted".to_owned()), |name| Some(format!("{name}Value")));
    let other = ["Unknown", "Other"].map(str::to_owned).into_iter().chain(longer).find(is_free).unwrap_or_default();
    Form::Open { known, other, rules }
}

/// The variants for these strings.
pub(super) fn variants(texts: &[&str]) -> Vec<Variant> {
    let wanted: Vec<Wanted> = texts.iter().map(|text| Wanted::new(text, names::variant_name)).collect();
    let names = Scope::default().take(&wanted);
    texts.iter().zip(names).map(|(text, name)| Variant { wire: (*text).to_owned(), name }).collect()
}
