//! A group of the suite -> a source of a manifest, and the texts that its root type is to read.

use heck::ToSnakeCase;

use super::manifest::Listed;
use super::suite::{File, Group, Remote};
use super::{Draft, typed};
use crate::diagnostic::Result;

/// The bytes of the longest name taken from a group's description.
const LONGEST: usize = 48;

/// A group as it is run.
#[derive(Debug)]
pub(super) struct Case {
    /// The file of tests that it is in, from the draft's folder.
    pub(super) file: String,
    pub(super) description: String,
    pub(super) source: Listed,
    pub(super) questions: Vec<Question>,
}

/// An instance, and what is expected of it.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) description: String,
    /// The instance as it is written.
    pub(super) text: String,
    pub(super) valid: bool,
}

/// The groups of `files`, in their order.
///
/// # Errors
///
/// When `typed`, and the independent validator takes one of the schemas for none.
pub(super) fn cases(draft: Draft, files: &[File], typed: bool, remotes: &[Remote]) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for file in files {
        for (number, group) in file.groups.iter().enumerate() {
            let mut case = case(draft, file, number, group);
            if typed {
                typed::make(draft, &mut case, remotes)?;
            }
            cases.push(case);
        }
    }
    Ok(cases)
}

fn case(draft: Draft, file: &File, number: usize, group: &Group) -> Case {
    let stem = file.path.trim_end_matches(".json");
    let mut described = group.description.to_snake_case().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    described.truncate(LONGEST);
    // The number keeps two descriptions apart; the suite's files have names of ASCII letters.
    let module = format!("{}_{number}_{described}", stem.replace('/', "_").to_snake_case());
    let questions = group.tests.iter().map(|test| Question {
        description: test.description.clone(),
        text: test.data.get().to_owned(),
        valid: test.valid,
    });
    Case {
        file: file.path.clone(),
        description: group.description.clone(),
        source: Listed {
            module,
            origin: format!("tests/{}/{}, group {number}", draft.name, file.path),
            uri: None,
            draft,
            text: group.schema.get().to_owned(),
            asserts_formats: file.asserts_formats,
        },
        questions: questions.collect(),
    }
}

/// The sources for the remotes that `cases`, tests of `draft`, may refer to: those that are there for it, and those of
/// other drafts that a test names.
pub(super) fn sources(draft: Draft, cases: &[Case], remotes: &[Remote]) -> Vec<Listed> {
    let is_named = |remote: &Remote| cases.iter().any(|case| case.source.text.contains(&remote.uri()));
    let wanted = remotes.iter().enumerate().filter(|(_, remote)| remote.is_for(draft) || is_named(remote));
    let source = |(number, remote): (usize, &Remote)| Listed {
        module: format!("{REMOTE}{number}"),
        origin: remote.uri(),
        uri: Some(remote.uri()),
        draft: remote.draft().unwrap_or(draft),
        text: remote.text.clone(),
        asserts_formats: false,
    };
    wanted.map(source).collect()
}

/// What the modules of remotes begin with, and those of no group: a file of tests is not called so.
const REMOTE: &str = "remote_";

/// Whether the module is a remote's.
pub(super) fn is_remote(module: &str) -> bool {
    module.starts_with(REMOTE)
}
