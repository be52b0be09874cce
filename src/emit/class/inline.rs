//! Fields of a constructor that are made where the struct is: `Rc::new(Worker { queue: asyncio::Queue::new(0) })`.

use proc_macro2::Ident;
use syn::{Expr, ExprStruct, Pat, PathArguments, Stmt};

use super::super::print::is_line;
use super::super::words::occurrences;

/// Moves `let queue: Queue = …;` into the struct that ends a constructor, as far as what is done keeps its order.
///
/// What may raise stays: tracebacks name its line.
pub fn fields(stmts: &mut Vec<Stmt>) {
    while let Some((at, value, place)) = next(stmts) {
        let Some(built) = stmts.last_mut().and_then(built) else { return };
        let field = &mut built.fields[place];
        field.colon_token = Some(Default::default());
        *held(&mut field.expr) = value;
        // The mark of the statement goes with it.
        let from = at.checked_sub(1).filter(|above| is_line(&stmts[*above])).unwrap_or(at);
        stmts.drain(from..=at);
    }
    if let Some(built) = stmts.last_mut().and_then(built) {
        built.fields.iter_mut().for_each(|field| elide(held(&mut field.expr)));
    }
}

/// The last variable above the struct that can go into it: where it is made, its value, its field.
fn next(stmts: &mut [Stmt]) -> Option<(usize, Expr, usize)> {
    let (last, above) = stmts.split_last_mut()?;
    let at = above.iter().rposition(|stmt| !is_line(stmt) && !is_mark(stmt, "__blank"))?;
    let is_remarked = above[..at].iter().rev().find(|stmt| !is_line(stmt));
    if is_remarked.is_some_and(|stmt| is_mark(stmt, "__comment")) {
        return None;
    }
    let (name, value) = quiet_variable(&above[at])?;
    let built = built(last)?;
    let is_it = |expr: &Expr| matches!(expr, Expr::Path(path) if path.path.is_ident(&name));
    let place = built.fields.iter_mut().position(|field| is_it(held(&mut field.expr)))?;
    for (other, field) in built.fields.iter_mut().enumerate() {
        match held(&mut field.expr) {
            // It would be moved before it is read.
            Expr::Path(path)
                if other < place
                    && path.path.get_ident().is_some_and(|moved| occurrences(&value, &moved.to_string()) > 0) =>
            {
                return None;
            }
            expr if other != place && occurrences(expr, &name.to_string()) > 0 => return None,
            _ => {}
        }
    }
    Some((at, value, place))
}

/// `Worker { … }` in `Rc::new(Worker { … })` and `Ok(Rc::new(Worker { … }))`.
fn built(last: &mut Stmt) -> Option<&mut ExprStruct> {
    let Stmt::Expr(value, None) = last else { return None };
    let mut value = value;
    loop {
        match value {
            Expr::Struct(built) => return Some(built),
            Expr::Call(call) if call.args.len() == 1 => value = call.args.first_mut()?,
            _ => return None,
        }
    }
}

/// `x` in `Cell::new(x)`.
fn held(value: &mut Expr) -> &mut Expr {
    let wraps = |path: &syn::Path| {
        let mut words = path.segments.iter().map(|segment| &segment.ident);
        let of = words.next().is_some_and(|of| of == "Cell" || of == "Field" || of == "Late");
        of && words.next().is_some_and(|word| word == "new" || word == "with")
    };
    let is_wrapped = matches!(value, Expr::Call(call)
        if call.args.len() == 1 && matches!(&*call.func, Expr::Path(path) if wraps(&path.path)));
    if !is_wrapped {
        return value;
    }
    match value {
        Expr::Call(call) => &mut call.args[0],
        _ => unreachable!("what wraps is a call"),
    }
}

/// The name and the value of `let name: T = value;`, when making the value cannot raise.
fn quiet_variable(stmt: &Stmt) -> Option<(Ident, Expr)> {
    let Stmt::Local(local) = stmt else { return None };
    let Pat::Type(pat) = &local.pat else { return None };
    let Pat::Ident(name) = &*pat.pat else { return None };
    let value = &local.init.as_ref()?.expr;
    is_quiet(value).then(|| (name.ident.clone(), (**value).clone()))
}

fn is_quiet(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Path(_) | Expr::Closure(_) => true,
        Expr::Reference(it) => is_quiet(&it.expr),
        Expr::Field(it) => is_quiet(&it.base),
        Expr::Tuple(it) => it.elems.iter().all(is_quiet),
        Expr::Array(it) => it.elems.iter().all(is_quiet),
        Expr::Call(it) => is_quiet(&it.func) && it.args.iter().all(is_quiet),
        Expr::MethodCall(it) => is_quiet(&it.receiver) && it.args.iter().all(is_quiet),
        _ => false,
    }
}

/// `List::new()` for `List::<Str>::new()`: the field says which.
fn elide(value: &mut Expr) {
    if let Expr::Call(call) = value
        && call.args.is_empty()
        && let Expr::Path(path) = &mut *call.func
        && path.path.segments.last().is_some_and(|last| last.ident == "new")
    {
        path.path.segments.iter_mut().for_each(|segment| segment.arguments = PathArguments::None);
    }
}

fn is_mark(stmt: &Stmt, name: &str) -> bool {
    matches!(stmt, Stmt::Macro(marker) if marker.mac.path.is_ident(name))
}
