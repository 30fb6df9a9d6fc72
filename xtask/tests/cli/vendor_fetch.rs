//! `vendor` from an https address, served on this machine: what comes in, and what does not.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;

use typeproof::source::{MAX_FILE_BYTES, MAX_REDIRECTS};

use crate::server::{Answer, answer, good, serve};
use crate::support::{Project, Run, SCHEMAS, sha256, snapshot, xtask};

const SCHEMA: &str = "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\r\n\t\"type\": \"string\"}  \n";

/// A run of `vendor` in `project`, whose file `ca.pem` has the server's certificate.
fn vendor(project: &Project, address: &str, options: &[&str]) -> Run {
    let date: &[&str] = if options.contains(&"--date") { &[] } else { &["--date", "2026-11-22"] };
    let arguments = ["vendor", address, "--manifest", "schemas/manifest.toml"];
    let mut command = xtask(project.root(), &[&arguments, date, options].concat());
    for proxy in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(proxy);
    }
    Run::of(&mut command)
}

const TRUSTED: &[&str] = &["--ca-file", "ca.pem"];

#[test]
fn a_schema_is_fetched_byte_for_byte_and_recorded() {
    let project = Project::listing(SCHEMAS);
    let answers = BTreeMap::from([
        ("/v1/name.json", good(SCHEMA)),
        ("/moved", answer("302 Found", "Location: /v1/again\r\nContent-Length: 0\r\n", "")),
        ("/v1/again", answer("301 Moved Permanently", "Location: /v1/name.json\r\nContent-Length: 0\r\n", "")),
        ("/chunked.json", answer("200 OK", "Transfer-Encoding: chunked\r\n", chunked(SCHEMA))),
    ]);
    let server = serve(&project.path("ca.pem"), answers);
    let before = fs::read_to_string(project.path("schemas/manifest.toml")).unwrap();

    let address = format!("{server}/v1/name.json");
    let run = vendor(&project, &address, TRUSTED).expect(0);
    assert!(run.stdout.starts_with("schemas/name.json is new in ") && run.stderr.is_empty(), "{run:?}");
    assert_eq!(fs::read(project.path("schemas/name.json")).unwrap(), SCHEMA.as_bytes());
    let sha256 = sha256(SCHEMA.as_bytes());
    let entry = format!(
        "\n[[source]]\nfile = \"name.json\"\norigin = \"{address}\"\ndate = 2026-11-22\nsha256 = \"{sha256}\"\n\
         dialect = \"https://json-schema.org/draft/2020-12/schema\"\nmodule = \"name\"\n"
    );
    assert_eq!(fs::read_to_string(project.path("schemas/manifest.toml")).unwrap(), before + &entry);
    project.codegen(&[]).expect(0);

    // Once more: nothing has changed, whatever the day.
    let before = snapshot(project.root());
    let run = vendor(&project, &address, &[TRUSTED, &["--date", "2027-01-01"]].concat()).expect(0);
    assert_eq!(run.stdout, "schemas/name.json is as it was\n");
    assert!(snapshot(project.root()) == before, "something was touched");

    for path in ["/moved", "/chunked.json"] {
        let name = format!("{}.json", &path[1..4]);
        vendor(&project, &format!("{server}{path}"), &[TRUSTED, &["--as", &name]].concat()).expect(0);
        assert_eq!(fs::read(project.path(&format!("schemas/{name}"))).unwrap(), SCHEMA.as_bytes());
    }
    project.codegen(&[]).expect(0);
}

fn chunked(body: &str) -> String {
    let (first, second) = body.split_at(10);
    format!("{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", first.len(), second.len())
}

/// What an address gives that is not taken, and how the error goes on after the address.
fn faults(plain: u16) -> Vec<(&'static str, Answer, String)> {
    let to = |location: &str| answer("302 Found", &format!("Location: {location}\r\nContent-Length: 0\r\n"), "");
    let too_large = vec![b' '; usize::try_from(MAX_FILE_BYTES).unwrap() + 1];
    let size = format!("is larger than {MAX_FILE_BYTES} bytes (32 MiB), the limit");
    let plain = format!("http://localhost:{plain}/a.json");
    let early = "the answer ends too early".to_owned();
    vec![
        (
            "/gone.json",
            answer("404 Not Found", "Content-Length: 2\r\n", "{}"),
            "the server answers 404 Not Found".into(),
        ),
        ("/none.json", answer("204 No Content", "", ""), "the server answers 204 No Content".into()),
        (
            "/down.json",
            answer("503 Service Unavailable", "", "{}"),
            "the server answers 503 Service Unavailable".into(),
        ),
        ("/plain.json", to(&plain), format!("the server leads on to `{plain}`, which is not https")),
        ("/loop.json", to("/loop.json"), format!("the server leads on more than {MAX_REDIRECTS} times")),
        (
            "/announced.json",
            answer("200 OK", &format!("Content-Length: {}\r\n", too_large.len()), SCHEMA),
            size.clone(),
        ),
        ("/endless.json", answer("200 OK", "", &too_large), size),
        ("/slow.json", Answer::Silence, "there was no whole answer within 1 seconds".into()),
        ("/cut.json", answer("200 OK", "Content-Length: 1000\r\n", SCHEMA), early.clone()),
        ("/chunk.json", answer("200 OK", "Transfer-Encoding: chunked\r\n", &chunked(SCHEMA)[..30]), early),
        ("/page.json", good("\n<!DOCTYPE html><p>{}</p>"), "this is a web page or other markup, not a schema".into()),
        ("/text.json", good("Not found"), "1:1: #: this is not JSON: expected value".into()),
        ("/list.json", good("[{}]"), "1:1: #: this is no schema: a schema is an object, `true` or `false`".into()),
        ("/other.json", good("{\"message\": \"no such file\"}"), "does not say its dialect".into()),
        ("/", good(SCHEMA), "`` is no path below the manifest's folder".into()),
    ]
}

#[test]
fn what_is_no_schema_or_no_whole_answer_is_told_and_nothing_is_written() {
    let project = Project::listing(SCHEMAS);
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    plain.set_nonblocking(true).unwrap();
    let port = plain.local_addr().unwrap().port();
    let faults = faults(port);
    let said: Vec<(&str, String)> = faults.iter().map(|(path, _, said)| (*path, said.clone())).collect();
    let answers = faults.into_iter().map(|(path, answer, _)| (path, answer)).collect();
    let server = serve(&project.path("ca.pem"), answers);
    let before = snapshot(project.root());
    for (path, said) in said {
        let wait = if path == "/slow.json" { "1" } else { "60" };
        let run = vendor(&project, &format!("{server}{path}"), &[TRUSTED, &["--timeout", wait]].concat()).expect(2);
        let message = run.stderr.strip_prefix(&format!("error: {server}{path}:")).unwrap_or_else(|| panic!("{run:?}"));
        assert!(message.trim_start().starts_with(&said), "{path}: {run:?}");
        assert!(run.stderr.contains("\n  help: ") && run.stdout.is_empty(), "{path}: {run:?}");
        assert!(run.stderr.ends_with("1 error; nothing was written\n"), "{path}: {run:?}");
        assert!(snapshot(project.root()) == before, "{path}: something was touched");
    }
    assert!(plain.accept().is_err(), "somebody has asked without TLS");
}

#[test]
fn a_server_that_is_not_trusted_or_not_there_gives_nothing() {
    let project = Project::listing(SCHEMAS);
    let server = serve(&project.path("ca.pem"), BTreeMap::from([("/a.json", good(SCHEMA))]));
    let _other = serve(&project.path("other.pem"), BTreeMap::new());
    project.put("no.pem", "nothing");
    let address = format!("{server}/a.json");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let plain = address.replace("https:", "http:");
    let secret = address.replace("localhost", "me:secret@localhost");
    let cases: Vec<(String, &[&str], &str)> = vec![
        (address.clone(), &[], "invalid peer certificate: UnknownIssuer"),
        (address.clone(), &["--ca-file", "other.pem"], "cannot be fetched: "),
        (address.replace("localhost", "127.0.0.1"), TRUSTED, "invalid peer certificate: "),
        (address.clone(), &["--ca-file", "no.pem"], "error: no.pem: has no certificate"),
        (address, &["--ca-file", "absent.pem"], "error: absent.pem: cannot be read: "),
        (format!("https://localhost:{free}/a.json"), TRUSTED, "cannot be fetched: "),
        (plain, TRUSTED, "is not https"),
        ("ftp://localhost/a.json".to_owned(), TRUSTED, "is not https"),
        ("https://a b/".to_owned(), TRUSTED, "is not an address"),
        (secret, TRUSTED, "error: an address has a user name or a password"),
    ];
    let before = snapshot(project.root());
    for (address, options, said) in cases {
        let run = vendor(&project, &address, options).expect(2);
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(said), "{address}: {run:?}");
        assert!(run.stderr.contains("\n  help: ") && !run.stderr.contains("secret"), "{run:?}");
        assert!(snapshot(project.root()) == before, "{address}: something was touched");
    }
}
