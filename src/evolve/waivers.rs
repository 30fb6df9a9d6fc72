//! A file of waivers -> findings that are taken as they are, each for a reason; and what waives nothing any more.
//!
//! ```toml
//! [[waiver]]
//! rule = "property-removed"
//! pointer = "/components/schemas/Portal/properties/color"     # where the finding stands, as it is printed
//! file = "portal.json"                                        # optional: how the name of its file ends
//! reason = "nobody has ever sent it"
//! ```

use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use super::{Evolution, Location, rules};
use crate::diagnostic::{Diagnostic, Diagnostics, Position, Result};
use crate::source::{MAX_MANIFEST_BYTES, Toml, read_file};

/// A finding that is taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The id of the rule.
    pub rule: String,
    /// The JSON Pointer of the finding.
    pub pointer: String,
    /// How the name of the file ends, where the pointer alone does not tell.
    pub file: Option<String>,
    /// Why it is taken.
    pub reason: String,
    /// The file of the waiver, as the user names it.
    listed_in: String,
    at: Position,
}

/// The waivers that the file at `path` lists.
///
/// # Errors
///
/// All that is wrong with it: no such file, no TOML, a waiver without a rule, a pointer and a reason, a rule that is not.
pub fn waivers(path: &Path) -> Result<Vec<Waiver>> {
    let shown = path.display().to_string();
    let bytes = read_file(path, MAX_MANIFEST_BYTES).map_err(|reason| {
        let help = reason.help("name a file of waivers");
        Diagnostic::error(&shown, reason.to_string()).help(help)
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Diagnostic::error(&shown, "this is not UTF-8").help("save the file as UTF-8"))?;
    let mut toml = Toml::new(shown.clone(), &text);
    let Some(mut root) = toml.parse("a file of waivers", &["waiver"]) else { return Err(Diagnostics(toml.found)) };
    let listed = match root.take("waiver").map(|value| (value.span(), value.into_inner())) {
        Some((_, DeValue::Array(listed))) => listed.into_iter().collect(),
        Some((span, _)) => {
            toml.error(&span, "`waiver` is not a list", "write [[waiver]], with two brackets, before each waiver");
            Vec::new()
        }
        None => Vec::new(),
    };
    let waivers = listed.into_iter().filter_map(|value| waiver(&mut toml, value, &shown)).collect();
    if toml.found.is_empty() { Ok(waivers) } else { Err(Diagnostics(toml.found)) }
}

fn waiver<'t>(toml: &mut Toml<'t>, value: Spanned<DeValue<'t>>, shown: &str) -> Option<Waiver> {
    let mut section = toml.table("[[waiver]]", &["rule", "pointer", "file", "reason"], value)?;
    let at = toml.position(&section.span);
    let rule = section.line(toml, "rule");
    let (pointer, file) = (section.line(toml, "pointer"), section.optional_line(toml, "file"));
    let reason = section.line(toml, "reason");
    let rule = rule?;
    let known: Vec<&str> = rules::ids().collect();
    if !known.contains(&rule.get_ref().as_str()) {
        toml.error(
            &rule.span(),
            format!("there is no rule `{}`", rule.get_ref()),
            format!("the rules are: {}", known.join(", ")),
        );
        return None;
    }
    let pointer = pointer?.into_inner();
    Some(Waiver {
        rule: rule.into_inner(),
        pointer: pointer.strip_prefix('#').map_or(pointer.clone(), str::to_owned),
        file: file.map(Spanned::into_inner),
        reason: reason?.into_inner(),
        listed_in: shown.to_owned(),
        at,
    })
}

/// Marks the findings that `waivers` waive; gives what to say of those that waive none.
pub fn waive(evolution: &mut Evolution, waivers: &[Waiver]) -> Vec<Diagnostic> {
    let mut stale = Vec::new();
    for waiver in waivers {
        let on_wire = evolution.findings.iter_mut().map(|it| (it.rule.id, &it.location, &mut it.waived));
        let in_rust = evolution.rust.findings.iter_mut().map(|it| (it.rule.id, &it.location, &mut it.waived));
        let mut waived = on_wire.chain(in_rust).filter(|(rule, at, _)| waiver.is_for(rule, at)).peekable();
        if waived.peek().is_none() {
            let message = format!("nothing is found by `{}` at `{}` any more", waiver.rule, waiver.pointer);
            let error = Diagnostic::error(&waiver.listed_in, message).at(Some(waiver.at));
            stale.push(error.help("remove the waiver, or correct its pointer: it is the one that is printed"));
        }
        waived.for_each(|(_, _, reason)| *reason = Some(waiver.reason.clone()));
    }
    stale
}

impl Waiver {
    /// Whether it is for what a rule found at a place.
    fn is_for(&self, rule: &str, at: &Location) -> bool {
        self.rule == rule
            && self.pointer == at.pointer
            && self.file.as_ref().is_none_or(|file| at.file.ends_with(file.as_str()))
    }
}
