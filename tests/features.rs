//! A generated crate of several modules, as who needs a part of it sees it: every module is a feature, brings along what its
//! types refer to and nothing else, and compiles without a warning whatever else is on.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use harness::sources::generated;
use tempfile::TempDir;
use typeproof::emit;

/// Each module, its schema, the modules that come with it, and the crates that its types need besides serde.
const MODULES: &[(&str, &str, &[&str], &[&str])] = &[
    ("plain", r#"{"title": "Plain", "type": "object", "properties": {"a": {"type": "string"}}}"#, &[], &[]),
    (
        "dates",
        r#"{"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}}"#,
        &[],
        &["chrono"],
    ),
    ("patterns", r#"{"type": "string", "pattern": "^\\p{L}"}"#, &[], &["regress"]),
    ("opaque", r#"{"not": {"type": "string"}}"#, &[], &["jsonschema", "serde_json"]),
    ("unions", r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#, &[], &["serde_json"]),
    ("list", r#"{"type": "array", "items": {"$ref": "dates.json"}}"#, &["dates"], &["chrono"]),
    // Through another, and to a definition inside of it.
    (
        "chain",
        r#"{"type": "object", "properties": {"a": {"$ref": "list.json"}, "b": {"$ref": "names.json#/$defs/Type"}}}"#,
        &["dates", "list", "names"],
        &["chrono"],
    ),
    // To each other.
    (
        "one",
        r#"{"type": "object", "properties": {"other": {"$ref": "other.json"}}}"#,
        &["other", "patterns"],
        &["regress"],
    ),
    (
        "other",
        r#"{"type": "object", "properties": {"one": {"$ref": "one.json"}, "by": {"$ref": "patterns.json"}}}"#,
        &["one", "patterns"],
        &["regress"],
    ),
    // As a name of a member, and as a rule for all that a union may be.
    (
        "rules",
        r#"{"type": "object", "propertyNames": {"$ref": "patterns.json"}, "additionalProperties": {"$ref": "plain.json"}}"#,
        &["patterns", "plain"],
        &["regress"],
    ),
    // Names that file systems, rustc and rustdoc have for themselves.
    ("aux", r#"{"type": "boolean"}"#, &[], &[]),
    ("serde", r#"{"type": "integer"}"#, &[], &[]),
    (
        "names",
        r##"{"type": "object", "properties": {"a": {"type": "boolean"}}, "$defs": {
            "Type": {"type": "boolean", "description": "A <type>. [Type]"}, "Mod": {"$ref": "#/$defs/Type"}, "Con": {"const": 1},
            "FooBar": {"enum": ["a"]}, "FOOBar": {"enum": ["b"]}, "Debug": {"type": "array", "items": {"type": "string"}}, "String": {"type": "string"},
            "Serde": {"type": "object", "properties": {"in": {"enum": ["b", "c"]}, "名前": {"$ref": "#/$defs/名前"}}},
            "名前": {"type": "null", "description": "See https://example.com/a_b. Then"}
        }}"##,
        &[],
        &[],
    ),
];

struct Crate {
    // Removed when it is dropped.
    _folder: TempDir,
    path: PathBuf,
}

impl Crate {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let schemas: Vec<_> =
            MODULES.iter().map(|(module, schema, ..)| (module.to_string(), schema.to_string())).collect();
        let path = folder.path().join("crate");
        emit::write(&generated(folder.path(), &schemas, "").tree, &path)
            .unwrap_or_else(|stopped| panic!("{stopped:?}"));
        fs::copy(harness::repository().join("Cargo.lock"), path.join("Cargo.lock")).expect("the folder is writable");
        Self { _folder: folder, path }
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.path).env("CARGO_TARGET_DIR", harness::folder().join("target"));
        let output = cargo.args(arguments).output().expect("cargo can be run");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// The crates that this one depends on with these features on.
    fn dependencies(&self, features: &str) -> BTreeSet<String> {
        let tree = ["tree", "--offline", "--quiet", "--edges=normal", "--depth=1", "--prefix=none", "--format={lib}"];
        let output = self.cargo(&[&tree[..], &["--no-default-features", "--features", features]].concat());
        let listed = String::from_utf8(output.stdout).expect("UTF-8");
        listed.lines().skip(1).map(str::to_owned).collect()
    }
}

#[test]
fn any_features_compile_without_a_warning_and_so_does_their_documentation() {
    let generated = Crate::new();
    let check = |command: &str, features: &[&str]| {
        let lib = [command, "--lib", "--quiet", "--offline", "--no-default-features", "--features"];
        let profile = if command == "rustc" { "--profile=check" } else { "--profile=dev" };
        generated.cargo(&[&lib[..], &[&features.join(","), profile, "--", "-D", "warnings"]].concat());
    };
    let all: Vec<&str> = MODULES.iter().map(|(module, ..)| *module).collect();
    let with_schemars = [&all[..], &["schemars"]].concat();
    for command in ["rustc", "rustdoc"] {
        [&[][..], &["schemars"], &all, &with_schemars].into_iter().for_each(|features| check(command, features));
    }
    for module in all {
        check("rustc", &[module]);
    }
}

#[test]
fn a_feature_brings_along_what_its_types_refer_to_and_no_more() {
    let generated = Crate::new();
    let cargo = fs::read_to_string(generated.path.join("Cargo.toml")).expect("a manifest");
    let cargo: toml::Table = cargo.parse().expect("TOML");
    let features = cargo.get("features").and_then(toml::Value::as_table).expect("features");
    let turned_on = |feature: &str| -> BTreeSet<String> {
        let mut on = BTreeSet::from([feature.to_owned()]);
        let mut waiting = vec![feature.to_owned()];
        while let Some(next) = waiting.pop() {
            let others = features.get(&next).and_then(toml::Value::as_array).into_iter().flatten();
            let others =
                others.filter_map(toml::Value::as_str).map(str::to_owned).filter(|other| on.insert(other.clone()));
            waiting.extend(others.collect::<Vec<_>>());
        }
        on.into_iter().filter(|on| MODULES.iter().any(|(module, ..)| module == on) && on != feature).collect()
    };
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    for (module, _, modules, crates) in MODULES {
        assert_eq!(turned_on(module), owned(modules), "{module}");
        assert_eq!(generated.dependencies(module), owned(&[*crates, &["serde"]].concat()), "{module}");
    }
    assert_eq!(turned_on("default"), owned(&MODULES.iter().map(|(module, ..)| *module).collect::<Vec<_>>()));
    assert_eq!(generated.dependencies(""), owned(&["serde"]));
}

#[test]
fn each_definition_has_a_file_with_what_lies_inside_of_it() {
    let generated = Crate::new();
    let names = |folder: &Path| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        entries.map(|name| name.into_string().expect("a name in Unicode")).collect()
    };
    let source = generated.path.join("src");
    assert!(names(&source).contains("aux_") && !names(&source).contains("aux"));
    let expected = [
        "capital_f_capital_o_capital_o_capital_bar.rs",
        "con_.rs",
        "debug.rs",
        "foo_bar.rs",
        "mod.rs",
        "mod_.rs",
        "names.rs",
        "nu540du524d.rs",
        "serde.rs",
        "string.rs",
        "type.rs",
    ];
    assert_eq!(names(&source.join("names")), expected.map(str::to_owned).into());
    let text = fs::read_to_string(source.join("names/serde.rs")).expect("a file");
    assert!(text.contains("pub struct Serde ") && text.contains("pub enum SerdeIn "), "{text}");
}
