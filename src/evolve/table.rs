//! An [`Evolution`] -> text for a terminal: each definition that changed, with the values that show it and what was found in
//! it, and how many there are.

use std::collections::BTreeMap;
use std::fmt;

use super::rules::Step;
use super::{Compared, Evolution, Finding, Rust, RustFinding, Verdict};

/// Characters of a value or a message that are shown.
const SHOWN: usize = 200;

/// The text of an evolution.
pub struct Table<'e>(pub &'e Evolution);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(evolution) = self;
        let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in &evolution.findings {
            found.entry(&finding.definition).or_default().push(finding);
        }
        for compared in evolution.changed() {
            write_definition(compared, f)?;
            let found = found.get(compared.name.as_str()).into_iter().flatten();
            found.copied().try_for_each(|finding| write_finding(finding, f))?;
        }
        let counts = Verdict::ALL.map(|verdict| format!("{} {verdict}", evolution.count(verdict)));
        writeln!(f, "{} definitions: {}", evolution.definitions.len(), counts.join(", "))?;
        write_rust(&evolution.rust, f)
    }
}

fn write_rust(rust: &Rust, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for RustFinding { rule, path, location, message, waived, .. } in &rust.findings {
        let waived = waived.as_ref().map(|reason| format!("; waived: {reason}")).unwrap_or_default();
        writeln!(f, "{path}\n    {}: {} ({}{waived})", rule.id, cut(message), rule.step)?;
        if !location.file.is_empty() {
            writeln!(f, "        {}:{}#{}", location.file, location.line, location.pointer)?;
        }
    }
    let counts = Step::ALL.map(|step| {
        let found = rust.findings.iter().filter(|finding| finding.rule.step == step).count();
        format!("{found} {step}")
    });
    write!(f, "in Rust: {}; {}", counts.join(", "), rust.asks())
}

fn write_definition(compared: &Compared, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let by = if compared.is_by_reference { ", by what it refers to" } else { "" };
    let before = compared.old_name.as_ref().map(|name| format!(" (was {name})")).unwrap_or_default();
    writeln!(f, "{:<14} {}{before}{by}", compared.verdict, compared.name)?;
    if let Some(value) = &compared.witness.lost {
        writeln!(f, "    refused now:  {}", cut(&value.to_string()))?;
    }
    if let Some(value) = &compared.witness.gained {
        writeln!(f, "    accepted now: {}", cut(&value.to_string()))?;
    }
    if !compared.why.is_empty() {
        writeln!(f, "    not decided: {}", compared.why)?;
    }
    Ok(())
}

fn write_finding(finding: &Finding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Finding { rule, location, message, sender, receiver, waived, .. } = finding;
    let (id, message) = (rule.id, cut(message));
    let waived = waived.as_ref().map(|reason| format!("; waived: {reason}")).unwrap_or_default();
    writeln!(f, "    {id}: {message} (sender: {sender}, receiver: {receiver}{waived})")?;
    writeln!(f, "        {}:{}#{}", location.file, location.line, location.pointer)
}

/// The beginning of a long text.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
