//! The context of what is raised where an exception is handled: `let _handling = e.handled();`, where it matters.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Stmt, parse_quote};

use super::build::{self, method, name};

/// Whether statements may raise something else than the exception named `text`.
pub fn may_raise(stmts: &[Stmt], text: &str) -> bool {
    stmts.iter().any(|inner| raises(inner.to_token_stream(), text))
}

/// Whether `e` in `Err(e)` is the exception itself, or says itself what it comes from.
fn is_told(tokens: &TokenStream, text: &str) -> bool {
    let given = tokens.to_string().replace(' ', "");
    let itself = ["", ".raised()", ".clone()"].iter().any(|end| given == format!("{text}{end}"));
    let from = ["", ".clone()"].iter().any(|end| given.ends_with(&format!(".with_cause({text}{end})")));
    !text.is_empty() && (itself || from && !given.contains('?'))
}

fn raises(tokens: TokenStream, text: &str) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '?' => return true,
            TokenTree::Group(group) if raises(group.stream(), text) => return true,
            TokenTree::Ident(ident) if ident == "Err" => {
                if let Some(TokenTree::Group(group)) = tokens.peek() {
                    if !is_told(&group.stream(), text) {
                        return true;
                    }
                    tokens.next();
                }
            }
            _ => {}
        }
    }
    false
}

/// The statements of a handler: what they raise has the exception as its context.
pub fn in_handler(mut stmts: Vec<Stmt>, text: &str) -> Vec<Stmt> {
    if !may_raise(&stmts, text) {
        return stmts;
    }
    let last = stmts.pop();
    if let Some(mut last) = last {
        if !may_raise(&stmts, text) && during(&mut last, text) {
            stmts.push(last);
            return stmts;
        }
        stmts.push(last);
    }
    let handled = method(name(text), "handled", Vec::new());
    stmts.insert(0, build::let_(build::pat("_handling"), None, Some(handled)));
    stmts
}

/// `let _handling = handled(&outcome);`
pub fn outcome(text: &str) -> Stmt {
    let held = name(text);
    parse_quote!(let _handling = handled(&#held);)
}

/// `return Err(AppError::new("…").during(&e))` where that is all that is raised.
fn during(last: &mut Stmt, text: &str) -> bool {
    let Stmt::Expr(expr, _) = last else { return false };
    let value = match expr {
        Expr::Return(inner) => match &mut inner.expr {
            Some(value) => &mut **value,
            None => return false,
        },
        expr => expr,
    };
    let Expr::Call(call) = value else { return false };
    if !matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Err")) {
        return false;
    }
    let Some(raised) = call.args.first_mut() else { return false };
    // `from None` hides the context, which is there all the same.
    let made = match &*raised {
        Expr::MethodCall(from) if from.method == "with_cause" || from.method == "caused_by" => &*from.receiver,
        made => made,
    };
    let Expr::Call(made) = made else { return false };
    let is_new =
        matches!(&*made.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "new"));
    if !is_new || raises(made.args.to_token_stream(), "") {
        return false;
    }
    let handled = build::reference(name(text));
    *raised = method(raised.clone(), "during", vec![handled]);
    true
}
