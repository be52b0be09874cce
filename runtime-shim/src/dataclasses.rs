//! `dataclasses`: what is raised when a frozen object is changed.
use crate::exception::AttributeError;
use crate::exception::builtin::class;

class! {
    @ /// `dataclasses.FrozenInstanceError`
    FrozenInstanceError: AttributeError, "dataclasses";
}
