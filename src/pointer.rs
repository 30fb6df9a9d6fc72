//! JSON Pointers (RFC 6901) as strings: adding a token, splitting into tokens, finding what they name.

use serde_json::Value;

/// The pointer to member or element `token` of what `pointer` names; `~` and `/` are escaped.
#[must_use]
pub fn push(pointer: &str, token: &str) -> String {
    let mut pushed = String::with_capacity(pointer.len() + token.len() + 1);
    pushed.push_str(pointer);
    pushed.push('/');
    for part in token.split_inclusive(['~', '/']) {
        match (part.strip_suffix('~'), part.strip_suffix('/')) {
            (Some(plain), _) => pushed.extend([plain, "~0"]),
            (_, Some(plain)) => pushed.extend([plain, "~1"]),
            _ => pushed.push_str(part),
        }
    }
    pushed
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
        // How an index may be written, serde_json knows.
        Value::Array(_) => value.pointer(&format!("/{token}")),
        _ => None,
    })
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
