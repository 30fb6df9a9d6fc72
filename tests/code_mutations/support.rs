//! Mutants of the support module, for the vendored schema: each check dropped, each rule of reading, writing and
//! re-export broken.

use super::{ANNOTATIONS, BEHAVIOUR, Mutation, SETS};

pub const MUTATIONS: &[Mutation] = &[
    Mutation {
        class: "reading objects",
        what: "an array is an object",
        seen_in: BEHAVIOUR,
        file: "support/object",
        edits: &[
            ("    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {", ARRAYS),
            (
                "deserializer.deserialize_map(Whole(PhantomData::<Self>))",
                "deserializer.deserialize_any(Whole(PhantomData::<Self>))",
            ),
        ],
    },
    Mutation {
        class: "reading objects",
        what: "a member twice",
        seen_in: BEHAVIOUR,
        file: "support/row",
        edits: &[("if place.is_some() {", "if false {")],
    },
    Mutation {
        class: "reading objects",
        what: "names in any case",
        seen_in: BEHAVIOUR,
        file: "support/object",
        edits: &[("|member| *member == name", "|member| member.eq_ignore_ascii_case(name)")],
    },
    Mutation {
        class: "reading objects",
        what: "names by their beginning",
        seen_in: BEHAVIOUR,
        file: "support/object",
        edits: &[("|member| *member == name", "|member| name.starts_with(*member)")],
    },
    Mutation {
        class: "reading objects",
        what: "the expected member whatever its name",
        seen_in: BEHAVIOUR,
        file: "support/object",
        edits: &[("place(after)", "Some(0).filter(|_| !after.is_empty())")],
    },
    Mutation {
        class: "reading objects",
        what: "unknown members refused",
        seen_in: BEHAVIOUR,
        file: "support/object",
        edits: &[("(None, Unknown::Refused) => Err", "(None, _) => Err")],
    },
    Mutation {
        class: "reading objects",
        what: "rest of an unknown member not read",
        seen_in: BEHAVIOUR,
        file: "support/object",
        edits: &[("map.next_value::<IgnoredAny>()?;", "map.next_value::<String>()?;")],
    },
    Mutation {
        class: "reading scalars",
        what: "null is an empty string or false",
        seen_in: BEHAVIOUR,
        file: "support/scalar",
        edits: &[(
            "Self::deserialize(deserializer)\n            }",
            "Option::<Self>::deserialize(deserializer).map(Option::unwrap_or_default)\n            }",
        )],
    },
    Mutation {
        class: "reading date-times",
        what: "a space for the T",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("rest.one_of(b\"Tt\")?", "rest.one_of(b\"Tt \")?")],
    },
    Mutation {
        class: "reading date-times",
        what: "no small t",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("rest.one_of(b\"Tt\")?", "rest.one_of(b\"T\")?")],
    },
    Mutation {
        class: "reading date-times",
        what: "no small z",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("self.one_of(b\"Zz+-\")?", "self.one_of(b\"Z+-\")?")],
    },
    Mutation {
        class: "reading date-times",
        what: "no offset west",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("self.one_of(b\"Zz+-\")?", "self.one_of(b\"Zz+\")?")],
    },
    Mutation {
        class: "reading date-times",
        what: "an offset without a colon",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("self.one_of(b\":\")?;\n        let minutes", "let _ = self.one_of(b\":\");\n        let minutes")],
    },
    Mutation {
        class: "reading date-times",
        what: "75 minutes in an offset",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("hours < 24 && minutes < 60", "hours < 24")],
    },
    Mutation {
        class: "reading date-times",
        what: "east is west",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("b'+' => 1,", "b'+' => -1,")],
    },
    Mutation {
        class: "reading date-times",
        what: "no leap second",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("let leap = second == 60;", "let leap = second == 60;\n    if leap {\n        return None;\n    }")],
    },
    Mutation {
        class: "reading date-times",
        what: "a leap second at any time",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("(!leap || (instant.hour(), instant.minute()) == (23, 59)).then_some(instant)", "Some(instant)")],
    },
    Mutation {
        class: "reading date-times",
        what: "a point without digits",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("(self.digits(1)? * 100_000_000, 10_000_000)", "(0, 100_000_000)")],
    },
    Mutation {
        class: "reading date-times",
        what: "no fraction",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("if self.one_of(b\".\").is_none() {", "if true {")],
    },
    Mutation {
        class: "reading date-times",
        what: "a fraction ten times as large",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("(self.digits(1)? * 100_000_000, 10_000_000)", "(self.digits(1)? % 1 * 100_000_000, 100_000_000)")],
    },
    Mutation {
        class: "reading date-times",
        what: "more after the date-time",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("if !rest.0.is_empty() {", "if false {")],
    },
    Mutation {
        class: "writing",
        what: "nothing is written",
        seen_in: BEHAVIOUR,
        file: "support/row",
        edits: &[(
            "Some(value) => map.serialize_entry(name, &Writing(value)),",
            "Some(value) => {\n            let _ = (name, value, map);\n            Ok(())\n        }",
        )],
    },
    Mutation {
        class: "writing",
        what: "a date-time without its fraction",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("if nanosecond != 0 {", "if false {")],
    },
    Mutation {
        class: "writing",
        what: "a date-time with its digits backwards",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("(0..digits).rev().filter_map", "(0..digits).filter_map")],
    },
    Mutation {
        class: "writing",
        what: "a date-time in another zone",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("0 => \"Z\",", "0 => \"+01:00\",")],
    },
    Mutation {
        class: "writing",
        what: "a leap second as the next second",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[(
            "leap @ 1_000_000_000.. => (60, leap - 1_000_000_000)",
            "leap @ 1_000_000_000.. => (59, leap - 1_000_000_000)",
        )],
    },
    Mutation {
        class: "writing",
        what: "an instant before year 0",
        seen_in: BEHAVIOUR,
        file: "support/date_time",
        edits: &[("..0 => LARGEST,", "..0 => 0,")],
    },
    Mutation {
        class: "re-exporting",
        what: "nothing is required",
        seen_in: SETS,
        file: "support/describe",
        edits: &[("if required {", "if false {")],
    },
    Mutation {
        class: "re-exporting",
        what: "all is closed",
        seen_in: SETS,
        file: "support/describe",
        edits: &[("if shape.unknown == Unknown::Refused {\n        schema.insert", "if true {\n        schema.insert")],
    },
    Mutation {
        class: "re-exporting",
        what: "no annotations of members",
        seen_in: ANNOTATIONS,
        file: "support/describe",
        edits: &[("annotated(schema, annotations).into()", "schema.into()")],
    },
    Mutation {
        class: "re-exporting",
        what: "no annotations of the type",
        seen_in: ANNOTATIONS,
        file: "support/describe",
        edits: &[("    annotated(schema, annotations)\n}", "    schema\n}")],
    },
    Mutation {
        class: "re-exporting",
        what: "a string is any value",
        seen_in: SETS,
        file: "support/scalar",
        edits: &[("schemars::json_schema!({ \"type\": $name })", "schemars::Schema::default()")],
    },
    Mutation {
        class: "re-exporting",
        what: "a date-time is any string",
        seen_in: SETS,
        file: "support/date_time",
        edits: &[("{ \"type\": \"string\", \"format\": \"date-time\" }", "{ \"type\": \"string\" }")],
    },
    Mutation {
        class: "re-exporting",
        what: "members in another order",
        seen_in: ANNOTATIONS,
        file: "support/describe",
        edits: &[(
            "let Description { properties, required, generator, maps, .. } = object;",
            "let Description { properties, required, generator, maps, .. } = object;\n    let properties: serde_json::Map<_, _> = properties.into_iter().rev().collect();",
        )],
    },
];

/// A visitor that takes an array of the members' values, as serde's derived code does. An array reaches it only if the
/// reader is asked for whatever there is.
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
        let items = Zipped(items, T::SHAPE.members.iter());
        Ok(T::make(gather(T::SHAPE, items)?))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {";
