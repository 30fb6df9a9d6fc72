//! Folders of schemas as one source.

use std::fs;

use super::{Folder, PACKAGE, entry, sha256};

/// The manifest's entry for the folder `schemas` that has these `files`.
fn folder_entry(files: &[(&str, &[u8])]) -> String {
    let mut sums: Vec<String> = files
        .iter()
        .map(|(name, bytes)| (name.strip_prefix("schemas/").unwrap(), sha256(bytes)))
        .map(|(name, sum)| format!("{sum}  {name}\n"))
        .collect();
    sums.sort_by_key(|line| line[66..].to_owned());
    let entry = entry("schemas", b"", "all").replace(&sha256(b""), &sha256(sums.concat().as_bytes()));
    entry.replace("file =", "folder =")
}

fn listing(files: &[(&str, &[u8])]) -> Folder {
    Folder::new(&(PACKAGE.to_owned() + &folder_entry(files)), files)
}

const A: &[u8] = br##"{"$id": "#/components/schemas/A", "$ref": "#/components/schemas/B"}"##;
const B: &[u8] = br##"{"$id": "#/components/schemas/B", "type": "string"}"##;

#[test]
fn the_files_of_a_folder_name_each_other_and_become_one_module() {
    let folder = listing(&[
        ("schemas/a.json", A),
        ("schemas/b.json", B),
        ("schemas/below/c.yaml", b"$ref: ../a.json\n"),
        ("schemas/below/d.yml", b"$id: https://example.com/Dee\n"),
    ]);
    for ignored in ["README.md", ".hidden.json", "json", ".git/x.json"] {
        let path = folder.0.path().join("schemas").join(ignored);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{").unwrap();
    }
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    let read: Vec<_> =
        sources.documents.iter().map(|document| (document.path.as_str(), document.name.as_str())).collect();
    let expected = [
        ("schemas/a.json", "A"),
        ("schemas/b.json", "B"),
        ("schemas/below/c.yaml", "c"),
        ("schemas/below/d.yml", "Dee"),
    ];
    assert_eq!(read, expected);
    assert_eq!(sources.modules().first(), Some(&(0..4)));
    assert_eq!(sources.graph.target(0, ""), Some((1, "")));
    assert_eq!(sources.graph.target(2, ""), Some((0, "")));
    let expected = "note: schemas/a.json:1:9: #/$id: `$id` is a fragment, which 2020-12 forbids; it is read as the name of \
                    the definition (2 places, this among them)";
    assert_eq!(folder.printed(&sources.notes), [expected]);
}

#[test]
fn the_files_of_two_folders_do_not_get_in_each_others_way() {
    let files: &[(&str, &[u8])] = &[("schemas/a.json", A), ("schemas/b.json", B), ("old/a.json", A), ("old/b.json", B)];
    let one = folder_entry(&files[..2]);
    let other = one.replace("folder = \"schemas\"", "folder = \"old\"").replace("module = \"all\"", "module = \"old\"");
    let folder = Folder::new(&(PACKAGE.to_owned() + &one + &other), files);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(sources.graph.target(0, ""), Some((1, "")));
    assert_eq!(sources.graph.target(2, ""), Some((3, "")));
}

#[test]
fn two_files_with_one_id_are_reported() {
    let folder = listing(&[("schemas/a.json", B), ("schemas/b.json", B)]);
    assert_eq!(folder.failure()[1], "error: schemas/b.json:1:9: #/$id: `schemas/a.json` has the same `$id`");
}

#[test]
fn a_file_more_or_less_or_renamed_or_changed_is_noticed() {
    let spoils: [fn(&std::path::Path); 4] = [
        |folder| fs::write(folder.join("c.json"), "{}").unwrap(),
        |folder| fs::remove_file(folder.join("b.json")).unwrap(),
        |folder| fs::rename(folder.join("b.json"), folder.join("c.json")).unwrap(),
        |folder| fs::write(folder.join("b.json"), "true").unwrap(),
    ];
    for spoil in spoils {
        let folder = listing(&[("schemas/a.json", b"{}"), ("schemas/b.json", b"{}")]);
        assert!(folder.load().is_ok());
        spoil(&folder.0.path().join("schemas"));
        let found = folder.failure();
        assert!(
            found[0].starts_with("error: manifest.toml:8:10: the bytes of `schemas` are not those of"),
            "{found:?}"
        );
    }
}

#[test]
fn a_folder_that_cannot_be_had_is_reported_where_the_manifest_names_it() {
    let entry = |folder: &str, module: &str| entry(folder, b"", module).replace("file =", "folder =");
    let manifest = PACKAGE.to_owned() + &entry("missing", "a") + &entry("file", "b") + &entry("empty", "c");
    let folder = Folder::new(&manifest, &[("file", b""), ("empty/README.md", b"")]);
    assert_eq!(
        folder.failure(),
        [
            "error: manifest.toml:6:10: `missing` does not exist",
            "error: manifest.toml:12:10: `file` is not a folder",
            "error: manifest.toml:18:10: `empty` has no schema in it",
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_lead_to_files_below_the_manifest_only() {
    use std::os::unix::fs::symlink;
    let outside = Folder::new("", &[("a.json", b"{}")]);
    let folder = listing(&[("schemas/a.json", b"{}")]);
    let path = folder.0.path().join("schemas");
    symlink(outside.0.path().join("a.json"), path.join("b.json")).unwrap();
    let found = folder.failure();
    assert_eq!(
        found,
        ["error: manifest.toml:6:10: `schemas/b.json` is a link that leads out of the manifest's folder"]
    );
    fs::remove_file(path.join("b.json")).unwrap();
    symlink(".", path.join("c")).unwrap();
    assert_eq!(folder.failure(), ["error: manifest.toml:6:10: `schemas/c` is a link to a folder"]);
}

#[test]
fn what_is_of_one_schema_does_not_go_with_a_folder() {
    let more = "type = \"A\"\nuri = \"https://example.com/\"\nonly = [\"A\"]\nfile = \"b.json\"\n";
    let files: &[(&str, &[u8])] = &[("schemas/a.json", b"{}")];
    let folder = Folder::new(&(PACKAGE.to_owned() + &folder_entry(files) + more), files);
    let found = folder.failure();
    for (line, key) in ["type", "uri", "only", "file"].into_iter().enumerate() {
        let said = format!("error: manifest.toml:{}:{}: `{key}` does not go with `folder`", line + 11, key.len() + 4);
        assert!(found.contains(&said), "{said}: {found:?}");
    }
}

#[test]
fn an_openapi_document_in_a_folder_is_reported() {
    let folder = listing(&[("schemas/a.json", b"{}"), ("schemas/b.yaml", b"openapi: 3.1.0\n")]);
    let found = folder.failure();
    assert!(
        found.iter().any(|found| found.ends_with("an OpenAPI document in a folder of schemas is not read")),
        "{found:?}"
    );
}
