//! Files that cannot be had, and bytes that are not JSON.

use std::fs;

use super::{Folder, PACKAGE, entry, failure, sha256, success};
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES, MAX_REPORTED};

#[test]
fn a_file_that_cannot_be_had_is_reported_where_the_manifest_names_it() {
    let manifest = PACKAGE.to_owned() + &entry("missing.json", b"", "a") + &entry("folder", b"", "b");
    let folder = Folder::new(&manifest, &[("folder/x", b"")]);
    assert_eq!(
        folder.failure(),
        [
            "error: manifest.toml:6:8: `missing.json` does not exist",
            "error: manifest.toml:12:8: `folder` is a folder, not a file",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let folder = Folder::new(&(PACKAGE.to_owned() + &entry("pipe", b"", "a")), &[]);
    let made = std::process::Command::new("mkfifo").arg(folder.0.path().join("pipe")).status().unwrap();
    assert!(made.success());
    assert_eq!(folder.failure(), ["error: manifest.toml:6:8: `pipe` is a device or a pipe, not a file"]);
}

#[cfg(unix)]
#[test]
fn a_link_may_lead_anywhere_in_the_folder_and_nowhere_out_of_it() {
    let outside = Folder::new("", &[("a.json", b"{}")]);
    let manifest = PACKAGE.to_owned() + &entry("in.json", b"{}", "a") + &entry("out.json", b"{}", "b");
    let folder = Folder::new(&manifest, &[("real.json", b"{}")]);
    let path = folder.0.path();
    std::os::unix::fs::symlink("real.json", path.join("in.json")).unwrap();
    std::os::unix::fs::symlink(outside.0.path().join("a.json"), path.join("out.json")).unwrap();
    assert_eq!(
        folder.failure(),
        ["error: manifest.toml:12:8: `out.json` is a link that leads out of the manifest's folder"]
    );
}

#[test]
fn a_file_of_100_mb_is_beyond_the_limit() {
    let folder = Folder::new(&(PACKAGE.to_owned() + &entry("a.json", b"", "a")), &[]);
    fs::File::create(folder.0.path().join("a.json")).unwrap().set_len(100 << 20).unwrap();
    let expected =
        format!("error: manifest.toml:6:8: `a.json` is larger than {MAX_FILE_BYTES} bytes (32 MiB), the limit");
    assert_eq!(folder.failure(), [expected]);
}

#[test]
fn changed_bytes_are_reported_with_both_hashes() {
    let folder = Folder::listing(&[("a.json", b"{}")]);
    fs::write(folder.0.path().join("a.json"), "{ }").unwrap();
    let expected = format!(
        "error: manifest.toml:8:10: the bytes of `a.json` are not those of the manifest's sha256: it states {}, they have {}",
        sha256(b"{}"),
        sha256(b"{ }")
    );
    assert_eq!(folder.failure(), [expected]);
}

#[test]
fn invalid_utf_8_is_reported_with_its_byte() {
    assert_eq!(failure(b"{\n  \"\xc3\xa4\xff\": 1}"), ["error: a.json:2:5: byte 7 (counted from 0) is not UTF-8"]);
}

#[test]
fn a_byte_order_mark_is_refused() {
    let expected = "error: a.json:1:1: the file begins with a byte order mark, which JSON does not allow";
    assert_eq!(failure("\u{feff}{}"), [expected]);
}

#[test]
fn truncated_json_is_reported_with_the_value_it_ends_in() {
    assert_eq!(
        failure("{\n  \"properties\": {\"a/b\": {\"type\": \"str"),
        ["error: a.json:2:37: #/properties/a~1b/type: the JSON ends too early"]
    );
    assert_eq!(failure(""), ["error: a.json:1:1: #: the JSON ends too early"]);
}

#[test]
fn what_is_not_json_is_reported_with_its_place() {
    assert_eq!(failure("{}\n{}"), ["error: a.json:2:1: #: this is not JSON: trailing characters"]);
    assert_eq!(
        failure("{\"enum\": [1, 1e999]}"),
        ["error: a.json:1:18: #/enum/1: this is not JSON: number out of range"]
    );
    assert_eq!(failure("{1: 2}"), ["error: a.json:1:2: #: this is not JSON: key must be a string"]);
    assert_eq!(failure("{\"ä\": 'x'}"), ["error: a.json:1:7: #/ä: this is not JSON: expected value"]);
    let [message] = &failure(r#"{"\ud800": 1}"#)[..] else { panic!("one error") };
    assert!(message.starts_with("error: a.json:1:") && message.contains("this is not JSON"), "{message}");
}

#[test]
fn every_second_member_of_one_name_is_reported_even_before_a_syntax_error() {
    assert_eq!(
        failure("{\"a\": 1,\n \"b\": {\"x\": 0, \"\\u0078\": 1},\n \"a\": {\"y\": 1, \"y\": 2}}x"),
        [
            "error: a.json:2:16: #/b/x: the object has a second member \"\\u0078\"",
            "error: a.json:3:2: #/a: the object has a second member \"a\"",
            "error: a.json:3:16: #/a/y: the object has a second member \"y\"",
            "error: a.json:3:24: #: this is not JSON: trailing characters",
        ]
    );
}

#[test]
fn errors_beyond_the_limit_are_counted() {
    let members = vec!["\"a\": 1"; MAX_REPORTED + 4].join(",\n");
    let printed = failure(format!("{{{members}}}"));
    assert_eq!(printed.len(), MAX_REPORTED + 1);
    assert_eq!(printed[0], "error: a.json:2:1: #/a: the object has a second member \"a\"");
    assert_eq!(printed[MAX_REPORTED], "error: a.json: 3 more errors of this kind are not shown");
}

#[test]
fn nesting_is_read_up_to_the_limit_and_refused_beyond() {
    let nested = |depth: usize| format!("{}true{}", "{\"not\":".repeat(depth), "}".repeat(depth));
    success(&nested(MAX_DEPTH));
    for depth in [MAX_DEPTH + 1, 10_000] {
        let pointer = "/not".repeat(MAX_DEPTH);
        let column = MAX_DEPTH * "{\"not\":".len() + 1;
        let message = format!("more than {MAX_DEPTH} arrays and objects lie within one another");
        assert_eq!(failure(nested(depth)), [format!("error: a.json:1:{column}: #{pointer}: {message}")]);
    }
}
