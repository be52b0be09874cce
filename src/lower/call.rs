//! Calls.

use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use crate::diag::catalog;
use crate::hir::{Arg, Base, BinOp, Call, Callee, DictItem, Expr, ExprId, Lit, StubRef};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// Lowers a call.
    pub(super) fn call(&mut self, call: &'a ast::ExprCall, span: Span) -> ExprId {
        if let Some(value) = self.value_of_cast(call) {
            return self.expr(value);
        }
        if let Some(value) = self.named_method_call(call, span) {
            return value;
        }
        if let Some(value) = self.attribute_call(call, span) {
            return value;
        }
        if let ([value], []) = (&*call.args, &*call.keywords)
            && let Some(found) = self.enum_lookup(&call.func, value, "of_value", span)
        {
            return found;
        }
        // `Stack[int]()`: what is in the brackets is for type checkers.
        if let ast::Expr::Subscript(it) = &*call.func {
            match self.path(&it.value) {
                Some(Meaning::Class(id)) => return self.plain_call(Callee::Class(id), call, span),
                Some(Meaning::Stub(of)) if self.is_registry_class(&of) => return self.registry_call(of, call, span),
                _ => {}
            }
        }
        match self.path(&call.func) {
            Some(Meaning::Function(id)) => return self.plain_call(Callee::Function(id), call, span),
            Some(Meaning::Class(id)) => return self.plain_call(Callee::Class(id), call, span),
            Some(Meaning::Stub(of)) => return self.registry_call(of, call, span),
            Some(Meaning::Unknown(of) | Meaning::Refused(of, _)) if self.blocked(&of, call, span) => {
                self.args(&call.args, &call.keywords);
                return self.alloc(Expr::Unsupported("a call that cannot be translated"), span);
            }
            _ => {}
        }
        if let ast::Expr::Attribute(it) = &*call.func {
            if let Some(node) = self.unbound_call(it, call, span) {
                return node;
            }
            // `asyncio.Task.all_tasks()`, as it was called before 3.7.
            if let (Some(Meaning::Stub(of)), name @ ("all_tasks" | "current_task")) =
                (self.path(&it.value), it.attr.as_str())
                && of.module == "asyncio"
                && of.name == "Task"
            {
                return self.registry_call(StubRef { module: of.module, name: name.into() }, call, span);
            }
            if let Some(node) = self.loop_call(&it.value, it.attr.as_str(), call, span) {
                return node;
            }
            if self.path(&call.func).is_none() {
                return self.method_call(it, call, span);
            }
        }
        let callee = self.expr(&call.func);
        self.plain_call(Callee::Value(callee), call, span)
    }

    fn is_registry_class(&self, of: &StubRef) -> bool {
        let is_class = |_: StubRef, entry: &crate::stubs::Entry| matches!(entry, crate::stubs::Entry::Class(_));
        self.stubs.read(&of.module, &of.name, is_class).unwrap_or(false)
    }

    fn plain_call(&mut self, callee: Callee, call: &'a ast::ExprCall, span: Span) -> ExprId {
        let args = self.args(&call.args, &call.keywords);
        self.alloc(Expr::Call(Call { callee, args }), span)
    }

    fn registry_call(&mut self, of: StubRef, call: &'a ast::ExprCall, span: Span) -> ExprId {
        if of.module == "builtins"
            && of.name == "zip"
            && let ([ast::Expr::Starred(rows)], []) = (&*call.args, &*call.keywords)
        {
            let of = StubRef { module: of.module, name: "_zip_rows".into() };
            let rows = self.argument(&rows.value);
            let args = vec![Arg::Positional(rows)];
            return self.alloc(Expr::Call(Call { callee: Callee::Stub(of), args }), span);
        }
        if matches!((&*of.module, &*of.name), ("builtins" | "io", "open"))
            && let Some(node) = self.open(call, span)
        {
            return node;
        }
        // `struct.unpack(format, data)`: the format tells the types.
        if of.module == "struct"
            && let name @ ("unpack" | "unpack_from" | "iter_unpack" | "pack_into") = &*of.name
            && let [format, rest @ ..] = &*call.args
        {
            let format = self.argument(format);
            let of = StubRef { module: of.module.clone(), name: "Struct".into() };
            let made = Call { callee: Callee::Stub(of), args: vec![Arg::Positional(format)] };
            let recv = self.alloc(Expr::Call(made), span);
            let args = self.args(rest, &call.keywords);
            let callee = Callee::Method { recv, name: name.to_string() };
            return self.alloc(Expr::Call(Call { callee, args }), span);
        }
        if of.module == "tempfile"
            && let "NamedTemporaryFile" | "TemporaryFile" = &*of.name
            && mode_of(call, 0).is_some()
            && !is_bytes_mode(call, 0)
        {
            let of = StubRef { module: of.module, name: format!("_{}OfText", of.name).into() };
            return self.stub_call(of, call, span);
        }
        // Of a literal with several groups, `findall` gives tuples.
        if of.module == "re"
            && let Some(ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(pattern), .. })) =
                call.args.first()
            && groups_of(pattern) > 1
            && let name @ ("compile" | "findall") = &*of.name
        {
            let of = StubRef { module: of.module.clone(), name: format!("_{name}_groups").into() };
            return self.stub_call(of, call, span);
        }
        // `print_exception(type(e), e, e.__traceback__)`: the exception knows the rest.
        if of.module == "traceback"
            && let ([_, error, _], "print_exception" | "format_exception") | ([_, error], "format_exception_only") =
                (&*call.args, &*of.name)
        {
            if matches!(call.args.get(2), Some(ast::Expr::Constant(it)) if it.value == ast::Constant::None) {
                self.unsupported(span, "an exception without its traceback is not translated yet here");
            }
            let error = self.expr(error);
            let mut args = vec![Arg::Positional(error)];
            args.extend(self.args(&[], &call.keywords));
            return self.alloc(Expr::Call(Call { callee: Callee::Stub(of), args }), span);
        }
        if of.module == "threading"
            && let Some(node) = self.thread(&of.name, call, span)
        {
            return node;
        }
        if of.module == "builtins"
            && of.name == "dict"
            && !call.keywords.is_empty()
            && call.args.len() < 2
            && !matches!(call.args.first(), Some(ast::Expr::Starred(_)))
        {
            return self.dict_call(call, span);
        }
        // `OrderedDict(a=1)`, `Counter(a=1)`: of a dict with those keys.
        if of.module == "collections"
            && matches!(&*of.name, "OrderedDict" | "Counter")
            && !call.keywords.is_empty()
            && call.args.len() < 2
            && !matches!(call.args.first(), Some(ast::Expr::Starred(_)))
            && (call.args.is_empty() || of.name == "OrderedDict")
        {
            let map = self.dict_call(call, span);
            let args = vec![Arg::Positional(map)];
            return self.alloc(Expr::Call(Call { callee: Callee::Stub(of), args }), span);
        }
        // They are the methods' names.
        if of.module == "builtins"
            && let ("anext" | "aiter", [value], []) = (&*of.name, &*call.args, &*call.keywords)
            && !matches!(value, ast::Expr::Starred(_))
        {
            let recv = self.expr(value);
            let name = format!("__{}__", of.name);
            return self.alloc(Expr::Call(Call { callee: Callee::Method { recv, name }, args: Vec::new() }), span);
        }
        // `pow(a, b)` is `a ** b`.
        if of.module == "builtins"
            && let ("pow", [base, exponent], []) = (&*of.name, &*call.args, &*call.keywords)
            && !matches!((base, exponent), (ast::Expr::Starred(_), _) | (_, ast::Expr::Starred(_)))
        {
            let (base, exponent) = (self.expr(base), self.expr(exponent));
            return self.alloc(Expr::Binary(BinOp::Pow, base, exponent), span);
        }
        if of.module == "asyncio"
            && let Some(node) = self.asyncio_call(&of.name, call, span)
        {
            return node;
        }
        if super::enums::reads_members(&of) {
            let args = call.args.iter().map(|arg| match self.enum_members(arg) {
                Some(members) => Arg::Positional(members),
                None => match arg {
                    ast::Expr::Starred(it) => Arg::Star(self.argument(&it.value)),
                    one => Arg::Positional(self.argument(one)),
                },
            });
            let mut args: Vec<Arg> = args.collect();
            args.extend(self.args(&[], &call.keywords));
            return self.alloc(Expr::Call(Call { callee: Callee::Stub(of), args }), span);
        }
        if self.blocked(&of, call, span) {
            self.args(&call.args, &call.keywords);
            return self.alloc(Expr::Unsupported("a call that cannot be translated"), span);
        }
        if of.module == "asyncio" && of.name == "async" {
            let of = StubRef { module: of.module, name: "ensure_future".into() };
            return self.stub_call(of, call, span);
        }
        self.stub_call(of, call, span)
    }

    /// `dict(m, a=1, **more)` is `{**m, "a": 1, **more}`.
    fn dict_call(&mut self, call: &'a ast::ExprCall, span: Span) -> ExprId {
        let mut items: Vec<DictItem> = Vec::new();
        for map in &call.args {
            let value = self.expr(map);
            // Pairs, unless it is written as what may be a dict.
            let pairs = !matches!(map, ast::Expr::Name(_) | ast::Expr::Attribute(_) | ast::Expr::Dict(_));
            items.push(DictItem::Spread(match pairs {
                true => {
                    let callee = Callee::Stub(StubRef::new("builtins", "dict"));
                    self.alloc(Expr::Call(Call { callee, args: vec![Arg::Positional(value)] }), span)
                }
                false => value,
            }));
        }
        for keyword in &call.keywords {
            let value = self.expr(&keyword.value);
            items.push(match &keyword.arg {
                Some(key) => {
                    let key = self.alloc(Expr::Lit(Lit::Str(key.to_string())), span);
                    DictItem::Pair(key, value)
                }
                None => DictItem::Spread(value),
            });
        }
        self.alloc(Expr::Dict(items), span)
    }

    fn method_call(&mut self, it: &'a ast::ExprAttribute, call: &'a ast::ExprCall, span: Span) -> ExprId {
        if let Some((class, recv)) = self.super_of(&it.value) {
            let name = self.private(it.attr.as_str());
            return self.plain_call(Callee::Super { class, recv, name }, call, span);
        }
        if let Some((class, recv)) = self.base_call(it, call) {
            let name = self.private(it.attr.as_str());
            let args = self.args(&call.args[1..], &call.keywords);
            return self.alloc(Expr::Call(Call { callee: Callee::Super { class, recv, name }, args }), span);
        }
        let recv = self.expr(&it.value);
        let mut name = self.private(it.attr.as_str());
        if name == "__class__" {
            let class = self.class_of(recv, span);
            return self.plain_call(Callee::Value(class), call, span);
        }
        // A path is opened: files of bytes are another type.
        if name == "open" && is_bytes_mode(call, 0) && self.sources.iter().any(|source| source.text.contains("pathlib"))
        {
            name = "_open_bytes".to_string();
        }
        // Of `string.Template`: the names are the keys of a dict.
        if matches!(&*name, "substitute" | "safe_substitute")
            && call.args.is_empty()
            && !call.keywords.is_empty()
            && self.program.functions.iter().all(|(_, function)| function.name != name)
        {
            let map = self.dict_call(call, span);
            let args = vec![Arg::Positional(map)];
            return self.alloc(Expr::Call(Call { callee: Callee::Method { recv, name }, args }), span);
        }
        if let Some(error) = self.thrown_class(&name, call) {
            let args = vec![Arg::Positional(error)];
            return self.alloc(Expr::Call(Call { callee: Callee::Method { recv, name }, args }), span);
        }
        self.plain_call(Callee::Method { recv, name }, call, span)
    }

    /// `gen.throw(ValueError)` throws what the class makes without arguments.
    fn thrown_class(&mut self, name: &str, call: &'a ast::ExprCall) -> Option<ExprId> {
        let ([error], []) = (&*call.args, &*call.keywords) else { return None };
        if !matches!(name, "throw" | "athrow") || self.program.functions.iter().any(|(_, it)| it.name == name) {
            return None;
        }
        let span = self.span(error);
        let callee = match self.path(error)? {
            Meaning::Class(class) => Callee::Class(class),
            Meaning::Stub(of) if self.is_registry_class(&of) => Callee::Stub(of),
            _ => return None,
        };
        Some(self.alloc(Expr::Call(Call { callee, args: Vec::new() }), span))
    }

    /// `str.upper(text)` is `text.upper()`, for the classes of what has literals and displays.
    fn unbound_call(&mut self, it: &'a ast::ExprAttribute, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        let Some(Meaning::Stub(of)) = self.path(&it.value) else { return None };
        let name = it.attr.as_str();
        let is_plain = of.module == "builtins"
            && matches!(&*of.name, "int" | "float" | "str" | "bytes" | "list" | "dict" | "set" | "frozenset" | "tuple");
        let has = |_: StubRef, entry: &crate::stubs::Entry| match entry {
            crate::stubs::Entry::Class(class) => {
                let is_static = matches!(name, "fromkeys" | "fromhex" | "from_bytes" | "maketrans");
                class.methods.contains_key(name) && !is_static && !name.starts_with('_')
            }
            _ => false,
        };
        if !is_plain || !self.stubs.read(&of.module, &of.name, has).unwrap_or(false) {
            return None;
        }
        let (first, rest) = call.args.split_first()?;
        if matches!(first, ast::Expr::Starred(_)) {
            return None;
        }
        let recv = self.expr(first);
        let args = self.args(rest, &call.keywords);
        Some(self.alloc(Expr::Call(Call { callee: Callee::Method { recv, name: name.to_string() }, args }), span))
    }

    /// `type(value)`, also written `value.__class__`.
    pub(super) fn class_of(&mut self, value: ExprId, span: Span) -> ExprId {
        let callee = Callee::Stub(StubRef::new("builtins", "type"));
        self.alloc(Expr::Call(Call { callee, args: vec![Arg::Positional(value)] }), span)
    }

    /// `Base.method(self, …)` in a class whose only base that is: what `super()` means there.
    fn base_call(
        &mut self,
        it: &'a ast::ExprAttribute,
        call: &'a ast::ExprCall,
    ) -> Option<(crate::hir::ClassId, ExprId)> {
        let (class, first) = self.cx.method.clone()?;
        let ast::Expr::Name(given) = call.args.first()? else { return None };
        if given.id.as_str() != first {
            return None;
        }
        let base = match self.path(&it.value)? {
            Meaning::Class(base) => Base::Class(base),
            Meaning::Stub(base) => Base::Stub(base),
            _ => return None,
        };
        let bases = &self.program.classes[class].bases;
        let direct = bases.first() == Some(&base) && (bases.len() == 1 || it.attr.as_str() == "__init__");
        direct.then(|| (class, self.name(&first, self.span(&*it.value))))
    }

    /// `super()` or `super(Class, self)`: the class and `self`.
    fn super_of(&mut self, expr: &'a ast::Expr) -> Option<(crate::hir::ClassId, ExprId)> {
        let ast::Expr::Call(call) = expr else { return None };
        let of = self.stub_path(self.cx.scope, &call.func)?;
        if of.module != "builtins" || of.name != "super" || !call.keywords.is_empty() {
            return None;
        }
        let span = self.span(expr);
        match &*call.args {
            [] => {
                let (class, first) = self.cx.method.clone()?;
                Some((class, self.name(&first, span)))
            }
            [class, recv] => {
                let Some(Meaning::Class(class)) = self.path(class) else { return None };
                Some((class, self.expr(recv)))
            }
            _ => None,
        }
    }

    /// `open(file, "rb")`: files of bytes are another type than those of text.
    fn open(&mut self, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        let mode = mode_of(call, 1)?;
        match mode {
            _ if is_bytes_mode(call, 1) => {
                let of = StubRef::new("io", "_open_bytes");
                Some(self.stub_call(of, call, span))
            }
            ast::Expr::Constant(_) => None,
            _ => {
                let at = self.span(mode);
                self.report(
                    catalog::UNSUPPORTED_SYNTAX,
                    at,
                    "a mode of `open` that is no literal is not translated yet",
                );
                None
            }
        }
    }

    /// `super().name` that is not called: a property or an attribute of a class above.
    pub(super) fn super_attribute(&mut self, it: &'a ast::ExprAttribute, span: Span) -> Option<ExprId> {
        let (class, recv) = self.super_of(&it.value)?;
        let name = self.private(it.attr.as_str());
        let mut open: Vec<crate::hir::ClassId> = Vec::new();
        let bases = |program: &crate::hir::Program, class: crate::hir::ClassId| {
            let bases = program.classes[class].bases.iter().filter_map(|base| match base {
                Base::Class(base) => Some(*base),
                Base::Stub(_) => None,
            });
            bases.collect::<Vec<_>>()
        };
        open.extend(bases(&self.program, class));
        let mut at = 0;
        while let Some(base) = open.get(at).copied() {
            at += 1;
            let inner = &self.program.classes[base];
            let getter = inner.methods.iter().any(|method| {
                let function = &self.program.functions[*method];
                function.name == name
                    && function.method.is_some_and(|method| method.binding == crate::hir::Binding::Getter)
            });
            if getter {
                let callee = Callee::Super { class, recv, name };
                return Some(self.alloc(Expr::Call(Call { callee, args: Vec::new() }), span));
            }
            if inner.attributes.iter().any(|attribute| attribute.name == name && attribute.value.is_some()) {
                let of = self.made(Expr::Class(base), span, "super()");
                return Some(self.alloc(Expr::Attr(of, name), span));
            }
            open.extend(bases(&self.program, base));
            if at > 64 {
                break;
            }
        }
        None
    }

    /// The arguments of a call, in the order in which they are evaluated.
    pub(super) fn args(&mut self, args: &'a [ast::Expr], keywords: &'a [ast::Keyword]) -> Vec<Arg> {
        let mut list = Vec::with_capacity(args.len() + keywords.len());
        for arg in args {
            list.push(match arg {
                ast::Expr::Starred(it) => Arg::Star(self.argument(&it.value)),
                one => Arg::Positional(self.argument(one)),
            });
        }
        for keyword in keywords {
            let value = self.argument(&keyword.value);
            list.push(match &keyword.arg {
                Some(name) => Arg::Keyword(name.to_string(), value),
                None => Arg::DoubleStar(value),
            });
        }
        list
    }

    /// An argument: a generator expression is consumed by the callee.
    pub(super) fn argument(&mut self, expr: &'a ast::Expr) -> ExprId {
        match expr {
            ast::Expr::GeneratorExp(_) => self.comp(expr, false),
            other => self.expr(other),
        }
    }

    /// Reports calls that no translation can do justice; `true` if it was one.
    fn blocked(&mut self, of: &StubRef, call: &ast::ExprCall, span: Span) -> bool {
        let at = self.span(&*call.func);
        match (&*of.module, &*of.name) {
            ("builtins", name @ ("eval" | "exec" | "compile")) => {
                self.report(catalog::EVAL_EXEC, at, format!("`{name}` runs code that is made at run time"));
            }
            ("builtins", "__import__") | ("importlib", "import_module" | "reload") => {
                self.report(catalog::DYNAMIC_IMPORT, at, "the name of a module is computed at run time");
            }
            ("builtins", name @ ("globals" | "locals")) => {
                self.report(catalog::NAMESPACE, at, format!("`{name}()` is a namespace as a dict"));
            }
            ("builtins", "vars") if call.args.is_empty() => {
                self.report(catalog::NAMESPACE, at, "`vars()` is a namespace as a dict");
            }
            ("builtins", "type") if call.args.len() == 3 => {
                self.report(catalog::METACLASS, at, "`type(name, bases, dict)` makes a class at run time");
            }
            ("sys", name @ ("_getframe" | "settrace" | "setprofile")) => {
                self.report(catalog::INTROSPECTION, at, format!("`sys.{name}` looks into the interpreter"));
            }
            ("inspect", name @ ("stack" | "currentframe" | "getframeinfo" | "getsource")) => {
                self.report(catalog::INTROSPECTION, at, format!("`inspect.{name}` looks into the interpreter"));
            }
            _ => return false,
        }
        let _ = span;
        true
    }
}

/// The mode in which a call opens a file.
fn mode_of(call: &ast::ExprCall, place: usize) -> Option<&ast::Expr> {
    let named = call.keywords.iter().find(|keyword| keyword.arg.as_ref().is_some_and(|name| name.as_str() == "mode"));
    named.map(|keyword| &keyword.value).or_else(|| call.args.get(place))
}

/// Whether it is a literal with a `b`.
fn is_bytes_mode(call: &ast::ExprCall, place: usize) -> bool {
    matches!(
        mode_of(call, place),
        Some(ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(mode), .. })) if mode.contains('b')
    )
}

/// How many groups a pattern captures.
fn groups_of(pattern: &str) -> usize {
    let mut count = 0;
    let mut in_set = false;
    let mut chars = pattern.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' if !in_set => {
                in_set = true;
                // A bracket that comes first is itself.
                let rest = &pattern[at + 1..];
                let skipped = if rest.starts_with("^]") { 2 } else { usize::from(rest.starts_with(']')) };
                (0..skipped).for_each(|_| {
                    chars.next();
                });
            }
            ']' => in_set = false,
            '(' if !in_set => {
                let rest = &pattern[at + 1..];
                count += usize::from(!rest.starts_with('?') || rest.starts_with("?P<"));
            }
            _ => {}
        }
    }
    count
}
