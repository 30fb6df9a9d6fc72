//! The environment variable `TYPEPROOF_CORPUS` -> the data of others that tests are run with.

use std::io::{Write, stderr};
use std::path::PathBuf;

/// The folder `name` of the corpus. `None`, said on one line, where no corpus is named; where one is, a folder that is
/// not there is a failure.
///
/// - `json-schema-test-suite`: a copy of github.com/json-schema-org/JSON-Schema-Test-Suite.
/// - `kong-json-schema`: the folder `json-schema` of github.com/api-evangelist/kong.
/// - `konnect-openapi`: `openapi.yaml` of github.com/Kong/sdk-konnect-go at five dates, and that of metering and billing,
///   from `api-specs` of github.com/Kong/developer.konghq.com, at two.
pub fn corpus(name: &str) -> Option<PathBuf> {
    let Some(corpus) = std::env::var_os("TYPEPROOF_CORPUS") else {
        let from = match name {
            "json-schema-test-suite" => "github.com/json-schema-org/JSON-Schema-Test-Suite",
            "kong-json-schema" => "the folder json-schema of github.com/api-evangelist/kong",
            "konnect-openapi" => {
                "openapi.yaml of github.com/Kong/sdk-konnect-go as konnect-DATE.yaml, and from \
                                  github.com/Kong/developer.konghq.com metering-and-billing-v3-DATE.yaml,"
            }
            _ => panic!("the corpus has no folder {name}"),
        };
        // Past the test's capture: what did not run must not look as if it had.
        let _ = writeln!(stderr(), "did not run: needs {from} as {name} in a folder that TYPEPROOF_CORPUS names");
        return None;
    };
    let folder = PathBuf::from(corpus).join(name);
    assert!(folder.is_dir(), "TYPEPROOF_CORPUS is set, but {} is not there", folder.display());
    Some(folder)
}
