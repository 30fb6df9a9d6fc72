//! Rules about what programs see that are compiled against the generated crate, each with the step that its version has to
//! take, after Cargo's SemVer reference.
//!
//! The fields of structs are public, so programs write them out, and enums are exhaustive, so programs match all of their
//! variants: one more of either breaks them.

use std::fmt;

/// How much of a version has to change, by Semantic Versioning 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Programs see nothing of it.
    Patch,
    /// There is more than there was, or it does something else; all programs compile that did.
    Minor,
    /// Programs that compiled may not compile any more.
    Major,
}

impl Step {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    /// Its name in output and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A kind of change of the generated crate.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustRule {
    /// What it is called, once and for all.
    pub id: &'static str,
    /// What it tells, in one line.
    pub purpose: &'static str,
    /// The step that it asks for.
    pub step: Step,
}

pub(in crate::evolve) const RULES: &[RustRule] = &[
    major("rust-type-removed", "the path of a type leads nowhere any more"),
    major("rust-type-renamed", "a type has another path, and is that of the same place of the schema"),
    minor("rust-type-added", "a type is new"),
    major("rust-kind-changed", "a struct became an enum, a newtype a struct, or the like"),
    major("rust-field-added", "a struct that programs write out has one more field"),
    major("rust-field-removed", "a field is gone"),
    major("rust-field-renamed", "the field of a member has another name"),
    major("rust-field-retyped", "a field is of another type"),
    major("rust-variant-added", "an enum that programs match has one more variant"),
    major("rust-variant-removed", "a variant is gone"),
    major("rust-variant-renamed", "the variant of a value or a branch has another name"),
    major("rust-variant-retyped", "a variant holds another type"),
    major("rust-variant-moved", "variants that compare, or are cast to numbers, by their order stand in another one"),
    major("rust-impl-removed", "a type does not implement a trait any more, or does so for another type"),
    minor("rust-impl-added", "a type implements one more trait"),
    major("rust-function-removed", "a function is gone"),
    major("rust-function-changed", "a function takes or gives something else"),
    minor("rust-function-added", "a type has one more function"),
    major("rust-constant-removed", "a constant is gone, as the rule is that it was the value of"),
    major("rust-constant-retyped", "a constant is of another type"),
    minor("rust-constant-changed", "a constant has another value, as the rule has that it is the value of"),
    minor("rust-constant-added", "a type has one more constant"),
    minor("rust-deprecated-added", "the compiler warns of what is used"),
    minor("rust-values-changed", "the type is the same, and reads and writes other values"),
    major("rust-feature-removed", "a feature is gone"),
    major("rust-feature-enables-less", "a feature does not turn on all that it did"),
    minor("rust-feature-added", "a feature is new"),
    minor("rust-dependency-added", "the crate depends on one more"),
    minor("rust-dependency-removed", "the crate does not depend on another any more"),
    major("rust-dependency-changed", "the crate asks for another version of one whose types and traits it shows"),
];

const fn major(id: &'static str, purpose: &'static str) -> RustRule {
    RustRule { id, purpose, step: Step::Major }
}

const fn minor(id: &'static str, purpose: &'static str) -> RustRule {
    RustRule { id, purpose, step: Step::Minor }
}
