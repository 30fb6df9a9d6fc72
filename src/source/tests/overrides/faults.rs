//! What is wrong with overrides beside a manifest.

use std::fs;

use super::{Folder, WHY, faults, folder, merge, patch};
use crate::source::MAX_FILE_BYTES;
use crate::source::tests::{PACKAGE, entry};

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
