//! Turns `only`, `operations` and `tags` of a source in the manifest into what is [`Wanted`] of an OpenAPI document.

use toml::{Spanned, de::DeValue};

use super::section::{Section, Toml, as_line};
use crate::diagnostic::Position;

/// The keys that say what is wanted, each with what it lists.
pub(super) const KEYS: &[(&str, By)] = &[("only", By::Name), ("operations", By::Operation), ("tags", By::Tag)];

/// By what definitions are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// By their name, in which each `*` stands for any characters.
    Name,
    /// By an operation that needs them, which has this `operationId`.
    Operation,
    /// By any operation with this tag.
    Tag,
}

/// One choice of definitions.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) by: By,
    pub(super) name: String,
    /// Where the manifest says so.
    pub(super) at: Position,
}

/// What `section` wants; nothing means all.
pub(super) fn read<'t>(toml: &mut Toml<'t>, section: &mut Section<'t>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (key, by) in KEYS {
        let Some(value) = section.take(key) else { continue };
        let names = names(toml, key, value);
        wanted.extend(names.into_iter().map(|(name, at)| Wanted { by: *by, name, at }));
    }
    wanted
}

fn names<'t>(toml: &mut Toml<'t>, key: &str, value: Spanned<DeValue<'t>>) -> Vec<(String, Position)> {
    let span = value.span();
    let listed = match value.into_inner() {
        DeValue::Array(listed) if !listed.is_empty() => listed,
        _ => {
            let help = format!("write {key} = [\"…\"], or leave it out to have all");
            toml.error(&span, format!("`{key}` is not a list of one text at least"), help);
            return Vec::new();
        }
    };
    let mut names = Vec::new();
    for value in listed {
        let Some(name) = as_line(toml, key, value) else { continue };
        names.push((name.get_ref().clone(), toml.position(&name.span())));
    }
    names
}
