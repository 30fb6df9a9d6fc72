//! What the types of a module need of other crates, and which of the support module's files.

use std::collections::{BTreeMap, BTreeSet};

use crate::enrich::{Generated, STATED};
use crate::lower::{Definition, Form, Module, Overlap, Rule};

/// The crates that generated code names only where a schema needs them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    pub(super) chrono: bool,
    pub(super) jsonschema: bool,
    /// What reads open enums.
    open: bool,
    pub(super) regress: bool,
    pub(super) serde_json: bool,
    /// What holds several branches' readings of one value.
    several: bool,
    /// What gives defaults, of the values that a schema names.
    stated: bool,
    text: bool,
    tuple: bool,
    /// What reads unions, with serde_json.
    union: bool,
    /// What reads enums of any values that a schema names.
    values: bool,
}

impl Needs {
    /// What one module needs itself.
    pub(super) fn of(module: &Module, generated: &BTreeMap<String, Generated>) -> Self {
        let generated = |definition: &Definition| generated.get(&definition.key);
        let crates = module.definitions.iter().filter_map(generated).flat_map(|generated| &generated.crates);
        let crates: BTreeSet<&str> = crates.map(String::as_str).collect();
        let forms = || module.definitions.iter().map(|definition| &definition.form);
        let union = forms().any(|form| matches!(form, Form::Union { .. }));
        let mut stating = module.definitions.iter().filter(|definition| states(definition)).filter_map(generated);
        Self {
            chrono: crates.contains("chrono") || forms().any(checks_dates),
            jsonschema: forms().any(|form| matches!(form, Form::Opaque { .. })),
            open: forms().any(is_open),
            regress: crates.contains("regress"),
            serde_json: crates.contains("serde_json") || union,
            several: forms().any(|form| matches!(form, Form::Union { overlap: Overlap::All, .. })),
            stated: stating.any(|generated| generated.statement.contains(STATED)),
            text: forms().any(|form| matches!(form, Form::Text(_))),
            tuple: forms().any(|form| matches!(form, Form::Tuple { .. })),
            union,
            values: forms().any(|form| matches!(form, Form::Values(_))),
        }
    }

    /// What either needs.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            chrono: self.chrono || other.chrono,
            jsonschema: self.jsonschema || other.jsonschema,
            open: self.open || other.open,
            regress: self.regress || other.regress,
            serde_json: self.serde_json || other.serde_json,
            several: self.several || other.several,
            stated: self.stated || other.stated,
            text: self.text || other.text,
            tuple: self.tuple || other.tuple,
            union: self.union || other.union,
            values: self.values || other.values,
        }
    }

    /// Whether the support module's file `name` is of use, and has what it needs.
    pub(super) fn allow(self, name: &str) -> bool {
        match name {
            "any" => self.serde_json,
            "constant" => self.stated || self.values,
            "date_time" => self.chrono,
            "opaque" => self.jsonschema,
            "open" => self.open,
            "pattern" => self.regress,
            "several" => self.several,
            "stated" => self.stated,
            "text" => self.text,
            "tuple" => self.tuple,
            "values" => self.values,
            "against" | "choice" | "held" | "refusal" | "tagged" | "union" => self.union,
            _ => true,
        }
    }
}

/// Whether a type of this form keeps strings that it does not know.
pub(super) fn is_open(form: &Form) -> bool {
    matches!(form, Form::Open { .. })
}

/// Whether a type of this form checks the format of dates or date-times.
fn checks_dates(form: &Form) -> bool {
    let is_date =
        |rule: &Rule| rule.keyword == "format" && rule.value.as_str().is_some_and(|name| name.starts_with("date"));
    matches!(form, Form::Checked { rules, .. } if rules.iter().any(is_date))
}

/// Whether the schema of a definition states a default that its type may read.
fn states(definition: &Definition) -> bool {
    let of_members = match &definition.form {
        Form::Object { members, .. } => members.iter().any(|member| member.default.is_some()),
        _ => false,
    };
    of_members || definition.default.is_some()
}
