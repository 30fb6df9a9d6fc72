//! Two documents of the same build -> whether they accept the same values because their parts do, one by one. A keyword says
//! the same of two sets of values that are equal, whatever it says: so where the algebra has no answer for a whole, such as a
//! choice between many branches, it is asked about the parts.

use serde_json::{Map, Value};

use super::questions::Questions;
use crate::vocabulary::{self, Holds, Role};

/// Pairs of schemas about which the algebra is asked.
const QUESTIONS: usize = 500;

/// Whether two documents are shown to be equal by their parts. Definitions, to which references lead, have to be the same.
pub(super) fn holds(source: &Value, re_export: &Value) -> bool {
    let Some(questions) = Questions::about(source, re_export, QUESTIONS) else { return false };
    ![source, re_export].into_iter().any(asks_what_is_evaluated) && Asked(questions).are_alike(source, re_export)
}

/// Whether a keyword depends on more of its neighbours than what they accept: on what they have looked at.
pub(super) fn asks_what_is_evaluated(document: &Value) -> bool {
    let asks = |schema: &Value| ["unevaluatedItems", "unevaluatedProperties"].iter().any(|it| schema.get(it).is_some());
    vocabulary::subschemas(document, "").into_iter().any(|(_, schema)| asks(schema))
}

/// The keywords that refuse something, with their values.
pub(super) fn refusing(keywords: &Map<String, Value>) -> impl Iterator<Item = (&str, &Value)> {
    let refuses = |keyword: &str| !matches!(vocabulary::role(keyword), Role::Annotation | Role::Definitions);
    keywords.iter().map(|(keyword, value)| (keyword.as_str(), value)).filter(move |(keyword, _)| refuses(keyword))
}

/// `schema`, or the only branch of its `allOf`, if there is nothing beside that.
fn alone(schema: &Value) -> &Value {
    let mut asserting = schema.as_object().into_iter().flat_map(refusing);
    match (asserting.next(), asserting.next()) {
        (Some(("allOf", Value::Array(branches))), None) => match branches.as_slice() {
            [only] => alone(only),
            _ => schema,
        },
        _ => schema,
    }
}

/// The only keyword of `keywords` that refuses something, if it has branches, and these.
fn only_list(keywords: &Map<String, Value>) -> Option<(&str, &[Value])> {
    let mut asserting = refusing(keywords);
    match (asserting.next()?, asserting.next()) {
        ((keyword @ ("allOf" | "anyOf" | "oneOf"), Value::Array(branches)), None) => Some((keyword, branches)),
        _ => None,
    }
}

struct Asked<'a>(Questions<'a>);

impl Asked<'_> {
    /// Whether the algebra says that both are equal, or else each part of the one and the same part of the other.
    fn are_equal(&mut self, one: &Value, other: &Value) -> bool {
        one == other || self.0.take() && (self.0.are_equal(one, other) || self.are_alike(one, other))
    }

    /// Whether both have the same keywords that refuse something, with parts that are equal.
    fn are_alike(&mut self, one: &Value, other: &Value) -> bool {
        let (Value::Object(one), Value::Object(other)) = (alone(one), alone(other)) else { return one == other };
        match (only_list(one), only_list(other)) {
            (Some(("oneOf", ours)), Some(("anyOf", theirs))) => return self.choices_are_equal(ours, theirs),
            (Some(("anyOf", ours)), Some(("oneOf", theirs))) => return self.choices_are_equal(theirs, ours),
            _ => {}
        }
        refusing(one).count() == refusing(other).count()
            && refusing(one).all(|(keyword, value)| match (vocabulary::role(keyword), other.get(keyword)) {
                (Role::Applicator(holds), Some(beside)) => self.parts_are_equal(holds, value, beside),
                (_, beside) => beside == Some(value),
            })
    }

    /// Whether exactly one of the one branches takes what any of the others takes: each is equal to the one at its place, and
    /// no value is of two.
    fn choices_are_equal(&mut self, exactly_one: &[Value], any: &[Value]) -> bool {
        let pairs = exactly_one.iter().enumerate();
        let mut pairs =
            pairs.flat_map(|(index, one)| exactly_one.iter().skip(index + 1).map(move |other| (one, other)));
        exactly_one.len() == any.len()
            && pairs.all(|(one, other)| {
                self.0.take()
                    && (self.0.look_apart(std::slice::from_ref(one), other) || self.0.are_apart(&[one, other]))
            })
            && exactly_one.iter().zip(any).all(|(one, other)| self.are_equal(one, other))
    }

    fn parts_are_equal(&mut self, holds: Holds, one: &Value, other: &Value) -> bool {
        match (holds, one, other) {
            (Holds::One, ..) => self.are_equal(one, other),
            (Holds::List, Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.are_equal(one, other))
            }
            (Holds::Map, Value::Object(one), Value::Object(other)) => {
                let mut pairs = one.iter().map(|(name, schema)| other.get(name).map(|beside| (schema, beside)));
                one.len() == other.len()
                    && pairs.all(|pair| pair.is_some_and(|(schema, beside)| self.are_equal(schema, beside)))
            }
            _ => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::holds;

    #[test]
    fn what_is_evaluated_is_more_than_what_is_accepted() {
        let with = |part: serde_json::Value| json!({"anyOf": [part], "unevaluatedProperties": false});
        assert!(!holds(&with(json!({"properties": {"a": true}})), &with(json!({"properties": {"b": true}}))));
        assert!(!holds(&with(json!({"properties": {"a": true}})), &with(json!({}))));
    }

    #[test]
    fn a_choice_of_exactly_one_is_one_of_any_where_no_value_is_of_two() {
        let choice =
            |keyword: &str, second: &str| json!({keyword: [{"not": {"type": ["null", "string"]}}, {"type": second}]});
        assert!(holds(&choice("oneOf", "null"), &choice("anyOf", "null")));
        assert!(holds(&choice("anyOf", "string"), &json!({"allOf": [choice("oneOf", "string")]})));
        assert!(!holds(&choice("oneOf", "boolean"), &choice("anyOf", "boolean")));
        assert!(!holds(&choice("oneOf", "null"), &choice("anyOf", "string")));
    }

    #[test]
    fn documents_of_the_same_build_are_equal_if_their_parts_are() {
        let choice = |least: u64, other: &str| json!({"oneOf": [{"type": "integer", "minimum": least, "title": other}, {"not": {"type": other}}]});
        let spelled = json!({"oneOf": [{"allOf": [{"type": "integer"}, {"minimum": 1}]}, {"not": {"enum": ["a"], "type": "null"}}]});
        assert!(holds(&choice(1, "null"), &choice(1, "null")));
        assert!(holds(
            &json!({"oneOf": [{"type": "integer", "minimum": 1}, {"not": false}]}),
            &json!({"oneOf": [{"allOf": [{"type": "integer"}, {"minimum": 1}]}, {}]})
        ));
        for other in [
            choice(2, "null"),
            choice(1, "string"),
            spelled,
            json!({"anyOf": choice(1, "null")["oneOf"]}),
            json!({"oneOf": []}),
            json!(true),
        ] {
            assert!(!holds(&choice(1, "null"), &other), "{other}");
        }
        let with = |least: u64| json!({"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"minimum": least}}});
        assert!(holds(&with(1), &with(1)) && !holds(&with(1), &with(2)));
    }
}
