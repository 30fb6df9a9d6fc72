//! The documentation of a schema -> its first sentence, for a list.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::rustdoc;

/// The first sentence of `markdown` as the text of a doc comment, on one line; empty if it does not begin with one.
#[must_use]
pub fn summary(markdown: &str) -> String {
    let first = first_sentence(markdown).split_whitespace().collect::<Vec<_>>().join(" ");
    let said = rustdoc(&first);
    // What only a page of its own can show is no summary.
    if said.contains('\n') { String::new() } else { said }
}

/// The text of the first paragraph up to the end of a sentence that lies in no link, emphasis or code.
fn first_sentence(markdown: &str) -> &str {
    let mut events = Parser::new(markdown).into_offset_iter();
    let Some((Event::Start(Tag::Paragraph), paragraph)) = events.next() else { return "" };
    let mut inside = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(_) => inside += 1,
            Event::End(TagEnd::Paragraph) => break,
            Event::End(_) => inside = inside.saturating_sub(1),
            Event::Text(_) if inside == 0 => {
                if let Some(end) = sentence_end(markdown, range.start, range.end) {
                    return markdown.get(paragraph.start..end).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    markdown.get(paragraph).unwrap_or_default()
}

/// Where the first sentence that ends between `start` and `end` does so: after it is a space, and no small letter, which
/// what follows an abbreviation may be.
fn sentence_end(markdown: &str, start: usize, end: usize) -> Option<usize> {
    let text = markdown.get(start..end)?;
    text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。')).find_map(|(at, c)| {
        let end = start + at + c.len_utf8();
        let after = markdown.get(end..)?;
        let next = after.trim_start().chars().next();
        let ends = c == '。' || (after.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase));
        ends.then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn a_summary_is_the_first_sentence_on_one_line() {
        let cases = [
            ("One. Two.", "One."),
            ("One\nline only", "One line only"),
            (
                "A `x. Y` and [a. B](https://example.com/), e.g. this. More",
                "A `x. Y` and [a. B](https://example.com/), e.g. this.",
            ),
            ("See https://example.com/a_b. Next", "See <https://example.com/a_b>."),
            ("Version 1.2 is *here. Now*! Then", "Version 1.2 is *here. Now*!"),
            ("最初。次。", "最初。"),
            ("First.\n\nDefault: `1`", "First."),
            ("# Heading", ""),
            ("- item. Other", ""),
            ("```\ncode. Code\n```", ""),
            ("Use <name>. It", "Use &lt;name>."),
            ("[Thing] of it", "\\[Thing] of it"),
            ("", ""),
        ];
        for (markdown, expected) in cases {
            assert_eq!(summary(markdown), expected, "{markdown}");
        }
    }
}
