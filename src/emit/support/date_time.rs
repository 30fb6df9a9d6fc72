//! Date-times (RFC 3339, section 5.6) as instants, and dates.
//!
//! Read: exactly the RFC's grammar, `t` and `z` in either case, a leap second only where UTC has one (23:59:60).
//! Digits of a fraction beyond the ninth are dropped: an instant has nanoseconds. Written: in UTC, with `Z`.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc};
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use super::Json;
use super::invalid::{SHOWN, cut};

impl Json for DateTime<Utc> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Rfc3339)
    }

    /// An instant that no four-digit year reaches is an error.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match write(self) {
            Some(text) => serializer.serialize_str(&text),
            None => Err(S::Error::custom(format_args!("year {} has no date-time in RFC 3339", self.year()))),
        }
    }

    #[cfg(feature = "schemars")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

struct Rfc3339;

impl Visitor<'_> for Rfc3339 {
    type Value = DateTime<Utc>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date-time of RFC 3339 such as 2023-01-01T01:01:01.001Z")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        read(text.as_bytes()).ok_or_else(|| E::invalid_value(Unexpected::Str(&cut(text, SHOWN)), &self))
    }
}

/// A date is a year of four digits, a month and a day; any other is an error where it is written.
impl Json for NaiveDate {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(FullDate)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.year() {
            0..=9999 => {
                serializer.collect_str(&format_args!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day()))
            }
            year => Err(S::Error::custom(format_args!("year {year} has no full-date in RFC 3339"))),
        }
    }

    #[cfg(feature = "schemars")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

struct FullDate;

impl Visitor<'_> for FullDate {
    type Value = NaiveDate;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a full-date of RFC 3339 such as 2023-01-31")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NaiveDate, E> {
        full_date(text).ok_or_else(|| E::invalid_value(Unexpected::Str(&cut(text, SHOWN)), &self))
    }
}

fn full_date(text: &str) -> Option<NaiveDate> {
    let mut rest = Rest(text.as_bytes());
    let date = rest.date()?;
    rest.0.is_empty().then_some(date)
}

/// Whether `text` is a date-time.
pub(crate) fn is_date_time(text: &str) -> bool {
    read(text.as_bytes()).is_some()
}

/// Whether `text` is a full-date.
pub(crate) fn is_date(text: &str) -> bool {
    full_date(text).is_some()
}

/// What is left of a text while it is read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// The next byte, if it is one of `wanted`.
    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        wanted.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// The number that the next `count` digits write.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0, |number, digit| Some(number * 10 + char::from(*digit).to_digit(10)?))
    }

    /// A full-date.
    fn date(&mut self) -> Option<NaiveDate> {
        let year = self.digits(4)?.cast_signed();
        self.one_of(b"-")?;
        let month = self.digits(2)?;
        self.one_of(b"-")?;
        NaiveDate::from_ymd_opt(year, month, self.digits(2)?)
    }

    /// The nanoseconds that a fraction writes, if there is one.
    fn nanoseconds(&mut self) -> Option<u32> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let (mut nanoseconds, mut scale) = (self.digits(1)? * 100_000_000, 10_000_000);
        while let Some(digit) = self.one_of(b"0123456789") {
            nanoseconds += u32::from(digit - b'0') * scale;
            scale /= 10;
        }
        Some(nanoseconds)
    }

    /// The offset from UTC in minutes.
    fn offset(&mut self) -> Option<i32> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.digits(2)?;
        self.one_of(b":")?;
        let minutes = self.digits(2)?;
        (hours < 24 && minutes < 60).then(|| sign * (hours * 60 + minutes).cast_signed())
    }
}

fn read(text: &[u8]) -> Option<DateTime<Utc>> {
    let mut rest = Rest(text);
    let date = rest.date()?;
    rest.one_of(b"Tt")?;
    let hour = rest.digits(2)?;
    rest.one_of(b":")?;
    let minute = rest.digits(2)?;
    rest.one_of(b":")?;
    let second = rest.digits(2)?;
    let nanosecond = rest.nanoseconds()?;
    let offset = FixedOffset::east_opt(rest.offset()? * 60)?;
    if !rest.0.is_empty() {
        return None;
    }
    // chrono counts a leap second as the 59th with a nanosecond more than it can have.
    let leap = second == 60;
    let (second, nanosecond) = if leap { (59, nanosecond + 1_000_000_000) } else { (second, nanosecond) };
    let local = date.and_hms_nano_opt(hour, minute, second, nanosecond)?;
    let instant = local.and_local_timezone(offset).single()?.to_utc();
    (!leap || (instant.hour(), instant.minute()) == (23, 59)).then_some(instant)
}

/// The bytes of the longest date-time that is written.
const LONGEST: usize = "0000-00-00T00:00:00.000000000+23:59".len();

/// Writes the last `digits` digits of `number`: for so few, formatting takes longer than all else.
fn push(text: &mut String, number: u32, digits: u32) {
    let digits = (0..digits).rev().filter_map(|place| char::from_digit(number / 10_u32.pow(place) % 10, 10));
    text.extend(digits);
}

/// The instant in UTC, or with the largest offset where only that has a year of four digits.
fn write(instant: &DateTime<Utc>) -> Option<String> {
    const LARGEST: i32 = 23 * 60 + 59;
    let offset = match instant.year() {
        ..0 => LARGEST,
        0..=9999 => 0,
        10_000.. => -LARGEST,
    };
    // An addition, even of nothing, would turn a leap second into an ordinary one.
    let whole = instant.naive_utc().with_nanosecond(0)?.checked_add_signed(TimeDelta::minutes(offset.into()))?;
    let local = whole.with_nanosecond(instant.nanosecond())?;
    if !(0..=9999).contains(&local.year()) {
        return None;
    }
    let (second, nanosecond) = match local.nanosecond() {
        leap @ 1_000_000_000.. => (60, leap - 1_000_000_000),
        nanosecond => (local.second(), nanosecond),
    };
    let mut text = String::with_capacity(LONGEST);
    push(&mut text, local.year().cast_unsigned(), 4);
    let parts = [('-', local.month()), ('-', local.day()), ('T', local.hour()), (':', local.minute()), (':', second)];
    for (before, number) in parts {
        text.push(before);
        push(&mut text, number, 2);
    }
    if nanosecond != 0 {
        text.push('.');
        push(&mut text, nanosecond, 9);
        text.truncate(text.trim_end_matches('0').len());
    }
    text.push_str(match offset {
        0 => "Z",
        LARGEST => "+23:59",
        _ => "-23:59",
    });
    Some(text)
}
