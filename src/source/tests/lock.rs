//! `names.lock` beside a manifest: what it says, and what is wrong with it.

use std::fs;

use super::Folder;

fn folder(lock: &[u8]) -> Folder {
    let folder = Folder::listing(&[("a.json", b"{}")]);
    fs::write(folder.0.path().join("names.lock"), lock).unwrap();
    folder
}

#[test]
fn a_lock_says_what_it_says_and_is_written_sorted() {
    let text = "# any\r\n\r\nb.json#/x -> y -> b::Ä\r\na.json# with c -> a::Type (else Root)\n";
    let lock = folder(text.as_bytes()).load().unwrap_or_else(|error| panic!("{error}")).lock;
    let text = lock.text();
    let lines: Vec<&str> = text.lines().collect();
    let head =
        "# The Rust path of each type, by the place of its schema. A type keeps its name when the schemas change.";
    assert_eq!(lines[0], head);
    assert_eq!(lines[2..], ["", "a.json# with c -> a::Type (else Root)", "b.json#/x -> y -> b::Ä"]);
    assert_eq!(folder(text.as_bytes()).load().unwrap_or_else(|error| panic!("{error}")).lock.text(), text);
}

#[test]
fn every_fault_of_a_lock_is_told() {
    let lock = "# head\n\
                a.json# - a::Root\n\
                a.json#/a -> Root\n\
                 -> a::Root\n\
                a.json#/b -> a::B (else C\n\
                a.json#/c -> a::b\n\
                a.json#/d -> a::Self\n\
                a.json#/e -> a::E-E\n\
                a.json#/f -> a::r#Type\n\
                a.json#/g -> a::G (else 1)\n\
                a.json#/ä -> a::e\u{301}\n\
                a.json#/h -> a::E\u{301}\n\
                a.json#/i -> a::I\n\
                a.json#/i -> a::J\n\
                b.json#/k -> a::I\n\
                b.json#/l -> b::I\n";
    let line = "the line is not `PLACE -> module::Type`";
    assert_eq!(
        folder(lock.as_bytes()).failure(),
        [
            format!("error: names.lock:2:1: {line}"),
            format!("error: names.lock:3:1: {line}"),
            format!("error: names.lock:4:1: {line}"),
            format!("error: names.lock:5:1: {line}"),
            "error: names.lock:6:14: `b` is not a name for a Rust type".to_owned(),
            "error: names.lock:7:14: `Self` is not a name for a Rust type".to_owned(),
            "error: names.lock:8:14: `E-E` is not a name for a Rust type".to_owned(),
            "error: names.lock:9:14: `r#Type` is not a name for a Rust type".to_owned(),
            "error: names.lock:10:14: `1` is not a name for a Rust type".to_owned(),
            "error: names.lock:11:14: `e\u{301}` is not a name for a Rust type".to_owned(),
            "error: names.lock:12:14: `E\u{301}` is not a name for a Rust type".to_owned(),
            "error: names.lock:14:1: the place has two names: lines 13 and 14".to_owned(),
            "error: names.lock:15:14: `a::I` is two types: lines 13 and 15".to_owned(),
        ]
    );
}

#[test]
fn a_conflict_of_a_merge_is_told_once_and_what_is_around_it_is_read() {
    let lock = "a.json# -> a::A\n<<<<<<< HEAD\na.json#/b -> a::B\n||||||| base\n=======\na.json#/b -> a::C\n>>>>>>> other\na.json#/d\n\
                <<<<<<< HEAD\n";
    assert_eq!(
        folder(lock.as_bytes()).failure(),
        [
            "error: names.lock:2:1: a conflict of a merge begins here",
            "error: names.lock:8:1: the line is not `PLACE -> module::Type`",
            "error: names.lock:9:1: a conflict of a merge begins here",
        ]
    );
    let rest = "a.json#/b -> a::B\n=======\na.json#/b -> a::C\n>>>>>>> other\n";
    assert_eq!(
        folder(rest.as_bytes()).failure(),
        [
            "error: names.lock:2:1: the line is not `PLACE -> module::Type`",
            "error: names.lock:3:1: the place has two names: lines 1 and 3",
            "error: names.lock:4:1: the line is not `PLACE -> module::Type`",
        ]
    );
}

#[test]
fn a_lock_that_is_no_text_or_no_file_is_told() {
    assert_eq!(folder(b"a\n\xff").failure(), ["error: names.lock:2:1: byte 2 (counted from 0) is not UTF-8"]);
    let folder = Folder::listing(&[("a.json", b"{}")]);
    fs::create_dir(folder.0.path().join("names.lock")).unwrap();
    assert_eq!(folder.failure(), ["error: names.lock: is a folder, not a file"]);
}
