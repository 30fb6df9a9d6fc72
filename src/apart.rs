//! Two schemas -> whether no value is accepted by both, as far as that is plain to see, and which marked enums show it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::equal::equal;
use crate::source::Place;

/// How many members and branches lead from one another before no more is looked at.
const DEEPEST: usize = 4;

/// Documents of schemas in which every `$ref` leads to a place.
pub(crate) trait Schemas {
    /// The schema at `place`.
    fn schema(&self, place: &Place) -> Option<&Value>;
    /// Where its `$ref` leads.
    fn target(&self, place: &Place) -> Option<Place>;
    /// Whether it is an enum that its author marks as open.
    fn is_marked(&self, place: &Place) -> bool;
}

/// The marked enums that show, as they are written, that no value is accepted at both places; the fewest that are found.
/// None where nothing shows it.
pub(crate) fn apart(schemas: &impl Schemas, one: &Place, other: &Place) -> Option<BTreeSet<Place>> {
    within(schemas, one, other, 0)
}

fn within(schemas: &impl Schemas, one: &Place, other: &Place, depth: usize) -> Option<BTreeSet<Place>> {
    if depth > DEEPEST {
        return None;
    }
    let (one, other) = (Facts::new(schemas, one), Facts::new(schemas, other));
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
                ways.extend(each.filter_map(|theirs| within(schemas, ours, theirs, depth + 1)));
            }
        }
    }
    for (choices, beside) in [(&one.choices, &other), (&other.choices, &one)] {
        for branches in choices {
            let each = branches.iter().map(|branch| within(schemas, branch, &beside.place, depth + 1));
            ways.extend(each.collect::<Option<Vec<_>>>().map(|each| each.into_iter().flatten().collect()));
        }
    }
    ways.into_iter().min_by_key(BTreeSet::len)
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
    /// What the schema at `place` plainly says, along `$ref` and `allOf`.
    fn new(schemas: &'a impl Schemas, place: &Place) -> Self {
        let mut facts = Self { place: place.clone(), ..Self::default() };
        let (mut seen, mut pending) = (BTreeSet::new(), vec![place.clone()]);
        while let Some(place) = pending.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            let Some(schema) = schemas.schema(&place) else { continue };
            pending.extend(schemas.target(&place));
            pending.extend(listed(schema, &place, "allOf"));
            let choices = ["anyOf", "oneOf"].map(|keyword| listed(schema, &place, keyword));
            facts.choices.extend(choices.into_iter().filter(|branches| !branches.is_empty()));
            facts.take(schema, &place, schemas.is_marked(&place));
        }
        facts
    }

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

/// The places of the schemas that `keyword` lists.
fn listed(schema: &Value, place: &Place, keyword: &str) -> Vec<Place> {
    let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|index| below(place, &[keyword, &index.to_string()])).collect()
}

/// The place that `tokens` lead to from `place`.
pub(crate) fn below((document, pointer): &Place, tokens: &[&str]) -> Place {
    (*document, tokens.iter().fold(pointer.clone(), |pointer, token| crate::pointer::push(&pointer, token)))
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
