//! `def __exit__(self, *args)`: the three parameters that it gets, and the tuple of them.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::MARK;

/// Writes the parameters out in the methods of a class.
pub fn arguments(class: &mut ast::StmtClassDef) {
    for stmt in &mut class.body {
        let (name, args, body) = match stmt {
            ast::Stmt::FunctionDef(it) => (&it.name, &mut it.args, &mut it.body),
            ast::Stmt::AsyncFunctionDef(it) => (&it.name, &mut it.args, &mut it.body),
            _ => continue,
        };
        let given = args.posonlyargs.len() + args.args.len();
        if !matches!(name.as_str(), "__exit__" | "__aexit__") || !(1..4).contains(&given) || !args.kwonlyargs.is_empty()
        {
            continue;
        }
        let Some(rest) = args.vararg.take() else { continue };
        args.kwarg = None;
        let start = TextRange::empty(body.first().map_or(rest.start(), Ranged::start));
        let names: Vec<String> =
            ["exc_type", "exc", "tb"].iter().skip(given - 1).map(|name| format!("{name}{MARK}")).collect();
        let params = names.iter().map(|name| ast::ArgWithDefault {
            range: Default::default(),
            def: ast::Arg { range: rest.range(), arg: name.as_str().into(), annotation: None, type_comment: None },
            default: None,
        });
        args.args.extend(params);
        let text = format!("{} = ({},)\n", rest.arg, names.join(", "));
        let at = usize::from(is_docstring(body.first()));
        body.splice(at..at, crate::syntax::snippet(&text, start));
    }
}

/// Whether a statement is a text alone.
pub fn is_docstring(stmt: Option<&ast::Stmt>) -> bool {
    match stmt {
        Some(ast::Stmt::Expr(it)) => {
            matches!(&*it.value, ast::Expr::Constant(it) if matches!(it.value, ast::Constant::Str(_)))
        }
        _ => false,
    }
}
