//! Turns the URI by which a manifest or `$schema` names a dialect into the [`Dialect`].

use std::fmt;

use referencing::Draft;

/// A dialect of JSON Schema that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// JSON Schema draft 4.
    Draft4,
    /// JSON Schema draft 6.
    Draft6,
    /// JSON Schema draft 7.
    Draft7,
    /// JSON Schema 2019-09.
    Draft201909,
    /// JSON Schema 2020-12.
    Draft202012,
    /// The Schema Object of OpenAPI 3.0.
    OpenApi30,
    /// The Schema Object of OpenAPI 3.1: JSON Schema 2020-12 and a few annotations.
    OpenApi31,
}

impl Dialect {
    /// All dialects.
    const ALL: &[Self] = &[
        Self::Draft4,
        Self::Draft6,
        Self::Draft7,
        Self::Draft201909,
        Self::Draft202012,
        Self::OpenApi30,
        Self::OpenApi31,
    ];

    /// The URI of its metaschema, by which `$schema` and the manifest name it.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::Draft4 => "http://json-schema.org/draft-04/schema#",
            Self::Draft6 => "http://json-schema.org/draft-06/schema#",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft201909 => "https://json-schema.org/draft/2019-09/schema",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
            Self::OpenApi30 => "https://spec.openapis.org/oas/3.0/schema/2021-09-28",
            Self::OpenApi31 => "https://spec.openapis.org/oas/3.1/dialect/base",
        }
    }

    /// The dialect that `uri` names; an empty fragment makes no difference.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let bare = |uri: &'static str| uri.strip_suffix('#').unwrap_or(uri);
        let uri = uri.strip_suffix('#').unwrap_or(uri);
        Self::ALL.iter().copied().find(|dialect| bare(dialect.uri()) == uri)
    }

    /// The URIs of all dialects, for people.
    #[must_use]
    pub fn supported() -> String {
        Self::ALL.iter().map(|dialect| dialect.uri()).collect::<Vec<_>>().join(", ")
    }

    /// The draft of JSON Schema that it is, or is made from: OpenAPI 3.0 has a part of draft 4 (through its successor,
    /// draft 5, which changed no keyword).
    pub(super) fn draft(self) -> Draft {
        match self {
            Self::Draft4 | Self::OpenApi30 => Draft::Draft4,
            Self::Draft6 => Draft::Draft6,
            Self::Draft7 => Draft::Draft7,
            Self::Draft201909 => Draft::Draft201909,
            Self::Draft202012 | Self::OpenApi31 => Draft::Draft202012,
        }
    }

    /// Whether it is one of OpenAPI's.
    pub(super) fn is_openapi(self) -> bool {
        matches!(self, Self::OpenApi30 | Self::OpenApi31)
    }
}

/// The dialect's name, such as "2020-12".
impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft4 => "draft 4",
            Self::Draft6 => "draft 6",
            Self::Draft7 => "draft 7",
            Self::Draft201909 => "2019-09",
            Self::Draft202012 => "2020-12",
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::OpenApi31 => "OpenAPI 3.1",
        })
    }
}
