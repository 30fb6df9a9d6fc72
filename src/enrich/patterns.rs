//! The regular expressions of a plan -> how each is stated: with what may stand at each place where that is all it says, with
//! a table where it is regular and the table is short, else to be matched by the crate `regress`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rust::literal;
use crate::lower::{Definition, Form, Plan, Rule};
use crate::parallel;
use crate::regular::{Automaton, Places};

/// Bytes of the longest table that is written out: each is read over in reviews, and kept in programs.
const LONGEST: usize = 2048;

/// The table or the places of each regular expression, as they are stated; none where it has neither.
pub(super) struct Patterns<'a>(BTreeMap<&'a str, Option<String>>);

impl<'a> Patterns<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let all: BTreeSet<&str> = plan.definitions().flat_map(|(_, definition)| patterns(definition)).collect();
        Self(parallel::map(all.into_iter().collect(), |pattern| (pattern, stated(pattern))).into_iter().collect())
    }

    /// `pattern` as a macro of the support module takes it.
    pub(super) fn stated(&self, pattern: &str) -> String {
        match self.0.get(pattern) {
            Some(Some(stated)) => format!("{} {stated}", literal(pattern)),
            _ => literal(pattern),
        }
    }

    /// Whether all of `definition` have tables.
    pub(super) fn have_tables(&self, definition: &Definition) -> bool {
        patterns(definition).all(|pattern| self.0.get(pattern).is_some_and(Option::is_some))
    }
}

/// The regular expressions that a value of this definition is checked by.
fn patterns(definition: &Definition) -> impl Iterator<Item = &str> {
    let (rules, rest): (&[Rule], _) = match &definition.form {
        Form::Checked { rules, .. } | Form::Open { rules, .. } => (rules, None),
        Form::Object { rest, .. } => (&[], Some(rest)),
        _ => (&[], None),
    };
    let rules = rules.iter().filter(|rule| rule.keyword == "pattern").filter_map(|rule| match &rule.value {
        Value::String(pattern) => Some(pattern.as_str()),
        _ => None,
    });
    rules.chain(rest.into_iter().flatten().filter_map(|rest| rest.pattern.as_deref()))
}

fn stated(pattern: &str) -> Option<String> {
    let automaton = Automaton::new(pattern)?;
    if let Some(Places { least, sets }) = Places::new(&automaton) {
        let sets = sets.iter().map(|(count, set)| {
            let ranges: Vec<u8> = set.iter().flat_map(|(first, last)| [*first, *last]).collect();
            format!(" {} b\"{}\"", count.unwrap_or_default(), ranges.escape_ascii())
        });
        return Some(format!("at {least}{}", sets.collect::<String>()));
    }
    let (start, ends, runs, rows) = automaton.table(LONGEST)?;
    Some(format!("by {start} {ends} b\"{}\" b\"{}\"", runs.escape_ascii(), rows.escape_ascii()))
}
