//! Representation types as Rust types.

use syn::Type;

use super::Emitter;
use super::build::generic;
use crate::hir::{FnKind, StubRef};
use crate::types::{ExcClass, Ty};

/// `()`.
pub fn unit() -> Type {
    Type::Tuple(syn::TypeTuple { attrs: Vec::new(), paren_token: Default::default(), elems: Default::default() })
}

impl Emitter<'_> {
    /// The Rust type of a value of this type.
    pub(super) fn ty(&mut self, ty: &Ty) -> Type {
        let mut of = |name: &str, args: &[&Ty]| {
            let args = args.iter().map(|arg| self.ty(arg)).collect();
            generic(name, args)
        };
        match ty {
            Ty::Never => generic("Infallible", Vec::new()),
            Ty::None => unit(),
            Ty::Bool => generic("bool", Vec::new()),
            Ty::Int => generic("i64", Vec::new()),
            Ty::Float => generic("f64", Vec::new()),
            Ty::BigInt => generic("Int", Vec::new()),
            Ty::Number => generic("Number", Vec::new()),
            Ty::Str => generic("Str", Vec::new()),
            Ty::Bytes => generic("Bytes", Vec::new()),
            Ty::Ellipsis => generic("Ellipsis", Vec::new()),
            Ty::Range => generic("Range", Vec::new()),
            Ty::List(item) => of("List", &[item]),
            Ty::Dict(key, value) => of("Dict", &[key, value]),
            Ty::Set(item) => of("Set", &[item]),
            Ty::FrozenSet(item) => of("FrozenSet", &[item]),
            Ty::VarTuple(item) => of("VarTuple", &[item]),
            Ty::Option(item) => of("Option", &[item]),
            Ty::Outcome(item) => of("Outcome", &[item]),
            Ty::Iter(item) => of("Iter", &[item]),
            Ty::Coro(item) => of("Coroutine", &[item]),
            Ty::Task(item) => {
                self.import("asyncio");
                let item = self.ty(item);
                generic("asyncio::Task", vec![item])
            }
            Ty::Future(item) => {
                self.import("asyncio");
                let item = self.ty(item);
                generic("asyncio::Future", vec![item])
            }
            Ty::Tuple(items) if items.is_empty() => generic("EmptyTuple", Vec::new()),
            Ty::Tuple(items) => {
                let items: Vec<Type> = items.iter().map(|item| self.ty(item)).collect();
                Type::Tuple(syn::TypeTuple {
                    attrs: Vec::new(),
                    paren_token: Default::default(),
                    elems: super::build::trailing(items),
                })
            }
            Ty::Gen(yields, sends, result) => match (&**sends, &**result) {
                (Ty::None | Ty::Never, Ty::None | Ty::Never) => of("Generator", &[yields]),
                (_, Ty::None | Ty::Never) => of("Generator", &[yields, sends]),
                (Ty::Never, _) => of("Generator", &[yields, &Ty::None, result]),
                _ => of("Generator", &[yields, sends, result]),
            },
            Ty::AsyncGen(yields, sends) => match **sends {
                Ty::None | Ty::Never => of("AsyncGenerator", &[yields]),
                _ => of("AsyncGenerator", &[yields, sends]),
            },
            Ty::Exc(_) => generic("PyErr", Vec::new()),
            Ty::ExcType => generic("ExceptionClass", Vec::new()),
            Ty::Type => generic("Type", Vec::new()),
            Ty::Union(id) => generic(&self.names.union(*id), Vec::new()),
            Ty::Record(id) => generic(&self.names.record(*id), Vec::new()),
            Ty::Fn(function) => {
                let params = Ty::Tuple(function.params.clone());
                let params = if function.params.is_empty() { unit() } else { self.ty(&params) };
                let result = self.ty(&function.result);
                generic("Function", vec![params, result])
            }
            Ty::Class(class) if self.is_exception(*class) => generic("PyErr", Vec::new()),
            Ty::Class(class) => {
                let name = generic(&self.struct_name(*class), Vec::new());
                generic("Rc", vec![name])
            }
            Ty::Stub(stub, args) => {
                let path = self.stub_path(stub);
                let args = args.iter().map(|arg| self.ty(arg)).collect();
                generic(&path, args)
            }
            Ty::Module => unit(),
            Ty::Param(number) => generic(&param_name(*number), Vec::new()),
            Ty::Value => generic("Value", Vec::new()),
        }
    }

    /// The path of a name of the registry, by convention; its module is imported.
    pub(super) fn stub_path(&mut self, stub: &StubRef) -> String {
        if let Some(path) = self.types.stub_paths.get(stub) {
            return self.runtime_path(&path.clone());
        }
        let module = super::names::module_path(&stub.module);
        let path = match stub.module.as_str() {
            "collections" if stub.name == "deque" => "collections::Deque".to_string(),
            "collections" if stub.name == "defaultdict" => "collections::DefaultDict".to_string(),
            "builtins" if is_class_name(&stub.name) => super::names::escape(&stub.name),
            _ => format!("{module}::{}", super::names::escape(&stub.name)),
        };
        self.runtime_path(&path)
    }

    /// The path of an exception class.
    pub(super) fn exception_path(&mut self, class: &ExcClass) -> String {
        match class {
            ExcClass::Class(class) => self.class_name(*class),
            ExcClass::Stub(stub) => self.stub_path(stub),
        }
    }

    /// `PyResult<T>`.
    pub(super) fn result_ty(&mut self, ty: &Ty) -> Type {
        match ty {
            Ty::None => generic("PyResult", Vec::new()),
            ty => {
                let inner = self.ty(ty);
                generic("PyResult", vec![inner])
            }
        }
    }

    /// What a function's signature gives; `None`: nothing is written.
    pub(super) fn return_ty(&mut self, kind: FnKind, result: &Ty, fallible: bool) -> Option<Type> {
        match kind {
            FnKind::Plain if !fallible => match result {
                Ty::None => None,
                ty => Some(self.ty(ty)),
            },
            FnKind::Plain | FnKind::Coroutine { .. } => Some(self.result_ty(result)),
            // The caller hands over the whole type of a generator.
            FnKind::Generator | FnKind::AsyncGenerator => Some(self.ty(result)),
        }
    }
}

/// Classes of `builtins` have Python's names; functions and the lower-case types do not stand in the prelude.
fn is_class_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The name of a type parameter.
pub fn param_name(number: u32) -> String {
    match number {
        0 => "T".into(),
        1 => "U".into(),
        2 => "V".into(),
        n => format!("T{n}"),
    }
}
