//! A definition that is an object with named members.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, Serializer};

use super::path::within;
use super::row::Row;
#[cfg(feature = "schemars")]
use super::shape::Said;
use super::shape::{Shape, Unknown};

/// A struct that is a JSON object.
pub(crate) trait Object: Sized {
    /// What it is on the wire.
    const STATEMENT: Shape;
    /// The statement, lent: as a constant of this trait it is lent once, and not in the code of each type.
    const SHAPE: &'static Shape = &Self::STATEMENT;
    /// What the schema says of it without refusing anything.
    #[cfg(feature = "schemars")]
    const SAID: Said;
    /// Its members, and its maps of others if it has any.
    type Row: Row;
    /// The struct of these.
    fn make(row: Self::Row) -> Self;
    /// Lends each of them.
    fn lend(&self) -> Lent<'_, Self>;

    /// Reads an object, and nothing else (serde's own `deserialize_struct` takes an array as well).
    fn read_object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut object = deserializer.deserialize_map(Whole(PhantomData::<Self>));
        if let Err(error) = object {
            object = Err(within(Self::SHAPE.source, error));
        }
        object
    }

    /// Writes the members that are present, if they keep the rules.
    fn write_object<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lent = self.lend();
        if const { !Self::SHAPE.rest.is_empty() }
            && let Some(what) = Self::SHAPE.astray::<Self::Row>(lent)
        {
            return Err(S::Error::custom(what));
        }
        if const { !Self::SHAPE.rules.is_empty() }
            && let Some(what) = Self::SHAPE.broken_by::<Self::Row>(lent)
        {
            return Err(S::Error::custom(what));
        }
        let mut map = serializer.serialize_map(Some(Self::Row::present(lent)))?;
        Self::Row::write(lent, &mut Self::SHAPE.members.iter(), &mut map)?;
        map.end()
    }
}

/// What an object's row holds, lent.
pub(crate) type Lent<'a, T> = <<T as Object>::Row as Row>::Lent<'a>;

/// A clone of `object`.
pub(crate) fn cloned<T: Object>(object: &T) -> T {
    T::make(T::Row::cloned(object.lend()))
}

/// An object without members.
pub(crate) fn empty<T: Object<Row: Default>>() -> T {
    T::make(T::Row::default())
}

/// Whether each field of `one` equals that of `other`.
pub(crate) fn equal<T: Object>(one: &T, other: &T) -> bool {
    T::Row::equal(one.lend(), other.lend())
}

/// Shows `object` as `derive(Debug)` does.
pub(crate) fn show<T: Object>(object: &T, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut to = formatter.debug_struct(T::SHAPE.name);
    T::Row::show(object.lend(), &mut T::SHAPE.fields.split_whitespace(), &mut to);
    to.finish()
}

struct Whole<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Whole<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::SHAPE.expected(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let object = T::make(gather::<T::Row, A>(T::SHAPE, map)?);
        // Decided when this is compiled, as in writing: most types have no rules, and nothing is made for them.
        if const { !T::SHAPE.rules.is_empty() }
            && let Some(what) = T::SHAPE.broken_by::<T::Row>(object.lend())
        {
            return Err(A::Error::custom(what));
        }
        Ok(object)
    }
}

/// The row of the members of `map`, in whatever order they come.
fn gather<'de, R: Row, A: MapAccess<'de>>(shape: &'static Shape, mut map: A) -> Result<R, A::Error> {
    let mut places = R::Places::default();
    take::<R, A>(&mut places, shape, &mut map)?;
    R::finish(places, &mut shape.members.iter()).map_err(|name| A::Error::custom(shape.missing(name)))
}

/// Takes in all members of `map`.
fn take<'de, R: Row, A: MapAccess<'de>>(
    places: &mut R::Places,
    shape: &'static Shape,
    map: &mut A,
) -> Result<(), A::Error> {
    let (mut expected, mut other) = (0, String::new());
    while let Some(place) = map.next_key_seed(Name { shape, expected, other: &mut other })? {
        match place {
            Place::Field(index) => {
                R::take(places, index, shape, index, map)?;
                expected = index + 1;
            }
            Place::Map(index) if const { R::HAS_MAPS } => {
                R::take_other(places, index, std::mem::take(&mut other), map)?;
            }
            Place::Map(_) | Place::Nowhere => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    Ok(())
}

/// How a message goes on, after the type, that an object has a member which the schema refuses.
pub(crate) const NO_MEMBER: &str = "has no member `";

/// Where a member goes. It holds nothing to be freed, so that nothing is made for that wherever members are taken in.
#[derive(Clone, Copy)]
enum Place {
    /// Into the field at this index.
    Field(usize),
    /// Into the map at this index, under its name.
    Map(usize),
    /// It is dropped.
    Nowhere,
}

/// Turns a member's name into its place; members mostly come in the schema's order, so the next one is tried first.
struct Name<'a> {
    shape: &'static Shape,
    expected: usize,
    /// Becomes the name if it goes into a map.
    other: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Place;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Place, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Place;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Place, E> {
        let Shape { members, unknown, name: object, source, .. } = self.shape;
        // Those that are absent are skipped in that order too.
        let (before, after) = members.split_at(self.expected.min(members.len()));
        let place = |members: &[&str]| members.iter().position(|member| *member == name);
        if let Some(index) = place(after).map(|index| before.len() + index).or_else(|| place(before)) {
            return Ok(Place::Field(index));
        }
        match (self.shape.rest_of(name), unknown) {
            (Some(index), _) => {
                name.clone_into(self.other);
                Ok(Place::Map(index))
            }
            (None, Unknown::Refused) => Err(E::custom(format_args!("{object} {NO_MEMBER}{name}` ({source})"))),
            (None, Unknown::Dropped) => Ok(Place::Nowhere),
        }
    }
}

/// States an object: its name, its origin, whether each value equals itself (no double is in it), whether it may be empty (then
/// that is its `Default`), how many members `properties` lists if not all, what becomes of unknown ones; each member as
/// `"name on the wire" => field: Required(Type) | Optional(Type) { "place" r#"{…annotations…}"# },`, in groups of at most
/// eight; each map of other members as `field(Type): Matching("pattern") | Others { … },`; and the rules that all members keep
/// together. What derives could do for the struct is done by its row: that is a part of what they cost the compiler.
macro_rules! object {
    (
        $type:ident from $source:literal,
        $(equals $itself:ident,)? $(may be $empty:ident,)? $($listed:literal listed,)? unknown members $unknown:ident
        $([ $($wire:literal => $field:ident: $place:ident($of:ty) { $($at:literal $said:literal)* },)* ])*
        $(maps [ $($rest:ident($map:ty): $kind:ident $(($($pattern:tt)*))? { $($rest_at:literal $rest_said:literal)* },)* ])?
        $(together [ $($rule:ident($($rule_value:tt)*)),* ])?
        { $($own_at:literal $own_said:literal)* }
    ) => {
        impl $crate::support::Object for $type {
            const STATEMENT: $crate::support::Shape = $crate::support::Shape::new(
                ::std::stringify!($type),
                $source,
                $crate::support::Unknown::$unknown,
                &[$($($wire,)*)*],
                ::std::stringify!($($($field)*)* $($($rest)*)?),
            )
            $(.listing($listed))?
            $(.mapping(&[$($crate::support::Rest {
                pattern: $crate::support::object!(@pattern $kind $(($($pattern)*))?),
                #[cfg(feature = "schemars")]
                annotations: &[$(($rest_at, $rest_said)),*],
            }),*]))?
            $(.ruled(&[$($crate::support::together!($rule($($rule_value)*))),*]))?;
            #[cfg(feature = "schemars")]
            const SAID: $crate::support::Said =
                (&[$(($own_at, $own_said)),*], &[$($(&[$(($at, $said)),*],)*)*]);

            $crate::support::object!(@held $([$($place $field($of),)*])* $(maps $($rest($map),)*)?);
        }

        impl ::std::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::support::cloned(self)
            }
        }

        impl ::std::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::support::equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::support::show(self, formatter)
            }
        }

        $($crate::support::object!(@$itself $type);)?
        $($crate::support::object!(@$empty $type);)?
        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Object::read_object(deserializer),
            write |self, serializer| $crate::support::Object::write_object(self, serializer),
            define |generator| $crate::support::describe::<Self>(generator)
        }
    };
    (@itself $type:ident) => {
        impl ::std::cmp::Eq for $type {}
    };
    (@empty $type:ident) => {
        impl ::std::default::Default for $type {
            #[inline]
            fn default() -> Self {
                $crate::support::empty()
            }
        }
    };
    // The row, and what is made of it and lent for it: of members alone, as most are, or with maps of others.
    (@held $([$($place:ident $field:ident($of:ty),)*])*) => {
        type Row = $crate::support::object!(@row $([$($crate::support::$place<$of>,)*])*);

        #[inline]
        fn make($crate::support::object!(@row $([$($crate::support::$place($field),)*])*): Self::Row) -> Self {
            Self { $($($field,)*)* }
        }

        #[inline]
        fn lend(&self) -> $crate::support::Lent<'_, Self> {
            $crate::support::object!(@row $([$(&self.$field,)*])*)
        }
    };
    (@held $([$($place:ident $field:ident($of:ty),)*])* maps $($rest:ident($map:ty),)*) => {
        type Row = $crate::support::Mapped<
            $crate::support::object!(@row $([$($crate::support::$place<$of>,)*])*),
            $crate::support::object!(@maps $([$map])*),
        >;

        #[inline]
        fn make(
            $crate::support::Mapped(
                $crate::support::object!(@row $([$($crate::support::$place($field),)*])*),
                $crate::support::object!(@maps $([$rest])*),
            ): Self::Row,
        ) -> Self {
            Self { $($($field,)*)* $($rest,)* }
        }

        #[inline]
        fn lend(&self) -> $crate::support::Lent<'_, Self> {
            (
                $crate::support::object!(@row $([$(&self.$field,)*])*),
                $crate::support::object!(@maps $([&self.$rest])*),
            )
        }
    };
    // Groups as nested tuples, of which eight is the largest that is ever needed: seven groups at a time, because macros
    // and types nest 128 deep at the most, and the others in the last place.
    (@row $a:tt $b:tt $c:tt $d:tt $e:tt $f:tt $g:tt $($rest:tt)+) => {
        (
            $crate::support::object!(@group $a), $crate::support::object!(@group $b), $crate::support::object!(@group $c),
            $crate::support::object!(@group $d), $crate::support::object!(@group $e), $crate::support::object!(@group $f),
            $crate::support::object!(@group $g), $crate::support::object!(@row $($rest)*),
        )
    };
    (@row $([$($member:tt)*])*) => { ($(($($member)*),)*) };
    (@group [$($member:tt)*]) => { ($($member)*) };
    (@maps) => { () };
    (@maps [$($first:tt)*] $($rest:tt)*) => { ($($first)*, $crate::support::object!(@maps $($rest)*)) };
    (@pattern Others) => { ::std::option::Option::None };
    (@pattern Matching($pattern:literal $($table:tt)*)) => {
        ::std::option::Option::Some(($pattern, $crate::support::pattern!($pattern $($table)*)))
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
