//! The text of `closed_union!(…)`: the formatter leaves the arguments of a macro as bare tokens.

/// The widest line that is not broken.
const WIDTH: usize = 100;

/// The lines of a union's macro call; `None`: the line is something else.
pub fn lines(line: &str) -> Option<Vec<String>> {
    if !line.starts_with("closed_union!(") && !line.starts_with("opaque_union!(") {
        return None;
    }
    let (name, rest) = line.split_once("!(")?;
    let tight = rest.replace(" < ", "<").replace(" >", ">").replace(" :: ", "::");
    let text = format!("{name}!({tight}");
    if text.len() <= WIDTH {
        return Some(vec![text]);
    }
    let (Some((union, variants)), true) = (tight.split_once(" { "), tight.ends_with(" });")) else {
        return Some(vec![text]);
    };
    let mut out = vec![format!("{name}!({union} {{")];
    let variants = variants.trim_end_matches(" });");
    let (mut depth, mut start) = (0, 0);
    for (at, c) in variants.char_indices() {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '>' if !variants[..at].ends_with('-') => depth -= 1,
            ',' if depth == 0 => {
                out.push(format!("    {},", variants[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = variants[start..].trim();
    if !last.is_empty() {
        out.push(format!("    {last},"));
    }
    out.push("});".to_string());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn types_are_written_as_elsewhere() {
        let line = "closed_union!(A { List(List < i64 >), Dict(Dict < Str, (i64, f64) >) });";
        assert_eq!(
            lines(line),
            Some(vec!["closed_union!(A { List(List<i64>), Dict(Dict<Str, (i64, f64)>) });".into()])
        );
        assert_eq!(lines("object!(A, \"A\");"), None);
    }

    #[test]
    fn long_ones_are_broken() {
        let list = "Function(Function<(Str, i64), Coroutine<Dict<Str, i64>>>)";
        let made = lines(&format!("closed_union!(StrOrFunctionOrSomethingElse {{ Str(Str), {list}, None(()) }});"));
        let made = made.unwrap_or_default().join("\n");
        let wanted =
            format!("closed_union!(StrOrFunctionOrSomethingElse {{\n    Str(Str),\n    {list},\n    None(()),\n}});");
        assert_eq!(made, wanted);
    }
}
