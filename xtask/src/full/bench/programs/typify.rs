//! A draft-7 document, whose path is the argument -> the Rust that typify makes of it, as prettyplease writes it.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::{env, fs};

use schemars::schema::RootSchema;
use typify::{TypeSpace, TypeSpaceSettings};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("names no document")?;
    let document: RootSchema = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut types = TypeSpace::new(&TypeSpaceSettings::default());
    types.add_root_schema(document)?;
    let file = syn::parse2(types.to_stream())?;
    Ok(stdout().write_all(prettyplease::unparse(&file).as_bytes())?)
}
