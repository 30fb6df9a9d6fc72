//! Schemas of one set of definitions -> what the algebra says of them, so many questions and no more.

use jsonschema::canonical::Satisfiability;
use serde_json::{Value, json};

use super::{atoms, sets, side};
use crate::caught::caught;

/// The algebra, for a number of questions about parts of documents; each answer but a plain yes is no.
pub(super) struct Questions<'a> {
    /// The definitions to which references in the parts lead.
    definitions: Option<&'a Value>,
    left: usize,
}

impl<'a> Questions<'a> {
    /// For `count` questions about parts of two documents; none if their definitions are not the same.
    pub(super) fn about(one: &'a Value, other: &'a Value, count: usize) -> Option<Self> {
        let definitions = one.get("$defs");
        (definitions == other.get("$defs")).then_some(Self { definitions, left: count })
    }

    /// Takes one of the questions that are left, if there is one.
    pub(super) fn take(&mut self) -> bool {
        let left = self.left.checked_sub(1);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether everything that `one` accepts is accepted by `other`.
    pub(super) fn is_within(&self, one: &Value, other: &Value) -> bool {
        let [one, other] = [one, other].map(|schema| side::canonical(&self.document(schema)));
        one.is_ok_and(|one| other.is_ok_and(|other| sets::subtract(&one, &other).is_ok()))
    }

    /// Whether both accept the same values.
    pub(super) fn are_equal(&self, one: &Value, other: &Value) -> bool {
        let [one, other] = [one, other].map(|schema| side::canonical(&self.document(schema)));
        let (Ok(one), Ok(other)) = (one, other) else { return false };
        sets::subtract(&one, &other).is_ok() && sets::subtract(&other, &one).is_ok()
    }

    /// Whether it is plain to see that no value is of all of `left` and of `other`.
    pub(super) fn look_apart(&self, left: &[Value], other: &Value) -> bool {
        atoms::look_apart(left, other, self.definitions)
    }

    /// Whether no value is accepted by all of `schemas`.
    pub(super) fn are_apart(&self, schemas: &[&Value]) -> bool {
        let both = side::canonical(&self.document(&json!({"allOf": schemas})));
        both.is_ok_and(|both| caught(|| both.satisfiability()) == Ok(Satisfiability::No))
    }

    /// `schema` as a document.
    fn document(&self, schema: &Value) -> Value {
        let mut document = schema.clone();
        if let (Some(keywords), Some(definitions)) = (document.as_object_mut(), self.definitions) {
            keywords.insert("$defs".to_owned(), definitions.clone());
        }
        document
    }
}
