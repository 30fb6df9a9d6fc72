//! Many things to do, none of which needs another's outcome -> what comes of each, in their order, made on all cores.

use std::num::NonZero;
use std::ops::RangeInclusive;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The stack of each thread, in bytes: what the first thread of a program mostly has.
const STACK: usize = 8 << 20;

/// How many parts there are of what is many: more than cores, as some take longer than others.
const PARTS: usize = 64;

/// How many of what is quickly done are worth a thread.
const QUICK: RangeInclusive<usize> = 64..=1024;

/// What `make` makes of each of `items`, in their order. A panic of one is passed on.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return made };
            let item = item.lock().unwrap_or_else(PoisonError::into_inner).take();
            made.extend(item.map(|item| (index, make(item))));
        }
    };
    let mut made = thread::scope(|scope| {
        // Where there are no more threads to be had, those that there are do it all.
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked)));
        }
        made
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

/// What `make` makes of `all` in parts, each of so many, in their order: where one helps with the next, or each is quickly done. A
/// single part, which may be smaller, is made on this thread.
pub(crate) fn in_parts<T: Sync, R: Send>(
    all: &[T],
    sizes: RangeInclusive<usize>,
    make: impl Fn(&[T]) -> R + Sync,
) -> Vec<R> {
    map(all.chunks((all.len() / PARTS).max(*sizes.start()).min(*sizes.end())).collect(), make)
}

/// What `make` makes of each of `all`, in their order; it is quickly done.
pub(crate) fn each<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let parts = in_parts(all, QUICK, |part| part.iter().map(&make).collect::<Vec<R>>());
    parts.into_iter().flatten().collect()
}

/// What comes of both, each made on a core of its own. A panic is passed on.
pub(crate) fn both<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &one).ok();
        let other = other();
        let joined = spawned.map(|spawned| spawned.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked)));
        (joined.unwrap_or_else(&one), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_made_once_and_in_order_however_long_each_takes() {
        let items: Vec<usize> = (0..500).collect();
        let slow = |index: usize| {
            let rounds = if index.is_multiple_of(7) { 20_000 } else { 1 };
            (0..rounds).fold(index, |sum, round| std::hint::black_box(sum ^ round ^ round))
        };
        assert_eq!(map(items.clone(), slow), items);
        assert!(map(Vec::<u8>::new(), |item| item).is_empty());
    }

    #[test]
    fn parts_are_made_once_and_in_order() {
        for count in [0, 1, 15, 16, 17, 500, 5_000] {
            let all: Vec<usize> = (0..count).collect();
            let parts = in_parts(&all, 16..=50, <[usize]>::to_vec);
            let (last, before) = parts.split_last().map_or((0, &[][..]), |(last, before)| (last.len(), before));
            assert!(last <= 50 && before.iter().all(|part| (16..=50).contains(&part.len())));
            assert!(count < 500 || parts.len() > 30);
            assert_eq!(parts.concat(), all);
            assert_eq!(each(&all, |it| *it), all);
        }
    }

    #[test]
    fn both_are_made_once() {
        let made = AtomicUsize::new(0);
        assert_eq!(both(|| made.fetch_add(1, Ordering::Relaxed), || "other"), (0, "other"));
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn a_panic_is_passed_on() {
        let run = || map((0..50).collect(), |index| assert_ne!(index, 40, "the fortieth"));
        let panicked = crate::caught::caught(run).expect_err("it panics");
        assert!(panicked.contains("the fortieth"), "{panicked}");
    }
}
