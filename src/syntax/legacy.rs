//! `async` and `await` as Python 3.5 and 3.6 read them: keywords in `async def`, names elsewhere.

use super::token::{Kind, Token};

/// The tokens with `async` and `await` made names where those versions do.
pub(super) fn tokens(tokens: &[Token]) -> Vec<Token> {
    let mut out = tokens.to_vec();
    let mut depth = 0;
    // The depth of the `async def` around, and whether its first line has ended.
    let mut inside: Option<(usize, bool)> = None;
    for index in 0..out.len() {
        match out[index].kind {
            Kind::Indent => depth += 1,
            Kind::Dedent => depth -= 1,
            Kind::Newline => {
                if let Some((_, line_ended)) = &mut inside {
                    *line_ended = true;
                }
            }
            kind => {
                if inside.is_some_and(|(outer, line_ended)| line_ended && depth <= outer) {
                    inside = None;
                }
                if !matches!(kind, Kind::Async | Kind::Await) || inside.is_some() {
                    continue;
                }
                if kind == Kind::Async && out.get(index + 1).is_some_and(|next| next.kind == Kind::Def) {
                    inside = Some((depth, false));
                } else {
                    out[index].kind = Kind::Name;
                }
            }
        }
    }
    out
}
