//! Proofs -> what people read: one row for each definition, then each finding with its place, the difference as a
//! schema and a JSON text that shows it.

use std::fmt;

use super::{Finding, Part, Proof};

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
        !self.proofs.is_empty() && self.proofs.iter().all(Proof::holds)
    }
}

const HEAD: [&str; 6] = ["type", "sets", "annotations", "behaviour", "verdict", "source"];

impl Proof {
    fn row(&self) -> [String; 6] {
        let seen = &self.visited;
        let part = |part, text: String| if self.part_holds(part) { text } else { format!("FAILS ({text})") };
        [
            self.type_path.clone(),
            part(
                Part::Sets,
                if seen.empty_differences == 2 { "equal".to_owned() } else { "not shown equal".to_owned() },
            ),
            part(Part::Annotations, format!("{} places", seen.places)),
            part(Part::Behaviour, format!("{} valid, {} near-miss, {} texts", seen.valid, seen.near_miss, seen.texts)),
            if self.holds() { "proved".to_owned() } else { format!("{} findings", self.findings.len()) },
            self.source.clone(),
        ]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; 6]> =
            [HEAD.map(str::to_owned)].into_iter().chain(self.proofs.iter().map(Proof::row)).collect();
        for row in &rows {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let width =
                    rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
                format!("{cell:width$}")
            });
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        for proof in &self.proofs {
            for finding in &proof.findings {
                write!(f, "\n{}: {finding}", proof.type_path)?;
            }
        }
        let proved = self.proofs.iter().filter(|proof| proof.holds()).count();
        match self.proofs.len() {
            0 => write!(f, "\nNothing was visited, so nothing is proved."),
            all => write!(f, "\n{proved} of {all} types proved."),
        }
    }
}

/// `part: #/pointer: message`, then the difference and the value on lines of their own.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: #{}: {}", self.part, self.pointer, self.message)?;
        if let Some(difference) = &self.difference {
            writeln!(f, "  difference: {difference}")?;
        }
        if let Some(witness) = &self.witness {
            writeln!(f, "  value: {witness}")?;
        }
        Ok(())
    }
}
