//! Small pieces of Rust: identifiers, documentation, types with their final names, literals.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    AngleBracketedGenericArguments, AttrStyle, Attribute, Expr, ExprLit, Field, GenericArgument, Lit, LitStr, Meta,
    MetaNameValue, Path, PathArguments, PathSegment, Type, TypePath, Visibility, parse_quote,
};

use super::Shape;
use super::docs::rustdoc;
use crate::lower::Plan;
use crate::shape;

/// The identifier that `name` spells, raw or not.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The doc comment of `markdown`, a schema's own text: an attribute for each line.
pub(super) fn docs(markdown: &str) -> Vec<Attribute> {
    let text = rustdoc(markdown);
    let line = |line: &str| if line.is_empty() { doc("") } else { doc(&format!(" {line}")) };
    text.lines().map(line).collect()
}

/// A line of a doc comment. There are so many that it is put together rather than parsed.
fn doc(line: &str) -> Attribute {
    let lit = Lit::Str(LitStr::new(line, Span::call_site()));
    let value = Expr::Lit(ExprLit { attrs: Vec::new(), lit });
    let path = Ident::new("doc", Span::call_site()).into();
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue { path, eq_token: Default::default(), value }),
    }
}

/// A field of this type; public, if it has a `name`.
pub(super) fn field(attrs: Vec<Attribute>, name: Option<&str>, ty: Type) -> Field {
    Field {
        attrs,
        vis: if name.is_some() { Visibility::Public(Default::default()) } else { Visibility::Inherited },
        modifiers: Default::default(),
        ident: name.map(ident),
        colon_token: name.map(|_| Default::default()),
        ty,
        default: None,
    }
}

/// `text` as a raw string literal, in ASCII where a character could mislead its reader.
pub(super) fn raw(text: &str) -> String {
    let longest = text.split('"').skip(1).map(|after| after.len() - after.trim_start_matches('#').len()).max();
    let fence = "#".repeat(longest.map_or(0, |longest| longest + 1).max(1));
    format!("r{fence}\"{text}\"{fence}")
}

/// `value` as JSON in a raw string literal; control characters and those that turn the direction of text are escaped.
pub(super) fn json(value: &serde_json::Value) -> String {
    let plain = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
    };
    let escape = |c: char| if plain(c) { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    let text = value.to_string();
    if text.chars().all(plain) { raw(&text) } else { raw(&text.chars().map(escape).collect::<String>()) }
}

/// `text` as a string literal.
pub(super) fn literal(text: &str) -> String {
    format!("\"{}\"", text.escape_debug())
}

/// A type as it is written by hand: no spaces around `::` and in `<>`.
pub(super) fn spelled(of: &Type) -> String {
    /// What surely stands on one line when prettyplease writes it.
    const SHORT: usize = 60;
    let mut plain = String::new();
    if spell(of, &mut plain).is_some() && plain.len() <= SHORT {
        return plain;
    }
    let mut alias: syn::ItemType = parse_quote!(
        type T = _;
    );
    *alias.ty = of.clone();
    let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![syn::Item::Type(alias)], frontmatter: None };
    let line = prettyplease::unparse(&file).split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_start_matches("type T =").trim_end_matches(';').trim().to_owned()
}

/// Writes `of` to `text`, if it is a path and so are its arguments, as nearly all types are.
fn spell(of: &Type, text: &mut String) -> Option<()> {
    let Type::Path(TypePath { attrs, qself: None, path }) = of else { return None };
    if !attrs.is_empty() {
        return None;
    }
    for (index, PathSegment { ident, arguments }) in path.segments.iter().enumerate() {
        text.push_str(if index > 0 || path.leading_colon.is_some() { "::" } else { "" });
        text.push_str(&ident.to_string());
        match arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(AngleBracketedGenericArguments { colon2_token: None, args, .. })
                if !args.is_empty() =>
            {
                for (index, argument) in args.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "<" });
                    let GenericArgument::Type(of) = argument else { return None };
                    spell(of, text)?;
                }
                text.push('>');
            }
            _ => return None,
        }
    }
    Some(())
}

/// What may be absent of a type.
pub(super) fn optional(of: &Type) -> Type {
    let argument = AngleBracketedGenericArguments {
        colon2_token: None,
        lt_token: Default::default(),
        args: std::iter::once(GenericArgument::Type(of.clone())).collect(),
        gt_token: Default::default(),
    };
    let mut segments: Punctuated<PathSegment, _> =
        ["std", "option"].into_iter().map(|name| PathSegment::from(ident(name))).collect();
    segments.push(PathSegment { ident: ident("Option"), arguments: PathArguments::AngleBracketed(argument) });
    let path = Path { leading_colon: Some(Default::default()), segments };
    Type::Path(TypePath { attrs: Vec::new(), qself: None, path })
}

/// `shape` with its types as syn has them.
pub(super) fn parsed(shape: &shape::Shape) -> syn::Result<Shape> {
    Ok(match shape {
        shape::Shape::Struct(types) => {
            Shape::Struct(types.iter().map(|of| syn::parse_str(of)).collect::<syn::Result<_>>()?)
        }
        shape::Shape::Newtype(of) => Shape::Newtype(syn::parse_str(of)?),
        shape::Shape::Enum => Shape::Enum,
    })
}

/// The scalar that rules speak of which a type is, all of which have an order.
pub(super) fn scalar(of: &Type) -> Option<&'static str> {
    let names = mentions(of);
    ["String", "i64", "u64", "f64"].into_iter().find(|scalar| names.len() == 1 && names.contains(*scalar))
}

/// The names that the paths of a type end in.
pub(super) fn mentions(of: &Type) -> BTreeSet<String> {
    struct Last(BTreeSet<String>);
    impl VisitMut for Last {
        fn visit_path_mut(&mut self, path: &mut Path) {
            self.0.extend(path.segments.last().map(|segment| segment.ident.to_string()));
            visit_mut::visit_path_mut(self, path);
        }
    }
    let mut last = Last(BTreeSet::new());
    last.visit_type_mut(&mut of.clone());
    last.0
}

/// The crates that a type names: what its absolute paths begin with.
pub(super) fn crates(of: &Type) -> BTreeSet<String> {
    struct First(BTreeSet<String>);
    impl VisitMut for First {
        fn visit_path_mut(&mut self, path: &mut Path) {
            let absolute = path.leading_colon.and_then(|_| path.segments.first());
            self.0.extend(absolute.map(|segment| segment.ident.to_string()));
            visit_mut::visit_path_mut(self, path);
        }
    }
    let mut first = First(BTreeSet::new());
    first.visit_type_mut(&mut of.clone());
    first.0
}

/// The module and the name of each definition, by the key that typify knows it by.
pub(super) struct Names(BTreeMap<String, (String, String)>);

impl Names {
    pub(super) fn new(plan: &Plan) -> Self {
        let name = |(module, definition): (&crate::lower::Module, &crate::lower::Definition)| {
            (definition.key.clone(), (module.name.clone(), definition.name.clone()))
        };
        Self(plan.definitions().map(name).collect())
    }

    /// The definitions that a type names by their keys: the module and the name of each.
    pub(super) fn used(&self, of: &Type) -> BTreeSet<(String, String)> {
        mentions(of).into_iter().filter_map(|key| self.0.get(&key).cloned()).collect()
    }

    /// The module and the name of the definition with this key.
    pub(super) fn of(&self, key: &str) -> Option<(String, String)> {
        self.0.get(key).cloned()
    }

    /// `shape` with names for keys, as they are written in `module`.
    pub(super) fn resolve(&self, mut shape: Shape, module: &str) -> Shape {
        let mut resolve = Resolve { names: self, module };
        match &mut shape {
            Shape::Struct(types) => types.iter_mut().for_each(|of| resolve.visit_type_mut(of)),
            Shape::Newtype(of) => resolve.visit_type_mut(of),
            Shape::Enum => {}
        }
        shape
    }
}

struct Resolve<'a> {
    names: &'a Names,
    module: &'a str,
}

impl VisitMut for Resolve<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let Some((module, name)) = path.get_ident().and_then(|key| self.names.0.get(&key.to_string())) else { return };
        let name = ident(name);
        *path = match module == self.module {
            true => parse_quote!(#name),
            false => {
                let module = ident(module);
                parse_quote!(crate::#module::#name)
            }
        };
    }
}
