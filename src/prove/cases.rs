//! A schema and a seed -> what the type is asked to read: distinct valid values, distinct near-misses, and texts that
//! are more than the value they stand for. The validator of the source says which is which.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::near_miss::{self, Keywords, NearMisses};
use super::sample::Sampler;
use super::side::{Side, Sides};
use super::{Effort, reach};
use crate::pointer;

/// Values of one schema whose mutants are all tried, however many near-misses there are already.
const MUTATED: usize = 8;
/// Values for each one wanted, after which there are no more mutants: where hardly any is invalid, they are no near-misses.
const CROWD: usize = 3;
/// Attempts in a row that bring nothing new, after which there is taken to be nothing more.
const IDLE: usize = 500;
/// Shares of the optional members, in percent: all and none first, since both are where mistakes are.
const OPTIONAL: &[usize] = &[100, 0, 50, 20, 80, 100, 10];

/// A text to read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) text: String,
    /// The value it stands for; `None` if the text is to be refused, whatever the value.
    pub(super) value: Option<Value>,
}

impl Case {
    pub(super) fn of(value: &Value) -> Self {
        Self { text: value.to_string(), value: Some(value.clone()) }
    }
}

/// What is read.
#[derive(Debug, Default)]
pub(super) struct Cases {
    pub(super) valid: Vec<Case>,
    pub(super) near_miss: Vec<Case>,
    pub(super) texts: Vec<Case>,
    seen: BTreeSet<String>,
}

impl Cases {
    /// Files a new value by its label.
    fn add(&mut self, source: &Side, value: Value) {
        let text = value.to_string();
        if holdable(&value) && self.seen.insert(text.clone()) {
            let kind = if source.validator.is_valid(&value) { &mut self.valid } else { &mut self.near_miss };
            kind.push(Case { text, value: Some(value) });
        }
    }
}

/// The cases for both sides: values of the source, values of the re-export, and what is near them, so that whatever one
/// of them knows and the other does not is tried. The source alone says which are valid.
pub(super) fn collect(sides: &Sides, effort: &Effort) -> Cases {
    let Sides { source, re_export } = sides;
    let mut cases = Cases::default();
    for basic in [json!(null), json!(true), json!(0), json!(1.5), json!("x"), json!([]), json!({})] {
        cases.add(source, basic);
    }
    draw(source, &source.schema, effort.seed, &mut cases, effort.valid, |cases| cases.valid.len());
    let mut near = NearMisses::new(&source.schema);
    let valid: Vec<Value> = cases.valid.iter().filter_map(|case| case.value.clone()).collect();
    for (index, value) in valid.iter().enumerate() {
        let crowded = cases.seen.len() >= CROWD * (effort.valid + effort.near_miss);
        if index >= MUTATED && (crowded || cases.near_miss.len() >= effort.near_miss) {
            break;
        }
        near.of(value).into_iter().for_each(|mutant| cases.add(source, mutant));
    }
    let count = effort.valid.div_ceil(4);
    candidates(&re_export.schema, effort.seed, count).for_each(|value| cases.add(source, value));
    // Where few values are valid, few are near them; then any value must do.
    draw(source, &json!(true), effort.seed, &mut cases, effort.near_miss, |cases| cases.near_miss.len());
    let spelled = cases.valid.iter().filter_map(|case| case.value.as_ref()).take(MUTATED);
    cases.texts = spelled.flat_map(|value| spellings(&source.schema, value)).collect();
    cases
}

/// Whether a Rust type may be asked to hold the value: not if a float in it is an integer beyond 64 bits.
fn holdable(value: &Value) -> bool {
    let beyond = |number: f64| number.fract() == 0.0 && number.abs() >= 9_223_372_036_854_775_808.0;
    match value {
        Value::Number(number) => !(number.is_f64() && number.as_f64().is_some_and(beyond)),
        Value::Array(items) => items.iter().all(holdable),
        Value::Object(members) => members.values().all(holdable),
        _ => true,
    }
}

/// Adds values made from `schema` until `count` of them is `wanted`, or there seem to be no more: a generator that
/// misses for ever must end as well.
fn draw(source: &Side, schema: &Value, seed: u64, cases: &mut Cases, wanted: usize, count: fn(&Cases) -> usize) {
    let mut sampler = Sampler::new(schema, seed);
    let mut idle = 0;
    for optional in OPTIONAL.iter().cycle() {
        let before = count(cases);
        if before >= wanted || idle > IDLE {
            return;
        }
        if let Some(value) = sampler.value(*optional) {
            cases.add(source, value);
        }
        idle = if count(cases) > before { 0 } else { idle + 1 };
    }
}

/// Up to `count` values made from a schema, and the mutants of the first few of them; made when they are asked for.
pub(super) fn candidates(schema: &Value, seed: u64, count: usize) -> impl Iterator<Item = Value> {
    let drawn = move |count: usize| {
        let mut sampler = Sampler::new(schema, seed);
        OPTIONAL.iter().cycle().take(count).filter_map(move |optional| sampler.value(*optional))
    };
    let mut near = NearMisses::new(schema);
    drawn(count).chain(drawn(MUTATED.min(count)).flat_map(move |value| near.of(&value)))
}

/// Texts for `value` that a `Value` cannot stand for: other spellings of the same, and what no reader may take.
fn spellings(root: &Value, value: &Value) -> Vec<Case> {
    let plain = value.to_string();
    let refused = |text: String| Case { text, value: None };
    let mut found: Vec<Case> = [" x", ",", "null", "}"].iter().map(|rest| refused(format!("{plain}{rest}"))).collect();
    found.push(Case { text: format!(" \t\r\n{plain} \n"), value: Some(value.clone()) });
    near_miss::visit(root, value, vec![root], String::new(), &mut |at, here_value, here| match here_value {
        Value::Number(number) => {
            found.extend(number.as_i64().filter(|whole| whole.unsigned_abs() < 1 << 53).into_iter().flat_map(|whole| {
                // Both texts are the same number as a float; it is that value which the type has to take.
                let respelled = [format!("{whole}.0"), format!("{whole}e0"), format!("{whole}0E-1")];
                respelled.into_iter().filter_map(|text| Case::read(written(value, at, &text)))
            }))
        }
        Value::String(text) => found.extend(Case::read(written(value, at, &escaped(text)))),
        Value::Object(members) => {
            for name in members.keys().filter(|name| is_kept(here, name)) {
                let twice = members
                    .iter()
                    .chain(members.get_key_value(name))
                    .map(|(name, value)| member(&json!(name).to_string(), value));
                found.push(refused(written(value, at, &braced(twice))));
                let respelled = members.iter().map(|(other, value)| {
                    member(&if other == name { escaped(other) } else { json!(other).to_string() }, value)
                });
                found.extend(Case::read(written(value, at, &braced(respelled))));
            }
        }
        _ => {}
    });
    found
}

/// Whether an object with this member has to keep it, so that it cannot be given twice: a schema speaks of it, or the
/// object is one of whose members no schema speaks. A schema that accepts everything speaks of nothing.
fn is_kept(here: &Keywords<'_>, name: &str) -> bool {
    let is_map = |schema: &&Map<String, Value>| schema.get("type").is_some_and(|of| of == "object");
    let says_nothing = |schema: &&Value| **schema == Value::Bool(true) || **schema == json!({});
    reach::property_names(here).contains(name)
        || !reach::member(here, name).iter().all(says_nothing)
        || (reach::maps(here, "properties").next().is_none() && here.iter().any(is_map))
}

impl Case {
    /// The case of a text that stands for what it says.
    fn read(text: String) -> Option<Self> {
        let value = serde_json::from_str(&text).ok()?;
        Some(Self { text, value: Some(value) })
    }
}

fn member(name: &str, value: &Value) -> String {
    format!("{name}:{value}")
}

fn braced(members: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// A JSON string with every UTF-16 unit escaped.
fn escaped(text: &str) -> String {
    format!("\"{}\"", text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>())
}

/// `value` as text, with `text` in the place of what stands at `at`.
fn written(value: &Value, at: &str, text: &str) -> String {
    let Some(token) = pointer::tokens(at).next() else { return text.to_owned() };
    let rest = at.get(1..).and_then(|rest| rest.find('/')).and_then(|end| at.get(end + 1..)).unwrap_or_default();
    let below = |name: &str, value: &Value| if name == token { written(value, rest, text) } else { value.to_string() };
    match value {
        Value::Object(members) => {
            braced(members.iter().map(|(name, value)| format!("{}:{}", json!(name), below(name, value))))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate().map(|(index, item)| below(&index.to_string(), item));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        _ => text.to_owned(),
    }
}
