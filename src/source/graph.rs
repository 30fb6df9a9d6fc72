//! Turns the `$ref`s of all documents into the [`Graph`] of where they lead (2020-12 Core, section 8.2): to a schema
//! of the same document or of another that the manifest lists, by pointer or by anchor. Nothing is fetched.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::uri;
use serde_json::Value;

use super::{Document, cycles, document::file_uri, findings::Findings};
use crate::{diagnostic::Diagnostic, pointer, vocabulary};

/// A schema: the index of its document, and its pointer there.
pub(super) type Place = (usize, String);

/// Where every `$ref` leads.
#[derive(Debug, Default)]
pub struct Graph {
    /// From the schema that has the `$ref` to the schema that it means.
    targets: BTreeMap<Place, Place>,
}

impl Graph {
    /// Where the `$ref` of the schema at `holder` in `documents[document]` leads: the index of a document and a pointer
    /// into its schema, always to a place where a schema stands. None when that schema has no `$ref`.
    #[must_use]
    pub fn target(&self, document: usize, holder: &str) -> Option<(usize, &str)> {
        let (document, pointer) = self.targets.get(&(document, holder.to_owned()))?;
        Some((*document, pointer))
    }

    /// The graph of `documents`, and every reference that leads nowhere or in a circle. When documents of the manifest
    /// could not be read (not `complete`), nothing is said of references to documents that are not there.
    pub(super) fn resolve(documents: &[Document], complete: bool) -> (Self, Vec<Diagnostic>) {
        let (index, mut found) = Index::of(documents);
        let mut graph = Self::default();
        for (number, document) in documents.iter().enumerate() {
            let mut findings = Findings::new(document.file());
            for (at, schema) in vocabulary::subschemas(&document.schema, "") {
                if schema.get("$dynamicRef").is_some() {
                    findings.push(|| dynamic(document, &at));
                }
                let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { continue };
                match index.lookup(number, reference) {
                    Ok(target) => {
                        graph.targets.insert((number, at), target);
                    }
                    Err(Fault::NotListed | Fault::NoComponent) if !complete => {}
                    Err(fault) => findings.push(|| fault.diagnostic(document, &at, reference)),
                }
            }
            found.extend(findings.into_vec());
        }
        found.extend(cycles::find(documents, &graph.targets));
        (graph, found)
    }
}

fn dynamic(document: &Document, at: &str) -> Diagnostic {
    document
        .error(&pointer::push(at, "$dynamicRef"), "`$dynamicRef` is not supported")
        .help("write `$ref` with the schema that is meant, if it is always the same one")
}

/// Why a reference leads nowhere.
enum Fault {
    NotUri,
    NotListed,
    NoComponent,
    NoAnchor,
    NoValue,
    NoSchema,
}

impl Fault {
    fn diagnostic(&self, document: &Document, at: &str, reference: &str) -> Diagnostic {
        let (reason, help) = match self {
            Self::NotUri => ("is not a URI reference", "percent-encode what is special in URIs"),
            Self::NotListed => (
                "leads to a document that the manifest does not list",
                "nothing is fetched: vendor that schema and list it as a [[source]]; its `$id` or its file names it",
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
            Self::NoSchema => (
                "leads to a value that stands where no keyword takes a schema",
                "move the schema below `$defs` and refer to it there",
            ),
        };
        document.error(&pointer::push(at, "$ref"), format!("`$ref` to `{reference}` {reason}")).help(help)
    }
}

/// What references can name.
struct Index<'d> {
    documents: &'d [Document],
    /// Documents by URI, without fragment.
    by_uri: BTreeMap<String, usize>,
    /// Documents by an `$id` that is a pointer.
    by_component: BTreeMap<&'d str, usize>,
    anchors: BTreeMap<(usize, &'d str), String>,
    schemas: BTreeSet<Place>,
}

impl<'d> Index<'d> {
    /// The index of `documents`, and the names that it has twice.
    fn of(documents: &'d [Document]) -> (Self, Vec<Diagnostic>) {
        let (by_uri, by_component, anchors) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut index = Self { documents, by_uri, by_component, anchors, schemas: BTreeSet::new() };
        let mut found = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            let by_uri = *index.by_uri.entry(document.base.as_str().to_owned()).or_insert(number);
            let by_component = document.component.as_deref().map(|id| *index.by_component.entry(id).or_insert(number));
            let first = by_component.unwrap_or(by_uri);
            if let Some(other) = documents.get(first).filter(|_| first != number) {
                let message = format!("`{}` has the same `$id`", other.source.file);
                found.push(document.error("/$id", message).help("remove one of the two sources from the manifest"));
            }
            found.extend(index.add_schemas(number, document));
        }
        // The file's path comes second: an `$id` may name a document just as the file of another is called.
        for (number, document) in documents.iter().enumerate() {
            index.by_uri.entry(file_uri(&document.source.file).as_str().to_owned()).or_insert(number);
        }
        (index, found)
    }

    /// Takes in the schemas and anchors of `document`; gives the anchors that it has twice.
    fn add_schemas(&mut self, number: usize, document: &'d Document) -> Vec<Diagnostic> {
        let mut found = Findings::new(document.file());
        for (at, schema) in vocabulary::subschemas(&document.schema, "") {
            for keyword in ["$anchor", "$dynamicAnchor"] {
                let Some(anchor) = schema.get(keyword).and_then(Value::as_str) else { continue };
                let first = self.anchors.entry((number, anchor)).or_insert_with(|| at.clone());
                if *first != at {
                    let message = format!("`{anchor}` is also the anchor of #{first}");
                    found.push(|| document.error(&pointer::push(&at, keyword), message).help("rename one of the two"));
                }
            }
            self.schemas.insert((number, at));
        }
        found.into_vec()
    }

    /// The schema that `reference` means in the document of this `number`.
    fn lookup(&self, number: usize, reference: &str) -> Result<Place, Fault> {
        let base = self.documents.get(number).ok_or(Fault::NotListed)?.base.borrow();
        let uri = uri::resolve_against(&base, reference).map_err(|_| Fault::NotUri)?;
        let own = uri.strip_fragment() == base;
        let target = *self.by_uri.get(uri.strip_fragment().as_str()).ok_or(Fault::NotListed)?;
        let fragment = uri.fragment().map(|fragment| fragment.decode().to_string());
        let fragment = fragment.transpose().map_err(|_| Fault::NotUri)?.unwrap_or_default();
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let anchor = self.anchors.get(&(target, &*fragment)).ok_or(Fault::NoAnchor)?;
            return Ok((target, anchor.clone()));
        }
        match self.at_pointer(target, &fragment) {
            Err(Fault::NoValue) if own => self.component(number, &fragment),
            other => other,
        }
    }

    /// The document whose `$id` is the pointer `written`, which leads nowhere in the document of this `number`.
    fn component(&self, number: usize, written: &str) -> Result<Place, Fault> {
        if let Some(component) = self.by_component.get(written) {
            return Ok((*component, String::new()));
        }
        let schema = self.documents.get(number).map(|document| &document.schema);
        let begins_here =
            pointer::tokens(written).next().zip(schema).is_some_and(|(token, schema)| schema.get(token).is_some());
        Err(if begins_here { Fault::NoValue } else { Fault::NoComponent })
    }

    /// The schema that the pointer `written` names in the document of this `number`.
    fn at_pointer(&self, number: usize, written: &str) -> Result<Place, Fault> {
        let document = self.documents.get(number).ok_or(Fault::NotListed)?;
        let place = (number, document.read_pointer(written));
        if self.schemas.contains(&place) {
            return Ok(place);
        }
        Err(if document.schema.pointer(&place.1).is_some() { Fault::NoSchema } else { Fault::NoValue })
    }
}
