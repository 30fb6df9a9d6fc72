//! What a union is on the wire, as its type states it, and the kinds of values by which its branches are told apart.

use serde_json::Value;

/// What the first token of a JSON value shows. A number without a fraction is an integer, however it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Array,
    Boolean,
    Fraction,
    Integer,
    Null,
    Object,
    String,
}

/// What a union is on the wire.
pub(crate) struct Choice {
    /// The name of the Rust type.
    pub(crate) name: &'static str,
    /// The schema's file and the JSON Pointer of the definition.
    pub(crate) source: &'static str,
    /// The member whose string tells the objects of the branches apart, if there is one.
    pub(crate) tag: Option<&'static str>,
    /// Whether a value that more than one branch takes is refused.
    pub(crate) exactly_one: bool,
    /// The branches, in the order in which they are tried.
    pub(crate) branches: &'static [Branch],
}

/// A branch of a union.
pub(crate) struct Branch {
    /// The name of the variant.
    pub(crate) name: &'static str,
    /// The kinds of values that it may take.
    pub(crate) kinds: &'static [Kind],
    /// The strings of the tag that are its own.
    pub(crate) tags: &'static [&'static str],
}

impl Choice {
    /// The branches that may take a value of this kind.
    pub(crate) fn of(&'static self, kind: Kind) -> impl Iterator<Item = (usize, &'static Branch)> {
        self.branches.iter().enumerate().filter(move |(_, branch)| branch.kinds.contains(&kind))
    }

    /// Whether a branch may take a value of this kind. A constant wherever it is asked: nothing is made for what no branch takes.
    pub(crate) const fn takes(&self, kind: Kind) -> bool {
        self.count(kind) > 0
    }

    /// Whether there are values of whose branch neither their kind nor their tag says which it is. A constant wherever it is
    /// asked: nothing that tries branches is made for a union of which there are none.
    pub(crate) const fn is_tried(&self) -> bool {
        let mut kinds: &[Kind] = &[Kind::Array, Kind::Boolean, Kind::Fraction, Kind::Integer, Kind::Null, Kind::String];
        while let [kind, others @ ..] = kinds {
            if self.count(*kind) > 1 {
                return true;
            }
            kinds = others;
        }
        self.tag.is_none() && self.count(Kind::Object) > 1
    }

    /// How many branches may take a value of this kind.
    const fn count(&self, kind: Kind) -> usize {
        let mut count = 0;
        let mut branches = self.branches;
        while let [branch, others @ ..] = branches {
            let mut kinds = branch.kinds;
            while let [one, others @ ..] = kinds {
                if *one as u8 == kind as u8 {
                    count += 1;
                    break;
                }
                kinds = others;
            }
            branches = others;
        }
        count
    }

    /// The only branch that may take a value of this kind, if it is the only one.
    pub(crate) fn only(&'static self, kind: Kind) -> Option<usize> {
        let mut branches = self.of(kind);
        branches.next().filter(|_| branches.next().is_none()).map(|(index, _)| index)
    }
}

/// The kind of `value`.
pub(crate) fn kind(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_f64() => float(number.as_f64().unwrap_or_default()),
        Value::Number(_) => Kind::Integer,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

/// The kind of a number.
pub(crate) fn float(value: f64) -> Kind {
    if value.fract() == 0.0 { Kind::Integer } else { Kind::Fraction }
}
