//! Pieces of Rust as `syn` nodes, made without parsing: the hot ones of emission.

use super::template::once;
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Arm, Block, Expr, Ident, Label, Lifetime, Lit, Pat, Path, PathArguments, PathSegment, Stmt, Token, Type};

/// An identifier.
pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `a::b`.
pub fn path(text: &str) -> Path {
    if !text.contains(':') {
        return ident(text).into();
    }
    let segments =
        text.split("::").map(|part| PathSegment { ident: ident(part), arguments: PathArguments::None }).collect();
    Path { leading_colon: None, segments }
}

/// `a::b` as an expression.
pub fn name(text: &str) -> Expr {
    Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path: path(text) })
}

/// A path with arguments, as an expression.
pub fn path_expr(path: Path) -> Expr {
    Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path })
}

/// `Name<A, B>` as a type; `Name` without arguments.
pub fn generic(text: &str, args: Vec<Type>) -> Type {
    let mut path = path(text);
    if !args.is_empty()
        && let Some(last) = path.segments.last_mut()
    {
        last.arguments = PathArguments::AngleBracketed(syn::AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: Default::default(),
            args: args.into_iter().map(syn::GenericArgument::Type).collect(),
            gt_token: Default::default(),
        });
    }
    Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path })
}

/// Whether an expression only leaves: `return Err(…)`, perhaps after something else.
pub fn leaves(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) => true,
        Expr::Reference(inner) => leaves(&inner.expr),
        Expr::Block(block) => {
            matches!(block.block.stmts.last(), Some(Stmt::Expr(last, _)) if leaves(last)) && block.label.is_none()
        }
        _ => false,
    }
}

/// `f(args)`. Where the first argument leaves (`return Err(…)`: CPython raises there), nothing is called.
pub fn call(func: Expr, args: Vec<Expr>) -> Expr {
    let mut args = args;
    if args.first().is_some_and(leaves) {
        return match args.swap_remove(0) {
            Expr::Reference(inner) => *inner.expr,
            first => first,
        };
    }
    Expr::Call(syn::ExprCall {
        attrs: Vec::new(),
        func: Box::new(func),
        paren_token: Default::default(),
        args: args.into_iter().collect(),
    })
}

/// `a::b(args)`.
pub fn call_path(text: &str, args: Vec<Expr>) -> Expr {
    call(name(text), args)
}

/// `recv.name(args)`.
pub fn method(receiver: Expr, name: &str, args: Vec<Expr>) -> Expr {
    Expr::MethodCall(syn::ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: Default::default(),
        method: ident(name),
        turbofish: None,
        paren_token: Default::default(),
        args: args.into_iter().collect(),
    })
}

/// An expression that a method can be called on wherever its tokens stand.
pub fn operand(expr: Expr) -> Expr {
    match expr {
        Expr::Binary(_) | Expr::Unary(_) | Expr::Cast(_) | Expr::Range(_) | Expr::Closure(_) => {
            Expr::Paren(syn::ExprParen { attrs: Vec::new(), paren_token: Default::default(), expr: Box::new(expr) })
        }
        expr => expr,
    }
}

/// `x?`; what leaves has no value to look at.
pub fn question(expr: Expr) -> Expr {
    if matches!(expr, Expr::Return(_)) {
        return expr;
    }
    Expr::Try(syn::ExprTry { attrs: Vec::new(), expr: Box::new(expr), question_token: Default::default() })
}

/// `x.await`; what leaves is not awaited.
pub fn awaited(base: Expr) -> Expr {
    if matches!(base, Expr::Return(_)) {
        return base;
    }
    Expr::Await(syn::ExprAwait {
        attrs: Vec::new(),
        base: Box::new(base),
        dot_token: Default::default(),
        await_token: Default::default(),
    })
}

/// `&x`; `&&x` never arises.
pub fn reference(expr: Expr) -> Expr {
    Expr::Reference(syn::ExprReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        mutability: None,
        expr: Box::new(expr),
    })
}

/// `x.name`.
pub fn field(base: Expr, name: &str) -> Expr {
    member(base, syn::Member::Named(ident(name)))
}

/// `x.0`.
pub fn tuple_field(base: Expr, index: usize) -> Expr {
    member(base, syn::Member::Unnamed(syn::Index::from(index)))
}

fn member(base: Expr, member: syn::Member) -> Expr {
    Expr::Field(syn::ExprField { attrs: Vec::new(), base: Box::new(base), dot_token: Default::default(), member })
}

/// A string literal: one line, whatever it holds.
pub fn string(text: &str) -> Expr {
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: Lit::Str(syn::LitStr::new(text, Span::call_site())) })
}

/// `#[name = "text"]`.
pub fn attribute(name: &str, text: &str) -> syn::Attribute {
    syn::Attribute {
        pound_token: Default::default(),
        style: syn::AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: syn::Meta::NameValue(syn::MetaNameValue {
            path: path(name),
            eq_token: Default::default(),
            value: string(text),
        }),
    }
}

/// `::<T>` of a method.
pub fn turbofish(ty: Type) -> syn::AngleBracketedGenericArguments {
    syn::AngleBracketedGenericArguments {
        colon2_token: Some(Default::default()),
        lt_token: Default::default(),
        args: std::iter::once(syn::GenericArgument::Type(ty)).collect(),
        gt_token: Default::default(),
    }
}

/// A byte string literal.
pub fn bytes(text: &[u8]) -> Expr {
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: Lit::ByteStr(syn::LitByteStr::new(text, Span::call_site())) })
}

/// An integer literal.
pub fn int(value: i64) -> Expr {
    if value < 0 {
        if value == i64::MIN {
            return name("i64::MIN");
        }
        return unary(syn::UnOp::Neg(Default::default()), int(-value));
    }
    literal(Literal::i64_unsuffixed(value))
}

/// A float literal.
pub fn float(value: f64) -> Expr {
    if value.is_nan() {
        return name("f64::NAN");
    }
    if value.is_infinite() {
        return name(if value > 0.0 { "f64::INFINITY" } else { "f64::NEG_INFINITY" });
    }
    if value.is_sign_negative() {
        return unary(syn::UnOp::Neg(Default::default()), float(-value));
    }
    let text = format!("{value:?}");
    let lit = syn::LitFloat::new(&text, Span::call_site());
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: Lit::Float(lit) })
}

fn literal(literal: Literal) -> Expr {
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: Lit::new(literal) })
}

/// `true`, `false`.
pub fn boolean(value: bool) -> Expr {
    let lit = Lit::Bool(syn::LitBool { value, span: Span::call_site() });
    Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit })
}

/// `-x`, `!x`.
pub fn unary(op: syn::UnOp, expr: Expr) -> Expr {
    // `--x` reads like an operator that Rust has not.
    if let (syn::UnOp::Neg(_), Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr: inner, .. })) = (&op, &expr) {
        return (**inner).clone();
    }
    Expr::Unary(syn::ExprUnary { attrs: Vec::new(), op, expr: Box::new(expr) })
}

/// `!x`; `!!x` is `x`, a comparison is turned round where that is the same for every operand.
pub fn not(expr: Expr) -> Expr {
    match expr {
        Expr::Lit(syn::ExprLit { lit: Lit::Bool(lit), .. }) => boolean(!lit.value),
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Not(_), expr, .. }) => *expr,
        Expr::Binary(mut binary) if matches!(binary.op, syn::BinOp::Eq(_)) => {
            binary.op = syn::BinOp::Ne(Default::default());
            Expr::Binary(binary)
        }
        Expr::Binary(mut binary) if matches!(binary.op, syn::BinOp::Ne(_)) => {
            binary.op = syn::BinOp::Eq(Default::default());
            Expr::Binary(binary)
        }
        Expr::MethodCall(mut call) if call.method == "is_some" || call.method == "is_none" => {
            call.method = ident(if call.method == "is_some" { "is_none" } else { "is_some" });
            Expr::MethodCall(call)
        }
        expr => unary(syn::UnOp::Not(Default::default()), expr),
    }
}

/// `a op b`.
pub fn binary(left: Expr, op: &str, right: Expr) -> Expr {
    use syn::BinOp::{
        Add, AddAssign, And, BitAnd, BitOr, BitXor, Div, Eq, Ge, Gt, Le, Lt, Mul, MulAssign, Ne, Or, Rem, Shl, Shr,
        Sub, SubAssign,
    };
    let op = match op {
        "+" => Add(Default::default()),
        "-" => Sub(Default::default()),
        "*" => Mul(Default::default()),
        "/" => Div(Default::default()),
        "%" => Rem(Default::default()),
        "&&" => And(Default::default()),
        "||" => Or(Default::default()),
        "&" => BitAnd(Default::default()),
        "|" => BitOr(Default::default()),
        "^" => BitXor(Default::default()),
        "<<" => Shl(Default::default()),
        ">>" => Shr(Default::default()),
        "==" => Eq(Default::default()),
        "!=" => Ne(Default::default()),
        "<" => Lt(Default::default()),
        "<=" => Le(Default::default()),
        ">" => Gt(Default::default()),
        ">=" => Ge(Default::default()),
        "+=" => AddAssign(Default::default()),
        "-=" => SubAssign(Default::default()),
        "*=" => MulAssign(Default::default()),
        other => unreachable!("`{other}` is no operator that emission writes"),
    };
    Expr::Binary(syn::ExprBinary { attrs: Vec::new(), left: Box::new(left), op, right: Box::new(right) })
}

/// `xs.is_empty()` of `xs.len() == 0`, `!text.is_empty()` of `text != ""`; any other comparison as it is.
pub fn emptiness(test: Expr) -> Expr {
    let empty = |test: &Expr| {
        let Expr::Binary(syn::ExprBinary { left, op, right, .. }) = test else { return None };
        let Expr::Lit(right) = &**right else { return None };
        match (&right.lit, &**left) {
            (Lit::Str(text), place) if text.value().is_empty() => match op {
                syn::BinOp::Eq(_) => Some((place.clone(), true)),
                syn::BinOp::Ne(_) => Some((place.clone(), false)),
                _ => None,
            },
            (Lit::Int(number), Expr::MethodCall(call)) if call.method == "len" && call.args.is_empty() => {
                match (op, number.base10_digits()) {
                    (syn::BinOp::Eq(_) | syn::BinOp::Le(_), "0") | (syn::BinOp::Lt(_), "1") => {
                        Some(((*call.receiver).clone(), true))
                    }
                    (syn::BinOp::Ne(_) | syn::BinOp::Gt(_), "0") | (syn::BinOp::Ge(_), "1") => {
                        Some(((*call.receiver).clone(), false))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    };
    match empty(&test) {
        Some((place, true)) => method(operand(place), "is_empty", Vec::new()),
        Some((place, false)) => not(method(operand(place), "is_empty", Vec::new())),
        None => test,
    }
}

/// `a = b`.
pub fn assign(left: Expr, right: Expr) -> Expr {
    Expr::Assign(syn::ExprAssign {
        attrs: Vec::new(),
        left: Box::new(left),
        eq_token: Default::default(),
        right: Box::new(right),
    })
}

/// `x as T`.
pub fn cast(expr: Expr, ty: &str) -> Expr {
    Expr::Cast(syn::ExprCast {
        attrs: Vec::new(),
        expr: Box::new(expr),
        as_token: Default::default(),
        ty: Box::new(generic(ty, Vec::new())),
    })
}

/// `a..b`.
pub fn range(start: Option<Expr>, end: Option<Expr>) -> Expr {
    Expr::Range(syn::ExprRange {
        attrs: Vec::new(),
        start: start.map(Box::new),
        limits: syn::RangeLimits::HalfOpen(Default::default()),
        end: end.map(Box::new),
    })
}

/// `(a, b)`, `(a,)`, `()`.
pub fn tuple(items: Vec<Expr>) -> Expr {
    Expr::Tuple(syn::ExprTuple { attrs: Vec::new(), paren_token: Default::default(), elems: trailing(items) })
}

/// `[a, b]`.
pub fn array(items: Vec<Expr>) -> Expr {
    Expr::Array(syn::ExprArray {
        attrs: Vec::new(),
        bracket_token: Default::default(),
        elems: items.into_iter().collect(),
    })
}

/// Elements of a tuple: one alone has its comma.
pub fn trailing<T>(items: Vec<T>) -> Punctuated<T, Token![,]> {
    let alone = items.len() == 1;
    let mut elems: Punctuated<T, Token![,]> = items.into_iter().collect();
    if alone {
        elems.push_punct(Default::default());
    }
    elems
}

/// `return x`.
pub fn return_(expr: Option<Expr>) -> Expr {
    Expr::Return(syn::ExprReturn { attrs: Vec::new(), return_token: Default::default(), expr: expr.map(Box::new) })
}

/// `'name`.
pub fn lifetime(name: &str) -> Lifetime {
    Lifetime { apostrophe: Span::call_site(), ident: ident(name) }
}

/// `'name:`.
pub fn label(name: &str) -> Label {
    Label { name: lifetime(name), colon_token: Default::default() }
}

/// `break`, `break 'name`.
pub fn break_(label: Option<&str>, value: Option<Expr>) -> Expr {
    Expr::Break(syn::ExprBreak {
        attrs: Vec::new(),
        break_token: Default::default(),
        label: label.map(lifetime),
        expr: value.map(Box::new),
    })
}

/// `continue`, `continue 'name`.
pub fn continue_(label: Option<&str>) -> Expr {
    Expr::Continue(syn::ExprContinue {
        attrs: Vec::new(),
        continue_token: Default::default(),
        label: label.map(lifetime),
    })
}

/// `{ … }` as syntax of others.
pub fn block(stmts: Vec<Stmt>) -> Block {
    Block { brace_token: Default::default(), stmts }
}

/// `{ … }`; a block of one expression is that expression.
pub fn block_expr(mut stmts: Vec<Stmt>) -> Expr {
    if let [Stmt::Expr(_, None)] = &stmts[..]
        && let Some(Stmt::Expr(expr, None)) = stmts.pop()
    {
        return expr;
    }
    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block(stmts) })
}

/// `'label: { … }`.
pub fn labelled(name: &str, stmts: Vec<Stmt>) -> Expr {
    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: Some(label(name)), block: block(stmts) })
}

/// `if cond { then } else orelse`.
pub fn if_(cond: Expr, then: Vec<Stmt>, orelse: Option<Expr>) -> Expr {
    let orelse = orelse.map(|orelse| {
        let orelse = match orelse {
            Expr::If(_) => orelse,
            Expr::Block(inner) if inner.label.is_none() => Expr::Block(inner),
            other => Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block: block(vec![Stmt::Expr(other, None)]),
            }),
        };
        (Default::default(), Box::new(orelse))
    });
    Expr::If(syn::ExprIf {
        attrs: Vec::new(),
        if_token: Default::default(),
        cond: Box::new(cond),
        then_branch: block(then),
        else_branch: orelse,
    })
}

/// `if c { … } else { … }`, the `else` a block whatever is in it.
pub fn else_block(stmts: Vec<Stmt>) -> Expr {
    if let [Stmt::Expr(Expr::If(_), _)] = &stmts[..] {
        let mut stmts = stmts;
        if let Some(Stmt::Expr(inner, _)) = stmts.pop() {
            return inner;
        }
        return tuple(Vec::new());
    }
    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block(stmts) })
}

/// `let pat = expr` in a condition.
pub fn let_cond(pat: Pat, expr: Expr) -> Expr {
    Expr::Let(syn::ExprLet {
        attrs: Vec::new(),
        let_token: Default::default(),
        pat: Box::new(pat),
        eq_token: Default::default(),
        expr: Box::new(expr),
    })
}

/// `match expr { arms }`.
pub fn match_(expr: Expr, arms: Vec<Arm>) -> Expr {
    Expr::Match(syn::ExprMatch {
        attrs: Vec::new(),
        match_token: Default::default(),
        expr: Box::new(expr),
        brace_token: Default::default(),
        arms,
    })
}

/// `pat if guard => body`.
pub fn arm(pat: Pat, guard: Option<Expr>, body: Expr) -> Arm {
    let pat = match guard {
        None => pat,
        Some(guard) => Pat::Guard(syn::PatGuard {
            attrs: Vec::new(),
            pat: Box::new(pat),
            if_token: Default::default(),
            guard: Box::new(guard),
        }),
    };
    let (attrs, fat_arrow_token, comma) = (Vec::new(), Default::default(), Some(Default::default()));
    let mut arm = Arm { attrs, pat, fat_arrow_token, body: Box::new(body), comma };
    super::print::arm_body(&mut arm);
    arm
}

/// `loop { … }`.
pub fn loop_(name: Option<&str>, body: Vec<Stmt>) -> Expr {
    Expr::Loop(syn::ExprLoop {
        attrs: Vec::new(),
        label: name.map(label),
        loop_token: Default::default(),
        body: block(body),
    })
}

/// `while cond { … }`.
pub fn while_(name: Option<&str>, cond: Expr, body: Vec<Stmt>) -> Expr {
    Expr::While(syn::ExprWhile {
        attrs: Vec::new(),
        label: name.map(label),
        while_token: Default::default(),
        cond: Box::new(cond),
        body: block(body),
    })
}

/// `for pat in iter { … }`.
pub fn for_(name: Option<&str>, pat: Pat, iter: Expr, body: Vec<Stmt>) -> Expr {
    Expr::ForLoop(syn::ExprForLoop {
        attrs: Vec::new(),
        label: name.map(label),
        for_token: Default::default(),
        pat: Box::new(pat),
        in_token: Default::default(),
        expr: Box::new(iter),
        body: block(body),
    })
}

/// A name in a pattern.
pub fn pat(name: &str) -> Pat {
    pat_mut(name, false)
}

/// A name in a pattern, `mut` perhaps; `_` is the wildcard.
pub fn pat_mut(name: &str, mutable: bool) -> Pat {
    if name == "_" {
        return Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token: Default::default() });
    }
    Pat::Ident(syn::PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: mutable.then(Default::default),
        ident: ident(name),
        subpat: None,
    })
}

/// `(a, b)` in a pattern.
pub fn pat_tuple(items: Vec<Pat>) -> Pat {
    Pat::Tuple(syn::PatTuple { attrs: Vec::new(), paren_token: Default::default(), elems: trailing(items) })
}

/// `Some(x)` in a pattern.
pub fn pat_variant(text: &str, items: Vec<Pat>) -> Pat {
    Pat::TupleStruct(syn::PatTupleStruct {
        attrs: Vec::new(),
        qself: None,
        path: path(text),
        paren_token: Default::default(),
        elems: items.into_iter().collect(),
    })
}

/// `let pat = init;`, `let pat;`.
pub fn let_(pat: Pat, ty: Option<Type>, init: Option<Expr>) -> Stmt {
    let pat = match ty {
        None => pat,
        Some(ty) => Pat::Type(syn::PatType {
            attrs: Vec::new(),
            pat: Box::new(pat),
            colon_token: Default::default(),
            ty: Box::new(ty),
        }),
    };
    let template = once!(Stmt: let x;);
    let Stmt::Local(mut local) = template else { return template };
    local.pat = pat;
    local.init = init.map(|expr| syn::LocalInit { eq_token: Default::default(), expr: Box::new(expr), diverge: None });
    Stmt::Local(local)
}

/// `expr;`.
pub fn stmt(expr: Expr) -> Stmt {
    Stmt::Expr(expr, Some(Default::default()))
}

/// `expr` at the end of a block.
pub fn tail(expr: Expr) -> Stmt {
    Stmt::Expr(expr, None)
}

/// `name!("text");`, `name!(1);`: how the printer is told of comments and lines.
pub fn marker(name: &str, text: Option<Literal>) -> Stmt {
    let tokens = text.map(|text| TokenStream::from(TokenTree::Literal(text))).unwrap_or_default();
    let mac = syn::Macro {
        path: path(name),
        bang_token: Default::default(),
        delimiter: syn::MacroDelimiter::Paren(Default::default()),
        tokens,
    };
    Stmt::Macro(syn::StmtMacro { attrs: Vec::new(), mac, semi_token: Some(Default::default()) })
}

/// `|a, b| body`, `move`, `async`.
pub fn closure(is_async: bool, is_move: bool, params: Vec<Pat>, output: Option<Type>, body: Expr) -> Expr {
    let template = once!(Expr: || ());
    let Expr::Closure(mut closure) = template else { return template };
    closure.asyncness = is_async.then(Default::default);
    closure.capture = is_move.then(Default::default);
    closure.inputs = params.into_iter().collect();
    if let Some(ty) = output {
        closure.output = syn::ReturnType::Type(Default::default(), Box::new(ty));
    }
    closure.body = Box::new(body);
    Expr::Closure(closure)
}

/// `async { … }`.
pub fn async_block(is_move: bool, stmts: Vec<Stmt>) -> Expr {
    let template = once!(Expr: async {});
    let Expr::Async(mut inner) = template else { return template };
    inner.capture = is_move.then(Default::default);
    inner.block = block(stmts);
    Expr::Async(inner)
}

/// A function as a method.
pub fn method_item(item: syn::ItemFn) -> syn::ImplItemFn {
    let syn::ItemFn { attrs, vis, modifiers, sig, block } = item;
    syn::ImplItemFn { attrs, vis, modifiers, sig, block: *block }
}

/// `impl Name { … }`; what the methods hold is not read again.
pub fn inherent(name: &Ident, items: Vec<syn::ImplItem>) -> syn::Item {
    super::template::impl_of(once!(syn::ItemImpl: impl X {}), name, items)
}
