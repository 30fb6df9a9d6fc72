//! Rules about bounds, lengths, counts, multiples and patterns.

use serde_json::Value;

use super::super::view::View;
use super::super::walk::{Side, Walk};
use super::{Rule, changes, narrows, widens};

pub(in crate::evolve) const RULES: &[Rule] = &[
    narrows("bound-tightened", "a bound, a length or a count is asked for that was not, or a tighter one"),
    widens("bound-loosened", "a bound, a length or a count is not asked for any more, or a looser one"),
    narrows("multiple-tightened", "numbers must be multiples of something now, or of a multiple of what it was"),
    widens("multiple-loosened", "numbers need not be multiples any more, or of a part of what it was"),
    changes("multiple-changed", "numbers must be multiples of something else"),
    narrows("unique-items-added", "items must differ now"),
    widens("unique-items-removed", "items may be equal now"),
    narrows("pattern-added", "a pattern must be met now"),
    widens("pattern-removed", "a pattern need not be met any more"),
    changes("pattern-changed", "another pattern must be met"),
];

/// The keywords of a bound, and whether it holds from above.
const BOUNDS: &[(&str, bool)] = &[
    ("minimum", false),
    ("exclusiveMinimum", false),
    ("maximum", true),
    ("exclusiveMaximum", true),
    ("minLength", false),
    ("maxLength", true),
    ("minItems", false),
    ("maxItems", true),
    ("minProperties", false),
    ("maxProperties", true),
];

/// Tells what became of bounds and patterns.
pub(in crate::evolve) fn compare(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    for (keyword, is_upper) in BOUNDS {
        let rule = |tighter: bool| if tighter { "bound-tightened" } else { "bound-loosened" };
        match (strictest(old, keyword, *is_upper), strictest(new, keyword, *is_upper)) {
            (None, Some(after)) => {
                say(walk, rule(true), (Side::New, new), keyword, format!("`{keyword}` is {after} now"));
            }
            (Some(before), None) => {
                say(walk, rule(false), (Side::Old, old), keyword, format!("`{keyword}` was {before}"));
            }
            (Some(before), Some(after)) if before != after => {
                let message = format!("`{keyword}` was {before}, and is {after}");
                say(walk, rule((after < before) == *is_upper), (Side::New, new), keyword, message);
            }
            _ => {}
        }
    }
    multiple(walk, old, new);
    let is_unique = |view: &View<'_>| view.values("uniqueItems").contains(&&Value::Bool(true));
    match (is_unique(old), is_unique(new)) {
        (false, true) => {
            say(walk, "unique-items-added", (Side::New, new), "uniqueItems", "items must differ now".into())
        }
        (true, false) => {
            say(walk, "unique-items-removed", (Side::Old, old), "uniqueItems", "items may be equal now".into())
        }
        _ => {}
    }
    pattern(walk, old, new);
}

fn say(walk: &mut Walk<'_>, rule: &str, (side, view): (Side, &View<'_>), keyword: &str, message: String) {
    walk.say(rule, side, view.at(keyword).as_ref(), message);
}

/// The bound that decides, of all that hold.
fn strictest(view: &View<'_>, keyword: &str, is_upper: bool) -> Option<f64> {
    let bounds = view.values(keyword).into_iter().filter_map(Value::as_f64);
    bounds.reduce(if is_upper { f64::min } else { f64::max })
}

fn multiple(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    const KEYWORD: &str = "multipleOf";
    let of = |view: &View<'_>| view.values(KEYWORD).into_iter().filter_map(Value::as_f64).reduce(f64::max);
    let is_multiple = |one: f64, of: f64| (one / of).fract() == 0.0;
    let (rule, message) = match (of(old), of(new)) {
        (None, Some(after)) => ("multiple-tightened", format!("multiples of {after} only")),
        (Some(before), None) => {
            let message = format!("not multiples of {before} only");
            return say(walk, "multiple-loosened", (Side::Old, old), KEYWORD, message);
        }
        (Some(before), Some(after)) if before != after => {
            let rule = match (is_multiple(after, before), is_multiple(before, after)) {
                (true, _) => "multiple-tightened",
                (_, true) => "multiple-loosened",
                _ => "multiple-changed",
            };
            (rule, format!("multiples of {after}, no more of {before}"))
        }
        _ => return,
    };
    say(walk, rule, (Side::New, new), KEYWORD, message);
}

fn pattern(walk: &mut Walk<'_>, old: &View<'_>, new: &View<'_>) {
    const KEYWORD: &str = "pattern";
    let (before, after) = (old.texts(KEYWORD), new.texts(KEYWORD));
    let gone: Vec<&str> = before.difference(&after).copied().collect();
    let come: Vec<&str> = after.difference(&before).copied().collect();
    match (gone.as_slice(), come.as_slice()) {
        ([], []) => {}
        ([], come) => {
            say(walk, "pattern-added", (Side::New, new), KEYWORD, format!("the pattern {} now", come.join(", ")))
        }
        (gone, []) => {
            say(walk, "pattern-removed", (Side::Old, old), KEYWORD, format!("no more the pattern {}", gone.join(", ")));
        }
        (gone, come) => {
            let message = format!("the pattern was {}, and is {}", gone.join(", "), come.join(", "));
            say(walk, "pattern-changed", (Side::New, new), KEYWORD, message);
        }
    }
}
