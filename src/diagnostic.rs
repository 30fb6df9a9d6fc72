//! What goes wrong, as values: every stage turns bad input into [`Diagnostic`]s, never into a panic.
//!
//! A diagnostic names the file, the line, the JSON Pointer, what is wrong and what to do about it. A stage reports
//! all that it finds, not the first only; a run with an error among them writes nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Read as meant; worth knowing, nothing to do.
    Note,
    /// The run cannot go on to write anything.
    Error,
}

impl Level {
    /// The word that opens a rendered diagnostic.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Error => "error",
        }
    }
}

/// Where in a file something is: a 1-based line and column, columns counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// One finding about the input or the output, with where it is and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its weight.
    pub level: Level,
    /// The file as the user would name it; empty when it concerns no file.
    pub file: String,
    /// Where in the file, when that is known.
    pub position: Option<Position>,
    /// The JSON Pointer (RFC 6901) into the file's document, when there is one; the root is `""`.
    pub pointer: Option<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it; empty when the message says it all.
    pub help: String,
}

impl Diagnostic {
    /// An error about `file`.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Level::Error, file, message)
    }

    /// A note about `file`.
    pub fn note(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Level::Note, file, message)
    }

    fn new(level: Level, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { level, file: file.into(), position: None, pointer: None, message: message.into(), help: String::new() }
    }

    /// The same diagnostic at a position.
    #[must_use]
    pub fn at(mut self, position: Option<Position>) -> Self {
        self.position = position;
        self
    }

    /// The same diagnostic at a JSON Pointer.
    #[must_use]
    pub fn pointing(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The same diagnostic with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Whether it stops the run.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

/// `error: file:line:column: #/pointer: message`, then `  help: …` on a line of its own.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.level.as_str())?;
        if !self.file.is_empty() {
            write!(f, "{}", self.file)?;
            if let Some(Position { line, column }) = self.position {
                write!(f, ":{line}:{column}")?;
            }
            write!(f, ": ")?;
        }
        if let Some(pointer) = &self.pointer {
            write!(f, "#{pointer}: ")?;
        }
        write!(f, "{}", self.message)?;
        if !self.help.is_empty() {
            write!(f, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

/// What a stage gives when it cannot go on: at least one error, and the notes found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// The result of a stage.
pub type Result<T> = std::result::Result<T, Diagnostics>;
