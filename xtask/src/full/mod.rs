//! All commands, in the program that is built with the feature `full`.

mod bench;
mod conformance;
mod diff;
mod fetch;
mod prove;
mod revision;
mod vendor;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::codegen;

/// Rust types from JSON Schema, and the proof that they match.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates the types' crate from the schemas of a manifest
    Codegen(codegen::Arguments),
    /// Brings a schema and where it came from under the manifest's folder, bytes untouched
    Vendor(vendor::Arguments),
    /// Proves that the generated types accept exactly what the schemas accept
    Prove(prove::Arguments),
    /// Says what became of each definition between two versions of schemas
    Diff(diff::Arguments),
    /// Measures generating, compiling, reading and writing against others, and prints a table of ratios
    Bench(bench::Arguments),
    /// Runs the official JSON Schema test suite against types generated from it
    Conformance(conformance::Arguments),
}

/// Runs the command that the program was called with.
pub(crate) fn run() -> ExitCode {
    match Arguments::parse().command {
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Vendor(arguments) => vendor::run(&arguments),
        Command::Prove(arguments) => prove::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
    }
}
