//! A definition in two versions -> what becomes of the values that it accepts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Verdict;
use super::definitions::Definition;
use crate::lower::bundle;
use crate::prove::{Change, Changed, changes};
use crate::source::Version;
use crate::vocabulary::{self, Role};

/// A definition with all that it refers to.
pub(super) struct Whole {
    schema: Value,
    /// What of it refuses anything.
    asserting: Value,
    formats: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Whole {
    pub(super) fn of(version: &Version, definition: &Definition) -> Self {
        let schema = bundle(version, &definition.place, "");
        let document = version.documents.get(definition.place.document);
        let formats = document.map(|document| document.source.policy.formats.keys().cloned().collect());
        let named = vocabulary::subschemas(&schema, "").into_iter();
        let named =
            named.filter_map(|(_, schema)| schema.get("properties")?.as_object()).flat_map(|named| named.keys());
        let names = named.cloned().collect();
        Self { asserting: asserting(&schema), schema, formats: formats.unwrap_or_default(), names }
    }

    /// The names of all properties in it.
    pub(super) fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// Whether both say the same, but for what refuses nothing.
    pub(super) fn asserts_as(&self, other: &Self) -> bool {
        self.asserting == other.asserting && self.formats == other.formats
    }

    /// What is lost and gained in `new`; both schemas are read with the formats that either asserts.
    pub(super) fn changes(&self, new: &Self) -> Changed {
        if self.asserts_as(new) {
            return Changed { lost: Change::None, gained: Change::None };
        }
        changes(&self.schema, &new.schema, &self.formats.union(&new.formats).cloned().collect())
    }
}

/// The verdict on a definition that changed so.
pub(super) fn verdict(changed: &Changed) -> Verdict {
    match (&changed.lost, &changed.gained) {
        (Change::None, Change::None) => Verdict::WithoutEffect,
        (Change::None, Change::Shown(_)) => Verdict::Widened,
        (Change::Shown(_), Change::None) => Verdict::Narrowed,
        (Change::Shown(_), Change::Shown(_)) => Verdict::Both,
        (Change::Unknown(_), _) | (_, Change::Unknown(_)) => Verdict::Undecided,
    }
}

/// A copy of `document` without annotations, the members of each object in the order of their names.
fn asserting(document: &Value) -> Value {
    let mut copy = document.clone();
    for (pointer, _) in vocabulary::subschemas(document, "") {
        if let Some(Value::Object(schema)) = copy.pointer_mut(&pointer) {
            schema.retain(|keyword, _| vocabulary::role(keyword) != Role::Annotation);
        }
    }
    copy.sort_all_objects();
    copy
}
