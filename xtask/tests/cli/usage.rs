//! What people type, what they are told, and the exit codes that scripts rely on.

use std::fs;
use std::io;
use std::process::Command;

use crate::support::{Project, Run, SCHEMAS, repository, snapshot, xtask};

/// The binary, called as cargo calls it in a repository: in this project, lest a fault of ours harm the real one.
fn in_a_repository(project: &Project, here: &str, arguments: &[&str]) -> Command {
    let mut command = xtask(&project.path(here), arguments);
    command.env("CARGO_MANIFEST_DIR", project.path("xtask")).env("CARGO_PKG_NAME", "xtask");
    command
}

#[test]
fn help_names_every_command_and_option() {
    let here = repository();
    let help = |arguments: &[&str]| Run::of(&mut xtask(&here, arguments)).expect(0).stdout;
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["--help"],
            &["Usage: cargo xtask <COMMAND>", "\n  codegen ", "\n  vendor ", "\n  prove ", "\n  conformance "],
        ),
        (
            &["codegen", "--help"],
            &["Usage: cargo xtask codegen", "--check ", "exit 1", "--manifest <FILE> ", "--out <DIR> ", "--quiet "],
        ),
        (
            &["prove", "--help"],
            &[
                "Usage: cargo xtask prove",
                "--manifest <FILE> ",
                "--seed <NUMBER> ",
                "--values <NUMBER> ",
                "--offline ",
                "--quiet ",
            ],
        ),
        (
            &["vendor", "--help"],
            &[
                "Usage: cargo xtask vendor [OPTIONS] <FILE|URL>",
                "--only <NAME>...",
                "--manifest <FILE> ",
                "--as <FILE> ",
                "--origin <TEXT> ",
                "--dialect <URI> ",
                "--module <NAME> ",
                "--date <DATE> ",
                "--timeout <SECONDS> ",
                "--ca-file <FILE> ",
                "--quiet ",
            ],
        ),
        (
            &["conformance", "--help"],
            &["Usage: cargo xtask conformance", "--suite <DIR> ", "--draft <NAME> ", "--typed ", "--offline "],
        ),
        (
            &["bench", "--help"],
            &["Usage: cargo xtask bench", "--only <NAME>...", "--corpus <DIR>\n", "--offline\n", "- check-kong: "],
        ),
        (&["--version"], &[env!("CARGO_PKG_VERSION")]),
    ];
    for (arguments, named) in cases {
        let text = help(arguments);
        named.iter().for_each(|name| assert!(text.contains(name), "{arguments:?}: {name}\n{text}"));
    }
}

#[test]
fn what_is_mistyped_is_told_with_exit_code_2() {
    let project = Project::generated(SCHEMAS);
    let before = snapshot(project.root());
    let cases: &[(&[&str], &str)] = &[
        (&[], "Usage: cargo xtask <COMMAND>"),
        (&["codgen"], "a similar subcommand exists: 'codegen'"),
        (&["codegen", "--chekc"], "a similar argument exists: '--check'"),
        (&["codegen", "out"], "unexpected argument 'out'"),
        // It would replace the repository's own types by others.
        (&["codegen", "--manifest", "schemas/manifest.toml"], "--out <DIR>"),
        (&["codegen", "--out"], "a value is required for '--out <DIR>'"),
        (&["codegen", "--out="], "a value is required for '--out <DIR>'"),
        (&["vendor"], "<FILE|URL>"),
        (&["vendor", "a.json", "--date", "2026-02-29"], "a day is written as in 2026-11-22"),
        (&["vendor", "a.json", "--date", "2026-11-22T00:00:00Z"], "a day is written as in 2026-11-22"),
        (
            &["vendor", "a.json", "--dialect", "draft5"],
            "the dialects supported are: http://json-schema.org/draft-04/schema#",
        ),
        (&["vendor", "a.json", "--timeout", "0"], "0 is not in 1.."),
        (&["prove", "--values", "0"], "0 is not in 1.."),
        (&["prove", "--seed", "-1"], "'-1'"),
        (&["conformance"], "--suite <DIR>"),
        (&["conformance", "--suite", ".", "--draft", "draft5"], "draft2020-12"),
    ];
    for (arguments, said) in cases {
        let run = Run::of(&mut in_a_repository(&project, ".", arguments)).expect(2);
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "");
    }
    assert!(snapshot(project.root()) == before, "something was touched");
}

#[test]
fn an_output_directory_that_does_not_exist_lacks_everything() {
    let project = Project::listing(SCHEMAS);
    let run = project.codegen(&["--check"]).expect(1);
    assert!(!project.path("out").exists());
    let missing: Vec<String> = run.findings().into_iter().map(|(what, path)| format!("{what} {path}")).collect();
    project.codegen(&[]).expect(0);
    let written = project.files().into_iter().chain(["schemas/names.lock".to_owned()]);
    assert_eq!(missing, written.map(|file| format!("missing {file}")).collect::<Vec<_>>());
}

#[test]
fn what_was_done_is_told_file_by_file_and_quietly_not_at_all() {
    let project = Project::listing(&SCHEMAS[..1]);
    let run = project.codegen(&[]).expect(0);
    let created = run.stdout.lines().filter_map(|line| line.strip_prefix("created "));
    let written = project.files().into_iter().chain(["schemas/names.lock".to_owned()]);
    assert!(created.eq(written), "{}", run.stdout);
    project.edit("schemas/a.json", "name", "label");
    project.list(&["a.json"]);
    let run = project.codegen(&[]).expect(0);
    assert!(run.stdout.contains("replaced out/src/a/a.rs\n"), "{}", run.stdout);
    let replaced = run.stdout.matches("replaced ").count();
    let summary =
        format!("; out is up to date: {replaced} changes, {} files left alone\n", project.files().len() - replaced);
    assert!(run.stdout.contains("\n1 source, ") && run.stdout.ends_with(&summary), "{}", run.stdout);
    project.put("schemas/b.json", SCHEMAS[1].1);
    project.list(&["a.json", "b.json"]);
    let run = project.codegen(&["--quiet"]).expect(0);
    assert_eq!((run.stdout, run.stderr), (String::new(), String::new()));
    let run = project.codegen(&["--check", "--quiet"]).expect(0);
    assert_eq!((run.stdout, run.stderr), (String::new(), String::new()));
}

#[test]
fn from_any_folder_the_repository_is_found_and_paths_lead_from_there() {
    let project = Project::of_repository();
    fs::create_dir_all(project.path("src/deep")).unwrap();
    for (here, there) in [(".", ""), ("src", "../"), ("src/deep", "../../")] {
        let run = Run::of(&mut in_a_repository(&project, here, &["codegen"])).expect(0);
        let line = if here == "." { "created generated/Cargo.toml\n" } else { "generated was up to date\n" };
        assert!(run.stdout.contains(line), "{here}: {}", run.stdout);
        assert!(run.stderr.contains(&format!("\nnote: {there}schemas/kong-")), "{here}: {}", run.stderr);
        let file = project.path("generated/src/lib.rs");
        let text = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let run = Run::of(&mut in_a_repository(&project, here, &["codegen", "--check"])).expect(1);
        let expected = format!(
            "missing: {there}generated/src/lib.rs\n{there}generated is out of date: run\n  cargo xtask codegen\n"
        );
        assert_eq!(run.stdout, expected);
        fs::write(file, text).unwrap();
    }
    // `--out` alone: the repository's own types, elsewhere.
    Run::of(&mut in_a_repository(&project, "src", &["codegen", "--out", "../elsewhere"])).expect(0);
    assert_eq!(crate::support::files(&project.path("elsewhere")), crate::support::files(&project.path("generated")));
}

#[test]
fn the_repository_is_not_looked_for_where_another_package_runs_the_binary() {
    let project = Project::listing(SCHEMAS);
    let mut command = xtask(&repository(), &["codegen", "--check"]);
    command.env("CARGO_MANIFEST_DIR", project.path("xtask")).env("CARGO_PKG_NAME", "another");
    let run = Run::of(&mut command);
    assert!(run.stderr.contains("\nnote: schemas/kong-"), "{}", run.stderr);
}

#[test]
fn a_reader_that_has_gone_away_changes_no_exit_code() {
    let project = Project::generated(SCHEMAS);
    fs::remove_file(project.path("out/src/lib.rs")).unwrap();
    let commands: &[(&[&str], i32)] = &[
        (&["codegen", "--manifest", "schemas/manifest.toml", "--out", "out", "--check"], 1),
        (&["codegen", "--manifest", "schemas/manifest.toml", "--out", "schemas"], 2),
        (&["codegen", "--manifest", "schemas/manifest.toml", "--out", "out"], 0),
        (&["--help"], 0),
    ];
    let nobody = || io::pipe().unwrap().1;
    for (arguments, code) in commands {
        let run = Run::of(xtask(project.root(), arguments).stdout(nobody()));
        assert_eq!(run.code, *code, "{arguments:?}: {}", run.stderr);
    }
    project.codegen(&["--check"]).expect(0);
    let status = xtask(project.root(), commands[1].0).stdout(nobody()).stderr(nobody()).status().unwrap();
    assert_eq!(status.code(), Some(2));
}
