//! Pairs of figures -> one table of ratios.

use std::fmt;

/// How much of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Amount {
    /// A time.
    Seconds(f64),
    /// Memory.
    Bytes(f64),
    /// A number without a unit.
    Times(f64),
}

impl Amount {
    /// How many times `other` it is.
    fn over(self, other: Self) -> f64 {
        let number = |amount| match amount {
            Self::Seconds(number) | Self::Bytes(number) | Self::Times(number) => number,
        };
        number(self) / number(other)
    }
}

/// With three digits at most before the point, in the unit for that.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(number) => write!(f, "{number:.2}"),
            Self::Seconds(number) if *number >= 1.0 => write!(f, "{number:.2} s"),
            Self::Seconds(number) if *number >= 1e-3 => write!(f, "{:.1} ms", number * 1e3),
            Self::Seconds(number) if *number >= 1e-6 => write!(f, "{:.1} µs", number * 1e6),
            Self::Seconds(number) => write!(f, "{:.0} ns", number * 1e9),
            Self::Bytes(number) if *number >= 1e9 => write!(f, "{:.2} GB", number / 1e9),
            Self::Bytes(number) => write!(f, "{:.0} MB", number / 1e6),
        }
    }
}

/// What ours took, and what something else took for the same.
pub(crate) struct Row {
    /// What was done.
    pub(crate) what: String,
    /// By what else.
    pub(crate) against: String,
    pub(crate) ours: Amount,
    pub(crate) theirs: Amount,
}

/// The rows, in columns.
pub(crate) struct Table(pub(crate) Vec<Row>);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["measured", "against", "ours", "theirs", "ratio"].map(str::to_owned);
        let row = |row: &Row| {
            let ratio = format!("{:.2}", row.ours.over(row.theirs));
            [row.what.clone(), row.against.clone(), row.ours.to_string(), row.theirs.to_string(), ratio]
        };
        let lines: Vec<[String; 5]> = [head].into_iter().chain(self.0.iter().map(row)).collect();
        let width = |of: fn(&[String; 5]) -> &String| lines.iter().map(|line| of(line).chars().count()).max();
        let [what, against] =
            [width(|[what, ..]| what), width(|[_, against, ..]| against)].map(Option::unwrap_or_default);
        let mut lines = lines.iter().map(|[first, second, ours, theirs, ratio]| {
            format!("{first:what$}  {second:against$}  {ours:>8}  {theirs:>8}  {ratio:>5}")
        });
        f.write_str(&lines.next().unwrap_or_default())?;
        lines.try_for_each(|line| write!(f, "\n{line}"))
    }
}

/// The middle one of `numbers` by size, or the mean of the two in the middle. NaN if there is none.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let at = |index: usize| numbers.get(index).copied().unwrap_or(f64::NAN);
    let half = numbers.len() / 2;
    if numbers.len() % 2 == 1 { at(half) } else { f64::midpoint(at(half.wrapping_sub(1)), at(half)) }
}

/// The geometric mean of `ratios`. NaN if there is none.
pub(crate) fn geometric_mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them_and_ratios_are_of_ours_to_theirs() {
        let row = |what: &str, ours, theirs| Row { what: what.to_owned(), against: "it".to_owned(), ours, theirs };
        let table = Table(vec![
            row("reading µ", Amount::Seconds(396e-9), Amount::Seconds(4.4e-6)),
            row("time", Amount::Seconds(0.0125), Amount::Seconds(2.5)),
            row("memory", Amount::Bytes(420e6), Amount::Bytes(4.35e9)),
            row("mean", Amount::Times(0.5), Amount::Times(1.0)),
        ]);
        let lines = [
            "measured   against      ours    theirs  ratio",
            "reading µ  it         396 ns    4.4 µs   0.09",
            "time       it        12.5 ms    2.50 s   0.01",
            "memory     it         420 MB   4.35 GB   0.10",
            "mean       it           0.50      1.00   0.50",
        ];
        assert_eq!(table.to_string(), lines.join("\n"));
    }

    #[test]
    fn a_median_is_in_the_middle_and_no_outlier_moves_it() {
        assert_eq!(median(vec![9.0, 1.0, 1e9]), 9.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 1e9]), 3.0);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_geometric_mean_of_a_ratio_and_its_inverse_is_one() {
        assert!((geometric_mean(&[4.0, 0.25, 1.0]) - 1.0).abs() < 1e-12);
        assert!((geometric_mean(&[2.0, 8.0]) - 4.0).abs() < 1e-12);
        assert!(geometric_mean(&[]).is_nan());
    }
}
