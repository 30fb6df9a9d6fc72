//! The definitions of all modules -> those that are one type with another of their module, under a name of their own: what a source
//! writes out at several places, word for word.
//!
//! What is equal in all that its type has (members, rules, documentation, what the schema says besides) is one type, and so is what
//! holds it, if that is equal then. So is what differs in nothing but what it says of itself, if that can be said where it is used.
//! What the source lists keeps a type of its own: what is inline is the same as that, or as the inline one of the shortest name. What
//! leads back to itself is not looked at. Every place keeps its name, as an alias, so that programs need not know which one it is.

mod circular;
mod unsaid;

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::mem::{Discriminant, discriminant, take};

use serde_json::{Map, Value};

use super::{Definition, Form, Module, Part, Place};
use circular::circular;

/// How often classes are divided. Each time tells what differs one level deeper, and a source nests only so deep; what refers on and
/// on without being listed may go deeper, and is not looked at any more.
const LEVELS: usize = 100;

/// Marks the definitions of `modules` that are the same as another, and has all refer to that one instead.
pub(super) fn unite(modules: &mut [Module]) {
    let Some(alike) = Alike::divided(modules) else { return };
    let same = alike.same();
    let keys = |of: Vec<&Definition>| of.into_iter().map(|definition| definition.key.clone()).collect();
    let differing = alike.but_for_what_they_say(&same).into_iter();
    let differing = differing.map(|classes| classes.into_iter().map(keys).collect()).collect();
    let mut same: HashMap<String, String> =
        same.into_iter().map(|(key, one)| (key.to_owned(), one.to_owned())).collect();
    unsaid::unite(modules, differing, &mut same);
    if same.is_empty() {
        return;
    }
    for definition in modules.iter_mut().flat_map(|module| &mut module.definitions) {
        definition.form.redirect(|key| same.get(key).cloned());
        definition.same_as = same.get(&definition.key).cloned();
    }
}

/// Definitions in classes of those that have not been told apart by now.
struct Alike<'m> {
    definitions: Vec<&'m Definition>,
    /// The class of each by what it asks for, but for what it refers to.
    asking: Vec<usize>,
    /// The class of each by all of that, and by what it says.
    classes: Vec<usize>,
    /// The keys that each refers to, in order.
    references: Vec<Vec<&'m str>>,
}

impl<'m> Alike<'m> {
    /// Those that nothing tells apart, as far as can be told.
    fn divided(modules: &'m [Module]) -> Option<Self> {
        let mut alike = Self::of(modules);
        (0..LEVELS).find(|_| !alike.divide())?;
        Some(alike)
    }

    /// Those that nothing but their references, and what they say, may tell apart.
    fn of(modules: &'m [Module]) -> Self {
        let all = modules.iter().enumerate();
        let all = all.flat_map(|(module, of)| of.definitions.iter().map(move |definition| (module, definition)));
        let circular = circular(modules);
        let is_plain = |definition: &Definition| !circular.contains(definition.key.as_str());
        let may_be = all.filter(|(_, definition)| has_its_class(&definition.form) && is_plain(definition));
        let mut sketched: BTreeMap<usize, Vec<&Definition>> = BTreeMap::new();
        let sketches: Vec<_> = may_be.map(|(module, definition)| (sketch(module, definition), definition)).collect();
        for (class, (_, definition)) in classes(sketches.iter().map(|(sketch, _)| sketch)).into_iter().zip(&sketches) {
            sketched.entry(class).or_default().push(definition);
        }
        let may_be_same =
            |of: &Vec<&Definition>| of.len() > 1 && of.iter().any(|definition| !keeps_its_own(definition));
        let mut definitions = Vec::new();
        let mut contents = Vec::new();
        for (class, of) in sketched.into_iter().filter(|(_, of)| may_be_same(of)) {
            contents.extend(of.iter().map(|definition| (class, Content::of(definition))));
            definitions.extend(of);
        }
        let references = contents.iter_mut().map(|(_, content)| take(&mut content.references)).collect();
        let asking = classes(contents.iter());
        let saying = definitions.iter().map(|definition| (&definition.docs, definition.annotations.get(OF_ITSELF)));
        let classes = classes(asking.iter().zip(saying));
        Self { definitions, asking, classes, references }
    }

    /// Divides each class by what its definitions refer to; whether there was anything to divide.
    fn divide(&mut self) -> bool {
        let divided = classes(self.classes.iter().zip(self.leading(&self.same())));
        let count = |classes: &[usize]| classes.iter().max().copied();
        let is_divided = count(&divided) != count(&self.classes);
        self.classes = divided;
        is_divided
    }

    /// What each refers to, where some are the `same` as others.
    fn leading<'s>(&'s self, same: &HashMap<&'m str, &'m str>) -> Vec<Vec<&'m str>> {
        let to = |keys: &'s Vec<&'m str>| keys.iter().map(|key| same.get(key).copied().unwrap_or(key)).collect();
        self.references.iter().map(to).collect()
    }

    /// The key of the one that each would be the same as, were all of a class the same.
    fn same(&self) -> HashMap<&'m str, &'m str> {
        let mut of: BTreeMap<usize, Vec<&'m Definition>> = BTreeMap::new();
        for (class, definition) in self.classes.iter().zip(&self.definitions) {
            of.entry(*class).or_default().push(definition);
        }
        let mut same = HashMap::new();
        for of in of.into_values() {
            let Some(one) = first(of.iter().copied()) else { continue };
            let others = of.iter().filter(|other| !keeps_its_own(other) && other.key != one.key);
            same.extend(others.map(|other| (other.key.as_str(), one.key.as_str())));
        }
        same
    }

    /// The classes whose definitions ask for the same as those of another, and refer to the `same`: they say otherwise of
    /// themselves, and of those that say it, none is listed.
    fn but_for_what_they_say(&self, same: &HashMap<&'m str, &'m str>) -> Vec<Vec<Vec<&'m Definition>>> {
        let asking = classes(self.asking.iter().zip(self.leading(same)));
        let mut of: BTreeMap<usize, BTreeMap<usize, Vec<&'m Definition>>> = BTreeMap::new();
        for ((asking, class), definition) in asking.iter().zip(&self.classes).zip(&self.definitions) {
            of.entry(*asking).or_default().entry(*class).or_default().push(definition);
        }
        let is_inline = |class: &Vec<&Definition>| !class.iter().any(|definition| definition.listed);
        let inline = of.into_values().map(|classes| classes.into_values().filter(is_inline).collect::<Vec<_>>());
        inline.filter(|classes| classes.len() > 1).collect()
    }
}

/// The definition whose name is that of the type of all of `these`.
fn first<'d>(these: impl IntoIterator<Item = &'d Definition>) -> Option<&'d Definition> {
    let rank = |one: &&'d Definition| (!one.listed, one.part != Part::Shared, one.name.len(), one.name.as_str());
    these.into_iter().min_by_key(rank)
}

/// The number of the class of each: of equal ones the same.
fn classes<T: Hash + Eq>(all: impl Iterator<Item = T>) -> Vec<usize> {
    let mut numbers = HashMap::new();
    all.map(|it| {
        let next = numbers.len();
        *numbers.entry(it).or_insert(next)
    })
    .collect()
}

/// Whether a definition has a type of its own, whatever else is the same.
fn keeps_its_own(definition: &Definition) -> bool {
    definition.listed || definition.part == Part::Shared
}

/// Whether there may be several names for a type of this form. Of a struct without named fields an alias is no function that makes
/// one; an opaque schema has its name in it.
fn has_its_class(form: &Form) -> bool {
    !matches!(form, Form::Newtype { .. } | Form::Tuple { .. } | Form::Opaque { .. })
}

/// What tells most definitions apart at first sight: their modules, and the names of their parts.
fn sketch(module: usize, definition: &Definition) -> (usize, Discriminant<Form>, Vec<&str>) {
    let names: Vec<&str> = match &definition.form {
        Form::Object { members, .. } => members.iter().map(|member| member.wire.as_str()).collect(),
        Form::Text(known) | Form::Open { known, .. } => known.iter().map(|variant| variant.wire.as_str()).collect(),
        Form::Union { branches, .. } => branches.iter().map(|branch| branch.name.as_str()).collect(),
        Form::Checked { rules, .. } => rules.iter().map(|rule| rule.keyword.as_str()).collect(),
        _ => Vec::new(),
    };
    (module, discriminant(&definition.form), names)
}

/// Where a definition says something of itself.
const OF_ITSELF: &str = "";

/// All that the type of a definition has, but for what it says of itself.
#[derive(PartialEq, Eq, Hash)]
struct Content<'d> {
    /// Without the keys that it refers to, and the places of defaults.
    form: Form,
    /// Of its parts.
    annotations: Vec<(&'d String, &'d Map<String, Value>)>,
    default: Option<&'d Value>,
    deprecated: bool,
    /// The keys that it refers to, in order.
    references: Vec<&'d str>,
}

impl<'d> Content<'d> {
    fn of(definition: &'d Definition) -> Self {
        let references = definition.form.references();
        let mut form = definition.form.clone();
        form.redirect(|_| Some(String::new()));
        if let Form::Object { members, .. } = &mut form {
            let defaults = members.iter_mut().filter_map(|member| member.default.as_mut());
            defaults.for_each(|default| default.place = Place { document: 0, pointer: String::new() });
        }
        let Definition { annotations, default, deprecated, .. } = definition;
        let annotations = annotations.iter().filter(|(place, _)| *place != OF_ITSELF).collect();
        Self { form, annotations, default: default.as_ref(), deprecated: *deprecated, references }
    }
}
