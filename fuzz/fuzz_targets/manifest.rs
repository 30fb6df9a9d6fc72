//! Any bytes as a manifest: they are read, or there are diagnostics.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|manifest: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("manifest.toml");
    fs::write(&path, manifest).expect("the folder is writable");
    let _ = typeproof::generate(&path);
});
