//! `cargo xtask codegen`: a manifest -> the generated crate on disk and the lock of names beside the manifest, or with `--check`
//! what differs from them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use typeproof::emit::{self, Difference, Stopped, Written};
use typeproof::memory::Memory;
use typeproof::progress::{Observer as _, Stage};
use typeproof::source;
use typeproof::{Outcome, generate_observed};

use crate::print::count;
use crate::progress::Progress;
use crate::summary::Summary;
use crate::{place, print, shell};

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; say what is missing, changed or left over, and exit 1 if anything is
    #[arg(long)]
    check: bool,
    /// The manifest that lists the schemas; needs --out [default: the repository's schemas/manifest.toml]
    #[arg(long, value_name = "FILE", requires = "out")]
    manifest: Option<PathBuf>,
    /// The folder of the generated crate, which holds nothing else [default: the repository's generated/]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Generate even if neither the schemas nor the generator have changed since the last run
    #[arg(long)]
    afresh: bool,
    /// Print errors and differences only
    #[arg(long)]
    quiet: bool,
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    let manifest = arguments.manifest.clone().unwrap_or_else(place::manifest);
    let mut progress = Progress::new(arguments.quiet);
    let outcome = match arguments.afresh {
        true => generate_observed(&manifest, &mut progress).map(Outcome::from),
        false => Memory::below(&place::target().join("typeproof")).outcome(&manifest, &mut progress),
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(diagnostics) => {
            drop(progress);
            let outcome = if arguments.check { "nothing was compared" } else { "nothing was written" };
            return print::cannot(&diagnostics, outcome);
        }
    };
    progress.at(Stage::Writing, 0, 1);
    let out = arguments.out.clone().unwrap_or_else(place::generated);
    let run = Run { arguments, lock: Beside::of(&source::lock_path(&manifest)), outcome, progress, started };
    if arguments.check { run.check(&out) } else { run.write(&out) }
}

/// The lock of names: the folder that it is in, and its name there.
struct Beside {
    folder: PathBuf,
    name: String,
}

impl Beside {
    fn of(path: &Path) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { folder: folder.unwrap_or(Path::new(".")).to_owned(), name }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}

/// A run that has generated something.
struct Run<'a> {
    arguments: &'a Arguments,
    lock: Beside,
    outcome: Outcome,
    progress: Progress,
    started: Instant,
}

impl Run<'_> {
    /// Makes `out` what is generated, and then the lock.
    fn write(self, out: &Path) -> ExitCode {
        let lock = &self.lock;
        let locked = || match emit::put_one(&lock.folder, &lock.name, &self.outcome.lock) {
            Err(stopped) => Err(Stopped { midway: true, ..stopped }),
            locked => locked,
        };
        // What cannot be written there is found out before anything is.
        let looked = emit::compare_one(&lock.folder, &lock.name, &self.outcome.lock).map_err(Stopped::from);
        let written = looked.and_then(|_| emit::write(&self.outcome.tree, out));
        let written = written.and_then(|written| Ok((written, locked()?)));
        let path = lock.path();
        let summary = self.end();
        let (written, locked) = match written {
            Ok(written) => written,
            Err(stopped) if stopped.midway => {
                let outcome = "not all was written; no file is torn, and the next run goes on from there";
                return print::cannot(&stopped.diagnostics, outcome);
            }
            Err(stopped) => return print::cannot(&stopped.diagnostics, "nothing was written"),
        };
        let Some(summary) = summary else { return ExitCode::SUCCESS };
        let Written { created, replaced, removed, untouched } = &written;
        for (verb, paths) in [("created", created), ("replaced", replaced), ("removed", removed)] {
            paths.iter().for_each(|path| print::out(&format_args!("{verb} {}", out.join(path).display())));
        }
        if let Some(difference) = locked {
            let verb = if matches!(difference, Difference::MissingFile { .. }) { "created" } else { "replaced" };
            print::out(&format_args!("{verb} {}", path.display()));
        }
        let outcome = match created.len() + replaced.len() + removed.len() {
            0 => "was up to date".to_owned(),
            changes => format!("is up to date: {}, {} left alone", count(changes, "change"), count(*untouched, "file")),
        };
        print::out(&format_args!("{summary}; {} {outcome}", out.display()));
        ExitCode::SUCCESS
    }

    /// Says how `out` differs from what is generated.
    fn check(self, out: &Path) -> ExitCode {
        let Beside { folder, name } = &self.lock;
        let arguments = self.arguments;
        let differences = emit::compare(&self.outcome.tree, out);
        let compared = differences
            .and_then(|differences| Ok((differences, emit::compare_one(folder, name, &self.outcome.lock)?)))
            .map(|(differences, of_lock)| (differences, of_lock.map(|difference| difference.below(folder))));
        let path = self.lock.path();
        let summary = self.end();
        let (differences, of_lock) = match compared {
            Ok(compared) => compared,
            Err(diagnostics) => return print::cannot(&diagnostics, "nothing was compared"),
        };
        if !differences.is_empty() || of_lock.is_some() {
            differences.iter().for_each(|difference| print::out(&difference.below(out)));
            of_lock.iter().for_each(|difference| print::out(difference));
            let stale = if differences.is_empty() { &path } else { out };
            print::out(&format_args!("{} is out of date: {}", stale.display(), advice(&differences, arguments)));
            return ExitCode::FAILURE;
        }
        if let Some(summary) = summary {
            print::out(&format_args!("{summary}; {} is up to date", out.display()));
        }
        ExitCode::SUCCESS
    }

    /// Takes the progress away and prints the notes; the summary, unless the run is to be quiet.
    fn end(self) -> Option<Summary> {
        drop(self.progress);
        if self.arguments.quiet {
            return None;
        }
        print::notes(&self.outcome.notes);
        print::notes(&self.outcome.renamed);
        Some(Summary::new(&self.outcome.counts, self.started))
    }
}

/// What to do about differences, the command to run at the end of a line of its own.
fn advice(differences: &[Difference], arguments: &Arguments) -> String {
    let by_hand = differences.iter().filter(|difference| difference.needs_hand()).count();
    let first = match by_hand {
        0 => String::new(),
        _ => format!(
            "codegen leaves alone what it did not write or somebody edited: move {} away by hand, then ",
            count(by_hand, "path")
        ),
    };
    format!("{first}run\n  {}", command(arguments))
}

/// The command that brings the generated crate up to date.
fn command(arguments: &Arguments) -> String {
    let mut command = format!("{} codegen", place::command());
    for (option, value) in [("--manifest", &arguments.manifest), ("--out", &arguments.out)] {
        if let Some(value) = value {
            // With `=`, so that a value that begins with `-` is no option.
            command.push_str(&format!(" {option}={}", shell::quote(&value.display().to_string())));
        }
    }
    command
}
