use super::rustdoc;

fn assert_all(cases: &[(&str, &str)]) {
    for (description, expected) in cases {
        assert_eq!(rustdoc(description), *expected, "of {description:?}");
    }
}

#[test]
fn what_rustdoc_reads_as_it_is_meant_stays_byte_for_byte() {
    for text in [
        "",
        "Plain, *emphasised*, `code`, [a link](https://example.com/x \"title\"), <https://example.com>.",
        "# Heading\n\n- item\n  1. deeper\n\n> quote\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n---\n\n- [x] done",
        "[here](#section) [beside](./other.html) [query](?q=1) [file](guide.md) [](empty/) [mail](mailto:a@example.com)",
        "[defined][id] and [id]\n\n[id]: https://example.com/\n\nnote[^1]\n\n[^1]: text",
        "```json\n{\"a\": [1, \"<b>\"]}\n```\n\n~~~c++\nx\n~~~\n\n````text\n```\n````",
        "<b>bold</b> H<sub>2</sub>O<br/> a < b > c <!-- why -->",
        "trailing backslash \\",
        "![image](Thing) ![not one]",
        "https://{host}/ http://localhost/x https://",
    ] {
        assert_eq!(rustdoc(text), text);
    }
}

#[test]
fn bare_addresses_become_links_without_the_punctuation_after_them() {
    assert_all(&[
        ("see https://docs.konghq.com/hub/.", "see <https://docs.konghq.com/hub/>."),
        ("(https://example.com/a_(b)).", "(<https://example.com/a_(b)>)."),
        ("**https://example.com/x_y_z**", "**<https://example.com/x_y_z>**"),
        ("https://example.com/a*b*c", "<https://example.com/a*b*c>"),
        ("https://example.com/?a=1&amp;b=2&lt;", "<https://example.com/?a=1&b=2>&lt;"),
        ("https://example.com/a\\_b \"http://example.com\"", "<https://example.com/a_b> \"<http://example.com>\""),
        ("| https://example.com/x|\n|---|", "| <https://example.com/x>|\n|---|"),
        ("https://example.com/https://example.org/", "<https://example.com/https://example.org/>"),
        (
            "[https://example.com](https://example.com) `https://example.com`",
            "[https://example.com](https://example.com) `https://example.com`",
        ),
    ]);
}

#[test]
fn brackets_without_a_definition_are_text_and_destinations_are_addresses() {
    assert_all(&[
        ("[x] [`y`][] [a][b]", "\\[x] \\[`y`][] \\[a]\\[b]"),
        ("[[deep]]", "\\[\\[deep]]"),
        ("[text](Thing)", "[text](<./Thing>)"),
        ("[*a* `b]`](Thing<T> \"ti\\\"tle\")", "[*a* `b]`](<./Thing\\<T\\>> \"ti\\\"tle\")"),
        ("[*a* `b]`](Thing \"ti\\\"tle\")", "[*a* `b]`](<./Thing> \"ti\\\"tle\")"),
        ("[call](tel:555) [urn](urn:x:y)", "[call](<tel:%3555>) [urn](<urn:%78:y>)"),
        (
            "[a] [b][a]\n\n[a]: Thing 'title'\n[unused]: <Other>",
            "[a] [b][a]\n\n[a]: ./Thing 'title'\n[unused]: <./Other>",
        ),
        ("[a]\n\n[a]: Th\\_ing", "\\[a]\n\n\\[a]: Th\\_ing"),
    ]);
}

#[test]
fn html_that_is_not_an_element_of_formatting_is_shown_as_written() {
    assert_all(&[
        ("Vec<String> of <your-id>", "Vec&lt;String> of &lt;your-id>"),
        ("<b>bold</i></b> <i>open", "<b>bold&lt;/i></b> &lt;i>open"),
        ("<p>one<p>two</P>", "&lt;p>one<p>two</P>"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("x <b onclick=\"y\">z</b>", "x &lt;b onclick=\"y\">z&lt;/b>"),
        ("<!-- open", "&lt;!-- open"),
        ("<div>\n<T>\n</div>", "<div>\n&lt;T>\n</div>"),
        ("<T>\n[x]\n</T>", "&lt;T>\n\\[x]\n&lt;/T>"),
        ("x <?php ?> <!DOCTYPE a> <br/> <b/>", "x &lt;?php ?> &lt;!DOCTYPE a> <br/> &lt;b/>"),
    ]);
}

#[test]
fn code_that_would_be_tested_is_marked_as_text() {
    assert_all(&[
        ("```\nx\n```", "```text\nx\n```"),
        ("~~~ rust,ignore\nx", "~~~text\nx"),
        ("```should-panic\nx\n```", "```text\nx\n```"),
        ("```E0308\nx\n```", "```text\nx\n```"),
        ("```json title=\"x\"\n{}\n```", "```json\n{}\n```"),
        ("a\n\n    b\n     c\n\n    d\n\ne", "a\n\n```text\nb\n c\n\nd\n```\n\ne"),
        ("a\n\n    ```", "a\n\n````text\n```\n````"),
        ("- a\n\n      b\n\n  c", "- a\n\n  ```text\n  b\n  ```\n\n  c"),
        ("1.     a\n       b", "1. ```text\n   a\n   b\n   ```"),
        ("> a\n>\n>     b\n>     c", "> a\n>\n> ```text\n> b\n> c\n> ```"),
        ("\tcode\ttab", "```text\ncode    tab\n```"),
    ]);
}

#[test]
fn what_a_comment_cannot_hold_is_replaced() {
    assert_all(&[
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("\n \n  a\n\n\n", "  a"),
        ("a  \nb   \n> c  \n> d", "a\\\nb\n> c\\\n> d"),
        ("- [x] ", "- \\[x]"),
        ("a\\ \nb\\  \nc\\\\ \nd", "a\\\\\nb\\\\\\\nc\\\\\nd"),
        ("nul\0 esc\u{1b}[0m", "nul\u{fffd} esc\u{fffd}[0m"),
        ("\u{202E}abc\u{2069}", "abc"),
        (" \n\t", ""),
    ]);
}

#[test]
fn what_does_not_settle_is_shown_as_code() {
    let brackets = format!("{}x{}", "[".repeat(40), "]".repeat(40));
    assert_eq!(rustdoc(&brackets), format!("```text\n{brackets}\n```"));
}
