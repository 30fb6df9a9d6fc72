//! Bytes and a file's name -> a manifest that lists that file, in the dialect that the first byte chooses, and what it generates.

use std::fs;

use sha2::{Digest, Sha256};

/// The dialects; with none, the file says its own, as an OpenAPI document does.
const DIALECTS: [Option<&str>; 8] = [
    Some("http://json-schema.org/draft-04/schema#"),
    Some("http://json-schema.org/draft-06/schema#"),
    Some("http://json-schema.org/draft-07/schema#"),
    Some("https://json-schema.org/draft/2019-09/schema"),
    Some("https://json-schema.org/draft/2020-12/schema"),
    Some("https://spec.openapis.org/oas/3.0/schema/2021-09-28"),
    Some("https://spec.openapis.org/oas/3.1/dialect/base"),
    None,
];

/// Generates types from `bytes` as `file`, or diagnostics that blame the file and not the generator.
pub fn generate(file: &str, bytes: &[u8]) {
    let Some((first, schema)) = bytes.split_first() else { return };
    let dialect = DIALECTS[usize::from(*first) % DIALECTS.len()];
    let dialect = dialect.map(|dialect| format!("dialect = \"{dialect}\"\n")).unwrap_or_default();
    let folder = tempfile::tempdir().expect("a folder");
    let sha256: String = Sha256::digest(schema).iter().map(|byte| format!("{byte:02x}")).collect();
    let manifest = format!(
        "[package]\nname = \"fuzzed\"\nversion = \"0.1.0\"\ndescription = \"Fuzzed\"\n\n\
         [[source]]\nfile = \"{file}\"\norigin = \"fuzzed\"\nsha256 = \"{sha256}\"\n{dialect}module = \"schema\"\n"
    );
    fs::write(folder.path().join(file), schema).expect("the folder is writable");
    fs::write(folder.path().join("manifest.toml"), manifest).expect("the folder is writable");
    if let Err(diagnostics) = typeproof::generate(&folder.path().join("manifest.toml")) {
        let fault = diagnostics.0.iter().find(|error| error.help.contains("fault of typeproof"));
        assert!(fault.is_none(), "{diagnostics}");
    }
}
