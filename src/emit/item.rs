//! Modules: their items in Python's order, `script` with the statements, `main`.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use syn::{Item, Stmt, Visibility, parse_quote};

use super::body::Kind;
use super::build::ident;
use super::function::comment_lines;
use super::global::{self, Static};
use super::names::{self, Namer};
use super::plan::{StmtKey, key};
use super::print::{self, Piece};
use super::{Definition, EmittedFile, Emitter, MapLine};
use crate::arena::ArenaMap;
use crate::hir::{
    self, Class, ClassId, FnId, FnKind, Function, Module, ModuleId, Program, StmtKind, Storage, Trivia, Var, VarId,
};
use crate::infer::Types;
use crate::source::SourceFile;
use crate::types::{RecordId, Ty, UnionId};

/// The Rust names of everything that is an item.
pub struct ItemNames {
    functions: ArenaMap<Function, String>,
    function_names: Rc<HashSet<String>>,
    classes: ArenaMap<Class, String>,
    statics: ArenaMap<Var, Static>,
    static_names: HashSet<String>,
    initial: HashSet<(VarId, StmtKey)>,
    unions: HashMap<UnionId, String>,
    records: HashMap<RecordId, String>,
    modules: ArenaMap<Module, String>,
}

impl ItemNames {
    /// Names for a program.
    pub fn new(program: &Program, types: &Types, layouts: &super::layout::Layouts) -> ItemNames {
        let mut values: HashMap<ModuleId, Namer> = HashMap::default();
        let mut type_names = Namer::default();
        let mut modules = ArenaMap::default();
        let mut module_names = Namer::default();
        module_names.reserve("main");
        for (id, module) in program.modules.iter() {
            let mut namer = Namer::default();
            for text in ["main", "script"] {
                namer.reserve(text);
            }
            values.insert(id, namer);
            let text = module.name.rsplit('.').next().unwrap_or(&module.name);
            let text = module_names.fresh(&names::snake(text));
            modules.insert(id, text);
        }
        let mut classes = ArenaMap::default();
        for (id, class) in program.classes.iter() {
            let copies = (2u32..).map(|n| format!("{}{n}", class.name));
            let mut texts = std::iter::once(class.name.clone()).chain(copies);
            let text = texts.find(|text| !type_names.is_taken(text)).unwrap_or_default();
            classes.insert(id, type_names.fresh(&text));
        }
        let mut unions = HashMap::default();
        for (id, union) in types.unions.iter() {
            unions.insert(id, type_names.fresh(&union.name));
        }
        let mut records = HashMap::default();
        for (id, record) in types.records.iter() {
            records.insert(id, type_names.fresh(&record.name));
        }
        let mut functions = ArenaMap::default();
        for (id, function) in program.functions.iter() {
            let text = if let Some(method) = function.method {
                super::class::full_text(program, layouts.of(method.class), id)
            } else if function.parent.is_some() {
                names::definition(&function.name)
            } else {
                match values.get_mut(&function.module) {
                    Some(namer) => namer.fresh(&function.name),
                    None => names::definition(&function.name),
                }
            };
            functions.insert(id, text);
        }
        let mut taken: HashMap<ModuleId, Namer> = HashMap::default();
        let statics =
            global::statics(program, types, |module, text| taken.entry(module).or_default().fresh(&names::upper(text)));
        let static_names = statics.iter().map(|(_, entry)| entry.name.clone()).collect();
        let initial = statics.iter().filter_map(|(var, entry)| Some((var, entry.initial?.0))).collect();
        let function_names = Rc::new(functions.iter().map(|(_, text)| text.clone()).collect());
        ItemNames { functions, function_names, classes, statics, static_names, initial, unions, records, modules }
    }

    /// A function's name.
    pub fn function(&self, id: FnId) -> String {
        self.functions.get(id).cloned().unwrap_or_default()
    }

    /// Every function's name: what temporaries must not hide.
    pub fn function_names(&self) -> Rc<HashSet<String>> {
        self.function_names.clone()
    }

    /// A class's name.
    pub fn class(&self, id: ClassId) -> String {
        self.classes.get(id).cloned().unwrap_or_default()
    }

    /// A union's name.
    pub fn union(&self, id: UnionId) -> String {
        self.unions.get(&id).cloned().unwrap_or_default()
    }

    /// A record's name.
    pub fn record(&self, id: RecordId) -> String {
        self.records.get(&id).cloned().unwrap_or_default()
    }

    /// How a global variable is kept.
    pub fn static_of(&self, var: VarId) -> Option<&Static> {
        self.statics.get(var)
    }

    /// Whether a `let` of this name would be taken for a static.
    pub fn is_static(&self, text: &str) -> bool {
        self.static_names.contains(text)
    }

    /// Whether this assignment is the declaration of the static.
    pub fn is_initial(&self, var: VarId, at: StmtKey) -> bool {
        self.initial.contains(&(var, at))
    }

    /// A module's name.
    pub fn module(&self, id: ModuleId) -> String {
        self.modules.get(id).cloned().unwrap_or_default()
    }
}

impl Emitter<'_> {
    /// `crate::helpers` of a module of the program.
    pub(super) fn module_path(&self, module: ModuleId) -> String {
        if self.program.entry == Some(module) {
            "crate".into()
        } else {
            format!("crate::{}", self.names.module(module))
        }
    }

    /// The path of a function from the module at hand.
    pub(super) fn function_path(&self, function: FnId) -> String {
        let inner = &self.program.functions[function];
        let text = self.names.function(function);
        if let Some(method) = inner.method {
            let class = if self.is_exception(method.class) {
                self.class_name(method.class)
            } else {
                let top = self.layouts.of(method.class).top().unwrap_or(method.class);
                self.class_name(top)
            };
            let path = format!("{class}::{text}");
            return if inner.module == self.module {
                path
            } else {
                format!("{}::{path}", self.module_path(inner.module))
            };
        }
        if inner.module == self.module || inner.parent.is_some() {
            text
        } else {
            format!("{}::{text}", self.module_path(inner.module))
        }
    }

    /// A module of the program is imported for the first time: its statements run.
    pub(super) fn import_stmt(&mut self, module: ModuleId) {
        let path = format!("{}::script", self.module_path(module));
        let call = super::build::call_path(&path, Vec::new());
        let call = self.question(call);
        self.out.push(super::build::stmt(call));
    }
}

/// Whether a statement of a module is in its `script`; definitions are items.
fn runs(kind: &StmtKind) -> bool {
    !matches!(kind, StmtKind::Def { .. } | StmtKind::Class { .. } | StmtKind::Pass)
}

/// The comments and blank lines above an item.
fn trivia(trivia: &Trivia, pieces: &mut Vec<Piece>) {
    if !trivia.comments.is_empty() {
        pieces.push(Piece::Blank);
    }
    for (at, comment) in trivia.comments.iter().enumerate() {
        if at > 0 && comment.blank_before {
            pieces.push(Piece::Blank);
        }
        pieces.push(Piece::Comment(comment.text.clone()));
    }
}

/// A module as a file.
pub fn module(emitter: &mut Emitter<'_>, id: ModuleId, module: &Module) -> EmittedFile {
    emitter.module = id;
    emitter.imports = BTreeSet::new();
    emitter.functions = Vec::new();
    emitter.extra = Vec::new();
    let is_entry = emitter.program.entry == Some(id);
    let mut items: Vec<Piece> = Vec::new();
    let mut header: Vec<Piece> = Vec::new();
    let file = emitter.files.file(module.file);
    let base = file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path).to_string();
    header.push(Piece::Comment(format!(" {base}")));
    if let Some(docs) = &module.docs {
        header.push(Piece::Comment(String::new()));
        header.extend(comment_lines(docs).into_iter().map(Piece::Comment));
    }
    let around = emitter.enter_body(None, Kind::Script, true, Ty::None);
    let statics: Vec<VarId> = emitter
        .program
        .vars
        .iter()
        .filter(|(var, info)| {
            info.module == id && info.storage == Storage::Global && emitter.names.static_of(*var).is_some()
        })
        .map(|(var, _)| var)
        .collect();
    let mut declared: HashSet<VarId> = HashSet::default();
    let mut started = false;
    let mut script: Vec<Stmt> = Vec::new();
    for inner in &module.body.stmts {
        let initial = match &inner.kind {
            StmtKind::Assign { targets, .. } => match targets[..] {
                [hir::Target::Var(var)] if emitter.names.is_initial(var, key(inner)) => Some(var),
                _ => None,
            },
            _ => None,
        };
        match &inner.kind {
            StmtKind::Pass if !started => {
                let mut above = inner.trivia.clone();
                above.comments.retain(|comment| comment.text.trim() != base);
                if items.is_empty() && header.len() == 1 {
                    // The comments that a file opens with join its name.
                    header.extend(above.comments.into_iter().map(|comment| Piece::Comment(comment.text)));
                } else {
                    trivia(&above, if items.is_empty() { &mut header } else { &mut items });
                }
            }
            StmtKind::Def { function, var } => {
                trivia(&inner.trivia, &mut items);
                let item = emitter.function_item(*function);
                items.extend(std::mem::take(&mut emitter.extra));
                items.push(Piece::item(public(item, is_entry)));
                let stmts = emitter.in_block(|emitter| {
                    emitter.mark(inner.span);
                    let marked = emitter.out.len();
                    emitter.nested_def(*function, *var);
                    if emitter.out.len() == marked {
                        emitter.out.clear();
                    }
                });
                script.extend(stmts);
            }
            StmtKind::Class { class, var } => {
                trivia(&inner.trivia, &mut items);
                let made = emitter.class_items(*class);
                items.extend(std::mem::take(&mut emitter.extra));
                items.extend(made.into_iter().map(|item| Piece::item(public(item, is_entry))));
                let stmts = emitter.in_block(|emitter| {
                    emitter.mark(inner.span);
                    let marked = emitter.out.len();
                    emitter.class_stmt(*class, *var);
                    if emitter.out.len() == marked {
                        emitter.out.clear();
                    }
                });
                script.extend(stmts);
            }
            _ if initial.is_some() => {
                let Some(var) = initial else { continue };
                trivia(&inner.trivia, &mut items);
                let item = emitter.static_item(var);
                items.push(Piece::line(public(item, is_entry)));
                declared.insert(var);
            }
            _ => {
                started = true;
                std::mem::swap(&mut emitter.out, &mut script);
                let first = emitter.out.is_empty();
                emitter.statement(inner, first);
                std::mem::swap(&mut emitter.out, &mut script);
                items.extend(std::mem::take(&mut emitter.extra));
            }
        }
    }
    let stmts = std::mem::take(&mut script);
    let stmts = emitter.in_block(|emitter| {
        emitter.out = stmts;
        print::trivia(&module.trailing, false, &mut emitter.out);
        print::trivia(&module.body.trailing, false, &mut emitter.out);
        let last = module.body.stmts.iter().rev().find(|inner| runs(&inner.kind));
        let bare = module.trailing.comments.is_empty() && module.body.trailing.comments.is_empty();
        if super::ends::ends_by_itself(&emitter.out) {
            if let Some(Stmt::Expr(syn::Expr::Return(inner), _)) = emitter.out.last_mut()
                && let Some(value) = inner.expr.take()
            {
                emitter.out.pop();
                emitter.out.push(super::build::tail(*value));
            }
            return;
        }
        match last {
            Some(hir::Stmt { kind: StmtKind::Expr(value), .. }) if bare => emitter.fall_off_after(*value),
            _ => emitter.fall_off(),
        }
    });
    items.extend(std::mem::take(&mut emitter.extra));
    let late: Vec<VarId> = statics.into_iter().filter(|var| !declared.contains(var)).collect();
    let late: Vec<Piece> = late
        .into_iter()
        .map(|var| {
            let item = emitter.static_item(var);
            Piece::line(public(item, is_entry))
        })
        .collect();
    let made = emitter.generated_items(id);
    let script = emitter.item_fn("script", Some(parse_quote!(PyResult)), stmts);
    emitter.body = around;
    let mut pieces = header;
    pieces.push(Piece::Blank);
    if emitter.options.standalone {
        let lints = names::lints(emitter.program);
        if !lints.is_empty() {
            pieces.push(Piece::Allow(lints));
            pieces.push(Piece::Blank);
        }
    }
    if is_entry {
        for (other, _) in emitter.program.modules.iter() {
            if other != id {
                let text = ident(&emitter.names.module(other));
                pieces.push(Piece::line(parse_quote!(mod #text;)));
            }
        }
        if emitter.program.modules.len() > 1 {
            pieces.push(Piece::Blank);
        }
    }
    // In the order that rustfmt gives them: `prelude` among the modules.
    let (before, after): (Vec<&String>, Vec<&String>) =
        emitter.imports.iter().partition(|text| text.as_str() < "prelude");
    let [before, after] = [before, after].map(|list| list.into_iter().map(|text| ident(text)).collect::<Vec<_>>());
    pieces.push(Piece::line(if before.is_empty() && after.is_empty() {
        parse_quote!(
            use aio2rust_runtime::prelude::*;
        )
    } else {
        parse_quote!(use aio2rust_runtime::{#(#before,)* prelude::*, #(#after),*};)
    }));
    pieces.push(Piece::Blank);
    pieces.extend(late);
    pieces.extend(made.into_iter().map(|item| Piece::item(public(item, is_entry))));
    pieces.extend(items);
    pieces.push(Piece::item(public(Item::Fn(script), is_entry)));
    if is_entry {
        let main: Item = if emitter.options.standalone {
            parse_quote!(
                fn main() -> ExitCode {
                    exit_code(script, "")
                }
            )
        } else {
            parse_quote!(
                fn main() -> ExitCode {
                    exit_code(script, include_str!("main.map"))
                }
            )
        };
        pieces.push(Piece::item(main));
    }
    let (text, mut marks) = print::print(pieces);
    // What is dropped with the script's variables is dropped when the program is over.
    if let Some(main) = text.lines().position(|line| line == "fn main() -> ExitCode {") {
        let module = marks.last().map_or(0, |(.., function)| *function);
        marks.push((main as u32 - 1, 0, module));
    }
    let source = emitter.files.file(module.file);
    let map = marks
        .into_iter()
        .map(|(rust, python, function)| MapLine {
            rust,
            python,
            function: emitter.functions.get(function as usize).cloned().unwrap_or_default(),
            text: source.line_text(python as usize).trim().to_string(),
        })
        .collect();
    let definitions = definitions(emitter.program, id, source);
    let path = if is_entry { "main.rs".to_string() } else { format!("{}.rs", emitter.names.module(id)) };
    EmittedFile {
        path,
        text,
        python: source.path.clone(),
        map,
        definitions,
        uses: std::mem::take(&mut emitter.imports),
    }
}

/// Where the functions of a module begin, as code objects say it: with their first decorator.
fn definitions(program: &Program, module: ModuleId, source: &SourceFile) -> Vec<Definition> {
    let functions = program.functions.iter().map(|(_, function)| function);
    let own = functions.filter(|function| function.module == module && function.name != "<lambda>");
    own.map(|function| {
        let mut line = source.line(function.span.start);
        while line > 1 && source.line_text(line - 1).trim_start().starts_with('@') {
            line -= 1;
        }
        let is_generator = function.kind == FnKind::Coroutine { legacy: true };
        Definition { line: line as u32, name: function.qualname.clone(), is_generator }
    })
    .collect()
}

/// Items of imported modules are `pub`; of the entry nothing is.
fn public(mut item: Item, is_entry: bool) -> Item {
    let vis: Visibility = if is_entry { Visibility::Inherited } else { parse_quote!(pub) };
    match &mut item {
        Item::Fn(item) => item.vis = vis,
        Item::Static(item) => item.vis = vis,
        Item::Const(item) => item.vis = vis,
        Item::Struct(item) => item.vis = vis,
        Item::Enum(item) => item.vis = vis,
        _ => {}
    }
    item
}
