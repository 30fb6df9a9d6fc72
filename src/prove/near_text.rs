//! A string and what is asked of it -> strings that are almost the same, or almost what is asked.

use super::rng::Rng;
use super::{pattern, text};

/// The longest string whose every character is changed.
const LONGEST: usize = 64;
/// What is put in the place of a character, or before one: what begins or ends a number, separates, looks alike, or takes
/// two units of UTF-16.
const OTHERS: &[char] = &['0', '9', 'x', ' ', '-', '\u{1f980}'];

/// Every string that differs from `text` in one character: left out, put in, replaced.
pub(super) fn one_character(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > LONGEST {
        return Vec::new();
    }
    let with = |from: usize, others: &[char], to: usize| -> String {
        let (before, after) = (characters.iter().take(from), characters.iter().skip(to));
        before.chain(others).chain(after).collect()
    };
    let mut found = Vec::new();
    for (index, character) in characters.iter().enumerate() {
        found.push(with(index, &[], index + 1));
        found.extend(OTHERS.iter().filter(|other| *other != character).map(|other| with(index, &[*other], index + 1)));
        found.extend([*character, '0'].map(|other| with(index, &[other], index)));
    }
    found
}

/// Strings that begin, end or are written a little differently.
pub(super) fn edges(text: &str) -> Vec<String> {
    let mut found =
        vec![format!(" {text}"), format!("{text} "), format!("{text}\n"), format!("{text}x"), format!("{text}\u{0}")];
    found.extend([text.to_uppercase(), text.to_lowercase(), capitalised(text)]);
    let characters: Vec<char> = text.chars().collect();
    if let Some((last, rest)) = characters.split_last() {
        found.push(rest.iter().collect());
        found.push(format!("{}{}", rest.iter().collect::<String>(), if *last == 'x' { 'y' } else { 'x' }));
        found.push(format!("~{}", characters.iter().skip(1).collect::<String>()));
    }
    found
}

/// `text` made shorter or longer, to a character less than each length, to it, and to a character more; the same of
/// characters that are no single byte.
pub(super) fn of_lengths(text: &str, lengths: &[usize]) -> Vec<String> {
    let cycle = text.chars().chain("x".chars()).cycle();
    let around = lengths.iter().flat_map(|length| [length.saturating_sub(1), *length, length + 1]);
    around.flat_map(|length| [cycle.clone().take(length).collect(), "\u{e9}".repeat(length)]).collect()
}

/// A string that matches `pattern`, as far as that can be told; always the same.
pub(super) fn example(pattern: &str) -> Option<String> {
    pattern::sample(pattern, &mut Rng::new(0))
}

/// Strings that are almost of a format, or of it at one of its ends: they depend on nothing but the format.
pub(super) fn near_format(format: &str) -> Vec<String> {
    let fixed = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    match format {
        "date-time" => {
            let mut found = fixed(DATE_TIMES);
            found.extend(dates().into_iter().map(|date| format!("{date}T12:30:45Z")));
            found.extend(times().into_iter().map(|time| format!("2023-06-15T{time}")));
            found.extend(one_character("2024-02-29T23:59:08.5+05:45"));
            found
        }
        "date" => dates().into_iter().chain(fixed(DATES)).chain(one_character("2024-02-29")).collect(),
        "time" => times().into_iter().chain(fixed(TIMES)).chain(one_character("12:30:45.5+05:45")).collect(),
        "uuid" => {
            let mut found = fixed(&["2eb8aa08-aa98-11ea-b4aa", "2eb8aa08-aa98-11ea-b4aa-73b441d16380-73b4"]);
            found.extend(one_character("2eb8aa08-aa98-11ea-b4aa-73b441d16380"));
            found
        }
        "ipv4" => {
            let mut found = fixed(&["256.0.0.1", "1.2.3", "01.2.3.4", "192.0.2.1/24", "255.255.255.255"]);
            found.extend(one_character("192.0.2.1"));
            found
        }
        "ipv6" => {
            let mut found = fixed(&["::1%eth0", ":::", "1::2::3", "[::1]", "::ffff:256.0.0.1"]);
            found.extend(one_character("2001:db8::192.0.2.1"));
            found
        }
        _ => text::formatted(format, &mut Rng::new(0)).map(|text| one_character(&text)).unwrap_or_default(),
    }
}

/// What a text of a format becomes when it is written as people and other formats write it.
pub(super) fn respelled(format: &str, text: &str) -> Vec<String> {
    let with = |from: &str, to: &str| text.replacen(from, to, 1);
    let cut = |length: usize| text.get(..length).unwrap_or(text).to_owned();
    match format {
        "date-time" => vec![
            with("T", " "),
            with("T", ""),
            with("T", "t"),
            with("Z", ""),
            with("Z", "z"),
            with("-", "/"),
            cut(10),
            cut(16),
            cut(19),
            format!("{}+24:00", cut(19)),
            format!("{}+0100", cut(19)),
        ],
        "uuid" => vec![text.replace('-', ""), format!("{{{text}}}"), format!("urn:uuid:{text}")],
        _ => Vec::new(),
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| format!("{}{}", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}

/// Dates with each field at its ends and just beyond: the end of each month, leap years and years that are none.
fn dates() -> Vec<String> {
    let mut found: Vec<String> = [0, 1, 12, 13, 99].iter().map(|month| format!("2023-{month:02}-15")).collect();
    found.extend([0, 1, 32, 99].iter().map(|day| format!("2023-01-{day:02}")));
    found.extend((1..=12).flat_map(|month| [28, 29, 30, 31].map(|day| format!("2023-{month:02}-{day:02}"))));
    found.extend([0, 1900, 2000, 2024].iter().flat_map(|year| [28, 29, 30].map(|day| format!("{year:04}-02-{day}"))));
    found
}

/// Full times of RFC 3339 with each field at its ends and just beyond.
fn times() -> Vec<String> {
    let mut found: Vec<String> = [0, 23, 24, 25, 99].iter().map(|hour| format!("{hour:02}:30:45Z")).collect();
    for number in [0, 59, 60, 61, 75, 99] {
        found.push(format!("12:{number:02}:45Z"));
        found.push(format!("12:30:{number:02}Z"));
        found.push(format!("23:59:{number:02}Z"));
        found.extend(["+", "-"].map(|sign| format!("12:30:45{sign}01:{number:02}")));
        found.extend(["+", "-"].map(|sign| format!("12:30:45{sign}23:{number:02}")));
    }
    for hour in [0, 12, 14, 23, 24, 25, 99] {
        found.extend(["+", "-"].map(|sign| format!("12:30:45{sign}{hour:02}:00")));
    }
    found
}

const DATES: &[&str] = &["2023-2-1", "20230201", "2023-W01-1", "2023-032", "2023-02-01T00:00:00Z", "23-02-01"];

const TIMES: &[&str] = &["12:00:00", "12:00Z", "12:00:00.Z", "23:59:60Z", "22:59:60Z", "00:59:60+01:00"];

/// What date-time parsers take or refuse by mistake, and a few at the edge which are valid.
const DATE_TIMES: &[&str] = &[
    "2023-01-01T00:00:60Z",
    "2016-12-31T23:59:60Z",
    "2016-12-31T23:59:61Z",
    "2016-12-31T22:59:60Z",
    "2016-12-31T23:59:60+01:00",
    "2017-01-01T00:59:60+01:00",
    // In UTC this is in a year before 0000, so that it is written at another offset.
    "0000-01-01T00:59:60+01:00",
    "2023-01-01T00:00:00+24:00",
    "2023-01-01T00:00:00+1:00",
    "2023-01-01T00:00:00+01",
    "2023-01-01T00:00:00+0100",
    "2023-01-01T00:00:00+01:00:00",
    "2023-01-01T00:00:00+01:00[Europe/Paris]",
    "2023-01-01T00:00:00Z[UTC]",
    "2023-01-01T00:00:00\u{2212}01:00",
    "2023-01-01T00:00:00.Z",
    "2023-01-01T00:00:00,5Z",
    "2023-01-01T00:00:00.5",
    "2023-01-01T00:00:00 Z",
    "2023-01-01 00:00:00Z",
    "2023-01-01  00:00:00Z",
    "2023-01-01T00:00Z",
    "2023-01-01T00Z",
    "2023-01-01",
    "20230101T000000Z",
    "2023-1-1T0:0:0Z",
    "2023-001T00:00:00Z",
    "2023-W01-1T00:00:00Z",
    "+2023-01-01T00:00:00Z",
    "+002023-01-01T00:00:00Z",
    "-0001-01-01T00:00:00Z",
    "12023-01-01T00:00:00Z",
    "023-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "0000-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-23:59",
    "２０２３-01-01T00:00:00Z",
    "2023-01-01T00:00:00Z\n",
    "1672531200",
    "now",
    "Sun, 01 Jan 2023 00:00:00 GMT",
];
