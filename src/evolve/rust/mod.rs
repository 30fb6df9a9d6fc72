//! Two versions of schemas -> what becomes of the crate that is generated from them, for programs that are compiled against
//! it, and the step that its version has to take.
//!
//! Both crates are generated in memory and read as programs see them ([`read`]); no compiler is asked.

mod api;
mod compare;
mod expand;
mod found;
mod members;
mod read;
mod side;
#[cfg(test)]
mod tests;
mod text;

use crate::diagnostic::{Diagnostics, Result};
use crate::source::{Package, Version};

use super::rules::{RustRule, Step};
use super::walk::Side as Whose;
use super::{Compared, Location, Pair, Verdict};
use side::Side;

/// What becomes of the generated crate.
#[derive(Debug)]
pub struct Rust {
    /// The crate before, if a manifest says it.
    pub old: Option<Package>,
    /// The crate after, if a manifest says it.
    pub new: Option<Package>,
    /// What changed, by the paths of types.
    pub findings: Vec<RustFinding>,
    /// The step that its version has to take; none where nothing changed.
    pub step: Option<Step>,
}

impl Rust {
    /// What its version has to do, in a few words.
    pub(super) fn asks(&self) -> String {
        let package = self.new.as_ref().or(self.old.as_ref());
        let name = package.map_or("the generated crate", |package| package.name.as_str());
        match self.step {
            Some(step) => format!("the version of {name} takes a {step} step"),
            None => format!("{name} stays as it is"),
        }
    }

    /// The largest step that a finding asks for which is not waived.
    #[must_use]
    pub fn worst(&self) -> Option<Step> {
        self.findings.iter().filter(|finding| finding.waived.is_none()).map(|finding| finding.rule.step).max()
    }
}

/// A change of the generated crate, told by a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RustFinding {
    /// The rule.
    pub rule: &'static RustRule,
    /// The type's path in the crate; of a feature or a dependency its name.
    pub path: String,
    /// The definition that it is of; empty where it is of none.
    pub definition: String,
    /// The version that has the place.
    pub side: Whose,
    /// The place of the schema.
    pub location: Location,
    /// What changed, in one sentence without a full stop.
    pub message: String,
    /// Why it is taken as it is, if a waiver says so.
    pub waived: Option<String>,
}

/// What becomes of the crate. `pairs` are the definitions that the versions have, and `compared` is what became of them.
///
/// # Errors
///
/// All that keeps codegen from making either crate.
pub(super) fn rust(mut old: Version, mut new: Version, pairs: &[Pair], compared: &[Compared]) -> Result<Rust> {
    let packages = [&old, &new].map(|version| version.package.clone());
    side::align(&mut old, &mut new);
    let [old, new] = both(old, new)?;
    let mut findings = compare::compare(&old, &new, pairs);
    findings.extend(behaviour(compared, &findings));
    findings.sort_by(|one, other| {
        (&one.path, one.rule.id, &one.message).cmp(&(&other.path, other.rule.id, &other.message))
    });
    let is_changed = compared.iter().any(|compared| compared.verdict != Verdict::Equal);
    let step = findings.iter().map(|finding| finding.rule.step).max().or(is_changed.then_some(Step::Patch));
    let [old, new] = packages;
    Ok(Rust { old, new, findings, step })
}

/// Both crates, one made beside the other.
fn both(old: Version, new: Version) -> Result<[Side; 2]> {
    let [old, new] = std::thread::scope(|scope| {
        let other = scope.spawn(|| Side::of(old));
        let new = Side::of(new);
        [other.join().unwrap_or_else(|_| Err(Diagnostics(Vec::new()))), new]
    });
    match (old, new) {
        (Ok(old), Ok(new)) => Ok([old, new]),
        (old, new) => {
            let found = [old.err(), new.err()].into_iter().flatten();
            Err(Diagnostics(found.flat_map(|Diagnostics(found)| found).collect()))
        }
    }
}

/// What is told of definitions whose type is the same, but not what it reads and writes.
fn behaviour(compared: &[Compared], found: &[RustFinding]) -> Vec<RustFinding> {
    let changes = |compared: &&Compared| {
        let verdicts = [Verdict::Widened, Verdict::Narrowed, Verdict::Both, Verdict::Undecided];
        verdicts.contains(&compared.verdict) && !compared.is_by_reference
    };
    let is_told = |compared: &Compared| found.iter().any(|finding| finding.definition == compared.name);
    let told = compared.iter().filter(changes).filter(|compared| !is_told(compared));
    let finding = |compared: &Compared| {
        let message = format!(
            "it is the same, and what it reads and writes is {}",
            match compared.verdict {
                Verdict::Widened => "more",
                Verdict::Narrowed => "less",
                Verdict::Undecided => "perhaps something else",
                _ => "something else",
            }
        );
        Some(RustFinding {
            rule: super::rules::rust_rule("rust-values-changed")?,
            path: compared.name.clone(),
            definition: compared.name.clone(),
            side: Whose::New,
            location: compared.new.clone().unwrap_or_default(),
            message,
            waived: None,
        })
    };
    told.filter_map(finding).collect()
}
