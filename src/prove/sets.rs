//! Two schemas -> whether they accept the same values, by the canonical form: each is subtracted from the other, and
//! only a difference that is provably empty counts.

use std::collections::BTreeSet;

use jsonschema::canonical::{CanonicalSchema, PreparedDocument, Satisfiability};
use serde_json::Value;

use super::schema::{self, Place};
use super::side::{Side, Sides};
use super::{Effort, Finding, Part, Visited, cases};

/// Values tried to find one that shows a difference.
const WITNESS_EFFORT: usize = 200;

/// What keeps a difference from being proved empty.
struct Gap {
    why: String,
    difference: Option<Value>,
}

/// Compares both ways and adds the directions proved to `visited`.
pub(super) fn compare(sides: &Sides, effort: &Effort, visited: &mut Visited) -> Vec<Finding> {
    let Sides { source, re_export } = sides;
    let (documents, forms) = match both(source, re_export) {
        Ok(both) => both,
        Err(error) => return vec![Finding::new(Part::Sets, "", error)],
    };
    let directions = [
        ("the re-export refuses values that the source accepts", &forms.0, &forms.1, source, re_export),
        ("the re-export accepts values that the source refuses", &forms.1, &forms.0, re_export, source),
    ];
    let mut findings = Vec::new();
    for (what, left, right, accepts, refuses) in directions {
        let Err(gap) = subtract(left, right) else {
            visited.empty_differences += 1;
            continue;
        };
        let narrow = Narrow { sides, source: &documents.0, re_export: &documents.1 };
        let pointer = narrow.deepest((String::new(), String::new()), &mut BTreeSet::new());
        let witness = witness(gap.difference.as_ref(), accepts, refuses, effort.seed);
        let doubt = if witness.is_some() { String::new() } else { "; no value found that shows it".to_owned() };
        findings.push(Finding {
            part: Part::Sets,
            pointer: source.original(&pointer).to_owned(),
            message: format!("{what}: {}{doubt}", gap.why),
            difference: gap.difference,
            witness: witness.map(|value| value.to_string()),
        });
    }
    findings
}

type Both<'a> = ((PreparedDocument<'a>, PreparedDocument<'a>), (CanonicalSchema, CanonicalSchema));

fn both<'a>(source: &'a Side, re_export: &'a Side) -> Result<Both<'a>, String> {
    let documents = (source.prepared()?, re_export.prepared()?);
    Ok((documents, (source.canonical()?, re_export.canonical()?)))
}

fn subtract(left: &CanonicalSchema, right: &CanonicalSchema) -> Result<(), Gap> {
    let difference = match left.subtract(right) {
        Ok(difference) => difference,
        Err(error) => return Err(Gap { why: format!("the difference cannot be computed: {error}"), difference: None }),
    };
    let why = match difference.satisfiability() {
        Satisfiability::No => return Ok(()),
        Satisfiability::Yes => "the difference is not empty",
        Satisfiability::Unknown => "the difference cannot be shown to be empty",
    };
    Err(Gap { why: why.to_owned(), difference: Some(difference.to_json_schema()) })
}

/// A value that `accepts` takes and `refuses` does not: from the difference itself, then from around both sides.
fn witness(difference: Option<&Value>, accepts: &Side, refuses: &Side, seed: u64) -> Option<Value> {
    let shows = |value: &Value| accepts.validator.is_valid(value) && !refuses.validator.is_valid(value);
    let schemas = difference.into_iter().chain([&accepts.schema, &refuses.schema]);
    schemas.flat_map(|schema| cases::candidates(schema, seed, WITNESS_EFFORT)).find(shows)
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
        let (Ok(left), Ok(right)) = (self.source.canonicalize_at(source), self.re_export.canonicalize_at(re_export))
        else {
            return true;
        };
        subtract(&left, &right).is_err() || subtract(&right, &left).is_err()
    }
}

fn children<'a>(root: &'a Value, pointer: &str) -> Option<Vec<(String, Place<'a>)>> {
    let start = Place { pointer: pointer.to_owned(), schema: root.pointer(pointer)? };
    Some(schema::all_below(root, start))
}
