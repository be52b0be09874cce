//! Calls of values.

use super::Binder;
use crate::hir::*;
use crate::infer::binding::Fill;
use crate::infer::shape::{Callable, ClassRef, Con};
use crate::infer::solver::{Argument, Given};
use crate::infer::{BoundArg, Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// A value is called.
    pub fn call_value(&mut self, key: (ExprId, u32), callee: ExprId, args: &[Arg]) -> Ty {
        let ty = self.expr(callee, false);
        let ty = self.unwrapped(callee, ty, "TypeError", |name| format!("'{name}' object is not callable"));
        let slot = self.slot(callee);
        let program = self.s.program;
        match &ty {
            Ty::Value => {
                self.dynamic_args(args);
                self.resolve(key, Resolved::Dynamic);
                return Ty::Value;
            }
            Ty::Never => {
                self.all_args(args);
                return Ty::Never;
            }
            Ty::Class(class) => {
                return match self.s.find_method(*class, "__call__") {
                    Some(function) => self.call_program(key, function, true, args),
                    None => {
                        self.all_args(args);
                        let name = self.python_name(&ty).unwrap_or_default();
                        self.raises(key, "TypeError", format!("'{name}' object is not callable"))
                    }
                };
            }
            _ => {}
        }
        let direct =
            matches!(&program.exprs[callee], Expr::Function(_) | Expr::Lambda(_) | Expr::Class(_) | Expr::Stub(_));
        let con = self.single(slot);
        // A variable that can hold one class only, itself without subclasses; `cls` of a class method, which has a copy
        // for each class below.
        let is_cls = match &program.exprs[callee] {
            Expr::Var(var) => program.vars[*var].owner.is_some_and(|owner| {
                let function = &program.functions[owner];
                function.method.is_some_and(|method| method.binding == Binding::Class)
                    && function.params.first().is_some_and(|param| param.var == *var)
            }),
            _ => false,
        };
        let direct = direct
            || matches!((&con, self.s.slots.shape(slot).alts.len()), (Some(Con::ClassObject(ClassRef::Program(class))), 1)
                if is_cls || self.s.slots.hierarchy.below(*class).len() == 1);
        match (&ty, con) {
            (_, Some(Con::ClassObject(ClassRef::Program(class)))) if direct => self.call_class(key, class, args),
            (_, Some(Con::ClassObject(ClassRef::Stub(name)))) if direct => self.call_registry(key, &name, args),
            (_, Some(Con::Func(Callable::Stub(name)))) if direct => self.call_registry(key, &name, args),
            (Ty::Fn(function), Some(con)) => {
                let natural = (**function).clone();
                self.at(key);
                let arguments = self.arguments(args);
                let plain = args.iter().all(|arg| matches!(arg, Arg::Positional(_)));
                let callables: Vec<(FnId, bool)> = self
                    .s
                    .slots
                    .shape(slot)
                    .alts
                    .iter()
                    .filter_map(|con| match con {
                        Con::Func(Callable::Program(id, receiver)) => Some((*id, receiver.is_some())),
                        _ => None,
                    })
                    .collect();
                if let Some((item, value)) = self.takes_any(&natural, &callables) {
                    if let Some(bound) = self.any_args(args, item.as_ref(), value.as_ref(), key.0) {
                        self.resolve(key, Resolved::FnValue { args: bound });
                        return natural.result;
                    }
                    self.resolve(key, Resolved::Unsupported);
                    return Ty::Never;
                }
                let only_program = callables.len() == self.s.slots.shape(slot).alts.len();
                let ordered: Option<Vec<BoundArg>> = match &con {
                    Con::Func(Callable::Program(id, receiver)) if only_program => {
                        if let Err(text) = self.s.bind_function(*id, receiver.is_some(), &arguments)
                            && callables.len() == 1
                        {
                            self.all_args(args);
                            // What the library takes, or another function, may be more than the lambda that stands for it says.
                            let of = &program.functions[*id];
                            if of.name == "<lambda>" && of.code.is_some() || of.stands_for.is_some() {
                                let span = self.span(key.0);
                                let title = "this call of a function of the library is not translated yet";
                                return self.unsupported(key, span, title, None);
                            }
                            return self.raises(key, "TypeError", text);
                        }
                        let mut found: Option<Vec<BoundArg>> = None;
                        let mut agree = true;
                        for &(id, bound) in &callables {
                            let mine = self.by_place(id, bound, &arguments, args);
                            match (&found, mine) {
                                (_, None) => agree = false,
                                (None, mine) => found = mine,
                                (Some(old), Some(mine)) => agree &= self.same_operands(old, &mine),
                            }
                        }
                        if agree { found } else { None }
                    }
                    Con::Func(Callable::Partial(of)) if self.s.slots.shape(slot).alts.len() == 1 => {
                        self.partial_by_place(*of, &arguments, args)
                    }
                    _ if plain => Some(args.iter().map(|arg| BoundArg::Expr(arg.value())).collect()),
                    _ => None,
                };
                match ordered {
                    // A callback gets what is written: its defaults are not filled in there yet.
                    Some(ordered)
                        if ordered.len() == natural.params.len()
                            && (key.1 != place::CALLED || ordered.len() == args.len()) =>
                    {
                        let mut spread = Vec::new();
                        for (arg, to) in ordered.iter().zip(&natural.params) {
                            match *arg {
                                BoundArg::Expr(expr) => {
                                    self.value_as(expr, to);
                                }
                                BoundArg::Item { of, index } => {
                                    if !spread.contains(&of) {
                                        spread.push(of);
                                        self.value(of);
                                    }
                                    let span = self.span(key.0);
                                    self.spread_fits(of, index, to, span);
                                }
                                _ => {}
                            }
                        }
                        self.resolve(key, Resolved::FnValue { args: ordered });
                        natural.result
                    }
                    _ => {
                        self.all_args(args);
                        let span = self.span(key.0);
                        self.refuse(span, "this call of a function value is not translated yet");
                        self.resolve(key, Resolved::Unsupported);
                        Ty::Never
                    }
                }
            }
            (Ty::ExcType | Ty::Type, _) => {
                self.all_args(args);
                let span = self.span(key.0);
                self.unsupported(key, span, "calling a class held in a variable is not translated yet", None)
            }
            (Ty::Stub(stub, _), _) if stub.module == "contextlib" => {
                self.all_args(args);
                let span = self.span(key.0);
                self.unsupported(key, span, "a context manager as a decorator is not translated here yet", None)
            }
            (other, _) => {
                self.all_args(args);
                match self.python_name(other) {
                    Some(name) => self.raises(key, "TypeError", format!("'{name}' object is not callable")),
                    None => {
                        let span = self.span(key.0);
                        self.unsupported(key, span, "calling values of several types is not translated yet", None)
                    }
                }
            }
        }
    }

    /// The types of the items and of what has names, when all functions that a value may be take `*args`, `**kwargs` or both.
    fn takes_any(&self, natural: &crate::types::FnTy, callables: &[(FnId, bool)]) -> Option<(Option<Ty>, Option<Ty>)> {
        let (kinds, types) = match &natural.params[..] {
            [Ty::VarTuple(item)] => (&[ParamKind::Args][..], (Some((**item).clone()), None)),
            [Ty::Dict(_, value)] => (&[ParamKind::Kwargs][..], (None, Some((**value).clone()))),
            [Ty::VarTuple(item), Ty::Dict(_, value)] => {
                (&[ParamKind::Args, ParamKind::Kwargs][..], (Some((**item).clone()), Some((**value).clone())))
            }
            _ => return None,
        };
        let program = self.s.program;
        let any = |(id, bound): &(FnId, bool)| {
            let function = &program.functions[*id];
            let params = function.params.iter().skip(usize::from(*bound));
            (types.1.is_none() || function.stands_for.is_some())
                && params.map(|param| param.kind).eq(kinds.iter().copied())
        };
        (!callables.is_empty() && callables.iter().all(any)).then_some(types)
    }

    /// Arguments for such a function.
    fn any_args(&mut self, args: &[Arg], item: Option<&Ty>, value: Option<&Ty>, call: ExprId) -> Option<Vec<BoundArg>> {
        let span = self.span(call);
        let is_place = |arg: &Arg| matches!(arg, Arg::Positional(_) | Arg::Star(_));
        let mut doubles = 0;
        for arg in args {
            match (arg, if is_place(arg) { item } else { value }) {
                (Arg::Positional(given), Some(item)) => {
                    self.value_as(*given, item);
                }
                (Arg::Star(given), Some(item)) => {
                    let of = self.iterate(*given, false);
                    self.part_fits(&of, item, span);
                }
                (Arg::Keyword(_, given), Some(value)) => {
                    self.value_as(*given, value);
                }
                (Arg::DoubleStar(given), Some(value)) => {
                    doubles += 1;
                    match self.value(*given) {
                        Ty::Dict(key, of) if *key == Ty::Str => self.part_fits(&of, value, span),
                        Ty::Never => {}
                        _ => {
                            self.refuse(span, "`**` of this value is not translated yet");
                            return None;
                        }
                    }
                }
                (_, None) => {
                    self.refuse(span, "this call of a function value is not translated yet");
                    return None;
                }
            }
        }
        // A name that comes twice is a TypeError there.
        if doubles > 1 || doubles == 1 && args.iter().any(|arg| matches!(arg, Arg::Keyword(..))) {
            self.refuse(span, "names beside `**` in this call of a function value are not translated yet");
            return None;
        }
        let (places, names): (Vec<&Arg>, Vec<&Arg>) = args.iter().partition(|arg| is_place(arg));
        let places = item.map(|_| BoundArg::Args(places.into_iter().cloned().collect()));
        let names = value.map(|_| BoundArg::Kwargs(names.into_iter().cloned().collect()));
        Some(places.into_iter().chain(names).collect())
    }

    /// The arguments of a call through a value, by the places of its function type; a default that is left out is itself.
    fn by_place(&mut self, id: FnId, bound: bool, arguments: &[Argument], args: &[Arg]) -> Option<Vec<BoundArg>> {
        let fills = self.s.bind_function(id, bound, arguments).ok()?;
        let skip = usize::from(bound);
        let program = self.s.program;
        let mut exprs = Vec::new();
        for ((at, param), fill) in program.functions[id].params.iter().enumerate().skip(skip).zip(&fills) {
            let kept = param.default.is_none() || self.s.value_given.contains(&(id, at));
            match (fill, param.default) {
                (Fill::Arg(at), _) => exprs.push(BoundArg::Expr(args[*at].value())),
                (Fill::Item(at, index), _) => exprs.push(BoundArg::Item { of: args[*at].value(), index: *index }),
                (Fill::Default, Some(Default::Inline(value))) if kept => exprs.push(BoundArg::Expr(value)),
                (Fill::Default, _) if !kept => {}
                (Fill::Kwargs(list), _) if list.is_empty() => {}
                _ => return None,
            }
        }
        Some(exprs)
    }

    /// The same for a `functools.partial`, whose own arguments are bound already.
    fn partial_by_place(&mut self, of: u32, arguments: &[Argument], args: &[Arg]) -> Option<Vec<BoundArg>> {
        let (callee, first) = self.s.partials.get(&of).cloned()?;
        let (id, skip) = match &*self.s.slots.shape(callee).alts {
            [Con::Func(Callable::Program(id, receiver))] => (*id, usize::from(receiver.is_some())),
            _ => {
                let plain = args.iter().all(|arg| matches!(arg, Arg::Positional(_)));
                return plain.then(|| args.iter().map(|arg| BoundArg::Expr(arg.value())).collect());
            }
        };
        let given = first.iter().filter(|arg| arg.given == Given::Positional).count();
        let (mut all, named): (Vec<Argument>, Vec<Argument>) =
            first.iter().cloned().partition(|arg| arg.given == Given::Positional);
        if named.iter().any(|arg| arguments.iter().any(|other| other.given == arg.given)) {
            return None;
        }
        all.extend(arguments.iter().cloned());
        let last = all.len();
        all.extend(named);
        let fills = self.s.bind_function(id, skip == 1, &all).ok()?;
        let program = self.s.program;
        let mut exprs = Vec::new();
        for ((at, param), fill) in program.functions[id].params.iter().enumerate().skip(skip).zip(&fills) {
            let kept = param.default.is_none() || self.s.value_given.contains(&(id, at));
            match (fill, param.default) {
                (Fill::Arg(at), _) if *at < given || *at >= last => {}
                (Fill::Arg(at), _) => exprs.push(BoundArg::Expr(args[*at - given].value())),
                (Fill::Default, Some(Default::Inline(value))) if kept => exprs.push(BoundArg::Expr(value)),
                (Fill::Default, _) if !kept => {}
                _ => return None,
            }
        }
        Some(exprs)
    }

    /// Whether two lists of arguments are the same, defaults by their text.
    fn same_operands(&self, a: &[BoundArg], b: &[BoundArg]) -> bool {
        let same = |a: &BoundArg, b: &BoundArg| match (a, b) {
            (BoundArg::Expr(a), BoundArg::Expr(b)) => {
                a == b
                    || match (&self.s.program.exprs[*a], &self.s.program.exprs[*b]) {
                        (Expr::Lit(a), Expr::Lit(b)) => a == b,
                        _ => false,
                    }
            }
            (BoundArg::Item { of, index }, BoundArg::Item { of: other, index: at }) => of == other && index == at,
            _ => false,
        };
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
    }

    /// Arguments of a dynamic call.
    pub fn dynamic_args(&mut self, args: &[Arg]) {
        for arg in args {
            match arg {
                Arg::Star(value) => drop(self.iterate(*value, false)),
                Arg::DoubleStar(value) => {
                    let ty = self.value(*value);
                    if !matches!(&ty, Ty::Dict(key, _) if **key == Ty::Str) {
                        let span = self.span(*value);
                        self.refuse(span, "a spread argument of a dynamic call is not translated yet");
                    }
                }
                arg => {
                    self.value_as(arg.value(), &Ty::Value);
                }
            }
        }
    }

    /// `run_in_executor(pool, function, args)`: what runs is a closure of emission's making.
    pub fn offload(&mut self, key: (ExprId, u32), function: ExprId, args: &[Arg]) {
        let program = self.s.program;
        self.expr(function, false);
        match &program.exprs[function] {
            Expr::Function(target) | Expr::Lambda(target) => {
                self.call_program(key, *target, false, args);
            }
            Expr::Stub(name) => {
                self.call_registry(key, name, args);
            }
            Expr::Attr(recv, name) => {
                self.types.adjustments.remove(recv);
                self.call_method(key, *recv, name, args);
            }
            Expr::Class(class) => {
                self.call_class(key, *class, args);
            }
            _ => {
                self.call_value(key, function, args);
            }
        }
        let _ = (place::ITERATE, Given::Positional);
    }
}
