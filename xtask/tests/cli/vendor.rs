//! `vendor` from files: what is written, what is kept as it is, and what is refused.

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{Content, Project, Run, sha256, snapshot, xtask};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
const SCHEMA: &[u8] = b"{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\r\n\t\"type\": \"string\"}  \n";

/// Runs `vendor` in `project`, on the day when all of this was written.
fn vendor(project: &Project, source: &str, options: &[&str]) -> Run {
    let date: &[&str] = if options.contains(&"--date") { &[] } else { &["--date", "2026-11-22"] };
    let arguments = ["vendor", source, "--manifest", "schemas/manifest.toml"];
    Run::of(&mut xtask(project.root(), &[&arguments, date, options].concat()))
}

fn manifest(project: &Project) -> String {
    fs::read_to_string(project.path("schemas/manifest.toml")).unwrap()
}

/// A project without sources, and a schema beside.
fn empty() -> Project {
    let project = Project::listing(&[]);
    project.put("new/Name-Of.schema.json", SCHEMA);
    project
}

#[test]
fn the_first_file_comes_in_with_its_bytes_and_a_whole_entry() {
    let project = empty();
    let before = manifest(&project);
    let origin = "https://example.com/Name-Of.schema.json";
    let run = vendor(&project, "new/Name-Of.schema.json", &["--origin", origin]).expect(0);
    let said = "schemas/Name-Of.schema.json is new in schemas/manifest.toml; 1 file changed\n";
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (said, ""));
    assert_eq!(fs::read(project.path("schemas/Name-Of.schema.json")).unwrap(), SCHEMA);
    let entry = format!(
        "\n[[source]]\nfile = \"Name-Of.schema.json\"\norigin = \"{origin}\"\ndate = 2026-11-22\nsha256 = \"{}\"\n\
         dialect = \"{DRAFT}\"\nmodule = \"name_of_schema\"\n",
        sha256(SCHEMA)
    );
    assert_eq!(manifest(&project), before + &entry);
    project.codegen(&[]).expect(0);
}

#[test]
fn an_entry_is_changed_in_place_and_all_else_keeps_its_words() {
    let project = empty();
    let text = |origin: &str, date: &str, sha256: &str| {
        format!(
            "# Ours.\n[package]\nname = \"t\"  # short\nversion = '0.1.0'\ndescription = \"T\"\n\n# First.\n[[source]]\n\
             module = \"one\"   # chosen\nsha256 = \"{sha256}\"  # of the bytes\n\n  origin = \"{origin}\"\n\
             file = \"one.json\"\ndate = {date}\ndialect = '{DRAFT}'\n[source.policy]\nformats = {{ uuid = \"string\" }}\n\n\
             # Second.\n[[source]]\nfile = \"two.json\"\norigin = \"there\"\nsha256 = \"{}\"\ndialect = \"{DRAFT}\"\n\
             module = \"two\"\n# The end.\n",
            self::sha256(b"{}")
        )
    };
    let old = b"{\"type\": \"integer\"}";
    project.put("schemas/one.json", old);
    project.put("schemas/two.json", "{}");
    project.put("schemas/manifest.toml", text("https://example.com/v1", "2020-02-29", &sha256(old)));
    project.put("new/one.json", SCHEMA);

    // Bytes from elsewhere do not take the place of others unless they are told to.
    let before = snapshot(project.root());
    let run = vendor(&project, "new/one.json", &["--origin", "https://example.com/v2"]).expect(2);
    let refused = "error: new/one.json: `one.json` is in the manifest already, from https://example.com/v1\n  \
                   help: to replace it, say `--as one.json`; ";
    assert!(run.stderr.starts_with(refused), "{run:?}");
    assert!(snapshot(project.root()) == before, "something was touched");

    let run = vendor(&project, "new/one.json", &["--origin", "https://example.com/v2", "--as", "one.json"]).expect(0);
    assert!(
        run.stdout.starts_with(
            "schemas/one.json has another origin, date, sha256 in schemas/manifest.toml; 1 file changed\n"
        ),
        "{run:?}"
    );
    assert_eq!(manifest(&project), text("https://example.com/v2", "2026-11-22", &sha256(SCHEMA)));
    assert_eq!(fs::read(project.path("schemas/one.json")).unwrap(), SCHEMA);

    // By its origin an entry is found, whatever its file is called.
    project.put("new/other.json", old);
    let run =
        vendor(&project, "new/other.json", &["--origin", "https://example.com/v2", "--date", "2027-01-02"]).expect(0);
    assert!(
        run.stdout.starts_with("schemas/one.json has another date, sha256 in schemas/manifest.toml; 1 file changed\n"),
        "{run:?}"
    );
    assert_eq!(manifest(&project), text("https://example.com/v2", "2027-01-02", &sha256(old)));
    assert!(!project.path("schemas/other.json").exists());

    // The same bytes again, on another day; and by their name alone, which keeps the origin that is known.
    let before = snapshot(project.root());
    for options in [&["--origin", "https://example.com/v2", "--date", "2028-01-01"][..], &["--as", "one.json"]] {
        let run = vendor(&project, "new/other.json", options).expect(0);
        assert_eq!(run.stdout, "schemas/one.json is as it was\n");
        assert!(snapshot(project.root()) == before, "something was touched");
    }
    assert_eq!(vendor(&project, "new/other.json", &["--as", "one.json", "--quiet"]).expect(0).stdout, "");
    project.codegen(&[]).expect(0);
}

#[test]
fn a_file_that_lies_there_already_is_recorded_where_it_is() {
    let project = empty();
    project.put("schemas/deep/er.json", SCHEMA);
    vendor(&project, "schemas/deep/er.json", &[]).expect(0);
    let entry = "file = \"deep/er.json\"\norigin = \"er.json\"\ndate = 2026-11-22\n";
    assert!(manifest(&project).contains(entry), "{}", manifest(&project));
    project.codegen(&[]).expect(0);
}

#[test]
fn a_manifest_beside_those_who_call_is_brought_up_to_date() {
    let project = empty();
    let arguments = ["vendor", "../new/Name-Of.schema.json", "--manifest", "manifest.toml"];
    let run = Run::of(&mut xtask(&project.path("schemas"), &arguments)).expect(0);
    assert!(run.stdout.starts_with("Name-Of.schema.json is new in manifest.toml; "), "{run:?}");
    project.codegen(&[]).expect(0);
}

#[test]
fn bytes_that_were_changed_by_hand_are_brought_back() {
    let project = empty();
    vendor(&project, "new/Name-Of.schema.json", &[]).expect(0);
    let before = manifest(&project);
    project.put("schemas/Name-Of.schema.json", "{}");
    vendor(&project, "new/Name-Of.schema.json", &[]).expect(0);
    assert_eq!(fs::read(project.path("schemas/Name-Of.schema.json")).unwrap(), SCHEMA);
    assert_eq!(manifest(&project), before);
}

#[test]
fn without_a_date_it_is_a_day_of_this_time() {
    let project = empty();
    let arguments = ["vendor", "new/Name-Of.schema.json", "--manifest", "schemas/manifest.toml"];
    Run::of(&mut xtask(project.root(), &arguments)).expect(0);
    let manifest = manifest(&project);
    let date = manifest.lines().find_map(|line| line.strip_prefix("date = ")).unwrap();
    assert!(date.len() == 10 && date > "2026-01-01" && date < "2200-01-01", "{date}");
}

/// Something that cannot be vendored.
struct Fault {
    /// Its path, made or spoiled by `make`.
    source: &'static str,
    make: fn(&Project),
    options: &'static [&'static str],
    /// The errors, each as it begins.
    said: &'static [&'static str],
}

const GOOD: &str = "new/Name-Of.schema.json";

const FAULTS: &[Fault] = &[
    Fault { source: "none.json", make: |_| {}, options: &[], said: &["none.json: does not exist"] },
    Fault {
        source: "new",
        make: |project| project.put("new/Name-Of.schema.json", "[]"),
        options: &[],
        said: &["new/Name-Of.schema.json:1:1: #: this is no schema"],
    },
    Fault {
        source: "pictures",
        make: |project| project.put("pictures/1.jpg", ""),
        options: &[],
        said: &["pictures: has no file called *.json, *.yaml or *.yml"],
    },
    Fault {
        source: "a.json",
        make: |project| project.put("a.json", "{\"type\": \"string\", \"type\": 1,}"),
        options: &[],
        said: &["a.json:1:20: #/type: the object has a second member", "a.json:1:30: #: this is not JSON"],
    },
    Fault {
        source: "a.json",
        make: |project| project.put("a.json", b"\xff"),
        options: &[],
        said: &["a.json:1:1: byte 0"],
    },
    Fault {
        source: "a.json",
        make: |project| project.put("a.json", "{\"$schema\": \"https://example.com/mine\"}"),
        options: &[],
        said: &["a.json: does not say its dialect"],
    },
    Fault {
        source: "a.json",
        make: |project| project.put("a.json", "{\"swagger\": \"2.0\"}"),
        options: &[],
        said: &["a.json:1:13: #/swagger: OpenAPI 2.0 is not supported"],
    },
    Fault {
        source: GOOD,
        make: |_| {},
        options: &["--only", "A"],
        said: &["new/Name-Of.schema.json: has no names to choose by"],
    },
    Fault {
        source: GOOD,
        make: |_| {},
        options: &["--as", "../a.json"],
        said: &["new/Name-Of.schema.json: `../a.json` is no path below the manifest's folder"],
    },
    Fault {
        source: GOOD,
        make: |project| {
            fs::create_dir(project.path("outside")).unwrap();
            symlink("../outside", project.path("schemas/link")).unwrap();
        },
        options: &["--as", "link/a.json"],
        said: &["new/Name-Of.schema.json: `link/a.json` leads out of the manifest's folder by a link"],
    },
    Fault {
        source: GOOD,
        make: |project| symlink("nowhere", project.path("schemas/a.json")).unwrap(),
        options: &["--as", "a.json"],
        said: &["new/Name-Of.schema.json: where `a.json` belongs stands something that is no file"],
    },
    Fault {
        source: GOOD,
        make: |_| {},
        options: &["--as", "manifest.toml"],
        said: &["new/Name-Of.schema.json: `manifest.toml` is the manifest itself"],
    },
    Fault {
        source: GOOD,
        make: |project| project.put("schemas/Name-Of.schema.json", "{}"),
        options: &[],
        said: &["new/Name-Of.schema.json: `Name-Of.schema.json` is there already with other bytes, and the manifest"],
    },
    Fault {
        source: GOOD,
        make: |_| {},
        options: &["--module", "type"],
        said: &["new/Name-Of.schema.json: `type` is not a name for a Rust module"],
    },
    Fault {
        source: GOOD,
        make: |project| project.put("schemas/manifest.toml", "[package]\nname = \"t\"\nversion = \"1\"\n"),
        options: &[],
        said: &[
            "schemas/manifest.toml:1:1: [package] lacks `description`",
            "schemas/manifest.toml:3:11: `1` is not a version",
        ],
    },
    Fault {
        source: GOOD,
        make: |project| project.put("schemas/manifest.toml", "[package"),
        options: &[],
        said: &["schemas/manifest.toml:1:9: this is not TOML"],
    },
    Fault {
        source: GOOD,
        make: |project| fs::remove_file(project.path("schemas/manifest.toml")).unwrap(),
        options: &[],
        said: &["schemas/manifest.toml: the manifest does not exist"],
    },
];

#[test]
fn what_cannot_be_vendored_is_told_and_nothing_is_written() {
    for Fault { source, make, options, said } in FAULTS {
        let project = empty();
        make(&project);
        let before = snapshot(project.root());
        let run = vendor(&project, source, options).expect(2);
        let errors: Vec<&str> = run.stderr.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
        assert_eq!(errors.len(), said.len(), "{source} {options:?}: {run:?}");
        assert!(errors.iter().zip(*said).all(|(error, said)| error.starts_with(said)), "{source} {options:?}: {run:?}");
        assert_eq!(run.stderr.matches("\n  help: ").count(), said.len(), "{run:?}");
        assert!(run.stderr.ends_with("; nothing was written\n") && run.stdout.is_empty(), "{run:?}");
        assert!(snapshot(project.root()) == before, "{source} {options:?}: something was touched");
    }
}

#[test]
fn a_run_that_was_killed_leaves_nothing_behind_once_the_next_has_run() {
    let project = empty();
    project.put("schemas/.typeproof-staging/0.new", "half");
    project.put("schemas/.typeproof-staging/lock", "");
    vendor(&project, GOOD, &[]).expect(0);
    let found = snapshot(&project.path("schemas"));
    let files =
        found.iter().filter(|(_, entry)| matches!(entry.content, Content::File(_))).map(|(path, _)| path.as_str());
    assert_eq!(files.collect::<Vec<_>>(), ["Name-Of.schema.json", "manifest.toml"]);
}

/// An OpenAPI document with three schemas, of which one refers to another.
const API: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Portal:\n      \
                   type: object\n      properties:\n        key: {$ref: '#/components/schemas/Key'}\n    Key: {type: string}\n    \
                   Other: {type: integer}\n";

#[test]
fn of_an_openapi_document_in_yaml_what_is_wanted_is_recorded_and_generated() {
    let project = empty();
    project.put("new/api.yaml", API);
    vendor(&project, "new/api.yaml", &["--only", "Por*", "Key"]).expect(0);
    let entry = format!(
        "\n[[source]]\nfile = \"api.yaml\"\norigin = \"api.yaml\"\ndate = 2026-11-22\nsha256 = \"{}\"\n\
         dialect = \"https://spec.openapis.org/oas/3.0/schema/2021-09-28\"\nmodule = \"api\"\nonly = [\"Por*\", \"Key\"]\n",
        sha256(API.as_bytes())
    );
    assert!(manifest(&project).ends_with(&entry), "{}", manifest(&project));
    assert_eq!(fs::read_to_string(project.path("schemas/api.yaml")).unwrap(), API);
    assert!(project.codegen(&[]).expect(0).stdout.contains("\n1 source, 2 definitions, "));

    // What is not said again stays as it is; what is said is changed.
    let before = snapshot(project.root());
    vendor(&project, "new/api.yaml", &[]).expect(0);
    assert!(snapshot(project.root()) == before, "something was touched");
    let run = vendor(&project, "new/api.yaml", &["--only", "Other"]).expect(0);
    assert_eq!(run.stdout, "schemas/api.yaml has another only in schemas/manifest.toml\n");
    assert!(
        manifest(&project).ends_with(&entry.replace("[\"Por*\", \"Key\"]", "[\"Other\"]")),
        "{}",
        manifest(&project)
    );

    let run = vendor(&project, "new/api.yaml", &["--only", "Portal", "Nobody", "No*"]).expect(2);
    for name in ["Nobody", "No*"] {
        let said = format!("error: new/api.yaml:6:5: #/components/schemas: there is no schema called `{name}`\n");
        assert!(run.stderr.contains(&said), "{run:?}");
    }
}

#[test]
fn a_folder_comes_in_whole_and_follows_what_is_removed_there() {
    let project = empty();
    let of = |keyword: &str| format!("{{\"$schema\": \"{DRAFT}\", {keyword}}}");
    project.put("new/kong/a.json", of("\"$ref\": \"deep/b.json\""));
    project.put("new/kong/deep/b.json", of("\"type\": \"string\""));
    project.put("new/kong/README.md", "# Kong");
    project.put("new/kong/.hidden.json", "no");
    fs::remove_file(project.path("new/Name-Of.schema.json")).unwrap();
    let origin = ["--origin", "https://example.com/kong"];
    let run = vendor(&project, "new/kong/", &origin).expect(0);
    assert_eq!(run.stdout, "schemas/kong is new in schemas/manifest.toml; 2 files changed\n");
    let names = |path: &str| crate::support::files(&project.path(path)).into_keys().collect::<Vec<_>>();
    assert_eq!(names("schemas"), ["kong/a.json", "kong/deep/b.json", "manifest.toml"]);
    let text = manifest(&project);
    assert!(text.contains("\nfolder = \"kong\"\norigin = \"https://example.com/kong\"\ndate = 2026-11-22\n"), "{text}");
    assert!(project.codegen(&[]).expect(0).stdout.contains("\n1 source, "));

    fs::remove_dir_all(project.path("new/kong/deep")).unwrap();
    project.put("new/kong/a.json", of("\"type\": \"boolean\""));
    project.put("new/kong/c.json", of("\"type\": \"null\""));
    project.put("schemas/kong/notes.txt", "ours");
    let run = vendor(&project, "new/kong", &origin).expect(0);
    assert_eq!(run.stdout, "schemas/kong has another sha256 in schemas/manifest.toml; 3 files changed\n");
    assert_eq!(names("schemas"), ["kong/a.json", "kong/c.json", "kong/notes.txt", "manifest.toml", "names.lock"]);
    project.codegen(&[]).expect(0);

    // One bad file, and none comes in; each is named.
    let before = snapshot(&project.path("schemas"));
    project.put("new/kong/d.json", "{");
    project.put("new/kong/e.json", "{\"openapi\": \"3.1.0\", \"components\": {\"schemas\": {\"A\": {}}}}");
    let run = vendor(&project, "new/kong", &origin).expect(2);
    for said in
        ["error: new/kong/d.json:1:1: #: the JSON ends too early", "error: new/kong/e.json: is an OpenAPI document"]
    {
        assert!(run.stderr.contains(said), "{run:?}");
    }
    assert!(snapshot(&project.path("schemas")) == before, "something was touched");
}

#[test]
fn a_folder_does_not_take_the_place_of_a_file_or_of_other_schemas() {
    let project = empty();
    project.put("schemas/new/other.json", "{}");
    let run = vendor(&project, "new", &[]).expect(2);
    assert!(
        run.stderr.contains("error: new: `new` is there already with other bytes, and the manifest does not"),
        "{run:?}"
    );
    vendor(&project, GOOD, &[]).expect(0);
    let run = vendor(&project, "new", &["--as", "Name-Of.schema.json"]).expect(2);
    assert!(run.stderr.contains("error: new: `Name-Of.schema.json` is a file in the manifest"), "{run:?}");
    vendor(&project, "new", &["--as", "new", "--only", "A"]).expect(2);
    vendor(&project, "new", &["--as", "new"]).expect(0);
    assert!(!project.path("schemas/new/other.json").exists());
}
