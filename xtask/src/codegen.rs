//! `cargo xtask codegen`: a manifest -> the generated crate on disk, or with `--check` what differs from it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use typeproof::diagnostic::Result;
use typeproof::emit::{self, Difference};
use typeproof::lower::Tier;
use typeproof::{Generation, generate};

use crate::{place, print};

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; say what is missing, changed or left over, and exit 1 if anything is
    #[arg(long)]
    check: bool,
    /// The manifest that lists the schemas [default: the repository's schemas/manifest.toml]
    #[arg(long, value_name = "FILE", requires = "out")]
    manifest: Option<PathBuf>,
    /// The folder of the generated crate [default: the repository's generated/]
    #[arg(long, value_name = "DIR", requires = "manifest")]
    out: Option<PathBuf>,
    /// Print errors and differences only
    #[arg(long)]
    quiet: bool,
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match codegen(arguments) {
        Ok(code) => code,
        Err(diagnostics) => print::cannot(&diagnostics),
    }
}

fn codegen(arguments: &Arguments) -> Result<ExitCode> {
    let manifest = arguments.manifest.clone().unwrap_or_else(place::manifest);
    let out = arguments.out.clone().unwrap_or_else(place::generated);
    let generation = generate(&manifest)?;
    if !arguments.quiet {
        print::notes(&generation.sources.notes);
    }
    if arguments.check {
        return check(&generation, arguments, &out);
    }
    let written = emit::write(&generation.tree, &out)?;
    if !arguments.quiet {
        let changes = [("created", &written.created), ("replaced", &written.replaced), ("removed", &written.removed)];
        for (verb, paths) in changes {
            paths.iter().for_each(|path| print::out(&format_args!("{verb} {}", out.join(path).display())));
        }
        print::out(&format_args!("{}; {} files were right already", summary(&generation), written.untouched));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says how `out` differs from what would be generated.
fn check(generation: &Generation, arguments: &Arguments, out: &Path) -> Result<ExitCode> {
    let differences = emit::compare(&generation.tree, out)?;
    if differences.is_empty() {
        if !arguments.quiet {
            print::out(&format_args!("{}; {} is up to date", summary(generation), out.display()));
        }
        return Ok(ExitCode::SUCCESS);
    }
    differences.iter().for_each(|difference| print::out(difference));
    let advice = if differences.iter().any(Difference::needs_hand) {
        "move or remove what codegen did not write, then run"
    } else {
        "run"
    };
    print::out(&format_args!("{} is out of date: {advice} `{}`", out.display(), command(arguments)));
    Ok(ExitCode::FAILURE)
}

/// The command that brings the generated crate up to date.
fn command(arguments: &Arguments) -> String {
    let mut command = "cargo xtask codegen".to_owned();
    if let (Some(manifest), Some(out)) = (&arguments.manifest, &arguments.out) {
        command.push_str(&format!(" --manifest {} --out {}", manifest.display(), out.display()));
    }
    command
}

/// How much there is, and in which tiers.
fn summary(Generation { sources, plan, .. }: &Generation) -> String {
    let definitions = plan.definitions().count();
    let fates = || plan.modules.iter().flat_map(|module| &module.fates);
    let tiers = Tier::ALL.map(|tier| format!("{} {tier}", fates().filter(|fate| fate.tier == tier).count()));
    format!(
        "{}, {}, {}: {}",
        count(sources.documents.len(), "source"),
        count(definitions, "definition"),
        count(fates().count(), "keyword"),
        tiers.join(", ")
    )
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
