//! What people see: results on standard output, diagnostics on standard error.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use typeproof::diagnostic::{Diagnostic, Diagnostics};

/// A line on standard output. A reader that has gone away is no error.
pub(crate) fn out(line: &dyn Display) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// A line on standard error.
pub(crate) fn error(line: &dyn Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Notes on standard error.
pub(crate) fn notes(notes: &[Diagnostic]) {
    notes.iter().for_each(|note| error(note));
}

/// Everything that was found, what came of it, and the exit code of a command that cannot do what it should.
pub(crate) fn cannot(diagnostics: &Diagnostics, outcome: &str) -> ExitCode {
    error(diagnostics);
    let errors = diagnostics.0.iter().filter(|diagnostic| diagnostic.is_error()).count();
    error(&format_args!("{}; {outcome}", count(errors, "error")));
    ExitCode::from(2)
}

/// `number` and what is counted, in the plural where it has to be.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
