//! Turns a schema's `description` (CommonMark, by whoever wrote the schema) into the text of a doc comment.
//!
//! rustdoc reads such a text as Markdown too, but takes more from it: code without a language is a Rust test, words in
//! brackets are links to Rust items, a bare address or an unknown tag is a warning. [`rustdoc()`] finds those places
//! with the parser that rustdoc uses and changes them, and only them, so that the page reads as the author meant it.
//! A change can bring out what it covered (a tag that is shown as text uncovers the Markdown in its block), so the text
//! is read again until nothing is left to change; one that is not settled soon is shown as it is written, as code.

mod code;
mod html;
mod links;
mod summary;
#[cfg(test)]
mod tests;
mod urls;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

pub use summary::summary;

/// How often a text is read again. One reading for every level of brackets in brackets, and a few more.
const READINGS: usize = 16;

/// The text of a doc comment for `description`: rustdoc warns of nothing in it, tests nothing in it, and shows what the
/// description shows. Empty for an empty description.
///
/// Lines are separated by `\n`, without one at the end, and none ends in a space, which formatters take away; write each into a `///` comment of its own, after a space. (A
/// `/** */` comment would end at a `*/` in the text.) Tabs become spaces. Control characters become U+FFFD, which is
/// what CommonMark (2.3) does to NUL; the nine characters that reorder the text around them (UAX #9, 2.1 to 2.5), which
/// rustc does not allow in a comment, are left out. HTML is kept where it is an element without attributes
/// from a list of harmless ones, or a comment; all other is shown as it is written.
#[must_use]
pub fn rustdoc(description: &str) -> String {
    if is_plain(description) {
        return description.to_owned();
    }
    let mut text = plain_characters(description);
    for _ in 0..READINGS {
        let edits = edits(&text);
        let settled = edits.is_empty();
        let read = if settled { trim_lines(&text) } else { apply(&text, edits) };
        if settled && read == text {
            return text;
        }
        text = read;
    }
    code::fenced(&plain_characters(description), "", "")
}

/// Whether `text` is a line of words in which nothing can mean anything to Markdown or to rustdoc, as many are.
fn is_plain(text: &str) -> bool {
    let is_in_words = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;'".contains(&byte);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.ends_with(' ');
    begins && text.bytes().all(is_in_words)
}

/// A piece of the text and what takes its place.
struct Edit {
    range: Range<usize>,
    with: String,
}

impl Edit {
    fn new(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }
}

fn plain_characters(description: &str) -> String {
    let unix = description.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = unix.split('\n').map(plain_line).collect();
    let blank = |line: &&String| line.trim().is_empty();
    let first = lines.iter().take_while(blank).count();
    let last = lines.len() - lines.iter().rev().take_while(blank).count();
    lines.get(first..last).unwrap_or_default().join("\n")
}

/// One line without tabs (CommonMark 2.2: tab stops of four) and other control characters.
fn plain_line(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        let (c, times) = match c {
            '\t' => (' ', 4 - column % 4),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => (c, 0),
            c if c.is_control() => (char::REPLACEMENT_CHARACTER, 1),
            c => (c, 1),
        };
        plain.extend(std::iter::repeat_n(c, times));
        column += times;
    }
    plain
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut edited = String::with_capacity(text.len());
    let mut done = 0;
    for Edit { range, with } in edits {
        // One that overlaps another waits for the next reading.
        if let Some(before) = text.get(done..range.start) {
            edited.push_str(before);
            edited.push_str(&with);
            done = range.end;
        }
    }
    edited + text.get(done..).unwrap_or_default()
}

/// The changes that one reading asks for.
fn edits(text: &str) -> Vec<Edit> {
    // What rustdoc renders and lints with.
    let page = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    // A link for every reference, defined or not, as rustdoc has it.
    let mut undefined = |link: BrokenLink<'_>| Some((CowStr::from(link.reference.into_string()), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(text, page, Some(&mut undefined));
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.filter_map(|(_, to)| links::definition_edit(text, &to.span, &to.dest));
    let mut edits: Vec<Edit> = definitions.collect();
    let events: Events<'_> = parser.into_offset_iter().collect();
    edits.extend(links::edits(text, &events));
    edits.extend(html::edits(text, &events));
    edits.extend(text_edits(text, &events));
    edits.extend(code::edits(text, &events));
    edits
}

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// Bare addresses become links, and what hangs on spaces at a line's end is written without them.
fn text_edits(text: &str, events: &Events<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut inside = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => inside = inside.saturating_sub(1),
            Event::Text(_) if inside == 0 => {
                edits.extend(urls::edits(text, range));
                edits.extend(backslash_edit(text, range.end));
            }
            Event::HardBreak if spaces_at(text, range.start) > 0 => {
                edits.push(Edit::new(range.start..range.start + spaces_at(text, range.start), "\\"));
            }
            _ => {}
        }
    }
    edits
}

/// A backslash that is one only because of the spaces between it and the line's end becomes one by an escape.
fn backslash_edit(text: &str, end: usize) -> Option<Edit> {
    let (before, after) = text.split_at_checked(end)?;
    let escapes = (before.len() - before.trim_end_matches('\\').len()) % 2 == 1;
    let ends_line = after.starts_with(' ') && matches!(after.trim_start_matches(' ').chars().next(), None | Some('\n'));
    (escapes && ends_line).then(|| Edit::new(end..end, "\\"))
}

fn spaces_at(text: &str, start: usize) -> usize {
    text.get(start..).map_or(0, |after| after.len() - after.trim_start_matches(' ').len())
}

fn trim_lines(text: &str) -> String {
    text.split('\n').map(|line| line.trim_end_matches(' ')).collect::<Vec<_>>().join("\n")
}
