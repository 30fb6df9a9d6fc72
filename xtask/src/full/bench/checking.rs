//! A generated crate, and typify's output for the same schemas -> what `cargo check` takes for each.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use typeproof::Generation;
use typeproof::diagnostic::Result;

use super::bundle::bundle;
use super::process::{Costs, in_turns};
use super::table::Row;
use super::theirs::{THEIRS, add_crates};
use super::workshop::{Workshop, cannot, run};

/// What our crate is checked with: what it is called, and cargo's arguments.
const FEATURES: [(&str, &[&str]); 2] = [("", &[]), (", with schemars", &["--features", "schemars"])];

/// Checks both, `rounds` times in turns, and makes rows about `called`.
///
/// # Errors
///
/// When typify's output cannot be had, or one of both does not compile.
pub(crate) fn rows(called: &str, generation: &Generation, workshop: &mut Workshop, rounds: usize) -> Result<Vec<Row>> {
    let ours = &generation.sources.package.name;
    add_crates(generation, &bundle(&generation.sources), workshop)?;
    let workshop = &*workshop;
    let check = |name: &str, features: &[&str]| -> Result<Command> {
        let mut command = workshop.cargo("check", name);
        command.args(features);
        Ok(command)
    };
    // What they depend on is checked once, and not measured.
    for (_, features) in FEATURES {
        run(&mut check(ours, features)?)?;
    }
    run(&mut check(THEIRS, &[])?)?;
    let again = |name: &str, features: &[&str]| {
        touch(&workshop.path(name).join("src/lib.rs"))?;
        check(name, features)
    };
    let [plain, schemars] = FEATURES.map(|(_, features)| move || again(ours, features));
    let costs = in_turns(&[&|| again(THEIRS, &[]), &plain, &schemars], rounds)?;
    let Some((theirs, ours)) = costs.split_first() else { return Ok(Vec::new()) };
    let rows = FEATURES.iter().zip(ours).flat_map(|((with, _), ours)| pair(called, with, ours, theirs));
    Ok(rows.collect())
}

fn pair(called: &str, with: &str, ours: &Costs, theirs: &Costs) -> [Row; 2] {
    let row = |what: &str, ours, theirs| Row {
        what: format!("cargo check of {called}{with}: {what}"),
        against: "typify's output".to_owned(),
        ours,
        theirs,
    };
    [row("time", ours.wall, theirs.wall), row("peak memory", ours.peak, theirs.peak)]
}

/// Makes the file look changed.
pub(crate) fn touch(path: &Path) -> Result<()> {
    let touched = File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
    touched.map_err(|error| cannot(path, &error).into())
}
