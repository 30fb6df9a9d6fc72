//! What an object is on the wire, as its type states it, and what is said where a value is not that.

use std::fmt;

use super::rest::{Rest, Together};

/// What an object is on the wire.
pub(crate) struct Shape {
    /// The name of the Rust type.
    pub(crate) name: &'static str,
    /// The schema's file and the JSON Pointer of the definition.
    pub(crate) source: &'static str,
    /// What happens to a member that has no field and for which there is no map.
    pub(crate) unknown: Unknown,
    /// The members' names, in the schema's order, which is that of the rows too.
    pub(crate) members: &'static [&'static str],
    /// The names of the fields, those of the maps last, with spaces between them.
    pub(crate) fields: &'static str,
    /// How many of the members the schema has in `properties`: the first. Of the others the maps say what they are.
    pub(crate) listed: usize,
    /// The maps for other members, in the order of the fields; one for all others is the last.
    pub(crate) rest: &'static [Rest],
    /// What all members have to keep together.
    pub(crate) rules: &'static [Together],
}

impl Shape {
    /// That of an object without maps and rules; `properties` lists all its members.
    pub(crate) const fn new(
        name: &'static str,
        source: &'static str,
        unknown: Unknown,
        members: &'static [&'static str],
        fields: &'static str,
    ) -> Self {
        Self { name, source, unknown, members, fields, listed: usize::MAX, rest: &[], rules: &[] }
    }

    /// The same, of which `properties` lists so many members.
    pub(crate) const fn listing(mut self, listed: usize) -> Self {
        self.listed = listed;
        self
    }

    /// The same with maps.
    pub(crate) const fn mapping(mut self, rest: &'static [Rest]) -> Self {
        self.rest = rest;
        self
    }

    /// The same with rules.
    pub(crate) const fn ruled(mut self, rules: &'static [Together]) -> Self {
        self.rules = rules;
        self
    }
}

/// What is the same for all types is said here, once: what a type does for itself, the compiler makes for each, and for each format.
impl Shape {
    /// The name of the member at `index`.
    pub(crate) fn member(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// That the member at `index` is given twice.
    pub(crate) fn twice(&self, index: usize) -> String {
        format!("member `{}` of {} is given twice", self.member(index), self.name)
    }

    /// That the member `name` is missing.
    pub(crate) fn missing(&self, name: &str) -> String {
        format!("member `{name}` of {} is missing ({})", self.name, self.source)
    }

    /// What is expected where it is read.
    pub(crate) fn expected(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a JSON object for {}", self.name)
    }
}

/// The annotations of an object, and those of each of its members.
#[cfg(feature = "schemars")]
pub(crate) type Said = (super::Annotations, &'static [super::Annotations]);

/// What happens to a member that has no field and for which there is no map.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The schema allows it; it is read over and not kept.
    Dropped,
    /// The schema refuses it.
    Refused,
}
