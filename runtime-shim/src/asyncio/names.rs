//! Names of coroutines, read from the type names of their futures: emitted code need not carry them.

/// `main` of `program::main_::{{closure}}`, `Worker.run` of `program::Worker::run::{{closure}}`.
#[inline]
pub(crate) fn coroutine(type_name: &str) -> String {
    let inner = unwrapped(type_name);
    let parts: Vec<&str> = split(inner);
    let mut named: Vec<String> = Vec::new();
    let mut functions = 0;
    for part in parts.iter().rev() {
        if *part == "{{closure}}" {
            functions += 1;
            continue;
        }
        let class = part.chars().next().is_some_and(char::is_uppercase);
        match (named.last(), class) {
            (None, _) => named.push(python_name(part)),
            (Some(_), true) => named.push(part.to_string()),
            (Some(_), false) if functions > 1 => {
                named.push("<locals>".to_owned());
                named.push(python_name(part));
            }
            (Some(_), false) => break,
        }
        functions -= i32::from(functions > 1);
    }
    named.reverse();
    named.join(".")
}

/// What a `Recursive<…>` or another wrapper wraps.
#[inline]
fn unwrapped(type_name: &str) -> &str {
    let head = type_name.split('<').next().unwrap_or(type_name);
    let wrapper = head.starts_with("aio2rust_runtime::") && !type_name.starts_with('<');
    match (wrapper, type_name.find('<')) {
        (true, Some(start)) if type_name.ends_with('>') => unwrapped(&type_name[start + 1..type_name.len() - 1]),
        _ => type_name,
    }
}

/// The segments of a path; generic arguments are left out.
#[inline]
fn split(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, bytes) = (0_usize, 0, path.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'<' => depth += 1,
            b'>' => depth = depth.saturating_sub(1),
            b':' if depth == 0 && bytes.get(at + 1) == Some(&b':') => {
                parts.push(&path[start..at]);
                at += 1;
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(&path[start..]);
    parts.into_iter().map(|part| part.split('<').next().unwrap_or(part)).filter(|part| !part.is_empty()).collect()
}

/// Emitted names that clash with something of Rust's end in `_`.
#[inline]
fn python_name(name: &str) -> String {
    match name.strip_suffix('_') {
        Some(plain) if is_taken(plain) => plain.to_owned(),
        _ => name.to_owned(),
    }
}

#[inline]
fn is_taken(name: &str) -> bool {
    let taken = "main script async await loop type match move ref fn let mut pub impl trait use mod where self super crate box \
                 dyn enum struct static const extern unsafe gen try yield do final override priv macro virtual abstract drop \
                 py repr str lazy generator attempt recursive recursion true false";
    taken.split_whitespace().any(|word| word == name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn python_names() {
        assert_eq!(super::coroutine("app::main_::{{closure}}"), "main");
        assert_eq!(super::coroutine("app::Worker::run::{{closure}}"), "Worker.run");
        assert_eq!(super::coroutine("app::sub::fetch::{{closure}}"), "fetch");
        assert_eq!(super::coroutine("aio2rust_runtime::recursion::Recursive<app::walk::{{closure}}>"), "walk");
        assert_eq!(super::coroutine("app::outer::{{closure}}::inner::{{closure}}"), "outer.<locals>.inner");
    }
}
