//! [`Plan`] -> typify -> the Rust type of each definition and of each of its members.
//!
//! The one place that calls typify. Definitions and members go in under numbers (`D0`, `m0`, `V0`), so that no name of a
//! schema can clash with another there, and what comes out is looked up by these.

use std::collections::BTreeMap;

use schemars08::schema::Schema;
use serde_json::{Map, Value, json};
use syn::{Type, parse_quote};
use typify::{TypeDetails, TypeEnumVariant, TypeId, TypeSpace, TypeSpaceSettings};

use crate::caught::caught;
use crate::diagnostic::{Diagnostic, Result};
use crate::lower::{Definition, Form, Item, Plan, Presence};
use crate::parallel;

/// What typify made of a definition. A type is the text that typify has for it, unless it is said otherwise.
#[derive(Clone, Debug)]
pub enum Shape<T = String> {
    /// A struct: the type of each member, of each map of other members, and of their names, in the
    /// definition's order; or of each item of an array.
    Struct(Vec<T>),
    /// A struct around one value of this type.
    Newtype(T),
    /// An enum whose variants have no fields.
    Enum,
}

/// Asks typify for the shape of each definition of `plan` that has a type of its own; the shapes by the definitions' keys.
///
/// # Errors
///
/// What typify refuses, panics at, or answers otherwise than it was asked.
pub fn shapes(plan: &Plan) -> Result<BTreeMap<String, Shape>> {
    let own = || plan.definitions().map(|(_, definition)| definition).filter(|definition| definition.same_as.is_none());
    let asked = parallel::map(own().collect(), |definition| {
        let schema = serde_json::from_value::<Schema>(request(definition)).map_err(|error| error.to_string())?;
        Ok((definition.key.clone(), schema))
    });
    let mut answers =
        asked.into_iter().collect::<std::result::Result<_, String>>().and_then(ask).map_err(|message| {
            Diagnostic::error("", format!("typify cannot generate these types: {message}")).help(
                "this is a fault of typeproof: it should not have asked typify for that; please report the schema",
            )
        })?;
    let mut shapes = BTreeMap::new();
    for definition in own() {
        let shape = answers.remove(&definition.key).and_then(|answer| shape(definition, answer));
        let missing = || {
            Diagnostic::error("", format!("typify gave no such type for `{}`", definition.name))
                .pointing(&definition.pointer)
                .help("this is a fault of typeproof; please report the schema")
        };
        shapes.insert(definition.key.clone(), shape.ok_or_else(missing)?);
    }
    Ok(shapes)
}

/// What typify is asked about a definition. Every member is required there: what may be absent, `enrich` makes so.
fn request(definition: &Definition) -> Value {
    match &definition.form {
        // typify makes one variant of branches that are one type to it; asked about members, it answers for each.
        Form::Object { .. } | Form::Tuple { .. } | Form::Union { .. } => {
            let parts = parts(definition);
            let names = || (0..parts.len()).map(|index| format!("m{index}"));
            let required: Vec<String> = names().collect();
            let properties: Map<String, Value> = names().zip(parts).collect();
            json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
        }
        Form::Values(values) if values.is_empty() => json!(false),
        Form::Text(_) | Form::Open { .. } | Form::Values(_) => {
            let names: Vec<String> = (0..variants(definition)).map(|index| format!("V{index}")).collect();
            json!({"type": "string", "enum": names})
        }
        Form::Newtype { typify } | Form::Checked { typify, .. } => typify.clone(),
        Form::Opaque { .. } => json!(true),
    }
}

/// What typify is asked about each part of an object: its members, its maps of other members, their names; or about each
/// item of a tuple, and the list of those after them.
fn parts(definition: &Definition) -> Vec<Value> {
    match &definition.form {
        Form::Object { members, rest, names, .. } => {
            let members = members.iter().map(|member| member.typify.clone());
            let maps = rest.iter().map(|rest| json!({"type": "object", "additionalProperties": rest.typify}));
            members.chain(maps).chain(names.iter().map(|names| names.typify.clone())).collect()
        }
        Form::Tuple { items, .. } => {
            let item = |item: &Item| match item.presence {
                Presence::Rest => json!({"type": "array", "items": item.typify}),
                Presence::Required | Presence::Optional => item.typify.clone(),
            };
            items.iter().map(item).collect()
        }
        Form::Union { branches, .. } => branches.iter().map(|branch| branch.typify.clone()).collect(),
        _ => Vec::new(),
    }
}

/// A type that typify made.
enum Answer {
    /// A struct: the types of its fields, by their names.
    Struct(BTreeMap<String, String>),
    /// A struct around one value of this type.
    Newtype(String),
    /// An enum of so many variants, none of which has fields.
    Enum(usize),
}

/// typify's answer, by the names. It panics where it is at a loss, which is caught here and named. It is asked for the types alone:
/// what it writes for them (derives, conversions) has no use, and takes most of its time.
fn ask(definitions: BTreeMap<String, Schema>) -> std::result::Result<BTreeMap<String, Answer>, String> {
    let mut settings = TypeSpaceSettings::default();
    let map: Type = parse_quote!(::std::collections::BTreeMap);
    settings.with_map_type(map);
    let run = || {
        let mut types = TypeSpace::new(&settings);
        types.add_ref_types(definitions).map_err(|error| error.to_string())?;
        let (mut answers, mut idents) = (BTreeMap::new(), BTreeMap::new());
        for of in types.iter_types() {
            if let Some(answer) = answer(&types, &of.details(), &mut idents)? {
                answers.insert(of.name(), answer);
            }
        }
        Ok(answers)
    };
    caught(run).and_then(|answers| answers)
}

/// What typify says of a type; none if it is no struct, and no enum without fields. `idents` are the texts of types that it was asked
/// for already: most types are named many times.
fn answer(
    types: &TypeSpace,
    details: &TypeDetails<'_>,
    idents: &mut BTreeMap<TypeId, String>,
) -> std::result::Result<Option<Answer>, String> {
    let mut of = |id: &TypeId| -> std::result::Result<String, String> {
        if let Some(known) = idents.get(id) {
            return Ok(known.clone());
        }
        let ident = types.get_type(id).map_err(|error| error.to_string())?.ident().to_string();
        idents.insert(id.clone(), ident.clone());
        Ok(ident)
    };
    Ok(match details {
        TypeDetails::Struct(made) => {
            let fields = made.properties().map(|(name, id)| Ok((name.to_owned(), of(&id)?)));
            Some(Answer::Struct(fields.collect::<std::result::Result<_, String>>()?))
        }
        TypeDetails::Newtype(made) => Some(Answer::Newtype(of(&made.inner())?)),
        TypeDetails::Enum(made) => {
            let is_plain = made.variants().all(|(_, variant)| matches!(variant, TypeEnumVariant::Simple));
            is_plain.then(|| Answer::Enum(made.variants().count()))
        }
        _ => None,
    })
}

/// The shape that `answer` is, if it is the one that `definition` asked for.
fn shape(definition: &Definition, answer: Answer) -> Option<Shape> {
    match (&definition.form, answer) {
        (Form::Object { .. } | Form::Tuple { .. } | Form::Union { .. }, Answer::Struct(mut fields)) => {
            let count = fields.len();
            let types = (0..parts(definition).len()).map(|index| fields.remove(&format!("m{index}")));
            let types = types.collect::<Option<Vec<_>>>()?;
            (types.len() == count).then_some(Shape::Struct(types))
        }
        (Form::Newtype { .. } | Form::Checked { .. } | Form::Opaque { .. }, Answer::Newtype(of)) => {
            Some(Shape::Newtype(of))
        }
        (Form::Text(_) | Form::Open { .. } | Form::Values(_), Answer::Enum(count)) => {
            (count == variants(definition)).then_some(Shape::Enum)
        }
        _ => None,
    }
}

/// How many variants an enum without fields has.
fn variants(definition: &Definition) -> usize {
    match &definition.form {
        Form::Text(variants) | Form::Open { known: variants, .. } => variants.len(),
        Form::Values(values) => values.len(),
        _ => 0,
    }
}
