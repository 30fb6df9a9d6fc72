//! Generated types, and typify's of the same schemas -> what a release build takes of a program that reads and writes them all.

use std::fmt::Write as _;
use std::process::Command;

use typeproof::Generation;
use typeproof::diagnostic::Result;
use typeproof::prove::listed_claims;

use super::bundle::bundle;
use super::checking::touch;
use super::process::{Costs, in_turns};
use super::reading::their_type;
use super::table::Row;
use super::theirs::{THEIRS, add_crates};
use super::workshop::{Package, Workshop, run};

/// What a program depends on beside its types.
const DEPENDENCIES: &str = "serde = \"1.0\"\nserde_json = \"1.0\"\n";

/// Builds both programs, `rounds` times in turns, and makes rows about `called`.
///
/// # Errors
///
/// When typify's output cannot be had, or one of both does not compile.
pub(crate) fn rows(called: &str, generation: &Generation, workshop: &mut Workshop, rounds: usize) -> Result<Vec<Row>> {
    let bundle = bundle(&generation.sources);
    add_crates(generation, &bundle, workshop)?;
    let package = generation.sources.package.name.as_str();
    let claims = listed_claims(generation);
    let paths = claims.iter().map(|claim| claim.type_path.as_str());
    let paths: Vec<(&str, &str)> =
        paths.filter_map(|path| Some((path, their_type(generation, &bundle, path)?))).collect();
    let ours: Vec<&str> = paths.iter().map(|(ours, _)| *ours).collect();
    let theirs: Vec<&str> = paths.iter().map(|(_, theirs)| *theirs).collect();
    let programs = [("all-of-ours", package, ours), ("all-of-theirs", THEIRS, theirs)];
    for (name, types, paths) in &programs {
        program(name, types, paths, workshop)?;
    }
    let workshop = &*workshop;
    let build = |name: &str, types: &str| -> Result<Command> {
        let mut command = workshop.cargo("build", name);
        command.arg("--release");
        touch(&workshop.path(types).join("src/lib.rs"))?;
        Ok(command)
    };
    // What they depend on is built once, and not measured.
    for (name, types, _) in &programs {
        run(&mut build(name, types)?)?;
    }
    let [ours, theirs] = programs.map(|(name, types, _)| move || build(name, types));
    let costs = in_turns(&[&ours, &theirs], rounds)?;
    let [ours, theirs] = costs.as_slice() else { return Ok(Vec::new()) };
    Ok(pair(called, ours, theirs))
}

/// Writes the program `name`, which reads and writes each of the types at `paths` of the package `types`.
fn program(name: &str, types: &str, paths: &[&str], workshop: &mut Workshop) -> Result<()> {
    let mut all = String::new();
    for path in paths {
        // Writing to a `String` does not fail.
        let _ = writeln!(all, "    both::<types::{path}>,");
    }
    let dependencies = format!("{DEPENDENCIES}types = {{ package = \"{types}\", path = \"../{types}\" }}\n");
    let text = include_str!("programs/building.rs").replace("    // types\n", &all);
    workshop.add(&Package { name, dependencies: &dependencies, file: "src/main.rs", text: &text })
}

fn pair(called: &str, ours: &Costs, theirs: &Costs) -> Vec<Row> {
    let row = |what: &str, ours, theirs| Row {
        what: format!("release build that reads and writes all of {called}: {what}"),
        against: "typify's output".to_owned(),
        ours,
        theirs,
    };
    vec![row("time", ours.wall, theirs.wall), row("peak memory", ours.peak, theirs.peak)]
}
