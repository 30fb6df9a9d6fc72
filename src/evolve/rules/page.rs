//! The tables of rules -> a page for people, in Markdown.

use std::fmt;

use super::{GROUPS, Rule, all_of_rust};

/// The page that lists all rules.
pub struct Page;

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "# The rules of `cargo xtask diff`\n\n\
             `cargo xtask diff --rules` prints this page.\n\n\
             ## On the wire\n\n\
             Who sends has made a value by the old version, and the new one reads it; who receives reads by the old version what the new\n\
             one made. error: something is refused; warning: all is read, but may mean something else; info: nothing breaks. An error that\n\
             the sets of values rule out is said as info.\n\n\
             | rule | what it tells | sender | receiver |\n|---|---|---|---|\n",
        )?;
        for Rule { id, purpose, sender, receiver } in GROUPS.iter().copied().flatten() {
            writeln!(f, "| `{id}` | {purpose} | {sender} | {receiver} |")?;
        }
        f.write_str(
            "\n## In Rust\n\n\
             major: programs that compiled may not compile any more; minor: all of them do, and there is more, or something else; patch:\n\
             programs see nothing of it.\n\n\
             | rule | what it tells | step |\n|---|---|---|\n",
        )?;
        for rule in all_of_rust() {
            writeln!(f, "| `{}` | {} | {} |", rule.id, rule.purpose, rule.step)?;
        }
        Ok(())
    }
}
