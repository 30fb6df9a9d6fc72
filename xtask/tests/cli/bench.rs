//! What `bench` says where it has nothing to measure. What it measures takes minutes, and is for people.

use crate::support::{Run, repository, xtask};

#[test]
fn what_has_no_data_is_named_with_where_to_get_it() {
    let run = |arguments: &[&str]| Run::of(xtask(&repository(), arguments).env_remove("TYPEPROOF_CORPUS"));
    let here = run(&["bench", "--only", "plans", "check", "check-kong"]).expect(0);
    assert_eq!(here.stdout, "measured  against      ours    theirs  ratio\n");
    let lines: Vec<&str> = here.stderr.lines().collect();
    let [metering, kong] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(
        metering.starts_with("did not run: plans, check: needs metering-and-billing-v3-2026-07-01.yaml of "),
        "{metering}"
    );
    assert!(kong.starts_with("did not run: check-kong: needs the folder json-schema of "), "{kong}");
    assert!(
        lines.iter().all(|line| line.ends_with(" in the folder that --corpus or TYPEPROOF_CORPUS names")),
        "{lines:?}"
    );
}

#[test]
fn what_is_not_measured_is_told_by_what_is() {
    let run = Run::of(&mut xtask(&repository(), &["bench", "--only", "plan"])).expect(2);
    assert!(run.stderr.contains("a similar value exists: 'plans'"), "{}", run.stderr);
}
