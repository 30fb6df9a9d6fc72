//! Schemas as texts -> a manifest that lists them, and what it generates.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};
use typeproof::{Generation, generate};

/// The dialect of a schema that does not say which it is written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What a manifest in `folder` that lists these schemas, each a module and a text, generates. `policy` is TOML for
/// each.
pub fn generated(folder: &Path, schemas: &[(String, String)], policy: &str) -> Generation {
    generate(&manifest(folder, schemas, policy)).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Writes the schemas, each a module and a text, and the manifest that lists them into `folder`; the manifest's path.
pub fn manifest(folder: &Path, schemas: &[(String, String)], policy: &str) -> PathBuf {
    let mut manifest =
        "[package]\nname = \"hostile-types\"\nversion = \"0.1.0\"\ndescription = \"Types of hostile schemas\"\n"
            .to_owned();
    for (module, text) in schemas {
        let sha256 = sha256(text.as_bytes());
        let schema: Value = serde_json::from_str(text).unwrap_or_default();
        let dialect = schema.get("$schema").and_then(Value::as_str).unwrap_or(DIALECT);
        let _ = write!(
            manifest,
            "[[source]]\nfile = \"{module}.json\"\norigin = \"here\"\nsha256 = \"{sha256}\"\n\
             dialect = {dialect:?}\nmodule = \"{module}\"\n{policy}"
        );
        fs::write(folder.join(format!("{module}.json")), text).expect("the folder is writable");
    }
    let path = folder.join("manifest.toml");
    fs::write(&path, manifest).expect("the folder is writable");
    path
}

/// The sum of these bytes, as a manifest has it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
