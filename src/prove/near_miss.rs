//! A value -> values that differ from it in one place, by what readers get wrong: null for absent, an array for an
//! object, a number just beyond its bound, a date-time with a space. Most are invalid; the validator says which.

use std::collections::BTreeSet;
use std::iter;
use std::ptr;

use serde_json::{Map, Number, Value, json};

use super::rng::Rng;
use super::{near_name, near_text, reach};
use crate::pointer;

/// The longest string or array made to go beyond a bound.
const LONGEST: f64 = 5000.0;
/// Places of one value that are changed.
const PLACES: usize = 400;

pub(super) type Keywords<'a> = [&'a Map<String, Value>];

/// Makes the mutants of values of one schema document.
pub(super) struct NearMisses<'a> {
    root: &'a Value,
    /// The places that have had a value of a kind, each place told by the schemas that apply there.
    seen: BTreeSet<(&'static str, Vec<*const Map<String, Value>>)>,
    /// What is left of the JSON values that all mutants may have together.
    nodes: usize,
    rng: Rng,
    /// The mutants that were not chosen.
    pub(super) left_out: usize,
}

impl<'a> NearMisses<'a> {
    pub(super) fn new(root: &'a Value, seed: u64, nodes: usize) -> Self {
        Self { root, seen: BTreeSet::new(), nodes, rng: Rng::new(seed), left_out: 0 }
    }

    /// The mutants of `value`, which was made for the document's root schema. What hardly depends on the value that
    /// stands at a place, and is much, is made for the first one only.
    pub(super) fn of(&mut self, value: &Value) -> Vec<Value> {
        let root = self.root;
        let mut edits = Vec::new();
        let mut places = 0;
        visit(root, value, vec![root], String::new(), &mut |pointer, value, here| {
            places += 1;
            if places <= PLACES {
                let schemas = here.iter().map(|schema| ptr::from_ref(*schema)).collect();
                let first = self.seen.insert((kind(value), schemas));
                edits.extend(self::edits(root, value, here, first).into_iter().map(|edit| (pointer.to_owned(), edit)));
            }
        });
        // One value may take half of what is left, so that there is always something for the next.
        let size = nodes(value);
        let (chosen, left_out) = self.rng.some_of(edits, self.nodes / 2 / size);
        self.nodes = self.nodes.saturating_sub(chosen.len() * size);
        self.left_out += left_out;
        chosen.into_iter().filter_map(|(pointer, edit)| edit.made(value, &pointer)).collect()
    }
}

/// One difference from a value, at one place.
#[derive(Clone, Debug)]
enum Edit {
    /// Another value in its place.
    Replaced(Value),
    /// A member dropped, one put in, or both.
    Member { dropped: Option<String>, put: Option<(String, Value)> },
}

impl Edit {
    fn put(name: &str, value: Value) -> Self {
        Self::Member { dropped: None, put: Some((name.to_owned(), value)) }
    }

    fn made(self, value: &Value, pointer: &str) -> Option<Value> {
        let mut copy = value.clone();
        let place = copy.pointer_mut(pointer)?;
        match self {
            Self::Replaced(replacement) => *place = replacement,
            Self::Member { dropped, put } => {
                let members = place.as_object_mut()?;
                if let Some(name) = dropped {
                    members.shift_remove(&name);
                }
                members.extend(put);
            }
        }
        Some(copy)
    }
}

/// How many JSON values there are in `value`, itself included.
pub(super) fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(members) => members.values().map(nodes).sum(),
        _ => 0,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Calls `visitor` with each place of `value`, parents first, and the schemas that may apply there.
pub(super) fn visit<'a>(
    root: &'a Value,
    value: &Value,
    schemas: Vec<&'a Value>,
    at: String,
    visitor: &mut dyn FnMut(&str, &Value, &Keywords<'a>),
) {
    let here = reach::in_place(root, schemas);
    visitor(&at, value, &here);
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            visit(root, member, reach::member(&here, name), pointer::push(&at, name), visitor);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| {
            visit(root, item, reach::element(&here, index), pointer::push(&at, &index.to_string()), visitor);
        }),
        _ => {}
    }
}

fn edits(root: &Value, value: &Value, here: &Keywords<'_>, first: bool) -> Vec<Edit> {
    let mut found = replacements(value, here, first);
    found.retain(|replacement| replacement != value);
    let mut found: Vec<Edit> = found.into_iter().map(Edit::Replaced).collect();
    if let Value::Object(members) = value {
        found.extend(objects(root, members, here, first));
    }
    found
}

fn replacements(value: &Value, here: &Keywords<'_>, first: bool) -> Vec<Value> {
    let mut found = vec![Value::Null, json!({}), json!([]), json!(true), json!(false), json!(0), json!(1.5), json!("")];
    found.extend([json!([value]), json!({"value": value})]);
    if first {
        let listed = reach::listed(here);
        // How serde's derived unit enum may be written.
        found.extend(listed.iter().filter_map(|value| Some(json!({value.as_str()?: null}))));
        found.extend(listed.into_iter().cloned());
        let formats = reach::texts(here, "format").into_iter().flat_map(near_text::near_format);
        found.extend(formats.map(Value::String));
    }
    match value {
        Value::Null => found.push(json!("null")),
        Value::Bool(truth) => found.extend([json!(!truth), json!(truth.to_string()), json!(i32::from(*truth))]),
        Value::Number(number) => found.extend(numbers(number, here)),
        Value::String(text) => {
            found.push(json!({text: null}));
            found.extend(text.parse::<Number>().map(Value::Number));
            found.extend(strings(text, here, first).into_iter().map(Value::String));
        }
        Value::Array(items) => found.extend(arrays(items, here)),
        Value::Object(members) => {
            found.push(Value::Array(members.values().cloned().collect()));
            found.push(Value::Array(members.iter().map(|(name, value)| json!([name, value])).collect()));
            for bound in lengths(here, &["minProperties", "maxProperties"]) {
                found.push(Value::Object(members.clone().into_iter().take(bound.saturating_sub(1)).collect()));
                let added = (members.len()..=bound).map(|index| (format!("member {index}"), Value::Null));
                found.push(Value::Object(members.clone().into_iter().chain(added).collect()));
            }
        }
    }
    found
}

fn numbers(number: &Number, here: &Keywords<'_>) -> Vec<Value> {
    let mut found = vec![json!(number.to_string()), json!(number.to_string().parse::<f64>().ok())];
    if let Some(whole) = number.as_i64() {
        found.extend(
            [whole.checked_add(1), whole.checked_sub(1), whole.checked_neg()].into_iter().flatten().map(Value::from),
        );
    }
    let value = number.as_f64().unwrap_or_default();
    let mut near = vec![value + 0.5, -value, value + 1e-9];
    for bound in reach::numbers(here, &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        near.extend([bound, bound - 1.0, bound + 1.0, bound - 0.5, bound + 0.5, bound * 1.5]);
        // As integers they are exact where doubles are not: the first integer that no double tells from the bound.
        found.extend(as_whole(bound).into_iter().flat_map(|bound| [bound - 1, bound, bound + 1]).map(Value::from));
    }
    found.extend(near.into_iter().filter_map(Number::from_f64).map(Value::Number));
    found
}

/// The integer that a float stands for, while every integer of its size has one.
fn as_whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

fn strings(text: &str, here: &Keywords<'_>, first: bool) -> Vec<String> {
    let mut found = near_text::of_lengths(text, &lengths(here, &["minLength", "maxLength"]));
    for format in reach::texts(here, "format") {
        found.extend(near_text::respelled(format, text));
    }
    let listing = ["pattern", "enum", "const"];
    let constrained = here.iter().any(|schema| listing.iter().any(|keyword| schema.contains_key(*keyword)));
    if first || constrained {
        found.extend(near_text::edges(text));
    }
    if first && constrained {
        for listed in reach::listed(here).into_iter().filter_map(Value::as_str) {
            found.extend([listed.to_uppercase(), listed.to_lowercase(), format!("{listed}{listed}")]);
        }
        found.extend(near_text::one_character(text));
    }
    found
}

/// The lengths and counts that `keywords` have, as far as they can be gone beyond.
pub(super) fn lengths(here: &Keywords<'_>, keywords: &[&str]) -> Vec<usize> {
    let bounds = reach::numbers(here, keywords).into_iter().filter(|bound| (0.0..=LONGEST).contains(bound));
    bounds.map(|bound| bound as usize).collect()
}

fn arrays(items: &[Value], here: &Keywords<'_>) -> Vec<Value> {
    let mut found = vec![
        Value::Array(items.iter().skip(1).cloned().collect()),
        Value::Array(items.iter().take(items.len().saturating_sub(1)).cloned().collect()),
        Value::Array(items.iter().rev().cloned().collect()),
        Value::Array(items.iter().chain([&Value::Null]).cloned().collect()),
        Value::Array(items.iter().chain(items.first()).cloned().collect()),
        Value::Object(items.iter().enumerate().map(|(index, item)| (index.to_string(), item.clone())).collect()),
    ];
    // The same element in other words, one more and in the place of the last one: no count tells them apart.
    if let Some(same) = items.first().map(in_other_words) {
        let others = items.len().saturating_sub(1).max(1);
        found.extend([items.len(), others].map(|kept| items.iter().take(kept).chain([&same]).cloned().collect()));
    }
    // Two strings that a reader may take for one.
    if let Some(text) = items.first().and_then(Value::as_str) {
        found.extend([text.to_lowercase(), text.to_uppercase()].map(|alike| json!([text, alike])));
    }
    for bound in lengths(here, &["minItems", "maxItems", "minContains", "maxContains"]) {
        let cycle = items.iter().cloned().cycle();
        found.extend(
            [bound.saturating_sub(1), bound + 1].map(|length| Value::Array(cycle.clone().take(length).collect())),
        );
        // Where each of the first items has a schema of its own, only the last one may come once more.
        if let Some(last) = items.last() {
            let more = iter::repeat_n(last, (bound + 1).saturating_sub(items.len()));
            found.push(items.iter().chain(more).cloned().collect());
        }
    }
    found
}

/// The same JSON value, with the members of each object turned round and each integer as a float.
fn in_other_words(value: &Value) -> Value {
    match value {
        Value::Number(number) => {
            let float = number.as_i64().filter(|whole| whole.unsigned_abs() < 1 << 53).and(number.as_f64());
            float.and_then(Number::from_f64).map_or_else(|| value.clone(), Value::Number)
        }
        Value::Array(items) => items.iter().map(in_other_words).collect(),
        Value::Object(members) => {
            members.iter().rev().map(|(name, member)| (name.clone(), in_other_words(member))).collect()
        }
        _ => value.clone(),
    }
}

fn objects(root: &Value, members: &Map<String, Value>, here: &Keywords<'_>, first: bool) -> Vec<Edit> {
    let mut found = Vec::new();
    for (name, value) in members {
        // Under another name in its place, and beside the one that a careless reader takes for it.
        let others = if first { near_name::other_spellings(name) } else { Vec::new() };
        let renamed = others.into_iter().filter(|other| !members.contains_key(other));
        found.extend(
            renamed.map(|other| Edit::Member { dropped: Some(name.clone()), put: Some((other, value.clone())) }),
        );
        let beside = near_text::capitalised(name);
        if !members.contains_key(&beside) {
            found.push(Edit::put(&beside, value.clone()));
        }
        found.push(Edit::Member { dropped: Some(name.clone()), put: None });
    }
    let unnamed = if first { near_name::unnamed(root, here) } else { vec!["unknown member".to_owned()] };
    let last = members.values().next_back().cloned().unwrap_or_default();
    let values = [Value::Null, json!(true), json!(1), json!("x"), json!([[]]), json!({"a": {"b": null}}), last];
    for name in unnamed.iter().filter(|name| !members.contains_key(*name)) {
        found.extend(values.iter().map(|value| Edit::put(name, value.clone())));
    }
    for name in reach::property_names(here).into_iter().filter(|name| !members.contains_key(*name)) {
        found.extend([Value::Null, json!("x"), json!([]), json!({})].map(|value| Edit::put(name, value)));
    }
    found
}
