//! What the tests share: the repository's own generation, and probes that hold compiled types.
#![allow(dead_code, reason = "each test uses its part of this")]

use std::path::{Path, PathBuf};

use typeproof::emit::Tree;
use typeproof::prove::{Claim, Crate, Probe, Workshop, claims};
use typeproof::{Generation, generate};

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the repository's own manifest generates.
pub fn generation() -> Generation {
    generate(&repository().join("schemas/manifest.toml")).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The only claim of the repository's own generation.
pub fn claim() -> Claim {
    let claims = claims(&generation());
    let [claim] = claims.try_into().expect("the repository vendors one schema, with one definition");
    claim
}

/// A probe of these crates, each a name and its files. No network: what it is built from, this test is built from.
pub fn probe(crates: &[(String, Tree)]) -> Probe {
    let types: Vec<String> = claims(&generation()).into_iter().map(|claim| claim.type_path).collect();
    let crates = crates.iter().map(|(name, tree)| Crate { name, tree, types: &types });
    let crates: Vec<Crate<'_>> = crates.collect();
    let (folder, lock) = (folder(), repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: true };
    Probe::start(&crates, &workshop).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A folder for probes in cargo's target folder.
pub fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    target.join("typeproof")
}
