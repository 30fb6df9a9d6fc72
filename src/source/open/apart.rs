//! Two schemas -> whether no value is accepted by both, as far as that is plain to see, and which marked enums show it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::below;
use crate::equal::equal;
use crate::source::{Document, Graph, graph::Place};
use crate::vocabulary;

/// How many members and branches lead from one another before no more is looked at.
const DEEPEST: usize = 4;

/// All schemas, and where enums are marked as open.
pub(super) struct Schemas<'a> {
    pub(super) documents: &'a [Document],
    pub(super) graph: &'a Graph,
    pub(super) marked: &'a BTreeSet<Place>,
}

/// The marked enums in the branches of a choice.
#[derive(Default)]
pub(super) struct Telling {
    /// Those by whose values two branches are told apart.
    pub(super) apart: BTreeSet<Place>,
    /// Those in branches that nothing plainly tells apart.
    pub(super) overlapping: BTreeSet<Place>,
}

impl<'a> Schemas<'a> {
    /// The marked enums in the branches of `keyword` at `place`.
    pub(super) fn telling(&self, place: &Place, keyword: &str) -> Telling {
        let count = self.schema(place).and_then(|schema| schema.get(keyword)?.as_array()).map_or(0, Vec::len);
        let branches = (0..count).map(|index| below(place, &[keyword, &index.to_string()]));
        let branches: Vec<(Place, BTreeSet<Place>)> =
            branches.map(|branch| (branch.clone(), self.reached(&branch))).collect();
        let mut telling = Telling::default();
        for (index, (one, in_one)) in branches.iter().enumerate() {
            for (other, in_other) in branches.iter().skip(index + 1) {
                if in_one.is_empty() && in_other.is_empty() {
                    continue;
                }
                match self.apart(one, other, 0) {
                    Some(by) => telling.apart.extend(by),
                    None => telling.overlapping.extend(in_one.union(in_other).cloned()),
                }
            }
        }
        telling
    }

    /// The marked enums in the schema at `start`, and in all that it refers to.
    pub(super) fn reached(&self, start: &Place) -> BTreeSet<Place> {
        let (mut seen, mut pending) = (BTreeSet::new(), vec![start.clone()]);
        while let Some(place) = pending.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            pending.extend(self.target(&place));
            let children = self.schema(&place).map(|schema| vocabulary::children(schema, &place.1));
            pending.extend(children.into_iter().flatten().map(|(pointer, _)| (place.0, pointer)));
        }
        seen.into_iter().filter(|place| self.marked.contains(place)).collect()
    }

    fn schema(&self, (document, pointer): &Place) -> Option<&'a Value> {
        self.documents.get(*document)?.schema.pointer(pointer)
    }

    fn target(&self, (document, pointer): &Place) -> Option<Place> {
        self.graph.target(*document, pointer).map(|(document, pointer)| (document, pointer.to_owned()))
    }

    /// The marked enums that show, as they are written, that no value is accepted at both places; the fewest that are
    /// found. None where nothing shows it.
    fn apart(&self, one: &Place, other: &Place, depth: usize) -> Option<BTreeSet<Place>> {
        if depth > DEEPEST {
            return None;
        }
        let (one, other) = (self.facts(one), self.facts(other));
        let shared = one.types.map_or(u8::MAX, |types| types) & other.types.map_or(u8::MAX, |types| types);
        if shared == 0 {
            return Some(BTreeSet::new());
        }
        let mut ways = one.disjoint_values(&other);
        if shared == OBJECT {
            if one.misses_what_is_required(&other) || other.misses_what_is_required(&one) {
                return Some(BTreeSet::new());
            }
            for name in one.required.intersection(&other.required) {
                let (ours, theirs) = (one.members.get(name), other.members.get(name));
                for ours in ours.into_iter().flatten() {
                    let each = theirs.into_iter().flatten();
                    ways.extend(each.filter_map(|theirs| self.apart(ours, theirs, depth + 1)));
                }
            }
        }
        for (choices, beside) in [(&one.choices, &other), (&other.choices, &one)] {
            for branches in choices {
                let each = branches.iter().map(|branch| self.apart(branch, &beside.place, depth + 1));
                ways.extend(each.collect::<Option<Vec<_>>>().map(|each| each.into_iter().flatten().collect()));
            }
        }
        ways.into_iter().min_by_key(BTreeSet::len)
    }

    /// What the schema at `place` plainly says, along `$ref` and `allOf`.
    fn facts(&self, place: &Place) -> Facts<'a> {
        let mut facts = Facts { place: place.clone(), ..Facts::default() };
        let (mut seen, mut pending) = (BTreeSet::new(), vec![place.clone()]);
        while let Some(place) = pending.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            let Some(schema) = self.schema(&place) else { continue };
            pending.extend(self.target(&place));
            let list = |keyword: &str| -> Vec<Place> {
                let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
                (0..count).map(|index| below(&place, &[keyword, &index.to_string()])).collect()
            };
            pending.extend(list("allOf"));
            facts.choices.extend(["anyOf", "oneOf"].map(list).into_iter().filter(|branches| !branches.is_empty()));
            facts.take(schema, &place, self.marked.contains(&place));
        }
        facts
    }
}

/// What a schema plainly says.
#[derive(Default)]
struct Facts<'a> {
    place: Place,
    /// The types that it accepts, as bits; none if all.
    types: Option<u8>,
    /// The values of each of its enums, with the place of one that is marked.
    values: Vec<(Vec<&'a Value>, Option<Place>)>,
    required: BTreeSet<&'a str>,
    members: BTreeMap<&'a str, Vec<Place>>,
    /// The names of the members of each schema that refuses all others.
    closed: Vec<BTreeSet<&'a str>>,
    /// The branches of each choice.
    choices: Vec<Vec<Place>>,
}

const OBJECT: u8 = 1;

/// The bits of a type; a number without a fraction has one of its own.
fn bits(name: &str) -> u8 {
    match name {
        "object" => OBJECT,
        "array" => 2,
        "string" => 4,
        "integer" => 8,
        "number" => 8 | 16,
        "boolean" => 32,
        _ => 64,
    }
}

impl<'a> Facts<'a> {
    fn take(&mut self, schema: &'a Value, place: &Place, is_marked: bool) {
        let mut narrow = |types: u8| self.types = Some(self.types.unwrap_or(u8::MAX) & types);
        match schema.get("type") {
            Some(Value::String(name)) => narrow(bits(name)),
            Some(Value::Array(names)) => narrow(names.iter().filter_map(Value::as_str).map(bits).fold(0, |a, b| a | b)),
            _ => {}
        }
        let listed = schema.get("enum").and_then(Value::as_array).map(|values| values.iter().collect::<Vec<_>>());
        for values in listed.into_iter().chain(schema.get("const").map(|value| vec![value])) {
            narrow(values.iter().map(|value| bits(type_of(value))).fold(0, |a, b| a | b));
            self.values.push((values, is_marked.then(|| place.clone())));
        }
        let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        self.required.extend(names.filter_map(Value::as_str));
        let members: Vec<&str> = match schema.get("properties") {
            Some(Value::Object(members)) => members.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        for name in &members {
            self.members.entry(name).or_default().push(below(place, &["properties", name]));
        }
        if schema.get("additionalProperties") == Some(&Value::Bool(false)) && schema.get("patternProperties").is_none()
        {
            self.closed.push(members.into_iter().collect());
        }
    }

    /// The marked enums by which no value is listed on both sides, for each way to see that.
    fn disjoint_values(&self, other: &Self) -> Vec<BTreeSet<Place>> {
        let mut ways = Vec::new();
        for (ours, our_mark) in &self.values {
            for (theirs, their_mark) in &other.values {
                if !ours.iter().any(|value| theirs.iter().any(|other| equal(value, other))) {
                    ways.push(our_mark.iter().chain(their_mark).cloned().collect());
                }
            }
        }
        ways
    }

    /// Whether it refuses a member that `other` requires.
    fn misses_what_is_required(&self, other: &Self) -> bool {
        self.closed.iter().any(|names| !other.required.is_subset(names))
    }
}

/// The narrowest type of a value.
fn type_of(value: &Value) -> &'static str {
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
