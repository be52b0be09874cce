//! What an emitted tree says: its words, read off the tree.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Expr, LitStr, Macro, Stmt};

/// Something that is made of words.
pub trait Said {
    /// Shows the words to a visitor.
    fn say<'a>(&'a self, visitor: &mut dyn Visit<'a>);
}

impl Said for Expr {
    fn say<'a>(&'a self, visitor: &mut dyn Visit<'a>) {
        visitor.visit_expr(self);
    }
}

impl Said for Stmt {
    fn say<'a>(&'a self, visitor: &mut dyn Visit<'a>) {
        visitor.visit_stmt(self);
    }
}

impl Said for [Stmt] {
    fn say<'a>(&'a self, visitor: &mut dyn Visit<'a>) {
        self.iter().for_each(|stmt| visitor.visit_stmt(stmt));
    }
}

/// Whether the name is used, also in a text that is shown: `"{name}"`.
pub fn uses(tree: &(impl Said + ?Sized), name: &str) -> bool {
    uses_any(tree, &[name])
}

/// Whether one of the names is used, also in a text that is shown.
pub fn uses_any<S: AsRef<str>>(tree: &(impl Said + ?Sized), names: &[S]) -> bool {
    let is_word = |word: &Ident| names.iter().any(|name| word == name.as_ref());
    let is_shown = |text: &str| {
        let after = text.match_indices('{').map(|(at, _)| &text[at + 1..]);
        after.into_iter().any(|after| names.iter().any(|name| after.starts_with(name.as_ref())))
    };
    count(tree, &is_word, &is_shown) > 0
}

/// How often the name is a word of it; texts are not looked at.
pub fn occurrences(tree: &(impl Said + ?Sized), name: &str) -> usize {
    count(tree, &|word| word == name, &|_| false)
}

fn count(tree: &(impl Said + ?Sized), is_word: &dyn Fn(&Ident) -> bool, is_shown: &dyn Fn(&str) -> bool) -> usize {
    let mut words = Words { is_word, is_shown, count: 0 };
    tree.say(&mut words);
    words.count
}

struct Words<'w> {
    is_word: &'w dyn Fn(&Ident) -> bool,
    is_shown: &'w dyn Fn(&str) -> bool,
    count: usize,
}

impl Words<'_> {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(word) => self.count += usize::from((self.is_word)(&word)),
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(text) => self.count += usize::from((self.is_shown)(&text.to_string())),
                TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'a> Visit<'a> for Words<'_> {
    fn visit_ident(&mut self, word: &'a Ident) {
        self.count += usize::from((self.is_word)(word));
    }

    fn visit_lit_str(&mut self, text: &'a LitStr) {
        self.count += usize::from((self.is_shown)(&text.value()));
    }

    fn visit_lit(&mut self, lit: &'a syn::Lit) {
        match lit {
            syn::Lit::Verbatim(text) => self.count += usize::from((self.is_shown)(&text.to_string())),
            lit => visit::visit_lit(self, lit),
        }
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        if mac.path.get_ident().is_none_or(|name| !super::print::is_mark(name)) {
            self.tokens(mac.tokens.clone());
        }
    }
}

/// Whether there is an expression of a kind in it, also in what a macro was given.
pub fn has(tree: &(impl Said + ?Sized), wanted: &dyn Fn(&Expr) -> bool) -> bool {
    struct Find<'w>(&'w dyn Fn(&Expr) -> bool, bool);
    impl<'a> Visit<'a> for Find<'_> {
        fn visit_expr(&mut self, expr: &'a Expr) {
            self.1 |= (self.0)(expr);
            if !self.1 {
                visit::visit_expr(self, expr);
            }
        }

        fn visit_macro(&mut self, mac: &'a Macro) {
            self.1 |= super::macros::quoted(mac).is_some_and(|args| args.iter().any(|arg| has(arg, self.0)));
        }
    }
    let mut find = Find(wanted, false);
    tree.say(&mut find);
    find.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn what_a_macro_was_given_is_looked_into() {
        let is_question = |part: &Expr| matches!(part, Expr::Try(_));
        let plain: Expr = parse_quote!(matches!(f()?, Some(_)));
        let guarded: Expr = parse_quote!(matches!(f()?, Some(x) if x > 1));
        let without: Expr = parse_quote!(matches!(f(), Some(x) if x > 1));
        assert!(has(&plain, &is_question) && has(&guarded, &is_question) && !has(&without, &is_question));
        assert!(uses(&guarded, "f") && !uses(&guarded, "g"));
    }
}
