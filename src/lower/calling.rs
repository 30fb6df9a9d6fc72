//! Where each definition was met -> its name: the source's own, or the way there from one that has a name. The name hangs
//! on that way alone, not on what was met before, so that it outlives edits elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Scope, Wanted};
use super::place::Place;
use super::plan::Form;
use super::shared::Shared;
use crate::pointer;
use crate::vocabulary::{self, Role};

/// What a place is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Called {
    /// It is a document's root of this name.
    Root(String),
    /// It is what several places ask for, and is named by that.
    Shared,
    /// The source lists it: under this name, at this JSON Pointer.
    Listed(String, String),
    /// It lies below the definition with the key, which leads there with these words; the last is the word for the innermost branch
    /// on the way that is known by it wherever it stands among others, if there is one.
    Below(String, String, Option<String>),
    /// It is referred to and not listed: the root's name, and the JSON Pointer.
    Elsewhere(String, String),
}

impl Called {
    /// What lies below the definition `key`, which leads there with `words`.
    pub(super) fn below(key: &str, words: impl Into<String>) -> Self {
        Self::Below(key.to_owned(), words.into(), None)
    }

    /// The key of the definition that it lies below.
    pub(super) fn parent(&self) -> Option<&str> {
        match self {
            Self::Below(key, ..) => Some(key),
            _ => None,
        }
    }

    /// What lies `word` further.
    pub(super) fn then(&self, word: &str) -> Self {
        match self {
            Self::Below(key, words, told) => Self::Below(key.clone(), format!("{words}{word}"), told.clone()),
            named => named.clone(),
        }
    }

    /// What lies in a branch that is called `word`, and is known by that if `is_told`.
    pub(super) fn branch(&self, word: &str, is_told: bool) -> Self {
        match self.then(word) {
            Self::Below(key, words, _) if is_told => Self::Below(key, words, Some(word.to_owned())),
            other => other,
        }
    }

    /// The word by which a branch on the way is known.
    pub(super) fn told(&self) -> Option<&str> {
        match self {
            Self::Below(.., told) => told.as_deref(),
            _ => None,
        }
    }
}

/// A definition that wants a name.
#[derive(Debug, Default)]
pub(super) struct Nameless {
    /// All that it was called.
    pub(super) called: BTreeSet<Called>,
    /// The module that it stands in.
    pub(super) module: usize,
    /// What kind of type it becomes.
    pub(super) kind: &'static str,
    /// The schema of the sources that it stands for, if it stands for one.
    pub(super) whole: Option<Place>,
    /// What asks for it, if that is several places.
    pub(super) shared: Option<Shared>,
}

impl Nameless {
    /// Whether the source has it within what `other` stands for.
    fn is_in(&self, other: &Self) -> bool {
        self.whole.as_ref().zip(other.whole.as_ref()).is_some_and(|(place, around)| {
            let below = place.pointer.strip_prefix(&around.pointer);
            place.document == around.document && below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        })
    }
}

/// The name of each of `nameless`, by the keys, each its own in its module: that of `kept`, if it has one there and no other
/// has the same; then nobody else is given it. First the roots and what the sources list
/// are named; then what is written in those, and so on, level by level; what else leads somewhere counts only where nothing
/// that has a name is written around it. Of several ways that count alike, the name that comes first by the alphabet does.
pub(super) fn name(nameless: &BTreeMap<String, Nameless>, kept: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut written: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, it) in nameless {
        let parents = it.called.iter().filter_map(Called::parent);
        for parent in parents.filter(|parent| nameless.get(*parent).is_some_and(|parent| it.is_in(parent))) {
            written.entry(parent).or_default().push(key);
        }
    }
    let mut scopes: BTreeMap<usize, Scope> = BTreeMap::new();
    let modules = kept.iter().filter_map(|(key, name)| Some((key, name, nameless.get(key)?.module)));
    let kept = modules.filter(|(_, name, module)| scopes.entry(*module).or_default().reserve(name));
    let kept = kept.map(|(key, name, _)| (key.as_str(), name.as_str())).collect();
    let mut naming = Naming { nameless, kept, names: BTreeMap::new(), scopes };
    let mut named = naming.give(naming.open(|_, called| matches!(called, Called::Root(_))));
    named.extend(naming.give(naming.open(|_, called| matches!(called, Called::Listed(..)))));
    named.extend(naming.give(naming.open(|_, called| matches!(called, Called::Shared))));
    while !named.is_empty() {
        let next = named.iter().filter_map(|key| written.get(key)).flatten().copied();
        let next: BTreeSet<&str> = next.filter(|key| !naming.names.contains_key(*key)).collect();
        named = naming.give(next);
        if named.is_empty() {
            let is_led_to = |names: &BTreeMap<String, String>, called: &Called| {
                called.parent().is_some_and(|parent| names.contains_key(parent))
            };
            named = naming.give(naming.open(is_led_to));
        }
        if named.is_empty() {
            named = naming.give(naming.open(|_, called| matches!(called, Called::Elsewhere(..))));
        }
    }
    naming.names
}

struct Naming<'a> {
    nameless: &'a BTreeMap<String, Nameless>,
    /// The names that are not to be given anew.
    kept: BTreeMap<&'a str, &'a str>,
    names: BTreeMap<String, String>,
    scopes: BTreeMap<usize, Scope>,
}

impl<'a> Naming<'a> {
    /// The keys of those without a name yet that are called so, which may hang on the names given.
    fn open(&self, is: fn(&BTreeMap<String, String>, &Called) -> bool) -> BTreeSet<&'a str> {
        let open = self.nameless.iter().filter(|(key, _)| !self.names.contains_key(*key));
        let open = open.filter(|(_, nameless)| nameless.called.iter().any(|called| is(&self.names, called)));
        open.map(|(key, _)| key.as_str()).collect()
    }

    /// Names these, none before the other.
    fn give(&mut self, keys: BTreeSet<&'a str>) -> BTreeSet<&'a str> {
        let mut modules: BTreeMap<usize, (Vec<&str>, Vec<Wanted>)> = BTreeMap::new();
        for key in &keys {
            if let Some(name) = self.kept.get(key) {
                self.names.insert((*key).to_owned(), (*name).to_owned());
                continue;
            }
            let Some(nameless) = self.nameless.get(*key) else { continue };
            let ways = nameless.called.iter().filter_map(|called| self.wanted(called, nameless));
            let Some((_, wanted)) = ways.min_by(|(rank, one), (other_rank, other)| {
                (rank, &one.names, &one.source).cmp(&(other_rank, &other.names, &other.source))
            }) else {
                continue;
            };
            let (keys, all) = modules.entry(nameless.module).or_default();
            keys.push(key);
            all.push(wanted);
        }
        for (module, (keys, wanted)) in modules {
            let names = self.scopes.entry(module).or_default().take(&wanted);
            self.names.extend(keys.into_iter().map(str::to_owned).zip(names));
        }
        keys
    }

    /// What one that is called so may be named, if what it hangs on has a name, and how much that way counts.
    fn wanted(&self, called: &Called, nameless: &Nameless) -> Option<(usize, Wanted)> {
        let kind = nameless.kind;
        Some(match called {
            Called::Root(name) => (0, and(Wanted::new(name, names::type_name), "Root")),
            Called::Listed(name, pointer) => {
                let mut wanted = Wanted::new(name, names::type_name);
                wanted.names.push(names::type_name(&listed_words(pointer)));
                (1, and(wanted, kind))
            }
            Called::Shared => (1, and(nameless.shared.as_ref()?.wanted(), kind)),
            Called::Below(parent, words, _) => {
                let rank = if self.nameless.get(parent).is_some_and(|parent| nameless.is_in(parent)) { 2 } else { 3 };
                let parent = self.names.get(parent)?;
                let name = names::one_word(format!("{parent}{words}"));
                let turned = names::one_word(format!("{words}Of{parent}"));
                let names = vec![name.clone(), format!("{name}{kind}"), turned];
                (rank, Wanted { names, source: format!("{parent} {words}") })
            }
            Called::Elsewhere(root, pointer) => {
                (4, and(Wanted::new(&format!("{root} {}", listed_words(pointer)), names::type_name), kind))
            }
        })
    }
}

/// The same with another name to fall back on: its best, and what it is.
fn and(mut wanted: Wanted, what: &str) -> Wanted {
    let best = wanted.names.first().map(|best| names::one_word(format!("{best}{what}")));
    wanted.names.extend(best);
    wanted
}

/// The words of a pointer, without the keywords that list definitions; what is counted there is counted from one.
fn listed_words(pointer: &str) -> String {
    let words = pointer::tokens(pointer).filter(|word| vocabulary::role(word) != Role::Definitions);
    let words = words.map(|word| match word.parse::<usize>() {
        Ok(index) => names::ordinal(index.saturating_add(1)),
        Err(_) => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word for what a definition of this form becomes.
pub(super) fn kind(form: &Form) -> &'static str {
    match form {
        Form::Object { .. } => "Object",
        Form::Tuple { .. } => "Tuple",
        Form::Text(_) | Form::Open { .. } | Form::Values(_) => "Enum",
        Form::Union { .. } => "Choice",
        Form::Newtype { .. } | Form::Checked { .. } => "Value",
        Form::Opaque { .. } => "Json",
    }
}
