//! The files of a program: the one that is run and, through its imports, those beside it.

use std::collections::BTreeSet;

use rustpython_parser::ast::Stmt;

use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::source::decode::decode;
use crate::source::{SourceFile, SourceMap, Span};
use crate::syntax::blocks::blocks;
use crate::syntax::{self, ParseOptions, Syntax};

/// Where modules come from. Paths are relative to where the program's path is, with `/`.
pub trait Sources {
    /// The bytes of a file; `None`: there is none that can be read.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// The parsed files of a program; the entry is the first.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Their texts.
    pub files: SourceMap,
    /// Their trees, in the same order.
    pub syntax: Vec<Syntax>,
}

/// CPython finds these before it looks beside the program: they are built in, or imported when it starts.
const FIRST: [&str; 22] = [
    "__future__",
    "_thread",
    "abc",
    "asyncio",
    "atexit",
    "builtins",
    "codecs",
    "encodings",
    "errno",
    "faulthandler",
    "gc",
    "io",
    "itertools",
    "marshal",
    "os",
    "posix",
    "signal",
    "site",
    "stat",
    "sys",
    "time",
    "typing",
];

/// Reads a program: the entry, whose bytes are given, and every file beside it that it imports, however indirectly.
pub fn load(
    path: &str,
    bytes: &[u8],
    sources: &dyn Sources,
    options: &ParseOptions,
    diags: &mut Diagnostics,
) -> Loaded {
    let folder = path.rfind(['/', '\\']).map_or("", |end| &path[..=end]);
    let mut loader = Loader { folder, sources, options, diags, loaded: Loaded::default(), asked: BTreeSet::new() };
    loader.add(path, "__main__", bytes);
    let mut at = 0;
    while let Some(syntax) = loader.loaded.syntax.get(at) {
        let file = loader.loaded.files.file(syntax.file);
        let importer = Importer { module: file.module.clone(), is_package: file.path.ends_with("__init__.py") };
        let mut names = Vec::new();
        imports(&syntax.suite, &importer, &mut names);
        for name in names {
            loader.module(&name);
        }
        at += 1;
    }
    loader.loaded
}

struct Loader<'a> {
    /// The folder of the entry, with its separator.
    folder: &'a str,
    sources: &'a dyn Sources,
    options: &'a ParseOptions,
    diags: &'a mut Diagnostics,
    loaded: Loaded,
    /// Modules that were looked for.
    asked: BTreeSet<String>,
}

impl Loader<'_> {
    fn add(&mut self, path: &str, module: &str, bytes: &[u8]) {
        let syntax = match decode(bytes) {
            Ok(text) => {
                let id = self.loaded.files.add(path, module, text);
                syntax::parse(self.loaded.files.file(id), self.options, self.diags)
            }
            Err(error) => {
                let id = self.loaded.files.add(path, module, error.text);
                let span = Span::new(id, error.offset..error.offset);
                self.diags.push(Diagnostic::new(catalog::SYNTAX_ERROR, span, error.message));
                syntax::parse(&SourceFile::new(id, path, module, ""), self.options, self.diags)
            }
        };
        self.loaded.syntax.push(syntax);
    }

    /// Loads a module and the packages around it, those first, as Python does.
    fn module(&mut self, name: &str) {
        let ends = name.match_indices('.').map(|(end, _)| end).chain([name.len()]);
        for part in ends.map(|end| &name[..end]) {
            let first = part.split('.').next().unwrap_or(part);
            if FIRST.contains(&first) || !self.asked.insert(part.to_string()) {
                continue;
            }
            let stem = format!("{}{}", self.folder, part.replace('.', "/"));
            // A package goes before a module of the same name.
            for path in [format!("{stem}/__init__.py"), format!("{stem}.py")] {
                if let Some(bytes) = self.sources.read(&path) {
                    self.add(&path, part, &bytes);
                    break;
                }
            }
        }
    }
}

/// The module whose imports are read.
struct Importer {
    module: String,
    is_package: bool,
}

impl Importer {
    /// The absolute name of `from {level dots}{name} import …`.
    fn absolute(&self, level: usize, name: Option<&str>) -> Option<String> {
        let mut parts: Vec<&str> = self.module.split('.').collect();
        if level > 0 {
            let up = if self.is_package { level - 1 } else { level };
            parts.truncate(parts.len().checked_sub(up)?);
        } else {
            parts.clear();
        }
        parts.extend(name);
        (!parts.is_empty()).then(|| parts.join("."))
    }
}

/// Every module that the statements may import, also inside functions: `from a import b` may mean the module `a.b`.
fn imports(suite: &[Stmt], importer: &Importer, names: &mut Vec<String>) {
    for stmt in suite {
        match stmt {
            Stmt::Import(import) => names.extend(import.names.iter().map(|alias| alias.name.to_string())),
            Stmt::ImportFrom(import) => {
                let level = import.level.map_or(0, |level| level.to_usize());
                let Some(module) = importer.absolute(level, import.module.as_deref()) else { continue };
                names.extend(
                    import
                        .names
                        .iter()
                        .filter(|alias| &*alias.name != "*")
                        .map(|alias| format!("{module}.{}", alias.name)),
                );
                names.push(module);
            }
            _ => blocks(stmt, &mut |block| imports(block, importer, names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Sources, load};
    use crate::diag::Diagnostics;
    use crate::syntax::ParseOptions;

    struct Texts(BTreeMap<&'static str, &'static str>);

    impl Sources for Texts {
        fn read(&self, path: &str) -> Option<Vec<u8>> {
            self.0.get(path).map(|text| text.as_bytes().to_vec())
        }
    }

    #[test]
    fn imports_lead_to_files_beside_the_program() {
        let texts = Texts(BTreeMap::from([
            ("app/helper.py", "import sys\n"),
            ("app/sys.py", ""),
            ("app/pkg/__init__.py", "from . import inner\n"),
            ("app/pkg/inner.py", "from ..nothing import x\nfrom .other import y\n"),
            ("app/pkg/other.py", ""),
            ("app/space/deep.py", ""),
        ]));
        let source = b"import asyncio\nimport pkg.inner\ndef f():\n    try:\n        from helper import g\n    finally:\n        import space.deep\n";
        let loaded = load("app/main.py", source, &texts, &ParseOptions::default(), &mut Diagnostics::default());
        let modules: Vec<(&str, &str)> = loaded.files.files().iter().map(|file| (&*file.module, &*file.path)).collect();
        let expected = [
            ("__main__", "app/main.py"),
            ("pkg", "app/pkg/__init__.py"),
            ("pkg.inner", "app/pkg/inner.py"),
            ("helper", "app/helper.py"),
            ("space.deep", "app/space/deep.py"),
            ("pkg.other", "app/pkg/other.py"),
        ];
        assert_eq!(modules, expected);
    }
}
