//! `sys.version_info`, of which the program may read what is known when it is translated: `major` and `minor`.

use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use crate::hir::Lit;

impl<'a> Lowerer<'a, '_> {
    fn is_version(&self, value: &'a ast::Expr) -> bool {
        match self.path(value) {
            Some(Meaning::Unknown(of) | Meaning::Refused(of, _) | Meaning::Stub(of)) => {
                of.module == "sys" && of.name == "version_info"
            }
            _ => false,
        }
    }

    fn version(&self) -> [Lit; 2] {
        [Lit::Int(3), Lit::Int(self.here().syntax.python.minor.into())]
    }

    /// `sys.version_info.minor`.
    pub(super) fn version_part(&self, value: &'a ast::Expr, name: &str) -> Option<Lit> {
        if !matches!(name, "major" | "minor") || !self.is_version(value) {
            return None;
        }
        let [major, minor] = self.version();
        Some(if name == "major" { major } else { minor })
    }

    /// `sys.version_info[0]`, or the parts of `sys.version_info[:2]`.
    pub(super) fn version_parts(&self, value: &'a ast::Expr, index: &ast::Expr) -> Option<Result<Lit, Vec<Lit>>> {
        let [major, minor] = self.version();
        let parts = match index {
            ast::Expr::Constant(it) => match number(it)? {
                0 => Ok(major),
                1 => Ok(minor),
                _ => return None,
            },
            ast::Expr::Slice(it) if it.lower.is_none() && it.step.is_none() => match it.upper.as_deref() {
                Some(ast::Expr::Constant(it)) => match number(it)? {
                    1 => Err(vec![major]),
                    2 => Err(vec![major, minor]),
                    _ => return None,
                },
                _ => return None,
            },
            _ => return None,
        };
        self.is_version(value).then_some(parts)
    }
}

fn number(constant: &ast::ExprConstant) -> Option<i64> {
    match &constant.value {
        ast::Constant::Int(value) => i64::try_from(value).ok(),
        _ => None,
    }
}
