//! Names of Rust -> names of files that every file system takes, each once.

use std::collections::BTreeSet;

use heck::ToSnakeCase;
use sha2::{Digest, Sha256};

/// The bytes of the longest stem: Windows takes 260 for a whole path.
const LONGEST: usize = 64;

/// Stems that no file may have: what Rust has for itself, and the devices of Windows (whatever the extension).
const RESERVED: &[&str] = &["aux", "con", "conin", "conout", "crate", "mod", "nul", "prn", "self", "super"];

/// The stems that are taken in one folder.
#[derive(Debug, Default)]
pub(super) struct Stems(BTreeSet<String>);

impl Stems {
    /// A stem for the file of the type or the module `name`, which nothing else in the folder has, in whatever case. It is
    /// an identifier of small letters, digits and `_` in ASCII, or a keyword.
    pub(super) fn take(&mut self, name: &str) -> String {
        let stem = stem(name);
        let numbered = (2_usize..).map(|number| format!("{stem}_{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|stem| !self.0.contains(stem));
        let taken = free.unwrap_or(stem);
        self.0.insert(taken.clone());
        taken
    }
}

fn stem(name: &str) -> String {
    let spelled = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    let stem: String = name.to_snake_case().chars().map(spelled).collect();
    if stem.len() > LONGEST {
        let sum = Sha256::digest(name).iter().take(4).fold(String::new(), |sum, byte| format!("{sum}{byte:02x}"));
        let cut: String = stem.chars().take(LONGEST - 1 - sum.len()).collect();
        // Two `_` in a row are no snake case to rustc.
        return format!("{}_{sum}", cut.trim_end_matches('_'));
    }
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port).unwrap_or_default();
        number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    if RESERVED.contains(&stem.as_str()) || ["com", "lpt"].into_iter().any(is_port) { format!("{stem}_") } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_gets_a_file_that_every_system_takes() {
        let cases = [
            ("PortalSession", "portal_session"),
            ("Type", "type"),
            ("Mod", "mod_"),
            ("Self_", "self_"),
            ("Aux", "aux_"),
            ("COM1", "com1_"),
            ("Com10", "com10"),
            ("N名前", "nu540du524d"),
            ("É", "ue9"),
        ];
        for (name, expected) in cases {
            assert_eq!(Stems::default().take(name), expected, "{name}");
        }
    }

    #[test]
    fn no_two_files_of_a_folder_differ_by_case_alone() {
        let mut stems = Stems::default();
        let taken = ["FooBar", "FOOBar", "Foo_Bar", "FooBar2"].map(|name| stems.take(name));
        assert_eq!(taken, ["foo_bar", "foo_bar_2", "foo_bar_3", "foo_bar2"]);
    }

    #[test]
    fn a_long_name_is_cut_and_stays_its_own() {
        let mut stems = Stems::default();
        let [one, other] = ["A", "B"].map(|end| stems.take(&("Longer".repeat(30) + end)));
        assert_eq!((one.len(), other.len()), (LONGEST, LONGEST));
        assert_ne!(one, other);
        assert_eq!(Stems::default().take(&("Longer".repeat(30) + "B")), other, "whatever else there is");
        let cut_between_words = stems.take(&("L".to_owned() + &"o".repeat(53) + &"Word".repeat(9)));
        assert!(!cut_between_words.contains("__"), "{cut_between_words}");
    }
}
