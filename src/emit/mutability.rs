//! Which names need `mut`: read off the Rust that was written, as rustc reads it.
//!
//! A name needs it where an assignment may not be its first: after its `let x = …`, again after another one, in a loop
//! that comes round, or inside a closure or an `async` block.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use syn::{Block, Expr, ImplItem, Item, Pat, PatIdent, Stmt};

use super::macros;

/// Methods that change the text or the collection they are called on.
const CHANGING: [&str; 7] = ["push_str", "push_bytes", "matching", "matching_any", "matching_if", "handled", "take"];

/// Methods that take their receiver as `&mut self`, of whatever type it is.
const TAKING: [&str; 3] = ["by_ref", "next_yield", "collect_yields"];

/// The same of a `Vec`, which the lists of a program are not.
const CHANGING_VEC: [&str; 2] = ["push", "extend"];

/// Writes `mut` where it is needed and nowhere else.
pub fn settle(item: &mut Item) {
    let mut walk = Walk::default();
    walk.item(item);
    if walk.bindings.iter().all(|binding| binding.declared == binding.mutable()) {
        return;
    }
    let needed: HashSet<usize> =
        walk.bindings.iter().filter(|binding| binding.mutable()).map(|binding| binding.place).collect();
    let known: HashSet<usize> = walk.bindings.iter().map(|binding| binding.place).collect();
    let mut write = Write { needed, known };
    syn::visit_mut::visit_item_mut(&mut write, item);
}

struct Write {
    needed: HashSet<usize>,
    known: HashSet<usize>,
}

impl syn::visit_mut::VisitMut for Write {
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        let place = place(pat);
        if self.known.contains(&place) {
            pat.mutability = self.needed.contains(&place).then(Default::default);
        }
    }
}

/// Where a name is declared: its address, which is fixed while the item is.
fn place(pat: &PatIdent) -> usize {
    std::ptr::from_ref(pat) as usize
}

#[derive(Debug)]
struct Binding {
    place: usize,
    /// The closures and `async` blocks around it.
    depth: u32,
    /// It has a value from the beginning.
    starts: bool,
    declared: bool,
    needs: bool,
    /// One of [`CHANGING`] is called on it.
    changed: bool,
    /// It is a `Vec`.
    vec: bool,
}

impl Binding {
    fn mutable(&self) -> bool {
        self.needs || self.declared && self.changed
    }
}

/// The names that may have a value; `None` where control does not get.
type State = Option<HashSet<usize>>;

#[derive(Default)]
struct Walk {
    bindings: Vec<Binding>,
    by_place: HashMap<usize, usize>,
    scopes: Vec<HashMap<String, usize>>,
    depth: u32,
    state: State,
    loops: Vec<Loop>,
}

struct Loop {
    label: Option<String>,
    breaks: State,
    continues: State,
    is_loop: bool,
}

fn join(a: State, b: State) -> State {
    match (a, b) {
        (Some(mut a), Some(b)) => {
            a.extend(b);
            Some(a)
        }
        (a, b) => a.or(b),
    }
}

impl Walk {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Fn(item) => self.function(&item.sig, &item.block),
            Item::Impl(item) => {
                for inner in &item.items {
                    if let ImplItem::Fn(inner) = inner {
                        self.function(&inner.sig, &inner.block);
                    }
                }
            }
            Item::Static(item) => self.apart(|walk| walk.expr(&item.expr)),
            Item::Const(item) => self.apart(|walk| walk.expr(&item.expr)),
            Item::Mod(item) => item.content.iter().flat_map(|(_, items)| items).for_each(|inner| self.item(inner)),
            _ => {}
        }
    }

    /// What does not see the names around it.
    fn apart(&mut self, body: impl FnOnce(&mut Self)) {
        let scopes = std::mem::take(&mut self.scopes);
        let loops = std::mem::take(&mut self.loops);
        let state = self.state.replace(HashSet::default());
        let depth = std::mem::take(&mut self.depth);
        self.scoped(body);
        (self.scopes, self.loops, self.state, self.depth) = (scopes, loops, state, depth);
    }

    fn function(&mut self, sig: &syn::Signature, body: &Block) {
        self.apart(|walk| {
            for input in &sig.inputs {
                if let syn::FnArg::Typed(input) = input {
                    walk.declare(&input.pat, true);
                }
            }
            walk.block(body);
        });
    }

    fn scoped<R>(&mut self, body: impl FnOnce(&mut Self) -> R) -> R {
        self.scopes.push(HashMap::default());
        let done = body(self);
        self.scopes.pop();
        done
    }

    fn block(&mut self, block: &Block) {
        self.scoped(|walk| block.stmts.iter().for_each(|stmt| walk.stmt(stmt)));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Local(local) => {
                if let Some(init) = &local.init {
                    self.expr(&init.expr);
                    if let Some((_, otherwise)) = &init.diverge {
                        let before = self.state.clone();
                        self.expr(otherwise);
                        self.state = before;
                    }
                }
                self.declare(&local.pat, local.init.is_some());
                if let (Pat::Ident(pat), Some(init)) = (&local.pat, &local.init)
                    && let Expr::Call(call) = &*init.expr
                    && let Expr::Path(path) = &*call.func
                    && path.path.segments.first().is_some_and(|first| first.ident == "Vec")
                    && let Some(id) = self.by_place.get(&place(pat)).copied()
                {
                    self.bindings[id].vec = true;
                }
            }
            Stmt::Expr(expr, _) => self.expr(expr),
            Stmt::Item(item) => self.item(item),
            Stmt::Macro(_) => {}
        }
    }

    fn declare(&mut self, pat: &Pat, starts: bool) {
        match pat {
            Pat::Ident(pat) => {
                if let Some((_, inner)) = &pat.subpat {
                    self.declare(inner, starts);
                }
                if pat.by_ref.is_some() {
                    return;
                }
                let (place, depth) = (place(pat), self.depth);
                let id = self.by_place.get(&place).copied().unwrap_or_else(|| {
                    let declared = pat.mutability.is_some();
                    self.bindings.push(Binding {
                        place,
                        depth,
                        starts,
                        declared,
                        needs: false,
                        changed: false,
                        vec: false,
                    });
                    let id = self.bindings.len() - 1;
                    self.by_place.insert(place, id);
                    id
                });
                if let Some(state) = &mut self.state {
                    state.remove(&id);
                }
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert(pat.ident.to_string(), id);
                }
            }
            Pat::Type(pat) => self.declare(&pat.pat, starts),
            Pat::Reference(pat) => self.declare(&pat.pat, starts),
            Pat::Paren(pat) => self.declare(&pat.pat, starts),
            Pat::Tuple(pat) => pat.elems.iter().for_each(|part| self.declare(part, starts)),
            Pat::TupleStruct(pat) => pat.elems.iter().for_each(|part| self.declare(part, starts)),
            Pat::Slice(pat) => pat.elems.iter().for_each(|part| self.declare(part, starts)),
            Pat::Guard(pat) => {
                self.declare(&pat.pat, starts);
                self.expr(&pat.guard);
            }
            Pat::Or(pat) => pat.cases.iter().for_each(|part| self.declare(part, starts)),
            Pat::Struct(pat) => pat.fields.iter().for_each(|field| self.declare(&field.pat, starts)),
            _ => {}
        }
    }

    fn named(&self, expr: &Expr) -> Option<usize> {
        let Expr::Path(path) = expr else { return None };
        let text = path.path.get_ident()?.to_string();
        self.scopes.iter().rev().find_map(|scope| scope.get(&text).copied())
    }

    /// `target = …`, the value evaluated.
    fn assign(&mut self, target: &Expr) {
        match target {
            Expr::Tuple(parts) => parts.elems.iter().for_each(|part| self.assign(part)),
            Expr::Paren(inner) => self.assign(&inner.expr),
            Expr::Path(_) => {
                let Some(id) = self.named(target) else { return };
                let Some(state) = &mut self.state else { return };
                let binding = &mut self.bindings[id];
                binding.needs |= binding.starts || self.depth > binding.depth || state.contains(&id);
                state.insert(id);
            }
            target => {
                self.changes(target);
                self.expr(target);
            }
        }
    }

    /// The name whose value is changed where it stands.
    fn changes(&mut self, target: &Expr) {
        match target {
            Expr::Field(field) => self.changes(&field.base),
            Expr::Index(index) => self.changes(&index.expr),
            target => {
                if let (Some(id), Some(_)) = (self.named(target), &self.state) {
                    self.bindings[id].changed = true;
                }
            }
        }
    }

    /// What may run, at once or later.
    fn perhaps(&mut self, body: impl FnOnce(&mut Self)) {
        let before = self.state.clone();
        let loops = std::mem::take(&mut self.loops);
        self.depth += 1;
        self.scoped(body);
        self.depth -= 1;
        self.loops = loops;
        self.state = join(before, self.state.take());
    }

    fn each<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Assign(assign) => {
                self.expr(&assign.right);
                self.assign(&assign.left);
            }
            Expr::Binary(binary) => {
                use syn::BinOp::*;
                match binary.op {
                    AddAssign(_) | SubAssign(_) | MulAssign(_) | DivAssign(_) | RemAssign(_) | BitXorAssign(_)
                    | BitAndAssign(_) | BitOrAssign(_) | ShlAssign(_) | ShrAssign(_) => {
                        self.expr(&binary.right);
                        match self.named(&binary.left) {
                            Some(id) => self.bindings[id].needs |= self.state.is_some(),
                            None => self.changes(&binary.left),
                        }
                    }
                    And(_) | Or(_) => {
                        self.expr(&binary.left);
                        let before = self.state.clone();
                        self.expr(&binary.right);
                        self.state = join(before, self.state.take());
                    }
                    _ => self.each([&*binary.left, &*binary.right]),
                }
            }
            Expr::MethodCall(call) => {
                self.expr(&call.receiver);
                self.each(&call.args);
                let name = call.method.to_string();
                let vec = self.named(&call.receiver).is_some_and(|id| self.bindings[id].vec);
                if CHANGING.contains(&name.as_str()) || vec && CHANGING_VEC.contains(&name.as_str()) {
                    self.changes(&call.receiver);
                }
                if TAKING.contains(&name.as_str())
                    && let Some(id) = self.named(&call.receiver)
                {
                    self.bindings[id].needs |= self.state.is_some();
                }
            }
            Expr::Reference(inner) => {
                self.expr(&inner.expr);
                if inner.mutability.is_some() {
                    match self.named(&inner.expr) {
                        Some(id) => self.bindings[id].needs |= self.state.is_some(),
                        None => self.changes(&inner.expr),
                    }
                }
            }
            Expr::Closure(closure) => self.perhaps(|walk| {
                closure.inputs.iter().for_each(|input| walk.declare(input, true));
                walk.expr(&closure.body);
            }),
            Expr::Async(inner) => self.perhaps(|walk| walk.block(&inner.block)),
            Expr::Block(inner) => match &inner.label {
                Some(label) => {
                    self.enter(Some(&label.name), false);
                    self.block(&inner.block);
                    let left = self.loops.pop();
                    self.state = join(self.state.take(), left.and_then(|left| left.breaks));
                }
                None => self.block(&inner.block),
            },
            Expr::Unsafe(inner) => self.block(&inner.block),
            Expr::If(inner) => self.scoped(|walk| {
                walk.expr(&inner.cond);
                let before = walk.state.clone();
                walk.block(&inner.then_branch);
                let after = std::mem::replace(&mut walk.state, before);
                if let Some((_, orelse)) = &inner.else_branch {
                    walk.expr(orelse);
                }
                walk.state = join(after, walk.state.take());
            }),
            Expr::Let(inner) => {
                self.expr(&inner.expr);
                self.declare(&inner.pat, true);
            }
            Expr::Match(inner) => {
                self.expr(&inner.expr);
                let before = self.state.clone();
                let mut after = None;
                for arm in &inner.arms {
                    self.state = before.clone();
                    self.scoped(|walk| {
                        walk.declare(&arm.pat, true);
                        walk.expr(&arm.body);
                    });
                    after = join(after, self.state.take());
                }
                self.state = after;
            }
            Expr::Loop(inner) => self.looped(inner.label.as_ref(), |walk| {
                walk.block(&inner.body);
                None
            }),
            Expr::While(inner) => self.looped(inner.label.as_ref(), |walk| {
                walk.scoped(|walk| {
                    walk.expr(&inner.cond);
                    let done = walk.state.clone();
                    walk.block(&inner.body);
                    done
                })
            }),
            Expr::ForLoop(inner) => {
                self.expr(&inner.expr);
                self.looped(inner.label.as_ref(), |walk| {
                    let done = walk.state.clone();
                    walk.scoped(|walk| {
                        walk.declare(&inner.pat, true);
                        walk.block(&inner.body);
                    });
                    done
                });
            }
            Expr::Break(inner) => {
                inner.expr.iter().for_each(|value| self.expr(value));
                self.leave(inner.label.as_ref(), true);
            }
            Expr::Continue(inner) => self.leave(inner.label.as_ref(), false),
            Expr::Return(inner) => {
                inner.expr.iter().for_each(|value| self.expr(value));
                self.state = None;
            }
            Expr::Array(inner) => self.each(&inner.elems),
            Expr::Tuple(inner) => self.each(&inner.elems),
            Expr::Call(inner) if macros::invoked(inner).is_some() => {
                self.each(macros::values(inner));
                if macros::diverges(expr) {
                    self.state = None;
                }
            }
            Expr::Call(inner) => {
                self.expr(&inner.func);
                self.each(&inner.args);
            }
            Expr::Struct(inner) => {
                inner.fields.iter().for_each(|field| self.expr(&field.expr));
                inner.rest.iter().for_each(|rest| self.expr(rest));
            }
            Expr::Await(inner) => self.expr(&inner.base),
            Expr::Try(inner) => self.expr(&inner.expr),
            Expr::Unary(inner) => self.expr(&inner.expr),
            Expr::Cast(inner) => self.expr(&inner.expr),
            Expr::Field(inner) => self.expr(&inner.base),
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Index(inner) => self.each([&*inner.expr, &*inner.index]),
            Expr::Range(inner) => {
                inner.start.iter().for_each(|end| self.expr(end));
                inner.end.iter().for_each(|end| self.expr(end));
            }
            Expr::Repeat(inner) => self.each([&*inner.expr, &*inner.len]),
            _ => {}
        }
    }

    fn enter(&mut self, label: Option<&syn::Lifetime>, is_loop: bool) {
        let label = label.map(|label| label.ident.to_string());
        self.loops.push(Loop { label, breaks: None, continues: None, is_loop });
    }

    /// A loop: the second time its body begins with what the first time left. `turn` gives the state in which it ends.
    fn looped(&mut self, label: Option<&syn::Label>, mut turn: impl FnMut(&mut Self) -> State) {
        let mut head = self.state.clone();
        let mut after = None;
        for _ in 0..2 {
            self.state = head.clone();
            self.enter(label.map(|label| &label.name), true);
            let done = turn(self);
            let left = self.loops.pop();
            let (breaks, continues) = left.map_or((None, None), |left| (left.breaks, left.continues));
            let again = join(join(head.clone(), self.state.take()), continues);
            after = join(done, breaks);
            if again == head {
                break;
            }
            head = again;
        }
        self.state = after;
    }

    fn leave(&mut self, label: Option<&syn::Lifetime>, is_break: bool) {
        let state = self.state.take();
        let found = self.loops.iter_mut().rev().find(|inner| match label {
            Some(label) => inner.label.as_deref() == Some(&*label.ident.to_string()),
            None => inner.is_loop,
        });
        if let Some(found) = found {
            let held = if is_break { &mut found.breaks } else { &mut found.continues };
            *held = join(held.take(), state);
        }
    }
}
