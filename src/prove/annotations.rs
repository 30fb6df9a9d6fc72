//! Two schemas -> whether they say the same about the same places in values: titles, descriptions, examples, defaults,
//! `x-…` and every other keyword that asserts nothing, and the order of `properties`, which documentation and fields follow.
//!
//! What is compared is what 2020-12 calls annotation results (Core, section 7.7): at each place in values, the keywords
//! and what they say, whichever subschema says it. So a schema may stand beside a `$ref`, in a branch or in place, as long
//! as it speaks of the same values. Which branch says it does not show here; [`super::evaluated`] looks at that.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::located::{self, Here};

use super::{Claim, Finding, Part, Proof};
use crate::equal::equal;
use crate::vocabulary::{self, Role};

/// Compares the claim's schema with the re-export, and adds the places seen and what is wrong to `proof`.
pub(super) fn compare(claim: &Claim, re_export: &Value, proof: &mut Proof) {
    let mut comparison = Comparison { claim, places: BTreeSet::new(), found: BTreeSet::new(), findings: Vec::new() };
    let stopped = located::together(&claim.schema, re_export, |at, ours, theirs| comparison.at(at, ours, theirs));
    if let Some(pointer) = stopped {
        let message = "there are too many places; those from here on were not compared";
        proof.undecided.push(Finding::new(Part::Annotations, pointer, message));
    }
    proof.visited.places = comparison.places.len();
    proof.findings.extend(comparison.findings);
}

/// Whether a keyword says something without refusing anything: `format` does where it is not asserted.
pub(super) fn says(claim: &Claim, keyword: &str, value: &Value) -> bool {
    match vocabulary::role(keyword) {
        Role::Annotation => true,
        Role::Assertion if keyword == "format" => {
            !value.as_str().is_some_and(|format| claim.asserted_formats.contains(format))
        }
        _ => false,
    }
}

/// What one side says that the other does not, and the other way round, each once.
pub(super) fn differences<'v>(ours: &[&'v Value], theirs: &[&'v Value]) -> (Vec<&'v Value>, Vec<&'v Value>) {
    let only = |these: &[&'v Value], others: &[&'v Value]| {
        let mut only: Vec<&'v Value> = Vec::new();
        for value in these {
            let is_in = |values: &[&Value]| values.iter().any(|other| equal(value, other));
            if !is_in(others) && !is_in(&only) {
                only.push(*value);
            }
        }
        only
    };
    (only(ours, theirs), only(theirs, ours))
}

/// One sentence for each difference at a keyword, with the value of the source and that of the re-export.
pub(super) fn told<'v>(
    keyword: &str,
    (dropped, added): (Vec<&'v Value>, Vec<&'v Value>),
) -> Vec<(String, Option<&'v Value>, Option<&'v Value>)> {
    let count = dropped.len().max(added.len());
    let pairs = (0..count).map(|index| (dropped.get(index).copied(), added.get(index).copied()));
    let told = pairs.map(|(source, re_export)| {
        let message = match (source, re_export) {
            (Some(source), Some(_)) => format!("the re-export changes `{keyword}`, which is {source}"),
            (Some(source), None) => format!("the re-export drops `{keyword}`, which is {source}"),
            (None, _) => format!("the re-export adds `{keyword}`, which the source does not have"),
        };
        (message, source, re_export)
    });
    told.collect()
}

struct Comparison<'a> {
    claim: &'a Claim,
    /// The places of the source that were compared.
    places: BTreeSet<String>,
    /// The pointers and messages of the findings: one place may be reached on many ways.
    found: BTreeSet<(String, String)>,
    findings: Vec<Finding>,
}

/// By keyword, what is said, each with the schema's pointer.
type Said<'a, 'h> = BTreeMap<&'a str, Vec<(&'a Value, &'h str)>>;

impl<'a> Comparison<'a> {
    fn at(&mut self, at: &str, source: &Here<'a>, re_export: &Here<'a>) {
        for (pointer, reference) in &source.dangling {
            self.report(pointer, format!("`$ref` {reference:?} leads nowhere"), None);
        }
        for (_, reference) in &re_export.dangling {
            self.report(at, format!("`$ref` {reference:?} of the re-export leads nowhere"), None);
        }
        self.places.extend(source.places().map(|place| place.pointer.clone()));
        self.keywords(at, source, re_export);
        self.order(source, re_export);
    }

    fn said<'h>(&self, here: &'h Here<'a>) -> Said<'a, 'h> {
        let mut said = Said::new();
        for place in here.places() {
            let keywords = place.schema.as_object().into_iter().flatten();
            for (keyword, value) in keywords.filter(|(keyword, value)| says(self.claim, keyword, value)) {
                said.entry(keyword).or_default().push((value, &place.pointer));
            }
        }
        said
    }

    fn keywords(&mut self, at: &str, source: &Here<'a>, re_export: &Here<'a>) {
        let (ours, theirs) = (self.said(source), self.said(re_export));
        let keywords: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
        let nothing = Vec::new();
        for keyword in keywords {
            let ours = ours.get(keyword).unwrap_or(&nothing);
            let theirs = theirs.get(keyword).unwrap_or(&nothing);
            let values = |said: &[(&'a Value, &str)]| said.iter().map(|(value, _)| *value).collect::<Vec<&Value>>();
            for (message, said, witness) in told(keyword, differences(&values(ours), &values(theirs))) {
                let place = ours.iter().find(|(value, _)| Some(*value) == said);
                self.report(place.map_or(at, |(_, pointer)| *pointer), message, witness);
            }
        }
    }

    /// Each order of properties in the re-export has to be that of a schema of the source which has the same ones.
    fn order(&mut self, source: &Here<'a>, re_export: &Here<'a>) {
        let listed = |here: &Here<'a>| -> Vec<(String, Vec<&'a str>)> {
            let lists = here.places().filter_map(|place| {
                let names = place.schema.get("properties")?.as_object()?.keys().map(String::as_str);
                let names = names.filter(|name| !source.refuses_member(name) && !re_export.refuses_member(name));
                Some((place.pointer.clone(), names.collect()))
            });
            lists.collect()
        };
        let (ours, theirs) = (listed(source), listed(re_export));
        for (_, theirs) in &theirs {
            let in_order = |names: &[&str]| -> bool {
                let known: BTreeSet<&str> = names.iter().copied().collect();
                let own: BTreeSet<&str> = theirs.iter().copied().collect();
                names.iter().filter(|name| own.contains(**name)).eq(theirs.iter().filter(|name| known.contains(**name)))
            };
            let Some((pointer, names)) = ours.iter().find(|(_, names)| !in_order(names)) else { continue };
            let shares_as_much =
                |other: &[&str]| names.iter().all(|name| !theirs.contains(name) || other.contains(name));
            if !ours.iter().any(|(_, other)| in_order(other) && shares_as_much(other)) {
                let shared = |names: &[&'a str], by: &[&'a str]| -> Vec<&'a str> {
                    names.iter().copied().filter(|name| by.contains(name)).collect()
                };
                let message = format!("the re-export reorders `properties`, which are {:?}", shared(names, theirs));
                self.report(pointer, message, Some(&shared(theirs, names).into()));
            }
        }
    }

    fn report(&mut self, pointer: &str, message: String, re_export: Option<&Value>) {
        if self.found.insert((pointer.to_owned(), message.clone())) {
            let witness = re_export.map(Value::to_string);
            self.findings.push(Finding { witness, ..Finding::new(Part::Annotations, pointer, message) });
        }
    }
}
