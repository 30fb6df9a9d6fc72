//! Two schemas and values that both accept -> whether they say the same about each of these values, place by place: the
//! annotations that a validator collects (2020-12 Core, section 7.7.1). Only those branches speak that the value meets, so
//! this tells branches apart whose annotations are swapped.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;

use super::annotations::{differences, says, told};
use super::{Claim, Finding, Part, Proof, near_miss, schema, side};
use crate::vocabulary::{self, Role};

/// Values looked at, and JSON values in all of them together: an evaluation keeps something for every keyword it meets.
const VALUES: usize = 100;
const NODES: usize = 10_000;

/// The name under which a `format` that does not assert is collected: as one the validator knows, it would assert.
const FORMAT: &str = "x-format-that-asserts-nothing";

/// Compares what both say about the first of `values`, and adds how many there were and what is wrong to `proof`.
pub(super) fn compare<'v>(
    claim: &Claim,
    re_export: &Value,
    values: impl Iterator<Item = &'v Value>,
    proof: &mut Proof,
) {
    let validator = |document: &Value| side::validator(&speaking(claim, document));
    let (source, re_export) = match (validator(&claim.schema), validator(re_export)) {
        (Ok(source), Ok(re_export)) => (source, re_export),
        (Err(error), _) | (_, Err(error)) => {
            return proof.findings.push(Finding::new(
                Part::Annotations,
                "",
                format!("they cannot be collected: {error}"),
            ));
        }
    };
    let mut findings: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut nodes = NODES;
    for value in values.take(VALUES) {
        nodes = match nodes.checked_sub(near_miss::nodes(value)) {
            Some(nodes) => nodes,
            None => continue,
        };
        // Of a value that only one side accepts, other parts of the proof speak.
        if let (Some(ours), Some(theirs)) = (said(&source, value), said(&re_export, value)) {
            proof.visited.evaluated += 1;
            for (pointer, message) in unlike(&ours, &theirs) {
                findings.entry((pointer, message)).or_insert_with(|| value.to_string());
            }
        }
    }
    proof.findings.extend(findings.into_iter().map(|((pointer, message), value)| Finding {
        witness: Some(value),
        ..Finding::new(Part::Annotations, pointer, format!("for some values {message}"))
    }));
}

/// By place in the value and keyword: what is said, each with the schema's pointer.
type Said = BTreeMap<(String, String), Vec<(Value, String)>>;

/// The document with `format` under another name where it does not assert.
fn speaking(claim: &Claim, document: &Value) -> Value {
    schema::edited(document, |keywords| {
        if keywords.get("format").is_some_and(|format| says(claim, "format", format))
            && let Some(format) = keywords.shift_remove("format")
        {
            keywords.insert(FORMAT.to_owned(), format);
        }
    })
}

/// What a schema says about a value; `None` if it refuses it.
fn said(validator: &Validator, value: &Value) -> Option<Said> {
    let evaluation = validator.evaluate(value);
    if !evaluation.flag().valid {
        return None;
    }
    let mut said = Said::new();
    for entry in evaluation.iter_annotations() {
        // Keywords that the validator does not know come as an object, together; the others are results of assertions
        // and applicators.
        for (keyword, value) in entry.annotations.value().as_object().into_iter().flatten() {
            if vocabulary::role(keyword) == Role::Annotation {
                let keyword = if keyword == FORMAT { "format" } else { keyword };
                let at = (entry.instance_location.as_str().to_owned(), keyword.to_owned());
                said.entry(at).or_default().push((value.clone(), entry.schema_location.to_owned()));
            }
        }
    }
    Some(said)
}

fn values(said: &[(Value, String)]) -> Vec<&Value> {
    said.iter().map(|(value, _)| value).collect()
}

/// What differs: the place in the source, as far as it has one, and a sentence.
fn unlike(ours: &Said, theirs: &Said) -> Vec<(String, String)> {
    let nothing = Vec::new();
    let mut found = Vec::new();
    for at in ours.keys().chain(theirs.keys().filter(|at| !ours.contains_key(*at))) {
        let ours = ours.get(at).unwrap_or(&nothing);
        let theirs = theirs.get(at).unwrap_or(&nothing);
        for (message, source, re_export) in told(&at.1, differences(&values(ours), &values(theirs))) {
            let place = ours.iter().find(|(value, _)| source == Some(value));
            let instead = re_export.map_or(String::new(), |said| format!(", and says {said}"));
            found.push((place.map(|(_, pointer)| pointer.clone()).unwrap_or_default(), format!("{message}{instead}")));
        }
    }
    found
}
