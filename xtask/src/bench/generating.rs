//! The schemas of the corpus -> what it takes to generate types of them, and of many copies of them, against typify.

use std::path::{Path, PathBuf};
use std::process::Command;

use typeproof::diagnostic::Result;
use typeproof::source::load;

use super::bundle::bundle;
use super::data::Data;
use super::process::{Costs, in_turns};
use super::table::Row;
use super::theirs;
use super::workshop::{Package, Workshop};

/// How often each runs.
const ROUNDS: usize = 5;

/// How many copies are generated at most, for how the cost grows.
const COPIES: usize = 16;

/// The program around typeproof, which lies at `repository`.
fn program(repository: &Path, workshop: &mut Workshop) -> Result<PathBuf> {
    let dependencies = format!("typeproof = {{ path = {:?} }}\n", repository.display().to_string());
    let text = include_str!("programs/typeproof.rs");
    workshop.add(&Package { name: "run-typeproof", dependencies: &dependencies, file: "src/main.rs", text })?;
    workshop.release("run-typeproof")
}

/// The rows for `data`, once and in copies.
///
/// # Errors
///
/// When one of both cannot be built, or generates nothing.
pub(crate) fn rows(
    called: &str,
    data: Data,
    corpus: &Path,
    repository: &Path,
    workshop: &mut Workshop,
) -> Result<Vec<Row>> {
    let (ours, theirs) = (program(repository, workshop)?, theirs::program(workshop)?);
    let input = |copies: usize| -> Result<(PathBuf, PathBuf)> {
        let manifest = data.manifest(corpus, &workshop.path(&format!("schemas-{copies}")), copies)?;
        let bundle = bundle(&load(&manifest)?);
        Ok((manifest, theirs::written(workshop, &format!("bundle-{copies}.json"), &bundle)?))
    };
    let ((manifest, bundle), (manifests, bundles)) = (input(1)?, input(COPIES)?);
    let call = |program: &Path, argument: &Path| {
        let mut command = Command::new(program);
        command.arg(argument);
        Ok(command)
    };
    let costs = in_turns(
        &[&|| call(&ours, &manifest), &|| call(&theirs, &bundle), &|| call(&ours, &manifests), &|| {
            call(&theirs, &bundles)
        }],
        ROUNDS,
    )?;
    let [ours, theirs, many, many_theirs] = costs.as_slice() else { return Ok(Vec::new()) };
    let mut rows = pair(&format!("generating {called}"), "typify + prettyplease", ours, theirs);
    rows.extend(pair(&format!("generating {COPIES} times {called}"), "typify + prettyplease", many, many_theirs));
    rows.extend(pair(&format!("generating {COPIES} times {called}"), "once", many, ours));
    Ok(rows)
}

fn pair(what: &str, against: &str, ours: &Costs, theirs: &Costs) -> Vec<Row> {
    let row = |of: &str, ours, theirs| Row { what: format!("{what}: {of}"), against: against.to_owned(), ours, theirs };
    vec![
        row("time", ours.wall, theirs.wall),
        row("user time", ours.user, theirs.user),
        row("peak memory", ours.peak, theirs.peak),
    ]
}
