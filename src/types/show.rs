//! How types are written for people: `list[str]`, `Task[int] | None`.

use crate::arena::Arena;
use crate::hir::Program;
use crate::types::{ExcClass, RecordDef, Ty, UnionDef};

/// Where names of classes, unions and records are looked up.
pub struct Names<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its unions.
    pub unions: &'a Arena<UnionDef>,
    /// Its records.
    pub records: &'a Arena<RecordDef>,
}

/// A type, as a Python annotation would say it.
pub fn show(ty: &Ty, names: &Names<'_>) -> String {
    let all = |list: &[Ty]| list.iter().map(|ty| show(ty, names)).collect::<Vec<_>>().join(", ");
    match ty {
        Ty::Never => "Never".into(),
        Ty::None => "None".into(),
        Ty::Bool => "bool".into(),
        Ty::Int => "int".into(),
        Ty::BigInt => "bigint".into(),
        Ty::Float => "float".into(),
        Ty::Number => "number".into(),
        Ty::Str => "str".into(),
        Ty::Bytes => "bytes".into(),
        Ty::Ellipsis => "ellipsis".into(),
        Ty::List(a) => format!("list[{}]", show(a, names)),
        Ty::Dict(a, b) => format!("dict[{}, {}]", show(a, names), show(b, names)),
        Ty::Set(a) => format!("set[{}]", show(a, names)),
        Ty::FrozenSet(a) => format!("frozenset[{}]", show(a, names)),
        Ty::Tuple(items) if items.is_empty() => "tuple[()]".into(),
        Ty::Tuple(items) => format!("tuple[{}]", all(items)),
        Ty::VarTuple(a) => format!("tuple[{}, ...]", show(a, names)),
        Ty::Range => "range".into(),
        Ty::Option(a) => format!("{} | None", show(a, names)),
        Ty::Outcome(a) => format!("Outcome[{}]", show(a, names)),
        Ty::Iter(a) => format!("Iterator[{}]", show(a, names)),
        Ty::Coro(a) => format!("Coroutine[{}]", show(a, names)),
        Ty::Task(a) => format!("Task[{}]", show(a, names)),
        Ty::Future(a) => format!("Future[{}]", show(a, names)),
        Ty::Gen(a, b, c) => format!("Generator[{}, {}, {}]", show(a, names), show(b, names), show(c, names)),
        Ty::AsyncGen(a, b) => format!("AsyncGenerator[{}, {}]", show(a, names), show(b, names)),
        Ty::Exc(ExcClass::Class(id)) => names.program.classes[*id].name.clone(),
        Ty::Exc(ExcClass::Stub(name)) => name.name.to_string(),
        Ty::ExcType => "type[BaseException]".into(),
        Ty::Type => "type".into(),
        Ty::Union(id) => {
            let parts: Vec<String> = names.unions[*id].alternatives.iter().map(|part| show(&part.ty, names)).collect();
            parts.join(" | ")
        }
        Ty::Record(id) => {
            let record = &names.records[*id];
            let fields: Vec<String> =
                record.fields.iter().map(|(name, ty)| format!("{name}: {}", show(ty, names))).collect();
            format!("{}{{{}}}", record.name, fields.join(", "))
        }
        Ty::Fn(function) => format!("({}) -> {}", all(&function.params), show(&function.result, names)),
        Ty::Class(id) => names.program.classes[*id].name.clone(),
        Ty::Stub(name, args) if args.is_empty() => name.name.to_string(),
        Ty::Stub(name, args) => format!("{}[{}]", name.name, all(args)),
        Ty::Module => "module".into(),
        Ty::Param(n) => format!("T{n}"),
        Ty::Value => "Any".into(),
    }
}
