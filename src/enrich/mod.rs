//! [`Plan`] and typify's [`Shape`](shape::Shape)s -> the Rust of each definition: types with the schema's names, order and
//! documentation, and for each one statement of what it is on the wire.

mod constructor;
mod defaults;
pub mod docs;
mod patterns;
mod rust;
mod statement;

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use serde_json::Value;
use syn::{Attribute, Field, Fields, FieldsNamed, FieldsUnnamed, Type, Variant, parse_quote};

use crate::diagnostic::{Diagnostic, Result};
use crate::lower::{Definition, Form, Item, Member, Module, Overlap, Part, Plan, Presence, Rest, Rule, code};
use crate::source::Document;
use crate::{parallel, shape};
pub(crate) use defaults::STATED;
use patterns::Patterns;
use rust::Names;

/// What typify made of a definition, its types as syn has them.
type Shape = shape::Shape<Type>;

/// The Rust of one definition.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The struct or enum, as it is printed.
    pub item: String,
    /// What it is on the wire: a call of one of the support module's macros; and its constructor, if it has one. Empty where the
    /// definition is another name for a type.
    pub statement: String,
    /// The crates that both need.
    pub crates: BTreeSet<String>,
    /// The types of other definitions that both name: each by its module and its own name.
    pub uses: BTreeSet<(String, String)>,
}

/// The Rust of each definition, by its key; the plan's modules are those of `documents`.
///
/// # Errors
///
/// What of typify's answer is no Rust.
pub fn enrich(
    plan: &Plan,
    shapes: &BTreeMap<String, shape::Shape>,
    documents: &[Document],
) -> Result<BTreeMap<String, Generated>> {
    let run =
        Run { names: Names::new(plan), partial: partial(shapes), patterns: Patterns::new(plan), shapes, documents };
    let made = parallel::map(plan.definitions().collect(), |(module, definition)| run.generate(module, definition));
    let made = made.into_iter().collect::<Result<Vec<_>>>()?;
    Ok(made.into_iter().flatten().collect())
}

/// What is known of all definitions, for the sake of each.
struct Run<'a> {
    names: Names,
    /// The keys of those that hold an `f64`.
    partial: BTreeSet<String>,
    patterns: Patterns<'a>,
    shapes: &'a BTreeMap<String, shape::Shape>,
    documents: &'a [Document],
}

impl Run<'_> {
    /// The Rust of `definition`, with its key; none where it has no shape. What syn makes cannot leave the thread that made it:
    /// so all of it is made, and printed, here.
    fn generate(&self, module: &Module, definition: &Definition) -> Result<Option<(String, Generated)>> {
        let Some(document) = self.documents.get(definition.document) else { return Ok(None) };
        let pointer = document.written(&definition.pointer);
        if let Some(of) = &definition.same_as {
            return Ok(self.alias(definition, &pointer, of));
        }
        let Some(shape) = self.shapes.get(&definition.key) else { return Ok(None) };
        let shape = rust::parsed(shape).map_err(|error| {
            Diagnostic::error("", format!("typify wrote no Rust for `{}`: {error}", definition.name))
                .pointing(&definition.pointer)
                .help("this is a fault of typeproof; please report the schema")
        })?;
        let uses = types(&shape).iter().flat_map(|of| self.names.used(of)).collect();
        let shape = self.names.resolve(shape, &module.name);
        let source = format!("{}#{pointer}", document.path);
        let total = !self.partial.contains(&definition.key);
        let Some(item) = item(definition, &pointer, &shape, total) else { return Ok(None) };
        let statement = statement::statement(definition, &shape, &source, total, &self.patterns)
            + &constructor::constructor(definition, &shape)
            + &defaults::defaults(definition, &shape);
        let mut crates: BTreeSet<String> = types(&shape).iter().flat_map(rust::crates).collect();
        crates.extend((!self.patterns.have_tables(definition)).then(|| "regress".to_owned()));
        Ok(Some((definition.key.clone(), Generated { item: printed(item), statement, crates, uses })))
    }

    /// The name of `definition`, which the file has at `pointer`, for the type of the definition `of` in the same module.
    fn alias(&self, definition: &Definition, pointer: &str, of: &str) -> Option<(String, Generated)> {
        let used = self.names.of(of)?;
        let (name, one) = (rust::ident(&definition.name), rust::ident(&used.1));
        let said = match definition.docs.as_str() {
            docs if definition.unsaid && !docs.is_empty() => docs.to_owned(),
            _ => format!("What the schema has at {}.", code(&format!("#{pointer}"))),
        };
        let said = rust::docs(&said);
        // A link of rustdoc's own, which is none in Markdown.
        let same = format!(" The same as [`{one}`](type@{one}).");
        let deprecated = deprecation(definition.deprecated);
        let item = printed(parse_quote! {
            #(#said)*
            #[doc = ""]
            #[doc = #same]
            #(#deprecated)*
            pub type #name = #one;
        });
        let generated = Generated { item, statement: String::new(), crates: BTreeSet::new(), uses: [used].into() };
        Some((definition.key.clone(), generated))
    }
}

fn printed(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item], frontmatter: None })
}

/// What a map of other members is documented by.
const MAPPED: &str = "To write one here that has another place is an error.";

/// The struct or enum of a definition, whose schema the file has at `pointer`. `total` says whether each of its values
/// equals itself: no `f64` is in it.
fn item(definition: &Definition, pointer: &str, shape: &Shape, total: bool) -> Option<syn::Item> {
    let name = rust::ident(&definition.name);
    let docs = rust::docs(&documentation(definition, pointer));
    let docs = [docs, deprecation(definition.deprecated)].concat();
    let ordered = total.then(|| quote!(, Eq, Hash, Ord));
    let hashed = total.then(|| quote!(, Eq, Hash));
    let total = total.then(|| quote!(, Eq));
    Some(match (shape, &definition.form) {
        (Shape::Struct(types), Form::Object { members, rest, .. }) => {
            let maps = types.iter().skip(members.len());
            let maps = rest.iter().zip(maps).map(|(rest, of)| map(rest, of));
            let fields = members.iter().zip(types).map(|(member, of)| field(member, of)).chain(maps);
            // Its statement does what other derives would.
            let mut item: syn::ItemStruct = parse_quote! { pub struct #name {} };
            item.attrs.splice(0..0, docs);
            item.fields = Fields::Named(FieldsNamed { brace_token: Default::default(), named: fields.collect() });
            syn::Item::Struct(item)
        }
        (Shape::Struct(types), Form::Union { branches, overlap: Overlap::All, .. }) => {
            let fields = branches.iter().zip(types).map(|(branch, of)| {
                let docs = [rust::docs(&branch.docs), deprecation(branch.deprecated)].concat();
                let name = rust::ident(&branch.field);
                quote!(#(#docs)* pub #name: ::std::option::Option<#of>)
            });
            let several = rust::docs("A value may be several of these; it is one at least.");
            parse_quote! {
                #(#docs)*
                #[doc = ""]
                #(#several)*
                #[derive(Clone, Debug, PartialEq #total)]
                pub struct #name { #(#fields),* }
            }
        }
        (Shape::Struct(types), Form::Union { branches, .. }) => {
            let variants = branches.iter().zip(types).map(|(branch, of)| {
                let docs = [rust::docs(&branch.docs), deprecation(branch.deprecated)].concat();
                let unnamed = std::iter::once(rust::field(Vec::new(), None, of.clone())).collect();
                let fields = Fields::Unnamed(FieldsUnnamed { paren_token: Default::default(), unnamed });
                Variant { attrs: docs, ident: rust::ident(&branch.name), fields, discriminant: None }
            });
            let mut item: syn::ItemEnum = parse_quote! { #[derive(Clone, Debug, PartialEq #total)] pub enum #name {} };
            item.attrs.splice(0..0, docs);
            item.variants = variants.collect();
            syn::Item::Enum(item)
        }
        (Shape::Struct(types), Form::Tuple { items, .. }) => {
            let items = items.iter().zip(types).map(|(item, of)| tuple_field(item, of));
            parse_quote! { #(#docs)* #[derive(Clone, Debug, PartialEq #total)] pub struct #name(#(#items),*); }
        }
        (Shape::Enum, Form::Text(variants)) => {
            let variants = variants.iter().map(|variant| (variant.name.as_str(), Value::from(variant.wire.as_str())));
            unit_enum(definition, &docs, variants)
        }
        (Shape::Enum, Form::Open { known, other, .. }) => {
            let variants = known.iter().map(|variant| unit(&variant.name, &Value::from(variant.wire.as_str())));
            let other = rust::ident(other);
            parse_quote! {
                #(#docs)*
                #[derive(Clone, Debug, PartialEq, Eq, Hash)]
                pub enum #name {
                    #(#variants,)*
                    #[doc = " Any other string."]
                    #other(crate::support::Unlisted<Self>),
                }
            }
        }
        (Shape::Enum, Form::Values(values)) => {
            unit_enum(definition, &docs, values.iter().map(|constant| (constant.name.as_str(), constant.value.clone())))
        }
        (Shape::Newtype(of), Form::Newtype { .. }) if rust::scalar(of).is_some() => {
            parse_quote! { #(#docs)* #[derive(Clone, Debug, PartialEq #hashed)] pub struct #name(pub #of); }
        }
        (Shape::Newtype(of), Form::Newtype { .. }) => {
            parse_quote! { #(#docs)* #[derive(Clone, Debug, PartialEq #total)] pub struct #name(pub #of); }
        }
        (Shape::Newtype(of), Form::Checked { .. }) if rust::scalar(of).is_some() => {
            let copied = (rust::scalar(of) != Some("String")).then(|| quote!(Copy,));
            parse_quote! { #(#docs)* #[derive(Clone, #copied Debug, PartialEq, PartialOrd #ordered)] pub struct #name(#of); }
        }
        (Shape::Newtype(of), Form::Checked { .. } | Form::Opaque { .. }) => {
            parse_quote! { #(#docs)* #[derive(Clone, Debug, PartialEq #total)] pub struct #name(#of); }
        }
        _ => return None,
    })
}

/// Marks what the schema calls deprecated.
fn deprecation(deprecated: bool) -> Vec<Attribute> {
    if deprecated { vec![parse_quote!(#[deprecated])] } else { Vec::new() }
}

/// Whether an object without members is valid, so that it is what the type has for a default.
fn is_valid_empty(definition: &Definition) -> bool {
    match &definition.form {
        Form::Object { members, rules, .. } => {
            let asks = |rule: &Rule| rule.keyword == "minProperties" && rule.value != 0;
            !members.iter().any(|member| member.required) && !rules.iter().any(asks)
        }
        _ => false,
    }
}

/// An enum without fields: for each variant its name, and its value on the wire.
fn unit_enum<'a>(
    definition: &Definition,
    docs: &[Attribute],
    variants: impl Iterator<Item = (&'a str, Value)>,
) -> syn::Item {
    let name = rust::ident(&definition.name);
    let default = definition.stated_default().map(|_| quote!(Default,));
    let variants = variants.map(|(name, value)| {
        let default = defaults::is_default(definition, &value).then(|| quote!(#[default]));
        let variant = unit(name, &value);
        quote!(#default #variant)
    });
    parse_quote! {
        #(#docs)*
        #[derive(Clone, Copy, Debug, #default PartialEq, Eq, Hash)]
        pub enum #name { #(#variants),* }
    }
}

/// A variant without fields that is `value` on the wire.
fn unit(name: &str, value: &Value) -> proc_macro2::TokenStream {
    let docs = rust::docs(&code(&value.to_string()));
    let name = rust::ident(name);
    quote!(#(#docs)* #name)
}

/// The documentation of a definition in Markdown: the schema's own, and what writing asks of a value.
fn documentation(definition: &Definition, pointer: &str) -> String {
    let docs = match definition.docs.is_empty() {
        true if definition.unsaid || definition.part == Part::Shared => {
            format!("What the schema has at {}, and wherever else it asks for the same.", code(&format!("#{pointer}")))
        }
        true => format!("What the schema has at {}.", code(&format!("#{pointer}"))),
        false => definition.docs.clone(),
    };
    let (rules, names) = match &definition.form {
        Form::Object { rules, names, .. } => (rules, names.as_ref()),
        Form::Tuple { rules, .. } | Form::Checked { rules, .. } | Form::Open { rules, .. } => (rules, None),
        _ => return docs,
    };
    let rules = rules.iter().map(|rule| code(&format!("{}: {}", rule.keyword, rule.value)));
    let rules: Vec<String> = rules.chain(names.map(|_| code("propertyNames"))).collect();
    let rules = rules.join(", ");
    match &definition.form {
        _ if rules.is_empty() => docs,
        Form::Checked { .. } | Form::Open { .. } => format!("{docs}\n\nEach value keeps: {rules}."),
        _ => format!("{docs}\n\nTo write what breaks one of these rules is an error: {rules}."),
    }
}

fn field(member: &Member, of: &Type) -> Field {
    let docs = [rust::docs(&member.docs), deprecation(member.deprecated)].concat();
    let of = match member.required {
        true => of.clone(),
        false => rust::optional(of),
    };
    rust::field(docs, Some(&member.field), of)
}

fn tuple_field(item: &Item, of: &Type) -> proc_macro2::TokenStream {
    let docs = rust::docs(&item.docs);
    match item.presence {
        Presence::Optional => quote!(#(#docs)* pub ::std::option::Option<#of>),
        Presence::Required | Presence::Rest => quote!(#(#docs)* pub #of),
    }
}

fn map(rest: &Rest, of: &Type) -> Field {
    let whose = match &rest.pattern {
        Some(pattern) => format!("Members without a field whose names match {}.", code(pattern)),
        None => "All members that have no other place.".to_owned(),
    };
    let docs = [whose.as_str(), MAPPED, rest.docs.as_str()].join("\n\n");
    rust::field(rust::docs(&docs), Some(&rest.field), of.clone())
}

/// The types that a shape is made of.
fn types(shape: &Shape) -> &[Type] {
    match shape {
        Shape::Struct(types) => types,
        Shape::Newtype(of) => std::slice::from_ref(of),
        Shape::Enum => &[],
    }
}

/// The keys of the definitions that hold an `f64`, themselves or in what they refer to.
fn partial(shapes: &BTreeMap<String, shape::Shape>) -> BTreeSet<String> {
    let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, shape) in shapes {
        let types = match shape {
            shape::Shape::Struct(types) => types.as_slice(),
            shape::Shape::Newtype(of) => std::slice::from_ref(of),
            shape::Shape::Enum => &[],
        };
        // No path has `f64` or a key for anything but the name that it ends in.
        let words = types.iter().flat_map(|of| of.split(|c: char| !c.is_alphanumeric()));
        for word in words.filter(|word| *word == "f64" || shapes.contains_key(*word)) {
            holders.entry(word).or_default().push(key);
        }
    }
    let (mut partial, mut pending) = (BTreeSet::new(), vec!["f64"]);
    while let Some(word) = pending.pop() {
        if partial.insert(word.to_owned()) {
            pending.extend(holders.get(word).into_iter().flatten());
        }
    }
    partial
}
