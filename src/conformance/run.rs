//! A [`Plan`] -> the tests of its drafts, generated, compiled once, read, and compared with what the suite says.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{self, Case};
use super::report::Conformance;
use super::{Draft, Plan, batch, examine, suite};
use crate::Generation;
use crate::diagnostic::{Diagnostics, Result};
use crate::lower::{Module, Part};
use crate::parallel;
use crate::prove::{Claim, Crate, Held, Holds, Probe, Workshop, claims};

/// Runs what `plan` names; schemas and crates are written into `workshop`'s folder.
///
/// # Errors
///
/// When the suite cannot be read, a folder cannot be written, or the crates do not compile. What disagrees is no error,
/// but part of the report.
pub fn run(plan: &Plan<'_>, workshop: &Workshop<'_>) -> Result<Conformance> {
    let (mut prepared, mut found) = (Vec::new(), Vec::new());
    for draft in plan.drafts {
        match Prepared::new(plan, *draft, workshop) {
            Ok(draft) => prepared.push(draft),
            Err(Diagnostics(errors)) => found.extend(errors),
        }
    }
    if !found.is_empty() {
        return Err(Diagnostics(found));
    }
    let crates: Vec<Built<'_>> = prepared.iter().flat_map(Prepared::crates).collect();
    let program = Program::start(&crates, workshop)?;
    // A program answers one question at a time, and who asks waits for it: so each draft has one of its own.
    let drafts = parallel::map(prepared.iter().collect(), |Prepared { draft, cases, generated }| {
        examine::draft(*draft, plan.typed, cases, &generated.refused, &mut program.another()?)
    });
    Ok(Conformance { drafts: drafts.into_iter().collect::<Result<_>>()? })
}

/// The groups of one draft, generated.
struct Prepared {
    draft: Draft,
    cases: Vec<Case>,
    generated: batch::Generated,
}

impl Prepared {
    fn new(plan: &Plan<'_>, draft: Draft, workshop: &Workshop<'_>) -> Result<Self> {
        let files = suite::files(plan.suite, draft)?;
        let remotes = suite::remotes(plan.suite)?;
        let cases = group::cases(draft, &files, plan.typed, &remotes)?;
        let sources = cases.iter().map(|case| &case.source).collect();
        let remotes = group::sources(draft, &cases, &remotes);
        let generated = batch::generate_all(draft, workshop.folder, sources, &remotes)?;
        Ok(Self { draft, cases, generated })
    }

    fn crates(&self) -> Vec<Built<'_>> {
        let draft = self.draft.name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let generations = self.generated.generations.iter().enumerate();
        generations
            .map(|(number, generation)| Built::new(format!("{draft}_{number}"), self.draft, generation))
            .collect()
    }
}

/// One generation as a crate of the program.
struct Built<'a> {
    name: String,
    generation: &'a Generation,
    holds: Holds,
    /// The root of each group, by the group's draft and module.
    roots: BTreeMap<(&'static str, String), Root<'a>>,
}

/// The type of a group's schema.
#[derive(Clone, Debug)]
pub(super) struct Root<'a> {
    pub(super) name: String,
    pub(super) generation: &'a Generation,
    pub(super) module: &'a Module,
    /// That the type is the schema.
    pub(super) claim: Claim,
}

impl<'a> Built<'a> {
    fn new(name: String, draft: Draft, (generation, groups): &'a (Generation, BTreeSet<String>)) -> Self {
        let mut claims: BTreeMap<String, Claim> =
            claims(generation).into_iter().map(|claim| (claim.type_path.clone(), claim)).collect();
        let mut roots = BTreeMap::new();
        for module in generation.plan.modules.iter().filter(|module| groups.contains(&module.name)) {
            let is_root = |part: Part, pointer: &str| part == Part::Whole && pointer.is_empty();
            let root = module.definitions.iter().find(|definition| is_root(definition.part, &definition.pointer));
            let claim = root.and_then(|root| claims.remove(&format!("{}::{}", module.name, root.name)));
            let Some(claim) = claim else { continue };
            roots.insert((draft.name, module.name.clone()), Root { name: name.clone(), generation, module, claim });
        }
        let holds = roots.values().map(|root| &root.claim).collect();
        Self { name, generation, holds, roots }
    }
}

/// The running program that holds all crates. It is started again when it has ended: what kills it must not hide what
/// comes after.
pub(super) struct Program<'a> {
    crates: &'a [Built<'a>],
    probe: Probe,
}

impl<'a> Program<'a> {
    fn start(crates: &'a [Built<'a>], workshop: &Workshop<'_>) -> Result<Self> {
        let held =
            crates.iter().map(|built| Crate { name: &built.name, tree: &built.generation.tree, holds: &built.holds });
        Ok(Self { crates, probe: Probe::start(&held.collect::<Vec<_>>(), workshop)? })
    }

    fn another(&self) -> Result<Self> {
        Ok(Self { crates: self.crates, probe: self.probe.another()? })
    }

    /// Starts the program anew.
    pub(super) fn restart(&mut self) -> Result<()> {
        self.probe = self.probe.another()?;
        Ok(())
    }

    /// The root of the group `module` of `draft`.
    pub(super) fn root(&self, draft: Draft, module: &str) -> Option<Root<'a>> {
        let key = (draft.name, module.to_owned());
        self.crates.iter().find_map(|built| built.roots.get(&key)).cloned()
    }

    /// The types of the crate `name`.
    pub(super) fn subject<'s>(&'s mut self, name: &'s str) -> Held<'s> {
        self.probe.subject(name)
    }
}
