//! A regular expression -> strings that it is likely to match. ECMA 262 and Rust differ in corners and anchors are
//! taken on trust, so whether a string does match is the validator's to say.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::rng::Rng;

/// Repetitions beyond the fewest that an open or wide range gets.
const SPREAD: u32 = 8;
/// Characters after which a string is left as it is.
const LONGEST: usize = 4096;

/// A string for `pattern`; `None` when it is written in syntax that Rust's regular expressions do not have.
pub(super) fn sample(pattern: &str, rng: &mut Rng) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, rng, &mut text);
    Some(text)
}

fn write(hir: &Hir, rng: &mut Rng, text: &mut String) {
    if text.len() > LONGEST {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, rng)),
        HirKind::Capture(capture) => write(&capture.sub, rng, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, rng, text)),
        HirKind::Alternation(parts) => {
            parts.get(rng.below(parts.len())).into_iter().for_each(|part| write(part, rng, text))
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(SPREAD));
            // Both ends of a range are where mistakes are.
            let times = match (rng.below(4), repetition.max) {
                (0, _) => repetition.min,
                (1, Some(max)) if max <= 256 => max,
                _ => repetition.min + u32::try_from(rng.below((most - repetition.min) as usize + 1)).unwrap_or(0),
            };
            (0..times).for_each(|_| write(&repetition.sub, rng, text));
        }
    }
}

/// One character of the class, from its ASCII part if it has one: `\d` means ten digits in ECMA 262.
fn character(class: &Class, rng: &mut Rng) -> Option<char> {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let printable = |low: u32, high: u32| -> Vec<(u32, u32)> {
        let cut = ranges.iter().map(|(start, end)| (*start.max(&low), *end.min(&high)));
        cut.filter(|(start, end)| start <= end).collect()
    };
    let ascii = printable(0x20, 0x7e);
    let chosen = if ascii.is_empty() || rng.chance(5) { ranges } else { ascii };
    let (start, end) = *rng.pick(&chosen)?;
    char::from_u32(u32::try_from(rng.between(i128::from(start), i128::from(end))).ok()?)
}
