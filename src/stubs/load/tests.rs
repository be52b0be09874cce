//! Tests of the loader, and of every stub of the registry.

use super::*;
use crate::hir::{Lit, ParamKind};
use crate::stubs::{Pass, RustForm, Signature, StubDefault};

fn stub(text: &str) -> Stub {
    let stub = load("demo", Some(text)).expect("a text was given");
    assert_eq!(stub.problems, Vec::<String>::new());
    stub
}

fn function<'a>(stub: &'a Stub, name: &str) -> &'a [Signature] {
    match stub.names.get(name) {
        Some(Entry::Function(list)) => list,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn every_stub_of_the_registry_loads() {
    let modules = embedded_modules();
    assert!(!modules.is_empty());
    for module in modules {
        let stub = load(&module, None).expect("an embedded module has a stub");
        assert_eq!(stub.problems, Vec::<String>::new(), "{module}");
        for (name, entry) in &stub.names {
            if let Entry::Module(inner) = entry {
                assert!(load(inner, None).is_some(), "{module}.{name} names no stub");
            }
        }
    }
}

#[test]
fn paths_follow_the_convention() {
    let stub =
        stub("@nothrow\ndef type(x: int, y: str = 'a', *, z: float = ...) -> None: ...\nasync def f() -> int: ...");
    let [signature] = function(&stub, "type") else { panic!("one signature") };
    assert_eq!(signature.rust, RustForm::Path("demo::type_".into()));
    assert!(signature.nothrow);
    assert_eq!(signature.params[0].pass, Pass::Value);
    assert_eq!(signature.params[1].pass, Pass::Reference);
    assert_eq!(signature.params[1].default, Some(StubDefault::Lit(Lit::Str("a".to_string()))));
    assert_eq!(signature.params[2].kind, ParamKind::Keyword);
    assert_eq!(signature.params[2].default, Some(StubDefault::Omitted));
    assert!(function(&stub, "f")[0].is_async);
}

#[test]
fn classes_have_methods_and_parameters() {
    let stub = stub(
        "class Queue(Generic[T]):\n    @nothrow\n    def __init__(self, maxsize: int = 0) -> None: ...\n    \
         async def put(self, item: T) -> None: ...\n    @rust.operator('+')\n    def __add__(self, o: Self) -> Self: ...\n    \
         @property\n    def maxsize(self) -> int: ...\nclass Full(Exception): ...",
    );
    let Some(Entry::Class(queue)) = stub.names.get("Queue") else { panic!("a class") };
    assert_eq!(queue.params, ["T"]);
    assert_eq!(queue.methods["__init__"][0].rust, RustForm::Path("demo::Queue::new".into()));
    assert_eq!(queue.methods["put"][0].params.len(), 1);
    assert_eq!(queue.methods["__add__"][0].rust, RustForm::Operator("+".into()));
    assert!(queue.attributes.contains_key("maxsize"));
    assert!(matches!(stub.names.get("Full"), Some(Entry::Class(class)) if class.is_exception));
}

#[test]
fn guards_give_versions() {
    let stub =
        stub("if sys.version_info >= (3, 7):\n    def run(x: int) -> int: ...\nelse:\n    def run() -> int: ...");
    let versions: Vec<Versions> = function(&stub, "run").iter().map(|signature| signature.versions).collect();
    let modern = Versions { since: Some(7), until: None };
    assert_eq!(versions, [modern, Versions { since: None, until: Some(7) }]);
}

#[test]
fn a_bad_stub_says_where() {
    let stub = load("demo", Some("x: int\nwhile 1: pass\ndef f(a) -> int: ...\n")).expect("a text was given");
    assert_eq!(stub.problems.len(), 2);
    assert!(stub.problems[0].contains("line 2"), "{:?}", stub.problems);
    assert!(stub.problems[1].contains("parameter `a` has no type"), "{:?}", stub.problems);
}
