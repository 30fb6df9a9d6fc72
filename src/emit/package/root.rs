//! The modules of a crate -> its `lib.rs`: what each one is and where its schemas came from.

use std::fmt::Write as _;

use super::Part;
use super::module::{identifier, origin, said};
use super::needs::is_open;
use crate::enrich::docs::rustdoc;
use crate::lower::{Definition, Form};
use crate::source::Package;

/// The text of `lib.rs`.
pub(super) fn lib_rs(package: &Package, parts: &[Part<'_>]) -> String {
    let mut text = format!("//! {}.\n", rustdoc(package.description.trim_end_matches('.')));
    text.push_str(DOCS);
    parts.iter().for_each(|part| entry(part, &mut text));
    text.push_str(RECURSION);
    if parts.iter().flat_map(|part| &part.module.definitions).any(says_deprecated) {
        text.push_str(DEPRECATED);
    }
    text.push_str("\nmod support;\n");
    for Part { module, stem, .. } in parts {
        let _ = write!(text, "\n#[cfg(feature = {:?})]\n", module.name);
        if *stem != module.name {
            let _ = writeln!(text, "#[path = \"{stem}/mod.rs\"]");
        }
        let _ = writeln!(text, "pub mod {};", identifier(&module.name));
    }
    let forms = || parts.iter().flat_map(|part| &part.module.definitions).map(|definition| &definition.form);
    let is_fallible =
        |form: &Form| matches!(form, Form::Text(_) | Form::Open { .. } | Form::Checked { .. } | Form::Opaque { .. });
    if forms().any(is_fallible) {
        text.push_str("\npub use support::Invalid;\n");
    }
    if forms().any(is_open) {
        text.push_str("pub use support::Unlisted;\n");
    }
    text
}

/// The line of the table of contents for a module; a link only where there is something to lead to.
fn entry(Part { module, source, .. }: &Part<'_>, text: &mut String) {
    let name = &module.name;
    // Of a folder or an OpenAPI document, no schema speaks for all.
    let is_root = |definition: &&Definition| definition.listed && definition.pointer.is_empty();
    let root = module.definitions.iter().find(is_root).filter(|_| module.documents.len() == 1);
    let said = root.map(|root| said(&root.docs)).unwrap_or_default();
    let _ = writeln!(text, "#![cfg_attr(feature = {name:?}, doc = \" - [`{name}`](mod@{name})\")]");
    let _ = writeln!(text, "#![cfg_attr(not(feature = {name:?}), doc = \" - `{name}` (its feature is off)\")]");
    let _ = writeln!(text, "//!  {said} From {}.", origin(source));
}

/// Whether something of a definition's type is marked as deprecated.
fn says_deprecated(definition: &Definition) -> bool {
    definition.deprecated
        || match &definition.form {
            Form::Object { members, .. } => members.iter().any(|member| member.deprecated),
            Form::Union { branches, .. } => branches.iter().any(|branch| branch.deprecated),
            _ => false,
        }
}

const DEPRECATED: &str = "#![allow(deprecated, reason = \"what is deprecated is read and written all the same\")]
";

const RECURSION: &str = "
// Types lie in one another as deep as in the schemas; rustc follows them to tell which are `Send`.
#![recursion_limit = \"512\"]
";

const DOCS: &str = "//!
//! Each type accepts exactly what its schema accepts, through `serde`. The ledger beside each module says what stands for
//! every keyword.
//!
//! # Features
//!
//! Each module is a feature of its name, and all are on by default. A crate that needs a few names them, and what they
//! refer to comes along: `default-features = false, features = [\"…\"]`. With the feature `schemars`, each type gives the
//! schema back that it was generated from.
//!
//! # Modules
//!
";
