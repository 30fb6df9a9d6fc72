//! An [`Evolution`] -> the next version of the generated package, and an entry for its changelog: what is for those who send,
//! for those who receive, and for those who compile.

use std::collections::BTreeMap;
use std::fmt;

use semver::{Prerelease, Version};

use super::markdown::{plain, spoken};
use super::rules::{Level, Step};
use super::table::cut;
use super::{Evolution, Finding, RustFinding};
use crate::lower::code;

/// What to release.
pub struct Proposal<'e> {
    evolution: &'e Evolution,
    /// The next version, if a manifest says which one there is, and anything changed.
    pub version: Option<Version>,
}

impl<'e> Proposal<'e> {
    /// What to release after `evolution`.
    #[must_use]
    pub fn of(evolution: &'e Evolution) -> Self {
        let package = evolution.rust.old.as_ref().or(evolution.rust.new.as_ref());
        let version = package.and_then(|package| Version::parse(&package.version).ok()).zip(evolution.rust.step);
        let version = version.map(|(version, step)| next(&version, step));
        // The new manifest may have gone that far already.
        let stated = evolution.rust.new.as_ref().and_then(|package| Version::parse(&package.version).ok());
        Self { evolution, version: version.map(|version| stated.map_or(version.clone(), |stated| stated.max(version))) }
    }
}

/// The version after `version`, as Cargo compares them: of `0.y.z`, `y` is what breaks, and of `0.0.z`, `z`. A pre-release
/// promises nothing, so the next one may be anything.
fn next(version: &Version, step: Step) -> Version {
    let Version { major, minor, patch, .. } = *version;
    if !version.pre.is_empty() {
        return Version { pre: next_prerelease(&version.pre), ..Version::new(major, minor, patch) };
    }
    match (major, minor, step) {
        (0, 0, _) => Version::new(0, 0, patch + 1),
        (0, _, Step::Major) => Version::new(0, minor + 1, 0),
        (0, ..) | (.., Step::Patch) => Version::new(major, minor, patch + 1),
        (.., Step::Minor) => Version::new(major, minor + 1, 0),
        (.., Step::Major) => Version::new(major + 1, 0, 0),
    }
}

/// `pre` with the number in its end one higher, or with a number.
fn next_prerelease(pre: &Prerelease) -> Prerelease {
    let (name, number) = pre.rsplit_once('.').unwrap_or(("", pre));
    let text = match (name, number.parse::<u64>()) {
        ("", Ok(number)) => (number + 1).to_string(),
        (name, Ok(number)) => format!("{name}.{}", number + 1),
        (_, Err(_)) => format!("{pre}.1"),
    };
    Prerelease::new(&text).unwrap_or_else(|_| pre.clone())
}

impl fmt::Display for Proposal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { evolution, version } = self;
        let Some(step) = evolution.rust.step else { return f.write_str("Nothing is to be released.") };
        match version {
            Some(version) => write!(f, "## {version}\n\nA {step} step.")?,
            None => write!(f, "## Next version\n\nA {step} step.")?,
        }
        write_wire(f, "send", "requests of the last version", evolution, |finding| finding.sender)?;
        write_wire(f, "receive", "responses of this version", evolution, |finding| finding.receiver)?;
        write_rust(f, &evolution.rust.findings)
    }
}

/// The errors and warnings for a reader, by definition.
fn write_wire(
    f: &mut fmt::Formatter<'_>,
    who: &str,
    what: &str,
    evolution: &Evolution,
    level: fn(&Finding) -> Level,
) -> fmt::Result {
    let told = |wanted: Level| evolution.findings.iter().filter(move |finding| level(finding) == wanted);
    if told(Level::Error).chain(told(Level::Warning)).next().is_none() {
        return Ok(());
    }
    write!(f, "\n\n### For those who {who}\n")?;
    for (wanted, heading) in [
        (Level::Error, format!("Some {what} are refused:")),
        (Level::Warning, "Everything is read as before, but may mean something else:".to_owned()),
    ] {
        let lines = told(wanted).map(|finding| (finding.definition.as_str(), finding.message.as_str()));
        write_list(f, &heading, lines)?;
    }
    Ok(())
}

/// What breaks those who compile, by type, and how much more there is.
fn write_rust(f: &mut fmt::Formatter<'_>, findings: &[RustFinding]) -> fmt::Result {
    if findings.is_empty() {
        return Ok(());
    }
    write!(f, "\n\n### For those who compile\n")?;
    let of = |step: Step| findings.iter().filter(move |finding| finding.rule.step == step);
    let breaking = of(Step::Major).map(|finding| (finding.path.as_str(), finding.message.as_str()));
    write_list(f, "Programs that use these may have to change:", breaking)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    of(Step::Minor).chain(of(Step::Patch)).for_each(|finding| *counts.entry(finding.rule.purpose).or_default() += 1);
    if !counts.is_empty() {
        write!(f, "\nBesides, where programs compile as before:\n")?;
    }
    for (purpose, count) in counts {
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        write!(f, "\n- {}: {times}", plain(purpose))?;
    }
    Ok(())
}

/// A list of what is said of each name, the same thing once.
fn write_list<'e>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    lines: impl Iterator<Item = (&'e str, &'e str)>,
) -> fmt::Result {
    let mut by_name: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    for (name, message) in lines {
        let (said, message) = (by_name.entry(name).or_default(), spoken(&cut(message), code));
        match said.iter_mut().find(|(other, _)| *other == message) {
            Some((_, count)) => *count += 1,
            None => said.push((message, 1)),
        }
    }
    if by_name.is_empty() {
        return Ok(());
    }
    write!(f, "\n{heading}\n")?;
    for (name, said) in by_name {
        let often = |count: usize| if count == 1 { String::new() } else { format!(", at {count} places") };
        let said: Vec<String> = said.into_iter().map(|(message, count)| message + &often(count)).collect();
        write!(f, "\n- {}: {}", code(name), said.join("; "))?;
    }
    writeln!(f)
}

#[cfg(test)]
mod tests {
    use super::{Step, Version, next};

    #[test]
    fn the_next_version_is_one_that_cargo_takes_for_compatible_where_it_is() {
        for (version, patch, minor, major) in [
            ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
            ("0.2.3", "0.2.4", "0.2.4", "0.3.0"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("1.0.0-rc.1", "1.0.0-rc.2", "1.0.0-rc.2", "1.0.0-rc.2"),
            ("1.0.0-beta", "1.0.0-beta.1", "1.0.0-beta.1", "1.0.0-beta.1"),
            ("1.2.3+build", "1.2.4", "1.3.0", "2.0.0"),
        ] {
            let version = Version::parse(version).unwrap();
            let proposed = [Step::Patch, Step::Minor, Step::Major].map(|step| next(&version, step).to_string());
            assert_eq!(proposed, [patch, minor, major], "{version}");
        }
    }
}
