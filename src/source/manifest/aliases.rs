//! The table `aliases` of a source -> [`Alias`]es, with all that is wrong with it.

use toml::{Spanned, de::DeValue};

use super::names::is_rust_type;
use crate::source::{
    Alias,
    section::{Toml, as_line},
};

/// What `value` says, of the manifest `manifest`.
pub(super) fn aliases<'t>(toml: &mut Toml<'t>, value: Spanned<DeValue<'t>>, manifest: &str) -> Vec<Alias> {
    let span = value.span();
    let DeValue::Table(table) = value.into_inner() else {
        toml.error(&span, "`aliases` is not a table", "write [source.aliases] and lines such as OldName = \"NewName\"");
        return Vec::new();
    };
    let mut aliases = Vec::new();
    for (name, value) in table {
        let (at, name) = (name.span(), name.into_inner().into_owned());
        let Some(target) = as_line(toml, &name, value) else { continue };
        let is_name = [(&at, &name), (&target.span(), target.get_ref())].map(|(span, name)| {
            let is_type = is_rust_type(name);
            if !is_type {
                let help = "write a capital letter, then letters and digits; no keyword";
                toml.error(span, format!("`{name}` is not a name for a Rust type"), help);
            }
            is_type
        });
        if is_name == [true, true] {
            let [at, target_at] = [at, target.span()].map(|span| toml.position(&span));
            aliases.push(Alias { name, target: target.into_inner(), manifest: manifest.to_owned(), at, target_at });
        }
    }
    aliases
}
