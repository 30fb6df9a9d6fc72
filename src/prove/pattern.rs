//! A regular expression -> strings that it is likely to match. ECMA 262 and Rust differ in corners and anchors are
//! taken on trust, so whether a string does match is the validator's to say.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::rng::Rng;
use crate::regular::translated;

/// Repetitions beyond the fewest that an open or wide range gets.
const SPREAD: u32 = 8;
/// The longest range that is also tried at its upper end.
const WIDE: u32 = 256;
/// Parts of the expression written before a string is left as it is: repetitions may be nested and long.
const FUEL: usize = 20_000;

/// A string for `pattern`; `None` when it is written in syntax that Rust's regular expressions do not have.
pub(super) fn sample(pattern: &str, rng: &mut Rng) -> Option<String> {
    let translated = translated(pattern);
    let hir = regex_syntax::Parser::new().parse(translated.as_deref().unwrap_or(pattern)).ok()?;
    let mut text = String::new();
    let mut fuel = FUEL;
    write(&hir, rng, &mut fuel, &mut text);
    Some(text)
}

fn write(hir: &Hir, rng: &mut Rng, fuel: &mut usize, text: &mut String) {
    let Some(left) = fuel.checked_sub(1) else { return };
    *fuel = left;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, rng)),
        HirKind::Capture(capture) => write(&capture.sub, rng, fuel, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, rng, fuel, text)),
        HirKind::Alternation(parts) => {
            parts.get(rng.below(parts.len())).into_iter().for_each(|part| write(part, rng, fuel, text))
        }
        HirKind::Repetition(repetition) => {
            let (least, open) = (repetition.min, repetition.min.saturating_add(SPREAD));
            // Both ends of a range are where mistakes are.
            let times = match (rng.below(4), repetition.max) {
                (0, _) => least,
                (1, Some(most)) if most <= WIDE => most,
                (_, most) => {
                    let most = most.unwrap_or(open).min(open);
                    u32::try_from(rng.between(least.into(), most.into())).unwrap_or(least)
                }
            };
            for _ in 0..times {
                if *fuel == 0 {
                    break;
                }
                write(&repetition.sub, rng, fuel, text);
            }
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
