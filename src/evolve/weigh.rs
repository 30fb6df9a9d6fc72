//! What the rules say of a definition, and the verdict on it -> what is said in the end: nothing is called an error that the
//! sets of values rule out, and nothing that they show is left unsaid.

use super::rules::{self, Level};
use super::walk::{Finding, Side};
use super::{Compared, Verdict};

/// Brings `found` in line with the verdict on the definition.
pub(super) fn settle(compared: &Compared, found: &mut Vec<Finding>) {
    let (narrows, widens) = match compared.verdict {
        Verdict::Both | Verdict::Undecided => (true, true),
        Verdict::Narrowed => (true, false),
        Verdict::Widened => (false, true),
        _ => (false, false),
    };
    for finding in found.iter_mut() {
        finding.sender = weighed(finding.sender, narrows);
        finding.receiver = weighed(finding.receiver, widens);
    }
    let told = |level: fn(&Finding) -> Level| found.iter().any(|finding| level(finding) == Level::Error);
    let (is_sender_told, is_receiver_told) = (told(|finding| finding.sender), told(|finding| finding.receiver));
    let shown = |value: &serde_json::Value, how: &str| format!("{how}: {value}");
    let mut more: Vec<(&str, String)> = match compared.verdict {
        Verdict::Added => vec![("definition-added", "the definition is new".to_owned())],
        Verdict::Removed => vec![("definition-removed", "the definition is gone".to_owned())],
        Verdict::Undecided => {
            vec![("definition-undecided", format!("it is not decided what changed: {}", compared.why))]
        }
        _ => Vec::new(),
    };
    if let Some(name) = &compared.old_name {
        more.push(("definition-renamed", format!("it was called `{name}`")));
    }
    // What a definition refers to is told of by itself.
    if !compared.is_by_reference {
        let lost = compared.witness.lost.as_ref().filter(|_| !is_sender_told);
        more.extend(lost.map(|value| ("accepts-less", shown(value, "this is refused now"))));
        let gained = compared.witness.gained.as_ref().filter(|_| !is_receiver_told);
        more.extend(gained.map(|value| ("accepts-more", shown(value, "this is accepted now"))));
    }
    let (side, location) = match (&compared.old, &compared.new) {
        (_, Some(location)) => (Side::New, location.clone()),
        (old, None) => (Side::Old, old.clone().unwrap_or_default()),
    };
    found.extend(more.into_iter().filter_map(|(id, message)| {
        let rule = rules::rule(id)?;
        let (definition, location) = (compared.name.clone(), location.clone());
        let (sender, receiver) = (rule.sender, rule.receiver);
        Some(Finding { rule, definition, side, location, message, sender, receiver, waived: None })
    }));
}

/// An error counts only where something may be refused.
fn weighed(level: Level, may_refuse: bool) -> Level {
    if level == Level::Error && !may_refuse { Level::Info } else { level }
}
