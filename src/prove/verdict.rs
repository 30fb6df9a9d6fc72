//! What came of a claim: what was looked at, what stands against it, and how it ended.

use std::fmt;

use serde_json::Value;

/// A part of the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Source and re-export accept the same values: both differences are provably empty.
    Sets,
    /// Source and re-export say the same at every place.
    Annotations,
    /// The type accepts what the source accepts, and writes back what it read.
    Behaviour,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sets => "sets",
            Self::Annotations => "annotations",
            Self::Behaviour => "behaviour",
        })
    }
}

/// Something that stands against a claim, or that could not be decided about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The part of the proof that fails by it.
    pub part: Part,
    /// The JSON Pointer into the source schema, as far as the place is known.
    pub pointer: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The values concerned, as a schema.
    pub difference: Option<Value>,
    /// A JSON text that shows it.
    pub witness: Option<String>,
}

impl Finding {
    pub(super) fn new(part: Part, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { part, pointer: pointer.into(), message: message.into(), difference: None, witness: None }
    }
}

/// How much a proof looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visited {
    /// Directions in which the difference of the two sets was proved empty: 2 is a proof.
    pub empty_differences: usize,
    /// Directions in which the difference was neither proved empty nor shown by a value not to be.
    pub undecided_differences: usize,
    /// Places of the source whose annotations were compared.
    pub places: usize,
    /// Values for which both schemas' annotations were collected and compared.
    pub evaluated: usize,
    /// Distinct values read which the source accepts.
    pub valid: usize,
    /// Distinct values read which the source refuses.
    pub near_miss: usize,
    /// Texts read beside them: a member twice, other spellings of a number, rubbish after the value.
    pub texts: usize,
    /// Defaults that functions were called for.
    pub defaults: usize,
    /// Near-misses and texts that were left out by chance, because all of them together would have been too long.
    pub left_out: usize,
}

/// How a claim, or a part of its proof, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is so.
    Proved,
    /// Nothing stands against it, but it is not shown either. This is no proof.
    Undecided,
    /// Something stands against it.
    Refuted,
}

/// What came of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// The claim's type.
    pub type_path: String,
    /// Where its schema stands.
    pub source: String,
    /// What was looked at.
    pub visited: Visited,
    /// What stands against the claim.
    pub findings: Vec<Finding>,
    /// What could not be decided, though nothing was found that stands against it.
    pub undecided: Vec<Finding>,
}

impl Proof {
    /// How it ended: [`Verdict::Proved`] only if nothing was found and nothing is undecided.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        [Part::Sets, Part::Annotations, Part::Behaviour]
            .map(|part| self.verdict_on(part))
            .into_iter()
            .max()
            .unwrap_or(Verdict::Undecided)
    }

    /// How one part of it ended.
    #[must_use]
    pub fn verdict_on(&self, part: Part) -> Verdict {
        let has = |findings: &[Finding]| findings.iter().any(|finding| finding.part == part);
        match (has(&self.findings), has(&self.undecided)) {
            (true, _) => Verdict::Refuted,
            (false, true) => Verdict::Undecided,
            (false, false) => Verdict::Proved,
        }
    }

    /// Whether the claim is proved.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.verdict() == Verdict::Proved
    }

    /// Whether one part of it is.
    #[must_use]
    pub fn part_holds(&self, part: Part) -> bool {
        self.verdict_on(part) == Verdict::Proved
    }
}
