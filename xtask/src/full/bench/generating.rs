//! The schemas of the corpus -> what it takes to generate types of them, and of many copies of them, against typify.

use std::path::{Path, PathBuf};
use std::process::Command;

use typeproof::diagnostic::Result;
use typeproof::source::load;

use super::bundle::bundle;
use super::data::Data;
use super::process::{Costs, Program, in_turns};
use super::table::Row;
use super::theirs;
use super::workshop::{Package, Workshop};

/// How often each runs.
const ROUNDS: usize = 5;

/// What generates the same, by the system's allocator.
pub(crate) const THEIRS: &str = "typify + prettyplease";

/// The same by the allocator that ours has.
const THEIRS_ALLOCATING: &str = "typify + prettyplease, by our allocator";

/// How many copies are generated, for how the cost grows.
const COPIES: usize = 16;

/// Makes the rows about data of the corpus, which is called so, with the repository and a place to work at.
pub(crate) type Rows = fn(&str, Data, &Path, &Path, &mut Workshop) -> Result<Vec<Row>>;

/// The program around typeproof, which lies at `repository`.
pub(crate) fn program(repository: &Path, workshop: &mut Workshop) -> Result<PathBuf> {
    let text = include_str!("programs/typeproof.rs");
    let dependencies = &typeproof(repository);
    workshop.add(&Package { name: "run-typeproof", dependencies, file: "src/main.rs", text })?;
    workshop.release("run-typeproof")
}

/// The dependencies on typeproof, which lies at `repository`, and on the allocator of its command line, as lines of TOML.
pub(crate) fn typeproof(repository: &Path) -> String {
    format!("{}typeproof = {{ path = {:?} }}\n", theirs::ALLOCATOR, repository.display().to_string())
}

/// The rows for `data`.
///
/// # Errors
///
/// When one of the programs cannot be built, or generates nothing.
pub(crate) fn rows(
    called: &str,
    data: Data,
    corpus: &Path,
    repository: &Path,
    workshop: &mut Workshop,
) -> Result<Vec<Row>> {
    let (ours, theirs, allocating) =
        (program(repository, workshop)?, theirs::program(workshop)?, theirs::allocating(workshop)?);
    let (manifest, bundle) = input(data, corpus, workshop, 1)?;
    let runs: [Program<'_>; 3] =
        [&|| call(&ours, &manifest), &|| call(&theirs, &bundle), &|| call(&allocating, &bundle)];
    let costs = in_turns(&runs, ROUNDS)?;
    let [ours, theirs, allocating] = costs.as_slice() else { return Ok(Vec::new()) };
    let what = format!("generating {called}");
    let mut rows = pair(&what, THEIRS, ours, theirs);
    rows.extend(pair(&what, THEIRS_ALLOCATING, ours, allocating));
    Ok(rows)
}

/// The rows for copies of `data`, against it once and against typify.
///
/// # Errors
///
/// As [`rows`] has.
pub(crate) fn scaled(
    called: &str,
    data: Data,
    corpus: &Path,
    repository: &Path,
    workshop: &mut Workshop,
) -> Result<Vec<Row>> {
    let (ours, theirs) = (program(repository, workshop)?, theirs::program(workshop)?);
    let ((once, _), (copies, bundle)) = (input(data, corpus, workshop, 1)?, input(data, corpus, workshop, COPIES)?);
    let costs = in_turns(&[&|| call(&ours, &once), &|| call(&ours, &copies), &|| call(&theirs, &bundle)], ROUNDS)?;
    let [once, copies, theirs] = costs.as_slice() else { return Ok(Vec::new()) };
    let what = format!("generating {COPIES} times {called}");
    let mut rows = pair(&what, "itself, once", copies, once);
    rows.extend(pair(&what, THEIRS, copies, theirs));
    Ok(rows)
}

/// A manifest of so many copies of `data`, and the bundle of the same.
fn input(data: Data, corpus: &Path, workshop: &Workshop, copies: usize) -> Result<(PathBuf, PathBuf)> {
    let name = format!("{}-{copies}", data.name());
    let manifest = data.manifest(corpus, &workshop.path(&name), copies)?;
    let bundle = bundle(&load(&manifest)?);
    Ok((manifest, theirs::written(workshop, &format!("{name}.json"), &bundle)?))
}

/// A call of a `program` that generates, with what it is to read.
pub(crate) fn call(program: &Path, argument: &Path) -> Result<Command> {
    let mut command = Command::new(program);
    command.arg(argument);
    Ok(command)
}

/// The rows for what ours and theirs cost.
pub(crate) fn pair(what: &str, against: &str, ours: &Costs, theirs: &Costs) -> Vec<Row> {
    let row = |of: &str, ours, theirs| Row { what: format!("{what}: {of}"), against: against.to_owned(), ours, theirs };
    vec![
        row("time", ours.wall, theirs.wall),
        row("user time", ours.user, theirs.user),
        row("peak memory", ours.peak, theirs.peak),
    ]
}
