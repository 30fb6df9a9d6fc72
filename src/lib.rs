//! Rust types from JSON Schema, with a proof that they accept exactly what the schema accepts.
//!
//! [`generate`] leads a manifest through the stages: [`source`] reads, [`lower`] decides what Rust can say, [`shape`] asks
//! typify, [`enrich`] completes its answer, [`emit`] makes files of it and is the only one to touch the disk.

// Without `full`, what only the prover or `vendor` asks of a stage is asked by nobody.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))]

mod apart;
mod caught;
#[cfg(feature = "full")]
pub mod conformance;
pub mod diagnostic;
pub mod emit;
pub mod enrich;
mod equal;
#[cfg(feature = "full")]
pub mod evolve;
pub mod lower;
pub mod memory;
mod parallel;
pub mod pointer;
pub mod progress;
#[cfg(feature = "full")]
pub mod prove;
mod regular;
pub mod shape;
pub mod source;
#[cfg(feature = "full")]
pub mod vendor;
pub mod vocabulary;

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use progress::{Observer, Stage};
use serde::{Deserialize, Serialize};

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

/// What a run ends in: all that is needed to write it, or to say how a directory differs from it.
#[derive(Debug)]
pub struct Outcome {
    /// The files of the generated crate.
    pub tree: emit::Tree,
    /// The lock of names that goes beside the manifest, at [`source::lock_path`].
    pub lock: String,
    /// What it says otherwise than the lock that is there.
    pub renamed: Vec<diagnostic::Diagnostic>,
    /// What was read otherwise than it is written.
    pub notes: Vec<diagnostic::Diagnostic>,
    /// How much it was about.
    pub counts: Counts,
}

impl From<Generation> for Outcome {
    fn from(generation: Generation) -> Self {
        let counts = Counts::of(&generation);
        let (mut sources, plan) = (generation.sources, generation.plan);
        let renamed = lower::locked::changes(&sources.lock, &plan.lock);
        let (tree, lock) = (generation.tree, plan.lock.text());
        let notes = std::mem::take(&mut sources.notes);
        // To free all that takes a while, for which nobody has to wait: a program that ends does without.
        let _ = thread::Builder::new().spawn(move || drop((sources, plan)));
        Self { tree, lock, renamed, notes, counts }
    }
}

/// How much a run was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// The sources, each a module.
    pub sources: usize,
    /// The definitions, each a type.
    pub definitions: usize,
    /// The keywords that each tier answers for.
    pub keywords: BTreeMap<lower::Tier, usize>,
    /// The notes on how the sources were read.
    pub notes: usize,
}

impl Counts {
    /// What `generation` was about.
    #[must_use]
    pub fn of(Generation { sources, plan, .. }: &Generation) -> Self {
        let mut keywords = BTreeMap::from(lower::Tier::ALL.map(|tier| (tier, 0)));
        for fate in plan.modules.iter().flat_map(|module| &module.fates) {
            *keywords.entry(fate.tier).or_default() += 1;
        }
        let (sources, notes) = (plan.modules.len(), sources.notes.len());
        Self { sources, definitions: plan.definitions().count(), keywords, notes }
    }
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
    generate_from(source::load(manifest)?, observer)
}

/// Generates the crate of `sources`. Writes nothing. `observer` is told of each stage that begins.
pub(crate) fn generate_from(
    mut sources: source::Sources,
    observer: &mut dyn Observer,
) -> diagnostic::Result<Generation> {
    observer.at(Stage::Lowering, 0, 1);
    sources.notes.extend(lower::defaults::notes(&sources));
    let lowered = lower::decide(&sources);
    observer.at(Stage::Shaping, 0, 1);
    let (fates, shapes) = parallel::both(|| lowered.fates(&sources), || shape::shapes(lowered.plan()));
    let (plan, shapes) = (lowered.answered(fates), shapes?);
    observer.at(Stage::Emitting, 0, 1);
    let generated = enrich::enrich(&plan, &shapes, &sources.documents)?;
    drop(shapes);
    let tree = emit::package(&sources, &plan, &generated)?;
    Ok(Generation { sources, plan, tree })
}
