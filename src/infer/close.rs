//! The end of solving: what no call has shown, integers without bound, cycles of type arguments.

use rustc_hash::FxHashSet as HashSet;

use super::resolve::Resolver;
use super::shape::{Callable, Con, Slot};
use super::solver::{Op, Solver};
use super::uses;
use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::hir::*;
use crate::types::ExcClass;

/// Settles what nothing flows to: annotations, then defaults, then `Value`.
pub fn close(solver: &mut Solver<'_>, diags: &mut Diagnostics) {
    annotations(solver);
    let _ = solver.run();
    solver.closing = true;
    let program = solver.program;
    // A function whose parameters nobody fills: by what is written, else anything.
    for (_, function) in program.functions.iter() {
        for param in &function.params {
            let slot = solver.var(param.var);
            if !solver.slots.shape(slot).is_bottom() {
                continue;
            }
            if let Some(annotation) = &program.vars[param.var].annotation {
                annotated(solver, slot, &annotation.ty);
            }
            if let Some(Default::Inline(value) | Default::Once { value, .. }) = param.default
                && let Some(from) = solver.expr(value)
            {
                solver.slots.flow(from, slot);
            }
        }
    }
    let _ = solver.run();
    uses::fill(solver);
    for (id, function) in program.functions.iter() {
        for param in &function.params {
            let slot = solver.var(param.var);
            if solver.slots.shape(slot).is_bottom() && !solver.used.contains(&id) && !function.made {
                let var = &program.vars[param.var];
                let why = format!("nobody calls `{}`", function.name);
                solver.dynamic(slot, var.span, why);
                diags.push(
                    Diagnostic::new(
                        catalog::DYNAMIC_PARAMETER,
                        var.span,
                        format!("the type of `{}` is not known", var.name),
                    )
                    .note(format!("Nobody calls `{}`.", function.name))
                    .help("give the parameter an annotation or a default"),
                );
            }
        }
    }
    // The fields of a class of which nothing is made.
    for (id, class) in program.classes.iter() {
        for attribute in &class.attributes {
            if let (Some(annotation), Some(slot)) = (&attribute.annotation, solver.field(id, &attribute.name))
                && solver.slots.shape(slot).is_bottom()
            {
                annotated(solver, slot, &annotation.ty);
            }
        }
    }
    for op in std::mem::take(&mut solver.waiting) {
        solver.slots.schedule(op);
    }
    let _ = solver.run();
    // A coroutine that never returns may have any result: that of the tasks it is kept with.
    for op in solver.ops.clone() {
        if let Op::Spawn { value, out, .. } = &*op {
            let coros: Vec<Slot> = solver
                .slots
                .shape(*value)
                .alts
                .iter()
                .filter_map(|con| match con {
                    Con::Coro(result) => Some(*result),
                    _ => None,
                })
                .collect();
            let tasks: Vec<Slot> = solver
                .slots
                .shape(*out)
                .alts
                .iter()
                .filter_map(|con| match con {
                    Con::Task(result) => Some(*result),
                    _ => None,
                })
                .collect();
            for (&coro, &task) in coros.iter().zip(&tasks) {
                let none = solver.slots.shape(task);
                if solver.slots.shape(coro).is_bottom() && none.none && none.alts.is_empty() && !none.dynamic {
                    solver.slots.add_none(coro);
                }
            }
        }
    }
    let _ = solver.run();
    unreached(solver);
}

/// What is taken out of a container that nothing is put in, and what a lambda takes that nobody calls, may be anything:
/// that code never runs.
fn unreached(solver: &mut Solver<'_>) {
    let program = solver.program;
    for (slot, ty) in std::mem::take(&mut solver.wanted) {
        if solver.slots.shape(slot).is_bottom() {
            solver.fill(slot, &ty, &Vec::new(), None);
        }
    }
    let _ = solver.run();
    for _ in 0..32 {
        let mut found: Vec<(Slot, Option<VarId>)> = Vec::new();
        for (id, function) in program.functions.iter() {
            // It is not emitted, and would make the fields of its class dynamic.
            if function.made && !solver.used.contains(&id) {
                continue;
            }
            found.extend(function.params.iter().map(|param| (solver.var(param.var), Some(param.var))));
        }
        for root in solver.slots.roots() {
            for con in &solver.slots.shape(root).alts {
                if let Con::List(_)
                | Con::Dict(..)
                | Con::Set(_)
                | Con::FrozenSet(_)
                | Con::VarTuple(_)
                | Con::Iter(_) = con
                {
                    found
                        .extend(con.args().into_iter().filter(|&arg| solver.slots.is_read(arg)).map(|arg| (arg, None)));
                }
            }
        }
        found.retain(|(slot, _)| solver.slots.shape(*slot).is_bottom());
        if found.is_empty() {
            return;
        }
        // What its use tells comes first: such code may well stand beside code that runs.
        let partners = uses::partners(solver);
        let mut told = false;
        for (slot, _) in &found {
            told |= uses::fill_one(solver, *slot, &partners);
        }
        if told {
            let _ = solver.run();
            continue;
        }
        for (slot, param) in found {
            match param {
                Some(var) => {
                    let var = &program.vars[var];
                    solver.dynamic(slot, var.span, format!("nothing is ever given for `{}`", var.name));
                }
                None => solver.slots.make_dynamic(slot),
            }
        }
        let _ = solver.run();
    }
}

/// Annotations say what is in a container that nobody fills.
fn annotations(solver: &mut Solver<'_>) {
    let program = solver.program;
    for (id, var) in program.vars.iter() {
        if let Some(annotation) = &var.annotation {
            let slot = solver.var(id);
            inside(solver, slot, &annotation.ty);
        }
    }
    for (id, class) in program.classes.iter() {
        for attribute in &class.attributes {
            if let (Some(annotation), Some(slot)) = (&attribute.annotation, solver.field(id, &attribute.name)) {
                inside(solver, slot, &annotation.ty);
            }
        }
    }
}

/// Fills what is empty inside a slot.
fn inside(solver: &mut Solver<'_>, slot: Slot, ty: &AnnotationTy) {
    let (AnnotationTy::Stub(_, args), shape) = (ty, solver.slots.shape(slot).clone()) else {
        if let AnnotationTy::Union(parts) = ty {
            parts.iter().for_each(|part| inside(solver, slot, part));
        }
        return;
    };
    if args.is_empty() {
        return;
    }
    for con in &shape.alts {
        for (inner, ty) in con.args().into_iter().zip(args) {
            if solver.slots.shape(inner).is_bottom() {
                annotated(solver, inner, ty);
            } else {
                inside(solver, inner, ty);
            }
        }
    }
}

/// Puts what an annotation says into a slot.
fn annotated(solver: &mut Solver<'_>, slot: Slot, ty: &AnnotationTy) {
    match ty {
        AnnotationTy::None => solver.slots.add_none(slot),
        AnnotationTy::Class(class) => {
            let con = solver.class_value(&super::shape::ClassRef::Program(*class));
            con.into_iter().for_each(|con| solver.slots.add(slot, con));
        }
        AnnotationTy::Union(parts) => parts.iter().for_each(|part| annotated(solver, slot, part)),
        AnnotationTy::Stub(name, args) => {
            let arg = |solver: &mut Solver<'_>, at: usize| {
                let inner = solver.slots.fresh();
                if let Some(ty) = args.get(at) {
                    annotated(solver, inner, ty);
                }
                inner
            };
            let con = match (&*name.module, &*name.name) {
                ("typing", "Optional") => {
                    args.iter().for_each(|ty| annotated(solver, slot, ty));
                    return solver.slots.add_none(slot);
                }
                ("typing", "Union") => return args.iter().for_each(|ty| annotated(solver, slot, ty)),
                ("builtins", "int") => Con::Int,
                ("builtins", "bool") => Con::Bool,
                ("builtins", "float") => Con::Float,
                ("builtins", "str") => Con::Str,
                ("builtins", "bytes") => Con::Bytes,
                ("builtins", "list") => Con::List(arg(solver, 0)),
                ("builtins", "set") => Con::Set(arg(solver, 0)),
                ("builtins", "frozenset") => Con::FrozenSet(arg(solver, 0)),
                ("builtins", "dict") => Con::Dict(arg(solver, 0), arg(solver, 1)),
                ("builtins", "tuple") => match args.as_slice() {
                    [] => return,
                    [_] => Con::Tuple(vec![arg(solver, 0)].into()),
                    _ => Con::Tuple((0..args.len()).map(|at| arg(solver, at)).collect()),
                },
                ("asyncio", "Task") => Con::Task(arg(solver, 0)),
                ("asyncio", "Future") => Con::Future(arg(solver, 0)),
                ("typing" | "builtins", _) => return,
                _ => match solver.entry(name) {
                    Some((real, entry)) => match &*entry {
                        crate::stubs::Entry::Class(class) if class.is_exception => {
                            Con::Exc(ExcClass::Stub((*real).clone()))
                        }
                        crate::stubs::Entry::Class(class) => {
                            Con::Stub(real, (0..class.params.len()).map(|at| arg(solver, at)).collect())
                        }
                        _ => return,
                    },
                    None => return,
                },
            };
            solver.slots.add(slot, con);
        }
        AnnotationTy::List(_) | AnnotationTy::Unknown => {}
    }
}

/// Integers, iterators of several kinds, and cycles; then all types stand.
pub fn settle(solver: &mut Solver<'_>) -> Resolver {
    loosen_tuples(solver);
    let _ = solver.run();
    solver.settle_numbers();
    let _ = solver.run();
    grow(solver);
    let mut joined = false;
    for _ in 0..4 {
        solver.slots.spread_looks();
        if !join_iterators(solver) {
            break;
        }
        joined = true;
        let _ = solver.run();
    }
    joined |= join_functions(solver);
    let _ = solver.run();
    let results: Vec<Slot> = solver.joined_results.values().copied().collect();
    results.into_iter().for_each(|result| solver.slots.tell_held(result));
    if joined {
        // What they share may have grown.
        grow(solver);
    }
    for _ in 0..16 {
        let mut resolver = Resolver::default();
        for var in solver.program.vars.ids() {
            let slot = solver.var(var);
            resolver.note(solver, slot);
        }
        for expr in solver.program.exprs.ids() {
            if let Some(slot) = solver.expr(expr) {
                resolver.note(solver, slot);
            }
        }
        for function in solver.program.functions.ids() {
            resolver.result(solver, function);
        }
        if resolver.cycles.is_empty() {
            return resolver;
        }
        let mut cycles: Vec<Slot> = resolver.cycles.iter().copied().collect();
        cycles.sort();
        // One is enough to cut a cycle; the least is the same in every run.
        solver.slots.make_dynamic(cycles[0]);
        let _ = solver.run();
    }
    Resolver::default()
}

/// Integers without bound, until there are no more.
fn grow(solver: &mut Solver<'_>) {
    for _ in 0..8 {
        if !solver.grow() {
            break;
        }
        let _ = solver.run();
    }
}

/// A tuple of one type that is looked into by a computed index is one of any length, from its literal on.
fn loosen_tuples(solver: &mut Solver<'_>) {
    let all: Vec<VarId> = solver.program.vars.ids().collect();
    let mut vars = HashSet::default();
    for var in all {
        let slot = solver.var(var);
        vars.insert(solver.slots.root(slot));
    }
    for op in solver.ops.clone() {
        let Op::Index { value, constant: None, .. } = &*op else { continue };
        let [Con::Tuple(items)] = &*solver.slots.shape(*value).alts else { continue };
        let items = items.clone();
        let Some((&first, rest)) = items.split_first() else { continue };
        let mut resolver = Resolver::default();
        let ty = resolver.ty(solver, first);
        if rest.iter().any(|&item| resolver.ty(solver, item) != ty) {
            continue;
        }
        if vars.contains(&solver.slots.root(*value)) {
            let element = solver.slots.fresh();
            items.iter().for_each(|&item| solver.slots.flow(item, element));
            solver.slots.add(*value, Con::VarTuple(element));
        }
    }
}

/// Functions that meet in a slot have one type there: their parameters are the same, their results joined. Whether there are any.
fn join_functions(solver: &mut Solver<'_>) -> bool {
    let mut joined = false;
    for slot in solver.slots.roots() {
        let functions: Vec<(FnId, bool)> = solver
            .slots
            .shape(slot)
            .alts
            .iter()
            .filter_map(|con| match con {
                Con::Func(Callable::Program(id, receiver)) => Some((*id, receiver.is_some())),
                _ => None,
            })
            .collect();
        if functions.len() < 2 {
            continue;
        }
        joined = true;
        let params = |solver: &mut Solver<'_>, (id, bound): (FnId, bool)| -> Vec<Slot> {
            let program = solver.program;
            let all = program.functions[id].params.iter().enumerate().skip(usize::from(bound));
            let kept: Vec<VarId> = all
                .filter(|(at, param)| param.default.is_none() || solver.value_given.contains(&(id, *at)))
                .map(|(_, param)| param.var)
                .collect();
            kept.into_iter().map(|var| solver.var(var)).collect()
        };
        let first = params(solver, functions[0]);
        for &other in &functions[1..] {
            let others = params(solver, other);
            for (&a, &b) in first.iter().zip(&others) {
                solver.slots.same(a, b);
            }
        }
        let kinds = |id: FnId| solver.program.functions[id].kind;
        let plain = functions.iter().all(|&(id, _)| kinds(id) == FnKind::Plain);
        let result = solver.slots.fresh();
        if plain {
            for &(id, _) in &functions {
                let from = solver.function(id).result;
                solver.slots.flow(from, result);
            }
        } else {
            for &(id, _) in &functions {
                let con = solver.result_of(id);
                if solver.program.functions[id].kind == FnKind::Plain {
                    let from = solver.function(id).result;
                    solver.slots.flow(from, result);
                } else {
                    solver.slots.add(result, con);
                }
            }
        }
        if functions.iter().any(|&(id, _)| solver.slots.is_told(solver.function(id).result)) {
            solver.slots.tell(result);
        }
        let root = solver.slots.root(slot);
        solver.joined_results.insert(root, result);
    }
    joined
}

/// Where iterables of several kinds are one `Iter`, their elements are one.
fn join_iterators(solver: &mut Solver<'_>) -> bool {
    let mut joined = false;
    for slot in solver.slots.roots() {
        let shape = solver.slots.shape(slot).clone();
        if shape.alts.len() < 2 || !shape.alts.iter().all(Con::is_iterable) || solver.slots.is_looked_at(slot) {
            continue;
        }
        let elements: Vec<Slot> = shape
            .alts
            .iter()
            .flat_map(|con| match con {
                Con::List(a)
                | Con::Set(a)
                | Con::FrozenSet(a)
                | Con::VarTuple(a)
                | Con::Iter(a)
                | Con::Dict(a, _)
                | Con::Gen(a, ..) => vec![*a],
                Con::Tuple(items) => items.to_vec(),
                _ => Vec::new(),
            })
            .collect();
        for pair in elements.windows(2) {
            if solver.slots.root(pair[0]) != solver.slots.root(pair[1]) {
                solver.slots.same(pair[0], pair[1]);
                joined = true;
            }
        }
    }
    joined
}
