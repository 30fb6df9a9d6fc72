//! The defaults of all schemas -> those that their types can hold, and notes on those that their own schema refuses. A
//! default is an annotation: each is kept and shown, and nothing is filled in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::bundle::bundle;
use super::class::{self, Kind};
use super::place::{Place, Schemas};
use super::simplify::Simple;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;
use crate::vocabulary;
use crate::{parallel, pointer};

/// A note for each source with such defaults, at the first of them.
pub(crate) fn notes(sources: &Sources) -> Vec<Diagnostic> {
    let mut found: BTreeMap<usize, (Diagnostic, usize)> = BTreeMap::new();
    let refused = parallel::map((0..sources.documents.len()).collect(), |number| refused(sources, number));
    for (document, places) in sources.documents.iter().zip(refused) {
        for pointer in places {
            let (_, count) = found.entry(document.entry).or_insert_with(|| {
                let message = "`default` is a value that its own schema refuses; it is kept as an annotation";
                let note = document.error(&pointer::push(&pointer, "default"), message);
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

/// The pointers of the schemas of the document of this `number` that refuse their own defaults.
fn refused(sources: &Sources, number: usize) -> Vec<String> {
    let document = sources.documents.get(number);
    let all = document.into_iter().flat_map(|document| vocabulary::subschemas(&document.schema, ""));
    let refused = all.filter_map(|(pointer, schema)| {
        let default = schema.get("default")?;
        let place = Place { document: number, pointer };
        (!accepts(sources, &place, schema, default)).then_some(place.pointer)
    });
    refused.collect()
}

/// Whether the schema at `place` accepts `default`; one that cannot be asked does.
fn accepts(sources: &Sources, place: &Place, schema: &Value, default: &Value) -> bool {
    // Most schemas with a default are of one type and say no more.
    let bundled =
        if schema.get("$ref").is_some() || has_schemas(schema) { bundle(sources, place, "") } else { schema.clone() };
    jsonschema::draft202012::new(&bundled).map_or(true, |validator| validator.is_valid(default))
}

/// The default of each schema that has one, or else of what it refers to, if a type of that schema can hold it.
pub(super) fn all(simple: &Simple) -> HashMap<Place, Value> {
    let each = simple.map_schemas(|schemas| {
        let stating = schemas.into_iter().filter(|(_, it)| it.get("default").is_some() || it.get("$ref").is_some());
        stating.filter_map(|(place, _)| Some((of(simple, &place)?, place))).collect::<Vec<_>>()
    });
    each.into_iter().flatten().map(|(default, place)| (place, default)).collect()
}

/// The default of the schema at `place`, or else of what it refers to.
fn of(simple: &Simple, place: &Place) -> Option<Value> {
    // What is no more than a reference has the default of what it refers to: that is asked once for all of them.
    let (mut at, mut met) = (place.clone(), Vec::new());
    let default = loop {
        let is_reference =
            at.schema(simple).get("default").is_none() && class::classify_alone(simple, &at).kind == Kind::Reference;
        let target = simple.target(&at).filter(|target| is_reference && simple.policy(target) == simple.policy(&at));
        let Some((definition, target)) = target.and_then(|target| Some((simple.definition(&target)?, target))) else {
            break own(simple, &at);
        };
        if let Some(known) = definition.default.get() {
            break known.clone();
        }
        met.push(definition);
        at = target;
    };
    for definition in met {
        // Whoever has found it out meanwhile has found the same.
        let _ = definition.default.set(default.clone());
    }
    default
}

/// The default of the schema at `place`, or else of what it refers to beside what it says itself.
fn own(simple: &Simple, place: &Place) -> Option<Value> {
    let mut met = BTreeSet::new();
    let mut at = place.clone();
    let default = loop {
        match at.schema(simple).get("default") {
            Some(default) => break default,
            None if met.insert(at.clone()) => at = simple.target(&at)?,
            None => return None,
        }
    };
    let schema = bundle(simple, place, "");
    let annotated = class::annotated_formats(&schema, simple.policy(place));
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let options = annotated.into_iter().fold(options, |options, format| options.with_format(format, |_: &str| true));
    let validator = options.build(&schema).ok()?;
    (is_within_limits(default) && validator.is_valid(default)).then(|| default.clone())
}

/// Whether Rust's types hold each number of `value` that a schema might call an integer.
fn is_within_limits(value: &Value) -> bool {
    /// 2^63, which is the first that `i64` does not hold.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    match value {
        Value::Number(number) => number.is_i64() || number.as_f64().is_some_and(|number| number.abs() < BEYOND),
        Value::Array(items) => items.iter().all(is_within_limits),
        Value::Object(members) => members.values().all(is_within_limits),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

fn has_schemas(schema: &Value) -> bool {
    !vocabulary::children(schema, "").is_empty()
}
