//! Which names cargo and rustc take, for packages, modules and types.

use toml::Spanned;
use unicode_normalization::UnicodeNormalization as _;

use crate::source::section::Toml;

/// Modules and features that a generated crate has for itself, or that cargo takes for a crate's root: each module is a
/// feature, too.
const RESERVED_MODULES: &[&str] = &["default", "lib", "main", "schemars", "support"];

/// Says what is wrong with the name of a module.
pub(super) fn check_module(toml: &mut Toml<'_>, module: &Spanned<String>) {
    if let Some(message) = not_a_module(module.get_ref()) {
        let help = format!(
            "write a small letter, then small letters, digits or `_`; no keyword, and none of: {}",
            RESERVED_MODULES.join(", ")
        );
        toml.error(&module.span(), message, help);
    }
}

/// Why `name` cannot be the module of a source, if it cannot.
pub(crate) fn not_a_module(name: &str) -> Option<String> {
    let snake_case = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !snake_case || !name.starts_with(|first: char| first.is_ascii_lowercase()) || is_keyword(name) {
        Some(format!("`{name}` is not a name for a Rust module"))
    } else {
        let taken = RESERVED_MODULES.contains(&name);
        taken.then(|| format!("the module name `{name}` is taken by the generated crate itself"))
    }
}

fn is_keyword(name: &str) -> bool {
    // syn knows the keywords of all editions but the newest, where `gen` is one.
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

pub(super) fn is_package_name(name: &str) -> bool {
    let allowed = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let begins_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    allowed && begins_well && name.len() <= 64 && !is_keyword(&name.replace('-', "_"))
}

/// Whether `name` can be that of a type in Rust, of any letters that Rust takes, and without a warning.
pub(crate) fn is_rust_type(name: &str) -> bool {
    // Rust takes names for one that are one in NFC.
    let is_one_word = !name.trim_end_matches('_').contains('_');
    name.starts_with(char::is_uppercase) && is_one_word && !is_keyword(name) && name.nfc().eq(name.chars())
}

pub(super) fn is_type_name(name: &str) -> bool {
    let allowed = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    allowed && name.starts_with(|first: char| first.is_ascii_uppercase()) && !is_keyword(name)
}
