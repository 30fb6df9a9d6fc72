//! A manifest whose files are as they were -> what the last run made of it, out of a file.
//!
//! It is taken only where the program, the manifest, the overrides, the lock of names and, by the sums in the manifest, every
//! schema are the same: so what is
//! remembered is what would be made. What stands in the output directory is compared with it as with what is made afresh.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, io::Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::diagnostic::{Diagnostic, Result};
use crate::emit::Tree;
use crate::progress::{Observer, Stage};
use crate::{Counts, Outcome, generate_observed, source};

/// Where the last run of this program is remembered: a file, which is replaced by every run for another manifest.
#[derive(Clone, Debug)]
pub struct Memory {
    file: PathBuf,
}

/// An [`Outcome`] as it is written.
#[derive(Serialize, Deserialize)]
struct Remembered {
    files: BTreeMap<String, String>,
    lock: String,
    notes: Vec<Diagnostic>,
    counts: Counts,
}

impl Memory {
    /// The memory in the folder `folder`, which need not exist.
    #[must_use]
    pub fn below(folder: &Path) -> Self {
        Self { file: folder.join("last-run") }
    }

    /// What the manifest at `manifest` ends in: remembered, or made, and then remembered. That it cannot be remembered is no
    /// error.
    ///
    /// # Errors
    ///
    /// All that is wrong with the input; that is never remembered.
    pub fn outcome(&self, manifest: &Path, observer: &mut dyn Observer) -> Result<Outcome> {
        let read = program().zip(source::texts_of_unchanged(manifest));
        let key = |lock: Option<&str>| {
            let (program, (text, _)) = read.as_ref()?;
            let text = format!("{program}\n{}\n{text}\0{lock:?}", manifest.display());
            Some(sum(text.as_bytes()))
        };
        let lock = read.as_ref().and_then(|(_, (_, lock))| lock.as_deref());
        if let Some(outcome) = key(lock).and_then(|key| self.recall(&key)) {
            observer.at(Stage::Reading, 0, 1);
            return Ok(outcome);
        }
        let outcome = Outcome::from(generate_observed(manifest, observer)?);
        // With the lock that it ends in, the next run ends in the same.
        if let Some(key) = key(Some(&outcome.lock)) {
            let _ = self.remember(&key, &outcome);
        }
        Ok(outcome)
    }

    fn recall(&self, key: &str) -> Option<Outcome> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (first, body) = text.split_once('\n')?;
        if first != head(key, body) {
            return None;
        }
        let Remembered { files, lock, notes, counts } = serde_json::from_str(body).ok()?;
        Some(Outcome { tree: Tree::of_texts(files), lock, renamed: Vec::new(), notes, counts })
    }

    /// All of it or nothing: another run may be reading.
    fn remember(&self, key: &str, Outcome { tree, lock, notes, counts, .. }: &Outcome) -> Option<()> {
        let files = tree.iter().map(|(path, bytes)| Some((path.to_owned(), String::from_utf8(bytes.to_vec()).ok()?)));
        let files = files.collect::<Option<_>>()?;
        let remembered = Remembered { files, lock: lock.clone(), notes: notes.clone(), counts: counts.clone() };
        let body = serde_json::to_string(&remembered).ok()?;
        let folder = self.file.parent()?;
        fs::create_dir_all(folder).ok()?;
        let mut file = NamedTempFile::new_in(folder).ok()?;
        file.write_all(format!("{}\n{body}", head(key, &body)).as_bytes()).ok()?;
        file.persist(&self.file).ok().map(drop)
    }
}

/// The first line: what it is remembered for, and the sum of all that follows.
fn head(key: &str, body: &str) -> String {
    format!("{key} {}", sum(body.as_bytes()))
}

fn sum(bytes: &[u8]) -> String {
    source::hex(&Sha256::digest(bytes))
}

/// What tells this program from any other that was built, if the system says so.
fn program() -> Option<String> {
    let program = env::current_exe().ok()?;
    let metadata = fs::metadata(&program).ok()?;
    let built = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {} {}", program.display(), metadata.len(), built.as_nanos()))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::generate;

    const SCHEMA: &str = r#"{"type": "object", "properties": {"a": {"type": "string", "example": 1}}}"#;

    /// The stages of a run, so that one that remembers is told from one that does not.
    #[derive(Default)]
    struct Stages(Vec<Stage>);

    impl Observer for Stages {
        fn at(&mut self, stage: Stage, _: usize, _: usize) {
            self.0.push(stage);
        }
    }

    /// A folder with a manifest of `schema`, which has the sum of `listed`.
    fn manifest(folder: &Path, schema: &str, listed: &str) -> PathBuf {
        let listed = sum(listed.as_bytes());
        let text = format!(
            "[package]\nname = \"t\"\nversion = \"0.1.0\"\ndescription = \"d\"\n[[source]]\nfile = \"s.json\"\norigin = \"here\"\n\
             sha256 = \"{listed}\"\ndialect = \"https://json-schema.org/draft/2020-12/schema\"\nmodule = \"s\"\n"
        );
        fs::write(folder.join("s.json"), schema).expect("the folder is writable");
        fs::write(folder.join("manifest.toml"), text).expect("the folder is writable");
        folder.join("manifest.toml")
    }

    /// Whether the run had to make what it gave, which is what a run without memory gives. Writes the lock, as codegen does.
    fn is_made(memory: &Memory, manifest: &Path) -> bool {
        let (mut stages, made) = (Stages::default(), Outcome::from(generate(manifest).expect("a good manifest")));
        let outcome = memory.outcome(manifest, &mut stages).expect("a good manifest");
        fs::write(source::lock_path(manifest), &outcome.lock).expect("the folder is writable");
        assert_eq!((outcome.tree, outcome.lock), (made.tree, made.lock));
        assert_eq!((outcome.notes, outcome.counts), (made.notes, made.counts));
        stages.0.contains(&Stage::Lowering)
    }

    #[test]
    fn what_has_not_changed_is_remembered_as_it_would_be_made() {
        let folder = TempDir::new().expect("a folder");
        let (memory, schema) = (Memory::below(&folder.path().join("new")), manifest(folder.path(), SCHEMA, SCHEMA));
        assert!(is_made(&memory, &schema), "nothing is remembered at first");
        assert!(!is_made(&memory, &schema));
        let other = SCHEMA.replace("string", "integer");
        let schema = manifest(folder.path(), &other, &other);
        assert!(is_made(&memory, &schema), "the schema is another");
        assert!(!is_made(&memory, &schema));
    }

    #[test]
    fn a_schema_that_is_not_what_the_manifest_says_is_an_error_again() {
        let folder = TempDir::new().expect("a folder");
        let (memory, schema) = (Memory::below(folder.path()), manifest(folder.path(), SCHEMA, SCHEMA));
        assert!(is_made(&memory, &schema));
        manifest(folder.path(), "{}", SCHEMA);
        assert!(memory.outcome(&schema, &mut ()).is_err());
    }

    #[test]
    fn what_is_torn_or_edited_is_not_remembered() {
        let folder = TempDir::new().expect("a folder");
        let (memory, schema) = (Memory::below(folder.path()), manifest(folder.path(), SCHEMA, SCHEMA));
        assert!(is_made(&memory, &schema));
        let whole = fs::read_to_string(&memory.file).expect("it is remembered");
        for broken in [&whole[..whole.len() / 2], &whole.replace("String", "Strong"), "", "\n"] {
            fs::write(&memory.file, broken).expect("the folder is writable");
            assert!(is_made(&memory, &schema), "{broken}");
        }
    }

    #[test]
    fn where_nothing_can_be_remembered_all_is_made() {
        let folder = TempDir::new().expect("a folder");
        let schema = manifest(folder.path(), SCHEMA, SCHEMA);
        let memory = Memory::below(&schema);
        assert!(is_made(&memory, &schema) && is_made(&memory, &schema));
    }
}
