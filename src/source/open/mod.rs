//! Enums that their authors mark as open (`x-speakeasy-unknown-values: allow`) -> what they accept under the manifest's
//! policy: any value of the types that they list, with the values they list for an annotation, [`KNOWN_VALUES`].
//!
//! Opening an enum has to widen what the schema around it accepts. Below `not`, in `if` or where `oneOf` tells its branches
//! apart by it, it would refuse what the schema accepts: there it stays closed, and the ledger says so.

mod telling;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Document, Graph, Place, UnknownEnumValues};
use crate::apart::below;
use crate::equal::equal;
use crate::parallel;
use crate::vocabulary;
use telling::Schemas;

/// The annotation of an open enum: the values that it lists, `null` left out.
pub const KNOWN_VALUES: &str = "x-known-values";

/// The mark of an open enum.
const MARK: &str = "x-speakeasy-unknown-values";

/// What became of an enum that is marked as open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marked {
    /// It accepts every value of the types that it lists.
    Open,
    /// It is as it is written, for this reason.
    Closed(String),
}

/// Opens the marked enums of all documents whose policy says so, and puts into each document what became of them.
pub(super) fn open(documents: &mut [Document], graph: &Graph) {
    let marked = parallel::map(documents.iter().enumerate().collect(), |(index, document)| {
        let all = vocabulary::subschemas(&document.schema, "").into_iter();
        all.filter_map(|(pointer, schema)| Some(((index, pointer), opened(schema)?))).collect::<Vec<_>>()
    });
    let marked: BTreeMap<Place, Value> = marked.into_iter().flatten().collect();
    if marked.is_empty() {
        return;
    }
    let places: BTreeSet<Place> = marked.keys().cloned().collect();
    let closed = closed(&Schemas { documents, graph, marked: &places });
    for ((index, pointer), opened) in marked {
        let Some(document) = documents.get_mut(index) else { continue };
        let why = match (document.source.policy.unknown_enum_values, closed.get(&(index, pointer.clone()))) {
            (UnknownEnumValues::Refuse, _) => Some("by the policy".to_owned()),
            (UnknownEnumValues::KeepWhereMarked, why) => why.cloned(),
        };
        let became = match (why, document.schema.pointer_mut(&pointer)) {
            (None, Some(schema)) => {
                *schema = opened;
                Marked::Open
            }
            (why, _) => Marked::Closed(why.unwrap_or_default()),
        };
        document.marked.insert(pointer, became);
    }
}

/// The open form of `schema`, if it is an enum that is marked so: with `type` for what its values are. `null` is accepted
/// where it is listed, and where `type` allows it.
fn opened(schema: &Value) -> Option<Value> {
    let keywords = schema.as_object().filter(|keywords| keywords.get(MARK).is_some_and(|mark| mark == "allow"))?;
    let listed = keywords.get("enum")?.as_array()?;
    let stated = keywords.get("type");
    let mut types: Vec<&str> = listed.iter().filter_map(|value| admitting(stated, value)).collect();
    types.sort_unstable_by_key(|name| *name == "null");
    let mut distinct: Vec<&str> = Vec::new();
    for name in types {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    let types: Value = match distinct.as_slice() {
        [] | ["null"] => return None,
        [only] => (*only).into(),
        several => several.iter().copied().collect(),
    };
    let mut known: Vec<Value> = Vec::new();
    for value in listed.iter().filter(|value| !value.is_null()) {
        if !known.iter().any(|other| equal(value, other)) {
            known.push(value.clone());
        }
    }
    let (mut opened, mut types) = (Map::new(), Some(types));
    for (keyword, value) in keywords {
        match keyword.as_str() {
            "type" | "enum" => opened.extend(types.take().map(|types| ("type".to_owned(), types))),
            _ => drop(opened.insert(keyword.clone(), value.clone())),
        }
    }
    opened.insert(KNOWN_VALUES.to_owned(), known.into());
    Some(opened.into())
}

/// The type of `value`, as `stated` names it; none if that does not admit it.
fn admitting(stated: Option<&Value>, value: &Value) -> Option<&'static str> {
    let own: &[&'static str] = match value {
        Value::Null => &["null"],
        Value::Bool(_) => &["boolean"],
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => &["number", "integer"],
        Value::Number(_) => &["number"],
        Value::String(_) => &["string"],
        Value::Array(_) => &["array"],
        Value::Object(_) => &["object"],
    };
    let named = |name: &str| own.iter().copied().find(|own| *own == name);
    match stated {
        None => own.first().copied(),
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).find_map(named),
        Some(_) => None,
    }
}

/// The marked enums that opening would make refuse something, each with the reason.
fn closed(schemas: &Schemas<'_>) -> BTreeMap<Place, String> {
    let mut closed = BTreeMap::new();
    for (index, document) in schemas.documents.iter().enumerate() {
        for (pointer, schema) in vocabulary::subschemas(&document.schema, "") {
            let place = (index, pointer);
            let at = document.written(&place.1);
            let mut close = |places: BTreeSet<Place>, why: &str| {
                for place in places {
                    closed.entry(place).or_insert_with(|| format!("{why} `#{at}`"));
                }
            };
            for keyword in ["not", "if", "contains"] {
                if schema.get(keyword).is_some() && (keyword != "contains" || schema.get("maxContains").is_some()) {
                    close(schemas.reached(&below(&place, &[keyword])), &format!("it stands below `{keyword}` of"));
                }
            }
            let is_told = schema.get("discriminator").is_some();
            for keyword in ["oneOf", "anyOf"].into_iter().filter(|keyword| *keyword == "oneOf" || is_told) {
                let tells = schemas.telling(&place, keyword);
                close(tells.apart, &format!("its values tell the branches of `{keyword}` apart at"));
                if keyword == "oneOf" {
                    close(tells.overlapping, "with more values, two branches could accept what one does at");
                }
            }
        }
    }
    closed
}
