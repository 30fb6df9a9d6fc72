//! A definition that is an object with named members.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::row::{Members, Row};

/// What an object is on the wire.
pub(crate) struct Shape {
    /// The name of the Rust type.
    pub(crate) name: &'static str,
    /// The schema's file and the JSON Pointer of the definition.
    pub(crate) source: &'static str,
    /// What happens to a member that is not named here.
    pub(crate) unknown: Unknown,
    /// The members' names, in the schema's order, which is that of the rows too.
    pub(crate) members: &'static [&'static str],
    /// The annotations of the definition.
    #[cfg(feature = "schemars")]
    pub(crate) annotations: super::Annotations,
    /// The annotations of each member.
    #[cfg(feature = "schemars")]
    pub(crate) member_annotations: &'static [super::Annotations],
}

/// What happens to a member that the schema does not name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// The schema allows it; it is read over and not kept.
    Dropped,
    /// The schema refuses it.
    Refused,
}

/// A struct that is a JSON object.
pub(crate) trait Object: Sized {
    /// What it is on the wire.
    const SHAPE: &'static Shape;
    /// Takes each member from `map`.
    fn from_members<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
    /// Lends each member for writing.
    fn members(&self) -> impl Members;

    /// Reads an object, and nothing else (serde's own `deserialize_struct` takes an array as well).
    fn read_object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Whole(PhantomData))
    }

    /// Writes the members that are present.
    fn write_object<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.members();
        let mut map = serializer.serialize_map(Some(members.present()))?;
        members.write(&mut Self::SHAPE.members.iter(), &mut map)?;
        map.end()
    }

    /// The object's schema.
    #[cfg(feature = "schemars")]
    fn describe_object(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::describe(Self::members, Self::SHAPE, generator)
    }
}

struct Whole<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Whole<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a JSON object for {}", T::SHAPE.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_members(map)
    }
}

/// Fills `row` from the members of `map`, in whatever order they come.
pub(crate) fn gather<'de, R: Row, A: MapAccess<'de>>(
    shape: &'static Shape,
    mut row: R,
    mut map: A,
) -> Result<R::Values, A::Error> {
    let mut expected = 0;
    while let Some(name) = map.next_key_seed(Name { shape, expected })? {
        match name {
            Some(index) => {
                row.take(index, shape, index, &mut map)?;
                expected = index + 1;
            }
            None => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    row.finish(shape, &mut shape.members.iter())
}

/// Turns a member's name into its index; members mostly come in the schema's order, so the next one is tried first.
struct Name {
    shape: &'static Shape,
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let Shape { members, unknown, .. } = self.shape;
        if members.get(self.expected) == Some(&name) {
            return Ok(Some(self.expected));
        }
        let found = members.iter().position(|member| *member == name);
        match (found, unknown) {
            (None, Unknown::Refused) => {
                let Shape { name: object, source, .. } = self.shape;
                Err(E::custom(format_args!("{object} has no member `{name}` ({source})")))
            }
            (found, _) => Ok(found),
        }
    }
}

/// States an object: its name, its origin, what becomes of unknown members, and each member as
/// `"name on the wire" => field: Required | Optional { "place" r#"{…annotations…}"# },`, in groups of at most eight.
macro_rules! object {
    (
        $type:ident from $source:literal, unknown members $unknown:ident
        $([ $($wire:literal => $field:ident: $place:ident { $($at:literal $said:literal)* },)* ])*
        { $($own_at:literal $own_said:literal)* }
    ) => {
        impl $crate::support::Object for $type {
            const SHAPE: &'static $crate::support::Shape = &$crate::support::Shape {
                name: ::std::stringify!($type),
                source: $source,
                unknown: $crate::support::Unknown::$unknown,
                members: &[$($($wire,)*)*],
                #[cfg(feature = "schemars")]
                annotations: &[$(($own_at, $own_said)),*],
                #[cfg(feature = "schemars")]
                member_annotations: &[$($(&[$(($at, $said)),*],)*)*],
            };

            fn from_members<'de, A: ::serde::de::MapAccess<'de>>(map: A) -> ::std::result::Result<Self, A::Error> {
                let row = $crate::support::object!(@row $([$($crate::support::$place::empty(),)*])*);
                let $crate::support::object!(@row $([$($field,)*])*) =
                    $crate::support::gather(<Self as $crate::support::Object>::SHAPE, row, map)?;
                ::std::result::Result::Ok(Self { $($($field,)*)* })
            }

            fn members(&self) -> impl $crate::support::Members {
                $crate::support::object!(@row $([$($crate::support::$place::lend(&self.$field),)*])*)
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Object::read_object(deserializer),
            write |self, serializer| $crate::support::Object::write_object(self, serializer),
            define |generator| <Self as $crate::support::Object>::describe_object(generator)
        }
    };
    // Groups as nested tuples, of which eight is the largest that is ever needed. Seven groups at a time, because macros
    // and types nest 128 deep at the most.
    (@row) => { () };
    (@row $a:tt $b:tt $c:tt $d:tt $e:tt $f:tt $g:tt $($rest:tt)+) => {
        ($crate::support::object!(@row $a $b $c $d $e $f $g), $crate::support::object!(@row $($rest)*))
    };
    (@row [$($first:tt)*] $($rest:tt)*) => { (($($first)*), $crate::support::object!(@row $($rest)*)) };
}
pub(crate) use object;
