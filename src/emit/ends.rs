//! What emitted statements do, read off their tokens: end, raise, use a name.

use syn::{Expr, Stmt, parse_quote};

use super::build::{self, tail};

/// Whether control does not get past the last statement.
pub fn ends_by_itself(stmts: &[Stmt]) -> bool {
    match stmts.last() {
        Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _)) => true,
        Some(Stmt::Macro(inner)) => inner.mac.path.is_ident("unreachable"),
        Some(Stmt::Expr(Expr::Macro(inner), _)) => inner.mac.path.is_ident("unreachable"),
        Some(Stmt::Expr(Expr::Loop(inner), None)) => !has_break(&inner.body.stmts),
        Some(Stmt::Expr(Expr::If(inner), _)) => {
            ends_by_itself(&inner.then_branch.stmts)
                && inner.else_branch.as_ref().is_some_and(|(_, orelse)| match &**orelse {
                    Expr::Block(block) => ends_by_itself(&block.block.stmts),
                    other => ends_by_itself(&[Stmt::Expr(other.clone(), None)]),
                })
        }
        _ => false,
    }
}

fn has_break(stmts: &[Stmt]) -> bool {
    let text = quote::quote!(#(#stmts)*).to_string();
    text.contains("break")
}

/// Whether there is a `?` in an expression.
pub fn questions(expr: &Expr) -> bool {
    use quote::ToTokens;
    fn find(tokens: proc_macro2::TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Group(group) => find(group.stream()),
            proc_macro2::TokenTree::Punct(punct) => punct.as_char() == '?',
            _ => false,
        })
    }
    find(expr.to_token_stream())
}

/// Whether the name occurs in the statements.
pub fn uses(stmts: &[Stmt], text: &str) -> bool {
    use quote::ToTokens;
    fn find(tokens: proc_macro2::TokenStream, text: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == text,
            proc_macro2::TokenTree::Group(group) => find(group.stream(), text),
            proc_macro2::TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                literal.starts_with('"') && literal.contains(&format!("{{{text}"))
            }
            proc_macro2::TokenTree::Punct(_) => false,
        })
    }
    stmts.iter().any(|inner| find(inner.to_token_stream(), text))
}

/// A closure with `?` in it says that it gives a result: nothing else does, where it is called by its name.
pub fn result_told(mut made: Expr) -> Expr {
    fn last(expr: &mut Expr) -> Option<&mut syn::ExprClosure> {
        match expr {
            Expr::Closure(closure) => Some(closure),
            Expr::Block(block) => match block.block.stmts.last_mut() {
                Some(Stmt::Expr(inner, None)) => last(inner),
                _ => None,
            },
            _ => None,
        }
    }
    if let Some(closure) = last(&mut made)
        && closure.output == syn::ReturnType::Default
        && questions(&closure.body)
    {
        closure.output = parse_quote!(-> PyResult<_>);
        if !matches!(*closure.body, Expr::Block(_)) {
            let body = std::mem::replace(&mut *closure.body, Expr::PLACEHOLDER);
            *closure.body =
                Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(vec![tail(body)]) });
        }
    }
    made
}
