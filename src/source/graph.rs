//! The [`Graph`] of where the `$ref`s of all documents lead: to a schema of the same document or of another that the
//! manifest lists.

use std::collections::BTreeMap;

/// A schema: the index of its document, and its pointer there.
pub(crate) type Place = (usize, String);

/// Where every `$ref` leads.
#[derive(Debug, Default)]
pub struct Graph {
    /// By document, from the pointer of the schema that has the `$ref` to the schema that it means.
    pub(super) targets: BTreeMap<usize, BTreeMap<String, Place>>,
}

impl Graph {
    /// Where the `$ref` of the schema at `holder` in `documents[document]` leads: the index of a document and a pointer
    /// into its schema, always to a place where a schema stands. None when that schema has no `$ref`.
    #[must_use]
    pub fn target(&self, document: usize, holder: &str) -> Option<(usize, &str)> {
        let (document, pointer) = self.targets.get(&document)?.get(holder)?;
        Some((*document, pointer))
    }
}
