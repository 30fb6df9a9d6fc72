//! `cargo xtask bench`: what generating, compiling, reading and writing takes, against others -> one table of ratios.
//!
//! Both of a pair run in turns, so that whatever else the machine does is shared; the figures are medians.

mod building;
mod bundle;
mod checking;
mod choices;
mod data;
mod generating;
mod instances;
mod process;
mod proving;
mod reading;
mod table;
mod theirs;
mod values;
mod workshop;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fmt};

use clap::{Args, ValueEnum};
use typeproof::diagnostic::{Diagnostics, Result};
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
    /// What is measured [default: all but what is of Kong's files and takes minutes: check-kong, build-kong, prove]
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
    /// Reading values of all types of metering and billing
    Values,
    /// Generating the types of Kong's 1,290 files, against typify with prettyplease
    Generate,
    /// Generating the types of 16 copies of metering and billing, against one, and against typify with prettyplease
    Scale,
    /// Generating the types of a choice of 4,000 objects, against typify with prettyplease, and of choices that go together
    Choices,
    /// `cargo check` of the types of metering and billing, against typify's
    Check,
    /// The same of Kong's 1,290 files; 5 GB
    CheckKong,
    /// A release build of a program that reads and writes all types of metering and billing, against typify's
    Build,
    /// The same of Kong's 1,290 files; 10 GB
    BuildKong,
    /// Proving the types of Kong's 1,290 files as sets, against generating them
    Prove,
}

impl Subject {
    /// What is measured when nothing is named.
    const DEFAULT: [Self; 8] = [
        Self::Session,
        Self::Plans,
        Self::Values,
        Self::Generate,
        Self::Scale,
        Self::Choices,
        Self::Check,
        Self::Build,
    ];

    /// What it needs of the corpus.
    fn data(self) -> Option<Data> {
        match self {
            Self::Session | Self::Choices => None,
            Self::Plans | Self::Values | Self::Scale | Self::Check | Self::Build => Some(Data::Metering),
            Self::Generate | Self::CheckKong | Self::BuildKong | Self::Prove => Some(Data::Kong),
        }
    }

    fn rows(self, place: &Place<'_>) -> Result<Vec<Row>> {
        match self {
            Self::Session => place.session(),
            Self::Plans => place.plans(),
            Self::Values => place.values(),
            Self::Generate => place.generate(Data::Kong, generating::rows),
            Self::Scale => place.generate(Data::Metering, generating::scaled),
            Self::Choices => choices::rows(&repository()?, &mut place.workshop("generate")?),
            Self::Check => place.compile(Data::Metering, ("check", checking::rows), 5),
            Self::CheckKong => place.compile(Data::Kong, ("check", checking::rows), 3),
            Self::Build => place.compile(Data::Metering, ("build", building::rows), 3),
            Self::BuildKong => place.compile(Data::Kong, ("build", building::rows), 1),
            Self::Prove => place.generate(Data::Kong, proving::rows),
        }
    }
}

/// Makes the rows about a generated crate, which is called so, in a place to work at, in so many rounds.
type Compile = fn(&str, &Generation, &mut Workshop, usize) -> Result<Vec<Row>>;

/// Where things are, and whether cargo may fetch.
struct Place<'a> {
    /// A folder of the command's own.
    folder: &'a Path,
    corpus: Option<&'a Path>,
    offline: bool,
}

impl Place<'_> {
    fn workshop(&self, name: &str) -> Result<Workshop> {
        Workshop::new(self.folder, name, &place::repository().join("Cargo.lock"), self.offline)
    }

    /// Where the corpus is: nothing that needs it runs without.
    fn corpus(&self) -> &Path {
        self.corpus.unwrap_or(Path::new(""))
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

    fn values(&self) -> Result<Vec<Row>> {
        let (generation, mut workshop) = (self.generation(Data::Metering)?, self.workshop("values")?);
        values::rows(Data::Metering.called(), &generation, &mut workshop)
    }

    fn generate(&self, data: Data, rows: generating::Rows) -> Result<Vec<Row>> {
        rows(data.called(), data, self.corpus(), &repository()?, &mut self.workshop("generate")?)
    }

    fn generation(&self, data: Data) -> Result<Generation> {
        data.generation(self.corpus(), &self.folder.join("schemas").join(data.name()))
    }

    /// The rows of what compiles both crates of `data`, in a place that is called so, as often as this.
    fn compile(&self, data: Data, (verb, rows): (&str, Compile), rounds: usize) -> Result<Vec<Row>> {
        let mut workshop = self.workshop(&format!("{verb}-{}", data.name()))?;
        rows(data.called(), &self.generation(data)?, &mut workshop, rounds)
    }
}

/// Where the repository is, from the root of the file system.
fn repository() -> Result<PathBuf> {
    let repository = Path::new(".").join(place::repository());
    Ok(repository.canonicalize().map_err(|error| workshop::cannot(&repository, &error))?)
}

/// Runs the command and prints what came of it: also where some of it could not be measured.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let (table, failed) = bench(arguments);
    if failed.is_ok() || !table.0.is_empty() {
        print::out(&table);
    }
    match failed {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostics) => print::cannot(&diagnostics, "not all was measured"),
    }
}

fn bench(arguments: &Arguments) -> (Table, Result<()>) {
    let corpus = arguments.corpus.clone().or_else(|| env::var_os("TYPEPROOF_CORPUS").map(PathBuf::from));
    let folder = place::target().join("typeproof").join("bench");
    let place = Place { folder: &folder, corpus: corpus.as_deref(), offline: arguments.offline };
    let subjects = if arguments.only.is_empty() { Subject::DEFAULT.to_vec() } else { arguments.only.clone() };
    let (run, missing): (Vec<Subject>, Vec<Subject>) = subjects.into_iter().partition(|subject| {
        let needed = subject.data();
        needed.is_none_or(|data| place.corpus.is_some_and(|corpus| corpus.join(data.path()).exists()))
    });
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for subject in run {
        match subject.rows(&place) {
            Ok(of) => rows.extend(of),
            Err(Diagnostics(of)) => failed.extend(of),
        }
    }
    for data in [Data::Metering, Data::Kong] {
        let subjects: Vec<Subject> = missing.iter().copied().filter(|subject| subject.data() == Some(data)).collect();
        if !subjects.is_empty() {
            print::error(&NotRun { subjects, data });
        }
    }
    (Table(rows), if failed.is_empty() { Ok(()) } else { Err(Diagnostics(failed)) })
}

/// What was not measured, and what for.
struct NotRun {
    subjects: Vec<Subject>,
    data: Data,
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.subjects.iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        let (names, from, path) = (names.join(", "), self.data.origin(), self.data.path());
        write!(f, "did not run: {names}: needs {from} as {path} in the folder that --corpus or TYPEPROOF_CORPUS names")
    }
}
