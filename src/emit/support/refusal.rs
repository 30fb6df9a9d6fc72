//! That a union refuses a value, and why.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::Invalid;
use super::against::{Against, named, told};
use super::invalid::{one_of, shortened};
use super::path::{Below, within};
use super::choice::{Choice, Kind, kind};
use super::union::Union;

/// Why a union refuses a value.
pub(crate) enum Why {
    /// These two branches both take it.
    Both(&'static str, &'static str),
    /// No branch takes it.
    NoBranch,
    /// It has not the tag.
    NoTag(&'static str),
}

/// That the union `T` refuses a value. The value is looked at more closely only where that is said.
pub(crate) struct Refusal<'a, T> {
    value: &'a Value,
    why: Why,
    union: PhantomData<T>,
}

impl<'a, T: Union> Refusal<'a, T> {
    pub(crate) fn new(value: &'a Value, why: Why) -> Self {
        Self { value, why, union: PhantomData }
    }

    /// What the branch with this index has against `value`.
    fn of_branch(index: usize, value: &Value) -> Option<String> {
        let error: serde_json::Error = T::read_branch(index, value.clone()).err()?;
        Some(within(T::CHOICE.source, error).to_string())
    }

    fn no_branch(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Choice { name, source, branches, .. } = T::CHOICE;
        let kind = kind(self.value);
        let tried = T::CHOICE.of(kind).filter_map(|(index, branch)| {
            Against::of(branch.name, self.value, |value| Self::of_branch(index, value))
        });
        let mut told = told(tried.collect());
        let others = branches.iter().filter(|branch| !branch.kinds.contains(&kind)).map(|branch| branch.name);
        told.extend(named(others.collect()).map(|others| format!("no {kind}: {others}")));
        let (value, told) = (shortened(self.value), told.join("; "));
        write!(formatter, "{value}: no branch of {name} takes this ({source}) [{told}]")
    }
}

impl<T: Union> fmt::Display for Refusal<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Choice { name, source, .. } = T::CHOICE;
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
