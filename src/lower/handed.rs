//! Functions of the library where functions of the program may stand beside them: `{"upper": str.upper, "size": len}` has
//! `lambda value: value.upper()` and `lambda value: len(value)`, which are typed by what they are called with.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap as HashMap;

use crate::hir::{
    Aio, Arg, Binding, Block, Call, Callee, Default, DictItem, Expr, ExprId, FnId, Function, Item, Method, Module,
    ModuleId, Param, ParamKind, Program, Stmt, StmtKind, StubRef, Target, Trivia, Var, VarId,
};
use crate::stubs::{Entry, Signature, Stubs};

/// Writes all of them out.
pub fn handed(program: &mut Program, stubs: &Stubs) {
    if !program.exprs.iter().any(|(_, expr)| matches!(expr, Expr::Stub(_))) {
        return;
    }
    aliases(program, stubs);
    let compared = compared(program);
    let methods = methods(program);
    let (called, always) = called(program, &methods);
    let mut places = Places { program, stubs, compared, methods, called, always, found: BTreeMap::new() };
    places.look();
    for (id, count) in places.found {
        let file = program.span(id).file;
        let is_home = |at: &ModuleId| -> bool {
            let module: &Module = &program.modules[*at];
            module.file == file
        };
        let Some(module) = program.modules.ids().find(is_home) else { continue };
        let function = lambda(program, id, count, module);
        program.exprs[id] = Expr::Lambda(function);
    }
}

/// `emit = print`: calls of a name that is bound once to a function of the library are calls of that.
fn aliases(program: &mut Program, stubs: &Stubs) {
    let params = program.functions.iter().flat_map(|(_, function)| &function.params);
    let mut bound: BTreeMap<VarId, Option<StubRef>> = params.map(|param| (param.var, None)).collect();
    bound.extend(program.exprs.iter().filter_map(|(_, expr)| match expr {
        Expr::Walrus(var, _) => Some((*var, None)),
        _ => None,
    }));
    for (_, body) in program.bodies() {
        crate::hir::walk::for_each_stmt(body, &mut |stmt| {
            if let StmtKind::Assign { targets, value } = &stmt.kind
                && let [Target::Var(var)] = &targets[..]
            {
                let is_function =
                    |stub: &&StubRef| matches!(stubs.resolve(&stub.module, &stub.name), Some((_, Entry::Function(_))));
                let stub = match &program.exprs[*value] {
                    Expr::Stub(stub) => Some(stub).filter(is_function).cloned(),
                    _ => None,
                };
                let again = bound.contains_key(var) || program.vars[*var].maybe_unbound;
                bound.insert(*var, stub.filter(|_| !again));
                return;
            }
            crate::hir::walk::stmt_vars(stmt, &mut |var| {
                bound.insert(var, None);
            });
        });
    }
    let calls: Vec<(ExprId, StubRef)> = program
        .exprs
        .ids()
        .filter_map(|id| {
            let Expr::Call(Call { callee: Callee::Value(value), .. }) = &program.exprs[id] else { return None };
            let Expr::Var(var) = &program.exprs[*value] else { return None };
            Some((id, bound.get(var)?.clone()?))
        })
        .collect();
    for (id, stub) in calls {
        if let Expr::Call(call) = &mut program.exprs[id] {
            call.callee = Callee::Stub(stub);
        }
    }
}

/// The functions of the library that are compared: `action is print` asks for the function itself.
fn compared(program: &Program) -> BTreeSet<StubRef> {
    let mut found = BTreeSet::new();
    for (_, expr) in program.exprs.iter() {
        let Expr::Compare(first, rest) = expr else { continue };
        for operand in std::iter::once(first).chain(rest.iter().map(|(_, operand)| operand)) {
            if let Expr::Stub(stub) = &program.exprs[*operand] {
                found.insert(stub.clone());
            }
        }
    }
    found
}

/// The first method of each name.
fn methods(program: &Program) -> HashMap<&str, FnId> {
    let mut found = HashMap::default();
    for (id, function) in program.functions.iter().filter(|(_, function)| function.method.is_some()) {
        found.entry(function.name.as_str()).or_insert(id);
    }
    found
}

/// The variables that are called, or put into fields that are, and with how many arguments; the number that all values are
/// called with, if it is one.
fn called(program: &Program, methods: &HashMap<&str, FnId>) -> (BTreeMap<VarId, usize>, Option<usize>) {
    let mut found = BTreeMap::new();
    let mut counts = BTreeSet::new();
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, expr) in program.exprs.iter() {
        let Expr::Call(call) = expr else { continue };
        if !call.args.iter().all(|arg| matches!(arg, Arg::Positional(_))) {
            continue;
        }
        match &call.callee {
            Callee::Value(value) => {
                counts.insert(call.args.len());
                if let Expr::Var(var) = program.exprs[*value] {
                    found.insert(var, call.args.len());
                }
            }
            Callee::Method { name, .. } if !methods.contains_key(name.as_str()) => {
                fields.insert(name, call.args.len());
            }
            _ => {}
        }
    }
    for (_, body) in program.bodies() {
        crate::hir::walk::for_each_stmt(body, &mut |stmt| {
            let StmtKind::Assign { targets, value } = &stmt.kind else { return };
            let Expr::Var(var) = program.exprs[*value] else { return };
            for target in targets {
                if let Target::Attr(_, name) = target
                    && let Some(count) = fields.get(name.as_str())
                {
                    found.insert(var, *count);
                }
            }
        });
    }
    let always = counts.first().copied().filter(|_| counts.len() == 1);
    (found, always)
}

/// An argument and the parameter that it goes to.
type Placed = (ExprId, Option<VarId>);

/// What stands beside a value.
#[derive(Clone, Copy, PartialEq)]
enum Among {
    /// Functions: `int` is one too.
    Functions,
    /// Anything: `int` may be meant as a class.
    Anything,
}

/// The places where a function is kept or handed to the program's own.
struct Places<'p> {
    program: &'p Program,
    stubs: &'p Stubs,
    compared: BTreeSet<StubRef>,
    methods: HashMap<&'p str, FnId>,
    called: BTreeMap<VarId, usize>,
    /// With how many arguments values are called, if it is always the same number.
    always: Option<usize>,
    found: BTreeMap<ExprId, usize>,
}

impl Places<'_> {
    fn look(&mut self) {
        let program = self.program;
        self.functions_beside();
        for (_, expr) in program.exprs.iter() {
            match expr {
                Expr::List(items) | Expr::Tuple(items) | Expr::Set(items) => {
                    let one = |item: &Item| match item {
                        Item::One(value) => Some(*value),
                        Item::Star(_) => None,
                    };
                    self.display(items.iter().filter_map(one).collect());
                }
                Expr::Dict(items) => {
                    let one = |item: &DictItem| match item {
                        DictItem::Pair(_, value) => Some(*value),
                        DictItem::Spread(_) => None,
                    };
                    self.display(items.iter().filter_map(one).collect());
                }
                Expr::IfExp { then, orelse, .. } => self.display(vec![*then, *orelse]),
                Expr::BoolOp { operands, .. } => operands.iter().for_each(|operand| self.value(*operand, None)),
                Expr::Call(call) => {
                    let Some((placed, others)) = self.arguments(call) else { continue };
                    placed.into_iter().for_each(|(value, var)| self.value(value, var));
                    self.display(others);
                }
                // Of a class: a function whose first argument is the receiver.
                Expr::Aio(Aio::Offload { function, .. }) if matches!(program.exprs[*function], Expr::Attr(..)) => {
                    self.value(*function, None);
                }
                _ => {}
            }
        }
        for (_, function) in program.functions.iter() {
            for param in &function.params {
                if let Some(Default::Inline(value) | Default::Once { value, .. }) = param.default {
                    self.value(value, Some(param.var));
                }
            }
        }
        for (_, body) in program.bodies() {
            crate::hir::walk::for_each_stmt(body, &mut |stmt| match &stmt.kind {
                StmtKind::Assign { targets, value } => {
                    let var = match &targets[..] {
                        [Target::Var(var)] => Some(*var),
                        _ => None,
                    };
                    self.value(*value, var);
                }
                StmtKind::Return(Some(value)) => self.value(*value, None),
                _ => {}
            });
        }
    }

    /// What the program's own functions and classes get: each value with the parameter it goes to, and those of `*args`.
    fn arguments(&self, call: &Call) -> Option<(Vec<Placed>, Vec<ExprId>)> {
        let program = self.program;
        let named = |name: &str| self.methods.get(name).copied();
        let target = match &call.callee {
            Callee::Function(function) => Some(*function),
            Callee::Class(class) => {
                let methods = &program.classes[*class].methods;
                methods.iter().copied().find(|method| program.functions[*method].name == "__init__")
            }
            Callee::Super { name, .. } => named(name),
            Callee::Method { name, .. } => Some(named(name)?),
            Callee::Value(_) => None,
            Callee::Stub(_) => return None,
        };
        let params: &[Param] = target.map_or(&[], |target| {
            let function = &program.functions[target];
            let skip = usize::from(matches!(
                function.method,
                Some(Method { binding: Binding::Instance | Binding::Class, .. })
            ));
            &function.params[skip..]
        });
        let rest = params.iter().position(|param| param.kind == ParamKind::Args);
        let (mut placed, mut others) = (Vec::new(), Vec::new());
        for (at, arg) in call.args.iter().enumerate() {
            let var = match arg {
                Arg::Positional(value) if rest.is_some_and(|rest| at >= rest) => {
                    others.push(*value);
                    continue;
                }
                Arg::Positional(_) => params.get(at).map(|param| param.var),
                Arg::Keyword(key, _) => {
                    params.iter().map(|param| param.var).find(|var| program.vars[*var].name == *key)
                }
                Arg::Star(_) | Arg::DoubleStar(_) => None,
            };
            placed.push((arg.value(), var));
        }
        Some((placed, others))
    }

    /// Parameters that functions of the program go to are called as those are.
    fn functions_beside(&mut self) {
        for (_, expr) in self.program.exprs.iter() {
            let Expr::Call(call) = expr else { continue };
            let Some((placed, _)) = self.arguments(call) else { continue };
            for (value, var) in placed {
                let (Some(var), Some(count)) = (var, self.params_of(value)) else { continue };
                self.called.entry(var).or_insert(count);
            }
        }
    }

    /// How many parameters a function of the program has, named as a value.
    fn params_of(&self, value: ExprId) -> Option<usize> {
        match &self.program.exprs[value] {
            Expr::Function(of) | Expr::Lambda(of) => Some(self.program.functions[*of].params.len()),
            _ => None,
        }
    }

    /// A value that goes into a variable, perhaps one that is called.
    fn value(&mut self, id: ExprId, var: Option<VarId>) {
        let known = var.and_then(|var| self.called.get(&var).copied());
        let among = if known.is_some() { Among::Functions } else { Among::Anything };
        self.one(id, known.or(self.always), among);
    }

    /// Values that stand beside one another.
    fn display(&mut self, values: Vec<ExprId>) {
        let known = values.iter().find_map(|value| {
            self.params_of(*value).or_else(|| count(self.program, self.stubs, *value, None, Among::Anything))
        });
        let among = if known.is_some() { Among::Functions } else { Among::Anything };
        for value in values {
            self.one(value, known, among);
        }
    }

    fn one(&mut self, id: ExprId, known: Option<usize>, among: Among) {
        if let Expr::Stub(stub) = &self.program.exprs[id]
            && self.compared.contains(stub)
        {
            return;
        }
        if let Some(count) = count(self.program, self.stubs, id, known, among) {
            self.found.insert(id, count);
        }
    }
}

/// Functions that ask for more than their arguments' values.
const NEVER: &[&str] = &[
    "isinstance",
    "issubclass",
    "getattr",
    "setattr",
    "hasattr",
    "delattr",
    "type",
    "vars",
    "dir",
    "locals",
    "globals",
    "super",
    "open",
    "iter",
    "next",
    "input",
    "id",
    "map",
    "filter",
    "zip",
    "enumerate",
    "callable",
];

/// Classes of the built-in types that are called as functions are.
const CONVERSIONS: &[&str] = &["int", "float", "str", "bool", "list", "tuple", "set"];

/// With how many arguments a function of the library is called, if that is certain.
fn count(program: &Program, stubs: &Stubs, id: ExprId, known: Option<usize>, among: Among) -> Option<usize> {
    match &program.exprs[id] {
        Expr::Stub(stub) => {
            if stub.module == "builtins" && NEVER.contains(&stub.name.as_str()) {
                return None;
            }
            if stub.module == "builtins" && CONVERSIONS.contains(&stub.name.as_str()) {
                return (among == Among::Functions && known == Some(1)).then_some(1);
            }
            if stub.module == "builtins" && matches!(stub.name.as_str(), "max" | "min" | "print") {
                return known;
            }
            match stubs.resolve(&stub.module, &stub.name)? {
                (_, Entry::Function(all)) => required(&all),
                _ => None,
            }
        }
        Expr::Attr(value, name) => {
            let Expr::Stub(class) = &program.exprs[*value] else { return None };
            let built_in = class.module == "builtins"
                && matches!(class.name.as_str(), "str" | "bytes" | "list" | "dict" | "set" | "int" | "float");
            let special =
                matches!(name.as_str(), "fromkeys" | "fromhex" | "maketrans" | "from_bytes" | "format" | "format_map");
            if !built_in || special || name.starts_with('_') {
                return None;
            }
            match stubs.resolve(&class.module, &class.name)? {
                (_, Entry::Class(stub)) => Some(1 + required(stub.methods.get(name.as_str())?)?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// How many arguments the shortest form of a function wants that is called by place.
fn required(all: &[Signature]) -> Option<usize> {
    let needed = |signature: &Signature, kind: &[ParamKind]| {
        signature.params.iter().filter(|param| param.default.is_none() && kind.contains(&param.kind)).count()
    };
    let plain = |signature: &&Signature| {
        !signature.is_async
            && signature.deferred().is_none()
            && needed(signature, &[ParamKind::Keyword]) == 0
            && !signature.params.iter().any(|param| param.kind == ParamKind::Args)
    };
    let forms = all.iter().filter(plain);
    forms.map(|form| needed(form, &[ParamKind::Positional, ParamKind::PositionalOnly])).min()
}

fn lambda(program: &mut Program, id: ExprId, count: usize, module: ModuleId) -> FnId {
    let span = program.span(id);
    let origin = program.origins[id];
    let names: &[&str] = if count == 1 { &["value"] } else { &["a", "b", "c", "d"] };
    let function = program.functions.alloc(Function::blank(module, span));
    let vars: Vec<_> = (0..count)
        .map(|at| {
            let name = names.get(at).copied().unwrap_or("value");
            program.vars.alloc(Var::local(name, Some(function), module, span))
        })
        .collect();
    let args: Vec<ExprId> = vars.iter().map(|var| program.make(Expr::Var(*var), origin)).collect();
    let (callee, rest, name) = match program.exprs[id].clone() {
        Expr::Attr(_, name) => (Callee::Method { recv: args[0], name: name.clone() }, &args[1..], name),
        Expr::Stub(stub) => {
            let StubRef { name, .. } = &stub;
            let name = name.to_string();
            (Callee::Stub(stub), &args[..], name)
        }
        _ => return function,
    };
    let args = rest.iter().map(|arg| Arg::Positional(*arg)).collect();
    let value = program.make(Expr::Call(Call { callee, args }), origin);
    let inner = &mut program.functions[function];
    inner.name = "<lambda>".to_string();
    inner.qualname = name.clone();
    inner.code = Some(name);
    inner.params = vars.iter().map(|var| Param { var: *var, kind: ParamKind::Positional, default: None }).collect();
    inner.exits.returns = true;
    let stmt = Stmt { kind: StmtKind::Return(Some(value)), span, trivia: Trivia::default() };
    inner.body = Block { stmts: vec![stmt], trailing: Trivia::default() };
    function
}
