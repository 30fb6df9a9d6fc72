//! What lowering gives: for each definition its Rust name, its form, and what typify is to be asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use serde_json::{Map, Value};

use super::fate::Fate;
use super::names;
use super::place::Place;
use super::rules::Rule;
use super::simplify::Simple;
use super::union::{JsonKind, Overlap};
use crate::source::Lock;

/// One Rust module for each source, in the manifest's order.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The modules.
    pub modules: Vec<Module>,
    /// The schemas that the definitions stand for.
    pub simple: Simple,
    /// The names of all types, by the places of their schemas.
    pub lock: Lock,
}

impl Plan {
    /// All definitions, each with the module that it stands in.
    pub fn definitions(&self) -> impl Iterator<Item = (&Module, &Definition)> {
        self.modules.iter().flat_map(|module| module.definitions.iter().map(move |definition| (module, definition)))
    }
}

/// What one source becomes.
#[derive(Clone, Debug)]
pub struct Module {
    /// The Rust name of the module.
    pub name: String,
    /// The documents of the source; of a folder, several.
    pub documents: Range<usize>,
    /// The definitions: the root first, then those it names, then what is hoisted out of them.
    pub definitions: Vec<Definition>,
    /// The fate of each keyword of each document, in their order.
    pub fates: Vec<Fate>,
}

/// One definition: exactly one Rust type, for exactly one place in a source.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The name typify knows it by; no name of a source can clash with it.
    pub key: String,
    /// The name of the Rust type.
    pub name: String,
    /// The document of the schema; of the first one, if it brings several together.
    pub document: usize,
    /// The JSON Pointer of that schema.
    pub pointer: String,
    /// Its place among the simplified schemas.
    pub place: Place,
    /// The place of the schema of the sources that accepts the same, if there is one.
    pub whole: Option<Place>,
    /// What of the schema it stands for.
    pub part: Part,
    /// Whether the source itself calls it a definition, or it is a document's root; else it is inside of one.
    pub listed: bool,
    /// What it is on the wire.
    pub form: Form,
    /// Whether the schema says that it is deprecated.
    pub deprecated: bool,
    /// The Markdown that documents it; empty when the schema says nothing.
    pub docs: String,
    /// What the schema says without refusing anything.
    pub annotations: Annotations,
    /// What the schema says that a value is where there is none, if its type can hold that.
    pub default: Option<Value>,
    /// The key of the definition that has the same type, if this is but another name for it.
    pub same_as: Option<String>,
    /// Whether what the schema says without refusing anything is said where the definition is used, and its type says nothing.
    pub unsaid: bool,
}

impl Definition {
    /// The place of its name among those that were given.
    pub(super) fn number(&self) -> usize {
        self.key.trim_start_matches('D').parse().unwrap_or_default()
    }

    /// What typify is asked about its parts, each with what is said beside that.
    pub(super) fn asked_and_said_mut(&mut self) -> Vec<(&mut Value, &mut Annotations)> {
        self.form.asked_and_said_mut(&mut self.annotations)
    }

    /// What `Default` gives of its type, if that is what the schema says. Of an object, it gives one without members.
    #[must_use]
    pub fn stated_default(&self) -> Option<&Value> {
        self.default.as_ref().filter(|_| !matches!(self.form, Form::Object { .. }))
    }
}

/// What of a schema a definition stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All that the schema accepts.
    Whole,
    /// All but `null`, which the place of use adds.
    NotNull,
    /// What it refuses, without what it says besides: the type of all places of the source that refuse the same.
    Shared,
}

/// Annotations by place: the JSON Pointer from the schema they are attached to, and the keywords with their values. An
/// alternative to `null` stands at `/anyOf/0` and `null` at `/anyOf/1`.
pub type Annotations = BTreeMap<String, Map<String, Value>>;

/// What a definition is on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// An object with named members.
    Object {
        /// The members in the schema's order.
        members: Vec<Member>,
        /// How many of them `properties` lists: the first.
        listed: usize,
        /// Whether a member without a field is refused for which there is no map; else it is dropped.
        closed: bool,
        /// The maps for members that have no field; one for all others is the last.
        rest: Vec<Rest>,
        /// The type that each member's name has to be of.
        names: Option<Names>,
        /// What all members keep together.
        rules: Vec<Rule>,
    },
    /// An array whose first items each have a schema of their own.
    Tuple {
        /// The items, and last the list of those after them, if there may be any.
        items: Vec<Item>,
        /// Whether the schema refuses items after them, by `items`.
        closed: bool,
        /// What the array keeps besides.
        rules: Vec<Rule>,
    },
    /// One of a few strings.
    Text(Vec<Variant>),
    /// A string: one of a few that are known, or any other.
    Open {
        /// Those that are known.
        known: Vec<Variant>,
        /// The name of the variant for all others.
        other: String,
        /// What each string keeps besides.
        rules: Vec<Rule>,
    },
    /// What one of several branches accepts.
    Union {
        /// The branches, in the order in which they are tried.
        branches: Vec<Branch>,
        /// The member whose string tells the objects of the branches apart, if there is one.
        tag: Option<String>,
        /// What becomes of a value that more than one branch accepts.
        overlap: Overlap,
    },
    /// One of a few values that are not all strings; or none, which accepts nothing.
    Values(Vec<Constant>),
    /// Another type under a name of its own.
    Newtype {
        /// What typify is asked about it.
        typify: Value,
    },
    /// Another type whose values keep some rules.
    Checked {
        /// What typify is asked about the other type.
        typify: Value,
        /// The rules.
        rules: Vec<Rule>,
    },
    /// Any value that a validator of the schema itself accepts.
    Opaque {
        /// The schema, which stands alone.
        schema: Value,
        /// The formats in it that refuse nothing, by the policy.
        annotated: BTreeSet<String>,
    },
}

impl Form {
    /// What typify is asked about its parts.
    pub(super) fn asked(&self) -> Vec<&Value> {
        match self {
            Self::Object { members, rest, names, .. } => {
                let members = members.iter().map(|member| &member.typify);
                let rest = rest.iter().map(|rest| &rest.typify);
                members.chain(rest).chain(names.iter().map(|names| &names.typify)).collect()
            }
            Self::Tuple { items, .. } => items.iter().map(|item| &item.typify).collect(),
            Self::Union { branches, .. } => branches.iter().map(|branch| &branch.typify).collect(),
            Self::Newtype { typify } | Self::Checked { typify, .. } => vec![typify],
            Self::Text(_) | Self::Open { .. } | Self::Values(_) | Self::Opaque { .. } => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub(super) fn asked_mut(&mut self) -> Vec<&mut Value> {
        self.asked_and_said_mut(&mut Annotations::new()).into_iter().map(|(asked, _)| asked).collect()
    }

    /// What typify is asked about its parts, each with what is said beside that: of the only one, what the definition says is.
    fn asked_and_said_mut<'f: 's, 's>(
        &'f mut self,
        own: &'s mut Annotations,
    ) -> Vec<(&'f mut Value, &'s mut Annotations)> {
        match self {
            Self::Object { members, rest, names, .. } => {
                let members = members.iter_mut().map(|it| (&mut it.typify, &mut it.annotations));
                let rest = rest.iter_mut().map(|it| (&mut it.typify, &mut it.annotations));
                members.chain(rest).chain(names.iter_mut().map(|it| (&mut it.typify, &mut it.annotations))).collect()
            }
            Self::Tuple { items, .. } => items.iter_mut().map(|it| (&mut it.typify, &mut it.annotations)).collect(),
            Self::Union { branches, .. } => {
                branches.iter_mut().map(|it| (&mut it.typify, &mut it.annotations)).collect()
            }
            Self::Newtype { typify } | Self::Checked { typify, .. } => vec![(typify, own)],
            Self::Text(_) | Self::Open { .. } | Self::Values(_) | Self::Opaque { .. } => Vec::new(),
        }
    }
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The name on the wire.
    pub wire: String,
    /// The name of the struct's field.
    pub field: String,
    /// Whether it must be present.
    pub required: bool,
    /// Whether the schema says that it is deprecated.
    pub deprecated: bool,
    /// What typify is asked about its value: a schema of draft 7 whose references name definitions by their keys.
    /// typify is not asked whether it may be absent.
    pub typify: Value,
    /// The Markdown that documents it; empty when the schema says nothing.
    pub docs: String,
    /// What the schema says about it without refusing anything.
    pub annotations: Annotations,
    /// What the schema says that it is where it is absent, if its type can hold that.
    pub default: Option<MemberDefault>,
}

impl Member {
    /// The name of the function that gives the default of this member.
    #[must_use]
    pub fn default_name(&self) -> String {
        format!("default_{}", names::plain(&self.field))
    }
}

/// The default of a member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemberDefault {
    /// The place of the member's schema among the simplified ones.
    pub place: Place,
    /// What it states.
    pub value: Value,
}

/// An item of an array, or the list of all that come after those that have a schema of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    /// Whether it must be present, or is that list.
    pub presence: Presence,
    /// What typify is asked about its value, or about each in the list.
    pub typify: Value,
    /// The Markdown that documents it; empty when the schema says nothing.
    pub docs: String,
    /// What the schema says about it without refusing anything.
    pub annotations: Annotations,
}

/// How often an item is present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Once.
    Required,
    /// Once or not at all; then nothing comes after it.
    Optional,
    /// As often as there are more items.
    Rest,
}

/// A map for members of an object that have no field of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rest {
    /// The name of the struct's field.
    pub field: String,
    /// The regular expression that their names match; all others go there, if there is none.
    pub pattern: Option<String>,
    /// What typify is asked about a member's value.
    pub typify: Value,
    /// The Markdown that documents it; empty when the schema says nothing.
    pub docs: String,
    /// What the schema says about a member without refusing anything.
    pub annotations: Annotations,
}

/// What the names of an object's members have to be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Names {
    /// What typify is asked about a name.
    pub typify: Value,
    /// What the schema says about a name without refusing anything.
    pub annotations: Annotations,
}

/// A branch of a union: a variant around one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Branch {
    /// The name of the variant.
    pub name: String,
    /// The name of the field, where several branches hold a value together.
    pub field: String,
    /// Whether the schema says that it is deprecated.
    pub deprecated: bool,
    /// What typify is asked about its value.
    pub typify: Value,
    /// The kinds of values that it may accept.
    pub kinds: BTreeSet<JsonKind>,
    /// The strings that the union's tag has in its objects.
    pub tags: Vec<String>,
    /// The Markdown that documents it; empty when the schema says nothing.
    pub docs: String,
    /// What the schema says about it without refusing anything.
    pub annotations: Annotations,
}

/// A variant of an enum without fields.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The string on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: String,
}

/// A variant of an enum without fields that is any value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Constant {
    /// The value on the wire.
    pub value: Value,
    /// The name in Rust.
    pub name: String,
}
