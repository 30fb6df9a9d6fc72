//! The generated crate's `Cargo.toml`: what the types need, and nothing heavy unless a feature asks for it.

use toml::Value;

use super::Needs;
use crate::source::Package;

/// The body of `Cargo.toml` for a crate that needs `needs`.
pub(super) fn cargo_toml(package: &Package, needs: Needs) -> String {
    let mut dependencies = String::new();
    let mut feature = vec!["dep:schemars"];
    if needs.chrono {
        dependencies.push_str("chrono = { version = \"0.4\", default-features = false }\n");
    }
    if needs.jsonschema {
        dependencies.push_str("jsonschema = { version = \"0.61\", default-features = false }\n");
    }
    if needs.regress {
        dependencies.push_str("regress = \"0.12\"\n");
    }
    dependencies.push_str("schemars = { version = \"1.2\", default-features = false, features = [\"preserve_order\"], optional = true }\n");
    dependencies.push_str("serde = { version = \"1.0\", default-features = false, features = [\"std\"] }\n");
    if needs.serde_json {
        dependencies.push_str("serde_json = { version = \"1.0\", default-features = false, features = [\"std\"] }\n");
    } else {
        dependencies.push_str(
            "serde_json = { version = \"1.0\", default-features = false, features = [\"std\"], optional = true }\n",
        );
        feature.push("dep:serde_json");
    }
    let feature: Vec<String> = feature.iter().map(|name| format!("\"{name}\"")).collect();
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

[features]
# `JsonSchema` for every type: the schema that the type was generated from, with its annotations.
schemars = [{feature}]

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
        feature = feature.join(", "),
    )
}
