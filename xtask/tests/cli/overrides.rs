//! `overrides.toml` beside the manifest: what it corrects is what is generated, and it is told when it is needed no more.

use std::fs;

use crate::support::{Project, Run, SCHEMAS, snapshot, xtask};

const OVERRIDE: &str = r#"[[override]]
file = "a.json"
reason = "names | are short"
link = "https://example.com/1"
patch = '''
[{"op": "add", "path": "/properties/name/maxLength", "value": 9},
 {"op": "replace", "path": "/properties/name/minLength", "value": 2}]'''
"#;

fn ledger(project: &Project) -> String {
    fs::read_to_string(project.path("out/ledger/a.md")).unwrap()
}

#[test]
fn what_is_corrected_is_generated_and_named_in_the_ledger() {
    let project = Project::generated(SCHEMAS);
    assert!(!ledger(&project).contains("## Overrides"));
    let vendored = fs::read(project.path("schemas/a.json")).unwrap();
    project.put("schemas/overrides.toml", OVERRIDE);
    let run = project.codegen(&["--check"]).expect(1);
    assert!(run.findings().contains(&("changed", "out/ledger/a.md")), "{}", run.stdout);
    project.codegen(&[]).expect(0);
    project.codegen(&["--check"]).expect(0);
    let row = "| `#/properties/name/maxLength`, `#/properties/name/minLength` | names \\| are short | <https://example.com/1> |\n";
    for wanted in [
        &format!("\n## Overrides\n\n{}\n\n| where | why | link |\n|---|---|---|\n{row}", SAID),
        "`#/properties/name/maxLength` | `9` |",
    ] {
        assert!(ledger(&project).contains(wanted), "{wanted} in {}", ledger(&project));
    }
    assert_eq!(fs::read(project.path("schemas/a.json")).unwrap(), vendored);
    project.edit("schemas/overrides.toml", "are short", "are very short");
    project.codegen(&["--check"]).expect(1);
    fs::remove_file(project.path("schemas/overrides.toml")).unwrap();
    project.codegen(&[]).expect(0);
    assert!(!ledger(&project).contains("maxLength"));
}

const SAID: &str =
    "The source is corrected before anything is made of it, and what follows is about the corrected one.";

#[test]
fn an_override_that_is_needed_no_more_stops_every_command() {
    let project = Project::generated(SCHEMAS);
    let text = OVERRIDE.replace("\"value\": 2", "\"value\": 1").replace("/name/max", "/title/max");
    project.put("schemas/overrides.toml", text + "[[override]]\nfile = \"c.json\"\n");
    let before = snapshot(project.root());
    let said = "error: schemas/overrides.toml:8:1: [[override]] lacks `reason`\n  help: add `reason` to [[override]]\n\
        error: schemas/overrides.toml:8:1: [[override]] lacks `link`\n  help: add `link` to [[override]]\n\
        error: schemas/overrides.toml:8:1: an override has either `patch` or `merge`, and this has none\n  \
        help: write patch = '''[…]''', a JSON Patch, or at = \"…\" and merge = '''{…}''', a JSON Merge Patch\n\
        error: schemas/overrides.toml:6:24: #/properties/title/maxLength: `add` has no target: `a.json` has nothing at #/properties/title\n  \
        help: look at what upstream has there now, then correct the override or remove it; see https://example.com/1\n";
    for (arguments, outcome) in [
        (&["codegen", "--out", "out"][..], "nothing was written"),
        (&["codegen", "--out", "out", "--check"], "nothing was compared"),
        (&["prove"], "nothing was proved"),
    ] {
        let mut command = xtask(project.root(), arguments);
        let run = Run::of(command.args(["--manifest", "schemas/manifest.toml"])).expect(2);
        assert_eq!(run.stderr.trim_start_matches("reading the sources …\n"), format!("{said}4 errors; {outcome}\n"));
    }
    assert!(snapshot(project.root()) == before, "something was touched");
}

#[test]
fn each_side_of_a_diff_has_its_own() {
    let project = Project::listing(SCHEMAS);
    crate::support::copy(&project.path("schemas"), &project.path("old"));
    let diff = |old: &str, new: &str| Run::of(&mut xtask(project.root(), &["diff", old, new])).expect(0).stdout;
    assert!(!diff("old", "schemas").contains("narrowed       a"));
    project.put("schemas/overrides.toml", OVERRIDE);
    let run = diff("old", "schemas/manifest.toml");
    for wanted in
        ["narrowed       a::a\n", "`minLength` was 1, and is 2", "schemas/overrides.toml:7#/properties/name/minLength"]
    {
        assert!(run.contains(wanted), "{run}");
    }
    project.put("old/overrides.toml", OVERRIDE);
    assert!(!diff("old", "schemas").contains("narrowed       a"));
}
