//! Functions that are called through one value with `*args`, `**kwargs`, or names that do not reach the same places: each is kept
//! as one that takes any arguments, `lambda *args: countdown(*args)`.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::binding::Fill;
use super::choose::owners;
use super::shape::{Callable, Con};
use super::solver::{Argument, Given, Op, Site, Solver};
use crate::hir::{
    Arg, Block, Call, Callee, Default, Expr, ExprId, FnId, Function, ModuleId, Param, ParamKind, Program, Stmt,
    StmtKind, Storage, Trivia, Var, VarId, walk,
};

/// Functions that are called through a value in a way that is not the same for all of them, with the places that name them.
pub struct Uniform {
    mentions: Vec<(ExprId, FnId)>,
    /// Calls of a field that holds one: they are calls of a value.
    fields: Vec<ExprId>,
    takes: Takes,
}

/// What the calls give: functions that stand for others take no more.
#[derive(Clone, Copy, Default)]
struct Takes {
    /// By place: `*args`.
    places: bool,
    /// By name: `**kwargs`.
    names: bool,
}

impl Takes {
    fn see(&mut self, args: &[Argument]) {
        for arg in args {
            match arg.given {
                Given::Positional | Given::Star => self.places = true,
                Given::Keyword(_) | Given::DoubleStar => self.names = true,
            }
        }
    }

    fn kinds(self) -> &'static [ParamKind] {
        match (self.places, self.names) {
            (true, true) => &[ParamKind::Args, ParamKind::Kwargs],
            (false, true) => &[ParamKind::Kwargs],
            (_, false) => &[ParamKind::Args],
        }
    }
}

/// Where a parameter gets its value from in a call through a value.
#[derive(PartialEq)]
enum Placed {
    Arg(usize),
    Item(usize, usize),
    Lit(ExprId),
}

/// What has to become uniform in a program that was solved.
pub fn find(solver: &mut Solver<'_>) -> Option<Uniform> {
    let program = solver.program;
    let mut functions: HashSet<FnId> = HashSet::default();
    let mut fields = Vec::new();
    let mut calls: Vec<(Vec<FnId>, Vec<Argument>)> = Vec::new();
    for at in 0..solver.ops.len() {
        let op = std::rc::Rc::clone(&solver.ops[at]);
        let (site, slot) = match &*op {
            Op::Call { site, callee } => (site, *callee),
            Op::Method { site, recv, name } => match super::choose::held(solver, *recv, name) {
                Some(slot) => (site, slot),
                None => continue,
            },
            _ => continue,
        };
        if site.key.1 != 0 {
            continue;
        }
        let shape = solver.slots.shape(slot).clone();
        let of = |con: &Con| match con {
            Con::Func(Callable::Program(id, receiver)) => Some((*id, receiver.is_some())),
            _ => None,
        };
        let all: Option<Vec<(FnId, bool)>> = shape.alts.iter().map(of).collect();
        let Some(all) = all.filter(|all| !all.is_empty() && !shape.dynamic) else { continue };
        calls.push((all.iter().map(|(id, _)| *id).collect(), site.args.clone()));
        if matches!(&*op, Op::Method { .. }) && !is_spread(&site.args) && all.len() < 2 {
            continue;
        }
        if matches!(all[..], [(one, bound)] if solver.bind_function(one, bound, &site.args).is_err())
            || agree(solver, &all, site)
        {
            continue;
        }
        if matches!(&*op, Op::Method { .. }) {
            fields.push(site.key.0);
        }
        functions.extend(all.into_iter().map(|(id, _)| id));
    }
    let mut takes = Takes::default();
    for (all, args) in &calls {
        if all.iter().any(|id| functions.contains(id)) {
            takes.see(args);
        }
    }
    functions.retain(|&id| !takes_any(program, id, takes));
    // One that stands for another takes what the calls gave that were looked at then.
    let is_made = |id: &FnId| program.functions[*id].stands_for.is_some();
    if functions.iter().any(is_made) {
        return None;
    }
    if functions.is_empty() || asks_for_kinds(program) {
        return None;
    }
    let handed = handed_on(solver);
    let mut mentions = Vec::new();
    for (id, expr) in program.exprs.iter() {
        if let Expr::Function(function) | Expr::Lambda(function) = expr
            && functions.contains(function)
            && !handed.contains(&id)
        {
            mentions.push((id, *function));
        }
    }
    for at in 0..solver.ops.len() {
        let op = std::rc::Rc::clone(&solver.ops[at]);
        let Op::Attr { name, out, key, .. } = &*op else { continue };
        if key.1 != 0 || handed.contains(&key.0) {
            continue;
        }
        for con in &solver.slots.shape(*out).clone().alts {
            if let Con::Func(Callable::Program(id, Some(_))) = con
                && functions.contains(id)
                && program.functions[*id].name == **name
                && program.functions[*id].method.is_some()
            {
                mentions.push((key.0, *id));
            }
        }
    }
    Some(Uniform { mentions, fields, takes })
}

fn is_spread(args: &[Argument]) -> bool {
    args.iter().any(|arg| matches!(arg.given, Given::Star | Given::DoubleStar))
}

/// Whether all functions that a value may be take the arguments of a call in the same way, each parameter one of them.
fn agree(solver: &mut Solver<'_>, all: &[(FnId, bool)], site: &Site) -> bool {
    let program = solver.program;
    let mut first: Option<Vec<Placed>> = None;
    for &(id, bound) in all {
        let Ok(fills) = solver.bind_function(id, bound, &site.args) else { return false };
        let mut placed = Vec::new();
        for ((at, param), fill) in program.functions[id].params.iter().enumerate().skip(usize::from(bound)).zip(fills) {
            let kept = param.default.is_none() || solver.value_given.contains(&(id, at));
            match (fill, param.default) {
                (Fill::Arg(at), _) => placed.push(Placed::Arg(at)),
                (Fill::Item(of, index), _) => placed.push(Placed::Item(of, index)),
                (Fill::Default, Some(Default::Inline(value))) if kept => placed.push(Placed::Lit(value)),
                (Fill::Default, _) if !kept => {}
                (Fill::Kwargs(list), _) if list.is_empty() => {}
                // All that there is goes there.
                (Fill::Args(_), _) if takes_any(program, id, Takes::default()) => placed.push(Placed::Arg(0)),
                _ => return false,
            }
        }
        let same = |a: &Placed, b: &Placed| match (a, b) {
            (Placed::Lit(a), Placed::Lit(b)) => match (&program.exprs[*a], &program.exprs[*b]) {
                (Expr::Lit(a), Expr::Lit(b)) => a == b,
                _ => a == b,
            },
            (a, b) => a == b,
        };
        match &first {
            None => first = Some(placed),
            Some(first) => {
                if first.len() != placed.len() || !first.iter().zip(&placed).all(|(a, b)| same(a, b)) {
                    return false;
                }
            }
        }
    }
    true
}

/// `def f(*args)`; one of the program's own takes no names where it is kept as a value.
fn takes_any(program: &Program, id: FnId, takes: Takes) -> bool {
    let function = &program.functions[id];
    let skip = usize::from(function.method.is_some());
    let kinds = function.params.iter().skip(skip).map(|param| param.kind);
    kinds.eq(takes.kinds().iter().copied()) && (!takes.names || function.stands_for.is_some())
}

/// Which function one of any arguments stands for: `fetch` of `lambda *args: fetch(*args)`; any other for itself.
pub fn stands_for(program: &Program, id: FnId) -> FnId {
    program.functions[id].stands_for.unwrap_or(id)
}

/// Whether the program asks what kind of function one is: the answer would be another.
fn asks_for_kinds(program: &Program) -> bool {
    program.exprs.iter().any(|(_, expr)| {
        matches!(expr, Expr::Call(Call { callee: Callee::Stub(of), .. })
            if matches!(&*of.name, "isfunction" | "ismethod" | "signature"))
    })
}

/// What is given to functions of the runtime, which call it in their own way.
fn handed_on(solver: &Solver<'_>) -> HashSet<ExprId> {
    let program = solver.program;
    // A class of the program may have methods of these names.
    let is_own = |recv: ExprId| {
        let alts = solver.expr(recv).map(|slot| solver.slots.shape(slot).alts.clone());
        alts.is_some_and(|alts| alts.iter().any(|con| matches!(con, Con::Class(_))))
    };
    let mut handed = HashSet::default();
    for (_, expr) in program.exprs.iter() {
        match expr {
            Expr::Call(Call { callee, args }) => {
                let takes = match callee {
                    Callee::Stub(_) => true,
                    Callee::Method { recv, name } => {
                        !is_own(*recv)
                            && matches!(
                                name.as_str(),
                                "add_done_callback"
                                    | "add_signal_handler"
                                    | "call_at"
                                    | "call_later"
                                    | "call_soon"
                                    | "call_soon_threadsafe"
                                    | "run_in_executor"
                                    | "sort"
                                    | "submit"
                                    | "map"
                            )
                    }
                    _ => false,
                };
                if takes {
                    handed.extend(args.iter().map(Arg::value));
                }
            }
            Expr::Aio(aio) => walk::aio_exprs(aio, &mut |value| {
                handed.insert(value);
            }),
            _ => {}
        }
    }
    handed
}

/// Writes it out.
pub fn write_out(program: &mut Program, found: Uniform) {
    let owners = owners(program);
    let counts = walk::bindings(program);
    for call in found.fields {
        if let Expr::Call(Call { callee: Callee::Method { recv, name }, .. }) = &program.exprs[call] {
            let (recv, name) = (*recv, name.clone());
            let origin = program.origins[call];
            let value = program.make(Expr::Attr(recv, name), origin);
            if let Expr::Call(call) = &mut program.exprs[call] {
                call.callee = Callee::Value(value);
            }
        }
    }
    // A function of a module has one that all places name.
    let mut shared: HashMap<FnId, FnId> = HashMap::default();
    for (mention, function) in found.mentions {
        let Some(owner) = owners.get(&mention) else { continue };
        let is_plain =
            matches!(program.exprs[mention], Expr::Function(_)) && program.functions[function].parent.is_none();
        match shared.get(&function).filter(|_| is_plain) {
            Some(made) => program.exprs[mention] = Expr::Lambda(*made),
            None => {
                wrap(program, (mention, function), *owner, &counts, found.takes);
                if let (Expr::Lambda(made), true) = (&program.exprs[mention], is_plain) {
                    shared.insert(function, *made);
                }
            }
        }
    }
}

fn wrap(
    program: &mut Program,
    (mention, function): (ExprId, FnId),
    (owner, module): (Option<FnId>, ModuleId),
    counts: &[u32],
    takes: Takes,
) {
    let origin = program.origins[mention];
    let span = origin.span();
    let of = &program.functions[function];
    let (name, qualname, captures) = (of.name.clone(), of.qualname.clone(), of.captures.clone());
    enum Kind {
        Function,
        Lambda,
        Method(ExprId, String, VarId),
    }
    let kind = match &program.exprs[mention] {
        Expr::Function(_) => Kind::Function,
        Expr::Lambda(_) => Kind::Lambda,
        Expr::Attr(recv, name) => match program.exprs[*recv] {
            // The object is the one of now.
            Expr::Var(var) if counts.get(var.at()).copied().unwrap_or(0) <= 1 => Kind::Method(*recv, name.clone(), var),
            _ => return,
        },
        _ => return,
    };
    let is_plain = matches!(kind, Kind::Function) && program.functions[function].parent.is_none();
    let made = program.functions.alloc(Function::blank(module, span));
    let params = takes.kinds().iter().map(|&kind| {
        let name = if kind == ParamKind::Args { "args" } else { "kwargs" };
        let var = program.vars.alloc(Var::local(name, Some(made), module, span));
        Param { var, kind, default: None }
    });
    let params: Vec<Param> = params.collect();
    let mut alloc = |expr: Expr| program.make(expr, origin);
    let args = params.iter().map(|param| match param.kind {
        ParamKind::Args => Arg::Star(alloc(Expr::Var(param.var))),
        _ => Arg::DoubleStar(alloc(Expr::Var(param.var))),
    });
    let args = args.collect();
    let mut captured = captures;
    let callee = match kind {
        Kind::Function => Callee::Function(function),
        Kind::Lambda => Callee::Value(alloc(Expr::Lambda(function))),
        Kind::Method(recv, name, of) => {
            if program.vars[of].storage != Storage::Global && program.vars[of].owner.is_some() {
                captured.push(of);
            }
            Callee::Method { recv, name }
        }
    };
    let mut alloc = |expr: Expr| program.make(expr, origin);
    let value = alloc(Expr::Call(Call { callee, args }));
    let stmt = Stmt { kind: StmtKind::Return(Some(value)), span, trivia: Trivia::default() };
    let inner = &mut program.functions[made];
    inner.name = name;
    inner.qualname = qualname;
    inner.stands_for = Some(function);
    inner.params = params;
    inner.body = Block { stmts: vec![stmt], trailing: Trivia::default() };
    inner.exits.returns = true;
    inner.captures = captured;
    inner.parent = owner.filter(|_| !is_plain);
    if let Expr::Lambda(_) = program.exprs[mention] {
        program.functions[function].parent = Some(made);
    }
    program.exprs[mention] = Expr::Lambda(made);
}
