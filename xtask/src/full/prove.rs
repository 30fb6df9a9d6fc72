//! `cargo xtask prove`: a manifest -> a table of what is proved about the types generated from it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use typeproof::diagnostic::Result;
use typeproof::prove::{Effort, Workshop, claims, listed_claims, prove_all};
use typeproof::{Counts, generate_observed};

use crate::progress::Progress;
use crate::summary::Summary;
use crate::{place, print};

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The manifest that lists the schemas [default: the repository's schemas/manifest.toml]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// The seed of all generated values; the same seed gives the same values
    #[arg(long, value_name = "NUMBER", default_value_t = Effort::default().seed)]
    seed: u64,
    /// How many distinct valid values, and how many near-misses, each type has to read
    #[arg(long, value_name = "NUMBER", default_value_t = Effort::default().valid, value_parser = at_least_one())]
    values: usize,
    /// Prove only the definitions that the schemas list, not also each type that lies inside of one: for large documents
    #[arg(long)]
    listed: bool,
    /// Use only the crates that are on this machine already
    #[arg(long)]
    offline: bool,
    /// Print errors, and what is not proved, only
    #[arg(long)]
    quiet: bool,
}

/// What nothing is tried on proves nothing.
fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match prove(arguments) {
        Ok(code) => code,
        Err(diagnostics) => print::cannot(&diagnostics, "nothing was proved"),
    }
}

fn prove(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let mut progress = Progress::new(arguments.quiet);
    let generation = generate_observed(&arguments.manifest.clone().unwrap_or_else(place::manifest), &mut progress)?;
    let (folder, lock) = (place::target().join("typeproof"), place::repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: arguments.offline };
    let effort = Effort::of(arguments.seed, arguments.values);
    let claims = if arguments.listed { listed_claims(&generation) } else { claims(&generation) };
    let report = prove_all(&generation, &claims, &workshop, &effort, &mut progress)?;
    drop(progress);
    if !arguments.quiet {
        print::notes(&generation.sources.notes);
    }
    if !arguments.quiet || !report.holds() {
        print::out(&report);
    }
    if !arguments.quiet {
        print::out(&Summary::new(&Counts::of(&generation), started));
    }
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
