//! What people see of a run while it goes on, and of what it was about at its end.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::support::{Project, Run, SCHEMAS, repository, xtask};

/// The stages of `codegen`, a line each.
const STAGES: &str = "reading the sources …\ndeciding what Rust can say …\nasking typify …\nmaking the crate's text …\n\
                      comparing it with what is there …\n";

/// The command that proves `project`. What it builds, it builds where the repository's own probes are.
fn prove(project: &Project, options: &[&str]) -> Command {
    let arguments = ["prove", "--manifest", "schemas/manifest.toml", "--values", "10", "--offline"];
    let mut command = xtask(project.root(), &[&arguments, options].concat());
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), Into::into);
    command.env("CARGO_TARGET_DIR", target);
    command
}

#[test]
fn where_there_is_no_terminal_each_stage_is_a_line_beside_the_results() {
    let project = Project::listing(SCHEMAS);
    let run = project.codegen(&[]).expect(0);
    assert_eq!(run.stderr, STAGES);
    assert!(!run.stdout.contains('…') && !run.stdout.contains('\u{1b}'), "{run:?}");
    assert_eq!(project.codegen(&["--check", "--afresh"]).expect(0).stderr, STAGES);
    // Nothing has changed since.
    let remembered = "reading the sources …\ncomparing it with what is there …\n";
    assert_eq!(project.codegen(&["--check"]).expect(0).stderr, remembered);
    // As far as it came, then the errors.
    project.put("schemas/b.json", "[]");
    project.list(&["a.json", "b.json"]);
    let run = project.codegen(&[]).expect(2);
    assert!(run.stderr.starts_with("reading the sources …\nerror: "), "{run:?}");
    let run = project.codegen(&["--quiet"]).expect(2);
    assert!(run.stderr.starts_with("error: ") && run.stdout.is_empty(), "{run:?}");
}

#[test]
fn the_summary_has_the_figures_of_the_ledgers() {
    let opaque = "{\"not\": {\"type\": \"string\"}, \"nullable\": true}";
    let formats =
        "{\"items\": {\"type\": \"string\", \"format\": \"date-time\", \"example\": \"x\"}, \"type\": \"array\"}";
    let project = Project::listing(&[SCHEMAS[0], ("b.json", opaque), ("c.json", formats)]);
    let run = project.codegen(&[]).expect(0);
    let (mut tiers, mut types) = (BTreeMap::<String, usize>::new(), 0);
    for file in project.files().iter().filter(|file| file.starts_with("out/ledger/")) {
        let ledger = fs::read_to_string(project.path(file)).unwrap();
        let section = |name: &str| {
            let after = ledger.split_once(&format!("\n## {name}\n")).unwrap().1;
            after.split("\n## ").next().unwrap().lines().skip(3).filter(|line| line.starts_with('|')).map(str::to_owned)
        };
        for row in section("Tiers") {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            *tiers.entry(cells[1].to_owned()).or_default() += cells[2].parse::<usize>().unwrap();
        }
        types += section("Types").count();
    }
    let notes = run.stderr.matches("note: ").count();
    let expected = format!(
        "3 sources, {types} definitions, {} keywords: {} native, {} checked, {} opaque, {} annotation, {} identifier; {notes} notes; ",
        tiers["all"], tiers["native"], tiers["checked"], tiers["opaque"], tiers["annotation"], tiers["identifier"]
    );
    assert!(tiers["opaque"] > 0 && tiers["checked"] > 0 && notes > 1, "{tiers:?} {notes}");
    assert!(run.stdout.contains(&format!("\n{expected}")), "{expected}\n{}", run.stdout);
}

#[test]
fn two_runs_print_the_same_but_for_the_time() {
    let project = Project::generated(SCHEMAS);
    let timeless = |run: Run| {
        let (before, after) = run.stdout.split_once("; 0 notes; ").unwrap();
        let (time, rest) = after.split_once(" s; ").unwrap();
        assert!(time.parse::<f64>().is_ok_and(|time| time >= 0.0), "{time}");
        (before.to_owned(), rest.to_owned(), run.stderr)
    };
    let [first, second] = [(); 2].map(|()| timeless(project.codegen(&["--afresh"]).expect(0)));
    assert_eq!(first, second);
}

#[test]
fn what_is_proved_is_counted_and_summed_up_or_quietly_not() {
    let project =
        Project::listing(&[("a.json", "{\"enum\": [\"on\", \"off\"]}"), ("b.json", "{\"type\": \"boolean\"}")]);
    let run = Run::of(&mut prove(&project, &[])).expect(0);
    let stages = STAGES.lines().take(4).collect::<Vec<_>>().join("\n");
    assert_eq!(run.stderr, format!("{stages}\ncompiling the types …\nproving …\nproving … 1 of 2\n"));
    assert!(run.stdout.contains("\n2 of 2 types proved, "), "{run:?}");
    assert!(run.stdout.lines().last().unwrap().starts_with("2 sources, 2 definitions, "), "{run:?}");
    let run = Run::of(&mut prove(&project, &["--quiet"])).expect(0);
    assert_eq!((run.stdout, run.stderr), (String::new(), String::new()));
}
