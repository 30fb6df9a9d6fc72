//! The files of a generated crate -> what programs see of it. Nothing is compiled: what the crate's own macros make is read
//! from these macros.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens as _;
use syn::{Attribute, Item, Meta, UseTree};

use super::api::{Api, Constant, Field, Fields, Kind, Type, Variant};
use super::expand::Macros;
use super::text::{Known, plain, text};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::emit::Tree;

/// What programs see of the crate that `tree` is.
///
/// # Errors
///
/// All files that cannot be read as the Rust that codegen writes.
pub(super) fn api(tree: &Tree) -> Result<Api> {
    let mut reader = Reader::default();
    let mut found = Vec::new();
    let parsed: Vec<(String, Vec<Item>)> = tree
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .filter_map(|(path, bytes)| match syn::parse_file(&String::from_utf8_lossy(bytes)) {
            Ok(file) => Some((path.to_owned(), file.items)),
            Err(error) => {
                found.push(unread(path, &error.to_string()));
                None
            }
        })
        .collect();
    parsed.iter().for_each(|(_, items)| reader.macros.take(items));
    let mut files: BTreeMap<String, Vec<Item>> = parsed.into_iter().collect();
    reader.module("src/lib.rs", "src", Vec::new(), &mut files, &mut found);
    if !found.is_empty() {
        return Err(Diagnostics(found));
    }
    let mut api = Api::default();
    reader.types(&mut api);
    manifest(tree, &mut api);
    Ok(api)
}

fn unread(path: &str, why: &str) -> Diagnostic {
    let help = "this is a fault of codegen, not of the schemas; please report it";
    Diagnostic::error(path, format!("what was generated cannot be read: {why}")).help(help)
}

/// The path of a module: its names from the crate's root.
type Path = Vec<String>;

/// A crate while it is read.
#[derive(Default)]
struct Reader {
    macros: Macros,
    /// The items of each module, those that macros make included.
    modules: BTreeMap<Path, Vec<Item>>,
}

impl Reader {
    /// Takes in the module `path`, whose file is `file` and whose inner modules have theirs in `folder`.
    fn module(
        &mut self,
        file: &str,
        folder: &str,
        path: Path,
        files: &mut BTreeMap<String, Vec<Item>>,
        found: &mut Vec<Diagnostic>,
    ) {
        let Some(items) = files.remove(file) else { return };
        // Whatever lies below it shares the macros of the support module, which it does not call for types.
        let is_support = path.first().is_some_and(|first| first == "support");
        let expanded = if is_support { Ok(items) } else { self.macros.expand(items) };
        let items = expanded.unwrap_or_else(|why| {
            found.push(unread(file, &why));
            Vec::new()
        });
        for item in &items {
            let Item::Mod(inner) = item else { continue };
            let name = inner.ident.to_string();
            let stem = name.trim_start_matches("r#");
            let named = inner.attrs.iter().find_map(|attribute| said(attribute, "path"));
            let at = |end: &str| format!("{folder}/{end}");
            let file = named.map(|named| at(&named)).unwrap_or_else(|| at(&format!("{stem}.rs")));
            let file = if files.contains_key(&file) { file } else { at(&format!("{stem}/mod.rs")) };
            let below = file.strip_suffix("/mod.rs").map_or_else(|| at(stem), str::to_owned);
            let inner = path.iter().cloned().chain([name]).collect();
            self.module(&file, &below, inner, files, found);
        }
        self.modules.insert(path, items);
    }

    /// Takes the types into `api`, by the paths that programs know.
    fn types(&self, api: &mut Api) {
        let mut shown = BTreeMap::new();
        self.exports(&Path::new(), "", &mut shown);
        let names: BTreeMap<&str, BTreeSet<String>> = shown.keys().fold(BTreeMap::new(), |mut names, path| {
            let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
            names.entry(module).or_insert_with(BTreeSet::new).insert(name.to_owned());
            names
        });
        let place = |path: &str| {
            let (path, (module, name)) = shown.get_key_value(path)?;
            let of = path.rsplit_once("::").map_or("", |(of, _)| of);
            Some((self.modules.get(module)?, name, Known { module: of, names: names.get(of)? }))
        };
        for path in shown.keys() {
            let Some((items, name, known)) = place(path) else { continue };
            let Some(mut own) = read(items, name, &known) else { continue };
            if let Kind::Alias(of) = &own.kind
                && let Some((at, name, _)) = place(of)
                && let Some(one) = read(at, name, &known)
            {
                api.aliases.insert(path.clone(), of.clone());
                own = Type { is_deprecated: own.is_deprecated, ..one };
                // What stands beside the alias is about the type by its own name.
                implementations(items, name, &known, &mut own);
            }
            api.types.insert(path.clone(), own);
        }
    }

    /// Where the items are defined that programs know by paths in the module `path`, which they call `called`.
    fn exports(&self, path: &Path, called: &str, to: &mut BTreeMap<String, (Path, String)>) {
        let below = |name: &str| if called.is_empty() { name.to_owned() } else { format!("{called}::{name}") };
        for item in self.modules.get(path).into_iter().flatten() {
            match item {
                Item::Mod(inner) if is_public(&inner.vis) => {
                    let name = inner.ident.to_string();
                    let inner = path.iter().cloned().chain([name.clone()]).collect();
                    self.exports(&inner, &below(&name), to);
                }
                Item::Use(shared) if is_public(&shared.vis) => {
                    for (from, name) in uses(&shared.tree, Vec::new()) {
                        let from: Path = from.into_iter().filter(|part| part != "self").collect();
                        let place = self.defined(path.iter().cloned().chain(from).collect(), &name);
                        to.insert(below(&name), (place, name));
                    }
                }
                other => {
                    let own = named(other).filter(|(vis, _)| is_public(vis));
                    to.extend(own.map(|(_, name)| (below(&name), (path.clone(), name))));
                }
            }
        }
    }

    /// The module that defines what `module` calls `name`.
    fn defined(&self, module: Path, name: &str) -> Path {
        let items = self.modules.get(&module).into_iter().flatten();
        let shared = items.filter_map(|item| if let Item::Use(shared) = item { Some(shared) } else { None });
        let from = shared.flat_map(|shared| uses(&shared.tree, Vec::new())).find(|(_, shared)| shared == name);
        match from {
            Some((from, _)) if from.first().is_some_and(|first| first != "super" && first != "crate") => {
                let below: Path =
                    module.iter().cloned().chain(from.into_iter().filter(|part| part != "self")).collect();
                if self.modules.contains_key(&below) { self.defined(below, name) } else { module }
            }
            _ => module,
        }
    }
}

/// The names that a `use` brings, each with the path before it.
fn uses(tree: &UseTree, path: Path) -> Vec<(Path, String)> {
    match tree {
        UseTree::Path(of) => uses(&of.tree, path.into_iter().chain([of.ident.to_string()]).collect()),
        UseTree::Name(of) => vec![(path, of.ident.to_string())],
        UseTree::Group(of) => of.items.iter().flat_map(|tree| uses(tree, path.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The visibility and the name of an item that programs can name.
fn named(item: &Item) -> Option<(&syn::Visibility, String)> {
    let (vis, name) = match item {
        Item::Struct(of) => (&of.vis, &of.ident),
        Item::Enum(of) => (&of.vis, &of.ident),
        Item::Type(of) => (&of.vis, &of.ident),
        Item::Trait(of) => (&of.vis, &of.ident),
        Item::Const(of) => (&of.vis, &of.ident),
        Item::Static(of) => (&of.vis, &of.ident),
        Item::Fn(of) => (&of.vis, &of.sig.ident),
        _ => return None,
    };
    Some((vis, name.to_string()))
}

/// The type `name`, which is defined among `items`.
fn read(items: &[Item], name: &str, known: &Known<'_>) -> Option<Type> {
    let own = items.iter().find(|item| named(item).is_some_and(|(_, own)| own == name))?;
    let (attributes, generics, kind) = match own {
        Item::Struct(of) => {
            (&of.attrs[..], text(of.generics.to_token_stream(), known), Kind::Struct(fields(&of.fields, true, known)))
        }
        Item::Enum(of) => {
            let variants = of.variants.iter().map(|variant| {
                let fields = fields(&variant.fields, false, known);
                (variant.ident.to_string(), Variant { fields, is_deprecated: is_marked(&variant.attrs, "deprecated") })
            });
            (&of.attrs[..], text(of.generics.to_token_stream(), known), Kind::Enum(variants.collect()))
        }
        Item::Type(of) => (
            &of.attrs[..],
            text(of.generics.to_token_stream(), known),
            Kind::Alias(text(of.ty.to_token_stream(), known)),
        ),
        other => (&[][..], String::new(), Kind::Other(text(other.to_token_stream(), known))),
    };
    let mut read = Type {
        kind,
        generics,
        is_deprecated: is_marked(attributes, "deprecated"),
        is_non_exhaustive: is_marked(attributes, "non_exhaustive"),
        impls: derived(attributes),
        functions: BTreeMap::new(),
        constants: BTreeMap::new(),
    };
    implementations(items, name, known, &mut read);
    Some(read)
}

/// Adds what the `impl`s among `items` give the type `name`.
fn implementations(items: &[Item], name: &str, known: &Known<'_>, to: &mut Type) {
    for item in items {
        if let Item::Impl(block) = item {
            implemented(block, name, known, to);
        }
    }
}

fn fields(of: &syn::Fields, is_struct: bool, known: &Known<'_>) -> Fields {
    let field = |field: &syn::Field| Field {
        of: text(field.ty.to_token_stream(), known),
        is_public: !is_struct || is_public(&field.vis),
        is_deprecated: is_marked(&field.attrs, "deprecated"),
    };
    match of {
        syn::Fields::Named(of) => {
            let name = |of: &syn::Field| of.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            Fields::Named(of.named.iter().map(|of| (name(of), field(of))).collect())
        }
        other => Fields::Positional(other.iter().map(field).collect()),
    }
}

/// Adds what an `impl` gives the type `name`, if it is about it.
fn implemented(block: &syn::ItemImpl, name: &str, known: &Known<'_>, to: &mut Type) {
    let own = plain(block.self_ty.to_token_stream());
    let is_own = own == name || own.starts_with(&format!("{name}<"));
    let Some((path, _)) = &block.trait_ else {
        if is_own {
            block.items.iter().for_each(|item| inherent(item, known, to));
        }
        return;
    };
    // The traits of the support module are its own.
    if path.segments.first().is_some_and(|first| first.ident == "crate") {
        return;
    }
    let last = path.segments.last().map(|last| text(last.to_token_stream(), known)).unwrap_or_default();
    let of = text(block.self_ty.to_token_stream(), known);
    if !is_own && !mentions(path, name) {
        return;
    }
    let types = block.items.iter().filter_map(|item| match item {
        syn::ImplItem::Type(of) => Some(format!(" with {} = {}", of.ident, text(of.ty.to_token_stream(), known))),
        _ => None,
    });
    let types: String = types.collect();
    let whose = if is_own { String::new() } else { format!(" for {of}") };
    let when = block.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let when: String = when.map(|attribute| format!(" where {}", plain(attribute.meta.to_token_stream()))).collect();
    to.impls.insert(format!("{last}{whose}{types}{when}"));
}

/// Whether a path names `name` as a word of its own.
fn mentions(path: &syn::Path, name: &str) -> bool {
    plain(path.to_token_stream()).split(|c: char| c != '_' && c != '#' && !c.is_alphanumeric()).any(|word| word == name)
}

/// Adds a function or a constant.
fn inherent(item: &syn::ImplItem, known: &Known<'_>, to: &mut Type) {
    match item {
        syn::ImplItem::Fn(of) if is_public(&of.vis) => {
            to.functions.insert(of.sig.ident.to_string(), text(of.sig.to_token_stream(), known));
        }
        syn::ImplItem::Const(of) if is_public(&of.vis) => {
            let (ty, value) = (text(of.ty.to_token_stream(), known), plain(of.expr.to_token_stream()));
            to.constants.insert(of.ident.to_string(), Constant { of: ty, value });
        }
        _ => {}
    }
}

/// The traits that are derived.
fn derived(attributes: &[Attribute]) -> BTreeSet<String> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let lists = lists.filter_map(|attribute| match &attribute.meta {
        Meta::List(list) => Some(plain(list.tokens.clone())),
        _ => None,
    });
    let lists: Vec<String> = lists.collect();
    let names = lists.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn is_marked(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// What an attribute `#[name = "…"]` says.
fn said(attribute: &Attribute, name: &str) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident(name) => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn is_public(vis: &syn::Visibility) -> bool {
    matches!(vis, syn::Visibility::Public(_))
}

/// Reads the features and the dependencies of `Cargo.toml`.
fn manifest(tree: &Tree, api: &mut Api) {
    let text = tree.get("Cargo.toml").map(String::from_utf8_lossy).unwrap_or_default();
    let manifest: toml::Table = text.parse().unwrap_or_default();
    let table = |name: &str| manifest.get(name).and_then(toml::Value::as_table).into_iter().flatten();
    for (name, enabled) in table("features") {
        let enabled = enabled.as_array().into_iter().flatten().filter_map(toml::Value::as_str);
        api.features.insert(name.clone(), enabled.map(str::to_owned).collect());
    }
    for (name, dependency) in table("dependencies") {
        let version = dependency.as_str().or_else(|| dependency.get("version")?.as_str());
        api.dependencies.insert(name.clone(), version.unwrap_or_default().to_owned());
    }
}
