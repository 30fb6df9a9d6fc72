//! The definitions of all modules -> those that are one type with another of their module, under a name of their own: what a source
//! writes out at several places, word for word.
//!
//! What is equal in all that its type has (members, rules, documentation, what the schema says besides) is one type, and so is what
//! holds it, if that is equal then. What the source lists keeps a type of its own: what is inline is the same as that, or as the
//! inline one of the shortest name. What leads back to itself is not looked at. Every place keeps its name, as an alias, so that
//! programs need not know which one it is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::mem::{Discriminant, discriminant, take};

use serde_json::Value;

use super::{Annotations, Definition, Form, Module, Part, Place};

/// How often classes are divided. Each time tells what differs one level deeper, and a source nests only so deep; what refers on and
/// on without being listed may go deeper, and is not looked at any more.
const LEVELS: usize = 100;

/// Marks the definitions of `modules` that are the same as another, and has all refer to that one instead.
pub(super) fn unite(modules: &mut [Module]) {
    let same = same(modules);
    if same.is_empty() {
        return;
    }
    for definition in modules.iter_mut().flat_map(|module| &mut module.definitions) {
        definition.form.redirect(|key| same.get(key).cloned());
        definition.same_as = same.get(&definition.key).cloned();
    }
}

/// The key of the definition that each is the same as, by its own key.
fn same(modules: &[Module]) -> HashMap<String, String> {
    let mut alike = Alike::of(modules);
    for _ in 0..LEVELS {
        if !alike.divide() {
            return alike.same().into_iter().map(|(key, one)| (key.to_owned(), one.to_owned())).collect();
        }
    }
    HashMap::new()
}

/// Definitions in classes of those that have not been told apart by now.
struct Alike<'m> {
    definitions: Vec<&'m Definition>,
    /// The class of each.
    classes: Vec<usize>,
    /// The keys that each refers to, in order.
    references: Vec<Vec<&'m str>>,
}

impl<'m> Alike<'m> {
    /// Those that nothing but their references may tell apart.
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
        Self { definitions, classes: classes(contents.iter()), references }
    }

    /// Divides each class by what its definitions refer to; whether there was anything to divide.
    fn divide(&mut self) -> bool {
        let same = self.same();
        let told = self.classes.iter().zip(&self.references).map(|(class, references)| {
            let to = references.iter().map(|key| same.get(key).copied().unwrap_or(key));
            (*class, to.collect::<Vec<&str>>())
        });
        let divided = classes(told);
        let count = |classes: &[usize]| classes.iter().max().copied();
        let is_divided = count(&divided) != count(&self.classes);
        self.classes = divided;
        is_divided
    }

    /// The key of the one that each would be the same as, were all of a class the same.
    fn same(&self) -> HashMap<&'m str, &'m str> {
        let mut of: BTreeMap<usize, Vec<&'m Definition>> = BTreeMap::new();
        for (class, definition) in self.classes.iter().zip(&self.definitions) {
            of.entry(*class).or_default().push(definition);
        }
        let mut same = HashMap::new();
        for of in of.into_values() {
            let rank = |one: &'m Definition| (!one.listed, one.part != Part::Shared, one.name.len(), one.name.as_str());
            let Some(one) = of.iter().min_by_key(|one| rank(one)) else { continue };
            let others = of.iter().filter(|other| !keeps_its_own(other) && other.key != one.key);
            same.extend(others.map(|other| (other.key.as_str(), one.key.as_str())));
        }
        same
    }
}

/// The keys of the definitions that lead to themselves, and of those on the way from one such to another. They are left alone: that
/// one stands for what another is once around is more than a proof of the whole can show.
fn circular(modules: &[Module]) -> HashSet<&str> {
    let all = modules.iter().flat_map(|module| &module.definitions);
    let keyed = all.map(|definition| (definition.key.as_str(), definition.form.references()));
    let to: Edges<'_> = keyed.filter(|(_, references)| !references.is_empty()).collect();
    let mut from = Edges::new();
    for (one, others) in &to {
        others.iter().for_each(|other| from.entry(other).or_default().push(one));
    }
    let forth = endless(&to, &from);
    endless(&from, &to).intersection(&forth).copied().collect()
}

/// The keys that each leads to.
type Edges<'k> = HashMap<&'k str, Vec<&'k str>>;

/// Those from which `to` leads on and on; `from` leads back.
fn endless<'k>(to: &Edges<'k>, from: &Edges<'k>) -> HashSet<&'k str> {
    let mut open: HashMap<&str, usize> = to.iter().map(|(key, to)| (*key, to.len())).collect();
    let mut ending: Vec<&str> = from.keys().copied().filter(|key| !to.contains_key(key)).collect();
    while let Some(key) = ending.pop() {
        for back in from.get(key).into_iter().flatten() {
            if let Some(left) = open.get_mut(back) {
                *left -= 1;
                ending.extend((*left == 0).then_some(*back));
            }
        }
    }
    open.into_iter().filter(|(_, left)| *left > 0).map(|(key, _)| key).collect()
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

/// What tells most definitions apart at first sight: their modules, documentation, and the names of their parts.
fn sketch(module: usize, definition: &Definition) -> (usize, &str, Discriminant<Form>, Vec<&str>) {
    let names: Vec<&str> = match &definition.form {
        Form::Object { members, .. } => members.iter().map(|member| member.wire.as_str()).collect(),
        Form::Text(known) | Form::Open { known, .. } => known.iter().map(|variant| variant.wire.as_str()).collect(),
        Form::Union { branches, .. } => branches.iter().map(|branch| branch.name.as_str()).collect(),
        Form::Checked { rules, .. } => rules.iter().map(|rule| rule.keyword.as_str()).collect(),
        _ => Vec::new(),
    };
    (module, &definition.docs, discriminant(&definition.form), names)
}

/// All that the type of a definition has.
#[derive(PartialEq, Eq, Hash)]
struct Content<'d> {
    /// Without the keys that it refers to, and the places of defaults.
    form: Form,
    annotations: &'d Annotations,
    default: Option<&'d Value>,
    deprecated: bool,
    docs: &'d str,
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
        let Definition { annotations, default, deprecated, docs, .. } = definition;
        Self { form, annotations, default: default.as_ref(), deprecated: *deprecated, docs, references }
    }
}
