//! Single files, put beside others.

use std::cell::Cell;
use std::io;

use super::super::put::{put, put_through};
use super::super::steps::Step;
use super::*;

fn files() -> Files {
    let new = |path: &str| (path.to_owned(), Some(b"new".to_vec()));
    vec![new("deep/er/a.json"), new("b.json"), ("old/c.json".to_owned(), None), new("manifest.toml")]
}

/// What stands there before.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for path in ["b.json", "old/c.json", "manifest.toml", "ours/notes.txt"] {
        super::put(dir.path(), path, "old");
    }
    dir
}

#[test]
fn files_are_put_in_place_and_all_else_stays() {
    let dir = folder();
    assert_eq!(put(dir.path(), || Ok(("told", files()))), Ok("told"));
    let found = snapshot(dir.path());
    let text = |path: &str| String::from_utf8_lossy(&found[path]);
    let expected = ["b.json", "deep/", "deep/er/", "deep/er/a.json", "manifest.toml", "ours/", "ours/notes.txt"];
    assert!(found.keys().eq(expected), "{found:?}");
    assert_eq!([text("deep/er/a.json"), text("manifest.toml"), text("ours/notes.txt")], ["new", "new", "old"]);
}

#[test]
fn a_run_stopped_at_any_step_tears_nothing_and_the_next_one_completes_it() {
    let whole = folder();
    put(whole.path(), || Ok(((), files()))).unwrap();
    let (before, after) = (snapshot(folder().path()), snapshot(whole.path()));
    for steps in 0.. {
        let dir = folder();
        let mut left = steps;
        let ended = put_through(dir.path(), || Ok(((), files())), &mut |step| {
            if left == 0 {
                if let Step::Stage { at, bytes } = step {
                    fs::write(at, &bytes[..1])?;
                }
                return Err(io::Error::other("killed"));
            }
            left -= 1;
            Ok(())
        });
        let found = snapshot(dir.path());
        if ended.is_ok() {
            assert_eq!(found, after);
            assert!(steps > 10, "only {steps} steps");
            return;
        }
        let manifest_is_new = found["manifest.toml"] == b"new";
        for (path, bytes) in found.iter().filter(|(path, _)| !path.starts_with(staging::FOLDER)) {
            assert!(before.get(path) == Some(bytes) || after.get(path) == Some(bytes), "{path} is torn after {steps}");
            assert!(
                !manifest_is_new || path == "old/" || after.get(path) == Some(bytes),
                "{path} comes after the manifest"
            );
        }
        put(dir.path(), || Ok(((), files()))).unwrap();
        assert_eq!(snapshot(dir.path()), after, "not completed after {steps}");
    }
}

#[test]
fn what_is_found_wrong_when_the_directory_is_ours_alone_changes_nothing() {
    let dir = folder();
    let before = snapshot(dir.path());
    let asked = Cell::new(0);
    let stopped = put(dir.path(), || {
        asked.set(asked.get() + 1);
        match asked.get() {
            1 => Ok(((), files())),
            _ => Err(Diagnostic::error("manifest.toml", "has been changed by another run").into()),
        }
    });
    assert!(stopped.is_err_and(|stopped| !stopped.midway));
    assert_eq!((snapshot(dir.path()), asked.get()), (before, 2));
}
