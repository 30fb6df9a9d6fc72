//! Words -> a command line that a shell reads back as these words.

/// `word` as one word for the shell: for POSIX's, and on Windows for `cmd` and PowerShell, where no path has a `"` in it.
pub(crate) fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=+,@".contains(c) || (cfg!(windows) && c == '\\');
    if word.chars().all(plain) {
        word.to_owned()
    } else if cfg!(windows) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
