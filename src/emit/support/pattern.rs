//! Regular expressions of ECMA-262 that no table says: they look around, refer back, ask for properties of characters, or are
//! large.

use std::sync::LazyLock;

/// A regular expression compiled when it is first needed; none if it is no regular expression.
pub(crate) type Pattern = LazyLock<Option<regress::Regex>>;

/// `text` compiled, by Unicode code points where it allows that.
pub(crate) fn compiled(text: &str) -> Option<regress::Regex> {
    regress::Regex::with_flags(text, "u").or_else(|_| regress::Regex::new(text)).ok()
}

/// Whether `pattern` matches somewhere in `text`. What is no regular expression matches nothing.
pub(crate) fn matches(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.find(text).is_some())
}
