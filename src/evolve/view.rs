//! Schemas that apply to one value -> a [`View`] of what they ask for together: `allOf`, references and the alternative to
//! `null` are followed, so that it makes no difference where a keyword stands.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::definitions::Key;
use crate::equal::equal;
use crate::lower::{Place, Schemas as _};
use crate::source::Version;

/// How deep choices are followed for the types that they accept.
const DEEPEST: usize = 8;
/// The types, `number` standing for what is no integer.
const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// A version, and by which key the definitions at its places are known.
pub(super) struct Known<'v> {
    pub(super) version: &'v Version,
    pub(super) keys: &'v BTreeMap<&'v Place, &'v Key>,
}

/// What several schemas of one version ask for together.
pub(super) struct View<'v> {
    version: &'v Version,
    /// The first schema.
    pub(super) start: Place,
    /// The schemas that hold keywords, each once.
    pub(super) parts: Vec<Place>,
    /// The choices of branches, those between `null` and something else aside.
    pub(super) unions: Vec<Union>,
    /// Whether `null` is an alternative to all of it.
    is_nullable: bool,
    /// The definitions that are referred to.
    pub(super) met: BTreeSet<&'v Key>,
}

/// A choice of branches.
pub(super) struct Union {
    pub(super) keyword: &'static str,
    /// Where its list stands.
    pub(super) place: Place,
    pub(super) branches: Vec<Place>,
}

impl<'v> View<'v> {
    /// The view of the schemas at `starts`, without what is behind references to the definitions `left`.
    pub(super) fn of(known: &Known<'v>, starts: &[Place], left: &BTreeSet<&Key>) -> Self {
        let start = starts.first().cloned().unwrap_or(Place { document: 0, pointer: String::new() });
        let mut view = Self {
            version: known.version,
            start,
            parts: Vec::new(),
            unions: Vec::new(),
            is_nullable: false,
            met: BTreeSet::new(),
        };
        let mut pending: Vec<Place> = starts.iter().rev().cloned().collect();
        while let Some(place) = pending.pop() {
            if !view.parts.contains(&place) {
                view.take(known, left, &place, &mut pending);
                view.parts.push(place);
            }
        }
        view
    }

    /// Takes in the schema at `place`; what applies along with it is added to `pending`.
    fn take(&mut self, known: &Known<'v>, left: &BTreeSet<&Key>, place: &Place, pending: &mut Vec<Place>) {
        let schema = place.schema(known.version);
        if let Some(target) = known.version.target(place) {
            let key = known.keys.get(&target).copied();
            self.met.extend(key);
            if !key.is_some_and(|key| left.contains(key)) {
                pending.push(target);
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            let at = place.below(keyword);
            let branches = below(schema.get(keyword), &at);
            let is_null = |branch: &Place| is_null(branch.schema(known.version));
            let (nulls, others): (Vec<Place>, Vec<Place>) = branches.into_iter().partition(is_null);
            match (nulls.is_empty(), others.as_slice()) {
                (false, [other]) => {
                    self.is_nullable = true;
                    pending.push(other.clone());
                }
                (true, []) => {}
                _ => {
                    let branches = others.into_iter().chain(nulls).collect();
                    self.unions.push(Union { keyword, place: at, branches });
                }
            }
        }
        pending.extend(below(schema.get("allOf"), &place.below("allOf")).into_iter().rev());
    }

    /// The values of a keyword, part by part.
    pub(super) fn values(&self, keyword: &str) -> Vec<&'v Value> {
        self.parts.iter().filter_map(|part| part.schema(self.version).get(keyword)).collect()
    }

    /// Whether any part has the keyword.
    pub(super) fn has(&self, keyword: &str) -> bool {
        !self.values(keyword).is_empty()
    }

    /// The texts that a keyword has.
    pub(super) fn texts(&self, keyword: &str) -> BTreeSet<&'v str> {
        self.values(keyword).into_iter().filter_map(Value::as_str).collect()
    }

    /// Where a keyword stands, in each part that has it.
    pub(super) fn all_at(&self, keyword: &str) -> Vec<Place> {
        let parts = self.parts.iter().filter(|part| part.schema(self.version).get(keyword).is_some());
        parts.map(|part| part.below(keyword)).collect()
    }

    /// Where a keyword stands first, or would stand.
    pub(super) fn at(&self, keyword: &str) -> Option<Place> {
        self.all_at(keyword).into_iter().next().or_else(|| Some(self.start.clone()))
    }

    /// The schemas that a keyword holds, one in each part that has it.
    pub(super) fn held(&self, keyword: &str) -> Vec<Place> {
        self.all_at(keyword)
    }

    /// The schemas for the first items, those for one item together.
    pub(super) fn prefix(&self) -> Vec<Vec<Place>> {
        let mut items: Vec<Vec<Place>> = Vec::new();
        for at in self.all_at("prefixItems") {
            for (number, place) in below(Some(at.schema(self.version)), &at).into_iter().enumerate() {
                match items.get_mut(number) {
                    Some(item) => item.push(place),
                    None => items.push(vec![place]),
                }
            }
        }
        items
    }

    /// The schemas by name that a keyword holds.
    pub(super) fn members(&self, keyword: &str) -> BTreeMap<&'v str, Vec<Place>> {
        let mut members: BTreeMap<&'v str, Vec<Place>> = BTreeMap::new();
        for part in &self.parts {
            let at = part.below(keyword);
            for name in part.schema(self.version).get(keyword).and_then(Value::as_object).into_iter().flatten() {
                members.entry(name.0.as_str()).or_default().push(at.below(name.0));
            }
        }
        members
    }

    /// The members that must be there.
    pub(super) fn required(&self) -> BTreeSet<&'v str> {
        let lists = self.values("required").into_iter().filter_map(Value::as_array);
        lists.flatten().filter_map(Value::as_str).collect()
    }

    /// Whether members that are not named are refused.
    pub(super) fn is_closed(&self) -> bool {
        ["additionalProperties", "unevaluatedProperties"]
            .iter()
            .any(|keyword| self.openness(keyword) == Openness::Closed)
    }

    /// What a keyword says of members that are not named.
    pub(super) fn openness(&self, keyword: &str) -> Openness {
        let said = self.values(keyword).into_iter().map(|schema| match schema {
            Value::Bool(false) => Openness::Closed,
            Value::Object(keywords) if !keywords.is_empty() => Openness::Typed,
            _ => Openness::Open,
        });
        said.min().unwrap_or(Openness::Open)
    }

    /// The values that `enum` and `const` of all parts list, `null` aside; none if nothing is listed.
    pub(super) fn listed(&self) -> Option<Vec<&'v Value>> {
        let lists = self.values("enum").into_iter().filter_map(Value::as_array).map(|list| list.iter().collect());
        let lists = lists.chain(self.values("const").into_iter().map(|value| vec![value]));
        let common = lists.reduce(|kept: Vec<&Value>, other: Vec<&Value>| {
            kept.into_iter().filter(|value| other.iter().any(|listed| equal(value, listed))).collect()
        })?;
        Some(common.into_iter().filter(|value| !value.is_null()).collect())
    }

    /// The types that are accepted; `number` comes with `integer`, and without it for nothing. Those of branches count where
    /// they are asked for.
    pub(super) fn types(&self, of_branches: bool) -> BTreeSet<&'static str> {
        let mut types = self.types_within(if of_branches { DEEPEST } else { 0 });
        if self.is_nullable {
            types.insert("null");
        }
        types
    }

    fn types_within(&self, depth: usize) -> BTreeSet<&'static str> {
        let mut types = BTreeSet::from(TYPES);
        for part in &self.parts {
            types.retain(|name| admits(part.schema(self.version), name));
        }
        let Some(depth) = depth.checked_sub(1) else { return types };
        for union in &self.unions {
            let known = Known { version: self.version, keys: &BTreeMap::new() };
            let accepted: BTreeSet<&str> = union
                .branches
                .iter()
                .flat_map(|branch| {
                    let view = View::of(&known, std::slice::from_ref(branch), &BTreeSet::new());
                    let null = view.is_nullable.then_some("null");
                    view.types_within(depth).into_iter().chain(null)
                })
                .collect();
            types.retain(|name| accepted.contains(name));
        }
        types
    }
}

/// What becomes of members that are not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Openness {
    /// They are refused.
    Closed,
    /// A schema says which are accepted.
    Typed,
    /// They are accepted.
    Open,
}

/// The places of the schemas of a list that stands `at`.
fn below(list: Option<&Value>, at: &Place) -> Vec<Place> {
    let count = list.and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|number| at.below(&number.to_string())).collect()
}

/// Whether a schema says that it is about `null` alone.
fn is_null(schema: &Value) -> bool {
    let Some(keywords) = schema.as_object() else { return false };
    keywords.get("type").is_some_and(|it| it == "null")
        || keywords.get("const").is_some_and(Value::is_null)
        || keywords.get("enum").and_then(Value::as_array).is_some_and(|list| matches!(list.as_slice(), [Value::Null]))
}

/// Whether the schema's own keywords leave room for values of a type.
fn admits(schema: &Value, name: &str) -> bool {
    let Some(keywords) = schema.as_object() else { return schema != &Value::Bool(false) };
    let is_named = |stated: &Value| stated == name || (name == "integer" && stated == "number");
    let by_type = keywords.get("type").is_none_or(|stated| match stated {
        Value::Array(list) => list.iter().any(is_named),
        stated => is_named(stated),
    });
    let listed = keywords.get("enum").and_then(Value::as_array).into_iter().flatten().chain(keywords.get("const"));
    let mut listed = listed.peekable();
    by_type && (listed.peek().is_none() || listed.any(|value| kind(value) == name))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
