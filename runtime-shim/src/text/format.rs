//! `format(value, spec)` of the built-in types.
use super::{Spec, Str};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, OverflowError, ValueError};
use crate::number::{Int, text};
use crate::object::Object;

/// `f"{value:spec}"`
#[inline]
pub fn format_spec<T: Object + ?Sized>(value: &T, spec: &str) -> Str {
    value.py_format(spec).unwrap_or_else(|error| crate::escape::escape(error))
}

#[cold]
fn unknown_code(kind: char, class: &str) -> PyErr {
    let shown = if ('!'..'\u{80}').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", u32::from(kind)) };
    ValueError::new(format!("Unknown format code '{shown}' for object of type '{class}'"))
}

/// Of a str.
#[inline]
pub(crate) fn str_spec(text: &Str, spec: &str) -> PyResult<Str> {
    if spec.is_empty() {
        return Ok(text.clone());
    }
    let spec = Spec::parse(spec, "str")?;
    let refuse = |what: &str| Err(ValueError::new(format!("{what} not allowed in string format specifier")));
    match spec {
        Spec { kind: Some(kind), .. } if kind != 's' => return Err(unknown_code(kind, "str")),
        Spec { sign: Some(' '), .. } => return refuse("Space"),
        Spec { sign: Some(_), .. } => return refuse("Sign"),
        Spec { no_negative_zero: true, .. } => return refuse("Negative zero coercion (z)"),
        Spec { alternate: true, .. } => return refuse("Alternate form (#)"),
        Spec { grouping: Some(grouping), .. } => {
            return Err(ValueError::new(format!("Cannot specify '{grouping}' with 's'.")));
        }
        Spec { align: Some('='), .. } => return refuse("'=' alignment"),
        _ => {}
    }
    let shown = match spec.precision {
        Some(precision) => text.slice(None, Some(i64::try_from(precision).unwrap_or(i64::MAX))),
        None => text.clone(),
    };
    Ok(Str::from(spec.pad(&shown, '<')))
}

/// Of a bool: with a spec it is a number.
#[inline]
pub(crate) fn bool_spec(value: bool, spec: &str) -> PyResult<Str> {
    if spec.is_empty() {
        return Ok(Str::literal(if value { "True" } else { "False" }));
    }
    int_of_class(&Int::from(value), spec, "bool")
}

/// Of an int.
#[inline]
pub(crate) fn int_spec(value: &Int, spec: &str) -> PyResult<Str> {
    if spec.is_empty() {
        return Ok(Str::of(value));
    }
    int_of_class(value, spec, "int")
}

#[inline]
fn int_of_class(value: &Int, spec: &str, class: &str) -> PyResult<Str> {
    let spec = Spec::parse(spec, class)?;
    let (radix, prefix) = match spec.kind {
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => return float_text(value.to_f64()?, &spec, class),
        None | Some('d' | 'n') => (10, ""),
        Some('b') => (2, "0b"),
        Some('o') => (8, "0o"),
        Some('x') => (16, "0x"),
        Some('X') => (16, "0X"),
        Some('c') => (0, ""),
        Some(kind) => return Err(unknown_code(kind, class)),
    };
    if spec.precision.is_some() {
        return Err(ValueError::new("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(ValueError::new("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if radix == 0 {
        return character(value, &spec);
    }
    let digits = match value {
        Int::Small(value) if radix == 10 => value.unsigned_abs().to_string(),
        _ => value.abs().to_big().to_str_radix(radix),
    };
    let digits = if spec.kind == Some('X') { digits.to_uppercase() } else { digits };
    Ok(Str::from(spec.number(value.is_negative(), if spec.alternate { prefix } else { "" }, &digits, "")))
}

#[inline]
fn character(value: &Int, spec: &Spec) -> PyResult<Str> {
    if spec.sign.is_some() {
        return Err(ValueError::new("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(ValueError::new("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    match value.to_i64().and_then(|code| char::from_u32(u32::try_from(code).ok()?)) {
        Some(c) => Ok(Str::from(spec.pad(&c.to_string(), '<'))),
        None => Err(OverflowError::new("%c arg not in range(0x110000)")),
    }
}

/// Of a float.
#[inline]
pub(crate) fn float_spec(value: f64, spec: &str) -> PyResult<Str> {
    if spec.is_empty() {
        return Ok(Str::from(text::float_repr(value)));
    }
    float_text(value, &Spec::parse(spec, "float")?, "float")
}

#[inline]
fn float_text(value: f64, spec: &Spec, class: &str) -> PyResult<Str> {
    if let Some(kind) = spec.kind
        && !matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')
    {
        return Err(unknown_code(kind, class));
    }
    let kind = spec.kind.unwrap_or('r');
    let (scaled, percent) = if kind == '%' { (value * 100.0, "%") } else { (value, "") };
    let digits = float_digits(scaled.abs(), kind, spec.precision, spec.alternate);
    let mut negative = value.is_sign_negative() && !value.is_nan();
    if spec.no_negative_zero && digits.bytes().all(|byte| !matches!(byte, b'1'..=b'9' | b'i' | b'I')) {
        negative = false;
    }
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if end == 0 {
        // `inf` and `nan` are filled, and never grouped.
        let plain = Spec { grouping: None, ..*spec };
        return Ok(Str::from(plain.number(negative, "", &digits, percent)));
    }
    let (whole, tail) = digits.split_at(end);
    Ok(Str::from(spec.number(negative, "", whole, &format!("{tail}{percent}"))))
}

/// The digits of a float that is not negative, by one of the types `e f g n %`, or `r` for none.
#[inline]
pub(crate) fn float_digits(value: f64, kind: char, precision: Option<usize>, alternate: bool) -> String {
    let upper = matches!(kind, 'E' | 'F' | 'G');
    if !value.is_finite() {
        let text = if value.is_nan() { "nan" } else { "inf" };
        return if upper { text.to_uppercase() } else { text.to_owned() };
    }
    let text = match (kind, precision) {
        ('r', None) => {
            let repr = text::float_repr(value);
            // `#` keeps a point also where there is none: `1.e+16`.
            match repr.split_once('e') {
                Some((digits, exponent)) if alternate && !digits.contains('.') => format!("{digits}.e{exponent}"),
                _ => repr,
            }
        }
        ('e' | 'E', _) => exponent(value, precision.unwrap_or(6), alternate),
        ('f' | 'F' | '%', _) => fixed(value, precision.unwrap_or(6), alternate),
        _ => general(value, precision.unwrap_or(6).max(1), alternate, kind == 'r'),
    };
    if upper { text.to_uppercase() } else { text }
}

#[inline]
fn fixed(value: f64, precision: usize, alternate: bool) -> String {
    let text = format!("{value:.precision$}");
    if alternate && precision == 0 { format!("{text}.") } else { text }
}

#[inline]
fn exponent(value: f64, precision: usize, alternate: bool) -> String {
    let text = format!("{value:.precision$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if alternate && precision == 0 { "." } else { "" };
    match exponent.strip_prefix('-') {
        Some(exponent) => format!("{digits}{point}e-{exponent:0>2}"),
        None => format!("{digits}{point}e+{exponent:0>2}"),
    }
}

/// `g`, and no type with a precision (`as_repr`), which keeps one digit after the point.
#[inline]
fn general(value: f64, precision: usize, alternate: bool, as_repr: bool) -> String {
    let scientific = exponent(value, precision - 1, alternate);
    let power: i64 = scientific.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let most = precision as i64 - i64::from(as_repr);
    if power < -4 || power >= most {
        if alternate {
            return scientific;
        }
        let (digits, power) = scientific.split_once('e').unwrap_or((&scientific, "+00"));
        return format!("{}e{power}", without_zeros(digits));
    }
    let text = fixed(value, (precision as i64 - 1 - power).max(0) as usize, alternate);
    if alternate {
        return text;
    }
    let text = without_zeros(&text);
    if as_repr && !text.contains('.') { format!("{text}.0") } else { text.to_owned() }
}

#[inline]
fn without_zeros(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}
