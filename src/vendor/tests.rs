//! What becomes of manifests of every shape. What people see of it is tried in `xtask/tests/cli`.

use std::fs;

use super::*;

const PACKAGE: &str = "[package]\nname = \"t\"\nversion = \"0.1.0\"\ndescription = \"T\"\n";
const SCHEMA: &[u8] = b"{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}";

fn arrival(name: &str, bytes: &[u8]) -> Arrival {
    let origin = format!("https://example.com/{name}");
    let content = Content::File(bytes.to_owned());
    Arrival { shown: name.to_owned(), name: name.to_owned(), origin, is_told: true, content }
}

fn told() -> Told<'static> {
    Told { date: day("2026-11-22").unwrap(), replace: false, dialect: None, module: None, only: &[] }
}

/// What the manifest `text` says once `arrivals` are vendored one by one, and what became of each entry.
fn vendored(text: &str, arrivals: &[Arrival], told: &Told<'_>) -> (String, Result<Vec<Change>>) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("manifest.toml");
    fs::write(&manifest, text).unwrap();
    let vendored = arrivals.iter().map(|arrival| match vendor(&manifest, arrival, told) {
        Ok(Vendored { path, change, .. }) => {
            assert_eq!(path, arrival.name);
            Ok(change)
        }
        Err(stopped) => Err(stopped.diagnostics),
    });
    let vendored = vendored.collect();
    (fs::read_to_string(&manifest).unwrap(), vendored)
}

fn entry(file: &str, module: &str) -> String {
    let sha256 = source::sha256(SCHEMA);
    format!(
        "file = \"{file}\"\norigin = \"https://example.com/{file}\"\ndate = 2026-11-22\nsha256 = \"{sha256}\"\n\
         dialect = \"http://json-schema.org/draft-07/schema#\"\nmodule = \"{module}\"\n"
    )
}

#[test]
fn entries_are_appended_wherever_the_manifest_has_its_sources() {
    let both = [arrival("a.json", SCHEMA), arrival("in/b c.json", SCHEMA)];
    let (first, second) = (entry("a.json", "a"), entry("in/b c.json", "b_c"));
    let appended = format!("\n[[source]]\n{first}\n[[source]]\n{second}");
    let (text, result) = vendored(PACKAGE, &both, &told());
    assert_eq!(text, format!("{PACKAGE}{appended}"));
    assert_eq!(result, Ok(vec![Change::Added, Change::Added]));

    // Sources first, and a list of inline tables.
    let (text, result) = vendored(&format!("[[source]]\n{first}\n{PACKAGE}"), &both, &told());
    assert_eq!(text, format!("[[source]]\n{first}\n[[source]]\n{second}\n{PACKAGE}"));
    assert_eq!(result, Ok(vec![Change::None, Change::Added]));
    let inline = |entry: &str| format!("{{ {} }}", entry.trim_end().replace('\n', ", "));
    let (text, _) = vendored(&format!("source = [{}]\n{PACKAGE}", inline(&first)), &both, &told());
    assert_eq!(text, format!("source = [{}, {}]\n{PACKAGE}", inline(&first), inline(&second)));
}

#[test]
fn an_entry_of_an_inline_table_is_changed_in_place() {
    let old = entry("a.json", "a").trim_end().replace('\n', ", ").replace("2026-11-22", "2020-01-01");
    let old = old.replace(&source::sha256(SCHEMA), &"0".repeat(64));
    let (text, result) =
        vendored(&format!("source = [{{{old}}}] # one\n{PACKAGE}"), &[arrival("a.json", SCHEMA)], &told());
    let new = entry("a.json", "a").trim_end().replace('\n', ", ");
    assert_eq!(text, format!("source = [{{{new}}}] # one\n{PACKAGE}"));
    assert_eq!(result, Ok(vec![Change::Updated(vec!["date", "sha256"])]));
}

#[test]
fn two_files_do_not_become_one_module() {
    let twins = [arrival("in/a.json", SCHEMA), arrival("a.json", SCHEMA)];
    let (text, result) = vendored(PACKAGE, &twins, &told());
    assert_eq!(text, format!("{PACKAGE}\n[[source]]\n{}", entry("in/a.json", "a")));
    let message = &result.unwrap_err().0[0].message;
    assert_eq!(message, "two sources claim the module `a`: lines 12 and 20");
}

#[test]
fn a_day_is_a_date_and_nothing_else() {
    assert!(day("2024-02-29").is_some());
    for text in ["", "2026-02-29", "2026-1-1", "22-11-2026", "2026-11-22T10:00:00", "2026-11-22T10:00:00Z", "10:00:00"]
    {
        assert!(day(text).is_none(), "{text}");
    }
}

#[test]
fn the_dialect_is_what_the_file_says_unless_somebody_knows_better() {
    let dialect = |bytes: &[u8], told: &Told<'_>| {
        let (text, _) = vendored(PACKAGE, &[arrival("a.json", bytes)], told);
        text.lines().find_map(|line| Some(line.strip_prefix("dialect = \"")?.trim_end_matches('"').to_owned()))
    };
    let openapi =
        |version: &str| format!("{{\"openapi\": \"{version}\", \"components\": {{\"schemas\": {{\"A\": {{}}}}}}}}");
    for (said, expected) in [
        (openapi("3.0.0"), Some(Dialect::OpenApi30)),
        (openapi("3.1.1"), Some(Dialect::OpenApi31)),
        (openapi("3.10.0"), None),
        ("{\"$schema\": \"http://json-schema.org/draft-04/schema\"}".to_owned(), Some(Dialect::Draft4)),
        ("{\"$schema\": \"http://json-schema.org/draft-05/schema\"}".to_owned(), None),
        ("true".to_owned(), None),
    ] {
        assert_eq!(dialect(said.as_bytes(), &told()).as_deref(), expected.map(Dialect::uri), "{said}");
    }
    let better = Told { dialect: Some(Dialect::Draft4), ..told() };
    assert_eq!(dialect(SCHEMA, &better).as_deref(), Some(Dialect::Draft4.uri()));
}
