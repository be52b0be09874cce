//! Invocations of macros whose arguments are expressions.
//!
//! In `syn` they are tokens, which everybody who looks into them would have to parse. While an item is made and
//! settled they are calls of `__macro::name`, a path that no program gives rise to; the printer closes them.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, Item, Macro, MacroDelimiter, Stmt, Token};

use super::build;

/// The first part of the path.
const MODULE: &str = "__macro";

/// Macros that do not return.
const DIVERGING: [&str; 4] = ["unreachable", "panic", "todo", "unimplemented"];

/// `name!(args)`.
pub fn invoke(name: &str, args: Vec<Expr>) -> Expr {
    invocation(build::ident(name), args.into_iter().collect())
}

/// `unreachable!("text")`.
pub fn unreachable(text: &str) -> Expr {
    invoke("unreachable", if text.is_empty() { Vec::new() } else { vec![build::string(text)] })
}

fn invocation(name: Ident, args: Punctuated<Expr, Token![,]>) -> Expr {
    let path = [build::ident(MODULE), name].into_iter().map(syn::PathSegment::from).collect();
    Expr::Call(ExprCall {
        attrs: Vec::new(),
        func: Box::new(build::path_expr(syn::Path { leading_colon: None, segments: path })),
        paren_token: Default::default(),
        args,
    })
}

/// The macro that a call stands for.
pub fn invoked(call: &ExprCall) -> Option<&Ident> {
    let Expr::Path(path) = &*call.func else { return None };
    let segments = &path.path.segments;
    (segments.len() == 2 && segments[0].ident == MODULE).then(|| &segments[1].ident)
}

/// The arguments of an invocation: of `name = value` the value.
pub fn values(call: &ExprCall) -> impl Iterator<Item = &Expr> + Clone {
    call.args.iter().map(|arg| if let Expr::Assign(named) = arg { &*named.right } else { arg })
}

/// Whether an expression is the invocation of a macro that does not return.
pub fn diverges(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    invoked(call).is_some_and(|name| DIVERGING.iter().any(|diverging| name == diverging))
}

/// The arguments of a macro that was quoted, as far as they are expressions: of `matches!` with a guard the first.
pub fn quoted(mac: &Macro) -> Option<Punctuated<Expr, Token![,]>> {
    if mac.path.get_ident().is_some_and(super::print::is_mark) {
        return None;
    }
    let first = |input: syn::parse::ParseStream<'_>| {
        let first: Expr = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok([first].into_iter().collect())
    };
    expressions(mac).or_else(|| mac.parse_body_with(first).ok())
}

fn expressions(mac: &Macro) -> Option<Punctuated<Expr, Token![,]>> {
    mac.parse_body_with(Punctuated::parse_terminated).ok()
}

/// Makes calls of the macros that were quoted; what is not made of expressions alone stays as it is.
pub fn open(item: &mut Item) {
    Open.visit_item_mut(item);
}

/// Makes macros of the calls.
pub fn close(item: &mut Item) {
    Close.visit_item_mut(item);
}

struct Open;

impl Open {
    fn opened(&mut self, mac: &Macro) -> Option<Expr> {
        let name = mac.path.get_ident().filter(|name| !super::print::is_mark(name))?;
        let mut made = invocation(name.clone(), expressions(mac)?);
        visit_mut::visit_expr_mut(self, &mut made);
        Some(made)
    }
}

impl VisitMut for Open {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Macro(inner) => {
                if let Some(made) = self.opened(&inner.mac) {
                    *expr = made;
                }
            }
            expr => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Macro(inner) => {
                if let Some(made) = self.opened(&inner.mac) {
                    *stmt = Stmt::Expr(made, inner.semi_token);
                }
            }
            stmt => visit_mut::visit_stmt_mut(self, stmt),
        }
    }
}

struct Close;

impl VisitMut for Close {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Call(call) = expr
            && let Some(name) = invoked(call)
        {
            let mac = closed(name.clone(), call.args.to_token_stream());
            *expr = Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac });
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, stmt);
        if let Stmt::Expr(Expr::Macro(inner), Some(semicolon)) = stmt {
            let mac = std::mem::replace(&mut inner.mac, closed(build::ident(MODULE), TokenStream::new()));
            *stmt = Stmt::Macro(syn::StmtMacro { attrs: Vec::new(), mac, semi_token: Some(*semicolon) });
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if mac.path.get_ident().is_none_or(|name| !super::print::is_mark(name)) {
            mac.tokens = closed_tokens(std::mem::take(&mut mac.tokens));
        }
    }
}

fn closed(name: Ident, tokens: TokenStream) -> Macro {
    Macro {
        path: name.into(),
        bang_token: Default::default(),
        delimiter: MacroDelimiter::Paren(Default::default()),
        tokens,
    }
}

/// `name ! ( … )` for `__macro :: name ( … )`.
fn closed_tokens(tokens: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == MODULE => {
                // `::` is two marks.
                tokens.nth(1);
                out.extend(tokens.next());
                <Token![!]>::default().to_tokens(&mut out);
            }
            TokenTree::Group(group) => {
                let mut made = Group::new(group.delimiter(), closed_tokens(group.stream()));
                made.set_span(group.span());
                out.extend([TokenTree::Group(made)]);
            }
            token => out.extend([token]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn macros_are_calls_in_between() {
        let shown = invoke("println", vec![build::string("{}"), parse_quote!(f(1))]);
        let mut item: Item = parse_quote! {
            fn f() {
                if matches!(x, Some(1) if #shown) {
                    #shown;
                }
                assert!(a, { #shown });
            }
        };
        open(&mut item);
        let is_open = item.to_token_stream().to_string();
        assert!(is_open.contains("__macro :: assert (a , { __macro :: println"), "{is_open}");
        close(&mut item);
        let expected: Item = parse_quote! {
            fn f() {
                if matches!(x, Some(1) if println!("{}", f(1))) {
                    println!("{}", f(1));
                }
                assert!(a, { println!("{}", f(1)) });
            }
        };
        assert_eq!(item.to_token_stream().to_string(), expected.to_token_stream().to_string());
    }
}
