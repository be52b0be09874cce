//! Functions as items.

use syn::{FnArg, Item, ItemFn, Stmt, parse_quote};

use super::Emitter;
use super::body::{Body, Kind, Ty0};
use super::build::{self, call_path, closure, ident, let_, pat, pat_mut, tail};
use super::macros;
use super::names::Namer;
use super::steps::{self, Shape};
use super::template::{self, once};
use crate::hir::walk;
use crate::hir::{Binding, Block, Expr, FnId, FnKind, Function, ParamKind, StmtKind, Storage, Target, VarId};
use crate::infer::Signature;
use crate::types::Ty;

impl Emitter<'_> {
    /// Whether a default of a function is computed once, at its `def`.
    pub(super) fn has_once_defaults(&self, function: FnId) -> bool {
        let params = &self.program.functions[function].params;
        params.iter().any(|param| matches!(param.default, Some(crate::hir::Default::Once { .. })))
    }

    /// What is inferred of a function; of one that nobody looked at, what its `def` says.
    pub(super) fn signature(&self, function: FnId) -> Signature {
        if let Some(signature) = self.types.function.get(function) {
            return signature.clone();
        }
        let params = &self.program.functions[function].params;
        Signature {
            params: params.iter().map(|param| self.var_ty(param.var)).collect(),
            result: Ty::None,
            yields: Ty::None,
            sends: Ty::None,
            raises: true,
            recursive: false,
            generics: 0,
            used: false,
        }
    }

    /// Names that temporaries of a body must not have.
    fn reserve(&self, namer: &mut Namer, function: Option<FnId>, vars: &[VarId]) {
        let mut all: Vec<VarId> = vars.to_vec();
        if let Some(function) = function {
            let inner = &self.program.functions[function];
            all.extend(inner.params.iter().map(|param| param.var));
            all.extend(&inner.locals);
            all.extend(&inner.captures);
        }
        for var in all {
            namer.reserve(&super::names::sanitize(&self.program.vars[var].name));
        }
    }

    /// Starts a body; gives the one around it.
    pub(super) fn enter_body(&mut self, function: Option<FnId>, kind: Kind, fallible: bool, result: Ty) -> Body {
        let mut namer = Namer::beside(self.names.function_names());
        let vars = if function.is_none() { self.program.modules[self.module].vars.clone() } else { Vec::new() };
        self.reserve(&mut namer, function, &vars);
        let text = match function {
            Some(function) => self.program.functions[function].code_name().to_string(),
            None => "<module>".to_string(),
        };
        self.functions.push(text);
        let yielder = namer.fresh("y");
        let body = Body {
            kind,
            function,
            fallible,
            result: Ty0(result),
            namer,
            number: self.functions.len() as u32 - 1,
            yielder,
            ..Body::default()
        };
        std::mem::replace(&mut self.body, body)
    }

    /// The body of a generator that is one loop.
    fn one_loop(&mut self, inner: &Function, stmts: &[Stmt]) -> Option<Vec<Stmt>> {
        let params = inner.params.iter().map(|param| (self.var_name(param.var), self.var_ty(param.var))).collect();
        let (items, going_on) = (self.temp("items"), self.temp("going_on"));
        let yielder = self.body.yielder.clone();
        let is_async = inner.kind == FnKind::AsyncGenerator;
        steps::body(stmts, &Shape { yielder: &yielder, is_async, params, items: &items, going_on: &going_on })
    }

    /// `generator(async move |y| { … })`, or one of its forms.
    fn generator_made(
        &mut self,
        inner: &Function,
        signature: &Signature,
        in_place: bool,
        stmts: Vec<Stmt>,
    ) -> syn::Expr {
        let is_sync = inner.kind == FnKind::Generator;
        let text = match (in_place, is_sync) {
            (true, true) => "yields",
            (true, false) => "async_yields",
            (false, true) => "generator",
            (false, false) => "async_generator",
        };
        let params = vec![pat(&self.body.yielder)];
        if in_place {
            return call_path(text, vec![closure(false, true, params, None, build::async_block(true, stmts))]);
        }
        let body = syn::Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(stmts) });
        let made = closure(true, true, params, None, body);
        if !self.looks_into_sent(&inner.body, &signature.sends) {
            return call_path(text, vec![made]);
        }
        let sends = self.ty(&inhabited(&signature.sends));
        if is_sync {
            parse_quote!(generator::<_, #sends, _, _>(#made))
        } else {
            parse_quote!(async_generator::<_, #sends, _>(#made))
        }
    }

    /// `async fn name(params) -> T { … }`.
    pub(super) fn function_item(&mut self, function: FnId) -> Item {
        let program = self.program;
        let inner = &program.functions[function];
        let signature = self.signature(function);
        let fallible = match inner.kind {
            FnKind::Plain => self.function_raises(function),
            _ => true,
        };
        let kind = match inner.kind {
            FnKind::Plain => Kind::Plain,
            FnKind::Coroutine { .. } => Kind::Coroutine,
            FnKind::Generator => Kind::Generator,
            FnKind::AsyncGenerator => Kind::AsyncGenerator,
        };
        let in_place = self.in_place.functions.contains(&function);
        let around = self.enter_body(Some(function), kind, fallible, signature.result.clone());
        let (inputs, first) = self.params(inner);
        let captured = self.capture_params(function);
        let mut stmts = first;
        let mut body = self.in_block(|emitter| {
            if signature.recursive && inner.kind == FnKind::Plain && fallible {
                emitter.out.push(parse_quote!(
                    let _depth = recursion::enter()?;
                ));
            }
            emitter.function_body(&inner.body);
        });
        stmts.append(&mut body);
        let stmts = match inner.kind {
            FnKind::Generator | FnKind::AsyncGenerator => {
                match if in_place { self.one_loop(inner, &stmts) } else { None } {
                    Some(stmts) => stmts,
                    None => vec![tail(self.generator_made(inner, &signature, in_place, stmts))],
                }
            }
            _ => stmts,
        };
        let output = match inner.kind {
            FnKind::Generator | FnKind::AsyncGenerator if in_place => {
                let yields = self.ty(&signature.yields);
                Some(match inner.kind {
                    FnKind::Generator => parse_quote!(impl Yields<#yields>),
                    _ => parse_quote!(impl AsyncYields<#yields>),
                })
            }
            FnKind::Generator => {
                let ty = Ty::Gen(
                    Box::new(inhabited(&signature.yields)),
                    Box::new(inhabited(&signature.sends)),
                    Box::new(inhabited(&signature.result)),
                );
                Some(self.ty(&ty))
            }
            FnKind::AsyncGenerator => {
                let ty = Ty::AsyncGen(Box::new(inhabited(&signature.yields)), Box::new(inhabited(&signature.sends)));
                Some(self.ty(&ty))
            }
            kind => self.return_ty(kind, &signature.result, fallible),
        };
        let text = self.names.function(function);
        self.body = around;
        let mut item = self.item_fn(&text, output, stmts);
        let owns = matches!(inner.method, Some(method) if method.binding != Binding::Static && method.binding != Binding::Class);
        if owns
            && inner.kind != FnKind::Plain
            && let Some(block) = super::receiver::borrow_owned(&item.block)
        {
            item.block = Box::new(block);
        }
        if matches!(inner.kind, FnKind::Coroutine { .. }) {
            item.sig.asyncness = Some(Default::default());
        }
        item.sig.inputs = inputs.into_iter().chain(captured).collect();
        if signature.generics > 0 {
            let params: Vec<syn::GenericParam> = (0..signature.generics)
                .map(|number| {
                    let text = ident(&super::ty::param_name(number));
                    parse_quote!(#text: Object + Clone)
                })
                .collect();
            item.sig.generics = parse_quote!(<#(#params),*>);
        }
        item.attrs = docs(inner.docs.as_deref());
        Item::Fn(item)
    }

    /// Whether what is sent is looked into where it arrives (`a, b = yield`): then rustc must know its type there.
    fn looks_into_sent(&self, body: &Block, sends: &Ty) -> bool {
        if matches!(sends, Ty::None | Ty::Never) {
            return false;
        }
        let mut yields = 0;
        walk::for_each_expr_in_block(self.program, body, &mut |id| {
            yields += u32::from(matches!(self.program.exprs[id], Expr::Yield(_)));
        });
        walk::for_each_stmt(body, &mut |stmt| {
            let value = match &stmt.kind {
                StmtKind::Expr(value) => value,
                StmtKind::Assign { targets, value } if matches!(targets[..], [Target::Var(_)]) => value,
                _ => return,
            };
            let is_plain =
                matches!(self.program.exprs[*value], Expr::Yield(_)) && !self.types.adjustments.contains_key(value);
            yields -= u32::from(is_plain);
        });
        yields > 0
    }

    /// `fn name() { … }`, bare.
    pub(super) fn item_fn(&self, text: &str, output: Option<syn::Type>, stmts: Vec<Stmt>) -> ItemFn {
        let text = ident(text);
        let mut item: ItemFn = template::function(text);
        if let Some(output) = output {
            item.sig.output = syn::ReturnType::Type(Default::default(), Box::new(output));
        }
        item.block = Box::new(build::block(stmts));
        item
    }

    /// The statements of a body, its value at their end.
    pub(super) fn function_body(&mut self, body: &Block) {
        let never =
            self.body.function.is_some_and(|function| crate::infer::generate::is_abstract(self.program, function));
        if never && !matches!(self.body.result.0, Ty::None | Ty::Option(_) | Ty::Value | Ty::Never) {
            self.out.push(tail(macros::unreachable("every class below has its own")));
            return;
        }
        self.tail_block(body);
    }

    /// The parameters, and what must be said of them first.
    pub(super) fn params(&mut self, inner: &Function) -> (Vec<FnArg>, Vec<Stmt>) {
        let mut inputs = Vec::new();
        let mut first = Vec::new();
        for (at, param) in inner.params.iter().enumerate() {
            let bound = inner
                .method
                .is_some_and(|method| matches!(method.binding, Binding::Instance | Binding::Getter | Binding::Setter));
            if at == 0
                && bound
                && let Some(method) = inner.method
                && self.is_exception(method.class)
            {
                let read = self.plans.vars.get(param.var).is_some_and(|plan| plan.reads > 0);
                let this = if read { "this" } else { "_this" };
                self.body.vars.insert(param.var, "this".into());
                self.body.receiver = Some(param.var);
                let owned = !matches!(inner.kind, FnKind::Plain);
                inputs.push(template::param(
                    pat(this),
                    if owned { once!(syn::Type: PyErr) } else { once!(syn::Type: &PyErr) },
                ));
                continue;
            }
            if at == 0 && bound {
                self.body.vars.insert(param.var, "self".into());
                self.body.receiver = Some(param.var);
                let owned = !matches!(inner.kind, FnKind::Plain);
                inputs.push(if owned { once!(FnArg: self: Rc<Self>) } else { once!(FnArg: self: &Rc<Self>) });
                continue;
            }
            if at == 0 && inner.method.is_some_and(|method| method.binding == Binding::Class) {
                continue;
            }
            let ty = self.var_ty(param.var);
            let ty = match param.kind {
                ParamKind::Args | ParamKind::Kwargs => ty,
                _ => inhabited(&ty),
            };
            let text = self.var_name(param.var);
            let storage = self.program.vars[param.var].storage;
            let plan = self.plans.vars.get(param.var);
            let (mutable, optional) = plan.map_or((false, false), |plan| (plan.mutable, plan.optional));
            let written = match &ty {
                Ty::AsyncGen(item, _) if self.in_place.params.contains(&param.var) => {
                    let item = self.ty(item);
                    parse_quote!(impl AsyncYields<#item>)
                }
                ty => self.ty(ty),
            };
            let plain = pat_mut(&text, mutable && !optional && storage == Storage::Local);
            inputs.push(template::param(plain, written));
            match storage {
                Storage::Cell => {
                    let held = build::name(&text);
                    let value = if self.is_optional(param.var) { call_path("Some", vec![held]) } else { held };
                    first.push(let_(pat(&text), None, Some(call_path("Shared::new", vec![value]))));
                }
                Storage::Local if optional => {
                    let held = call_path("Some", vec![build::name(&text)]);
                    first.push(let_(pat_mut(&text, mutable), None, Some(held)));
                }
                _ => {}
            }
        }
        (inputs, first)
    }
}

/// A type that a variable can have.
pub fn inhabited(ty: &Ty) -> Ty {
    match ty {
        Ty::Never => Ty::None,
        ty => ty.clone(),
    }
}

/// A docstring as `///` lines.
pub fn docs(text: Option<&str>) -> Vec<syn::Attribute> {
    let Some(text) = text else { return Vec::new() };
    text.lines()
        .map(|line| {
            let line = format!(" {line}");
            let line = line.trim_end();
            build::attribute("doc", line)
        })
        .collect()
}

/// Keeps the printer's module in view of this one: marks and comments are statements.
pub fn comment_lines(text: &str) -> Vec<String> {
    text.lines().map(|line| format!(" {line}")).collect()
}
