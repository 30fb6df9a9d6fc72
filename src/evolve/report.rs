//! An [`Evolution`] -> JSON for machines. `report.schema.json`, beside this file, says what it is.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::rules::Step;
use super::{Compared, Evolution, Finding, Location, Proposal, RustFinding, Verdict};

/// Of the form of the report: changed when a member is removed or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'e> {
    version: u32,
    counts: BTreeMap<&'static str, usize>,
    definitions: Vec<Definition<'e>>,
    findings: Vec<Found<'e>>,
    rust: Crate<'e>,
}

#[derive(Serialize)]
struct Crate<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<String>,
    findings: Vec<FoundInRust<'e>>,
}

#[derive(Serialize)]
struct FoundInRust<'e> {
    rule: &'static str,
    path: &'e str,
    #[serde(skip_serializing_if = "str::is_empty")]
    definition: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At<'e>>,
    message: &'e str,
    step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<&'e str>,
}

#[derive(Serialize)]
struct Definition<'e> {
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_name: Option<&'e str>,
    verdict: &'static str,
    by_reference: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<At<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<At<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused_now: Option<&'e Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_now: Option<&'e Value>,
    #[serde(skip_serializing_if = "str::is_empty")]
    undecided: &'e str,
}

#[derive(Serialize)]
struct At<'e> {
    file: &'e str,
    line: usize,
    pointer: &'e str,
}

#[derive(Serialize)]
struct Found<'e> {
    rule: &'static str,
    definition: &'e str,
    side: &'static str,
    at: At<'e>,
    message: &'e str,
    sender: &'static str,
    receiver: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<&'e str>,
}

/// The report on `evolution`, with all definitions that changed.
///
/// # Errors
///
/// None that JSON has a reason for: what is in it are texts, numbers and JSON values.
pub fn json(evolution: &Evolution) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Report {
        version: VERSION,
        counts: Verdict::ALL.map(|verdict| (verdict.as_str(), evolution.count(verdict))).into(),
        definitions: evolution.changed().map(definition).collect(),
        findings: evolution.findings.iter().map(found).collect(),
        rust: of_crate(evolution),
    })
}

fn of_crate(evolution: &Evolution) -> Crate<'_> {
    let rust = &evolution.rust;
    let package = rust.old.as_ref().or(rust.new.as_ref());
    Crate {
        step: rust.step.map(Step::as_str),
        package: package.map(|package| package.name.as_str()),
        version: package.map(|package| package.version.as_str()),
        proposed: Proposal::of(evolution).version.map(|version| version.to_string()),
        findings: rust.findings.iter().map(found_in_rust).collect(),
    }
}

fn found_in_rust(finding: &RustFinding) -> FoundInRust<'_> {
    let has_place = !finding.location.file.is_empty();
    FoundInRust {
        rule: finding.rule.id,
        path: &finding.path,
        definition: &finding.definition,
        side: has_place.then(|| finding.side.as_str()),
        at: has_place.then(|| at(&finding.location)),
        message: &finding.message,
        step: finding.rule.step.as_str(),
        waived: finding.waived.as_deref(),
    }
}

fn definition(compared: &Compared) -> Definition<'_> {
    Definition {
        name: &compared.name,
        old_name: compared.old_name.as_deref(),
        verdict: compared.verdict.as_str(),
        by_reference: compared.is_by_reference,
        old: compared.old.as_ref().map(at),
        new: compared.new.as_ref().map(at),
        refused_now: compared.witness.lost.as_ref(),
        accepted_now: compared.witness.gained.as_ref(),
        undecided: &compared.why,
    }
}

fn at(Location { file, line, pointer }: &Location) -> At<'_> {
    At { file, line: *line, pointer }
}

fn found(finding: &Finding) -> Found<'_> {
    Found {
        rule: finding.rule.id,
        definition: &finding.definition,
        side: finding.side.as_str(),
        at: at(&finding.location),
        message: &finding.message,
        sender: finding.sender.as_str(),
        receiver: finding.receiver.as_str(),
        waived: finding.waived.as_deref(),
    }
}
