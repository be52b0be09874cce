//! The last pass: live ranges become variables, modules stand in the order in which they run.

use rustc_hash::FxHashMap;

use super::flow::{Facts, Flow, Webs};
use super::{Lowerer, SymId, remap};
use crate::arena::Arena;
use crate::hir::walk;
use crate::hir::*;
use crate::source::Span;

impl Lowerer<'_, '_> {
    /// Puts the program together.
    pub(super) fn finish(self, entry: usize) -> Program {
        let reads = self.reads_by_calls();
        let swallows = self.swallowing_managers();
        let facts = Facts {
            program: &self.program,
            occurrences: &self.occurrences,
            syms: &self.syms,
            captures: &self.captures,
            reads: &reads,
            swallows,
        };
        let mut flow = Flow::new(facts);
        for (at, module) in &self.module_bodies {
            flow.module(*at, &module.body, *at == entry);
        }
        for id in self.program.functions.ids() {
            flow.function(id);
        }
        let webs = flow.webs(&|sym| self.is_whole(sym));
        self.renumber(webs, entry)
    }

    /// Whether a variable is used beyond its own function: it is never split.
    fn is_whole(&self, sym: SymId) -> bool {
        let of = &self.syms[sym];
        !of.users.is_empty() || of.foreign_write || of.read_late || of.shared
    }

    fn storage(&self, sym: SymId, webs: &Webs) -> Storage {
        let of = &self.syms[sym];
        if of.owner.is_none() && !of.is_comp {
            return if !of.users.is_empty() || of.shared { Storage::Global } else { Storage::Local };
        }
        let moves = of.foreign_write || webs.assigned_after_capture(sym);
        if !of.users.is_empty() && moves && !of.is_default { Storage::Cell } else { Storage::Local }
    }

    /// Whether the program has a context manager of its own that may swallow exceptions: an `__exit__` that gives back
    /// anything, or a generator with `except` that may be made one.
    fn swallowing_managers(&self) -> bool {
        let made = self.program.exprs.iter().any(|(_, expr)| match expr {
            Expr::Call(Call { callee: Callee::Stub(of), .. }) => {
                of.module == "contextlib" && walk::swallows_by_name(&of.name)
            }
            _ => false,
        });
        made || ["__exit__", "__aexit__"].iter().any(|name| walk::exits_swallow(&self.program, name))
    }

    fn renumber(mut self, mut webs: Webs, entry: usize) -> Program {
        let mut vars: Arena<Var> = Arena::default();
        vars.reserve(self.occurrences.len());
        let mut by_web: FxHashMap<u32, VarId> = FxHashMap::default();
        let mut first_of_sym: FxHashMap<SymId, VarId> = FxHashMap::default();
        let modules = self.module_numbers();
        let mut of_var: Vec<Option<VarId>> = vec![None; self.occurrences.len()];
        let defined: Vec<bool> = (0..self.occurrences.len()).map(|raw| self.syms_base(raw)).collect();
        for raw in 0..self.occurrences.len() {
            if defined[raw] {
                continue;
            }
            let sym = self.occurrences[raw].sym;
            let web = webs.of_def(VarId::from_raw(raw as u32)).unwrap_or_else(|| webs.whole(sym));
            let id = match by_web.get(&web) {
                Some(id) => *id,
                None => {
                    let id = self.new_var(&mut vars, sym, &webs, &modules, self.occurrences[raw].span);
                    vars[id].maybe_unbound = webs.is_tainted(web);
                    by_web.insert(web, id);
                    first_of_sym.entry(sym).or_insert(id);
                    id
                }
            };
            let occurrence = &self.occurrences[raw];
            let var = &mut vars[id];
            var.is_exception |= occurrence.is_exception;
            if let Some(annotation) = &occurrence.annotation
                && var.annotation.as_ref().is_none_or(|old| {
                    self.syms[sym].annotation.as_ref().is_some_and(|declared| declared.span == old.span)
                })
            {
                var.annotation = Some(annotation.clone());
            }
            of_var[raw] = Some(id);
        }
        // Reads: of a live range, of a variable that is never bound, or where no way leads.
        let reads: Vec<(ExprId, VarId)> = self
            .program
            .exprs
            .iter()
            .filter_map(|(id, expr)| match expr {
                Expr::Var(var) => Some((id, *var)),
                _ => None,
            })
            .collect();
        for (expr, base) in reads {
            let sym = self.occurrences[base.at()].sym;
            let whole = self.is_whole(sym);
            let web = if whole { Some(webs.whole(sym)) } else { webs.of_read(expr) };
            let known = match web {
                Some(web) => by_web.get(&web).copied(),
                None => first_of_sym.get(&sym).copied(),
            };
            let id = match known {
                Some(id) => id,
                None => {
                    let span = self.program.span(expr);
                    let id = self.new_var(&mut vars, sym, &webs, &modules, span);
                    vars[id].maybe_unbound = true;
                    if let Some(web) = web {
                        by_web.insert(web, id);
                    }
                    first_of_sym.entry(sym).or_insert(id);
                    id
                }
            };
            self.program.exprs[expr] = Expr::Var(id);
        }
        self.assemble(vars, &of_var, &first_of_sym, &modules, entry)
    }

    /// Whether a provisional variable only stands for reads.
    fn syms_base(&self, raw: usize) -> bool {
        self.syms[self.occurrences[raw].sym].base.at() == raw
    }

    fn new_var(&self, vars: &mut Arena<Var>, sym: SymId, webs: &Webs, modules: &[ModuleId], span: Span) -> VarId {
        let of = &self.syms[sym];
        let mut var = Var::local(&of.name, of.owner, modules[of.module], span);
        var.storage = self.storage(sym, webs);
        var.annotation.clone_from(&of.annotation);
        vars.alloc(var)
    }

    /// The final number of each module: the order in which they run.
    fn module_numbers(&self) -> Vec<ModuleId> {
        let mut numbers = vec![ModuleId::from_raw(0); self.sources.len()];
        for (place, at) in self.order.iter().enumerate() {
            numbers[*at] = ModuleId::from_raw(place as u32);
        }
        numbers
    }

    fn assemble(
        mut self,
        vars: Arena<Var>,
        of_var: &[Option<VarId>],
        first_of_sym: &FxHashMap<SymId, VarId>,
        modules: &[ModuleId],
        entry: usize,
    ) -> Program {
        let mut program = std::mem::take(&mut self.program);
        let map = remap::Map { vars: of_var, modules };
        for module in self.module_bodies.values_mut() {
            map.block(&mut module.body);
            module.imports.iter_mut().for_each(|id| *id = modules[id.at()]);
        }
        let expr_ids: Vec<ExprId> = program.exprs.ids().collect();
        for id in expr_ids {
            map.expr(&mut program.exprs[id]);
        }
        let ids: Vec<FnId> = program.functions.ids().collect();
        for id in ids {
            let function = &mut program.functions[id];
            map.function(function);
            if let Some(captures) = self.captures.get(&id) {
                let captured = captures.iter().filter(|sym| {
                    let of = &self.syms[**sym];
                    (of.owner.is_some() || of.is_comp) && of.owner != Some(id)
                });
                function.captures = captured.filter_map(|sym| first_of_sym.get(sym).copied()).collect();
            }
        }
        let class_ids: Vec<ClassId> = program.classes.ids().collect();
        for id in class_ids {
            let class = &mut program.classes[id];
            class.module = modules[class.module.at()];
        }
        program.vars = vars;
        let mut bodies = std::mem::take(&mut self.module_bodies);
        for at in &self.order {
            if let Some(module) = bodies.remove(at) {
                program.modules.alloc(module);
            }
        }
        place_vars(&mut program);
        program.entry = Some(modules[entry]);
        program
    }
}

/// Hands each variable to its function or module.
fn place_vars(program: &mut Program) {
    let mut is_param = vec![false; program.vars.len()];
    for (_, function) in program.functions.iter() {
        function.params.iter().for_each(|param| is_param[param.var.at()] = true);
    }
    let ids: Vec<VarId> = program.vars.ids().collect();
    for id in ids {
        let (owner, module) = (program.vars[id].owner, program.vars[id].module);
        match owner {
            Some(_) if is_param[id.at()] => {}
            Some(owner) => program.functions[owner].locals.push(id),
            None => program.modules[module].vars.push(id),
        }
    }
}
