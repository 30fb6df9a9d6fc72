//! What is read of a generated crate, against what rustdoc says of it: types, fields, variants, traits, functions, constants.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

use super::api::{Api, Kind};
use super::read::api;
use super::side::align;
use crate::evolve::tests::rust::{edits, side};
use crate::evolve::tests::versions;
use crate::generate_from;
use crate::source::Package;

/// What is known of a type by names: of what it has, and of what it implements.
type Names = BTreeMap<String, BTreeSet<String>>;

/// What was read, by names.
fn read(api: &Api) -> Names {
    // rustdoc says of an alias which type it is, and no more.
    let own = api.types.iter().filter(|(path, _)| !api.aliases.contains_key(*path));
    let names = own.map(|(path, of)| {
        let mut names: BTreeSet<String> = of.functions.keys().chain(of.constants.keys()).cloned().collect();
        match &of.kind {
            Kind::Struct(fields) => {
                names.extend(fields.named().into_iter().filter(|(_, field)| field.is_public).map(|(name, _)| name));
            }
            Kind::Enum(variants) => names.extend(variants.iter().map(|(name, _)| name.clone())),
            Kind::Alias(text) | Kind::Other(text) => panic!("{path}: {text}"),
        }
        // A trait of another type that names this one is that one's.
        let own = of.impls.iter().filter(|of| !of.contains(" for "));
        names.extend(own.filter_map(|of| of.split(['<', ' ']).next()).map(|name| format!("impl {name}")));
        (path.rsplit("::").next().unwrap().to_owned(), names)
    });
    names.collect()
}

/// The same, of what rustdoc wrote.
fn documented(json: &Value) -> Names {
    let index = json["index"].as_object().unwrap();
    let item = |id: &Value| index.get(&id.to_string());
    let name = |item: &Value| item["name"].as_str().unwrap_or_default().to_owned();
    let named = |ids: &Value| -> Vec<String> {
        ids.as_array()
            .into_iter()
            .flatten()
            .filter_map(item)
            .filter(|item| item["visibility"] != "crate")
            .map(name)
            .collect()
    };
    let mut found = Names::new();
    for of in index.values().filter(|item| item["crate_id"] == 0 && item["visibility"] == "public") {
        let (kind, inner) = match (of["inner"].get("struct"), of["inner"].get("enum")) {
            (Some(inner), _) => ("struct", inner),
            (_, Some(inner)) => ("enum", inner),
            _ => continue,
        };
        let mut names: BTreeSet<String> = BTreeSet::new();
        if kind == "enum" {
            names.extend(named(&inner["variants"]));
        }
        let kind = &inner["kind"];
        names.extend(named(&kind["plain"]["fields"]));
        names.extend(named(&kind["tuple"]));
        for block in inner["impls"].as_array().unwrap().iter().filter_map(item) {
            let block = &block["inner"]["impl"];
            if block["for"]["resolved_path"]["path"] != of["name"] {
                continue;
            }
            match block["trait"]["path"].as_str() {
                None => names.extend(named(&block["items"])),
                Some(path) if block["is_synthetic"] == false && block["blanket_impl"].is_null() => {
                    names.insert(format!("impl {}", path.rsplit("::").next().unwrap()));
                }
                Some(_) => {}
            }
        }
        // What the compiler adds to a derived `PartialEq`, and what only this crate sees.
        names.retain(|name| !OWN.contains(&name.as_str()));
        found.insert(name(of), names);
    }
    found
}

const OWN: &[&str] = &[
    "impl StructuralPartialEq",
    "impl Json",
    "impl Object",
    "impl Text",
    "impl Open",
    "impl Values",
    "impl Checked",
    "impl Opaque",
    "impl Union",
    "impl Several",
    "impl Tuple",
    "impl Ruled",
];

#[test]
fn what_is_read_of_a_crate_is_what_rustdoc_says_of_it() {
    let edits = edits();
    let [mut version, mut other] = versions("api.json", [&side(&edits, "new"), &side(&edits, "old")]);
    align(&mut version, &mut other);
    let package =
        Package { name: "read-types".into(), version: "0.1.0".into(), description: "Types that are read".into() };
    let tree = generate_from(version.into_sources(package), &mut ()).unwrap().tree;
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree.iter() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(repository.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository.join("target"), Into::into).join("typeproof/target");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder.path()).env("CARGO_TARGET_DIR", &target).env("RUSTC_BOOTSTRAP", "1");
    cargo.args(["rustdoc", "--lib", "--quiet", "--offline", "--all-features"]);
    let output = cargo.args(["--", "-Z", "unstable-options", "--output-format=json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Value = serde_json::from_slice(&fs::read(target.join("doc/read_types.json")).unwrap()).unwrap();
    let (read, documented) = (read(&api(&tree).unwrap()), documented(&json));
    for (name, names) in &read {
        assert_eq!(documented.get(name), Some(names), "{name}");
    }
    assert!(read.len() > 40, "{}", read.len());
    let unread: Vec<&String> = documented.keys().filter(|name| !read.contains_key(*name)).collect();
    assert_eq!(unread, [""; 0]);
}
