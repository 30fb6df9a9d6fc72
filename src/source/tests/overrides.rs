//! Overrides beside a manifest: what they make of its documents, where the parts of these stand, and what is wrong with them.

use std::fs;

use serde_json::json;

use super::{Folder, PACKAGE, entry, sha256};
use crate::source::{Correction, MAX_FILE_BYTES, Sources};

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
fn what_has_no_target_any_more_changes_nothing_or_fails_is_an_error() {
    let schema = r#"{"minLength": 1, "enum": ["a"], "const": "a", "title": "x"}"#;
    for (operation, expected) in [
        (
            r#"{"op": "remove", "path": "/maxLength"}"#,
            "6:27: #/maxLength: `remove` has no target: `a.json` has nothing at #/maxLength",
        ),
        (
            r#"{"op": "replace", "path": "/a/b", "value": 1}"#,
            "6:28: #/a/b: `replace` has no target: `a.json` has nothing at #/a/b",
        ),
        (
            r#"{"op": "add", "path": "/a/b", "value": 1}"#,
            "6:24: #/a/b: `add` has no target: `a.json` has nothing at #/a",
        ),
        (
            r#"{"op": "add", "path": "/title/b", "value": 1}"#,
            "6:24: #/title/b: `add` has no target: `a.json` has neither an object nor an array at #/title",
        ),
        (
            r#"{"op": "add", "path": "/enum/2", "value": 1}"#,
            "6:24: #/enum/2: `add` has no target: the array that `a.json` has at #/enum is of length 1",
        ),
        (
            r#"{"op": "remove", "path": "/enum/00"}"#,
            "6:27: #/enum/00: `remove` has no target: `a.json` has nothing at #/enum/00",
        ),
        (
            r#"{"op": "remove", "path": "/enum/-"}"#,
            "6:27: #/enum/-: `remove` has no target: `a.json` has nothing at #/enum/-",
        ),
        (
            r#"{"op": "copy", "path": "/a", "from": "/b"}"#,
            "6:39: #/a: `copy` has no target: `a.json` has nothing at #/b",
        ),
        (
            r#"{"op": "move", "path": "/enum/0/x", "from": "/enum"}"#,
            "6:46: #/enum/0/x: `move` would put a part of `a.json` into itself",
        ),
        (r#"{"op": "remove", "path": ""}"#, "6:27: #: `remove` would take all of `a.json` away"),
        (
            r#"{"op": "test", "path": "/minLength", "value": 2}"#,
            "6:48: #/minLength: `test` fails: `a.json` has 1 there",
        ),
        (r#"{"op": "test", "path": "/a", "value": 2}"#, "6:25: #/a: `test` has no target: `a.json` has nothing at #/a"),
        (
            r#"{"op": "replace", "path": "/minLength", "value": 1.0}"#,
            "6:28: #/minLength: `replace` changes nothing: `a.json` says so already",
        ),
        (
            r#"{"op": "add", "path": "/const", "value": "a"}"#,
            "6:24: #/const: `add` changes nothing: `a.json` says so already",
        ),
        (
            r#"{"op": "move", "path": "/const", "from": "/const"}"#,
            "6:25: #/const: `move` changes nothing: `a.json` says so already",
        ),
        (
            r#"{"op": "test", "path": "/minLength", "value": 1}"#,
            "6:1: #: `patch` changes nothing: `a.json` says so already",
        ),
        ("", "6:1: #: `patch` changes nothing: `a.json` says so already"),
    ] {
        assert_eq!(
            faults(schema, &patch(&format!("[{operation}]"))),
            [format!("error: overrides.toml:{expected}")],
            "{operation}"
        );
    }
    for (at, of, expected) in [
        ("/properties", "{}", "5:6: #/properties: `merge` has no target: `a.json` has nothing at #/properties"),
        ("", r#"{"enum": ["a"]}"#, "6:19: #/enum: `merge` changes nothing: `a.json` says so already"),
        ("", r#"{"maxLength": null}"#, "6:24: #/maxLength: `merge` has no target: `a.json` has nothing at #/maxLength"),
        ("", "{}", "6:10: #: `merge` changes nothing: `a.json` says so already"),
    ] {
        assert_eq!(faults(schema, &merge(at, of)), [format!("error: overrides.toml:{expected}")], "{of}");
    }
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
fn every_fault_of_the_file_is_told() {
    let overrides = r##"colour = "red"
[[override]]
file = "b.json"
reason = " "
link = "example.com"
path = ""
patch = '''[
  {"op": "ad", "path": "a"},
  {"op": "add", "path": "/~2"},
  {"op": "move", "path": "/a"},
  3]'''
[[override]]
file = "a.json"
link = "ftp://example.com/1"
patch = "[{]"
at = ""
[[override]]
file = "a.json"
reason = "r"
link = "https://example.com/1"
merge = '''{"a": 1,
 "a": 2}'''
[[override]]
reason = "r"
link = "https:///1"
[[override]]
file = "a.json"
reason = "r"
link = "http://example.com/1"
patch = '{}'
merge = 3
[[override]]
file = "c.json"
reason = "r"
link = "http://example.com/1"
at = "a"
merge = '{}'
[[override]]
file = "d.json"
reason = "r"
link = "http://example.com/1"
at = ""
merge = '{"a": 1}'
"##;
    assert_eq!(
        faults("{}", overrides),
        [
            "error: overrides.toml:1:1: a file of overrides has no key `colour`",
            "error: overrides.toml:4:10: `reason` is not one line of text",
            "error: overrides.toml:5:8: `example.com` is not an http(s) URI",
            "error: overrides.toml:6:1: [[override]] has no key `path`",
            "error: overrides.toml:8:10: `op` is none of add, remove, replace, move, copy and test",
            "error: overrides.toml:8:24: `path` is not a JSON Pointer",
            "error: overrides.toml:9:3: the operation lacks `value`",
            "error: overrides.toml:9:25: `path` is not a JSON Pointer",
            "error: overrides.toml:10:3: `from` is not a JSON Pointer",
            "error: overrides.toml:11:3: an operation is an object",
            "error: overrides.toml:12:1: [[override]] lacks `reason`",
            "error: overrides.toml:14:8: `ftp://example.com/1` is not an http(s) URI",
            "error: overrides.toml:15:12: this is not JSON: key must be a string",
            "error: overrides.toml:16:6: `at` goes with `merge`",
            "error: overrides.toml:21:9: `merge` needs `at` beside it",
            "error: overrides.toml:22:2: the object has a second member \"a\"",
            "error: overrides.toml:23:1: [[override]] lacks `file`",
            "error: overrides.toml:23:1: an override has either `patch` or `merge`, and this has none",
            "error: overrides.toml:25:8: `https:///1` is not an http(s) URI",
            "error: overrides.toml:26:1: an override has either `patch` or `merge`, and this has both",
            "error: overrides.toml:36:6: `at` is not a JSON Pointer",
            "error: overrides.toml:39:8: the manifest does not list `d.json`",
        ]
    );
}

#[test]
fn values_of_other_types_are_told() {
    for (keys, expected) in [
        ("patch = 3", "5:9: `patch` is not a text"),
        ("patch = '{}'", "5:10: a JSON Patch is an array of operations"),
        ("at = 3\nmerge = '1'", "5:6: `at` is not a JSON Pointer"),
        ("at = \"/~\"\nmerge = '1'", "5:6: `at` is not a JSON Pointer"),
        ("at = \"\"\nmerge = [1]", "6:9: `merge` is not a text"),
    ] {
        let overrides = format!("[[override]]\nfile = \"a.json\"\n{WHY}{keys}\n");
        assert_eq!(faults("{}", &overrides), [format!("error: overrides.toml:{expected}")]);
    }
}

#[test]
fn a_file_that_is_none_is_told() {
    for (bytes, expected) in [
        (&b"override = 3\n"[..], "overrides.toml:1:12: `override` is not a list"),
        (b"[[override]\n", "overrides.toml:1:12: this is not TOML: unclosed array table, expected `]`"),
        (b"a = \"\xff\"", "overrides.toml:1:6: byte 5 (counted from 0) is not UTF-8"),
    ] {
        let folder = Folder::listing(&[("a.json", b"{")]);
        fs::write(folder.0.path().join("overrides.toml"), bytes).unwrap();
        let failure = folder.failure();
        assert!(failure.contains(&format!("error: {expected}")), "{failure:?}");
        assert!(failure.contains(&"error: a.json:1:1: #: the JSON ends too early".to_owned()), "{failure:?}");
    }
    let folder = Folder::listing(&[("a.json", b"{}")]);
    fs::create_dir(folder.0.path().join("overrides.toml")).unwrap();
    assert_eq!(folder.failure(), ["error: overrides.toml: is a folder, not a file"]);
}

#[test]
fn corrections_count_in_the_limits_of_files() {
    let half = usize::try_from(MAX_FILE_BYTES / 2).unwrap();
    let schema = format!("{{\"default\": [\"{}\"]}}", "x".repeat(half));
    let copies = r#"[{"op": "copy", "from": "/default/0", "path": "/default/-"},{"op": "copy", "from": "/default", "path": "/default/0"}]"#;
    assert_eq!(
        faults(&schema, &patch(copies)),
        ["error: overrides.toml:6:47: #/default/-: `copy` makes `a.json` larger than 32 MiB, the limit"]
    );
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let deep = |depth| patch(&format!(r#"[{{"op": "add", "path": "/default/a", "value": {}}}]"#, nested(depth)));
    assert!(folder(&[("a.json", r#"{"default": {}}"#)], &deep(98)).load().is_ok());
    assert_eq!(
        faults(
            r#"{"default": {"a": {}}}"#,
            &patch(&format!(r#"[{{"op": "add", "path": "/default/a/b", "value": {}}}]"#, nested(98)))
        ),
        [
            "error: overrides.toml:6:24: #/default/a/b: `add` makes more than 100 arrays and objects of `a.json` lie within one another"
        ]
    );
    let doubling = (0..60).map(|n| format!(r#"{{"op": "copy", "from": "", "path": "/x{n}"}}"#)).collect::<Vec<_>>();
    let said = faults(r#"{"title": "2^60 times the size"}"#, &patch(&format!("[{}]", doubling.join(",\n"))));
    assert_eq!(said, ["error: overrides.toml:25:36: #/x19: `copy` makes `a.json` larger than 32 MiB, the limit"]);
}

#[test]
fn what_could_not_be_read_may_be_what_an_override_is_for() {
    let manifest =
        format!("{PACKAGE}{}{}", entry("a.json", b"{}", "a"), entry("b", b"", "b").replace("file =", "folder ="));
    let overrides = ["b/x.json", "bc.json", "b"]
        .map(|file| format!("[[override]]\nfile = \"{file}\"\n{WHY}at = \"\"\nmerge = '{{\"a\": 1}}'\n"));
    let folder = Folder::new(&manifest, &[("a.json", b"{}"), ("overrides.toml", overrides.concat().as_bytes())]);
    assert_eq!(
        folder.failure(),
        [
            "error: manifest.toml:12:10: `b` does not exist",
            "error: overrides.toml:8:8: the manifest does not list `bc.json`",
        ]
    );
}

#[test]
fn without_the_file_nothing_is_corrected() {
    let sources = load(&Folder::listing(&[("a.json", b"{\"minLength\": 1}")]));
    assert_eq!(sources.documents[0].corrections(), []);
    assert_eq!(sources.documents[0].as_written(), &json!({"minLength": 1}));
}
