//! What a run is at, on standard error: a bar on a terminal, a line for each stage elsewhere, nothing when it is to be quiet.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};
use typeproof::progress::{Observer, Stage};
#[cfg(feature = "full")]
use typeproof::prove::Proof;

use crate::print;

/// Into how many parts a stage that is counted is divided, each a line.
const PARTS: usize = 10;

/// How the stages of a run are shown.
pub(crate) enum Progress {
    /// On a terminal; gone when it is dropped.
    Bar(ProgressBar),
    /// On a file or a pipe.
    Lines,
    /// Not at all.
    Quiet,
}

impl Progress {
    /// The way that suits standard error, unless it is to be `quiet`.
    pub(crate) fn new(quiet: bool) -> Self {
        match (quiet, io::stderr().is_terminal()) {
            (true, _) => Self::Quiet,
            (false, true) => Self::Bar(ProgressBar::new(1)),
            (false, false) => Self::Lines,
        }
    }
}

impl Observer for Progress {
    fn at(&mut self, stage: Stage, done: usize, all: usize) {
        match self {
            Self::Bar(bar) => show(bar, stage, done, all),
            Self::Lines if done == 0 => print::error(&format_args!("{stage} …")),
            // The line that the last piece gives is that of the next stage, or of the result.
            Self::Lines if done < all && done * PARTS / all > (done - 1) * PARTS / all => {
                print::error(&format_args!("{stage} … {done} of {all}"));
            }
            Self::Lines | Self::Quiet => {}
        }
    }

    /// What is not proved is said at once: a run over many definitions is long.
    #[cfg(feature = "full")]
    fn proved(&mut self, proof: &Proof) {
        match self {
            _ if proof.holds() => {}
            Self::Bar(bar) => bar.suspend(|| print::error(&found(proof))),
            Self::Lines => print::error(&found(proof)),
            Self::Quiet => {}
        }
    }
}

/// What was found, or is undecided, of one claim.
#[cfg(feature = "full")]
fn found(proof: &Proof) -> impl std::fmt::Display {
    std::fmt::from_fn(|f| {
        let found = proof.findings.iter().chain(&proof.undecided);
        found.into_iter().try_for_each(|finding| write!(f, "{}: {finding}", proof.type_path))
    })
}

fn show(bar: &ProgressBar, stage: Stage, done: usize, all: usize) {
    if done == 0 {
        let template = if all > 1 { "{msg} [{bar:40}] {pos} of {len}, {eta} left" } else { "{msg} …" };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(stage.to_string());
        bar.set_length(all as u64);
    }
    bar.set_position(done as u64);
}

/// So that what is printed afterwards stands alone.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
