use super::super::survey::survey_up_to;
use super::*;

const WANTED: &[(&str, &str)] =
    &[("Cargo.toml", "[package]\n"), ("src/a.rs", "one\ntwo\n"), ("src/lib.rs", "mod a;\n")];

fn written() -> (Tree, tempfile::TempDir) {
    let (tree, dir) = (tree(WANTED), tempfile::tempdir().unwrap());
    write(&tree, dir.path()).unwrap();
    assert_eq!(differences(&tree, dir.path()), [""; 0]);
    (tree, dir)
}

#[test]
fn every_kind_of_difference_is_named_and_nothing_is_changed() {
    let (_, dir) = written();
    let dir = dir.path();
    let wanted = tree(&[("Cargo.toml", "[package]\n"), ("src/a.rs", "1\n"), ("src/b/c.rs", ""), ("src/d.rs", "")]);
    put(dir, "old/mod.rs", tree(&[("old/mod.rs", "")]).get("old/mod.rs").unwrap());
    put(dir, "src/lib.rs", [fs::read(dir.join("src/lib.rs")).unwrap(), b"// mine\n".to_vec()].concat());
    put(dir, ".hidden", "");
    put(dir, "notes/deep/er.txt", "");
    put(dir, "src/b", "");
    put(dir, ".typeproof-staging/lock", "");
    put(dir, ".typeproof-staging/0.new", "half a fi");
    fs::create_dir_all(dir.join("src/d.rs")).unwrap();
    fs::create_dir_all(dir.join("empty/er")).unwrap();
    let before = snapshot(dir);
    assert_eq!(
        differences(&wanted, dir),
        [
            "not generated: .hidden",
            "a run of codegen has not finished: .typeproof-staging/",
            "holds nothing that is generated: empty/",
            "holds nothing that is generated: empty/er/",
            "not generated: notes/",
            "holds nothing that is generated: old/",
            "no longer generated: old/mod.rs",
            "changed: src/a.rs",
            "in the way of something generated: src/b",
            "missing: src/b/c.rs",
            "in the way of something generated: src/d.rs",
            "no longer generated, but edited since: src/lib.rs",
        ]
    );
    assert_eq!(snapshot(dir), before);
}

#[test]
fn a_directory_that_does_not_exist_lacks_every_file() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("not/yet");
    assert_eq!(differences(&tree(WANTED), &out), ["missing: Cargo.toml", "missing: src/a.rs", "missing: src/lib.rs"]);
    assert!(!dir.path().join("not").exists());
}

#[test]
fn a_file_that_codegen_did_not_write_is_not_called_changed() {
    let (tree, dir) = written();
    put(dir.path(), "src/lib.rs", "mod mine;\n");
    let [difference] = &compare(&tree, dir.path()).unwrap()[..] else { panic!() };
    assert!(difference.needs_hand());
    let shown = difference.below(dir.path());
    let path = dir.path().join("src/lib.rs").display().to_string();
    assert!(shown.starts_with(&format!("not generated, where a generated file belongs: {path}\n--- {path}\n")));
    assert!(shown.contains("\n-mod mine;"), "{shown}");
}

#[test]
fn a_directory_with_more_in_it_than_the_limit_is_not_read_to_its_end() {
    let (tree, dir) = written();
    // Three files and `src`.
    assert_eq!(survey_up_to(4, &tree, dir.path()).map(|found| found.len()), Ok(3));
    let refused = survey_up_to(3, &tree, dir.path()).unwrap_err().0;
    assert!(refused[0].message.starts_with("holds more than 3 files and folders"), "{refused:?}");
}

#[test]
fn a_file_in_place_of_the_directory_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "file", "");
    for out in ["file", "file/below"] {
        let diagnostics = compare(&tree(WANTED), &dir.path().join(out)).unwrap_err().0;
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].file, dir.path().join(out).display().to_string());
    }
}

#[test]
fn what_cargo_leaves_in_a_package_is_no_difference() {
    let (tree, dir) = written();
    put(dir.path(), "Cargo.lock", "version = 4\n");
    put(dir.path(), "target/CACHEDIR.TAG", "");
    put(dir.path(), "target/debug/libkong.rlib", "");
    assert_eq!(differences(&tree, dir.path()), [""; 0]);
    // Only where cargo leaves it, and only what is cargo's.
    put(dir.path(), "src/target/CACHEDIR.TAG", "");
    put(dir.path(), "src/Cargo.lock", "");
    fs::remove_file(dir.path().join("target/CACHEDIR.TAG")).unwrap();
    let expected = ["not generated: src/Cargo.lock", "not generated: src/target/", "not generated: target/"];
    assert_eq!(differences(&tree, dir.path()), expected);
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed_and_a_special_file_never_opened() {
    let (tree, dir) = written();
    let elsewhere = tempfile::tempdir().unwrap();
    put(elsewhere.path(), "lib.rs", tree.get("src/lib.rs").unwrap());
    put(elsewhere.path(), "a.rs", tree.get("src/a.rs").unwrap());
    fs::remove_dir_all(dir.path().join("src")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("src")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("lib.rs"), dir.path().join("link.rs")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket")).unwrap();
    let expected = [
        "not generated: link.rs",
        "not generated: socket",
        "in the way of something generated: src",
        "missing: src/a.rs",
        "missing: src/lib.rs",
    ];
    assert_eq!(differences(&tree, dir.path()), expected);
}

fn diff_of(found: &[u8], wanted: &str) -> String {
    let (tree, dir) = (tree(&[("a.rs", wanted)]), tempfile::tempdir().unwrap());
    let header = tree.get("a.rs").unwrap().strip_suffix(wanted.as_bytes()).unwrap();
    put(dir.path(), "a.rs", [header, found].concat());
    match compare(&tree, dir.path()).unwrap().remove(0) {
        Difference::StaleFile { diff, .. } => diff.replace(&dir.path().join("a.rs").display().to_string(), "a.rs"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_diff_goes_from_what_is_there_to_what_codegen_writes() {
    let lines =
        |changed: &str| (1..=9).map(|n| format!("{}\n", if n == 5 { changed } else { "same" })).collect::<String>();
    let diff = diff_of(lines("theirs").as_bytes(), &lines("ours"));
    let expected = "--- a.rs\n+++ a.rs\tas codegen writes it\n@@ -7,7 +7,7 @@\n same\n same\n same\n-theirs\n+ours\n same\n same\n same\n";
    assert_eq!(diff, expected);
    assert!(diff_of(b"x", "x\n").contains("No newline at end of file"));
}

#[test]
fn a_diff_shows_control_characters_and_steers_no_terminal() {
    let diff = diff_of(b"a\r\n\x1b[2J\n", "a\n");
    assert!(diff.contains("-a\\r\n") && diff.contains("-\\u{1b}[2J\n"), "{diff}");
    assert!(!diff.contains(['\r', '\u{1b}']), "{diff}");
}

#[test]
fn a_diff_without_end_is_cut_and_says_so() {
    let many = |word: &str, n: usize| (0..n).map(|n| format!("{word} {n}\n")).collect::<String>();
    let diff = diff_of(many("theirs", 300).as_bytes(), &many("ours", 300));
    assert_eq!(diff.lines().count(), 201);
    // Three lines of header, three of context, 600 of difference.
    assert_eq!(diff.lines().last().unwrap(), "… and 406 more lines");
    let diff = diff_of(many("theirs", 20_000).as_bytes(), &many("ours", 20_000));
    assert!(diff.contains("unlike from line 6 on, and too much of it for a diff"), "{diff}");
}

#[test]
fn bytes_that_are_no_text_have_no_diff() {
    let diff = diff_of(b"\xff\x00", "text\n");
    assert!(diff.contains("not UTF-8"), "{diff}");
}
