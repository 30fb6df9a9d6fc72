//! Turns the links in a text that rustdoc would look up as Rust items into what they are elsewhere: text where there is no
//! definition, addresses where there is one.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::{Edit, Events};

/// Brackets without a definition are text; a destination that could be a Rust item is spelled so that it cannot.
pub(super) fn edits(text: &str, events: &Events<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, (event, range)) in events.iter().enumerate() {
        // A box to tick with nothing after it is none in GitHub's Markdown, nor in the parser's version in rustdoc.
        if matches!(event, Event::TaskListMarker(_)) && !text.get(range.end..).unwrap_or_default().starts_with(' ') {
            edits.push(Edit::new(range.start..range.start, "\\"));
        }
        let Event::Start(Tag::Link { link_type, dest_url, title, .. }) = event else { continue };
        match link_type {
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown => {
                edits.push(Edit::new(range.start..range.start, "\\"));
            }
            LinkType::Inline => {
                if let Some(destination) = no_item(dest_url) {
                    let inside = events.iter().skip(index + 1).take_while(|(_, inner)| inner.end < range.end);
                    let inside = inside.map(|(_, inner)| inner.end).max().unwrap_or(range.start + 1);
                    let title = if title.is_empty() { String::new() } else { format!(" \"{}\"", escape(title)) };
                    edits.push(Edit::new(inside..range.end, format!("](<{}>{title})", escape(&destination))));
                }
            }
            _ => {}
        }
    }
    edits
}

/// The same for the destination in a definition, whether anything refers to it or not.
pub(super) fn definition_edit(text: &str, span: &Range<usize>, destination: &str) -> Option<Edit> {
    let other = no_item(destination)?;
    let found = text.get(span.clone())?;
    let after_label = found.find("]:")? + 2;
    match found.get(after_label..)?.find(destination) {
        Some(offset) => {
            let start = span.start + after_label + offset;
            Some(Edit::new(start..start + destination.len(), other))
        }
        // Written with escapes: then it is text, and so are the references to it.
        None => Some(Edit::new(span.start..span.start, "\\")),
    }
}

/// Another spelling of the same address (RFC 3986, 6.2.2), if rustdoc could take this one for the path of an item: it
/// does so unless there is a character in it, before the fragment, that no path, type or disambiguator has.
fn no_item(destination: &str) -> Option<String> {
    let path = destination.split('#').next().unwrap_or_default();
    let in_path = |c: char| c.is_alphanumeric() || ":_<>, !*&;@()`".contains(c);
    if path.trim().is_empty() || !path.chars().all(in_path) {
        return None;
    }
    match destination.split_once(':') {
        // After a scheme, one character is written as its code.
        Some((scheme, rest)) if scheme.chars().all(|c| c.is_ascii_alphanumeric()) => {
            let mut rest = rest.chars();
            let mut first = [0; 4];
            let encoded = rest.next().map_or(&[][..], |c| c.encode_utf8(&mut first).as_bytes());
            let encoded: String = encoded.iter().map(|byte| format!("%{byte:02X}")).collect();
            Some(format!("{scheme}:{encoded}{}", rest.as_str()))
        }
        _ => Some(format!("./{destination}")),
    }
}

/// The text for between `<>` or quotation marks, where a backslash escapes punctuation.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '<' | '>' | '"' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
