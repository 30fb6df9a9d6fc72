//! Groups of one draft -> generations, as few as can be, and the groups that cannot be generated with what was said.
//!
//! A group with errors does not stop the others: it is left out, and the others are generated without it. What no
//! source can be blamed for is found by generating the halves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::manifest::{self, Listed};
use super::{Draft, group};
use crate::diagnostic::{Diagnostic, Diagnostics, Result};
use crate::vocabulary;
use crate::{Generation, generate};

/// What came of generating some sources.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// Each with the modules of the groups that are in it.
    pub(super) generations: Vec<(Generation, BTreeSet<String>)>,
    /// For each group that is in none, why not, by its module.
    pub(super) refused: BTreeMap<String, String>,
}

/// Generates `groups`, each with all of `remotes` beside, in a passing folder below `folder`.
///
/// # Errors
///
/// When a folder cannot be written.
pub(super) fn generate_all(draft: Draft, folder: &Path, groups: Vec<&Listed>, remotes: &[Listed]) -> Result<Generated> {
    let work = manifest::folder(folder)?;
    let mut generated = Generated::default();
    let mut waiting = apart(groups, remotes);
    while let Some(batch) = waiting.pop() {
        let name = format!("{}-{}", draft.name.replace('.', "-"), generated.generations.len());
        let mut batch = Batch { folder: work.path().join(&name), name, groups: batch, remotes: remotes.to_vec() };
        match batch.generate(&mut generated.refused)? {
            Ok(Some(generation)) => {
                let modules = batch.groups.iter().map(|group| group.module.clone()).collect();
                generated.generations.push((generation, modules));
            }
            Ok(None) => {}
            Err(errors) => match batch.groups.as_slice() {
                [only] => {
                    generated.refused.insert(only.module.clone(), errors.to_string());
                }
                groups => {
                    let (left, right) = groups.split_at(groups.len() / 2);
                    waiting.extend([right.to_vec(), left.to_vec()]);
                }
            },
        }
    }
    Ok(generated)
}

/// `groups` in batches in which no two schemas claim one URI.
fn apart<'a>(groups: Vec<&'a Listed>, remotes: &[Listed]) -> Vec<Vec<&'a Listed>> {
    let served: BTreeSet<String> = remotes.iter().flat_map(|remote| identities(&remote.text)).collect();
    let mut batches: Vec<(BTreeSet<String>, Vec<&Listed>)> = Vec::new();
    for group in groups {
        let own = identities(&group.text);
        match batches.iter_mut().find(|(taken, _)| taken.is_disjoint(&own)) {
            Some((taken, batch)) => {
                taken.extend(own);
                batch.push(group);
            }
            None => batches.push((served.iter().cloned().chain(own).collect(), vec![group])),
        }
    }
    batches.into_iter().rev().map(|(_, batch)| batch).collect()
}

/// The absolute URIs that the schema in `text` or one within it claims by its `$id` (`id` in draft 4).
fn identities(text: &str) -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(text).unwrap_or_default();
    let schemas = vocabulary::subschemas(&schema, "").into_iter();
    let ids = schemas.flat_map(|(_, schema)| ["$id", "id"].map(|keyword| schema.get(keyword).and_then(Value::as_str)));
    ids.flatten().filter(|id| id.contains(':')).map(|id| id.trim_end_matches('#').to_owned()).collect()
}

struct Batch<'a> {
    folder: PathBuf,
    name: String,
    groups: Vec<&'a Listed>,
    remotes: Vec<Listed>,
}

impl Batch<'_> {
    /// What the groups generate that have no errors; the others go to `refused`. `None` when none is left, the errors
    /// when no source can be blamed for them.
    fn generate(
        &mut self,
        refused: &mut BTreeMap<String, String>,
    ) -> Result<std::result::Result<Option<Generation>, Diagnostics>> {
        while !self.groups.is_empty() {
            let sources: Vec<Listed> = self.remotes.iter().chain(self.groups.iter().copied()).cloned().collect();
            let manifest = manifest::write(&self.folder, &self.name, &sources)?;
            let errors = match generate(&manifest) {
                Ok(generation) => return Ok(Ok(Some(generation))),
                Err(errors) => errors,
            };
            let blamed = self.blamed(&errors);
            if blamed.is_empty() {
                return Ok(Err(errors));
            }
            self.remotes.retain(|remote| !blamed.contains_key(&remote.module));
            self.groups.retain(|group| !blamed.contains_key(&group.module));
            refused.extend(blamed.into_iter().filter(|(module, _)| !group::is_remote(module)));
        }
        Ok(Ok(None))
    }

    /// The modules of the sources that `errors` are about, each with what they say.
    fn blamed(&self, errors: &Diagnostics) -> BTreeMap<String, String> {
        let mut blamed: BTreeMap<String, String> = BTreeMap::new();
        let sources: BTreeMap<String, &str> = self
            .remotes
            .iter()
            .chain(self.groups.iter().copied())
            .map(|source| (self.folder.join(source.file()).display().to_string(), source.module.as_str()))
            .collect();
        for error in errors.0.iter().filter(|error| error.is_error()) {
            let Some(module) = sources.get(&error.file) else { continue };
            let said = blamed.entry((*module).to_owned()).or_default();
            if !said.is_empty() {
                said.push('\n');
            }
            said.push_str(&shown(error));
        }
        blamed
    }
}

/// `error` without the file, which exists for this run only.
fn shown(error: &Diagnostic) -> String {
    Diagnostic { file: String::new(), ..error.clone() }.to_string()
}
