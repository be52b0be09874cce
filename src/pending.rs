//! Stands in for stages that have not landed yet.

use crate::hir::Program;
use crate::infer::Types;

pub fn dump_types(_: &Program, _: &Types) -> String {
    String::new()
}
