//! A call of a crate that may panic -> what it gives, or what its panic said. Nothing of it is printed.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// What `run` gives; where it panics, a sentence that says so. The hook that prints panics is the whole process's: it is
/// wrapped once and for all, and silent on the threads that ask it to be. What `run` leaves half done must not be used.
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static WRAP: Once = Once::new();
    thread_local! {
        static SILENT: Cell<bool> = const { Cell::new(false) };
    }
    WRAP.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !SILENT.get() {
                print(panic);
            }
        }));
    });
    let before = SILENT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    SILENT.set(before);
    outcome.map_err(|panic| format!("it panicked: {}", said(panic.as_ref())))
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}
