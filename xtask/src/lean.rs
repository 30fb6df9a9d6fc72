//! `codegen` alone, in the program that is built without the feature `full`: what any other command takes is not compiled before
//! somebody asks for one. Cargo then builds the program that has them all, and runs it in place of this one.

use std::env;
use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};
use typeproof::diagnostic::{Diagnostic, Diagnostics};

use crate::{codegen, place, print};

/// What the command line is once it begins with `codegen`.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Only,
}

#[derive(Subcommand)]
enum Only {
    /// Generates the types' crate from the schemas of a manifest
    Codegen(codegen::Arguments),
}

/// Runs `codegen`, or leaves the command line to the program that has all commands.
pub(crate) fn run() -> ExitCode {
    if env::args_os().nth(1).as_deref() == Some(OsStr::new("codegen")) {
        let Only::Codegen(arguments) = Arguments::parse().command;
        return codegen::run(&arguments);
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut full = Command::new(&cargo);
    full.args(["run", "--quiet", "--package", env!("CARGO_PKG_NAME"), "--manifest-path"])
        .arg(place::workspace())
        .arg("--");
    match full.args(env::args_os().skip(1)).status() {
        // What a signal ended has no code.
        Ok(status) => status.code().map_or(ExitCode::from(2), |code| ExitCode::from(u8::try_from(code).unwrap_or(2))),
        Err(error) => {
            let found = Diagnostic::error(cargo.to_string_lossy(), format!("cannot be run: {error}"));
            print::cannot(&Diagnostics::from(found.help("call it from cargo, as `cargo xtask`")), "nothing was done")
        }
    }
}
