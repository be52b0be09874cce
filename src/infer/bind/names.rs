//! Names of types, as CPython's messages have them.

use super::Binder;
use crate::infer::shape::{Con, Slot, Sort};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// A type as people write it.
    pub fn show(&self, ty: &Ty) -> String {
        crate::types::show::show(
            ty,
            &crate::types::show::Names { program: self.program(), unions: &self.r.unions, records: &self.r.records },
        )
    }

    /// What `type(x).__name__` is for values of a type; `None`: known only at run time.
    pub fn python_name(&self, ty: &Ty) -> Option<String> {
        let name = match ty {
            Ty::None => "NoneType",
            Ty::Bool => "bool",
            Ty::Int | Ty::BigInt => "int",
            Ty::Float => "float",
            Ty::Str => "str",
            Ty::Bytes => "bytes",
            Ty::Ellipsis => "ellipsis",
            Ty::List(_) => "list",
            Ty::Dict(..) => "dict",
            Ty::Set(_) => "set",
            Ty::FrozenSet(_) => "frozenset",
            Ty::Tuple(_) | Ty::VarTuple(_) => "tuple",
            Ty::Range => "range",
            Ty::Coro(_) => "coroutine",
            Ty::Task(_) => "_asyncio.Task",
            Ty::Future(_) => "_asyncio.Future",
            Ty::Gen(..) => "generator",
            Ty::AsyncGen(..) => "async_generator",
            Ty::Exc(class) => return Some(super::coerce::exception_name(class, self.program())),
            Ty::ExcType | Ty::Type => "type",
            Ty::Fn(_) => "function",
            Ty::Class(class) => return Some(self.program().classes[*class].name.clone()),
            Ty::Stub(name, _) => return Some(name.name.to_string()),
            Ty::Module => "module",
            Ty::Record(_) => "Namespace",
            Ty::Never
            | Ty::Number
            | Ty::Option(_)
            | Ty::Outcome(_)
            | Ty::Iter(_)
            | Ty::Union(_)
            | Ty::Param(_)
            | Ty::Value => return None,
        };
        Some(name.to_string())
    }

    /// The one alternative of a slot, apart from `None`; numbers are one.
    pub fn single(&mut self, slot: Slot) -> Option<Con> {
        let shape = self.s.slots.shape(slot);
        if shape.dynamic {
            return None;
        }
        let numbers = shape.alts.iter().filter(|con| con.is_number()).count();
        match &*shape.alts {
            [con] => Some(con.clone()),
            all if numbers == all.len() => all.iter().find(|con| **con != Con::Bool).cloned(),
            all if all.iter().all(|con| con.sort() == Sort::Func) => all.first().cloned(),
            all if all.iter().all(|con| con.sort() == Sort::ClassObject) => all.first().cloned(),
            _ => None,
        }
    }
}

/// Whether every class or object has an attribute of that name, whatever the program says.
pub fn is_everybodys(name: &str) -> bool {
    name == "mro" || name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}
