//! [`Plan`] -> typify -> the Rust type of each definition and of each of its members.
//!
//! The one place that calls typify. Definitions and members go in under numbers (`D0`, `m0`, `V0`), so that no name of a
//! schema can clash with another there, and what comes out is looked up by these.

use std::collections::BTreeMap;

use schemars08::schema::Schema;
use serde_json::{Map, Value, json};
use syn::{Fields, Type};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::caught::caught;
use crate::diagnostic::{Diagnostic, Result};
use crate::lower::{Definition, Form, Item, Plan, Presence};

/// What typify made of a definition.
#[derive(Clone)]
pub enum Shape {
    /// A struct: the type of each member, of each map of other members, and of their names, in the
    /// definition's order; or of each item of an array.
    Struct(Vec<Type>),
    /// A struct around one value of this type.
    Newtype(Box<Type>),
    /// An enum whose variants have no fields.
    Enum,
}

/// Asks typify for the shape of each definition of `plan`; the shapes by the definitions' keys.
///
/// # Errors
///
/// What typify refuses, panics at, or answers otherwise than it was asked.
pub fn shapes(plan: &Plan) -> Result<BTreeMap<String, Shape>> {
    let request: Map<String, Value> =
        plan.definitions().map(|(_, definition)| (definition.key.clone(), request(definition))).collect();
    let file = ask(request).map_err(|message| {
        Diagnostic::error("", format!("typify cannot generate these types: {message}"))
            .help("this is a fault of typeproof: it should not have asked typify for that; please report the schema")
    })?;
    let items: BTreeMap<String, syn::Item> =
        file.items.into_iter().filter_map(|item| Some((name(&item)?, item))).collect();
    let mut shapes = BTreeMap::new();
    for (_, definition) in plan.definitions() {
        let shape = items.get(&definition.key).and_then(|item| shape(definition, item));
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
        Form::Text(_) | Form::Values(_) => {
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

/// typify's answer. It panics where it is at a loss, which is caught here and named.
fn ask(definitions: Map<String, Value>) -> std::result::Result<syn::File, String> {
    let definitions: BTreeMap<String, Schema> =
        serde_json::from_value(definitions.into()).map_err(|error| error.to_string())?;
    let mut settings = TypeSpaceSettings::default();
    let map: Type = syn::parse_quote!(::std::collections::BTreeMap);
    settings.with_map_type(map);
    let run = || {
        let mut types = TypeSpace::new(&settings);
        types.add_ref_types(definitions).map_err(|error| error.to_string())?;
        Ok(types.to_stream())
    };
    let tokens = caught(run).and_then(|tokens| tokens)?;
    syn::parse2(tokens).map_err(|error| format!("it wrote no Rust: {error}"))
}

fn name(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// The shape that `item` has, if it is the one that `definition` asked for.
fn shape(definition: &Definition, item: &syn::Item) -> Option<Shape> {
    match (&definition.form, item) {
        (Form::Object { .. } | Form::Tuple { .. } | Form::Union { .. }, syn::Item::Struct(item)) => {
            let count = parts(definition).len();
            let field = |index: usize| {
                let mut fields = item.fields.iter();
                fields.find(|field| field.ident.as_ref().is_some_and(|ident| ident == &format!("m{index}")))
            };
            let types = (0..count).map(|index| Some(field(index)?.ty.clone()));
            let types = types.collect::<Option<Vec<_>>>()?;
            (item.fields.len() == count).then_some(Shape::Struct(types))
        }
        (Form::Newtype { .. } | Form::Checked { .. } | Form::Opaque { .. }, syn::Item::Struct(item)) => {
            match &item.fields {
                Fields::Unnamed(fields) => match fields.unnamed.iter().collect::<Vec<_>>().as_slice() {
                    [field] => Some(Shape::Newtype(Box::new(field.ty.clone()))),
                    _ => None,
                },
                _ => None,
            }
        }
        (Form::Text(_) | Form::Values(_), syn::Item::Enum(item)) => {
            let plain = item.variants.iter().all(|variant| variant.fields.is_empty());
            (plain && item.variants.len() == variants(definition)).then_some(Shape::Enum)
        }
        _ => None,
    }
}

/// How many variants an enum without fields has.
fn variants(definition: &Definition) -> usize {
    match &definition.form {
        Form::Text(variants) => variants.len(),
        Form::Values(values) => values.len(),
        _ => 0,
    }
}
