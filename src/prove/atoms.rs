//! A schema -> its atoms, which all have to hold of a value: each a keyword with those that it cannot be read without.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::congruence::refusing;
use super::schema;
use crate::apart::{self, apart};
use crate::pointer;
use crate::source::Place;
use crate::vocabulary::{self, Role};

/// Keywords that are read together.
const GROUPS: [&[&str]; 4] = [
    &["properties", "patternProperties", "additionalProperties"],
    &["prefixItems", "items"],
    &["contains", "minContains", "maxContains"],
    &["if", "then", "else"],
];

/// What has to hold of a value that `schema` accepts, each a schema of one keyword, or of one group of keywords.
pub(super) fn atoms(schema: &Value) -> Vec<Value> {
    let Value::Object(keywords) = schema else {
        return if schema == &Value::Bool(true) { Vec::new() } else { vec![schema.clone()] };
    };
    let mut groups: BTreeMap<usize, Map<String, Value>> = BTreeMap::new();
    let mut atoms = Vec::new();
    for (keyword, value) in refusing(keywords) {
        match (keyword, value, GROUPS.iter().position(|group| group.contains(&keyword))) {
            ("allOf", Value::Array(branches), _) => atoms.extend(branches.iter().flat_map(self::atoms)),
            ("not", refused, _) if self::atoms(refused).is_empty() => atoms.push(Value::Bool(false)),
            (_, _, Some(group)) => {
                groups.entry(group).or_default().insert(keyword.to_owned(), value.clone());
            }
            _ => atoms.push(json!({keyword: value})),
        }
    }
    atoms.extend(groups.into_values().map(Value::Object));
    atoms
}

/// The branches of the choice that an atom is, and whether exactly one has to hold.
pub(super) fn choice(atom: &Value) -> Option<(&[Value], bool)> {
    let branches = |keyword| atom.get(keyword).and_then(Value::as_array);
    branches("anyOf").map(|any| (any.as_slice(), false)).or_else(|| Some((branches("oneOf")?.as_slice(), true)))
}

/// Whether an atom speaks of the value alone, of none of its parts and by no other schema.
pub(super) fn is_plain(atom: &Value) -> bool {
    let mut keywords = atom.as_object().into_iter().flatten().map(|(keyword, _)| keyword.as_str());
    keywords.all(|keyword| matches!(vocabulary::role(keyword), Role::Assertion))
}

/// What an atom asks of the members of an object.
pub(super) struct Object<'a> {
    named: BTreeMap<&'a str, &'a Value>,
    pub(super) patterns: Option<&'a Value>,
    others: Option<&'a Value>,
}

impl<'a> Object<'a> {
    pub(super) fn of(atom: &'a Value) -> Option<Self> {
        let part = |keyword: &str| atom.get(keyword);
        let named = part("properties").and_then(Value::as_object);
        let (patterns, others) = (part("patternProperties"), part("additionalProperties"));
        let is_one = named.is_some() || patterns.is_some() || others.is_some();
        let named = named.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema)).collect();
        is_one.then_some(Self { named, patterns, others })
    }

    /// What it plainly asks of the member of this name, or of one that nothing names. Which names a pattern matches is not
    /// looked at: beside patterns, it asks nothing of members without a name of their own.
    pub(super) fn asked(&self, name: Option<&str>) -> impl Iterator<Item = &'a Value> + use<'a> {
        let named = name.and_then(|name| self.named.get(name).copied());
        named.or(self.others.filter(|_| self.patterns.is_none())).into_iter()
    }
}

/// The names that any of `objects` has, and none for all other names.
pub(super) fn names<'o, 'a: 'o>(
    objects: impl Iterator<Item = &'o Object<'a>>,
) -> impl Iterator<Item = Option<&'a str>> {
    let named: BTreeSet<&str> = objects.flat_map(|object| object.named.keys().copied()).collect();
    named.into_iter().map(Some).chain([None])
}

/// Whether it is plain to see that no value is of `left` and of `other`, whose references lead to `definitions`.
pub(super) fn look_apart(left: &[Value], other: &Value, definitions: Option<&Value>) -> bool {
    let pair = Pair { schemas: [json!({"allOf": left}), other.clone()], definitions };
    apart(&pair, &(0, String::new()), &(1, String::new())).is_some()
}

/// Two schemas, and the definitions to which their references lead.
struct Pair<'a> {
    schemas: [Value; 2],
    definitions: Option<&'a Value>,
}

impl apart::Schemas for Pair<'_> {
    fn schema(&self, (document, at): &Place) -> Option<&Value> {
        pointer::find(self.schemas.get(*document).or(self.definitions)?, at)
    }

    fn target(&self, place: &Place) -> Option<Place> {
        let pointer = schema::fragment(schema::reference(self.schema(place)?)?)?;
        Some((self.schemas.len(), pointer.strip_prefix("/$defs")?.to_owned()))
    }

    fn is_marked(&self, _: &Place) -> bool {
        false
    }
}
