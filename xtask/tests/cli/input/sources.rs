//! What is wrong with folders, YAML and OpenAPI documents.

use std::fs;

use super::Fault;
use crate::support::{Project, sha256};

/// Lists, instead of `b.json`, the YAML file `b.yaml` with these `bytes`, and `more` in its entry.
fn yaml(project: &Project, bytes: impl AsRef<[u8]>, more: &str) {
    project.put("schemas/b.yaml", &bytes);
    project.list(&["a.json", "b.yaml"]);
    if bytes.as_ref().starts_with(b"openapi") {
        let manifest = fs::read_to_string(project.path("schemas/manifest.toml")).unwrap();
        let (before, last) = manifest.rsplit_once("dialect = ").unwrap();
        let module = last.split_once('\n').unwrap().1;
        project.put("schemas/manifest.toml", format!("{before}{module}{more}"));
    }
}

/// Lists, instead of `b.json`, the folder `b` with these files.
fn folder(project: &Project, files: &[(&str, &str)]) {
    fs::create_dir_all(project.path("schemas/b")).unwrap();
    let sums = files.iter().map(|(name, text)| format!("{}  {name}\n", sha256(text.as_bytes())));
    let sum = sha256(sums.collect::<String>().as_bytes());
    files.iter().for_each(|(name, text)| project.put(&format!("schemas/b/{name}"), text));
    let manifest = fs::read_to_string(project.path("schemas/manifest.toml")).unwrap();
    let (before, after) = manifest.split_once("file = \"b.json\"").unwrap();
    let (_, module) = after.split_once("dialect = ").unwrap();
    let entry = format!("folder = \"b\"\norigin = \"here\"\nsha256 = \"{sum}\"\ndialect = {module}");
    project.put("schemas/manifest.toml", format!("{before}{entry}"));
}

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "no such folder",
        spoil: |project| {
            folder(project, &[]);
            fs::remove_dir(project.path("schemas/b")).unwrap();
        },
        said: &[
            "schemas/manifest.toml:14:10: `b` does not exist…copy the folder of schemas there, or correct `folder`",
        ],
    },
    Fault {
        name: "a file for a folder",
        spoil: |project| {
            folder(project, &[]);
            fs::remove_dir(project.path("schemas/b")).unwrap();
            project.put("schemas/b", "{}");
        },
        said: &["schemas/manifest.toml:14:10: `b` is not a folder…one schema is listed by `file`"],
    },
    Fault {
        name: "a folder without schemas",
        spoil: |project| {
            folder(project, &[]);
            project.put("schemas/b/README.md", "None yet.");
        },
        said: &["schemas/manifest.toml:14:10: `b` has no schema in it…*.json, *.yaml or *.yml"],
    },
    Fault {
        name: "a folder with other files than the manifest's",
        spoil: |project| {
            folder(project, &[("x.json", "{}")]);
            project.put("schemas/b/y.json", "{}");
        },
        said: &["schemas/manifest.toml:16:10: the bytes of `b` are not those of the manifest's sha256: it states "],
    },
    Fault {
        name: "two files of one identifier, and more that is wrong in others",
        spoil: |project| {
            let id = "{\"$id\": \"#/components/schemas/X\"}";
            folder(project, &[("u.json", "{"), ("v.yaml", "type: strng\n"), ("x.json", id), ("y.json", id)]);
        },
        said: &[
            "schemas/b/u.json:1:1: #: the JSON ends too early",
            "schemas/b/v.yaml:1:7: #/type: `type` does not allow \"strng\"",
            "schemas/b/y.json:1:9: #/$id: `b/x.json` has the same `$id`",
        ],
    },
    Fault {
        name: "an OpenAPI document in a folder",
        spoil: |project| folder(project, &[("x.yaml", "openapi: 3.1.0\n")]),
        said: &["schemas/b/x.yaml:1:1: #: an OpenAPI document in a folder of schemas is not read…list it by `file`"],
    },
    Fault {
        name: "aliases of aliases",
        spoil: |project| {
            let levels =
                (1..12).map(|level| format!("x{level}: &a{level} [{}]\n", format!("*a{},", level - 1).repeat(10)));
            yaml(project, format!("x0: &a0 [1,1,1,1,1,1,1,1,1,1]\n{}", levels.collect::<String>()), "");
        },
        said: &["schemas/b.yaml:7:…the aliases of the file repeat more than 32 MiB, the limit"],
    },
    Fault {
        name: "10,000 sequences within one another",
        spoil: |project| yaml(project, "[".repeat(10_000), ""),
        said: &["schemas/b.yaml:1:256: #…more than 100 arrays and objects lie within one another"],
    },
    Fault {
        name: "no YAML",
        spoil: |project| yaml(project, "type: object\nproperties:\n  a: 'b\n", ""),
        said: &["schemas/b.yaml:…this is not YAML: "],
    },
    Fault {
        name: "what JSON does not have, in YAML",
        spoil: |project| yaml(project, "type: number\nmaximum: .inf\n", ""),
        said: &["schemas/b.yaml:2:10: #/maximum: `.inf` is a number that JSON does not have"],
    },
    Fault {
        name: "filters for nothing",
        spoil: |project| {
            let api =
                "openapi: 3.1.0\npaths: {/a: {get: {operationId: a, tags: [t]}}}\ncomponents: {schemas: {A: {}}}\n";
            yaml(project, api, "only = [\"A\", \"B*\"]\noperations = [\"a\", \"b\"]\ntags = [\"t\", \"u\"]\n");
        },
        said: &[
            "schemas/manifest.toml:18:14: `b.yaml` has no schema called `B*`",
            "schemas/manifest.toml:19:20: `b.yaml` has no operation whose `operationId` is `b`",
            "schemas/manifest.toml:20:14: `b.yaml` has no operation with the tag `u`",
        ],
    },
    Fault {
        name: "an OpenAPI document of another version",
        spoil: |project| yaml(project, "openapi: 4.0.0\ncomponents: {schemas: {A: {}}}\n", ""),
        said: &["schemas/b.yaml:1:10: #/openapi: OpenAPI 4.0.0 is not supported…OpenAPI 3.0 or 3.1"],
    },
];
