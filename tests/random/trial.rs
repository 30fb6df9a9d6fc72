//! Schemas -> whether generating types from each of them ends as it should: in types that accept what the schema accepts,
//! or in diagnostics about the schema.

use std::collections::BTreeSet;
use std::io::{Write, stderr};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use jsonschema::Draft;
use serde_json::Value;
use tempfile::TempDir;
use typeproof::prove::{Claim, Effort, Part, claims, prove};
use typeproof::source::FormatType;
use typeproof::{Generation, generate};

use crate::dialects::Dialect;
use crate::harness;
use crate::model::{Model, validator};
use crate::mutate::shrunk;
use crate::pools::FORMATS;

/// Schemas tried side by side.
const WORKERS: usize = 2;

/// A schema for which nothing has come for so long hangs; a thousand times what any takes.
const HANGS: Duration = Duration::from_secs(120);

/// How many that fail are shown.
pub const SHOWN: usize = 10;

/// What is tried for each type that is not compiled.
const EFFORT: Effort = Effort { near_miss: 1, nodes: 600_000, ..Effort::of(1, 3) };

/// What the schemas that are tried are written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// The words of their dialect, which a validator knows as well.
    OfTheDialect,
    /// Any words, which are read as they are meant.
    Any,
}

/// Tries the schema that `make` makes of each of `seeds`, and fails with each one that goes wrong, as small as it gets.
/// Gives how many of them generate types.
pub fn all(seeds: Range<u64>, words: Words, make: impl Fn(u64) -> Value + Sync) -> u64 {
    let (next, generated) = (AtomicU64::new(seeds.start), AtomicU64::new(0));
    let failures = Mutex::new(Vec::new());
    let running = Mutex::new([None::<u64>; WORKERS]);
    let (done, ticks) = mpsc::channel::<()>();
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            let done = done.clone();
            let (next, generated, failures, running, seeds, make) =
                (&next, &generated, &failures, &running, &seeds, &make);
            scope.spawn(move || {
                let folder = TempDir::new().expect("a folder");
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    running.lock().expect("no panic")[worker] = Some(seed);
                    let schema = make(seed);
                    match tried(folder.path(), &schema, words) {
                        Ok(generates) => drop(generated.fetch_add(generates.into(), Ordering::Relaxed)),
                        Err(why) => {
                            let failure = failure(folder.path(), seed, schema, words, &why);
                            let _ = writeln!(stderr(), "{failure}");
                            failures.lock().expect("no panic").push(failure);
                        }
                    }
                    let _ = done.send(());
                }
            });
        }
        drop(done);
        loop {
            match ticks.recv_timeout(HANGS) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let seeds: Vec<u64> = running.lock().expect("no panic").iter().flatten().copied().collect();
                    let schemas: Vec<String> =
                        seeds.iter().map(|seed| format!("seed {seed}: {}", make(*seed))).collect();
                    // A thread cannot be ended, so the process is.
                    let _ = writeln!(stderr(), "generation hangs for one of these:\n{}", schemas.join("\n"));
                    std::process::abort();
                }
            }
        }
    });
    let failures = failures.into_inner().expect("no panic");
    let shown: Vec<&str> = failures.iter().take(SHOWN).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} of {seeds:?} fail, such as\n{}", failures.len(), shown.join("\n\n"));
    generated.into_inner()
}

/// What is shown of the schema of `seed` that fails by `why`: it, as small as it gets.
fn failure(folder: &Path, seed: u64, schema: Value, words: Words, why: &str) -> String {
    let same = |smaller: &Value| tried(folder, smaller, words).is_err_and(|other| kind(&other) == kind(why));
    format!("seed {seed}: {why}\n{}", shrunk(schema, same))
}

/// Whether `schema` generates types.
///
/// # Errors
///
/// When it panics, blames itself, or makes types that accept other values than the schema does.
fn tried(folder: &Path, schema: &Value, words: Words) -> Result<bool, String> {
    let Some(generation) = types(folder, schema)? else { return Ok(false) };
    let claim = claims(&generation).into_iter().next().ok_or("there is no claim about the root")?;
    // What functions give is asked of those that are compiled: a model has none.
    let claim = &Claim { defaults: Vec::new(), ..claim };
    let dialect = Dialect::of(schema);
    let written = (words == Words::OfTheDialect && dialect.is_validated(schema)).then(|| {
        let annotated = FORMATS.iter().filter(|format| !claim.asserted_formats.contains(**format));
        let annotated: BTreeSet<String> = annotated.map(|format| (*format).to_owned()).collect();
        validator(&dialect.plain(schema), Some(dialect.draft), &annotated)
    });
    let written = written.transpose()?;
    let mut model = Model::new(&generation, claim, written.as_ref())?;
    let proof = prove(claim, &mut model, &EFFORT);
    // That nothing is refused is for the proof of all parts; here it is values that count.
    let finding = proof.findings.iter().find(|finding| finding.part != Part::Annotations);
    match (finding, model.disagreement) {
        (Some(finding), _) => Err(finding.to_string()),
        (None, Some(disagreement)) => Err(disagreement),
        (None, None) => Ok(true),
    }
}

/// What `schema` generates; none when that ends in diagnostics about it.
///
/// # Errors
///
/// When it panics, or blames itself.
pub fn types(folder: &Path, schema: &Value) -> Result<Option<Generation>, String> {
    let manifest = harness::sources::manifest(folder, &[("random".to_owned(), schema.to_string())], &policy(schema));
    let run = AssertUnwindSafe(|| generate(&manifest));
    match panic::catch_unwind(run) {
        Ok(Ok(generation)) => Ok(Some(generation)),
        Ok(Err(diagnostics)) => match diagnostics.0.iter().find(|error| error.help.contains("fault of typeproof")) {
            Some(fault) => Err(fault.to_string()),
            None => Ok(None),
        },
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            Err(format!("it panicked: {}", text.or_else(|| panic.downcast_ref().copied()).unwrap_or_default()))
        }
    }
}

/// The policy that `schema` is read under: all formats assert that can, where its dialect is one in which they are all known.
fn policy(schema: &Value) -> String {
    if Dialect::of(schema).draft < Draft::Draft201909 { String::new() } else { every_format() }
}

/// The policy under which all formats assert that can.
pub fn every_format() -> String {
    let choices: String = FormatType::formats().map(|(format, of)| format!("{format} = {of:?}\n")).collect();
    format!("[source.policy.formats]\n{choices}")
}

/// `why` without what may differ between two schemas that fail alike.
fn kind(why: &str) -> String {
    why.chars().filter(|c| !c.is_ascii_digit()).take(80).collect()
}
