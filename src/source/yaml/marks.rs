//! Where the values of a YAML document stand: a tree of the same form as the value.

use serde_json::Value;

use crate::{diagnostic::Position, pointer};

/// Where a value stands, and each of its members or elements, in their order.
#[derive(Clone, Debug)]
pub(in crate::source) struct Marks {
    /// Line and column, which are below 2^25, because files are.
    at: (u32, u32),
    parts: Vec<Marks>,
}

impl Marks {
    pub(super) fn new(at: Position) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { at: (small(at.line), small(at.column)), parts: Vec::new() }
    }

    pub(super) fn push(&mut self, part: Self) {
        self.parts.push(part);
    }

    pub(super) fn into_parts(self) -> Vec<Self> {
        self.parts
    }

    /// The same, itself standing at `at`.
    pub(super) fn moved(&self, at: Position) -> Self {
        Self { parts: self.parts.clone(), ..Self::new(at) }
    }

    /// The position of the value at `pointer` of `value`, whose marks these are; when there is none, of the nearest
    /// value around where it would be.
    pub(in crate::source) fn position(&self, value: &Value, pointer: &str) -> Position {
        let (mut here, mut value) = (self, value);
        for token in pointer::tokens(pointer) {
            let index = match value {
                Value::Object(members) => members.keys().position(|name| *name == token),
                Value::Array(_) => token.parse().ok(),
                _ => None,
            };
            let Some((part, below)) = index.and_then(|index| {
                let below = match value {
                    Value::Object(members) => members.get(&token),
                    other => other.get(index),
                };
                here.parts.get(index).zip(below)
            }) else {
                break;
            };
            (here, value) = (part, below);
        }
        let (line, column) = here.at;
        Position { line: line as usize, column: column as usize }
    }
}
