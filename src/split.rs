//! Functions that are called with values of several types: a copy for each, where one for all would be of unions.
//!
//! `first([1, 2])` and `first(["a"])` make one `first` over `List<IntOrStr>`, and every list that gets there is of unions too. With
//! a copy for the second call both are typed. What differs is found by trying: a copy for each call, inferred anew; calls whose
//! copies come out alike then share one.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostics, Level};
use crate::hir::copy::beside;
use crate::hir::{Aio, Call, Callee, Default, Expr, ExprId, FnId, ParamKind, Program, StmtKind, walk};
use crate::infer::{Signature, Types};
use crate::types::Ty;
use crate::types::show::{Names, show};

/// More calls than these are not told apart.
const MOST_CALLS: usize = 12;
/// More expressions than these are not inferred several times.
const MOST_EXPRESSIONS: usize = 60_000;
/// What a copy calls may want copies in its turn.
const ROUNDS: usize = 3;

/// A program with what inference found in it.
pub struct Inferred {
    /// The tree.
    pub program: Program,
    /// Its types.
    pub types: Types,
    /// What there is to say, of the stages before too.
    pub diagnostics: Diagnostics,
}

/// Splits functions as long as that makes types plainer; `infer` gives the types of a tree.
pub fn split(mut now: Inferred, infer: &dyn Fn(Program) -> Inferred) -> Inferred {
    if now.program.exprs.len() > MOST_EXPRESSIONS {
        return now;
    }
    for _ in 0..ROUNDS {
        let candidates = candidates(&now);
        if candidates.is_empty() {
            return now;
        }
        let (program, copies) = with_a_copy_for_each(now.program.clone(), &candidates);
        let tried = infer(program);
        let groups: BTreeMap<FnId, Vec<Group>> =
            copies.into_iter().filter_map(|(id, copies)| Some((id, groups(&now, &tried, id, copies)?))).collect();
        if groups.is_empty() {
            return now;
        }
        let next = infer(with_a_copy_for_group(now.program.clone(), &groups));
        if errors(&next) > errors(&now) {
            return now;
        }
        now = next;
    }
    now
}

fn errors(inferred: &Inferred) -> usize {
    inferred.diagnostics.iter().filter(|finding| finding.level == Level::Error).count()
}

/// Where a function is used.
#[derive(Default)]
struct Uses {
    /// Calls, and places that hand it on to be called with the arguments beside it.
    calls: Vec<ExprId>,
    /// It is also a value that may go anywhere.
    is_value: bool,
}

fn uses(program: &Program) -> BTreeMap<FnId, Uses> {
    let mut handed: BTreeSet<ExprId> = BTreeSet::new();
    let mut uses: BTreeMap<FnId, Uses> = BTreeMap::new();
    for (within, block) in program.bodies() {
        // A call of itself goes with the copy.
        let is_own = |id: FnId| around(program, within).any(|outer| outer == id);
        walk::for_each_expr_in_block(program, block, &mut |expr| match &program.exprs[expr] {
            Expr::Call(Call { callee, args }) => match callee {
                Callee::Function(id) if !is_own(*id) => uses.entry(*id).or_default().calls.push(expr),
                Callee::Stub(_) => handed.extend(args.iter().map(|arg| arg.value())),
                _ => {}
            },
            Expr::Aio(Aio::Offload { function, .. }) => {
                handed.insert(*function);
            }
            Expr::Function(id) if !is_own(*id) => {
                let uses = uses.entry(*id).or_default();
                match handed.contains(&expr) {
                    true => uses.calls.push(expr),
                    false => uses.is_value = true,
                }
            }
            _ => {}
        });
    }
    uses
}

/// A function and those around it.
fn around(program: &Program, within: Option<FnId>) -> impl Iterator<Item = FnId> {
    std::iter::successors(within, |id| program.functions[*id].parent)
}

/// The functions that want to be split, with the calls that can be told apart.
fn candidates(now: &Inferred) -> BTreeMap<FnId, Uses> {
    let mut uses = uses(&now.program);
    uses.retain(|id, uses| {
        let signature = now.types.function.get(*id);
        let distinct = uses.calls.len() + usize::from(uses.is_value);
        (2..=MOST_CALLS).contains(&distinct)
            && signature.is_some_and(|signature| is_mixed(now, *id, signature))
            && can_be_copied(&now.program, *id)
    });
    uses
}

/// Whether unions spread through a function: into what it gives, or into the containers that it is given.
fn is_mixed(of: &Inferred, id: FnId, signature: &Signature) -> bool {
    let gives = [&signature.result, &signature.yields, &signature.sends];
    gives.into_iter().any(holds_union)
        || signature.params.iter().zip(&of.program.functions[id].params).any(|(ty, param)| {
            let inner = if let Ty::Option(inner) = ty { inner } else { ty };
            !is_rest(param.kind) && (of.types.is_dynamic(ty) || inner.children().into_iter().any(holds_union))
        })
}

/// `*args`, `**kwargs`: what is in them is of several types by nature.
fn is_rest(kind: ParamKind) -> bool {
    matches!(kind, ParamKind::Args | ParamKind::Kwargs)
}

fn holds_union(ty: &Ty) -> bool {
    matches!(ty, Ty::Union(_) | Ty::Value) || ty.children().into_iter().any(holds_union)
}

fn can_be_copied(program: &Program, id: FnId) -> bool {
    let function = &program.functions[id];
    if function.method.is_some() || !function.decorators.is_empty() || function.name == "<lambda>" {
        return false;
    }
    // What is evaluated once is one for all.
    if function.params.iter().any(|param| matches!(param.default, Some(Default::Once { .. }))) {
        return false;
    }
    let mut fine = true;
    walk::for_each_stmt(&function.body, &mut |stmt| {
        fine &= match &stmt.kind {
            StmtKind::Class { .. } | StmtKind::Import(_) => false,
            StmtKind::Def { function, .. } => can_be_inside(program, *function),
            _ => true,
        }
    });
    fine
}

fn can_be_inside(program: &Program, id: FnId) -> bool {
    let mut fine = program.functions[id].decorators.is_empty();
    walk::for_each_stmt(&program.functions[id].body, &mut |stmt| {
        fine &= !matches!(stmt.kind, StmtKind::Class { .. } | StmtKind::Import(_));
    });
    fine
}

/// Calls that a copy of their own goes with.
struct Group {
    /// What tells its signature from others, written out.
    signature: Vec<String>,
    /// What the name of the copy says.
    suffix: String,
    /// It is the one that keeps the name.
    is_first: bool,
    calls: Vec<ExprId>,
}

/// A function for each call of a candidate; `None`: where it is a value.
type Copies = BTreeMap<FnId, Vec<(FnId, Option<ExprId>)>>;

/// The function for each call: the first keeps the original, also where it is a value.
fn with_a_copy_for_each(mut program: Program, candidates: &BTreeMap<FnId, Uses>) -> (Program, Copies) {
    let mut copies = Copies::new();
    for (id, uses) in candidates {
        let mut of: Vec<(FnId, Option<ExprId>)> = Vec::new();
        if uses.is_value {
            of.push((*id, None));
        }
        for call in &uses.calls {
            let name = format!("{}_{}", program.functions[*id].name, of.len() + 1);
            let function = if of.is_empty() { *id } else { beside(&mut program, *id, name) };
            of.push((function, Some(*call)));
        }
        copies.insert(*id, of);
    }
    for (function, call) in copies.values().flatten() {
        if let Some(call) = call {
            redirect(&mut program, *call, *function);
        }
    }
    (program, copies)
}

/// The calls by what their copies came out as; `None` when that is all the same, or none is plainer.
fn groups(now: &Inferred, tried: &Inferred, id: FnId, copies: Vec<(FnId, Option<ExprId>)>) -> Option<Vec<Group>> {
    let names = Names { program: &tried.program, unions: &tried.types.unions, records: &tried.types.records };
    // What one copy serves as well does not tell calls apart.
    let original = parts(now.types.function.get(id)?);
    let params = &tried.program.functions[id].params;
    let rest = |at: usize| params.get(at).is_some_and(|param| is_rest(param.kind));
    let telling: Vec<usize> = (0..original.len()).filter(|&at| holds_union(&original[at]) && !rest(at)).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut plain = false;
    let mut kinds: Vec<Vec<Ty>> = Vec::new();
    for (at, (function, call)) in copies.into_iter().enumerate() {
        let signature = tried.types.function.get(function)?;
        plain |= !is_mixed(tried, function, signature);
        let own = parts(signature);
        let text: Vec<String> = telling.iter().map(|&at| show(&own[at], &names)).collect();
        let group = match groups.iter().position(|group| group.signature == text) {
            Some(group) => &mut groups[group],
            None => {
                kinds.push(own.clone());
                groups.push(Group { signature: text, suffix: String::new(), is_first: at == 0, calls: Vec::new() });
                groups.last_mut()?
            }
        };
        group.calls.extend(call);
    }
    if groups.len() < 2 || !plain {
        return None;
    }
    let differing: Vec<usize> = telling
        .into_iter()
        .filter(|&at| at < params.len() && kinds.iter().any(|other| other[at] != kinds[0][at]))
        .collect();
    for (group, own) in groups.iter_mut().zip(&kinds) {
        let parts: Vec<String> = differing.iter().map(|&at| word(&own[at], &names)).collect();
        group.suffix = parts.join("_and_");
    }
    Some(groups)
}

/// The types of a signature: of the parameters first.
fn parts(signature: &Signature) -> Vec<Ty> {
    let mut parts = signature.params.clone();
    parts.extend([&signature.result, &signature.yields, &signature.sends].map(Ty::clone));
    parts
}

/// A type as a part of a name.
fn word(ty: &Ty, names: &Names<'_>) -> String {
    let of = |inner: &Ty, what: &str| format!("{}_{what}", word(inner, names));
    match ty {
        Ty::List(inner) => of(inner, "list"),
        Ty::Set(inner) | Ty::FrozenSet(inner) => of(inner, "set"),
        Ty::VarTuple(inner) => of(inner, "tuple"),
        Ty::Tuple(items) => match items.first() {
            Some(first) if items.iter().all(|item| item == first) => of(first, "tuple"),
            _ => "tuple".into(),
        },
        Ty::Iter(inner) | Ty::Gen(inner, ..) | Ty::AsyncGen(inner, ..) => of(inner, "iter"),
        Ty::Coro(inner) | Ty::Task(inner) | Ty::Future(inner) => of(inner, "future"),
        Ty::Dict(..) => "dict".into(),
        Ty::Fn(function) => of(&function.result, "function"),
        Ty::Option(inner) => format!("optional_{}", word(inner, names)),
        Ty::Union(_) => "any".into(),
        Ty::Stub(name, _) => snake(&name.name),
        Ty::Class(_) | Ty::Exc(_) => snake(&show(ty, names)),
        Ty::ExcType | Ty::Type => "type".into(),
        Ty::Record(_) => "record".into(),
        ty => show(ty, names).to_lowercase(),
    }
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for (at, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && at > 0 {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn with_a_copy_for_group(mut program: Program, groups: &BTreeMap<FnId, Vec<Group>>) -> Program {
    let mut taken: BTreeSet<String> = program.functions.iter().map(|(_, function)| function.name.clone()).collect();
    taken.extend(program.vars.iter().map(|(_, var)| var.name.clone()));
    let mut moved = Vec::new();
    for (id, groups) in groups {
        // Behind the original, the last first.
        for group in groups.iter().rev().filter(|group| !group.is_first) {
            let plain = format!("{}_{}", program.functions[*id].name, group.suffix);
            let numbered = (2..).map(|number| format!("{plain}_{number}"));
            let name = std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name));
            let name = name.unwrap_or(plain);
            taken.insert(name.clone());
            let copy = beside(&mut program, *id, name);
            moved.extend(group.calls.iter().map(|call| (*call, copy)));
        }
    }
    for (call, copy) in moved {
        redirect(&mut program, call, copy);
    }
    program
}

/// A call, or a place that hands a function on, goes to another.
fn redirect(program: &mut Program, at: ExprId, to: FnId) {
    match &mut program.exprs[at] {
        Expr::Call(Call { callee: Callee::Function(function), .. }) | Expr::Function(function) => *function = to,
        _ => {}
    }
}
