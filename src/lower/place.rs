//! Schemas by their places: what the stages of lowering read from, before and after schemas are simplified.

use serde_json::Value;

use crate::pointer;
use crate::source::{Graph, Sources, Version};

/// Documents of schemas in which every `$ref` leads to a place.
pub trait Schemas {
    /// The schema of the document with this index.
    fn document(&self, index: usize) -> Option<&Value>;
    /// Where the `$ref` of the schema at `place` leads.
    fn target(&self, place: &Place) -> Option<Place>;
    /// What to call the schema at `place`, if its own pointer does not say.
    fn called(&self, place: &Place) -> Option<String> {
        pointer::tokens(&place.pointer).last()
    }
}

/// A schema's place: the index of its document and its JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The index of the document among its [`Schemas`].
    pub document: usize,
    /// The JSON Pointer in it.
    pub pointer: String,
}

impl Place {
    /// The schema there; a place that a graph or a walk gave always has one.
    #[must_use]
    pub fn schema<'a>(&self, schemas: &'a (impl Schemas + ?Sized)) -> &'a Value {
        let document = schemas.document(self.document);
        document.and_then(|document| pointer::find(document, &self.pointer)).unwrap_or(&Value::Null)
    }

    /// The place below, where `token` leads.
    #[must_use]
    pub fn below(&self, token: &str) -> Self {
        Self { document: self.document, pointer: pointer::push(&self.pointer, token) }
    }
}

impl Schemas for Sources {
    fn document(&self, index: usize) -> Option<&Value> {
        self.documents.get(index).map(|document| &document.schema)
    }

    fn target(&self, place: &Place) -> Option<Place> {
        target(&self.graph, place)
    }
}

impl Schemas for Version {
    fn document(&self, index: usize) -> Option<&Value> {
        self.documents.get(index).map(|document| &document.schema)
    }

    fn target(&self, place: &Place) -> Option<Place> {
        target(&self.graph, place)
    }
}

fn target(graph: &Graph, place: &Place) -> Option<Place> {
    let (document, pointer) = graph.target(place.document, &place.pointer)?;
    Some(Place { document, pointer: pointer.to_owned() })
}
