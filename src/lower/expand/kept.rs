//! `@functools.cached_property`: a property that keeps its value, and whether it has one.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::Imports;

/// Writes the cached properties of a class out.
pub fn properties(class: &mut ast::StmtClassDef, names: &Imports) {
    let mut made = String::new();
    let mut flags = Vec::new();
    for stmt in &mut class.body {
        let ast::Stmt::FunctionDef(def) = stmt else { continue };
        let is_it = |decorator: &ast::Expr| names.path(decorator).as_deref() == Some("functools.cached_property");
        let ([decorator], [this]) = (&def.decorator_list[..], &def.args.args[..]) else { continue };
        if !is_it(decorator) {
            continue;
        }
        let (name, this) = (def.name.to_string(), this.def.arg.to_string());
        def.decorator_list.clear();
        def.name = ast::Identifier::new(format!("{name}_computed"));
        // At the place of the function: what stands nowhere is there for those who ask for it.
        flags.extend(crate::syntax::snippet(&format!("_{name}_is_kept = False\n"), def.range));
        made.push_str(&format!(
            "@property\ndef {name}({this}):\n    if not {this}._{name}_is_kept:\n        {this}._kept_{name} = {this}.{name}_computed()\n        {this}._{name}_is_kept = True\n    return {this}._kept_{name}\n"
        ));
    }
    if made.is_empty() {
        return;
    }
    let end = TextRange::empty(class.end());
    class.body.extend(flags);
    class.body.extend(crate::syntax::snippet(&made, end));
}
