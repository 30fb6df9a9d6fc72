//! A schema and a seed -> what the type is asked to read: distinct valid values, distinct near-misses, and texts that
//! are more than the value they stand for. The validator of the source says which is which.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::near_miss::NearMisses;
use super::sample::Sampler;
use super::side::{Side, Sides};
use super::{Effort, bent, spelling};
use crate::vocabulary;

/// Values of one schema whose mutants are all tried, however many near-misses there are already.
const MUTATED: usize = 8;
/// Values for each one wanted, after which there are no more mutants: where hardly any is invalid, they are no near-misses.
const CROWD: usize = 3;
/// Attempts in a row that bring nothing new, after which there is taken to be nothing more.
const IDLE: usize = 500;
/// Values of each schema that lacks one rule; no more than near-misses are wanted.
const BENT: usize = 5;
/// For how many JSON values in mutants there may be one in the texts of a value, and one schema in the bent schemas.
const TEXT: usize = 12;
const SCHEMA: usize = 15;
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
    /// How many near-misses and texts were left out.
    pub(super) left_out: usize,
    seen: BTreeSet<String>,
    limits: Limits,
}

/// What values a Rust type, and the validator, can be asked about.
#[derive(Debug, Default)]
struct Limits {
    /// Whether integers are not more than doubles tell apart: the validator computes multiples of fractions in doubles, and
    /// so does a type for numbers.
    doubles: bool,
    /// Whether no two integers that doubles do not tell apart are in one array: of items that have to differ, two may become
    /// one when they are rounded, or equal ones two, when one is not.
    distinct: bool,
    /// Whether integers are not more than `i64` holds: no bound and no list speaks of larger ones.
    signed: bool,
}

impl Limits {
    fn of(schema: &Value) -> Self {
        let schemas = vocabulary::subschemas(schema, "");
        let schemas = || schemas.iter().map(|(_, schema)| *schema);
        let number = |schema: &Value, keyword: &str| schema.get(keyword).and_then(Value::as_f64);
        let multiples = |schema: &Value| {
            number(schema, "multipleOf")
                .is_some_and(|of| of.fract() != 0.0 || schema.get("type") != Some(&json!("integer")))
        };
        let bounds = ["maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"];
        let unique = |schema: &Value| schema.get("uniqueItems") == Some(&json!(true));
        let rounded = |schema: &Value| match schema.get("type") {
            None => bounds.iter().any(|keyword| schema.get(keyword).is_some()),
            Some(Value::Array(names)) => names.contains(&json!("number")),
            Some(name) => name == "number",
        };
        let unsigned = |schema: &Value| {
            let natural = number(schema, "minimum").is_some_and(|least| least > -1.0)
                || number(schema, "exclusiveMinimum").is_some_and(|below| below >= -1.0);
            let large = |keyword: &&str| number(schema, keyword).is_some_and(|bound| bound >= BEYOND);
            natural && (bounds.iter().any(large) || schema.get("format") == Some(&json!("uint64")))
        };
        let listed = |schema: &Value| {
            let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten().chain(schema.get("const"));
            values.into_iter().any(|value| value.as_u64().is_some_and(|number| i64::try_from(number).is_err()))
        };
        Self {
            doubles: schemas().any(multiples),
            distinct: schemas().any(unique) && schemas().any(rounded),
            signed: !schemas().any(|schema| unsigned(schema) || listed(schema)),
        }
    }

    /// Whether no number in `value` is beyond them. No type holds a float that is an integer beyond 64 bits.
    fn hold(&self, value: &Value) -> bool {
        (!self.distinct || are_distinct(value)) && self.hold_each(value)
    }

    fn hold_each(&self, value: &Value) -> bool {
        match value {
            Value::Number(number) => match (number.as_i128(), number.as_f64()) {
                (Some(number), _) if self.doubles && number.unsigned_abs() > 1 << 53 => false,
                (Some(number), _) => !self.signed || i64::try_from(number).is_ok(),
                (None, Some(number)) if self.doubles && number.abs() > DOUBLES => false,
                (None, number) => number.is_none_or(|number| number.fract() != 0.0 || number.abs() < BEYOND),
            },
            Value::Array(items) => items.iter().all(|item| self.hold_each(item)),
            Value::Object(members) => members.values().all(|member| self.hold_each(member)),
            _ => true,
        }
    }
}

/// Whether no two integers in one array, however deep, are the same double and beyond what doubles tell apart.
fn are_distinct(value: &Value) -> bool {
    match value {
        Value::Array(_) => are_new(value, &mut BTreeSet::new()),
        Value::Object(members) => members.values().all(are_distinct),
        _ => true,
    }
}

/// Whether none of the integers in `value` is the same double as one before, which are `seen`.
fn are_new(value: &Value, seen: &mut BTreeSet<u64>) -> bool {
    match value {
        Value::Number(number) => {
            let double = number.as_f64().filter(|double| double.abs() >= DOUBLES);
            double.is_none_or(|double| seen.insert(double.to_bits()))
        }
        Value::Array(items) => items.iter().all(|item| are_new(item, seen)),
        Value::Object(members) => members.values().all(|member| are_new(member, seen)),
        _ => true,
    }
}

/// Up to here doubles tell all integers apart.
const DOUBLES: f64 = 9_007_199_254_740_992.0;
/// The least power of two beyond `i64`.
const BEYOND: f64 = 9_223_372_036_854_775_808.0;

impl Cases {
    /// Files a new value by its label.
    fn add(&mut self, source: &Side, value: Value) {
        let text = value.to_string();
        if self.limits.hold(&value) && self.seen.insert(text.clone()) {
            let kind = if source.validator.is_valid(&value) { &mut self.valid } else { &mut self.near_miss };
            kind.push(Case { text, value: Some(value) });
        }
    }
}

/// The cases for both sides: values of the source, values of the re-export, and what is near them, so that whatever one
/// of them knows and the other does not is tried. The source alone says which are valid.
pub(super) fn collect(sides: &Sides, effort: &Effort) -> Cases {
    let Sides { source, re_export } = sides;
    let mut cases = Cases { limits: Limits::of(&source.schema), ..Cases::default() };
    for basic in [json!(null), json!(true), json!(0), json!(1.5), json!("x"), json!([]), json!({})] {
        cases.add(source, basic);
    }
    draw(source, &source.schema, effort.seed, &mut cases, effort.valid, |cases| cases.valid.len());
    let mut near = NearMisses::new(&source.schema, effort.seed, effort.nodes);
    let valid: Vec<Value> = cases.valid.iter().filter_map(|case| case.value.clone()).collect();
    for (index, value) in valid.iter().enumerate() {
        let crowded = cases.seen.len() >= CROWD * (effort.valid + effort.near_miss);
        if index >= MUTATED && (crowded || cases.near_miss.len() >= effort.near_miss) {
            break;
        }
        near.of(value).into_iter().for_each(|mutant| cases.add(source, mutant));
    }
    // Of one and the same document, these would be the same values again.
    let known = if source.schema == re_export.schema { 0 } else { effort.valid.div_ceil(4) };
    let known: Vec<Value> = drawn(&re_export.schema, effort.seed, known).collect();
    let mut near_known = NearMisses::new(&re_export.schema, effort.seed, effort.nodes);
    let mutants: Vec<Value> = known.iter().take(MUTATED).flat_map(|value| near_known.of(value)).collect();
    known.into_iter().chain(mutants).for_each(|value| cases.add(source, value));
    for bent in bent::bent(&source.schema, effort.seed, effort.nodes / SCHEMA) {
        drawn(&bent, effort.seed, BENT.min(effort.near_miss)).for_each(|value| cases.add(source, value));
    }
    // Where few values are valid, few are near them; then any value must do.
    draw(source, &json!(true), effort.seed, &mut cases, effort.near_miss, |cases| cases.near_miss.len());
    let (texts, left_out) =
        spelling::texts(&source.schema, valid.iter().take(MUTATED), effort.seed, effort.nodes / TEXT);
    cases.left_out = near.left_out + near_known.left_out + left_out;
    cases.texts = texts;
    cases
}

/// Up to `count` distinct valid values of `source`.
pub(super) fn valid(source: &Side, seed: u64, count: usize) -> Vec<Value> {
    let mut cases = Cases { limits: Limits::of(&source.schema), ..Cases::default() };
    draw(source, &source.schema, seed, &mut cases, count, |cases| cases.valid.len());
    cases.valid.into_iter().filter_map(|case| case.value).collect()
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
    let mut near = NearMisses::new(schema, seed, Effort::default().nodes);
    let mutants = drawn(schema, seed, MUTATED.min(count)).flat_map(move |value| near.of(&value));
    drawn(schema, seed, count).chain(mutants)
}

/// Up to `count` values made from a schema.
pub(super) fn drawn(schema: &Value, seed: u64, count: usize) -> impl Iterator<Item = Value> {
    let mut sampler = Sampler::new(schema, seed);
    OPTIONAL.iter().cycle().take(count).filter_map(move |optional| sampler.value(*optional))
}
