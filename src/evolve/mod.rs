//! Two [`Version`]s of schemas -> an [`Evolution`]: for each definition what becomes of the values that it accepts, with a
//! value that shows it.
//!
//! What is said of values is decided by the difference of the two sets of values and never guessed: each verdict by which
//! something changes comes with a [`Witness`], a JSON value that one version accepts and the other refuses, as an
//! independent validator says under both. What becomes of the generated crate is read from the crates that both versions
//! make. Enums that their authors mark as open are compared as they are read, open.

mod decide;
mod definitions;
mod markdown;
mod pairs;
mod propose;
mod report;
pub mod rules;
mod rust;
mod table;
#[cfg(test)]
mod tests;
mod view;
mod waivers;
mod walk;
mod weigh;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Result};
use crate::parallel;
use crate::prove::{Change, Changed};
use crate::source::Version;
use decide::Whole;
use definitions::{Definition, Definitions, Key};
pub use markdown::Markdown;
pub use propose::Proposal;
pub use report::json;
pub use rust::{Rust, RustFinding};
pub use table::Table;
use view::Known;
pub use waivers::{Waiver, waive, waivers};
pub use walk::{Finding, Side};

/// What becomes of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It says what it said, and so does all that it refers to, but for what refuses nothing.
    Equal,
    /// It is written otherwise, or what it refers to is, and accepts the same values.
    WithoutEffect,
    /// It accepts all that it accepted, and more.
    Widened,
    /// It accepts some of what it accepted, and nothing else.
    Narrowed,
    /// It accepts what it refused, and refuses what it accepted.
    Both,
    /// What it accepts could not be compared.
    Undecided,
    /// The old version does not have it.
    Added,
    /// The new version does not have it.
    Removed,
    /// The new version has it under another name, and it accepts the same values.
    Renamed,
}

impl Verdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::WithoutEffect,
        Self::Widened,
        Self::Narrowed,
        Self::Both,
        Self::Undecided,
        Self::Added,
        Self::Removed,
        Self::Renamed,
    ];

    /// Its name in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::WithoutEffect => "without effect",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::Both => "both",
            Self::Undecided => "undecided",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where something stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The file as the user would name it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The JSON Pointer (RFC 6901) in the file.
    pub pointer: String,
}

/// A definition in two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What it is called, in the new version if that has it.
    pub name: String,
    /// Its old name, if that is another.
    pub old_name: Option<String>,
    /// Where the old version has it.
    pub old: Option<Location>,
    /// Where the new version has it.
    pub new: Option<Location>,
    /// What became of it.
    pub verdict: Verdict,
    /// Whether it says what it said, and only what it refers to has changed.
    pub is_by_reference: bool,
    /// What shows the verdict.
    pub witness: Witness,
    /// Why it is undecided; else empty.
    pub why: String,
}

/// Values that one version accepts and the other refuses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Witness {
    /// One that only the old version accepts.
    pub lost: Option<Value>,
    /// One that only the new version accepts.
    pub gained: Option<Value>,
}

/// What came of comparing two versions.
#[derive(Debug)]
pub struct Evolution {
    /// All definitions of both, by their names.
    pub definitions: Vec<Compared>,
    /// What changed in them, by their places.
    pub findings: Vec<Finding>,
    /// What becomes of the generated crate.
    pub rust: Rust,
    /// What was read otherwise than it is written, and what was not looked for.
    pub notes: Vec<Diagnostic>,
}

impl Evolution {
    /// How many definitions have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.definitions.iter().filter(|compared| compared.verdict == verdict).count()
    }

    /// The heaviest of what was found on the wire and is not waived.
    #[must_use]
    pub fn worst(&self) -> Option<rules::Level> {
        self.findings.iter().filter(|finding| finding.waived.is_none()).map(Finding::level).max()
    }

    /// The definitions that are not equal.
    pub fn changed(&self) -> impl Iterator<Item = &Compared> {
        self.definitions.iter().filter(|compared| compared.verdict != Verdict::Equal)
    }
}

/// Compares the definitions of `old` with those of `new`, and the crates that are generated from either.
///
/// # Errors
///
/// All that keeps codegen from making either crate.
pub fn compare(old: Version, new: Version) -> Result<Evolution> {
    let Wire { definitions, findings, notes, pairs } = wire(&old, &new);
    let rust = rust::rust(old, new, &pairs, &definitions)?;
    Ok(Evolution { definitions, findings, rust, notes })
}

/// What becomes of the definitions, whatever their types.
struct Wire {
    definitions: Vec<Compared>,
    findings: Vec<Finding>,
    notes: Vec<Diagnostic>,
    pairs: Vec<Pair>,
}

fn wire(old: &Version, new: &Version) -> Wire {
    let [of_old, of_new] = definitions::of_both(old, new);
    let mut notes: Vec<Diagnostic> = old.notes.iter().chain(&new.notes).cloned().collect();
    let renamed = pairs::renamed([old, new], [&of_old, &of_new]).unwrap_or_else(|message| {
        let help = "a definition that has another name stands here as one removed and one added";
        notes.push(Diagnostic::note("", message).help(help));
        BTreeMap::new()
    });
    let pairs = pairs(&of_old, &of_new, &renamed);
    let old_keys =
        of_old.iter().map(|(key, definition)| (&definition.place, renamed.get(key).unwrap_or(key))).collect();
    let new_keys = of_new.iter().map(|(key, definition)| (&definition.place, key)).collect();
    let comparison =
        Comparison { old: Known { version: old, keys: &old_keys }, new: Known { version: new, keys: &new_keys } };
    let mut all = comparison.all(&pairs);
    all.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    let (definitions, findings): (Vec<Compared>, Vec<Vec<Finding>>) = all.into_iter().unzip();
    Wire { definitions, findings: findings.into_iter().flatten().collect(), notes, pairs }
}

/// A definition in the versions that have it.
type Pair = (Option<Definition>, Option<Definition>);

fn pairs(old: &Definitions, new: &Definitions, renamed: &BTreeMap<Key, Key>) -> Vec<Pair> {
    let now = |key: &Key| new.get(renamed.get(key).unwrap_or(key)).cloned();
    let of_old = old.iter().map(|(key, definition)| (Some(definition.clone()), now(key)));
    let targets: BTreeSet<&Key> = renamed.values().collect();
    let is_added = |key: &Key| !old.contains_key(key) && !targets.contains(key);
    let added = new.iter().filter(|(key, _)| is_added(key)).map(|(_, definition)| (None, Some(definition.clone())));
    of_old.chain(added).collect()
}

/// Two versions, with the keys by which the same definition is known in both.
struct Comparison<'v> {
    old: Known<'v>,
    new: Known<'v>,
}

impl Comparison<'_> {
    /// All pairs compared.
    fn all(&self, pairs: &[Pair]) -> Vec<(Compared, Vec<Finding>)> {
        parallel::map(pairs.iter().collect(), |pair| self.one(pair))
    }

    fn one(&self, (old, new): &Pair) -> (Compared, Vec<Finding>) {
        let (old, new) = (old.as_ref(), new.as_ref());
        let mut compared = Compared {
            name: new.or(old).map(|definition| definition.name.clone()).unwrap_or_default(),
            old_name: old.zip(new).filter(|(old, new)| old.name != new.name).map(|(old, _)| old.name.clone()),
            old: old.map(|definition| definitions::location(self.old.version, &definition.place)),
            new: new.map(|definition| definitions::location(self.new.version, &definition.place)),
            verdict: if old.is_none() { Verdict::Added } else { Verdict::Removed },
            is_by_reference: false,
            witness: Witness::default(),
            why: String::new(),
        };
        let mut found = Vec::new();
        if let (Some(old), Some(new)) = (old, new) {
            self.decide(old, new, &mut compared);
            if compared.verdict != Verdict::Equal {
                found = walk::walk([&self.old, &self.new], old, new, &compared.name);
            }
        }
        weigh::settle(&compared, &mut found);
        (compared, found)
    }

    fn decide(&self, old: &Definition, new: &Definition, compared: &mut Compared) {
        let is_same = definitions::own_text(&self.old, old) == definitions::own_text(&self.new, new);
        let (before, after) = (Whole::of(self.old.version, old), Whole::of(self.new.version, new));
        compared.is_by_reference = is_same;
        if is_same && before.asserts_as(&after) {
            compared.verdict = if compared.old_name.is_some() { Verdict::Renamed } else { Verdict::Equal };
            return;
        }
        let changed = before.changes(&after);
        compared.verdict = match decide::verdict(&changed) {
            Verdict::WithoutEffect if compared.old_name.is_some() => Verdict::Renamed,
            verdict => verdict,
        };
        let Changed { lost, gained } = changed;
        let [lost, gained] = [lost, gained].map(|change| match change {
            Change::Shown(value) => Some(value),
            Change::None => None,
            Change::Unknown(why) => {
                compared.why = why;
                None
            }
        });
        compared.witness = Witness { lost, gained };
    }
}
