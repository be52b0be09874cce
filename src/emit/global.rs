//! Variables of modules that functions use: constants, and statics with `get` and `set`.

use syn::{Expr, Item, parse_quote};

use super::Emitter;
use super::build::{call_path, closure, ident, method, name, stmt};
use super::plan::{StmtKey, key};
use crate::arena::ArenaMap;
use crate::hir::{
    self, Block, Expr as Hir, ExprId, Item as Element, Lit, ModuleId, Program, Stmt, StmtKind, Storage, Target, Var,
    VarId, walk,
};
use crate::infer::{Resolved, Types};
use crate::types::Ty;

/// How a module's variable is kept.
#[derive(Debug, Clone)]
pub struct Static {
    /// Its name: `UPPER_CASE`.
    pub name: String,
    /// A `const`: a literal that is never assigned again.
    pub constant: bool,
    /// It may be read before it is bound.
    pub late: bool,
    /// The assignment that its declaration stands for, and the value.
    pub initial: Option<(StmtKey, ExprId)>,
    /// The module.
    pub module: ModuleId,
}

/// Decides how each global variable is kept.
pub fn statics(
    program: &Program,
    types: &Types,
    mut fresh: impl FnMut(ModuleId, &str) -> String,
) -> ArenaMap<Var, Static> {
    if program.vars.iter().all(|(_, var)| var.storage != Storage::Global) {
        return ArenaMap::default();
    }
    let mut counts: rustc_hash::FxHashMap<VarId, u32> = rustc_hash::FxHashMap::default();
    let mut count = |block: &Block| {
        walk::for_each_stmt(block, &mut |inner| {
            walk::stmt_vars(inner, &mut |var| *counts.entry(var).or_default() += 1);
        });
        walk::for_each_expr_in_block(program, block, &mut |expr| {
            if let Hir::Walrus(var, _) = program.exprs[expr] {
                *counts.entry(var).or_default() += 1;
            }
        });
    };
    for (_, module) in program.modules.iter() {
        count(&module.body);
    }
    for (_, function) in program.functions.iter() {
        count(&function.body);
    }
    let mut out = ArenaMap::default();
    for (id, module) in program.modules.iter() {
        let mut initial: rustc_hash::FxHashMap<VarId, (StmtKey, ExprId)> = rustc_hash::FxHashMap::default();
        let mut seen: rustc_hash::FxHashSet<VarId> = rustc_hash::FxHashSet::default();
        for inner in &module.body.stmts {
            if let StmtKind::Assign { targets, value } = &inner.kind
                && let [Target::Var(var)] = targets[..]
                && program.vars[var].storage == Storage::Global
                && !seen.contains(&var)
                && is_initial(program, types, *value)
            {
                initial.insert(var, (key(inner), *value));
            }
            let mut see = |inner: &Stmt| {
                walk::stmt_vars(inner, &mut |var| {
                    seen.insert(var);
                })
            };
            see(inner);
            walk::stmt_blocks(inner, &mut |block| walk::for_each_stmt(block, &mut see));
        }
        for (var, info) in program.vars.iter() {
            if info.storage != Storage::Global || info.module != id {
                continue;
            }
            let first = initial.get(&var).copied().filter(|_| !info.maybe_unbound);
            let ty = types.var.get(var).cloned().unwrap_or(Ty::Value);
            let plain = first.is_some_and(|(_, value)| {
                !types.adjustments.contains_key(&value)
                    && matches!(&program.exprs[value], Hir::Lit(Lit::Int(_) | Lit::Float(_) | Lit::Bool(_)))
            });
            let constant = plain && counts.get(&var) == Some(&1) && matches!(ty, Ty::Int | Ty::Float | Ty::Bool);
            let text = fresh(id, &info.name);
            let entry = Static { name: text, constant, late: first.is_none(), initial: first, module: id };
            out.insert(var, entry);
        }
    }
    out
}

/// Whether a value can be made whenever the variable is first read: it has no effect and depends on nothing.
pub fn is_initial(program: &Program, types: &Types, value: ExprId) -> bool {
    let all = |items: &[Element]| {
        items.iter().all(|item| matches!(item, Element::One(value) if is_initial(program, types, *value)))
    };
    match &program.exprs[value] {
        Hir::Lit(lit) => !matches!(lit, Lit::Imaginary(_)),
        Hir::List(items) | Hir::Tuple(items) => all(items),
        Hir::Set(items) => items.is_empty(),
        Hir::Dict(items) => items.iter().all(|item| match item {
            hir::DictItem::Pair(key, value) => {
                matches!(program.exprs[*key], Hir::Lit(_)) && is_initial(program, types, *value)
            }
            hir::DictItem::Spread(_) => false,
        }),
        Hir::Unary(hir::UnOp::Neg, inner) => matches!(program.exprs[*inner], Hir::Lit(_)),
        Hir::Stub(_) => !matches!(types.expr.get(value), Some(Ty::Fn(_))),
        // The members of an enumeration, and lists of them.
        Hir::Attr(of, _) => matches!(program.exprs[*of], Hir::Class(class) if is_enumeration(program, class)),
        Hir::Call(call) => match types.resolved.get(&(value, 0)) {
            Some(Resolved::New { class, .. }) if is_enumeration(program, *class) => {
                let init = super::layout::find_method(program, *class, "__init__");
                init.is_some_and(|init| types.function.get(init).is_some_and(|signature| !signature.raises))
                    && call.args.iter().all(|arg| is_initial(program, types, arg.value()))
            }
            Some(Resolved::Stub(stub)) => {
                stub.nothrow
                    && !stub.intrinsic
                    && stub.method == "__init__"
                    && matches!(stub.of.module.as_str(), "builtins" | "asyncio" | "collections")
                    && matches!(call.callee, hir::Callee::Stub(_))
                    && call.args.iter().all(|arg| is_initial(program, types, arg.value()))
            }
            _ => false,
        },
        _ => false,
    }
}

fn is_enumeration(program: &Program, class: hir::ClassId) -> bool {
    program.classes[class].flavour == hir::Flavour::Members && program.classes[class].parent.is_none()
}

impl Emitter<'_> {
    /// The path of a static from the module at hand.
    pub(super) fn static_path(&self, var: VarId) -> String {
        let Some(entry) = self.names.static_of(var) else { return "GLOBAL".into() };
        if entry.module == self.module {
            return entry.name.clone();
        }
        format!("{}::{}", self.module_path(entry.module), entry.name)
    }

    /// `X`, `X.get()`, `X.get()?`.
    pub(super) fn read_global(&mut self, var: VarId) -> Expr {
        let path = self.static_path(var);
        let entry = self.names.static_of(var).cloned();
        match entry {
            Some(entry) if entry.constant => name(&path),
            Some(entry) if entry.late => {
                let read = method(name(&path), "get", Vec::new());
                self.question(read)
            }
            _ => method(name(&path), "get", Vec::new()),
        }
    }

    /// `X.set(value);`.
    pub(super) fn assign_global(&mut self, var: VarId, value: Expr) {
        let path = self.static_path(var);
        self.out.push(stmt(method(name(&path), "set", vec![value])));
    }

    /// The declaration of a global variable.
    pub(super) fn static_item(&mut self, var: VarId) -> Item {
        let ty = super::function::inhabited(&self.var_ty(var));
        let entry = self.names.static_of(var).cloned();
        let written = self.ty(&ty);
        let python = self.program.vars[var].name.clone();
        let Some(entry) = entry else {
            return parse_quote!(
                const _: () = ();
            );
        };
        let text = ident(&entry.name);
        match entry.initial {
            Some((_, value)) if entry.constant => {
                let value = self.into(value);
                parse_quote!(pub const #text: #written = #value;)
            }
            Some((_, value)) => {
                let from = self.ty_of(value);
                let made = self.into(value);
                let made = self.convert(made, &from, &ty);
                let first = closure(false, false, Vec::new(), None, made);
                let first = call_path("Global::new", vec![first]);
                parse_quote!(pub static #text: Global<#written> = #first;)
            }
            None => parse_quote!(pub static #text: LateGlobal<#written> = LateGlobal::new(#python);),
        }
    }
}
