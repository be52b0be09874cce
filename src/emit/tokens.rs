//! Looking into the arguments of macros, which are tokens, without parsing them.

use proc_macro2::{Ident, TokenStream, TokenTree};

/// Whether one of the words in the tokens is wanted.
pub fn has_word(tokens: &TokenStream, wanted: &dyn Fn(&Ident) -> bool) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => wanted(&word),
        TokenTree::Group(group) => has_word(&group.stream(), wanted),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// How often a word is in the tokens.
pub fn count_word(tokens: &TokenStream, wanted: &Ident) -> usize {
    let counts = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Ident(word) => usize::from(word == *wanted),
        TokenTree::Group(group) => count_word(&group.stream(), wanted),
        TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
    });
    counts.sum()
}

/// Whether something is assigned in the tokens; `outer`: not where `=` names an argument.
pub fn assigns(tokens: &TokenStream, outer: bool) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(mark) => !outer && mark.as_char() == '=',
        TokenTree::Group(group) => assigns(&group.stream(), false),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}
