//! What the generator knows of the values of a program.

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    /// Nothing is returned.
    None,
    Bool,
    Int,
    Float,
    Str,
    List(Box<Ty>),
    Set(Box<Ty>),
    Dict(Box<Ty>, Box<Ty>),
    Tuple(Vec<Ty>),
    Opt(Box<Ty>),
    /// An object of a class of the program.
    Class(usize),
}

impl Ty {
    /// How an annotation writes it.
    pub fn annotation(&self, classes: &[Class]) -> String {
        let of = |ty: &Ty| ty.annotation(classes);
        match self {
            Ty::None => "None".into(),
            Ty::Bool => "bool".into(),
            Ty::Int => "int".into(),
            Ty::Float => "float".into(),
            Ty::Str => "str".into(),
            Ty::List(item) => format!("list[{}]", of(item)),
            Ty::Set(item) => format!("set[{}]", of(item)),
            Ty::Dict(key, value) => format!("dict[{}, {}]", of(key), of(value)),
            Ty::Tuple(items) => format!("tuple[{}]", items.iter().map(of).collect::<Vec<_>>().join(", ")),
            Ty::Opt(item) => format!("{} | None", of(item)),
            Ty::Class(class) => classes[*class].name.clone(),
        }
    }

    /// Whether `<` works on it.
    pub fn is_ordered(&self) -> bool {
        match self {
            Ty::Bool | Ty::Int | Ty::Float | Ty::Str => true,
            Ty::List(item) => item.is_ordered(),
            Ty::Tuple(items) => items.iter().all(Ty::is_ordered),
            _ => false,
        }
    }

    /// Whether a set may have it.
    pub fn is_hashable(&self) -> bool {
        match self {
            Ty::Bool | Ty::Int | Ty::Str => true,
            Ty::Tuple(items) => items.iter().all(Ty::is_hashable),
            _ => false,
        }
    }

    /// Whether its text is the same in every run, and short.
    pub fn is_shown(&self, classes: &[Class]) -> bool {
        match self {
            Ty::None => false,
            Ty::List(item) | Ty::Set(item) | Ty::Opt(item) => item.is_shown(classes),
            Ty::Dict(key, value) => key.is_shown(classes) && value.is_shown(classes),
            Ty::Tuple(items) => items.iter().all(|item| item.is_shown(classes)),
            Ty::Class(class) => classes[*class].has_repr,
            _ => true,
        }
    }

    /// A list of it.
    pub fn list(self) -> Ty {
        Ty::List(Box::new(self))
    }
}

/// A variable that can be read here.
#[derive(Debug, Clone)]
pub struct Var {
    pub name: String,
    pub ty: Ty,
    /// May be assigned here.
    pub writable: bool,
    /// A function inside reads it: it keeps its type.
    pub captured: bool,
}

/// What a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Coroutine,
    Generator,
    AsyncGenerator,
}

/// A function that can be called here.
#[derive(Debug, Clone)]
pub struct Function {
    pub name: String,
    pub params: Vec<Param>,
    pub result: Ty,
    pub kind: Kind,
    /// Roughly how many statements a call runs.
    pub cost: usize,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Param {
    pub name: String,
    pub ty: Ty,
    /// The default value's text.
    pub default: Option<String>,
    pub keyword_only: bool,
}

/// A class of the program.
#[derive(Debug, Clone)]
pub struct Class {
    pub name: String,
    pub fields: Vec<Param>,
    pub methods: Vec<Function>,
    pub has_repr: bool,
}
