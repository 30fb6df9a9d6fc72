//! Generating types leaves a caller's panics alone: what it silences of typify's, it silences for itself.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails by panicking says where")]

mod harness;

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

static HEARD: AtomicUsize = AtomicUsize::new(0);

#[test]
fn panics_are_heard_after_many_generations_side_by_side() {
    panic::set_hook(Box::new(|_| {
        HEARD.fetch_add(1, Ordering::Relaxed);
    }));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let folder = TempDir::new().expect("a folder");
                let schema = ("it".to_owned(), r#"{"type": "string"}"#.to_owned());
                (0..50)
                    .for_each(|_| drop(harness::sources::generated(folder.path(), std::slice::from_ref(&schema), "")));
            });
        }
    });
    let before = HEARD.load(Ordering::Relaxed);
    assert!(panic::catch_unwind(|| panic!("of the caller")).is_err());
    let heard = HEARD.load(Ordering::Relaxed) - before;
    drop(panic::take_hook());
    assert_eq!(heard, 1);
}
