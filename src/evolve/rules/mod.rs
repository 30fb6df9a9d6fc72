//! The rules by which changes are told: what each is for, and how much it weighs for those who send and who receive.
//!
//! Who sends has made a value by the old version, and the new one reads it; who receives reads by the old version what was
//! made by the new one. An error is said only where values show it or nothing rules it out: it is taken back where the
//! sets of values prove that nothing is refused.

pub(super) mod annotations;
pub(super) mod bounds;
pub(super) mod definitions;
pub(super) mod members;
pub(super) mod others;
mod page;
mod rust;
pub(super) mod types;
pub(super) mod unions;
pub(super) mod values;

use std::fmt;

pub use page::Page;
pub use rust::{RustRule, Step};

/// How much a change weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing breaks.
    Info,
    /// Everything is still read, but may mean something else.
    Warning,
    /// Something is refused.
    Error,
}

impl Level {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// Its name in output and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// What it is called, once and for all.
    pub id: &'static str,
    /// What it tells, in one line.
    pub purpose: &'static str,
    /// How much it weighs for those who send.
    pub sender: Level,
    /// How much it weighs for those who receive.
    pub receiver: Level,
}

/// The rules of each group.
const GROUPS: &[&[Rule]] = &[
    definitions::RULES,
    members::RULES,
    types::RULES,
    bounds::RULES,
    values::RULES,
    unions::RULES,
    others::RULES,
    annotations::RULES,
];

/// All rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().copied().flatten()
}

/// What all rules are called, those about the generated crate included.
pub fn ids() -> impl Iterator<Item = &'static str> {
    all().map(|rule| rule.id).chain(all_of_rust().map(|rule| rule.id))
}

/// All rules about the generated crate.
pub fn all_of_rust() -> impl Iterator<Item = &'static RustRule> {
    rust::RULES.iter()
}

/// The rule about the generated crate that is called `id`.
#[must_use]
pub fn rust_rule(id: &str) -> Option<&'static RustRule> {
    all_of_rust().find(|rule| rule.id == id)
}

/// The rule that is called `id`.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// A rule that refuses nothing of what is sent or received.
const fn info(id: &'static str, purpose: &'static str) -> Rule {
    Rule { id, purpose, sender: Level::Info, receiver: Level::Info }
}

/// A rule by which what was accepted is refused.
const fn narrows(id: &'static str, purpose: &'static str) -> Rule {
    Rule { id, purpose, sender: Level::Error, receiver: Level::Info }
}

/// A rule by which what was refused is accepted.
const fn widens(id: &'static str, purpose: &'static str) -> Rule {
    Rule { id, purpose, sender: Level::Info, receiver: Level::Error }
}

/// A rule by which both may be.
const fn changes(id: &'static str, purpose: &'static str) -> Rule {
    Rule { id, purpose, sender: Level::Error, receiver: Level::Error }
}
