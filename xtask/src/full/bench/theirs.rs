//! A bundle -> what typify makes of it, in a process of its own: it can panic, and what it needs is its own.

use std::path::PathBuf;
use std::process::Command;

use typeproof::Generation;
use typeproof::diagnostic::Result;

use super::bundle::Bundle;
use super::workshop::{Package, Workshop, run};

/// The name of the package of its output.
pub(crate) const THEIRS: &str = "by-typify";

/// What its output depends on.
const DEPENDENCIES: &str = "\
    chrono = { version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }\n\
    regress = \"0.12\"\n\
    serde = { version = \"1.0\", features = [\"derive\"] }\n\
    serde_json = \"1.0\"\n\
    uuid = { version = \"1\", default-features = false, features = [\"serde\", \"std\"] }\n";

/// The program around typify.
const PROGRAM: Package<'_> = Package {
    name: "run-typify",
    dependencies: "\
        prettyplease = \"0.3\"\n\
        schemars = { version = \"0.8\", default-features = false }\n\
        serde_json = \"1.0\"\n\
        syn = \"3.0\"\n\
        typify = { version = \"=0.8.0\", default-features = false }\n",
    file: "src/main.rs",
    text: include_str!("programs/typify.rs"),
};

/// The dependency on the allocator of `cargo xtask`, as a line of TOML.
pub(crate) const ALLOCATOR: &str = "mimalloc = { version = \"0.1\", default-features = false, features = [\"v2\"] }\n";

/// Builds the program; where it is.
///
/// # Errors
///
/// When cargo cannot.
pub(crate) fn program(workshop: &mut Workshop) -> Result<PathBuf> {
    workshop.add(&PROGRAM)?;
    workshop.release(PROGRAM.name)
}

/// Builds the program with the allocator that ours has; where it is.
///
/// # Errors
///
/// When cargo cannot.
pub(crate) fn allocating(workshop: &mut Workshop) -> Result<PathBuf> {
    let (name, dependencies) = ("run-typify-allocating", format!("{ALLOCATOR}{}", PROGRAM.dependencies));
    let text =
        PROGRAM.text.to_owned() + "\n#[global_allocator]\nstatic ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;\n";
    workshop.add(&Package { name, dependencies: &dependencies, file: PROGRAM.file, text: &text })?;
    workshop.release(name)
}

/// Writes `bundle` as the program takes it; where that is.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn written(workshop: &Workshop, name: &str, bundle: &Bundle) -> Result<PathBuf> {
    workshop.write(name, bundle.schema.to_string().as_bytes())?;
    Ok(workshop.path(name))
}

/// Writes both crates of types: the generated one, and typify's of `bundle`, which is of the same schemas.
///
/// # Errors
///
/// When one of them cannot be had.
pub(crate) fn add_crates(generation: &Generation, bundle: &Bundle, workshop: &mut Workshop) -> Result<()> {
    workshop.add_tree(&generation.sources.package.name, &generation.tree)?;
    let text = rust(workshop, bundle)?;
    workshop.add(&Package { name: THEIRS, dependencies: DEPENDENCIES, file: "src/lib.rs", text: &text })
}

/// The Rust that typify makes of `bundle`.
fn rust(workshop: &mut Workshop, bundle: &Bundle) -> Result<String> {
    let program = program(workshop)?;
    let rust = run(Command::new(program).arg(written(workshop, "bundle.json", bundle)?))?;
    Ok(String::from_utf8_lossy(&rust).into_owned())
}
