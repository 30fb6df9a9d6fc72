//! Two documents -> whether one accepts nothing that the other refuses, by their parts: where the algebra has no answer for the
//! whole, such as a choice between many branches, it is asked about what the whole is made of.
//!
//! What is to be shown is that the atoms of the one imply each of those of the other. Members and items imply member by member
//! and item by item; a choice among the atoms is gone through branch by branch; and a choice is implied by one of its
//! branches, if exactly one has to hold by one that is apart from the others. To leave out an atom that is known to hold is
//! always allowed: it only shows less.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::atoms::{Object, atoms, choice, is_plain, names};
use super::congruence::asks_what_is_evaluated;
use super::questions::Questions;

/// Questions to the algebra, and steps between them.
const QUESTIONS: usize = 1_000;
/// Choices and parts that are gone into within each other.
const DEEPEST: usize = 40;

/// Whether everything that `left` accepts is shown to be accepted by `right`. Definitions have to be the same.
pub(super) fn holds(left: &Value, right: &Value) -> bool {
    let Some(questions) = Questions::about(left, right, QUESTIONS) else { return false };
    let is_asked = [left, right].into_iter().any(asks_what_is_evaluated);
    !is_asked && Inclusion { questions, depth: 0 }.holds(&atoms(left), right)
}

struct Inclusion<'a> {
    questions: Questions<'a>,
    depth: usize,
}

impl Inclusion<'_> {
    /// Whether what all of `left` accept is accepted by `right`.
    fn holds(&mut self, left: &[Value], right: &Value) -> bool {
        atoms(right).iter().all(|atom| self.implies(left, atom))
    }

    fn implies(&mut self, left: &[Value], atom: &Value) -> bool {
        if left.contains(atom) || left.contains(&Value::Bool(false)) {
            return true;
        }
        if self.depth == DEEPEST || !self.questions.take() {
            return false;
        }
        self.depth += 1;
        let implied = self.at_once(left, atom) || self.by_branches(left, atom);
        self.depth -= 1;
        implied
    }

    /// Whether `left` implies `atom` without a look into the choices that it has.
    fn at_once(&mut self, left: &[Value], atom: &Value) -> bool {
        let has_choice = left.iter().any(|atom| choice(atom).is_some());
        if let Some((branches, is_exclusive)) = choice(atom) {
            return !has_choice && self.by_a_branch(left, branches, is_exclusive);
        }
        if let Some(refused) = atom.get("not") {
            return self.are_apart(left, refused);
        }
        let plain: Vec<&Value> = left.iter().filter(|atom| is_plain(atom)).collect();
        if let Some(object) = Object::of(atom) {
            return self.is_no(&plain, "object") || self.by_members(left, &object);
        }
        if atom.get("items").is_some() && atom.get("prefixItems").is_none() {
            return self.is_no(&plain, "array") || self.by_items(left, atom);
        }
        self.questions.is_within(&json!({"allOf": plain}), atom)
            || !has_choice && plain.len() < left.len() && self.questions.is_within(&json!({"allOf": left}), atom)
    }

    /// Whether no value of this type meets all of `plain`.
    fn is_no(&self, plain: &[&Value], kind: &str) -> bool {
        let kind = json!({"type": kind});
        self.questions.are_apart(&plain.iter().copied().chain([&kind]).collect::<Vec<_>>())
    }

    /// Whether `left` is within one of the branches, which is apart from the others if `is_exclusive`.
    fn by_a_branch(&mut self, left: &[Value], branches: &[Value], is_exclusive: bool) -> bool {
        let mut near: Vec<&Value> = branches.iter().filter(|branch| !self.questions.look_apart(left, branch)).collect();
        if is_exclusive && near.len() > 1 {
            near.retain(|branch| !self.are_apart(left, branch));
        }
        match near.as_slice() {
            [] => self.are_apart(left, &Value::Bool(true)),
            [only] => self.holds(left, only),
            _ => !is_exclusive && near.iter().any(|branch| self.holds(left, branch)),
        }
    }

    fn are_apart(&mut self, left: &[Value], other: &Value) -> bool {
        let all: Vec<&Value> = left.iter().chain([other]).collect();
        self.questions.look_apart(left, other) || self.questions.take() && self.questions.are_apart(&all)
    }

    /// Whether what is known of each member implies what `object` asks of it.
    fn by_members(&mut self, left: &[Value], object: &Object<'_>) -> bool {
        let known: Vec<Object<'_>> = left.iter().filter_map(Object::of).collect();
        let of = |name: Option<&str>| known.iter().flat_map(|object| object.asked(name)).flat_map(atoms).collect();
        let of: BTreeMap<Option<&str>, Vec<Value>> =
            names(known.iter().chain([object])).map(|name| (name, of(name))).collect();
        object.patterns.is_none()
            && of.iter().all(|(name, known)| object.asked(*name).all(|asked| self.holds(known, asked)))
    }

    /// Whether what is known of each item implies what `atom`, which treats them alike, asks of it.
    fn by_items(&mut self, left: &[Value], atom: &Value) -> bool {
        let known = left.iter().filter(|atom| atom.get("prefixItems").is_none()).filter_map(|atom| atom.get("items"));
        let known: Vec<Value> = known.flat_map(atoms).collect();
        atom.get("items").is_some_and(|asked| self.holds(&known, asked))
    }

    /// Whether each branch of some choice in `left`, with the rest of it, implies `atom`.
    fn by_branches(&mut self, left: &[Value], atom: &Value) -> bool {
        left.iter().enumerate().any(|(index, one)| {
            let Some((branches, _)) = choice(one) else { return false };
            let rest = left.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, atom)| atom);
            let rest: Vec<Value> = rest.cloned().collect();
            branches.iter().all(|branch| {
                if self.questions.look_apart(&rest, branch) {
                    return true;
                }
                let known: Vec<Value> = rest.iter().cloned().chain(atoms(branch)).collect();
                self.implies(&known, atom)
            })
        })
    }
}
