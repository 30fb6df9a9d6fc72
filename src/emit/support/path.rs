//! Where an error arose: in a value, and in the schema.
//!
//! Every reader of a member or an item puts its step before the message of an error that comes out of it, and every reader
//! of a definition puts its place in the schema after what serde says of itself, so that a value without an error pays
//! nothing. An error is a text here, whatever the format that is read: serde asks no more of one.

use std::fmt::{self, Display};

use serde::de::Error;

/// What the message of an error begins with that knows where it arose.
const MARK: &str = "at /";

/// What messages begin with that do not say where in the schema the rule stands: serde's own words, and that of a map.
const UNPLACED: [&str; 2] = ["invalid ", "member `"];

/// `error`, which arose at the member or item `token` of the value that is read: its message begins with a JSON Pointer.
#[cold]
pub(crate) fn below<E: Error>(token: impl Display, error: E) -> E {
    E::custom(Below { token, error })
}

/// An error that arose at the member or item `token`.
pub(crate) struct Below<T, E> {
    pub(crate) token: T,
    pub(crate) error: E,
}

impl<T: Display, E: Display> Display for Below<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.error.to_string();
        let token = self.token.to_string().replace('~', "~0").replace('/', "~1");
        match message.strip_prefix(MARK) {
            Some(rest) => write!(formatter, "{MARK}{token}/{rest}"),
            None => write!(formatter, "{MARK}{token}: {message}"),
        }
    }
}

/// `error`, which arose in the definition at `source`: its message says so, if it did not say where in the schema yet.
#[cold]
pub(crate) fn within<E: Error>(source: &'static str, error: E) -> E {
    let message = error.to_string();
    // A format that knows the position in its text says it last, and looks for it there.
    let (said, position) = match message.rsplit_once(" at line ") {
        Some((said, position)) if position.bytes().all(|byte| byte.is_ascii_digit() || b" column".contains(&byte)) => {
            (said, Some(position))
        }
        _ => (message.as_str(), None),
    };
    if said.ends_with([')', ']']) || !UNPLACED.iter().any(|word| what(said).starts_with(word)) {
        return error;
    }
    match position {
        Some(position) => E::custom(format_args!("{said} ({source}) at line {position}")),
        None => E::custom(format_args!("{said} ({source})")),
    }
}

/// A message without the place in the value that it begins with.
pub(crate) fn what(message: &str) -> &str {
    match message.strip_prefix(MARK) {
        Some(rest) => rest.split_once(": ").map_or(message, |(_, what)| what),
        None => message,
    }
}

/// The JSON Pointer to the place in the value that a message begins with; empty for the whole value.
pub(crate) fn place(message: &str) -> &str {
    let end = message.len() - what(message).len();
    let place = message.get(..end).and_then(|place| place.strip_prefix("at "));
    place.and_then(|place| place.strip_suffix(": ")).unwrap_or_default()
}
