//! The command line as people meet it: the real binary, on real folders.
//!
//! Links, permissions, signals and a shell are among what is tried, so these tests are Unix's.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails by panicking says where"
)]

mod bench;
mod conformance;
mod diff;
mod drift;
mod input;
mod killed;
mod names;
mod orphan;
mod output;
mod overrides;
mod progress;
mod reproducible;
mod server;
mod support;
mod usage;
mod vendor;
mod vendor_fetch;
