//! Ways of doing one thing -> how long each takes, taken in turns.

use std::collections::BTreeMap;
use std::time::Instant;

/// How long each turn is to take, in nanoseconds: far more than to ask what time it is.
const TURN: f64 = 1e6;

/// A way of doing it: its name and what it does.
pub type Way<'a> = (&'static str, &'a dyn Fn());

/// For each way, the time that it takes in each of `rounds` turns, in nanoseconds.
pub fn turns(ways: &[Way<'_>], rounds: usize) -> BTreeMap<&'static str, Vec<f64>> {
    let counts: Vec<u32> = ways.iter().map(|(_, way)| count(way)).collect();
    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for _ in 0..rounds {
        for ((name, way), count) in ways.iter().zip(&counts) {
            times.entry(name).or_default().push(time(way, *count));
        }
    }
    times
}

/// How many times it is done in a turn.
fn count(way: &dyn Fn()) -> u32 {
    let mut count = 1;
    while time(way, count) * f64::from(count) < TURN && count < 1 << 30 {
        count *= 2;
    }
    count
}

/// How long it takes once, as the mean of `count` times.
fn time(way: &dyn Fn(), count: u32) -> f64 {
    let start = Instant::now();
    (0..count).for_each(|_| way());
    start.elapsed().as_nanos() as f64 / f64::from(count)
}
