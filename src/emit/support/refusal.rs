//! That a union refuses a value, and why.

use std::fmt;

use serde_json::Value;

use super::Invalid;
use super::against::{Against, named, told};
use super::invalid::{one_of, shortened};
use super::choice::{Choice, Kind, kind};

/// Why a union refuses a value.
pub(crate) enum Why {
    /// These two branches both take it.
    Both(&'static str, &'static str),
    /// No branch takes it.
    NoBranch,
    /// It has not the tag.
    NoTag(&'static str),
}

/// That a union refuses a value. The value is looked at more closely only where that is said.
pub(crate) struct Refusal<'a> {
    value: &'a Value,
    choice: &'static Choice,
    why: Why,
    of_branch: fn(usize, &Value) -> Option<String>,
}

impl<'a> Refusal<'a> {
    /// That the union that `choice` states refuses `value`; `of_branch` gives what the branch with an index has against a value.
    pub(crate) fn new(
        value: &'a Value,
        choice: &'static Choice,
        why: Why,
        of_branch: fn(usize, &Value) -> Option<String>,
    ) -> Self {
        Self { value, choice, why, of_branch }
    }

    fn no_branch(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Choice { name, source, branches, .. } = self.choice;
        let kind = kind(self.value);
        let tried = self.choice.of(kind).filter_map(|(index, branch)| {
            Against::of(branch.name, self.value, &|value| (self.of_branch)(index, value))
        });
        let mut told = told(tried.collect());
        let others = branches.iter().filter(|branch| !branch.kinds.contains(&kind)).map(|branch| branch.name);
        told.extend(named(others.collect()).map(|others| format!("no {kind}: {others}")));
        let (value, told) = (shortened(self.value), told.join("; "));
        write!(formatter, "{value}: no branch of {name} takes this ({source}) [{told}]")
    }
}

impl fmt::Display for Refusal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Choice { name, source, .. } = self.choice;
        let value = self.value;
        match self.why {
            Why::Both(first, second) => {
                write!(formatter, "{}: both {first} and {second} of {name} take this ({source})", shortened(value))
            }
            Why::NoBranch => self.no_branch(formatter),
            Why::NoTag(tag) => {
                let value = shortened(value);
                write!(formatter, "{value}: member `{tag}` of {name} is missing ({source})")
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Fraction => "number with a fraction",
            Self::Integer => "integer",
            Self::Null => "null",
            Self::Object => "object",
            Self::String => "string",
        })
    }
}
