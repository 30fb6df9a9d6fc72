//! What codegen does not touch: the work of others in the output directory, and places that cannot be one.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{Project, SCHEMAS, snapshot};

/// What somebody does to a directory of generated files, and how that is spoken of.
struct Intrusion {
    name: &'static str,
    act: fn(&Project),
    /// What `--check` finds.
    finding: (&'static str, &'static str),
    /// The start of what `codegen` says.
    refusal: &'static str,
}

const STRAY: &str = "was not generated, and an output directory holds generated files only";

const INTRUSIONS: &[Intrusion] = &[
    Intrusion {
        name: "a file",
        act: |project| project.put("out/src/mine.rs", "mod mine;\n"),
        finding: ("not generated", "out/src/mine.rs"),
        refusal: STRAY,
    },
    Intrusion {
        name: "a hidden file",
        act: |project| project.put("out/.gitignore", "/target\n"),
        finding: ("not generated", "out/.gitignore"),
        refusal: STRAY,
    },
    Intrusion {
        name: "a folder",
        act: |project| project.put("out/notes/deep/er.md", "# Mine\n"),
        finding: ("not generated", "out/notes/"),
        refusal: STRAY,
    },
    Intrusion {
        name: "a copy of a generated file",
        act: |project| project.put("out/src/lib.bak.rs", fs::read(project.path("out/src/lib.rs")).unwrap()),
        finding: ("not generated", "out/src/lib.bak.rs"),
        refusal: STRAY,
    },
    Intrusion {
        name: "a link",
        act: |project| symlink("lib.rs", project.path("out/src/link.rs")).unwrap(),
        finding: ("not generated", "out/src/link.rs"),
        refusal: STRAY,
    },
    Intrusion {
        name: "a name that steers a terminal",
        act: |project| project.put("out/\u{1b}[2J\n.txt", ""),
        finding: ("not generated", "out/\\u{1b}[2J\\n.txt"),
        refusal: STRAY,
    },
    Intrusion {
        name: "their own file in place of a generated one",
        act: |project| project.put("out/src/lib.rs", "pub mod mine;\n"),
        finding: ("not generated, where a generated file belongs", "out/src/lib.rs"),
        refusal: "stands where codegen writes, but codegen did not write it",
    },
    Intrusion {
        name: "a folder in place of a generated file",
        act: |project| {
            fs::remove_file(project.path("out/src/lib.rs")).unwrap();
            project.put("out/src/lib.rs/keep", "mine");
        },
        finding: ("in the way of something generated", "out/src/lib.rs"),
        refusal: "stands where codegen writes, and is neither the file nor the directory",
    },
    Intrusion {
        name: "a link in place of a generated file",
        act: |project| {
            fs::rename(project.path("out/src/lib.rs"), project.path("lib.rs")).unwrap();
            symlink("../../lib.rs", project.path("out/src/lib.rs")).unwrap();
        },
        finding: ("in the way of something generated", "out/src/lib.rs"),
        refusal: "stands where codegen writes, and is neither the file nor the directory",
    },
];

#[test]
fn the_work_of_others_is_named_and_left_alone() {
    for Intrusion { name, act, finding, refusal } in INTRUSIONS {
        let project = Project::generated(SCHEMAS);
        act(&project);
        let before = snapshot(project.root());
        let run = project.codegen(&["--check"]).expect(1);
        assert_eq!(run.findings(), [*finding], "{name}: {}", run.stdout);
        assert!(run.stdout.contains("move 1 path away by hand, then run\n"), "{name}: {}", run.stdout);
        // Even when there is something to do beside it.
        project.edit("schemas/b.json", "off", "away");
        project.list(&["a.json", "b.json"]);
        let run = project.codegen(&[]).expect(2);
        assert!(run.stderr.contains(&format!("error: {}: {refusal}", finding.1)), "{name}: {}", run.stderr);
        assert!(run.stderr.ends_with("\n1 error; nothing was written\n"), "{name}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{name}");
        let after = snapshot(project.root());
        let ours = |path: &&String| !path.starts_with("schemas");
        assert!(before.keys().filter(ours).eq(after.keys().filter(ours)), "{name}");
        assert!(before.iter().filter(|(path, _)| ours(path)).all(|(path, entry)| after[path] == *entry), "{name}");
    }
}

#[test]
fn what_cargo_leaves_beside_the_generated_files_is_in_order() {
    let project = Project::generated(SCHEMAS);
    project.put("out/Cargo.lock", "version = 4\n");
    project.put("out/target/CACHEDIR.TAG", "");
    project.put("out/target/debug/libt.rlib", "");
    project.codegen(&["--check"]).expect(0);
    project.codegen(&[]).expect(0);
}

/// A place that cannot be an output directory.
struct Place {
    out: &'static str,
    make: fn(&Project),
    /// The start of each error.
    said: &'static [&'static str],
    /// Whether `--check`, which writes nothing, cannot go on either.
    unreadable: bool,
}

fn read_only(project: &Project, path: &str) {
    fs::create_dir_all(project.path(path)).unwrap();
    fs::set_permissions(project.path(path), fs::Permissions::from_mode(0o555)).unwrap();
}

const PLACES: &[Place] = &[
    Place {
        out: "locked",
        make: |project| read_only(project, "locked"),
        said: &["locked: is read-only, and codegen has to write in it"],
        unreadable: false,
    },
    Place {
        out: "locked/new/out",
        make: |project| read_only(project, "locked"),
        said: &["locked: is read-only, and codegen has to write in it"],
        unreadable: false,
    },
    Place {
        out: "file",
        make: |project| project.put("file", "mine"),
        said: &["file: is not a directory"],
        unreadable: true,
    },
    Place {
        out: "file/out",
        make: |project| project.put("file", "mine"),
        said: &["file/out: cannot read: Not a directory"],
        unreadable: true,
    },
    Place {
        out: "link",
        make: |project| symlink("nowhere", project.path("link")).unwrap(),
        said: &["link: is not a directory"],
        unreadable: true,
    },
    Place {
        out: "photos",
        make: |project| {
            project.put("photos/1.jpg", "");
            project.put("photos/2/2.jpg", "");
        },
        said: &["photos/1.jpg: was not generated", "photos/2/: was not generated"],
        unreadable: false,
    },
    Place {
        out: "schemas",
        make: |_| {},
        said: &[
            "schemas/a.json: was not generated",
            "schemas/b.json: was not generated",
            "schemas/manifest.toml: was not generated",
        ],
        unreadable: false,
    },
];

#[test]
fn a_place_that_cannot_be_the_output_directory_is_refused_and_left_as_it_is() {
    for Place { out, make, said, unreadable } in PLACES {
        let project = Project::listing(SCHEMAS);
        make(&project);
        let before = snapshot(project.root());
        let run = project.codegen(&["--check", "--quiet", "--out", out]);
        assert_eq!(run.code, if *unreadable { 2 } else { 1 }, "{out}: {run:?}");
        let run = project.codegen(&["--out", out]).expect(2);
        let errors: Vec<&str> = run.stderr.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
        assert_eq!(errors.len(), said.len(), "{out}: {}", run.stderr);
        assert!(errors.iter().zip(*said).all(|(error, said)| error.starts_with(said)), "{out}: {}", run.stderr);
        assert_eq!(run.stderr.matches("\n  help: ").count(), said.len(), "{out}: {}", run.stderr);
        assert!(run.stderr.ends_with("; nothing was written\n"), "{out}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{out}");
        assert!(snapshot(project.root()) == before, "{out}: something was changed");
    }
}
