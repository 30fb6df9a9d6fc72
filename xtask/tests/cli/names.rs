//! `names.lock` beside the manifest: written by `codegen`, compared by `--check`, and what it says is what types are called.

use std::fs;

use crate::support::{Project, Run, snapshot, xtask};

const OLD: &str =
    r#"{"$defs": {"Key": {"type": "object", "properties": {"part": {"enum": ["x", "y"]}}}, "Gone": true}}"#;
const NEW: &str = r#"{"$defs": {"KeyPart": {"type": "null"}, "Key": {"type": "object", "properties": {"part": {"enum": ["x", "y"]}}}}}"#;
const LOCK: &str = "\
a.json# -> a::A
a.json#/$defs/Gone -> a::Gone
a.json#/$defs/Key -> a::Key
a.json#/$defs/Key/properties/part -> a::KeyPart
";

fn lock(project: &Project) -> String {
    let text = fs::read_to_string(project.path("schemas/names.lock")).unwrap();
    text.split_once("\n\n").unwrap().1.to_owned()
}

/// Replaces the schema.
fn update(project: &Project, schema: &str) {
    project.put("schemas/a.json", schema);
    project.list(&["a.json"]);
}

#[test]
fn an_update_renames_nothing_and_says_so() {
    let project = Project::listing(&[("a.json", OLD)]);
    let run = project.codegen(&["--check"]).expect(1);
    assert!(run.findings().contains(&("missing", "schemas/names.lock")), "{}", run.stdout);
    assert!(project.codegen(&[]).expect(0).stdout.contains("created schemas/names.lock\n"));
    assert_eq!(lock(&project), LOCK);
    project.codegen(&["--check"]).expect(0);

    update(&project, NEW);
    let said = "note: schemas/names.lock:5:1: `a::Gone` is gone: there is nothing any more at `a.json#/$defs/Gone`\n  help: what has \
                taken its place can have its name, by this file, or an alias of it, by `aliases` in the manifest\n\
                note: schemas/names.lock:7:1: `a::KeyPart` keeps its name; `KeyPartEnum` is what it would be given now\n  help: delete \
                the line to have it named so\n";
    let run = project.codegen(&["--check"]).expect(1);
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    assert!(run.stdout.contains("\n-a.json#/$defs/Gone -> a::Gone\n"), "{}", run.stdout);
    let run = project.codegen(&[]).expect(0);
    assert!(run.stderr.ends_with(said) && run.stdout.contains("replaced schemas/names.lock\n"), "{}", run.stdout);
    let kept = "a.json#/$defs/Key/properties/part -> a::KeyPart (else KeyPartEnum)\n";
    assert!(lock(&project).contains(kept) && !lock(&project).contains("Gone"), "{}", lock(&project));
    let before = snapshot(project.root());
    let run = project.codegen(&[]).expect(0);
    assert!(!run.stderr.contains("names.lock"), "{}", run.stderr);
    project.codegen(&["--check", "--afresh"]).expect(0);
    assert!(snapshot(project.root()) == before, "something was touched");
}

#[test]
fn a_name_is_changed_in_the_lock_and_given_anew_without_its_line() {
    let project = Project::generated(&[("a.json", OLD)]);
    project.edit("schemas/names.lock", "a::KeyPart", "a::Half");
    let run = project.codegen(&["--check"]).expect(1);
    assert!(run.findings().contains(&("changed", "out/src/a/key.rs")), "{}", run.stdout);
    project.codegen(&["--quiet"]).expect(0);
    let key = || fs::read_to_string(project.path("out/src/a/key.rs")).unwrap();
    assert!(key().contains("pub enum Half") && !key().contains("KeyPart"), "{}", key());
    assert!(lock(&project).contains("-> a::Half (else KeyPart)\n"), "{}", lock(&project));
    project.codegen(&["--check"]).expect(0);
    project.edit("schemas/names.lock", "a.json#/$defs/Key/properties/part -> a::Half (else KeyPart)\n", "");
    project.codegen(&[]).expect(0);
    assert_eq!(lock(&project), LOCK);
    assert!(key().contains("pub enum KeyPart"), "{}", key());
}

#[test]
fn the_lock_alone_can_be_out_of_date() {
    let project = Project::generated(&[("a.json", OLD)]);
    project.edit("schemas/names.lock", "# The", "# the");
    let run = project.codegen(&["--check"]).expect(1);
    assert_eq!(run.findings(), [("changed", "schemas/names.lock")]);
    assert!(run.stdout.contains("\nschemas/names.lock is out of date: run\n"), "{}", run.stdout);
    let run = project.codegen(&[]).expect(0);
    assert!(run.stdout.starts_with("replaced schemas/names.lock\n") && run.stdout.ends_with("; out was up to date\n"));
    project.codegen(&["--check"]).expect(0);
}

#[test]
fn a_lock_with_a_conflict_stops_every_command() {
    let project = Project::generated(&[("a.json", OLD)]);
    project.edit("schemas/names.lock", "a.json#/$defs/Key ->", "<<<<<<< HEAD\na.json#/$defs/Key ->");
    let before = snapshot(project.root());
    for (arguments, outcome) in [
        (&["codegen", "--out", "out", "--quiet"][..], "nothing was written"),
        (&["codegen", "--out", "out", "--quiet", "--check"], "nothing was compared"),
        (&["prove", "--quiet"], "nothing was proved"),
    ] {
        let mut command = xtask(project.root(), arguments);
        let run = Run::of(command.args(["--manifest", "schemas/manifest.toml"])).expect(2);
        let said = "error: schemas/names.lock:6:1: a conflict of a merge begins here\n  \
                    help: keep one line for each place, or either side whole, and run codegen\n1 error; ";
        assert_eq!(run.stderr, format!("{said}{outcome}\n"));
    }
    assert!(snapshot(project.root()) == before, "something was touched");
}

#[test]
fn a_former_name_goes_on_as_a_deprecated_alias() {
    let project = Project::generated(&[("a.json", OLD)]);
    project.edit("schemas/names.lock", "a::KeyPart", "a::Half");
    project.edit("schemas/manifest.toml", "module = \"a\"\n", "module = \"a\"\naliases = { KeyPart = \"Half\" }\n");
    project.codegen(&["--quiet"]).expect(0);
    let module = fs::read_to_string(project.path("out/src/a/mod.rs")).unwrap();
    let alias = "#[deprecated(note = \"it is called `Half` now\")]\npub type KeyPart = Half;\n";
    let listed = "//! # Former names\n//!\n//! - [`KeyPart`](type@KeyPart) — [`Half`](type@Half) now\n";
    assert!(module.contains(alias) && module.contains(listed), "{module}");

    project.edit("schemas/manifest.toml", "KeyPart = \"Half\"", "Key = \"KeyPart\", A = \"Half\"");
    let before = snapshot(project.root());
    let said = "error: schemas/manifest.toml:12:13: `a::Key` is the name of a type, and cannot be an alias\n  \
                help: remove the alias, or give that type another name in the lock of names\n\
                error: schemas/manifest.toml:12:19: there is no type `a::KeyPart`\n  \
                help: correct it, or remove the alias: the lock of names has the names of all types\n\
                error: schemas/manifest.toml:12:30: `a::A` is the name of a type, and cannot be an alias\n  \
                help: remove the alias, or give that type another name in the lock of names\n3 errors; nothing was written\n";
    let run = project.codegen(&["--quiet"]).expect(2);
    assert_eq!(run.stderr, said);
    assert!(snapshot(project.root()) == before, "something was touched");
}

#[test]
fn nothing_is_written_where_the_crate_or_the_lock_cannot_be() {
    let project = Project::generated(&[("a.json", OLD)]);
    update(&project, NEW);
    project.put("out/src/stray.rs", "// ours");
    let before = snapshot(project.root());
    project.codegen(&[]).expect(2);
    assert!(snapshot(project.root()) == before, "something was touched");
}
