//! The official JSON Schema test suite -> what the generated types make of it: for each draft and keyword file, how many
//! tests agree, in which tier each group's types are, and whether their sets are proved.
//!
//! Every group's schema is a source of a manifest, generated the way any other is; all crates are compiled once, in one
//! program, and each test's instance is read as the root type of its group.
//!
//! What is run of a draft are its required tests, in which `format` is an annotation, the optional ones, and those about
//! formats that a policy reads as a Rust type, in which these formats assert. The suite:
//! <https://github.com/json-schema-org/JSON-Schema-Test-Suite>.

mod batch;
mod examine;
mod exclusions;
mod group;
mod manifest;
mod report;
mod run;
mod suite;
mod tier;
mod typed;

pub use report::{Conformance, Count, Disagreement, DraftCount, FileCount};
pub use run::run;
pub use suite::{DRAFTS, Draft};

use std::path::Path;

/// What is run, and how.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The folder of the suite, in which `tests` and `remotes` are.
    pub suite: &'a Path,
    /// The drafts whose tests are run.
    pub drafts: &'a [Draft],
    /// Whether each schema that lacks a `type` gets the one that its keywords speak of. What is expected is then what the
    /// `jsonschema` crate's validator of that draft makes of the schema so changed.
    pub typed: bool,
}
