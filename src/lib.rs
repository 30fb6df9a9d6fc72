//! Rust types from JSON Schema, with a proof that they accept exactly what the schema accepts.
//!
//! [`generate`] leads a manifest through the stages: [`source`] reads, [`lower`] decides what Rust can say, [`shape`] asks
//! typify, [`enrich`] completes its answer, [`emit`] makes files of it and is the only one to touch the disk.

mod apart;
mod caught;
pub mod conformance;
pub mod diagnostic;
pub mod emit;
pub mod enrich;
mod equal;
pub mod lower;
pub mod pointer;
pub mod progress;
pub mod prove;
pub mod shape;
pub mod source;
pub mod vendor;
pub mod vocabulary;

use std::path::Path;

use progress::{Observer, Stage};

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

/// [`generate_observed`], with nobody to tell.
///
/// # Errors
///
/// All that is wrong with the input.
pub fn generate(manifest: &Path) -> diagnostic::Result<Generation> {
    generate_observed(manifest, &mut ())
}

/// Reads the manifest at `manifest` and what it lists, and generates the crate. Writes nothing. `observer` is told of each
/// stage that begins.
///
/// # Errors
///
/// All that is wrong with the input.
pub fn generate_observed(manifest: &Path, observer: &mut dyn Observer) -> diagnostic::Result<Generation> {
    observer.at(Stage::Reading, 0, 1);
    let mut sources = source::load(manifest)?;
    observer.at(Stage::Lowering, 0, 1);
    sources.notes.extend(lower::defaults::notes(&sources));
    let plan = lower::lower(&sources);
    observer.at(Stage::Shaping, 0, 1);
    let shapes = shape::shapes(&plan)?;
    observer.at(Stage::Emitting, 0, 1);
    let generated = enrich::enrich(&plan, &shapes, &sources.documents);
    let tree = emit::package(&sources, &plan, &generated)?;
    Ok(Generation { sources, plan, tree })
}
