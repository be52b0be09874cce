//! Functions of several forms that are called through one value with `*args`: each is kept as one that takes any arguments,
//! `lambda *args: countdown(*args)`.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::choose::owners;
use super::shape::{Callable, Con, Slot};
use super::solver::{Given, Op, Solver};
use crate::hir::{
    Arg, Block, Call, Callee, Expr, ExprId, FnId, Function, ModuleId, Param, ParamKind, Program, Stmt, StmtKind,
    Storage, Trivia, Var, VarId, walk,
};

/// Functions that are called with `*args` of unknown length through a value, with the places that name them.
pub struct Uniform {
    mentions: Vec<(ExprId, FnId)>,
    /// Calls of a field that holds one: they are calls of a value.
    fields: Vec<ExprId>,
}

/// What has to become uniform in a program that was solved.
pub fn find(solver: &mut Solver<'_>) -> Option<Uniform> {
    let program = solver.program;
    let mut functions: HashSet<FnId> = HashSet::default();
    let mut fields = Vec::new();
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
        let is_open = |given: &Given, slot: Slot, solver: &Solver<'_>| {
            *given == Given::Star && !matches!(solver.slots.shape(slot).only(), Some(Con::Tuple(_)))
        };
        let open = site.args.iter().any(|arg| is_open(&arg.given, arg.slot, solver));
        if site.key.1 != 0 || site.args.iter().any(|arg| matches!(arg.given, Given::Keyword(_) | Given::DoubleStar)) {
            continue;
        }
        let shape = solver.slots.shape(slot).clone();
        let of = |con: &Con| match con {
            Con::Func(Callable::Program(id, _)) => Some(*id),
            _ => None,
        };
        let all: Option<Vec<FnId>> = shape.alts.iter().map(of).collect();
        let Some(all) = all.filter(|all| !all.is_empty() && !shape.dynamic) else { continue };
        // Some take these arguments, some do not: which one is called depends on what the program does.
        let fits = |con: &Con, solver: &mut Solver<'_>| match con {
            Con::Func(Callable::Program(id, recv)) => solver.bind_function(*id, recv.is_some(), &site.args).is_ok(),
            _ => false,
        };
        if !open && (all.len() < 2 || shape.alts.iter().all(|con| fits(con, solver))) {
            continue;
        }
        if matches!(&*op, Op::Method { .. }) {
            fields.push(site.key.0);
        }
        if !all.iter().all(|&id| takes_any(program, id)) {
            functions.extend(all.into_iter().filter(|&id| !takes_any(program, id)));
        }
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
    Some(Uniform { mentions, fields })
}

/// `def f(*args)`.
fn takes_any(program: &Program, id: FnId) -> bool {
    let function = &program.functions[id];
    let skip = usize::from(function.method.is_some());
    matches!(&function.params[..], [.., only] if only.kind == ParamKind::Args) && function.params.len() == 1 + skip
}

/// Whether the program asks which functions are coroutine functions: the answer would be another.
fn asks_for_kinds(program: &Program) -> bool {
    program.exprs.iter().any(|(_, expr)| {
        matches!(expr, Expr::Call(Call { callee: Callee::Stub(of), .. })
            if matches!(&*of.name, "iscoroutinefunction" | "isfunction" | "ismethod" | "signature"))
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
    let counts = bindings(program);
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
                wrap(program, mention, function, *owner, &counts);
                if let (Expr::Lambda(made), true) = (&program.exprs[mention], is_plain) {
                    shared.insert(function, *made);
                }
            }
        }
    }
}

/// How often each variable is bound.
fn bindings(program: &Program) -> HashMap<VarId, u32> {
    let mut counts: HashMap<VarId, u32> = HashMap::default();
    for (_, block) in program.bodies() {
        walk::for_each_stmt(block, &mut |stmt| walk::stmt_vars(stmt, &mut |var| *counts.entry(var).or_default() += 1));
    }
    for (_, function) in program.functions.iter() {
        function.params.iter().for_each(|param| *counts.entry(param.var).or_default() += 1);
    }
    counts
}

fn wrap(
    program: &mut Program,
    mention: ExprId,
    function: FnId,
    (owner, module): (Option<FnId>, ModuleId),
    counts: &HashMap<VarId, u32>,
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
            Expr::Var(var) if counts.get(&var).copied().unwrap_or(0) <= 1 => Kind::Method(*recv, name.clone(), var),
            _ => return,
        },
        _ => return,
    };
    let is_plain = matches!(kind, Kind::Function) && program.functions[function].parent.is_none();
    let made = program.functions.alloc(Function::blank(module, span));
    let var = program.vars.alloc(Var::local("args", Some(made), module, span));
    let mut alloc = |expr: Expr| program.make(expr, origin);
    let args = vec![Arg::Star(alloc(Expr::Var(var)))];
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
    inner.params = vec![Param { var, kind: ParamKind::Args, default: None }];
    inner.body = Block { stmts: vec![stmt], trailing: Trivia::default() };
    inner.exits.returns = true;
    inner.captures = captured;
    inner.parent = owner.filter(|_| !is_plain);
    if let Expr::Lambda(_) = program.exprs[mention] {
        program.functions[function].parent = Some(made);
    }
    program.exprs[mention] = Expr::Lambda(made);
}
