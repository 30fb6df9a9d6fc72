//! `cargo xtask diff`: two versions of schemas -> what becomes of each definition.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use typeproof::diagnostic::{Diagnostic, Diagnostics, Result};
use typeproof::evolve::rules::{Level, Page, Step};
use typeproof::evolve::{self, Evolution, Markdown, Proposal, Table};
use typeproof::source::{self, Dialect, Version};

use super::revision;
use crate::print;

/// How the outcome is written.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For machines
    Json,
    /// The next version and an entry for its changelog, for a release
    Proposal,
}

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The old version: a schema, an OpenAPI document, a folder of schemas, a manifest, or any of these as REV:path of git
    #[arg(value_name = "OLD", required_unless_present = "rules")]
    old: Option<String>,
    /// The new version
    #[arg(value_name = "NEW", required_unless_present = "rules")]
    new: Option<String>,
    /// Print all rules instead, each with what it tells and how much it weighs
    #[arg(long, exclusive = true)]
    rules: bool,
    /// The dialect of schemas that do not say it and that no manifest lists, by the URI of its metaschema
    #[arg(long, value_name = "URI", value_parser = dialect)]
    dialect: Option<Dialect>,
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 if anything so heavy, or heavier, was found: on the wire `info`, `warning` or `error`; in Rust `patch`,
    /// `minor` or `major`. May be given for both
    #[arg(long, value_name = "LEVEL", value_parser = limit)]
    fail_on: Vec<Limit>,
    /// A file of findings that are taken as they are; one that is found no more fails
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Print errors only, and what has changed
    #[arg(long)]
    quiet: bool,
}

fn dialect(uri: &str) -> std::result::Result<Dialect, String> {
    Dialect::from_uri(uri).ok_or_else(|| format!("the dialects supported are: {}", Dialect::supported()))
}

/// What is too much.
#[derive(Clone, Copy)]
enum Limit {
    OnWire(Level),
    InRust(Step),
}

fn limit(name: &str) -> std::result::Result<Limit, String> {
    let level = Level::ALL.into_iter().find(|level| level.as_str() == name).map(Limit::OnWire);
    let step = || Step::ALL.into_iter().find(|step| step.as_str() == name).map(Limit::InRust);
    level.or_else(step).ok_or_else(|| "info, warning or error; patch, minor or major".to_owned())
}

impl Limit {
    /// Whether what was found, and is not waived, reaches it.
    fn is_reached(self, evolution: &Evolution) -> bool {
        match self {
            Self::OnWire(level) => evolution.worst().is_some_and(|worst| worst >= level),
            Self::InRust(step) => evolution.rust.worst().is_some_and(|worst| worst >= step),
        }
    }
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else {
        print::out(&Page.to_string().trim_end());
        return ExitCode::SUCCESS;
    };
    match diff([old, new], arguments) {
        Ok(code) => code,
        Err(diagnostics) => print::cannot(&diagnostics, "nothing was compared"),
    }
}

fn diff(versions: [&str; 2], arguments: &Arguments) -> Result<ExitCode> {
    let [old, new] = versions.map(|named| version(named, arguments.dialect));
    let waivers = arguments.waivers.as_deref().map_or(Ok(Vec::new()), evolve::waivers);
    let (old, new, waivers) = all(old, new, waivers)?;
    let mut evolution = evolve::compare(old, new)?;
    let stale = evolve::waive(&mut evolution, &waivers);
    if !arguments.quiet {
        print::notes(&evolution.notes);
    }
    write(&evolution, arguments.format)?;
    stale.iter().for_each(|error| print::error(error));
    let fails = arguments.fail_on.iter().any(|limit| limit.is_reached(&evolution));
    Ok(if fails || !stale.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn write(evolution: &Evolution, format: Format) -> Result<()> {
    match format {
        Format::Text => print::out(&Table(evolution)),
        Format::Markdown => print::out(&Markdown(evolution)),
        Format::Proposal => print::out(&Proposal::of(evolution)),
        Format::Json => {
            let report = evolve::json(evolution);
            print::out(
                &report.map_err(|error| Diagnostic::error("", format!("the report cannot be written: {error}")))?,
            );
        }
    }
    Ok(())
}

/// All that is needed, or all that is wrong with any of it.
fn all<T>(old: Result<Version>, new: Result<Version>, waivers: Result<T>) -> Result<(Version, Version, T)> {
    match (old, new, waivers) {
        (Ok(old), Ok(new), Ok(waivers)) => Ok((old, new, waivers)),
        (old, new, waivers) => {
            let found = [old.err(), new.err(), waivers.err()].into_iter().flatten();
            Err(Diagnostics(found.flat_map(|Diagnostics(found)| found).collect()))
        }
    }
}

fn version(named: &str, dialect: Option<Dialect>) -> Result<Version> {
    if !revision::is_one(named) {
        return source::version(Path::new(named), dialect);
    }
    let copy = revision::checkout(named)?;
    source::shown_as(source::version(&copy.path(), dialect), &copy.root(), copy.original())
}
