//! Any bytes as a schema, read in the dialect that the first of them chooses: types are generated, or there are diagnostics.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

const DIALECTS: [&str; 7] = [
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.0/schema/2021-09-28",
    "https://spec.openapis.org/oas/3.1/dialect/base",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, schema)) = bytes.split_first() else { return };
    let dialect = DIALECTS[usize::from(*first) % DIALECTS.len()];
    let folder = tempfile::tempdir().expect("a folder");
    let sha256: String = Sha256::digest(schema).iter().map(|byte| format!("{byte:02x}")).collect();
    let manifest = format!(
        "[package]\nname = \"fuzzed\"\nversion = \"0.1.0\"\ndescription = \"Fuzzed\"\n\n\
         [[source]]\nfile = \"schema.json\"\norigin = \"fuzzed\"\nsha256 = \"{sha256}\"\n\
         dialect = \"{dialect}\"\nmodule = \"schema\"\n"
    );
    fs::write(folder.path().join("schema.json"), schema).expect("the folder is writable");
    fs::write(folder.path().join("manifest.toml"), manifest).expect("the folder is writable");
    if let Err(diagnostics) = typeproof::generate(&folder.path().join("manifest.toml")) {
        let fault = diagnostics.0.iter().find(|error| error.help.contains("fault of typeproof"));
        assert!(fault.is_none(), "{diagnostics}");
    }
});
