//! What a constructor gives for a value that the schema refuses.

use std::fmt;

/// A value that the schema refuses: which rule, which value, and where in which schema the rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    rule: String,
    value: String,
    source: &'static str,
}

impl Invalid {
    pub(crate) fn new(rule: impl Into<String>, value: impl Into<String>, source: &'static str) -> Self {
        Self { rule: rule.into(), value: value.into(), source }
    }

    /// What the value should have been.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The value, as JSON.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The schema's file and the JSON Pointer of the rule in it.
    #[must_use]
    pub fn schema(&self) -> &'static str {
        self.source
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} ({})", self.value, self.rule, self.source)
    }
}

impl std::error::Error for Invalid {}
