//! The schemas of the corpus -> what it takes to prove their types as sets, once these are compiled and have said what they accept.

use std::path::Path;
use std::process::Command;

use typeproof::diagnostic::{Diagnostic, Result};

use super::data::Data;
use super::generating;
use super::table::{Amount, Row, median};
use super::workshop::{Package, Workshop, run};

/// Makes the row about `data`, which is called so: against generating the same.
///
/// # Errors
///
/// When the program cannot be built, or finds a type that is not proved.
pub(crate) fn rows(
    called: &str,
    data: Data,
    corpus: &Path,
    repository: &Path,
    workshop: &mut Workshop,
) -> Result<Vec<Row>> {
    let dependencies = format!("{}serde_json = \"1.0\"\n", generating::typeproof(repository));
    let text = include_str!("programs/proving.rs");
    workshop.add(&Package { name: "run-prover", dependencies: &dependencies, file: "src/main.rs", text })?;
    let program = workshop.release("run-prover")?;
    let manifest = data.manifest(corpus, &workshop.path(data.name()), 1)?;
    let times = run(Command::new(program).arg(manifest).arg(workshop.path("probe")).arg(workshop.path("Cargo.lock")))?;
    let times: [Vec<f64>; 2] = serde_json::from_slice(&times).map_err(|error| {
        Diagnostic::error("", format!("the program wrote no times: {error}")).help("run it by hand")
    })?;
    let [ours, theirs] = times.map(|times| Amount::Seconds(median(times)));
    Ok(vec![Row { what: format!("proving {called} as sets"), against: "generating them".to_owned(), ours, theirs }])
}
