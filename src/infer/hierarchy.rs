//! Who inherits from whom: classes of the program and exceptions of the registry.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::hir::{Base, ClassId, Program, StubRef};
use crate::stubs::{Entry, StubTy, Stubs};
use crate::types::ExcClass;

/// The bases of every class, nearest first.
#[derive(Debug, Default)]
pub struct Hierarchy {
    above: HashMap<ClassId, Vec<Base>>,
    program_above: HashMap<ClassId, Vec<ClassId>>,
    below: HashMap<ClassId, Vec<ClassId>>,
    pairs: HashSet<(ClassId, ClassId)>,
    stub_above: HashMap<StubRef, Vec<StubRef>>,
}

impl Hierarchy {
    /// The hierarchy of a program.
    pub fn new(program: &Program, stubs: &Stubs) -> Hierarchy {
        let mut hierarchy = Hierarchy::default();
        for id in program.classes.ids() {
            let mut above = vec![Base::Class(id)];
            let mut at = 0;
            while let Some(base) = above.get(at).cloned() {
                at += 1;
                let bases: Vec<Base> = match base {
                    Base::Class(class) => program.classes[class].bases.clone(),
                    Base::Stub(name) => stub_bases(stubs, &name).into_iter().map(Base::Stub).collect(),
                };
                for base in bases {
                    if !above.contains(&base) {
                        above.push(base);
                    }
                }
            }
            for base in &above {
                if let Base::Class(base) = base {
                    hierarchy.program_above.entry(id).or_default().push(*base);
                    hierarchy.below.entry(*base).or_default().push(id);
                    hierarchy.pairs.insert((id, *base));
                }
            }
            hierarchy.above.insert(id, above);
        }
        if let Some(builtins) = stubs.module("builtins") {
            for (name, entry) in &builtins.names {
                if matches!(entry, Entry::Class(class) if class.is_exception) {
                    hierarchy.learn(stubs, &StubRef::new("builtins", name));
                }
            }
        }
        hierarchy
    }

    /// Looks a stub class up once.
    pub fn learn(&mut self, stubs: &Stubs, name: &StubRef) {
        if self.stub_above.contains_key(name) {
            return;
        }
        let mut above = vec![name.clone()];
        let mut at = 0;
        while let Some(class) = above.get(at).cloned() {
            at += 1;
            for base in stub_bases(stubs, &class) {
                if !above.contains(&base) {
                    above.push(base);
                }
            }
        }
        self.stub_above.insert(name.clone(), above);
    }

    /// The class itself and all above it.
    pub fn above(&self, class: ClassId) -> &[Base] {
        self.above.get(&class).map_or(&[], Vec::as_slice)
    }

    /// The class itself and all classes of the program above it.
    pub fn program_above(&self, class: ClassId) -> &[ClassId] {
        self.program_above.get(&class).map_or(&[], Vec::as_slice)
    }

    /// The stub class itself and all above it.
    pub fn stub_above(&self, name: &StubRef) -> Vec<StubRef> {
        self.stub_above.get(name).cloned().unwrap_or_else(|| {
            let mut above = vec![name.clone()];
            for base in ["Exception", "BaseException"] {
                above.push(StubRef::new("builtins", base));
            }
            above
        })
    }

    /// Whether instances of the class are exceptions.
    pub fn is_exception(&self, class: ClassId) -> bool {
        let is_root = |name: &StubRef| name.name == "BaseException" && name.module == "builtins";
        self.above(class).iter().any(|base| match base {
            Base::Stub(name) => {
                is_root(name) || self.stub_above.get(name).is_some_and(|above| above.iter().any(is_root))
            }
            Base::Class(_) => false,
        })
    }

    fn exception_above(&self, class: &ExcClass) -> Vec<ExcClass> {
        match class {
            ExcClass::Class(id) => {
                let mut all: Vec<ExcClass> = Vec::new();
                for base in self.above(*id) {
                    let more = match base {
                        Base::Class(id) => vec![ExcClass::Class(*id)],
                        Base::Stub(name) => self.stub_above(name).into_iter().map(ExcClass::Stub).collect(),
                    };
                    for class in more {
                        if !all.contains(&class) {
                            all.push(class);
                        }
                    }
                }
                all
            }
            ExcClass::Stub(name) => self.stub_above(name).into_iter().map(ExcClass::Stub).collect(),
        }
    }

    /// Whether every `class` is a `base`.
    pub fn is_subclass(&self, class: &ExcClass, base: &ExcClass) -> bool {
        self.exception_above(class).contains(base)
    }

    /// The nearest class above both.
    pub fn join_exceptions(&self, a: &ExcClass, b: &ExcClass) -> ExcClass {
        if a == b {
            return a.clone();
        }
        let above_b = self.exception_above(b);
        let found = self.exception_above(a).into_iter().find(|class| above_b.contains(class));
        found.unwrap_or_else(|| ExcClass::Stub(StubRef::new("builtins", "BaseException")))
    }

    /// The nearest class of the program above both.
    pub fn join_classes(&self, a: ClassId, b: ClassId) -> Option<ClassId> {
        self.above(a).iter().find_map(|base| match base {
            Base::Class(id) if self.pairs.contains(&(b, *id)) => Some(*id),
            _ => None,
        })
    }

    /// Whether every `class` is a `base`, both of the program.
    pub fn is_subclass_of(&self, class: ClassId, base: ClassId) -> bool {
        self.pairs.contains(&(class, base))
    }

    /// All classes below one, itself among them.
    pub fn below(&self, base: ClassId) -> &[ClassId] {
        self.below.get(&base).map_or(&[], Vec::as_slice)
    }
}

fn stub_bases(stubs: &Stubs, name: &StubRef) -> Vec<StubRef> {
    match stubs.resolve(&name.module, &name.name) {
        Some((_, Entry::Class(class))) => class
            .bases
            .iter()
            .filter_map(|base| match base {
                StubTy::Named(name, _) => {
                    Some(stubs.resolve(&name.module, &name.name).map_or_else(|| name.clone(), |(name, _)| name))
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
