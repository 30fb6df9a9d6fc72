//! What the tests share: generations to prove, and probes that hold compiled types.
#![allow(dead_code, reason = "each test uses its part of this")]

pub mod corpus;
pub mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use typeproof::emit::Tree;
use typeproof::prove::{Claim, Crate, Effort, Holds, Part, Probe, Proof, Subject, Workshop, claims, prove};
use typeproof::{Generation, generate};

/// Probes asked side by side.
const PROBES: usize = 2;

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the repository's own manifest generates.
pub fn generation() -> Generation {
    generate(&repository().join("schemas/manifest.toml")).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Proves each claim about a type of the crate that is named with it.
pub fn proofs(crates: &[(String, Tree)], claims: &[(String, Claim)], effort: &Effort) -> Vec<Proof> {
    proofs_by(crates, claims, |_, claim, subject| prove(claim, subject, effort))
}

/// What `proof` makes of each claim, by its number, about a type of the crate that is named with it. No network: what a
/// probe is built from, this test is built from.
pub fn proofs_by(
    crates: &[(String, Tree)],
    claims: &[(String, Claim)],
    proof: impl Fn(usize, &Claim, &mut dyn Subject) -> Proof + Sync,
) -> Vec<Proof> {
    let held =
        crates.iter().map(|(name, _)| claims.iter().filter(|(of, _)| of == name).map(|(_, claim)| claim).collect());
    let held: Vec<Holds> = held.collect();
    let crates = crates.iter().zip(&held).map(|((name, tree), holds)| Crate { name, tree, holds });
    let crates: Vec<Crate<'_>> = crates.collect();
    let (folder, lock) = (folder(), repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: true };
    let probe = |_| Probe::start(&crates, &workshop).unwrap_or_else(|errors| panic!("{errors}"));
    let probes: Vec<Probe> = (0..PROBES).map(probe).collect();
    let next = AtomicUsize::new(0);
    let ask = |mut probe: Probe| {
        let mut proofs = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((name, claim)) = claims.get(number) else { return proofs };
            proofs.push((number, proof(number, claim, &mut probe.subject(name))));
        }
    };
    let ask = &ask;
    let mut proofs: Vec<(usize, Proof)> = thread::scope(|scope| {
        let running: Vec<_> = probes.into_iter().map(|probe| scope.spawn(move || ask(probe))).collect();
        running.into_iter().flat_map(|share| share.join().expect("a proof does not panic")).collect()
    });
    proofs.sort_by_key(|(number, _)| *number);
    proofs.into_iter().map(|(_, proof)| proof).collect()
}

/// A folder for probes in cargo's target folder.
pub fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    target.join("typeproof")
}

/// The claim about the root of a generation.
pub fn root_claim(generation: &Generation) -> Claim {
    claims(generation).into_iter().next().expect("the root comes first")
}

/// How many mutants of each class there are, and which parts of the proof went red for how many.
#[derive(Default)]
pub struct Score(BTreeMap<String, (usize, usize, [usize; 3])>);

impl Score {
    /// Counts a mutant; `right` says whether the proof made of it what it should.
    pub fn add(&mut self, class: &str, right: bool, proof: &Proof) {
        let (all, well, red) = self.0.entry(class.to_owned()).or_default();
        *all += 1;
        *well += usize::from(right);
        for (count, part) in red.iter_mut().zip([Part::Sets, Part::Annotations, Part::Behaviour]) {
            *count += usize::from(!proof.part_holds(part));
        }
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.0.values().map(|(all, ..)| all).sum()
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let well: usize = self.0.values().map(|(_, well, _)| well).sum();
        writeln!(f, "mutants  right  red by sets  annotations  behaviour  class")?;
        for (class, (all, well, [sets, annotations, behaviour])) in &self.0 {
            writeln!(f, "{all:>7}  {well:>5}  {sets:>11}  {annotations:>11}  {behaviour:>9}  {class}")?;
        }
        write!(f, "score: {well} of {}, {} %", self.all(), 100 * well / self.all().max(1))
    }
}
