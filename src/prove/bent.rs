//! A schema -> schemas that ask for the opposite of one of its rules, or do not ask for it: what they accept and the first
//! does not is a near-miss, met in everything but that rule.

use serde_json::{Map, Value, json};

use super::rng::Rng;
use crate::vocabulary::{self, Role};

/// Documents that differ from `document` by one rule each. They have at most `most` schemas together: of a document with
/// many rules, some are chosen.
pub(super) fn bent(document: &Value, seed: u64, most: usize) -> Vec<Value> {
    let schemas = vocabulary::subschemas(document, "");
    let rules = schemas.iter().flat_map(|(at, schema)| {
        let keywords = schema.as_object().into_iter().flatten();
        let rules = keywords.filter(|(keyword, _)| {
            matches!(vocabulary::role(keyword), Role::Assertion | Role::Applicator(_))
                && keyword.as_str() != "properties"
        });
        rules.map(move |(keyword, value)| (at, keyword, value))
    });
    let (chosen, _) = Rng::new(seed).some_of(rules.collect(), most / schemas.len());
    let without = chosen.into_iter().filter_map(|(at, keyword, value)| {
        let mut bent = document.clone();
        let schema = bent.pointer_mut(at)?.as_object_mut()?;
        schema.shift_remove(keyword);
        turn(schema, keyword, value);
        Some(bent)
    });
    without.collect()
}

/// Puts the opposite of a rule about counts into `schema`: just beyond it, whatever else asks for more or less.
fn turn(schema: &mut Map<String, Value>, keyword: &str, value: &Value) {
    let beyond = |step: f64| value.as_f64().map(|bound| bound + step).filter(|bound| (0.0..1e9).contains(bound));
    let (opposite, bound) = match keyword {
        "maxLength" => ("minLength", beyond(1.0)),
        "maxItems" => ("minItems", beyond(1.0)),
        "maxProperties" => ("minProperties", beyond(1.0)),
        "minLength" => ("maxLength", beyond(-1.0)),
        "minItems" => ("maxItems", beyond(-1.0)),
        "minProperties" => ("maxProperties", beyond(-1.0)),
        _ => return,
    };
    if let Some(bound) = bound {
        schema.insert(opposite.to_owned(), json!(bound as u64));
    }
}
