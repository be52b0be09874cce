//! Binding of `hasattr(x, "name")` and `getattr(x, "name", default)`.

use super::Binder;
use crate::hir::*;
use crate::infer::shape::Con;
use crate::infer::{Resolved, StubCall};
use crate::stubs::{Pass, RustForm};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// The first argument is the attribute: `x.name`. It is bound where an object may have it.
    pub fn named_attribute(&mut self, key: (ExprId, u32), name: &StubRef, args: &[Arg]) -> Ty {
        let natural = self.natural(key.0);
        let asks = name.name == "_hasattr";
        let attribute = args[0].value();
        let default = args.get(1).map(Arg::value);
        let program = self.s.program;
        let has = match &program.exprs[attribute] {
            Expr::Attr(object, text) => {
                self.value(*object);
                let slot = self.slot(*object);
                match self.single(slot) {
                    Some(con) => self.may_have(&con, text),
                    None if self.ty(slot) == Ty::None => Some(false),
                    None => {
                        let span = self.span(key.0);
                        let title = "an attribute that only some of these values have is not translated yet";
                        return self.unsupported(key, span, title, None);
                    }
                }
            }
            // Lowering knows it.
            _ => Some(true),
        };
        if asks {
            match has {
                Some(known) => self.resolve(key, Resolved::Known(known)),
                None => self.resolve(key, named("builtins::hasattr", Vec::new())),
            }
            return Ty::Bool;
        }
        let mut list = Vec::new();
        if has != Some(false) {
            self.value_as(attribute, &natural);
            list.push(self.positional(Pass::Value, "attribute", attribute, natural.clone()));
        }
        if let Some(default) = default {
            self.value_as(default, &natural);
            list.push(self.positional(Pass::Value, "default", default, natural.clone()));
        }
        self.resolve(key, named("builtins::getattr", list));
        natural
    }

    /// Whether values have an attribute; `None`: it depends on the object.
    fn may_have(&mut self, con: &Con, name: &str) -> Option<bool> {
        if let Con::Class(class) = con {
            let below = self.s.slots.hierarchy.below(*class).to_vec();
            let some = below.iter().any(|&class| {
                let attribute = |class: ClassId| {
                    self.s.program.classes[class].attributes.iter().any(|attribute| attribute.name == name)
                };
                self.s.find_method(class, name).is_some()
                    || self.s.field(class, name).is_some()
                    || self.s.classes_above(class).into_iter().any(attribute)
            });
            return if some { None } else { Some(false) };
        }
        let Some((class, args)) = self.s.class_of(con) else { return Some(false) };
        let has = self.s.find_stub_method(&class, &args, name).is_some()
            || self.s.find_stub_attribute(&class, &args, name).is_some()
            || self.s.unsupported_member(&class, name).is_some();
        Some(has)
    }
}

fn named(rust: &str, args: Vec<crate::infer::StubArg>) -> Resolved {
    Resolved::Stub(StubCall {
        of: StubRef::new("builtins", rust.replace("builtins::", "_")),
        method: "".into(),
        rust: RustForm::Path(rust.into()),
        args,
        nothrow: true,
        is_async: false,
        intrinsic: true,
    })
}
