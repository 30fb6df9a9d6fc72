//! What becomes of each keyword: the rows of the ledger.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Which tier of the generated code answers for a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// The shape of the Rust type alone is exact.
    Native,
    /// A check runs when a value is read or made.
    Checked,
    /// A validator of the schema itself runs when a value is read or made.
    Opaque,
    /// It refuses nothing and is carried along.
    Annotation,
    /// It names the schema, its dialect or its definitions.
    Identifier,
}

impl Tier {
    /// All tiers, as the ledger counts them.
    pub const ALL: [Self; 5] = [Self::Native, Self::Checked, Self::Opaque, Self::Annotation, Self::Identifier];
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Native => "native",
            Self::Checked => "checked",
            Self::Opaque => "opaque",
            Self::Annotation => "annotation",
            Self::Identifier => "identifier",
        })
    }
}

/// The fate of one keyword at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The index of its document.
    pub document: usize,
    /// The JSON Pointer of the keyword.
    pub pointer: String,
    /// Its value as JSON, shortened where it is long or holds schemas, which have rows of their own.
    pub value: String,
    /// Which tier answers for it.
    pub tier: Tier,
    /// What in Rust answers for it, in Markdown.
    pub means: String,
    /// Where Rust's type holds less than the schema accepts, what it holds; empty where it holds all.
    pub limit: &'static str,
}
