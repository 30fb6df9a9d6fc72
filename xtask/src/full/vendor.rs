//! `cargo xtask vendor`: a file, a folder or an address -> schema files beside a manifest, and entries in it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use time::OffsetDateTime;
use typeproof::diagnostic::Result;
use typeproof::source::{Dialect, FETCH_SECONDS};
use typeproof::vendor::{self, Arrival, Change, Content, Date, Told, Vendored};

use super::fetch::{self, Fetch};
use crate::print::count;
use crate::{place, print};

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// A JSON Schema or an OpenAPI document, a folder of such files, or an https address of one
    #[arg(value_name = "FILE|URL")]
    source: String,
    /// The schemas of an OpenAPI document that are wanted, `*` for any characters; what they refer to comes along [default: all]
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// The manifest to bring up to date; the file goes beside it [default: the repository's schemas/manifest.toml]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Its path beside the manifest, whatever is there already [default: its own name]
    #[arg(long = "as", value_name = "FILE")]
    name: Option<String>,
    /// Where a file came from [default: its name]
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
    /// The dialect, by the URI of its metaschema [default: what the file says]
    #[arg(long, value_name = "URI", value_parser = dialect)]
    dialect: Option<Dialect>,
    /// The Rust module of its types [default: made of the file's name]
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    /// The day it came, as YYYY-MM-DD [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<Date>,
    /// How long it may take to fetch it
    #[arg(long, value_name = "SECONDS", default_value_t = FETCH_SECONDS, value_parser = seconds())]
    timeout: u64,
    /// The certificates that servers are trusted by, in PEM [default: those of Mozilla's list]
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// Print errors only
    #[arg(long)]
    quiet: bool,
}

fn seconds() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=86_400)
}

fn dialect(uri: &str) -> std::result::Result<Dialect, String> {
    Dialect::from_uri(uri).ok_or_else(|| format!("the dialects supported are: {}", Dialect::supported()))
}

fn day(text: &str) -> std::result::Result<Date, String> {
    vendor::day(text).ok_or_else(|| "a day is written as in 2026-11-22".to_owned())
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let manifest = arguments.manifest.clone().unwrap_or_else(place::manifest);
    let arrival = match arrival(arguments, &manifest) {
        Ok(arrival) => arrival,
        Err(diagnostics) => return print::cannot(&diagnostics, "nothing was written"),
    };
    let told = Told {
        date: arguments.date.unwrap_or_else(today),
        replace: arguments.name.is_some(),
        dialect: arguments.dialect,
        module: arguments.module.as_deref(),
        only: &arguments.only,
    };
    match vendor::vendor(&manifest, &arrival, &told) {
        Ok(vendored) => {
            if !arguments.quiet {
                tell(&manifest, &vendored);
            }
            ExitCode::SUCCESS
        }
        Err(stopped) if stopped.midway => {
            let outcome = "not all was written; no file is torn, and the same command goes on from there";
            print::cannot(&stopped.diagnostics, outcome)
        }
        Err(stopped) => print::cannot(&stopped.diagnostics, "nothing was written"),
    }
}

fn arrival(arguments: &Arguments, manifest: &Path) -> Result<Arrival> {
    let Arguments { source, name, origin, .. } = arguments;
    let mut arrival = if fetch::is_address(source) {
        let fetch = Fetch { timeout: Duration::from_secs(arguments.timeout), trusted: arguments.ca_file.as_deref() };
        let (name, bytes) = fetch.fetch(source)?;
        let content = Content::File(bytes);
        Arrival { shown: source.clone(), name, origin: source.clone(), is_told: true, content }
    } else {
        vendor::arrival(Path::new(source), manifest.parent().unwrap_or(Path::new("")))?
    };
    if let Some(origin) = origin {
        arrival.origin.clone_from(origin);
        arrival.is_told = true;
    }
    if let Some(name) = name {
        arrival.name.clone_from(name);
    }
    Ok(arrival)
}

/// The only look at the clock that has an effect on files.
fn today() -> Date {
    let today = OffsetDateTime::now_utc().date();
    Date { year: u16::try_from(today.year()).unwrap_or_default(), month: today.month().into(), day: today.day() }
}

fn tell(manifest: &Path, Vendored { path, change, files }: &Vendored) {
    let folder = manifest.parent().unwrap_or(Path::new(""));
    let shown = folder.join(path).display().to_string();
    let files = match files.len() {
        0 => String::new(),
        changed => format!("; {} changed", count(changed, "file")),
    };
    let done = match change {
        Change::Added => format!("{shown} is new in {}", manifest.display()),
        Change::Updated(keys) => format!("{shown} has another {} in {}", keys.join(", "), manifest.display()),
        Change::None if files.is_empty() => format!("{shown} is as it was"),
        Change::None => format!("{shown} is as {} has it", manifest.display()),
    };
    print::out(&format_args!("{done}{files}"));
}
