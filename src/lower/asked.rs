//! The schema of a value -> what typify is asked about it: the value's own schema where it needs no name, and a reference
//! where it has a definition of its own.

use serde_json::{Value, json};

use super::calling::Called;
use super::class::{Kind, classify_at};
use super::define::{Defining, Referred};
use super::place::{Place, Schemas};
use super::plan::{Annotations, Part};
use crate::pointer;

/// Where what is said of the two alternatives goes, whichever way the source writes them: [`Annotations`] names places
/// of the re-export.
pub(super) const NOT_NULL: &str = "/anyOf/0";
pub(super) const NULL: &str = "/anyOf/1";

/// How deep the pointer to a value may lead into a type before that value gets a type of its own: typify needs much of
/// the stack for each level.
pub(super) const DEEPEST: usize = 12;

impl Defining<'_> {
    /// What typify is asked about the value at `place`. What needs a name of its own is hoisted, as `called`, and
    /// referred to. What is said here without refusing anything goes into `annotations`, unless it goes with the
    /// definition.
    pub(super) fn value(&mut self, place: &Place, called: &Called, annotations: &mut Annotations) -> Value {
        self.value_at(place, "", called, annotations)
    }

    fn value_at(&mut self, place: &Place, at: &str, called: &Called, annotations: &mut Annotations) -> Value {
        if at.matches('/').count() >= DEEPEST {
            return self.part(place, Part::Whole, called.clone());
        }
        let class = classify_at(self.given.simple, place);
        if matches!(class.kind, Kind::Reference)
            && let Some(target) = self.given.simple.target(place).filter(|target| self.given.simple.is_joined(target))
        {
            return self.value_at(&target, at, called, annotations);
        }
        let shared = self.shared(place, &class);
        let is_named = class.is_named();
        if !is_named || class.nullable || shared.is_some() {
            self.say(place, at, annotations);
        }
        let typify = match class.nullable {
            _ if let Some(shared) = shared => shared,
            _ if !is_named => self.bare(class.kind, place, at, called, annotations),
            true => self.part(place, Part::NotNull, called.clone()),
            false => self.part(place, Part::Whole, called.clone()),
        };
        match class.nullable {
            true => json!({"oneOf": [typify, {"type": "null"}]}),
            false => typify,
        }
    }

    /// What typify is asked about a value that needs no name, without regard to `null` and to rules.
    pub(super) fn bare(
        &mut self,
        kind: Kind<'_>,
        place: &Place,
        at: &str,
        called: &Called,
        annotations: &mut Annotations,
    ) -> Value {
        let mut inner = |keyword: &str, suffix: &str| {
            self.value_at(&place.below(keyword), &pointer::push(at, keyword), &called.then(suffix), annotations)
        };
        match kind {
            Kind::Null => json!({"type": "null"}),
            Kind::Boolean => json!({"type": "boolean"}),
            Kind::Integer => json!({"type": "integer"}),
            Kind::Unsigned => json!({"type": "integer", "format": "uint64"}),
            Kind::Number => json!({"type": "number"}),
            Kind::String => json!({"type": "string"}),
            Kind::Formatted(format) => json!({"type": "string", "format": format}),
            Kind::List { items: false } => json!({"type": "array", "items": true}),
            Kind::List { items: true } => json!({"type": "array", "items": inner("items", "Item")}),
            Kind::Map { values: false } => json!({"type": "object", "additionalProperties": true}),
            Kind::Map { values: true } => {
                json!({"type": "object", "additionalProperties": inner("additionalProperties", "Value")})
            }
            Kind::Alternative(alternative) => {
                let null = alternative.null(place);
                self.say(&null, &format!("{at}{NULL}"), annotations);
                self.value_at(&alternative.schema(place), &format!("{at}{NOT_NULL}"), called, annotations)
            }
            Kind::Reference => match self.given.simple.target(place) {
                Some(target) => self.part(&target, Part::Whole, self.elsewhere(&target)),
                None => json!(true),
            },
            Kind::Any
            | Kind::Types(_)
            | Kind::Object(_)
            | Kind::Tuple(_)
            | Kind::Text(_)
            | Kind::Open(_)
            | Kind::Values(_)
            | Kind::Branches(_)
            | Kind::Union(_)
            | Kind::Opaque(_) => json!(true),
        }
    }

    /// A reference to the definition of `part` of `place`, which is `called` so here.
    fn part(&mut self, place: &Place, part: Part, called: Called) -> Value {
        self.refer(Referred::Part { place: place.clone(), part, called })
    }

    /// What a place is called that is referred to: the document's name and the way there.
    fn elsewhere(&self, place: &Place) -> Called {
        let written = self.given.simple.written(place);
        let root = self.given.roots.get(written.document).copied().unwrap_or_default();
        Called::Elsewhere(root.to_owned(), written.pointer)
    }
}
