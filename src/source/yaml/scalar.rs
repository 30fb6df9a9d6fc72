//! Turns a scalar of YAML into a JSON value, by the core schema (YAML 1.2.2, section 10.3): `no` and `on` are text, and
//! numbers are what the same digits are in JSON.

use granit_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

/// What to do about a tag that is not of the core schema.
pub(super) const TAG_HELP: &str =
    "write the value without a tag: JSON has null, booleans, numbers, texts, arrays and objects";

/// Why a scalar is no JSON value.
pub(super) struct NotJson {
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// The value of the scalar `text`, written in this style and with this tag.
pub(super) fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, NotJson> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(text) } else { Ok(text.into()) };
    };
    let fits = |value: &Value, kind: &str| match kind {
        "null" => value.is_null(),
        "bool" => value.is_boolean(),
        "int" => value.is_i64() || value.is_u64(),
        _ => value.is_number(),
    };
    match tag.core_suffix() {
        Some("str") => Ok(text.into()),
        None if is_non_specific(tag) => Ok(text.into()),
        Some(kind @ ("null" | "bool" | "int" | "float")) => {
            let value = plain(text)?;
            let message = || format!("`{text}` is not what its tag `{}` says", tag.original());
            if fits(&value, kind) { Ok(value) } else { Err(NotJson { message: message(), help: TAG_HELP }) }
        }
        _ => Err(NotJson { message: format!("the tag `{}` is not known here", tag.original()), help: TAG_HELP }),
    }
}

/// Whether `tag` is `!`, which says that the value is what its form says, and no more.
pub(super) fn is_non_specific(tag: &Tag) -> bool {
    tag.original() == "!"
}

/// The value of a plain scalar.
fn plain(text: &str) -> Result<Value, NotJson> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(true.into()),
        "false" | "False" | "FALSE" => return Ok(false.into()),
        _ => {}
    }
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => ("-", text.get(1..).unwrap_or_default()),
        Some(b'+') => ("", text.get(1..).unwrap_or_default()),
        _ => ("", text),
    };
    let number = match (digits, text.get(..2)) {
        (".inf" | ".Inf" | ".INF", _) => None,
        (".nan" | ".NaN" | ".NAN", _) if digits == text => None,
        (_, Some(prefix @ ("0o" | "0x"))) => {
            let (base, digits) = (if prefix == "0x" { 16 } else { 8 }, text.get(2..).unwrap_or_default());
            if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
                return Ok(text.into());
            }
            u64::from_str_radix(digits, base).ok().map(Number::from)
        }
        _ => match decimal(digits) {
            // JSON's reader decides what the digits are, so that both spell the same numbers.
            Some(digits) => serde_json::from_str(&format!("{sign}{digits}")).ok(),
            None => return Ok(text.into()),
        },
    };
    number.map(Value::Number).ok_or_else(|| NotJson {
        message: format!("`{text}` is a number that JSON does not have, or that is out of range"),
        help: "quote it if it is text, or write another number",
    })
}

/// `digits`, if they are a number of the core schema without its sign, as JSON spells it.
fn decimal(digits: &str) -> Option<String> {
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    let is_number = are_digits(whole)
        && fraction.is_none_or(are_digits)
        && unsigned.is_none_or(|exponent| !exponent.is_empty() && are_digits(exponent))
        && !(whole.is_empty() && fraction.unwrap_or_default().is_empty());
    if !is_number {
        return None;
    }
    // JSON wants one digit at least on each side of the point, and no zero before others.
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = match fraction {
        Some("") => ".0".to_owned(),
        Some(fraction) => format!(".{fraction}"),
        None => String::new(),
    };
    let exponent = exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
    Some(format!("{whole}{fraction}{exponent}"))
}
