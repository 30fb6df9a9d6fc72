//! Programs -> what one run of each costs, taken in turns.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use typeproof::diagnostic::{Diagnostic, Result};
use wait4::Wait4 as _;

use super::table::{Amount, median};

/// What a process took, with those that it waited for.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// From its start to its end.
    wall: Duration,
    /// On the processors, in its own code.
    user: Duration,
    /// The most memory that it, or one of those it waited for, held at once, in bytes.
    peak: u64,
}

/// The medians of what runs of a program took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Costs {
    pub(crate) wall: Amount,
    pub(crate) user: Amount,
    pub(crate) peak: Amount,
}

/// A program to run: what makes it ready, and the call.
pub(crate) type Program<'a> = &'a dyn Fn() -> Result<Command>;

/// Runs each of the programs `rounds` times, one after another in each round, so that whatever else the machine does is
/// shared by all of them.
///
/// # Errors
///
/// When one cannot be run or fails.
pub(crate) fn in_turns(programs: &[Program<'_>], rounds: usize) -> Result<Vec<Costs>> {
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); programs.len()];
    for _ in 0..rounds {
        for (program, costs) in programs.iter().zip(&mut costs) {
            costs.push(cost(&mut program()?)?);
        }
    }
    let medians = |costs: Vec<Cost>| {
        let of = |amount: fn(&Cost) -> f64| median(costs.iter().map(amount).collect());
        Costs {
            wall: Amount::Seconds(of(|cost| cost.wall.as_secs_f64())),
            user: Amount::Seconds(of(|cost| cost.user.as_secs_f64())),
            peak: Amount::Bytes(of(|cost| cost.peak as f64)),
        }
    };
    Ok(costs.into_iter().map(medians).collect())
}

fn cost(command: &mut Command) -> Result<Cost> {
    let program = command.get_program().display().to_string();
    let failed = |why: String| Diagnostic::error(program.clone(), why).help("run it by hand to see why");
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let used = child.and_then(|mut child| child.wait4()).map_err(|error| failed(format!("cannot be run: {error}")))?;
    let wall = start.elapsed();
    if !used.status.success() {
        return Err(failed(format!("{command:?} failed ({})", used.status)).into());
    }
    Ok(Cost { wall, user: used.rusage.utime, peak: used.rusage.maxrss })
}
