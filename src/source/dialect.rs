//! Turns `$schema` and `$id` into the [`Dialect`] and the identity of a document, leaving in the schema what its
//! dialect allows there.

use std::fmt;

use jsonschema::uri;
use serde_json::Value;

use super::{
    document::{Document, stem},
    findings::Findings,
};
use crate::{diagnostic::Diagnostic, pointer, vocabulary};

/// A dialect of JSON Schema that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// JSON Schema 2020-12.
    Draft202012,
}

impl Dialect {
    /// All dialects.
    const ALL: &[Self] = &[Self::Draft202012];

    /// The URI of its metaschema, by which `$schema` and the manifest name it.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// The dialect that `uri` names; an empty fragment makes no difference.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let uri = uri.strip_suffix('#').unwrap_or(uri);
        Self::ALL.iter().copied().find(|dialect| dialect.uri() == uri)
    }

    /// The URIs of all dialects, for people.
    pub(super) fn supported() -> String {
        Self::ALL.iter().map(|dialect| dialect.uri()).collect::<Vec<_>>().join(", ")
    }
}

/// The dialect's name, such as "2020-12".
impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft202012 => "2020-12",
        })
    }
}

/// Gives `document` its identity, and takes from its schema an `$id` that the dialect forbids but that names it well.
pub(super) fn identify(document: &mut Document) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = declared(document).into_iter().collect();
    found.extend(embedded(document));
    let id = document.schema.get("$id").and_then(Value::as_str).map(str::to_owned);
    if let Some(id) = id {
        found.extend(named(document, &id));
    }
    found
}

/// What to say when `$schema` is not the manifest's dialect.
fn declared(document: &Document) -> Option<Diagnostic> {
    let declared = document.schema.get("$schema")?.as_str()?;
    let dialect = document.source.dialect;
    (Dialect::from_uri(declared) != Some(dialect)).then(|| {
        let message = format!("`$schema` is `{declared}`, but the manifest says `{}`", dialect.uri());
        let help = match Dialect::from_uri(declared) {
            Some(other) => format!("write dialect = \"{}\" in the manifest if `$schema` is right", other.uri()),
            None => format!("the dialects supported are: {}", Dialect::supported()),
        };
        document.error("/$schema", message).help(help)
    })
}

/// What to say about schemas within the schema that name themselves or their dialect.
fn embedded(document: &Document) -> Vec<Diagnostic> {
    let mut found = Findings::new(document.file());
    for (at, schema) in vocabulary::subschemas(&document.schema, "").iter().skip(1) {
        for keyword in ["$id", "$schema"].into_iter().filter(|keyword| schema.get(keyword).is_some()) {
            found.push(|| {
                let message =
                    format!("`{keyword}` stands below the root: a schema embedded in another is not supported");
                let help = "move that schema to a file of its own and list it in the manifest, or remove the keyword";
                document.error(&pointer::push(at, keyword), message).help(help)
            });
        }
    }
    found.into_vec()
}

/// Takes `id` as the document's name, and as its base URI where it is one.
fn named(document: &mut Document, id: &str) -> Option<Diagnostic> {
    let identity = uri::resolve_against(&document.base.borrow(), id);
    let Ok(identity) = identity else {
        let error = document.error("/$id", format!("`$id` is `{id}`, which is not a URI reference"));
        return Some(error.help("write an absolute URI, with what is special in URIs percent-encoded"));
    };
    if document.source.type_name.is_none() {
        document.name = stem(id);
    }
    let fragment = identity.fragment().and_then(|fragment| fragment.decode().to_string().ok());
    let component = fragment.filter(|_| id.starts_with("#/") && !id.ends_with('/'));
    let Some(component) = component else {
        document.base = identity.strip_fragment().to_owned();
        return None;
    };
    let message = format!(
        "`$id` is `{id}`, a fragment, which {} forbids; it is read as the name of the definition",
        document.source.dialect
    );
    let note = document.note("/$id", message);
    if let Some(name) = pointer::tokens(&component).last().filter(|_| document.source.type_name.is_none()) {
        document.name = name;
    }
    document.component = Some(component.into_owned());
    document.schema.as_object_mut()?.shift_remove("$id");
    Some(note)
}
