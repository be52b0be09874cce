//! `class`.

use rustpython_parser::ast::{self, Ranged};

use super::resolve::Meaning;
use super::scope::{ScopeId, key};
use super::{Context, Lowerer};
use crate::diag::catalog;
use crate::hir::{
    Arg, Attribute, Base, Binding, Call, Callee, Class, ClassId, Expr, ExprId, Flavour, FnId, ModuleId, StmtKind,
    StubRef, Trivia,
};
use crate::source::Span;

/// A class whose statement was seen and not yet lowered.
pub fn placeholder(module: ModuleId, span: Span) -> Class {
    Class {
        name: String::new(),
        qualname: String::new(),
        bases: Vec::new(),
        methods: Vec::new(),
        attributes: Vec::new(),
        flavour: Flavour::Plain,
        decorators: Vec::new(),
        docs: None,
        made: false,
        module,
        parent: None,
        span,
    }
}

impl<'a> Lowerer<'a, '_> {
    /// Finds the classes that are joined by inheritance.
    pub(super) fn collect_relations(&mut self) {
        let mut related = std::collections::BTreeSet::new();
        for (stmt, scope) in &self.scopes.classes {
            let (ast::Stmt::ClassDef(def), Some(id)) = (stmt, self.class_ids.get(&key(*stmt))) else { continue };
            for base in &def.bases {
                if let Some(Meaning::Class(base)) = self.path_in(*scope, base) {
                    related.extend([base, *id]);
                }
            }
        }
        self.related = related;
    }

    /// Lowers a `class` statement.
    pub(super) fn class_def(&mut self, stmt: &'a ast::Stmt, def: &'a ast::StmtClassDef) -> StmtKind {
        let span = self.name_span(stmt, def.name.as_str());
        let Some(id) = self.class(stmt, def) else { return StmtKind::Pass };
        let home = self.scopes.home(self.cx.scope, def.name.as_str()).filter(|_| self.cx.class_body.is_none());
        let var = home.and_then(|home| match self.symbol_meaning(home, def.name.as_str()) {
            Meaning::Class(_) => None,
            _ => Some(self.write(home, def.name.as_str(), span)),
        });
        StmtKind::Class { class: id, var }
    }

    fn class(&mut self, stmt: &'a ast::Stmt, def: &'a ast::StmtClassDef) -> Option<ClassId> {
        let id = *self.class_ids.get(&key(stmt))?;
        let span = self.name_span(stmt, def.name.as_str());
        let qualname = format!("{}{}", self.cx.prefix, def.name.trim_end_matches(super::expand::MARK));
        let mut flavour = Flavour::Plain;
        let mut decorators = Vec::new();
        for decorator in &def.decorator_list {
            match self.dataclass(decorator) {
                Some(found) => flavour = found,
                None if self.is_silent_class_decorator(decorator) => {}
                None => decorators.push(self.expr(decorator)),
            }
        }
        decorators.reverse();
        let mut bases = self.bases(def, &mut flavour);
        let is_abc = |keyword: &ast::Keyword| {
            self.stub_path(self.cx.scope, &keyword.value).is_some_and(|of| of.module == "abc" && of.name == "ABCMeta")
        };
        if def.keywords.iter().any(is_abc) {
            bases.push(Base::Stub(StubRef::new("abc", "ABC")));
        }
        if let Some(call) = self.class_keywords(id, def, &bases) {
            decorators.push(call);
        }
        if self.enums.contains(&id) {
            flavour = Flavour::Members;
        }
        {
            let class = &mut self.program.classes[id];
            class.name = def.name.trim_end_matches(super::expand::MARK).to_string();
            class.qualname.clone_from(&qualname);
            class.bases = bases;
            class.flavour = flavour;
            class.decorators = decorators;
            class.parent = self.cx.function;
            class.span = span;
        }
        let scope = self.scopes.of_node.get(&key(stmt)).copied().unwrap_or(self.cx.scope);
        let cx = Context { scope, class_body: Some(id), prefix: format!("{qualname}."), ..self.cx.clone() };
        let outer = std::mem::replace(&mut self.cx, cx);
        let (docs, rest) = self.docstring(&def.body);
        self.program.classes[id].docs = docs;
        if let [base] = &*def.bases
            && let Some((_, fields)) = self.namedtuple_fields(self.cx.scope, base)
        {
            self.add_fields(id, fields, base);
        }
        self.class_body(id, rest);
        let below = self.below(&def.body);
        self.keep(below);
        self.cx = outer;
        Some(id)
    }

    fn bases(&mut self, def: &'a ast::StmtClassDef, flavour: &mut Flavour) -> Vec<Base> {
        let mut bases = Vec::new();
        if let [base] = &*def.bases
            && self.namedtuple_fields(self.cx.scope, base).is_some()
        {
            return bases;
        }
        for base in &def.bases {
            let named = match base {
                ast::Expr::Subscript(it) => &*it.value,
                other => other,
            };
            match self.path(named) {
                Some(Meaning::Class(class)) => {
                    if self.program.classes[class].flavour == Flavour::Enum {
                        *flavour = Flavour::Enum;
                    }
                    bases.push(Base::Class(class));
                }
                Some(Meaning::Stub(of)) => {
                    match (&*of.module, &*of.name) {
                        ("builtins", "object") => continue,
                        ("enum", _) => *flavour = Flavour::Enum,
                        ("typing", "NamedTuple") => *flavour = Flavour::NamedTuple,
                        _ => {}
                    }
                    bases.push(Base::Stub(of));
                }
                Some(meaning @ (Meaning::Unknown(_) | Meaning::Refused(..))) => {
                    let span = self.span(named);
                    self.meaning_expr(meaning, "", span);
                }
                Some(Meaning::Missing) => {}
                _ => {
                    let span = self.span(base);
                    self.unsupported(span, "a base class that is computed at run time");
                }
            }
        }
        bases
    }

    /// Keywords go to `__init_subclass__` of a base: they are kept as a call of it.
    fn class_keywords(&mut self, id: ClassId, def: &'a ast::StmtClassDef, bases: &[Base]) -> Option<ExprId> {
        let mut given = Vec::new();
        let hooked = self.has_hook(bases);
        for keyword in &def.keywords {
            let span = self.span(keyword);
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            let known = match name {
                "metaclass" => self
                    .stub_path(self.cx.scope, &keyword.value)
                    .is_some_and(|of| matches!((&*of.module, &*of.name), ("abc", "ABCMeta") | ("enum", _))),
                "total" => true,
                _ => false,
            };
            if hooked && !known && name != "metaclass" && !name.is_empty() {
                given.push(Arg::Keyword(name.to_string(), self.expr(&keyword.value)));
            } else if !known {
                self.report(catalog::METACLASS, span, "a class is made by a metaclass or with arguments");
            }
        }
        let span = self.span(def);
        (!given.is_empty()).then(|| {
            let recv = self.made(Expr::Class(id), span, "keyword of a class");
            let callee = Callee::Method { recv, name: "__init_subclass__".to_string() };
            self.made(Expr::Call(Call { callee, args: given }), span, "keyword of a class")
        })
    }

    fn has_hook(&self, bases: &[Base]) -> bool {
        bases.iter().any(|base| match base {
            Base::Class(base) => {
                let base = &self.program.classes[*base];
                let own = |method: &FnId| self.program.functions[*method].name == "__init_subclass__";
                base.methods.iter().any(own) || self.has_hook(&base.bases)
            }
            Base::Stub(_) => false,
        })
    }

    fn class_body(&mut self, id: ClassId, body: &'a [ast::Stmt]) {
        for stmt in body {
            self.class_stmt(id, stmt);
        }
    }

    fn class_stmt(&mut self, id: ClassId, stmt: &'a ast::Stmt) {
        if let Some(fold) = self.scopes.folds.get(&key(stmt)).copied() {
            use super::fold::Fold;
            if let ast::Stmt::If(it) = stmt {
                let list = if matches!(fold, Fold::Then | Fold::Types) { &it.body } else { &it.orelse };
                let start = list.first().map_or(u32::from(stmt.end()), |first| self.first(first));
                self.keep_before(start);
                self.class_body(id, list);
                return self.keep_before(u32::from(stmt.end()));
            }
        }
        let span = self.span(stmt);
        match stmt {
            ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) => {
                if let Some(method) = self.method_def(stmt) {
                    self.replace_method(id, method);
                    self.program.classes[id].methods.push(method);
                    self.check_hook(method);
                }
            }
            ast::Stmt::ClassDef(def) => {
                let trivia = self.above(self.first(stmt), span.start);
                let inner = self.class(stmt, def);
                if let (Some(inner), true) = (inner, self.nested.contains_key(&(id, def.name.to_string()))) {
                    let kind = StmtKind::Class { class: inner, var: None };
                    self.inner_classes.push(crate::hir::Stmt { kind, span, trivia });
                } else if let Some(inner) = inner {
                    let value = self.alloc(Expr::Class(inner), span);
                    let at = self.name_span(stmt, def.name.as_str());
                    self.add(id, def.name.as_str(), Some(value), None, trivia, at);
                }
            }
            ast::Stmt::AnnAssign(it) => {
                if it.value.as_deref().is_some_and(|value| self.is_left_out(value)) {
                    self.unsupported(
                        span,
                        "a field with `init=False` is not translated yet; assign it in `__post_init__`",
                    );
                }
                let trivia = self.above(span.start, span.end);
                let annotation = self.annotation(&it.annotation);
                let value = it.value.as_ref().map(|value| self.expr(value));
                match &*it.target {
                    ast::Expr::Name(name) => {
                        let at = self.span(&*it.target);
                        let attribute = Attribute {
                            name: name.id.to_string(),
                            value,
                            annotation: Some(annotation),
                            trivia,
                            span: at,
                        };
                        self.program.classes[id].attributes.push(attribute);
                    }
                    _ => self.unsupported(span, "a statement of this kind in a class body"),
                }
            }
            ast::Stmt::Assign(it) => {
                let trivia = self.above(span.start, span.end);
                self.class_assign(id, it, trivia, span);
            }
            ast::Stmt::Pass(_) | ast::Stmt::Import(_) | ast::Stmt::ImportFrom(_) => {
                let trivia = self.above(span.start, span.end);
                self.keep(trivia);
                if !matches!(stmt, ast::Stmt::Pass(_)) {
                    self.import(stmt, Trivia::default(), &mut Vec::new());
                }
            }
            // A string is a comment.
            ast::Stmt::Expr(it) if matches!(&*it.value, ast::Expr::Constant(_)) => {
                let trivia = self.above(span.start, span.end);
                self.keep(trivia);
            }
            _ => {
                self.unsupported(span, "a statement of this kind in a class body");
                self.keep_before(span.end);
            }
        }
    }

    /// `field(init=False)`.
    fn is_left_out(&self, value: &ast::Expr) -> bool {
        let ast::Expr::Call(call) = value else { return false };
        let left_out = call.keywords.iter().any(|keyword| {
            keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == "init")
                && matches!(&keyword.value, ast::Expr::Constant(it) if it.value == ast::Constant::Bool(false))
        });
        left_out && self.stub_path(self.cx.scope, &call.func).is_some_and(|of| of.module == "dataclasses")
    }

    fn class_assign(&mut self, id: ClassId, it: &'a ast::StmtAssign, trivia: Trivia, span: Span) {
        let mut trivia = Some(trivia);
        let mut names = Vec::new();
        for target in &it.targets {
            match (target, &*it.value) {
                (ast::Expr::Name(name), value) => names.push((name, value)),
                (ast::Expr::Tuple(targets), ast::Expr::Tuple(values)) if targets.elts.len() == values.elts.len() => {
                    for (target, value) in targets.elts.iter().zip(&values.elts) {
                        match target {
                            ast::Expr::Name(name) => names.push((name, value)),
                            _ => self.unsupported(span, "an assignment of this kind in a class body"),
                        }
                    }
                }
                _ => self.unsupported(span, "an assignment of this kind in a class body"),
            }
        }
        let mut first: Option<(String, usize)> = None;
        for (name, value) in names {
            let at = self.span(name);
            let same = first.as_ref().filter(|(_, address)| *address == key(value)).map(|(name, _)| name.clone());
            let value_id = match same {
                // `a = b = value`: the second is the first's value.
                Some(other) if !super::literal::is_immutable(value) => {
                    let of = self.made(Expr::Class(id), at, "name of a class body");
                    self.alloc(Expr::Attr(of, other), at)
                }
                _ => self.expr(value),
            };
            first = Some((name.id.to_string(), key(value)));
            let trivia = trivia.take().unwrap_or_default();
            if name.id.as_str() == "__slots__" {
                self.keep(trivia);
                continue;
            }
            self.add(id, name.id.as_str(), Some(value_id), None, trivia, at);
        }
        self.keep(trivia.unwrap_or_default());
    }

    fn add(
        &mut self,
        id: ClassId,
        name: &str,
        value: Option<ExprId>,
        annotation: Option<crate::hir::Annotation>,
        trivia: Trivia,
        span: Span,
    ) {
        let attribute = Attribute { name: self.private(name), value, annotation, trivia, span };
        self.program.classes[id].attributes.push(attribute);
    }

    /// Of two methods with one name the last counts; a getter and its setter go together.
    fn replace_method(&mut self, id: ClassId, new: FnId) {
        let functions = &self.program.functions;
        let accessor = |id: FnId| match functions[id].method.map(|method| method.binding) {
            Some(Binding::Getter) => 1,
            Some(Binding::Setter) => 2,
            _ => 0,
        };
        let replaces = |old: FnId| {
            functions[old].name == functions[new].name && (accessor(old) == accessor(new) || accessor(new) == 0)
        };
        self.program.classes[id].methods.retain(|old| !replaces(*old));
    }

    /// Reports methods that change what attribute access means.
    fn check_hook(&mut self, method: FnId) {
        let function = &self.program.functions[method];
        let (name, span) = (function.name.clone(), function.span);
        match &*name {
            "__getattr__" | "__getattribute__" | "__setattr__" | "__delattr__" => {
                self.report(catalog::ATTRIBUTE_HOOKS, span, format!("`{name}` hooks into attribute access"));
            }
            "__set_name__" => {
                self.report(catalog::METACLASS, span, format!("`{name}` rewrites classes"));
            }
            _ => {}
        }
    }

    fn dataclass(&self, decorator: &ast::Expr) -> Option<Flavour> {
        let (named, keywords): (&ast::Expr, &[ast::Keyword]) = match decorator {
            ast::Expr::Call(call) if call.args.is_empty() => (&call.func, &call.keywords),
            other => (other, &[]),
        };
        let of = self.stub_path(self.cx.scope, named)?;
        if of.module != "dataclasses" || of.name != "dataclass" {
            return None;
        }
        let flag = |name: &str, default: bool| {
            let found = keywords.iter().find(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == name));
            match found.map(|keyword| &keyword.value) {
                Some(ast::Expr::Constant(it)) => matches!(it.value, ast::Constant::Bool(true)),
                Some(_) | None => default,
            }
        };
        Some(Flavour::Dataclass { frozen: flag("frozen", false), order: flag("order", false), eq: flag("eq", true) })
    }

    fn is_silent_class_decorator(&self, decorator: &ast::Expr) -> bool {
        self.stub_path(self.cx.scope, decorator).is_some_and(|of| is_silent(&of))
    }

    /// Whether a decorator leaves the class what it is.
    pub(super) fn is_known_class_decorator(&self, home: ScopeId, decorator: &ast::Expr) -> bool {
        let named = match decorator {
            ast::Expr::Call(call) => &*call.func,
            other => other,
        };
        self.stub_path(home, named).is_some_and(|of| {
            is_silent(&of)
                || matches!((&*of.module, &*of.name), ("dataclasses", "dataclass") | ("functools", "total_ordering"))
        }) || self.hands_back(home, decorator)
    }
}

fn is_silent(of: &StubRef) -> bool {
    matches!(
        (&*of.module, &*of.name),
        ("enum", "unique") | ("typing" | "typing_extensions", "final" | "runtime_checkable" | "no_type_check")
    )
}
