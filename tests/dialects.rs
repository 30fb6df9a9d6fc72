//! The normal form of every dialect accepts what the official suite says that the dialect accepts: each group of the
//! suite is read as a manifest's documents, its remotes beside it, and the root, bundled, is given to a validator.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails by panicking says where, and one that counts says how many"
)]

mod harness;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use harness::corpus::corpus;
use serde_json::Value;
use sha2::{Digest, Sha256};
use typeproof::lower::{Place, bundle};
use typeproof::source;

/// The drafts, by the names of their folders, each with its metaschema.
const DRAFTS: &[(&str, &str)] = &[
    ("draft4", "http://json-schema.org/draft-04/schema#"),
    ("draft6", "http://json-schema.org/draft-06/schema#"),
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft2019-09", "https://json-schema.org/draft/2019-09/schema"),
    ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
];

#[test]
fn the_normal_form_of_each_draft_accepts_what_the_suite_says() {
    let Some(suite) = corpus("json-schema-test-suite") else { return };
    let wrong: Vec<String> =
        DRAFTS.iter().flat_map(|(name, dialect)| Draft::read(&suite, name, dialect).check()).collect();
    assert!(wrong.is_empty(), "{} disagreements\n{}", wrong.len(), wrong.join("\n"));
}

/// One draft's part of the suite.
struct Draft {
    name: &'static str,
    dialect: &'static str,
    /// Files with groups, by name.
    files: Vec<(String, Vec<Value>)>,
    /// A folder with all remotes, and the manifest and the schema of the group at hand.
    folder: tempfile::TempDir,
    remotes: Vec<Remote>,
}

/// A schema that groups refer to by a URI below `http://localhost:1234/`.
struct Remote {
    /// Its path below that.
    path: String,
    dialect: &'static str,
    text: String,
}

impl Draft {
    fn read(suite: &Path, name: &'static str, dialect: &'static str) -> Self {
        let tests = files_below(&suite.join("tests").join(name), false);
        let files = tests.iter().map(|path| {
            let groups: Vec<Value> = serde_json::from_str(&read(path)).expect("the suite is JSON");
            (path.file_name().expect("a file").to_string_lossy().into_owned(), groups)
        });
        let files: Vec<_> = files.collect();
        assert!(!files.is_empty(), "{name} has no tests");
        let folder = tempfile::tempdir().expect("a folder");
        let remotes = remotes(&suite.join("remotes"), dialect);
        for remote in &remotes {
            let path = folder.path().join("remotes").join(&remote.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &remote.text).expect("a file");
        }
        Self { name, dialect, files, folder, remotes }
    }

    /// The groups that disagree, each with what it is about.
    fn check(&self) -> Vec<String> {
        let (mut groups, mut tests, mut wrong) = (0, 0, Vec::new());
        for (file, all) in &self.files {
            for group in all {
                groups += 1;
                tests += group["tests"].as_array().map_or(0, Vec::len);
                let name = format!("{}/{file}: {}", self.name, group["description"].as_str().unwrap_or_default());
                wrong.extend(self.disagreements(group).into_iter().map(|what| format!("{name}: {what}")));
            }
        }
        println!("{}: {groups} groups, {tests} tests, {} disagreements", self.name, wrong.len());
        wrong
    }

    fn disagreements(&self, group: &Value) -> Vec<String> {
        let sources = match source::load(&self.manifest(&group["schema"])) {
            Ok(sources) => sources,
            Err(errors) => return vec![errors.to_string()],
        };
        let schema = bundle(&sources, &Place { document: 0, pointer: String::new() }, "");
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(false);
        let validator = match options.build(&schema) {
            Ok(validator) => validator,
            Err(error) => return vec![format!("{error} in {schema}")],
        };
        let tests = group["tests"].as_array().into_iter().flatten();
        let wrong = tests.filter(|test| validator.is_valid(&test["data"]) != (test["valid"] == Value::Bool(true)));
        wrong.map(|test| format!("{} (the normal form is {schema})", test["description"])).collect()
    }

    /// Writes the manifest of a group with this `schema`: the schema, and the remotes that it may refer to.
    fn manifest(&self, schema: &Value) -> PathBuf {
        let text = schema.to_string();
        let mut listed: BTreeSet<usize> = BTreeSet::new();
        let mut waiting = vec![text.clone()];
        while let Some(text) = waiting.pop() {
            for (number, remote) in self.remotes.iter().enumerate() {
                let file = remote.path.rsplit('/').next().unwrap_or_default();
                if text.contains(file) && listed.insert(number) {
                    waiting.push(remote.text.clone());
                }
            }
        }
        let mut manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\"\ndescription = \"a\"\n".to_owned();
        manifest += &entry("group.json", &text, self.dialect, "group", "");
        for number in listed {
            let Remote { path, dialect, text } = &self.remotes[number];
            let uri = format!("uri = \"http://localhost:1234/{path}\"\n");
            manifest += &entry(&format!("remotes/{path}"), text, dialect, &format!("remote_{number}"), &uri);
        }
        fs::write(self.folder.path().join("group.json"), text).expect("a file");
        let path = self.folder.path().join("manifest.toml");
        fs::write(&path, manifest).expect("a file");
        path
    }
}

fn entry(file: &str, text: &str, dialect: &str, module: &str, more: &str) -> String {
    let sha256: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "[[source]]\nfile = \"{file}\"\norigin = \"the suite\"\nsha256 = \"{sha256}\"\ndialect = \"{dialect}\"\nmodule = \"{module}\"\n{more}"
    )
}

/// The remotes: those in the folder of a draft are that draft's, the others are of the `dialect` under test.
fn remotes(folder: &Path, dialect: &'static str) -> Vec<Remote> {
    let remotes = files_below(folder, true).into_iter().map(|path| {
        let relative = path.strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
        let own = DRAFTS.iter().find(|(name, _)| relative.split('/').next() == Some(name));
        Remote { path: relative, dialect: own.map_or(dialect, |(_, dialect)| dialect), text: read(&path) }
    });
    let remotes: Vec<Remote> = remotes.collect();
    assert!(!remotes.is_empty(), "{} has no remotes", folder.display());
    remotes
}

fn files_below(folder: &Path, deep: bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let files = paths.into_iter().flat_map(|path| match (path.is_dir(), deep) {
        (true, true) => files_below(&path, true),
        (true, false) => Vec::new(),
        (false, _) => vec![path],
    });
    files.collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
