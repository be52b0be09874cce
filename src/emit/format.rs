//! Text made of values: f-strings, `print` and `str.format` as Rust's format strings.

use syn::Expr;

use super::Emitter;
use super::build::{self, call_path, string, tuple};
use super::macros;
use super::place::as_reference;
use crate::hir::{self, Arg, Call, Callee, ExprId, Lit, Piece};
use crate::types::Ty;

/// A format string and its arguments.
#[derive(Debug, Default)]
pub struct Text {
    text: String,
    args: Vec<Expr>,
}

impl Text {
    /// Adds text as it is.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c == '{' || c == '}' {
                self.text.push(c);
            }
            self.text.push(c);
        }
    }

    /// Adds a value, shown by its own `Display`; a plain name stands in the braces itself.
    pub fn value(&mut self, value: Expr, spec: &str) {
        let plain = match &value {
            Expr::Path(path) if path.qself.is_none() => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        self.text.push('{');
        match plain {
            Some(text) if text != "self" && !text.starts_with(|c: char| c.is_ascii_uppercase()) => {
                self.text.push_str(&text);
            }
            _ => self.args.push(value),
        }
        if !spec.is_empty() {
            self.text.push(':');
            self.text.push_str(spec);
        }
        self.text.push('}');
    }

    /// `name!("…", args)`.
    pub fn into_macro(self, text: &str) -> Expr {
        let mut args = vec![string(&self.text)];
        args.extend(self.args);
        macros::invoke(text, args)
    }

    /// Whether it holds no value.
    pub fn is_literal(&self) -> bool {
        self.args.is_empty() && !self.text.contains('{') && !self.text.contains('}')
    }

    /// The text of one without values.
    pub fn literal(&self) -> Expr {
        string(&self.text)
    }
}

/// How a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// `str(x)`.
    Str,
    /// `repr(x)`.
    Repr,
    /// `ascii(x)`.
    Ascii,
}

impl Emitter<'_> {
    /// `format!("…")` of an f-string; a plain literal when no value is in it.
    pub(super) fn format_macro(&mut self, id: ExprId) -> Expr {
        let mut text = Text::default();
        if let hir::Expr::Format(pieces) = &self.program.exprs[id] {
            self.pieces(pieces, &mut text);
        }
        finish_text(text)
    }

    fn pieces(&mut self, pieces: &[Piece], text: &mut Text) {
        for piece in pieces {
            match piece {
                Piece::Text(plain) => text.push(plain),
                Piece::Value { value, conversion, spec } => {
                    let show = match conversion {
                        None | Some('s') => Show::Str,
                        Some('r') => Show::Repr,
                        Some(_) => Show::Ascii,
                    };
                    if spec.is_empty() {
                        self.shown(*value, show, text);
                    } else {
                        self.with_spec(*value, *conversion, spec, text);
                    }
                }
            }
        }
    }

    /// `{value}`.
    pub(super) fn shown(&mut self, id: ExprId, show: Show, text: &mut Text) {
        if show == Show::Str && !self.types.adjustments.contains_key(&id) {
            match &self.program.exprs[id] {
                hir::Expr::Lit(Lit::Str(plain)) => return text.push(plain),
                hir::Expr::Lit(Lit::Int(value)) => return text.push(&value.to_string()),
                hir::Expr::Format(pieces) => return self.pieces(pieces, text),
                hir::Expr::Stub(stub) if stub.module == "builtins" && stub.name == "__file__" => {
                    let file = self.files.file(self.program.modules[self.module].file);
                    return text.push(&file.path);
                }
                hir::Expr::Binary(hir::BinOp::Add, left, right)
                    if self.ty_of(*left) == Ty::Str && self.ty_of(*right) == Ty::Str =>
                {
                    self.shown(*left, Show::Str, text);
                    return self.shown(*right, Show::Str, text);
                }
                hir::Expr::Binary(hir::BinOp::Mod, left, right) if self.percent_into(*left, *right, text) => {
                    return;
                }
                hir::Expr::Call(call) => {
                    if let Some(inner) = self.conversion_call(call, "str") {
                        return self.shown(inner, Show::Str, text);
                    }
                    if let Some(inner) = self.conversion_call(call, "repr") {
                        return self.shown(inner, Show::Repr, text);
                    }
                    if self.str_format_into(call, text) {
                        return;
                    }
                }
                _ => {}
            }
        }
        let ty = if self.is_outcome(id) { self.raw_ty(id) } else { self.ty_of(id) };
        let place = self.looked_at(id);
        self.shown_place(place, &ty, show, text);
    }

    /// A value at hand, shown.
    pub(super) fn shown_place(&mut self, place: Expr, ty: &Ty, show: Show, text: &mut Text) {
        match show {
            Show::Str if displays(ty) => text.value(place, ""),
            Show::Str => text.value(call_path("py", vec![self.referenced(place)]), ""),
            Show::Repr => text.value(call_path("repr", vec![self.referenced(place)]), ""),
            Show::Ascii => {
                self.import("builtins");
                text.value(call_path("builtins::ascii", vec![self.referenced(place)]), "");
            }
        }
    }

    /// `str(x)` or `repr(x)`, as a call of the built-in function.
    fn conversion_call(&self, call: &Call, function: &str) -> Option<ExprId> {
        match (&call.callee, &call.args[..]) {
            (Callee::Stub(stub), [Arg::Positional(value)]) if stub.module == "builtins" && stub.name == function => {
                Some(*value)
            }
            _ => None,
        }
    }

    /// `{value!r:spec}`.
    fn with_spec(&mut self, id: ExprId, conversion: Option<char>, spec: &[Piece], text: &mut Text) {
        let literal = match spec {
            [Piece::Text(literal)] => Some(literal.as_str()),
            _ => None,
        };
        let ty = if conversion.is_some() { Ty::Str } else { self.ty_of(id) };
        if let (Some(literal), None) = (literal, conversion)
            && let Some(native) = native_spec(literal, &ty)
        {
            let place = self.place(id);
            if displays(&ty) {
                text.value(place, &native);
            } else {
                text.value(call_path("py", vec![self.referenced(place)]), &native);
            }
            return;
        }
        let place = self.place(id);
        let subject = match conversion {
            None => as_reference(place),
            Some('r') => as_reference(call_path("repr", vec![self.referenced(place)])),
            Some('s') => as_reference(call_path("str_", vec![self.referenced(place)])),
            Some(_) => {
                self.import("builtins");
                as_reference(call_path("builtins::ascii", vec![as_reference(place)]))
            }
        };
        self.spec_of(subject, literal, spec, text);
    }

    fn spec_of(&mut self, subject: Expr, literal: Option<&str>, spec: &[Piece], text: &mut Text) {
        match literal {
            Some(literal) => text.value(call_path("format_spec", vec![subject, string(literal)]), ""),
            None => {
                let mut inner = Text::default();
                self.pieces(spec, &mut inner);
                self.import("builtins");
                let spec = as_reference(finish_text(inner));
                let made = call_path("builtins::format", vec![subject, spec]);
                let made = self.question(made);
                text.value(made, "");
            }
        }
    }

    /// `print(…)`.
    pub(super) fn print(&mut self, id: ExprId, call: &Call) -> Option<Expr> {
        let mut values = Vec::new();
        let (mut sep, mut end, mut file, mut flush) = (None, None, None, None);
        for arg in &call.args {
            match arg {
                Arg::Positional(value) => values.push(*value),
                Arg::Keyword(key, value) => match key.as_str() {
                    "sep" => sep = Some(*value),
                    "end" => end = Some(*value),
                    "file" => file = Some(*value),
                    "flush" => flush = Some(*value),
                    _ => return None,
                },
                Arg::Star(value) => return self.print_spread(id, call, *value),
                Arg::DoubleStar(_) => return None,
            }
        }
        let mut into = None;
        let to_stderr = match file {
            None => false,
            Some(file) => match (self.stream(file), self.ty_of(file)) {
                (Some(stream), _) => stream == "stderr",
                (None, Ty::Stub(stub, _)) if matches!(stub.module.as_str(), "io" | "sys") => {
                    into = Some(file);
                    false
                }
                _ => return Some(self.unsupported(id, "`print` to this file is not translated yet")),
            },
        };
        let mut text = Text::default();
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                match sep {
                    None => text.push(" "),
                    Some(sep) => self.separator(sep, " ", &mut text),
                }
            }
            self.shown(*value, Show::Str, &mut text);
        }
        let newline = match end {
            None => true,
            Some(end) => match self.literal_text(end) {
                Some(Some(plain)) => {
                    if let Some(line) = plain.strip_suffix('\n') {
                        text.push(line);
                        true
                    } else {
                        text.push(&plain);
                        false
                    }
                }
                Some(None) => true,
                None => {
                    self.separator(end, "\n", &mut text);
                    false
                }
            },
        };
        if let Some(file) = into {
            if newline {
                text.push("\n");
            }
            let place = self.place(file);
            let written = build::method(place, "write", vec![as_text(finish_text(text))]);
            let written = self.question(written);
            let flushes =
                flush.is_some_and(|flush| matches!(self.program.exprs[flush], hir::Expr::Lit(Lit::Bool(true))));
            let mut stmts = vec![build::stmt(written)];
            if flushes {
                let place = self.place(file);
                let flushed = self.question(build::method(place, "flush", Vec::new()));
                stmts.push(build::stmt(flushed));
            }
            return Some(build::block_expr(stmts));
        }
        let macro_name = match (to_stderr, newline) {
            (false, true) => "println",
            (false, false) => "print",
            (true, true) => "eprintln",
            (true, false) => "eprint",
        };
        self.import(macro_name);
        let printed = if text.is_literal() && matches!(text.literal(), Expr::Lit(_)) && text.text.is_empty() {
            macros::invoke(macro_name, Vec::new())
        } else {
            text.into_macro(macro_name)
        };
        let flushes = flush.is_some_and(|flush| !matches!(self.program.exprs[flush], hir::Expr::Lit(Lit::Bool(false))));
        if flushes && !to_stderr {
            self.import("sys");
            let stdout = call_path("sys::stdout", Vec::new());
            let flush = self.question(build::method(stdout, "flush", Vec::new()));
            return Some(build::block_expr(vec![build::stmt(printed), build::stmt(flush)]));
        }
        Some(printed)
    }

    /// `print(*xs)`: the items joined by the runtime.
    fn print_spread(&mut self, id: ExprId, call: &Call, value: ExprId) -> Option<Expr> {
        let [Arg::Star(_), rest @ ..] = &call.args[..] else {
            return Some(self.print_spreads(id, call));
        };
        let mixed = matches!(self.ty_of(value), Ty::Tuple(types) if !types.is_empty());
        if mixed || rest.iter().any(|arg| !matches!(arg, Arg::Keyword(..))) {
            return Some(self.print_spreads(id, call));
        }
        let mut sep = string(" ");
        let mut newline = true;
        let mut end = None;
        for arg in rest {
            match arg {
                Arg::Keyword(key, given) if key == "sep" => sep = self.borrowed_text(*given),
                Arg::Keyword(key, given) if key == "end" => {
                    newline = false;
                    end = Some(*given);
                }
                _ => return Some(self.unsupported(id, "`print` with `*` and this argument is not translated yet")),
            }
        }
        if let (Ty::Tuple(types), [_]) = (self.ty_of(value), &call.args[..]) {
            let held = self.temp_unique("items");
            let place = self.place(value);
            let place = if matches!(place, Expr::Path(_)) {
                place
            } else {
                self.push_let(&held, place);
                build::name(&held)
            };
            let mut text = Text::default();
            for (at, ty) in types.iter().enumerate() {
                if at > 0 {
                    text.push(" ");
                }
                self.shown_place(build::tuple_field(place.clone(), at), ty, Show::Str, &mut text);
            }
            self.import("println");
            return Some(text.into_macro("println"));
        }
        let items = self.iterable(value);
        let joined = call_path("joined", vec![items, sep]);
        let joined = self.question(joined);
        let mut text = Text::default();
        text.value(joined, "");
        if let Some(end) = end {
            match self.literal_text(end) {
                Some(Some(plain)) => text.push(&plain),
                Some(None) => newline = true,
                None => self.shown(end, Show::Str, &mut text),
            }
        }
        let macro_name = if newline { "println" } else { "print" };
        self.import(macro_name);
        Some(text.into_macro(macro_name))
    }

    fn separator(&mut self, value: ExprId, default: &str, text: &mut Text) {
        match self.literal_text(value) {
            Some(Some(plain)) => text.push(&plain),
            Some(None) => text.push(default),
            None => self.shown(value, Show::Str, text),
        }
    }

    /// A literal text; `Some(None)`: `None` itself.
    fn literal_text(&self, id: ExprId) -> Option<Option<String>> {
        match &self.program.exprs[id] {
            hir::Expr::Lit(Lit::Str(text)) => Some(Some(text.clone())),
            hir::Expr::Lit(Lit::None) => Some(None),
            _ => None,
        }
    }

    /// `sys.stdout`, `sys.stderr`.
    fn stream(&self, id: ExprId) -> Option<&'static str> {
        match &self.program.exprs[id] {
            hir::Expr::Stub(stub) if stub.module == "sys" => match stub.name.as_str() {
                "stdout" => Some("stdout"),
                "stderr" => Some("stderr"),
                _ => None,
            },
            hir::Expr::Lit(Lit::None) => Some("stdout"),
            _ => None,
        }
    }

    /// `"…{}…".format(a, b)` of a literal, into a text; false: the runtime has to do it.
    pub(super) fn str_format_into(&mut self, call: &Call, text: &mut Text) -> bool {
        let Callee::Method { recv, name: function } = &call.callee else { return false };
        let hir::Expr::Lit(Lit::Str(template)) = &self.program.exprs[*recv] else { return false };
        if function != "format" {
            return false;
        }
        let Some(fields) = template_fields(template) else { return false };
        let mut positional = Vec::new();
        let mut keywords: Vec<(&str, ExprId)> = Vec::new();
        for arg in &call.args {
            match arg {
                Arg::Positional(value) => positional.push(*value),
                Arg::Keyword(key, value) => keywords.push((key, *value)),
                Arg::Star(_) | Arg::DoubleStar(_) => return false,
            }
        }
        let mut used: Vec<ExprId> = Vec::new();
        let mut auto = 0;
        let mut plan = Vec::new();
        for field in fields {
            match field {
                Field::Text(plain) => plan.push((Err(plain), None, String::new())),
                Field::Value { name, conversion, spec } => {
                    let value = if name.is_empty() {
                        auto += 1;
                        positional.get(auto - 1).copied()
                    } else if let Ok(at) = name.parse::<usize>() {
                        positional.get(at).copied()
                    } else {
                        keywords.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
                    };
                    let Some(value) = value else { return false };
                    used.push(value);
                    plan.push((Ok(value), conversion, spec));
                }
            }
        }
        let given: Vec<ExprId> = call.args.iter().map(Arg::value).collect();
        let impure = |list: &[ExprId]| list.iter().copied().filter(|id| !self.is_pure(*id)).collect::<Vec<_>>();
        if impure(&given) != impure(&used) {
            return false;
        }
        for (piece, conversion, spec) in plan {
            match piece {
                Err(plain) => text.push(&plain),
                Ok(value) if spec.is_empty() => {
                    let show = match conversion {
                        Some('r') => Show::Repr,
                        Some('a') => Show::Ascii,
                        _ => Show::Str,
                    };
                    self.shown(value, show, text);
                }
                Ok(value) => self.with_spec(value, conversion, &[Piece::Text(spec)], text),
            }
        }
        true
    }

    /// `"…".format(…)` as `Str`; `None`: the runtime has to do it.
    pub(super) fn str_format(&mut self, call: &Call) -> Option<Expr> {
        let mut text = Text::default();
        if self.str_format_into(call, &mut text) {
            return Some(call_path("Str::from", vec![finish_text(text)]));
        }
        let Callee::Method { recv, .. } = &call.callee else { return None };
        if call.args.iter().any(|arg| matches!(arg, Arg::Star(_) | Arg::DoubleStar(_))) {
            return self.str_format_spread(*recv, &call.args);
        }
        let recv = self.place(*recv);
        let value = |emitter: &mut Self, id: ExprId| {
            let ty = emitter.ty_of(id);
            let value = emitter.owned(id);
            emitter.convert(value, &ty, &Ty::Value)
        };
        let mut positional = Vec::new();
        let mut keywords = Vec::new();
        for arg in &call.args {
            let given = value(self, arg.value());
            match arg {
                Arg::Keyword(key, _) => {
                    let key = call_path("Str::from", vec![string(key)]);
                    keywords.push(tuple(vec![key, given]));
                }
                _ => positional.push(given),
            }
        }
        let args = [positional, keywords].map(|list| as_reference(build::array(list)));
        let made = build::method(recv, "format_args", args.into());
        Some(self.question(made))
    }
}

/// A text as a function takes it that reads it: a literal as it is.
fn as_text(made: Expr) -> Expr {
    if matches!(made, Expr::Lit(_)) { made } else { build::reference(made) }
}

/// `format!("…", …)`, or the literal itself.
pub fn finish_text(text: Text) -> Expr {
    if text.is_literal() {
        return text.literal();
    }
    if text.args.is_empty() && !text.text.contains('{') {
        return text.literal();
    }
    if text.args.is_empty() && only_escapes(&text.text) {
        return string(&text.text.replace("{{", "{").replace("}}", "}"));
    }
    text.into_macro("format")
}

fn only_escapes(text: &str) -> bool {
    let bare = text.replace("{{", "").replace("}}", "");
    !bare.contains('{') && !bare.contains('}')
}

/// Whether Rust's `Display` of a type is Python's `str`.
pub fn displays(ty: &Ty) -> bool {
    matches!(ty, Ty::Str | Ty::Int | Ty::BigInt | Ty::Exc(_))
}

/// A format spec of Python as one of Rust's, where the text is the same for every value.
fn native_spec(spec: &str, ty: &Ty) -> Option<String> {
    match ty {
        Ty::Float => {
            let digits = spec.strip_suffix('f')?;
            let digits = digits.strip_prefix('0').unwrap_or(digits).strip_prefix('.')?;
            let count: u32 = digits.parse().ok()?;
            (count < 1000).then(|| format!(".{count}"))
        }
        Ty::Int => {
            let spec = spec.strip_suffix('d').unwrap_or(spec);
            let (align, width) = match spec.split_at_checked(1) {
                Some(("<" | ">", width)) => (&spec[..1], width),
                _ => ("", spec),
            };
            let plain = !width.is_empty() && width.len() < 4 && width.bytes().all(|b| b.is_ascii_digit());
            let zeros = width.starts_with('0');
            (plain && !(zeros && (!align.is_empty() || width.len() < 2))).then(|| format!("{align}{width}"))
        }
        Ty::Str => {
            let (align, width) = match spec.split_at_checked(1) {
                Some(("<" | ">", width)) => (&spec[..1], width),
                _ => ("", spec),
            };
            let plain = !width.is_empty()
                && width.len() < 4
                && !width.starts_with('0')
                && width.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| format!("{align}{width}"))
        }
        _ => None,
    }
}

/// A piece of a template of `str.format`.
enum Field {
    Text(String),
    Value { name: String, conversion: Option<char>, spec: String },
}

/// The pieces of a template; `None` when it is more than names, conversions and literal specs.
fn template_fields(template: &str) -> Option<Vec<Field>> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, tail) = rest.split_at(at);
        text.push_str(before);
        if tail.starts_with("{{") || tail.starts_with("}}") {
            text.push_str(&tail[..1]);
            rest = &tail[2..];
            continue;
        }
        let inner = tail.strip_prefix('{')?;
        let end = inner.find('}')?;
        let field = &inner[..end];
        if field.contains('{') {
            return None;
        }
        let (head, spec) = field.split_once(':').unwrap_or((field, ""));
        let (head, conversion) = match head.split_once('!') {
            Some((head, conversion)) if conversion.chars().count() == 1 => (head, conversion.chars().next()),
            Some(_) => return None,
            None => (head, None),
        };
        if !head.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        if !text.is_empty() {
            out.push(Field::Text(std::mem::take(&mut text)));
        }
        out.push(Field::Value { name: head.into(), conversion, spec: spec.into() });
        rest = &inner[end + 1..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        out.push(Field::Text(text));
    }
    Some(out)
}
