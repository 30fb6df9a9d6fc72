//! Two schemas -> whether they accept the same values, by the canonical form: each is subtracted from the other, and
//! only a difference that is provably empty counts, or induction, or that the parts of the one are equal to those of the other or
//! within them. The canonical form works within bounds of its own; where it gives no
//! answer, values are tried on both sides, and without one that tells them apart it stays undecided.

use std::collections::BTreeSet;

use jsonschema::canonical::{CanonicalSchema, PreparedDocument, Satisfiability};
use serde_json::Value;

use super::schema::{self, Place};
use super::side::{Side, Sides};
use super::{Effort, Finding, Part, Proof, cases, congruence, inclusion, induction};
use crate::caught::caught;

/// Values tried to find one that shows a difference.
const WITNESS_EFFORT: usize = 200;

/// What keeps a difference from being proved empty.
pub(super) struct Gap {
    /// Whether the difference is shown not to be empty.
    is_real: bool,
    pub(super) why: String,
    difference: Option<Value>,
}

/// What came of subtracting one side from the other.
pub(super) struct Direction {
    /// What keeps the difference from being proved empty; none if it is.
    pub(super) gap: Option<Gap>,
    /// A value in it.
    pub(super) witness: Option<Value>,
}

/// Both differences: what the source accepts and the re-export refuses, and the other way round.
pub(super) struct Differences {
    pub(super) directions: [Direction; 2],
    /// Whether both sides have a canonical form.
    has_forms: bool,
}

/// Subtracts each of the `sides` from the other; values are made from `seed`.
pub(super) fn differences(sides: &Sides, seed: u64) -> Differences {
    let Sides { source, re_export } = sides;
    if source.inlined == re_export.inlined {
        // One document accepts what it accepts, whether or not the canonical form can say so.
        let empty = || Direction { gap: None, witness: None };
        return Differences { directions: [empty(), empty()], has_forms: true };
    }
    let forms = source.canonical().and_then(|ours| Ok((ours, re_export.canonical()?)));
    let gap = |from_source: bool| match &forms {
        Ok((ours, theirs)) if from_source => subtract(ours, theirs),
        Ok((ours, theirs)) => subtract(theirs, ours),
        Err(error) => Err(Gap { is_real: false, why: error.clone(), difference: None }),
    };
    let gaps = [gap(true), gap(false)];
    let is_open = |gap: &Result<(), Gap>| gap.as_ref().is_err_and(|gap| !gap.is_real);
    let by_parts = gaps.iter().any(is_open)
        && gaps.iter().all(|gap| gap.is_ok() || is_open(gap))
        && (forms.is_ok() && induction::holds(sides) || congruence::holds(&source.inlined, &re_export.inlined));
    let [lost, gained] = gaps.map(|gap| gap.err().filter(|_| !by_parts));
    let (ours, theirs) = (&source.inlined, &re_export.inlined);
    let lost = lost.filter(|gap| gap.is_real || !inclusion::holds(ours, theirs));
    let gained = gained.filter(|gap| gap.is_real || !inclusion::holds(theirs, ours));
    let directions = [direction(lost, source, re_export, seed), direction(gained, re_export, source, seed)];
    Differences { directions, has_forms: forms.is_ok() }
}

/// One difference alone: what `accepts` takes and `refuses` does not.
pub(super) fn one(accepts: &Side, refuses: &Side, seed: u64) -> Direction {
    let forms = accepts.canonical().and_then(|left| Ok((left, refuses.canonical()?)));
    let gap = match &forms {
        Ok((left, right)) => subtract(left, right),
        Err(error) => Err(Gap { is_real: false, why: error.clone(), difference: None }),
    };
    let gap = gap.err().filter(|gap| gap.is_real || !inclusion::holds(&accepts.inlined, &refuses.inlined));
    direction(gap, accepts, refuses, seed)
}

/// A direction with a value that shows it, if one is found.
fn direction(gap: Option<Gap>, accepts: &Side, refuses: &Side, seed: u64) -> Direction {
    let witness = gap.as_ref().and_then(|gap| witness(gap.difference.as_ref(), accepts, refuses, seed));
    Direction { gap, witness }
}

/// Compares both ways, and adds the directions proved, and what keeps the others from it, to `proof`.
pub(super) fn compare(sides: &Sides, effort: &Effort, proof: &mut Proof) {
    let whats = [
        "the re-export refuses values that the source accepts",
        "the re-export accepts values that the source refuses",
    ];
    let Differences { directions, has_forms } = differences(sides, effort.seed);
    for (what, Direction { gap, witness }) in whats.into_iter().zip(directions) {
        let Some(gap) = gap else {
            proof.visited.empty_differences += 1;
            continue;
        };
        let pointer = if has_forms { deepest(sides) } else { String::new() };
        let is_open = !gap.is_real && witness.is_none();
        let prefix = if is_open { "it is not decided whether " } else { "" };
        let doubt = if witness.is_none() { "; no value was found that shows it" } else { "" };
        let finding = Finding {
            part: Part::Sets,
            pointer: sides.source.original(&pointer).to_owned(),
            message: format!("{prefix}{what}: {}{doubt}", gap.why),
            difference: gap.difference,
            witness: witness.map(|value| value.to_string()),
        };
        if is_open {
            proof.visited.undecided_differences += 1;
            proof.undecided.push(finding);
        } else {
            proof.findings.push(finding);
        }
    }
}

/// Whether the difference is provably empty, or why not.
pub(super) fn subtract(left: &CanonicalSchema, right: &CanonicalSchema) -> Result<(), Gap> {
    let difference = caught(|| {
        let difference = left.subtract(right).map_err(|error| error.to_string())?;
        Ok::<_, String>((difference.satisfiability(), difference.to_json_schema()))
    });
    let (is_real, why, difference) = match difference.and_then(|difference| difference) {
        Ok((Satisfiability::No, _)) => return Ok(()),
        Ok((Satisfiability::Yes, difference)) => (true, "the difference is not empty".to_owned(), Some(difference)),
        Ok((Satisfiability::Unknown, difference)) => {
            (false, "the difference cannot be shown to be empty".to_owned(), Some(difference))
        }
        Err(error) => (false, format!("the difference cannot be computed: {error}"), None),
    };
    Err(Gap { is_real, why, difference })
}

/// A value that `accepts` takes and `refuses` does not: from the difference itself, then from around both sides.
fn witness(difference: Option<&Value>, accepts: &Side, refuses: &Side, seed: u64) -> Option<Value> {
    let shows = |value: &Value| accepts.validator.is_valid(value) && !refuses.validator.is_valid(value);
    let schemas = difference.into_iter().chain([&accepts.schema, &refuses.schema]);
    schemas.flat_map(|schema| cases::candidates(schema, seed, WITNESS_EFFORT)).find(shows)
}

/// The deepest place of the source that differs from the same place of the re-export.
fn deepest(sides: &Sides) -> String {
    let (Ok(source), Ok(re_export)) = (sides.source.prepared(), sides.re_export.prepared()) else {
        return String::new();
    };
    let narrow = Narrow { sides, source: &source, re_export: &re_export };
    narrow.deepest((String::new(), String::new()), &mut BTreeSet::new())
}

/// The search for the place where two documents differ.
struct Narrow<'a> {
    sides: &'a Sides,
    source: &'a PreparedDocument<'a>,
    re_export: &'a PreparedDocument<'a>,
}

impl Narrow<'_> {
    /// The deepest place of the source, at or below `at`, that differs from the same place of the re-export.
    fn deepest(&self, at: (String, String), seen: &mut BTreeSet<(String, String)>) -> String {
        if !seen.insert(at.clone()) {
            return at.0;
        }
        let (Some(source), Some(re_export)) =
            (children(&self.sides.source.comparable, &at.0), children(&self.sides.re_export.comparable, &at.1))
        else {
            return at.0;
        };
        let mut unmatched = None;
        for (relative, ours) in &source {
            match re_export.iter().find(|(other, _)| other == relative) {
                Some((_, theirs)) if self.differ(&ours.pointer, &theirs.pointer) => {
                    return self.deepest((ours.pointer.clone(), theirs.pointer.clone()), seen);
                }
                Some(_) => {}
                None => unmatched = unmatched.or(Some(ours.pointer.clone())),
            }
        }
        unmatched.unwrap_or(at.0)
    }

    fn differ(&self, source: &str, re_export: &str) -> bool {
        let both = caught(|| (self.source.canonicalize_at(source), self.re_export.canonicalize_at(re_export)));
        let Ok((Ok(left), Ok(right))) = both else { return true };
        subtract(&left, &right).is_err() || subtract(&right, &left).is_err()
    }
}

fn children<'a>(root: &'a Value, pointer: &str) -> Option<Vec<(String, Place<'a>)>> {
    let start = Place { pointer: pointer.to_owned(), schema: root.pointer(pointer)? };
    Some(schema::all_below(root, start))
}
