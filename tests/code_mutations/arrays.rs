//! Mutants of arrays: tuples, lists, maps, what holds anything, and how items are compared.

use super::{ANNOTATIONS, BEHAVIOUR, BOTH, Mutation, SETS, of};

pub const TUPLES: &[Mutation] = &[
    of("tuples", "too few", BEHAVIOUR, "support/tuple", &[("count < *least", "count + 1 < *least")]),
    of("tuples", "too many", BEHAVIOUR, "support/tuple", &[("count > *most", "count > *most + 1")]),
    of(
        "tuples",
        "the same twice",
        BEHAVIOUR,
        "support/tuple",
        &[("|| !all_differ(plain)", "|| (false && !all_differ(plain))")],
    ),
    of(
        "tuples",
        "broken rules read",
        BEHAVIOUR,
        "support/tuple",
        &[("let broken = Self::SEQUENCE.broken_by(&tuple.items());", "let broken: Option<String> = None;")],
    ),
    of(
        "tuples",
        "the first item of those after alone",
        BEHAVIOUR,
        "support/tuple",
        &[(
            "            rest.push(item);",
            "            if rest.is_empty() {\n                rest.push(item);\n            }",
        )],
    ),
    of(
        "tuples",
        "the first of those after alone written",
        BEHAVIOUR,
        "support/tuple",
        &[("$each.flatten().try_for_each(", "$each.flatten().take(1).try_for_each(")],
    ),
    of("tuples", "nothing is required", SETS, "support/tuple", &[("self.required += 1;", "self.required += 0;")]),
    of(
        "tuples",
        "items after them",
        SETS,
        "support/tuple",
        &[("rest.or_else(|| sequence.closed.then_some(false.into()))", "rest")],
    ),
    of(
        "tuples",
        "in another order",
        SETS,
        "support/tuple",
        &[("self.prefix.push(schema);", "self.prefix.insert(0, schema);")],
    ),
    of(
        "tuples",
        "rules left out",
        SETS,
        "support/tuple",
        &[("for rule in sequence.rules {", "for rule in sequence.rules.iter().take(0) {")],
    ),
    of(
        "tuples",
        "no annotations of items",
        ANNOTATIONS,
        "support/tuple",
        &[("super::annotated(schema, annotations).into()", "schema.into()")],
    ),
    of(
        "tuples",
        "no annotations",
        ANNOTATIONS,
        "support/tuple",
        &[("super::annotated(schema, sequence.annotations)", "schema")],
    ),
    of("tuples", "a rule less", BOTH, "tuples", &[("[MaxItems(4)]", "[]")]),
    of("tuples", "items that may be equal", BOTH, "tuples", &[("[UniqueItems()]", "[]")]),
];

pub const LISTS: &[Mutation] = &[
    of(
        "lists",
        "null is an empty list",
        BEHAVIOUR,
        "support/collection",
        &[
            ("deserializer.deserialize_seq(Items(PhantomData))", "deserializer.deserialize_any(Items(PhantomData))"),
            ("    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>,", LIST_FROM_NULL),
        ],
    ),
    of(
        "lists",
        "the last item forgotten",
        BEHAVIOUR,
        "support/collection",
        &[("        Ok(list)", "        list.pop();\n        Ok(list)")],
    ),
    of(
        "lists",
        "a list backwards",
        BEHAVIOUR,
        "support/collection",
        &[(
            "serializer.collect_seq(self.iter().map(Writing))",
            "serializer.collect_seq(self.iter().rev().map(Writing))",
        )],
    ),
    of(
        "lists",
        "a member of a map twice",
        BEHAVIOUR,
        "support/collection",
        &[("if map.contains_key(&name) {", "if false {")],
    ),
    of(
        "lists",
        "an empty name forgotten",
        BEHAVIOUR,
        "support/collection",
        &[(
            "            map.insert(name, value);",
            "            if !name.is_empty() {\n                map.insert(name, value);\n            }",
        )],
    ),
    of(
        "lists",
        "the last member not written",
        BEHAVIOUR,
        "support/collection",
        &[(
            "serializer.collect_map(self.iter().map(",
            "serializer.collect_map(self.iter().take(self.len().saturating_sub(1)).map(",
        )],
    ),
    of(
        "lists",
        "null refused",
        BEHAVIOUR,
        "support/collection",
        &[
            (
                "visit_none<E>(self) -> Result<Option<T>, E> {\n        Ok(None)",
                "visit_none<E: Error>(self) -> Result<Option<T>, E> {\n        Err(E::custom(\"null\"))",
            ),
            (
                "visit_unit<E>(self) -> Result<Option<T>, E> {\n        Ok(None)",
                "visit_unit<E: Error>(self) -> Result<Option<T>, E> {\n        Err(E::custom(\"null\"))",
            ),
        ],
    ),
    of(
        "lists",
        "null as an empty string",
        BEHAVIOUR,
        "support/collection",
        &[(
            "self.as_ref().map(Writing).serialize(serializer)",
            "match self {\n            Some(value) => value.write(serializer),\n            None => serializer.serialize_str(\"\"),\n        }",
        )],
    ),
    of("lists", "null taken from the type", SETS, "support/collection", &[(r#"vec![name, "null"]"#, "vec![name]")]),
    of(
        "lists",
        "null taken from the alternatives",
        SETS,
        "support/collection",
        &[(r#"schemars::json_schema!({ "anyOf": [schema, { "type": "null" }] })"#, "schema")],
    ),
    of(
        "lists",
        "a list of anything",
        SETS,
        "support/collection",
        &[(r#""type": "array", "items": T::schema(generator)"#, r#""type": "array", "x-of": T::schema(generator)"#)],
    ),
    of(
        "lists",
        "a map of anything",
        SETS,
        "support/collection",
        &[(
            r#""type": "object", "additionalProperties": T::schema(generator)"#,
            r#""type": "object", "x-of": T::schema(generator)"#,
        )],
    ),
    of(
        "lists",
        "an item less",
        BEHAVIOUR,
        "support/rule",
        &[("Rule::MinItems(count) => self.len() >= *count", "Rule::MinItems(count) => self.len() + 1 >= *count")],
    ),
    of(
        "lists",
        "an item more",
        BEHAVIOUR,
        "support/rule",
        &[("Rule::MaxItems(count) => self.len() <= *count", "Rule::MaxItems(count) => self.len() <= *count + 1")],
    ),
    of(
        "lists",
        "an item twice",
        BEHAVIOUR,
        "support/rule",
        &[("Rule::UniqueItems => are_unique(self)", "Rule::UniqueItems => are_unique(self) || self.len() > 1")],
    ),
    of(
        "lists",
        "a member less",
        BEHAVIOUR,
        "support/rule",
        &[(
            "Rule::MinProperties(count) => self.len() >= *count",
            "Rule::MinProperties(count) => self.len() + 1 >= *count",
        )],
    ),
    of(
        "lists",
        "a member more",
        BEHAVIOUR,
        "support/rule",
        &[(
            "Rule::MaxProperties(count) => self.len() <= *count",
            "Rule::MaxProperties(count) => self.len() <= *count + 1",
        )],
    ),
    of(
        "lists",
        "a member less of any",
        BEHAVIOUR,
        "support/any",
        &[("self.len() >= *count", "self.len() + 1 >= *count")],
    ),
    of(
        "lists",
        "a member more of any",
        BEHAVIOUR,
        "support/any",
        &[("self.len() <= *count", "self.len() <= *count + 1")],
    ),
    of(
        "lists",
        "a member of anything twice",
        BEHAVIOUR,
        "support/any",
        &[("if self.contains_key(&name) {", "if false {")],
    ),
    // Members given twice inside of what no schema speaks of are not tried: tests/api.rs has them.
    of(
        "lists",
        "null is an object",
        BEHAVIOUR,
        "support/any",
        &[(
            "Value::Object(members) => Ok(members),",
            "Value::Object(members) => Ok(members),\n            Value::Null => Ok(Self::new()),",
        )],
    ),
    of(
        "lists",
        "an object is anything",
        SETS,
        "support/any",
        &[(r#"{ "type": "object", "additionalProperties": {} }"#, r#"{ "additionalProperties": {} }"#)],
    ),
    of(
        "lists",
        "neighbours alone compared",
        BEHAVIOUR,
        "support/plain",
        &[("    items.sort_unstable();\n", "    items.reverse();\n")],
    ),
    of(
        "lists",
        "members compared by name alone",
        BEHAVIOUR,
        "support/plain",
        &[(
            "self.members.insert(std::mem::take(&mut self.name), value.serialize(Writer)?);",
            "value.serialize(Writer)?;\n        self.members.insert(std::mem::take(&mut self.name), Plain::Null);",
        )],
    ),
    of(
        "lists",
        "items compared by number alone",
        BEHAVIOUR,
        "support/plain",
        &[("self.0.push(value.serialize(Writer)?);", "value.serialize(Writer)?;\n        self.0.push(Plain::Null);")],
    ),
    of(
        "lists",
        "texts in any case alike",
        BEHAVIOUR,
        "support/plain",
        &[(
            "fn serialize_str(self, value: &str) -> Result<Plain, Unwritable> {\n        Ok(Plain::Text(value.to_owned()))",
            "fn serialize_str(self, value: &str) -> Result<Plain, Unwritable> {\n        Ok(Plain::Text(value.to_lowercase()))",
        )],
    ),
    of(
        "lists",
        "fractions alike",
        BEHAVIOUR,
        "support/plain",
        &[(
            "Plain::number(Number::Float(value)).ok_or_else(|| ser::Error",
            "Plain::number(Number::Float(value.trunc())).ok_or_else(|| ser::Error",
        )],
    ),
    of(
        "lists",
        "no float equals an integer",
        BEHAVIOUR,
        "support/number",
        &[(
            "(Self::Integer(one), Self::Float(other)) => compare(one, other)",
            "(Self::Integer(_), Self::Float(_)) => Some(Ordering::Less)",
        )],
    ),
    of(
        "lists",
        "annotations at the top alone",
        ANNOTATIONS,
        "support/mod",
        &[(
            "(at(schema.ensure_object(), place), annotations)",
            "(at(schema.ensure_object(), place).filter(|_| place.is_empty()), annotations)",
        )],
    ),
    of("lists", "no uniqueItems", BOTH, "lists", &[(", UniqueItems()", "")]),
    of(
        "lists",
        "a text for an item",
        BOTH,
        "lists",
        &[
            (
                "ListsLists(::std::vec::Vec<::std::vec::Vec<i64>>) as",
                "ListsLists(::std::vec::Vec<::std::vec::Vec<::std::string::String>>) as",
            ),
            (
                "pub struct ListsLists(::std::vec::Vec<::std::vec::Vec<i64>>);",
                "pub struct ListsLists(::std::vec::Vec<::std::vec::Vec<::std::string::String>>);",
            ),
        ],
    ),
];

/// A visitor of lists that takes `null` too.
const LIST_FROM_NULL: &str = "    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>,";
