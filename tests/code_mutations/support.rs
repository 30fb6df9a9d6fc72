//! Mutants of the support module: each check dropped, each rule of reading, writing and re-export broken.

use typeproof::emit::Tree;
use typeproof::prove::Part;

use super::{Mutant, replaced};

const SETS: &[Part] = &[Part::Sets];
const ANNOTATIONS: &[Part] = &[Part::Annotations];
const BEHAVIOUR: &[Part] = &[Part::Behaviour];

/// What is wrong, which part must see it, the file, and what is replaced by what.
type Mutation = (&'static str, &'static [Part], &'static str, &'static str, &'static str);

const MUTATIONS: &[Mutation] = &[
    // Reading objects.
    (
        "an array is an object",
        BEHAVIOUR,
        "object",
        "    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {\n        T::from_members(map)",
        ARRAYS,
    ),
    ("a member twice", BEHAVIOUR, "object", "if place.is_some() {", "if false {"),
    (
        "names in any case",
        BEHAVIOUR,
        "object",
        "|member| *member == name",
        "|member| member.eq_ignore_ascii_case(name)",
    ),
    ("names by their beginning", BEHAVIOUR, "object", "|member| *member == name", "|member| name.starts_with(*member)"),
    (
        "the expected member whatever its name",
        BEHAVIOUR,
        "object",
        "if members.get(self.expected) == Some(&name) {",
        "if members.get(self.expected).is_some() {",
    ),
    ("unknown members refused", BEHAVIOUR, "object", "(None, Unknown::Refused) => {", "(None, _) => {"),
    (
        "rest of an unknown member not read",
        BEHAVIOUR,
        "object",
        "map.next_value::<IgnoredAny>()?;",
        "map.next_value::<String>()?;",
    ),
    // Reading scalars.
    (
        "null is an empty string or false",
        BEHAVIOUR,
        "scalar",
        "Self::deserialize(deserializer)\n            }",
        "Option::<Self>::deserialize(deserializer).map(Option::unwrap_or_default)\n            }",
    ),
    // Reading date-times.
    ("a space for the T", BEHAVIOUR, "date_time", "rest.one_of(b\"Tt\")?", "rest.one_of(b\"Tt \")?"),
    ("no small t", BEHAVIOUR, "date_time", "rest.one_of(b\"Tt\")?", "rest.one_of(b\"T\")?"),
    ("no small z", BEHAVIOUR, "date_time", "self.one_of(b\"Zz+-\")?", "self.one_of(b\"Z+-\")?"),
    ("no offset west", BEHAVIOUR, "date_time", "self.one_of(b\"Zz+-\")?", "self.one_of(b\"Zz+\")?"),
    (
        "an offset without a colon",
        BEHAVIOUR,
        "date_time",
        "self.one_of(b\":\")?;\n        let minutes",
        "let _ = self.one_of(b\":\");\n        let minutes",
    ),
    ("75 minutes in an offset", BEHAVIOUR, "date_time", "hours < 24 && minutes < 60", "hours < 24"),
    ("east is west", BEHAVIOUR, "date_time", "b'+' => 1,", "b'+' => -1,"),
    (
        "no leap second",
        BEHAVIOUR,
        "date_time",
        "let leap = second == 60;",
        "let leap = second == 60;\n    if leap {\n        return None;\n    }",
    ),
    (
        "a leap second at any time",
        BEHAVIOUR,
        "date_time",
        "(!leap || (instant.hour(), instant.minute()) == (23, 59)).then_some(instant)",
        "Some(instant)",
    ),
    (
        "a point without digits",
        BEHAVIOUR,
        "date_time",
        "(self.digits(1)? * 100_000_000, 10_000_000)",
        "(0, 100_000_000)",
    ),
    ("no fraction", BEHAVIOUR, "date_time", "if self.one_of(b\".\").is_none() {", "if true {"),
    (
        "a fraction ten times as large",
        BEHAVIOUR,
        "date_time",
        "(self.digits(1)? * 100_000_000, 10_000_000)",
        "(self.digits(1)? % 1 * 100_000_000, 100_000_000)",
    ),
    ("more after the date-time", BEHAVIOUR, "date_time", "if !rest.0.is_empty() {", "if false {"),
    // Writing.
    (
        "nothing is written",
        BEHAVIOUR,
        "object",
        "map.serialize_entry(name, &Writing(self.0))",
        "{\n            let _ = (name, map);\n            Ok(())\n        }",
    ),
    (
        "a date-time without its fraction",
        BEHAVIOUR,
        "date_time",
        "0 => String::new(),\n        _ =>",
        "_ if true => String::new(),\n        _ =>",
    ),
    ("a date-time in another zone", BEHAVIOUR, "date_time", "0 => \"Z\",", "0 => \"+01:00\","),
    (
        "a leap second as the next second",
        BEHAVIOUR,
        "date_time",
        "leap @ 1_000_000_000.. => (60, leap - 1_000_000_000)",
        "leap @ 1_000_000_000.. => (59, leap - 1_000_000_000)",
    ),
    ("an instant before year 0", BEHAVIOUR, "date_time", "..0 => LARGEST,", "..0 => 0,"),
    // The re-export.
    ("nothing is required", SETS, "object", "if required {", "if false {"),
    (
        "all is closed",
        SETS,
        "object",
        "if shape.unknown == Unknown::Refused {\n        schema.insert",
        "if true {\n        schema.insert",
    ),
    (
        "no annotations of members",
        ANNOTATIONS,
        "object",
        "super::annotated(schema, annotations).into()",
        "schema.into()",
    ),
    (
        "no annotations of the type",
        ANNOTATIONS,
        "object",
        "    super::annotated(schema, shape.annotations)",
        "    schema",
    ),
    (
        "a string is any value",
        SETS,
        "scalar",
        "schemars::json_schema!({ \"type\": $name })",
        "schemars::Schema::default()",
    ),
    (
        "a date-time is any string",
        SETS,
        "date_time",
        "{ \"type\": \"string\", \"format\": \"date-time\" }",
        "{ \"type\": \"string\" }",
    ),
    (
        "members in another order",
        ANNOTATIONS,
        "object",
        "let Description { properties, required, .. } = object;",
        "let Description { properties, required, .. } = object;\n    let properties: serde_json::Map<_, _> = properties.into_iter().rev().collect();",
    ),
];

/// A visitor that takes an array of the members' values, as serde's derived code does.
const ARRAYS: &str = "    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        struct Zipped<A>(A, std::slice::Iter<'static, &'static str>);
        impl<'de, A: serde::de::SeqAccess<'de>> MapAccess<'de> for Zipped<A> {
            type Error = A::Error;

            fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
                let name = self.1.next();
                name.map(|name| seed.deserialize(serde::de::value::StrDeserializer::new(name))).transpose()
            }

            fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
                self.0.next_element_seed(seed)?.ok_or_else(|| A::Error::custom(\"too few\"))
            }
        }
        T::from_members(Zipped(items, T::SHAPE.members.iter()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_members(map)";

pub fn mutants(tree: &Tree) -> Vec<Mutant> {
    let mutant = |(what, seen_in, file, from, to): &Mutation| {
        let mut tree = replaced(tree, &format!("src/support/{file}.rs"), from, to);
        // An array reaches the visitor only if the reader is asked for whatever there is.
        if to == &ARRAYS {
            let (from, to) = (
                "deserializer.deserialize_map(Whole(PhantomData))",
                "deserializer.deserialize_any(Whole(PhantomData))",
            );
            tree = replaced(&tree, "src/support/object.rs", from, to);
        }
        Mutant { what: (*what).to_owned(), seen_in, tree }
    };
    MUTATIONS.iter().map(mutant).collect()
}
