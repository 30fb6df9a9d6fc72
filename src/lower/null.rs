//! A choice between `null` and one other schema -> where the two stand; and whether a schema accepts `null` at all.

use serde_json::{Map, Value};

use super::class::{Class, Kind, classify_alone};
use super::place::{Place, Schemas};
use super::{bundle, simplify::Simple, union};
use crate::vocabulary::{self, Role};

/// Where the branches of `anyOf` or `oneOf` stand that are a schema and `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alternative {
    pub(super) keyword: &'static str,
    schema: usize,
    null: usize,
}

impl Alternative {
    /// The place of the schema, in the one at `place`.
    pub(super) fn schema(self, place: &Place) -> Place {
        place.below(self.keyword).below(&self.schema.to_string())
    }

    /// The place of the `null`, in the schema at `place`.
    pub(super) fn null(self, place: &Place) -> Place {
        place.below(self.keyword).below(&self.null.to_string())
    }
}

/// The branches of a schema whose `anyOf` or `oneOf`, the only one of the two, is a choice between `null` and another.
pub(super) fn alternative(keywords: &Map<String, Value>) -> Option<Alternative> {
    let keyword = ["anyOf", "oneOf"].into_iter().find(|keyword| keywords.contains_key(*keyword))?;
    let [first, second] = keywords.get(keyword)?.as_array()?.as_slice() else { return None };
    match (is_null_alone(first), is_null_alone(second)) {
        (true, false) => Some(Alternative { keyword, schema: 1, null: 0 }),
        (false, true) => Some(Alternative { keyword, schema: 0, null: 1 }),
        _ => None,
    }
}

/// Whether a schema accepts `null` alone by its `type`, `const` or `enum`.
fn is_null_alone(schema: &Value) -> bool {
    let keywords = schema.as_object().into_iter().flatten();
    let mut asserting = keywords.filter(|(keyword, _)| {
        matches!(vocabulary::role(keyword), Role::Assertion | Role::Applicator(_) | Role::Reference)
    });
    let is_null = match asserting.next().map(|(keyword, value)| (keyword.as_str(), value)) {
        Some(("type", Value::String(name))) => name == "null",
        Some(("const", value)) => value.is_null(),
        Some(("enum", Value::Array(values))) => matches!(values.as_slice(), [Value::Null]),
        _ => false,
    };
    is_null && asserting.next().is_none()
}

/// Whether the schema at `place` accepts `null`.
pub(super) fn accepts(simple: &Simple, place: &Place) -> bool {
    let (mut place, mut inverted) = (place.clone(), false);
    loop {
        let Class { kind, nullable, .. } = classify_alone(simple, &place);
        let accepts = match kind {
            Kind::Alternative(alternative) if alternative.keyword == "oneOf" => {
                // Exactly one of the two: `null` itself, and then not the other.
                (place, inverted) = (alternative.schema(&place), !inverted);
                continue;
            }
            Kind::Reference => match simple.target(&place) {
                Some(target) => {
                    place = target;
                    continue;
                }
                None => true,
            },
            Kind::Opaque(_) => {
                let validator = jsonschema::draft202012::new(&bundle(simple, &place, ""));
                validator.is_ok_and(|validator| validator.is_valid(&Value::Null))
            }
            Kind::Branches(_) | Kind::Types(_) => union::kinds(simple, &place).contains(&union::JsonKind::Null),
            Kind::Any | Kind::Null => true,
            _ => nullable,
        };
        return accepts != inverted;
    }
}
