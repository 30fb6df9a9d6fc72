//! A definition that is an object with named members.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::{Json, Reading, Writing};

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
        describe(Self::members, Self::SHAPE, generator)
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

/// A place for each member while an object is read: one member, or a tuple of rows.
pub(crate) trait Row {
    /// How many members there are.
    const COUNT: usize;
    /// What the members become in the struct.
    type Values;
    /// Reads the value of the member at `index` of this row, which is `member` in the whole `shape`.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        index: usize,
        shape: &'static Shape,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;
    /// The values, once all of `map` is read; `names` gives the name of each member in turn.
    fn finish<E: Error>(self, shape: &'static Shape, names: Names<'_>) -> Result<Self::Values, E>;
}

type Names<'a> = &'a mut std::slice::Iter<'static, &'static str>;

/// A member that must be there.
pub(crate) struct Required<T>(Option<T>);
/// A member that may be absent. `null` is a value like any other: whether it may be is the member's own to say.
pub(crate) struct Optional<T>(Option<T>);

/// Puts the next value of `map` into `place`, once.
fn fill<'de, T: Json, A: MapAccess<'de>>(
    place: &mut Option<T>,
    shape: &'static Shape,
    member: usize,
    map: &mut A,
) -> Result<(), A::Error> {
    if place.is_some() {
        let name = shape.members.get(member).copied().unwrap_or_default();
        return Err(A::Error::custom(format_args!("member `{name}` of {} is given twice", shape.name)));
    }
    *place = Some(map.next_value_seed(Reading(PhantomData))?);
    Ok(())
}

macro_rules! place {
    ($place:ident, $lent:ident, $value:ty, $from:ty, |$self:ident, $shape:ident, $name:ident| $finish:expr) => {
        impl<T> $place<T> {
            /// A place with nothing in it yet.
            pub(crate) fn empty() -> Self {
                Self(None)
            }

            /// The member of a struct, lent for writing.
            pub(crate) fn lend(member: &$from) -> $lent<'_, T> {
                $lent(member)
            }
        }

        impl<T: Json> Row for $place<T> {
            const COUNT: usize = 1;
            type Values = $value;

            fn take<'de, A: MapAccess<'de>>(
                &mut self,
                _: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                fill(&mut self.0, shape, member, map)
            }

            fn finish<E: Error>($self, $shape: &'static Shape, names: Names<'_>) -> Result<$value, E> {
                let $name = names.next().copied().unwrap_or_default();
                $finish
            }
        }
    };
}

place!(Required, LentRequired, T, T, |self, shape, name| self.0.ok_or_else(|| {
    E::custom(format_args!("member `{name}` of {} is missing ({})", shape.name, shape.source))
}));
place!(Optional, LentOptional, Option<T>, Option<T>, |self, _shape, _name| Ok(self.0));

/// The members of a struct, lent for writing: one member, or a tuple of them.
pub(crate) trait Members {
    /// How many members are present.
    fn present(&self) -> usize;
    /// Writes the members that are present; `names` gives the name of each member in turn.
    fn write<M: SerializeMap>(&self, names: Names<'_>, map: &mut M) -> Result<(), M::Error>;
    /// Adds each member's schema to `object`.
    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>);
}

/// A required member of a struct.
pub(crate) struct LentRequired<'a, T>(&'a T);
/// An optional member of a struct.
pub(crate) struct LentOptional<'a, T>(&'a Option<T>);

impl<T: Json> Members for LentRequired<'_, T> {
    fn present(&self) -> usize {
        1
    }

    fn write<M: SerializeMap>(&self, names: Names<'_>, map: &mut M) -> Result<(), M::Error> {
        let name = names.next().copied().unwrap_or_default();
        map.serialize_entry(name, &Writing(self.0))
    }

    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>) {
        let schema = T::schema(object.generator);
        object.member(schema, true);
    }
}

impl<T: Json> Members for LentOptional<'_, T> {
    fn present(&self) -> usize {
        usize::from(self.0.is_some())
    }

    fn write<M: SerializeMap>(&self, names: Names<'_>, map: &mut M) -> Result<(), M::Error> {
        let name = names.next().copied().unwrap_or_default();
        match self.0 {
            Some(value) => map.serialize_entry(name, &Writing(value)),
            None => Ok(()),
        }
    }

    #[cfg(feature = "schemars")]
    fn describe(object: &mut Description<'_>) {
        let schema = T::schema(object.generator);
        object.member(schema, false);
    }
}

/// An object's schema while it is put together from its members.
#[cfg(feature = "schemars")]
pub(crate) struct Description<'a> {
    generator: &'a mut schemars::SchemaGenerator,
    shape: &'static Shape,
    properties: serde_json::Map<String, serde_json::Value>,
    required: Vec<&'static str>,
    index: usize,
}

#[cfg(feature = "schemars")]
impl Description<'_> {
    fn member(&mut self, schema: schemars::Schema, required: bool) {
        let name = self.shape.members.get(self.index).copied().unwrap_or_default();
        let annotations = self.shape.member_annotations.get(self.index).copied().unwrap_or_default();
        self.index += 1;
        self.properties.insert(name.to_owned(), super::annotated(schema, annotations).into());
        if required {
            self.required.push(name);
        }
    }
}

/// The schema of the object whose members `lend` lends. No object is needed: the members' types say it all.
#[cfg(feature = "schemars")]
fn describe<'a, T: 'a, M: Members>(
    lend: impl Fn(&'a T) -> M,
    shape: &'static Shape,
    generator: &mut schemars::SchemaGenerator,
) -> schemars::Schema {
    drop(lend);
    let properties = serde_json::Map::new();
    let mut object = Description { generator, shape, properties, required: Vec::new(), index: 0 };
    M::describe(&mut object);
    let Description { properties, required, .. } = object;
    let mut schema = schemars::json_schema!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    if shape.unknown == Unknown::Refused {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    super::annotated(schema, shape.annotations)
}

macro_rules! tuples {
    ($($($row:ident)*;)*) => {$(
        #[allow(non_snake_case)]
        impl<$($row: Row),*> Row for ($($row,)*) {
            const COUNT: usize = 0 $(+ $row::COUNT)*;
            type Values = ($($row::Values,)*);

            fn take<'de, Access: MapAccess<'de>>(
                &mut self,
                index: usize,
                shape: &'static Shape,
                member: usize,
                map: &mut Access,
            ) -> Result<(), Access::Error> {
                let ($($row,)*) = self;
                let first = 0;
                $(
                    if index < first + $row::COUNT {
                        return $row.take(index - first, shape, member, map);
                    }
                    let first = first + $row::COUNT;
                )*
                let _ = (first, index, shape, member, map);
                Ok(())
            }

            fn finish<Err: Error>(self, shape: &'static Shape, names: Names<'_>) -> Result<Self::Values, Err> {
                let ($($row,)*) = self;
                let _ = (shape, &names);
                Ok(($($row.finish(shape, names)?,)*))
            }
        }

        #[allow(non_snake_case)]
        impl<$($row: Members),*> Members for ($($row,)*) {
            fn present(&self) -> usize {
                let ($($row,)*) = self;
                0 $(+ $row.present())*
            }

            fn write<Map: SerializeMap>(&self, names: Names<'_>, map: &mut Map) -> Result<(), Map::Error> {
                let ($($row,)*) = self;
                let _ = (&names, &map);
                $($row.write(names, map)?;)*
                Ok(())
            }

            #[cfg(feature = "schemars")]
            fn describe(object: &mut Description<'_>) {
                let _ = &object;
                $($row::describe(object);)*
            }
        }
    )*};
}

tuples! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
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

        impl $crate::support::Json for $type {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                <Self as $crate::support::Object>::read_object(deserializer)
            }

            fn write<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                <Self as $crate::support::Object>::write_object(self, serializer)
            }

            #[cfg(feature = "schemars")]
            fn schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl $crate::support::Definition for $type {
            const NAME: &'static str = ::std::stringify!($type);

            #[cfg(feature = "schemars")]
            fn define(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                <Self as $crate::support::Object>::describe_object(generator)
            }
        }

        $crate::support::implement!($type);
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
