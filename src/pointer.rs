//! JSON Pointers (RFC 6901) as strings: adding a token, splitting into tokens, finding what they name.

use serde_json::Value;

/// The pointer to member or element `token` of what `pointer` names; `~` and `/` are escaped.
#[must_use]
pub fn push(pointer: &str, token: &str) -> String {
    let mut pushed = String::with_capacity(pointer.len() + token.len() + 1);
    pushed.push_str(pointer);
    extend(&mut pushed, token);
    pushed
}

/// Makes `pointer` the one to member or element `token` of what it names.
pub fn extend(pointer: &mut String, token: &str) {
    pointer.push('/');
    if !token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        return pointer.push_str(token);
    }
    for part in token.split_inclusive(['~', '/']) {
        match (part.strip_suffix('~'), part.strip_suffix('/')) {
            (Some(plain), _) => pointer.extend([plain, "~0"]),
            (_, Some(plain)) => pointer.extend([plain, "~1"]),
            _ => pointer.push_str(part),
        }
    }
}

/// The pointer's tokens, unescaped.
pub fn tokens(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
}

/// What `pointer` names in `value`, as [`Value::pointer`] finds it; it is asked so often that it must copy no token.
#[must_use]
pub fn find<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    if pointer.contains('~') {
        return value.pointer(pointer);
    }
    let mut tokens = pointer.split('/');
    tokens.next().filter(|before| before.is_empty())?;
    tokens.try_fold(value, |value, token| match value {
        Value::Object(members) => members.get(token),
        Value::Array(items) => items.get(index(token)?),
        _ => None,
    })
}

/// The index that `token` is, written as RFC 6901 has it: without a sign, and without zeros before it.
fn index(token: &str) -> Option<usize> {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    token.parse().ok().filter(|_| is_plain)
}

/// `pointer` and the pointers to what is around it, from the inside out.
pub fn around(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| pointer.rsplit_once('/').map(|(around, _)| around))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_pushed_comes_back_as_tokens() {
        let pointer = ["a/b", "~1", "", "//~"].iter().fold(String::new(), |at, token| super::push(&at, token));
        assert_eq!(pointer, "/a~1b/~01//~1~1~0");
        assert_eq!(super::tokens(&pointer).collect::<Vec<_>>(), ["a/b", "~1", "", "//~"]);
        assert_eq!(super::tokens("").count(), 0);
    }

    #[test]
    fn what_is_found_is_what_serde_json_finds() {
        let value = serde_json::json!({"a": [0, {"b/c": 1, "": {"~": 2}}], "": 3});
        for pointer in
            ["", "/a", "/a/1", "/a/01", "/a/2", "/a/1/b~1c", "/a/1/", "/a/1//~0", "/", "/a/-", "a", "/a/0/x", "/b"]
        {
            assert_eq!(super::find(&value, pointer), value.pointer(pointer), "{pointer}");
        }
    }

    #[test]
    fn around_a_place_is_all_that_holds_it() {
        assert_eq!(super::around("/a~1b/c").collect::<Vec<_>>(), ["/a~1b/c", "/a~1b", ""]);
    }
}
