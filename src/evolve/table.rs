//! An [`Evolution`] -> a table for people: what became of how many definitions, and of each that changed.

use std::fmt;

use super::{Compared, Evolution, Verdict};

/// Characters of a witness that are shown.
const SHOWN: usize = 200;

/// The table of an evolution.
pub struct Table<'e>(pub &'e Evolution);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(evolution) = self;
        for compared in evolution.changed() {
            write(compared, f)?;
        }
        let counts = Verdict::ALL.map(|verdict| format!("{} {verdict}", evolution.count(verdict)));
        write!(f, "{} definitions: {}", evolution.definitions.len(), counts.join(", "))
    }
}

fn write(compared: &Compared, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
