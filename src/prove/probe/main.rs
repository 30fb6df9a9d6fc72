//! Holds generated types and answers for them: a request a line on standard input, an answer a line on standard output.
//!
//! Request: `{"crate": "…", "type": "…", "read": ["text", …]}`, or the same without `read` for the re-export, or
//! `{"crate": "…", "call": "…"}` for what a function gives.
//! Answer: `{"Ok": …}`, or `{"Err": "why not"}`. A text that was read is the list of what `from_str`, `from_reader` and
//! `from_value` made of it (the last is `null` if it is not JSON), or of one outcome, if all three have it. An outcome is
//! `{"Ok": …}` with what is written back, or `{"Err": {"Refused": "why"}}`, or the same with `Unwritable`.

// Types lie in one another as deep as in the schemas; rustc follows them to tell which are `Unpin`.
#![recursion_limit = "512"]

use std::fmt::Display;
use std::io::{self, BufRead, Write};

use erased_serde::Deserializer;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

struct Type {
    of: &'static str,
    path: &'static str,
    re_export: fn() -> Value,
    read: Read,
}

/// Reads a value and writes it. Whatever is read from, the code for a type is the same, so that it is compiled once.
type Read = for<'de> fn(&mut dyn Deserializer<'de>) -> Result<Value, Value>;

impl Type {
    const fn new<T: DeserializeOwned + Serialize + JsonSchema>(of: &'static str, path: &'static str) -> Self {
        Self { of, path, re_export: re_export::<T>, read: read::<T> }
    }
}

const TYPES: &[Type] = &[
    // types
];

/// Functions: the crate, the path, and what it gives, written.
const FUNCTIONS: &[(&str, &str, fn() -> Result<Value, String>)] = &[
    // functions
];

/// The type's schema by reference, so that a recursive type refers to a definition and not to the whole document.
fn re_export<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.subschema_for::<T>();
    schema.insert("$defs".to_owned(), generator.take_definitions(true).into());
    schema.into()
}

fn read<T: DeserializeOwned + Serialize>(from: &mut dyn Deserializer<'_>) -> Result<Value, Value> {
    let value: T = erased_serde::deserialize(from).map_err(refused)?;
    serde_json::to_value(value).map_err(|error| json!({ "Unwritable": error.to_string() }))
}

fn refused(error: impl Display) -> Value {
    json!({ "Refused": error.to_string() })
}

/// What `read` makes of `text`, as `from_str`, `from_reader` and `from_value` do it.
fn readings(read: Read, text: &str) -> Value {
    let outcome = |read: Result<Value, Value>| match read {
        Ok(value) => json!({ "Ok": value }),
        Err(error) => json!({ "Err": error }),
    };
    let from_str = outcome(whole(read, serde_json::Deserializer::from_str(text)));
    let from_reader = outcome(whole(read, serde_json::Deserializer::from_reader(text.as_bytes())));
    let from_value = serde_json::from_str::<Value>(text).ok();
    let from_value = from_value.map(|value| outcome(read(&mut <dyn Deserializer>::erase(value))));
    match from_value {
        Some(from_value) if from_reader == from_str && from_value == from_str => json!([from_str]),
        from_value => json!([from_str, from_reader, from_value]),
    }
}

/// What `read` makes of all that there is.
fn whole<'de, R: serde_json::de::Read<'de>>(
    read: Read,
    mut from: serde_json::Deserializer<R>,
) -> Result<Value, Value> {
    let value = read(&mut <dyn Deserializer>::erase(&mut from))?;
    from.end().map_err(refused)?;
    Ok(value)
}

fn written<T: Serialize>(value: T) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// What a function gives; that it panics is an answer, too.
fn call(of: Option<&str>, path: &str) -> Result<Value, String> {
    let held = FUNCTIONS.iter().find(|(name, function, _)| Some(*name) == of && *function == path);
    let (_, _, function) = held.ok_or_else(|| format!("holds no function {of:?} {path:?}"))?;
    let given = std::panic::catch_unwind(function);
    given.unwrap_or_else(|why| Err(why.downcast_ref::<String>().map_or("it panicked", |why| why).to_owned()))
}

fn answer(line: &str) -> Result<Value, String> {
    let request: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if let Some(path) = request["call"].as_str() {
        return call(request["crate"].as_str(), path);
    }
    let (of, path) = (request["crate"].as_str(), request["type"].as_str());
    let held = TYPES.iter().find(|held| Some(held.of) == of && Some(held.path) == path);
    let held = held.ok_or_else(|| format!("holds no {of:?} {path:?}"))?;
    Ok(match request["read"].as_array() {
        Some(texts) => texts.iter().filter_map(Value::as_str).map(|text| readings(held.read, text)).collect(),
        None => (held.re_export)(),
    })
}

fn main() -> io::Result<()> {
    // That a function panics is in its answer.
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = match answer(&line?) {
            Ok(value) => json!({ "Ok": value }),
            Err(error) => json!({ "Err": error }),
        };
        out.write_all(format!("{answer}\n").as_bytes())?;
        out.flush()?;
    }
    Ok(())
}
