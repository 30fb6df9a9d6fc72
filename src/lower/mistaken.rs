//! Two branches of `oneOf` -> whether a value of one, written as its type writes it, could come to be accepted by the
//! other, which refused it when it was read: then the schema would refuse what is written.
//!
//! A type may drop members that its schema does not name, and spells date-times its own way. That harms nothing where the
//! other branch is blind to it, so that it answers as before, and where no value of the one can be one of the other.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::class::{Class, Kind, classify_alone};
use super::faithful;
use super::object::{Named, Object, accepts_all};
use super::place::{Place, Schemas};
use super::simplify::Simple;
use super::union::{JsonKind, branches, kinds};
use crate::apart::{self, apart};
use crate::pointer;

impl apart::Schemas for Simple {
    fn schema(&self, (document, pointer): &crate::source::Place) -> Option<&Value> {
        pointer::find(self.document(*document)?, pointer)
    }

    fn target(&self, (document, pointer): &crate::source::Place) -> Option<crate::source::Place> {
        let target = Schemas::target(self, &Place { document: *document, pointer: pointer.clone() })?;
        Some((target.document, target.pointer))
    }

    fn is_marked(&self, _: &crate::source::Place) -> bool {
        false
    }
}

/// That a value of one schema, when it has been written, is not taken for one of another that refused it; or the object
/// that would have to keep more, if there is one.
pub(super) type Found = Result<(), Option<Place>>;

/// What has been found out about the schemas of a [`Simple`], so that nothing is found out twice.
pub(super) struct Mistaken<'a> {
    simple: &'a Simple,
    /// The places of schemas of which a value may be written otherwise than it was read.
    changing: &'a HashSet<Place>,
    classes: HashMap<Place, Rc<Class<'a>>>,
    /// The pairs of which the second gives the same answer to a value of the first as it is read, and as it is written.
    blind: HashSet<(Place, Place)>,
    /// Those of them that were found out for the question that was asked last.
    supposed: Vec<(Place, Place)>,
    /// The pairs of which it does not, each with the object that would have to keep more.
    seeing: HashMap<(Place, Place), Option<Place>>,
    /// What was found out about two branches: choices within choices lead to the same ones again and again.
    compared: HashMap<(Place, Place), Found>,
    /// Whether no value of the first, when it has been written, is one of the second.
    apart: HashMap<(Place, Place), bool>,
}

impl<'a> Mistaken<'a> {
    /// `changing` are the places of the schemas of `simple` of which a value may be written otherwise than it was read.
    pub(super) fn new(simple: &'a Simple, changing: &'a HashSet<Place>) -> Self {
        Self {
            simple,
            changing,
            classes: HashMap::new(),
            blind: HashSet::new(),
            supposed: Vec::new(),
            seeing: HashMap::new(),
            compared: HashMap::new(),
            apart: HashMap::new(),
        }
    }

    fn class(&mut self, place: &Place) -> Rc<Class<'a>> {
        let simple = self.simple;
        let class = self.classes.entry(place.clone()).or_insert_with(|| Rc::new(classify_alone(simple, place)));
        Rc::clone(class)
    }

    fn is_written_as_read(&self, place: &Place) -> bool {
        !self.changing.contains(place)
    }

    /// Whether a value of the schema at `place` may be written otherwise than it was read.
    pub(super) fn may_change(&mut self, place: &Place) -> bool {
        self.resolved(place).is_none_or(|place| !self.is_written_as_read(&place))
    }

    /// Whether no value of the branch at `one` may be taken for one of the branch at `other` when it has been written.
    pub(super) fn unmistakable(&mut self, one: &Place, other: &Place) -> Found {
        let (one, other) = self.resolved(one).zip(self.resolved(other)).ok_or(None)?;
        if self.is_written_as_read(&one) {
            return Ok(());
        }
        let pair = (one, other);
        if let Some(found) = self.compared.get(&pair) {
            return found.clone();
        }
        let found = self.compare(&pair.0, &pair.1);
        self.compared.insert(pair, found.clone());
        found
    }

    fn compare(&mut self, one: &Place, other: &Place) -> Found {
        let simple = self.simple;
        let each = |keyword, place| branches(simple, place, keyword);
        match (&self.class(one).kind, &self.class(other).kind) {
            (Kind::Branches(keyword), _) => {
                each(keyword, one).iter().try_for_each(|branch| self.unmistakable(branch, other))
            }
            (Kind::Alternative(alternative), _) => self.unmistakable(&alternative.schema(one), other),
            // Of `oneOf`, a second branch that takes it would have it refused again: only what speaks of all of them serves.
            (_, Kind::Branches("anyOf")) => {
                each("anyOf", other).iter().try_for_each(|branch| self.unmistakable(one, branch))
            }
            (_, Kind::Alternative(alternative)) => self.unmistakable(one, &alternative.schema(other)),
            _ if drops_what_is_required(&self.class(one), other.schema(simple)) => Ok(()),
            _ => {
                let blind = self.is_blind(one, other);
                blind.or_else(|culprit| if self.is_apart(one, other) { Ok(()) } else { Err(culprit) })
            }
        }
    }

    /// Whether no value of the schema at `one`, which is no choice, is one of that at `other` when it has been written.
    fn is_apart(&mut self, one: &Place, other: &Place) -> bool {
        let simple = self.simple;
        let Some(other) = self.resolved(other) else { return false };
        let pair = (one.clone(), other);
        if let Some(is_apart) = self.apart.get(&pair) {
            return *is_apart;
        }
        let other = &pair.1;
        let as_apart = |place: &Place| (place.document, place.pointer.clone());
        let is_apart = drops_what_is_required(&self.class(one), other.schema(simple))
            || apart(simple, &as_apart(one), &as_apart(other)).is_some()
            || match self.class(other).kind {
                Kind::Branches(keyword) => {
                    branches(simple, other, keyword).iter().all(|branch| self.is_apart(one, branch))
                }
                Kind::Text(_) => is_spelled_apart(simple, one, other),
                _ => false,
            };
        self.apart.insert(pair, is_apart);
        is_apart
    }

    /// Where the references that begin at `place` end.
    fn resolved(&mut self, place: &Place) -> Option<Place> {
        let (mut place, mut seen) = (place.clone(), BTreeSet::new());
        while self.class(&place).kind == Kind::Reference {
            if !seen.insert(place.clone()) {
                return None;
            }
            place = Schemas::target(self.simple, &place)?;
        }
        Some(place)
    }

    /// Whether the schema at `other` gives the same answer to a value of the one at `one` as it is read, and as it is written.
    fn is_blind(&mut self, one: &Place, other: &Place) -> Found {
        self.supposed.clear();
        let found = self.holds(one, other);
        if found.is_err() {
            // What was supposed on the way has not been looked at to its end.
            for pair in &self.supposed {
                self.blind.remove(pair);
            }
        }
        found
    }

    /// Whether a value of the schema at `place` is written as it was read.
    fn unchanged(&self, place: &Place) -> Found {
        match self.is_written_as_read(place) {
            true => Ok(()),
            false => Err(faithful::dropping(self.simple, place)),
        }
    }
}

/// Whether the one is a date, a time, an address or a UUID, and the other lists strings that are plainly none of these.
fn is_spelled_apart(simple: &Simple, one: &Place, other: &Place) -> bool {
    let is_none = |text: &&str| text.chars().any(|c| !c.is_ascii_hexdigit() && !"-+:.tTzZ ".contains(c));
    match (classify_alone(simple, one).kind, classify_alone(simple, other).kind) {
        (Kind::Formatted(_), Kind::Text(texts)) => texts.iter().all(is_none),
        _ => false,
    }
}

/// Whether nothing that is written by a type of the class `one` has all members that the schema `other` requires.
fn drops_what_is_required(one: &Class<'_>, other: &Value) -> bool {
    let Kind::Object(object) = &one.kind else { return false };
    let required = other.get("required").and_then(Value::as_array).into_iter().flatten();
    let is_object = other.get("type").is_some_and(|name| name == "object");
    let drops = object.drops_others() && object.patterns.is_empty();
    is_object && drops && required.filter_map(Value::as_str).any(|name| named(object, name).is_none())
}

fn named<'o, 'a>(object: &'o Object<'a>, name: &str) -> Option<&'o Named<'a>> {
    object.members.iter().find(|member| member.wire == name)
}

impl Mistaken<'_> {
    /// Whether the schema at `other` gives the same answers. Of a pair that is being looked at it may be supposed: a value ends
    /// somewhere, so what is asked of its parts may be supposed of it.
    fn holds(&mut self, one: &Place, other: &Place) -> Found {
        let (one, other) = self.resolved(one).zip(self.resolved(other)).ok_or(None)?;
        let pair = (one, other);
        if let Some(culprit) = self.seeing.get(&pair) {
            return Err(culprit.clone());
        }
        if pair.0 == pair.1 || self.is_written_as_read(&pair.0) || !self.blind.insert(pair.clone()) {
            return Ok(());
        }
        self.supposed.push(pair.clone());
        let found = self.parts_hold(&pair.0, &pair.1);
        if let Err(culprit) = &found {
            self.seeing.insert(pair, culprit.clone());
        }
        found
    }

    fn parts_hold(&mut self, one: &Place, other: &Place) -> Found {
        let simple = self.simple;
        let (ours, theirs) = (self.class(one), self.class(other));
        let holds = match (&ours.kind, &theirs.kind) {
            (Kind::Branches(keyword), _) => {
                return branches(simple, one, keyword).iter().try_for_each(|branch| self.holds(branch, other));
            }
            (Kind::Alternative(alternative), _) => return self.holds(&alternative.schema(one), other),
            (_, Kind::Branches(keyword)) => {
                return branches(simple, other, keyword).iter().try_for_each(|branch| self.holds(one, branch));
            }
            (_, Kind::Alternative(alternative)) => return self.holds(one, &alternative.schema(other)),
            (Kind::Object(object), Kind::Object(beside)) => {
                return self.object_holds((one, object), (other, beside, &theirs));
            }
            (Kind::Map { .. }, Kind::Map { values: true }) => {
                return self.holds(&one.below("additionalProperties"), &other.below("additionalProperties"));
            }
            (Kind::List { .. }, Kind::List { items: true }) if !theirs.has_rule("uniqueItems") => {
                return self.holds(&one.below("items"), &other.below("items"));
            }
            (_, Kind::Any | Kind::Types(_)) | (Kind::Map { .. }, Kind::Map { .. }) => true,
            (Kind::List { .. }, Kind::List { .. }) => !theirs.has_rule("uniqueItems"),
            (Kind::Object(_), Kind::Map { values: false }) | (Kind::Formatted(_), Kind::String) => {
                theirs.rules.is_empty()
            }
            (Kind::Formatted(format), Kind::Formatted(other)) => format == other,
            _ => {
                let both: BTreeSet<JsonKind> =
                    kinds(simple, one).intersection(&kinds(simple, other)).copied().collect();
                both.is_disjoint(&[JsonKind::Array, JsonKind::Object, JsonKind::String].into())
            }
        };
        if holds { Ok(()) } else { Err(faithful::dropping(simple, one)) }
    }

    fn object_holds(
        &mut self,
        (one, object): (&Place, &Object<'_>),
        (other, beside, class): (&Place, &Object<'_>, &Class<'_>),
    ) -> Found {
        let simple = self.simple;
        let additional = other.schema(simple).get("additionalProperties").is_some_and(|rest| !accepts_all(rest));
        let speaks_of_others = additional || beside.names || !beside.patterns.is_empty() || !class.rules.is_empty();
        let says_something = |theirs: &&Named<'_>| {
            !theirs.listed || beside.required.contains(theirs.wire) || !accepts_all(theirs.place(other).schema(simple))
        };
        let mut said = beside.members.iter().filter(says_something);
        if object.drops_others() && (speaks_of_others || said.any(|theirs| named(object, theirs.wire).is_none())) {
            return Err(Some(one.clone()));
        }
        let maps = object.patterns.iter().map(|pattern| one.below("patternProperties").below(pattern));
        let mut maps = maps.chain(object.keeps_others.then(|| one.below("additionalProperties")));
        maps.try_for_each(|place| self.unchanged(&place))?;
        object.members.iter().filter(|member| !member.schema.is_empty()).try_for_each(|member| {
            match named(beside, member.wire) {
                Some(theirs) if theirs.schema.is_empty() => Ok(()),
                Some(theirs) => self.holds(&member.place(one), &theirs.place(other)),
                // Where all that it does not name is refused, such a member is one more reason to refuse, however it is written.
                None if !speaks_of_others || beside.closed && beside.patterns.is_empty() => Ok(()),
                None => self.unchanged(&member.place(one)),
            }
        })
    }
}
