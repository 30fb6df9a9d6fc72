//! Overrides beside a manifest: what they make of its documents, and where the parts of these stand.

mod faults;

use std::fs;

use serde_json::json;

use super::{Folder, PACKAGE, sha256};
use crate::source::{Correction, Sources};

const WHY: &str = "reason = \"it is so\"\nlink = \"https://example.com/1\"\n";

/// A folder with these files, listed, and `overrides`.
fn folder(files: &[(&str, &str)], overrides: &str) -> Folder {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = Folder::listing(&files);
    fs::write(folder.0.path().join("overrides.toml"), overrides).unwrap();
    folder
}

fn patch(operations: &str) -> String {
    format!("[[override]]\nfile = \"a.json\"\n{WHY}patch = '''\n{operations}'''\n")
}

fn merge(at: &str, merge: &str) -> String {
    format!("[[override]]\nfile = \"a.json\"\n{WHY}at = \"{at}\"\nmerge = '{merge}'\n")
}

fn load(folder: &Folder) -> Sources {
    folder.load().unwrap_or_else(|error| panic!("{error}"))
}

/// What `a.json`, which is `schema`, is after `overrides`, as text, so that the order of members shows.
fn corrected(schema: &str, overrides: &str) -> String {
    load(&folder(&[("a.json", schema)], overrides)).documents[0].as_written().to_string()
}

/// What is wrong when `a.json` is `schema`.
fn faults(schema: &str, overrides: &str) -> Vec<String> {
    folder(&[("a.json", schema)], overrides).failure()
}

#[test]
fn each_operation_of_a_patch_does_what_rfc_6902_says() {
    let schema = r#"{"default": {"a": 1, "b": [1, 2], "c": {"d": null}, "m~n/": 3}}"#;
    for (operations, expected) in [
        (r#"{"op": "add", "path": "/default/e", "value": 4}"#, r#"{"a":1,"b":[1,2],"c":{"d":null},"m~n/":3,"e":4}"#),
        (r#"{"op": "add", "path": "/default/a", "value": null}"#, r#"{"a":null,"b":[1,2],"c":{"d":null},"m~n/":3}"#),
        (r#"{"op": "add", "path": "/default/b/1", "value": 9}"#, r#"{"a":1,"b":[1,9,2],"c":{"d":null},"m~n/":3}"#),
        (r#"{"op": "add", "path": "/default/b/2", "value": 9}"#, r#"{"a":1,"b":[1,2,9],"c":{"d":null},"m~n/":3}"#),
        (r#"{"op": "add", "path": "/default/b/-", "value": 9}"#, r#"{"a":1,"b":[1,2,9],"c":{"d":null},"m~n/":3}"#),
        (r#"{"op": "remove", "path": "/default/a"}"#, r#"{"b":[1,2],"c":{"d":null},"m~n/":3}"#),
        (r#"{"op": "remove", "path": "/default/m~0n~1"}"#, r#"{"a":1,"b":[1,2],"c":{"d":null}}"#),
        (r#"{"op": "remove", "path": "/default/b/0"}"#, r#"{"a":1,"b":[2],"c":{"d":null},"m~n/":3}"#),
        (r#"{"op": "replace", "path": "/default/b", "value": []}"#, r#"{"a":1,"b":[],"c":{"d":null},"m~n/":3}"#),
        (
            r#"{"op": "move", "from": "/default/b/0", "path": "/default/c/e"}"#,
            r#"{"a":1,"b":[2],"c":{"d":null,"e":1},"m~n/":3}"#,
        ),
        (
            r#"{"op": "move", "from": "/default/b/1", "path": "/default/b/0"}"#,
            r#"{"a":1,"b":[2,1],"c":{"d":null},"m~n/":3}"#,
        ),
        (
            r#"{"op": "copy", "from": "/default/b", "path": "/default/c/e"}"#,
            r#"{"a":1,"b":[1,2],"c":{"d":null,"e":[1,2]},"m~n/":3}"#,
        ),
        (
            r#"{"op": "test", "path": "/default/b", "value": [1.0, 2]}, {"op": "remove", "path": "/default/b", "why": "more"}"#,
            r#"{"a":1,"c":{"d":null},"m~n/":3}"#,
        ),
        (r#"{"op": "replace", "path": "/default", "value": 1}"#, "1"),
    ] {
        let whole = corrected(schema, &patch(&format!("[{operations}]")));
        assert_eq!(whole, format!("{{\"default\":{expected}}}"), "{operations}");
    }
    assert_eq!(
        corrected(schema, &patch(r#"[{"op": "add", "path": "", "value": {"type": "null"}}]"#)),
        r#"{"type":"null"}"#
    );
}

#[test]
fn a_merge_patch_does_what_rfc_7396_says() {
    let schema = r#"{"default": {"a": 1, "b": {"c": [1], "d": {}, "e": 2}}}"#;
    for (at, of, expected) in [
        ("", r#"{"default": {"a": null, "b": {"e": 3}}}"#, r#"{"b":{"c":[1],"d":{},"e":3}}"#),
        (
            "/default/b",
            r#"{"c": {"x": null, "y": {"z": 1, "w": null}}, "f": [null]}"#,
            r#"{"a":1,"b":{"c":{"y":{"z":1}},"d":{},"e":2,"f":[null]}}"#,
        ),
        ("/default/b", "[]", r#"{"a":1,"b":[]}"#),
        ("/default/a", r#"{"x": 1, "y": null}"#, r#"{"a":{"x":1},"b":{"c":[1],"d":{},"e":2}}"#),
    ] {
        assert_eq!(corrected(schema, &merge(at, of)), format!("{{\"default\":{expected}}}"), "{of}");
    }
}

#[test]
fn all_that_follows_is_about_the_corrected_document() {
    let schema = r#"{"type": "object", "properties": {"a": {"type": "strng"}, "b": {"$ref": "gone.json"}}}"#;
    let overrides = merge("/properties/a", r#"{"type": "string"}"#)
        + &patch(r#"[{"op": "remove", "path": "/properties/b"}, {"op": "add", "path": "/required", "value": ["a"]}]"#);
    let sources = load(&folder(&[("a.json", schema)], &overrides));
    let expected = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]});
    assert_eq!(sources.documents[0].schema, expected);
    assert_eq!(sources.documents[0].source.sha256, sha256(schema.as_bytes()), "the sum is upstream's");
    let correction = |pointers: &[&str]| Correction {
        reason: "it is so".into(),
        link: "https://example.com/1".into(),
        pointers: pointers.iter().map(|&pointer| pointer.to_owned()).collect(),
    };
    let corrections = [correction(&["/properties/a/type"]), correction(&["/properties/b", "/required"])];
    assert_eq!(sources.documents[0].corrections(), corrections);
}

#[test]
fn yaml_openapi_documents_and_files_of_folders_are_corrected() {
    let api =
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {type: string, nullable: true}\n    B: {type: integer}\n";
    let of_folder = "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"type\": \"string\"}";
    let sum = sha256(format!("{}  x.json\n", sha256(of_folder.as_bytes())).as_bytes());
    let manifest = format!(
        "{PACKAGE}[[source]]\nfile = \"api.yaml\"\norigin = \"here\"\nsha256 = \"{}\"\nmodule = \"api\"\nonly = [\"A\"]\n\
         [[source]]\nfolder = \"f\"\norigin = \"here\"\nsha256 = \"{sum}\"\nmodule = \"f\"\n",
        sha256(api.as_bytes())
    );
    let overrides = format!(
        "[[override]]\nfile = \"api.yaml\"\n{WHY}at = \"/components/schemas/A\"\nmerge = '{{\"nullable\": null, \"minLength\": 1}}'\n\
         [[override]]\nfile = \"f/x.json\"\n{WHY}patch = '[{{\"op\": \"replace\", \"path\": \"/type\", \"value\": \"null\"}}]'\n"
    );
    let files =
        [("api.yaml", api.as_bytes()), ("f/x.json", of_folder.as_bytes()), ("overrides.toml", overrides.as_bytes())];
    let sources = load(&Folder::new(&manifest, &files));
    assert_eq!(sources.documents[0].schema, json!({"$defs": {"A": {"type": "string", "minLength": 1}}}));
    assert_eq!(sources.documents[1].schema["type"], "null");
}

#[test]
fn what_is_wrong_with_a_corrected_document_is_told_where_it_stands() {
    let schema =
        "{\n\"anyOf\": [\n{\"type\": \"null\"},\n{\"minLength\": -1},\n{\"maxLength\": -2}],\n\"properties\": {}}";
    let overrides = patch(
        "[{\"op\": \"remove\", \"path\": \"/anyOf/0\"},\n{\"op\": \"add\", \"path\": \"/anyOf/1\",\n\"value\": {\"not\": {\"type\": 3}}},\n\
         {\"op\": \"move\", \"from\": \"/anyOf/2\", \"path\": \"/properties/m\"},\n\
         {\"op\": \"copy\", \"from\": \"/anyOf/0\", \"path\": \"/properties/n\"}]\n",
    );
    let faults = faults(schema, &overrides);
    let expected = [
        "error: overrides.toml:8:27: #/anyOf/1/not/type: `type` does not allow 3",
        "error: a.json:4:15: #/anyOf/0/minLength: `minLength` does not allow -1",
        "error: a.json:5:15: #/properties/m/maxLength: `maxLength` does not allow -2",
        "error: a.json:4:15: #/properties/n/minLength: `minLength` does not allow -1",
    ];
    let mut expected = expected.map(str::to_owned);
    let mut found = faults.clone();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let yaml = "type: object\nproperties:\n  a: {type: null}\n  b:\n    minLength: -1\n";
    let overrides = format!(
        "[[override]]\nfile = \"a.yaml\"\n{WHY}at = \"\"\nmerge = \"{{\\\"properties\\\": {{\\\"a\\\": null}}, \\\"type\\\": 7}}\"\n"
    );
    assert_eq!(
        folder(&[("a.yaml", yaml)], &overrides).failure(),
        [
            "error: a.yaml:5:16: #/properties/b/minLength: `minLength` does not allow -1",
            "error: overrides.toml:6:9: #/type: `type` does not allow 7",
        ]
    );
}

#[test]
fn the_rest_of_a_patch_goes_on_after_what_changes_nothing_and_other_overrides_after_what_fails() {
    let schema = r#"{"minLength": 1}"#;
    let first = patch(
        "[{\"op\": \"add\", \"path\": \"/minLength\", \"value\": 1},\n{\"op\": \"remove\", \"path\": \"/a\"},\n{\"op\": \"remove\", \"path\": \"/b\"}]",
    );
    let second = merge("", r#"{"minLength": 1, "pattern": null}"#);
    assert_eq!(
        faults(schema, &(first + &second)),
        [
            "error: overrides.toml:6:24: #/minLength: `add` changes nothing: `a.json` says so already",
            "error: overrides.toml:7:26: #/a: `remove` has no target: `a.json` has nothing at #/a",
            "error: overrides.toml:14:24: #/minLength: `merge` changes nothing: `a.json` says so already",
            "error: overrides.toml:14:38: #/pattern: `merge` has no target: `a.json` has nothing at #/pattern",
        ]
    );
}

#[test]
fn without_the_file_nothing_is_corrected() {
    let sources = load(&Folder::listing(&[("a.json", b"{\"minLength\": 1}")]));
    assert_eq!(sources.documents[0].corrections(), []);
    assert_eq!(sources.documents[0].as_written(), &json!({"minLength": 1}));
}
