//! Calls of the registry that signatures cannot type: `getattr`, `partial`, argparse, callbacks of the loop.

use std::rc::Rc;

use super::shape::{Callable, Con, Slot};
use super::solver::{Argument, Given, Site, Solver};
use crate::hir::{Expr, StubRef};

/// The method of an object's class that a built-in function calls.
pub fn dunder_of(name: &StubRef) -> Option<&'static str> {
    if name.module != "builtins" {
        return None;
    }
    Some(match &*name.name {
        "int" => "__int__",
        "float" => "__float__",
        "abs" => "__abs__",
        "round" => "__round__",
        "reversed" => "__reversed__",
        "divmod" => "__divmod__",
        _ => return None,
    })
}

impl Solver<'_> {
    /// Calls that signatures cannot say.
    pub fn call_special(&mut self, name: &StubRef, args: &[Argument], out: Slot) -> bool {
        if let (Some(dunder), Some(arg)) = (dunder_of(name), args.first()) {
            let shape = self.read(arg.slot);
            let mut found = false;
            for con in &shape.alts {
                if let Con::Class(class) = con
                    && self.find_method(*class, dunder).is_some()
                {
                    found = true;
                    let this = self.own_con(arg.slot, con);
                    self.call_method(con, this, dunder, &args[1..], out);
                }
            }
            if found && shape.alts.len() == 1 {
                return true;
            }
        }
        match (&*name.module, &*name.name) {
            ("functools", "partial") => {
                let key = self.now;
                if let Some((first, rest)) = args.split_first() {
                    self.partials.insert(key, (first.slot, rest.into()));
                    self.slots.add(out, Con::Func(Callable::Partial(key)));
                }
                true
            }
            ("types", "bare_yield") => {
                let (yields, sends) = self.by_hand();
                if let Some(value) = args.first() {
                    self.slots.flow(value.slot, yields);
                }
                self.slots.add(out, Con::Coro(sends));
                true
            }
            ("functools", "wraps") => false,
            ("dataclasses", "field") => {
                for arg in args {
                    match &arg.given {
                        Given::Keyword(name) if **name == *"default" => self.slots.flow(arg.slot, out),
                        Given::Keyword(name) if **name == *"default_factory" => {
                            for con in self.read(arg.slot).alts {
                                self.call_value(&con, &[], out);
                            }
                        }
                        _ => {}
                    }
                }
                true
            }
            ("struct", "Struct") => {
                let format = args.first().and_then(|arg| arg.expr).and_then(|expr| self.literal_text(expr));
                let Some(kinds) = format.as_deref().and_then(super::binary_format::kinds) else {
                    self.slots.make_dynamic(out);
                    return true;
                };
                let fields = kinds.into_iter().map(|con| self.slots.of(con)).collect();
                let given = self.own_slot(0x7374_7275);
                if self.slots.shape(given).is_bottom() {
                    self.slots.add(given, Con::Tuple(fields));
                }
                self.slots.add(out, Con::Stub(Rc::new(name.clone()), Rc::from([given])));
                true
            }
            ("argparse", "ArgumentParser") => {
                let number = self.own_slot(0x6172_6770);
                if self.slots.shape(number).is_bottom() {
                    let parser = self.parsers.len() as u32;
                    self.parsers.push(super::solver::ParserFields::default());
                    self.slots.add(number, Con::Namespace(parser));
                }
                self.slots.add(out, Con::Stub(Rc::new(name.clone()), Rc::from([number])));
                true
            }
            ("builtins", "_getattr") => {
                args.iter().for_each(|arg| self.slots.flow(arg.slot, out));
                true
            }
            ("builtins", "_hasattr") => {
                self.slots.add(out, Con::Bool);
                true
            }
            ("builtins", "pow") if args.len() == 2 => {
                let key = (args[0].expr, args[1].slot);
                if let Some(expr) = key.0 {
                    let site = Rc::new(Site { key: (expr, 999), args: Vec::new(), out });
                    self.binary(crate::hir::BinOp::Pow, args[0].slot, args[1].slot, false, &site);
                }
                true
            }
            ("builtins", "type") if args.len() == 1 => {
                let shape = self.read(args[0].slot);
                // Among classes of the library it is a class like any other.
                let plain = shape.none || shape.dynamic || shape.alts.iter().any(|con| self.class_ref(con).is_none());
                for con in shape.alts.iter().filter(|_| !plain) {
                    self.class_of_object(con, out);
                }
                if plain {
                    self.slots.add(out, Con::Type);
                }
                true
            }
            _ => false,
        }
    }

    /// What coroutines that are driven by hand yield, and what is sent to them: of all coroutines of a program together.
    pub fn by_hand(&mut self) -> (Slot, Slot) {
        if let Some(pair) = self.by_hand {
            return pair;
        }
        let pair = (self.slots.fresh(), self.slots.fresh());
        self.slots.add_none(pair.0);
        self.slots.add_none(pair.1);
        self.by_hand = Some(pair);
        pair
    }

    /// Methods that signatures cannot say.
    pub fn method_special(&mut self, con: &Con, name: &str, args: &[Argument], out: Slot) -> bool {
        match con {
            Con::Stub(class, params) if class.module == "argparse" && class.name == "ArgumentParser" => {
                let Some(&namespace) = params.first() else { return false };
                match name {
                    "parse_args" => {
                        self.slots.flow(namespace, out);
                        // `parse_args([])`.
                        if let Some(given) = args.first() {
                            for con in self.read(given.slot).alts {
                                if let Con::List(element) = con {
                                    self.slots.add(element, Con::Str);
                                }
                            }
                        }
                        true
                    }
                    "add_argument" => {
                        if let Some(Con::Namespace(parser)) = self.slots.shape(namespace).only().cloned() {
                            self.add_argument(parser, args);
                        }
                        false
                    }
                    _ => false,
                }
            }
            Con::Stub(class, _) if class.module == "contextvars" && class.name == "Context" && name == "run" => {
                if let Some(callee) = args.first() {
                    for con in self.read(callee.slot).alts {
                        self.call_value(&con, &args[1..], out);
                    }
                }
                true
            }
            Con::Stub(class, _) if class.module == "asyncio" && class.name == "AbstractEventLoop" => {
                if matches!(name, "call_exception_handler" | "default_exception_handler") {
                    // The context is whatever the program puts in it.
                    if let Some(context) = args.first() {
                        for con in self.read(context.slot).alts {
                            if let Con::Dict(_, value) = con {
                                self.slots.make_dynamic(value);
                            }
                        }
                    }
                    return false;
                }
                if name == "create_task" {
                    if let Some(coro) = args.first() {
                        let result = self.own_slot(0x6374);
                        for con in self.read(coro.slot).alts {
                            if let Some(from) = self.awaited(&con) {
                                self.slots.flow(from, result);
                            }
                        }
                        self.slots.add(out, Con::Task(result));
                    }
                    return true;
                }
                if name == "run_in_executor" {
                    if let Some(callee) = args.get(1) {
                        let result = self.own_slot(0x0072_6965);
                        for con in self.read(callee.slot).alts {
                            self.call_value(&con, &args[2..], result);
                        }
                        self.slots.add(out, Con::Future(result));
                    }
                    return true;
                }
                let skip = match name {
                    "call_soon" | "call_soon_threadsafe" => 0,
                    "call_later" | "call_at" | "add_signal_handler" => 1,
                    _ => return false,
                };
                if let Some(callback) = args.get(skip) {
                    let ignored = self.own_slot(0x6362);
                    for con in self.read(callback.slot).alts {
                        self.call_value(&con, &args[skip + 1..], ignored);
                    }
                }
                false
            }
            _ => false,
        }
    }

    /// The text of a literal string.
    pub fn literal_text(&self, expr: crate::hir::ExprId) -> Option<String> {
        match &self.program.exprs[expr] {
            Expr::Lit(crate::hir::Lit::Str(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// A literal `add_argument` gives the namespace a field.
    pub fn add_argument(&mut self, parser: u32, args: &[Argument]) {
        let (mut name, mut optional) = (None, false);
        for arg in args.iter().filter(|arg| arg.given == Given::Positional) {
            let Some(text) = arg.expr.and_then(|expr| self.literal_text(expr)) else { return };
            if let Some(long) = text.strip_prefix("--") {
                name = Some(long.replace('-', "_"));
                optional = true;
                break;
            }
            optional |= text.starts_with('-');
            name = name.or_else(|| Some(text.trim_start_matches('-').replace('-', "_")));
        }
        let keyword =
            |wanted: &str| args.iter().find(|arg| matches!(&arg.given, Given::Keyword(name) if **name == *wanted));
        let text = |solver: &Self, wanted: &str| {
            keyword(wanted).and_then(|arg| arg.expr).and_then(|expr| solver.literal_text(expr))
        };
        let name = text(self, "dest").or(name);
        let Some(name) = name else { return };
        let fields = &self.parsers[parser as usize].fields;
        let slot = match fields.iter().find(|(field, _)| *field == name) {
            Some((_, slot)) => *slot,
            None => {
                let slot = self.slots.fresh();
                self.parsers[parser as usize].fields.push((name, slot));
                slot
            }
        };
        let mut value = slot;
        let nargs = keyword("nargs");
        let many = match nargs.and_then(|arg| arg.expr).map(|expr| &self.program.exprs[expr]) {
            Some(Expr::Lit(crate::hir::Lit::Str(text))) => text != "?",
            Some(_) => true,
            None => false,
        };
        let action = text(self, "action");
        if many || action.as_deref() == Some("append") {
            value = self.own_slot(0x6e61_7267);
            self.slots.add(slot, Con::List(value));
        }
        match action.as_deref() {
            Some("store_true" | "store_false") => return self.slots.add(slot, Con::Bool),
            Some("count") => self.slots.add(slot, Con::Int),
            Some("store_const" | "version" | "help") => {}
            _ => match keyword("type") {
                Some(ty) => {
                    let given = self.own_slot(0x7479_7065);
                    self.slots.add(given, Con::Str);
                    let given = [Argument { given: Given::Positional, slot: given, expr: None }];
                    for con in self.read(ty.slot).alts {
                        self.call_value(&con, &given, value);
                    }
                }
                None => self.slots.add(value, Con::Str),
            },
        }
        match keyword("default") {
            Some(default) => self.slots.flow(default.slot, slot),
            None if optional && keyword("required").is_none() => self.slots.add_none(slot),
            None => {
                let maybe = matches!(
                    nargs.and_then(|arg| arg.expr).map(|expr| &self.program.exprs[expr]),
                    Some(Expr::Lit(crate::hir::Lit::Str(text))) if text == "?"
                );
                if maybe {
                    self.slots.add_none(slot);
                }
            }
        }
    }
}
