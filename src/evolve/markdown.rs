//! An [`Evolution`] -> Markdown, fit for the description of a pull request.

use std::cmp::Reverse;
use std::fmt;

use super::rules::Level;
use super::table::cut;
use super::{Compared, Evolution, Finding, Location, Proposal, Rust, RustFinding, Verdict};
use crate::lower::code;

/// The Markdown of an evolution.
pub struct Markdown<'e>(pub &'e Evolution);

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(evolution) = self;
        writeln!(
            f,
            "## Changes of {} definitions\n\n| verdict | definitions |\n|---|---|",
            evolution.definitions.len()
        )?;
        for verdict in Verdict::ALL {
            writeln!(f, "| {verdict} | {} |", evolution.count(verdict))?;
        }
        for level in Level::ALL.into_iter().rev() {
            let found: Vec<&Finding> = evolution.findings.iter().filter(|finding| finding.level() == level).collect();
            if !found.is_empty() {
                writeln!(
                    f,
                    "\n### {level}\n\n| definition | rule | what | sender | receiver | where |\n|---|---|---|---|---|---|"
                )?;
                found.into_iter().try_for_each(|finding| write_finding(finding, f))?;
            }
        }
        let shown: Vec<&Compared> = evolution.changed().filter(|compared| !is_plain(compared)).collect();
        if !shown.is_empty() {
            writeln!(
                f,
                "\n### Values that show it\n\n| definition | verdict | refused now | accepted now |\n|---|---|---|---|"
            )?;
            shown.into_iter().try_for_each(|compared| write_definition(compared, f))?;
        }
        write_rust(&evolution.rust, f)?;
        write!(f, "\n### Proposed version and changelog entry\n\n{}", Proposal::of(evolution))
    }
}

/// What becomes of the generated crate.
fn write_rust(rust: &Rust, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "\n### In Rust\n\n{}.", plain(&capitalised(&rust.asks())))?;
    if rust.findings.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n| path | rule | what | step | where |\n|---|---|---|---|---|")?;
    let mut findings: Vec<&RustFinding> = rust.findings.iter().collect();
    findings.sort_by_key(|finding| Reverse(finding.rule.step));
    for RustFinding { rule, path, location, message, waived, .. } in findings {
        let waived = waived.as_ref().map(|reason| format!(" (waived: {})", plain(reason))).unwrap_or_default();
        let at = if location.file.is_empty() { String::new() } else { cell(&shown(location)) };
        let (path, message) = (cell(path), spoken(&cut(message), cell));
        writeln!(f, "| {path} | `{}` | {message}{waived} | {} | {at} |", rule.id, rule.step)?;
    }
    Ok(())
}

fn shown(Location { file, line, pointer }: &Location) -> String {
    format!("{file}:{line}#{pointer}")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether there is no more to say of a definition than what is found about it.
fn is_plain(compared: &Compared) -> bool {
    compared.witness.lost.is_none() && compared.witness.gained.is_none() && compared.why.is_empty()
}

fn write_finding(finding: &Finding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let waived = finding.waived.as_ref().map(|reason| format!(" (waived: {})", plain(reason))).unwrap_or_default();
    writeln!(
        f,
        "| {} | `{}` | {}{waived} | {} | {} | {} |",
        cell(&finding.definition),
        finding.rule.id,
        spoken(&cut(&finding.message), cell),
        finding.sender,
        finding.receiver,
        cell(&shown(&finding.location)),
    )
}

fn write_definition(compared: &Compared, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let value = |value: &Option<serde_json::Value>| {
        value.as_ref().map(|value| cell(&cut(&value.to_string()))).unwrap_or_default()
    };
    let (lost, gained) = (value(&compared.witness.lost), value(&compared.witness.gained));
    let by = if compared.is_by_reference { ", by what it refers to" } else { "" };
    writeln!(f, "| {} | {}{by} | {lost} | {gained} |", cell(&compared.name), compared.verdict)
}

/// Text as code that stays in its cell.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A message, in which what stands between backticks is code, written by `code`.
pub(super) fn spoken(message: &str, code: fn(&str) -> String) -> String {
    let is_even = message.matches('`').count().is_multiple_of(2);
    let parts = message.split('`').enumerate();
    let part = |(number, part): (usize, &str)| match number % 2 {
        1 if !part.is_empty() => code(part),
        _ => plain(part),
    };
    if is_even { parts.map(part).collect() } else { plain(message) }
}

/// Text that means nothing in Markdown but itself.
pub(super) fn plain(text: &str) -> String {
    let special = |c: char| "\\`*_[]<>|#&~".contains(c);
    text.chars()
        .flat_map(|c| special(c).then_some('\\').into_iter().chain([if c.is_control() { ' ' } else { c }]))
        .collect()
}
