//! What came of each draft -> what people read: a row for each keyword file, totals, and what disagrees.

use std::fmt;

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conformance {
    /// One for each draft, in the order asked for.
    pub drafts: Vec<DraftCount>,
}

impl Conformance {
    /// Whether there was something to run, and nothing disagrees.
    #[must_use]
    pub fn holds(&self) -> bool {
        let tests: usize = self.drafts.iter().map(|draft| draft.total().tests).sum();
        tests > 0 && self.drafts.iter().all(|draft| draft.disagreements.is_empty())
    }
}

/// What came of one draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftCount {
    /// Its name in the suite.
    pub name: &'static str,
    /// One for each file of tests.
    pub files: Vec<FileCount>,
    /// All that stands against conformance.
    pub disagreements: Vec<Disagreement>,
}

impl DraftCount {
    /// The sum of all files.
    #[must_use]
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.files.iter().for_each(|file| total.add(&file.count));
        total
    }
}

/// What came of one file of tests.
#[derive(Clone, Debug, PartialEq)]
pub struct FileCount {
    /// The file, from the draft's folder.
    pub file: String,
    /// How much of what.
    pub count: Count,
}

/// How many groups and tests there are, and what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Schemas.
    pub groups: usize,
    /// Instances.
    pub tests: usize,
    /// Instances that the type accepts or refuses as the suite says.
    pub agree: usize,
    /// Instances of which it need not, for a reason that is listed.
    pub excluded: usize,
    /// Groups whose types are exact by their shape.
    pub native: usize,
    /// Groups of which checks answer for a part.
    pub checked: usize,
    /// Groups of which a validator answers for a part.
    pub opaque: usize,
    /// Groups that are not opaque, whose types are proved to be their schemas.
    pub proved: usize,
    /// Those of which that could be neither proved nor refuted.
    pub undecided: usize,
    /// Those that are shown not to be.
    pub refuted: usize,
}

impl Count {
    pub(super) fn add(&mut self, other: &Self) {
        self.groups += other.groups;
        self.tests += other.tests;
        self.agree += other.agree;
        self.excluded += other.excluded;
        self.native += other.native;
        self.checked += other.checked;
        self.opaque += other.opaque;
        self.proved += other.proved;
        self.undecided += other.undecided;
        self.refuted += other.refuted;
    }

    fn row(&self, name: &str) -> [String; 11] {
        let share = |part: usize, whole: usize| match whole {
            0 => part.to_string(),
            // Down, so that 100.0 % means all.
            _ => format!("{part} ({}.{} %)", 100 * part / whole, 1000 * part / whole % 10),
        };
        [
            self.groups.to_string(),
            self.tests.to_string(),
            share(self.agree, self.tests - self.excluded.min(self.tests)),
            self.excluded.to_string(),
            share(self.native, self.groups),
            share(self.checked, self.groups),
            share(self.opaque, self.groups),
            self.proved.to_string(),
            self.undecided.to_string(),
            self.refuted.to_string(),
            name.to_owned(),
        ]
    }
}

/// Something that stands against conformance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The file of tests, from the draft's folder.
    pub file: String,
    /// The group's description.
    pub group: String,
    /// The test's description with what is expected, or what is the matter with the whole group.
    pub what: String,
    /// What the type, the generator or the proof said.
    pub said: String,
}

/// `file: group: what`, then what was said, on lines of their own.
impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.group, self.what)?;
        self.said.lines().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// The names come last, so that the columns before them stay narrow.
const HEAD: [&str; 11] =
    ["groups", "tests", "agree", "excluded", "native", "checked", "opaque", "proved", "undecided", "refuted", "file"];

/// For each draft a table and what disagrees; a table of the drafts at the end.
impl fmt::Display for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for draft in &self.drafts {
            let mut rows: Vec<_> = draft.files.iter().map(|file| file.count.row(&file.file)).collect();
            rows.push(draft.total().row("total"));
            write!(f, "{}\n{}", draft.name, table(&rows))?;
            draft.disagreements.iter().try_for_each(|disagreement| writeln!(f, "{disagreement}"))?;
            writeln!(f)?;
        }
        let mut total = Count::default();
        self.drafts.iter().for_each(|draft| total.add(&draft.total()));
        let mut rows: Vec<_> = self.drafts.iter().map(|draft| draft.total().row(draft.name)).collect();
        rows.push(total.row("all"));
        write!(f, "{}", table(&rows))?;
        let disagreements: usize = self.drafts.iter().map(|draft| draft.disagreements.len()).sum();
        write!(f, "{} of {} tests agree, {} excluded; ", total.agree, total.tests, total.excluded)?;
        match disagreements {
            0 => write!(f, "nothing disagrees."),
            _ => write!(f, "{disagreements} disagreements."),
        }
    }
}

/// Columns as wide as they need to be, numbers to the right.
fn table(rows: &[[String; 11]]) -> String {
    let head = HEAD.map(str::to_owned);
    let rows: Vec<&[String; 11]> = [&head].into_iter().chain(rows).collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..HEAD.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let (name, numbers) = row.split_last().map_or(("", row.as_slice()), |(name, numbers)| (name.as_str(), numbers));
        let cells = numbers.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}"));
        text.push_str(&format!("{}  {name}\n", cells.collect::<Vec<_>>().join("  ")));
    }
    text
}
