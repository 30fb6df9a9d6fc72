//! What the manifest says, as types: which crate to generate, from which schemas, read under which policies.

use std::collections::BTreeMap;

use super::Dialect;
use crate::diagnostic::Position;

/// The generated crate, as its `Cargo.toml` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name, valid for cargo.
    pub name: String,
    /// Its version, valid under Semantic Versioning 2.0.
    pub version: String,
    /// What it is, in one line.
    pub description: String,
}

/// What the manifest lists: a file or a folder of schemas, or an OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path of the file or the folder from the manifest's folder, with `/` between the parts.
    pub file: String,
    /// The URI it is known by: what its relative references are relative to where it has no `$id` of its own, and what
    /// others may refer to it by. Absolute, without a fragment; the file's path names it just as well.
    pub uri: Option<String>,
    /// Where its bytes came from; one line for people.
    pub origin: String,
    /// The SHA-256 of its bytes, 64 lowercase hexadecimal digits; of a folder, that of what `sha256sum` prints for its
    /// schema files, by their paths from there and in the order of these.
    pub sha256: String,
    /// The dialect of JSON Schema that it is read in; where the manifest does not say it, the file does.
    pub dialect: Option<Dialect>,
    /// The Rust module of its types: a snake_case identifier, unlike that of any other source.
    pub module: String,
    /// The name of the root's type, a CamelCase identifier, when the manifest chooses it.
    pub type_name: Option<String>,
    /// The choices that a schema leaves open.
    pub policy: Policy,
    /// The names that types had before, and that are to go on for a while.
    pub aliases: Vec<Alias>,
}

/// A name that a type had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The old name.
    pub name: String,
    /// The name that the type has.
    pub target: String,
    /// The manifest that lists it, as the user would name it.
    pub(crate) manifest: String,
    /// Where that has the old name.
    pub(crate) at: Position,
    /// Where that has the other.
    pub(crate) target_at: Position,
}

/// The choices that a schema leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What becomes of members that the schema does not name and does not forbid.
    pub unknown_members: UnknownMembers,
    /// What becomes of values that an enum does not list.
    pub unknown_enum_values: UnknownEnumValues,
    /// The formats that are asserted, each with the Rust type it is read into; all others are annotations.
    pub formats: BTreeMap<String, FormatType>,
}

/// Unknown members are dropped, unknown values of enums are kept where these are marked, `date-time` is chrono's.
impl Default for Policy {
    fn default() -> Self {
        let formats = BTreeMap::from([("date-time".to_owned(), FormatType::Chrono)]);
        Self { unknown_members: UnknownMembers::Drop, unknown_enum_values: UnknownEnumValues::KeepWhereMarked, formats }
    }
}

/// What becomes of values that an enum does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownEnumValues {
    /// They are accepted and kept where the enum is marked by `x-speakeasy-unknown-values: allow`, unless the schema
    /// around it would refuse something for it; all others are refused.
    KeepWhereMarked,
    /// They are refused.
    Refuse,
}

/// What becomes of members that the schema does not name and does not forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownMembers {
    /// They are accepted and forgotten.
    Drop,
}

/// The Rust type that a format is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatType {
    /// The crate chrono's type: for `date-time`, `DateTime<Utc>`; for `date`, `NaiveDate`.
    Chrono,
    /// The standard library's type: for `ipv4`, `Ipv4Addr`; for `ipv6`, `Ipv6Addr`.
    Std,
    /// A string that is checked, and kept as it is written.
    Text,
}

impl FormatType {
    /// What a manifest may choose: a format, the word for what it is read into, and what that is.
    pub(super) const CHOICES: &[(&str, &str, Self)] = &[
        ("date", "chrono", Self::Chrono),
        ("date-time", "chrono", Self::Chrono),
        ("ipv4", "std", Self::Std),
        ("ipv4", "string", Self::Text),
        ("ipv6", "std", Self::Std),
        ("ipv6", "string", Self::Text),
        ("uuid", "string", Self::Text),
    ];

    /// The formats that a manifest can have asserted, each once, with the first word that it may choose for it.
    pub fn formats() -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut last = "";
        let choices = Self::CHOICES.iter().map(|(format, word, _)| (*format, *word));
        choices.filter(move |(format, _)| std::mem::replace(&mut last, format) != *format)
    }
}
