//! Tokens -> text that is the same for the same tokens, with the types of the crate by their paths, and such text as people
//! want to read it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The types that a module names without a path.
pub(super) struct Known<'k> {
    /// Its path from the crate's root.
    pub(super) module: &'k str,
    pub(super) names: &'k BTreeSet<String>,
}

/// `tokens` as one text; each type of the crate has its path from the crate's root.
pub(super) fn text(tokens: TokenStream, known: &Known<'_>) -> String {
    each_path(&plain(tokens), |path| {
        let path = path.strip_prefix("::").unwrap_or(path);
        match path.strip_prefix("crate::") {
            Some(path) => path.to_owned(),
            None if known.names.contains(path) && !known.module.is_empty() => format!("{}::{path}", known.module),
            None => path.to_owned(),
        }
    })
}

/// `tokens` as one text.
pub(super) fn plain(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut is_joint = false;
    for token in tokens {
        let was_joint = std::mem::take(&mut is_joint);
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(sign) => {
                is_joint = sign.spacing() == Spacing::Joint;
                match sign.as_char() {
                    '-' if text.ends_with(')') => text.push(' '),
                    // What stands on a line of its own has a comma after it.
                    '>' if text.ends_with(", ") => text.truncate(text.len() - 2),
                    _ => {}
                }
                text.push(sign.as_char());
                // A colon by itself, which is none of a path.
                if sign.as_char() == ',' || (sign.as_char() == ':' && !is_joint && !was_joint) {
                    text.push(' ');
                }
            }
            word => {
                if text.ends_with(|c: char| matches!(c, '_' | '"' | '>') || c.is_alphanumeric()) {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

/// `text` with the paths that `renamed` has replaced by theirs.
pub(super) fn renamed(text: &str, renamed: &BTreeMap<String, String>) -> String {
    each_path(text, |path| renamed.get(path).map_or(path, String::as_str).to_owned())
}

/// `text` with the last name of each path only.
pub(super) fn short(text: &str) -> String {
    each_path(text, |path| path.rsplit("::").next().unwrap_or_default().to_owned())
}

fn each_path(text: &str, of: impl Fn(&str) -> String) -> String {
    let (mut made, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(is_of_path) {
        let (before, from) = rest.split_at(start);
        let (path, after) = from.split_at(from.find(|c| !is_of_path(c)).unwrap_or(from.len()));
        made.push_str(before);
        made.push_str(&of(path));
        rest = after;
    }
    made + rest
}

fn is_of_path(c: char) -> bool {
    matches!(c, '_' | ':' | '#') || c.is_alphanumeric()
}
