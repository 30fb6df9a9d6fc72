//! Where in a value an error arose.
//!
//! Every reader of a member or an item puts its step before the message of an error that comes out of it, so that a value
//! without an error pays nothing. An error is a text here, whatever the format that is read: serde asks no more of one.

use std::fmt::Display;

use serde::de::Error;

/// What the message of an error begins with that knows where it arose.
const MARK: &str = "at /";

/// `error`, which arose at the member or item `token` of the value that is read: its message begins with a JSON Pointer.
#[cold]
pub(crate) fn below<E: Error>(token: impl Display, error: E) -> E {
    let message = error.to_string();
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    E::custom(match message.strip_prefix(MARK) {
        Some(rest) => format!("{MARK}{token}/{rest}"),
        None => format!("{MARK}{token}: {message}"),
    })
}
