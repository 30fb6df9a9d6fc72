//! Passes over what typify generates: checks, descriptions, documentation.

pub mod docs;
