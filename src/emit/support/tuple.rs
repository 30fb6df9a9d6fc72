//! A definition that is an array whose first items each have a schema of their own: a tuple struct, with a list for the
//! items after them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeSeq, Serializer};

use super::plain::{Plain, all_differ};
use super::rule::Rule;
use super::{Json, Reading, Writing, below, within};

/// What an array is on the wire.
pub(crate) struct Sequence {
    /// The name of the Rust type.
    pub(crate) name: &'static str,
    /// The schema's file and the JSON Pointer of the definition.
    pub(crate) source: &'static str,
    /// Whether the schema refuses items after the last, by `items`.
    pub(crate) closed: bool,
    /// What the array keeps besides.
    pub(crate) rules: &'static [Rule],
    /// The annotations of the definition.
    #[cfg(feature = "schemars")]
    pub(crate) annotations: super::Annotations,
    /// The annotations of each item, and then those of the items after them.
    #[cfg(feature = "schemars")]
    pub(crate) item_annotations: &'static [super::Annotations],
}

impl Sequence {
    fn broken(&self, what: impl fmt::Display) -> String {
        format!("{}: {what} ({})", self.name, self.source)
    }

    /// What is wrong with the items, if anything is. `None` for one that is absent: so must be all after it.
    fn broken_by(&self, items: &impl Items) -> Option<String> {
        let mut present = Vec::new();
        items.present(&mut present);
        let count = present.iter().take_while(|is_present| **is_present).count();
        if present.iter().skip(count).any(|is_present| *is_present) {
            return Some(self.broken(format_args!("item {count} is absent, but not all after it are")));
        }
        let is_broken = |rule: &&Rule| match rule {
            Rule::MinItems(least) => count < *least,
            Rule::MaxItems(most) => count > *most,
            Rule::UniqueItems => {
                let mut plain = Vec::new();
                items.plain(&mut plain).is_none() || !all_differ(plain)
            }
            _ => false,
        };
        let rule = self.rules.iter().find(is_broken)?;
        let (keyword, value) = rule.said();
        Some(self.broken(format_args!("an array of {count} breaks {keyword} {value}")))
    }
}

/// A tuple struct that is a JSON array.
pub(crate) trait Tuple: Sized {
    /// What it is on the wire.
    const STATEMENT: Sequence;
    /// The same, lent.
    const SEQUENCE: &'static Sequence = &Self::STATEMENT;
    /// Takes each item in turn.
    fn from_items<'de, A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error>;
    /// Lends each item for writing.
    fn items(&self) -> impl Items;

    /// Reads an array, and nothing else.
    fn read_tuple<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tuple = deserializer.deserialize_seq(Whole(PhantomData::<Self>));
        let tuple = tuple.map_err(|error| within(Self::SEQUENCE.source, error))?;
        let broken = Self::SEQUENCE.broken_by(&tuple.items());
        broken.map_or(Ok(tuple), |what| Err(D::Error::custom(what)))
    }

    /// Writes the items that are present, if they keep the rules.
    fn write_tuple<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.items();
        if let Some(what) = Self::SEQUENCE.broken_by(&items) {
            return Err(S::Error::custom(what));
        }
        let mut present = Vec::new();
        items.present(&mut present);
        let mut array = serializer.serialize_seq(Some(present.iter().filter(|is_present| **is_present).count()))?;
        items.write(&mut array)?;
        array.end()
    }

    /// The array's schema.
    #[cfg(feature = "schemars")]
    fn describe_tuple(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        describe(Self::items, Self::SEQUENCE, generator)
    }
}

struct Whole<T>(PhantomData<T>);

impl<'de, T: Tuple> Visitor<'de> for Whole<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a JSON array for {}", T::SEQUENCE.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        T::from_items(items)
    }
}

/// The items of an array, one after another.
pub(crate) struct Cursor<A> {
    items: A,
    sequence: &'static Sequence,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> Cursor<A> {
    pub(crate) fn new(items: A, sequence: &'static Sequence) -> Self {
        Self { items, sequence, index: 0 }
    }

    /// The next item, which must be there.
    pub(crate) fn required<T: Json>(&mut self) -> Result<T, A::Error> {
        let index = self.index;
        self.optional()?.ok_or_else(|| A::Error::custom(self.sequence.broken(format_args!("item {index} is missing"))))
    }

    /// The next item, if there is one more.
    pub(crate) fn optional<T: Json>(&mut self) -> Result<Option<T>, A::Error> {
        let index = self.index;
        self.index += 1;
        self.items.next_element_seed(Reading(PhantomData)).map_err(|error| below(index, error))
    }

    /// All items that are left.
    pub(crate) fn rest<T: Json>(&mut self) -> Result<Vec<T>, A::Error> {
        let mut rest = Vec::new();
        while let Some(item) = self.optional()? {
            rest.push(item);
        }
        Ok(rest)
    }

    /// Nothing is left.
    pub(crate) fn end(mut self) -> Result<(), A::Error> {
        match self.items.next_element::<IgnoredAny>()? {
            Some(_) => Err(A::Error::custom(self.sequence.broken(format_args!("more than {} items", self.index)))),
            None => Ok(()),
        }
    }
}

/// The items of a tuple struct, lent for writing: the first, and the others.
pub(crate) trait Items {
    /// Whether each is present.
    fn present(&self, found: &mut Vec<bool>);
    /// Each that is present, to be compared; none if one cannot be written.
    fn plain(&self, found: &mut Vec<Plain>) -> Option<()>;
    /// Writes those that are present.
    fn write<S: SerializeSeq>(&self, array: &mut S) -> Result<(), S::Error>;
    /// Adds the schema of each to `array`.
    #[cfg(feature = "schemars")]
    fn describe(array: &mut Description<'_>);
}

impl Items for () {
    fn present(&self, _: &mut Vec<bool>) {}

    fn plain(&self, _: &mut Vec<Plain>) -> Option<()> {
        Some(())
    }

    fn write<S: SerializeSeq>(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }

    #[cfg(feature = "schemars")]
    fn describe(_: &mut Description<'_>) {}
}

/// An item that must be there, lent; then one that may be absent; then all that are left.
pub(crate) struct LentItem<'a, T>(pub(crate) &'a T);
pub(crate) struct LentOptionalItem<'a, T>(pub(crate) &'a Option<T>);
pub(crate) struct LentRest<'a, T>(pub(crate) &'a Vec<T>);

macro_rules! lent {
    ($lent:ident, |$this:ident| $each:expr, $describe:ident) => {
        impl<T: Json, N: Items> Items for ($lent<'_, T>, N) {
            fn present(&self, found: &mut Vec<bool>) {
                let $this = &self.0;
                found.extend($each.map(|item: Option<&T>| item.is_some()));
                self.1.present(found);
            }

            fn plain(&self, found: &mut Vec<Plain>) -> Option<()> {
                let $this = &self.0;
                for item in $each.flatten() {
                    found.push(Plain::of(item)?);
                }
                self.1.plain(found)
            }

            fn write<S: SerializeSeq>(&self, array: &mut S) -> Result<(), S::Error> {
                let $this = &self.0;
                $each.flatten().try_for_each(|item| array.serialize_element(&Writing(item)))?;
                self.1.write(array)
            }

            #[cfg(feature = "schemars")]
            fn describe(array: &mut Description<'_>) {
                let schema = T::schema(array.generator);
                array.$describe(schema);
                N::describe(array);
            }
        }
    };
}

lent!(LentItem, |item| std::iter::once(Some(item.0)), required);
lent!(LentOptionalItem, |item| std::iter::once(item.0.as_ref()), optional);
lent!(LentRest, |items| items.0.iter().map(Some), rest);

/// An array's schema while it is put together from its items.
#[cfg(feature = "schemars")]
pub(crate) struct Description<'a> {
    generator: &'a mut schemars::SchemaGenerator,
    sequence: &'static Sequence,
    prefix: Vec<serde_json::Value>,
    required: usize,
    rest: Option<serde_json::Value>,
}

#[cfg(feature = "schemars")]
impl Description<'_> {
    fn required(&mut self, schema: schemars::Schema) {
        self.required += 1;
        self.optional(schema);
    }

    fn optional(&mut self, schema: schemars::Schema) {
        let schema = self.annotated(schema);
        self.prefix.push(schema);
    }

    fn rest(&mut self, schema: schemars::Schema) {
        self.rest = Some(self.annotated(schema));
    }

    fn annotated(&self, schema: schemars::Schema) -> serde_json::Value {
        let annotations = self.sequence.item_annotations.get(self.prefix.len()).copied().unwrap_or_default();
        super::annotated(schema, annotations).into()
    }
}

/// The schema of the array whose items `lend` lends. No array is needed: the items' types say it all.
#[cfg(feature = "schemars")]
fn describe<'a, T: 'a, I: Items>(
    lend: impl Fn(&'a T) -> I,
    sequence: &'static Sequence,
    generator: &mut schemars::SchemaGenerator,
) -> schemars::Schema {
    drop(lend);
    let mut array = Description { generator, sequence, prefix: Vec::new(), required: 0, rest: None };
    I::describe(&mut array);
    let Description { prefix, required, rest, .. } = array;
    let mut schema = schemars::json_schema!({ "type": "array", "prefixItems": prefix });
    if required > 0 {
        schema.insert("minItems".to_owned(), required.into());
    }
    if let Some(items) = rest.or_else(|| sequence.closed.then_some(false.into())) {
        schema.insert("items".to_owned(), items);
    }
    for rule in sequence.rules {
        schema.insert(rule.said().0.to_owned(), rule.value());
    }
    super::annotated(schema, sequence.annotations)
}

/// States an array: each item as `index: Required | Optional { "place" r#"{…annotations…}"# },` and those after them.
macro_rules! tuple {
    (
        $type:ident from $source:literal, items after them $after:ident
        [ $($index:tt: $place:ident { $($at:literal $said:literal)* },)* ]
        [ $($rule:ident($($value:tt)*)),* ]
        { $($own_at:literal $own_said:literal)* }
    ) => {
        impl $crate::support::Tuple for $type {
            const STATEMENT: $crate::support::Sequence = $crate::support::Sequence {
                name: ::std::stringify!($type),
                source: $source,
                closed: $crate::support::tuple!(@closed $after),
                rules: &[$($crate::support::rule!($rule($($value)*))),*],
                #[cfg(feature = "schemars")]
                annotations: &[$(($own_at, $own_said)),*],
                #[cfg(feature = "schemars")]
                item_annotations: &[$(&[$(($at, $said)),*]),*],
            };

            fn from_items<'de, A: ::serde::de::SeqAccess<'de>>(items: A) -> ::std::result::Result<Self, A::Error> {
                let mut cursor = $crate::support::Cursor::new(items, <Self as $crate::support::Tuple>::SEQUENCE);
                let tuple = Self($($crate::support::tuple!(@read $place cursor)),*);
                cursor.end()?;
                ::std::result::Result::Ok(tuple)
            }

            #[inline]
            fn items(&self) -> impl $crate::support::Items {
                $crate::support::tuple!(@lend $(($place &self.$index))*)
            }
        }

        $crate::support::implement! {
            $type,
            read |deserializer| $crate::support::Tuple::read_tuple(deserializer),
            write |self, serializer| $crate::support::Tuple::write_tuple(self, serializer),
            define |generator| <Self as $crate::support::Tuple>::describe_tuple(generator)
        }
    };
    (@closed Refused) => { true };
    (@closed Kept) => { false };
    (@read Required $cursor:ident) => { $cursor.required()? };
    (@read Optional $cursor:ident) => { $cursor.optional()? };
    (@read Rest $cursor:ident) => { $cursor.rest()? };
    (@lend) => { () };
    (@lend ($place:ident $item:expr) $($others:tt)*) => {
        ($crate::support::tuple!(@lent $place $item), $crate::support::tuple!(@lend $($others)*))
    };
    (@lent Required $item:expr) => { $crate::support::LentItem($item) };
    (@lent Optional $item:expr) => { $crate::support::LentOptionalItem($item) };
    (@lent Rest $item:expr) => { $crate::support::LentRest($item) };
}
pub(crate) use tuple;
