use std::time::SystemTime;

use super::super::write;
use super::*;

const OLD: &[(&str, &str)] = &[("Cargo.toml", "old\n"), ("src/gone/x.rs", "x\n"), ("src/same.rs", "same\n")];
const NEW: &[(&str, &str)] = &[("Cargo.toml", "new\n"), ("src/lib.rs", "lib\n"), ("src/same.rs", "same\n")];

fn written(files: &[(&str, &str)]) -> (Tree, tempfile::TempDir) {
    let (tree, dir) = (tree(files), tempfile::tempdir().unwrap());
    write(&tree, dir.path()).unwrap();
    (tree, dir)
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn the_directory_becomes_the_tree_and_what_was_done_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("not/yet");
    let written = write(&tree(OLD), &out).unwrap();
    assert_eq!(written.created, ["Cargo.toml", "src/gone/x.rs", "src/same.rs"]);
    assert_eq!((written.replaced.len(), written.removed.len(), written.untouched), (0, 0, 0));

    let written = write(&tree(NEW), &out).unwrap();
    assert_eq!(written.created, ["src/lib.rs"]);
    assert_eq!(written.replaced, ["Cargo.toml"]);
    assert_eq!(written.removed, ["src/gone", "src/gone/x.rs"]);
    assert_eq!(written.untouched, 1);

    let mut expected: BTreeMap<_, _> = tree(NEW).0;
    expected.insert("src/".to_owned(), Vec::new());
    assert_eq!(snapshot(&out), expected);
    assert_eq!(differences(&tree(NEW), &out), [""; 0]);
}

#[test]
fn what_is_right_is_not_touched_and_with_nothing_to_do_nothing_is_created() {
    let (new, dir) = written(OLD);
    // A time no run would set: whoever touches a file or the directory changes it.
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
    let all = ["", "src", "Cargo.toml", "src/same.rs"].map(|path| dir.path().join(path));
    for path in &all {
        fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
    }
    assert_eq!(write(&new, dir.path()).unwrap(), Written { untouched: 3, ..Written::default() });
    assert!(all.iter().all(|path| modified(path) == long_ago));

    write(&tree(NEW), dir.path()).unwrap();
    assert_eq!(modified(&dir.path().join("src/same.rs")), long_ago);
    assert_ne!(modified(&dir.path().join("Cargo.toml")), long_ago);
}

#[test]
fn any_one_character_changed_in_a_generated_file_is_seen_and_mended() {
    let (tree, dir) = written(&[("a.rs", "body\n")]);
    let (good, file) = (tree.get("a.rs").unwrap(), dir.path().join("a.rs"));
    for at in 0..good.len() {
        let (before, after) = (&good[..at], &good[at + 1..]);
        let damaged =
            [[before, after].concat(), [before, b"~", after].concat(), [before, b"\n~", &good[at..]].concat()];
        for damaged in damaged {
            fs::write(&file, &damaged).unwrap();
            assert_eq!(differences(&tree, dir.path()), ["changed: a.rs"], "{at}");
            assert_eq!(write(&tree, dir.path()).unwrap().replaced, ["a.rs"], "{at}");
            assert_eq!(fs::read(&file).unwrap(), good);
        }
    }
}

#[test]
fn an_orphan_changed_by_one_character_is_left_alone() {
    let (_, dir) = written(&[("a.rs", "body\n"), ("b.rs", "")]);
    let (wanted, file) = (tree(&[("b.rs", "")]), dir.path().join("a.rs"));
    let good = fs::read(&file).unwrap();
    for at in 0..good.len() {
        fs::write(&file, [&good[..at], b"~", &good[at + 1..]].concat()).unwrap();
        assert_refused(&wanted, dir.path(), &[("a.rs", "is no longer generated, but it was edited")]);
    }
    fs::write(&file, good).unwrap();
    assert_eq!(write(&wanted, dir.path()).unwrap().removed, ["a.rs"]);
}

#[test]
fn nothing_that_codegen_did_not_write_is_changed_and_all_of_it_is_named() {
    let (old, dir) = written(OLD);
    let dir = dir.path();
    put(dir, "src/lib.rs", "mod mine;\n");
    put(dir, "src/copy.rs", old.get("src/same.rs").unwrap());
    put(dir, ".gitignore", "");
    put(dir, "mine/a.rs", "");
    put(dir, "mine/b.rs", "");
    let not_generated = "was not generated";
    let expected = [
        (".gitignore", not_generated),
        ("mine/", not_generated),
        ("src/copy.rs", not_generated),
        ("src/lib.rs", "stands where codegen writes, but codegen did not write it"),
    ];
    assert_refused(&tree(NEW), dir, &expected);
}

#[test]
fn a_directory_full_of_foreign_files_does_not_fill_the_screen() {
    let dir = tempfile::tempdir().unwrap();
    (0..60).for_each(|n| put(dir.path(), &format!("photo-{n}.jpg"), ""));
    let diagnostics = write(&tree(NEW), dir.path()).unwrap_err().diagnostics.0;
    assert_eq!(diagnostics.len(), 51);
    assert_eq!(diagnostics[50].message, "10 more errors are not shown");
}

#[test]
fn what_stands_in_the_way_is_named() {
    let (_, dir) = written(OLD);
    fs::create_dir(dir.path().join("src/lib.rs")).unwrap();
    assert_refused(&tree(NEW), dir.path(), &[("src/lib.rs", "stands where codegen writes, and is neither")]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_directory_is_not_written_through() {
    let (new, dir) = (tree(NEW), tempfile::tempdir().unwrap());
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), dir.path().join("src")).unwrap();
    put(outside.path(), "lib.rs", new.get("src/lib.rs").unwrap());
    assert_refused(&new, dir.path(), &[("src", "stands where codegen writes, and is neither")]);
    assert_eq!(snapshot(outside.path()).len(), 1);
}

#[test]
fn a_directory_that_cannot_be_one_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "file", "mine");
    for out in ["file", "file/below"] {
        let diagnostics = write(&tree(NEW), &dir.path().join(out)).unwrap_err().diagnostics.0;
        assert_eq!(diagnostics[0].file, dir.path().join(out).display().to_string());
    }
    assert_eq!(snapshot(dir.path()), BTreeMap::from([("file".to_owned(), b"mine".to_vec())]));
}

#[test]
fn a_read_only_directory_is_refused_before_the_first_change() {
    let (old, dir) = written(OLD);
    let read_only = |path: &str, read_only: bool| {
        let mut permissions = fs::metadata(dir.path().join(path)).unwrap().permissions();
        permissions.set_readonly(read_only);
        fs::set_permissions(dir.path().join(path), permissions).unwrap();
    };
    for path in ["", "src"] {
        read_only(path, true);
        assert_refused(&tree(NEW), dir.path(), &[(path, "is read-only")]);
        assert_eq!(write(&old, dir.path()).unwrap().untouched, 3, "nothing to do is no reason to refuse");
        read_only(path, false);
    }
    read_only("", true);
    assert!(write(&old, &dir.path().join("new/out")).is_err());
    read_only("", false);
    assert!(!dir.path().join("new").exists());
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_no_directory() {
    let dir = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("out")).unwrap();
    assert_refused(&tree(NEW), &dir.path().join("out"), &[("", "is not a directory")]);
}

#[test]
fn a_staging_folder_with_something_foreign_in_it_is_left_alone() {
    let (_, dir) = written(OLD);
    put(dir.path(), ".typeproof-staging/0.new", "half a fi");
    put(dir.path(), ".typeproof-staging/keep.me", "mine");
    fs::create_dir(dir.path().join(".typeproof-staging/1.new")).unwrap();
    let expected =
        [(".typeproof-staging/1.new", "was not generated"), (".typeproof-staging/keep.me", "was not generated")];
    assert_refused(&tree(NEW), dir.path(), &expected);
}
