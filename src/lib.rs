//! Rust types from JSON Schema, with a proof that they accept exactly what the schema accepts.
//!
//! [`generate`] leads a manifest through the stages: [`source`] reads, [`lower`] decides what Rust can say, [`shape`] asks
//! typify, [`enrich`] completes its answer, [`emit`] makes files of it and is the only one to touch the disk.

pub mod conformance;
pub mod diagnostic;
pub mod emit;
pub mod enrich;
mod equal;
pub mod lower;
pub mod pointer;
pub mod prove;
pub mod shape;
pub mod source;
pub mod vocabulary;

use std::path::Path;

/// What a run makes of a manifest, before anything is written.
#[derive(Debug)]
pub struct Generation {
    /// The schemas, with the notes on how they were read.
    pub sources: source::Sources,
    /// What was decided about each definition.
    pub plan: lower::Plan,
    /// The files of the generated crate.
    pub tree: emit::Tree,
}

/// Reads the manifest at `manifest` and what it lists, and generates the crate. Writes nothing.
///
/// # Errors
///
/// All that is wrong with the input.
pub fn generate(manifest: &Path) -> diagnostic::Result<Generation> {
    let mut sources = source::load(manifest)?;
    sources.notes.extend(lower::defaults::notes(&sources));
    let plan = lower::lower(&sources);
    let shapes = shape::shapes(&plan)?;
    let generated = enrich::enrich(&plan, &shapes, &sources.documents);
    let tree = emit::package(&sources, &plan, &generated)?;
    Ok(Generation { sources, plan, tree })
}
