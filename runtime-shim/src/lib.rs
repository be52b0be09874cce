//! What programs translated by aio2rust link to.
