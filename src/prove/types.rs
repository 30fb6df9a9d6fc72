//! A schema -> the types of which its values may be, by its own `type`, `const` and `enum`.

use serde_json::Value;

/// A set of the six types of JSON; an integer is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types(u8);

const NAMES: [&str; 6] = ["null", "boolean", "number", "string", "array", "object"];

impl Types {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ALL: Self = Self(0b11_1111);
    pub(super) const SCALAR: Self = Self(0b00_1111);
    pub(super) const ARRAY: Self = Self(0b01_0000);
    pub(super) const OBJECT: Self = Self(0b10_0000);

    /// The types that `schema` itself allows.
    pub(super) fn of(schema: &Value) -> Self {
        let Value::Object(keywords) = schema else { return if schema == false { Self::NONE } else { Self::ALL } };
        let any = |types: &mut dyn Iterator<Item = Self>| types.fold(Self::NONE, Self::or);
        let by_type = match keywords.get("type") {
            Some(Value::String(name)) => Self::named(name),
            Some(Value::Array(names)) => any(&mut names.iter().filter_map(Value::as_str).map(Self::named)),
            _ => Self::ALL,
        };
        let by_enum = keywords.get("enum").and_then(Value::as_array);
        let by_enum = by_enum.map_or(Self::ALL, |values| any(&mut values.iter().map(Self::of_value)));
        by_type.and(by_enum).and(keywords.get("const").map_or(Self::ALL, Self::of_value))
    }

    fn named(name: &str) -> Self {
        let name = if name == "integer" { "number" } else { name };
        NAMES.iter().position(|other| *other == name).map_or(Self::NONE, |index| Self(1 << index))
    }

    fn of_value(value: &Value) -> Self {
        Self::named(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        })
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }
}
