//! What people see: results on standard output, diagnostics on standard error.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use typeproof::diagnostic::{Diagnostic, Diagnostics};

/// A line on standard output. A reader that has gone away is no error.
pub(crate) fn out(line: &dyn Display) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Notes on standard error.
pub(crate) fn notes(notes: &[Diagnostic]) {
    for note in notes {
        let _ = writeln!(io::stderr().lock(), "{note}");
    }
}

/// Everything that was found, and the exit code of a command that cannot do what it should.
pub(crate) fn cannot(diagnostics: &Diagnostics) -> ExitCode {
    let _ = writeln!(io::stderr().lock(), "{diagnostics}");
    let errors = diagnostics.0.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let _ = writeln!(io::stderr().lock(), "{errors} error{}; nothing was written", if errors == 1 { "" } else { "s" });
    ExitCode::from(2)
}
