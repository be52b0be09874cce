//! Folds of Python's tree that leave every node at its place.

use std::convert::Infallible;

use rustpython_parser::ast::{self, fold::Fold};
use rustpython_parser::text_size::TextRange;

/// What such folds have in common, for their `impl Fold<TextRange>`.
macro_rules! keep_places {
    () => {
        type TargetU = rustpython_parser::text_size::TextRange;
        type Error = std::convert::Infallible;
        type UserContext = ();

        fn will_map_user(&mut self, _: &Self::TargetU) {}

        fn map_user(&mut self, range: Self::TargetU, (): ()) -> Result<Self::TargetU, Self::Error> {
            Ok(range)
        }
    };
}
pub(crate) use keep_places;

/// Folds statements.
pub fn change<F>(fold: &mut F, suite: &mut Vec<ast::Stmt>)
where
    F: Fold<TextRange, TargetU = TextRange, Error = Infallible, UserContext = ()>,
{
    let Ok(changed) = fold.fold(std::mem::take(suite));
    *suite = changed;
}

/// Shows statements to a fold that only looks.
pub fn look<F>(fold: &mut F, suite: &[ast::Stmt])
where
    F: Fold<TextRange, TargetU = TextRange, Error = Infallible, UserContext = ()>,
{
    for stmt in suite {
        let Ok(_) = fold.fold_stmt(stmt.clone());
    }
}
