//! Trees to text: prettyplease item by item, with the comments, blank lines and line marks that it does not know.
//!
//! Inside bodies these three are statements (`__comment!("…");`), which are valid everywhere and which no Python
//! program can give rise to; the printed line is turned into what it stands for.

use proc_macro2::Literal;
use syn::{Expr, ExprLit, Item, Lit, Stmt};

use super::build::marker;
use super::macros;
use crate::hir::Trivia;

const COMMENT: &str = "__comment!(";
const BLANK: &str = "__blank!(";
/// How the number of a line mark ends, which is a number of Rust alone.
const LINE: &str = "u64;";
/// A line mark that is an attribute (of a `match` arm): no source can hold its first character.
const ARM: &str = "//\u{1}";

/// What a file is made of, in order.
pub enum Piece {
    /// `// text`.
    Comment(String),
    /// `#![allow(a, b)]`.
    Allow(Vec<&'static str>),
    /// A blank line.
    Blank,
    /// An item, with a blank line above it.
    Item(Printed),
    /// `use` and other one-liners: no blank line between two of them.
    Line(Printed),
}

impl Piece {
    /// An item, printed at once: its tree is much larger than its text.
    pub fn item(item: Item) -> Piece {
        Piece::Item(Printed::new(item))
    }

    /// A one-liner.
    pub fn line(item: Item) -> Piece {
        Piece::Line(Printed::new(item))
    }
}

/// A place of the line map, before the source text is looked up: Rust line, Python line, the number of the function.
pub type Mark = (u32, u32, u32);

/// `__comment!("text");`.
pub fn comment(text: &str) -> Stmt {
    marker("__comment", Some(Literal::string(text)))
}

/// `__blank!();`.
pub fn blank() -> Stmt {
    marker("__blank", None)
}

/// `51539607555u64;`: Python line 12, in the function of number 3. The cheapest statement there is: half of all are marks.
pub fn line(line: u32, function: u32) -> Stmt {
    let number = u64::from(line) << 32 | u64::from(function);
    let lit = Lit::Verbatim(Literal::u64_suffixed(number));
    Stmt::Expr(Expr::Lit(ExprLit { attrs: Vec::new(), lit }), Some(Default::default()))
}

/// Whether a macro of this name is a blank line or a comment.
pub fn is_mark(name: &proc_macro2::Ident) -> bool {
    ["__blank", "__comment"].iter().any(|mark| name == mark)
}

/// The number in a line mark, when the statement is one.
fn number(marker: &Stmt) -> Option<u64> {
    let Stmt::Expr(Expr::Lit(marker), Some(_)) = marker else { return None };
    match &marker.lit {
        Lit::Verbatim(number) => number.to_string().strip_suffix("u64")?.parse().ok(),
        // It was read again.
        Lit::Int(number) if number.suffix() == "u64" => number.base10_parse().ok(),
        _ => None,
    }
}

/// Whether a statement is a line mark.
pub fn is_line(inner: &Stmt) -> bool {
    number(inner).is_some()
}

/// An arm of one statement is an expression; its mark stands above the arm.
pub fn arm_body(arm: &mut syn::Arm) {
    let Expr::Block(block) = &mut *arm.body else { return };
    if block.label.is_some() || block.block.stmts.len() != 2 {
        return;
    }
    let Some(mark) = number(&block.block.stmts[0]) else { return };
    let body = match &block.block.stmts[1] {
        Stmt::Expr(inner @ (Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Assign(_)), Some(_)) => {
            inner.clone()
        }
        Stmt::Expr(Expr::Call(inner), Some(_)) if macros::invoked(inner).is_some() => Expr::Call(inner.clone()),
        Stmt::Expr(inner, None) => inner.clone(),
        _ => return,
    };
    arm.attrs.push(super::build::attribute("comment", &format!("\u{1}{mark}")));
    *arm.body = body;
}

/// The comments and blank lines above a statement.
pub fn trivia(trivia: &Trivia, first: bool, out: &mut Vec<Stmt>) {
    for (at, text) in trivia.comments.iter().enumerate() {
        let is_first = at == 0;
        if (text.blank_before || is_first && trivia.blank_before) && !(first && is_first) {
            out.push(blank());
        }
        out.push(comment(&text.text));
    }
    if trivia.comments.is_empty() && trivia.blank_before && !first {
        out.push(blank());
    }
}

/// Prints a file.
pub fn print(pieces: Vec<Piece>) -> (String, Vec<Mark>) {
    let mut out = Printed::default();
    let mut above = Above::Nothing;
    for piece in pieces {
        match piece {
            Piece::Comment(text) => {
                if matches!(above, Above::Item) {
                    out.push("");
                }
                out.push(&comment_line("", &text));
                above = Above::Comment;
            }
            Piece::Allow(lints) => {
                out.push(&format!("#![allow({})]", lints.join(", ")));
                above = Above::Line;
            }
            Piece::Blank => {
                if !matches!(above, Above::Blank | Above::Nothing) {
                    out.push("");
                }
                above = Above::Blank;
            }
            Piece::Item(item) => {
                if matches!(above, Above::Item | Above::Line) {
                    out.push("");
                }
                out.append(item);
                above = Above::Item;
            }
            Piece::Line(item) => {
                if matches!(above, Above::Item) {
                    out.push("");
                }
                out.append(item);
                above = Above::Line;
            }
        }
    }
    (out.text, out.marks)
}

/// `// text`; what Rust would take for documentation gets a space, and `#!` its `#` back.
fn comment_line(indent: &str, text: &str) -> String {
    let text = text.trim_end();
    let kept = match text.chars().next() {
        Some('!') => " #",
        Some('/') => " ",
        _ => "",
    };
    format!("{indent}//{kept}{text}")
}

/// The number of a line mark, when a line is one.
fn marked(bare: &str) -> Option<u64> {
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    bare.strip_suffix(LINE)?.parse().ok()
}

enum Above {
    Nothing,
    Blank,
    Comment,
    Item,
    Line,
}

/// Text, and the places in it that come from somewhere.
#[derive(Default)]
pub struct Printed {
    text: String,
    lines: u32,
    marks: Vec<Mark>,
}

impl Printed {
    fn new(item: Item) -> Printed {
        let mut printed = Printed::default();
        printed.item(item);
        printed
    }

    fn append(&mut self, other: Printed) {
        for (line, python, function) in other.marks {
            self.add_mark((self.lines + line, python, function));
        }
        self.text.push_str(&other.text);
        self.lines += other.lines;
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines += 1;
    }

    /// The next line comes from there.
    fn mark(&mut self, number: u64) {
        self.add_mark((self.lines + 1, (number >> 32) as u32, number as u32));
    }

    fn add_mark(&mut self, mark: Mark) {
        match self.marks.last_mut() {
            Some(last) if last.0 == mark.0 => *last = mark,
            _ => self.marks.push(mark),
        }
    }

    fn item(&mut self, mut item: Item) {
        macros::open(&mut item);
        super::diverge::cut(&mut item);
        super::fallback::settle(&mut item);
        super::idiom::settle(&mut item);
        super::mutability::settle(&mut item);
        macros::close(&mut item);
        let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        let mut blank = false;
        let mut opened = true;
        for line in prettyplease::unparse(&file).lines() {
            let bare = line.trim_start();
            if let Some(number) = bare.strip_prefix(ARM) {
                self.mark(number.trim().parse().unwrap_or(0));
            } else if let Some(number) = marked(bare) {
                self.mark(number);
            } else if !bare.starts_with("__") {
                if blank && !bare.starts_with('}') && !opened {
                    self.push("");
                }
                blank = false;
                opened = bare.ends_with('{');
                match super::union_text::lines(line) {
                    Some(lines) => lines.iter().for_each(|line| self.push(line)),
                    None => self.push(line),
                }
            } else if bare.starts_with(BLANK) {
                blank = true;
            } else if let Some(text) = bare.strip_prefix(COMMENT) {
                if blank && !opened {
                    self.push("");
                }
                blank = false;
                opened = false;
                let text = text.trim_end_matches(';').trim_end_matches(')');
                let text = syn::parse_str::<syn::LitStr>(text).map(|text| text.value()).unwrap_or_default();
                let indent = &line[..line.len() - bare.len()];
                self.push(&comment_line(indent, &text));
            } else {
                blank = false;
                opened = bare.ends_with('{');
                match super::union_text::lines(line) {
                    Some(lines) => lines.iter().for_each(|line| self.push(line)),
                    None => self.push(line),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_blank_lines_and_marks_become_what_they_stand_for() {
        let (note, gap, mark) = (comment(" a \"quoted\" note)"), blank(), line(7, 2));
        let item: Item = syn::parse_quote! {
            fn f() {
                #mark
                let x = 1;
                #gap
                #note
                g(x);
            }
        };
        let (text, marks) = print(vec![Piece::Comment(" app.py".into()), Piece::Blank, Piece::item(item)]);
        assert_eq!(text, "// app.py\n\nfn f() {\n    let x = 1_i64;\n\n    // a \"quoted\" note)\n    g(x);\n}\n");
        assert_eq!(marks, [(4, 7, 2)]);
    }
}
