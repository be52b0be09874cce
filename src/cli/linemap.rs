//! Line maps (`main.map`): which Python line a Rust line comes from.

/// A place in the Python source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PythonLine<'a> {
    /// The file.
    pub path: &'a str,
    /// The line, from 1.
    pub line: u32,
    /// Its text, stripped.
    pub text: &'a str,
}

/// The Python line of line `line` of `rust_file`; any path that ends as the map's is meant.
pub fn python_line<'a>(map: &'a str, rust_file: &str, line: u32) -> Option<PythonLine<'a>> {
    rows(map).filter(|row| same_file(row.rust_file, rust_file) && row.rust_line <= line).last().map(|row| row.python)
}

/// The map as a table for people: Rust file, Rust line, Python file, Python line.
pub fn table(map: &str) -> String {
    let mut table = String::from("rust file\trust line\tpython file\tpython line\n");
    for row in rows(map) {
        let PythonLine { path, line, text: _ } = row.python;
        table.push_str(&format!("{}\t{}\t{path}\t{line}\n", row.rust_file, row.rust_line));
    }
    table
}

/// A statement's line.
struct Row<'a> {
    rust_file: &'a str,
    rust_line: u32,
    python: PythonLine<'a>,
}

fn rows(map: &str) -> impl Iterator<Item = Row<'_>> {
    let mut files = ("", "");
    map.lines().filter_map(move |line| {
        let fields: Vec<&str> = line.splitn(4, '\t').collect();
        match fields[..] {
            ["F", rust_file, path] => {
                files = (rust_file, path);
                None
            }
            [rust_line, line, _, text] => {
                let python = PythonLine { path: files.1, line: line.parse().ok()?, text };
                Some(Row { rust_file: files.0, rust_line: rust_line.parse().ok()?, python })
            }
            _ => None,
        }
    })
}

fn same_file(one: &str, other: &str) -> bool {
    let parts = |path: &str| path.rsplit('/').map(str::to_string).collect::<Vec<_>>();
    parts(one).iter().zip(&parts(other)).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::python_line;

    #[test]
    fn a_line_belongs_to_the_last_entry_at_or_above_it() {
        let map =
            "F\tmain.rs\thello.py\n5\t1\t<module>\timport x\n9\t4\tf\treturn 1\nF\tutil.rs\tutil.py\n3\t2\tg\tpass\n";
        let at = |file, line| python_line(map, file, line).map(|found| (found.path, found.line));
        assert_eq!(at("src/main.rs", 8), Some(("hello.py", 1)));
        assert_eq!(at("src/main.rs", 9), Some(("hello.py", 4)));
        assert_eq!(at("src/util.rs", 7), Some(("util.py", 2)));
        assert_eq!(at("src/main.rs", 2), None);
    }
}
