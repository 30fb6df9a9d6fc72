//! The defaults of all schemas -> notes on those that their own schema refuses. A default is an annotation: such a one is
//! kept and shown, and nothing is filled in.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bundle::bundle;
use super::place::Place;
use crate::diagnostic::{Diagnostic, Level};
use crate::pointer;
use crate::source::Sources;
use crate::vocabulary;

/// A note for each source with such defaults, at the first of them.
pub(crate) fn notes(sources: &Sources) -> Vec<Diagnostic> {
    let mut found: BTreeMap<usize, (Diagnostic, usize)> = BTreeMap::new();
    for (number, document) in sources.documents.iter().enumerate() {
        for (at, schema) in vocabulary::subschemas(&document.schema, "") {
            let Some(default) = schema.get("default") else { continue };
            let place = Place { document: number, pointer: at };
            if accepts(sources, &place, schema, default) {
                continue;
            }
            let (_, count) = found.entry(document.entry).or_insert_with(|| {
                let message = "`default` is a value that its own schema refuses; it is kept as an annotation";
                let note = document.error(&pointer::push(&place.pointer, "default"), message);
                (Diagnostic { level: Level::Note, ..note }, 0)
            });
            *count += 1;
        }
    }
    let counted = found.into_values().map(|(mut note, count)| {
        if count > 1 {
            note.message.push_str(&format!(" ({count} places, this among them)"));
        }
        note
    });
    counted.collect()
}

/// Whether the schema at `place` accepts `default`; one that cannot be asked does.
fn accepts(sources: &Sources, place: &Place, schema: &Value, default: &Value) -> bool {
    // Most schemas with a default are of one type and say no more.
    let bundled =
        if schema.get("$ref").is_some() || has_schemas(schema) { bundle(sources, place, "") } else { schema.clone() };
    jsonschema::draft202012::new(&bundled).map_or(true, |validator| validator.is_valid(default))
}

fn has_schemas(schema: &Value) -> bool {
    !vocabulary::children(schema, "").is_empty()
}
