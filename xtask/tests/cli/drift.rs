//! `generated/` and its sources drift apart: `--check` names where, changes nothing, and says what mends it.

use std::fs;
use std::process::Command;

use crate::support::{Project, Run, SCHEMAS, copy, repository, sha256, snapshot, xtask};

#[test]
fn the_repository_is_in_order_and_generating_again_touches_nothing() {
    let project = Project::of_repository();
    copy(&repository().join("generated"), &project.path("out"));
    let before = snapshot(project.root());
    let run = project.codegen(&["--check"]).expect(0);
    assert!(run.stdout.ends_with("; out is up to date\n"), "{}", run.stdout);
    let run = project.codegen(&[]).expect(0);
    assert!(run.stdout.ends_with("; out was up to date\n"), "{}", run.stdout);
    assert!(snapshot(project.root()) == before, "something was touched");
}

/// Damages something, and tells what `--check` then finds, and what one run of `codegen` mends.
#[track_caller]
fn assert_mended(project: &Project, finding: (&str, &str)) -> Run {
    let before = snapshot(project.root());
    let run = project.codegen(&["--check", "--quiet"]).expect(1);
    assert_eq!(run.findings(), [finding], "{}", run.stdout);
    assert!(run.stdout.contains("\nout is out of date: run\n  cargo run "), "{}", run.stdout);
    assert!(snapshot(project.root()) == before, "--check changed something");
    project.codegen(&["--quiet"]).expect(0);
    project.codegen(&["--check"]).expect(0);
    run
}

#[test]
fn one_character_changed_anywhere_in_any_file_is_shown_and_mended() {
    let project = Project::generated(&[SCHEMAS[0]]);
    let files = project.files();
    assert!(files.len() > 8, "{files:?}");
    for file in &files {
        let good = fs::read_to_string(project.path(file)).unwrap();
        let sum = good.find("below this line: ").unwrap() + 20;
        for from in [0, sum, good.len() / 2, good.len() - 2] {
            let at = (from..).find(|at| good.as_bytes()[*at].is_ascii_graphic()).unwrap();
            let damaged =
                format!("{}{}{}", &good[..at], if good[at..].starts_with('~') { '!' } else { '~' }, &good[at + 1..]);
            project.put(file, &damaged);
            let run = assert_mended(&project, ("changed", file));
            let number = good[..at].matches('\n').count();
            let (damaged, wanted) = (damaged.lines().nth(number).unwrap(), good.lines().nth(number).unwrap());
            let diff = format!("--- {file}\n+++ {file}\tas codegen writes it\n@@ ");
            assert!(run.stdout.contains(&diff), "{}", run.stdout);
            assert!(run.stdout.contains(&format!("\n-{damaged}\n+{wanted}\n")), "{}", run.stdout);
            assert_eq!(fs::read_to_string(project.path(file)).unwrap(), good);
        }
    }
}

#[test]
fn a_file_deleted_is_missed_and_comes_back() {
    let project = Project::generated(&[SCHEMAS[0]]);
    let whole = crate::support::files(&project.path("out"));
    for file in project.files() {
        fs::remove_file(project.path(&file)).unwrap();
        assert_mended(&project, ("missing", &file));
    }
    assert_eq!(crate::support::files(&project.path("out")), whole);
}

#[test]
fn a_changed_schema_is_refused_until_the_manifest_says_that_it_is_meant() {
    let project = Project::of_repository();
    project.codegen(&[]).expect(0);
    let file = "schemas/kong-billingappstripecreatecustomerportalsessionresult-schema.json";
    let old = sha256(&fs::read(project.path(file)).unwrap());
    project.edit(file, "\"url\"", "\"uri\"");
    let new = sha256(&fs::read(project.path(file)).unwrap());
    let before = snapshot(project.root());
    for options in [&["--check"][..], &[]] {
        let run = project.codegen(options).expect(2);
        let expected = format!("it states {old}, they have {new}");
        assert!(run.stderr.contains("error: schemas/manifest.toml:11:10: the bytes of `kong-"), "{}", run.stderr);
        assert!(run.stderr.contains(&expected), "{}", run.stderr);
        assert_eq!(run.stdout, "");
        assert!(snapshot(project.root()) == before, "a refused run changed something");
    }
    project.edit("schemas/manifest.toml", &old, &new);
    let run = project.codegen(&["--check"]).expect(1);
    let behind = (
        "changed",
        "out/src/billing_app_stripe_create_customer_portal_session_result/billing_app_stripe_create_customer_portal_session_result.rs",
    );
    assert!(run.findings().contains(&behind), "{}", run.stdout);
    project.codegen(&[]).expect(0);
    project.codegen(&["--check"]).expect(0);
}

/// Runs in a shell the command that `run` says mends what it found; `cargo` is a function that leads to the binary.
#[track_caller]
fn follow(run: &Run, mut shell: Command) -> String {
    let command = run.stdout.split_once("out of date: run\n  ").unwrap().1.trim_end();
    let cargo =
        "cargo() { while [ \"$1\" != xtask ]; do shift; done; shift; [ \"$1\" != -- ] || shift; \"$XTASK\" \"$@\"; }";
    shell.arg("-c").arg(format!("{cargo}; {command}")).env("XTASK", env!("CARGO_BIN_EXE_xtask"));
    Run::of(&mut shell).expect(0);
    command.to_owned()
}

#[test]
fn the_command_that_is_printed_is_the_one_that_mends() {
    let project = Project::listing(SCHEMAS);
    for name in ["out", "a b", "it's $HOME & `more`; *", "a\"b\\c", "-x", "~", "ünï\nline"] {
        for dir in [project.root().to_owned(), repository()] {
            let out = project.path("outs").join(name).display().to_string();
            let arguments =
                [&format!("--out={out}"), "--manifest", &project.path("schemas/manifest.toml").display().to_string()];
            let run = Run::of(xtask(&dir, &["codegen", "--check"]).args(arguments)).expect(1);
            let command = follow(&run, {
                let mut shell = Command::new("sh");
                shell.current_dir(&dir);
                shell
            });
            assert_eq!(command.starts_with("cargo xtask codegen --manifest="), dir == repository(), "{command}");
            Run::of(xtask(&dir, &["codegen", "--check"]).args(arguments)).expect(0);
            fs::remove_dir_all(out).unwrap();
        }
    }
}
