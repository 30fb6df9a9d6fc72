//! Manifests, good and bad.

use super::{DRAFT, Folder, PACKAGE, entry, sha256};
use crate::diagnostic::Position;
use crate::source::{
    Dialect, FormatType, MAX_MANIFEST_BYTES, Package, Policy, Source, UnknownEnumValues, UnknownMembers, load,
};

#[test]
fn a_manifest_says_what_it_says() {
    let manifest = PACKAGE.to_owned()
        + &entry("v1/a.json", b"{}", "a")
        + "type = \"Root\"\nuri = \"https://example.com/v1/a\"\n[source.policy]\nunknown-members = \"drop\"\nunknown-enum-values = \"refuse\"\nformats = {}\n"
        + &entry("b.json", b"true", "b");
    let folder = Folder::new(&manifest, &[("v1/a.json", b"{}"), ("b.json", b"true")]);
    let sources = folder.load().unwrap();
    let package = Package { name: "example-types".into(), version: "0.1.0".into(), description: "Examples".into() };
    assert_eq!(sources.package, package);
    let first = Source {
        file: "v1/a.json".into(),
        uri: Some("https://example.com/v1/a".into()),
        origin: "here".into(),
        sha256: sha256(b"{}"),
        dialect: Some(Dialect::Draft202012),
        module: "a".into(),
        type_name: Some("Root".into()),
        policy: Policy {
            unknown_members: UnknownMembers::Drop,
            unknown_enum_values: UnknownEnumValues::Refuse,
            formats: [].into(),
        },
        aliases: Vec::new(),
    };
    assert_eq!(sources.documents[0].source, first);
    assert_eq!(sources.documents[0].name, "Root");
    let defaults = [("date-time".to_owned(), FormatType::Chrono)].into();
    assert_eq!(sources.documents[1].source.policy.formats, defaults);
    assert_eq!(sources.documents[1].source.policy.unknown_enum_values, UnknownEnumValues::KeepWhereMarked);
    assert_eq!(sources.documents[1].name, "b");
    assert_eq!(sources.notes, []);
}

#[test]
fn every_fault_of_a_manifest_is_reported_at_once() {
    let manifest = format!(
        r#"colour = "red"
[package]
name = "crate"
version = "1.0"
licence = "MIT"
[[source]]
file = "../a.json"
origin = "two\nlines"
sha256 = "ABC"
dialect = "http://json-schema.org/draft-03/schema#"
module = "type"
type = "portal session"
[source.policy]
unknown-members = "keep"
unknown-enum-values = "keep"
formats = {{ date-time = "time", uuid = "uuid" }}
nullable = true
[[source]]
file = "b.json"
origin = "here"
sha256 = "{}"
dialect = "{DRAFT}"
module = "support"
name = "B"
"#,
        sha256(b"{}")
    );
    let folder = Folder::new(&manifest, &[("b.json", b"{}")]);
    assert_eq!(
        folder.failure(),
        [
            "error: manifest.toml:1:1: the manifest has no key `colour`",
            "error: manifest.toml:2:1: [package] lacks `description`",
            "error: manifest.toml:3:8: `crate` is not a name that cargo takes",
            "error: manifest.toml:4:11: `1.0` is not a version: unexpected end of input while parsing minor version number",
            "error: manifest.toml:5:1: [package] has no key `licence`",
            "error: manifest.toml:7:8: `../a.json` is not a path below the manifest's folder",
            "error: manifest.toml:8:10: `origin` is not one line of text",
            "error: manifest.toml:9:10: `ABC` is not a SHA-256",
            "error: manifest.toml:10:11: the dialect `http://json-schema.org/draft-03/schema#` is not supported",
            "error: manifest.toml:11:10: `type` is not a name for a Rust module",
            "error: manifest.toml:12:8: `portal session` is not a name for a Rust type",
            "error: manifest.toml:14:19: `unknown-members` cannot be `keep`",
            "error: manifest.toml:15:23: `unknown-enum-values` cannot be `keep`",
            "error: manifest.toml:16:25: the format `date-time` cannot be read as `time`",
            "error: manifest.toml:16:40: the format `uuid` cannot be read as `uuid`",
            "error: manifest.toml:17:1: [source.policy] has no key `nullable`",
            "error: manifest.toml:23:10: the module name `support` is taken by the generated crate itself",
            "error: manifest.toml:24:1: [[source]] has no key `name`",
        ]
    );
}

#[test]
fn names_that_rust_or_cargo_would_not_take_are_refused() {
    let with = |from: &str, to: &str| {
        let manifest = PACKAGE.to_owned() + &entry("a.json", b"{}", "a") + "type = \"A\"\n";
        let changed = manifest.replace(from, to);
        assert_ne!(manifest, changed);
        Folder::new(&changed, &[("a.json", b"{}")]).load().map_or_else(|error| error.0, |sources| sources.notes)
    };
    for module in ["gen", "self", "Portal", "portal-session", "1st", "_", "é", "lib", "main", "default", "schemars"] {
        assert_eq!(with("module = \"a\"", &format!("module = \"{module}\"")).len(), 1, "{module}");
    }
    for name in ["portal", "Portal_Session", "Self", "1st", "É"] {
        assert_eq!(with("type = \"A\"", &format!("type = \"{name}\"")).len(), 1, "{name}");
    }
    for package in ["1st", "-a", "a.b", "type", &"a".repeat(65)] {
        assert_eq!(with("example-types", package).len(), 1, "{package}");
    }
    let good = sha256(b"{}");
    for wrong in [&good[1..], &good.to_uppercase()] {
        assert_eq!(with(&good, wrong)[0].message, format!("`{wrong}` is not a SHA-256"));
    }
    assert_eq!(with("\"a\"", "\"portal_2\""), []);
}

#[test]
fn aliases_are_names_of_types() {
    let with = |aliases: &str| {
        Folder::new(&(PACKAGE.to_owned() + &entry("a.json", b"{}", "a") + aliases), &[("a.json", b"{}")])
    };
    let sources = with("[source.aliases]\nOld = \"A\"\n\"Älter\" = \"A\"\n").load().unwrap();
    let aliases: Vec<_> =
        sources.documents[0].source.aliases.iter().map(|it| (it.name.as_str(), it.target.as_str())).collect();
    assert_eq!(aliases, [("Old", "A"), ("Älter", "A")]);
    assert_eq!(with("aliases = 3\n").failure(), ["error: manifest.toml:11:11: `aliases` is not a table"]);
    let aliases = "[source.aliases]\nold = \"Self\"\nOld = 3\nOld_Name = \"A\"\n\"\" = \"A\"\n";
    assert_eq!(
        with(aliases).failure(),
        [
            "error: manifest.toml:12:1: `old` is not a name for a Rust type",
            "error: manifest.toml:12:7: `Self` is not a name for a Rust type",
            "error: manifest.toml:13:7: `Old` is not one line of text",
            "error: manifest.toml:14:1: `Old_Name` is not a name for a Rust type",
            "error: manifest.toml:15:1: `` is not a name for a Rust type",
        ]
    );
}

#[test]
fn the_help_for_a_dialect_names_those_supported() {
    let manifest = PACKAGE.to_owned() + &entry("a.json", b"{}", "a").replace(DRAFT, "https://example.com/dialect");
    let error = Folder::new(&manifest, &[("a.json", b"{}")]).load().unwrap_err();
    let drafts = ["draft-04/schema#", "draft-06/schema#", "draft-07/schema#"]
        .map(|draft| format!("http://json-schema.org/{draft}, "));
    let newer = "https://json-schema.org/draft/2019-09/schema, https://json-schema.org/draft/2020-12/schema, \
                 https://spec.openapis.org/oas/3.0/schema/2021-09-28, https://spec.openapis.org/oas/3.1/dialect/base";
    assert_eq!(error.0[0].help, format!("the dialects supported are: {}{newer}", drafts.concat()));
}

#[test]
fn two_sources_with_one_module_or_one_file_are_named_both() {
    let manifest = PACKAGE.to_owned() + &entry("a.json", b"{}", "a") + &entry("a.json", b"{}", "a");
    assert_eq!(
        Folder::new(&manifest, &[("a.json", b"{}")]).failure(),
        [
            "error: manifest.toml:12:8: two sources claim the file `a.json`: lines 6 and 12",
            "error: manifest.toml:16:10: two sources claim the module `a`: lines 10 and 16",
        ]
    );
}

#[test]
fn an_absolute_path_leads_out_of_the_folder() {
    let manifest = PACKAGE.to_owned() + &entry("/etc/passwd", b"", "a");
    assert_eq!(
        Folder::new(&manifest, &[]).failure(),
        ["error: manifest.toml:6:8: `/etc/passwd` is not a path below the manifest's folder"]
    );
}

#[test]
fn what_is_missing_or_of_another_type_is_named() {
    assert_eq!(
        Folder::new("", &[]).failure(),
        [
            "error: manifest.toml:1:1: the manifest lacks `package`",
            "error: manifest.toml:1:1: the manifest lists no source",
        ]
    );
    let manifest = "package = 1\nsource = \"a.json\"\n";
    assert_eq!(
        Folder::new(manifest, &[]).failure(),
        [
            "error: manifest.toml:1:11: [package] is a table, not a value of type integer",
            "error: manifest.toml:2:10: `source` is not a list",
        ]
    );
    let manifest = PACKAGE.to_owned() + "[[source]]\nfile = 1\npolicy = 2\n";
    assert_eq!(
        Folder::new(&manifest, &[]).failure(),
        [
            "error: manifest.toml:5:1: [[source]] lacks `origin`",
            "error: manifest.toml:5:1: [[source]] lacks `sha256`",
            "error: manifest.toml:5:1: [[source]] lacks `module`",
            "error: manifest.toml:6:8: `file` is not one line of text",
            "error: manifest.toml:7:10: [source.policy] is a table, not a value of type integer",
        ]
    );
}

#[test]
fn every_error_of_toml_is_reported() {
    let printed = Folder::new("a = \nb = 1 2\n", &[]).failure();
    assert_eq!(printed.len(), 2, "{printed:?}");
    assert!(printed[0].starts_with("error: manifest.toml:1:5: this is not TOML: "), "{printed:?}");
    assert!(printed[1].starts_with("error: manifest.toml:2:5: this is not TOML: "), "{printed:?}");
}

#[test]
fn the_schemas_of_this_repository_are_in_order() {
    let manifest = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/manifest.toml");
    let sources = load(&manifest).unwrap();
    assert_eq!(sources.package.name, "kong-types");
    assert_eq!(sources.documents[0].name, "BillingAppStripeCreateCustomerPortalSessionResult");
    let notes: Vec<_> = sources.notes.iter().map(|note| (note.pointer.as_deref(), note.position)).collect();
    let at = |line, column| Some(Position { line, column });
    assert_eq!(notes, [(Some("/$id"), at(3, 10)), (Some("/properties/created_at/example"), at(28, 18))]);
}

#[test]
fn a_manifest_that_is_no_text_file_is_named_as_it_was_given() {
    let error = load(std::path::Path::new("no/such/manifest.toml")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: no/such/manifest.toml: the manifest does not exist\n  help: name a manifest.toml that lists the schemas"
    );
    let folder = Folder::new("", &[("manifest.toml", b"#\n\xff")]);
    assert_eq!(folder.failure(), ["error: manifest.toml:2:1: byte 2 (counted from 0) is not UTF-8"]);
    let long = vec![b'#'; MAX_MANIFEST_BYTES as usize + 1];
    let folder = Folder::new("", &[("manifest.toml", &long)]);
    assert_eq!(
        folder.failure(),
        ["error: manifest.toml: the manifest is larger than 1048576 bytes (1 MiB), the limit"]
    );
}

#[test]
fn a_uri_is_absolute_and_one_sources_alone() {
    let with = |uri: &str| entry("a.json", b"{}", "a") + &format!("uri = \"{uri}\"\n");
    for uri in ["a.json", "https://example.com/a#b", "https://example.com/a b", "/a"] {
        let folder = Folder::new(&(PACKAGE.to_owned() + &with(uri)), &[("a.json", b"{}")]);
        let message = format!("`{uri}` is not an absolute URI without a fragment");
        assert_eq!(folder.failure(), [format!("error: manifest.toml:11:7: {message}")]);
    }
    let twice = with("urn:a") + &with("urn:a").replace("a.json", "b.json").replace("module = \"a\"", "module = \"b\"");
    assert_eq!(
        Folder::new(&(PACKAGE.to_owned() + &twice), &[("a.json", b"{}"), ("b.json", b"{}")]).failure(),
        ["error: manifest.toml:18:7: two sources claim the uri `urn:a`: lines 11 and 18"]
    );
}

#[test]
fn a_date_is_a_day_in_toml_s_own_words() {
    let with = |date: &str| {
        let manifest = PACKAGE.to_owned() + &entry("a.json", b"{}", "a") + date;
        Folder::new(&manifest, &[("a.json", b"{}")])
    };
    assert!(with("date = 2026-11-22\n").load().is_ok());
    for date in ["date = \"2026-11-22\"\n", "date = 2026-11-22T10:00:00\n", "date = 10:00:00\n", "date = 20261122\n"] {
        assert_eq!(with(date).failure(), ["error: manifest.toml:11:8: `date` is not a date"], "{date}");
    }
}
