//! `cargo xtask codegen`: a manifest -> the generated crate on disk, or with `--check` what differs from it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use typeproof::emit::{self, Difference, Written};
use typeproof::lower::Tier;
use typeproof::{Generation, generate};

use crate::print::count;
use crate::{place, print, shell};

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; say what is missing, changed or left over, and exit 1 if anything is
    #[arg(long)]
    check: bool,
    /// The manifest that lists the schemas; needs --out [default: the repository's schemas/manifest.toml]
    #[arg(long, value_name = "FILE", requires = "out")]
    manifest: Option<PathBuf>,
    /// The folder of the generated crate, which holds nothing else [default: the repository's generated/]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print errors and differences only
    #[arg(long)]
    quiet: bool,
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let manifest = arguments.manifest.clone().unwrap_or_else(place::manifest);
    let out = arguments.out.clone().unwrap_or_else(place::generated);
    match generate(&manifest) {
        Err(diagnostics) if arguments.check => print::cannot(&diagnostics, "nothing was compared"),
        Err(diagnostics) => print::cannot(&diagnostics, "nothing was written"),
        Ok(generation) => {
            if !arguments.quiet {
                print::notes(&generation.sources.notes);
            }
            if arguments.check { check(&generation, arguments, &out) } else { write(&generation, arguments, &out) }
        }
    }
}

/// Makes `out` what is generated.
fn write(generation: &Generation, arguments: &Arguments, out: &Path) -> ExitCode {
    let written = match emit::write(&generation.tree, out) {
        Ok(written) => written,
        Err(stopped) if stopped.midway => {
            let outcome = "not all was written; no file is torn, and the next run goes on from there";
            return print::cannot(&stopped.diagnostics, outcome);
        }
        Err(stopped) => return print::cannot(&stopped.diagnostics, "nothing was written"),
    };
    if !arguments.quiet {
        let Written { created, replaced, removed, untouched } = &written;
        for (verb, paths) in [("created", created), ("replaced", replaced), ("removed", removed)] {
            paths.iter().for_each(|path| print::out(&format_args!("{verb} {}", out.join(path).display())));
        }
        let outcome = match created.len() + replaced.len() + removed.len() {
            0 => "was up to date".to_owned(),
            changes => format!("is up to date: {}, {} left alone", count(changes, "change"), count(*untouched, "file")),
        };
        print::out(&format_args!("{}; {} {outcome}", summary(generation), out.display()));
    }
    ExitCode::SUCCESS
}

/// Says how `out` differs from what is generated.
fn check(generation: &Generation, arguments: &Arguments, out: &Path) -> ExitCode {
    let differences = match emit::compare(&generation.tree, out) {
        Ok(differences) => differences,
        Err(diagnostics) => return print::cannot(&diagnostics, "nothing was compared"),
    };
    if differences.is_empty() {
        if !arguments.quiet {
            print::out(&format_args!("{}; {} is up to date", summary(generation), out.display()));
        }
        return ExitCode::SUCCESS;
    }
    differences.iter().for_each(|difference| print::out(&difference.below(out)));
    print::out(&format_args!("{} is out of date: {}", out.display(), advice(&differences, arguments)));
    ExitCode::FAILURE
}

/// What to do about differences, the command to run at the end of a line of its own.
fn advice(differences: &[Difference], arguments: &Arguments) -> String {
    let by_hand = differences.iter().filter(|difference| difference.needs_hand()).count();
    let first = match by_hand {
        0 => String::new(),
        _ => format!(
            "codegen leaves alone what it did not write or somebody edited: move {} away by hand, then ",
            count(by_hand, "path")
        ),
    };
    format!("{first}run\n  {}", command(arguments))
}

/// The command that brings the generated crate up to date.
fn command(arguments: &Arguments) -> String {
    let mut command = format!("{} codegen", place::command());
    for (option, value) in [("--manifest", &arguments.manifest), ("--out", &arguments.out)] {
        if let Some(value) = value {
            // With `=`, so that a value that begins with `-` is no option.
            command.push_str(&format!(" {option}={}", shell::quote(&value.display().to_string())));
        }
    }
    command
}

/// How much there is, and in which tiers.
fn summary(Generation { plan, .. }: &Generation) -> String {
    let definitions = plan.definitions().count();
    let fates = || plan.modules.iter().flat_map(|module| &module.fates);
    let tiers = Tier::ALL.map(|tier| format!("{} {tier}", fates().filter(|fate| fate.tier == tier).count()));
    format!(
        "{}, {}, {}: {}",
        count(plan.modules.len(), "source"),
        count(definitions, "definition"),
        count(fates().count(), "keyword"),
        tiers.join(", ")
    )
}
