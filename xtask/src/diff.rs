//! `cargo xtask diff`: two versions of schemas -> what becomes of each definition.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use typeproof::diagnostic::{Diagnostics, Result};
use typeproof::evolve::{self, Table};
use typeproof::source::{self, Dialect, Version};

use crate::print;

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The old version: a schema, an OpenAPI document, a folder of schemas, a manifest
    #[arg(value_name = "OLD")]
    old: String,
    /// The new version
    #[arg(value_name = "NEW")]
    new: String,
    /// The dialect of schemas that do not say it and that no manifest lists, by the URI of its metaschema
    #[arg(long, value_name = "URI", value_parser = dialect)]
    dialect: Option<Dialect>,
    /// Print errors only, and what has changed
    #[arg(long)]
    quiet: bool,
}

fn dialect(uri: &str) -> std::result::Result<Dialect, String> {
    Dialect::from_uri(uri).ok_or_else(|| format!("the dialects supported are: {}", Dialect::supported()))
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match diff(arguments) {
        Ok(code) => code,
        Err(diagnostics) => print::cannot(&diagnostics, "nothing was compared"),
    }
}

fn diff(arguments: &Arguments) -> Result<ExitCode> {
    let [old, new] = [&arguments.old, &arguments.new].map(|path| version(path, arguments.dialect));
    let (old, new) = both(old, new)?;
    let evolution = evolve::compare(&old, &new);
    if !arguments.quiet {
        print::notes(&evolution.notes);
    }
    print::out(&Table(&evolution));
    Ok(ExitCode::SUCCESS)
}

/// Both versions, or all that is wrong with either.
fn both(old: Result<Version>, new: Result<Version>) -> Result<(Version, Version)> {
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (old, new) => {
            let found = [old.err(), new.err()].into_iter().flatten().flat_map(|Diagnostics(found)| found);
            Err(Diagnostics(found.collect()))
        }
    }
}

fn version(named: &str, dialect: Option<Dialect>) -> Result<Version> {
    source::version(Path::new(named), dialect)
}
