//! What is measured: the repository's own schemas, and those of the corpus, as manifests.

use std::fs;
use std::path::{Path, PathBuf};

use typeproof::diagnostic::Result;
use typeproof::vendor::{Date, Told, arrival, vendor};
use typeproof::{Generation, generate};

use super::workshop::cannot;

/// The day that entries of such manifests were made on; nothing depends on it.
const DAY: Date = Date { year: 2026, month: 1, day: 1 };

/// What of the corpus is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Data {
    /// Kong's 1,290 schema files.
    Kong,
    /// The OpenAPI document of metering and billing, of 158 schemas.
    Metering,
}

impl Data {
    /// The module, and the end of the package's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kong => "kong",
            Self::Metering => "metering",
        }
    }

    /// What people call it.
    pub(crate) fn called(self) -> &'static str {
        match self {
            Self::Kong => "Kong's 1,290 files",
            Self::Metering => "metering and billing",
        }
    }

    /// Where it is in the corpus.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Kong => "kong-json-schema",
            Self::Metering => "konnect-openapi/metering-and-billing-v3-2026-07-01.yaml",
        }
    }

    /// Where it comes from, for those who have no corpus.
    pub(crate) fn origin(self) -> &'static str {
        match self {
            Self::Kong => "the folder json-schema of github.com/api-evangelist/kong",
            Self::Metering => "metering-and-billing-v3-2026-07-01.yaml of github.com/Kong/developer.konghq.com",
        }
    }

    /// The package that is generated from it.
    pub(crate) fn package(self) -> String {
        format!("bench-{}", self.name())
    }

    /// Writes a manifest into `folder`, anew, with as many copies of it as `times` says, each a module; its path.
    ///
    /// # Errors
    ///
    /// When it is not in `corpus` or cannot be copied.
    pub(crate) fn manifest(self, corpus: &Path, folder: &Path, times: usize) -> Result<PathBuf> {
        let module = |copy| if times == 1 { self.name().to_owned() } else { format!("{}_{copy}", self.name()) };
        let modules: Vec<String> = (0..times).map(module).collect();
        manifest(&self.package(), &corpus.join(self.path()), folder, &modules)
    }

    /// What is generated from it.
    ///
    /// # Errors
    ///
    /// As [`Data::manifest`] has.
    pub(crate) fn generation(self, corpus: &Path, folder: &Path) -> Result<Generation> {
        generate(&self.manifest(corpus, folder, 1)?)
    }
}

/// Writes a manifest of `package` into `folder`, anew, that lists what is at `path` once for each of `modules`; its path.
///
/// # Errors
///
/// When that is not there or cannot be copied.
pub(crate) fn manifest(package: &str, path: &Path, folder: &Path, modules: &[String]) -> Result<PathBuf> {
    let manifest = folder.join("manifest.toml");
    let text = format!("[package]\nname = \"{package}\"\nversion = \"0.0.0\"\ndescription = \"Measured\"\n");
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    }
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&manifest, text));
    written.map_err(|error| cannot(&manifest, &error))?;
    for (copy, module) in modules.iter().enumerate() {
        let mut arrival = arrival(path, folder)?;
        arrival.name = format!("{copy}-{}", arrival.name);
        arrival.origin.clone_from(&arrival.name);
        let told = Told { date: DAY, replace: false, dialect: None, module: Some(module), only: &[] };
        vendor(&manifest, &arrival, &told).map_err(|stopped| stopped.diagnostics)?;
    }
    Ok(manifest)
}
