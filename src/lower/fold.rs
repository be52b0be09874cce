//! Tests that are known before the program runs: `__name__ == "__main__"`, `TYPE_CHECKING`, the version, the platform,
//! and `try: import …` of a module that is there, or is not.

use std::cmp::Ordering;

use rustpython_parser::ast;

/// What is left of a folded statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// The body of an `if`.
    Then,
    /// The `else` of an `if`.
    Else,
    /// `if TYPE_CHECKING:`: the body binds names for annotations and does nothing.
    Types,
    /// The body (and `else` and `finally`) of a `try`.
    TryBody,
    /// The handler of that number.
    Handler(usize),
}

/// Decides tests for one module.
pub struct Folder<'a> {
    /// `__name__`.
    pub name: &'a str,
    /// Minor version of the Python that the program is translated for.
    pub minor: u8,
    /// Whether a statement that imports finds all it asks for.
    pub imports: &'a dyn Fn(&ast::Stmt) -> bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Known {
    Bool(bool),
    Int(i64),
    Text(String),
    Tuple(Vec<Known>),
    /// `sys.version_info` of Python 3.N: five parts, of which two are known.
    Version(i64),
}

impl Folder<'_> {
    /// How an `if` is folded.
    pub fn if_(&mut self, stmt: &ast::StmtIf) -> Option<Fold> {
        if is_type_checking(&stmt.test) {
            return Some(Fold::Types);
        }
        match self.truth(&stmt.test) {
            Some(true) => Some(Fold::Then),
            Some(false) => Some(Fold::Else),
            None => None,
        }
    }

    /// How a `try` around imports is folded.
    pub fn try_(&mut self, body: &[ast::Stmt], handlers: &[ast::ExceptHandler]) -> Option<Fold> {
        let is_import = |stmt: &ast::Stmt| matches!(stmt, ast::Stmt::Import(_) | ast::Stmt::ImportFrom(_));
        let catches = handlers.iter().position(|ast::ExceptHandler::ExceptHandler(handler)| catches_import(handler))?;
        let first = body.first().filter(|stmt| is_import(stmt))?;
        if !(self.imports)(first) {
            return Some(Fold::Handler(catches));
        }
        let mut rest = body.iter().skip_while(|stmt| is_import(stmt) && (self.imports)(stmt));
        match rest.next() {
            None => Some(Fold::TryBody),
            Some(stmt) if is_import(stmt) => Some(Fold::Handler(catches)),
            Some(_) => None,
        }
    }

    /// The truth of a test, if it is known.
    pub fn truth(&self, test: &ast::Expr) -> Option<bool> {
        match test {
            ast::Expr::UnaryOp(it) if matches!(it.op, ast::UnaryOp::Not) => Some(!self.truth(&it.operand)?),
            ast::Expr::BoolOp(it) => {
                let is_and = matches!(it.op, ast::BoolOp::And);
                let parts: Vec<Option<bool>> = it.values.iter().map(|value| self.truth(value)).collect();
                // Only a leading operand that decides may drop the others: they are not evaluated.
                if parts.first() == Some(&Some(!is_and)) {
                    return Some(!is_and);
                }
                parts.iter().all(|part| *part == Some(is_and)).then_some(is_and)
            }
            ast::Expr::Compare(it) => {
                let ([op], [right]) = (&*it.ops, &*it.comparators) else { return None };
                let (left, right) = (self.value(&it.left)?, self.value(right)?);
                if !depends(&it.left) && !depends(&it.comparators[0]) {
                    return None;
                }
                compare(&left, *op, &right)
            }
            // `hasattr(asyncio, "WindowsSelectorEventLoopPolicy")`.
            ast::Expr::Call(it) if is_windows_test(it) => Some(false),
            ast::Expr::Call(it) => {
                // `sys.platform.startswith("linux")`.
                let ast::Expr::Attribute(method) = &*it.func else { return None };
                let (Some(Known::Text(of)), [arg]) = (self.value(&method.value), &*it.args) else { return None };
                let Some(Known::Text(text)) = self.value(arg) else { return None };
                (depends(&method.value) && method.attr.as_str() == "startswith").then(|| of.starts_with(&text))
            }
            _ => None,
        }
    }

    fn value(&self, expr: &ast::Expr) -> Option<Known> {
        match expr {
            ast::Expr::Constant(it) => match &it.value {
                ast::Constant::Int(value) => i64::try_from(value).ok().map(Known::Int),
                ast::Constant::Str(text) => Some(Known::Text(text.clone())),
                ast::Constant::Bool(value) => Some(Known::Bool(*value)),
                _ => None,
            },
            ast::Expr::Tuple(it) => {
                it.elts.iter().map(|part| self.value(part)).collect::<Option<_>>().map(Known::Tuple)
            }
            ast::Expr::Name(name) if name.id.as_str() == "__name__" => Some(Known::Text(self.name.to_string())),
            ast::Expr::Attribute(it) => match (dotted(&it.value)?, it.attr.as_str()) {
                ("sys", "version_info") => Some(Known::Version(self.minor.into())),
                ("sys", "platform") => Some(Known::Text("linux".to_string())),
                ("os", "name") => Some(Known::Text("posix".to_string())),
                (_, "major") if depends(&it.value) => Some(Known::Int(3)),
                (_, "minor") if depends(&it.value) => Some(Known::Int(self.minor.into())),
                _ => None,
            },
            ast::Expr::Subscript(it) => {
                let Some(Known::Version(minor)) = self.value(&it.value) else { return None };
                let parts = [Known::Int(3), Known::Int(minor)];
                match &*it.slice {
                    ast::Expr::Slice(slice) if slice.lower.is_none() && slice.step.is_none() => {
                        let Some(Known::Int(upper)) = self.value(slice.upper.as_deref()?) else { return None };
                        let upper = usize::try_from(upper).ok().filter(|upper| *upper <= parts.len())?;
                        Some(Known::Tuple(parts[..upper].to_vec()))
                    }
                    index => match self.value(index)? {
                        Known::Int(at) => parts.get(usize::try_from(at).ok()?).cloned(),
                        _ => None,
                    },
                }
            }
            _ => None,
        }
    }
}

/// Whether a call asks whether a module has a name that it has on Windows alone.
fn is_windows_test(call: &ast::ExprCall) -> bool {
    let (ast::Expr::Name(name), [ast::Expr::Name(module), ast::Expr::Constant(text)]) = (&*call.func, &*call.args)
    else {
        return false;
    };
    let windows = |text: &str| {
        text.starts_with("Windows")
            || text.starts_with("Proactor")
            || matches!(text, "IocpProactor" | "SIGBREAK" | "CTRL_C_EVENT")
    };
    name.id.as_str() == "hasattr"
        && matches!(module.id.as_str(), "asyncio" | "signal")
        && matches!(&text.value, ast::Constant::Str(text) if windows(text))
}

/// Whether an expression names something that folding knows: a comparison of two literals is left alone.
fn depends(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Name(name) => name.id.as_str() == "__name__",
        ast::Expr::Attribute(it) => {
            matches!(
                (dotted(&it.value), it.attr.as_str()),
                (Some("sys"), "version_info" | "platform") | (Some("os"), "name")
            ) || depends(&it.value)
        }
        ast::Expr::Subscript(it) => depends(&it.value),
        _ => false,
    }
}

fn dotted(expr: &ast::Expr) -> Option<&str> {
    match expr {
        ast::Expr::Name(name) => Some(name.id.as_str()),
        ast::Expr::Attribute(it) if it.attr.as_str() == "version_info" => Some("version_info"),
        _ => None,
    }
}

fn is_type_checking(test: &ast::Expr) -> bool {
    match test {
        ast::Expr::Name(name) => name.id.as_str() == "TYPE_CHECKING",
        ast::Expr::Attribute(it) => it.attr.as_str() == "TYPE_CHECKING",
        _ => false,
    }
}

fn compare(left: &Known, op: ast::CmpOp, right: &Known) -> Option<bool> {
    let equal = || order(left, right).map(|order| order == Ordering::Equal);
    match op {
        ast::CmpOp::Eq => equal(),
        ast::CmpOp::NotEq => equal().map(|equal| !equal),
        ast::CmpOp::Lt => order(left, right).map(Ordering::is_lt),
        ast::CmpOp::LtE => order(left, right).map(Ordering::is_le),
        ast::CmpOp::Gt => order(left, right).map(Ordering::is_gt),
        ast::CmpOp::GtE => order(left, right).map(Ordering::is_ge),
        ast::CmpOp::In | ast::CmpOp::NotIn => {
            let Known::Tuple(parts) = right else { return None };
            let found = parts.iter().any(|part| part == left);
            Some(found == matches!(op, ast::CmpOp::In))
        }
        ast::CmpOp::Is | ast::CmpOp::IsNot => None,
    }
}

fn order(left: &Known, right: &Known) -> Option<Ordering> {
    match (left, right) {
        (Known::Int(left), Known::Int(right)) => Some(left.cmp(right)),
        (Known::Text(left), Known::Text(right)) => Some(left.cmp(right)),
        (Known::Tuple(left), Known::Tuple(right)) => {
            for (left, right) in left.iter().zip(right) {
                match order(left, right)? {
                    Ordering::Equal => {}
                    found => return Some(found),
                }
            }
            Some(left.len().cmp(&right.len()))
        }
        (Known::Version(minor), Known::Tuple(right)) => match order(&Known::Int(3), right.first()?)? {
            Ordering::Equal => match right.get(1) {
                None => Some(Ordering::Greater),
                Some(second) => match order(&Known::Int(*minor), second)? {
                    Ordering::Equal if right.len() == 2 => Some(Ordering::Greater),
                    Ordering::Equal => None,
                    found => Some(found),
                },
            },
            found => Some(found),
        },
        (Known::Tuple(_), Known::Version(_)) => order(right, left).map(Ordering::reverse),
        _ => None,
    }
}

fn catches_import(handler: &ast::ExceptHandlerExceptHandler) -> bool {
    let named = |expr: &ast::Expr| {
        matches!(expr, ast::Expr::Name(name)
            if matches!(name.id.as_str(), "ImportError" | "ModuleNotFoundError" | "Exception" | "BaseException"))
    };
    match handler.type_.as_deref() {
        None => true,
        Some(ast::Expr::Tuple(it)) => it.elts.iter().any(named),
        Some(class) => named(class),
    }
}
