//! What `bytes` can do besides, `float.fromhex`, and `...` as a value.
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, OverflowError, TypeError, ValueError};
use crate::object::Object;
use crate::text::{ByteArray, Bytes, PercentArgs, Str};

/// `...`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ellipsis;

crate::opaque::singleton! {
    Ellipsis: "ellipsis", "Ellipsis";
}

/// `bytes.maketrans(from, to)`
#[inline]
pub fn bytes_maketrans(from: &[u8], to: &[u8]) -> PyResult<Bytes> {
    if from.len() != to.len() {
        return Err(ValueError::new("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(to) {
        table[usize::from(*from)] = *to;
    }
    Ok(Bytes::from(table))
}

impl Bytes {
    /// `b.translate(table, delete)`
    #[inline]
    pub fn translate(&self, table: Option<Bytes>, delete: &[u8]) -> PyResult<Bytes> {
        let table = table.as_ref().map(Bytes::as_slice);
        if table.is_some_and(|table| table.len() != 256) {
            return Err(ValueError::new("translation table must be 256 characters long"));
        }
        let kept = self.as_slice().iter().filter(|byte| !delete.contains(byte));
        Ok(Bytes::from(kept.map(|byte| table.map_or(*byte, |table| table[usize::from(*byte)])).collect::<Vec<u8>>()))
    }

    /// `b.title()`
    #[inline]
    pub fn title(&self) -> Bytes {
        let mut inside = false;
        let titled = self.as_slice().iter().map(|byte| {
            let made = if inside { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
            inside = byte.is_ascii_alphabetic();
            made
        });
        Bytes::from(titled.collect::<Vec<u8>>())
    }

    /// `b.capitalize()`
    #[inline]
    pub fn capitalize(&self) -> Bytes {
        let mut bytes = self.as_slice().to_ascii_lowercase();
        if let Some(first) = bytes.first_mut() {
            first.make_ascii_uppercase();
        }
        Bytes::from(bytes)
    }

    /// `b.swapcase()`
    #[inline]
    pub fn swapcase(&self) -> Bytes {
        let swapped = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
        Bytes::from(self.as_slice().iter().map(swapped).collect::<Vec<u8>>())
    }

    /// `b.center(width, fill)`
    #[inline]
    pub fn center(&self, width: i64, fill: &[u8]) -> PyResult<Bytes> {
        let [fill] = fill else {
            let text = "center() argument 2 must be a byte string of length 1, not a bytes object of length";
            return Err(TypeError::new(format!("{text} {}", fill.len())));
        };
        let missing = usize::try_from(width.saturating_sub(self.len())).unwrap_or(0);
        let before = missing / 2 + (missing & width as usize & 1);
        Ok(Bytes::from([vec![*fill; before], self.to_vec(), vec![*fill; missing - before]].concat()))
    }

    /// `b.zfill(width)`
    #[inline]
    pub fn zfill(&self, width: i64) -> Bytes {
        let missing = usize::try_from(width.saturating_sub(self.len())).unwrap_or(0);
        let signed = matches!(self.as_slice().first(), Some(b'+' | b'-'));
        let (sign, digits) = self.as_slice().split_at(usize::from(signed));
        Bytes::from([sign, &vec![b'0'; missing], digits].concat())
    }

    /// `b.removeprefix(prefix)`
    #[inline]
    pub fn removeprefix(&self, prefix: &[u8]) -> Bytes {
        self.as_slice().strip_prefix(prefix).map_or_else(|| self.clone(), Bytes::from_slice)
    }

    /// `b.removesuffix(suffix)`
    #[inline]
    pub fn removesuffix(&self, suffix: &[u8]) -> Bytes {
        self.as_slice().strip_suffix(suffix).map_or_else(|| self.clone(), Bytes::from_slice)
    }

    /// `b.isalnum()`
    #[inline]
    pub fn isalnum(&self) -> bool {
        !self.is_empty() && self.as_slice().iter().all(u8::is_ascii_alphanumeric)
    }

    /// `b.isupper()`
    #[inline]
    pub fn isupper(&self) -> bool {
        let bytes = self.as_slice();
        bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
    }

    /// `b.islower()`
    #[inline]
    pub fn islower(&self) -> bool {
        let bytes = self.as_slice();
        bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
    }

    /// `b.isascii()`
    #[inline]
    pub fn is_ascii_only(&self) -> bool {
        self.as_slice().is_ascii()
    }

    /// `b.expandtabs(tabsize)`
    #[inline]
    pub fn expandtabs(&self, tabsize: i64) -> Bytes {
        let (mut out, mut column) = (Vec::new(), 0_i64);
        for byte in self.as_slice() {
            match byte {
                b'\t' if tabsize > 0 => {
                    let spaces = tabsize - column % tabsize;
                    out.extend((0..spaces).map(|_| b' '));
                    column += spaces;
                }
                b'\t' => {}
                byte => {
                    out.push(*byte);
                    column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
                }
            }
        }
        Bytes::from(out)
    }

    /// `b.rsplit(sep, maxsplit)`
    #[inline]
    pub fn rsplit(&self, sep: Option<Bytes>, maxsplit: i64) -> PyResult<crate::list::List<Bytes>> {
        // From the end: what is split once reversed, reversed again.
        let backwards = |bytes: &[u8]| Bytes::from(bytes.iter().rev().copied().collect::<Vec<u8>>());
        let all = backwards(self);
        let parts = match sep {
            Some(sep) => all.split_max(&backwards(&sep), maxsplit)?,
            None => all.split_words_max(maxsplit),
        };
        let mut parts: Vec<Bytes> = parts.iter().map(|part| backwards(&part)).collect();
        parts.reverse();
        Ok(crate::list::List::from(parts))
    }
}

/// Arguments of `b"…" % args`, those that are bytes as text of one character for each byte.
struct Latin<'a>(Vec<&'a dyn Object>, bool);

impl PercentArgs for Latin<'_> {
    fn positional(&self) -> Vec<&dyn Object> {
        self.0.clone()
    }

    fn is_single(&self) -> bool {
        self.1
    }
}

#[inline]
fn latin(bytes: &[u8]) -> Str {
    Str::from(bytes.iter().map(|byte| char::from(*byte)).collect::<String>())
}

/// The kinds of the items that a format takes, `*` for widths.
fn kinds(format: &[u8]) -> Vec<u8> {
    let (mut kinds, mut bytes) = (Vec::new(), format.iter().copied());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            continue;
        }
        for byte in bytes.by_ref() {
            match byte {
                b'*' => kinds.push(byte),
                b'%' => break,
                byte if byte.is_ascii_alphabetic() => {
                    kinds.push(byte);
                    break;
                }
                _ => {}
            }
        }
    }
    kinds
}

impl Bytes {
    /// `b"…" % args`
    pub fn percent<A: PercentArgs + ?Sized>(&self, args: &A) -> PyResult<Bytes> {
        let items = args.positional();
        let kinds = kinds(self);
        let mut texts: Vec<Option<Str>> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let kind = kinds.get(at).copied().unwrap_or(b'd');
            let any: &dyn std::any::Any = *item;
            let bytes = any.downcast_ref::<Bytes>().cloned();
            let bytes = bytes.or_else(|| any.downcast_ref::<ByteArray>().map(ByteArray::to_bytes));
            texts.push(match (kind, bytes) {
                (b's' | b'b', Some(bytes)) => Some(latin(&bytes)),
                (b's' | b'b', None) => {
                    let text = "%b requires a bytes-like object, or an object that implements __bytes__, not";
                    return Err(TypeError::new(format!("{text} '{}'", item.py_type())));
                }
                _ => None,
            });
        }
        let shown =
            items.iter().zip(&texts).map(|(item, text)| text.as_ref().map_or(*item, |text| text as &dyn Object));
        let template = self.as_slice().to_vec();
        // `%b` is `%s` of text, `%r` is `%a`.
        let mut made = Vec::with_capacity(template.len());
        let mut inside = false;
        for byte in template {
            made.push(match byte {
                b'b' if inside => b's',
                b'r' if inside => b'a',
                byte => byte,
            });
            inside = if byte == b'%' { !inside } else { inside && !byte.is_ascii_alphabetic() };
        }
        let text = latin(&made).percent(&Latin(shown.collect(), args.is_single()))?;
        Ok(Bytes::from(text.chars().map(|c| u32::from(c) as u8).collect::<Vec<u8>>()))
    }
}

#[cold]
fn no_hexadecimal() -> PyErr {
    ValueError::new("invalid hexadecimal floating-point string")
}

/// `float.fromhex(text)`
#[inline]
pub fn float_fromhex(text: &str) -> PyResult<f64> {
    let text = text.trim();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let signed = |value: f64| if negative { -value } else { value };
    let lower = rest.to_ascii_lowercase();
    match lower.as_str() {
        "inf" | "infinity" => return Ok(signed(f64::INFINITY)),
        "nan" => return Ok(f64::NAN),
        _ => {}
    }
    let digits = lower.strip_prefix("0x").unwrap_or(&lower);
    let (mantissa, exponent) = match digits.split_once('p') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().map_err(|_| no_hexadecimal())?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(no_hexadecimal());
    }
    let too_large = || OverflowError::new("hexadecimal value too large to represent as a float");
    let Some(value) = num_bigint::BigUint::parse_bytes(all.as_bytes(), 16) else { return Err(no_hexadecimal()) };
    let shift = exponent - 4 * fraction.len() as i64;
    if value.bits() == 0 {
        return Ok(signed(0.0));
    }
    let magnitude = value.bits() as i64 + shift;
    if magnitude > 1024 {
        return Err(too_large());
    }
    if magnitude < -1074 {
        return Ok(signed(0.0));
    }
    // 53 bits are kept, fewer where the number is subnormal; the rest rounds half to even.
    let kept = (magnitude + 1074).clamp(0, 53);
    let drop = value.bits() as i64 - kept;
    let mut mantissa = value.clone();
    let mut scale = shift;
    if drop > 0 {
        let half = num_bigint::BigUint::from(1_u8) << (drop - 1) as usize;
        let kept = &value >> drop as usize;
        let rest = &value - (&kept << drop as usize);
        let odd = kept.bit(0);
        mantissa = if rest > half || (rest == half && odd) { kept + 1_u8 } else { kept };
        scale += drop;
    }
    let digits = mantissa.iter_u64_digits().next().unwrap_or(0) as f64;
    let step = |value: f64, power: i64| value * 2f64.powi(power as i32);
    let made = if scale < -1000 { step(step(digits, -1000), scale + 1000) } else { step(digits, scale) };
    if made.is_infinite() { Err(too_large()) } else { Ok(signed(made)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_in_hexadecimal() -> PyResult {
        let read = |text: &str| float_fromhex(text);
        assert_eq!((read("0x1.8p+1")?, read("0x.8")?, read("-0x1.999999999999ap-4")?), (3.0, 0.5, -0.1));
        assert_eq!((read("0x1p-1074")?, read("0x1p-1075")?, read("1.8")?), (5e-324, 0.0, 1.5));
        assert!(read("0x1p1024").is_err() && read("zz").is_err());
        Ok(())
    }

    #[test]
    fn methods_of_bytes() -> PyResult {
        assert_eq!(Bytes::literal(b"ab").center(5, b" ")?, b"  ab ");
        assert_eq!(Bytes::literal(b"a b c").rsplit(None, 1)?.len(), 2);
        let table = bytes_maketrans(b"lo", b"01")?;
        assert_eq!(Bytes::literal(b"hello").translate(Some(table), b"h")?, b"e001");
        Ok(())
    }
}
