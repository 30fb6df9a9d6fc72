//! Calls of a crate's own macros -> the items that they stand for: what a statement gives a type is read from the macro
//! that rustc expands, and nowhere else.
//!
//! This is macros by example (The Rust Reference, "Macros By Example") as far as generated code goes: a repetition takes
//! what it can, and what functions do is left out.

mod matching;
mod nodes;
mod transcribe;

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{ImplItem, Item, ItemImpl};

use nodes::Node;

/// How deep macros may call macros, as in rustc.
const DEEPEST: usize = 128;

/// The macros of a crate, by name.
#[derive(Default)]
pub(super) struct Macros(BTreeMap<String, Vec<Arm>>);

/// What a macro takes, and what it makes of that.
struct Arm {
    pattern: Vec<Node>,
    body: Vec<Node>,
}

impl Macros {
    /// Takes in the macros among `items`, a file's, that it shares with the others.
    pub(super) fn take(&mut self, items: &[Item]) {
        let is_shared = |name: &str| {
            items.iter().any(|item| matches!(item, Item::Use(shared) if matches!(&shared.tree, syn::UseTree::Name(of) if of.ident == name)))
        };
        for item in items {
            let Item::Macro(syn::ItemMacro { ident: Some(name), mac, .. }) = item else { continue };
            let name = name.to_string();
            if mac.path.is_ident("macro_rules") && is_shared(&name) {
                self.0.insert(name, arms(mac.tokens.clone()));
            }
        }
    }

    /// `items` with what calls of macros stand for in their place.
    ///
    /// # Errors
    ///
    /// What cannot be read, in a sentence.
    pub(super) fn expand(&self, items: Vec<Item>) -> Result<Vec<Item>, String> {
        let mut expanded = Vec::new();
        self.items(items, 0, &mut expanded)?;
        Ok(expanded)
    }

    fn items(&self, items: Vec<Item>, depth: usize, to: &mut Vec<Item>) -> Result<(), String> {
        for item in items {
            match item {
                Item::Macro(call) if call.ident.is_none() => {
                    let tokens = self.call(&call.mac, depth)?;
                    let file = syn::parse2::<syn::File>(tokens).map_err(|error| wrong(&call.mac, &error))?;
                    self.items(file.items, depth + 1, to)?;
                }
                Item::Impl(mut block) => {
                    block.items = self.members(block.items, depth)?;
                    to.push(Item::Impl(block));
                }
                other => to.push(other),
            }
        }
        Ok(())
    }

    /// The same of what stands in an `impl`.
    fn members(&self, members: Vec<ImplItem>, depth: usize) -> Result<Vec<ImplItem>, String> {
        let mut expanded = Vec::new();
        for member in members {
            match member {
                ImplItem::Macro(call) => {
                    let tokens = self.call(&call.mac, depth)?;
                    let block = quote::quote!(impl Type { #tokens });
                    let block = syn::parse2::<ItemImpl>(block).map_err(|error| wrong(&call.mac, &error))?;
                    expanded.extend(self.members(block.items, depth + 1)?);
                }
                other => expanded.push(other),
            }
        }
        Ok(expanded)
    }

    fn call(&self, call: &syn::Macro, depth: usize) -> Result<TokenStream, String> {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let arms = self.0.get(&name).ok_or_else(|| format!("there is no macro `{name}`"))?;
        if depth > DEEPEST {
            return Err(format!("`{name}` calls itself more than {DEEPEST} deep"));
        }
        let input: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
        let matched = arms.iter().find_map(|arm| Some((arm, matching::matched(&arm.pattern, &input)?)));
        let (arm, bindings) = matched.ok_or_else(|| format!("no arm of `{name}` takes `{}`", call.tokens))?;
        Ok(transcribe::transcribe(&arm.body, &bindings))
    }
}

fn wrong(call: &syn::Macro, error: &syn::Error) -> String {
    let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    format!("what `{name}` makes is not understood: {error}")
}

/// The arms of a macro: `(pattern) => { body };`, one after the other.
fn arms(tokens: TokenStream) -> Vec<Arm> {
    let groups = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => Some(group.stream()),
        _ => None,
    });
    let groups: Vec<TokenStream> = groups.collect();
    let arm = |pair: &[TokenStream]| {
        let [pattern, body] = pair else { return None };
        Some(Arm { pattern: nodes::pattern(pattern.clone()), body: nodes::body(body.clone()) })
    };
    groups.chunks(2).filter_map(arm).collect()
}
