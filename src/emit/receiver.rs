//! Borrows of `self` in a method that owns it.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// In a method whose receiver is `self: Rc<Self>`, an argument `self` is `&self`: elsewhere it is a reference already.
pub fn borrow_owned(block: &syn::Block) -> Option<syn::Block> {
    let tokens = block.to_token_stream();
    let mut changed = false;
    let tokens = rewritten(tokens, false, &mut changed);
    if changed { syn::parse2(tokens).ok() } else { None }
}

fn rewritten(tokens: TokenStream, is_list: bool, changed: &mut bool) -> TokenStream {
    let all: Vec<TokenTree> = tokens.into_iter().collect();
    let ends = |tree: Option<&TokenTree>| match tree {
        None => true,
        Some(TokenTree::Punct(mark)) => mark.as_char() == ',',
        Some(_) => false,
    };
    let mut out = Vec::with_capacity(all.len());
    for (at, tree) in all.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => {
                let inner = rewritten(group.stream(), group.delimiter() == Delimiter::Parenthesis, changed);
                let mut made = Group::new(group.delimiter(), inner);
                made.set_span(group.span());
                out.push(TokenTree::Group(made));
            }
            TokenTree::Ident(word) if is_list && word == "self" => {
                let before = at.checked_sub(1).and_then(|before| all.get(before));
                if ends(before) && ends(all.get(at + 1)) {
                    *changed = true;
                    out.push(TokenTree::Punct(Punct::new('&', Spacing::Alone)));
                }
                out.push(tree.clone());
            }
            tree => out.push(tree.clone()),
        }
    }
    out.into_iter().collect()
}
