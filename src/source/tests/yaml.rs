//! Schemas in YAML: the same values as in JSON, at their lines, and nothing that JSON does not have.

use serde_json::{Value, json};

use super::{Folder, PACKAGE, entry};
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES};

/// What the YAML `text`, the only source, spells.
fn read(text: &str) -> Value {
    let folder = Folder::listing(&[("a.yaml", text.as_bytes())]);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    sources.documents[0].as_written().clone()
}

/// What `examples: [text]` spells.
fn scalar(text: &str) -> Value {
    read(&format!("examples:\n- {text}\n"))["examples"][0].clone()
}

/// What is printed when the only source, `a.yaml`, is `text`.
fn failure(text: impl AsRef<[u8]>) -> Vec<String> {
    Folder::listing(&[("a.yaml", text.as_ref())]).failure()
}

#[test]
fn scalars_are_those_of_the_core_schema() {
    for text in ["no", "on", "Yes", "y", "2026-11-22", "1:30", "1_000", "0o8", "0x", "+", ".", "e3", "1.2.3", "nul"] {
        assert_eq!(scalar(text), json!(text), "{text}");
    }
    for (text, value) in [
        ("", json!(null)),
        ("~", json!(null)),
        ("Null", json!(null)),
        ("TRUE", json!(true)),
        ("False", json!(false)),
        ("012", json!(12)),
        ("+7", json!(7)),
        ("-7", json!(-7)),
        ("0o14", json!(12)),
        ("0xC", json!(12)),
        ("'12'", json!("12")),
        ("\"\\u00e4\"", json!("ä")),
        ("!!str 12", json!("12")),
        ("!!float 12", json!(12)),
        ("! 12", json!("12")),
        ("|\n  12\n", json!("12\n")),
    ] {
        assert_eq!(scalar(text), value, "{text}");
    }
}

#[test]
fn numbers_are_what_the_same_digits_are_in_json() {
    let numbers =
        ["18446744073709551615", "-9223372036854775808", "18446744073709551616", "0.1", "1e3", "1.5E-7", "-0"];
    for digits in numbers {
        let value: Value = serde_json::from_str(digits).unwrap();
        assert_eq!(scalar(digits).to_string(), value.to_string(), "{digits}");
    }
    for (digits, in_json) in [(".5", "0.5"), ("5.", "5.0"), ("+00.50e+1", "0.50e+1")] {
        let value: Value = serde_json::from_str(in_json).unwrap();
        assert_eq!(scalar(digits).to_string(), value.to_string(), "{digits}");
    }
}

#[test]
fn a_key_is_the_text_it_is_written_as() {
    let schema = read("properties:\n  200: true\n  null: true\n  no: true\n  '': true\n  ? long\n  : true\n");
    let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["200", "null", "no", "", "long"]);
}

#[test]
fn aliases_repeat_what_their_anchors_are() {
    let schema = read("examples:\n- &a {x: &b [1]}\n- *a\n- *b\n- &c text\n- {*c : *c}\n- &a 2\n- *a\n");
    assert_eq!(schema["examples"], json!([{"x": [1]}, {"x": [1]}, [1], "text", {"text": "text"}, 2, 2]));
}

#[test]
fn a_merge_key_brings_in_what_is_not_said() {
    let schema =
        read("default: &d {a: 1, b: 1}\nexamples:\n- <<: *d\n  b: 2\n- {b: 3, <<: [{a: 4}, *d]}\n- {'<<': 5}\n");
    assert_eq!(schema["examples"], json!([{"b": 2, "a": 1}, {"b": 3, "a": 4}, {"<<": 5}]));
    assert_eq!(
        failure("default:\n  <<: 5\n"),
        ["error: a.yaml:2:7: #/default/<<: `<<` merges mappings, and this is none"]
    );
}

#[test]
fn diagnostics_name_the_line_and_the_pointer() {
    let text = "# a schema\n---\ntype: object\nproperties:\n  a/b:\n    $ref: \"#/type/no\"\n  c: {minLength: -1}\n";
    assert_eq!(
        failure(text),
        [
            "error: a.yaml:7:18: #/properties/c/minLength: `minLength` does not allow -1",
            "error: a.yaml:6:11: #/properties/a~1b/$ref: `$ref` to `#/type/no` leads to a pointer at which the document has nothing",
        ]
    );
}

#[test]
fn what_an_alias_repeats_is_wrong_where_it_is_repeated() {
    let text = "properties:\n  a: &a {minLength: -1}\n  b: *a\n";
    assert_eq!(
        failure(text),
        [
            "error: a.yaml:2:21: #/properties/a/minLength: `minLength` does not allow -1",
            "error: a.yaml:2:21: #/properties/b/minLength: `minLength` does not allow -1",
        ]
    );
}

#[test]
fn what_json_does_not_have_is_refused() {
    for (text, said) in [
        (
            "default: .inf\n",
            "a.yaml:1:10: #/default: `.inf` is a number that JSON does not have, or that is out of range",
        ),
        (
            "default: 1e999\n",
            "a.yaml:1:10: #/default: `1e999` is a number that JSON does not have, or that is out of range",
        ),
        ("default: !include x\n", "a.yaml:1:19: #/default: the tag `!include` is not known here"),
        ("default: !!int x\n", "a.yaml:1:16: #/default: `x` is not what its tag `!!int` says"),
        ("default: !!set {a}\n", "a.yaml:1:16: #/default: the tag `!!set` is not known here"),
        (
            "default:\n  ? [a]\n  : b\n",
            "a.yaml:2:5: #/default: the key is a mapping or a sequence, which JSON does not have",
        ),
        ("default: &a [*a]\n", "a.yaml:1:14: #/default/0: the alias stands for what it lies in itself"),
        ("{}\n---\n{}\n", "a.yaml:3:1: #: a second document begins here"),
        ("# nothing\n", "a.yaml:2:1: #: the file is empty"),
    ] {
        let found = failure(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(said), "{text}: {found:?}");
    }
}

#[test]
fn what_is_not_yaml_is_reported_at_its_line() {
    for (text, at) in
        [("type: object\n\t- x\n", "a.yaml:1:7"), ("a: 'b\nc: d\n", "a.yaml:"), ("default: *a\n", "a.yaml:1:10")]
    {
        let found = failure(text);
        assert!(found[0].starts_with(&format!("error: {at}")), "{found:?}");
        assert!(found[0].contains("this is not YAML: "), "{found:?}");
    }
    let found = failure(b"title: \xff\n");
    assert_eq!(found, ["error: a.yaml:1:8: byte 7 (counted from 0) is not UTF-8"]);
}

#[test]
fn all_members_that_are_there_twice_are_reported() {
    assert_eq!(
        failure("type: object\ndefault: {a: 1, 'a': 2}\ntype: array\n"),
        [
            "error: a.yaml:2:17: #/default/a: the mapping has a second member `a`",
            "error: a.yaml:3:1: #/type: the mapping has a second member `type`",
        ]
    );
}

#[test]
fn nesting_is_limited_whether_written_or_repeated() {
    let nested = |depth: usize| format!("default: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(&nested(MAX_DEPTH - 1)).as_object().unwrap().len(), 1);
    let found = failure(nested(MAX_DEPTH));
    assert!(found[0].contains("more than 100 arrays and objects lie within one another"), "{found:?}");
    let half = MAX_DEPTH / 2;
    let found = failure(format!("default: &a {0}{1}\nexamples: {0}*a{1}\n", "[".repeat(half), "]".repeat(half)));
    assert!(found[0].contains("more than 100 arrays and objects lie within one another"), "{found:?}");
    assert!(found[0].starts_with("error: a.yaml:2:61: "), "{found:?}");
}

#[test]
fn aliases_repeat_no_more_than_a_file_may_be_long() {
    let mut bomb = "examples:\n- &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 0..9 {
        let again = format!("*a{level}, ").repeat(9);
        bomb.push_str(&format!("- &a{} [{again}]\n", level + 1));
    }
    let found = failure(&bomb);
    let limit = format!("the aliases of the file repeat more than {} MiB, the limit", MAX_FILE_BYTES >> 20);
    assert!(found[0].contains(&limit), "{found:?}");
    let text = "x".repeat(1 << 20);
    let found = failure(format!("examples:\n- &a {text}\n{}", "- *a\n".repeat(64)));
    assert!(found[0].contains(&limit), "{found:?}");
}

#[test]
fn a_file_is_yaml_by_its_name() {
    let manifest =
        PACKAGE.to_owned() + &entry("a.yml", b"type: string\n", "a") + &entry("b.json", b"type: string\n", "b");
    let folder = Folder::new(&manifest, &[("a.yml", b"type: string\n"), ("b.json", b"type: string\n")]);
    let found = folder.failure();
    assert_eq!(found, ["error: b.json:1:2: #: this is not JSON: expected ident"]);
}
