//! The ledger of one source: every keyword at every place, and what in Rust answers for it. For people to review.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use crate::lower::{Fate, Module, Tier, code};
use crate::parallel;
use crate::source::{Correction, Document, Source, Sources};

/// How many keywords are written at once.
const ROWS: RangeInclusive<usize> = 256..=4096;

/// The ledger of `module`, whose folder is `stem`, as Markdown.
pub(super) fn ledger(sources: &Sources, module: &Module, stem: &str) -> String {
    let documents = sources.documents.get(module.documents.clone()).unwrap_or_default();
    let Some(source) = documents.first().map(|document| &document.source) else { return String::new() };
    let mut text = format!(
        "# Ledger of `{}`\n\nEvery keyword of `{}` (from <{}>), and what answers for it in `src/{}/`.\n",
        module.name, source.file, source.origin, stem
    );
    text.push_str(&corrections(source, documents));
    text.push_str(&counts(&module.fates));
    text.push_str(&policies(source, &module.fates));
    text.push_str("\n## Types\n\n| type | schema |\n|---|---|\n");
    for definition in &module.definitions {
        let Some(document) = sources.documents.get(definition.document) else { continue };
        let at = place(source, document, &document.written(&definition.pointer));
        let _ = writeln!(text, "| `{}` | {at} |", definition.name);
    }
    text.push_str("\n## Keywords\n\n| keyword | value | tier | what answers for it |\n|---|---|---|---|\n");
    let chunks = parallel::in_parts(&module.fates, ROWS, |fates| rows(sources, source, fates));
    text.extend(chunks);
    text
}

/// A row for each of `fates`, which are of `source`.
fn rows(sources: &Sources, source: &Source, fates: &[Fate]) -> String {
    let mut text = String::new();
    for Fate { document, pointer, value, tier, means, limit } in fates {
        let Some(document) = sources.documents.get(*document) else { continue };
        let value = if value.is_empty() { String::new() } else { code(&cell(value)) };
        let limit = if limit.is_empty() { String::new() } else { format!("; {limit}") };
        let _ = writeln!(text, "| {} | {value} | {tier} | {}{limit} |", place(source, document, pointer), cell(means));
    }
    text
}

/// What was corrected in `documents`, which all of this is about.
fn corrections(source: &Source, documents: &[Document]) -> String {
    let mut rows = String::new();
    for document in documents {
        for Correction { reason, link, pointers } in document.corrections() {
            let places: Vec<String> = pointers.iter().map(|pointer| place(source, document, pointer)).collect();
            let _ = writeln!(rows, "| {} | {} | <{}> |", places.join(", "), cell(reason), cell(link));
        }
    }
    match rows.is_empty() {
        true => rows,
        false => format!(
            "\n## Overrides\n\nThe source is corrected before anything is made of it, and what follows is about the corrected one.\n\n\
             | where | why | link |\n|---|---|---|\n{rows}"
        ),
    }
}

fn counts(fates: &[Fate]) -> String {
    let mut text = String::from("\n## Tiers\n\n| tier | keywords |\n|---|---|\n");
    for tier in Tier::ALL {
        let count = fates.iter().filter(|fate| fate.tier == tier).count();
        let _ = writeln!(text, "| {tier} | {count} |");
    }
    let _ = writeln!(text, "| all | {} |", fates.len());
    text
}

fn policies(source: &Source, fates: &[Fate]) -> String {
    let policy = &source.policy;
    let asserted: Vec<String> = policy.formats.keys().map(|format| format!("`{}`", cell(format))).collect();
    let mut annotated: BTreeMap<&str, usize> = BTreeMap::new();
    for fate in fates.iter().filter(|fate| fate.pointer.ends_with("/format") && fate.tier == Tier::Annotation) {
        *annotated.entry(&fate.value).or_default() += 1;
    }
    let annotated: Vec<String> =
        annotated.iter().map(|(format, count)| format!("{} ({count})", code(&cell(format)))).collect();
    let listed = |formats: &[String]| if formats.is_empty() { "none".to_owned() } else { formats.join(", ") };
    let mut text = String::from("\n## Policies and limits\n\n");
    let _ = writeln!(
        text,
        "- Formats asserted: {}. Formats that are annotations here: {}.",
        listed(&asserted),
        listed(&annotated)
    );
    text.push_str("- Members that a schema does not name and does not refuse are accepted and dropped.\n");
    let mut limits: BTreeMap<&str, usize> = BTreeMap::new();
    for fate in fates.iter().filter(|fate| !fate.limit.is_empty()) {
        *limits.entry(fate.limit).or_default() += 1;
    }
    for (limit, count) in limits {
        let _ = writeln!(text, "- Limit of representation, at {count} places: {limit}.");
    }
    text
}

/// The place that `pointer` leads to in `document`, from `source` if it is of that.
fn place(source: &Source, document: &Document, pointer: &str) -> String {
    let path = document.path.strip_prefix(&source.file).unwrap_or(&document.path);
    code(&format!("{}#{}", cell(path.trim_start_matches('/')), cell(pointer)))
}

/// `text` as it can stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
