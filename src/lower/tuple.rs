//! `prefixItems` -> which items are fields, and whether a list of others comes after them.

use serde_json::{Map, Value};

use super::class::Kind;
use super::object::accepts_all;
use super::rules::Rule;

/// An array whose first items each have a schema of their own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tuple {
    /// How many items have a schema of their own.
    pub(super) prefix: usize,
    /// How many of them must be present: the first.
    pub(super) required: usize,
    /// Whether there may be more items.
    pub(super) rest: bool,
    /// Whether `items` refuses more.
    pub(super) closed: bool,
}

/// The tuple that an array of these keywords is, if it is one. A bound that its fields hold is taken out of `rules`.
pub(super) fn tuple<'a>(keywords: &Map<String, Value>, rules: &mut Vec<Rule>) -> Option<Kind<'a>> {
    let prefix = keywords.get("prefixItems").and_then(Value::as_array).filter(|prefix| !prefix.is_empty())?.len();
    let count = |keyword: &str| {
        let count = rules.iter().find(|rule| rule.keyword == keyword)?.value.as_u64()?;
        usize::try_from(count).ok()
    };
    let least = count("minItems").unwrap_or(0);
    let ends = count("maxItems").is_some_and(|most| most <= prefix);
    let items = keywords.get("items").filter(|items| !accepts_all(items));
    let closed = items == Some(&Value::Bool(false));
    rules.retain(|rule| rule.keyword != "minItems" || least > prefix);
    let rest = !closed && (items.is_some() || !ends);
    Some(Kind::Tuple(Tuple { prefix, required: least.min(prefix), rest, closed }))
}
