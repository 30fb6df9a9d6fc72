//! What codegen wrote once and does not generate any more: removed as long as nobody has made it their own.

use std::fs;

use crate::support::{Project, SCHEMAS, snapshot};

/// A project of two sources that were generated, of which only the first is listed now.
fn no_longer_listed() -> Project {
    let project = Project::generated(SCHEMAS);
    project.list(&["a.json"]);
    project
}

#[test]
fn the_files_of_a_source_that_is_no_longer_listed_are_named_and_removed() {
    let project = no_longer_listed();
    let before = snapshot(project.root());
    let run = project.codegen(&["--check"]).expect(1);
    let gone: Vec<_> = run.findings().into_iter().filter(|(what, _)| *what == "no longer generated").collect();
    // No other source has an enum of strings, so what reads these goes with it.
    let paths = ["out/ledger/b.md", "out/src/b/b.rs", "out/src/b/mod.rs", "out/src/support/text.rs"];
    assert_eq!(gone, paths.map(|path| ("no longer generated", path)));
    assert!(snapshot(project.root()) == before, "--check changed something");
    let run = project.codegen(&[]).expect(0);
    let removed = "removed out/ledger/b.md\nremoved out/src/b\nremoved out/src/b/b.rs\nremoved out/src/b/mod.rs\n";
    assert!(run.stdout.contains(removed), "{}", run.stdout);
    assert!(run.stdout.contains("removed out/src/support/text.rs\n"), "{}", run.stdout);
    project.codegen(&["--check"]).expect(0);
    let fresh = Project::generated(&SCHEMAS[..1]);
    assert_eq!(crate::support::files(&project.path("out")), crate::support::files(&fresh.path("out")));
}

#[test]
fn one_that_somebody_has_edited_is_theirs() {
    let project = no_longer_listed();
    let text = fs::read_to_string(project.path("out/src/b/b.rs")).unwrap();
    project.put("out/src/b/b.rs", text + "// mine\n");
    let before = snapshot(project.root());
    let run = project.codegen(&["--check"]).expect(1);
    assert!(run.findings().contains(&("no longer generated, but edited since", "out/src/b/b.rs")), "{}", run.stdout);
    assert!(run.stdout.contains("move 1 path away by hand, then run\n"), "{}", run.stdout);
    let run = project.codegen(&[]).expect(2);
    assert!(run.stderr.contains("error: out/src/b/b.rs: is no longer generated, but it was edited"), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 error; nothing was written\n"), "{}", run.stderr);
    assert!(snapshot(project.root()) == before, "a refused run changed something");
    fs::remove_file(project.path("out/src/b/b.rs")).unwrap();
    project.codegen(&[]).expect(0);
}
