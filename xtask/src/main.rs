//! The command line of typeproof: parse, call the library, print, exit code.
//!
//! Exit codes: 0 in order, 1 out of date, not proved, in disagreement or changed beyond what is allowed, 2 cannot.

mod codegen;
#[cfg(feature = "full")]
mod full;
#[cfg(not(feature = "full"))]
mod lean;
mod place;
mod print;
mod progress;
mod shell;
mod summary;

use std::process::ExitCode;

/// Generating and proving allocate many small values and free them on other threads, which this one is made for.
#[cfg(feature = "full")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    #[cfg(feature = "full")]
    return full::run();
    #[cfg(not(feature = "full"))]
    return lean::run();
}
