//! A manifest, whose path is the argument -> the files of the crate that is generated from it, one after another.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::{env, path::Path};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("names no manifest")?;
    let generation = typeproof::generate(Path::new(&path)).map_err(|errors| errors.to_string())?;
    let outcome = typeproof::Outcome::from(generation);
    let mut out = stdout().lock();
    Ok(outcome.tree.iter().try_for_each(|(_, bytes)| out.write_all(bytes))?)
}
