//! `diff`: what it prints, and how it ends.

use std::path::Path;
use std::process::Command;
use std::{fs, str};

use tempfile::TempDir;

use crate::support::{Run, xtask};

const OLD: &str = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", "maxLength": 3}"#;
const NEW: &str = r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string", "maxLength": 2}"#;

/// A folder with an old and a new version of a schema.
fn versions() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.json"), OLD).unwrap();
    fs::write(folder.path().join("new.json"), NEW).unwrap();
    folder
}

fn diff(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(xtask(folder, &["diff"]).args(arguments))
}

#[test]
fn what_changed_is_printed_and_fails_only_where_that_is_asked_for() {
    let folder = versions();
    let run = diff(folder.path(), &["old.json", "new.json"]).expect(0);
    for wanted in [
        "narrowed       new (was old)\n",
        "refused now:",
        "bound-tightened: `maxLength` was 3, and is 2",
        "new.json:1#/maxLength",
    ] {
        assert!(run.stdout.contains(wanted), "{}", run.stdout);
    }
    diff(folder.path(), &["old.json", "new.json", "--fail-on", "error"]).expect(1);
    diff(folder.path(), &["old.json", "old.json", "--fail-on", "info", "--fail-on", "patch"]).expect(0);
    // For those who compile, a smaller bound is another value of a constant.
    assert!(run.stdout.contains("rust-constant-changed: `MAX_LENGTH` was 3, and is 2 (minor)"), "{}", run.stdout);
    diff(folder.path(), &["old.json", "new.json", "--fail-on", "minor"]).expect(1);
    diff(folder.path(), &["old.json", "new.json", "--fail-on", "major"]).expect(0);
    let formats = [
        ("markdown", "## Changes of 1 definition"),
        ("json", "{\n  \"version\": 1,"),
        ("proposal", "## Next version\n\nA minor step.\n"),
    ];
    for (format, start) in formats {
        let run = diff(folder.path(), &["old.json", "new.json", "--format", format]).expect(0);
        assert!(run.stdout.starts_with(start), "{}", run.stdout);
    }
}

#[test]
fn a_waiver_keeps_it_from_failing_until_nothing_is_found_any_more() {
    let folder = versions();
    let waiver = "[[waiver]]\nrule = \"bound-tightened\"\npointer = \"/maxLength\"\nreason = \"all are short\"\n";
    fs::write(folder.path().join("waivers.toml"), waiver).unwrap();
    let waived = ["--waivers", "waivers.toml", "--fail-on", "error"];
    diff(folder.path(), &[&["old.json", "new.json"][..], &waived].concat()).expect(0);
    let run = diff(folder.path(), &[&["old.json", "old.json"][..], &waived].concat()).expect(1);
    assert!(run.stderr.starts_with("error: waivers.toml:1:1: nothing is found by `bound-tightened`"), "{}", run.stderr);
}

#[test]
fn all_that_is_wrong_with_either_side_is_told() {
    let folder = versions();
    fs::write(folder.path().join("broken.json"), "{").unwrap();
    fs::write(folder.path().join("other.json"), r#"{"$schema": "https://example.com/dialect"}"#).unwrap();
    let run = diff(folder.path(), &["nowhere.json", "broken.json"]).expect(2);
    for wanted in ["error: nowhere.json: does not exist\n", "error: broken.json:1:", "2 errors; nothing was compared\n"]
    {
        assert!(run.stderr.contains(wanted), "{}", run.stderr);
    }
    let run = diff(folder.path(), &["old.json", "other.json"]).expect(2);
    assert!(run.stderr.contains("no known `$schema` says in which dialect `other.json` is written"), "{}", run.stderr);
    let run = diff(folder.path(), &["HEAD:old.json", "new.json"]).expect(2);
    assert!(
        run.stderr.contains("error: HEAD:old.json: is neither a path here nor in a git revision"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_revision_is_named_as_git_names_it() {
    let folder = versions();
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let output = Command::new("git").current_dir(folder.path()).args(author).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", str::from_utf8(&output.stderr).unwrap());
    };
    fs::create_dir(folder.path().join("schemas")).unwrap();
    fs::write(folder.path().join("schemas/a.json"), OLD).unwrap();
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "old"]);
    fs::write(folder.path().join("schemas/a.json"), NEW).unwrap();
    for (old, new) in [("HEAD:schemas/a.json", "schemas/a.json"), ("HEAD:schemas", "schemas")] {
        let run = diff(folder.path(), &[old, new, "--format", "json"]).expect(0);
        assert!(run.stdout.contains("\"file\": \"HEAD:schemas/a.json\""), "{}", run.stdout);
        assert!(run.stdout.contains("\"narrowed\": 1"), "{}", run.stdout);
    }
    let status = Command::new("git").current_dir(folder.path()).args(["status", "--short"]).output().unwrap();
    assert_eq!(str::from_utf8(&status.stdout).unwrap(), " M schemas/a.json\n");
}
