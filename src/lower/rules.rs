//! The assertions that a checked type makes beside its `type`: keywords -> rules that can be checked exactly.

use serde_json::{Map, Number, Value};

/// A rule: a keyword of JSON Schema Validation, section 6, with its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The keyword.
    pub keyword: String,
    /// Its value, which the check can hold exactly.
    pub value: Value,
}

/// The keywords that are checked for a value of each type.
#[must_use]
pub(super) fn keywords(type_name: &str) -> &'static [&'static str] {
    match type_name {
        "string" => &["minLength", "maxLength", "pattern"],
        "integer" | "number" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
        "array" => &["minItems", "maxItems", "uniqueItems"],
        "object" => &["minProperties", "maxProperties", "dependentRequired"],
        _ => &[],
    }
}

/// The rules among the keywords of a schema of this type; none where one of them cannot be checked exactly.
pub(super) fn rules(type_name: &str, schema: &Map<String, Value>) -> Option<Vec<Rule>> {
    let stated = keywords(type_name).iter().filter_map(|keyword| Some((*keyword, schema.get(*keyword)?)));
    let stated = stated.filter(|(keyword, value)| !refuses_nothing(keyword, value));
    stated
        .map(|(keyword, value)| Some(Rule { keyword: keyword.to_owned(), value: exact(type_name, keyword, value)? }))
        .collect()
}

/// Whether `keyword` with this `value` is there and refuses nothing all the same: no type is made for that.
pub(super) fn refuses_nothing(keyword: &str, value: &Value) -> bool {
    match keyword {
        "uniqueItems" => *value == Value::Bool(false),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "dependentRequired" => value.as_object().is_some_and(Map::is_empty),
        _ => false,
    }
}

/// `value` as the check holds it, if it can.
fn exact(type_name: &str, keyword: &str, value: &Value) -> Option<Value> {
    match (type_name, keyword, value) {
        ("string", "pattern", Value::String(pattern)) => compiled(pattern).map(|_| value.clone()),
        ("array", "uniqueItems", _) | ("object", "dependentRequired", _) => Some(value.clone()),
        ("integer", _, Value::Number(_)) => Some(value.clone()),
        // The number is held as a double: so must be the bound, or one that keeps it could be rounded to one that does not.
        ("number", "multipleOf", Value::Number(_)) => Some(value.clone()),
        ("number", _, Value::Number(number)) => is_double(keyword, number).then(|| value.clone()),
        (_, _, Value::Number(number)) => {
            let count = number.as_u64().or_else(|| whole(number.as_f64()?)?.try_into().ok())?;
            u32::try_from(count).ok().map(Value::from)
        }
        _ => None,
    }
}

/// Whether a bound is a double, and no number that keeps it is rounded to one that does not: from 2^53 on, a double less
/// than an exclusive bound can be the nearest to an integer that is not.
fn is_double(keyword: &str, bound: &Number) -> bool {
    let size = bound.as_i128().map_or(0, i128::unsigned_abs);
    let rounds = (size >> size.trailing_zeros().min(127)) >= 1 << 53;
    let is_small = bound.as_f64().is_some_and(|bound| bound.abs() < 9_007_199_254_740_992.0);
    !rounds && (is_small || !keyword.starts_with("exclusive"))
}

/// A float without a fraction as the integer that it is.
fn whole(number: f64) -> Option<i64> {
    let is_whole = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and in the range of i64")]
    is_whole.then_some(number as i64)
}

/// Whether the integers that keep `rules` are none below zero, and the largest are meant to be beyond `i64`: by a bound, or
/// by the format.
pub(super) fn are_unsigned(rules: &[Rule], schema: &Map<String, Value>) -> bool {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    let bound = |keyword: &str| rules.iter().find(|rule| rule.keyword == keyword)?.value.as_number();
    let is_above = |keyword: &str, limit: f64| bound(keyword).and_then(Number::as_f64).is_some_and(|it| it > limit);
    let is_natural = is_above("minimum", -1.0)
        || bound("exclusiveMinimum").and_then(Number::as_f64).is_some_and(|below| below >= -1.0);
    let is_large = |bound: &Number| match bound.as_i128() {
        Some(bound) => bound > i128::from(i64::MAX),
        None => bound.as_f64().is_some_and(|bound| bound >= BEYOND),
    };
    let bounds = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
    let is_large = bounds.into_iter().filter_map(bound).any(is_large);
    is_natural && (is_large || schema.get("format").is_some_and(|format| format == "uint64"))
}

/// The regular expression, as generated code compiles it.
pub(super) fn compiled(pattern: &str) -> Option<regress::Regex> {
    regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)).ok()
}

/// What says whether a string keeps `rules`, which are those of a string.
pub(super) fn keeping(rules: &[Rule]) -> impl Fn(&str) -> bool {
    let patterns = rules.iter().filter(|rule| rule.keyword == "pattern").filter_map(|rule| rule.value.as_str());
    let patterns: Vec<Option<regress::Regex>> = patterns.map(compiled).collect();
    move |text| {
        let length = text.chars().count();
        let is_in = rules.iter().all(|Rule { keyword, value }| match (keyword.as_str(), value.as_u64()) {
            ("minLength", Some(count)) => length as u64 >= count,
            ("maxLength", Some(count)) => length as u64 <= count,
            _ => true,
        });
        let matches = |pattern: &Option<regress::Regex>| pattern.as_ref().is_some_and(|it| it.find(text).is_some());
        is_in && patterns.iter().all(matches)
    }
}
