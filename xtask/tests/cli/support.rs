//! What the tests share: a folder with a manifest, its schemas and an output directory; a run of the binary in it; and
//! all that is on disk, to be compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Two schemas for those to whom any will do.
pub const SCHEMAS: &[(&str, &str)] = &[
    (
        "a.json",
        "{\n  \"type\": \"object\",\n  \"properties\": {\"name\": {\"type\": \"string\", \"minLength\": 1}}\n}\n",
    ),
    ("b.json", "{\"enum\": [\"on\", \"off\"]}\n"),
];

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The binary, to be run in `dir`, as people run it who have set nothing, but that it remembers what was made there alone.
pub fn xtask(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(dir).args(arguments).env("CARGO_TARGET_DIR", dir.join("target"));
    command
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Runs `command` to its end, which must not be a panic or a signal.
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(stdout), text(stderr));
        assert!(!stderr.contains("panicked"), "{stderr}");
        Self { code: status.code().unwrap_or_else(|| panic!("{status}: {stderr}")), stdout, stderr }
    }

    /// The same run, if it ended with `code`.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// The findings of `--check`, without the diffs and the advice: all before `: ` and the path after it.
    pub fn findings(&self) -> Vec<(&str, &str)> {
        let is_finding =
            |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase()) && !line.contains("out of date");
        self.stdout.lines().filter(is_finding).map(|line| line.split_once(": ").unwrap()).collect()
    }
}

/// A folder in which `schemas/manifest.toml` lists schemas and `out` is where their types go.
pub struct Project(TempDir);

impl Project {
    /// Nothing but a target folder.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("target")).unwrap();
        Self(folder)
    }

    /// The schemas of the repository, as they are.
    pub fn of_repository() -> Self {
        let project = Self::new();
        copy(&repository().join("schemas"), &project.path("schemas"));
        project
    }

    /// `schemas`, each a file's name and its text, all of them listed.
    pub fn listing(schemas: &[(&str, &str)]) -> Self {
        let project = Self::new();
        schemas.iter().for_each(|(name, text)| project.put(&format!("schemas/{name}"), text));
        project.list(&schemas.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        project
    }

    /// The same, with its types generated.
    pub fn generated(schemas: &[(&str, &str)]) -> Self {
        let project = Self::listing(schemas);
        project.codegen(&[]).expect(0);
        project
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    pub fn put(&self, relative: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Writes a manifest that lists `files` with the bytes they have now, each as the module of its stem.
    pub fn list(&self, files: &[&str]) {
        let mut manifest = "[package]\nname = \"t\"\nversion = \"0.1.0\"\ndescription = \"T\"\n".to_owned();
        for file in files {
            let sha256 = sha256(&fs::read(self.path(&format!("schemas/{file}"))).unwrap());
            let module = file.split('.').next().unwrap();
            manifest.push_str(&format!(
                "\n[[source]]\nfile = \"{file}\"\norigin = \"here\"\nsha256 = \"{sha256}\"\n\
                 dialect = \"https://json-schema.org/draft/2020-12/schema\"\nmodule = \"{module}\"\n"
            ));
        }
        self.put("schemas/manifest.toml", manifest);
    }

    /// Replaces `from`, which must be there, in the file `relative`.
    pub fn edit(&self, relative: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(relative)).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        self.put(relative, text.replacen(from, to, 1));
    }

    /// Runs `codegen` with the manifest and the output directory of this folder.
    pub fn codegen(&self, options: &[&str]) -> Run {
        Run::of(&mut self.command(options))
    }

    /// What [`Project::codegen`] runs.
    pub fn command(&self, options: &[&str]) -> Command {
        let out: &[&str] = if options.contains(&"--out") { &[] } else { &["--out", "out"] };
        let arguments = ["codegen", "--manifest", "schemas/manifest.toml"];
        xtask(self.root(), &[&arguments, out, options].concat())
    }

    /// The files that are generated, as paths from this folder.
    pub fn files(&self) -> Vec<String> {
        let entries = snapshot(&self.path("out"));
        let files = entries.iter().filter(|(_, entry)| matches!(entry.content, Content::File(_)));
        files.map(|(path, _)| format!("out/{path}")).collect()
    }
}

/// What is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub content: Content,
    /// When it was last changed; for a directory, when its entries were.
    modified: SystemTime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Directory,
    File(Vec<u8>),
    Link(PathBuf),
}

/// Everything at and below `root` but the target folder, by path from there; two that are equal tell that nothing was touched
/// in between.
pub fn snapshot(root: &Path) -> BTreeMap<String, Entry> {
    fn add(path: &Path, name: &str, found: &mut BTreeMap<String, Entry>) {
        let Ok(metadata) = fs::symlink_metadata(path) else { return };
        let content = if metadata.is_dir() {
            for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
                let below = entry.file_name().into_string().unwrap();
                let below = if name.is_empty() { below } else { format!("{name}/{below}") };
                add(&entry.path(), &below, found);
            }
            Content::Directory
        } else if metadata.is_symlink() {
            Content::Link(fs::read_link(path).unwrap())
        } else {
            Content::File(fs::read(path).unwrap())
        };
        found.insert(name.to_owned(), Entry { content, modified: metadata.modified().unwrap() });
    }
    let mut found = BTreeMap::new();
    add(root, "", &mut found);
    found.retain(|path, _| path.split('/').next() != Some("target"));
    found
}

/// The bytes of every file below `root`.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = |(path, entry): (String, Entry)| match entry.content {
        Content::File(bytes) => Some((path, bytes)),
        _ => None,
    };
    snapshot(root).into_iter().filter_map(bytes).collect()
}

/// Copies files and directories, without what cargo builds in a package.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from).into_iter().filter(|(path, _)| !path.starts_with("target/")) {
        fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
        fs::write(to.join(path), bytes).unwrap();
    }
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
