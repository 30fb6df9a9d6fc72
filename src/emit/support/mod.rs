//! How every type of this crate is read from JSON, written to JSON and described as JSON Schema.
//!
//! A type states once, as data, what it is on the wire; reading (`Deserialize`), writing (`Serialize`) and the
//! description (`JsonSchema`) all follow that one statement, so they cannot drift apart. Reading takes what the schema
//! accepts and nothing else: an array is no object, `null` is no absent member, a member given twice is refused.

#[cfg(feature = "needs-serde-json")]
mod against;
#[cfg(feature = "needs-serde-json")]
mod any;
mod automaton;
mod checked;
#[cfg(feature = "needs-serde-json")]
mod choice;
mod collection;
mod constant;
#[cfg(feature = "needs-chrono")]
mod date_time;
#[cfg(feature = "schemars")]
mod describe;
mod format;
#[cfg(feature = "needs-serde-json")]
mod held;
mod invalid;
mod newtype;
mod number;
mod object;
#[cfg(feature = "needs-jsonschema")]
mod opaque;
mod open;
mod path;
#[cfg(feature = "needs-regress")]
mod pattern;
mod places;
mod plain;
#[cfg(feature = "needs-serde-json")]
mod refusal;
mod rest;
mod row;
mod rule;
mod scalar;
#[cfg(feature = "needs-serde-json")]
mod several;
mod shape;
mod stated;
#[cfg(feature = "needs-serde-json")]
mod tagged;
mod text;
mod tuple;
#[cfg(feature = "needs-serde-json")]
mod union;
mod values;

#[cfg(feature = "needs-serde-json")]
pub(crate) use against::Against;
pub(crate) use automaton::{Automaton, pattern};
pub(crate) use checked::{Checked, bound, checked, kind};
#[cfg(feature = "needs-serde-json")]
pub(crate) use choice::{Branch, Choice, Kind};
pub(crate) use constant::{Const, constant};
#[cfg(feature = "needs-chrono")]
pub(crate) use date_time::{is_date, is_date_time};
#[cfg(feature = "schemars")]
pub(crate) use describe::describe;
pub(crate) use format::{is_ipv4, is_ipv6, is_uuid};
pub use invalid::Invalid;
pub(crate) use newtype::{newtype, read_newtype};
pub(crate) use number::Number;
pub(crate) use object::{Lent, Object, cloned, empty, equal, object, show, together};

#[cfg(all(feature = "schemars", feature = "needs-jsonschema"))]
pub(crate) use opaque::embed;
#[cfg(feature = "needs-jsonschema")]
pub(crate) use opaque::{Opaque, Validator, compile, opaque};
pub use open::Unlisted;
pub(crate) use open::{Open, open};
pub(crate) use path::{below, within};
#[cfg(feature = "needs-regress")]
pub(crate) use pattern::{Pattern, compiled, matches};
pub(crate) use places::Places;
pub(crate) use rest::{Entries, Mapped, Rest, Rests, Together, refusal};
pub(crate) use row::{Optional, Required, Row};
pub(crate) use rule::{Rule, Ruled, Rules, rule};
#[cfg(feature = "needs-serde-json")]
pub(crate) use several::{Several, against, one, several, written};
#[cfg(feature = "schemars")]
pub(crate) use shape::Said;
pub(crate) use shape::{Shape, Unknown};
pub(crate) use stated::{read_stated, stated};
pub(crate) use text::{Text, text};
pub(crate) use tuple::{Cursor, Items, LentItem, LentOptionalItem, LentRest, Sequence, Tuple, tuple};
#[cfg(feature = "needs-serde-json")]
pub(crate) use union::{Union, read_as, union};
#[cfg(all(feature = "schemars", feature = "needs-serde-json"))]
pub(crate) use union::describe_union;
pub(crate) use values::{Values, values};

use std::fmt::Debug;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer};
use serde::ser::{Serialize, Serializer};

/// Reading, writing and description by this crate's rules, for types of other crates too: `i64` takes `1.0`, `f64`
/// writes no infinity.
pub(crate) trait Json: Sized + Clone + Debug + PartialEq + 'static {
    /// Reads a value that the schema accepts; anything else is an error.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
    /// Writes the value; one that the schema refuses is an error.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
    /// What [`Json::read`] accepts, where it is used.
    #[cfg(feature = "schemars")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

/// Lends a type's [`Json::read`] to serde.
pub(crate) struct Reading<T>(pub(crate) PhantomData<T>);

impl<'de, T: Json> DeserializeSeed<'de> for Reading<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// Lends a value's [`Json::write`] to serde.
pub(crate) struct Writing<'a, T>(pub(crate) &'a T);

impl<T: Json> Serialize for Writing<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// A type that is stated here: by the rules of this crate it is read, written and described as serde and schemars have it.
/// Written out once for all of them, and not for each, [`Json`] costs the compiler next to nothing.
#[cfg(feature = "schemars")]
pub(crate) trait Stated:
    for<'de> Deserialize<'de> + Serialize + schemars::JsonSchema + Clone + Debug + PartialEq + 'static
{
}

/// The same, of which schemars asks nothing.
#[cfg(not(feature = "schemars"))]
pub(crate) trait Stated: for<'de> Deserialize<'de> + Serialize + Clone + Debug + PartialEq + 'static {}

/// Only types that refer to themselves are boxed.
impl<T: Stated> Stated for Box<T> {}

impl<T: Stated> Json for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    #[cfg(feature = "schemars")]
    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

/// States how a definition's type is read, written and defined.
macro_rules! implement {
    (
        $type:ident,
        read |$deserializer:ident| $read:expr,
        write |$this:ident, $serializer:ident| $write:expr,
        define |$generator:ident| $define:expr
    ) => {
        impl $crate::support::Stated for $type {}

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>($deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $read
            }
        }

        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&$this, $serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $write
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $type {
            #[inline]
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::stringify!($type).into()
            }

            #[inline]
            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::concat!(::std::module_path!(), "::", ::std::stringify!($type)).into()
            }

            #[inline]
            fn json_schema($generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                $define
            }
        }
    };
}
pub(crate) use implement;

/// What a schema says without refusing anything, by place: a JSON Pointer into the schema of a type or a member, and
/// a JSON object of annotations for that place.
#[cfg(feature = "schemars")]
pub(crate) type Annotations = &'static [(&'static str, &'static str)];

/// `schema` with its annotations. What lies deeper goes first: where it divides a schema, all that is there is divided.
#[cfg(feature = "schemars")]
pub(crate) fn annotated(mut schema: schemars::Schema, annotations: Annotations) -> schemars::Schema {
    for (place, json) in annotations.iter().rev() {
        let annotations = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json);
        if let (Some(place), Ok(annotations)) = (at(schema.ensure_object(), place), annotations) {
            place.extend(annotations);
        }
    }
    schema
}

/// The schema at `place` in `schema`. Where that is an alternative to `null`, but `type` names both in one, it becomes one.
#[cfg(feature = "schemars")]
fn at<'a>(
    schema: &'a mut serde_json::Map<String, serde_json::Value>,
    place: &str,
) -> Option<&'a mut serde_json::Map<String, serde_json::Value>> {
    let mut tokens = place.split('/').skip(1);
    let mut schema = schema;
    while let Some(keyword) = tokens.next() {
        if keyword == "anyOf" {
            divide(schema);
        }
        let held = schema.get_mut(keyword)?;
        let held = match held {
            serde_json::Value::Array(schemas) => schemas.get_mut(tokens.next()?.parse::<usize>().ok()?)?,
            held => held,
        };
        schema = held.as_object_mut()?;
    }
    Some(schema)
}

/// A schema whose `type` names `null` second, as the alternatives of what else it names and `null`.
#[cfg(feature = "schemars")]
fn divide(schema: &mut serde_json::Map<String, serde_json::Value>) {
    let Some([name, null]) = schema.get("type").and_then(|names| names.as_array()).map(Vec::as_slice) else { return };
    if null == "null" {
        let name = name.clone();
        let mut other = std::mem::take(schema);
        other.insert("type".to_owned(), name);
        schema.insert("anyOf".to_owned(), vec![other.into(), serde_json::json!({ "type": "null" })].into());
    }
}
