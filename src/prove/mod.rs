//! A [`Claim`] (this type is that schema) and the [`Subject`] that holds the type -> a [`Proof`], or what stands
//! against it as [`Finding`]s.
//!
//! The proof has three parts: [`Part::Sets`], [`Part::Annotations`] and [`Part::Behaviour`]. None of them trusts
//! the generator: the schema is read by the `jsonschema` crate, the type by whoever compiled it.
//!
//! What it does not cover is what no Rust type is asked to hold: integers beyond 64 bits and fractions of a second
//! beyond nanoseconds are not among the values tried.

mod align;
mod annotations;
mod atoms;
mod behaviour;
mod bent;
mod cases;
mod claims;
mod congruence;
mod defaults;
mod evaluated;
mod heights;
mod inclusion;
mod induction;
mod inline;
mod lifted;
mod located;
mod near_miss;
mod near_name;
mod near_text;
mod number;
mod pattern;
mod probe;
mod questions;
mod reach;
mod report;
mod rng;
mod sample;
mod schema;
mod sets;
mod shrink;
mod side;
mod spelling;
mod survival;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod verdict;
mod versions;
mod within;

use std::collections::BTreeSet;
use std::fmt;
use std::thread;

use serde::Deserialize;
use serde_json::Value;

pub use claims::{claims, listed_claims, prove_all};
pub use defaults::DefaultClaim;
pub use probe::{Crate, Held, Holds, Probe, Workshop};
pub use report::Report;
pub use verdict::{Finding, Part, Proof, Verdict, Visited};
pub(crate) use versions::{Change, Changed, changes};

/// That a generated type is what a schema describes.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The type's path in the generated crate, `module::Type`.
    pub type_path: String,
    /// Where the schema stands, for people: `file#pointer`.
    pub source: String,
    /// The schema, in 2020-12 and self-contained: every `$ref` in it is a pointer to something in it.
    pub schema: Value,
    /// The formats which the policy maps to a Rust type, and which therefore assert. All others are annotations.
    pub asserted_formats: BTreeSet<String>,
    /// The defaults of members of the type, or of itself.
    pub defaults: Vec<DefaultClaim>,
}

/// What one way of reading a text gave: the value written back, or why there is none.
pub type Outcome = Result<Value, Failure>;

/// Why a text gave no value. What cannot be written has been read all the same: it may be no value of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub enum Failure {
    /// It was not read, and why.
    Refused(String),
    /// What was read of it could not be written, and why.
    Unwritable(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => f.write_str(why),
            Self::Unwritable(why) => write!(f, "what it read it cannot write: {why}"),
        }
    }
}

/// What the type made of one text, read in every way a caller may read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// `serde_json::from_str` of the text.
    pub from_str: Outcome,
    /// `serde_json::from_reader` of its bytes.
    pub from_reader: Outcome,
    /// `serde_json::from_value` of the text read as a `Value`; `None` if it is not JSON at all.
    pub from_value: Option<Outcome>,
}

/// Why a subject could not answer: it does not compile, it died, it does not know the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectError(pub String);

impl fmt::Display for SubjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SubjectError {}

/// The generated types, wherever they are compiled.
pub trait Subject {
    /// The schemars re-export of the type: a whole 2020-12 document.
    ///
    /// # Errors
    ///
    /// When the subject does not know the type or cannot answer any more.
    fn re_export(&mut self, type_path: &str) -> Result<Value, SubjectError>;

    /// Reads each text as the type and writes back what was accepted with `serde_json::to_value`; one reading for
    /// each text, in their order.
    ///
    /// # Errors
    ///
    /// When the subject does not know the type or cannot answer any more. A refusal is a reading, not an error.
    fn read(&mut self, type_path: &str, texts: &[&str]) -> Result<Vec<Reading>, SubjectError>;

    /// What the function at this path gives, written with `serde_json::to_value`.
    ///
    /// # Errors
    ///
    /// When the subject knows no such function, as one that holds types only, or the function panics.
    fn call(&mut self, function: &str) -> Result<Value, SubjectError> {
        Err(SubjectError(format!("there is no function `{function}`")))
    }
}

/// How much is tried for the part on behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The seed of all generated values: the same seed gives the same values.
    pub seed: u64,
    /// How many distinct valid values are wanted.
    pub valid: usize,
    /// How many distinct near-misses, values just outside the schema, are wanted.
    pub near_miss: usize,
    /// How many JSON values all mutants of the values of one schema may have together. A value with hundreds of members
    /// has tens of thousands of mutants as large as itself: of those beyond it, some are chosen. What else is made of
    /// each place of a value or a schema is bounded in proportion.
    pub nodes: usize,
    /// What is shown of the values that the type does not do right by.
    pub shown: Shown,
}

/// What is shown of the values that a type does not do right by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A few of each kind and place, each made smaller by so many steps at most. A type with many mistakes is asked for
    /// longer by this than by all else.
    Shrunk(usize),
    /// The one that was found first, as it was found. No other is asked about then: it is enough to know the verdict by.
    First,
}

impl Effort {
    /// JSON values in all mutants for each valid value that is wanted.
    const NODES_FOR_EACH: usize = 600;
    /// Steps that make a witness as small as it gets, but for large ones.
    pub(crate) const STEPS: usize = 100;

    /// As much as is needed to try `values` valid values and as many near-misses.
    #[must_use]
    pub const fn of(seed: u64, values: usize) -> Self {
        Self {
            seed,
            valid: values,
            near_miss: values,
            nodes: values.saturating_mul(Self::NODES_FOR_EACH),
            shown: Shown::Shrunk(Self::STEPS),
        }
    }
}

impl Default for Effort {
    fn default() -> Self {
        Self::of(1, 1000)
    }
}

/// Proves `claim` about a type that `subject` holds, or finds out why not. Whatever goes wrong is a finding. Every step
/// of it is bounded by a count of steps; what is not decided within the bound is [`Verdict::Undecided`].
pub fn prove(claim: &Claim, subject: &mut dyn Subject, effort: &Effort) -> Proof {
    let mut proof = Proof {
        type_path: claim.type_path.clone(),
        source: claim.source.clone(),
        visited: Visited::default(),
        findings: Vec::new(),
        undecided: Vec::new(),
    };
    let re_export = match subject.re_export(&claim.type_path) {
        Ok(re_export) => re_export,
        Err(error) => {
            proof.findings.push(Finding::new(Part::Sets, "", format!("there is no re-export: {error}")));
            return proof;
        }
    };
    let compared = with_stack(|| compared(claim, &re_export, effort, &mut proof));
    match compared.unwrap_or_else(Err) {
        Ok((sides, cases)) => behaviour::compare(claim, &sides, cases, subject, effort, &mut proof),
        Err(message) => proof.findings.push(Finding::new(Part::Sets, "", message)),
    }
    defaults::compare(claim, subject, &mut proof);
    proof
}

/// Compares the two schemas, which takes no subject. Gives both made ready, and what the subject is to read.
fn compared(
    claim: &Claim,
    re_export: &Value,
    effort: &Effort,
    proof: &mut Proof,
) -> Result<(side::Sides, cases::Cases), String> {
    let sides = side::Sides::new(&claim.schema, re_export, &claim.asserted_formats)?;
    sets::compare(&sides, effort, proof);
    let cases = cases::collect(&sides, effort);
    annotations::compare(claim, re_export, proof);
    // What shows without values would only show again with them.
    if proof.part_holds(Part::Annotations) {
        evaluated::compare(claim, re_export, cases.valid.iter().filter_map(|case| case.value.as_ref()), proof);
    }
    Ok((sides, cases))
}

/// Bytes of stack for what goes down a schema by recursion, references included.
const STACK: usize = 256 << 20;

/// What `work` gives, done with much stack; or that it could not be done.
fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let worker = worker.map_err(|error| format!("no thread can be started: {error}"))?;
        worker.join().map_err(|_| "the comparison of the schemas panicked".to_owned())
    })
}
