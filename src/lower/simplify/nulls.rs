//! A schema that is not simplified yet -> whether it accepts `null`. A validator would be built of all that the schema refers to,
//! for each branch of a choice anew, and would ask what several branches refer to once for each: here nothing is asked twice.

use std::sync::PoisonError;

use serde_json::Value;

use super::Place;
use super::one::Simplify;
use super::tagged::{Tagged, reference, tag};
use crate::vocabulary::{self, Role};

impl Simplify<'_> {
    /// Whether `schema` accepts `null`; none where a reference of it leads nowhere.
    pub(super) fn accepts_null(&mut self, schema: &Tagged) -> Option<bool> {
        for (keyword, value) in schema {
            let passes = match (keyword.as_str(), value) {
                ("type", Value::String(name)) => name == "null",
                ("type", Value::Array(names)) => names.iter().any(|name| name == "null"),
                ("enum", Value::Array(values)) => values.contains(&Value::Null),
                ("const", value) => value.is_null(),
                ("allOf", Value::Array(branches)) => self.count_accepting_null(branches)? == branches.len(),
                ("anyOf", Value::Array(branches)) => self.count_accepting_null(branches)? > 0,
                ("oneOf", Value::Array(branches)) => self.count_accepting_null(branches)? == 1,
                ("not", inner) => !self.value_accepts_null(inner)?,
                ("if", condition) => {
                    let consequence = if self.value_accepts_null(condition)? { "then" } else { "else" };
                    schema.get(consequence).map_or(Some(true), |inner| self.value_accepts_null(inner))?
                }
                (keyword, Value::String(written)) if vocabulary::role(keyword) == Role::Reference => {
                    self.place_accepts_null(&reference(written)?)?
                }
                // All others speak of values of other types.
                _ => true,
            };
            if !passes {
                return Some(false);
            }
        }
        Some(true)
    }

    fn value_accepts_null(&mut self, schema: &Value) -> Option<bool> {
        match schema {
            Value::Object(schema) => self.accepts_null(schema),
            other => Some(*other != Value::Bool(false)),
        }
    }

    fn count_accepting_null(&mut self, branches: &[Value]) -> Option<usize> {
        branches.iter().try_fold(0, |count, branch| Some(count + usize::from(self.value_accepts_null(branch)?)))
    }

    fn place_accepts_null(&mut self, place: &Place) -> Option<bool> {
        let known = || self.accepting_null.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(place) {
            return *known;
        }
        // No source has a reference that leads back to itself without going on to a part of the value.
        if !self.asking_null.insert(place.clone()) {
            return None;
        }
        let accepts = self.accepts_null(&tag(self.sources, place));
        self.asking_null.remove(place);
        self.accepting_null.lock().unwrap_or_else(PoisonError::into_inner).insert(place.clone(), accepts);
        accepts
    }
}
