//! Why a reference leads nowhere, and what to do about it.

use referencing::Error;

use super::Document;
use crate::diagnostic::Diagnostic;

/// Why a reference leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotUri,
    NotListed,
    NoComponent,
    NoAnchor,
    NoValue,
    NoSchema,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::PointerToNowhere { .. } | Error::InvalidArrayIndex { .. } => Self::NoValue,
            Error::NoSuchAnchor { .. } | Error::InvalidAnchor { .. } => Self::NoAnchor,
            Error::InvalidPercentEncoding { .. } | Error::InvalidUri(_) => Self::NotUri,
            Error::Unretrievable { .. } | Error::UnknownSpecification { .. } | Error::CircularMetaschema { .. } => {
                Self::NotListed
            }
        }
    }
}

impl Fault {
    /// What to say of the `reference` that the keyword at `at` of the file has.
    pub(super) fn diagnostic(self, document: &Document, at: &str, reference: &str) -> Diagnostic {
        let (reason, help) = match self {
            Self::NotUri => ("is not a URI reference", "percent-encode what is special in URIs"),
            Self::NotListed => (
                "leads to a document that the manifest does not list",
                "nothing is fetched: vendor that schema and list it as a [[source]]; its `$id`, its `uri` in the \
                 manifest or its file names it",
            ),
            Self::NoComponent => (
                "leads neither to a value of the document nor to another document by its `$id`",
                "correct it, or vendor the document whose `$id` this is and list it as a [[source]]",
            ),
            Self::NoAnchor => {
                ("leads to an anchor that the document does not have", "correct it, or add the `$anchor`")
            }
            Self::NoValue => (
                "leads to a pointer at which the document has nothing",
                "correct the pointer, or fetch the schema anew if the definition has been lost",
            ),
            Self::NoSchema => {
                ("leads to a value that is not a schema", "correct the pointer: a schema is an object or a boolean")
            }
        };
        let keyword = at.rsplit('/').next().unwrap_or_default();
        document.written_error(at, format!("`{keyword}` to `{reference}` {reason}")).help(help)
    }
}
