//! What a run is at, told to whoever wants to know while it goes on. The library prints nothing of it, and what it makes
//! does not depend on who listens.

use std::fmt;

#[cfg(feature = "full")]
use crate::prove::Proof;

/// A stage of a run, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The manifest and the files that it lists are read.
    Reading,
    /// It is decided what Rust can say.
    Lowering,
    /// typify is asked for shapes.
    Shaping,
    /// The text of the generated crate is made.
    Emitting,
    /// That text is written, or compared with what is there.
    Writing,
    /// The generated crate is compiled, to be proved.
    Building,
    /// Claims are proved, which are counted.
    Proving,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reading => "reading the sources",
            Self::Lowering => "deciding what Rust can say",
            Self::Shaping => "asking typify",
            Self::Emitting => "making the crate's text",
            Self::Writing => "comparing it with what is there",
            Self::Building => "compiling the types",
            Self::Proving => "proving",
        })
    }
}

/// Who wants to know what a run is at. `()` does not.
pub trait Observer {
    /// `done` of the `all` pieces of `stage` are done. It is told once with 0 when the stage begins, then after each piece;
    /// a stage whose pieces nobody counts has one, and is told of when it begins only.
    fn at(&mut self, stage: Stage, done: usize, all: usize);

    /// A claim has been tried, and this came of it.
    #[cfg(feature = "full")]
    fn proved(&mut self, proof: &Proof) {
        let _ = proof;
    }
}

impl Observer for () {
    fn at(&mut self, _: Stage, _: usize, _: usize) {}
}
