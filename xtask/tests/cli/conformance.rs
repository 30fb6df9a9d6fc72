//! `conformance` on small suites of our own, with what a type cannot agree with among them.

use std::process::Command;

use crate::support::{Project, Run, repository, xtask};

/// Tests with which every type agrees that is what its schema says.
const RIGHT: &str = r#"[
    {"description": "a type", "schema": {"type": "string"}, "tests": [
        {"description": "a text", "data": "x", "valid": true},
        {"description": "a number", "data": 1, "valid": false}
    ]},
    {"description": "no type", "schema": {"minLength": 2}, "tests": [
        {"description": "short", "data": "x", "valid": false},
        {"description": "another type", "data": 1, "valid": true}
    ]}
]"#;

/// A file of the official suite with tests that are excluded: more than an `i64` holds is a limit of representation.
const BIGNUM: &str = r#"[
    {"description": "integer", "schema": {"type": "integer"}, "tests": [
        {"description": "a bignum is an integer", "data": 12345678910111213141516171819202122232425262728293031, "valid": true},
        {"description": "a negative bignum is an integer", "data": -12345678910111213141516171819202122232425262728, "valid": true}
    ]}
]"#;

/// A suite with these files of tests for draft 2020-12, the one with what is excluded, and a remote that nothing refers to.
fn suite(files: &[(&str, &str)]) -> Project {
    let project = Project::listing(&[]);
    project.put("suite/tests/draft2020-12/optional/bignum.json", BIGNUM);
    files.iter().for_each(|(name, text)| project.put(&format!("suite/tests/draft2020-12/{name}"), text));
    project.put("suite/remotes/integer.json", r#"{"type": "integer"}"#);
    project
}

/// The command for the suite of `project`. What it builds, it builds where the repository's own probes are.
fn conformance(project: &Project, options: &[&str]) -> Command {
    let arguments = ["conformance", "--suite", "suite", "--draft", "draft2020-12", "--offline"];
    let mut command = xtask(project.root(), &[&arguments, options].concat());
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), Into::into);
    command.env("CARGO_TARGET_DIR", target);
    command
}

/// The numbers in the row of `name`, in the table of the draft: without the shares.
fn row(run: &Run, name: &str) -> Vec<String> {
    let row = run.stdout.lines().find(|line| line.ends_with(&format!("  {name}"))).unwrap_or_else(|| panic!("{run:?}"));
    let words = row.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_digit()));
    words.map(str::to_owned).collect()
}

#[test]
fn agreement_is_counted_by_file_and_tier_and_ends_with_0() {
    let project = suite(&[("type.json", RIGHT)]);
    let run = Run::of(&mut conformance(&project, &[])).expect(0);
    // Groups, tests, agree, excluded, then how many native.
    assert_eq!(row(&run, "type.json")[..5], ["2", "4", "4", "0", "1"]);
    assert_eq!(row(&run, "optional/bignum.json")[..5], ["1", "2", "0", "2", "1"]);
    assert_eq!(row(&run, "total")[..5], ["3", "6", "4", "2", "2"]);
    assert!(run.stdout.ends_with("4 of 6 tests agree, 2 excluded; nothing disagrees.\n"), "{}", run.stdout);
}

#[test]
fn with_types_added_the_validator_says_what_is_expected() {
    let project = suite(&[("type.json", RIGHT)]);
    let run = Run::of(&mut conformance(&project, &["--typed"])).expect(0);
    // "another type" is now refused, no group is left to a validator, and none is proved once more.
    // The columns after these: checked, opaque, proved, undecided, refuted.
    assert_eq!(row(&run, "type.json"), ["2", "4", "4", "0", "1", "1", "0", "0", "0", "0"]);
}

#[test]
fn what_disagrees_is_listed_and_hides_nothing_else() {
    let wrong = r#"[
        {"description": "a lie", "schema": {"type": "string"}, "tests": [
            {"description": "a number", "data": 1.50, "valid": true},
            {"description": "a text", "data": "x", "valid": true}
        ]},
        {"description": "a schema that leads nowhere", "schema": {"$ref": "https://example.com/nowhere"}, "tests": [
            {"description": "anything", "data": 1, "valid": true}
        ]}
    ]"#;
    let project = suite(&[("type.json", RIGHT), ("wrong.json", wrong)]);
    let run = Run::of(&mut conformance(&project, &[])).expect(1);
    assert_eq!(row(&run, "wrong.json")[..3], ["2", "3", "1"]);
    assert_eq!(row(&run, "type.json")[..3], ["2", "4", "4"]);
    let lie = "wrong.json: a lie: a number: valid by the suite\n  refused 1.50: ";
    let nowhere =
        "wrong.json: a schema that leads nowhere: is not generated; all its tests disagree\n  error: #/$ref: ";
    assert!(run.stdout.contains(lie) && run.stdout.contains(nowhere), "{}", run.stdout);
    assert!(run.stdout.ends_with("5 of 9 tests agree, 2 excluded; 2 disagreements.\n"), "{}", run.stdout);
}

#[test]
fn schemas_that_claim_one_uri_do_not_disturb_each_other() {
    let group = |name: &str, of: &str, valid: &str| {
        format!(
            r##"{{"description": "{name}", "schema": {{"$id": "https://example.com/it", "type": "{of}"}}, "tests": [
                {{"description": "one", "data": 1, "valid": {valid}}}]}}"##
        )
    };
    let text = format!("[{},{}]", group("first", "integer", "true"), group("second", "string", "false"));
    let project = suite(&[("id.json", &text)]);
    assert_eq!(row(&Run::of(&mut conformance(&project, &[])).expect(0), "id.json")[..3], ["2", "2", "2"]);
}

#[test]
fn an_exclusion_that_is_needed_no_more_is_a_disagreement() {
    let project = suite(&[("type.json", RIGHT)]);
    project.edit(
        "suite/tests/draft2020-12/optional/bignum.json",
        "12345678910111213141516171819202122232425262728293031",
        "1",
    );
    project.edit("suite/tests/draft2020-12/optional/bignum.json", "a negative bignum", "a negative number");
    let run = Run::of(&mut conformance(&project, &[])).expect(1);
    for said in [
        "integer: a bignum is an integer: agrees, but is excluded\n",
        "integer: a negative bignum is an integer: is excluded, but the suite has no such test\n",
        "integer: a negative number is an integer: valid by the suite\n",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
}

#[test]
fn a_suite_that_cannot_be_read_is_told_with_exit_code_2() {
    let broken = suite(&[("a.json", "[{}]"), ("b.json", "nonsense")]);
    let empty = Project::listing(&[]);
    empty.put("suite/tests/draft2020-12/README.md", "");
    let absent = Project::listing(&[]);
    let said: [(&Project, &[&str]); 3] = [
        (
            &broken,
            &["tests/draft2020-12/a.json: is no file of tests", "tests/draft2020-12/b.json: is no file of tests"],
        ),
        (&empty, &["tests/draft2020-12: has no tests"]),
        (&absent, &["tests/draft2020-12: cannot be read", "JSON-Schema-Test-Suite"]),
    ];
    for (project, words) in said {
        let run = Run::of(&mut conformance(project, &[])).expect(2);
        words.iter().for_each(|word| assert!(run.stderr.contains(word), "{word}\n{}", run.stderr));
        assert_eq!(run.stdout, "");
    }
}
