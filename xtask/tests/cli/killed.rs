//! Runs that are killed, by the signal that nobody can catch, and runs at once.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::support::{Project, copy, files};

/// How many runs have to be killed while they write before we believe it.
const KILLED: usize = 10;
/// How many of them we want to have met between two files that are put in place. That takes a millisecond, so on a busy
/// machine we may not: then we stop all the same (the library's own tests stop a run at every step).
const MIXED: usize = 3;
/// How many runs are started at most.
const TRIALS: usize = 24;

/// A project of 20 sources; `member` is in all of their types.
fn project(member: &str) -> Project {
    let text = format!("{{\"type\": \"object\", \"properties\": {{\"{member}\": {{\"type\": \"string\"}}}}}}");
    let names: Vec<String> = (0..20).map(|number| format!("m{number}.json")).collect();
    Project::listing(&names.iter().map(|name| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

type Files = BTreeMap<String, Vec<u8>>;

/// What a whole run writes.
fn whole(project: &Project) -> Files {
    project.codegen(&["--out", "whole"]).expect(0);
    files(&project.path("whole"))
}

fn start(project: &Project, options: &[&str]) -> Child {
    project.command(options).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Numbers that look random, the same ones each time (a linear congruential generator, Knuth's constants).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Waits until `reached`, or the run has ended. Without a pause: what is waited for takes less than one.
fn wait(run: &mut Child, reached: impl Fn() -> bool) {
    while !reached() && run.try_wait().unwrap().is_none() {}
}

#[test]
fn a_killed_run_tears_nothing_is_found_out_and_is_completed() {
    let (before, after) = (project("old"), project("new"));
    let (old, new) = (whole(&before), whole(&after));
    let changed = new.iter().filter(|(path, bytes)| old.get(*path) != Some(bytes)).count();
    assert!(old.keys().eq(new.keys()) && changed > 20);
    let fresh = || {
        fs::remove_dir_all(after.path("out")).unwrap_or_default();
        copy(&before.path("whole"), &after.path("out"));
    };

    let (mut random, mut killed, mut mixed) = (Random(7), 0, 0);
    for trial in 0..TRIALS {
        fresh();
        let mut run = start(&after, &[]);
        // While the new files are staged, which takes long, or while they are put in place, which does not.
        let staged = |number: usize| after.path(&format!("out/.typeproof-staging/{number}.new")).exists();
        let (last, placing) = (random.below(changed), trial % 2 == 0);
        wait(&mut run, || staged(if placing { changed - 1 } else { last }));
        if placing {
            wait(&mut run, || !staged(0));
        }
        sleep(Duration::from_micros(random.below(500) as u64));
        run.kill().unwrap();
        let ended = run.wait().unwrap().signal().is_none();

        let mut found = files(&after.path("out"));
        let staged: Vec<String> =
            found.keys().filter(|path| path.starts_with(".typeproof-staging/")).cloned().collect();
        staged.iter().for_each(|path| drop(found.remove(path)));
        let of_either =
            |(path, bytes): (&String, &Vec<u8>)| old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
        assert!(found.keys().eq(new.keys()) && found.iter().all(of_either), "a file is torn or gone");

        let check = after.codegen(&["--check", "--quiet"]);
        let is_new = found == new;
        if after.path("out/.typeproof-staging").exists() {
            assert!(!ended);
            killed += 1;
            mixed += usize::from(!is_new && found != old);
            let unfinished = ("a run of codegen has not finished", "out/.typeproof-staging/");
            assert!(check.code == 1 && check.findings().contains(&unfinished), "{check:?}");
        } else {
            assert_eq!(check.code, i32::from(!is_new), "{check:?}");
        }
        after.codegen(&[]).expect(0);
        after.codegen(&["--check"]).expect(0);
        assert!(files(&after.path("out")) == new, "what was begun is not completed");
        if killed >= KILLED && mixed >= MIXED {
            break;
        }
    }
    assert!(killed >= KILLED, "of {TRIALS} runs {killed} were killed while they wrote");
}

#[test]
fn runs_at_once_on_one_directory_give_what_one_run_gives() {
    let (one, other) = (project("one"), project("other"));
    let (of_one, of_other) = (whole(&one), whole(&other));
    let out = one.path("out").display().to_string();
    for round in 0..4 {
        fs::remove_dir_all(&out).unwrap_or_default();
        if round % 2 == 1 {
            copy(&other.path("whole"), &one.path("out"));
        }
        let runs = [start(&one, &[]), start(&one, &[]), start(&other, &["--out", &out])];
        assert!(runs.into_iter().all(|mut run| run.wait().unwrap().success()));
        let found = files(&one.path("out"));
        assert!(found == of_one || found == of_other, "two runs mixed: {:?}", found.keys());
        assert_eq!(one.codegen(&["--check"]).code, i32::from(found != of_one));
    }
}
