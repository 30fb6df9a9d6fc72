//! A definition that is an object with named members.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, Serializer};

use super::path::within;
use super::rest::{LentRests, Rest, Rests, Together};
use super::row::{Members, Row};

/// What an object is on the wire.
pub(crate) struct Shape {
    /// The name of the Rust type.
    pub(crate) name: &'static str,
    /// The schema's file and the JSON Pointer of the definition.
    pub(crate) source: &'static str,
    /// What happens to a member that has no field and for which there is no map.
    pub(crate) unknown: Unknown,
    /// The members' names, in the schema's order, which is that of the rows too.
    pub(crate) members: &'static [&'static str],
    /// How many of them the schema has in `properties`: the first. Of the others the maps say what they are.
    pub(crate) listed: usize,
    /// The maps for other members, in the order of the fields; one for all others is the last.
    pub(crate) rest: &'static [Rest],
    /// What all members have to keep together.
    pub(crate) rules: &'static [Together],
    /// The annotations of the definition.
    #[cfg(feature = "schemars")]
    pub(crate) annotations: super::Annotations,
    /// The annotations of each member.
    #[cfg(feature = "schemars")]
    pub(crate) member_annotations: &'static [super::Annotations],
}

/// What happens to a member that has no field and for which there is no map.
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
    /// Lends each member that has a field for writing.
    fn members(&self) -> impl Members;
    /// Lends the maps of other members for writing.
    fn rests(&self) -> impl LentRests;

    /// Reads an object, and nothing else (serde's own `deserialize_struct` takes an array as well).
    fn read_object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = deserializer.deserialize_map(Whole(PhantomData::<Self>));
        let object = object.map_err(|error| within(Self::SHAPE.source, error))?;
        let broken = Self::SHAPE.broken_by(&object.members(), &object.rests());
        broken.map_or(Ok(object), |what| Err(D::Error::custom(what)))
    }

    /// Writes the members that are present, if they keep the rules.
    fn write_object<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (members, rests) = (self.members(), self.rests());
        if let Some(what) = Self::SHAPE.astray(&rests).or_else(|| Self::SHAPE.broken_by(&members, &rests)) {
            return Err(S::Error::custom(what));
        }
        let mut map = serializer.serialize_map(Some(members.present() + rests.count()))?;
        members.write(&mut Self::SHAPE.members.iter(), &mut map)?;
        rests.write(&mut map)?;
        map.end()
    }

    /// The object's schema.
    #[cfg(feature = "schemars")]
    fn describe_object(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::describe(Self::members, Self::rests, Self::SHAPE, generator)
    }
}

/// How a message goes on, after the type, that an object has a member which the schema refuses.
pub(crate) const NO_MEMBER: &str = "has no member `";

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

/// Fills `row` and the maps from the members of `map`, in whatever order they come.
pub(crate) fn gather<'de, R: Row, O: Rests, A: MapAccess<'de>>(
    shape: &'static Shape,
    mut row: R,
    mut map: A,
) -> Result<(R::Values, O), A::Error> {
    let (mut expected, mut rests) = (0, O::default());
    while let Some(place) = map.next_key_seed(Name { shape, expected })? {
        match place {
            Place::Field(index) => {
                row.take(index, shape, index, &mut map)?;
                expected = index + 1;
            }
            Place::Map(index, name) => rests.take(index, name, &mut map)?,
            Place::Nowhere => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    Ok((row.finish(shape, &mut shape.members.iter())?, rests))
}

/// Where a member goes.
enum Place {
    /// Into the field at this index.
    Field(usize),
    /// Into the map at this index, under its name.
    Map(usize, String),
    /// It is dropped.
    Nowhere,
}

/// Turns a member's name into its place; members mostly come in the schema's order, so the next one is tried first.
struct Name {
    shape: &'static Shape,
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Place;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Place, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Place;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Place, E> {
        let Shape { members, unknown, name: object, source, .. } = self.shape;
        if members.get(self.expected) == Some(&name) {
            return Ok(Place::Field(self.expected));
        }
        if let Some(index) = members.iter().position(|member| *member == name) {
            return Ok(Place::Field(index));
        }
        match (self.shape.rest_of(name), unknown) {
            (Some(index), _) => Ok(Place::Map(index, name.to_owned())),
            (None, Unknown::Refused) => Err(E::custom(format_args!("{object} {NO_MEMBER}{name}` ({source})"))),
            (None, Unknown::Dropped) => Ok(Place::Nowhere),
        }
    }
}

/// States an object: its name, its origin, how many members `properties` lists if not all, what becomes of unknown ones; each member as
/// `"name on the wire" => field: Required | Optional { "place" r#"{…annotations…}"# },`, in groups of at most eight; each
/// map of other members as `field: Matching("pattern") | Others { … },`; and the rules that all members keep together.
macro_rules! object {
    (
        $type:ident from $source:literal, $($listed:literal listed,)? unknown members $unknown:ident
        $([ $($wire:literal => $field:ident: $place:ident { $($at:literal $said:literal)* },)* ])*
        $(maps [ $($rest:ident: $kind:ident $(($pattern:literal))? { $($rest_at:literal $rest_said:literal)* },)* ])?
        $(together [ $($rule:ident($($rule_value:tt)*)),* ])?
        { $($own_at:literal $own_said:literal)* }
    ) => {
        impl $crate::support::Object for $type {
            const SHAPE: &'static $crate::support::Shape = &$crate::support::Shape {
                name: ::std::stringify!($type),
                source: $source,
                unknown: $crate::support::Unknown::$unknown,
                members: &[$($($wire,)*)*],
                listed: [$($listed,)? ::std::primitive::usize::MAX][0],
                rest: &[$($($crate::support::Rest {
                    pattern: $crate::support::object!(@pattern $kind $(($pattern))?),
                    #[cfg(feature = "schemars")]
                    annotations: &[$(($rest_at, $rest_said)),*],
                }),*)?],
                rules: &[$($($crate::support::together!($rule($($rule_value)*))),*)?],
                #[cfg(feature = "schemars")]
                annotations: &[$(($own_at, $own_said)),*],
                #[cfg(feature = "schemars")]
                member_annotations: &[$($(&[$(($at, $said)),*],)*)*],
            };

            fn from_members<'de, A: ::serde::de::MapAccess<'de>>(map: A) -> ::std::result::Result<Self, A::Error> {
                let row = $crate::support::object!(@row $([$($crate::support::$place::empty(),)*])*);
                let ($crate::support::object!(@row $([$($field,)*])*), $crate::support::object!(@maps $($($rest)*)?)) =
                    $crate::support::gather(<Self as $crate::support::Object>::SHAPE, row, map)?;
                ::std::result::Result::Ok(Self { $($($field,)*)* $($($rest,)*)? })
            }

            fn members(&self) -> impl $crate::support::Members {
                $crate::support::object!(@row $([$($crate::support::$place::lend(&self.$field),)*])*)
            }

            fn rests(&self) -> impl $crate::support::LentRests {
                $crate::support::object!(@maps $($((&self.$rest))*)?)
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
    (@maps) => { () };
    (@maps $first:tt $($rest:tt)*) => { ($first, $crate::support::object!(@maps $($rest)*)) };
    (@pattern Others) => { ::std::option::Option::None };
    (@pattern Matching($pattern:literal)) => {
        ::std::option::Option::Some(($pattern, $crate::support::pattern!($pattern)))
    };
}
pub(crate) use object;

/// A rule that members keep together, as it is stated.
macro_rules! together {
    (PropertyNames($names:ty { $($at:literal $said:literal)* })) => {
        $crate::support::Together::PropertyNames {
            refusal: $crate::support::refusal::<$names>,
            #[cfg(feature = "schemars")]
            schema: <$names as $crate::support::Json>::schema,
            #[cfg(feature = "schemars")]
            annotations: &[$(($at, $said)),*],
        }
    };
    (DependentRequired($($name:literal => [$($other:literal),*]),*)) => {
        $crate::support::Together::DependentRequired(&[$(($name, &[$($other),*])),*])
    };
    ($rule:ident($count:literal)) => {
        $crate::support::Together::$rule($count)
    };
}
pub(crate) use together;
