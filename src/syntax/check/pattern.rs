//! The patterns of `match`.

use std::collections::BTreeSet;

use rustpython_parser::ast::{self, Constant, Expr, ExprContext, Pattern};

use super::{Checker, place};

/// Names that a pattern binds.
type Names<'a> = BTreeSet<&'a str>;

impl<'a> Checker<'a> {
    /// The pattern of a `case`, which `more` cases follow.
    pub(super) fn case_pattern(&mut self, pattern: &'a Pattern, more: bool) {
        let mut names = Names::new();
        self.pattern(pattern, more, &mut names);
    }

    /// `refutable`: the pattern must be able to fail.
    fn pattern(&mut self, pattern: &'a Pattern, refutable: bool, names: &mut Names<'a>) {
        let at = place(pattern);
        match pattern {
            Pattern::MatchValue(value) => self.value(&value.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchAs(ast::PatternMatchAs { pattern, name, .. }) => {
                match (pattern, name) {
                    (None, Some(name)) if refutable => {
                        self.code_error(at, format!("name capture '{name}' makes remaining patterns unreachable"));
                    }
                    (None, None) if refutable => self.code_error(at, "wildcard makes remaining patterns unreachable"),
                    _ => {}
                }
                if let Some(inner) = pattern {
                    self.pattern(inner, refutable, names);
                }
                if let Some(name) = name {
                    self.capture(name.as_str(), at, names);
                }
            }
            Pattern::MatchStar(star) => {
                if let Some(name) = &star.name {
                    self.capture(name.as_str(), at, names);
                }
            }
            Pattern::MatchSequence(sequence) => {
                let stars = sequence.patterns.iter().filter(|item| matches!(item, Pattern::MatchStar(_))).count();
                if stars > 1 {
                    self.code_error(at, "multiple starred names in sequence pattern");
                }
                for item in &sequence.patterns {
                    self.pattern(item, false, names);
                }
            }
            Pattern::MatchMapping(mapping) => self.mapping(mapping, names),
            Pattern::MatchClass(class) => self.class_pattern(class, names),
            Pattern::MatchOr(or) => self.alternatives(or, refutable, names),
        }
    }

    fn value(&mut self, value: &'a Expr) {
        if value.is_joined_str_expr() {
            self.code_error(place(value), "patterns may only match literals and attribute lookups");
        }
        self.expression(value);
    }

    fn capture(&mut self, name: &'a str, at: (u32, u32), names: &mut Names<'a>) {
        self.forbid_debug(name, at, ExprContext::Store);
        if !names.insert(name) {
            self.code_error(at, format!("multiple assignments to name '{name}' in pattern"));
        }
        self.bind(name, at);
    }

    fn mapping(&mut self, mapping: &'a ast::PatternMatchMapping, names: &mut Names<'a>) {
        let mut seen = BTreeSet::new();
        for (key, pattern) in mapping.keys.iter().zip(&mapping.patterns) {
            self.mapping_key(key, &mut seen, mapping);
            self.pattern(pattern, false, names);
        }
        if let Some(rest) = &mapping.rest {
            self.capture(rest.as_str(), place(mapping), names);
        }
    }

    fn mapping_key(&mut self, key: &'a Expr, seen: &mut BTreeSet<String>, mapping: &'a ast::PatternMatchMapping) {
        if key.is_joined_str_expr() {
            let message = "mapping pattern keys may only match literals and attribute lookups";
            self.code_error(place(mapping), message);
        }
        if let Expr::Constant(constant) = key
            && !seen.insert(key_text(&constant.value))
        {
            let text = &self.text[place(key).0 as usize..place(key).1 as usize];
            let message = format!("mapping pattern checks duplicate key ({text})");
            self.code_error(place(mapping), message);
        }
        self.expression(key);
    }

    fn class_pattern(&mut self, class: &'a ast::PatternMatchClass, names: &mut Names<'a>) {
        self.expression(&class.cls);
        for (index, name) in class.kwd_attrs.iter().enumerate() {
            self.forbid_debug(name, place(class), ExprContext::Store);
            if class.kwd_attrs[..index].contains(name) {
                let at = class.kwd_patterns.get(index).map_or(place(class), place);
                self.code_error(at, format!("attribute name repeated in class pattern: {name}"));
            }
        }
        for pattern in class.patterns.iter().chain(&class.kwd_patterns) {
            self.pattern(pattern, false, names);
        }
    }

    fn alternatives(&mut self, or: &'a ast::PatternMatchOr, refutable: bool, names: &mut Names<'a>) {
        let last = or.patterns.len().saturating_sub(1);
        let mut first: Option<Names> = None;
        for (index, pattern) in or.patterns.iter().enumerate() {
            let mut bound = Names::new();
            self.pattern(pattern, refutable || index < last, &mut bound);
            match &first {
                None => first = Some(bound),
                Some(before) if *before != bound => {
                    self.code_error(place(or), "alternative patterns bind different names");
                    break;
                }
                Some(_) => {}
            }
        }
        for name in first.unwrap_or_default() {
            if !names.insert(name) {
                self.code_error(place(or), format!("multiple assignments to name '{name}' in pattern"));
            }
        }
    }
}

/// Equal for keys that are equal in Python: `1`, `1.0` and `True` are.
fn key_text(key: &Constant) -> String {
    match key {
        Constant::Bool(value) => u8::from(*value).to_string(),
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => value.to_string(),
        Constant::Complex { real, imag } if *imag == 0.0 => real.to_string(),
        Constant::None
        | Constant::Str(_)
        | Constant::Bytes(_)
        | Constant::Tuple(_)
        | Constant::Complex { .. }
        | Constant::Ellipsis => format!("{key:?}"),
    }
}
