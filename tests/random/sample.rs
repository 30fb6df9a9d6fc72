//! Some of the random schemas -> crates: they compile without a warning, and their types agree with the validator.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use typeproof::prove::{Claim, Effort, Part, claims};
use typeproof::{Generation, emit};

use crate::{harness, schemas, trial};

/// How many schemas are compiled at the most, of how many tried one is, and how many are in one crate.
const SAMPLE: u64 = 500;
const SHARE: u64 = 20;
const TOGETHER: usize = 50;

/// What is tried for each type.
const EFFORT: Effort = Effort { nodes: 600_000, ..Effort::of(1, 20) };

/// The generations of the first of `tried`, and of what comes after, that generate types; each of many schemas.
pub fn generations(tried: Range<u64>) -> Vec<Generation> {
    let folder = TempDir::new().expect("a folder");
    let generates = |seed: &u64| {
        trial::types(folder.path(), &schemas::schema(*seed))
            .unwrap_or_else(|why| panic!("seed {seed}: {why}"))
            .is_some()
    };
    let count = (tried.end - tried.start).div_ceil(SHARE).min(SAMPLE);
    let seeds: Vec<u64> = (tried.start..).filter(generates).take(usize::try_from(count).expect("a few")).collect();
    let named = |seed: &u64| (format!("seed_{seed}"), schemas::schema(*seed).to_string());
    let together = seeds.chunks(TOGETHER).map(|seeds| seeds.iter().map(named).collect::<Vec<_>>());
    together.map(|schemas| harness::sources::generated(folder.path(), &schemas, &trial::every_format())).collect()
}

/// Compiles the crate of `generation`, with the feature and with every warning an error; what rustc says against it.
pub fn compile(generation: &Generation) -> Result<(), String> {
    let folder = TempDir::new().expect("a folder");
    emit::write(&generation.tree, folder.path()).unwrap_or_else(|stopped| panic!("{stopped:?}"));
    copy_lock(folder.path());
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder.path()).args(["rustc", "--lib", "--profile", "check", "--features", "schemars"]);
    cargo.args(["--quiet", "--offline", "--target-dir"]).arg(harness::folder().join("target"));
    let output = cargo.args(["--", "-D", "warnings"]).output().expect("cargo can be run");
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn copy_lock(folder: &Path) {
    fs::copy(harness::repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the folder is writable");
}

/// The claims about the roots of `generation`: what they hold is in them.
fn roots(generation: &Generation) -> Vec<Claim> {
    let mut claims = claims(generation);
    claims.dedup_by_key(|claim| claim.source.split('#').next().map(str::to_owned));
    claims
}

/// Proves the root type of each schema of `generations`; what is shown to be wrong, with the schema's seed as its module.
pub fn disagreements(generations: &[Generation]) -> Vec<String> {
    let (mut crates, mut claims) = (Vec::new(), Vec::new());
    for (number, generation) in generations.iter().enumerate() {
        let name = format!("random{number}");
        claims.extend(roots(generation).into_iter().map(|claim| (name.clone(), claim)));
        crates.push((name, generation.tree.clone()));
    }
    let proofs = harness::proofs(&crates, &claims, &EFFORT);
    let found = claims.iter().zip(&proofs).filter_map(|((_, claim), proof)| {
        // What refuses nothing is no disagreement about a value.
        let finding = proof.findings.iter().find(|finding| finding.part != Part::Annotations)?;
        Some(format!("{}: {finding}{}", claim.type_path, claim.schema))
    });
    found.collect()
}
