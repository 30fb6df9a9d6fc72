//! Turns documents into what the registry of the crate `referencing` is to see of them: the same values at the same
//! pointers, without what it would follow by itself, and with names only where a keyword of the dialect holds a schema.

use std::{borrow::Cow, collections::BTreeSet};

use referencing::Draft;
use serde_json::{Map, Value};

use super::{Dialect, Document, openapi::SCHEMAS, words};
use crate::{parallel, pointer};

/// What names schemas and what refers to them, in any dialect that the registry knows.
const NAMES: &[&str] = &["$anchor", "$dynamicAnchor", "$id", "$ref", "$schema", "id"];

/// The bare forms of `documents`.
pub(super) fn bare(documents: &[Document]) -> Vec<Value> {
    parallel::map(documents.iter().collect(), |document| {
        let embedded = document.sites.resources.iter().skip(1);
        let bare = Bare { document, roots: embedded.map(|resource| resource.root.as_str()).collect() };
        let mut copy = bare.copy(document.as_written(), "");
        if !document.is_schema {
            shelve(&mut copy);
        }
        copy
    })
}

/// Moves the definitions of an OpenAPI document to where the registry looks for identifiers and anchors.
fn shelve(document: &mut Value) {
    let definitions = document.pointer_mut(SCHEMAS).map(Value::take).unwrap_or_default();
    if let Some(root) = document.as_object_mut() {
        root.insert("$defs".to_owned(), definitions);
    }
}

/// The pointer into the bare form of `document` for `fragment`, a pointer into what is written.
pub(super) fn shelved<'p>(document: &Document, fragment: &'p str) -> Cow<'p, str> {
    match fragment.strip_prefix(SCHEMAS).filter(|rest| !document.is_schema && rest.starts_with('/')) {
        Some(rest) => format!("/$defs{rest}").into(),
        None => fragment.into(),
    }
}

/// The pointer in the file of what the bare form of `document` has at `pointer`.
pub(super) fn written(document: &Document, pointer: String) -> String {
    match pointer.strip_prefix("/$defs").filter(|_| !document.is_schema) {
        Some(rest) => format!("{SCHEMAS}{rest}"),
        None => pointer,
    }
}

struct Bare<'d> {
    document: &'d Document,
    /// Where embedded resources begin.
    roots: BTreeSet<&'d str>,
}

impl Bare<'_> {
    /// The bare form of `value`, which is written at `at`.
    fn copy(&self, value: &Value, at: &str) -> Value {
        match value {
            Value::Array(items) => {
                let numbered = items.iter().enumerate();
                numbered.map(|(index, item)| self.copy(item, &pointer::push(at, &index.to_string()))).collect()
            }
            Value::Object(members) => {
                let kept = members.iter().filter(|(name, value)| !value.is_string() || self.keeps(members, name, at));
                let kept = kept.map(|(name, value)| (name.clone(), self.copy(value, &pointer::push(at, name))));
                Value::Object(kept.collect())
            }
            other => other.clone(),
        }
    }

    /// Whether the text that is called `name` among `members`, which are written at `at`, stays.
    fn keeps(&self, members: &Map<String, Value>, name: &str, at: &str) -> bool {
        let sites = &self.document.sites;
        let Some(dialect) = sites.resource_at(at).map(|resource| sites.dialect_of(resource)) else {
            return !NAMES.contains(&name);
        };
        let text = members.get(name).and_then(Value::as_str).unwrap_or_default();
        let begins = self.roots.contains(at);
        match name {
            "$schema" => begins && Dialect::from_uri(text).is_some(),
            "$anchor" | "$dynamicAnchor" => words::is_anchor(dialect, name),
            _ if name == dialect.draft().id_keyword() => begins || is_anchor(dialect, members, text),
            _ => !NAMES.contains(&name),
        }
    }
}

/// Whether the identifier `id` among `keywords` is an anchor, as it may be in drafts 4 to 7.
fn is_anchor(dialect: Dialect, keywords: &Map<String, Value>, id: &str) -> bool {
    let may_be = dialect.draft() < Draft::Draft201909 && dialect != Dialect::OpenApi30;
    may_be && id.starts_with('#') && !words::is_reference_alone(dialect, keywords)
}
