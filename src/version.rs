//! Which Python a program is written for.

use crate::hir::{Base, Block, Callee, Expr, FnKind, Program, StmtKind, StubRef, walk};
use crate::stubs::{Entry, Stubs};
use crate::syntax::PythonVersion;

/// The last Python whose locks know `with (yield from lock):`.
const LAST_OLD_LOCKS: PythonVersion = PythonVersion { minor: 8 };

/// The newest Python on which every file parses (`read_as`) and every name of the registry that the program uses exists.
pub fn called_for(read_as: &[PythonVersion], program: &Program, stubs: &Stubs) -> PythonVersion {
    let grammar = read_as.iter().copied();
    let functions = program.functions.iter().map(|(_, function)| function);
    let mut legacy = functions.filter(|function| function.kind == FnKind::Coroutine { legacy: true });
    // A generator has no `async with` of its own.
    let locks = legacy.any(|function| has_async_with(&function.body)).then_some(LAST_OLD_LOCKS);
    let names = names(program).filter_map(|name| last_with(name, stubs));
    grammar.chain(program.last_python).chain(locks).chain(names).min().unwrap_or(PythonVersion::NEWEST)
}

/// Names of the registry become what they were in that Python: before 3.12 `sum` added floats as they are.
pub fn apply(python: PythonVersion, program: &mut Program) {
    if python.minor >= 12 {
        return;
    }
    for id in program.exprs.ids() {
        if let Expr::Call(call) = &mut program.exprs[id]
            && let Callee::Stub(name) = &mut call.callee
            && name.module == "builtins"
            && name.name == "sum"
        {
            name.name = "_sum_plain".into();
        }
    }
}

fn has_async_with(body: &Block) -> bool {
    let mut found = false;
    walk::for_each_stmt(body, &mut |stmt| found |= matches!(stmt.kind, StmtKind::With { is_async: true, .. }));
    found
}

fn names(program: &Program) -> impl Iterator<Item = &StubRef> {
    let used = program.exprs.iter().filter_map(|(_, expr)| match expr {
        Expr::Stub(name) => Some(name),
        Expr::Call(call) => match &call.callee {
            Callee::Stub(name) => Some(name),
            Callee::Function(_)
            | Callee::Class(_)
            | Callee::Method { .. }
            | Callee::Super { .. }
            | Callee::Value(_) => None,
        },
        _ => None,
    });
    let bases = program.classes.iter().flat_map(|(_, class)| &class.bases).filter_map(|base| match base {
        Base::Stub(name) => Some(name),
        Base::Class(_) => None,
    });
    used.chain(bases)
}

/// The last Python that has a name; `None`: the newest has it.
fn last_with(name: &StubRef, stubs: &Stubs) -> Option<PythonVersion> {
    let until: Option<Vec<u8>> = stubs.read(&name.module, &name.name, |_, entry| match entry {
        Entry::Function(signatures) => signatures.iter().map(|signature| signature.versions.until).collect(),
        _ => None,
    })?;
    let minor = until?.into_iter().max()?.checked_sub(1)?;
    Some(PythonVersion { minor }).filter(|version| *version >= PythonVersion::OLDEST)
}
