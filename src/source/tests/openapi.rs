//! OpenAPI documents as sources: which of their schemas become definitions, and what these mean.

use serde_json::{Value, json};

use super::{DRAFT, Folder, PACKAGE, entry};
use crate::source::{Dialect, Sources};

/// `document` listed in a manifest, with `more` in its entry.
fn listing(document: &str, more: &str) -> Folder {
    let bytes = document.as_bytes();
    let entry = entry("api.yaml", bytes, "api").replace(&format!("dialect = \"{DRAFT}\"\n"), more);
    Folder::new(&(PACKAGE.to_owned() + &entry), &[("api.yaml", bytes)])
}

fn read(document: &str, more: &str) -> (Sources, Vec<String>) {
    let folder = listing(document, more);
    let sources = folder.load().unwrap_or_else(|error| panic!("{error}"));
    let notes = folder.printed(&sources.notes);
    (sources, notes)
}

/// The normal form of the definitions of `schemas`, an object in YAML's flow style, in a document of this `version`.
fn definitions(version: &str, schemas: &str) -> Value {
    let document = format!("openapi: {version}\ncomponents:\n  schemas: {schemas}\n");
    read(&document, "").0.documents.remove(0).schema["$defs"].take()
}

#[test]
fn the_version_says_what_words_mean() {
    let schemas = "{A: {type: integer, nullable: true, minimum: 0, exclusiveMinimum: true}}";
    let normal = json!({"A": {"type": ["integer", "null"], "exclusiveMinimum": 0}});
    for (version, dialect) in
        [("3.0.3", Dialect::OpenApi30), ("3.1.0", Dialect::OpenApi31), ("'3.1'", Dialect::OpenApi31)]
    {
        assert_eq!(definitions(version, schemas), normal, "{version}");
        let (sources, notes) = read(&format!("openapi: {version}\ncomponents: {{schemas: {schemas}}}\n"), "");
        assert_eq!(sources.documents[0].dialect, dialect);
        assert_eq!(notes.len(), if dialect == Dialect::OpenApi30 { 0 } else { 2 }, "{notes:?}");
    }
    let own = "openapi: 3.1.0\njsonSchemaDialect: http://json-schema.org/draft-07/schema#\ncomponents: {schemas: {A: true}}\n";
    assert_eq!(read(own, "").0.documents[0].dialect, Dialect::Draft7);
}

#[test]
fn documents_that_are_not_read_say_so() {
    let schemas = "components: {schemas: {A: true}}\n";
    for (document, more, said) in [
        (format!("swagger: '2.0'\n{schemas}"), "", "api.yaml:1:10: #/swagger: OpenAPI 2.0 is not supported"),
        (format!("openapi: 3.2.0\n{schemas}"), "", "api.yaml:1:10: #/openapi: OpenAPI 3.2.0 is not supported"),
        (
            format!("openapi: 3.1.0\njsonSchemaDialect: urn:x\n{schemas}"),
            "",
            "api.yaml:2:20: #/jsonSchemaDialect: `jsonSchemaDialect` is \"urn:x\", which is not supported",
        ),
        (
            "openapi: 3.1.0\ncomponents: {}\n".to_owned(),
            "",
            "api.yaml:2:13: #/components: the document has no schemas under `components.schemas`, and these alone become types",
        ),
        (
            format!("openapi: 3.1.0\n{schemas}"),
            "dialect = \"https://spec.openapis.org/oas/3.0/schema/2021-09-28\"\n",
            "manifest.toml:6:8: the manifest says `https://spec.openapis.org/oas/3.0/schema/2021-09-28`, but the document is of OpenAPI 3.1",
        ),
        (
            format!("openapi: 3.1.0\n{schemas}"),
            "type = \"A\"\n",
            "manifest.toml:6:8: `type` does not go with an OpenAPI document",
        ),
        (
            "type: string\n".to_owned(),
            "",
            "manifest.toml:6:8: neither the manifest nor a `$schema` says in which dialect `api.yaml` is written",
        ),
        (
            "$schema: http://json-schema.org/draft-07/schema#\n".to_owned(),
            "tags = [\"a\"]\n",
            "manifest.toml:9:9: `only`, `operations` and `tags` choose from an OpenAPI document, and this is a schema",
        ),
    ] {
        assert_eq!(listing(&document, more).failure(), [format!("error: {said}")]);
    }
}

#[test]
fn references_lead_to_definitions_and_into_the_rest_of_the_document() {
    let document = "openapi: 3.1.0
components:
  parameters:
    Size: {name: size, in: query, schema: {type: integer, minimum: 1}}
  schemas:
    A/B: {$anchor: ab, properties: {c: {type: string}}}
    C: {$ref: '#/components/schemas/A~1B'}
    D: {$ref: '#/components/schemas/A~1B/properties/c'}
    E: {$ref: '#ab'}
    F: {$ref: '#/components/parameters/Size/schema'}
    G: {$id: https://example.com/g, $ref: '#h', $defs: {h: {$anchor: h, type: null}}}
    H: {$ref: https://example.com/g}
";
    let (sources, _) = read(&document.replace("null", "'null'"), "");
    for (from, to) in [
        ("/$defs/C", "/$defs/A~1B"),
        ("/$defs/D", "/$defs/A~1B/properties/c"),
        ("/$defs/E", "/$defs/A~1B"),
        ("/$defs/F", "/$defs/Size parameter"),
        ("/$defs/G", "/$defs/G/$defs/h"),
        ("/$defs/H", "/$defs/G"),
    ] {
        assert_eq!(sources.graph.target(0, from), Some((0, to)), "{from}");
    }
    let document = &sources.documents[0];
    assert_eq!(document.written("/$defs/D/$ref"), "/components/schemas/D/$ref");
    assert_eq!(document.written("/$defs/Size parameter/minimum"), "/components/parameters/Size/schema/minimum");
    assert_eq!(document.position("/$defs/Size parameter/minimum").1.line, 4);
}

const API: &str = "openapi: 3.0.3
paths:
  /a:
    parameters: [{$ref: '#/components/parameters/P'}]
    get:
      operationId: get-a
      tags: [one, two]
      requestBody: {$ref: '#/components/requestBodies/R'}
      responses:
        200: {$ref: '#/components/responses/Q'}
        default: {description: d, content: {application/json: {schema: {items: {$ref: '#/components/schemas/InDefault'}}}}}
    put:
      operationId: put-a
      tags: [two]
      responses: {204: {description: none}}
      callbacks: {c: {'{$url}': {post: {requestBody: {content: {x: {schema: {$ref: '#/components/schemas/InCallback'}}}}}}}}
components:
  parameters: {P: {name: p, in: query, schema: {$ref: '#/components/schemas/InParameter'}}}
  headers: {H: {schema: {$ref: '#/components/schemas/InHeader'}}}
  requestBodies: {R: {content: {x: {schema: {$ref: '#/components/schemas/InBody'}}}}}
  responses:
    Q:
      description: q
      headers: {h: {$ref: '#/components/headers/H'}}
      content: {x: {schema: {$ref: '#/components/schemas/InResponse/properties/p'}, example: {$ref: '#/components/schemas/No'}}}
  schemas:
    InBody: {example: {$ref: '#/components/schemas/No'}, $ref: '#/components/schemas/Below'}
    Below: {properties: {d: {$ref: '#/components/schemas/Tagged'}}}
    Tagged: {discriminator: {propertyName: t, mapping: {m: Mapped, n: '#/components/schemas/Linked'}}}
    Mapped: {}
    Linked: {}
    InDefault: {}
    InParameter: {}
    InHeader: {}
    InResponse: {properties: {p: {}}}
    InCallback: {}
    No: {}
";

/// The names of the definitions that are kept of [`API`] with `more` in its entry.
fn kept(more: &str) -> Vec<String> {
    let (sources, _) = read(API, more);
    let definitions = sources.documents[0].schema["$defs"].as_object().unwrap();
    definitions.keys().cloned().collect()
}

#[test]
fn what_is_wanted_is_kept_with_what_it_refers_to() {
    assert_eq!(kept("").len(), 11);
    let of_get =
        ["InBody", "Below", "Tagged", "Mapped", "Linked", "InDefault", "InParameter", "InHeader", "InResponse"];
    assert_eq!(kept("operations = [\"get-a\"]\n"), of_get);
    assert_eq!(kept("tags = [\"one\"]\n"), of_get);
    assert_eq!(kept("operations = [\"put-a\"]\n"), ["InParameter", "InCallback"]);
    assert_eq!(kept("tags = [\"two\"]\n").len(), 10);
    assert_eq!(kept("only = [\"Tagged\"]\n"), ["Tagged", "Mapped", "Linked"]);
    assert_eq!(kept("only = [\"*Body\", \"N*\"]\n"), ["InBody", "Below", "Tagged", "Mapped", "Linked", "No"]);
    assert_eq!(kept("only = [\"No\"]\noperations = [\"put-a\"]\n"), ["InParameter", "InCallback", "No"]);
}

#[test]
fn what_is_wanted_in_vain_is_reported_and_so_are_odd_filters() {
    let more = "only = [\"No\", \"Nothing*\"]\noperations = [\"get-b\"]\ntags = [\"three\"]\n";
    assert_eq!(
        listing(API, more).failure(),
        [
            "error: manifest.toml:9:15: `api.yaml` has no schema called `Nothing*`",
            "error: manifest.toml:10:15: `api.yaml` has no operation whose `operationId` is `get-b`",
            "error: manifest.toml:11:9: `api.yaml` has no operation with the tag `three`",
        ]
    );
    assert_eq!(
        listing(API, "only = []\noperations = \"a\"\ntags = [1]\n").failure()[..3],
        [
            "error: manifest.toml:9:8: `only` is not a list of one text at least",
            "error: manifest.toml:10:14: `operations` is not a list of one text at least",
            "error: manifest.toml:11:9: `tags` is not one line of text",
        ]
    );
}

#[test]
fn wrong_schemas_are_reported_where_they_are_kept_only() {
    let document = "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {type: strong}\n    B: {$ref: '#/components/schemas/C'}\n    D: {}\n";
    assert_eq!(
        listing(document, "").failure(),
        [
            "error: api.yaml:4:15: #/components/schemas/A/type: `type` does not allow \"strong\"",
            "error: api.yaml:5:15: #/components/schemas/B/$ref: `$ref` to `#/components/schemas/C` leads to a pointer at which the document has nothing",
        ]
    );
    assert!(listing(document, "only = [\"D\"]\n").load().is_ok());
}
