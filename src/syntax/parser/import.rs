//! `import` and `from … import`.

use rustpython_parser::ast::{self, Alias, Identifier, Stmt};

use super::{Parsed, Parser};
use crate::syntax::token::Kind;

impl Parser<'_> {
    pub(super) fn import(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let mut names = Vec::new();
        loop {
            let at = self.start();
            let name = self.dotted_name()?;
            let asname = self.as_name()?;
            names.push(Alias { range: self.range(at), name, asname });
            if !self.eat(Kind::Comma) {
                break;
            }
        }
        Ok(Stmt::Import(ast::StmtImport { range: self.range(start), names }))
    }

    fn dotted_name(&mut self) -> Parsed<Identifier> {
        let mut name = self.name()?;
        while self.eat(Kind::Dot) {
            let next = self.name()?;
            name = Identifier::new(format!("{name}.{next}"));
        }
        Ok(name)
    }

    fn as_name(&mut self) -> Parsed<Option<Identifier>> {
        if self.eat(Kind::As) { self.name().map(Some) } else { Ok(None) }
    }

    pub(super) fn import_from(&mut self) -> Parsed<Stmt> {
        let start = self.bump().start;
        let mut level = 0;
        loop {
            match self.kind() {
                Kind::Dot => level += 1,
                Kind::Ellipsis => level += 3,
                _ => break,
            }
            self.bump();
        }
        let module = if level > 0 && self.kind() == Kind::Import { None } else { Some(self.dotted_name()?) };
        self.expect(Kind::Import)?;
        let names = self.imported_names()?;
        let level = Some(ast::Int::new(level));
        Ok(Stmt::ImportFrom(ast::StmtImportFrom { range: self.range(start), module, names, level }))
    }

    fn imported_names(&mut self) -> Parsed<Vec<Alias>> {
        let start = self.start();
        if self.eat(Kind::Star) {
            return Ok(vec![Alias { range: self.range(start), name: Identifier::new("*"), asname: None }]);
        }
        let bracketed = self.eat(Kind::LeftParen);
        let mut names = Vec::new();
        loop {
            if self.kind() == Kind::Newline && !bracketed {
                let token = self.token();
                let comma = self.tokens[self.at.saturating_sub(1)];
                if comma.kind == Kind::Comma {
                    return self.fail(
                        token.start,
                        token.end,
                        "trailing comma not allowed without surrounding parentheses",
                    );
                }
                return self.fail(token.start, token.end, "Expected one or more names after 'import'");
            }
            let at = self.start();
            let name = self.name()?;
            let asname = self.as_name()?;
            names.push(Alias { range: self.range(at), name, asname });
            if !self.eat(Kind::Comma) || bracketed && self.kind() == Kind::RightParen {
                break;
            }
        }
        if bracketed {
            self.expect(Kind::RightParen)?;
        }
        Ok(names)
    }
}
