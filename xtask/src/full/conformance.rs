//! `cargo xtask conformance`: the official test suite -> how far the generated types agree with it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;
use typeproof::conformance::{self, DRAFTS, Draft, Plan};
use typeproof::diagnostic::Result;
use typeproof::prove::Workshop;

use crate::{place, print};

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// A copy of github.com/json-schema-org/JSON-Schema-Test-Suite, with its folders `tests` and `remotes`
    #[arg(long, value_name = "DIR")]
    suite: PathBuf,
    /// A draft whose tests are run; may be given several times [default: all]
    #[arg(long = "draft", value_name = "NAME", value_parser = PossibleValuesParser::new(DRAFTS.map(|draft| draft.name)))]
    drafts: Vec<String>,
    /// Give each schema the `type` that its keywords speak of, so that types are tested rather than what stands in for them
    #[arg(long)]
    typed: bool,
    /// Use only the crates that are on this machine already
    #[arg(long)]
    offline: bool,
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match conformance(arguments) {
        Ok(code) => code,
        Err(diagnostics) => print::cannot(&diagnostics, "nothing was run"),
    }
}

fn conformance(arguments: &Arguments) -> Result<ExitCode> {
    let named = |draft: &Draft| arguments.drafts.is_empty() || arguments.drafts.iter().any(|name| name == draft.name);
    let drafts: Vec<Draft> = DRAFTS.into_iter().filter(named).collect();
    let (folder, lock) = (place::target().join("typeproof"), place::repository().join("Cargo.lock"));
    let workshop = Workshop { folder: &folder, lock: &lock, offline: arguments.offline };
    let plan = Plan { suite: &arguments.suite, drafts: &drafts, typed: arguments.typed };
    let conformance = conformance::run(&plan, &workshop)?;
    print::out(&conformance);
    Ok(if conformance.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
