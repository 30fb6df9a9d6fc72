//! The Rust of each definition -> the files of a crate: `Cargo.toml`, one module for each source, the support module
//! that all types share, and the ledgers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Source, Tree};
use crate::diagnostic::Result;
use crate::enrich::Generated;
use crate::lower::{Definition, Form, Module, Plan, Rule};
use crate::source::Sources;

mod ledger;
mod manifest;

/// The support module: each file's name and text. Written once, it serves every crate that is generated.
const SUPPORT: &[(&str, &str)] = &[
    ("against", include_str!("support/against.rs")),
    ("any", include_str!("support/any.rs")),
    ("checked", include_str!("support/checked.rs")),
    ("collection", include_str!("support/collection.rs")),
    ("date_time", include_str!("support/date_time.rs")),
    ("describe", include_str!("support/describe.rs")),
    ("format", include_str!("support/format.rs")),
    ("held", include_str!("support/held.rs")),
    ("invalid", include_str!("support/invalid.rs")),
    ("newtype", include_str!("support/newtype.rs")),
    ("number", include_str!("support/number.rs")),
    ("object", include_str!("support/object.rs")),
    ("opaque", include_str!("support/opaque.rs")),
    ("path", include_str!("support/path.rs")),
    ("pattern", include_str!("support/pattern.rs")),
    ("plain", include_str!("support/plain.rs")),
    ("refusal", include_str!("support/refusal.rs")),
    ("rest", include_str!("support/rest.rs")),
    ("row", include_str!("support/row.rs")),
    ("rule", include_str!("support/rule.rs")),
    ("scalar", include_str!("support/scalar.rs")),
    ("several", include_str!("support/several.rs")),
    ("text", include_str!("support/text.rs")),
    ("tuple", include_str!("support/tuple.rs")),
    ("union", include_str!("support/union.rs")),
    ("values", include_str!("support/values.rs")),
];

/// The crates that generated code names only where a schema needs them.
#[derive(Clone, Copy, Debug, Default)]
struct Needs {
    chrono: bool,
    jsonschema: bool,
    regress: bool,
    serde_json: bool,
    union: bool,
}

impl Needs {
    fn of(plan: &Plan, generated: &BTreeMap<String, Generated>) -> Self {
        let crates: BTreeSet<&str> =
            generated.values().flat_map(|generated| &generated.crates).map(String::as_str).collect();
        let forms = || plan.definitions().map(|(_, definition)| &definition.form);
        let has_union = forms().any(|form| matches!(form, Form::Union { .. }));
        Self {
            chrono: crates.contains("chrono") || forms().any(checks_dates),
            jsonschema: forms().any(|form| matches!(form, Form::Opaque { .. })),
            regress: forms().any(matches_patterns),
            serde_json: crates.contains("serde_json") || has_union,
            union: has_union,
        }
    }

    /// Whether the support module's file `name` has what it needs.
    fn allow(self, name: &str) -> bool {
        match name {
            "any" => self.serde_json,
            "date_time" => self.chrono,
            "opaque" => self.jsonschema,
            "pattern" => self.regress,
            "against" | "held" | "refusal" | "several" | "union" => self.union,
            _ => true,
        }
    }
}

/// Whether a type of this form looks for a regular expression.
fn matches_patterns(form: &Form) -> bool {
    match form {
        Form::Checked { rules, .. } => rules.iter().any(|rule| rule.keyword == "pattern"),
        Form::Object { rest, .. } => rest.iter().any(|rest| rest.pattern.is_some()),
        _ => false,
    }
}

/// Whether a type of this form checks the format of dates or date-times.
fn checks_dates(form: &Form) -> bool {
    let is_date =
        |rule: &Rule| rule.keyword == "format" && rule.value.as_str().is_some_and(|name| name.starts_with("date"));
    matches!(form, Form::Checked { rules, .. } if rules.iter().any(is_date))
}

/// The files of the crate that `plan` and the Rust of its definitions make.
///
/// # Errors
///
/// When two of them would have one path, or a path no system can write.
pub fn package(sources: &Sources, plan: &Plan, generated: &BTreeMap<String, Generated>) -> Result<Tree> {
    let all: Vec<Source> = plan.modules.iter().filter_map(|module| source(sources, module)).collect();
    let modules: Vec<String> = plan.modules.iter().map(|module| module_rs(module, generated)).collect();
    let needs = Needs::of(plan, generated);
    let mut tree = Tree::new();
    tree.insert("Cargo.toml", &all, &manifest::cargo_toml(&sources.package, needs))?;
    tree.insert("rustfmt.toml", &[], "# Generated code is as codegen writes it.\ndisable_all_formatting = true\n")?;
    tree.insert("src/lib.rs", &all, &lib_rs(sources, plan))?;
    tree.insert("src/support/mod.rs", &[], &support_rs(needs))?;
    for (name, text) in SUPPORT.iter().filter(|(name, _)| needs.allow(name)) {
        tree.insert(&format!("src/support/{name}.rs"), &[], text)?;
    }
    for (module, text) in plan.modules.iter().zip(&modules) {
        let source = source(sources, module).as_slice().to_vec();
        tree.insert(&format!("src/{}.rs", module.name), &source, text)?;
        tree.insert(&format!("ledger/{}.md", module.name), &source, &ledger::ledger(sources, module))?;
    }
    Ok(tree)
}

/// What `module` was generated from.
fn source(sources: &Sources, module: &Module) -> Option<Source> {
    let source = &sources.documents.get(module.documents.start)?.source;
    Some(Source { file: source.file.clone(), sha256: source.sha256.clone() })
}

fn module_rs(module: &Module, generated: &BTreeMap<String, Generated>) -> String {
    let mut text = format!("//! The types of `{}`.\n", module.name);
    for Generated { item, statement, .. } in
        module.definitions.iter().filter_map(|definition| generated.get(&definition.key))
    {
        let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![item.clone()], frontmatter: None };
        let _ = write!(text, "\n{}\n{statement}", prettyplease::unparse(&file));
    }
    text
}

fn lib_rs(sources: &Sources, plan: &Plan) -> String {
    let mut text = format!("//! {}.\n", sources.package.description.trim_end_matches('.'));
    text.push_str(LIB_DOCS);
    for module in &plan.modules {
        let _ = writeln!(text, "//! - [`{0}`](mod@{0})", module.name);
    }
    text.push_str(RECURSION);
    if plan.definitions().any(|(_, definition)| says_deprecated(definition)) {
        text.push_str(DEPRECATED);
    }
    text.push_str("\nmod support;\n\n");
    for module in &plan.modules {
        let _ = writeln!(text, "pub mod {};", module.name);
    }
    let fallible = |form: &Form| matches!(form, Form::Text(_) | Form::Checked { .. } | Form::Opaque { .. });
    if plan.definitions().any(|(_, definition)| fallible(&definition.form)) {
        text.push_str("\npub use support::Invalid;\n");
    }
    text
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

const LIB_DOCS: &str = "//!
//! Each type accepts exactly what its schema accepts, through `serde`. With the feature `schemars` each one gives that
//! schema back. The ledger beside each module says what stands for every keyword.
//!
//! # Modules
//!
";

/// The support module's root, without the files whose crates nothing needs.
fn support_rs(needs: Needs) -> String {
    let absent: Vec<&str> = SUPPORT.iter().map(|(name, _)| *name).filter(|name| !needs.allow(name)).collect();
    let is_of_absent = |line: &str| {
        absent.iter().any(|name| line == format!("mod {name};") || line.contains(&format!("use {name}::")))
    };
    let mut kept: Vec<&str> = Vec::new();
    for line in include_str!("support/mod.rs").lines() {
        if !is_of_absent(line) {
            kept.push(line);
        } else if kept.last().is_some_and(|before| before.starts_with("#[")) {
            // The attribute is of the line that goes.
            kept.pop();
        }
    }
    kept.join("\n") + "\n"
}
