//! Kong's schemas and documents, unmodified: all are read without an error, one entry in a manifest each, and what their
//! authors wrote against the dialect that they declare is noted.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::fs;
use std::path::Path;

use harness::corpus::corpus;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use typeproof::diagnostic::Diagnostic;
use typeproof::source::{Sources, load};

const PACKAGE: &str =
    "[package]\nname = \"corpus-types\"\nversion = \"0.1.0\"\ndescription = \"Types of the corpus\"\n";

/// What is read of the one source that `entry` lists, which lies in `folder`.
fn read(folder: &Path, entry: &str) -> Sources {
    let manifest = folder.join("manifest.toml");
    fs::write(&manifest, format!("{PACKAGE}[[source]]\norigin = \"corpus\"\nmodule = \"api\"\n{entry}"))
        .expect("writable");
    load(&manifest).unwrap_or_else(|errors| panic!("{errors}"))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the notes say, without the places.
fn said(sources: &Sources) -> Vec<&str> {
    assert!(!sources.notes.iter().any(Diagnostic::is_error));
    sources.notes.iter().map(|note| note.message.as_str()).collect()
}

#[test]
fn a_folder_of_1290_files_is_one_source() {
    let Some(corpus) = corpus("kong-json-schema") else { return };
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("kong")).expect("writable");
    let mut sums = String::new();
    let entries = fs::read_dir(&corpus).expect("readable").map(|entry| entry.expect("readable").file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().expect("a plain name")).collect();
    names.sort();
    for name in names {
        let bytes = fs::read(corpus.join(&name)).expect("readable");
        fs::write(folder.path().join("kong").join(&name), &bytes).expect("writable");
        sums.push_str(&format!("{}  {name}\n", hex(&bytes)));
    }
    let dialect = "https://json-schema.org/draft/2020-12/schema";
    let entry = format!("folder = \"kong\"\nsha256 = \"{}\"\ndialect = \"{dialect}\"\n", hex(sums.as_bytes()));
    let sources = read(folder.path(), &entry);
    assert_eq!((sources.documents.len(), sources.modules().len()), (1290, 1));
    let mut names: Vec<&str> = sources.documents.iter().map(|document| document.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 1290, "two files have one name");
    let said = said(&sources);
    let kinds = [
        "`$id` is a fragment, which 2020-12 forbids; it is read as the name of the definition (1263 ",
        "`discriminator` is OpenAPI's, not 2020-12's; it is kept as an annotation (44 ",
        "`example` is OpenAPI's, not 2020-12's; it is kept as an annotation (955 ",
        "`format` says nothing here: formats are of texts and numbers; it is kept as an annotation (118 ",
        "`nullable` is OpenAPI's, not 2020-12's; where it is `true`, null is allowed as well (565 ",
    ];
    assert_eq!(said.len(), kinds.len(), "{said:#?}");
    assert!(kinds.iter().all(|kind| said.iter().any(|said| said.starts_with(kind))), "{said:#?}");
}

#[test]
fn the_openapi_documents_are_read_as_they_are() {
    let Some(corpus) = corpus("konnect-openapi") else { return };
    let documents = [
        ("konnect-2026-04-27.yaml", 947),
        ("konnect-2026-06-23.yaml", 1104),
        ("konnect-2026-07-17.yaml", 1367),
        ("konnect-2026-07-24.yaml", 1377),
        ("konnect-2026-08-21.yaml", 1415),
        ("metering-and-billing-v3-2026-06-05.yaml", 120),
        ("metering-and-billing-v3-2026-07-01.yaml", 158),
    ];
    for (name, count) in documents {
        let folder = TempDir::new().expect("a folder");
        let bytes = fs::read(corpus.join(name)).expect("readable");
        fs::write(folder.path().join(name), &bytes).expect("writable");
        let sources = read(folder.path(), &format!("file = \"{name}\"\nsha256 = \"{}\"\n", hex(&bytes)));
        let definitions = sources.documents.first().and_then(|document| document.schema.get("$defs")?.as_object());
        assert_eq!(definitions.map(|definitions| definitions.len()), Some(count), "{name}: {:#?}", said(&sources));
        let exclusive =
            "`exclusiveMinimum` is `true` or `false` in draft 4, not in OpenAPI 3.1; it is read with `minimum` (3 ";
        let says_so = said(&sources).iter().any(|said| said.starts_with(exclusive));
        assert_eq!(says_so, name == "konnect-2026-08-21.yaml", "{name}: {:#?}", said(&sources));
    }
}
