//! What an operation does when its operands are known.

use super::shape::Con;
use super::solver::{Op, Solver};

impl Solver<'_> {
    /// Fires one operation.
    pub fn fire(&mut self, op: &Op) {
        match op {
            Op::Narrow { from, filter, to } => self.narrow(*from, filter, *to),
            Op::Call { site, callee } => {
                let shape = self.read(*callee);
                if shape.dynamic {
                    self.slots.make_dynamic(site.out);
                }
                for con in &shape.alts {
                    self.call_value(con, &site.args, site.out);
                }
            }
            Op::Function { site, function } => self.call_function(*function, None, &site.args, site.out),
            Op::New { site, class } => self.call_class(*class, &site.args, site.out),
            Op::Stub { site, name } => self.call_stub(name, &site.args, site.out),
            Op::Method { site, recv, name } => self.call_method_of(*recv, name, &site.args, site.out),
            Op::Super { site, class, recv, name } => self.call_super(*class, *recv, name, site),
            Op::Attr { value, name, out, .. } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    self.attribute(con, *value, name, *out);
                }
            }
            Op::SetAttr { object, name, value, .. } => self.set_attribute(*object, name, *value),
            Op::Binary { op, left, right, in_place, site } => self.binary(*op, *left, *right, *in_place, site),
            Op::Unary { op, value, site } => self.unary(*op, *value, site.out),
            Op::Compare { op, left, right, site } => self.compare(*op, *left, *right, site),
            Op::Index { value, index, constant, key, site } => {
                self.index(*value, *index, *constant, key.as_deref(), site)
            }
            Op::Slice { value, site } => self.slice(*value, site.out),
            Op::Iterate { iter, out, is_async, .. } => {
                let shape = self.read(*iter);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    if let Some(element) = self.element(con, *is_async) {
                        // A loop's variable is what the container holds.
                        self.told_edges.push((*out, element));
                        self.slots.flow(element, *out);
                    }
                }
            }
            Op::Await { value, out, .. } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    if let Some(result) = self.awaited(con) {
                        self.slots.flow(result, *out);
                    }
                }
            }
            Op::Enter { context, is_async, site, swallows } => {
                let shape = self.read(*context);
                if shape.dynamic {
                    self.slots.make_dynamic(site.out);
                }
                for con in &shape.alts {
                    self.enter(con, *context, *is_async, site.out);
                    if let (Con::Class(_), Some(swallows)) = (con, swallows) {
                        self.slots.add_none(*swallows);
                    }
                }
            }
            Op::Unpack { value, targets, star } => self.unpack(*value, targets, *star),
            Op::Spawn { value, out, keeps_futures } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    match con {
                        Con::Task(_) | Con::Future(_) if *keeps_futures => self.slots.add(*out, con.clone()),
                        con => {
                            if let Some(result) = self.awaited(con) {
                                let own = self.own_slot(0x7370_776e);
                                self.slots.flow(result, own);
                                self.slots.add(*out, Con::Task(own));
                            }
                        }
                    }
                }
            }
            Op::Delegate { value, yields, sends, out } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*yields);
                    self.slots.make_dynamic(*out);
                }
                let mut plain = false;
                // What `__iter__` of an object gives is delegated to.
                let mut alts = Vec::new();
                for con in &shape.alts {
                    match con {
                        Con::Class(_) if self.has_method(con, "__iter__") => {
                            let iterator = self.iterator(con);
                            alts.extend(self.read(iterator).alts);
                        }
                        con => alts.push(con.clone()),
                    }
                }
                for con in &alts {
                    match con {
                        Con::Gen(theirs, sent, result) => {
                            self.slots.flow(*theirs, *yields);
                            self.slots.flow(*sends, *sent);
                            self.slots.flow(*result, *out);
                        }
                        Con::Class(_) => {
                            plain = true;
                            let this = self.own_con_of(con);
                            self.call_method(con, this, "__next__", &[], *yields);
                        }
                        con => {
                            plain = true;
                            if let Some(element) = self.element(con, false) {
                                self.slots.flow(element, *yields);
                            }
                        }
                    }
                }
                if plain {
                    self.slots.add_none(*out);
                }
            }
            Op::Spread { iter, element } => {
                let shape = self.read(*iter);
                if shape.dynamic {
                    self.slots.make_dynamic(*element);
                }
                for con in &shape.alts {
                    if let Some(from) = self.element(con, false) {
                        self.slots.flow(from, *element);
                    }
                }
            }
            Op::SpreadDict { value, keys, values } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*keys);
                    self.slots.make_dynamic(*values);
                }
                for con in &shape.alts {
                    match con {
                        Con::Dict(key, value) => {
                            self.slots.flow(*key, *keys);
                            self.slots.flow(*value, *values);
                        }
                        Con::Stub(_, args) if args.len() == 2 => {
                            self.slots.flow(args[0], *keys);
                            self.slots.flow(args[1], *values);
                        }
                        _ => {}
                    }
                }
            }
            Op::Fallthrough { result, gates } => {
                let closed = gates.iter().any(|&gate| self.read(gate).is_bottom());
                if !closed {
                    self.slots.add_none(*result);
                }
            }
        }
    }
}
