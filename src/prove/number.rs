//! The bounds on a number -> numbers within them.

use serde_json::{Map, Number, Value};

use super::rng::Rng;

/// How far from the nearest bound most numbers are.
const NEAR: i128 = 10;
const FAR: i128 = 100_000;
/// Multiples looked at where there is no bound.
const MULTIPLES: f64 = 2000.0;

/// The bounds that all schemas put on a number.
struct Bounds {
    low: Option<f64>,
    high: Option<f64>,
    low_excluded: bool,
    high_excluded: bool,
    step: Option<f64>,
}

impl Bounds {
    fn of(flat: &[&Map<String, Value>]) -> Self {
        let numbers = |keyword: &'static str| flat.iter().filter_map(move |schema| schema.get(keyword)?.as_f64());
        let (low, above) = (numbers("minimum").reduce(f64::max), numbers("exclusiveMinimum").reduce(f64::max));
        let (high, beneath) = (numbers("maximum").reduce(f64::min), numbers("exclusiveMaximum").reduce(f64::min));
        let low_excluded = above.is_some_and(|above| low.is_none_or(|low| above >= low));
        let high_excluded = beneath.is_some_and(|beneath| high.is_none_or(|high| beneath <= high));
        Self {
            low: if low_excluded { above } else { low },
            high: if high_excluded { beneath } else { high },
            low_excluded,
            high_excluded,
            step: numbers("multipleOf").reduce(f64::max).filter(|step| *step > 0.0),
        }
    }

    /// The least and the greatest integer within.
    fn whole(&self) -> (Option<i128>, Option<i128>) {
        let low = self
            .low
            .map(|low| (low.ceil() as i128).saturating_add(i128::from(self.low_excluded && low.fract() == 0.0)));
        let high = self
            .high
            .map(|high| (high.floor() as i128).saturating_sub(i128::from(self.high_excluded && high.fract() == 0.0)));
        (low, high)
    }
}

/// A number that is likely within what the schemas ask for, an integer if `whole`.
pub(super) fn sample(flat: &[&Map<String, Value>], whole: bool, rng: &mut Rng) -> Option<Value> {
    let bounds = Bounds::of(flat);
    if let Some(step) = bounds.step {
        return multiple(&bounds, step, rng);
    }
    if whole {
        let (low, high) = bounds.whole();
        let value = whole_between(low, high, rng);
        return i64::try_from(value).map(Value::from).or_else(|_| u64::try_from(value).map(Value::from)).ok();
    }
    let low = bounds.low.unwrap_or_else(|| bounds.high.map_or(-1.0e6, |high| high - 1.0e6));
    let high = bounds.high.unwrap_or(low + 2.0e6);
    let value = match rng.below(8) {
        0 => low,
        1 => high,
        2 if bounds.low.is_none() && bounds.high.is_none() => *rng.pick(&[0.5, -0.0, 1e-7, 1.5e15, -2.5e-300])?,
        _ => low + (high - low) * rng.fraction(),
    };
    Number::from_f64(value).map(Value::Number)
}

/// Mostly small, sometimes at an end, sometimes anywhere; unbounded, the ends are those of 64 bits.
fn whole_between(low: Option<i128>, high: Option<i128>, rng: &mut Rng) -> i128 {
    let (least, most) = (i128::from(i64::MIN), high.map_or(i128::from(i64::MAX), |_| i128::from(u64::MAX)));
    let (low, high) = (low.unwrap_or(least).clamp(least, most), high.unwrap_or(most).clamp(least, most));
    let near = 0_i128.clamp(low, high.max(low));
    match rng.below(8) {
        0 => low,
        1 => high,
        2 => rng.between(low, high),
        3..=5 => rng.between((near - NEAR).max(low), (near + NEAR).min(high)),
        _ => rng.between((near - FAR).max(low), (near + FAR).min(high)),
    }
}

fn multiple(bounds: &Bounds, step: f64, rng: &mut Rng) -> Option<Value> {
    let (low, high) = (bounds.low.map(|low| (low / step).ceil()), bounds.high.map(|high| (high / step).floor()));
    let low = low.unwrap_or_else(|| high.map_or(-MULTIPLES, |high| high - MULTIPLES));
    let high = high.unwrap_or(low + 2.0 * MULTIPLES);
    let times = rng.between(low as i128, high as i128) as f64;
    // Dividing by the whole reciprocal gives the decimal that is meant: 7 * 0.01 is 0.07 only this way.
    let reciprocal = 1.0 / step;
    let exact = (reciprocal - reciprocal.round()).abs() < 1e-9 && reciprocal >= 1.0;
    let value = if exact { times / reciprocal.round() } else { times * step };
    if value.fract() == 0.0 && value.abs() < 9.0e15 {
        return Some(Value::from(value as i64));
    }
    Number::from_f64(value).map(Value::Number)
}
