//! The format mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, ValueError};

/// A format spec, taken apart.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spec {
    pub(crate) fill: Option<char>,
    pub(crate) align: Option<char>,
    pub(crate) sign: Option<char>,
    pub(crate) no_negative_zero: bool,
    pub(crate) alternate: bool,
    pub(crate) zero: bool,
    pub(crate) width: usize,
    pub(crate) grouping: Option<char>,
    pub(crate) precision: Option<usize>,
    pub(crate) kind: Option<char>,
}

#[inline]
fn is_align(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '^')
}

impl Spec {
    /// Reads a spec; `class` is for the error.
    #[inline]
    pub(crate) fn parse(text: &str, class: &str) -> PyResult<Spec> {
        let mut spec = Spec::default();
        let mut rest = text;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(fill), Some(align)) if is_align(align) => {
                (spec.fill, spec.align) = (Some(fill), Some(align));
                rest = chars.as_str();
            }
            (Some(align), _) if is_align(align) => {
                spec.align = Some(align);
                rest = &text[1..];
            }
            _ => {}
        }
        let mut take = |wanted: &str| {
            let c = rest.chars().next().filter(|&c| wanted.contains(c))?;
            rest = &rest[c.len_utf8()..];
            Some(c)
        };
        spec.sign = take("+- ");
        spec.no_negative_zero = take("z").is_some();
        spec.alternate = take("#").is_some();
        spec.zero = spec.fill.is_none() && take("0").is_some();
        spec.width = number(&mut rest)?.unwrap_or(0);
        spec.grouping = group(&mut rest)?;
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
            spec.precision = number(&mut rest)?;
            if spec.precision.is_none() {
                return Err(ValueError::new("Format specifier missing precision"));
            }
        }
        let mut chars = rest.chars();
        spec.kind = chars.next();
        if chars.next().is_some() {
            return Err(ValueError::new(format!("Invalid format specifier '{text}' for object of type '{class}'")));
        }
        match (spec.grouping, spec.kind) {
            (Some('_'), Some('b' | 'o' | 'x' | 'X')) | (None, _) => {}
            (Some(_), None | Some('d' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%')) => {}
            (Some(grouping), Some(kind)) => return Err(cannot_group(grouping, kind)),
        }
        Ok(spec)
    }

    /// Pads a text of a known number of characters; `align` where the spec has none.
    #[inline]
    pub(crate) fn pad(&self, text: &str, align: char) -> String {
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        let missing = self.width.saturating_sub(super::block::count(text));
        let (before, after) = match self.align.unwrap_or(align) {
            '<' => (0, missing),
            '^' => (missing / 2, missing - missing / 2),
            _ => (missing, 0),
        };
        let mut out = String::with_capacity(text.len() + missing * fill.len_utf8());
        out.extend(std::iter::repeat_n(fill, before));
        out.push_str(text);
        out.extend(std::iter::repeat_n(fill, after));
        out
    }

    /// Lays out a number: sign, prefix such as `0x`, its whole digits in groups, and what follows them.
    #[inline]
    pub(crate) fn number(&self, negative: bool, prefix: &str, whole: &str, tail: &str) -> String {
        let sign = match (negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            (false, _) => "",
        };
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        let align = self.align.unwrap_or(if self.zero { '=' } else { '>' });
        let around = sign.len() + prefix.len() + tail.len();
        let size = if matches!(self.kind, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let inside = if align == '=' && fill == '0' { self.width.saturating_sub(around) } else { 0 };
        let digits = match self.grouping {
            Some(separator) => grouped(whole, separator, size, inside),
            None => format!("{whole:0>inside$}"),
        };
        if align != '=' {
            return self.pad(&format!("{sign}{prefix}{digits}{tail}"), '>');
        }
        let missing = self.width.saturating_sub(around + digits.len());
        let padding: String = std::iter::repeat_n(fill, missing).collect();
        format!("{sign}{prefix}{padding}{digits}{tail}")
    }
}

#[cold]
fn cannot_group(grouping: char, kind: char) -> PyErr {
    let shown = if ('!'..'\u{80}').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", u32::from(kind)) };
    ValueError::new(format!("Cannot specify '{grouping}' with '{shown}'."))
}

#[inline]
fn group(rest: &mut &str) -> PyResult<Option<char>> {
    let mut found = None;
    while let Some(c) = rest.chars().next().filter(|c| matches!(c, ',' | '_')) {
        match found {
            None => found = Some(c),
            Some(before) if before == c => return Err(cannot_group(c, c)),
            Some(_) => return Err(ValueError::new("Cannot specify both ',' and '_'.")),
        }
        *rest = &rest[1..];
    }
    Ok(found)
}

/// Digits at the start.
#[inline]
fn number(rest: &mut &str) -> PyResult<Option<usize>> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if end == 0 {
        return Ok(None);
    }
    let (digits, after) = rest.split_at(end);
    *rest = after;
    match digits.parse::<i64>() {
        Ok(number) => Ok(Some(number as usize)),
        Err(_) => Err(ValueError::new("Too many decimal digits in format string")),
    }
}

/// Groups digits from the right; zeros before them fill up to a width, in groups too.
#[inline]
fn grouped(digits: &str, separator: char, size: usize, width: usize) -> String {
    let mut reversed = String::new();
    let mut digits = digits.chars().rev();
    let mut count = 0;
    loop {
        let next = digits.next();
        if next.is_none() && reversed.len() >= width {
            break;
        }
        if count > 0 && count % size == 0 {
            reversed.push(separator);
        }
        reversed.push(next.unwrap_or('0'));
        count += 1;
    }
    reversed.chars().rev().collect()
}
