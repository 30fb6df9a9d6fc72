//! Proofs -> what people read: for each definition a line with each part, then what was found or is undecided, each with
//! its place, the difference as a schema and a JSON text that shows it.

use std::fmt;

use super::{Finding, Part, Proof, Verdict, Visited};

/// All proofs of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// One for each claim, in their order.
    pub proofs: Vec<Proof>,
}

impl Report {
    /// Whether every claim is proved. Without any claim nothing is.
    #[must_use]
    pub fn holds(&self) -> bool {
        !self.proofs.is_empty() && self.count(Verdict::Proved) == self.proofs.len()
    }

    /// How many claims ended so.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.proofs.iter().filter(|proof| proof.verdict() == verdict).count()
    }
}

/// Long names come last, so that the columns before them stay narrow.
const HEAD: [&str; 5] = ["verdict", "sets", "annotations", "behaviour", "type"];

impl Proof {
    /// The module, and the file that its types come from.
    fn module(&self) -> (&str, &str) {
        let module = self.type_path.rsplit_once("::").map_or("", |(module, _)| module);
        (module, self.source.split('#').next().unwrap_or_default())
    }

    fn row(&self) -> [String; 5] {
        let Visited { empty_differences, places, evaluated, valid, near_miss, texts, .. } = &self.visited;
        let part = |part, text: String| match self.verdict_on(part) {
            Verdict::Proved => text,
            Verdict::Undecided => format!("undecided ({text})"),
            Verdict::Refuted => format!("FAILS ({text})"),
        };
        let name = self.type_path.rsplit("::").next().unwrap_or_default();
        let pointer = self.source.split_once('#').map_or("", |(_, pointer)| pointer);
        [
            match self.verdict() {
                Verdict::Proved => "proved".to_owned(),
                Verdict::Undecided => "undecided".to_owned(),
                Verdict::Refuted => format!("{} findings", self.findings.len()),
            },
            part(Part::Sets, if *empty_differences == 2 { "equal" } else { "not shown equal" }.to_owned()),
            part(Part::Annotations, format!("{places} places, {evaluated} values")),
            part(Part::Behaviour, format!("{valid} valid, {near_miss} near-miss, {texts} other texts")),
            format!("{name} (#{pointer})"),
        ]
    }
}

/// A table with a heading for each module, the findings, and what all proofs together looked at.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; 5]> = self.proofs.iter().map(Proof::row).collect();
        let head = HEAD.map(str::to_owned);
        let cells = |column: usize| rows.iter().chain([&head]).filter_map(move |row| row.get(column));
        let widths: Vec<usize> =
            (0..HEAD.len()).map(|column| cells(column).map(|cell| cell.chars().count()).max().unwrap_or(0)).collect();
        let line = |row: &[String; 5]| {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let mut heading = None;
        for (proof, row) in self.proofs.iter().zip(&rows) {
            if heading != Some(proof.module()) {
                let (module, file) = proof.module();
                let before = if heading.is_some() { "\n" } else { "" };
                writeln!(f, "{before}module {module}, from {file}\n{}", line(&head))?;
                heading = Some(proof.module());
            }
            writeln!(f, "{}", line(row))?;
        }
        for proof in &self.proofs {
            for finding in proof.findings.iter().chain(&proof.undecided) {
                write!(f, "\n{}: {finding}", proof.type_path)?;
            }
        }
        self.sum(f)
    }
}

impl Report {
    fn sum(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.proofs.is_empty() {
            return write!(f, "Nothing was visited, so nothing is proved.");
        }
        let sum = |of: fn(&Visited) -> usize| self.proofs.iter().map(|proof| of(&proof.visited)).sum::<usize>();
        write!(
            f,
            "\n{} of {} types proved, {} undecided, {} refuted; visited: {} places, {} valid values, {} near-misses, {} other \
             texts, {} defaults; left out: {}.",
            self.count(Verdict::Proved),
            self.proofs.len(),
            self.count(Verdict::Undecided),
            self.count(Verdict::Refuted),
            sum(|visited| visited.places),
            sum(|visited| visited.valid),
            sum(|visited| visited.near_miss),
            sum(|visited| visited.texts),
            sum(|visited| visited.defaults),
            sum(|visited| visited.left_out)
        )
    }
}

/// Characters of a difference that are shown: that of two large schemas is a large schema.
const SHOWN: usize = 2_000;

/// `part: #/pointer: message`, then the difference and the value on lines of their own.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: #{}: {}", self.part, self.pointer, self.message)?;
        if let Some(difference) = &self.difference {
            let text = difference.to_string();
            match text.char_indices().nth(SHOWN) {
                Some((end, _)) => {
                    let (shown, left_out) = text.split_at(end);
                    writeln!(f, "  difference: {shown}… and {} characters more", left_out.chars().count())?;
                }
                None => writeln!(f, "  difference: {text}")?,
            }
        }
        if let Some(witness) = &self.witness {
            writeln!(f, "  value: {witness}")?;
        }
        Ok(())
    }
}
