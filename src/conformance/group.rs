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
            text: group.schema.get().to_owned(),
            asserts_formats: file.asserts_formats,
        },
        questions: questions.collect(),
    }
}

/// The source for each of `remotes`.
pub(super) fn sources(remotes: &[Remote]) -> Vec<Listed> {
    let source = |(number, remote): (usize, &Remote)| Listed {
        module: format!("remote_{number}"),
        origin: remote.uri(),
        text: remote.text.clone(),
        asserts_formats: false,
    };
    remotes.iter().enumerate().map(source).collect()
}
