//! Turns the code in a text that rustdoc would test into code that it only shows.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::{Edit, Events};

/// Code that rustdoc would test becomes a fenced block of `text`.
pub(super) fn edits(text: &str, events: &Events<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => edits.extend(fence_edit(text, range, info)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let lines = events.iter().skip(index + 1).map_while(|(event, _)| match event {
                    Event::Text(line) => Some(line.as_ref()),
                    _ => None,
                });
                edits.extend(indented_edit(text, range, &lines.collect::<String>()));
            }
            _ => {}
        }
    }
    edits
}

fn fence_edit(text: &str, range: &Range<usize>, info: &str) -> Option<Edit> {
    let language = info.split([' ', ',', '{']).next().filter(|word| is_other_language(word)).unwrap_or("text");
    if info == language {
        return None;
    }
    let fence = text.get(range.clone())?.lines().next()?;
    let marks = fence.len() - fence.trim_start_matches(['`', '~']).len();
    Some(Edit::new(range.start + marks..range.start + fence.len(), language))
}

/// Whether rustdoc takes the word for a language other than Rust, and not for a misspelt attribute of a test.
fn is_other_language(word: &str) -> bool {
    let letters: String = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let attribute = ["rust", "ignore", "shouldpanic", "norun", "compilefail", "testharness", "standalone", "edition"];
    let is_error_code = letters.strip_prefix('e').is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    !letters.is_empty()
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_'))
        && !attribute.iter().any(|name| letters.starts_with(name))
        && !is_error_code
}

fn indented_edit(text: &str, range: &Range<usize>, code: &str) -> Option<Edit> {
    let line = text.get(..range.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let start = range.start.checked_sub(4).filter(|start| *start >= line)?;
    // What the block stands in goes on in each of its lines: quotes with their mark, list items with their indentation.
    let prefix: String = text.get(line..start)?.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
    let end = if text.get(range.clone())?.ends_with('\n') { "\n" } else { "" };
    Some(Edit::new(start..range.end, fenced(code, &prefix, end)))
}

/// `code` in a fence that nothing in it can close; every line but the first begins with `prefix`.
pub(super) fn fenced(code: &str, prefix: &str, end: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    let lines: String = code.lines().map(|line| format!("{prefix}{line}\n")).collect();
    format!("{fence}text\n{lines}{prefix}{fence}{end}")
}
