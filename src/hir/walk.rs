//! Visits to every node of a block.
