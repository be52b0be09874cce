//! Bare integers whose type rustc would have to guess: it takes `i32`, where Python's are `i64`.
//!
//! A literal gets its suffix where nothing around it says which: in a `let` without a type, in what is shown, in
//! displays that are handed to generic functions, in the results of closures.

use syn::visit_mut::{VisitMut, visit_expr_mut, visit_item_mut, visit_local_mut};
use syn::{BinOp, Block, Expr, ExprCall, Item, Lit, LitFloat, LitInt, Local, Pat, PathArguments, Stmt};

use super::macros;

/// What holds what it is given, and says no more of its type.
const HOLDING: [&str; 10] =
    ["Coroutine", "Dict", "FrozenSet", "List", "NullContext", "Outcome", "Set", "Shared", "VarTuple", "Rc"];

/// Functions of the prelude that take values of any type.
const GENERIC: [&str; 9] =
    ["joined", "joined_after", "joined_before", "lazy", "py", "repr", "str_", "try_lazy", "unpack"];

/// Methods whose result is typed by their receiver's items.
const PASSING: [&str; 10] =
    ["clone", "collect", "concat", "filter", "into_iter", "iter", "map", "repeat", "result", "zip"];

/// Writes the suffixes.
pub fn settle(item: &mut Item) {
    visit_item_mut(&mut Walk, item);
}

struct Walk;

impl VisitMut for Walk {
    fn visit_local_mut(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init
            && !matches!(local.pat, Pat::Type(_))
        {
            tell(&mut init.expr);
        }
        visit_local_mut(self, local);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Call(call) if macros::invoked(call).is_some() => shown(call),
            Expr::Call(call) if is_generic(&call.func) => {
                call.args.iter_mut().filter(|arg| !is_number(arg)).for_each(tell);
            }
            Expr::MethodCall(call) => {
                if !PASSING.iter().any(|name| call.method == name) {
                    tell(&mut call.receiver);
                }
                // Of a dict only the keys are taken.
                if call.method == "extend" || call.method == "yield_from" {
                    call.args.iter_mut().for_each(tell);
                }
            }
            Expr::Field(field) => tell(&mut field.base),
            Expr::ForLoop(it) if matches!(&*it.expr, Expr::Reference(_)) => tell(&mut it.expr),
            _ => {}
        }
        visit_expr_mut(self, expr);
    }
}

/// The arguments of `println!` and its like.
fn shown(call: &mut ExprCall) {
    for arg in &mut call.args {
        let arg = match arg {
            Expr::Assign(named) => &mut named.right,
            arg => arg,
        };
        // A number by itself is shown alike, whatever its type, when it fits.
        if !is_small(arg) {
            tell(arg);
        }
    }
}

/// Which bare numbers get a suffix.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bare {
    /// Floats are what rustc takes them for.
    Integers,
    /// Floats too: their methods ask for it.
    Numbers,
}

/// An expression whose bare numbers say what they are, where the first of them is enough there alone.
pub fn typed(mut expr: Expr) -> Expr {
    suffix(&mut expr, Bare::Numbers);
    expr
}

/// Nothing around the expression says what its integers are.
fn tell(expr: &mut Expr) {
    suffix(expr, Bare::Integers);
}

fn suffix(expr: &mut Expr, bare: Bare) {
    match expr {
        Expr::Lit(it) => match &it.lit {
            Lit::Int(number) if number.suffix().is_empty() => {
                it.lit = Lit::Int(LitInt::new(&format!("{}_i64", number.base10_digits()), number.span()));
            }
            Lit::Float(number) if bare == Bare::Numbers && number.suffix().is_empty() => {
                it.lit = Lit::Float(LitFloat::new(&format!("{}_f64", number.base10_digits()), number.span()));
            }
            _ => {}
        },
        Expr::Array(array) => {
            let is_none = |item: &Expr| matches!(item, Expr::Path(path) if path.path.is_ident("None"));
            if let Some(first) = array.elems.iter_mut().find(|item| !is_none(item)) {
                suffix(first, bare);
            }
        }
        Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|part| suffix(part, bare)),
        Expr::Paren(inner) => suffix(&mut inner.expr, bare),
        Expr::Reference(inner) => suffix(&mut inner.expr, bare),
        Expr::Unary(inner) => suffix(&mut inner.expr, bare),
        Expr::Try(inner) => suffix(&mut inner.expr, bare),
        Expr::Await(inner) => suffix(&mut inner.base, bare),
        Expr::Closure(closure) if matches!(closure.output, syn::ReturnType::Default) => suffix(&mut closure.body, bare),
        Expr::Binary(it) => suffix_operands(&it.op, &mut it.left, &mut it.right, bare),
        Expr::If(choice) => suffix_block(&mut choice.then_branch, bare),
        Expr::Block(it) => suffix_block(&mut it.block, bare),
        Expr::Call(call) if is_holding(&call.func) => {
            // What a container holds has no methods called on it there.
            let is_variant = matches!(&*call.func, Expr::Path(path) if path.path.segments.len() == 1);
            let bare = if is_variant { bare } else { Bare::Integers };
            call.args.iter_mut().for_each(|arg| suffix(arg, bare));
        }
        Expr::MethodCall(call) if PASSING.iter().any(|name| call.method == name) => {
            suffix(&mut call.receiver, bare);
            if call.method == "map" || call.method == "result" {
                call.args.iter_mut().for_each(|arg| suffix(arg, bare));
            }
        }
        _ => {}
    }
}

fn suffix_block(block: &mut Block, bare: Bare) {
    if let Some(Stmt::Expr(value, None)) = block.stmts.last_mut() {
        suffix(value, bare);
    }
}

fn suffix_operands(op: &BinOp, left: &mut Expr, right: &mut Expr, bare: Bare) {
    match op {
        // The result is of the left one's type.
        BinOp::Shl(_) | BinOp::Shr(_) => suffix(left, bare),
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
            if is_small(left) && is_small(right) => {}
        BinOp::And(_) | BinOp::Or(_) => {
            suffix(left, bare);
            suffix(right, bare);
        }
        _ if is_bare(left) && is_bare(right) => suffix(left, bare),
        _ => {}
    }
}

/// Whether an expression is of literals alone.
fn is_bare(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(it) => match &it.lit {
            Lit::Int(number) => number.suffix().is_empty(),
            Lit::Float(number) => number.suffix().is_empty(),
            _ => false,
        },
        Expr::Paren(inner) => is_bare(&inner.expr),
        Expr::Unary(inner) => is_bare(&inner.expr),
        Expr::Binary(it) => is_bare(&it.left) && is_bare(&it.right),
        Expr::If(choice) => matches!(choice.then_branch.stmts.last(), Some(Stmt::Expr(value, None)) if is_bare(value)),
        _ => false,
    }
}

fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Unary(inner) => is_number(&inner.expr),
        // An argument that may be left out.
        Expr::Call(call) => {
            matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some")) && call.args.iter().all(is_number)
        }
        _ => false,
    }
}

/// Whether an expression is one number of 32 bits.
fn is_small(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(it) => matches!(&it.lit, Lit::Int(number) if number.base10_parse::<i32>().is_ok()),
        Expr::Paren(inner) => is_small(&inner.expr),
        Expr::Unary(inner) => is_small(&inner.expr),
        _ => false,
    }
}

/// `Some`, `Ok`, `List::from` without a type written out.
fn is_holding(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let segments = &path.path.segments;
    let untyped = segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None));
    let is_variant = path.path.is_ident("Some") || path.path.is_ident("Ok");
    let of = segments.iter().rev().nth(1);
    untyped && (is_variant || of.is_some_and(|of| HOLDING.iter().any(|name| of.ident == name)))
}

/// A function of the runtime: of a module, or one that takes anything.
fn is_generic(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let segments = &path.path.segments;
    let Some(first) = segments.first() else { return false };
    match segments.len() {
        1 => GENERIC.iter().any(|name| first.ident == name),
        _ => first.ident.to_string().starts_with(|letter: char| letter.is_ascii_lowercase()),
    }
}
