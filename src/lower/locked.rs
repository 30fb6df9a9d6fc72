//! The names that types would be given, and those that a lock has -> the names that they keep, and the lock that says so.
//!
//! A type is known by its place. An index is none to rely on, because it changes when another branch of a choice comes before: of
//! places that differ in indices alone, a type is known by the name that it would be given, and only what is left then by
//! its index, unless it is in a branch that a tag or a reference tells: with another of these, it is another. What has no place
//! any more, because it is nullable now, or brought together with what stands beside, is known by that name, too.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::calling::{self, Called, Nameless};
use super::simplify::Simple;
use super::{Lowering, Part, Place};
use crate::diagnostic::{Diagnostic, Position};
use crate::source::{Lock, Locked, Sources, lock_place, on_a_line};

/// What stands before where the normal form has the copy of a schema.
const COPY: &str = " as ";

/// Names by the keys of definitions.
type Names = BTreeMap<String, String>;

impl Lowering<'_> {
    /// The name of each definition, by its key, and the lock that says so.
    pub(super) fn names(&self, sources: &Sources) -> (Names, Lock) {
        let places = places(sources, self.given.simple, &self.keys, &self.nameless);
        let natural = calling::name(&self.nameless, &Names::new());
        let told = told(&self.nameless);
        let known = places.iter().filter_map(|(key, place)| {
            let module = self.modules.get(self.nameless.get(*key)?.module)?;
            Some(Known { key, place, module: &module.name, natural: natural.get(*key)?, told: told.get(*key) })
        });
        let known: Vec<Known<'_>> = known.collect();
        let kept = kept(&sources.lock, &known);
        let is_natural = kept.is_empty() || kept == natural;
        let renamed = (!is_natural).then(|| calling::name(&self.nameless, &kept));
        let names = renamed.as_ref().unwrap_or(&natural);
        let types = known.iter().filter_map(|Known { key, place, module, natural, .. }| {
            let (module, name, natural) = ((*module).to_owned(), names.get(*key)?.clone(), (*natural).to_owned());
            Some(((*place).to_owned(), Locked { module, name, natural, line: 0 }))
        });
        let lock = Lock { file: sources.lock.file.clone(), types: types.collect() };
        (names.clone(), lock)
    }
}

/// The place of each definition, by its key: each another.
fn places<'k>(
    sources: &Sources,
    simple: &Simple,
    keys: &'k HashMap<(bool, Place, Part), String>,
    nameless: &'k BTreeMap<String, Nameless>,
) -> BTreeMap<&'k str, String> {
    let mut places: BTreeMap<&str, String> = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for ((is_whole, place, part), key) in keys {
        let text = text(sources, simple, (*is_whole, place, *part), true);
        *counts.entry(text.clone()).or_default() += 1;
        places.insert(key, text);
    }
    // Copies of one schema for several references are told apart by where the normal form has them.
    for ((is_whole, place, part), key) in keys {
        if let Some(at) = places.get_mut(key.as_str()).filter(|at| counts.get(*at).is_some_and(|count| *count > 1)) {
            *at = format!("{at}{COPY}{}", text(sources, simple, (*is_whole, place, *part), false));
        }
    }
    for (key, it) in nameless {
        if let Some(shared) = &it.shared {
            places.insert(key, every(sources, it.module, &shared.asked()));
        }
    }
    places
}

/// What stands for the place of what all places of a module share that ask for the same.
fn every(sources: &Sources, module: usize, asked: &str) -> String {
    let document = sources.modules().get(module).and_then(|documents| sources.documents.get(documents.start));
    let path = document.map_or("", |document| document.source.file.as_str());
    format!("{} every {}", on_a_line(path, &['#']), on_a_line(asked, &[]))
}

/// What a lock has lines for, before there are names.
pub(super) struct Lines<'a> {
    sources: &'a Sources,
    /// The names of the modules.
    modules: Vec<&'a str>,
    /// The places with a star for each index, each with the module of its type.
    forms: BTreeSet<(&'a str, String)>,
}

/// What a lock has for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A name for a type of its own.
    Own,
    /// A name for what is there, or in a place that differs in indices alone: these move.
    Indexed,
}

impl<'a> Lines<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        let forms = sources.lock.types.iter().map(|(place, locked)| {
            let written = place.split_once(COPY).map_or(place.as_str(), |(at, _)| at);
            (locked.module.as_str(), form(written).unwrap_or_else(|| written.to_owned()))
        });
        let modules = sources.modules().into_iter().filter_map(|documents| sources.documents.get(documents.start));
        let modules = modules.map(|document| document.source.module.as_str()).collect();
        Self { sources, modules, forms: forms.collect() }
    }

    /// What there is for the schema at `place`.
    pub(super) fn at(&self, simple: &Simple, place: &Place) -> Option<Line> {
        if self.forms.is_empty() {
            return None;
        }
        let module = *self.modules.get(simple.module(place))?;
        let whole = simple.origin(place).and_then(|origin| origin.whole.as_ref());
        [Part::Whole, Part::NotNull].into_iter().find_map(|part| {
            let text = text(self.sources, simple, (whole.is_some(), whole.unwrap_or(place), part), true);
            let form = form(&text);
            let line = if form.is_some() { Line::Indexed } else { Line::Own };
            self.forms.contains(&(module, form.unwrap_or(text))).then_some(line)
        })
    }

    /// Whether there is one for what all places of `module` share that ask for this.
    pub(super) fn shares(&self, module: usize, asked: &str) -> bool {
        self.sources.lock.types.contains_key(&every(self.sources, module, asked))
    }
}

/// The place of a definition in words; by its file's pointers, or by those of the normal form.
fn text(sources: &Sources, simple: &Simple, (is_whole, place, part): (bool, &Place, Part), is_written: bool) -> String {
    let of = |place: &Place| {
        let document = sources.documents.get(place.document);
        let pointer = document.filter(|_| is_written).map(|document| document.written(&place.pointer));
        lock_place(document.map_or("", |document| &document.path), &pointer.unwrap_or_else(|| place.pointer.clone()))
    };
    let mut text = match is_whole {
        true => of(place),
        false => {
            let joined: BTreeSet<String> =
                simple.definition(place).map(|it| it.places.iter().map(of).collect()).unwrap_or_default();
            let joined: Vec<String> = joined.into_iter().collect();
            format!("{} at #{}", joined.join(" with "), on_a_line(&place.pointer, &[]))
        }
    };
    if part == Part::NotNull {
        text.push_str(" but null");
    }
    text
}

/// The names that definitions keep, of those that `lock` has. `definitions` are their keys, with the places that they have, the
/// names of their modules and the names that they would be given.
fn kept(lock: &Lock, definitions: &[Known<'_>]) -> Names {
    let mut left: BTreeMap<&str, &Locked> = lock.types.iter().map(|(place, locked)| (place.as_str(), locked)).collect();
    let mut kept = Names::new();
    let mut open: Vec<&Known<'_>> = definitions.iter().collect();
    let mut keep = |place: &dyn Fn(&Known<'_>) -> Option<String>| {
        open.retain(|known| {
            let Some(locked) = place(known).and_then(|place| left.remove(place.as_str())) else { return true };
            kept.insert(known.key.to_owned(), locked.name.clone());
            false
        });
    };
    let formed =
        lock.types.iter().rev().filter_map(|(place, locked)| Some(((form(place)?, locked.natural.as_str()), place)));
    let formed: BTreeMap<(String, &str), &String> = formed.collect();
    keep(&|known| formed.get(&(form(known.place)?, known.natural)).copied().cloned());
    let is_it = |known: &Known<'_>| {
        let natural = lock.types.get(known.place).map_or("", |locked| locked.natural.as_str());
        let told = known.told.filter(|_| form(known.place).is_some());
        told.is_none_or(|told| told.iter().any(|word| natural.contains(word)))
    };
    keep(&|known| is_it(known).then(|| known.place.to_owned()));
    let named = lock.types.iter().rev();
    let named = named.map(|(place, locked)| ((locked.module.as_str(), locked.natural.as_str()), place));
    let named: BTreeMap<(&str, &str), &String> = named.collect();
    keep(&|known| named.get(&(known.module, known.natural)).copied().cloned());
    kept
}

/// What is known of a definition before it has its name.
struct Known<'d> {
    key: &'d str,
    place: &'d str,
    module: &'d str,
    /// The name that it would be given.
    natural: &'d str,
    /// The words by which the branch that it lies in is known wherever that stands.
    told: Option<&'d BTreeSet<&'d str>>,
}

/// The words by which the branch is known that each definition lies in, by its key: one for each way to it.
fn told(nameless: &BTreeMap<String, Nameless>) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut told: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    loop {
        let mut more = BTreeMap::new();
        for (key, it) in nameless.iter().filter(|(key, _)| !told.contains_key(key.as_str())) {
            let own: BTreeSet<&str> = it.called.iter().filter_map(Called::told).collect();
            let around = it.called.iter().filter_map(Called::parent).filter_map(|parent| told.get(parent));
            let words = if own.is_empty() { around.flatten().copied().collect() } else { own };
            if !words.is_empty() {
                more.insert(key.as_str(), words);
            }
        }
        if more.is_empty() {
            return told;
        }
        told.extend(more);
    }
}

/// `place` with a star for each index in it, or what looks like one; none if there is none.
fn form(place: &str) -> Option<String> {
    let is_index = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let star = |word: &str| {
        word.split('/').map(|token| if is_index(token) { "*" } else { token }).collect::<Vec<_>>().join("/")
    };
    let form = place.split(' ').map(star).collect::<Vec<_>>().join(" ");
    (form != place).then_some(form)
}

/// What became of the names of `old` in `new`: which are gone, and which stay although another would be given now.
pub(crate) fn changes(old: &Lock, new: &Lock) -> Vec<Diagnostic> {
    let paths: BTreeMap<String, &Locked> = new.types.values().map(|locked| (locked.path(), locked)).collect();
    let mut found = Vec::new();
    for (place, locked) in &old.types {
        let path = locked.path();
        let note = |message: String, help: &str| {
            let at = Position { line: locked.line, column: 1 };
            Diagnostic::note(&old.file, message).at(Some(at)).help(help)
        };
        match paths.get(&path) {
            None => {
                let message = match new.types.get(place) {
                    // The module has another name.
                    Some(now) if now.name == locked.name => continue,
                    Some(now) => format!("`{path}` is gone: what is at `{place}` is `{}` now", now.path()),
                    None => format!("`{path}` is gone: there is nothing any more at `{place}`"),
                };
                found.push(note(
                    message,
                    "what has taken its place can have its name, by this file, or an alias of it, by `aliases` in the manifest",
                ));
            }
            Some(now) if now.natural != locked.natural => found.push(note(
                format!("`{path}` keeps its name; `{}` is what it would be given now", now.natural),
                "delete the line to have it named so",
            )),
            _ => {}
        }
    }
    found.sort_by_key(|note| note.position);
    found
}
