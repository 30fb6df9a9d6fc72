//! Rust types from JSON Schema, with a proof that they accept exactly what the schema accepts.

pub mod diagnostic;
pub mod emit;
pub mod enrich;
pub mod pointer;
pub mod source;
pub mod prove;
pub mod vocabulary;
