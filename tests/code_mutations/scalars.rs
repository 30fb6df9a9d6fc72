//! Mutants of scalars but for texts: values that are listed, numbers, and the rules that they keep.

use super::{ANNOTATIONS, BEHAVIOUR, BOTH, Mutation, SETS, of};

pub const VALUES: &[Mutation] = &[
    of(
        "values",
        "any number is one listed",
        BEHAVIOUR,
        "support/values",
        &[(
            "Plain::number(*one).as_ref() == Some(other)",
            "Plain::number(*one).is_some_and(|_| matches!(other, Plain::Number(_)))",
        )],
    ),
    of(
        "values",
        "in any case",
        BEHAVIOUR,
        "support/values",
        &[(
            "(Self::Text(one), Plain::Text(other)) => one == other",
            "(Self::Text(one), Plain::Text(other)) => one.eq_ignore_ascii_case(other)",
        )],
    ),
    of(
        "values",
        "an item more",
        BEHAVIOUR,
        "support/values",
        &[("items.len() == others.len() &&", "items.len() <= others.len() &&")],
    ),
    of(
        "values",
        "a member more",
        BEHAVIOUR,
        "support/values",
        &[("members.len() == others.len() &&", "members.len() <= others.len() &&")],
    ),
    of(
        "values",
        "true and false alike",
        BEHAVIOUR,
        "support/values",
        &[("Plain::Bool(other)) => one == other", "Plain::Bool(other)) => one == other || one != other")],
    ),
    of(
        "values",
        "null nowhere",
        BEHAVIOUR,
        "support/values",
        &[("(Self::Null, Plain::Null) => true", "(Self::Null, Plain::Null) => false")],
    ),
    of(
        "values",
        "a large integer as a float",
        BEHAVIOUR,
        "support/constant",
        &[("serializer.serialize_u64(integer)", "serializer.serialize_f64(integer as f64)")],
    ),
    of(
        "values",
        "no first member written",
        BEHAVIOUR,
        "support/constant",
        &[("members.iter().try_for_each(", "members.iter().skip(1).try_for_each(")],
    ),
    of(
        "defaults",
        "another default",
        BEHAVIOUR,
        "values",
        &[(r#"stated!((Text "small"))"#, r#"stated!((Text "Large"))"#)],
    ),
    of(
        "defaults",
        "a default that is refused",
        BEHAVIOUR,
        "values",
        &[(r#"stated!((Text "small"))"#, r#"stated!((Text "tiny"))"#)],
    ),
    of("values", "any value", SETS, "support/values", &[(r#"{ "enum": values }"#, r#"{ "x-n": values.len() }"#)]),
    of(
        "values",
        "no first item",
        SETS,
        "support/constant",
        &[("items.iter().map(Self::json)", "items.iter().skip(1).map(Self::json)")],
    ),
    of(
        "values",
        "no annotations",
        ANNOTATIONS,
        "support/values",
        &[("$crate::support::annotated(schema, &[$(($place, $annotations)),*])", "schema")],
    ),
    of(
        "values",
        "a string in any case",
        BEHAVIOUR,
        "support/text",
        &[("find(|(value, _)| *value == text)", "find(|(value, _)| value.eq_ignore_ascii_case(text))")],
    ),
    of(
        "values",
        "a string by its beginning",
        BEHAVIOUR,
        "support/text",
        &[("find(|(value, _)| *value == text)", "find(|(value, _)| !value.is_empty() && text.starts_with(*value))")],
    ),
    of(
        "values",
        "a string as an object with one member",
        BEHAVIOUR,
        "support/text",
        &[
            ("deserializer.deserialize_str(OneOf(PhantomData))", "deserializer.deserialize_any(OneOf(PhantomData))"),
            ("impl<T: Text> Visitor<'_> for", "impl<'de, T: Text> Visitor<'de> for"),
            ("    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {", ENUM_FROM_OBJECT),
        ],
    ),
    of(
        "values",
        "a string by the variant's name",
        BEHAVIOUR,
        "support/text",
        &[("serializer.serialize_str(self.as_str())", "serializer.serialize_str(::std::stringify!($type))")],
    ),
    of(
        "values",
        "a string is any string",
        SETS,
        "support/text",
        &[(r#"{ "type": "string", "enum": values }"#, r#"{ "type": "string", "x-n": values.len() }"#)],
    ),
    of(
        "values",
        "no annotations of strings",
        ANNOTATIONS,
        "support/text",
        &[("$crate::support::annotated(schema, &[$(($place, $annotations)),*])", "schema")],
    ),
    of("values", "a value respelled", BOTH, "values", &[(r#"= "extra large""#, r#"= "extra-large""#)]),
    of("values", "another number", BOTH, "values", &[("(Float 2.5)", "(Float 2.25)")]),
    of("values", "another default", ANNOTATIONS, "values", &[(r#""default":"small""#, r#""default":"Large""#)]),
];

pub const NUMBERS: &[Mutation] = &[
    of(
        "numbers",
        "minimum as exclusive",
        BEHAVIOUR,
        "support/rule",
        &[("Some(Ordering::Greater | Ordering::Equal)", "Some(Ordering::Greater)")],
    ),
    of(
        "numbers",
        "maximum as exclusive",
        BEHAVIOUR,
        "support/rule",
        &[("Some(Ordering::Less | Ordering::Equal)", "Some(Ordering::Less)")],
    ),
    of(
        "numbers",
        "exclusiveMinimum as inclusive",
        BEHAVIOUR,
        "support/rule",
        &[("Some(Ordering::Greater)))", "Some(Ordering::Greater | Ordering::Equal)))")],
    ),
    of(
        "numbers",
        "exclusiveMaximum as inclusive",
        BEHAVIOUR,
        "support/rule",
        &[("Some(Ordering::Less)))", "Some(Ordering::Less | Ordering::Equal)))")],
    ),
    of(
        "numbers",
        "bounds of the nearest double",
        BEHAVIOUR,
        "support/rule",
        &[(
            "rules.all.iter().find(|rule| !number_keeps(number, rule))",
            "rules.all.iter().find(|rule| !number_keeps(Number::Float(number.nearest()), rule))",
        )],
    ),
    of(
        "numbers",
        "an integer with a fraction",
        BEHAVIOUR,
        "support/number",
        &[("(float.fract() == 0.0 && float.abs() < BEYOND)", "(float.abs() < BEYOND)")],
    ),
    of(
        "numbers",
        "no integer written as a float",
        BEHAVIOUR,
        "support/number",
        &[("(float.fract() == 0.0 && float.abs() < BEYOND)", "(float.is_nan() && float.abs() < BEYOND)")],
    ),
    of(
        "numbers",
        "integers compared as if fractions were none",
        BEHAVIOUR,
        "support/number",
        &[("    compare_floats(whole as f64, float)", "    compare_floats(0.0, float - float)")],
    ),
    of(
        "numbers",
        "a number in single precision",
        BEHAVIOUR,
        "support/number",
        &[("return serializer.serialize_f64(*self);", "return serializer.serialize_f32(*self as f32);")],
    ),
    of(
        "numbers",
        "an integer as a number",
        SETS,
        "support/number",
        &[(r#"{ "type": "integer" }"#, r#"{ "type": "number" }"#)],
    ),
    of(
        "numbers",
        "a number as an integer",
        SETS,
        "support/number",
        &[(r#"{ "type": "number" }"#, r#"{ "type": "integer" }"#)],
    ),
    of(
        "numbers",
        "a number with a half",
        BEHAVIOUR,
        "support/number",
        &[(".map(Number::nearest)", ".map(|number| number.nearest() + 0.5)")],
    ),
    of(
        "numbers",
        "a lower minimum",
        BOTH,
        "numbers",
        &[("Minimum(Integer 1), Maximum(Integer 10)", "Minimum(Integer 0), Maximum(Integer 10)")],
    ),
    of("numbers", "no maximum", BOTH, "numbers", &[("Minimum(Integer 1), Maximum(Integer 10)", "Minimum(Integer 1)")]),
    of("numbers", "an inclusive minimum", BOTH, "numbers", &[("ExclusiveMinimum(Integer 0)", "Minimum(Integer 0)")]),
    of(
        "numbers",
        "an integer for a number",
        BOTH,
        "numbers",
        &[
            ("pub ratio: ::std::option::Option<f64>", "pub ratio: ::std::option::Option<i64>"),
            ("ratio: Optional(f64)", "ratio: Optional(i64)"),
        ],
    ),
];

pub const MULTIPLES: &[Mutation] = &[
    of(
        "multiples",
        "no multiples",
        BEHAVIOUR,
        "support/rule",
        &[(
            "Rule::MultipleOf(divisor) => number.is_multiple_of(*divisor)",
            "Rule::MultipleOf(divisor) => number.is_multiple_of(*divisor) || true",
        )],
    ),
    of(
        "multiples",
        "multiples by division of doubles",
        BEHAVIOUR,
        "support/number",
        &[(
            "_ => Decimal::of(self).is_multiple_of(Decimal::of(divisor))",
            "_ => (self.nearest() / divisor.nearest()).fract() == 0.0",
        )],
    ),
    of(
        "multiples",
        "a remainder of two",
        BEHAVIOUR,
        "support/number",
        &[("divisor != 0 && number % divisor == 0", "divisor != 0 && number % divisor != 1")],
    ),
    of("multiples", "another multiple", BOTH, "multiples", &[("MultipleOf(Float 0.01)", "MultipleOf(Float 0.1)")]),
];

/// A visitor of enums that takes what serde's derived code takes for a variant without fields.
const ENUM_FROM_OBJECT: &str =
    "    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut variants: A) -> Result<T, A::Error> {
        match variants.next_entry::<String, ()>()? {
            Some((text, ())) => T::parse(&text).map_err(A::Error::custom),
            None => Err(A::Error::custom(\"no variant\")),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {";
