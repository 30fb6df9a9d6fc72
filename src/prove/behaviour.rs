//! The cases, read by the type -> where it disagrees with the source, or loses what it read.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::canonical::{CanonicalSchema, Satisfiability};

use super::cases::{Case, Cases};
use super::side::Sides;
use super::survival;
use super::{
    Claim, Effort, Failure, Finding, Outcome, Part, Proof, Reading, Shown, Subject, SubjectError, Visited, shrink,
    with_stack,
};
use crate::caught::caught;
use crate::equal::equal;

/// Texts read in one call.
const BATCH: usize = 500;
/// Disagreements of one kind, at one place, that are shown.
const SHOWN: usize = 3;

/// A kind of disagreement. What is shrunk must stay of its kind, at its place in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Validators,
    Ways,
    TooOpen,
    TooStrict,
    Changed,
    WrittenInvalid,
    MustRefuse,
}

/// A disagreement about one case.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) kind: Kind,
    pub(super) pointer: String,
    pub(super) message: String,
}

/// Reads all cases, and adds their numbers and what is wrong with them to `proof`.
pub(super) fn compare(
    claim: &Claim,
    sides: &Sides,
    cases: Cases,
    subject: &mut dyn Subject,
    effort: &Effort,
    proof: &mut Proof,
) {
    let visited = &mut proof.visited;
    visited.valid = cases.valid.len();
    visited.near_miss = cases.near_miss.len();
    visited.texts = cases.texts.len();
    visited.left_out = cases.left_out;
    proof.undecided.extend(none_of_a_kind(sides, &proof.visited));
    let all: Vec<Case> = [cases.valid, cases.near_miss, cases.texts].concat();
    let mut judge = Judge { claim, sides, subject };
    let findings = match effort.shown {
        Shown::Shrunk(steps) => judge.troubles(&all).map(|troubles| judge.shown(troubles, steps)),
        Shown::First => judge.first(&all).map(|first| first.into_iter().collect()),
    };
    match findings {
        Ok(findings) => proof.findings.extend(findings),
        Err(error) => {
            proof.findings.push(Finding::new(Part::Behaviour, "", format!("the type cannot be asked: {error}")));
        }
    }
}

/// Finding no valid or no invalid value at all is in order only if it is proved that there is none.
fn none_of_a_kind(sides: &Sides, visited: &Visited) -> Vec<Finding> {
    let empty = |form: Result<CanonicalSchema, String>| {
        form.is_ok_and(|form| caught(|| form.satisfiability()) == Ok(Satisfiability::No))
    };
    let negated = |form: CanonicalSchema| caught(|| form.negate().map_err(|error| error.to_string()))?;
    let all_valid = || empty(sides.source.canonical().and_then(negated));
    let mut kinds = Vec::new();
    if visited.valid == 0 && !with_stack(|| empty(sides.source.canonical())).unwrap_or(false) {
        kinds.push("valid");
    }
    if visited.near_miss == 0 && !with_stack(all_valid).unwrap_or(false) {
        kinds.push("invalid");
    }
    let message = |kind| format!("no {kind} value was found, and it is not proved that there is none");
    kinds.into_iter().map(|kind| Finding::new(Part::Behaviour, "", message(kind))).collect()
}

/// Judges what the type makes of cases.
pub(super) struct Judge<'a> {
    claim: &'a Claim,
    sides: &'a Sides,
    subject: &'a mut dyn Subject,
}

impl Judge<'_> {
    /// The cases that give trouble, and what it is.
    pub(super) fn troubles(&mut self, cases: &[Case]) -> Result<Vec<(Case, Trouble)>, SubjectError> {
        let mut found = Vec::new();
        for batch in cases.chunks(BATCH) {
            let texts: Vec<&str> = batch.iter().map(|case| case.text.as_str()).collect();
            let readings = self.subject.read(&self.claim.type_path, &texts)?;
            if readings.len() != batch.len() {
                return Err(SubjectError(format!("{} texts gave {} readings", batch.len(), readings.len())));
            }
            let troubles = batch
                .iter()
                .zip(&readings)
                .filter_map(|(case, reading)| Some((case.clone(), self.trouble(case, reading)?)));
            found.extend(troubles);
        }
        Ok(found)
    }

    /// The first case that gives trouble; what comes after its batch is not asked about.
    fn first(&mut self, cases: &[Case]) -> Result<Option<Finding>, SubjectError> {
        for batch in cases.chunks(BATCH) {
            if let Some((case, trouble)) = self.troubles(batch)?.into_iter().next() {
                return Ok(Some(finding(case, trouble.pointer, trouble.message)));
            }
        }
        Ok(None)
    }

    fn trouble(&self, case: &Case, reading: &Reading) -> Option<Trouble> {
        let trouble =
            |kind, pointer: &str, message: String| Some(Trouble { kind, pointer: pointer.to_owned(), message });
        let Some(value) = &case.value else {
            let taken = [&reading.from_str, &reading.from_reader].into_iter().any(is_read);
            return taken.then_some(()).and_then(|()| {
                trouble(Kind::MustRefuse, "", "the type reads a text that is to be refused".to_owned())
            });
        };
        let (source, re_export) = (&self.sides.source.validator, &self.sides.re_export.validator);
        let valid = source.is_valid(value);
        if valid != re_export.is_valid(value) {
            let who = if valid {
                "the re-export refuses what the source accepts"
            } else {
                "the re-export accepts what the source refuses"
            };
            return trouble(Kind::Validators, "", who.to_owned());
        }
        if let Some(message) = ways_disagree(reading) {
            return trouble(Kind::Ways, "", message);
        }
        match (&reading.from_str, valid) {
            (outcome, false) if is_read(outcome) => {
                let refusal = source.validate(value).err();
                let (pointer, why) = refusal.map_or_else(Default::default, |refusal| {
                    (refusal.schema_path().as_str().to_owned(), format!(": {refusal}"))
                });
                trouble(Kind::TooOpen, &pointer, format!("the type accepts what the source refuses{why}"))
            }
            (Err(message), true) => {
                trouble(Kind::TooStrict, "", format!("the type refuses what the source accepts: {message}"))
            }
            (_, false) => None,
            // What comes back as it went in was found valid already.
            (Ok(written), true) if equal(value, written) => None,
            (Ok(written), true) => match survival::check(&self.sides.source, value, written) {
                Err(loss) => trouble(
                    Kind::Changed,
                    "",
                    format!("the type changes the value at {:?}: {}", loss.pointer, loss.message),
                ),
                Ok(()) if source.is_valid(written) || survival::is_rounded(value, written) => None,
                Ok(()) => {
                    trouble(Kind::WrittenInvalid, "", format!("the type writes what the source refuses: {written}"))
                }
            },
        }
    }

    /// A few findings of each kind and place, each shrunk by so many steps, and how many more there are.
    fn shown(&mut self, troubles: Vec<(Case, Trouble)>, steps: usize) -> Vec<Finding> {
        let mut groups: BTreeMap<(Kind, String), Vec<(Case, Trouble)>> = BTreeMap::new();
        for (case, trouble) in troubles {
            groups.entry((trouble.kind, trouble.pointer.clone())).or_default().push((case, trouble));
        }
        let mut findings = Vec::new();
        for group in groups.into_values() {
            let count = group.len();
            let mut witnesses = BTreeSet::new();
            for (case, trouble) in group.into_iter().step_by(count.div_ceil(SHOWN).max(1)) {
                let (case, trouble) = shrink::shrink(self, case, trouble, steps);
                if witnesses.insert(case.text.clone()) {
                    let message = format!("{} ({count} such values)", trouble.message);
                    findings.push(finding(case, trouble.pointer, message));
                }
            }
        }
        findings
    }
}

fn finding(case: Case, pointer: String, message: String) -> Finding {
    Finding { witness: Some(case.text), ..Finding::new(Part::Behaviour, pointer, message) }
}

/// Whether a text was read, even if nothing could be written of it.
fn is_read(outcome: &Outcome) -> bool {
    !matches!(outcome, Err(Failure::Refused(_)))
}

/// What the ways of reading make of one text, if they differ.
fn ways_disagree(reading: &Reading) -> Option<String> {
    let same = |left: &Outcome, right: &Outcome| match (left, right) {
        (Ok(left), Ok(right)) => equal(left, right),
        (left, right) => left.is_err() == right.is_err() && is_read(left) == is_read(right),
    };
    let agree = same(&reading.from_str, &reading.from_reader)
        && reading.from_value.as_ref().is_some_and(|from_value| same(&reading.from_str, from_value));
    let show = |outcome: &Outcome| match outcome {
        Ok(value) => value.to_string(),
        Err(message) => format!("a refusal: {message}"),
    };
    (!agree).then(|| {
        format!(
            "the ways of reading differ: from_str gives {}; from_reader {}; from_value {}",
            show(&reading.from_str),
            show(&reading.from_reader),
            reading.from_value.as_ref().map_or_else(|| "nothing".to_owned(), show)
        )
    })
}
