//! What a constructor gives for a value that the schema refuses.

use std::fmt::{self, Display, Write};

/// A value that the schema refuses: which rule, which value, and where in which schema the rule stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    rule: String,
    value: String,
    source: &'static str,
    path: String,
}

impl Invalid {
    pub(crate) fn new(rule: impl Into<String>, value: impl Into<String>, source: &'static str) -> Self {
        Self { rule: rule.into(), value: value.into(), source, path: String::new() }
    }

    /// The same of what stands at `path`, a JSON Pointer, in the value that was given.
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
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

    /// Where the value stands in what was given, as a JSON Pointer; empty for the whole of it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The schema's file and the JSON Pointer of the rule in it.
    #[must_use]
    pub fn schema(&self) -> &'static str {
        self.source
    }
}

/// Says it all in a line, with the beginning of a value that is long.
impl Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "at {}: ", self.path)?;
        }
        write!(formatter, "{}: {} ({})", shortened(&self.value), self.rule, self.source)
    }
}

impl std::error::Error for Invalid {}

/// How much of a value a message shows.
pub(crate) const SHOWN: usize = 80;

/// `value` as it is shown, or its first characters. A string keeps its quotes.
pub(crate) fn shortened(value: impl Display) -> String {
    let text = cut(value, SHOWN);
    if text.starts_with('"') && text.ends_with('…') { text + "\"" } else { text }
}

/// What `value` is shown as, if that has no more than `most` characters; else so many of them.
pub(crate) fn cut(value: impl Display, most: usize) -> String {
    let mut cut = Cut { text: String::new(), left: most };
    // Writing stops where there is no room left: a large value is not written in full.
    if write!(cut, "{value}").is_err() {
        cut.text.push('…');
    }
    cut.text
}

struct Cut {
    text: String,
    left: usize,
}

impl Write for Cut {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            self.left = self.left.checked_sub(1).ok_or(fmt::Error)?;
            self.text.push(character);
        }
        Ok(())
    }
}

/// How many of the values that would be right a message shows.
const LISTED: usize = 12;

/// The rule that a value is one of these: what `const` and `enum` say.
pub(crate) fn one_of(known: impl ExactSizeIterator<Item = impl Display>) -> String {
    let more = known.len().saturating_sub(LISTED);
    let known: Vec<String> = known.take(LISTED).map(shortened).collect();
    match (known.is_empty(), more) {
        (true, _) => "no value is".to_owned(),
        (false, 0) => format!("{ONE_OF}{}", known.join(", ")),
        (false, more) => format!("{ONE_OF}{} and {more} more", known.join(", ")),
    }
}

/// What the rule that [`one_of`] gives begins with.
const ONE_OF: &str = "one of ";

/// Whether the message of an [`Invalid`] says that a value is none of those listed.
pub(crate) fn is_none_listed(message: &str) -> bool {
    let mut escaped = false;
    let after_quote = message.strip_prefix('"').and_then(|rest| {
        let end = rest.find(|character| {
            let is_end = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            is_end
        })?;
        rest.get(end + 1..)
    });
    let rule = after_quote.or_else(|| message.find(": ").and_then(|end| message.get(end..)));
    rule.and_then(|rule| rule.strip_prefix(": ")).is_some_and(|rule| rule.starts_with(ONE_OF))
}
