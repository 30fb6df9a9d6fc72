//! The generated crate's `Cargo.toml`: a feature for each module, and nothing heavy unless a feature asks for it.

use std::fmt::Write as _;

use toml::Value;

use super::{Needs, Part};
use crate::source::Package;

/// A crate that only some types need: the feature that modules with such types turn on, the crate, and what stands in
/// `[dependencies]`. Names of modules have no `-`, so none is like that of such a feature.
type Need = (&'static str, &'static str, &'static str, fn(Needs) -> bool);

const NEEDS: &[Need] = &[
    ("needs-chrono", "chrono", "version = \"0.4\", default-features = false", |needs| needs.chrono),
    ("needs-jsonschema", "jsonschema", "version = \"0.61\", default-features = false", |needs| needs.jsonschema),
    ("needs-regress", "regress", "version = \"0.12\"", |needs| needs.regress),
    ("needs-serde-json", "serde_json", SERDE_JSON, |needs| needs.serde_json),
];

const SERDE_JSON: &str = "version = \"1.0\", default-features = false, features = [\"std\"]";

/// The body of `Cargo.toml` for a crate of these modules, which together need `needs`.
pub(super) fn cargo_toml(package: &Package, parts: &[Part<'_>], needs: Needs) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    format!(
        "[package]
name = {name}
version = {version}
description = {description}
edition = \"2024\"
license = \"MIT OR Apache-2.0\"
publish = false
rust-version = \"1.95\"

# Said outright, so that cargo can read this file while the sources are not there.
[lib]
path = \"src/lib.rs\"

[package.metadata.docs.rs]
all-features = true

[features]
{features}
[dependencies]
{dependencies}
[lints.clippy]
all = {{ level = \"allow\", priority = -1 }}

[lints.rust]
# Names are the schemas' own, in whatever script.
confusable_idents = \"allow\"
mixed_script_confusables = \"allow\"
uncommon_codepoints = \"allow\"
# The support module is the same for every crate; not every crate uses all of it.
dead_code = \"allow\"
unused_imports = \"allow\"
unused_macros = \"allow\"
",
        name = quoted(&package.name),
        version = quoted(&package.version),
        description = quoted(&package.description),
        features = features(parts, needs),
        dependencies = dependencies(needs),
    )
}

fn features(parts: &[Part<'_>], needs: Needs) -> String {
    let needed = |needs: Needs| NEEDS.iter().filter(move |(.., is_needed)| is_needed(needs));
    let mut text = String::from("# Every module. Name those that you need instead, and the rest is not compiled.\n");
    text.push_str(&feature("default", parts.iter().map(|part| part.module.name.as_str())));
    text.push_str(
        "# `JsonSchema` for every type: the schema that the type was generated from, with its annotations.\n",
    );
    text.push_str(&feature("schemars", ["dep:schemars", "dep:serde_json"]));
    text.push_str("\n# A feature for each module, with the modules that its types refer to.\n");
    for Part { module, others, needs, .. } in parts {
        let needs = needed(*needs).map(|(feature, ..)| *feature);
        text.push_str(&feature(&module.name, others.iter().map(String::as_str).chain(needs)));
    }
    for (index, (name, of, ..)) in needed(needs).enumerate() {
        if index == 0 {
            text.push_str("\n# What modules turn on for themselves.\n");
        }
        text.push_str(&feature(name, [format!("dep:{of}").as_str()]));
    }
    text
}

/// The line of a feature; a line for each that it turns on, where they are many.
fn feature<'a>(name: &str, others: impl IntoIterator<Item = &'a str>) -> String {
    let others: Vec<String> = others.into_iter().map(|other| format!("\"{other}\"")).collect();
    let line = format!("{name} = [{}]\n", others.join(", "));
    if line.len() <= 120 { line } else { format!("{name} = [\n    {},\n]\n", others.join(",\n    ")) }
}

fn dependencies(needs: Needs) -> String {
    let schemars = "version = \"1.2\", default-features = false, features = [\"preserve_order\"]";
    let serde = "serde = { version = \"1.0\", default-features = false, features = [\"std\"] }".to_owned();
    let optional = |of: &str, what: &str| format!("{of} = {{ {what}, optional = true }}");
    // The feature `schemars` needs serde_json, whatever the modules do.
    let needed = NEEDS.iter().filter(|(_, of, _, is_needed)| *of == "serde_json" || is_needed(needs));
    let mut lines: Vec<String> = needed.map(|(_, of, what, _)| optional(of, what)).collect();
    lines.extend([optional("schemars", schemars), serde]);
    lines.sort();
    lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{line}");
        text
    })
}
