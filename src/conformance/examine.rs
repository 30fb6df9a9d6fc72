//! The groups of a draft, and the program that holds their types -> which tests agree, and what is proved.

use std::collections::BTreeMap;

use super::Draft;
use super::exclusions;
use super::group::{Case, Question};
use super::report::{Count, Disagreement, DraftCount, FileCount};
use super::run::{Program, Root};
use super::tier::tier;
use crate::diagnostic::Result;
use crate::lower::Tier;
use crate::prove::{Effort, Proof, Reading, Subject, Verdict, prove};

/// What is tried for each group's proof: the point is the proof as sets, the values that matter are the suite's own.
const EFFORT: Effort = Effort { nodes: 600_000, ..Effort::of(1, 20) };

/// How many findings of one proof are shown.
const SHOWN: usize = 3;

/// Examines `cases`; `refused` says why those could not be generated that `program` does not hold.
///
/// # Errors
///
/// When the program cannot be started again.
pub(super) fn draft(
    draft: Draft,
    typed: bool,
    cases: &[Case],
    refused: &BTreeMap<String, String>,
    program: &mut Program<'_>,
) -> Result<DraftCount> {
    let mut examination =
        Examination { draft, typed, proofs: BTreeMap::new(), files: Vec::new(), disagreements: Vec::new() };
    for case in cases {
        let mut count = Count { groups: 1, tests: case.questions.len(), ..Count::default() };
        match program.root(draft, &case.source.module) {
            Some(root) => examination.held(case, &root, program, &mut count)?,
            None => {
                let said = refused.get(&case.source.module).map_or("it was left out", String::as_str);
                examination.disagree(case, "is not generated; all its tests disagree", said);
            }
        }
        examination.add(&case.file, &count);
    }
    examination.stale(cases);
    let Examination { files, disagreements, .. } = examination;
    Ok(DraftCount { name: draft.name, files, disagreements })
}

struct Examination<'a> {
    draft: Draft,
    typed: bool,
    /// By the schema as it is written, and whether formats are asserted. What two groups have word for word, each with instances of
    /// its own, is generated alike.
    proofs: BTreeMap<(&'a str, bool), Proof>,
    files: Vec<FileCount>,
    disagreements: Vec<Disagreement>,
}

impl<'a> Examination<'a> {
    fn add(&mut self, file: &str, count: &Count) {
        match self.files.iter_mut().find(|known| known.file == file) {
            Some(known) => known.count.add(count),
            None => self.files.push(FileCount { file: file.to_owned(), count: *count }),
        }
    }

    fn disagree(&mut self, case: &Case, what: impl Into<String>, said: impl Into<String>) {
        self.disagreements.push(Disagreement {
            file: case.file.clone(),
            group: case.description.clone(),
            what: what.into(),
            said: said.into(),
        });
    }

    /// Asks the type of `case` and proves it.
    fn held(&mut self, case: &'a Case, root: &Root<'_>, program: &mut Program<'_>, count: &mut Count) -> Result<()> {
        let texts: Vec<&str> = case.questions.iter().map(|question| question.text.as_str()).collect();
        match program.subject(&root.name).read(&root.claim.type_path, &texts) {
            Ok(readings) => {
                for (question, reading) in case.questions.iter().zip(&readings) {
                    self.question(case, question, reading, count);
                }
            }
            Err(error) => {
                self.disagree(case, "could not be read; all its tests disagree", error.to_string());
                program.restart()?;
            }
        }
        let tier = tier(root.generation, root.module);
        match tier {
            Tier::Checked => count.checked += 1,
            Tier::Opaque => count.opaque += 1,
            _ => count.native += 1,
        }
        // With types added it is the values that tell; the proofs are those of the suite as it is, or much like them.
        if tier != Tier::Opaque && !self.typed {
            let schema = (case.source.text.as_str(), case.source.asserts_formats);
            let proved = self.proofs.get(&schema).cloned();
            let proof = proved.unwrap_or_else(|| prove(&root.claim, &mut program.subject(&root.name), &EFFORT));
            self.proof(case, &proof, count);
            self.proofs.insert(schema, proof);
        }
        Ok(())
    }

    fn question(&mut self, case: &Case, question: &Question, reading: &Reading, count: &mut Count) {
        let outcomes = [Some(&reading.from_str), Some(&reading.from_reader), reading.from_value.as_ref()];
        let wrong = outcomes.into_iter().flatten().find(|outcome| outcome.is_ok() != question.valid);
        let excluded = self.exclusion(case, question);
        match (wrong, excluded) {
            (None, None) => count.agree += 1,
            (Some(_), Some(_)) => count.excluded += 1,
            // With types added, another thing may be expected.
            (None, Some(_)) if self.typed => count.excluded += 1,
            (None, Some(reason)) => {
                let what = format!("{}: agrees, but is excluded", question.description);
                self.disagree(case, what, format!("remove the exclusion: {reason}"));
            }
            (Some(outcome), None) => {
                let expected = if question.valid { "valid" } else { "invalid" };
                let what = format!("{}: {expected} by the suite", question.description);
                let said = match outcome {
                    Ok(value) => format!("accepted {}, written back as {value}", question.text),
                    Err(error) => format!("refused {}: {error}", question.text),
                };
                self.disagree(case, what, said);
            }
        }
    }

    /// Why `question` is excluded, if it is.
    fn exclusion(&self, case: &Case, question: &Question) -> Option<&'static str> {
        let mut known = exclusions::of(self.draft).filter(|known| known.file == case.file);
        let test = question.description.as_str();
        known.find(|known| known.group == case.description && known.tests.contains(&test)).map(|known| known.reason)
    }

    fn proof(&mut self, case: &Case, proof: &Proof, count: &mut Count) {
        match proof.verdict() {
            Verdict::Proved => count.proved += 1,
            Verdict::Undecided => count.undecided += 1,
            Verdict::Refuted => count.refuted += 1,
        }
        if proof.findings.is_empty() {
            return;
        }
        let shown = proof.findings.iter().take(SHOWN).map(|finding| finding.to_string().trim_end().to_owned());
        let more = proof.findings.len().saturating_sub(SHOWN);
        let more = (more > 0).then(|| format!("and {more} more"));
        self.disagree(case, "is not proved", shown.chain(more).collect::<Vec<_>>().join("\n"));
    }

    /// Reports the exclusions that are about no test of their file any more.
    fn stale(&mut self, cases: &[Case]) {
        let has = |file: &str| cases.iter().any(|case| case.file == file);
        for known in exclusions::of(self.draft).filter(|known| has(known.file)) {
            let groups = || cases.iter().filter(|case| case.file == known.file && case.description == known.group);
            let is_there =
                |test: &str| groups().flat_map(|case| &case.questions).any(|there| there.description == test);
            for test in known.tests.iter().filter(|test| !is_there(test)) {
                self.disagreements.push(Disagreement {
                    file: known.file.to_owned(),
                    group: known.group.to_owned(),
                    what: format!("{test}: is excluded, but the suite has no such test"),
                    said: "remove the exclusion".to_owned(),
                });
            }
        }
    }
}
