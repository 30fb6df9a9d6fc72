//! `cargo xtask bench`: what generating, compiling, reading and writing takes, against others -> one table of ratios.
//!
//! Both of a pair run in turns, so that whatever else the machine does is shared; the figures are medians.

mod bundle;
mod checking;
mod data;
mod instances;
mod process;
mod reading;
mod table;
mod theirs;
mod workshop;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::env;

use clap::{Args, ValueEnum};
use typeproof::diagnostic::Result;
use typeproof::{Generation, generate};

use crate::{place, print};
use data::Data;
use table::{Row, Table};
use workshop::Workshop;

/// The type of the first schema.
const SESSION: &str = "billing_app_stripe_create_customer_portal_session_result::\
                       BillingAppStripeCreateCustomerPortalSessionResult";

/// What the command takes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// What is measured [default: all but check-kong, which takes minutes and 5 GB]
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<Subject>,
    /// A folder with Kong's schemas and documents [default: what TYPEPROOF_CORPUS names]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Use only the crates that are on this machine already
    #[arg(long)]
    offline: bool,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// Reading and writing the response of the first schema
    Session,
    /// Reading and writing a page of plans of metering and billing
    Plans,
    /// `cargo check` of the types of metering and billing, against typify's
    Check,
    /// The same of Kong's 1,290 files
    CheckKong,
}

impl Subject {
    /// What is measured when nothing is named.
    const DEFAULT: [Self; 3] = [Self::Session, Self::Plans, Self::Check];

    /// What it needs of the corpus.
    fn data(self) -> Option<Data> {
        match self {
            Self::Session => None,
            Self::Plans | Self::Check => Some(Data::Metering),
            Self::CheckKong => Some(Data::Kong),
        }
    }

    fn rows(self, place: &Place<'_>) -> Result<Vec<Row>> {
        match self {
            Self::Session => place.session(),
            Self::Plans => place.plans(),
            Self::Check => place.check(Data::Metering, "metering and billing", 3),
            Self::CheckKong => place.check(Data::Kong, "Kong's 1,290 files", 1),
        }
    }
}

/// Where things are, and whether cargo may fetch.
struct Place<'a> {
    /// A folder of the command's own.
    folder: &'a Path,
    corpus: &'a Path,
    offline: bool,
}

impl Place<'_> {
    fn workshop(&self, name: &str) -> Result<Workshop> {
        Workshop::new(self.folder, name, &place::repository().join("Cargo.lock"), self.offline)
    }

    fn session(&self) -> Result<Vec<Row>> {
        let task = reading::Task {
            called: "the first schema's response",
            type_path: SESSION,
            hand: include_str!("programs/session.rs"),
            instance: &instances::session(),
        };
        reading::rows(&task, &generate(&place::manifest())?, &mut self.workshop("session")?)
    }

    fn plans(&self) -> Result<Vec<Row>> {
        let task = reading::Task {
            called: "a page of plans",
            type_path: "metering::PlanPagePaginatedResponse",
            hand: include_str!("programs/plans.rs"),
            instance: &instances::plans(),
        };
        reading::rows(&task, &self.generation(Data::Metering)?, &mut self.workshop("plans")?)
    }

    fn generation(&self, data: Data) -> Result<Generation> {
        data.generation(self.corpus, &self.folder.join("schemas").join(data.name()))
    }

    fn check(&self, data: Data, called: &str, rounds: usize) -> Result<Vec<Row>> {
        checking::rows(called, &self.generation(data)?, &mut self.workshop(&format!("check-{}", data.name()))?, rounds)
    }
}

/// Runs the command and prints what came of it.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match bench(arguments) {
        Ok(table) => {
            print::out(&table);
            ExitCode::SUCCESS
        }
        Err(diagnostics) => print::cannot(&diagnostics, "no table was made"),
    }
}

fn bench(arguments: &Arguments) -> Result<Table> {
    let corpus = arguments.corpus.clone().or_else(|| env::var_os("TYPEPROOF_CORPUS").map(PathBuf::from));
    let folder = place::target().join("typeproof").join("bench");
    let corpus = corpus.unwrap_or_default();
    let place = Place { folder: &folder, corpus: &corpus, offline: arguments.offline };
    let subjects = if arguments.only.is_empty() { Subject::DEFAULT.to_vec() } else { arguments.only.clone() };
    let mut rows = Vec::new();
    for subject in subjects {
        rows.extend(subject.rows(&place)?);
    }
    Ok(Table(rows))
}
