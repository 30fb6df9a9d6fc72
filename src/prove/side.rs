//! The two schemas of a claim, each made ready once: what it asserts, a validator and the canonical form's document.

use std::collections::BTreeSet;

use jsonschema::canonical::{self, CanonicalSchema, PreparedDocument, Satisfiability};
use jsonschema::{Draft, Validator};
use serde_json::Value;

use super::{align, inline, schema};
use crate::caught::caught;

/// Schemas within each other, along references too, in the deepest document whose canonical form is asked for: it is
/// made by recursion.
const DEEPEST: usize = 1500;

/// One schema document, ready to be asked.
#[derive(Debug)]
pub(super) struct Side {
    /// The document with asserted formats only.
    pub(super) schema: Value,
    pub(super) validator: Validator,
    /// The same as a set, in the form in which the two sides are compared place by place.
    pub(super) comparable: Value,
    /// The same once more, in the form in which they are compared as a whole.
    pub(super) inlined: Value,
    /// Where the root of `schema` is in `comparable`.
    root: String,
}

/// What is claimed equal.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) source: Side,
    pub(super) re_export: Side,
}

impl Sides {
    pub(super) fn new(source: &Value, re_export: &Value, asserted_formats: &BTreeSet<String>) -> Result<Self, String> {
        let mut source = Side::new("the source", source, asserted_formats)?;
        let mut re_export = Side::new("the re-export", re_export, asserted_formats)?;
        re_export.comparable = align::definitions(&source.comparable, &re_export.comparable);
        [source.inlined, re_export.inlined] = inline::but_recursion([&source.comparable, &re_export.comparable]);
        Ok(Self { source, re_export })
    }
}

impl Side {
    /// One document, called `name` in errors, which is not compared with another as a set.
    pub(super) fn new(name: &str, document: &Value, asserted_formats: &BTreeSet<String>) -> Result<Self, String> {
        let schema = schema::asserting(document, asserted_formats);
        let validator = validator(&schema).map_err(|error| format!("{name} is no usable schema: {error}"))?;
        let (comparable, root) = align::rerooted(&schema);
        Ok(Self { schema, validator, inlined: Value::Null, comparable, root })
    }

    /// The document indexed for the canonical form of any of its places.
    pub(super) fn prepared(&self) -> Result<PreparedDocument<'_>, String> {
        prepared(&self.comparable)
    }

    /// The pointer in `schema` of a pointer in `comparable`.
    pub(super) fn original<'a>(&self, pointer: &'a str) -> &'a str {
        let rest = pointer.strip_prefix(&self.root).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        rest.unwrap_or(pointer)
    }

    /// Whether it is proved that the schema at this pointer of `schema` accepts everything.
    pub(super) fn accepts_all(&self, pointer: &str) -> bool {
        let moved = match pointer.starts_with("/$defs/") {
            true => pointer.to_owned(),
            false => format!("{}{pointer}", self.root),
        };
        let refused = || {
            let form = self.prepared()?.canonicalize_at(&moved).map_err(|error| error.to_string())?;
            form.negate().map(|refused| refused.satisfiability()).map_err(|error| error.to_string())
        };
        caught(refused).is_ok_and(|refused| refused == Ok(Satisfiability::No))
    }

    /// The canonical form of the whole document.
    pub(super) fn canonical(&self) -> Result<CanonicalSchema, String> {
        canonical(&self.inlined)
    }
}

/// The canonical form of a whole document. A panic on the way is an error like others: it is not the schema's fault.
pub(super) fn canonical(document: &Value) -> Result<CanonicalSchema, String> {
    if inline::levels(document) > DEEPEST {
        return Err(format!("more than {DEEPEST} schemas lie within each other"));
    }
    caught(|| prepared(document)?.canonicalize().map_err(|error| error.to_string()))?
}

fn prepared(document: &Value) -> Result<PreparedDocument<'_>, String> {
    canonical::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .offline()
        .prepare(document)
        .map_err(|error| error.to_string())
}

/// The validator of a 2020-12 schema in which every `format` left asserts.
pub(super) fn validator(schema: &Value) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .offline()
        .build(schema)
        .map_err(|error| error.to_string())
}
