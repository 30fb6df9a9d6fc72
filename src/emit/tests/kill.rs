//! Runs that are killed, and runs at once.

use std::io;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::steps::Step;
use super::super::write::{write, write_through};
use super::*;

fn old() -> Tree {
    tree(&[("Cargo.toml", "old\n"), ("src/gone/deep/x.rs", "x\n"), ("src/a.rs", "old\n"), ("src/same.rs", "same\n")])
}

fn new() -> Tree {
    let files = ["Cargo.toml", "src/a.rs", "src/lib.rs", "src/kong/mod.rs", "src/kong/b.rs", "src/same.rs"];
    tree(&files.map(|path| (path, if path == "src/same.rs" { "same\n" } else { "new\n" })))
}

/// Writes `tree` until `steps` steps are taken and no more of them, as if killed then; in the middle of the next one
/// if that is staging. Says whether the run came to its end.
fn write_killed_after(tree: &Tree, dir: &Path, steps: usize) -> bool {
    let mut left = steps;
    let result = write_through(tree, dir, &mut |step| {
        if left == 0 {
            if let Step::Stage { at, bytes } = step {
                let _ = fs::write(at, &bytes[..bytes.len() / 2]);
            }
            return Err(io::Error::other("killed"));
        }
        left -= 1;
        Ok(())
    });
    result.is_ok()
}

/// Kills a run from what `prepare` makes of a directory at every step, and checks what a killed run promises. Gives
/// the number of steps.
fn kill_everywhere(prepare: impl Fn(&Path)) -> usize {
    let fresh = || {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        prepare(&out);
        (dir, out)
    };
    let (_dir, out) = fresh();
    let before = snapshot(&out);
    write(&new(), &out).unwrap();
    let after = snapshot(&out);

    for steps in 0.. {
        let (_dir, out) = fresh();
        if write_killed_after(&new(), &out, steps) {
            assert_eq!(snapshot(&out), after);
            return steps;
        }
        let killed = snapshot(&out);
        for (path, bytes) in killed.iter().filter(|(path, _)| !path.starts_with(staging::FOLDER)) {
            assert!(before.get(path) == Some(bytes) || after.get(path) == Some(bytes), "{path} is torn after {steps}");
        }
        let differences = differences(&new(), &out);
        assert!(!differences.is_empty(), "after {steps}");
        if killed != before {
            let unfinished = "a run of codegen has not finished: .typeproof-staging/".to_owned();
            assert!(differences.contains(&unfinished), "after {steps}: {differences:?}");
        }
        write(&new(), &out).unwrap();
        assert_eq!(snapshot(&out), after, "completed after {steps}");
    }
    unreachable!("a run ends")
}

#[test]
fn a_run_killed_at_any_step_tears_nothing_and_is_completed_by_the_next() {
    // Six files are staged and placed in an empty directory; five, with as many removals, where the old tree is.
    assert!(kill_everywhere(|_| {}) > 2 * 6);
    assert!(kill_everywhere(|out| drop(write(&old(), out).unwrap())) > 2 * 5);
}

#[test]
fn a_run_killed_again_and_again_is_completed_in_the_end() {
    let dir = tempfile::tempdir().unwrap();
    write(&old(), dir.path()).unwrap();
    let kills = (0..).take_while(|steps| !write_killed_after(&new(), dir.path(), *steps)).count();
    assert!(kills > 5, "{kills}");
    assert_eq!(differences(&new(), dir.path()), [""; 0]);
}

#[test]
fn a_disk_that_fails_before_anything_is_in_place_leaves_the_directory_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    write(&old(), dir.path()).unwrap();
    let before = snapshot(dir.path());
    let full = |step: &Step<'_>| match step {
        Step::Stage { at, .. } if at.ends_with("3.new") => Err(io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    };
    let Stopped { diagnostics, midway } = write_through(&new(), dir.path(), &mut { full }).unwrap_err();
    assert!(diagnostics.0[0].file.ends_with("3.new") && diagnostics.0[0].message.starts_with("cannot write: "));
    assert!(!midway);
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn a_disk_that_fails_when_files_are_in_place_is_told_from_one_that_fails_before() {
    let dir = tempfile::tempdir().unwrap();
    write(&old(), dir.path()).unwrap();
    let fails = |step: &Step<'_>| match step {
        Step::Place { to, .. } if to.ends_with("Cargo.toml") => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
        _ => Ok(()),
    };
    let stopped = write_through(&new(), dir.path(), &mut { fails }).unwrap_err();
    assert!(stopped.midway, "{stopped:?}");
}

#[test]
fn files_are_put_in_place_before_those_that_mention_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut placed = Vec::new();
    write_through(&new(), dir.path(), &mut |step| {
        if let Step::Place { to, .. } = step {
            placed.push(to.strip_prefix(dir.path()).unwrap().to_str().unwrap().to_owned());
        }
        Ok(())
    })
    .unwrap();
    let expected = ["src/kong/b.rs", "src/kong/mod.rs", "src/a.rs", "src/same.rs", "src/lib.rs", "Cargo.toml"];
    assert_eq!(placed, expected);
}

#[test]
fn no_file_is_put_in_place_before_all_are_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let mut steps = String::new();
    write_through(&new(), dir.path(), &mut |step| {
        steps.push_str(match step {
            Step::Stage { .. } => "s",
            Step::Flush(_) => "f",
            Step::Place { .. } => "p",
            _ => "",
        });
        Ok(())
    })
    .unwrap();
    assert_eq!(steps, ["s", "f", "p"].map(|step| step.repeat(6)).concat());
}

#[test]
fn a_run_that_begins_while_another_is_at_work_waits_and_has_the_last_word() {
    let is_locked = |dir: &Path| dir.join(staging::FOLDER).join("0.new").exists();
    let steps = kill_everywhere(|_| {});
    let mut met = 0;
    for begins_at in 0..steps {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        std::thread::scope(|scope| {
            let (mut step, mut second) = (0, None);
            let mut locked = false;
            write_through(&new(), dir, &mut |_| {
                if step == begins_at {
                    locked = is_locked(dir);
                    second = Some(scope.spawn(|| write(&old(), dir)));
                }
                step += 1;
                Ok(())
            })
            .unwrap();
            second.unwrap().join().unwrap().unwrap();
            let (found, old, new) = (differences(&old(), dir), old().0, new().0);
            let files: BTreeMap<_, _> = snapshot(dir).into_iter().filter(|(path, _)| !path.ends_with('/')).collect();
            assert!(files == old || files == new, "two runs mixed: {found:?}");
            if locked {
                met += 1;
                assert_eq!(found, [""; 0], "the second run began at step {begins_at}");
            }
        });
    }
    assert!(met > 6, "{met}");
}

#[test]
fn runs_at_once_do_not_mix() {
    let trees: Vec<Tree> = (0..4)
        .map(|n| {
            let paths: Vec<String> = (0..12).map(|file| format!("src/{}/f{}.rs", file % (n + 2), file + n)).collect();
            let body = format!("of {n}\n");
            tree(&paths.iter().map(|path| (path.as_str(), body.as_str())).collect::<Vec<_>>())
        })
        .collect();
    for _ in 0..4 {
        let dir = tempfile::tempdir().unwrap();
        let barrier = Barrier::new(trees.len());
        std::thread::scope(|scope| {
            let run = |tree| {
                barrier.wait();
                write(tree, dir.path()).map(drop)
            };
            let runs: Vec<_> = trees.iter().map(|tree| scope.spawn(move || run(tree))).collect();
            for run in runs {
                assert_eq!(run.join().unwrap(), Ok(()));
            }
        });
        let left = trees.iter().filter(|tree| compare(tree, dir.path()).unwrap().is_empty()).count();
        assert_eq!(left, 1, "the directory is one of the trees: {:?}", snapshot(dir.path()).keys());
    }
}

#[test]
fn a_run_outlives_what_others_do_to_the_staging_folder_when_they_come_and_go() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(staging::FOLDER);
    let mut removed = false;
    write_through(&new(), dir.path(), &mut |step| match step {
        // Another run ends, and takes the folder with it.
        Step::CreateLock(_) if !removed => {
            removed = true;
            fs::remove_dir(&folder)
        }
        // Another run comes in, now that the lock's name is free.
        Step::RemoveDirectory(path) if *path == folder => fs::write(path.join("lock"), ""),
        _ => Ok(()),
    })
    .unwrap();
    assert!(removed);
    assert_eq!(differences(&new(), dir.path()), ["a run of codegen has not finished: .typeproof-staging/"]);
}

#[test]
fn comparing_while_runs_are_at_work_never_fails() {
    let dir = tempfile::tempdir().unwrap();
    let at_work = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for tree in [old(), new()].iter().cycle().take(6) {
                write(tree, dir.path()).unwrap();
            }
            at_work.store(false, Ordering::Release);
        });
        while at_work.load(Ordering::Acquire) {
            compare(&new(), dir.path()).unwrap();
        }
    });
}
