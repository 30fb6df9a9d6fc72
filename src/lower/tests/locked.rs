//! What a lock of names keeps when schemas change.

use super::{sources, sources_locked};
use crate::lower::locked::changes;
use crate::lower::lower;

/// The lines of the lock after `schema` was locked as `root.json`, without `root.json` and the module.
fn locked(schema: &str) -> Vec<String> {
    lines(&lower(&sources(&[("root", schema)])).lock.text())
}

fn lines(lock: &str) -> Vec<String> {
    let types = lock.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    types.map(|line| line.trim_start_matches("root.json").replace("root::", "")).collect()
}

/// The same after `old`, locked and then edited by hand, became `new`; and what is told.
fn relocked(old: &str, edits: &[(&str, &str)], new: &str) -> (Vec<String>, Vec<String>) {
    let mut lock = lower(&sources(&[("root", old)])).lock.text();
    for (from, to) in edits {
        assert!(lock.contains(from), "{from} in {lock}");
        lock = lock.replace(from, to);
    }
    let sources = sources_locked(&[("root", new)], &lock);
    let plan = lower(&sources);
    let notes = changes(&sources.lock, &plan.lock);
    let folder = sources.lock.file.trim_end_matches("names.lock");
    let notes = notes.into_iter().map(|note| note.help("").to_string().replace(folder, "")).collect();
    let names: Vec<String> = plan.definitions().map(|(_, definition)| definition.name.clone()).collect();
    for (place, locked) in &plan.lock.types {
        assert!(names.contains(&locked.name), "{place}: {} in {names:?}", locked.name);
    }
    assert_eq!(plan.lock.types.len(), names.len());
    let again = sources_locked(&[("root", new)], &plan.lock.text());
    assert_eq!(lower(&again).lock.text(), plan.lock.text(), "the next run changes nothing");
    (lines(&plan.lock.text()), notes)
}

fn definitions(of: &str) -> String {
    format!("{{\"$defs\": {{{of}}}}}")
}

#[test]
fn each_type_has_a_line() {
    let schema = r##"{"$defs": {
        "a": {"type": ["object", "null"], "properties": {"w": {"const": "q"}, "x": {"enum": ["p", "q"]}, "y\n% -> b::C": {"type": "object", "properties": {"z": {"maxLength": 3, "type": "string"}}}}},
        "b": {"oneOf": [{"type": "object", "properties": {"k": {"const": 1}}, "required": ["k"]}, {"$ref": "#/$defs/a"}]},
        "c": {"$ref": "#/$defs/d", "properties": {"d": {"$ref": "#/$defs/c"}}}, "d": {"properties": {"e": {"enum": [1, 2]}}, "type": "object"},
        "f": {"type": "object", "properties": {"g": true}, "oneOf": [{"required": ["g"]}, {"properties": {"h": {"const": 1}}, "required": ["h"]}]},
        "i": {"type": "object", "properties": {"j": {"allOf": [{"$ref": "#/$defs/d"}, {"required": ["e"]}]}}}
    }}"##;
    assert_eq!(
        locked(schema),
        [
            " every String of const \"q\" -> OnlyQ",
            " every String of maxLength 3 -> UpTo3String",
            "# -> Root",
            "#/$defs/a -> A",
            "#/$defs/a but null -> AValue",
            "#/$defs/a/properties/x -> AValueX",
            "#/$defs/a/properties/y%0A%25 -> b::C -> AValueYBC",
            "#/$defs/b -> B",
            "#/$defs/b/oneOf/0 -> BK",
            "#/$defs/b/oneOf/0/properties/k -> BKK",
            "#/$defs/c -> C",
            "#/$defs/d -> D",
            "#/$defs/d/properties/e -> DE",
            "#/$defs/f -> F",
            "#/$defs/f at #/oneOf/0 -> FObject",
            "#/$defs/f at #/oneOf/1 -> FH",
            "#/$defs/f/oneOf/1/properties/h -> FHH",
            "#/$defs/i -> I",
            "#/$defs/i/properties/j -> IJ",
        ]
    );
}

#[test]
fn a_newcomer_takes_no_name_and_forces_none() {
    let object = |member: &str| format!("{{\"type\": \"object\", \"properties\": {{{member}}}}}");
    let old = definitions(&format!("\"foo\": {}, \"x-y\": true", object("\"bar\": {\"enum\": [\"a\", \"c\"]}")));
    let new = definitions(&format!(
        "\"FooBar\": {{\"type\": \"null\"}}, \"foo\": {}, \"x-y\": true, \"x_y\": {{\"type\": \"string\"}}, \"XY\": false",
        object("\"bar\": {\"enum\": [\"a\", \"c\"]}, \"Bar\": {\"enum\": [\"b\", \"c\"]}")
    ));
    let (lines, notes) = relocked(&old, &[], &new);
    assert_eq!(
        lines,
        [
            "# -> Root",
            "#/$defs/FooBar -> CapitalFooCapitalBar (else FooBar)",
            "#/$defs/XY -> Xy",
            "#/$defs/foo -> Foo",
            "#/$defs/foo/properties/Bar -> FooCapitalBar",
            "#/$defs/foo/properties/bar -> FooBar (else FooBarEnum)",
            "#/$defs/x-y -> XY (else XDashY)",
            "#/$defs/x_y -> XUnderscoreY",
        ]
    );
    assert_eq!(
        notes,
        [
            "note: names.lock:6:1: `root::FooBar` keeps its name; `FooBarEnum` is what it would be given now",
            "note: names.lock:7:1: `root::XY` keeps its name; `XDashY` is what it would be given now",
        ]
    );
}

#[test]
fn a_shared_scalar_keeps_its_name_whoever_asks_for_it() {
    let old = r#"{"type": "object", "properties": {"a": {"type": "string", "pattern": "^e$"}}}"#;
    let new = r#"{"type": "object", "properties": {"a": {"type": "string", "pattern": "^e$"}, "b": {"type": "string", "pattern": "^e$"}}}"#;
    let (lines, notes) = relocked(old, &[], new);
    assert_eq!(lines, [" every String of pattern \"^e$\" -> AString (else MatchingEString)", "# -> Root"]);
    assert_eq!(
        notes,
        ["note: names.lock:4:1: `root::AString` keeps its name; `MatchingEString` is what it would be given now"]
    );
}

#[test]
fn a_branch_is_known_by_what_it_is_called_and_not_by_its_number() {
    let branch = |kind: &str| {
        format!(
            r#"{{"type": "object", "properties": {{"kind": {{"const": "{kind}"}}, "at": {{"enum": ["{kind}", "none"]}}}}, "required": ["kind"]}}"#
        )
    };
    let of = |kinds: &[&str]| {
        format!("{{\"oneOf\": [{}]}}", kinds.iter().map(|kind| branch(kind)).collect::<Vec<_>>().join(", "))
    };
    let edits = [("root::RootCircle\n", "root::Ring (else RootCircle)\n")];
    let (lines, notes) = relocked(&of(&["circle", "square"]), &edits, &of(&["line", "square", "circle"]));
    assert_eq!(
        lines,
        [
            " every String of const \"circle\" -> OnlyCircle",
            " every String of const \"line\" -> OnlyLine",
            " every String of const \"square\" -> OnlySquare",
            "# -> Root",
            "#/oneOf/0 -> RootLine",
            "#/oneOf/0/properties/at -> RootLineAt",
            "#/oneOf/1 -> RootSquare",
            "#/oneOf/1/properties/at -> RootSquareAt",
            "#/oneOf/2 -> Ring (else RootCircle)",
            "#/oneOf/2/properties/at -> RootCircleAt",
        ]
    );
    assert_eq!(notes, [""; 0]);
}

#[test]
fn a_branch_with_another_tag_is_another_type_though_it_stands_at_the_same_place() {
    let branch = |kind: &str| {
        format!(
            r#"{{"type": "object", "properties": {{"kind": {{"const": "{kind}"}}, "at": {{"enum": ["{kind}", "none"]}}}}, "required": ["kind"]}}"#
        )
    };
    let of = |one: &str, other: &str| format!("{{\"oneOf\": [{}, {}]}}", branch(one), branch(other));
    let (lines, notes) = relocked(&of("circle", "square"), &[], &of("line", "square"));
    assert_eq!(lines[3..5], ["#/oneOf/0 -> RootLine", "#/oneOf/0/properties/at -> RootLineAt"]);
    let gone = |line: usize, old: &str, place: &str, new: &str| {
        format!(
            "note: names.lock:{line}:1: `root::{old}` is gone: what is at `root.json#/oneOf/0{place}` is `root::{new}` now"
        )
    };
    assert_eq!(
        notes,
        [
            "note: names.lock:4:1: `root::OnlyCircle` is gone: there is nothing any more at `root.json every String of const \"circle\"`".to_owned(),
            gone(7, "RootCircle", "", "RootLine"),
            gone(8, "RootCircleAt", "/properties/at", "RootLineAt"),
        ]
    );
}

#[test]
fn a_branch_that_a_tag_tells_keeps_its_name_though_another_type_would_take_it() {
    let branches = |kinds: &[&str]| {
        let branch = |kind: &&str| {
            format!(r#"{{"type": "object", "properties": {{"kind": {{"const": "{kind}"}}}}, "required": ["kind"]}}"#)
        };
        format!("\"shape\": {{\"oneOf\": [{}]}}", kinds.iter().map(branch).collect::<Vec<_>>().join(", "))
    };
    let old = definitions(&branches(&["circle", "square"]));
    let new = definitions(&(branches(&["circle", "square"]) + r#", "shape_circle": {"type": "null"}"#));
    let (lines, notes) = relocked(&old, &[], &new);
    assert_eq!(lines[4], "#/$defs/shape/oneOf/0 -> ShapeCircle (else ShapeCircleObject)");
    assert_eq!(lines.last().unwrap(), "#/$defs/shape_circle -> ShapeUnderscoreCircle (else ShapeCircle)");
    assert_eq!(
        notes[..1],
        ["note: names.lock:8:1: `root::ShapeCircle` keeps its name; `ShapeCircleObject` is what it would be given now"]
    );
}

#[test]
fn a_branch_that_is_told_otherwise_because_of_another_keeps_its_name() {
    let branch =
        |members: &str| format!(r#"{{"type": "object", "properties": {{{members}}}, "additionalProperties": false}}"#);
    let x = branch(r#""x": true, "y": {"type": "string"}"#);
    let old = format!("{{\"oneOf\": [{x}, {}]}}", branch("\"z\": true"));
    let new = format!("{{\"oneOf\": [{x}, {}, {}]}}", branch("\"z\": true"), branch("\"a\": true, \"x\": true"));
    let (lines, notes) = relocked(&old, &[], &new);
    assert_eq!(lines, ["# -> Root", "#/oneOf/0 -> RootX (else RootY)", "#/oneOf/1 -> RootZ", "#/oneOf/2 -> RootA"]);
    assert_eq!(notes, ["note: names.lock:5:1: `root::RootX` keeps its name; `RootY` is what it would be given now"]);
}

#[test]
fn a_branch_that_is_called_otherwise_now_keeps_its_name_by_its_number() {
    let old = r#"{"oneOf": [{"title": "A", "type": "object", "required": ["x"]}, {"title": "B", "type": "object", "maxProperties": 0}]}"#;
    let (lines, notes) = relocked(old, &[], &old.replace("\"A\"", "\"C\""));
    assert_eq!(lines, ["# -> Root", "#/oneOf/0 -> RootA (else RootC)", "#/oneOf/1 -> RootB"]);
    assert_eq!(notes, ["note: names.lock:5:1: `root::RootA` keeps its name; `RootC` is what it would be given now"]);
}

#[test]
fn a_name_that_is_changed_by_hand_is_the_name_and_what_is_new_below_follows_it() {
    let old = definitions(r#""a": {"type": "object", "properties": {"x": {"enum": ["p", "r"]}}}"#);
    let new = definitions(
        r#""a": {"type": "object", "properties": {"x": {"enum": ["p", "r"]}, "y": {"enum": ["q", "r"]}}}, "Alpha": {"type": "null"}"#,
    );
    let (lines, notes) = relocked(&old, &[("root::A\n", "root::Alpha\n")], &new);
    assert_eq!(
        lines,
        [
            "# -> Root",
            "#/$defs/Alpha -> CapitalAlpha (else Alpha)",
            "#/$defs/a -> Alpha (else A)",
            "#/$defs/a/properties/x -> AX",
            "#/$defs/a/properties/y -> AlphaY (else AY)",
        ]
    );
    // What the line says it would be given is the name itself, until codegen has written it anew.
    assert_eq!(notes, ["note: names.lock:5:1: `root::Alpha` keeps its name; `A` is what it would be given now"]);
}

#[test]
fn what_is_nullable_now_or_merged_keeps_its_name() {
    let old = r#"{"type": "object", "properties": {"a": {"type": "object", "maxProperties": 1}}}"#;
    let new = r#"{"type": "object", "properties": {"a": {"type": ["object", "null"], "maxProperties": 1}}}"#;
    let (lines, notes) = relocked(old, &[("RootA\n", "One (else RootA)\n")], new);
    assert_eq!(lines, ["# -> Root", "#/properties/a but null -> One (else RootA)"]);
    assert_eq!(notes, [""; 0]);
}

#[test]
fn what_is_gone_loses_its_line_and_is_told_and_what_comes_instead_has_its_own_name() {
    let (lines, notes) = relocked(
        &definitions(r#""old": {"type": "object", "properties": {"x": {"enum": ["p", "r"]}}}"#),
        &[],
        &definitions(r#""new": {"type": "object", "properties": {"x": {"enum": ["p", "r"]}}}"#),
    );
    assert_eq!(lines, ["# -> Root", "#/$defs/new -> New", "#/$defs/new/properties/x -> NewX"]);
    assert_eq!(
        notes,
        [
            "note: names.lock:5:1: `root::Old` is gone: there is nothing any more at `root.json#/$defs/old`",
            "note: names.lock:6:1: `root::OldX` is gone: there is nothing any more at `root.json#/$defs/old/properties/x`",
        ]
    );
    let edits = [("$defs/old ", "$defs/new ")];
    let (lines, notes) = relocked(
        &definitions(r#""old": {"type": "object"}"#),
        &edits,
        &definitions(r#""new": {"type": "object", "properties": {"x": true}}"#),
    );
    assert_eq!(lines, ["# -> Root", "#/$defs/new -> Old (else New)"]);
    assert_eq!(notes, ["note: names.lock:5:1: `root::Old` keeps its name; `New` is what it would be given now"]);
}
