//! What rustdoc itself says of the doc comments made from descriptions that were not written for it.

use std::io;
use std::path::Path;
use std::process::{Command, Output};

use pulldown_cmark::{Event, Options, Parser};
use typeproof::enrich::docs::rustdoc;

/// Descriptions of which rustdoc warns, or in which it finds a test.
const HOSTILE: &[&str] = &[
    // Addresses.
    "See https://docs.stripe.com/tax/tax-codes.",
    "(see https://docs.konghq.com/hub/). And http://example.com/a_(b)?c=d&e=f#g!",
    "https://example.com/a_b_c **https://example.com/x** _https://example.com/y_",
    "| a |\n|---|\n| https://example.com/x\\_y|",
    "# https://example.com/heading",
    "> - https://example.com/deep\n>   1. http://example.com/deeper",
    "\"https://example.com/quoted\" and 'https://example.com/q', https://example.com/?a=1&amp;b=2;",
    "https://example.com/path/to/resource?q=search.https://again.example.com",
    "![https://example.com/image](https://example.com/image.png)",
    "HTTP is not http://www.example.org:8080/user/%7Bid%7D/index.html~",
    "https://a.example.com/--/...\"x\"",
    // Links to items.
    "[text](SomeThing) and [text](Some::Thing<T>) [f](f()) [m](m!) [s](struct@S \"a title\")",
    "[`code` and *more*](Thing) [x][] [`y`][] [z] [a][b] [é] [1] [_]",
    "[defined] and [with text][defined] and [defined][]\n\n[defined]: Thing 'title \"quoted\"'",
    "[phone](tel:5551234) [urn](urn:isbn:12) [mail](mailto:a@b) [two](Foo#bar#baz)",
    "[[nested]] [[[deeper]]] ![image][missing] [![badge][x]](Link)",
    "| [a] | b |\n|---|---|\n| [cell](Cell) | [x][y] |",
    "- [x]\n- [X]",
    "- [ ] task\n- [x] done [open]",
    "[multi\nline](Thing) [a \\] b](Thing) [ends \\\\](Thing) [](Thing)",
    "[Option<String>] and [Vec](Vec) and [std::vec::Vec]",
    "footnote[^1] and [^missing] and [^Thing]\n\n[^1]: see [Thing]",
    // HTML.
    "Replace <name> with <your-id>, as Vec<String>.",
    "<div>\n<Foo>\n*text*\n</div>",
    "<p>one<p>two<br>three<br/>four",
    "<b>bold</i> <i>never closed",
    "<!-- never closed",
    "<div>\n\n    indented\n\n</div>\n</div>",
    "1 <a and b> 2, <3, < 4, <h1",
    "<pre>\n<T>\n</pre>",
    // Code.
    "```\nlet x = ;\n```",
    "```rust\nfn main() { panic!() }\n```",
    "~~~ignore\nx y z\n~~~",
    "```should_panic,E0308,edition2021\nx\n```",
    "```compile-fail\nx y\n```",
    "```json,rust\n{\n```",
    "```{.rust .x}\n{\n```",
    "```\n```",
    "````\n```\n````",
    "```\nnever closed",
    "text\n\n    indented code\n\n    after a blank line",
    "- item\n\n      code in the item\n       more\n\n  text",
    "> quote\n>\n>     code in the quote\n>     ``` and a fence",
    "1.     code at once\n       more",
    "- a\n  > b\n  >\n  >     c\n  >\n  >     d",
    "\tcode\tafter a tab\n\n-\titem\n\n\t\tcode",
    "text\n\n        deep `code`\n",
    // Several at once.
    "<Thing> [a](B): https://example.com/<id>/[x]\n\n    <b> [c] https://example.com/d",
    "> <div>\n> <T> https://example.com/z\n> </div>\n",
    "*<b>* [*a*](B) ~~[c]~~ \\[d] \\<e> [f\\](g)",
    "<details><summary>More</summary>\n\n[inner]\n\n</details> <details>",
];

/// Descriptions whose addresses have formatting in the middle, which is none.
const FORMATTED: &[&str] = &[
    "https://example.com/a*b*c",
    "http://example.com/__init__.py and https://example.com/~~x~~/y",
    "http://www.example.org:8080/~user/index.html~",
];

/// Descriptions on which rustdoc is silent anyway.
const QUIET: &[&str] = &[
    "<script>alert(1)</script><style>x</style><img src=x onerror=alert(1)>",
    "a <!-- closed --> b <?php echo ?> <!DOCTYPE html> <![CDATA[x]]>",
    "<table class=\"x\">\n<tr><td>1</td></tr>\n</table>",
    "<a href=\"https://example.com/page\">here</a>",
    "<Foo\nbar=\"baz\">\n</Foo>",
    "```text\nfine\n```\n\n```custom,{class=x}\nx\n```",
    "",
    "Plain text, *emphasis*, **strong**, `code`, `https://example.com/code`, `[code]` and `<code>`.",
    "A <https://example.com/link>, [another](https://example.com/ \"t\"), [one](#here), [two](a/b), <a@example.com>.",
    "[^n]: note\n\n    text of the note\n\nuse[^n]",
    "    code that rustdoc shifts to the left",
    "Ends in a backslash \\",
    "comment */ ends /* begins // line /// doc //! inner",
    "quotes \" ' and \\n and {braces} and #[attributes] and r#\"raw\"#",
    "http://localhost:8000/ and https://{region}.api.example.com/v1",
    "```json\n{\"a\": [1]}\n```\n\n```c++\nx<y>\n```",
    "one  \ntwo\\\nthree",
    "<b>bold</b>, H<sub>2</sub>O<br>and <!-- a comment -->",
];

/// Descriptions with characters that do not come out as they went in.
const UNPRINTABLE: &[&str] = &[
    "crlf\r\ncr\rlf\n",
    "nul \0 escape \u{1b}[2J bell \u{7} next line \u{85} delete \u{7f}",
    "bidi \u{202E}txet\u{202C} \u{2066}x\u{2069} `\u{202A}`",
    "\u{feff}bom and \u{200b}zero width and \u{2028}separator",
    "\n\n  \n    code after blank lines\r\n\t\r\n",
];

/// Runs rustdoc on a crate that has an item with each of these docs.
fn run_rustdoc(dir: &Path, docs: &[String], options: &[&str]) -> io::Result<Output> {
    let mut source = "//! A scratch crate.\n".to_owned();
    for (n, doc) in docs.iter().enumerate() {
        source += &format!("{doc}\npub struct S{n};\n");
    }
    std::fs::write(dir.join("scratch.rs"), source)?;
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let mut command = Command::new(rustdoc);
    command.current_dir(dir).args(["--edition=2024", "--crate-type=lib", "scratch.rs"]).args(options);
    command.output()
}

fn attribute(doc: &str) -> String {
    format!("#[doc = {doc:?}]")
}

fn line_comments(doc: &str) -> String {
    doc.split('\n').map(|line| format!("/// {line}")).collect::<Vec<_>>().join("\n")
}

fn all() -> impl Iterator<Item = &'static str> {
    HOSTILE.iter().chain(QUIET).chain(FORMATTED).chain(UNPRINTABLE).copied()
}

#[test]
fn rustdoc_warns_of_no_description_and_tests_none() {
    let dir = tempfile::tempdir().unwrap();
    for written in [attribute, line_comments] {
        let docs: Vec<String> = all().map(|description| written(&rustdoc(description))).collect();
        let lint = run_rustdoc(dir.path(), &docs, &["-Dwarnings", "--out-dir=doc"]).unwrap();
        assert!(lint.status.success() && lint.stderr.is_empty(), "{}", String::from_utf8_lossy(&lint.stderr));
        let test = run_rustdoc(dir.path(), &docs, &["--test"]).unwrap();
        let out = String::from_utf8_lossy(&test.stdout);
        assert!(test.status.success() && out.contains("running 0 tests"), "{out}");
    }
}

#[test]
fn every_hostile_description_would_have_been_a_warning_or_a_test() {
    let dir = tempfile::tempdir().unwrap();
    let docs: Vec<String> = HOSTILE.iter().map(|description| attribute(description)).collect();
    let lint = run_rustdoc(dir.path(), &docs, &["-Wwarnings", "--cap-lints=warn", "--out-dir=doc"]).unwrap();
    let test = run_rustdoc(dir.path(), &docs, &["--test", "--test-args=--list"]).unwrap();
    let said = String::from_utf8_lossy(&lint.stderr) + String::from_utf8_lossy(&test.stdout);
    let quiet: Vec<usize> = (0..docs.len())
        .filter(|n| {
            // Each item is on two lines, after a line of the crate's own.
            let line = 2 + 2 * n;
            !said.contains(&format!("scratch.rs:{line}:")) && !said.contains(&format!("S{n} (line"))
        })
        .collect();
    assert!(quiet.is_empty(), "{:#?}\n{said}", quiet.iter().map(|n| HOSTILE[*n]).collect::<Vec<_>>());
}

/// What a reader sees, without white space: text and code, and HTML and boxes to tick as they are written.
fn visible(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut seen = String::new();
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => seen += &text,
            // In a block of HTML the browser resolves this.
            Event::Html(text) => seen += &text.replace("&lt;", "<"),
            Event::TaskListMarker(_) => seen += &markdown[range],
            _ => {}
        }
    }
    seen.retain(|c| !c.is_whitespace());
    seen
}

#[test]
fn a_reader_sees_what_the_description_shows() {
    for description in HOSTILE.iter().chain(QUIET) {
        let doc = rustdoc(description);
        assert_eq!(visible(&doc), visible(description), "{description:?} became {doc:?}");
    }
}
