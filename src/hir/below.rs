//! The classes of a program, seen from above: what derives from each.

use rustc_hash::FxHashMap as HashMap;

use super::{ClassId, FnId, Program};

/// The classes at or below each.
#[derive(Debug, Default)]
pub struct Below(HashMap<ClassId, Vec<ClassId>>);

impl Below {
    /// Goes through a program.
    pub fn new(program: &Program) -> Below {
        let mut below = Below::default();
        for (id, _) in program.classes.iter().filter(|(_, inner)| !inner.made) {
            for above in program.above(id) {
                below.0.entry(above).or_default().push(id);
            }
        }
        below
    }

    /// The classes at or below one.
    pub fn of(&self, class: ClassId) -> &[ClassId] {
        self.0.get(&class).map_or(&[], Vec::as_slice)
    }

    /// The methods that override one.
    pub fn overriding<'p>(&self, program: &'p Program, function: FnId) -> impl Iterator<Item = FnId> + use<'_, 'p> {
        let name = &program.functions[function].name;
        let below = program.functions[function].method.map_or(&[][..], |method| self.of(method.class));
        let methods = below.iter().flat_map(|class| program.classes[*class].methods.iter().copied());
        methods.filter(move |id| *id != function && program.functions[*id].name == *name)
    }
}
