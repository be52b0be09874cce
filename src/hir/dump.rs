//! The stable text form of the HIR.
