//! Numbers: integers of 64 bits and doubles, compared and divided exactly.
//!
//! A number is read before it is rounded to the type that holds it, so that a bound holds for what is written, not for the
//! nearest double.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use super::Json;

/// A number as it is written: an integer of 64 bits, or any other as the nearest double.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    /// Compares by value; nothing compares with NaN.
    pub(crate) const fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) if one < other => Some(Ordering::Less),
            (Self::Integer(one), Self::Integer(other)) if one > other => Some(Ordering::Greater),
            (Self::Integer(_), Self::Integer(_)) => Some(Ordering::Equal),
            (Self::Float(one), Self::Float(other)) => compare_floats(one, other),
            (Self::Integer(one), Self::Float(other)) => compare(one, other),
            (Self::Float(one), Self::Integer(other)) => match compare(other, one) {
                Some(ordering) => Some(ordering.reverse()),
                None => None,
            },
        }
    }

    /// Whether division by `divisor` gives an integer. A whole divisor divides a double as it is; another divides the
    /// shortest decimal that is read as the double, because that is what was written: 0.3 is a multiple of 0.1.
    pub(crate) fn is_multiple_of(self, divisor: Self) -> bool {
        match (self.whole(), divisor.whole()) {
            (Some(number), Some(divisor)) => divisor != 0 && number % divisor == 0,
            _ => match (self, divisor) {
                (Self::Float(number), Self::Float(divisor)) if divisor.fract() == 0.0 => number % divisor == 0.0,
                (Self::Float(number), Self::Integer(divisor)) => number % divisor as f64 == 0.0,
                _ => Decimal::of(self).is_multiple_of(Decimal::of(divisor)),
            },
        }
    }

    /// The integer that it is, if it is one of less than 127 bits.
    pub(crate) fn whole(self) -> Option<i128> {
        const BEYOND: f64 = 1e38;
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) => (float.fract() == 0.0 && float.abs() < BEYOND).then_some(float as i128),
        }
    }

    /// The nearest double.
    pub(crate) const fn nearest(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// The nearest number from `least` to `most` that has no fraction.
    pub(crate) const fn within(self, least: i128, most: i128) -> i128 {
        let integer = match self {
            Self::Integer(integer) => integer,
            Self::Float(float) => float as i128,
        };
        if integer < least {
            return least;
        }
        if integer > most { most } else { integer }
    }

    /// The number in JSON.
    #[cfg(feature = "schemars")]
    pub(crate) fn json(self) -> serde_json::Value {
        match self {
            Self::Integer(integer) => match (i64::try_from(integer), u64::try_from(integer)) {
                (Ok(integer), _) => integer.into(),
                (_, Ok(integer)) => integer.into(),
                _ => (integer as f64).into(),
            },
            Self::Float(float) => float.into(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(formatter),
            Self::Float(float) => float.fmt(formatter),
        }
    }
}

/// Compares an integer with a double, without rounding the one or the other.
const fn compare(integer: i128, float: f64) -> Option<Ordering> {
    const BEYOND: f64 = 1e38;
    if float.is_nan() || float.abs() >= BEYOND {
        return compare_floats(0.0, float);
    }
    let whole = float as i128;
    if integer < whole {
        return Some(Ordering::Less);
    }
    if integer > whole {
        return Some(Ordering::Greater);
    }
    compare_floats(whole as f64, float)
}

const fn compare_floats(one: f64, other: f64) -> Option<Ordering> {
    if one < other {
        return Some(Ordering::Less);
    }
    if one > other {
        return Some(Ordering::Greater);
    }
    if one == other { Some(Ordering::Equal) } else { None }
}

/// The size of a number as `digits * 10^exponent`.
#[derive(Clone, Copy)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// The size of `number`, of a double the shortest decimal that is read as it.
    fn of(number: Number) -> Self {
        let float = match number {
            Number::Integer(integer) => return Self { digits: integer.unsigned_abs(), exponent: 0 },
            Number::Float(float) => float,
        };
        let text = format!("{:e}", float.abs());
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let number = format!("{whole}{fraction}").parse::<u128>().unwrap_or_default();
        let exponent = exponent.parse::<i32>().unwrap_or_default() - fraction.len() as i32;
        Self { digits: number, exponent }
    }

    fn is_multiple_of(self, divisor: Self) -> bool {
        if divisor.digits == 0 || self.digits == 0 {
            return divisor.digits != 0;
        }
        match self.exponent - divisor.exponent {
            up @ 0.. => {
                // Digits have at most 64 bits, so that a remainder times ten has at most 68.
                let scaled = (0..up).fold(self.digits % divisor.digits, |rest, _| rest * 10 % divisor.digits);
                scaled == 0
            }
            // A divisor that is larger than any number of digits divides none but zero.
            down => {
                let scaled =
                    10_u128.checked_pow(down.unsigned_abs()).and_then(|scale| divisor.digits.checked_mul(scale));
                scaled.is_some_and(|divisor| self.digits % divisor == 0)
            }
        }
    }
}

/// Reads any number; `expected` says what it should be, and `ask` asks the format for that.
///
/// A format that people read says of each value what it is, and is asked for that: asked for an integer, some refuse `1.0`,
/// and asked for a double, some round. A binary format may not know.
pub(crate) fn read_number<'de, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    ask: impl FnOnce(D, AnyNumber) -> Result<Number, D::Error>,
) -> Result<Number, D::Error> {
    if deserializer.is_human_readable() {
        return deserializer.deserialize_any(AnyNumber(expected));
    }
    ask(deserializer, AnyNumber(expected))
}

/// Takes any number, and says what it should have been.
pub(crate) struct AnyNumber(&'static str);

impl<'de> Visitor<'de> for AnyNumber {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number::Integer(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        Ok(Number::Float(value))
    }

    /// Of a number whose digits it keeps, as its feature `arbitrary_precision` has it for all of a program, serde_json gives a
    /// map of them.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        let Ok(Some(true)) = map.next_key_seed(Digits) else { return Err(A::Error::invalid_type(Unexpected::Map, &self)) };
        let digits: String = map.next_value()?;
        let integer = digits.parse::<i64>().map(i128::from).or_else(|_| digits.parse::<u64>().map(i128::from));
        let float = || digits.parse().ok().filter(|float: &f64| float.is_finite()).map(Number::Float);
        let number = integer.ok().map(Number::Integer).or_else(float);
        number.ok_or_else(|| A::Error::custom(format_args!("{digits} is out of range")))
    }
}

/// Whether a name is that by which serde_json marks the digits of a number. Asked for an integer, the mark is given; a member's
/// name is not, so that no object with a member of this name is taken for a number.
struct Digits;

impl<'de> DeserializeSeed<'de> for Digits {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_i64(self)
    }
}

impl<'de> Visitor<'de> for Digits {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the digits of a number")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<bool, E> {
        Ok(name == "$serde_json::private::Number")
    }
}

/// An integer is any number without a fraction, however it is written: `1`, `1.0`, `1e3`. One beyond the type is refused.
macro_rules! integers {
    ($($type:ty: $deserialize:ident $serialize:ident $range:literal;)*) => {$(
        impl Json for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = read_number(deserializer, $range, |deserializer, any| deserializer.$deserialize(any))?;
                let integer = number.whole().and_then(|integer| integer.try_into().ok());
                integer.ok_or_else(|| D::Error::custom(format_args!("invalid value: {number}, expected {}", $range)))
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.$serialize(*self)
            }

            #[cfg(feature = "schemars")]
            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "integer" })
            }
        }
    )*};
}

integers! {
    i64: deserialize_i64 serialize_i64 "an integer from -2^63 to 2^63 - 1";
    u64: deserialize_u64 serialize_u64 "an integer from 0 to 2^64 - 1";
}

/// JSON has no infinity and no NaN: one of these is an error where it is written.
impl Json for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_number(deserializer, "a number", |deserializer, any| deserializer.deserialize_f64(any)).map(Number::nearest)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_finite() {
            return serializer.serialize_f64(*self);
        }
        Err(S::Error::custom(format_args!("{self} is no JSON number")))
    }

    #[cfg(feature = "schemars")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}
