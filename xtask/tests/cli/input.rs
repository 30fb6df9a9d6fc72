//! Input that cannot be used: told precisely, all of it, and nothing is touched.

mod sources;

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{Project, Run, SCHEMAS, snapshot, xtask};

/// Something wrong with a manifest or its schemas.
struct Fault {
    name: &'static str,
    /// What makes a good project bad.
    spoil: fn(&Project),
    /// The errors, each as it begins and, after `…`, with what it says besides.
    said: &'static [&'static str],
}

/// Replaces the schema `a.json`, as somebody does who keeps the manifest up to date.
fn schema(project: &Project, bytes: impl AsRef<[u8]>) {
    project.put("schemas/a.json", bytes);
    project.list(&["a.json", "b.json"]);
}

fn manifest(project: &Project, from: &str, to: &str) {
    project.edit("schemas/manifest.toml", from, to);
}

const FAULTS: &[Fault] = &[
    Fault {
        name: "no manifest",
        spoil: |project| fs::remove_file(project.path("schemas/manifest.toml")).unwrap(),
        said: &["schemas/manifest.toml: the manifest does not exist"],
    },
    Fault {
        name: "a folder for a manifest",
        spoil: |project| {
            fs::remove_file(project.path("schemas/manifest.toml")).unwrap();
            fs::create_dir(project.path("schemas/manifest.toml")).unwrap();
        },
        said: &["schemas/manifest.toml: the manifest is a folder, not a file"],
    },
    Fault {
        name: "an empty manifest",
        spoil: |project| project.put("schemas/manifest.toml", ""),
        said: &[
            "schemas/manifest.toml:1:1: the manifest lacks `package`",
            "schemas/manifest.toml:1:1: the manifest lists no source",
        ],
    },
    Fault {
        name: "no TOML",
        spoil: |project| project.put("schemas/manifest.toml", "{\"package\": {}}\n"),
        said: &["schemas/manifest.toml:1:1: this is not TOML: …"],
    },
    Fault {
        name: "a manifest that is no text",
        spoil: |project| project.put("schemas/manifest.toml", b"[package]\nname = \"\xff\"\n"),
        said: &["schemas/manifest.toml:2:9: byte 18 (counted from 0) is not UTF-8"],
    },
    Fault {
        name: "unknown keys in every table",
        spoil: |project| {
            manifest(project, "version =", "licence = \"MIT\"\nversion =");
            manifest(project, "module = \"b\"", "modul = \"b\"");
        },
        said: &[
            "schemas/manifest.toml:3:1: [package] has no key `licence`…[package] may have: name, version, description",
            "schemas/manifest.toml:14:1: [[source]] lacks `module`",
            "schemas/manifest.toml:19:1: [[source]] has no key `modul`…[[source]] may have: file, ",
        ],
    },
    Fault {
        name: "no such source file",
        spoil: |project| fs::remove_file(project.path("schemas/b.json")).unwrap(),
        said: &["schemas/manifest.toml:14:8: `b.json` does not exist…copy the schema there, or correct `file`"],
    },
    Fault {
        name: "a folder for a source file",
        spoil: |project| {
            fs::remove_file(project.path("schemas/b.json")).unwrap();
            fs::create_dir(project.path("schemas/b.json")).unwrap();
        },
        said: &["schemas/manifest.toml:14:8: `b.json` is a folder, not a file"],
    },
    Fault {
        name: "other bytes than the manifest's",
        spoil: |project| project.edit("schemas/a.json", "1", "2"),
        said: &["schemas/manifest.toml:9:10: the bytes of `a.json` are not those of the manifest's sha256: it states "],
    },
    Fault {
        name: "two sources of one module",
        spoil: |project| manifest(project, "module = \"b\"", "module = \"a\""),
        said: &["schemas/manifest.toml:18:10: two sources claim the module `a`: lines 11 and 18"],
    },
    Fault {
        name: "a path up and out",
        spoil: |project| manifest(project, "\"b.json\"", "\"../schemas/b.json\""),
        said: &["schemas/manifest.toml:14:8: `../schemas/b.json` is not a path below the manifest's folder…no `..`"],
    },
    Fault {
        name: "an absolute path",
        spoil: |project| manifest(project, "\"b.json\"", "\"/etc/passwd\""),
        said: &["schemas/manifest.toml:14:8: `/etc/passwd` is not a path below the manifest's folder"],
    },
    Fault {
        name: "a link out of the manifest's folder",
        spoil: |project| {
            fs::rename(project.path("schemas/b.json"), project.path("b.json")).unwrap();
            symlink("../b.json", project.path("schemas/b.json")).unwrap();
        },
        said: &["schemas/manifest.toml:14:8: `b.json` is a link that leads out of the manifest's folder"],
    },
    Fault {
        name: "a folder that is a link out of the manifest's folder",
        spoil: |project| {
            fs::create_dir(project.path("elsewhere")).unwrap();
            fs::rename(project.path("schemas/b.json"), project.path("elsewhere/b.json")).unwrap();
            symlink("../elsewhere", project.path("schemas/v1")).unwrap();
            manifest(project, "\"b.json\"", "\"v1/b.json\"");
        },
        said: &["schemas/manifest.toml:14:8: `v1/b.json` is a link that leads out of the manifest's folder"],
    },
    Fault {
        name: "100 MB",
        spoil: |project| fs::File::create(project.path("schemas/b.json")).unwrap().set_len(100_000_000).unwrap(),
        said: &["schemas/manifest.toml:14:8: `b.json` is larger than 33554432 bytes (32 MiB), the limit"],
    },
    Fault {
        name: "a file that never ends",
        spoil: |project| {
            manifest(project, "\"b.json\"", "\"zero\"");
            symlink("/dev/zero", project.path("schemas/zero")).unwrap();
        },
        said: &["schemas/manifest.toml:14:8: `zero` is a link that leads out of the manifest's folder"],
    },
    Fault {
        name: "an empty schema file",
        spoil: |project| schema(project, ""),
        said: &["schemas/a.json:1:1: #: the JSON ends too early"],
    },
    Fault {
        name: "truncated JSON",
        spoil: |project| schema(project, &SCHEMAS[0].1[..60]),
        said: &["schemas/a.json:3:38: #/properties/name/type: the JSON ends too early…it may have been cut short"],
    },
    Fault {
        name: "no JSON",
        spoil: |project| schema(project, "{\n  type: object\n}"),
        said: &["schemas/a.json:2:3: #: this is not JSON: key must be a string"],
    },
    Fault {
        name: "duplicate keys, twice",
        spoil: |project| {
            schema(project, "{\"type\": \"object\",\n \"type\": \"string\",\n \"not\": {\"a\": 1, \"\\u0061\": 2}}")
        },
        said: &[
            "schemas/a.json:2:2: #/type: the object has a second member \"type\"",
            "schemas/a.json:3:18: #/not/a: the object has a second member \"\\u0061\"",
        ],
    },
    Fault {
        name: "no UTF-8",
        spoil: |project| schema(project, b"{\n\"\xc3\xa4\": \"\xff\"}"),
        said: &["schemas/a.json:2:7: byte 9 (counted from 0) is not UTF-8"],
    },
    Fault {
        name: "a type that is none, and a bound that is none",
        spoil: |project| schema(project, "{\"type\": \"strng\",\n \"properties\": {\"a\": {\"minLength\": -1}}}"),
        said: &[
            "schemas/a.json:1:10: #/type: `type` does not allow \"strng\"…`type` takes one of \"array\", \"boolean\"",
            "schemas/a.json:2:36: #/properties/a/minLength: `minLength` does not allow -1…not negative",
        ],
    },
    Fault {
        name: "a schema that is none",
        spoil: |project| schema(project, "[]"),
        said: &["schemas/a.json:1:1: #: [] is not a schema…an object, or `true` or `false`"],
    },
    Fault {
        name: "references to nowhere",
        spoil: |project| {
            let references = ["#/$defs/Gone", "gone.json", "#gone", "https://example.com/gone.json"];
            let references = references.map(|to| format!("{{\"$ref\": \"{to}\"}}")).join(",\n");
            schema(project, format!("{{\"$defs\": {{}}, \"anyOf\": [\n{references}]}}"));
        },
        said: &[
            "schemas/a.json:2:10: #/anyOf/0/$ref: `$ref` to `#/$defs/Gone` leads to a pointer at which the document has nothing",
            "schemas/a.json:3:10: #/anyOf/1/$ref: `$ref` to `gone.json` leads to a document that the manifest does not list",
            "schemas/a.json:4:10: #/anyOf/2/$ref: `$ref` to `#gone` leads to an anchor that the document does not have",
            "schemas/a.json:5:10: #/anyOf/3/$ref: `$ref` to `https://example.com/gone.json` leads to a document that the \
             manifest does not list…nothing is fetched",
        ],
    },
    Fault {
        name: "10,000 objects within one another",
        spoil: |project| schema(project, "{\"not\":".repeat(10_000) + "{}" + &"}".repeat(10_000)),
        said: &["schemas/a.json:1:701: #/not/not/…more than 100 arrays and objects lie within one another"],
    },
    Fault {
        name: "10,000 arrays within one another, and no end",
        spoil: |project| schema(project, "[".repeat(10_000)),
        said: &["schemas/a.json:1:101: #/0/0/…more than 100 arrays and objects lie within one another"],
    },
    Fault {
        name: "faults of every kind at once",
        spoil: |project| {
            project.put("schemas/a.json", "{\"type\": \"strng\"}");
            project.put("schemas/b.json", "{");
            manifest(project, "name =", "nmae =");
            manifest(project, "module = \"b\"", "module = \"a\"");
        },
        said: &[
            "schemas/manifest.toml:1:1: [package] lacks `name`",
            "schemas/manifest.toml:2:1: [package] has no key `nmae`",
            "schemas/manifest.toml:18:10: two sources claim the module `a`",
            "schemas/manifest.toml:9:10: the bytes of `a.json` are not those of the manifest's sha256",
            "schemas/a.json:1:10: #/type: `type` does not allow \"strng\"",
            "schemas/manifest.toml:16:10: the bytes of `b.json` are not those of the manifest's sha256",
            "schemas/b.json:1:1: #: the JSON ends too early",
        ],
    },
];

/// The errors that were printed, each with its help.
fn errors(run: &Run) -> Vec<&str> {
    let errors = run.stderr.split("error: ").skip(1).map(|error| error.split("\nnote: ").next().unwrap());
    errors.collect()
}

fn assert_told(name: &str, run: &Run, said: &[&str], outcome: &str) {
    let errors = errors(run);
    assert_eq!(errors.len(), said.len(), "{name}: {}", run.stderr);
    for (error, said) in errors.iter().zip(said) {
        let (start, rest) = said.split_once('…').unwrap_or((said, ""));
        assert!(error.starts_with(start) && error.contains(rest), "{name}: {said}\n{}", run.stderr);
        let (_, help) = error.split_once("\n  help: ").unwrap_or_else(|| panic!("{name}: no help: {error}"));
        assert!(help.trim().len() > 10, "{name}: {help}");
    }
    let plural = if errors.len() == 1 { "" } else { "s" };
    let last = format!("\n{} error{plural}; {outcome}\n", errors.len());
    assert!(run.stderr.ends_with(&last), "{name}: {}", run.stderr);
    assert_eq!(run.stdout, "", "{name}");
}

#[test]
fn what_is_wrong_is_told_precisely_and_nothing_is_touched() {
    let good = Project::generated(SCHEMAS);
    for Fault { name, spoil, said } in FAULTS.iter().chain(sources::FAULTS) {
        let project = Project::listing(SCHEMAS);
        crate::support::copy(&good.path("out"), &project.path("out"));
        spoil(&project);
        let before = snapshot(project.root());
        assert_told(name, &project.codegen(&[]).expect(2), said, "nothing was written");
        assert_told(name, &project.codegen(&["--check"]).expect(2), said, "nothing was compared");
        assert_told(name, &project.codegen(&["--out", "new"]).expect(2), said, "nothing was written");
        assert!(snapshot(project.root()) == before, "{name}: something was touched");
    }
}

#[test]
fn what_cannot_be_generated_cannot_be_proved() {
    let project = Project::listing(SCHEMAS);
    schema(&project, "{\"type\": \"strng\"}");
    let before = snapshot(project.root());
    let mut prove = xtask(project.root(), &["prove", "--manifest", "schemas/manifest.toml"]);
    let run = Run::of(prove.env("CARGO_TARGET_DIR", project.path("target"))).expect(2);
    let said = ["schemas/a.json:1:10: #/type: `type` does not allow \"strng\""];
    assert_told("prove", &run, &said, "nothing was proved");
    assert!(snapshot(project.root()) == before, "something was touched");
}
