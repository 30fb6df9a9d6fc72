//! The aliases of a module -> their Rust, and what is wrong with them once all types have names.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::lower::Module;
use crate::source::{Alias, Source};

/// The Rust of the aliases of `source`.
pub(super) fn rust(source: &Source) -> String {
    let alias = |Alias { name, target, .. }: &Alias| {
        format!(
            "\n/// What [`{target}`](type@{target}) was called before.\n#[deprecated(note = \"it is called `{target}` now\")]\n\
             pub type {name} = {target};\n"
        )
    };
    source.aliases.iter().map(alias).collect()
}

/// What is wrong with the aliases of `source`, which became `module`.
pub(super) fn check(module: &Module, source: &Source) -> Vec<Diagnostic> {
    let names: BTreeSet<&str> = module.definitions.iter().map(|definition| definition.name.as_str()).collect();
    let mut found = Vec::new();
    for Alias { name, target, manifest, at, target_at } in &source.aliases {
        if names.contains(name.as_str()) {
            let message = format!("`{}::{name}` is the name of a type, and cannot be an alias", module.name);
            let help = "remove the alias, or give that type another name in the lock of names";
            found.push(Diagnostic::error(manifest, message).at(Some(*at)).help(help));
        }
        if !names.contains(target.as_str()) {
            let message = format!("there is no type `{}::{target}`", module.name);
            let help = "correct it, or remove the alias: the lock of names has the names of all types";
            found.push(Diagnostic::error(manifest, message).at(Some(*target_at)).help(help));
        }
    }
    found
}
