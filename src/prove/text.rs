//! A `format`, a `pattern`, length bounds -> strings.

use super::pattern;
use super::rng::Rng;

/// What free text is made of: what JSON escapes, what takes two, three and four bytes, what combines, and plain letters.
const ALPHABET: &[char] = &[
    'a', 'b', 'z', 'A', 'M', '0', '7', ' ', '-', '_', '.', '/', '"', '\\', '\n', '\t', '\u{0}', '\u{7f}', 'é', 'ß',
    '日', '😀', '\u{301}',
];
/// Characters of a free text beyond the fewest it needs.
const SPREAD: i128 = 12;
/// Characters of the longest text made on purpose.
const LONGEST: i128 = 5000;
/// Tries to meet the length bounds with a pattern.
const TRIES: usize = 30;

/// A string of `low` to `high` characters.
pub(super) fn free(low: u64, high: Option<u64>, rng: &mut Rng) -> String {
    let low = i128::from(low).min(LONGEST);
    let high = high.map_or(low + SPREAD, |high| i128::from(high).min(LONGEST));
    let length = match rng.below(6) {
        0 => low,
        1 => high,
        _ => rng.between(low, high.min(low + SPREAD)),
    };
    let plain = rng.chance(60);
    let letters = if plain { ALPHABET.get(..7).unwrap_or(ALPHABET) } else { ALPHABET };
    (0..length).filter_map(|_| rng.pick(letters)).collect()
}

/// A string for `pattern` of `low` to `high` characters, as far as that can be found by trying.
pub(super) fn matching(pattern: &str, low: u64, high: Option<u64>, rng: &mut Rng) -> String {
    let fits = |text: &String| {
        let length = text.chars().count() as u64;
        length >= low && high.is_none_or(|high| length <= high)
    };
    let mut tries = (0..TRIES).map_while(|_| pattern::sample(pattern, rng));
    match tries.find(fits) {
        // What stands around the match of an open pattern is free.
        Some(text) if rng.chance(10) => format!("{text}{}", free(0, Some(3), rng)),
        Some(text) => text,
        None => free(low, high, rng),
    }
}

/// A string of a format of 2020-12 Validation, section 7.3; `None` for a format that has no strings of its own here.
pub(super) fn formatted(format: &str, rng: &mut Rng) -> Option<String> {
    Some(match format {
        "date-time" => format!("{}{}{}", date(rng), if rng.chance(90) { 'T' } else { 't' }, time(rng)),
        "date" => date(rng),
        "time" => time(rng),
        "duration" => duration(rng),
        "uuid" => uuid(rng),
        "ipv4" => ipv4(rng),
        "ipv6" => ipv6(rng),
        "email" | "idn-email" => format!("{}@{}", word(rng), host(rng)),
        "hostname" | "idn-hostname" => host(rng),
        "uri" | "iri" => format!(
            "{}://{}/{}?{}#{}",
            choose(rng, &["https", "ftp", "x-a"]),
            host(rng),
            word(rng),
            word(rng),
            word(rng)
        ),
        "uri-reference" | "iri-reference" => choose(rng, &["", "#a", "/a/b", "../c?d", "https://example.com"]),
        "uri-template" => format!("/{}/{{id}}", word(rng)),
        "json-pointer" => choose(rng, &["", "/", "/a/0", "/a~1b/~0"]),
        "relative-json-pointer" => choose(rng, &["0", "1/a", "2#"]),
        "regex" => choose(rng, &["^a+$", "", "[0-9]{1,3}", "(a|b)"]),
        _ => return None,
    })
}

fn choose(rng: &mut Rng, texts: &[&str]) -> String {
    rng.pick(texts).copied().unwrap_or_default().to_owned()
}

fn word(rng: &mut Rng) -> String {
    let length = 1 + rng.below(8);
    (0..length).map(|_| char::from(b'a' + u8::try_from(rng.below(26)).unwrap_or(0))).collect()
}

fn host(rng: &mut Rng) -> String {
    format!("{}.{}", word(rng), choose(rng, &["com", "example", "co.uk", "x1"]))
}

fn date(rng: &mut Rng) -> String {
    match rng.below(12) {
        0 => choose(rng, &["0000-01-01", "0001-01-01", "9999-12-31", "1969-12-31", "1970-01-01"]),
        1 => choose(rng, &["2000-02-29", "2024-02-29", "2400-02-29", "1900-02-28", "2023-12-31", "2016-12-31"]),
        _ => format!("{:04}-{:02}-{:02}", 1900 + rng.below(200), 1 + rng.below(12), 1 + rng.below(28)),
    }
}

/// A `full-time` of RFC 3339, section 5.6. A fraction has nine digits at most: nanoseconds.
fn time(rng: &mut Rng) -> String {
    if rng.chance(4) {
        let leap = ["23:59:60Z", "23:59:60+00:00", "23:59:60.5Z", "15:59:60-08:00", "00:59:60+01:00", "23:59:60z"];
        return choose(rng, &leap);
    }
    let clock = match rng.below(8) {
        0 => choose(rng, &["00:00:00", "23:59:59", "12:00:00"]),
        _ => format!("{:02}:{:02}:{:02}", rng.below(24), rng.below(60), rng.below(60)),
    };
    let fraction = if rng.chance(50) {
        let digits = 1 + rng.below(9);
        (0..digits).fold(".".to_owned(), |text, _| format!("{text}{}", rng.below(10)))
    } else {
        String::new()
    };
    format!("{clock}{fraction}{}", offset(rng))
}

fn offset(rng: &mut Rng) -> String {
    match rng.below(10) {
        0..=3 => "Z".to_owned(),
        4 => choose(rng, &["z", "+00:00", "-00:00"]),
        5 => choose(rng, &["+23:59", "-23:59", "+14:00", "-12:00", "+05:45"]),
        _ => format!("{}{:02}:{:02}", choose(rng, &["+", "-"]), rng.below(24), rng.below(60)),
    }
}

/// A `duration` of RFC 3339, appendix A.
fn duration(rng: &mut Rng) -> String {
    let (a, b, c) = (rng.below(100), rng.below(24), rng.below(60));
    match rng.below(6) {
        0 => format!("P{a}W"),
        1 => format!("P{a}Y{b}M{c}D"),
        2 => format!("PT{b}H{c}M{a}S"),
        3 => format!("P{a}DT{b}H"),
        4 => format!("PT{a}S"),
        _ => format!("P{a}D"),
    }
}

fn uuid(rng: &mut Rng) -> String {
    let mut hex = |length: usize| -> String {
        (0..length).filter_map(|_| char::from_digit(u32::try_from(rng.below(16)).ok()?, 16)).collect()
    };
    format!("{}-{}-{}-{}-{}", hex(8), hex(4), hex(4), hex(4), hex(12))
}

fn ipv4(rng: &mut Rng) -> String {
    format!("{}.{}.{}.{}", rng.below(256), rng.below(256), rng.below(256), rng.below(256))
}

fn ipv6(rng: &mut Rng) -> String {
    match rng.below(3) {
        0 => choose(rng, &["::", "::1", "fe80::1", "2001:db8::", "::ffff:192.0.2.1"]),
        _ => (0..8).map(|_| format!("{:x}", rng.below(65536))).collect::<Vec<_>>().join(":"),
    }
}
